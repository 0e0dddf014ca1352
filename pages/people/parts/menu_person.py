"""The menu of a person: what works on their gaps, why, and accepting some of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.people.courses.course import Ability, Course
from core.people.remedies import arranging
from core.people.remedies.ranking import Urgent
from core.people.remedies.service import PersonMenu
from core.people.remedies.tables import EnrolmentState
from pages.people.parts.menu_words import first_words, form_of, formula, number, reason_words, state_name
from pages.people.parts.taking import export_people
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, joined, literal

BATCH = "menu_batch"


def person_menu(menu: PersonMenu, courses: Mapping[int, Course], abilities: Mapping[int, Ability], urgent: Sequence[Urgent]) -> Wish | None:
    """The table; what the reader wants arranged."""
    who = f"{menu.person.name} {menu.person.number}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(literal(who), anchor=False, width="content")
        link("profile", _("人才档案"), icon=":material/badge:", id=menu.person.id)
    if not menu.required:
        st.info(_("这个人的岗位还没有能力要求，或者没有岗位，给不出菜单。"), icon=":material/info:")
        return None
    st.caption(_("岗位要求 {required} 项能力，其中 {missing} 项还没有测评，不推荐任何条目。", required=menu.required, missing=menu.missing))
    if menu.missing == menu.required:
        st.info(_("还没有一项测评，看不出要补什么。先导入测评结果，或请上级评价。"), icon=":material/info:")
        return None
    if not menu.remedies:
        said = _("已知的能力都达到要求，现在不用补。") if not menu.unmet else _("课程目录里没有条目能补这个人的短板。")
        st.info(said, icon=":material/task_alt:" if not menu.unmet else ":material/info:")
        return None
    names = {row_id: course.facts.name for row_id, course in courses.items()}
    headings = [_("顺序"), _("条目"), _("形式"), _("得分"), _("为什么"), _("先做"), _("安排")]
    rows: list[list[Any]] = [
        [
            place,
            names[one.course_id],
            form_of(courses[one.course_id]),
            round(one.score) if one.parts else None,
            reason_words(one.parts, one.effect, abilities, names.get(one.leads_to or 0, "")),
            first_words(one.first, names),
            _state(menu, one.course_id),
        ]
        for place, one in enumerate(menu.remedies, 1)
    ]
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={headings[0]: st.column_config.NumberColumn(width=50), headings[4]: st.column_config.TextColumn(width="large")},
        placeholder="—",
        alt=_("{name} 的补能菜单", name=who),
        key=f"menu_of_{menu.person.id}_{len(menu.arranged)}",
    )
    chosen = [menu.remedies[place].course_id for place in picked.selection.rows if place < len(rows)]
    free = [one for one in chosen if menu.states.get(one) is not EnrolmentState.PLANNED and one not in menu.waiting]
    with st.container(horizontal=True):
        label = _("安排选中的 {n} 项", n=len(free)) if free else _("先在表里选要安排的条目")
        pressed = st.button(label, type="primary", icon=":material/event_available:", disabled=not free, key="menu_accept_person")
        export_people(_("补能菜单"), headings, rows, [who, menu.as_of.isoformat()], file="menu-person", employee_id=menu.person.id)
    if chosen:
        for one in (one for one in menu.remedies if one.course_id in chosen):
            why = reason_words(one.parts, one.effect, abilities, names.get(one.leads_to or 0, ""))
            st.markdown(f"**{literal(names[one.course_id])}**　{literal(why)}")
    formula()
    return accepting(free, [menu.person.id], urgent) if pressed else None


def _state(menu: PersonMenu, course_id: int) -> str | None:
    if course_id in menu.waiting:
        return _("已完成，待重新测评")
    return state_name(menu.states[course_id]) if course_id in menu.states else None


def accepting(course_ids: Sequence[int], employee_ids: Sequence[int], urgent: Sequence[Urgent]) -> Wish:
    """Arrange these entries for these people; what came of it is kept, so that it can be taken back."""

    def act(db: Any, actor: Actor) -> None:
        state.put(BATCH, arranging.accept(db, actor, course_ids, employee_ids, urgent))

    return Wish(_("已安排"), act)


def unmet_of(menu: PersonMenu, abilities: Mapping[int, Ability]) -> None:
    """The gaps of a person on which nothing in the catalogue works."""
    if not menu.unmet:
        return
    names = joined(f"{abilities[one.competency_id].name} {number(one.mean_gap)}" for one in menu.unmet)
    st.warning(_("目录里没有条目能补：{names}（差几级）。", names=literal(names)), icon=":material/report:")
    link("catalogue", _("去课程目录补上"), icon=":material/menu_book:")
