"""Changing one session by hand: time, trainer, room, and what of it stays fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.access.actor import Actor
from core.delivery.halves import HALF_NAMES, Half
from core.delivery.timetable import editing
from core.delivery.timetable.editing import LONGEST_REASON, Wanted
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import HALVES, SessionView
from core.delivery.timetable.terms import PART_NAMES, POLICY_NAMES, Part, Policy
from core.editing.comparing import Field
from core.i18n import Message
from core.plans import service as plans
from pages.shared.database import acting, reading
from pages.shared.record_form import Record, record_form
from pages.shared.text import _


@dataclass(frozen=True)
class _Wish:
    """What the form holds of a session."""

    day: date | None
    half: Half
    trainer: int | None
    venue: int | None
    pinned: frozenset[Part]
    reason: str = ""


def edit(
    actor: Actor,
    plan_id: int,
    timetable_id: int,
    one: SessionView,
    rules: Rules,
    trainers: Mapping[int, str],
    venues: Mapping[int, str],
) -> None:
    """The form. What breaks a rule is told when it is saved, as the plan's policy says."""
    with reading() as db:
        year = plans.find(db, actor, plan_id).year
    st.markdown(f"**{_('改时间、讲师、场地')}**")
    stored = _Wish(one.day, HALVES[one.slot], one.trainer_id, one.venue_id, frozenset(one.pinned))
    named = {
        "day": Field(Message("日期")),
        "half": Field(Message("上下午"), HALF_NAMES),
        "trainer": Field(Message("讲师"), {None: "", **trainers}),
        "venue": Field(Message("场地"), {None: "", **venues}),
        "pinned": Field(Message("固定哪些，重排时不动"), PART_NAMES),
    }
    record = Record("placement", one.id, one.version, actions=("session_moved",), subject="timetable", subject_id=timetable_id)
    written = record_form("session", record, stored, named, lambda known, key: _fields(known, year, rules, trainers, venues, key))
    if written:
        value = written.value
        slot = HALVES.index(value.half)
        wanted = Wanted(one.id, written.version, value.day, slot, value.trainer, value.venue, value.pinned)
        with acting(done=written.done(_("已保存"))) as db:
            editing.change(db, actor, plan_id, timetable_id, [wanted], value.reason)


def _fields(known: _Wish, year: int, rules: Rules, trainers: Mapping[int, str], venues: Mapping[int, str], key: str) -> _Wish | None:
    with st.form(key, enter_to_submit=False):
        left, middle, right, last = st.columns(4)
        first, end = date(year, 1, 1), date(year, 12, 31)
        day = left.date_input(_("日期"), known.day, min_value=first, max_value=end, format="YYYY-MM-DD")
        half = middle.selectbox(_("上下午"), list(HALVES), HALVES.index(known.half), format_func=lambda each: _(HALF_NAMES[each]))
        trainer = right.selectbox(
            _("讲师"), list(trainers), _at(trainers, known.trainer), format_func=trainers.__getitem__, placeholder=_("没有讲师")
        )
        venue = last.selectbox(
            _("场地"), list(venues), _at(venues, known.venue), format_func=venues.__getitem__, placeholder=_("线上或没有场地")
        )
        parts = {part: _(name) for part, name in PART_NAMES.items()}
        label = _("固定哪些，重排时不动")
        pinned = st.pills(label, list(parts), selection_mode="multi", default=list(known.pinned), format_func=parts.__getitem__)
        reason = st.text_input(
            _("理由（违反规则时用）"), known.reason, max_chars=LONGEST_REASON, disabled=rules.policy in (Policy.OFF, Policy.BLOCK)
        )
        st.caption(_("违反规则时：{policy}。", policy=_(POLICY_NAMES[rules.policy])))
        if not st.form_submit_button(_("保存"), type="primary", icon=":material/save:", key=f"{key}_save"):
            return None
    return _Wish(day, half, trainer, venue, frozenset(pinned), reason)


def _at(names: Mapping[int, str], number: int | None) -> int | None:
    return list(names).index(number) if number is not None and number in names else None
