"""Write a conclusion beside what the rule suggests and the figures of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.review.conclusions import service
from core.review.conclusions.gathering import About, Evidence
from core.review.conclusions.service import (
    LEAST_FACTOR,
    LONGEST_CHANGE,
    LONGEST_TEXT,
    MOST_FACTOR,
    USUAL_FACTOR,
    Board,
    ConclusionDraft,
    ConclusionView,
    drafted,
)
from core.review.conclusions.suggesting import RULE, Suggestion
from core.review.conclusions.terms import CHOICE_NAMES, Choice
from pages.review.parts.conclusion_list import COLOURS, evidence
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal

_FIELDS = {
    "choice": Field(Message("结论"), CHOICE_NAMES),
    "text": Field(Message("用一两句话写明")),
    "change": Field(Message("明年要改什么（调整时必填）")),
    "factor": Field(Message("人数乘以（扩大时）")),
    "quarter": Field(Message("季度")),
}


def choose(board: Board) -> tuple[About, ConclusionView | None]:
    """What is concluded on, and the conclusion of it that is being changed, where there is one already."""
    st.subheader(_("写结论"), anchor=False)
    first = [About(project_id=one) for one in board.open]
    offered = [*first, *(About(project_id=one) for one in board.projects if one not in board.open)]
    offered += [*(About(theme_id=one) for one in board.themes), About()]

    def named(one: About) -> str:
        if one.project_id is not None:
            return board.projects[one.project_id]
        return _("主题：{theme}", theme=board.themes[one.theme_id]) if one.theme_id is not None else _("全年计划")

    about = st.selectbox(_("对什么下结论"), offered, format_func=named, key=f"conclusion_about_{board.plan.id}")
    return about, next((one for one in board.conclusions if one.about == about and one.row.quarter == board.quarter), None)


def conclusion_form(
    plan_id: int, board: Board, about: About, editing: ConclusionView | None, said: Suggestion, found: Sequence[Evidence]
) -> Wish | None:
    """The form, begun with what stands or is suggested; what to keep of it."""
    _suggested(said, found, about)
    begun = _begun(board, about, editing, said)
    if editing is None:
        draft = _fields(begun, f"conclusion_{plan_id}_{about.project_id}_{about.theme_id}_new")
        return _keeping(plan_id, draft, None, 0, _("结论已存为草稿")) if draft else None
    written = record_form("conclusion", record_of(editing.row), begun, _FIELDS, _fields)
    return _keeping(plan_id, written.value, editing.id, written.version, written.done(_("结论已存为草稿"))) if written else None


def _keeping(plan_id: int, draft: ConclusionDraft, number: int | None, version: int, done: str) -> Wish:
    def save(db: Any, actor: Actor) -> None:
        service.save(db, actor, plan_id, draft, number, version)

    return Wish(done, save)


def _fields(begun: ConclusionDraft, key: str) -> ConclusionDraft | None:
    with st.form(key):
        choice = st.segmented_control(
            _("结论"),
            list[Choice](Choice),
            default=begun.choice,
            format_func=lambda one: _(CHOICE_NAMES[one]),
            required=True,
            key=f"{key}_choice",
        )
        text = st.text_area(_("用一两句话写明"), begun.text, max_chars=LONGEST_TEXT, key=f"{key}_text", height=100)
        change = st.text_input(_("明年要改什么（调整时必填）"), begun.change, max_chars=LONGEST_CHANGE, key=f"{key}_change")
        with st.container(horizontal=True):
            factor = st.number_input(
                _("人数乘以（扩大时）"),
                LEAST_FACTOR,
                MOST_FACTOR,
                begun.factor or USUAL_FACTOR,
                0.1,
                key=f"{key}_factor",
                width=180,
            )
            quarter = st.segmented_control(_("季度"), [1, 2, 3, 4], default=begun.quarter, required=True, key=f"{key}_quarter")
        if not st.form_submit_button(_("存为草稿"), icon=":material/save:", key=f"{key}_save"):
            return None
    return ConclusionDraft(begun.about, int(quarter or begun.quarter), Choice(choice or begun.choice), text, change, factor)


def _suggested(said: Suggestion, found: Sequence[Evidence], about: About) -> None:
    with st.container(border=True):
        if said.choice is None:
            st.markdown(f":gray-badge[{_('还不能建议')}]")
        else:
            st.markdown(f":{COLOURS[said.choice]}-badge[{_('建议：{choice}', choice=CHOICE_NAMES[said.choice])}]")
        st.markdown("\n".join(f"- {literal(_(one))}" for one in said.reasons))
        evidence(found, about.project_id)
        st.caption(_("规则 {rule}：先看要不要停，再看要不要改，再看能不能扩大；由人确认。", rule=RULE))


def _begun(board: Board, about: About, editing: ConclusionView | None, said: Suggestion) -> ConclusionDraft:
    if editing is not None:
        row = editing.row
        return ConclusionDraft(about, row.quarter, row.choice, row.text, row.change, row.factor)
    if said.choice is None:
        return ConclusionDraft(about, board.quarter, Choice.KEEP, "")
    return drafted(said.choice, about, board.quarter, state.language())
