"""What became of gaps over the years."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts.gaps import YearPoint, gap_trend
from core.people.gaps.gap import YearGap
from core.people.gaps.naming import Names
from pages.people.parts.gap_words import level
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.text import _, joined, literal

_LINES = 6


def trend_part(years: Sequence[YearGap], names: Names, first: Sequence[int]) -> None:
    """A line for each of the competencies that lack most, or why there is none."""
    st.subheader(_("历年变化"), anchor=False)
    several = [one for one in first if sum(year.competency_id == one for year in years) > 1]
    if not several:
        st.caption(_("带日期的测评还不够两年，看不出变化。"))
        return
    chosen = st.multiselect(
        _("能力"),
        several,
        default=several[:_LINES][:3],
        max_selections=_LINES,
        format_func=names.competency,
        placeholder=_("选择能力"),
        key=f"gaps_trend_{len(several)}_{several[0]}",
    )
    shown = [one for one in years if one.competency_id in chosen]
    if not shown:
        return
    points = [YearPoint(names.competency(one.competency_id), str(one.year), one.mean_gap, _said(one, names)) for one in shown]
    title = _finding(shown, names)
    show_chart(title, lambda look: gap_trend(points, title, _("平均差距（级）"), look, narrow=on_phone()))
    last = shown[-1].as_of
    said = _("今天的人和岗位要求，按每年年底（今年按 {day}）还算数的测评算；没有日期的测评不计入。", day=last.isoformat())
    known = joined(f"{literal(names.competency(one.competency_id))} {one.measured}" for one in shown if one.as_of == last)
    st.caption(said + (" " + _("今年已测人数：{counts}。", counts=known) if known else ""))


def _finding(shown: Sequence[YearGap], names: Names) -> str:
    """The competency whose gap changed most, in words."""
    changes = []
    for competency in dict.fromkeys(one.competency_id for one in shown):
        own = [one for one in shown if one.competency_id == competency]
        changes.append((own[-1].mean_gap - own[0].mean_gap, own[0], own[-1]))
    change, before, after = max(changes, key=lambda one: abs(one[0]))
    values = {"name": names.competency(after.competency_id), "from": level(before.mean_gap), "to": level(after.mean_gap)}
    years = {"before": before.year, "after": after.year}
    if round(change, 1) == 0:
        return _("{before} 到 {after} 年，“{name}”的平均差距没有明显变化：{from} → {to} 级", **values, **years)
    if change < 0:
        return _("{before} 到 {after} 年，“{name}”的平均差距缩小：{from} → {to} 级", **values, **years)
    return _("{before} 到 {after} 年，“{name}”的平均差距扩大：{from} → {to} 级", **values, **years)


def _said(one: YearGap, names: Names) -> str:
    text = _(
        "{name} {year} 年：平均差 {gap} 级，已测 {measured} 人", name=names.competency(one.competency_id), year=one.year, **_values(one)
    )
    return text if one.below is None else text + _("，低于要求 {below} 人", below=one.below)


def _values(one: YearGap) -> dict[str, object]:
    return {"gap": level(one.mean_gap), "measured": one.measured}
