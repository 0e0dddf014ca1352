"""Trainers as a table: searched, filtered, exported, one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.faculty.faculty import TrainerView
from core.delivery.faculty.listing import matching
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole
from core.exports.workbook import workbook
from core.people.courses.course import Ability
from pages.delivery.parts.trainer_words import kind, place, roles, skills
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _


def trainer_list(trainers: Sequence[TrainerView], abilities: Mapping[int, Ability], with_ratings: bool) -> TrainerView | None:
    """The table; the trainer that the reader chose."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("姓名、单位或能力中的字"), key="trainer_words", live=True, width=240)
        whose = st.segmented_control(
            _("内部或外部"),
            [True, False],
            format_func=lambda one: _("内部") if one else _("外部"),
            key="trainer_whose",
        )
        wanted = st.multiselect(
            _("授课方向"),
            list(TrainerRole),
            format_func=lambda one: _(ROLE_NAMES[one]),
            key="trainer_roles",
            placeholder=_("全部"),
            width=260,
        )
        archived = st.toggle(_("已归档"), key="trainer_archived") if any(one.archived for one in trainers) else False
    here = [one for one in trainers if one.archived == archived]
    shown = matching(here, {key: one.name for key, one in abilities.items()}, words, whose, wanted)
    st.caption(_("{shown} / {total} 位讲师。点一行查看。", shown=len(shown), total=len(here)))
    headings = _headings(with_ratings)
    rows = [_cells(one, abilities, with_ratings) for one in shown]
    key = f"trainers_{archived}_{len(shown)}_{shown[0].id if shown else ''}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        height=tall(len(rows)),
        column_config={
            headings[0]: st.column_config.TextColumn(width="small", pinned=True),
            headings[-1]: st.column_config.TextColumn(width="large"),
        },
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("讲师名单"),
        key=key,
    )
    st.download_button(
        _("导出 Excel"),
        data=lambda: workbook(_("讲师"), headings, rows),
        file_name="trainers.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="trainers_export",
    )
    chosen = stay_with("trainer_list", key, [one.id for one in shown], picked)
    return next((one for one in shown if one.id == chosen), None)


def _headings(with_ratings: bool) -> list[str]:
    found = [_("姓名"), _("内部或外部"), _("单位"), _("授课方向"), _("每半天费用（元）"), _("每月最多"), _("全年最多")]
    return [*found, *([_("评分"), _("评分人数")] if with_ratings else []), _("授课能力")]


def _cells(one: TrainerView, abilities: Mapping[int, Ability], with_ratings: bool) -> list[Any]:
    found: list[Any] = [one.name, kind(one), place(one), roles(one.roles) or None]
    found += [one.cost_per_slot, one.max_slots_per_month, one.max_slots_per_year]
    rated = [f"{one.rating:.1f}" if one.rating is not None else None, one.raters or None] if with_ratings else []
    return [*found, *rated, skills(one, abilities) or None]
