"""The rounds of a board: where the guests are, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.workshops import preparing, service
from core.workshops.preparing import Choice
from core.workshops.snapshot import Snapshot
from core.workshops.terms import LONGEST_QUESTION, MOST_ITEMS, ROUND_NAMES, ROUND_QUESTIONS, BoardState, RoundKind
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _, literal
from pages.workshops.parts.results import question

_KIND = "workshop_kind"


def asked_kind() -> RoundKind:
    """The kind of round that is being prepared."""
    kept = state.get(_KIND)
    if not isinstance(kept, RoundKind):
        state.put(_KIND, kept := RoundKind.VOTE)
    return kept


def prepare_first(kind: RoundKind | None) -> None:
    """Let the form of the next board's first round begin with this kind."""
    if kind is not None:
        state.put(_KIND, kind)


def round_list(actor: Actor, plan_id: int, found: Snapshot) -> None:
    """The rounds in their order; guests are led to another, one that nobody has used is deleted."""
    if not found.rounds:
        return
    st.subheader(_("环节"), anchor=False)
    shown, removed = None, None
    for number, view in enumerate(found.rounds, 1):
        here = view.id == found.board.round_id
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            mark = f" :green-badge[{_('来宾在这里')}]" if here and found.board.state is not BoardState.DRAFT else ""
            details = [_(ROUND_NAMES[view.row.kind]), _("{n} 人已参与", n=view.outcome.took_part)]
            if view.row.budget is not None:
                details.append(_("总预算 {budget} 元", budget=f"{view.row.budget:,.0f}"))
            st.markdown(f"**{number}. {literal(question(view))}**{mark}  \n:small[{' · '.join(details)}]", width="stretch")
            if found.board.state is BoardState.CLOSED:
                continue
            if not here and st.button(_("切换到这里"), key=f"workshop_round_{view.id}", icon=":material/arrow_forward:"):
                shown = view.id
            if not view.outcome.took_part and st.button(
                _("删除"), key=f"workshop_round_off_{view.id}", type="tertiary", icon=":material/delete:"
            ):
                removed = view.id
    if shown is not None:
        with acting() as db:
            service.show_round(db, actor, plan_id, found.id, found.board.version or 0, shown)
    if removed is not None:
        with acting(_("环节已删除")) as db:
            preparing.remove_round(db, actor, plan_id, found.id, found.board.version or 0, removed)


def new_round(actor: Actor, plan_id: int, found: Snapshot, kind: RoundKind, choices: Sequence[Choice]) -> None:
    """The form of another round, with what the plan has for it."""
    names = {one: _(ROUND_NAMES[one]) for one in RoundKind}
    with st.container(border=True):
        st.markdown(_("**加一个环节**"))
        st.segmented_control(_("做什么"), list[RoundKind](RoundKind), format_func=names.__getitem__, key=_KIND, required=True)
        asked = st.text_input(
            _("问题（可不填，用默认的）"),
            max_chars=LONGEST_QUESTION,
            placeholder=_(ROUND_QUESTIONS[kind]),
            key=f"workshop_question_{kind.value}_{len(found.rounds)}",
        )
        chosen = _chosen(found, kind, choices)
        budget = None
        if kind is RoundKind.RANK and choices:
            total = sum(one.cost or 0.0 for one in chosen)
            budget = st.number_input(
                _("总预算（元），选中项目合计 {total} 元", total=f"{total:,.0f}"),
                min_value=0.0,
                value=float(round(total / 2)),
                step=10_000.0,
                format="%.0f",
                key=f"workshop_budget_{len(found.rounds)}",
            )
        pressed = st.button(_("加入看板"), key="workshop_round_add", icon=":material/add:")
    if pressed:
        with acting(_("环节已加入")) as db:
            preparing.add_round(
                db,
                actor,
                plan_id,
                found.id,
                found.board.version or 0,
                kind,
                question=asked,
                chosen=chosen,
                budget_yuan=budget,
            )


def _chosen(found: Snapshot, kind: RoundKind, choices: Sequence[Choice]) -> list[Choice]:
    if kind is RoundKind.PAIN:
        st.caption(_("来宾自己写，不用准备内容。"))
        return []
    if not choices:
        missing = {
            RoundKind.VOTE: _("计划里还没有主题。请先在“战略主题与地图”里归出主题。"),
            RoundKind.REACT: _("计划里还没有写了行为目标的项目。请先在“项目目标”里写。"),
            RoundKind.RANK: _("计划里还没有项目。请先在“战略传导项目”里立项。"),
        }
        st.caption(missing[kind])
        return []
    columns: dict[str, Any] = {"on": [True] * min(len(choices), MOST_ITEMS) + [False] * max(0, len(choices) - MOST_ITEMS)}
    columns["name"] = [one.text for one in choices]
    columns["detail"] = [one.detail for one in choices]
    config: dict[str, Any] = {
        "on": st.column_config.CheckboxColumn(_("选"), width=50),
        "name": st.column_config.TextColumn(_("名称"), width=240),
        "detail": st.column_config.TextColumn(_("说明"), width=420),
    }
    if kind is RoundKind.RANK:
        columns["cost"] = [one.cost for one in choices]
        config["cost"] = st.column_config.NumberColumn(_("费用（元）"), format="localized", min_value=0, width=120)
        st.caption(_("费用取自预算里这个项目的计划金额（不含学员工时）；没有的请填写，可以改。"))
    order = ["on", "name", *(["cost"] if kind is RoundKind.RANK else []), "detail"]
    edited = st.data_editor(
        pd.DataFrame(columns),
        hide_index=True,
        disabled=["name", "detail"],
        column_config=config,
        column_order=order,
        key=f"workshop_choices_{kind.value}_{len(found.rounds)}",
    )
    picked = [(place, one) for place, one in enumerate(edited.to_dict("records")) if one["on"]]
    if kind is not RoundKind.RANK:
        return [choices[place] for place, _row in picked]
    return [replace(choices[place], cost=None if pd.isna(row["cost"]) else float(row["cost"])) for place, row in picked]
