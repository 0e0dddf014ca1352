"""The heat map of gaps, under what it shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts.gaps import HeatCell, gap_heat_map
from core.people.gaps.gap import GapKey, GapTable, GroupGap
from core.people.gaps.naming import Names
from core.people.gaps.ranking import Summary, competencies_first, groups_first, ranked
from pages.people.parts.gap_words import figures, group_name, level
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.text import _

_ACROSS, _DOWN = 18, 20
_ACROSS_PHONE, _DOWN_PHONE = 5, 12


def numbers(together: Summary) -> None:
    """What the chosen gaps come to."""
    share = together.measured / together.required if together.required else 0.0
    with st.grid(4, min_column_width=130):
        st.metric(_("要求（人·项）"), f"{together.required:,}", help=_("每个人、每项岗位要求的能力算一个。"))
        st.metric(_("已测评"), f"{share:.0%}")
        st.metric(_("缺测评（人·项）"), f"{together.missing:,}", help=_("岗位要求，但没有还算数的测评。不当作 0。"))
        below = "—" if together.below is None else f"{together.below:,}"
        st.metric(_("低于要求（人·项）"), below)


def heat_map(table: GapTable, totals: Sequence[GroupGap], names: Names, by: str) -> None:
    """Competencies × units or posts, those where most lacks first; the largest gap is framed."""
    across, down = _shown(table)
    cells = _cells(table, names, by, across, down)
    title = _finding(totals, names)
    show_chart(title, lambda look: gap_heat_map(cells, title, _("平均差距（级）"), look, narrow=on_phone()))
    notes = [_("格中数字为低于要求的人数"), _("砖红框为排行第一"), _("虚线框“—”为没有测评")]
    if table.gated:
        notes.append(_("带小数的为平均差距（人数少，不拆分）"))
        notes.append(_("“*”为人数太少，不显示"))
    notes.append(_("空白为岗位不要求"))
    everything = {one.key for one in table.groups} | table.hidden
    if len({_group(key) for key in everything}) > len(across) or len({key.competency_id for key in everything}) > len(down):
        drawn = len({one.group for one in cells})
        said = _("图中只画缺得最多的 {groups} 列、{competencies} 行，其余在下面的表里", groups=drawn, competencies=len(down))
        notes.append(said)
    if len(across) > _ACROSS_PHONE and not on_phone():
        notes.append(_("窗口窄时只画得下前几列"))
    st.caption(" · ".join(notes))


def _finding(totals: Sequence[GroupGap], names: Names) -> str:
    first = next((one for one in sorted(totals, key=lambda one: -one.lacking) if one.lacking > 0), None)
    if first is None:
        return _("已测的人都达到了要求")
    name = names.competency(first.key.competency_id)
    return _("缺得最多的是“{name}”：{figures}", name=name, figures=figures(first))


def _shown(table: GapTable) -> tuple[list[int], list[int]]:
    """The groups across and the competencies down that there is room for."""
    wide, high = (_ACROSS_PHONE, _DOWN_PHONE) if on_phone() else (_ACROSS, _DOWN)
    hidden = sorted(table.hidden)
    across = dict.fromkeys([*groups_first(table.groups), *(_group(key) for key in hidden)])
    down = dict.fromkeys([*competencies_first(table.groups), *(key.competency_id for key in hidden)])
    return list(across)[:wide], list(down)[:high]


def _cells(table: GapTable, names: Names, by: str, across: Sequence[int], down: Sequence[int]) -> list[HeatCell]:
    found = {(one.key.competency_id, _group(one.key)): one for one in table.groups}
    gone = {(key.competency_id, _group(key)): key for key in table.hidden}
    worst = next((one for one in ranked(table.groups) if one.lacking > 0), None)
    cells = []
    for competency in down:
        for group in across:
            one, key = found.get((competency, group)), gone.get((competency, group))
            if one is not None:
                cells.append(_cell(one, names, worst=one is worst))
            elif key is not None:
                said = _("{name}：人数太少，不显示", name=group_name(names, key))
                cells.append(HeatCell(names.competency(competency), group_name(names, key), None, "*", said))
    return cells


def _cell(one: GroupGap, names: Names, *, worst: bool) -> HeatCell:
    competency, group = names.competency(one.key.competency_id), group_name(names, one.key)
    label = "—" if one.mean_gap is None else level(one.mean_gap) if one.below is None else str(one.below)
    return HeatCell(competency, group, one.mean_gap, label, f"{group} · {competency}：{figures(one)}", worst)


def _group(key: GapKey) -> int:
    return key.unit_id if key.unit_id is not None else key.post_id or 0
