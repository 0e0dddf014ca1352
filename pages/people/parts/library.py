"""The competencies as a table: searched, filtered, one chosen; and the starter library, to be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.exports.workbook import workbook
from core.people import service as people
from core.people.competencies import Competency, matching
from core.people.terms import CLASS_NAMES, DIMENSION_NAMES, LEVELS, Dimension, TalentClass
from pages.settings.parts.wish import Wish
from pages.shared.picking import stay_with
from pages.shared.text import _, joined

_MODEL, _OFFERED, _ARCHIVED = "model", "offered", "archived"


def offer(known: Sequence[Competency], may_edit: bool) -> Wish | None:
    """Taking in what the starter library still offers, in front of everything while the model is empty."""
    offered = [one for one in known if not one.taken]
    if not offered or not may_edit:
        return None
    empty = len(offered) == len(known)
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if empty:
            st.markdown(_("**能力模型还是空的。** 可以先采用为分行编写的起始库，再按本行的实际修改。"), width="content")
        else:
            st.markdown(_("起始能力库里还有 {n} 项没有采用。", n=len(offered)), width="content")
        label = _("采用起始能力库（{n} 项）", n=len(offered))
        if not st.button(label, type="primary" if empty else "secondary", icon=":material/library_add:", key="competencies_take"):
            return None

    def act(db: Any, actor: Actor) -> None:
        people.take_in(db, actor)

    return Wish(_("已采用 {n} 项能力", n=len(offered)), act)


def library(known: Sequence[Competency]) -> Competency | None:
    """The table; the competency that the reader chose."""
    parts = _parts(known)
    names = {_MODEL: _("本行能力模型"), _OFFERED: _("起始库中未采用"), _ARCHIVED: _("已归档")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.segmented_control(
            _("范围"),
            [name for name in names if parts[name]] or [_MODEL],
            default=_MODEL if parts[_MODEL] else _OFFERED,
            format_func=lambda name: f"{names[name]} {len(parts[name])}",
            required=True,
            key=f"competency_part_{bool(parts[_MODEL])}",
            wrap=True,
        )
        words = st.text_input(_("搜索"), placeholder=_("名称、别名、定义或行为中的字"), key="competency_words", live=True, width=280)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dimensions = st.pills(
            _("能力维度"),
            list(Dimension),
            selection_mode="multi",
            format_func=lambda one: _(DIMENSION_NAMES[one]),
            key="competency_dimensions",
        )
        classes = st.pills(
            _("人才类别"),
            list(TalentClass),
            selection_mode="multi",
            format_func=lambda one: _(CLASS_NAMES[one]),
            key="competency_classes",
        )
    shown = matching(parts[part], words, dimensions, classes)
    st.caption(_("{shown} / {total} 项能力。点一行查看五级行为。", shown=len(shown), total=len(parts[part])))
    headings = [_("能力名称"), _("能力维度"), _("人才类别"), _("定义"), _("来历")]
    rows = [_cells(one) for one in shown]
    key = f"competencies_{part}_{len(shown)}_{shown[0].key if shown else ''}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("能力模型"),
        key=key,
    )
    _export(shown)
    chosen = stay_with("library", key, [one.key for one in shown], picked)
    return next((one for one in shown if one.key == chosen), None)


def class_name(one: Competency) -> str:
    """Whom a competency is for."""
    return _(CLASS_NAMES[one.facts.talent_class]) if one.facts.talent_class else _("各类人员")


def origin(one: Competency) -> str:
    """Where a competency comes from."""
    if not one.code:
        return _("本行")
    return _("自带（已修改）") if one.edition > 1 else _("自带")


def _parts(known: Sequence[Competency]) -> dict[str, list[Competency]]:
    return {
        _MODEL: [one for one in known if one.taken and not one.archived],
        _OFFERED: [one for one in known if not one.taken],
        _ARCHIVED: [one for one in known if one.archived],
    }


def _cells(one: Competency) -> list[Any]:
    return [one.facts.name, _(DIMENSION_NAMES[one.facts.dimension]), class_name(one), one.facts.definition, origin(one)]


def _export(shown: Sequence[Competency]) -> None:
    headings = [_("能力名称"), _("别名"), _("能力维度"), _("人才类别"), _("定义"), *(f"L{level}" for level in LEVELS)]
    headings += [_("L{level} 怎样测评", level=level) for level in LEVELS]
    rows = [
        [
            *(one.facts.name, joined(one.facts.aliases), _(DIMENSION_NAMES[one.facts.dimension]), class_name(one), one.facts.definition),
            *one.facts.levels,
            *one.facts.assessed_by,
        ]
        for one in shown
    ]
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: workbook(_("能力模型"), headings, rows),
            file_name="competencies.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="competencies_export",
        )
