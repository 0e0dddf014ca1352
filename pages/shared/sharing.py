"""Pages that a shared link opens: which they are, how a guest sees them, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import LANGUAGES
from core.shares.service import Guest
from core.shares.terms import SharedPage
from pages.shared import state
from pages.shared.navigation import page_at
from pages.shared.text import _, moment

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

# The same word as in core/web/share.py, as Streamlit wants it.
ADDRESS = "shared"
SHARED_PAGES: dict[SharedPage, str] = {
    SharedPage.STRATEGY_MAP: "themes",
    SharedPage.CHAIN: "chain",
    SharedPage.TIMETABLE: "schedule",
    SharedPage.LEVELS: "levels",
    SharedPage.EXECUTIVE: "executive",
}
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def shared_page(guest: Guest) -> StreamlitPage:
    """The page of a link, at the address of links."""
    return page_at(SHARED_PAGES[guest.page], ADDRESS)


def guest_pages(guest: Guest) -> list[StreamlitPage]:
    """For the router, when somebody came by a link and is not signed in: its page, and a word at any other address."""
    lost = st.Page(_lost, title=_("共享链接"), url_path="lost", default=True, visibility="hidden")
    return [lost, shared_page(guest)]


def frame(guest: Guest) -> None:
    """What stands above a shared page: that it is one, how long, and the languages. What is shown below it is a guest's."""
    state.as_guest(True)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(_("共享页面 · 只读 · 数据截至打开时 · {when} 失效", when=moment(guest.expires_at)))
        here = state.language()
        chosen = st.segmented_control(
            _("语言"),
            LANGUAGES,
            default=here,
            format_func=_LANGUAGE_NAMES.__getitem__,
            label_visibility="collapsed",
            key=f"guest_language_{here}",
            required=True,
        )
    if chosen is not None and chosen != here:
        state.speak(chosen)
        st.rerun()


def _lost() -> None:
    st.title(_("共享链接"), anchor=False)
    st.write(_("这个链接只能打开它自己的页面。"))
    st.link_button(_("打开页面"), f"/{ADDRESS}")
