"""Pieces of the guide: its contents, a text, what was found."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.guide import texts
from core.guide.finding import find
from core.guide.texts import TOPICS, GuideText
from pages.shared import state
from pages.shared.guide import GUIDE, TOPIC_ICON, may_read, related, show
from pages.shared.page import link
from pages.shared.sitemap import PAGES
from pages.shared.text import _

# What is looked for in the guide, as the field keeps it.
WORDS = "guide_words"


def contents(actor: Actor) -> None:
    """Every text that the person may read, by the sections of the sidebar, the topics at the end."""
    parts: dict[str, list[tuple[GuideText, str]]] = {}
    for name, spec in PAGES.items():
        if may_read(actor, name):
            parts.setdefault(_(spec.section), []).append((_text(name), spec.icon))
    parts[_("专题")] = [(_text(name), TOPIC_ICON) for name in TOPICS if may_read(actor, name)]
    for heading, lines in parts.items():
        st.subheader(heading, anchor=False)
        with st.container(gap=None):
            for text, icon in lines:
                _line(text, icon)


def chosen_text(actor: Actor, name: str) -> None:
    """One text, with the ways out of it: to its page, to what it points to, back to the contents."""
    text = _text(name)
    _to(None, _("回到目录"), ":material/arrow_back:")
    st.header(text.title, anchor=False)
    st.caption(text.question)
    if name in PAGES and not PAGES[name].hidden and name != GUIDE:
        link(name, _("打开“{page}”", page=text.title), icon=PAGES[name].icon)
    show(text)
    related(text, actor, _to)


def found(actor: Actor, words: str) -> None:
    """The texts in which the words stand, each with the line that says most."""
    readable = [_text(name) for name in (*PAGES, *TOPICS) if may_read(actor, name)]
    hits = find(readable, words)
    st.caption(_("{n} 篇里有", n=len(hits)) if hits else _("没有找到。换一个词，或少写几个字。"))
    for hit in hits:
        icon = PAGES[hit.text.name].icon if hit.text.name in PAGES else TOPIC_ICON
        _to(hit.text.name, hit.text.title, icon)
        where = f"**{hit.heading}**　" if hit.heading else ""
        st.markdown(f"{where}:gray[{hit.line}]")


def _line(text: GuideText, icon: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _to(text.name, text.title, icon)
        st.caption(text.question, width="content")


def _to(name: str | None, label: str, icon: str) -> None:
    # A link from a page to itself would look chosen already.
    st.button(label, key=f"read_{name}", icon=icon, type="tertiary", on_click=_read, args=(name,))


def _read(name: str | None) -> None:
    state.ask(text=name)
    state.put(WORDS, "")


def _text(name: str) -> GuideText:
    return texts.read(name, state.language())
