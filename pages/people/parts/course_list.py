"""The catalogue as a table: searched, filtered, exported, one course chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.workbook import workbook
from core.people.courses.course import Ability, Course, matching
from core.people.courses.terms import FORM_NAMES, METHOD_NAMES, CourseForm
from core.people.terms import DIMENSION_NAMES, Dimension
from pages.people.parts.course_words import served
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _, joined


def course_list(courses: Sequence[Course], abilities: Mapping[int, Ability], unused: Sequence[int]) -> Course | None:
    """The table; the course that the reader chose. `unused` are those that serve no requirement."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("名称、编号、提供方或能力中的字"), key="course_words", live=True, width=280)
        forms = st.pills(
            _("形式"), list(CourseForm), selection_mode="multi", format_func=lambda one: _(FORM_NAMES[one]), key="course_forms"
        )
        dimensions = st.pills(
            _("能力维度"),
            list(Dimension),
            selection_mode="multi",
            format_func=lambda one: _(DIMENSION_NAMES[one]),
            key="course_dimensions",
        )
        only_unused = st.toggle(_("没有对应要求的"), key="course_unused") if unused else False
        archived = st.toggle(_("已归档"), key="course_archived") if any(one.archived for one in courses) else False
    here = [one for one in courses if one.archived == archived and (not only_unused or one.id in unused)]
    shown = matching(here, abilities, words, forms, dimensions)
    st.caption(_("{shown} / {total} 个条目。点一行查看。", shown=len(shown), total=len(here)))
    names = {one.id: one.facts.name for one in courses}
    rows = [_cells(one, abilities, names) for one in shown]
    key = f"courses_{archived}_{len(shown)}_{shown[0].id if shown else ''}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=_headings()).drop(columns=[_("内容简介")]),
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("课程目录"),
        key=key,
    )
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: workbook(_("课程目录"), _headings(), rows),
            file_name="catalogue.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="courses_export",
        )
    chosen = stay_with("course_list", key, [one.id for one in shown], picked)
    return next((one for one in shown if one.id == chosen), None)


def _headings() -> list[str]:
    return [
        *(_("课程名称"), _("形式"), _("授课方式"), _("补哪些能力"), _("学时"), _("费用（元）"), _("提供方"), _("先修课程")),
        *(_("课程编号"), _("内容简介")),
    ]


def _cells(one: Course, abilities: Mapping[int, Ability], names: Mapping[int, str]) -> list[Any]:
    facts = one.facts
    return [
        facts.name,
        _(FORM_NAMES[facts.form]),
        _(METHOD_NAMES[facts.method]) if facts.method else None,
        served(facts, abilities) or None,
        facts.hours,
        facts.cost,
        facts.provider or None,
        joined(names[needed] for needed in facts.needs if needed in names) or None,
        facts.code or None,
        facts.about or None,
    ]
