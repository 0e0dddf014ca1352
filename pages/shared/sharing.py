"""Pages that a shared link opens: which they are, how a guest sees them, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.shares.service import Guest
from core.shares.terms import SharedPage
from core.snapshots import service as snapshots
from core.web.share import SHARED
from pages.shared import state
from pages.shared.database import reading
from pages.shared.languages import choose_language
from pages.shared.navigation import page_at
from pages.shared.text import _, moment

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

# As Streamlit wants it.
ADDRESS = SHARED.strip("/")
SHARED_PAGES: dict[SharedPage, str] = {
    SharedPage.STRATEGY_MAP: "themes",
    SharedPage.CHAIN: "chain",
    SharedPage.TIMETABLE: "schedule",
    SharedPage.LEVELS: "levels",
    SharedPage.EXECUTIVE: "executive",
}


def shared_page(guest: Guest) -> StreamlitPage:
    """The page of a link, at the address of links."""
    return page_at(SHARED_PAGES[guest.page], ADDRESS)


def guest_pages(guest: Guest) -> list[StreamlitPage]:
    """For the router, when somebody came by a link and is not signed in: its page, and a word at any other address."""
    lost = st.Page(_lost, title=_("共享链接"), url_path="lost", default=True, visibility="hidden")
    return [lost, shared_page(guest)]


def frame(guest: Guest) -> None:
    """What stands above a shared page: that it is one, of when, how long, and the languages. What is shown below it is a guest's."""
    state.as_guest(guest.link_id)
    with reading() as db:
        taken = snapshots.taken_at(db, guest.link_id)
    ends = moment(guest.expires_at)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if taken is None:
            st.caption(_("共享页面 · 只读 · 数据截至打开时 · {when} 失效", when=ends))
        else:
            st.caption(_("共享页面 · 只读 · 截至 {taken} 的内容，以后的改动不在内 · {when} 失效", taken=moment(taken), when=ends))
        chosen = choose_language("guest_language")
    if chosen is not None:
        state.speak(chosen)
        st.rerun()


def _lost() -> None:
    st.title(_("共享链接"), anchor=False)
    st.write(_("这个链接只能打开它自己的页面。"))
    st.link_button(_("打开页面"), SHARED)
