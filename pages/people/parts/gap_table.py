"""Gaps in their order: the table, one of them with its formula, and the file that people take away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.exports.workbook import Cell, workbook
from core.people.gaps.gap import GapTable, GroupGap
from core.people.gaps.naming import Names
from core.people.gaps.ranking import ranked
from pages.people.parts.gap_words import group_name, released_words
from pages.shared.page import go
from pages.shared.table import tall
from pages.shared.text import _, literal


def ranking(table: GapTable, names: Names, by: str, *, may_make: bool) -> list[GroupGap]:
    """All gaps, the most severe first; those that the reader chose."""
    st.subheader(_("短板排行"), anchor=False)
    order = ranked(table.groups)
    headings = _headings(by)
    frame = pd.DataFrame([_cells(one, names) for one in order], columns=headings)
    if may_make:
        st.caption(_("排序 = 已测人数 × 平均差距 × 权重。选一行看算式和名单，选几行可以一起立项。"))
    else:
        st.caption(_("排序 = 已测人数 × 平均差距 × 权重。选一行看算式。"))
    picked = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=tall(len(order)),
        placeholder="—",
        column_config={
            headings[2]: st.column_config.NumberColumn(width=80),
            headings[4]: st.column_config.NumberColumn(format="%.2f"),
            headings[6]: st.column_config.NumberColumn(format="%.0f"),
            headings[7]: st.column_config.NumberColumn(format="%.0f"),
            headings[8]: st.column_config.NumberColumn(format="%.1f"),
        },
        alt=_("短板排行"),
        key=_key(by, order),
    )
    if table.hidden:
        st.caption(_("另有 {groups} 格人数太少，不显示。", groups=len(table.hidden)))
    _export(table, names, by)
    return [order[position] for position in sorted(picked.selection.rows) if position < len(order)]


def one_gap(one: GroupGap, names: Names, *, may_name: bool) -> None:
    """The formula of a gap with its numbers, and the way to its people for whoever may read them."""
    with st.container(border=True):
        st.markdown(f"**{literal(group_name(names, one.key))} · {literal(names.competency(one.key.competency_id))}**")
        if one.mean_gap is None:
            st.markdown(_("{required} 人的岗位要求这项能力，都没有还算数的测评，差多少不知道。", required=one.required))
        else:
            st.markdown(
                _(
                    "{measured} 人 × 平均差 {gap} 级 = **{lacking} 人·级**；× 权重 {weight} = **{severity}**",
                    measured=one.measured,
                    gap=f"{one.mean_gap:.2f}",
                    lacking=f"{one.lacking:.1f}",
                    weight=f"{one.weight:.0%}",
                    severity=f"{one.severity:.1f}",
                )
            )
            st.caption(_("要求的 {required} 人里，已测 {measured} 人，缺测评 {missing} 人。", **_counts(one)))
        if may_name and st.button(_("看是哪些人"), icon=":material/group_search:", key="gaps_people"):
            place = {name: value for name, value in (("unit", one.key.unit_id), ("post", one.key.post_id)) if value is not None}
            go("gap_people", competency=one.key.competency_id, **place)


def _key(by: str, order: Sequence[GroupGap]) -> str:
    """Another table has another selection."""
    first = order[0].key if order else None
    return f"gaps_ranking_{by}_{len(order)}_{first.competency_id}_{first.unit_id or first.post_id}" if first else "gaps_ranking"


def _counts(one: GroupGap) -> dict[str, int]:
    return {"required": one.required, "measured": one.measured, "missing": one.missing}


def _headings(by: str) -> list[str]:
    group = _("机构") if by == "unit" else _("岗位")
    figures = [_("低于要求"), _("已测"), _("平均差距（级）"), _("要求人数"), _("缺测评 %"), _("权重 %"), _("排序值")]
    return [_("能力"), group, *figures]


def _cells(one: GroupGap, names: Names) -> list[Cell]:
    gap = None if one.mean_gap is None else round(one.mean_gap, 4)
    named: list[Cell] = [names.competency(one.key.competency_id), group_name(names, one.key)]
    shares: list[Cell] = [round(100 * one.missing / one.required, 1), round(100 * one.weight, 1)]
    return [*named, one.below, one.measured, gap, one.required, *shares, round(one.severity, 4)]


def gaps_workbook(table: GapTable, names: Names, by: str) -> bytes:
    """What the table shows, and nothing else."""
    day = released_words(table) if table.gated else _("测算日期 {day}", day=table.as_of.isoformat())
    notes = [day, _("排序值 = 已测人数 × 平均差距 × 权重；空白为没有测评或人数太少。")]
    if table.hidden:
        notes.append(_("另有 {groups} 格人数太少，不显示。", groups=len(table.hidden)))
    return workbook(_("能力短板"), _headings(by), [_cells(one, names) for one in ranked(table.groups)], notes)


def _export(table: GapTable, names: Names, by: str) -> None:
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: gaps_workbook(table, names, by),
            file_name="gaps.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="gaps_export",
        )
