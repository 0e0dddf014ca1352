"""Narrowing the roster down: words, unit, post, line, what is missing, who has left, the order, the page."""

from __future__ import annotations

import streamlit as st

from core.people.roster.listing import LACKING_NAMES, ORDER_NAMES, PRESENCE_NAMES, Choices, Lacking, Order, Presence, Wanted
from pages.shared import state
from pages.shared.text import _

PER_PAGE = 100
_WORDS = "roster_words"


def is_opening() -> bool:
    """Whether the page is being opened: its widgets are remembered for as long as somebody stays on it."""
    return state.get(_WORDS) is None


def filters(choices: Choices) -> Wanted:
    """What the reader looks for."""
    with st.grid(4, min_column_width=190, gap="small"):
        words = st.text_input(_("搜索"), placeholder=_("姓名或工号中的字"), key=_WORDS, live=True)
        unit = st.selectbox(
            _("机构"),
            list(choices.units),
            index=None,
            format_func=choices.units.__getitem__,
            placeholder=_("全部机构"),
            help=_("包括下级机构。"),
            key="roster_unit",
        )
        post = st.selectbox(
            _("岗位"), list(choices.posts), index=None, format_func=choices.posts.__getitem__, placeholder=_("全部岗位"), key="roster_post"
        )
        line = st.selectbox(_("条线"), choices.lines, index=None, placeholder=_("全部条线"), key="roster_line")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lacking = st.pills(
            _("缺什么"),
            list(Lacking),
            selection_mode="multi",
            format_func=lambda one: _(LACKING_NAMES[one]),
            key="roster_lacking",
            wrap=True,
        )
        presence = st.segmented_control(
            _("在职情况"),
            list(Presence),
            default=Presence.HERE,
            format_func=lambda one: _(PRESENCE_NAMES[one]),
            required=True,
            key="roster_presence",
        )
        order = st.selectbox(
            _("排序"), list[Order](Order), format_func=lambda one: _(ORDER_NAMES[one]), key="roster_order", width=150, filter_mode=None
        )
        descending = st.toggle(_("倒序"), key="roster_descending")
    return Wanted(
        words=(words or "").strip(),
        unit_id=unit,
        post_id=post,
        line=line or "",
        lacking=tuple(lacking or ()),
        presence=presence or Presence.HERE,
        order=order,
        descending=descending,
    )


def pager(total: int) -> tuple[int, int]:
    """Where the shown stretch begins and how many people it has at most."""
    pages = max(1, -(-total // PER_PAGE))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_("共 {n} 人", n=total), width="content")
        page = st.pagination(pages, key=f"roster_page_{pages}") if pages > 1 else 1
    return (page - 1) * PER_PAGE, PER_PAGE
