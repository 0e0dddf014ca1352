"""The statements of the checklist, answered step by step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.strategy.readiness import service as readiness
from core.strategy.readiness.checklist import Checklist, Dimension
from core.strategy.readiness.service import LONGEST_NOTE, Answer, Round
from pages.settings.parts.wish import Wish
from pages.shared.text import _, literal


def questions(one: Round, listed: Checklist, plan_id: int) -> Wish | None:
    """The statements of one dimension at a time, with what is stored; what to store when the reader says so."""
    st.subheader(_("逐条回答"), anchor=False)
    with st.expander(_("每一档是什么意思"), icon=":material/straighten:"):
        for step in listed.steps:
            st.markdown(f"**{step.value} {literal(step.name)}**　{literal(step.anchor)}")
    by_code = {dimension.code: dimension for dimension in listed.dimensions}
    first = next((code for code, dimension in by_code.items() if _missing(one, dimension)), listed.dimensions[0].code)
    chosen = st.segmented_control(
        _("维度"),
        list(by_code),
        default=first,
        format_func=lambda code: _tab(one, by_code[code]),
        key=f"readiness_dimension_{one.id}",
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )
    return _answers(one, by_code[chosen], listed, plan_id)


def _missing(one: Round, dimension: Dimension) -> int:
    return sum(statement.code not in one.answers for statement in dimension.statements)


def _tab(one: Round, dimension: Dimension) -> str:
    asked = len(dimension.statements)
    return f"{dimension.name} {asked - _missing(one, dimension)}/{asked}"


def _answers(one: Round, dimension: Dimension, listed: Checklist, plan_id: int) -> Wish | None:
    stamp = sum(row.version or 0 for row in one.rows)
    steps = {step.value: f"{step.value} {step.name}" for step in listed.steps}
    given = {}
    with st.form(f"readiness_{one.id}_{dimension.code}_{stamp}", border=True, enter_to_submit=False):
        for number, statement in enumerate(dimension.statements, 1):
            stored = one.stored(statement.code)
            key = f"{one.id}_{statement.code}_{stored.version}"
            step = st.segmented_control(
                f"{number}. {literal(statement.text)}",
                list(steps),
                default=stored.step,
                format_func=steps.__getitem__,
                key=f"readiness_step_{key}",
                wrap=True,
            )
            note = st.text_input(
                _("依据（可不填）"),
                stored.note,
                max_chars=LONGEST_NOTE,
                placeholder=_("例如：哪份制度、哪个系统、最近一次的记录"),
                key=f"readiness_note_{key}",
                label_visibility="collapsed",
            )
            given[statement.code] = Answer(step, note, stored.version)
        st.caption(_("再点一次已选的一档可以取消。不确定就先空着。"))
        if not st.form_submit_button(_("保存回答"), type="primary", icon=":material/save:"):
            return None

    def act(db: Any, actor: Actor) -> None:
        readiness.answer(db, actor, plan_id, one.id, given)

    return Wish(_("已保存"), act)
