"""The table of all goals: their own fields, and their indicators, each beside what the check says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from core.goals.columns import LINE_FIELDS, TITLES
from core.goals.draft import LONGEST_TEXT, Draft, Line
from core.goals.goal import GoalIndicator
from core.goals.service import STANDING_NAMES, GoalView
from core.goals.table import Texts, problems_by_line, written
from pages.goals.parts.indicator_cells import cells_of, columns, frame, line_of
from pages.goals.parts.table_bench import TableBench
from pages.shared.table import tall
from pages.shared.text import _, wide

_MOST_DAYS, _MOST_HEADS = 3650, 100_000
_FIXED = ("project", "standing", "problems")


def tables(bench: TableBench, views: Sequence[GoalView], names: Mapping[int, str], *, editable: bool) -> dict[int, Draft]:
    """Both tables with the goals of the `shown` projects, `views` as they were laid out; the goals as the rows hold them now."""
    first, second = st.tabs([_("目标（{n} 个）", n=len(views)), _("指标（{n} 个）", n=sum(len(view.draft.lines) for view in views))])
    with first:
        texts = _texts(bench, views, names, editable)
    with second:
        lines = _lines(bench, views, names, editable)
    return written(bench.begun, [view.project.id for view in views], texts, lines) if editable else dict(bench.begun)


def still_wrong(views: Sequence[GoalView], names: Mapping[int, str]) -> None:
    """What the check says of the goals that were changed and are not saved yet."""
    wrong = [view for view in views if not view.verdict.acceptable]
    passing = len(views) - len(wrong)
    with st.container(border=True):
        st.markdown(f":material/rule: **{_('改了 {n} 个目标，其中 {passing} 个通过检查', n=len(views), passing=passing)}**")
        if wrong:
            rows = [(names[view.project.id], "\n".join(_(one.message) for one in view.verdict.problems)) for view in wrong]
            st.dataframe(
                pd.DataFrame(rows, columns=[_("项目"), _("问题")]), hide_index=True, alt=_("还没有保存的目标的问题"), height="content"
            )


def _texts(bench: TableBench, views: Sequence[GoalView], names: Mapping[int, str], editable: bool) -> list[Texts]:
    rows = [
        {
            "project": names[view.project.id],
            "standing": _(STANDING_NAMES[view.standing]),
            "problems": "\n".join(_(one.message) for one in view.verdict.problems) or None,
            "pain_point": view.draft.pain_point or None,
            "behaviour": view.draft.behaviour or None,
            "headcount": view.draft.headcount,
            "due_days": view.draft.due_days,
        }
        for view in views
    ]
    made = pd.DataFrame(rows, columns=["project", "standing", "problems", "pain_point", "behaviour", "headcount", "due_days"])
    made = made.astype({**dict.fromkeys(("project", "standing", "pain_point", "behaviour", "problems"), "string"), "headcount": "Int64"})
    column = st.column_config
    edited = st.data_editor(
        made.astype({"due_days": "Int64"}),
        key=bench.key("texts"),
        hide_index=True,
        disabled=_FIXED if editable else True,
        height=tall(len(rows), 15),
        placeholder="—",
        alt=_("各项目的目标"),
        column_config={
            "project": column.TextColumn(_(TITLES["project"]), width=180, pinned=True),
            "standing": column.TextColumn(_(TITLES["standing"]), width=wide(110, 180)),
            "problems": column.TextColumn(_(TITLES["problems"]), width=220),
            "pain_point": column.TextColumn(_(TITLES["pain_point"]), max_chars=LONGEST_TEXT, width=260),
            "behaviour": column.TextColumn(_(TITLES["behaviour"]), max_chars=LONGEST_TEXT, width=260),
            "headcount": column.NumberColumn(_(TITLES["headcount"]), min_value=0, max_value=_MOST_HEADS, step=1, width=80),
            "due_days": column.NumberColumn(_(TITLES["due_days"]), min_value=0, max_value=_MOST_DAYS, step=1, width=110),
        },
    )
    return [_goal(view.project.id, cells) for view, cells in zip(views, _records(edited), strict=True)]


def _goal(project: int, cells: dict[str, Any]) -> Texts:
    heads, days = (None if cells[name] is None else int(cells[name]) for name in ("headcount", "due_days"))
    return Texts(project, str(cells["pain_point"] or "").strip(), str(cells["behaviour"] or "").strip(), heads, days)


def _lines(bench: TableBench, views: Sequence[GoalView], names: Mapping[int, str], editable: bool) -> list[tuple[int, Line]]:
    rows = [
        {"project": names[view.project.id], **cells_of(line), "problems": _said(view, place)}
        for view in views
        for place, line in enumerate(view.draft.lines)
    ]
    own = {names[view.project.id]: view.project.id for view in views}
    edited = st.data_editor(
        frame(rows, ("project", "problems")),
        key=bench.key("lines"),
        hide_index=True,
        num_rows="dynamic" if editable else "fixed",
        disabled=("problems",) if editable else True,
        column_order=("project", "problems", *LINE_FIELDS),
        height=tall(len(rows), 15),
        placeholder="—",
        alt=_("各目标的指标"),
        column_config={
            "project": st.column_config.SelectboxColumn(_(TITLES["project"]), options=list(own), width=180, pinned=True, required=True),
            **columns(),
            "problems": st.column_config.TextColumn(_(TITLES["problems"]), width=200),
        },
    )
    found = [(own.get(str(cells["project"] or "")), line_of(cells)) for cells in _records(edited)]
    return [(project, line) for project, line in found if project is not None and line.indicator != GoalIndicator()]


def _records(edited: pd.DataFrame) -> list[dict[str, Any]]:
    records = cast(list[dict[str, Any]], edited.to_dict("records"))
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in records]


def _said(view: GoalView, place: int) -> str | None:
    return "\n".join(_(one) for one in problems_by_line(view).get(place, ())) or None
