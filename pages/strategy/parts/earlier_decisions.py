"""What an earlier year decided on the same words: told above the list of findings, shown by kind, taken over at one press."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.plans import service as plans
from core.strategy import precedents
from core.strategy.findings import FindingKind
from core.strategy.precedents import Offer
from core.strategy.tables import FindingRow, FindingState
from pages.shared.database import reading
from pages.shared.text import _, joined, literal, moment, person
from pages.strategy.parts import review_acts as acts
from pages.strategy.parts.theme_findings import KIND_NAMES


def offer_earlier(actor: Actor, plan_id: int, waiting: int) -> None:
    """One line and a button, where an earlier year decided on some of what waits."""
    if not waiting or not actor.may(Right.DECIDE_STRATEGY):
        return
    with reading() as db:
        offered = precedents.offer(db, actor, plan_id)
        of = plans.find(db, actor, plan_id).year
    if not offered.lines:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        told = _("{years} 年的计划已对其中 {n} 条作过决定，原文没有变", years=_years(offered), n=len(offered.lines))
        st.markdown(f"{told}　:gray[{_counts(offered.states)}]", width="content")
        with st.popover(_("沿用这些决定"), icon=":material/history:"):
            _preview(plan_id, offered, of)


def _preview(plan_id: int, offered: Offer, year: int) -> None:
    """By kind what would be taken over, and the press that does it."""
    st.dataframe(_by_kind(offered), hide_index=True, placeholder="—", alt=_("各类发现将沿用的决定"))
    if offered.edited:
        st.caption(_("其中 {n} 条当时修改过，修改后的文字、指标、维度和能力一起带来。", n=offered.edited))
    st.caption(_("数字变了的、当时没有决定的、这份计划里已经有人动过的都不在内，仍由您逐条决定。沿用之后可以一次撤销。"))
    if past := offered.due_before(year):
        st.warning(_("有 {n} 条要采纳的目标期限在 {year} 年以前，沿用之后请核对。", n=past, year=str(year)), icon=":material/event_busy:")
    args = (plan_id, offered.stamp, _("已沿用 {n} 条以前年度的决定", n=len(offered.lines)))
    label = _("沿用 {n} 条", n=len(offered.lines))
    st.button(label, type="primary", key="take_earlier", icon=":material/check:", on_click=acts.take_earlier, args=args)


def decided_earlier(actor: Actor, row: FindingRow) -> None:
    """By which year's decision, and whose, a finding was decided."""
    if row.precedent_id is None:
        return
    with reading() as db:
        told = precedents.behind(db, actor, row)
    if told is None:
        st.caption(_("沿用了以前年度的决定"))
        return
    when = moment(told.at) if told.at else "—"
    st.caption(_("沿用 {year} 年计划的决定：{who}，{when}", year=str(told.year), who=literal(person(told.by)), when=when))


def _years(offered: Offer) -> str:
    return joined(str(year) for year in offered.years)


def _counts(states: Mapping[FindingState, int]) -> str:
    said = {
        FindingState.ACCEPTED: _("{n} 条采纳", n=states[FindingState.ACCEPTED]),
        FindingState.REJECTED: _("{n} 条不采纳", n=states[FindingState.REJECTED]),
        FindingState.MERGED: _("{n} 条合并", n=states[FindingState.MERGED]),
    }
    return joined(words for one, words in said.items() if states[one])


def _by_kind(offered: Offer) -> pd.DataFrame:
    counted = {kind: offered.of(kind) for kind in FindingKind}
    return pd.DataFrame(
        [
            {
                _("类型"): _(KIND_NAMES[kind]),
                _("采纳"): states[FindingState.ACCEPTED],
                _("不采纳"): states[FindingState.REJECTED],
                _("合并"): states[FindingState.MERGED],
            }
            for kind, states in counted.items()
            if states.total()
        ]
    )
