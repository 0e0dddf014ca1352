"""The fields of a need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from core.editing.comparing import Field
from core.goals.needs.draft import LONGEST_COMPETENCY, LONGEST_POST, LONGEST_PROBLEM, LONGEST_TEXT, LONGEST_UNIT, MOST_PEOPLE, NeedDraft
from core.goals.needs.service import Board
from core.goals.needs.terms import LAYER_NAMES, QUARTER_NAMES, Layer
from core.i18n import Message
from core.people.terms import LEVEL_NAMES
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES, ProjectKind, Urgency
from pages.shared.text import _

_Key = TypeVar("_Key")

NEED_FIELDS = {
    "unit": Field(Message("机构")),
    "problem": Field(Message("问题（痛点）")),
    "post": Field(Message("岗位")),
    "people": Field(Message("人数")),
    "kind": Field(Message("类型"), KIND_NAMES),
    "urgency": Field(Message("紧迫度"), URGENCY_NAMES),
    "behaviour": Field(Message("希望的行为")),
    "competency": Field(Message("需要的能力")),
    "layer": Field(Message("岗位层次"), LAYER_NAMES),
    "level": Field(Message("现在的水平"), LEVEL_NAMES),
    "quarter": Field(Message("希望的季度"), QUARTER_NAMES),
    "evidence": Field(Message("数据或事实")),
}


def need_fields(board: Board, unit: str, draft: NeedDraft, *, key: str) -> tuple[str, NeedDraft]:
    """The fields, filled with what `draft` says; the unit and the need that stand in them."""
    units = list(dict.fromkeys([*board.units, *([unit] if unit else [])]))
    named = st.selectbox(
        _("机构"),
        units,
        index=units.index(unit) if unit else 0 if len(units) == 1 else None,
        accept_new_options=board.anywhere,
        placeholder=_("选机构，名册里没有的直接写") if board.anywhere else _("选机构"),
        key=f"{key}_unit",
    )
    problem = st.text_area(
        _("问题（痛点）"),
        draft.problem,
        max_chars=LONGEST_PROBLEM,
        height=96,
        placeholder=_("谁、在什么业务上、出了什么问题，最好带一个数"),
        key=f"{key}_problem",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        post = _or_other(_("岗位"), board.posts, draft.post, _("从岗位库里选，或自己写"), f"{key}_post", 220)
        people = st.number_input(_("人数"), 1, MOST_PEOPLE, draft.people, step=1, placeholder=_("未知"), key=f"{key}_people", width=120)
        kind = st.segmented_control(
            _("类型"),
            list(ProjectKind),
            default=draft.kind,
            format_func=lambda one: _(KIND_NAMES[one]),
            required=True,
            key=f"{key}_kind",
            help=_("前置储能：为将要用到的能力先练；即时赋能：补上现在就缺的能力。"),
        )
        urgency = st.segmented_control(
            _("紧迫度"),
            list(Urgency),
            default=draft.urgency,
            format_func=lambda one: _(URGENCY_NAMES[one]),
            required=True,
            key=f"{key}_urgency",
        )
    behaviour = st.text_area(
        _("希望的行为"),
        draft.behaviour,
        max_chars=LONGEST_TEXT,
        height=72,
        placeholder=_("回岗后在什么场合、对谁、做什么动作、做到什么程度"),
        key=f"{key}_behaviour",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        competency = _or_other(
            _("需要的能力"), board.competencies, draft.competency, _("从能力模型里选，或自己写"), f"{key}_competency", 240
        )
        layer, level, quarter = _layers(draft, key)
    evidence = st.text_input(
        _("数据或事实"),
        draft.evidence,
        max_chars=LONGEST_TEXT,
        placeholder=_("哪个报表、哪次检查、多少笔投诉说明了这个问题"),
        key=f"{key}_evidence",
    )
    heads = None if people is None else int(people)
    return (named or "")[:LONGEST_UNIT], NeedDraft(
        problem, post[:LONGEST_POST], heads, behaviour, competency[:LONGEST_COMPETENCY], layer, level, urgency, kind, evidence, quarter
    )


def _or_other(label: str, known: Sequence[str], held: str, placeholder: str, key: str, width: int) -> str:
    """One of the names that are known, or another that somebody writes."""
    names = list(dict.fromkeys([*known, *([held] if held else [])]))
    index = names.index(held) if held else None
    chosen = st.selectbox(label, names, index=index, accept_new_options=True, placeholder=placeholder, key=key, width=width)
    return chosen or ""


def _layers(draft: NeedDraft, key: str) -> tuple[Layer | None, int | None, int | None]:
    layers = {one: _(name) for one, name in LAYER_NAMES.items()}
    levels = {one: f"L{one} {_(name)}" for one, name in LEVEL_NAMES.items()}
    quarters = {one: _(name) for one, name in QUARTER_NAMES.items()}
    return (
        _one_of(_("岗位层次"), layers, draft.layer, f"{key}_layer"),
        _one_of(_("现在的水平"), levels, draft.level, f"{key}_level"),
        _one_of(_("希望的季度"), quarters, draft.quarter, f"{key}_quarter"),
    )


def _one_of(label: str, names: dict[_Key, str], held: _Key | None, key: str) -> _Key | None:
    options = list(names)
    index = options.index(held) if held else None
    return st.selectbox(label, options, index=index, format_func=names.__getitem__, placeholder=_("未知"), key=key, width=140)
