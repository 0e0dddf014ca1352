"""Blackouts: the list, those that banks often have as suggestions, and a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.delivery.calendar import editing
from core.delivery.calendar.editing import LONGEST_NAME, LONGEST_REASON, BlackoutFacts
from core.delivery.calendar.service import BlackoutView, Scopes, YearCalendar
from core.delivery.calendar.suggestions import Suggestion, suggestions
from core.editing.comparing import Field
from core.i18n import Message
from pages.delivery.parts.calendar_picture import whose
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.text import _, day, literal


def blackout_part(plan_id: int, year: YearCalendar, blackouts: Sequence[BlackoutView], scopes: Scopes, may_edit: bool) -> Wish | None:
    """All of it; what the reader wants changed."""
    wish = None
    if not blackouts:
        st.markdown(
            _("还没有禁排期：全年的工作日都可以安排培训。") + (_("季末、旺季不宜培训的，在下面采用建议或自己添加。") if may_edit else "")
        )
    for one in blackouts:
        wish = _one(plan_id, one, scopes, year, may_edit) or wish
    if may_edit:
        wish = _suggested(plan_id, year, blackouts) or wish
        with st.expander(_("添加禁排期"), icon=":material/add:"):
            wish = _add(plan_id, scopes, year.year) or wish
    return wish


def _one(plan_id: int, one: BlackoutView, scopes: Scopes, year: YearCalendar, may_edit: bool) -> Wish | None:
    days = sum(one.starts <= it <= one.ends for it in year.days)
    reason = f"　{literal(one.reason)}" if one.reason else ""
    wish = None
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{literal(one.name)}**　{day(one.starts)} – {day(one.ends)}  \n"
            f":gray[{literal(whose(one, scopes))} · {_('{n} 个工作日', n=days)}{reason}]",
            width="stretch",
        )
        if not may_edit:
            return None
        with st.popover(_("修改"), icon=":material/edit:"):
            wish = _change(plan_id, one, scopes, year.year)
        if st.button(_("删除"), key=f"blackout_drop_{one.id}", icon=":material/delete:", type="tertiary"):
            return Wish(_("已删除"), lambda db, actor: editing.remove_blackout(db, actor, plan_id, (one.id, one.version)))
    return wish


def _suggested(plan_id: int, year: YearCalendar, there: Sequence[BlackoutView]) -> Wish | None:
    """What banks often close; those that are there already are left out."""
    names = {one.name for one in there}
    offered = [one for one in suggestions(year.year, year.working) if _(one.name) not in names and str(one.name) not in names]
    if not offered:
        return None
    with st.expander(_("常见的禁排期（{n} 条建议）", n=len(offered)), icon=":material/lightbulb:"):
        st.caption(_(offered[0].source))
        chosen = []
        for one in offered:
            said = f"**{_(one.name)}**　{day(one.starts)} – {day(one.ends)}　:gray[{_(one.why)}]"
            if st.checkbox(said, key=f"blackout_offer_{one.key}"):
                chosen.append(one)
        if not st.button(_("采用选中的 {n} 条", n=len(chosen)), disabled=not chosen, key="blackout_take"):
            return None
    return _taken(plan_id, chosen)


def _taken(plan_id: int, chosen: Sequence[Suggestion]) -> Wish:
    wanted = [(None, BlackoutFacts(_(one.name), one.starts, one.ends, reason=_(one.why))) for one in chosen]

    def act(db: Any, actor: Actor) -> None:
        editing.save_blackouts(db, actor, plan_id, wanted)

    return Wish(_("已添加"), act)


def _add(plan_id: int, scopes: Scopes, year: int) -> Wish | None:
    start = date(year, 1, 1)
    entered = _fields(BlackoutFacts("", start, start), scopes, year, blank_form("blackout_new"))
    if entered is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.save_blackout(db, actor, plan_id, None, entered)
        filled("blackout_new")

    return Wish(_("已保存"), act)


def _change(plan_id: int, one: BlackoutView, scopes: Scopes, year: int) -> Wish | None:
    facts = BlackoutFacts(one.name, one.starts, one.ends, one.unit_ids, one.lines, one.reason)
    named = {
        "name": Field(Message("名称")),
        "starts": Field(Message("开始日期")),
        "ends": Field(Message("结束日期")),
        "unit_ids": Field(Message("机构"), scopes.units),
        "lines": Field(Message("条线")),
        "reason": Field(Message("原因")),
    }
    record = Record("blackout", one.id, one.version, actions=("blackout_changed",), subject="calendar")
    written = record_form("blackout", record, facts, named, lambda known, key: _fields(known, scopes, year, key))
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.save_blackout(db, actor, plan_id, (one.id, written.version), written.value)

    return Wish(written.done(_("已保存")), act)


def _fields(facts: BlackoutFacts, scopes: Scopes, year: int, key: str) -> BlackoutFacts | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input(_("名称"), facts.name, max_chars=LONGEST_NAME, placeholder=_("例如：一季度末"))
        days = right.date_input(
            _("起止日期"), (facts.starts, facts.ends), date(year - 1, 12, 1), date(year + 1, 1, 31), format="YYYY-MM-DD"
        )
        first, second = st.columns(2)
        units = first.multiselect(
            _("机构"),
            list(scopes.units),
            list(facts.unit_ids),
            format_func=scopes.units.__getitem__,
            placeholder=_("不选机构和条线就是全行"),
        )
        lines = second.multiselect(
            _("条线"), list(dict.fromkeys((*scopes.lines, *facts.lines))), list(facts.lines), placeholder=_("不选就不限")
        )
        reason = st.text_input(_("原因"), facts.reason, max_chars=LONGEST_REASON, placeholder=_("可以不填"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    if not isinstance(days, tuple) or not days:
        st.error(_("请选起止两个日期。"))
        return None
    return BlackoutFacts(name, days[0], days[-1], tuple(units), tuple(lines), reason)
