"""Ways to learn that come with the product, and what the page says while the catalogue is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.people.courses import service as catalogue
from core.people.courses.course import Ability, Course
from core.people.courses.coverage import Coverage
from core.people.courses.starters import Starter, starters
from core.people.courses.terms import FORM_NAMES
from core.people.terms import DIMENSION_NAMES
from pages.people.parts.course_words import span_name
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.page import empty
from pages.shared.text import _, joined, literal


def no_courses(may_edit: bool) -> None:
    """What the page is for, and where it begins."""
    icon = ":material/menu_book:"
    if may_edit:
        said = _("课程目录放手里的课程、任务、导师和实践，各补哪些能力。有了它，才知道岗位要求有没有课可上，短板该补什么。")
        empty(said, icon=icon, to="people", label=_("从 Excel 导入课程目录"))
        return
    empty(
        _(
            "课程目录放手里的课程、任务、导师和实践，各补哪些能力。"
            "有了它，才知道岗位要求有没有课可上，短板该补什么。由人力资源导入后在这里查看。"
        ),
        icon=icon,
    )


def starting_set(courses: Sequence[Course], abilities: Mapping[int, Ability], found: Coverage) -> Wish | None:
    """One of the product's own ways to learn, for competencies that the reader names."""
    taken = {one.facts.name for one in courses}
    both = zip(starters("zh"), starters("en"), strict=True)
    codes = {zh.code for zh, en in both if not {zh.name, en.name} & taken}
    offered = [one for one in starters(state.language()) if one.code in codes]
    known = {row_id: ability for row_id, ability in abilities.items() if not ability.archived}
    if not offered or not known:
        return None
    with st.expander(_("采用自带的做法（带教、演练、任务等，{n} 种）", n=len(offered)), icon=":material/library_add:"):
        st.caption(_("这些做法不用买课，按能力维度写好了怎么做。选一种，再选用它补哪些能力；采用后可以修改。"))
        one = st.selectbox(_("做法"), offered, format_func=lambda it: f"{it.name} · {_(FORM_NAMES[it.form])}", key="starter_one")
        st.markdown(literal(one.about))
        st.caption(
            _(
                "适合：{dimensions}；通常 {span}，约 {hours} 学时。",
                dimensions=joined(_(DIMENSION_NAMES[dimension]) for dimension in one.dimensions),
                span=span_name(one.from_level, one.to_level),
                hours=f"{one.hours:g}",
            )
        )
        chosen = st.multiselect(
            _("用来补哪些能力"),
            [row_id for row_id, ability in known.items() if ability.dimension in one.dimensions],
            _suggested(one, found),
            format_func=lambda row_id: known[row_id].name,
            placeholder=_("选择能力"),
            key=f"starter_abilities_{one.code}",
            help=_("先选上的是还没有条目能带到、而这种做法能带到的能力。"),
        )
        if not st.button(_("采用这种做法"), disabled=not chosen, icon=":material/library_add:", key="starter_take"):
            return None
    spoken = state.language()

    def act(db: Any, actor: Actor) -> None:
        catalogue.take_starter(db, actor, one.code, chosen, spoken)

    return Wish(_("已采用“{name}”", name=one.name), act)


def _suggested(one: Starter, found: Coverage) -> list[int]:
    wanted = [cell.requirement for cell in found.uncovered]
    return list(
        dict.fromkeys(it.competency_id for it in wanted if it.dimension in one.dimensions and one.from_level < it.level <= one.to_level)
    )
