"""Phillips ROI and efficiency: the golden values, what moves them, what has no return."""

from __future__ import annotations

import pytest

from core.delivery.budget.figures import Entry
from core.delivery.budget.terms import CostType
from core.review.returns.efficiency import Efficiency, Held, Outcome, counted, spent, time_cost
from core.review.returns.roi import Benefit, break_even, returned, swings
from core.review.returns.terms import Basis, Factor

GOLDEN = Benefit(delta=120, value=10_000, isolation=0.5, confidence=0.8)


def test_the_golden_values_of_a_return() -> None:
    found = returned([GOLDEN], 300_000)
    assert found is not None
    assert (found.naive, found.credited) == (1_200_000, pytest.approx(480_000))
    assert found.naive_roi == pytest.approx(3.0) and found.roi == pytest.approx(0.6) and found.bcr == pytest.approx(1.6)
    assert found.net == pytest.approx(180_000) and found.interval is None and found.open == 1


def test_an_interval_of_the_change_is_carried_through() -> None:
    found = returned([Benefit(120, 10_000, 0.5, 0.8, low=60, high=180)], 300_000)
    assert found is not None and found.interval == (pytest.approx(-0.2), pytest.approx(1.4))


def test_errors_of_changes_that_are_measured_apart_add_up_as_squares() -> None:
    one = Benefit(100, 1000, 1.0, 1.0, low=70, high=130)
    found = returned([one, one, Benefit(10, 1000, 1.0, 1.0)], 100_000)
    assert found is not None and found.open == 1
    assert found.high == pytest.approx(210_000 + 30_000 * 2**0.5) and found.low == pytest.approx(210_000 - 30_000 * 2**0.5)


def test_nothing_spent_or_nothing_named_has_no_return() -> None:
    assert returned([GOLDEN], 0) is None and returned([], 300_000) is None and swings([GOLDEN], 0) == []


def test_a_factor_moved_by_a_fifth_moves_the_return() -> None:
    found = {one.factor: one for one in swings([GOLDEN], 300_000)}
    assert (found[Factor.DELTA].down, found[Factor.DELTA].up) == (pytest.approx(0.28), pytest.approx(0.92))
    assert found[Factor.COST].up == pytest.approx(1.0) and found[Factor.COST].down == pytest.approx(480 / 360 - 1)
    assert found[Factor.CONFIDENCE].up == pytest.approx(0.92) and not found[Factor.CONFIDENCE].capped


def test_a_share_never_becomes_more_than_the_whole() -> None:
    found = {one.factor: one for one in swings([Benefit(120, 10_000, 0.9, 0.8)], 300_000)}
    assert found[Factor.ISOLATION].capped and found[Factor.ISOLATION].up == pytest.approx(1_200_000 * 0.8 / 300_000 - 1)


def test_the_isolation_at_which_it_just_pays() -> None:
    at = break_even([GOLDEN], 300_000)
    assert at == pytest.approx(0.3125)
    even = returned([Benefit(120, 10_000, at or 0, 0.8)], 300_000)
    assert even is not None and even.roi == pytest.approx(0)
    assert break_even([Benefit(-5, 10, 0.5, 0.8)], 100) is None
    assert (break_even([Benefit(1, 10, 0.5, 0.8)], 100) or 0) > 1


def test_people_and_attendances_are_two_measures() -> None:
    held = [Held(1, 2, frozenset({1, 2, 3})), Held(1, 1, frozenset({1, 2}), unnoted=1), Held(2, 2, frozenset({3}))]
    every = counted(held)
    assert (every.people, every.attendances, every.sessions, every.unnoted) == (3, 6, 3, 1)
    assert every.taught_hours == pytest.approx(17.5) and every.learnt_hours == pytest.approx((6 + 2 + 2) * 3.5)
    assert counted(held, {2}).people == 1, "who came to two programmes is one person of the plan, and one of each"


def test_money_per_head_hour_pass_and_result() -> None:
    found = Efficiency(counted([Held(1, 2, frozenset(range(10)))]), 7000.0, 0.0, Outcome(8, {"新增有效客户": (14, "户")}))
    assert found.per_head == 700 and found.per_attendance == 700 and found.per_hour == 100 and found.per_pass == 875
    assert found.per_result == {"新增有效客户": (500, "户")}
    nothing = Efficiency(counted([]), 7000.0, 0.0)
    assert nothing.per_head is None and nothing.per_pass is None and nothing.per_result == {}


def test_what_is_paid_and_what_is_planned_are_kept_apart() -> None:
    entries = [Entry(CostType.TRAINERS, 1, 0, 1, planned=100, actual=80), Entry(CostType.TIME, 1, 0, 1, planned=900)]
    assert spent(entries, Basis.ACTUAL) == 80 and spent(entries, Basis.PLANNED) == 100 and spent(entries, Basis.PLANNED, {2}) == 0
    count = counted([Held(1, 2, frozenset({1, 2}))])
    assert time_cost(count, entries, 50, Basis.ACTUAL) == 200 and time_cost(count, entries, 50, Basis.PLANNED) == 900
    assert time_cost(count, entries, None, Basis.ACTUAL) == 0
