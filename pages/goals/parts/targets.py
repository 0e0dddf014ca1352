"""The targets of a project's people: chosen, read with how each was worked out, confirmed person by person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.targets import NOTE, targets_workbook
from core.goals.service import GoalView
from core.goals.targets.formula import POINTS
from core.goals.targets.service import Advised, Changed, Entered, Sheet
from core.strategy.findings import OPERATOR_SIGNS
from pages.people.parts.taking import export_made
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, joined, literal, moment, person
from pages.strategy.parts.sheet import Merging, editor, sheet
from pages.strategy.parts.sheet import Sheet as Typed

EVERYBODY = "targets_everybody"
_FIXED = ("name", "unit", "post", "indicator", "of_post", "score", "advised", "formula", "standing")


def choose(views: Sequence[GoalView], with_people: frozenset[int]) -> GoalView:
    """The project: from the list, else from the page's address, else the first with people whose goal has results."""
    by_id = {view.project.id: view for view in views}
    asked = state.asked_number("project")
    first = max(views, key=lambda view: (bool(view.draft.goal.performance), view.project.id in with_people)).project.id
    chosen = st.selectbox(
        _("项目"),
        list(by_id),
        index=list(by_id).index(asked if asked in by_id else first),
        format_func=lambda one: by_id[one].project.row.name,
        key="targets_project",
        width=480,
    )
    return by_id[chosen]


def way_of(project: int, ways: Sequence[tuple[float, ...]]) -> int:
    """Which weights the reader wants to begin with."""
    if len(ways) < 2:
        return 0
    names = ["/".join(f"{share:g}" for share in way) for way in ways]
    chosen = st.segmented_control(
        _("权重（按指标的次序）"),
        range(len(ways)),
        default=0,
        format_func=lambda place: names[place],
        required=True,
        key=f"targets_way_{project}",
        help=_("每个人的权重合计 100，确认前可以逐人改。"),
    )
    return int(chosen or 0)


def lacking(seen: Sheet) -> None:
    """What keeps people or results out of the table, and where to mend it."""
    if seen.unknown:
        names = literal(joined(f"“{name}”" for name in seen.unknown))
        st.warning(_("能力模型里没有这个项目的能力：{names}，和它们有关的人不在表里。", names=names), icon=":material/psychology_alt:")
    for indicator, why in seen.left:
        st.warning(_("“{indicator}”：{why}", indicator=literal(indicator), why=literal(_(why))), icon=":material/flag:")
    if not seen.goal.draft.goal.performance:
        st.info(_("这个项目的目标还没有绩效指标。写好以后，这里会给出每个人的建议。"), icon=":material/flag:")
        link("goals", _("去写目标"), icon=":material/flag:", project=seen.goal.project.id)
    elif not seen.rows and not seen.left:
        st.info(_("没有可以列出的人：岗位要求里没有人需要这个项目的能力，或者他们不在您可以查看的范围里。"), icon=":material/group_off:")


def whom(seen: Sheet) -> None:
    """Who is in the table and why, and the others where the reader wants them too."""
    if seen.by_post:
        st.caption(_("列出岗位是“{post}”、并且岗位要求里有这个项目的能力的人。", post=literal(seen.by_post)))
    else:
        st.caption(_("列出岗位要求里有这个项目的能力的人。"))
    if seen.arranged:
        st.caption(_("其中只列为这个项目的能力安排了补能的人，和已经有目标的人；另有 {n} 人没有安排。", n=seen.others))
    if seen.arranged or state.get(EVERYBODY):
        st.toggle(_("没有安排的人也列出"), key=EVERYBODY)


def by_unit(rows: Sequence[Advised]) -> list[Advised]:
    """The people of the units that the reader wants to see."""
    units = list(dict.fromkeys(row.unit for row in rows))
    if len(units) < 2:
        return list(rows)
    wanted = st.multiselect(
        _("机构"), units, placeholder=_("所有机构"), format_func=lambda name: name or _("没有机构"), key="targets_units", width=480
    )
    return [row for row in rows if not wanted or row.unit in wanted]


def table(project: int, rows: Sequence[Advised], way: int) -> tuple[Typed[Advised], list[Entered]]:
    """The people and what is advised, typed over; what the reader confirms, when they say so."""
    _counts(rows)
    # What was confirmed is not ticked again.
    seen = f"{project}_{len(rows)}_{sum(row.stands is not None for row in rows)}"
    everybody = st.toggle(_("全部勾选"), key=f"targets_all_{seen}", help=_("勾选后仍要按下面的按钮才会确认。"))
    columns = {name: {**config, "disabled": name in _FIXED} for name, config in _columns().items()}
    # Other people, other weights to begin with: another table.
    name = f"targets_{project}_{way}_{everybody}_{len(rows)}_{rows[0].person.id}"
    merging = Merging[Advised](lambda row: (row.person.id, row.target.indicator), lambda row: _cells(row, everybody), columns)
    typed = sheet(name, rows, sum(row.version for row in rows), merging)
    editor(typed, _frame(typed.rows, everybody), columns, editable=True, alt=_("个人目标"), grows=False)
    cells = [{**_cells(row, everybody), **typed.changed.get(at, {})} for at, row in enumerate(typed.rows)]
    ticked = {row.person.id for row, given in zip(typed.rows, cells, strict=True) if given["take"]}
    label = _("确认勾选的 {n} 人", n=len(ticked))
    if not st.button(label, type="primary", icon=":material/how_to_reg:", disabled=not ticked, key="targets_confirm"):
        return typed, []
    return typed, [
        Entered(row.person.id, row.target.indicator, row.version, given["value"], given["weight"])
        for row, given in zip(typed.rows, cells, strict=True)
        if row.person.id in ticked
    ]


def export(rows: Sequence[Advised]) -> None:
    """The rows that are shown, as an Excel file."""
    language = state.language()
    export_made(_("个人目标"), lambda: targets_workbook(rows, language), file="targets", count=len(rows))
    st.caption(_(NOTE))


def earlier(changes: Sequence[Changed]) -> None:
    """Who set which target and when."""
    if not changes:
        return
    with st.expander(_("谁在什么时候确认或改过（{n} 次）", n=len(changes)), icon=":material/history:"):
        rows = [
            {
                _("时间"): moment(one.at),
                _("谁"): person(one.by),
                _("姓名"): one.person,
                _("指标"): one.indicator,
                _("原来"): "—" if one.before is None else f"{one.before[0]:g} · {one.before[1]:g}%",
                _("改为"): f"{one.value:g} · {one.weight:g}%",
            }
            for one in changes
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("个人目标的改动"))


def _counts(rows: Sequence[Advised]) -> None:
    people = {row.person.id for row in rows}
    further = {row.person.id for row in rows if row.advice.further}
    unknown = {row.person.id for row in rows if row.level is None}
    confirmed = people - {row.person.id for row in rows if row.stands is None}
    with st.container(horizontal=True):
        st.metric(_("人数"), len(people))
        st.metric(_("建议高于岗位目标"), len(further))
        st.metric(_("没有测评"), len(unknown))
        st.metric(_("已确认"), len(confirmed))


def _cells(row: Advised, everybody: bool) -> dict[str, Any]:
    value, weight = (row.stands.value, row.stands.weight) if row.stands else (row.advice.value, row.weight)
    return {"name": f"{row.person.name} {row.person.number}", "take": everybody, "value": value, "weight": weight}


def _frame(rows: Sequence[Advised], everybody: bool) -> pd.DataFrame:
    made = pd.DataFrame(
        [
            {
                "take": everybody,
                "name": f"{row.person.name} {row.person.number}",
                "indicator": row.target.indicator,
                "of_post": f"{OPERATOR_SIGNS.get(row.target.operator, '')} {row.target.value:g} {row.target.unit}",
                "score": f"{_points(row.level.current)} / {_points(row.level.required)}" if row.level else None,
                "advised": row.advice.value,
                "formula": _(row.advice.formula),
                "value": row.stands.value if row.stands else row.advice.value,
                "weight": row.stands.weight if row.stands else row.weight,
                "standing": _standing(row),
                "unit": row.unit or None,
                "post": row.post or None,
            }
            for row in rows
        ]
    )
    return made.astype({"value": "Float64", "weight": "Float64", "score": "string"})


def _points(level: float) -> str:
    return f"{round(level * POINTS, 1):g}"


def _standing(row: Advised) -> str:
    if row.stands is None:
        return _("待确认")
    said = _("{who} 于 {when} 确认", who=person(row.stands.changed_by), when=moment(row.stands.changed_at))
    return _("{said}，之后建议变了", said=said) if row.outdated else said


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "take": column.CheckboxColumn(_("确认"), width=60, pinned=True),
        "name": column.TextColumn(_("姓名"), width=130, pinned=True),
        "indicator": column.TextColumn(_("指标"), width=150),
        "of_post": column.TextColumn(_("岗位目标"), width=100),
        "score": column.TextColumn(_("得分 / 要求"), width=90),
        "advised": column.NumberColumn(_("建议目标"), width=80),
        "formula": column.TextColumn(_("怎么算的"), width=240),
        "value": column.NumberColumn(_("目标"), width=80, help=_("可以改；确认后留下谁在什么时候改的。")),
        "weight": column.NumberColumn(_("权重"), min_value=0, max_value=100, width=65),
        "standing": column.TextColumn(_("状态"), width=170),
        "unit": column.TextColumn(_("机构"), width=120),
        "post": column.TextColumn(_("岗位"), width=100),
    }
