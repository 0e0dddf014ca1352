"""The people of one gap: who lacks how much, by which scores, and the way to each one's profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.exports.workbook import Cell
from core.people.gaps.gap import GapKey, Person, PersonGap
from core.people.gaps.naming import Names
from pages.people.parts.gap_words import group_name, readings_text
from pages.people.parts.taking import export_people
from pages.shared.page import go
from pages.shared.table import tall
from pages.shared.text import _, literal


def gap_head(key: GapKey, found: Sequence[PersonGap], names: Names) -> None:
    """Which gap it is, and how many people stand where."""
    st.subheader(f"{literal(group_name(names, key))} · {literal(names.competency(key.competency_id))}", anchor=False)
    below = sum(one.gap is not None and one.gap > 0 for one in found)
    missing = sum(one.missing for one in found)
    with st.grid(4, min_column_width=110):
        st.metric(_("要求人数"), f"{len(found):,}")
        st.metric(_("低于要求"), f"{below:,}")
        st.metric(_("缺测评"), f"{missing:,}")
        st.metric(_("来源不一致"), f"{sum(one.disagree for one in found):,}")


def people_list(found: Sequence[PersonGap], persons: Mapping[int, Person], names: Names) -> None:
    """The table, the profile of whoever is chosen, the file."""
    shown = [one for one in found if one.employee_id in persons]
    headings = [_("姓名"), _("差距"), _("要求等级"), _("现有等级"), _("工号"), _("机构"), _("岗位"), _("说明"), _("测评依据")]
    rows = [_cells(one, persons[one.employee_id], names) for one in shown]
    st.caption(_("差得最多的在前，缺测评的在后。点一行打开人才档案。每次打开名单都记入审计日志。"))
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=tall(len(rows), 14),
        placeholder="—",
        column_config={heading: st.column_config.NumberColumn(format="%.1f") for heading in (headings[1], headings[3])},
        alt=_("短板人员"),
        key=f"gap_people_{len(rows)}_{rows[0][4] if rows else ''}",
    )
    chosen = next((shown[position] for position in picked.selection.rows if position < len(shown)), None)
    with st.container(horizontal=True):
        if chosen and st.button(
            _("打开 {name} 的人才档案", name=literal(persons[chosen.employee_id].name)), type="primary", icon=":material/badge:"
        ):
            go("profile", id=chosen.employee_id)
        export_people(_("短板人员"), headings, rows, file="gap-people")


def state_of(one: PersonGap) -> str:
    """Where somebody stands, in a word."""
    if one.required_level is None:
        return _("岗位不要求")
    if one.missing:
        return _("缺测评")
    said = _("低于要求") if one.gap else _("达到要求")
    return said + (" · " + _("来源不一致") if one.disagree else "")


def _cells(one: PersonGap, who: Person, names: Names) -> list[Cell]:
    unit = names.units.get(who.unit_id) or _("没有机构")
    post = names.posts.get(who.post_id) or _("没有岗位")
    return [who.name, one.gap, one.required_level, one.current, who.number, unit, post, state_of(one), readings_text(one.readings)]
