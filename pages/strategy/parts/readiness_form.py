"""The statements of the checklist, answered step by step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.strategy.readiness import service as readiness
from core.strategy.readiness.checklist import Checklist, Dimension
from core.strategy.readiness.service import LONGEST_NOTE, Answer, Round
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal

# The steps and the notes by their statements' codes.
_Answers = dict[str, Any]


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
    steps = {step.value: f"{step.value} {step.name}" for step in listed.steps}
    known = {statement.code: one.stored(statement.code) for statement in dimension.statements}
    stored: _Answers = {}
    named = {}
    for statement in dimension.statements:
        stored |= {statement.code: known[statement.code].step, _note(statement.code): known[statement.code].note}
        named[statement.code] = Field(statement.text, {None: "", **steps})
        named[_note(statement.code)] = Field(Message("依据：{statement}", statement=statement.text))
    record = Record("readiness_round", one.id, sum(row.version or 0 for row in one.rows), actions=("readiness_answered",))
    prefix = f"readiness_{dimension.code}"
    written = record_form(prefix, record, stored, named, lambda begun, key: _fields(begun, dimension, steps, key))
    if written is None:
        return None
    value = written.value
    given = {code: Answer(value[code], value[_note(code)], answer.version) for code, answer in known.items()}

    def act(db: Any, actor: Actor) -> None:
        readiness.answer(db, actor, plan_id, one.id, given)

    return Wish(written.done(_("已保存")), act)


def _note(code: str) -> str:
    return f"{code} note"


def _fields(known: _Answers, dimension: Dimension, steps: dict[int, str], key: str) -> _Answers | None:
    given: _Answers = {}
    with st.form(key, border=True, enter_to_submit=False):
        for number, statement in enumerate(dimension.statements, 1):
            given[statement.code] = st.segmented_control(
                f"{number}. {literal(statement.text)}",
                list(steps),
                default=known[statement.code],
                format_func=steps.__getitem__,
                key=f"{key}_{statement.code}_step",
                wrap=True,
            )
            given[_note(statement.code)] = st.text_input(
                _("依据（可不填）"),
                known[_note(statement.code)],
                max_chars=LONGEST_NOTE,
                placeholder=_("例如：哪份制度、哪个系统、最近一次的记录"),
                key=f"{key}_{statement.code}_note",
                label_visibility="collapsed",
            )
        st.caption(_("再点一次已选的一档可以取消。不确定就先空着。"))
        pressed = st.form_submit_button(_("保存回答"), type="primary", icon=":material/save:", key=f"{key}_save")
    return given if pressed else None
