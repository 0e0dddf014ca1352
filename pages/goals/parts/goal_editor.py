"""The fields of a goal: its texts and numbers, and its indicators as a table that a sheet can be pasted into."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from core.goals.columns import LINE_FIELDS
from core.goals.draft import LONGEST_TEXT, Draft, Line
from core.goals.goal import KIND_NAMES, GoalIndicator, Kind
from pages.goals.parts.bench import Bench
from pages.goals.parts.indicator_cells import cells_of, columns, frame, line_of
from pages.goals.parts.words import one_line
from pages.shared.text import _, literal

_DAYS_MOST, _HEADS_MOST = 3650, 100_000


def texts(bench: Bench) -> tuple[str, str, int | None, int | None]:
    """Pain point, behaviour, heads and days, as they stand in the fields."""
    begun = bench.begun
    pain = st.text_area(
        _("业务痛点"),
        begun.pain_point,
        max_chars=LONGEST_TEXT,
        height=88,
        key=bench.key("pain"),
        placeholder=_("谁、在什么业务上、出了什么问题，最好带一个数"),
    )
    behaviour = st.text_area(
        _("行为目标"),
        begun.behaviour,
        max_chars=LONGEST_TEXT,
        height=112,
        key=bench.key("behaviour"),
        placeholder=_("回岗后在什么场合、对谁、做什么动作、做到什么程度"),
    )
    with st.container(horizontal=True):
        heads = st.number_input(
            _("参训人数"), 0, _HEADS_MOST, begun.headcount, step=1, key=bench.key("heads"), placeholder=_("不知道就留空"), width=200
        )
        days = st.number_input(
            _("训后多少天达成"), 0, _DAYS_MOST, begun.due_days, step=1, key=bench.key("days"), placeholder=_("如 60"), width=200
        )
    return pain, behaviour, heads, days


def indicators(bench: Bench) -> tuple[Line, ...]:
    """The table of indicators, and what stands in it now."""
    st.caption(_("可以从 Excel 复制整行粘贴进来。过程指标看路上走得怎样，绩效指标看业务结果；权重只用于绩效指标，合计 100。"))
    edited = st.data_editor(
        frame([cells_of(line) for line in bench.begun.lines]),
        key=bench.key("indicators"),
        hide_index=True,
        num_rows="dynamic",
        column_order=LINE_FIELDS,
        column_config=columns(),
        height="content",
        placeholder="—",
        alt=_("目标的指标"),
    )
    lines = (line_of(cells) for cells in cast(list[dict[str, Any]], edited.to_dict("records")))
    written = [line for line in lines if line.indicator != GoalIndicator()]
    return tuple(line for kind in Kind for line in written if line.kind is kind)


def shown(draft: Draft) -> None:
    """A goal to be read only."""
    goal = draft.goal
    st.markdown(f"**{_('业务痛点')}**　{literal(goal.pain_point) or '—'}")
    st.markdown(f"**{_('行为目标')}**　{literal(goal.behaviour) or '—'}")
    for kind, some in ((Kind.PROCESS, goal.process), (Kind.PERFORMANCE, goal.performance)):
        lines = [f"- {literal(one_line(one))}" for one in some] or ["—"]
        st.markdown(f"**{_(KIND_NAMES[kind])}**\n\n" + "\n".join(lines))
    if goal.due_days:
        st.caption(
            _("训后 {days} 天达成，参训 {people} 人。", days=goal.due_days, people="—" if goal.headcount is None else goal.headcount)
        )
