"""The menu of a group for whoever reads sums and nobody by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.workbook import workbook
from core.people.courses.course import Ability, Course
from core.people.gaps.gap import GroupGap
from core.people.gates import HIDE
from core.people.remedies.service import SumsMenu
from core.people.remedies.sums import SumsRemedy
from pages.people.parts.gap_empty import not_released
from pages.people.parts.menu_words import effect_words, form_of, number
from pages.shared.text import _, joined, literal


def sums_menu(menu: SumsMenu, group: str, courses: Mapping[int, Course], abilities: Mapping[int, Ability]) -> None:
    """The table, and what stays behind the gates."""
    st.subheader(literal(group), anchor=False)
    st.caption(_("您看到的是汇总，不含姓名；机构不含下级机构。"))
    if menu.as_of is None:
        not_released()
        return
    released = _("汇总发布于 {day}。", day=menu.as_of.isoformat())
    released += " " + _("之后有变化的人凑满 {hide} 人才一起更新，更新的测评可能还没有算进来。", hide=HIDE)
    st.caption(released)
    if menu.hidden:
        said = _("{n} 项能力的数字没有给出：不到 {least} 人，或者能由它推出不到 {least} 人的数字。", n=menu.hidden, least=HIDE)
        st.caption(f":material/visibility_off: {said}")
    if not menu.remedies:
        st.info(_("这里没有可以显示的建议：没有测评、没有短板，或者人数太少。"), icon=":material/info:")
        return
    headings = [_("顺序"), _("条目"), _("形式"), _("得分"), _("补什么"), _("实效")]
    rows: list[list[Any]] = [
        [
            place,
            courses[one.course_id].facts.name,
            form_of(courses[one.course_id]),
            round(one.score),
            _parts(one, abilities),
            effect_words(one.effect) if one.effect else None,
        ]
        for place, one in enumerate(menu.remedies, 1)
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        column_config={
            **{heading: st.column_config.Column(width=60) for heading in (headings[0], *headings[2:4])},
            headings[4]: st.column_config.TextColumn(width=560),
        },
        placeholder="—",
        alt=_("{name} 的补能菜单", name=group),
    )
    said = _("得分 = 各项能力（有测评的人数 × 平均短板里条目能补的级数 × 平均权重 × 紧迫系数）之和 × 100 × 实效系数。这是建议，由人决定。")
    st.caption(said)
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: workbook(_("补能菜单"), headings, rows, [group, said, released]),
            file_name="menu.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="menu_export_sums",
        )
    if menu.unmet:
        names = joined(_group_words(one, abilities) for one in menu.unmet)
        st.caption(_("目录里没有条目能补：{names}。", names=literal(names)))


def _parts(one: SumsRemedy, abilities: Mapping[int, Ability]) -> str:
    return _("；").join(f"{_group_words(part.group, abilities)} = {part.points:.0f}" for part in one.parts)


def _group_words(group: GroupGap, abilities: Mapping[int, Ability]) -> str:
    name = abilities[group.key.competency_id].name if group.key.competency_id in abilities else "—"
    mean = number(group.mean_gap or 0.0)
    if group.below is None:
        return _("{name}：{measured} 人有测评，平均差 {mean} 级", name=name, measured=group.measured, mean=mean)
    return _(
        "{name}：{measured} 人有测评，{below} 人低于要求，平均差 {mean} 级",
        name=name,
        measured=group.measured,
        below=group.below,
        mean=mean,
    )
