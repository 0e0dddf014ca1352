"""The menu of a unit: what works for most of its people, for whom, and accepting it for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.exports.workbook import Cell, workbook
from core.goals.needs.from_gaps import file_unmet
from core.people.courses.course import Ability, Course
from core.people.remedies.ranking import UnitRemedy, Unmet, Urgent
from core.people.remedies.service import Served, UnitMenu
from pages.people.parts.menu_person import accepting
from pages.people.parts.menu_words import effect_words, form_of, formula, part_words
from pages.people.parts.taking import export_people
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.page import link
from pages.shared.table import tall
from pages.shared.text import _, joined, literal


def unit_menu(menu: UnitMenu, unit: str, courses: Mapping[int, Course], abilities: Mapping[int, Ability]) -> int | None:
    """The table; the entry that the reader chose."""
    st.subheader(literal(unit), anchor=False)
    said = _("岗位有能力要求的 {people} 人（含下级机构），其中 {known} 人有测评。", people=menu.people, known=menu.known)
    st.caption(said)
    if not menu.remedies:
        text = _("已知的能力都达到要求，现在不用补。") if not menu.unmet else _("课程目录里没有条目能补这里的短板。")
        st.info(text if menu.known else _("这里还没有人有测评，给不出菜单。"), icon=":material/info:")
        return None
    names = {row_id: course.facts.name for row_id, course in courses.items()}
    headings = [
        _("顺序"),
        _("条目"),
        _("形式"),
        _("能帮到"),
        _("平均短板（级）"),
        _("平均能补（级）"),
        _("得分"),
        _("主要补"),
        _("先做"),
        _("已安排"),
        _("待重测"),
    ]
    rows = [[place, *_cells(one, menu, courses, names, abilities)] for place, one in enumerate(menu.remedies, 1)]
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            # Eleven columns stand on a desk without the last being cut: figures as wide as their headings, words cut where they are long.
            headings[0]: st.column_config.NumberColumn(width=50),
            headings[1]: st.column_config.TextColumn(width=160),
            headings[2]: st.column_config.TextColumn(width=60),
            headings[3]: st.column_config.NumberColumn(width=65),
            **dict.fromkeys(headings[4:6], st.column_config.NumberColumn(format="%.1f", width=105)),
            headings[6]: st.column_config.NumberColumn(width=60),
            headings[7]: st.column_config.TextColumn(width=160),
            headings[8]: st.column_config.TextColumn(width=75),
            **dict.fromkeys(headings[9:], st.column_config.NumberColumn(width=62)),
        },
        placeholder="—",
        alt=_("{name} 的补能菜单", name=unit),
        key=f"menu_of_unit_{unit}_{len(rows)}",
    )
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: workbook(_("补能菜单"), headings, rows, [unit, said, menu.as_of.isoformat()]),
            file_name="menu.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="menu_export_unit",
        )
    formula()
    place = next(iter(picked.selection.rows), None)
    return menu.remedies[place].course_id if place is not None and place < len(rows) else None


def served_people(
    found: Sequence[Served], one: UnitRemedy, courses: Mapping[int, Course], abilities: Mapping[int, Ability], urgent: Sequence[Urgent]
) -> Wish | None:
    """For whom the chosen entry would be, and arranging it for some or all of them."""
    course = courses[one.course_id]
    with st.container(border=True):
        st.markdown(f"**{literal(course.facts.name)}**　{literal(course.facts.about)}")
        if one.because:
            st.caption(_("因项目更紧迫：{names}", names=literal(joined(one.because))))
        if one.effect:
            st.caption(literal(effect_words(one.effect)))
        if not found:
            st.info(_("它是别的条目的先修，没有直接补的短板。请从个人菜单里安排。"), icon=":material/info:")
            return None
        headings = [_("工号"), _("姓名"), _("为什么"), _("安排")]
        rows = [
            [
                it.person.number,
                it.person.name,
                _("；").join(part_words(part, abilities) for part in it.parts),
                _("已安排") if it.planned else None,
            ]
            for it in found
        ]
        picked = st.dataframe(
            pd.DataFrame(rows, columns=headings),
            hide_index=True,
            height=tall(len(rows)),
            on_select="rerun",
            selection_mode="multi-row",
            column_config={headings[2]: st.column_config.TextColumn(width="large")},
            placeholder="—",
            alt=_("“{name}”能帮到的人", name=course.facts.name),
            key=f"menu_served_{one.course_id}_{len(found)}_{sum(it.planned for it in found)}",
        )
        chosen = [found[place] for place in picked.selection.rows if place < len(found)] or list(found)
        ids = [it.person.id for it in chosen if not it.planned]
        with st.container(horizontal=True):
            label = _("安排选中的 {n} 人", n=len(ids)) if picked.selection.rows else _("安排全部 {n} 人", n=len(ids))
            pressed = st.button(label, type="primary", icon=":material/event_available:", disabled=not ids, key="menu_accept_unit")
            export_people(_("名单"), headings, rows, [course.facts.name], file="served", label=_("导出名单"))
    return accepting([one.course_id], ids, urgent) if pressed else None


def unmet_table(unmet: Sequence[Unmet], abilities: Mapping[int, Ability], unit_id: int, plan_id: int | None) -> Wish | None:
    """The gaps on which nothing in the catalogue works, to be taken away as a list, or filed as needs of the unit in the chosen plan."""
    if not unmet:
        return None
    with st.expander(_("目录里没有条目能补的短板（{n} 项能力）", n=len(unmet)), icon=":material/report:", key="menu_unmet"):
        headings = [_("能力名称"), _("人数"), _("平均短板（级）")]
        rows: list[list[Cell]] = [[abilities[one.competency_id].name, one.people, round(one.mean_gap, 2)] for one in unmet]
        picked = st.dataframe(
            pd.DataFrame(rows, columns=headings),
            hide_index=True,
            on_select="rerun",
            selection_mode="multi-row",
            placeholder="—",
            alt=_("目录里没有条目能补的短板"),
            key=f"menu_unmet_{unit_id}_{len(rows)}",
        )
        chosen = [unmet[place].competency_id for place in picked.selection.rows if place < len(rows)]
        with st.container(horizontal=True, vertical_alignment="center"):
            label = _("把选中的 {n} 项提成培训需求", n=len(chosen)) if chosen else _("先在表里选要提成需求的短板")
            filed = plan_id is not None and st.button(label, disabled=not chosen, icon=":material/inbox:", key="menu_file_needs")
            st.download_button(
                _("导出 Excel"),
                data=lambda: workbook(_("补不上的短板"), headings, rows),
                file_name="unmet.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="menu_export_unmet",
            )
            link("catalogue", _("去课程目录补上"), icon=":material/menu_book:")
    if not filed or plan_id is None:
        return None
    plan, spoken = plan_id, state.language()

    def act(db: Any, actor: Actor) -> None:
        file_unmet(db, actor, plan, unit_id, chosen, spoken)

    return Wish(_("已提成 {n} 条培训需求", n=len(chosen)), act)


def _cells(
    one: UnitRemedy, menu: UnitMenu, courses: Mapping[int, Course], names: Mapping[int, str], abilities: Mapping[int, Ability]
) -> list[Any]:
    leads = names.get(one.leads_to or 0)
    works_on = joined(abilities[it].name for it in one.competencies[:3] if it in abilities)
    return [
        names[one.course_id],
        form_of(courses[one.course_id]),
        len(one.people),
        round(one.mean_gap, 2) if one.competencies else None,
        round(one.mean_closes, 2) if one.competencies else None,
        round(one.score) if one.competencies else None,
        works_on or (_("先修：做完它才能做“{name}”", name=leads) if leads else None),
        joined(_("{name}（{n} 人没做过）", name=names[needed], n=count) for needed, count in one.first if needed in names) or None,
        len(menu.planned.get(one.course_id, ())) or None,
        len(menu.waiting.get(one.course_id, ())) or None,
    ]
