"""The pieces of the page of transfer plans: reminders, a project's people and their actions, one action written or settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.content import transfer
from core.delivery.content.participant import Person
from core.delivery.content.terms import ACTION_STATE_NAMES, ActionState
from core.delivery.content.transfer import (
    LONGEST_EVIDENCE,
    LONGEST_NOTE,
    LONGEST_WHAT,
    LONGEST_WITH,
    MOST_TIMES,
    ActionFacts,
    ActionView,
    Participants,
)
from core.editing.comparing import Field
from core.i18n import Message
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.picking import stay_with
from pages.shared.record_form import record_form, record_of
from pages.shared.table import tall
from pages.shared.text import _, day, literal


def overview(some: Sequence[ActionView], people: Participants, today: date) -> None:
    """How far the people of a project are."""
    with_one = {one.person.id for one in some}
    with st.container(horizontal=True):
        st.metric(_("学员"), len(people.people), width=110)
        st.metric(_("有转化行动的"), sum(one.id in with_one for one in people.people), width=140)
        st.metric(_("已做到"), sum(one.row.state is ActionState.DONE for one in some), width=110)
        st.metric(_("逾期"), sum(one.overdue(today) for one in some), width=110)
    sources = _("学员是岗位为“{post}”的人", post=literal(people.post)) if people.post else _("项目没有写岗位")
    st.caption(_("{sources}，加上补能菜单里已安排这个项目的课的 {n} 人；只列您可以查看的人。", sources=sources, n=len(people.enrolled)))


def reminding(some: Sequence[ActionView], today: date, *, tells: bool) -> bool:
    """Whom to remind, over all projects; whether those in charge of them are to be told (`tells`: the reader may do that)."""
    found = transfer.reminders(some, today)
    if not found:
        return False
    rows = [
        {
            _("状态"): _("逾期") if one.overdue(today) else _("一周内到期"),
            _("到期"): day(one.row.due_on),
            _("进度"): _(one.progress) if one.progress else None,
            _("姓名"): one.person.name,
            _("机构"): one.person.unit or "—",
            _("做什么"): one.row.what,
            _("和谁"): one.row.with_whom or "—",
            _("项目"): one.project.name,
        }
        for one in found
    ]
    with st.expander(_("该提醒的 {n} 条", n=len(found)), icon=":material/notifications:", expanded=True):
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            height=tall(len(rows), 10),
            placeholder="—",
            alt=_("该提醒的转化行动"),
        )
        if not tells or not any(one.overdue(today) for one in found):
            return False
        help_ = _("学员没有账号：告诉各机构负责人，他们的人里有几条过期。")
        return st.button(_("提醒各机构负责人"), icon=":material/notifications_active:", key="transfer_remind", help=help_)


_FACTS = {
    "what": Field(Message("回岗后做什么")),
    "due_on": Field(Message("到哪天")),
    "with_whom": Field(Message("和谁一起")),
    "times": Field(Message("要做几次")),
    "evidence": Field(Message("拿什么证明")),
}


def table(some: Sequence[ActionView], today: date, project: int) -> ActionView | None:
    """The actions of a project; the one that the reader chose."""
    rows = [
        {
            "state": _("逾期") if one.overdue(today) else _(ACTION_STATE_NAMES[one.row.state]),
            "number": one.person.number,
            "name": one.person.name,
            "unit": one.person.unit or None,
            "progress": _(one.progress) if one.progress else None,
            "what": one.row.what,
            "due": day(one.row.due_on),
            "with": one.row.with_whom or None,
            "evidence": one.row.evidence or None,
            "note": one.row.note or None,
        }
        for one in some
    ]
    words = st.column_config.TextColumn
    key = f"transfer_{project}_{sum(one.row.version or 0 for one in some)}_{len(some)}"
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=tall(len(rows), 10),
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        placeholder="—",
        alt=_("转化行动"),
        column_config={
            "state": words(_("状态"), width=100),
            "number": words(_("工号"), width=90),
            "name": words(_("姓名"), width=80),
            "unit": words(_("机构"), width=120),
            "progress": words(_("进度"), width=150),
            "what": words(_("做什么"), width=320),
            "due": words(_("到期"), width=160),
            "with": words(_("和谁"), width=110),
            "evidence": words(_("拿什么证明"), width=200),
            "note": words(_("备注"), width=160),
        },
    )
    chosen = stay_with("transfer_parts", key, [one.row.id for one in some], event)
    return next((one for one in some if one.row.id == chosen), None)


def settle(one: ActionView, today: date) -> Wish | None:
    """What becomes of an action."""
    row, stamp = one.row, f"{one.row.id}"
    action_id, version = row.id or 0, row.version or 0
    with st.container(border=True):
        st.markdown(f"**{literal(one.person.name)}**　{literal(row.what)}")
        note = st.text_input(_("备注"), value=row.note, max_chars=LONGEST_NOTE, key=f"transfer_note_{stamp}")
        on = st.date_input(_("做到的那天"), value=today, max_value=today, key=f"transfer_on_{stamp}", format="YYYY-MM-DD", width=180)
        if one.open and one.progress is not None:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                more = st.number_input(
                    _("又做了几次"), -row.done_times, row.times - row.done_times, 1, key=f"transfer_more_{stamp}_{version}", width=140
                )
                if st.button(_("记下次数"), icon=":material/exposure_plus_1:", key="transfer_advance") and more:
                    return Wish(_("已更新"), _advancing(action_id, version, int(more), note, on if isinstance(on, date) else None))
                st.caption(_(one.progress))
        with st.container(horizontal=True):
            for state_of, label, icon in _steps(row.state):
                if st.button(label, icon=icon, key=f"transfer_to_{state_of.value}"):
                    day_done = on if state_of is ActionState.DONE and isinstance(on, date) else None
                    return Wish(_("已更新"), _settling(action_id, version, state_of, note, day_done))
            with st.popover(_("删除"), icon=":material/delete:", type="tertiary"):
                st.caption(_("写错了才删除，删除不能撤销；不做了请用“不再做”，理由会留下。"))
                if st.button(_("确认删除"), key="transfer_remove"):
                    return Wish(_("已删除"), lambda db, actor: transfer.remove(db, actor, action_id, version))
        stored = ActionFacts(row.what, row.due_on, row.with_whom, row.evidence, row.times)
        written = record_form("transfer", record_of(row), stored, _FACTS, _rewritten)
    if written is None:
        return None
    return Wish(written.done(_("已保存")), lambda db, actor: transfer.change(db, actor, action_id, written.version, written.value))


def _rewritten(known: ActionFacts, key: str) -> ActionFacts | None:
    with st.expander(_("改写这条行动"), icon=":material/edit:"):
        facts = _fields(known, key)
        return facts if st.button(_("保存改写"), icon=":material/save:", key=f"{key}_save") else None


def write(project: int, people: Sequence[Person], some: Sequence[ActionView], today: date) -> Wish | None:
    """Write down what one of the people will do; those who have nothing yet stand first."""
    if not people:
        st.info(_("这个项目没有您可以查看的学员。"), icon=":material/group_off:")
        return None
    have = {one.person.id for one in some}
    ordered = sorted(people, key=lambda one: one.id in have)
    stamp = f"{project}_{state.get('transfer_written', 0)}"
    with st.expander(_("写一条转化行动"), icon=":material/add:", expanded=not some), st.form(f"transfer_new_{stamp}", border=False):
        who: Person = st.selectbox(
            _("谁"), ordered, format_func=lambda one: f"{one.name}（{one.number}，{one.unit or '—'}）", key=f"transfer_who_{stamp}"
        )
        facts = _fields(ActionFacts("", today), stamp)
        pressed = st.form_submit_button(_("写下"), type="primary", icon=":material/add:")
    if not pressed:
        return None

    def act(db: Any, actor: Actor) -> None:
        transfer.add(db, actor, project, who.id, facts, today)
        state.put("transfer_written", state.get("transfer_written", 0) + 1)

    return Wish(_("已写下"), act)


def _fields(facts: ActionFacts, stamp: str) -> ActionFacts:
    what = st.text_area(
        _("回岗后做什么"),
        value=facts.what,
        max_chars=LONGEST_WHAT,
        height=80,
        key=f"transfer_what_{stamp}",
        placeholder=_("例如：每周约见名单上的五户，面谈后当天录入"),
    )
    with st.container(horizontal=True):
        due = st.date_input(_("到哪天"), value=facts.due_on, key=f"transfer_due_{stamp}", format="YYYY-MM-DD", width=180)
        who = st.text_input(
            _("和谁一起"),
            value=facts.with_whom,
            max_chars=LONGEST_WITH,
            key=f"transfer_with_{stamp}",
            width=220,
            placeholder=_("上级或导师"),
        )
        times = st.number_input(_("要做几次"), 1, MOST_TIMES, facts.times, key=f"transfer_times_{stamp}", width=120)
        shown = st.text_input(
            _("拿什么证明"),
            value=facts.evidence,
            max_chars=LONGEST_EVIDENCE,
            key=f"transfer_evidence_{stamp}",
            width=300,
            placeholder=_("例如：系统里的拜访记录"),
        )
    return ActionFacts(what, due if isinstance(due, date) else facts.due_on, who, shown, int(times))


def _steps(now: ActionState) -> list[tuple[ActionState, str, str]]:
    if now in (ActionState.DONE, ActionState.DROPPED):
        return [(ActionState.PLANNED, _("重新打开"), ":material/undo:")]
    agree = [(ActionState.AGREED, _("上级确认"), ":material/handshake:")] if now is ActionState.PLANNED else []
    return [
        *agree,
        (ActionState.DONE, _("标为做到"), ":material/check:"),
        (ActionState.DROPPED, _("不再做"), ":material/block:"),
    ]


def _settling(action_id: int, version: int, to: ActionState, note: str, on: date | None) -> Any:
    return lambda db, actor: transfer.settle(db, actor, action_id, version, to, note, on)


def _advancing(action_id: int, version: int, times: int, note: str, on: date | None) -> Any:
    return lambda db, actor: transfer.advance(db, actor, action_id, version, times, note, on)
