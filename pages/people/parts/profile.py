"""Pieces of a person's profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.charts.gaps import Dot, Spoke, level_history, talent_radar
from core.exports.workbook import Cell
from core.people.gaps.gap import Person, PersonGap, Reading
from core.people.gaps.naming import Names
from core.people.terms import DIMENSION_NAMES
from pages.people.parts.gap_list import state_of
from pages.people.parts.gap_words import level, readings_text, said, source_name
from pages.people.parts.taking import export_people
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.text import _, literal

_SPOKES, _FEWEST = 12, 3
_LARGE, _SMALL = 440, 350


def profile_head(who: Person, found: Sequence[PersonGap], names: Names) -> None:
    """Who it is, and what the gaps come to."""
    st.subheader(literal(who.name), anchor=False)
    unit, post = names.units.get(who.unit_id) or _("没有机构"), names.posts.get(who.post_id) or _("没有岗位")
    st.markdown(" ".join(f":gray-badge[{literal(text)}]" for text in (who.number, unit, post)))
    required = [one for one in found if one.required_level is not None]
    with st.grid(4, min_column_width=110):
        st.metric(_("岗位要求"), f"{len(required):,}")
        st.metric(_("低于要求"), f"{sum(bool(one.gap) for one in required):,}")
        st.metric(_("缺测评"), f"{sum(one.missing for one in required):,}")
        st.metric(_("来源不一致"), f"{sum(one.disagree for one in found):,}")


def has_radar(found: Sequence[PersonGap]) -> bool:
    """Whether there is a circle to draw; with fewer than three requirements the table says it all."""
    return sum(one.required_level is not None for one in found) >= _FEWEST


def radar(who: Person, found: Sequence[PersonGap], names: Names) -> None:
    """What is required and what is known, around a circle."""
    if not has_radar(found):
        return
    required = sorted((one for one in found if one.required_level is not None), key=lambda one: -one.weight)[:_SPOKES]
    order = sorted(required, key=lambda one: (str(names.dimensions.get(one.competency_id)), one.competency_id))
    spokes = [Spoke(names.competency(one.competency_id), one.required_level or 0, one.current) for one in order]
    lines, size = (_("岗位要求"), _("现有等级")), _SMALL if on_phone() else _LARGE
    title = _finding(who, found, names)
    show_chart(title, lambda look: talent_radar(spokes, title, lines, look, size=size), width="content", key="talent_radar")
    notes = [_("实心点为有测评的能力；没有点的缺测评，不当作 0。")]
    if len(required) < sum(one.required_level is not None for one in found):
        notes.append(_("图中只画权重最大的 {count} 项。", count=len(required)))
    st.caption(" ".join(notes))


def competency_table(who: Person, found: Sequence[PersonGap], names: Names) -> None:
    """Each competency with its scores; the file of the same."""
    st.subheader(_("各项能力"), anchor=False)
    headings = [_("能力"), _("差距"), _("要求等级"), _("现有等级"), _("说明"), _("权重 %"), _("能力维度"), _("测评依据")]
    rows = [_cells(one, names) for one in found]
    st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        height="content",
        placeholder="—",
        column_config={
            headings[1]: st.column_config.NumberColumn(format="%.1f", width=70),
            headings[3]: st.column_config.NumberColumn(format="%.1f"),
            headings[5]: st.column_config.NumberColumn(format="%.0f"),
        },
        alt=_("各项能力"),
    )
    with st.container(horizontal=True):
        export_people(_("人才档案"), headings, rows, [f"{who.name} {who.number}"], file="profile", employee_id=who.id)


def competency_history(found: Sequence[PersonGap], past: Mapping[int, Sequence[Reading]], names: Names) -> None:
    """All scores in one competency that the reader chooses, over time."""
    known = [one for one in found if past.get(one.competency_id)]
    if not known:
        return
    st.subheader(_("测评经过"), anchor=False)
    by_id = {one.competency_id: one for one in known}
    chosen = st.selectbox(
        _("能力"), list(by_id), format_func=names.competency, placeholder=_("选择能力"), key="profile_competency", width=320
    )
    one, readings = by_id[chosen], past[chosen]
    dots = [Dot(source_name(each), each.on, each.level, said(each)) for each in readings if each.on is not None]
    if len(dots) > 1:
        title = _(
            "“{name}”：要求 {required}，现有 {current}", name=names.competency(chosen), required=_required(one), current=level(one.current)
        )
        show_chart(title, lambda look: level_history(dots, one.required_level, title, _("等级"), look))
    counting = {(each.source, each.on) for each in one.readings if each.counts}
    for each in reversed(readings):
        mark = "" if (each.source, each.on) in counting else f" :gray[{_('不计入')}]"
        st.markdown(f"- {literal(said(each))}{mark}")


def _finding(who: Person, found: Sequence[PersonGap], names: Names) -> str:
    worst = max((one for one in found if one.gap), key=lambda one: one.gap or 0.0, default=None)
    if worst is not None:
        return _(
            "{name}差得最多的是“{competency}”：要求 L{required}，现有 {current}",
            name=who.name,
            competency=names.competency(worst.competency_id),
            required=worst.required_level,
            current=level(worst.current),
        )
    if any(one.missing for one in found):
        return _("{name}已测的能力都达到了要求，还有缺测评的", name=who.name)
    return _("{name}的各项能力都达到了岗位要求", name=who.name)


def _required(one: PersonGap) -> str:
    return _("岗位不要求") if one.required_level is None else f"L{one.required_level}"


def _cells(one: PersonGap, names: Names) -> list[Cell]:
    dimension = names.dimensions.get(one.competency_id)
    weight = round(100 * one.weight, 1) if one.required_level is not None else None
    kind = _(DIMENSION_NAMES[dimension]) if dimension else None
    return [
        names.competency(one.competency_id),
        one.gap,
        one.required_level,
        one.current,
        state_of(one),
        weight,
        kind,
        readings_text(one.readings),
    ]
