"""The plan's projects with how their goals stand; one of them is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.goals.service import STANDING_NAMES, GoalView, Standing
from pages.shared import state
from pages.shared.table import tall
from pages.shared.text import _, wide

_SHORT = 10
_LAST = "goals_last"
_MARKS = {
    Standing.NONE: ":material/radio_button_unchecked:",
    Standing.PROBLEMS: ":material/error:",
    Standing.PASSES: ":material/check_circle:",
    Standing.SUBMITTED: ":material/task_alt:",
    Standing.OVERRIDDEN: ":material/report:",
}


def choose(views: Sequence[GoalView]) -> GoalView:
    """The list, and the project that the reader chose: from it, else from the page's address.

    Else the one that was looked at before, so that nobody loses what they have just submitted; else the first that needs work.
    """
    counts = Counter(view.standing for view in views)
    names = {one: f"{_MARKS[one]} {_(STANDING_NAMES[one])} {counts[one]}" for one in Standing if counts[one]}
    wanted = st.pills(_("目标的状态"), list(names), selection_mode="multi", format_func=names.__getitem__, key="goals_states")
    shown = [view for view in views if not wanted or view.standing in wanted] or list(views)
    frame = pd.DataFrame(
        {
            "standing": [_said(view) for view in shown],
            "name": [view.project.row.name for view in shown],
            "behaviour": [view.draft.behaviour for view in shown],
            "results": [_("，").join(line.name for line in view.draft.goal.performance) for view in shown],
            "note": [view.row.reason if view.row else "" for view in shown],
        }
    ).replace("", None)
    if not counts[Standing.OVERRIDDEN]:
        frame = frame.drop(columns="note")
    if len(shown) > _SHORT:
        st.caption(_("共 {n} 个项目，表里往下滚可以看到全部；点一行，目标在表的下面。", n=len(shown)))
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(shown), 10),
        on_select="rerun",
        selection_mode="single-row",
        key=f"goals_list_{len(shown)}_{shown[0].project.id}",
        placeholder="—",
        alt=_("项目和目标的状态"),
        column_config={
            "standing": st.column_config.TextColumn(_("状态"), width=wide(130, 190)),
            "name": st.column_config.TextColumn(_("项目"), width=220),
            "behaviour": st.column_config.TextColumn(_("行为目标"), width=280),
            "results": st.column_config.TextColumn(_("绩效指标"), width=200),
            "note": st.column_config.TextColumn(_("例外的理由"), width=wide(160, 180)),
        },
    )
    picked = next((shown[place] for place in event.selection.rows if place < len(shown)), None)
    open_ = next((view for view in shown if view.standing in (Standing.NONE, Standing.PROBLEMS)), shown[0])
    chosen = picked or _asked(views) or next((view for view in shown if view.project.id == state.get(_LAST)), open_)
    state.put(_LAST, chosen.project.id)
    return chosen


def _asked(views: Sequence[GoalView]) -> GoalView | None:
    wanted = state.asked_number("project")
    return next((view for view in views if view.project.id == wanted), None)


def _said(view: GoalView) -> str:
    if view.standing is Standing.PROBLEMS:
        return _("{n} 个问题", n=len(view.verdict.problems))
    return _(STANDING_NAMES[view.standing])
