"""Single days that are otherwise for this branch."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.calendar import editing
from core.delivery.calendar.editing import LONGEST_DAY_REASON
from core.delivery.calendar.service import OwnDay, YearCalendar
from core.delivery.calendar.terms import KIND_NAMES
from pages.settings.parts.wish import Wish
from pages.shared.text import _, day, literal, person


def days_part(plan_id: int, year: YearCalendar, may_edit: bool) -> Wish | None:
    """The days, and a form for one; what the reader wants changed."""
    if not year.own:
        st.markdown(_("没有单独调整过的日子。") + (_("某一天本行的安排和全国不同时，在这里改，并写明原因。") if may_edit else ""))
    wish = None
    for one in year.own:
        with st.container(horizontal=True, vertical_alignment="center"):
            now, then = (_("上班") if one.works else _("不上班")), _(KIND_NAMES[one.would])
            said = _("原来是{kind}；{name} 改", kind=then, name=person(one.by))
            st.markdown(f"**{day(one.day)}　{now}**　{literal(one.reason)}　:gray[{literal(said)}]", width="stretch")
            if may_edit and st.button(_("恢复"), key=f"day_clear_{one.id}", type="tertiary", icon=":material/undo:"):
                wish = _cleared(one)
    return (_form(plan_id, year) or wish) if may_edit else None


def _cleared(one: OwnDay) -> Wish:
    return Wish(_("已恢复"), lambda db, actor: editing.clear_day(db, actor, one.day, one.version))


def _form(plan_id: int, year: YearCalendar) -> Wish | None:
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    with st.form("calendar_day", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.date_input(
            _("日期"), min(max(clock.today(), first), last), first, last, format="YYYY-MM-DD", key="calendar_day_on", width=180
        )
        works = st.segmented_control(
            *(_("这一天"), [False, True]),
            default=False,
            format_func=lambda one: _("上班") if one else _("不上班"),
            required=True,
            key="calendar_day_works",
        )
        reason = st.text_input(_("原因"), max_chars=LONGEST_DAY_REASON, placeholder=_("例如：总行通知"), key="calendar_day_why", width=260)
        pressed = st.form_submit_button(_("保存"), type="primary")
    if not pressed or not isinstance(chosen, date):
        return None
    version = next((one.version for one in year.own if one.day == chosen), 0)

    def act(db: Any, actor: Actor) -> None:
        editing.set_day(db, actor, plan_id, chosen, version, works=bool(works), reason=reason)

    return Wish(_("已保存"), act)
