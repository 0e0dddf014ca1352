"""The charts of the timetable: they say what is held when, in both languages, and mark what somebody should look at."""

from __future__ import annotations

from datetime import date

import pytest

from core.charts.look import DARK, LIGHT, Look, mixed
from core.charts.pictures import svg
from core.charts.timetable import Bar, DayMark, Entry, Load, load_map, month_calendar, week_calendar, year_bars

ENTRIES = [
    Entry(1, date(2027, 3, 2), (0, 1), "理财进阶·工作坊", "x", attention=True),
    Entry(2, date(2027, 3, 2), (1,), "合规轮训", "x", online=True, pinned=True),
    *(Entry(10 + n, date(2027, 3, 4), (0,), f"第{n}场", "x") for n in range(8)),
]
MARKS = {date(2027, 3, 6): DayMark("调休上班", closed=False), date(2027, 3, 30): DayMark("季末")}


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_a_month_has_its_days_its_sessions_and_what_does_not_fit(look: Look) -> None:
    drawn = svg(month_calendar(date(2027, 3, 15), ENTRIES, MARKS, look, "zh").properties(width=1000)).decode()
    assert all(text in drawn for text in ("周一", "周六", "理财进阶·工作坊", "下 合规轮训", "季末", "调休上班", "还有 2 节", ">31<"))
    assert look.attention.lower() in drawn.lower()
    assert "Mon" in svg(month_calendar(date(2027, 3, 15), [], {}, look, "en").properties(width=1000)).decode()


def test_a_week_has_both_halves_of_each_day() -> None:
    drawn = svg(week_calendar(date(2027, 3, 1), ENTRIES, MARKS, LIGHT, "zh").properties(width=1000)).decode()
    assert drawn.count(">理财进阶·工作坊<") == 2 and drawn.count(">合规轮训<") == 1 and ">上午<" in drawn and ">下午<" in drawn


def test_the_year_has_a_row_for_each_and_the_loads_their_numbers() -> None:
    bars = [Bar(1, "理财进阶", date(2027, 3, 2), date(2027, 3, 3), "x"), Bar(2, "合规轮训", date(2027, 12, 31), date(2027, 12, 31), "x")]
    drawn = svg(year_bars(bars, 2027, LIGHT, "zh", today=date(2027, 6, 1)).properties(width=900)).decode()
    assert all(text in drawn for text in ("理财进阶", "合规轮训", "12月"))
    for look in (LIGHT, DARK):
        online = svg(
            year_bars([Bar(1, "直播", date(2027, 3, 2), date(2027, 3, 2), "x", online=True)], 2027, look, "zh").properties(width=900)
        )
        assert mixed(look.paper, look.brand).lower() in online.decode().lower()
    loads = [Load("望海支行", "1月", 1.25, "10", "x", attention=True), Load("望海支行", "2月", 0.0, "", "x")]
    drawn = svg(load_map(loads, LIGHT).properties(width=600)).decode()
    assert ">10<" in drawn and "望海支行" in drawn and LIGHT.attention.lower() in drawn.lower()
