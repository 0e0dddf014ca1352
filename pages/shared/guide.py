"""How a page is used: the quiet control in its heading, the text that it opens, and what texts of the guide look like."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.access.actor import Actor
from core.guide import texts
from core.guide.texts import TOPICS, GuideText
from pages.shared import state
from pages.shared.device import on_phone
from pages.shared.navigation import page_object
from pages.shared.shortcuts import EVERYWHERE, HELP_OPEN, SHORTCUTS, key_of
from pages.shared.sitemap import PAGES
from pages.shared.text import _
from pages.shared.workshop_pages import PROJECTOR

GUIDE = "guide"
TOPIC_ICON = ":material/lightbulb:"


def may_read(actor: Actor, name: str) -> bool:
    """Whether there is a text `name`, and it is about a page that this person may open or a topic for them."""
    if name not in texts.names(state.language()):
        return False
    right = PAGES[name].right if name in PAGES else TOPICS[name]
    return right is None or actor.may(right)


def how_to(name: str) -> None:
    """The control that opens the text of the page `name`, and the text while it is open. Pages of links and the wall have none."""
    if state.is_guest() or name == PROJECTOR or name not in texts.names(state.language()):
        return
    if state.get(HELP_OPEN) != name:
        # Left open on a page that somebody went away from by a link in it.
        state.drop(HELP_OPEN)
    st.button(
        _("怎么用"),
        key=f"how_to_{name}",
        icon=":material/help:",
        type="tertiary",
        shortcut=key_of("help"),
        on_click=state.put,
        args=(HELP_OPEN, name),
    )
    if state.get(HELP_OPEN) == name:
        _open(name)


def show(text: GuideText, *, in_dialog: bool = False) -> None:
    """The parts of a text. Headings are smaller in dialogs: there they are taken a step higher."""
    for one in text.sections:
        if one.heading:
            (st.header if in_dialog else st.subheader)(one.heading, anchor=False)
        st.markdown(one.body)


def related(text: GuideText, actor: Actor, read: Callable[[str, str, str], None] | None = None) -> None:
    """Links to what a text points to, as far as the reader may open it: to the page, or to the text where there is no page to go to;
    `read` shows the latter (name, title, icon) in the guide itself."""
    found = [name for name in text.links if may_read(actor, name)]
    if not found:
        return
    st.caption(_("相关页面"))
    with st.container(horizontal=True):
        for name in found:
            _way(name, read or _read)


def keys_table(page: str | None = None) -> None:
    """The keys that work everywhere and on `page`; None: those of all pages, page by page. A phone has none."""
    if on_phone():
        return
    found: dict[str, list[str]] = {}
    for one in SHORTCUTS.values():
        if page is None or one.page in (EVERYWHERE, page):
            found.setdefault(one.page, []).append(f"`{one.keys}`　{_(one.does)}")
    with st.expander(_("键盘快捷键"), icon=":material/keyboard:"):
        for name, lines in found.items():
            title = _(PAGES[name].title) if name in PAGES else _("所有页面")
            st.markdown("  \n".join([f"**{title}**", *lines]))
        st.caption(_("在输入框里打字时，除 Ctrl+Enter 以外的快捷键不起作用。"))


def _open(name: str) -> None:
    spec = PAGES[name]

    @st.dialog(_(spec.title), width="medium", icon=spec.icon, on_dismiss=lambda: state.drop(HELP_OPEN))
    def opened() -> None:
        # A dialog runs without the page around it: ask again who is here.
        actor = state.present().actor
        text = texts.read(name, state.language())
        st.caption(text.question)
        show(text, in_dialog=True)
        related(text, actor)
        keys_table(name)
        st.page_link(page_object(GUIDE), label=_("打开全部使用说明"), icon=":material/menu_book:")

    opened()


def _way(name: str, read: Callable[[str, str, str], None]) -> None:
    if name in PAGES and not PAGES[name].hidden:
        st.page_link(page_object(name), label=_(PAGES[name].title), icon=PAGES[name].icon)
    else:
        read(name, texts.read(name, state.language()).title, PAGES[name].icon if name in PAGES else TOPIC_ICON)


def _read(name: str, title: str, icon: str) -> None:
    st.page_link(page_object(GUIDE), label=title, icon=icon, query_params={"text": name})
