"""How far a target has come: the straight line, the tolerances, and that the unknown is never on track."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.i18n import Message
from core.strategy.checking.progress import Goal, How, Lack, Status, difference_unit, expected, standing, worst

AUM = Goal(">=", 560.0, "亿元", baseline=460.0, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
MIDYEAR = date(2027, 6, 30)
BAD_LOANS = Goal("<=", 1.32, "%")


def test_the_expected_value_lies_on_the_line_from_baseline_to_deadline() -> None:
    due = expected(AUM, MIDYEAR)
    assert not isinstance(due, Lack)
    assert (due.how, due.elapsed, due.total) == (How.LINEAR, 181, 365) and due.value == pytest.approx(460 + 100 * 181 / 365)
    assert expected(AUM, date(2026, 1, 1)).value == 460.0  # type: ignore[union-attr]
    assert expected(AUM, date(2028, 1, 31)).value == 560.0  # type: ignore[union-attr]


def test_a_milestone_that_a_person_set_counts_instead_of_the_line() -> None:
    due = expected(replace(AUM, milestone=480.0), MIDYEAR)
    assert not isinstance(due, Lack) and (due.value, due.how) == (480.0, How.MILESTONE)


@pytest.mark.parametrize(
    ("goal", "lack"),
    [
        (replace(AUM, baseline=None), Lack.BASELINE),
        (replace(AUM, baseline_on=None), Lack.BASELINE),
        (replace(AUM, deadline=None), Lack.DEADLINE),
        (Goal("=", None), Lack.TARGET),
    ],
)
def test_what_cannot_be_held_against_anything_is_no_data(goal: Goal, lack: Lack) -> None:
    found = standing(goal, 500.0, MIDYEAR)
    assert (found.status, found.lack) == (Status.NO_DATA, lack)


def test_without_an_actual_there_is_no_data_and_never_on_track() -> None:
    found = standing(AUM, None, date(2026, 12, 31))
    assert (found.status, found.lack) == (Status.NO_DATA, Lack.ACTUAL) and found.expected is not None
    assert worst([Status.NO_DATA, Status.NO_DATA]) is Status.NO_DATA and worst([]) is Status.NO_DATA


@pytest.mark.parametrize(
    ("actual", "status"), [(510.0, Status.ON_TRACK), (505.0, Status.ON_TRACK), (500.0, Status.AT_RISK), (494.0, Status.OFF_TRACK)]
)
def test_how_far_one_may_lag_is_a_share_of_the_whole_way(actual: float, status: Status) -> None:
    # Expected 509.6; the whole way is 100, so 5 behind is still fine and 15 still bearable.
    assert standing(AUM, actual, MIDYEAR).status is status


def test_when_the_day_has_come_the_target_itself_counts() -> None:
    assert standing(AUM, 559.9, date(2027, 12, 31)).status is Status.AT_RISK
    assert standing(AUM, 560.0, date(2027, 12, 31)).status is Status.ON_TRACK
    assert standing(AUM, 554.0, date(2027, 12, 31)).status is Status.OFF_TRACK


def test_a_ceiling_holds_at_all_times_and_less_is_better() -> None:
    assert standing(BAD_LOANS, 1.30, MIDYEAR).status is Status.ON_TRACK
    assert standing(BAD_LOANS, 1.35, MIDYEAR).status is Status.AT_RISK
    assert standing(BAD_LOANS, 1.45, MIDYEAR).status is Status.OFF_TRACK
    down = replace(BAD_LOANS, baseline=1.40, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
    assert standing(down, 1.36, MIDYEAR).status is Status.ON_TRACK and standing(down, 1.40, MIDYEAR).status is Status.OFF_TRACK


def test_an_increase_is_counted_from_nothing() -> None:
    more = Goal("+", 40.0, "名", baseline=0.0, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
    assert standing(more, 20.0, MIDYEAR).status is Status.ON_TRACK and standing(more, 5.0, MIDYEAR).status is Status.OFF_TRACK


def test_a_limit_that_the_baseline_keeps_is_to_be_kept_not_approached() -> None:
    worse_and_worse = [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]
    ceiling = Goal("<=", 1.5, "%", baseline=1.2, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
    assert [standing(ceiling, actual, MIDYEAR).status for actual in (1.45, 1.55, 1.7)] == worse_and_worse
    floor = Goal(">=", 12.0, "%", baseline=13.5, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
    assert [standing(floor, actual, MIDYEAR).status for actual in (12.5, 11.8, 11.0)] == worse_and_worse


def test_a_decrease_is_counted_below_nothing() -> None:
    less = Goal("-", -40.0, "户", baseline=0.0, baseline_on=date(2026, 12, 31), deadline=date(2027, 12, 31))
    assert [standing(less, actual, MIDYEAR).status for actual in (-30.0, 0.0, 30.0)] == [
        Status.ON_TRACK,
        Status.OFF_TRACK,
        Status.OFF_TRACK,
    ]


def test_the_difference_is_given_in_units_and_in_percent_of_what_was_expected() -> None:
    found = standing(replace(AUM, milestone=500.0), 490.0, MIDYEAR)
    assert (found.difference, found.percent, found.behind) == (-10.0, -2.0, 0.1)
    assert standing(replace(AUM, milestone=0.0), 1.0, MIDYEAR).percent is None


def test_between_two_shares_lie_percentage_points() -> None:
    assert difference_unit("%") == Message("个百分点") and difference_unit("亿元") == "亿元"


def test_a_theme_stands_where_its_worst_known_target_does() -> None:
    assert worst([Status.ON_TRACK, Status.NO_DATA]) is Status.ON_TRACK
    assert worst([Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]) is Status.OFF_TRACK
