"""One item of a check: how its figures came about, where its target stands in the documents, and its way through the quarters."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.charts.checking import TrendPoint, trend_chart
from core.strategy import periods
from core.strategy.checking import service as checking
from core.strategy.checking.progress import STATUS_NAMES
from core.strategy.checking.service import Check, Item, Point
from pages.shared.charts import show_chart
from pages.shared.page import link
from pages.shared.text import _, formula, literal
from pages.strategy.parts.check_words import difference, figure, how, lack, target, with_unit


def show_item(found: Sequence[Check], check: Check, items: Sequence[Item]) -> None:
    """Choose an item, and see how it stands and why."""
    measured = {item.id: item for item in items if item.row.target is not None}
    if not measured:
        return
    first = checking.worst_first(measured.values())[0].id
    with st.container(border=True):
        st.subheader(_("这个偏差怎么来"), anchor=False)
        chosen = st.selectbox(
            _("选一个目标"),
            list(measured),
            index=list(measured).index(first),
            format_func=lambda one: f"{measured[one].row.metric}　·　{measured[one].row.theme}",
            key=f"check_item_{check.id}_{first}",
        )
        item = measured[chosen]
        _explain(item)
        points = checking.history(found, item)
        if len(points) > 1:
            _trend(item, points)
        if item.row.theme_id is not None:
            link("themes", _("看这个主题和原文"), icon=":material/account_tree:", theme=item.row.theme_id)


def _explain(item: Item) -> None:
    row, standing, goal = item.row, item.standing, checking.goal(item.row)
    st.markdown(f"**{literal(row.metric)}**　{literal(target(goal))}　{row.deadline.isoformat() if row.deadline else ''}")
    if row.document:
        st.caption(_("目标取自《{title}》第 {edition} 版", title=literal(row.document), edition=str(row.edition)))
    if standing.expected is None:
        st.info(_("还不能判断：{lack}。在表里补上，或填一个里程碑。", lack=lack(standing)), icon=":material/help:")
        return
    st.markdown(formula(how(goal, standing.expected)))
    if standing.difference is None:
        st.caption(_("还没有实际值：无数据，不算按计划。"))
        return
    parts = [
        _(
            "实际 {actual} − 应达 {expected} = {difference}",
            actual=figure(row.actual),
            expected=figure(standing.expected.value),
            difference=difference(standing, row.unit),
        ),
    ]
    if standing.percent is not None:
        parts.append(_("占应达 {percent}%", percent=f"{standing.percent:+.1f}"))
    if standing.behind is not None:
        share = f"{abs(standing.behind):.1%}"
        parts.append(_("落后全程的 {share}", share=share) if standing.behind > 0 else _("领先全程的 {share}", share=share))
    st.markdown(f"{formula(' · '.join(parts))}　**{_(STATUS_NAMES[item.status])}**")
    if row.action:
        st.markdown(_("纠偏：{action}（{owner}，{due}）", action=literal(row.action), owner=literal(row.owner) or "—", due=row.due or "—"))


def _trend(item: Item, points: Sequence[Point]) -> None:
    drawn = [TrendPoint(_(periods.name(point.quarter)), _due(point), point.item.row.actual) for point in points]
    if any(point.actual is not None for point in drawn):
        latest = next(point for point in reversed(points) if point.item.row.actual is not None)
        title = _(
            "{metric}：{period}实际比应达 {difference}",
            metric=item.row.metric,
            period=periods.name(latest.quarter),
            difference=difference(latest.item.standing, item.row.unit),
        )
        axis = item.row.unit or _("数值")
        show_chart(title, lambda look: trend_chart(drawn, title, axis, (_("应达"), _("实际")), look))
    rows = [
        {
            _("季度"): _(periods.name(point.quarter)),
            _("状态"): _(STATUS_NAMES[point.item.status]),
            _("实际"): with_unit(point.item.row.actual, point.item.row.unit),
            _("偏差"): difference(point.item.standing, point.item.row.unit),
            _("纠偏措施"): point.item.row.action or "—",
        }
        for point in points
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("这个目标的各季度记录"))


def _due(point: Point) -> float | None:
    due = point.item.standing.expected
    return due.value if due else None
