"""Which quarters and half-years a plan may be looked at in next."""

from __future__ import annotations

from datetime import date

from core.strategy.periods import next_periods, next_quarters

MAY = date(2026, 5, 12)


def test_the_next_check_follows_the_last_and_the_first_is_for_a_quarter_that_is_not_over() -> None:
    assert next_quarters(2026, None, MAY) == ["2026Q2", "2026Q3", "2026Q4"]
    assert next_quarters(2027, "2026Q4", MAY) == ["2027Q1", "2027Q2", "2027Q3", "2027Q4"]
    assert next_quarters(2026, "2025Q4", MAY)[0] == "2026Q1", "one that was left out can still be made up"
    assert next_quarters(2025, "2026Q4", MAY) == []


def test_the_next_round_is_later_than_all_and_not_over_where_there_is_such_a_period() -> None:
    assert next_periods(2026, (), MAY) == ["2026Q2", "2026H1", "2026Q3", "2026Q4", "2026H2"]
    assert next_periods(2026, ["2026Q2", "2026Q1"], MAY)[0] == "2026H1"
    assert next_periods(2026, ["2026H2"], MAY) == []
