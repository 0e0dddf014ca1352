"""One course: what it serves, changing it, putting it away; and a form for a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.people.courses import service as catalogue
from core.people.courses.course import Ability, Course, CourseFacts, Serving
from core.people.courses.service import LONGEST_ABOUT, LONGEST_CODE, LONGEST_NAME, LONGEST_PROVIDER, MOST_COST, MOST_HOURS
from core.people.courses.terms import FORM_NAMES, METHOD_NAMES, CourseForm, CourseMethod
from core.people.terms import LEVELS
from pages.people.parts.course_words import served
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.text import _, joined, literal

_NEW = CourseFacts("")


def course_panel(one: Course, courses: Sequence[Course], abilities: Mapping[int, Ability], may_edit: bool) -> Wish | None:
    """Everything about the chosen course; what the reader wants changed."""
    facts = one.facts
    names = {other.id: other.facts.name for other in courses}
    with st.container(border=True):
        st.subheader(literal(facts.name), anchor=False)
        badges = [_(FORM_NAMES[facts.form]), *([_(METHOD_NAMES[facts.method])] if facts.method else [])]
        st.markdown(" ".join(f":gray-badge[{badge}]" for badge in badges))
        st.markdown(literal(facts.about) or f":gray[{_('还没有写')}]")
        st.caption(_("补哪些能力：{names}", names=literal(served(facts, abilities)) or _("没有写，算不进覆盖率")))
        if facts.needs:
            st.caption(_("先修：{names}", names=literal(joined(names[needed] for needed in facts.needs if needed in names))))
        if not may_edit:
            return None
        wish = _archiving(one)
        with st.expander(_("修改"), icon=":material/edit:"):
            return _change(one, courses, abilities) or wish


def own_course(courses: Sequence[Course], abilities: Mapping[int, Ability]) -> Wish | None:
    """A form for a course that the catalogue does not have."""
    with st.expander(_("添加条目"), icon=":material/add:"):
        key = blank_form("course_new")
        entered = _fields(_NEW, _others(None, courses), abilities, key)

    def act(db: Any, actor: Actor) -> None:
        assert entered is not None
        catalogue.save(db, actor, None, entered)
        filled("course_new")

    return Wish(_("已保存"), act) if entered is not None else None


def _archiving(one: Course) -> Wish | None:
    if one.archived:
        if st.button(_("取回"), icon=":material/undo:", key=f"course_unarchive_{one.id}"):
            return Wish(_("已取回"), lambda db, actor: catalogue.archive(db, actor, one, archived=False))
        return None
    help_ = _("归档后不再推荐，也不计入覆盖率；以前的安排和记录都保留，可以取回。")
    if st.button(_("归档"), icon=":material/inventory_2:", key=f"course_archive_{one.id}", help=help_):
        return Wish(_("已归档"), lambda db, actor: catalogue.archive(db, actor, one, archived=True))
    return None


def _change(one: Course, courses: Sequence[Course], abilities: Mapping[int, Ability]) -> Wish | None:
    others = _others(one, courses)

    def draw(known: CourseFacts, key: str) -> CourseFacts | None:
        return _fields(known, others, abilities, key)

    written = record_form("course", Record("course", one.id, one.version), one.facts, _named(others, abilities), draw)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        catalogue.save(db, actor, one, written.value)

    return Wish(written.done(_("已保存")), act)


def _named(others: Mapping[int, str], abilities: Mapping[int, Ability]) -> dict[str, Field]:
    return {
        "name": Field(Message("课程名称")),
        "code": Field(Message("课程编号")),
        "form": Field(Message("形式"), FORM_NAMES),
        "method": Field(Message("授课方式"), METHOD_NAMES),
        "hours": Field(Message("学时")),
        "cost": Field(Message("费用（元）")),
        "provider": Field(Message("提供方")),
        "about": Field(Message("内容简介")),
        "servings": Field(Message("补哪些能力"), lambda one: _serving(one, abilities)),
        "needs": Field(Message("先修课程"), others),
    }


def _serving(one: Serving, abilities: Mapping[int, Ability]) -> str:
    name = abilities[one.competency_id].name if one.competency_id in abilities else "—"
    return f"{name} L{one.from_level or '?'}–L{one.to_level or '?'}"


def _others(one: Course | None, courses: Sequence[Course]) -> dict[int, str]:
    """The courses that may come before this one."""
    needs = one.facts.needs if one else ()
    return {other.id: other.facts.name for other in courses if other is not one and (not other.archived or other.id in needs)}


def _fields(facts: CourseFacts, others: Mapping[int, str], abilities: Mapping[int, Ability], key: str) -> CourseFacts | None:
    with st.form(key, border=False):
        wide, narrow = st.columns([3, 1])
        name = wide.text_input(_("课程名称"), facts.name, max_chars=LONGEST_NAME, placeholder=_("例如：团队沟通技巧"))
        code = narrow.text_input(_("课程编号"), facts.code, max_chars=LONGEST_CODE, placeholder=_("可以不填"))
        left, right = st.columns(2)
        forms = list(CourseForm)
        form = left.selectbox(_("形式"), forms, forms.index(facts.form), format_func=lambda it: _(FORM_NAMES[it]))
        methods: list[CourseMethod | None] = [None, *CourseMethod]
        method = right.selectbox(
            _("授课方式"), methods, methods.index(facts.method), format_func=lambda it: _(METHOD_NAMES[it]) if it else _("没有写")
        )
        first, second, third = st.columns(3)
        hours = first.number_input(_("学时"), 0.0, MOST_HOURS, facts.hours, step=1.0, placeholder=_("不知道就留空"))
        cost = second.number_input(_("费用（元）"), 0.0, MOST_COST, facts.cost, step=100.0, placeholder=_("不知道就留空"))
        provider = third.text_input(_("提供方"), facts.provider, max_chars=LONGEST_PROVIDER, placeholder=_("例如：总行学院"))
        st.caption(_("补哪些能力、从哪一级带到哪一级。没有写到达等级的，不计入覆盖率。"))
        servings = _servings(facts, abilities, f"{key}_servings")
        needs = st.multiselect(
            _("先修课程"),
            list(others),
            [one for one in facts.needs if one in others],
            format_func=others.__getitem__,
            placeholder=_("没有先修课程就不选"),
        )
        about = st.text_area(_("内容简介"), facts.about, max_chars=LONGEST_ABOUT, height=80, placeholder=_("学什么、怎么学、学完做到什么"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    return CourseFacts(name, code, form, method, hours or None, cost, provider, about, servings, tuple(needs))


def _servings(facts: CourseFacts, abilities: Mapping[int, Ability], key: str) -> tuple[Serving, ...]:
    """The competencies as a table that is edited in place."""
    ids = {ability.name: row_id for row_id, ability in abilities.items() if not ability.archived}
    name, start, end = _("能力名称"), _("从（级）"), _("到（级）")
    rows = [[abilities[it.competency_id].name, it.from_level, it.to_level] for it in facts.servings if it.competency_id in abilities]
    levels = [str(level) for level in LEVELS]
    edited = st.data_editor(
        pd.DataFrame(
            [[row[0], *(str(level) if level else None for level in row[1:])] for row in rows], columns=[name, start, end], dtype=object
        ),
        hide_index=True,
        num_rows="dynamic",
        column_config={
            name: st.column_config.SelectboxColumn(options=sorted(ids), required=True, width="large"),
            start: st.column_config.SelectboxColumn(options=levels, width="small"),
            end: st.column_config.SelectboxColumn(options=levels, width="small"),
        },
        placeholder="—",
        alt=_("补哪些能力"),
        key=key,
    )
    all_ids = {ability.name: row_id for row_id, ability in abilities.items()}
    found = {}
    for ability, low, high in edited.itertuples(index=False):
        if ability in all_ids:
            found[ability] = Serving(all_ids[ability], _level(low), _level(high))
    return tuple(found.values())


def _level(cell: Any) -> int | None:
    return int(cell) if isinstance(cell, str) and cell else None
