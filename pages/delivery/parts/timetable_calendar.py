"""The timetable by months and weeks; on a phone as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import streamlit as st

from core import clock
from core.charts.timetable import SELECTION, DayMark, Entry, month_calendar, month_counts, week_calendar
from core.delivery.timetable.days import DayNote, parts_of
from core.delivery.timetable.service import SessionView
from pages.delivery.parts.timetable_words import attention, cohort, open_clicked, said
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import link, on_phone
from pages.shared.text import _, day, literal, month_name

T = TypeVar("T", int, date)


def month(timetable_id: int, year: int, views: Sequence[SessionView], marks: Mapping[date, DayNote]) -> None:
    """A month of the timetable; a click on a session opens it."""
    here = [one for one in views if one.day is not None]
    counts = Counter(one.day.month for one in here if one.day is not None)
    shown = st.segmented_control(
        _("月份"),
        list(range(1, 13)),
        default=_nearest(sorted(counts), clock.today().month if clock.today().year == year else 0) or 1,
        format_func=month_name,
        key=f"timetable_month_{timetable_id}",
        label_visibility="collapsed",
        required=True,
    )
    begin = date(year, shown, 1)
    found = [part for one in here for part in _entries(one, marks) if (part.day.year, part.day.month) == (year, shown)]
    language = state.language()
    title = _("{month}开始的课有 {n} 节", n=counts[shown], month=month_name(shown))
    if on_phone():
        show_chart(title, lambda look: month_counts(begin, found, _marks(marks), look, language))
        _list(timetable_id, [one for one in here if one.day is not None and one.day.month == shown])
        return
    event = show_chart(
        title,
        lambda look: month_calendar(begin, found, _marks(marks), look, language),
        on_select="rerun",
        selection_mode=SELECTION,
        key=f"month_{timetable_id}_{shown}_{len(found)}",
    )
    st.caption(_("实色面授，淡色线上；砖红是迟于期限或带例外的；有边框的已固定。点一节课看它为什么在这里、还能在哪里。"))
    open_clicked(timetable_id, event)


def week(timetable_id: int, year: int, views: Sequence[SessionView], marks: Mapping[date, DayNote]) -> None:
    """A week of the timetable: drawn on a desk, and listed day by day."""
    here = [one for one in views if one.day is not None]
    parts = {one.id: _entries(one, marks) for one in here}
    mondays = [_monday(date(year, 1, 1)) + timedelta(days=7 * number) for number in range(53)]
    counts = Counter(monday for some in parts.values() for monday in {_monday(part.day) for part in some})
    nearest = _nearest([monday for monday in mondays if counts[monday]], _monday(clock.today())) or mondays[0]
    begin = st.selectbox(
        _("哪一周"),
        mondays,
        index=mondays.index(nearest),
        format_func=lambda monday: _("{first} 至 {last}（{n} 节）", first=monday, last=monday + timedelta(days=6), n=counts[monday]),
        key=f"timetable_week_{timetable_id}",
        width=360,
    )
    found = [part for some in parts.values() for part in some if _monday(part.day) == begin]
    if not on_phone():
        language = state.language()
        event = show_chart(
            _("这一周有 {n} 节课", n=counts[begin]),
            lambda look: week_calendar(begin, found, _marks(marks), look, language),
            on_select="rerun",
            selection_mode=SELECTION,
            key=f"week_{timetable_id}_{begin}_{len(found)}",
        )
        open_clicked(timetable_id, event)
    ids = {part.id for part in found}
    _list(timetable_id, [one for one in here if one.id in ids])


def _list(timetable_id: int, views: Sequence[SessionView]) -> None:
    """Sessions day by day, each a link."""
    if not views:
        st.info(_("这段时间没有课。"), icon=":material/event_available:")
    shown: date | None = None
    for one in views:
        if one.day is not None and one.day != shown:
            shown = one.day
            st.markdown(f"**{day(one.day)}**")
        place = one.venue or (_("线上") if one.online else "—")
        with st.container(gap=None):
            icon = ":material/priority_high:" if attention(one) else ":material/event:"
            link("session", literal(f"{_(one.when)} {one.name} · {cohort(one)}"), icon=icon, id=one.id, timetable=timetable_id)
            told = (one.programme, _("{n} 人", n=one.headcount), *(() if state.is_guest() else (one.trainer or "—",)), place)
            st.caption(" · ".join(literal(each) for each in told))


def _entries(one: SessionView, marks: Mapping[date, DayNote]) -> list[Entry]:
    return [
        Entry(one.id, at, slots, f"{one.programme}·{one.name} {cohort(one)}", said(one), attention(one), one.online, bool(one.pinned))
        for at, slots in parts_of(one, marks)
    ]


def _marks(marks: Mapping[date, DayNote]) -> dict[date, DayMark]:
    return {at: DayMark(" ".join(_(one) for one in note.said), note.closed) for at, note in marks.items()}


def _monday(one: date) -> date:
    return one - timedelta(days=one.weekday())


def _nearest(held: Sequence[T], now: T) -> T | None:
    """Of months or weeks in order, the first that has not passed; when all have, the last."""
    return next((one for one in held if one >= now), held[-1] if held else None)
