"""A form for a trainer: of the roster or from outside, what they teach, what they cost, how much they can give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_ORGANISATION,
    LONGEST_REASON,
    MOST_COST,
    MOST_SLOTS_MONTH,
    MOST_SLOTS_YEAR,
    Seen,
    TrainerFacts,
)
from core.delivery.faculty.faculty import TrainerView
from core.delivery.faculty.service import Choices
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole
from core.editing.comparing import Field
from core.i18n import Message
from core.people.courses.course import Ability
from core.people.terms import LEVELS
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.text import _, joined

_NEW = TrainerFacts("")


def new_trainer(abilities: Mapping[int, Ability], choices: Choices) -> Wish | None:
    """A form for somebody who is not there yet."""
    with st.expander(_("添加讲师"), icon=":material/person_add:"):
        internal = st.segmented_control(
            _("内部或外部"),
            [True, False],
            default=True,
            format_func=lambda one: _("内部") if one else _("外部"),
            required=True,
            key="trainer_new_whose",
        )
        key = f"{blank_form('trainer_new')}_{internal}"
        entered = _fields(TrainerFacts("", internal=bool(internal)), abilities, choices, key)

    def act(db: Any, actor: Actor) -> None:
        assert entered is not None
        editing.save_trainer(db, actor, None, entered)
        filled("trainer_new")

    return Wish(_("已保存"), act) if entered is not None else None


def trainer_form(one: TrainerView, abilities: Mapping[int, Ability], choices: Choices) -> Wish | None:
    """The same for somebody who is."""
    facts = TrainerFacts(
        one.name,
        one.internal,
        one.employee_id,
        one.unit_id,
        one.organisation,
        one.roles,
        one.role_reason,
        one.cost_per_slot,
        one.max_slots_per_month,
        one.max_slots_per_year,
        one.note,
        tuple((skill.competency_id, skill.by_hand) for skill in one.taught),
    )

    def draw(known: TrainerFacts, key: str) -> TrainerFacts | None:
        return _fields(known, abilities, choices, key)

    record = Record("trainer", one.id, one.version, actions=("trainer_changed",), subject="faculty")
    written = record_form("trainer", record, facts, _named(abilities, choices), draw)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.save_trainer(db, actor, Seen(one.id, written.version), written.value)

    return Wish(written.done(_("已保存")), act)


def _named(abilities: Mapping[int, Ability], choices: Choices) -> dict[str, Field]:
    return {
        "employee_id": Field(Message("花名册里的人"), {None: "", **choices.staff}),
        "name": Field(Message("姓名")),
        "organisation": Field(Message("单位")),
        "roles": Field(Message("授课方向"), ROLE_NAMES),
        "role_reason": Field(Message("例外理由")),
        "cost_per_slot": Field(Message("每半天费用（元）")),
        "max_slots_per_month": Field(Message("每月最多半天数")),
        "max_slots_per_year": Field(Message("全年最多半天数")),
        "skills": Field(Message("授课能力"), lambda skills: joined(_skill(one, abilities) for one in skills)),
        "note": Field(Message("备注")),
    }


def _skill(one: tuple[int, int | None], abilities: Mapping[int, Ability]) -> str:
    competency, level = one
    name = abilities[competency].name if competency in abilities else "—"
    return f"{name} L{level}" if level else name


def _fields(facts: TrainerFacts, abilities: Mapping[int, Ability], choices: Choices, key: str) -> TrainerFacts | None:
    with st.form(key, border=False):
        employee, unit, name, organisation = None, facts.unit_id, facts.name, facts.organisation
        left, right = st.columns(2)
        if facts.internal:
            staff = list(choices.staff)
            at = next((place for place, one_of in enumerate(staff) if one_of == facts.employee_id), None)
            employee = left.selectbox(
                _("花名册里的人"),
                staff,
                at,
                format_func=choices.staff.__getitem__,
                placeholder=_("输入姓名或工号查找"),
                help=_("选了人，姓名和机构就以花名册为准；不在花名册里的，留空并填姓名。"),
            )
            name = right.text_input(_("姓名"), facts.name, max_chars=LONGEST_NAME, placeholder=_("不在花名册里时填写"))
        else:
            name = left.text_input(_("姓名"), facts.name, max_chars=LONGEST_NAME)
            organisation = right.text_input(_("单位"), facts.organisation, max_chars=LONGEST_ORGANISATION, placeholder=_("来自哪个单位"))
        roles = st.multiselect(
            *(_("授课方向"), list(TrainerRole), list(facts.roles)), format_func=lambda it: _(ROLE_NAMES[it]), placeholder=_("可以选几项")
        )
        reason = facts.role_reason
        if not facts.internal:
            reason = st.text_input(
                *(_("例外理由"), facts.role_reason),
                max_chars=LONGEST_REASON,
                placeholder=_("讲前沿理念、行业趋势以外的内容时填写，例如：本行还没有能讲的人"),
            )
        cost, month, year = _numbers(facts)
        st.caption(_("授课能力：等级留空时，内部讲师按本人测评。"))
        skills = _skills(facts, abilities, f"{key}_skills")
        note = st.text_area(_("备注"), facts.note, max_chars=LONGEST_NOTE, height=80, placeholder=_("例如：擅长案例教学"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    return TrainerFacts(*(name, facts.internal, employee, unit, organisation, tuple(roles), reason, cost, month, year, note), skills=skills)


def _numbers(facts: TrainerFacts) -> tuple[float | None, int | None, int | None]:
    first, second, third = st.columns(3)
    blank = _("不知道就留空")
    cost = first.number_input(_("每半天费用（元）"), 0.0, MOST_COST, facts.cost_per_slot, step=100.0, placeholder=blank)
    month = second.number_input(_("每月最多半天数"), 0, MOST_SLOTS_MONTH, facts.max_slots_per_month, placeholder=_("没有上限"))
    year = third.number_input(_("全年最多半天数"), 0, MOST_SLOTS_YEAR, facts.max_slots_per_year, placeholder=_("没有上限"))
    return cost, month, year


def _skills(facts: TrainerFacts, abilities: Mapping[int, Ability], key: str) -> tuple[tuple[int, int | None], ...]:
    """The competencies as a table that is edited in place."""
    ids = {ability.name: row_id for row_id, ability in abilities.items() if not ability.archived}
    name, level = _("能力名称"), _("等级")
    rows = [[abilities[one].name, f"L{given}" if given else None] for one, given in facts.skills if one in abilities]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=[name, level], dtype=object),
        hide_index=True,
        num_rows="dynamic",
        column_config={
            name: st.column_config.SelectboxColumn(options=sorted(ids), required=True, width="large"),
            level: st.column_config.SelectboxColumn(options=[f"L{one}" for one in LEVELS], width="small"),
        },
        placeholder="—",
        alt=_("授课能力"),
        key=key,
    )
    all_ids = {ability.name: row_id for row_id, ability in abilities.items()}
    found = {all_ids[ability]: _level(given) for ability, given in edited.itertuples(index=False) if ability in all_ids}
    return tuple(found.items())


def _level(cell: Any) -> int | None:
    return int(cell[1:]) if isinstance(cell, str) and cell else None
