"""The picture of a year: every day once and in its place, every kind with its own colour, ink in both looks and on a phone."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from core.charts.look import DARK, LIGHT, Look
from core.charts.pictures import png
from core.charts.year_calendar import CalendarWords, DayCell, year_calendar
from core.delivery.calendar import official
from core.delivery.calendar.terms import KIND_NAMES, DayKind

WORDS = CalendarWords(
    [f"{month}月" for month in range(1, 13)], list("一二三四五六日"), [str(KIND_NAMES[kind]) for kind in DayKind], "禁排期", "日期"
)


def cells() -> list[DayCell]:
    kinds = official.provisional(2027).kinds
    return [DayCell(day, str(KIND_NAMES[kind]), "休" * (kind is DayKind.HOLIDAY), str(day), day.month == 3) for day, kind in kinds.items()]


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
@pytest.mark.parametrize(("columns", "width"), [(4, 1000), (2, 340)], ids=["desk", "phone"])
def test_a_year_is_drawn(look: Look, columns: int, width: int) -> None:
    chart = year_calendar(cells(), WORDS, "2027 年", look, columns=columns)
    drawn = chart.properties(width=width, background=look.paper)
    assert drawn.to_dict()["title"]["text"] == "2027 年"
    colours = Image.open(io.BytesIO(png(drawn, 1))).convert("RGB").getcolors(1_000_000)
    assert colours is not None and len(colours) > 20


def test_each_day_has_one_place_and_a_week_is_a_row() -> None:
    boxes = year_calendar(cells(), WORDS, "", LIGHT).layer[0].data
    assert len(boxes) == 365 and not boxes.duplicated(["x", "y"]).any()
    march = {int(row.text): (row.x, row.y) for row in boxes.itertuples() if row.said.startswith("2027-03")}
    assert march[1][1] == march[7][1] and march[8][1] > march[7][1]
    assert date(2027, 3, 1).weekday() == 0 and march[1][0] == march[8][0]
