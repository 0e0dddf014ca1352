"""One venue: what it has, when it cannot be had, changing it; and a form for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import (
    LONGEST_ADDRESS,
    LONGEST_NOTE,
    LONGEST_VENUE,
    MOST_CAPACITY,
    MOST_COST,
    MOST_EQUIPMENT,
    Seen,
    VenueFacts,
)
from core.delivery.faculty.faculty import Away, VenueView
from core.delivery.faculty.terms import USUAL_EQUIPMENT, VENUE_KIND_NAMES, VenueKind
from core.editing.comparing import Field
from core.i18n import Message
from pages.delivery.parts.spans import away_list, span_form
from pages.delivery.parts.trainer_words import money
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.text import _, literal, sample_mark

_FIELDS = {
    "name": Field(Message("场地名称")),
    "capacity": Field(Message("容纳人数")),
    "kind": Field(Message("自有或外租"), VENUE_KIND_NAMES),
    "address": Field(Message("地址")),
    "cost_per_slot": Field(Message("每半天费用（元）")),
    "equipment": Field(Message("设备")),
    "note": Field(Message("备注")),
}


def venue_panel(one: VenueView, closed: Sequence[Away], may_edit: bool) -> Wish | None:
    """Everything about the chosen venue; what the reader wants changed."""
    wish = None
    with st.container(border=True):
        st.subheader(literal(one.name) + sample_mark(one.sample), anchor=False)
        badges = [_(VENUE_KIND_NAMES[one.kind]), _("{n} 人", n=one.capacity), _("每半天 {cost}", cost=money(one.cost_per_slot))]
        st.markdown(" ".join(f":gray-badge[{literal(badge)}]" for badge in (*badges, *one.equipment)))
        if one.address:
            st.caption(literal(one.address))
        if one.note:
            st.markdown(literal(one.note))
        with st.expander(_("不可用时间（{n}）", n=len(closed)), icon=":material/event_busy:"):
            wish = _closures(one, closed, may_edit)
        if not may_edit:
            return None
        wish = _archiving(one) or wish
        with st.expander(_("修改"), icon=":material/edit:"):
            return _change(one) or wish


def new_venue() -> Wish | None:
    """A form for a venue that is not there yet."""
    with st.expander(_("添加场地"), icon=":material/add:"):
        entered = _fields(VenueFacts("", 30), blank_form("venue_new"))

    def act(db: Any, actor: Actor) -> None:
        assert entered is not None
        editing.save_venue(db, actor, None, entered)
        filled("venue_new")

    return Wish(_("已保存"), act) if entered is not None else None


def _closures(one: VenueView, closed: Sequence[Away], may_edit: bool) -> Wish | None:
    if not closed:
        st.caption(_("没有登记不可用时间。"))
    gone = away_list(closed, may_edit, f"venue_away_{one.id}")
    if gone is not None:
        return Wish(_("已删除"), lambda db, actor: editing.reopen_venue(db, actor, Seen(gone.id, gone.version)))
    span = span_form(f"venue_away_{one.id}", clock.today().year) if may_edit else None
    if span is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.close_venue(db, actor, one.id, span)

    return Wish(_("已登记"), act)


def _archiving(one: VenueView) -> Wish | None:
    seen = Seen(one.id, one.version)
    if one.archived:
        if st.button(_("取回"), icon=":material/undo:", key=f"venue_unarchive_{one.id}"):
            return Wish(_("已取回"), lambda db, actor: editing.archive_venue(db, actor, seen, archived=False))
        return None
    help_ = _("归档后不再参与排课；以前的课次都保留，可以取回。")
    if st.button(_("归档"), icon=":material/inventory_2:", key=f"venue_archive_{one.id}", help=help_):
        return Wish(_("已归档"), lambda db, actor: editing.archive_venue(db, actor, seen, archived=True))
    return None


def _change(one: VenueView) -> Wish | None:
    facts = VenueFacts(one.name, one.capacity, one.kind, one.address, one.equipment, one.cost_per_slot, one.note)
    record = Record("venue", one.id, one.version, actions=("venue_changed",), subject="venues")
    written = record_form("venue", record, facts, _FIELDS, _fields)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.save_venue(db, actor, Seen(one.id, written.version), written.value)

    return Wish(written.done(_("已保存")), act)


def _fields(facts: VenueFacts, key: str) -> VenueFacts | None:
    kinds = list(VenueKind)
    with st.form(key, border=False):
        left, middle, right = st.columns([2, 1, 1])
        name = left.text_input(_("场地名称"), facts.name, max_chars=LONGEST_VENUE, placeholder=_("例如：培训中心 101"))
        capacity = middle.number_input(_("容纳人数"), 1, MOST_CAPACITY, facts.capacity)
        kind = right.selectbox(_("自有或外租"), kinds, kinds.index(facts.kind), format_func=lambda it: _(VENUE_KIND_NAMES[it]))
        first, second = st.columns([2, 1])
        address = first.text_input(_("地址"), facts.address, max_chars=LONGEST_ADDRESS, placeholder=_("可以不填"))
        cost = second.number_input(_("每半天费用（元）"), 0.0, MOST_COST, facts.cost_per_slot, step=100.0, placeholder=_("不知道就留空"))
        equipment = st.multiselect(
            _("设备"),
            list(dict.fromkeys((*map(_, USUAL_EQUIPMENT), *facts.equipment))),
            list(facts.equipment),
            accept_new_options=True,
            max_selections=MOST_EQUIPMENT,
            placeholder=_("选择或输入新的"),
        )
        note = st.text_area(_("备注"), facts.note, max_chars=LONGEST_NOTE, height=80, placeholder=_("例如：需提前一周预约"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    return VenueFacts(name, capacity, kind, address, tuple(equipment), cost, note)
