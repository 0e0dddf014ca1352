"""The round in which units are asked: begun, its links handed out, who has not answered, reminded, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.editing.comparing import Field
from core.goals.needs import calls
from core.goals.needs.calls import LONGEST_NOTE, LONGEST_TITLE, Asked, CallView
from core.goals.needs.terms import ANSWER_NAMES
from core.goals.needs.writing import today
from core.i18n import Message
from core.notices.terms import Kind
from pages.goals.parts.needs_links import message, show_links
from pages.settings.parts.places import here
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.picking import picked_rows
from pages.shared.reached import say_reached
from pages.shared.record_form import record_form, record_of
from pages.shared.table import tall
from pages.shared.text import _, day, joined, literal, person

_WEEKS = 2
_CALL_FIELDS = {
    "title": Field(Message("名称")),
    "due_on": Field(Message("截止日期")),
    "note": Field(Message("给各机构的话")),
}


def round_state(actor: Actor, plan_id: int, call: CallView | None) -> None:
    """Where the round stands, and for human resources what can be done with it."""
    edits = actor.may(Right.EDIT_PLANS)
    if call is None:
        st.info(_("还没有开始征集。"), icon=":material/campaign:")
    else:
        _heading(call)
        if edits:
            show_links(call)
        chosen = _list(call, edits=edits)
        if edits:
            _acts(actor, call, chosen)
        elif actor.may(Right.FILE_NEEDS) and call.open:
            _say_none(actor, call)
    if edits:
        if call is not None and call.row.closed_at is None:
            _change(actor, call)
        begin_round(actor, plan_id, call)


def begin_round(actor: Actor, plan_id: int, call: CallView | None) -> None:
    """The form that begins a round."""
    again = call is not None
    with st.expander(_("开始新的一轮征集") if again else _("开始征集"), icon=":material/campaign:", expanded=not again):
        if call is not None and call.open:
            st.caption(_("现在这一轮会随之结束，它的链接立即失效；已报的需求都保留。"))
        units = _units(actor)
        with st.form("needs_begin", border=False, enter_to_submit=False):
            title = st.text_input(_("名称"), _("年度培训需求征集"), max_chars=LONGEST_TITLE, key="call_title")
            due = st.date_input(_("截止日期"), today() + timedelta(weeks=_WEEKS), min_value=today(), key="call_due", format="YYYY-MM-DD")
            note = st.text_area(
                _("给各机构的话"), max_chars=LONGEST_NOTE, height=72, key="call_note", placeholder=_("例如：请先和团队商量再报")
            )
            chosen = st.multiselect(
                _("问哪些机构"), list(units), default=list(units), format_func=units.__getitem__, placeholder=_("选机构"), key="call_units"
            )
            others = st.text_area(_("名册里没有的机构，一行一个"), height=72, key="call_others", placeholder=_("例如：金融市场部"))
            if st.form_submit_button(_("开始征集"), type="primary" if not again else "secondary", icon=":material/campaign:"):
                with acting(done=_("已开始征集")) as db:
                    calls.open_call(db, actor, plan_id, title, due, note, chosen, others.splitlines())


def _units(actor: Actor) -> dict[int, str]:
    with reading() as db:
        return calls.units_to_ask(db, actor)


def _heading(call: CallView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(literal(call.row.title), anchor=False, width="content")
        if not call.open:
            st.badge(_("已结束"), color="gray")
        elif call.days_left:
            st.badge(_("还有 {n} 天", n=call.days_left), color="blue")
        else:
            st.badge(_("今天截止"), color="orange")
    answered = len(call.units) - len(call.silent)
    if call.units:
        st.progress(answered / len(call.units), _("{answered} / {total} 个机构已回答", answered=answered, total=len(call.units)))
    st.caption(_("{day}截止。", day=day(call.row.due_on)) + (f" {literal(call.row.note)}" if call.row.note else ""))


def _list(call: CallView, *, edits: bool) -> list[Asked]:
    if not call.units:
        st.info(_("这一轮没有问您负责的机构。"), icon=":material/corporate_fare:")
        return []
    ordered = [*call.silent, *(one for one in call.units if one.answered)]
    frame = pd.DataFrame(
        {
            "unit": [one.row.unit for one in ordered],
            "answer": [_(ANSWER_NAMES[one.answer]) for one in ordered],
            "needs": [one.needs for one in ordered],
            "last": [here(one.last or one.row.none_at) for one in ordered],
            "nudges": [_nudged(one) for one in ordered],
            "managers": [joined(one.managers) for one in ordered],
            "link": [_link_said(one) for one in ordered],
        }
    ).replace("", None)
    column = st.column_config
    event = st.dataframe(
        frame if edits else frame.drop(columns=["managers", "link"]),
        hide_index=True,
        height=tall(len(ordered), 14),
        on_select="rerun" if edits else "ignore",
        selection_mode="multi-row",
        key=f"asked_{call.id}_{len(ordered)}_{len(call.silent)}",
        placeholder="—",
        alt=_("各机构是否已报需求"),
        column_config={
            "unit": column.TextColumn(_("机构"), width=170),
            "answer": column.TextColumn(_("状态"), width=160),
            "needs": column.NumberColumn(_("需求"), width=60),
            "last": column.DatetimeColumn(_("最近一次"), format="YYYY-MM-DD HH:mm", width=140),
            "nudges": column.TextColumn(_("提醒"), width=170),
            "managers": column.TextColumn(_("负责人"), width=110, help=_("在“人员与数据”里指定谁管哪些机构。")),
            "link": column.TextColumn(_("链接"), width=90),
        },
    )
    if not edits:
        return []
    st.caption(_("还没有报的在前。选几行只处理这几个机构，不选就是全部还没有报的。"))
    return [ordered[i] for i in picked_rows(event) if i < len(ordered)]


def _nudged(one: Asked) -> str:
    if not one.nudges:
        return ""
    last = here(one.nudges[-1].at)
    return _("{n} 次，最近 {when}", n=len(one.nudges), when=f"{last:%m-%d %H:%M}")


def _link_said(one: Asked) -> str:
    if one.has_link:
        return _("有效")
    return _("已作废") if one.row.issued_at else ""


def _acts(actor: Actor, call: CallView, chosen: Sequence[Asked]) -> None:
    if not call.open:
        return
    meant = list(chosen or call.silent)
    # A link that works is replaced only where somebody chose its unit.
    ids = [one.id for one in chosen or call.silent if chosen or not one.has_link]
    silent = [one for one in meant if not one.answered]
    without = [one.row.unit for one in silent if not one.managers]
    with st.container(horizontal=True, vertical_alignment="center"):
        again = _("选中的机构如已有链接，旧的随即失效。不选时，只给还没有链接的机构生成。")
        pressed = st.button(
            _("生成 {n} 个链接", n=len(ids)), key="issue_links", icon=":material/link:", type="primary", disabled=not ids, help=again
        )
        if pressed:
            with acting(done=_("链接已生成，请立即保存")) as db:
                state.put("needs_links", (call.id, calls.issue(db, actor, call.id, ids)))
        if st.button(_("提醒 {n} 个机构", n=len(silent)), key="nudge", icon=":material/notifications:", disabled=not silent):
            told: frozenset[int] | None = None
            with acting(rerun=False) as db:
                told = calls.nudge(db, actor, call.id, [one.id for one in silent])
            if told is not None:
                state.put("needs_nudged", (call.id, [one.row.unit for one in silent]))
            say_reached(Kind.NEEDS_SILENT, call.row.plan_id, told, to_groups=True, also=_unreached(len(without)))
        live = [one for one in meant if one.has_link]
        if live and st.button(_("作废 {n} 个链接", n=len(live)), key="revoke_links", icon=":material/link_off:", type="tertiary"):
            with acting(done=_("链接已作废，立即失效")) as db:
                calls.revoke(db, actor, call.id, [one.id for one in live])
                state.drop("needs_links")
    _nudge_text(call)
    if without:
        st.caption(_("没有负责人账号、只能发消息提醒的：{units}。", units=joined(literal(one) for one in without)))
    _log(call)


def _unreached(without: int) -> str:
    """What is left to do by hand: so many units have nobody in charge who could be told."""
    return _("{n} 个机构没有负责人账号，只记下了时间：请复制下面催报的话发给他们。", n=without) if without else ""


def _nudge_text(call: CallView) -> None:
    """The words to send, for the units that were reminded just now, else for any."""
    held = state.get("needs_nudged")
    units = held[1] if held and held[0] == call.id else []
    with st.expander(_("催报的话（复制后发出）"), icon=":material/content_copy:", expanded=bool(units)):
        st.code(message(call, joined(units) if units else _("各机构")), language=None, wrap_lines=True)


def _log(call: CallView) -> None:
    noted = sorted(((nudge.at, one.row.unit, nudge.by) for one in call.units for nudge in one.nudges), reverse=True)
    if noted:
        with st.expander(_("提醒记录（{n}）", n=len(noted)), icon=":material/history:"):
            lines = [{_("时间"): here(at), _("机构"): unit, _("提醒的人"): person(by)} for at, unit, by in noted]
            st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("提醒记录"))


def _say_none(actor: Actor, call: CallView) -> None:
    """A manager says that a unit in their charge needs nothing, or takes that back."""
    for one in call.units:
        if one.needs:
            continue
        said = one.row.none_at is not None
        label = _("{unit}：还是有需求", unit=one.row.unit) if said else _("{unit}：今年没有需求", unit=one.row.unit)
        if st.button(label, key=f"none_{one.id}", icon=":material/undo:" if said else ":material/do_not_disturb_on:"):
            with acting(done=_("已记下")) as db:
                calls.say_none(db, actor, one.id, none=not said)


def _change(actor: Actor, call: CallView) -> None:
    version = call.row.version or 0
    with st.expander(_("修改或结束这一轮"), icon=":material/edit_calendar:"):
        units = {one: name for one, name in _units(actor).items() if one not in {asked.row.unit_id for asked in call.units}}
        stored: dict[str, Any] = {
            "title": call.row.title,
            "due_on": max(call.row.due_on, today()),
            "note": call.row.note,
            "unit_ids": (),
            "others": (),
        }
        record = record_of(call.row, "needs_call_changed")
        if written := record_form("call", record, stored, _CALL_FIELDS, lambda known, key: _call(known, units, key)):
            with acting(done=written.done(_("已保存"))) as db:
                calls.change_call(db, actor, call.id, written.version, **written.value)
        if call.open and st.button(_("现在结束征集"), key="close_call", icon=":material/event_busy:", type="tertiary"):
            with acting(done=_("征集已结束，链接都已失效")) as db:
                calls.close_call(db, actor, call.id, version)


def _call(known: dict[str, Any], units: Mapping[int, str], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False, enter_to_submit=False):
        title = st.text_input(_("名称"), known["title"], max_chars=LONGEST_TITLE, key=f"{key}_title")
        due = st.date_input(_("截止日期"), known["due_on"], min_value=today(), key=f"{key}_due", format="YYYY-MM-DD")
        note = st.text_area(_("给各机构的话"), known["note"], max_chars=LONGEST_NOTE, height=72, key=f"{key}_note")
        more = st.multiselect(_("再问哪些机构"), list(units), format_func=units.__getitem__, placeholder=_("选机构"), key=f"{key}_more")
        others = st.text_area(_("名册里没有的机构，一行一个"), height=72, key=f"{key}_others", placeholder=_("例如：金融市场部"))
        pressed = st.form_submit_button(_("保存"), icon=":material/save:", key=f"{key}_save")
    asked = {"unit_ids": tuple(more), "others": tuple(others.splitlines())}
    return {"title": title, "due_on": due, "note": note, **asked} if pressed else None
