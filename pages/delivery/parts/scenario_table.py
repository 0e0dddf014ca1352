"""Timetables side by side, and what is different between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.delivery.timetable.changes import changes, line_of
from core.delivery.timetable.measures import Measures
from core.delivery.timetable.service import SessionView, TimetableView
from core.delivery.timetable.terms import STATE_NAMES
from pages.delivery.parts.timetable_changes import listed
from pages.shared.page import link
from pages.shared.text import _, joined, literal


def compared(shown: Sequence[TimetableView], found: Mapping[int, Measures], names: Mapping[int, str]) -> None:
    """A row for each timetable."""
    rows = []
    for one in shown:
        figures = found[one.id]
        rows.append(
            {
                _("方案"): one.row.name,
                _("状态"): _(STATE_NAMES[one.row.state]),
                _("排上"): f"{figures.placed} / {figures.sessions}",
                _("费用（元）"): figures.cost,
                _("迟于期限"): figures.late,
                _("共迟几天"): figures.late_days,
                _("最忙的人（半天/月）"): figures.busiest,
                _("例外"): figures.broken,
                _("有课的主题"): f"{len(figures.themes & names.keys())} / {len(names)}",
                _("求解得分"): one.row.objective.get("total"),
                _("至多差"): one.row.gap,
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="—",
        alt=_("方案对比"),
        column_config={
            _("费用（元）"): st.column_config.NumberColumn(format="localized"),
            _("求解得分"): st.column_config.NumberColumn(format="localized"),
            _("至多差"): st.column_config.NumberColumn(format="percent"),
        },
    )
    cheapest = min(shown, key=lambda one: (found[one.id].unplaced, found[one.id].cost))
    punctual = min(shown, key=lambda one: (found[one.id].unplaced, found[one.id].late_days))
    if len(shown) > 1:
        best = {"cheap": literal(cheapest.row.name), "punctual": literal(punctual.row.name)}
        st.markdown(_("没排上的最少者中，最省的是“{cheap}”，最准时的是“{punctual}”。", **best))
    st.caption(_("费用＝半天数×（讲师＋场地每半天费用）；迟于期限按结束日比最晚完成日；求解得分越低越好，改过以后不再更新。"))
    with st.container(horizontal=True):
        for one in shown:
            link("schedule", literal(one.row.name), icon=":material/calendar_view_month:", timetable=one.id)


def themes_without(shown: Sequence[TimetableView], found: Mapping[int, Measures], names: Mapping[int, str]) -> None:
    """Themes that no session serves in the newest timetable."""
    lacking = [name for number, name in names.items() if number not in found[shown[0].id].themes]
    if lacking:
        said = _("“{name}”里没有课的主题：{themes}。", name=literal(shown[0].row.name), themes=joined(literal(one) for one in lacking))
        st.warning(said, icon=":material/account_tree:")


def between(shown: Sequence[TimetableView], views: Mapping[int, Sequence[SessionView]]) -> None:
    """What is different between two of them, in words."""
    names = {one.id: one.row.name for one in shown}
    st.subheader(_("两份之间差在哪里"), anchor=False)
    left, right = st.columns(2)
    first = left.selectbox(_("从"), list(names), 1, format_func=names.__getitem__, key="between_from")
    second = right.selectbox(_("到"), list(names), 0, format_func=names.__getitem__, key="between_to")
    found = changes([line_of(one) for one in views[first]], [line_of(one) for one in views[second]])
    if found:
        listed(found, f"between_{first}_{second}")
    else:
        st.markdown(_("没有不同。"))
