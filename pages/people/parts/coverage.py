"""How far the catalogue answers what posts require: the figures with their formulas, what is missing, what nobody needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.workbook import workbook
from core.people.courses.course import Ability, Course
from core.people.courses.coverage import Cell, Coverage, Share
from core.people.terms import DIMENSION_NAMES
from pages.people.parts.course_words import percent
from pages.shared.page import link
from pages.shared.table import tall
from pages.shared.text import _, joined


def coverage_board(found: Coverage, courses: Sequence[Course], abilities: Mapping[int, Ability], may_edit: bool) -> None:
    """The figures, by dimension and by post, and the requirements that nothing reaches."""
    overall = found.overall
    if not overall.cells:
        st.info(_("还没有岗位能力要求，算不出覆盖率和贴合率。先导入岗位能力矩阵。"), icon=":material/info:")
        if may_edit:
            link("people", _("去导入岗位能力矩阵"), icon=":material/upload_file:")
        return
    with st.grid(4, min_column_width=150):
        st.metric(_("覆盖率"), percent(overall.coverage), help=_coverage_formula())
        st.metric(_("其中只靠课程"), percent(overall.by_courses))
        st.metric(_("贴合率"), percent(overall.relevance), help=_relevance_formula())
        st.metric(_("没有覆盖的要求"), f"{overall.cells - overall.reached:,}")
    st.caption(f"{_coverage_formula()} {_relevance_formula()}")
    said = _(
        "{cells} 条岗位要求里 {reached} 条有条目能带到要求的等级；{courses} 个条目里 {serving} 个对应至少一条要求。",
        cells=overall.cells,
        reached=overall.reached,
        courses=overall.courses,
        serving=overall.serving,
    )
    st.caption(said)
    if found.unlevelled:
        st.caption(f":material/info: {_('{n} 个条目没有写到达哪一级，不算覆盖。', n=found.unlevelled)}")
    dimensions, posts, missing = st.tabs([_("按能力维度"), _("按岗位"), _("没有覆盖的要求（{n}）", n=len(found.uncovered))])
    with dimensions:
        _shares([(_(DIMENSION_NAMES[one]), share) for one, share in found.dimensions.items()], _("能力维度"), _("按能力维度"))
    with posts:
        ordered = sorted(found.posts.items(), key=lambda one: one[1].coverage or 0.0)
        _shares(ordered, _("岗位"), _("按岗位"))
    with missing:
        _uncovered(found.uncovered, {one.id: one.facts.name for one in courses}, abilities)


def _coverage_formula() -> str:
    return _("覆盖率 = 有条目能带到要求等级的岗位要求的权重之和 ÷ 全部岗位要求的权重之和（每个岗位的权重先折成合计 1）。")


def _relevance_formula() -> str:
    return _("贴合率 = 至少对应一条岗位要求的条目数 ÷ 条目总数。")


def _shares(rows: Sequence[tuple[str, Share]], heading: str, alt: str) -> None:
    headings = [heading, _("覆盖率"), _("其中只靠课程"), _("要求"), _("已覆盖"), _("贴合率"), _("对应的条目")]
    cells = [
        [name, *map(_percent, (share.coverage, share.by_courses)), share.cells, share.reached, _percent(share.relevance), share.serving]
        for name, share in rows
    ]
    shown = st.column_config.NumberColumn(format="%.0f%%")
    st.dataframe(
        pd.DataFrame(cells, columns=headings),
        hide_index=True,
        height=tall(len(cells)),
        column_config={headings[1]: shown, headings[2]: shown, headings[5]: shown},
        placeholder="—",
        alt=alt,
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _uncovered(cells: Sequence[Cell], names: Mapping[int, str], abilities: Mapping[int, Ability]) -> None:
    if not cells:
        st.markdown(f":green[:material/check_circle: {_('每条岗位要求都有条目能带到。')}]")
        return
    headings = [_("岗位"), _("能力名称"), _("要求等级"), _("占岗位权重"), _("最接近的条目")]
    rows: list[list[Any]] = [
        [
            cell.requirement.post,
            abilities[cell.requirement.competency_id].name,
            f"L{cell.requirement.level}",
            _percent(cell.share),
            joined(names[course] for course in cell.near[:3]) or None,
        ]
        for cell in cells
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        height=tall(len(rows)),
        column_config={headings[3]: st.column_config.NumberColumn(format="%.0f%%")},
        placeholder="—",
        alt=_("没有覆盖的要求"),
    )
    with st.container(horizontal=True):
        st.download_button(
            _("导出没有覆盖的要求"),
            data=lambda: workbook(_("没有覆盖的要求"), headings, rows, [_coverage_formula()]),
            file_name="uncovered.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="uncovered_export",
        )
