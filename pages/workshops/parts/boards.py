"""The list of boards and the form that makes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.workshops.service import BoardView
from core.workshops.tables import Board
from core.workshops.terms import BOARD_STATE_NAMES, LONGEST_TITLE, ROUND_NAMES, BoardState, RoundKind
from pages.shared.page import link
from pages.shared.text import _, literal, moment, person

_COLOURS = {BoardState.DRAFT: "gray", BoardState.OPEN: "green", BoardState.FROZEN: "blue", BoardState.CLOSED: "gray"}


@dataclass(frozen=True)
class Wish:
    """A board that is to be put away, or taken back."""

    board_id: int
    version: int
    back: bool


def badge(state: BoardState) -> str:
    """How far a board is, in Markdown."""
    return f":{_COLOURS[state]}-badge[{_(BOARD_STATE_NAMES[state])}]"


def step_kind(asked: str | None) -> RoundKind | None:
    """What the step that led here wants to ask, by the page's address."""
    return RoundKind(asked) if asked in list(RoundKind) else None


def new_board(kind: RoundKind | None) -> str | None:
    """The form; the title that is wanted. `kind`: of the first round, where a step led here."""
    if kind is not None:
        st.caption(_("给看板起个名字；下一步就是“{kind}”这个环节，内容从计划里选。", kind=_(ROUND_NAMES[kind])))
    with st.container(border=True), st.form("workshop_new", border=False, clear_on_submit=True):
        row = st.container(horizontal=True, vertical_alignment="bottom")
        title = row.text_input(
            _("看板名称"), max_chars=LONGEST_TITLE, placeholder=_("例：2027 年培训主题共创"), key="workshop_title", width="stretch"
        )
        pressed = row.form_submit_button(_("新建看板"), icon=":material/add:", type="primary")
    return title if pressed else None


def board_list(views: Sequence[BoardView], away: Sequence[Board]) -> Wish | None:
    """All boards, each with its ways; what is to be put away or taken back."""
    wish = None
    for view in views:
        with st.container(border=True):
            st.markdown(f"**{literal(view.row.title)}** {badge(view.row.state)}")
            made = _("{name}于{when}新建", name=literal(person(view.row.created_by)), when=moment(view.row.created_at))
            counts = _(
                "{rounds} 个环节 · {guests} 人加入 · {taken} 条结果已写入计划", rounds=view.rounds, guests=view.guests, taken=view.taken
            )
            st.caption(f"{counts} · {made}")
            with st.container(horizontal=True, vertical_alignment="center"):
                link("workshop", _("主持"), icon=":material/co_present:", id=view.id)
                link("projector", _("大屏"), icon=":material/cast:", id=view.id)
                link("workshop_results", _("结果"), icon=":material/fact_check:", id=view.id)
                if view.row.state in (BoardState.DRAFT, BoardState.CLOSED) and st.button(
                    _("移走"), key=f"workshop_away_{view.id}", type="tertiary", icon=":material/archive:"
                ):
                    wish = Wish(view.id, view.row.version or 0, back=False)
    if away:
        with st.expander(_("已移走（{n}）", n=len(away)), icon=":material/archive:"):
            for row in away:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(literal(row.title), width="stretch")
                    if st.button(_("取回"), key=f"workshop_back_{row.id}", icon=":material/undo:"):
                        wish = Wish(row.id or 0, row.version or 0, back=True)
    return wish
