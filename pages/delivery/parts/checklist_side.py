"""Around the checklists: how far they are, what is late, begun from the template, and the days that they are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.content import checking_off
from core.delivery.content.checking_off import Checklist
from core.editing.comparing import Field
from core.i18n import Message
from pages.delivery.parts.cells import day_of
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.record_form import Record, record_form
from pages.shared.table import tall
from pages.shared.text import _, day


def overview(lists: Sequence[Checklist], today: date) -> None:
    """How far all of them are."""
    lines = [line for one in lists for line in one.lines]
    with st.container(horizontal=True):
        st.metric(_("有清单的项目"), f"{sum(bool(one.lines) for one in lists)} / {len(lists)}", width=150)
        st.metric(_("已完成"), f"{sum(line.done_at is not None for line in lines)} / {len(lines)}", width=150)
        st.metric(_("逾期"), sum(line.overdue(today) for line in lines), width=110)
        st.metric(_("还没有日期的项目"), sum(bool(one.lines) and one.span is None for one in lists), width=170)


def late(lists: Sequence[Checklist], today: date) -> None:
    """What is overdue, the longest first."""
    found = sorted(((line, one) for one in lists for line in one.lines if line.overdue(today)), key=lambda pair: pair[0].due or today)
    if not found:
        return
    rows = [
        {
            _("逾期工作"): line.facts.text,
            _("项目"): one.project.name,
            _("谁负责"): line.facts.owner,
            _("应在"): day(line.due) if line.due else None,
        }
        for line, one in found
    ]
    with st.expander(_("{n} 件事已逾期", n=len(found)), icon=":material/warning:", expanded=True):
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=tall(len(rows), 8), alt=_("逾期的事"))


def begin(plan_id: int, lists: Sequence[Checklist]) -> Wish | None:
    """Give the projects without a checklist one."""
    without = [one.id for one in lists if not one.lines]
    if not without:
        return None
    first = len(without) == len(lists)
    label = _("给 {n} 个项目按模板生成清单", n=len(without))
    if not st.button(label, type="primary" if first else "secondary", icon=":material/playlist_add:", key="checklist_begin"):
        return None
    spoken = state.language()

    def act(db: Any, actor: Actor) -> None:
        checking_off.begin(db, actor, plan_id, without, spoken)

    return Wish(_("已生成 {n} 份清单", n=len(without)), act)


def summary(lists: Sequence[Checklist], today: date) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A row for each project, and how its columns are shown."""
    rows = [
        {
            "name": one.project.name,
            "first": day(one.span.first) if one.span else None,
            "last": day(one.span.last) if one.span else None,
            "done": f"{one.done} / {len(one.lines)}" if one.lines else None,
            "late": sum(line.overdue(today) for line in one.lines) or None,
        }
        for one in lists
    ]
    words = st.column_config.TextColumn
    columns = {
        "name": words(_("项目"), width=300),
        "first": words(_("首次课"), width=170),
        "last": words(_("末次课"), width=170),
        "done": words(_("已完成"), width=90),
        "late": st.column_config.NumberColumn(_("逾期"), width=70),
    }
    return rows, columns


_SPAN_FIELDS = {"first": Field(Message("首次课")), "last": Field(Message("末次课"))}


def days(of: Checklist, *, may_edit: bool) -> Wish | None:
    """The days from which the lines are counted; before there is a schedule a person may say them."""
    span = of.span
    if span is not None and span.scheduled:
        st.caption(_("首次课 {first}，末次课 {last}，来自发布的课表。", first=day(span.first), last=day(span.last)))
        return None
    if span is not None:
        st.caption(_("首次课 {first}，末次课 {last}，由人填写；课表发布后以课表为准。", first=day(span.first), last=day(span.last)))
    else:
        st.caption(_("还没有排期，日期只写离首末次课几个工作日。课表发布后自动算出。"))
    if not may_edit:
        return None
    record = Record("project_span", of.id, actions=("sessions_dated",), subject="project")
    stored = {"first": span.first if span else None, "last": span.last if span else None}
    with st.popover(_("先填首末次课日期"), icon=":material/event:"):
        written = record_form("span", record, stored, _SPAN_FIELDS, _span)
    if written is None:
        return None
    first, last = written.value["first"], written.value["last"]
    if not isinstance(first, date) or not isinstance(last, date):
        st.error(_("请填写首次课和末次课的日期。"))
        return None
    return Wish(written.done(_("已保存")), lambda db, actor: checking_off.set_span(db, actor, of.id, first, last))


def _span(known: dict[str, date | None], key: str) -> dict[str, date | None] | None:
    with st.form(key, border=False):
        first = st.date_input(_("首次课"), value=known["first"], format="YYYY-MM-DD", key=f"{key}_first")
        last = st.date_input(_("末次课"), value=known["last"], format="YYYY-MM-DD", key=f"{key}_last")
        pressed = st.form_submit_button(_("保存日期"), icon=":material/save:", key=f"{key}_save")
    return {"first": day_of(first), "last": day_of(last)} if pressed else None
