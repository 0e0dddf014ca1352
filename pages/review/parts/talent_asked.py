"""Which score is set beside which result, and of whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.review.talent.service import Asked, Insight, Wanted, note_viewed
from pages.people.parts.viewed import opened
from pages.shared import state
from pages.shared.text import _

_WIDE = 320


def remembered() -> Wanted:
    """What this tab looks at; the page reads it before it loads."""
    return Wanted(
        state.get("talent_competency"),
        state.get("talent_source"),
        state.get("talent_measure"),
        state.get("talent_family"),
        state.get("talent_since"),
        state.get("talent_until"),
    )


def choose(found: Insight, asked: Asked) -> None:
    """The choices, each with what is looked at now."""
    names = {number: one.name + (f" · {one.project}" if one.project else "") for number, one in found.measures.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _pick(_("能力（测评分数）"), "talent_competency", list(found.competencies), asked.competency_id, found.competencies.__getitem__)
        _pick(_("业绩或行为指标"), "talent_measure", list(names), asked.measure.id, names.__getitem__)
        if not found.limited:
            _narrow(found, asked)
    if found.limited:
        st.caption(_("您看的是汇总数：不能再按来源、岗位序列或时间细分，界线之间至少隔 10 人，免得从数里认出个人。"))


def note_opened(plan_id: int, asked: Asked, actor: Actor) -> None:
    """People are shown by name: that is written down."""
    what = ("talent", plan_id, asked.competency_id, asked.measure.id)
    opened(what, lambda db: note_viewed(db, actor, plan_id, asked))


def _narrow(found: Insight, asked: Asked) -> None:
    if len(found.sources) > 1:
        options: list[str | None] = [None, *found.sources]
        _pick(_("分数来源"), "talent_source", options, asked.source, lambda one: one or (_("所有来源") if one is None else _("未注明")))
    if found.family_names:
        families: list[str | None] = [None, *found.family_names]
        _pick(_("岗位序列"), "talent_family", families, asked.family, lambda one: one or _("全部"))
    months = _months(*found.span) if found.span else []
    if len(months) > 1:
        starts = [first for first, _last in months]
        ends = [last for _first, last in months]
        since = max((one for one in starts if one <= asked.since), default=starts[0])
        until = min((one for one in ends if one >= asked.until), default=ends[-1])
        _pick(_("业绩从"), "talent_since", starts, since, _month, 150)
        _pick(_("业绩到"), "talent_until", [one for one in ends if one >= since], until, _month, 150)


def _pick(label: str, key: str, options: list[Any], chosen: Any, said: Any, width: int = _WIDE) -> None:
    if state.get(key) not in options:
        state.drop(key)
    st.selectbox(label, options, index=options.index(chosen) if chosen in options else 0, format_func=said, key=key, width=width)


def _months(first: date, last: date) -> list[tuple[date, date]]:
    found, at = [], first.replace(day=1)
    while at <= last:
        after = date(at.year + at.month // 12, at.month % 12 + 1, 1)
        found.append((at, date.fromordinal(after.toordinal() - 1)))
        at = after
    return found


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
