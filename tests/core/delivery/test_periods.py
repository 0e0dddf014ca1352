"""When a list says that something is held."""

from __future__ import annotations

from datetime import date

import pytest

from core.delivery.timetable.periods import span
from core.errors import BadInput


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("3月", (3, 1), (3, 31)),
        ("三月份", (3, 1), (3, 31)),
        ("2月", (2, 1), (2, 28)),
        ("3-5月", (3, 1), (5, 31)),
        ("3月—5月", (3, 1), (5, 31)),
        ("十、十一月", (10, 1), (11, 30)),
        ("2027年11月至12月", (11, 1), (12, 31)),
        ("二季度", (4, 1), (6, 30)),
        ("第一、二季度", (1, 1), (6, 30)),
        ("Mar", (3, 1), (3, 31)),
        ("March - May", (3, 1), (5, 31)),
        ("Q3", (7, 1), (9, 30)),
        ("Q1-Q2", (1, 1), (6, 30)),
        ("上半年", (1, 1), (6, 30)),
        ("2027年下半年", (7, 1), (12, 31)),
        ("全年", (1, 1), (12, 31)),
        ("5月上旬", (5, 1), (5, 10)),
        ("2月底", (2, 21), (2, 28)),
        ("６月底前", (1, 1), (6, 30)),
        ("2027-03-05", (3, 5), (3, 5)),
        ("3月5日-3月20日", (3, 5), (3, 20)),
        (date(2027, 4, 6), (4, 6), (4, 6)),
    ],
)
def test_a_period_is_understood(said: str | date, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert span(said, 2027) == (date(2027, *first), date(2027, *last))


def test_the_year_is_the_one_that_is_named() -> None:
    assert span("2026年四季度", 2027) == (date(2026, 10, 1), date(2026, 12, 31))


def test_what_is_open_has_no_time_and_what_is_unclear_is_said() -> None:
    assert span("待定", 2027) is None and span("另行通知", 2027) is None
    for unclear in ("雨季", "13月", "5-3月", "11月至次年1月", "春节后"):
        with pytest.raises(BadInput, match="看不懂"):
            span(unclear, 2027)
