"""What answers come to: the unanswered counts nowhere, and rounds are compared by the same statements."""

from __future__ import annotations

import pytest

from core.strategy import periods
from core.strategy.readiness.checklist import checklist
from core.strategy.readiness.scoring import overall, scores, shift, weakest

LIST = checklist("zh")
DATA = next(one for one in LIST.dimensions if one.code == "data")


def all_at(step: int) -> dict[str, int]:
    return dict.fromkeys(LIST.codes, step)


def test_the_checklist_says_the_same_in_both_languages() -> None:
    english = checklist("en")
    assert LIST.codes == english.codes and len(set(LIST.codes)) == len(LIST.codes) >= 16
    assert [step.value for step in LIST.steps] == [0, 1, 2, 3, 4] and all(step.anchor for step in english.steps)
    assert all(len(one.theme) <= 60 for listed in (LIST, english) for one in listed.dimensions)


def test_what_nobody_answered_is_unknown_and_not_zero() -> None:
    (score,) = scores([DATA], {"data_known": 3})
    assert (score.mean, score.answered, score.asked) == (3.0, 1, 3)
    (nothing,) = scores([DATA], {})
    assert (nothing.mean, nothing.answered) == (None, 0)
    assert overall(LIST.dimensions, {"data_known": 0, "people_basics": 4}).mean == 2.0


def test_a_dimension_is_weak_below_two_when_half_of_it_is_answered() -> None:
    answers = all_at(3) | {"data_known": 1, "data_quality": 1, "data_access": 2}
    assert [one.dimension.code for one in weakest(scores(LIST.dimensions, answers))] == ["data"]
    little = {"data_known": 0}
    assert weakest(scores(LIST.dimensions, little)) == []
    assert weakest(scores(LIST.dimensions, all_at(2))) == []


def test_the_two_weakest_are_named_and_more_where_they_tie() -> None:
    answers = all_at(1) | {"data_known": 0, "people_basics": 0, "risk_rules": 0, "risk_review": 0}
    assert [one.dimension.code for one in weakest(scores(LIST.dimensions, answers))] == ["risk", "data", "people"]


def test_rounds_are_compared_by_the_statements_answered_in_both() -> None:
    now, before = {"data_known": 3, "data_quality": 4}, {"data_known": 1, "data_access": 0}
    assert shift(DATA, now, before).change == 2.0 and shift(DATA, now, before).compared == 1
    assert shift(DATA, now, {}).change is None


@pytest.mark.parametrize(
    ("code", "said", "ends"),
    [("2027Q1", "2027年第一季度", "2027-03-31"), ("2027Q4", "2027年第四季度", "2027-12-31"), ("2028H1", "2028年上半年", "2028-06-30")],
)
def test_a_period_has_a_name_and_an_end(code: str, said: str, ends: str) -> None:
    assert str(periods.name(code)) == said and periods.last_day(code).isoformat() == ends and periods.is_period(code)


def test_periods_sort_by_time() -> None:
    mixed = ["2027H1", "2026Q4", "2027Q3", "2027Q2", "2026H2"]
    assert sorted(mixed, key=periods.order) == ["2026Q4", "2026H2", "2027Q2", "2027H1", "2027Q3"]
    assert not periods.is_period("2027H3") and not periods.is_period("2027")
