"""The quarters of the strategy check: begun, chosen, dated, concluded, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.strategy import periods
from core.strategy.checking import service as checking
from core.strategy.checking.progress import STATUS_NAMES, Status
from core.strategy.checking.service import LONGEST_CONCLUSION, Check
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Written, record_form, record_of
from pages.shared.text import _, day, literal, moment, person

_CONCLUSION_FIELDS = {"as_of": Field(Message("数据截至")), "conclusion": Field(Message("结论"))}


def begin(plan_id: int, year: int, there: tuple[int, int], may_decide: bool) -> Wish | None:
    """What a plan sees before its first check."""
    with st.container(border=True):
        st.markdown(
            _("每季度把战略主题和实际对照一次：填上实际值和来源，按日折算应达到多少，看出偏差，写下纠偏措施和结论。关闭后的季度不再改动。")
        )
        st.caption(_("现有 {themes} 个主题、{n} 个已采纳的量化目标可以检视。", themes=there[0], n=there[1]))
        if may_decide:
            return _begin(plan_id, periods.next_quarters(year, None, clock.today()), primary=True)
        st.caption(_("人力资源负责人填写后，就会显示在这里。"))
    return None


def next_quarter(plan_id: int, year: int, found: Sequence[Check]) -> Wish | None:
    """The next check, once the last one is closed."""
    last = found[-1]
    offered = periods.next_quarters(year, last.row.quarter, clock.today())
    return _begin(plan_id, offered, primary=False) if last.closed and offered else None


def choose_check(found: Sequence[Check]) -> Check:
    """The quarter to look at: the newest unless the reader says otherwise."""
    if len(found) == 1:
        return found[0]
    by_id = {check.id: check for check in reversed(found)}
    chosen = st.selectbox(
        _("季度"), list(by_id), format_func=lambda one: _(periods.name(by_id[one].row.quarter)), key="check_chosen", width=260
    )
    return by_id[chosen]


def heading(plan_id: int, check: Check, may_fill: bool) -> Wish | None:
    """Which quarter, as of when, and how many targets stand where."""
    row = check.row
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(_(periods.name(row.quarter)), anchor=False, width="content")
        if check.closed:
            st.badge(_("已关闭"), icon=":material/lock:", color="gray")
        else:
            st.badge(_("填写中"), icon=":material/edit:", color="blue")
        st.caption(_("数据截至{day}", day=day(row.as_of)), width="content")
    if row.closed_at is not None:
        st.caption(_("{who}于{when}关闭。", who=literal(person(row.closed_by)), when=moment(row.closed_at)))
    for note in row.reopened:
        said = {"who": literal(person(note["who"])), "when": moment(datetime.fromisoformat(note["at"])), "reason": literal(note["reason"])}
        st.caption(_("{who}于{when}重新打开：{reason}", **said))
    with st.grid(4, min_column_width=140):
        for status in Status:
            st.metric(_(STATUS_NAMES[status]), check.counts[status], border=True, height="stretch")
    if not may_fill:
        return None
    with st.container(horizontal=True):
        if st.button(
            _("更新清单"), icon=":material/sync:", type="tertiary", key="check_sync", help=_("纳入新采纳的目标，去掉不再采纳又没有填写的。")
        ):
            return Wish(_("清单已更新"), lambda db, actor: _synced(db, actor, plan_id, check.id))
    return None


def closing(plan_id: int, check: Check, may_decide: bool) -> Wish | None:
    """The conclusion, and closing the quarter or opening it again."""
    row = check.row
    with st.container(border=True):
        st.subheader(_("检视结论"), anchor=False)
        if check.closed or not may_decide:
            st.markdown(literal(row.conclusion) or _("还没有写结论。"))
            return _reopening(plan_id, check) if check.closed and may_decide else None
        record = record_of(row, "check_described")
        stored = {"as_of": row.as_of, "conclusion": row.conclusion}
        written = record_form("check_conclusion", record, stored, _CONCLUSION_FIELDS, _conclusion)
        st.caption(_("关闭之前，每个偏离的目标都要写明纠偏措施、负责人和期限。关闭后这个季度不再改动，重新打开要写明原因。"))
        pressed = st.button(_("关闭这个季度"), icon=":material/lock:", key="check_close")
    if written:
        return _described(plan_id, check, written)
    if pressed:

        def close(db: Any, actor: Actor) -> None:
            checking.close(db, actor, plan_id, check.id, row.version or 0)

        return Wish(_("已关闭{period}的检视", period=periods.name(row.quarter)), close)
    return None


def _conclusion(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False, enter_to_submit=False):
        as_of = st.date_input(_("数据截至"), known["as_of"], format="YYYY-MM-DD", width=200, key=f"{key}_as_of")
        text = st.text_area(
            _("结论"),
            known["conclusion"],
            max_chars=LONGEST_CONCLUSION,
            height=120,
            placeholder=_("走到哪里，主要偏差在哪个主题，下个季度先补什么。"),
            key=f"{key}_text",
        )
        pressed = st.form_submit_button(_("保存结论"), icon=":material/save:", key=f"{key}_save")
    return {"as_of": as_of, "conclusion": text} if pressed else None


def _described(plan_id: int, check: Check, written: Written[dict[str, Any]]) -> Wish:
    def act(db: Any, actor: Actor) -> None:
        checking.describe(db, actor, plan_id, check.id, written.version, **written.value)

    return Wish(written.done(_("已保存")), act)


def _reopening(plan_id: int, check: Check) -> Wish | None:
    with st.expander(_("重新打开"), icon=":material/lock_open:"), st.form(f"check_reopen_{check.id}", border=False):
        reason = st.text_input(_("为什么要重新打开"), max_chars=300, placeholder=_("例如：来源系统更正了一季度数据"))
        if not st.form_submit_button(_("重新打开")):
            return None

    def act(db: Any, actor: Actor) -> None:
        checking.reopen(db, actor, plan_id, check.id, check.row.version or 0, reason)

    return Wish(_("已重新打开"), act)


def _begin(plan_id: int, offered: Sequence[str], *, primary: bool) -> Wish | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        quarter = st.selectbox(
            _("季度"), offered, format_func=lambda code: _(periods.name(code)), key=f"check_quarter_{plan_id}_{offered[0]}", width=220
        )
        pressed = st.button(
            _("开始检视") if primary else _("开始下一次检视"),
            type="primary" if primary else "secondary",
            icon=":material/fact_check:",
            key="check_begin",
        )
    if not pressed:
        return None

    def act(db: Any, actor: Actor) -> None:
        checking.begin(db, actor, plan_id, quarter, min(clock.today(), periods.last_day(quarter)))

    return Wish(_("已开始{period}的检视", period=periods.name(quarter)), act)


def _synced(db: Any, actor: Actor, plan_id: int, check_id: int) -> None:
    checking.bring_up_to_date(db, actor, plan_id, check_id)
