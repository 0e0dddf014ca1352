"""The year in rows: by project, by trainer, by venue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core import clock
from core.charts.timetable import SELECTION, Bar, year_bars
from core.delivery.timetable.measures import MONTHS, slots_by_month
from core.delivery.timetable.service import SessionView
from pages.delivery.parts.timetable_words import attention, open_clicked, said
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.table import tall
from pages.shared.text import _, month_name

_MOST_ROWS = 120


def by_programme(timetable_id: int, year: int, views: Sequence[SessionView]) -> None:
    """A row for each project, in the order in which they begin."""
    placed = [one for one in views if one.day is not None]
    names = list(dict.fromkeys(one.programme for one in placed))
    title = _("{n} 个项目的课分布在全年", n=len(names))
    _bars("programme", timetable_id, year, placed, lambda one: one.programme, title)


def by_trainer(timetable_id: int, year: int, views: Sequence[SessionView]) -> None:
    """A row for each trainer, with the half days of each month below."""
    placed = sorted((one for one in views if one.day is not None and one.trainer), key=lambda one: one.trainer)
    _bars("trainer", timetable_id, year, placed, lambda one: one.trainer, _busiest(placed, "trainer_id", lambda one: one.trainer))
    _months(placed, "trainer_id", lambda one: one.trainer, _("讲师"))


def by_venue(timetable_id: int, year: int, views: Sequence[SessionView]) -> None:
    """A row for each venue, with the half days of each month below."""
    placed = sorted((one for one in views if one.day is not None and one.venue), key=lambda one: one.venue)
    _bars("venue", timetable_id, year, placed, lambda one: one.venue, _busiest(placed, "venue_id", lambda one: one.venue))
    _months(placed, "venue_id", lambda one: one.venue, _("场地"))


def _bars(kind: str, timetable_id: int, year: int, placed: Sequence[SessionView], name: Callable[[SessionView], str], title: str) -> None:
    if not placed:
        st.info(_("没有可以显示的课。"), icon=":material/event_available:")
        return
    rows = list(dict.fromkeys(name(one) for one in placed))[:_MOST_ROWS]
    bars = [
        Bar(one.id, name(one), one.day, one.ends_on or one.day, said(one), attention(one), one.online, bool(one.pinned))
        for one in placed
        if one.day is not None and name(one) in rows
    ]
    language, narrow = state.language(), on_phone()
    event = show_chart(
        title,
        lambda look: year_bars(bars, year, look, language, today=clock.today(), narrow=narrow),
        on_select="rerun",
        selection_mode=SELECTION,
        key=f"bars_{kind}_{timetable_id}_{len(bars)}",
    )
    open_clicked(timetable_id, event)


def _busiest(placed: Sequence[SessionView], key: str, name: Callable[[SessionView], str]) -> str:
    totals: dict[str, int] = {}
    for one in placed:
        totals[name(one)] = totals.get(name(one), 0) + one.slots
    if not totals:
        return _("没有可以显示的课。")
    busiest = max(totals, key=totals.__getitem__)
    return _("最忙的是{name}：全年 {n} 个半天", name=busiest, n=totals[busiest])


def _months(placed: Sequence[SessionView], key: str, name: Callable[[SessionView], str], heading: str) -> None:
    counts = slots_by_month(placed, key)
    names = {getattr(one, key): name(one) for one in placed}
    if not names:
        return
    rows = [{heading: names[number], **{month_name(month): counts.get((number, month), 0) for month in MONTHS}} for number in names]
    frame = pd.DataFrame(rows)
    frame[_("全年")] = frame.iloc[:, 1:].sum(axis=1)
    st.dataframe(frame, hide_index=True, height=tall(len(frame)), alt=_("每月半天数"))
    st.caption(_("格子里是当月的半天数；一节课算在它开始的那个月。"))
