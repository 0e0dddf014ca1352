"""The year as a picture, and what it comes to in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.charts.year_calendar import CalendarWords, DayCell, year_calendar
from core.delivery.calendar.service import BlackoutView, Scopes, YearCalendar, YearSums
from core.delivery.calendar.terms import KIND_NAMES, DayKind
from core.i18n import Message
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.text import _, day, joined

_LETTERS = {DayKind.MAKEUP: Message("班"), DayKind.AVOID: Message("避"), DayKind.HOLIDAY: Message("休")}


def counts(found: YearSums) -> None:
    """How many days there are, and how the number comes about."""
    with st.grid(4, min_column_width=130, height="stretch"):
        st.metric(_("可排的天数"), _("{n} 天", n=found.free), border=True, height="stretch")
        st.metric(_("调休上班"), _("{n} 天", n=found.makeup), border=True, height="stretch")
        st.metric(_("可能调休，避开"), _("{n} 天", n=found.avoid), border=True, height="stretch")
        st.metric(_("全行禁排"), _("{n} 天", n=found.closed), border=True, height="stretch")
    said = _(
        "可排 {free} = 工作日 {work} + 调休上班 {makeup} − 全行禁排 {closed}；每天两个半天。",
        free=found.free,
        work=found.work,
        makeup=found.makeup,
        closed=found.closed,
    )
    st.caption(said)


def picture(year: YearCalendar, found: YearSums, blackouts: Sequence[BlackoutView], scopes: Scopes) -> None:
    """The twelve months."""
    own = {one.day: one.reason for one in year.own}
    cells = [
        DayCell(
            day=one,
            kind=_(KIND_NAMES[kind]),
            letter=_(_LETTERS[kind]) if kind in _LETTERS and not (kind is DayKind.HOLIDAY and one.weekday() > 4) else "",
            said=_said(year, one, kind, own, blackouts, scopes),
            closed=any(_closes(it, one) for it in blackouts if it.applies) and one in year.days,
        )
        for one, kind in year.kinds.items()
    ]
    words = CalendarWords(
        months=[_(month) for month in _month_names()],
        weekdays=[_(name) for name in _weekday_names()],
        kinds=[_(KIND_NAMES[kind]) for kind in DayKind],
        closed=_("禁排期"),
        day=_("日期"),
    )
    provisional = _("{year} 年（暂定）：{n} 个工作日可排", year=str(year.year), n=found.free)
    final = _("{year} 年：{n} 个工作日可排", year=str(year.year), n=found.free)
    columns = 2 if on_phone() else 4
    show_chart(provisional if year.provisional else final, lambda look: year_calendar(cells, words, "", look, columns=columns))
    st.caption(_("格子下边的红线是禁排期（全行、某些机构或条线）。把鼠标放在日期上看原因。"))


def _closes(one: BlackoutView, on: date) -> bool:
    return one.starts <= on <= one.ends


def _said(year: YearCalendar, on: date, kind: DayKind, own: dict[date, str], blackouts: Sequence[BlackoutView], scopes: Scopes) -> str:
    name = year.names.get(on)
    parts = [day(on), _(KIND_NAMES[kind])]
    if name:
        parts.append(_(name) if isinstance(name, Message) else name)
    if on in own:
        parts.append(own[on])
    for one in blackouts:
        if one.applies and _closes(one, on):
            parts.append(f"{one.name}（{whose(one, scopes)}）")
    return " · ".join(parts)


def whose(one: BlackoutView, scopes: Scopes) -> str:
    """For whom a blackout is."""
    if not one.applies:
        return _("原来的机构已经不在，没有生效")
    names = [scopes.units[unit] for unit in one.unit_ids if unit in scopes.units]
    return joined((*names, *one.lines)) or _("全行")


def _month_names() -> list[Message]:
    first = [Message("1月"), Message("2月"), Message("3月"), Message("4月"), Message("5月"), Message("6月")]
    return [*first, Message("7月"), Message("8月"), Message("9月"), Message("10月"), Message("11月"), Message("12月")]


def _weekday_names() -> list[Message]:
    return [Message("一"), Message("二"), Message("三"), Message("四"), Message("五"), Message("六"), Message("日")]
