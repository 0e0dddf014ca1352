"""The rule of early warning: when it may speak, which link it names, what it argues from; and how it does on years with a known truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest

from core.review.results.terms import Aggregation, Direction
from core.review.warnings.backtest import back_test, share
from core.review.warnings.forecast import enough_from, outlook
from core.review.warnings.rule import history, warning
from core.review.warnings.signals import Money, ProjectSignals, Track, peers_at
from core.review.warnings.terms import Advice, Link, Standing, Status
from core.review.warnings.thresholds import defaults
from core.review.warnings.tracking import Aim, Reading, of_amounts, of_chances, run_of
from tests.evals.warnings import EARLY, FALSE, replayed, score

START = date(2026, 1, 5)
NUMBERS = defaults()
WEEKS = 30


def counted(link: Link, rate: float, *, people: int = 40, target: float = 0.8, now: int = WEEKS) -> Track:
    due = [float(people)] * WEEKS
    seen = tuple(accumulate(due))
    return Track(link, target, seen, seen[:now], tuple(one * rate for one in seen[:now]), people, counted=True)


def amount(rate: float, *, now: int = WEEKS, people: int = 40) -> Track:
    planned = tuple(accumulate([2.0] * WEEKS))
    done = tuple(accumulate(2.0 * rate * (1.1 if week % 2 else 0.9) for week in range(now)))
    return Track(Link.CONVERSION, 1.0, planned, planned[:now], done, people, counted=False)


def project(*tracks: Track, now: int = 20, number: int = 1, money: Money | None = None) -> ProjectSignals:
    return ProjectSignals(number, f"项目{number}", "g", START, WEEKS, now, tracks, money or Money(900_000, 100_000))


def good(now: int = 20, number: int = 1) -> ProjectSignals:
    return project(
        counted(Link.PARTICIPATION, 0.95, now=now), counted(Link.APPLICATION, 0.8, now=now), amount(1.0, now=now), now=now, number=number
    )


def fruitless(now: int = 20, money: Money | None = None) -> ProjectSignals:
    return project(
        counted(Link.PARTICIPATION, 0.95, now=now), counted(Link.APPLICATION, 0.8, now=now), amount(0.1, now=now), now=now, money=money
    )


def test_a_project_that_keeps_to_its_plan_is_on_track() -> None:
    assert warning(good(), [], NUMBERS).status is Status.ON_TRACK


def test_the_first_weak_link_of_the_chain_is_named() -> None:
    unused = project(counted(Link.PARTICIPATION, 0.95, now=20), counted(Link.APPLICATION, 0.1, now=20), amount(0.1, now=20))
    found = warning(unused, [], NUMBERS)
    assert found.status in (Status.WARN, Status.STOP) and found.weak is Link.APPLICATION
    assert warning(fruitless(), [], NUMBERS).weak is Link.CONVERSION


def test_what_is_weak_early_while_its_end_holds_is_watched_only() -> None:
    one = project(counted(Link.PARTICIPATION, 0.4, now=20), amount(1.0, now=20))
    found = warning(one, [], NUMBERS)
    assert found.status is Status.WATCH and found.weak is Link.PARTICIPATION and found.advice is Advice.KEEP


def test_few_people_or_little_time_allow_no_judgement_and_the_day_is_named_from_which_on_they_do() -> None:
    few = project(counted(Link.PARTICIPATION, 0.1, people=9, now=20))
    assert warning(few, [], NUMBERS).status is Status.NO_JUDGEMENT and warning(few, [], NUMBERS).earliest is None
    soon = warning(fruitless(now=5), [], NUMBERS)
    assert soon.status is Status.NO_JUDGEMENT
    at = enough_from(fruitless().tracks[0], NUMBERS)
    assert at == 12 and soon.earliest == START + timedelta(weeks=12)


def test_an_alarm_has_to_hold_for_weeks_in_a_row() -> None:
    told = history(fruitless(), [], NUMBERS)
    first = next(one for one in told if one.raw in (Status.WARN, Status.STOP))
    assert first.status is Status.WATCH and told[first.week - 1 + NUMBERS.weeks - 1].status in (Status.WARN, Status.STOP)
    assert [one.status for one in told] == [warning(fruitless(), [], NUMBERS, week).status for week in range(1, 21)]


def test_money_that_is_spent_changes_nothing() -> None:
    low, high = (warning(fruitless(money=Money(spent, 100_000, 1_000_000)), [], NUMBERS) for spent in (0.0, 9e9))
    assert (low.status, low.advice, low.prospect.remaining, low.prospect.benefit) == (
        high.status,
        high.advice,
        high.prospect.remaining,
        high.prospect.benefit,
    )


def test_stopping_is_suggested_where_even_the_better_end_is_not_worth_what_is_left_to_spend() -> None:
    dear = warning(fruitless(money=Money(0, 500_000, 1_000_000)), [], NUMBERS)
    assert dear.status is Status.STOP and dear.advice is Advice.STOP
    assert dear.prospect.benefit is not None and dear.prospect.benefit.high < 500_000
    assert warning(fruitless(money=Money(0, 1_000, 1_000_000)), [], NUMBERS).status is Status.WARN, "what is left to spend is worth it"
    assert warning(fruitless(money=Money(500_000, 0, None)), [], NUMBERS).status is Status.WARN, "nothing can be saved any more"
    assert warning(fruitless(money=Money(0, 1_000, None)), [], NUMBERS).status is Status.STOP, "nobody valued it: the line of stopping"


def test_where_comparable_projects_are_as_weak_their_common_cause_is_looked_for() -> None:
    others = [replace(fruitless(), id=number) for number in (2, 3, 4)]
    found = warning(fruitless(), others, NUMBERS)
    last = found.facts(Link.CONVERSION)
    assert last is not None and last.common and last.standing is Standing.DOUBT and found.status is Status.WATCH


def test_a_project_is_never_compared_with_itself_nor_with_what_was_not_known_yet() -> None:
    one, later = good(), replace(good(now=20, number=2), start=START + timedelta(weeks=6))
    assert peers_at(one, 10, Link.CONVERSION, [one]) == []
    assert peers_at(one, 10, Link.CONVERSION, [later]) == []
    assert len(peers_at(one, 10, Link.CONVERSION, [replace(good(), id=2)])) == 1


def test_a_forecast_has_an_interval_that_narrows_as_the_end_comes_near() -> None:
    early, late = (outlook(amount(0.6, now=week), week, NUMBERS) for week in (10, 28))
    assert early is not None and late is not None
    assert early.end.low < 0.6 < early.end.high and early.end.high - early.end.low > late.end.high - late.end.low


def test_days_become_weeks_and_the_running_week_has_not_passed() -> None:
    run = run_of(date(2026, 1, 7), date(2026, 3, 1), date(2026, 2, 4))
    assert (run.start, run.weeks, run.now) == (date(2026, 1, 5), 8, 4)
    track = of_chances(Link.PARTICIPATION, run, 0.85, [(date(2026, 1, 7), 20), (date(2026, 2, 20), 20)], [(date(2026, 1, 7), 18, 9)], 20)
    assert track is not None and track.planned[-1] == 40 and track.seen == (18,) * 4 and track.done == (9,) * 4
    assert of_chances(Link.PARTICIPATION, run, 0.85, [], [], 20) is None


def test_a_measure_is_held_against_the_way_from_its_baseline_to_its_target() -> None:
    run = run_of(START, START + timedelta(days=10 * 7 - 1), START + timedelta(weeks=10))
    due = START + timedelta(weeks=10)

    def track(way: Aggregation, direction: Direction, baseline: float | None, reach: float, *values: float) -> Track:
        readings = tuple(Reading(START + timedelta(days=14 * place + 13), value) for place, value in enumerate(values))
        made = of_amounts(Link.CONVERSION, run, [Aim(way, direction, baseline, reach, due, 1.0, readings)], 30)
        assert made is not None
        return made

    grown = track(Aggregation.SUM, Direction.UP, None, 100, 20, 20, 10)
    assert grown.seen[5] == pytest.approx(0.6) and grown.done[5] == pytest.approx(0.5) and grown.planned[-1] == pytest.approx(1)
    raised = track(Aggregation.MEAN, Direction.UP, 60, 80, 64, 68, 72)
    assert raised.attained(6) == pytest.approx(1.0), "it is where a straight way would have it"
    lowered = track(Aggregation.MEAN, Direction.DOWN, 30, 10, 26, 22, 18)
    assert lowered.attained(6) == pytest.approx(1.0)
    stuck = track(Aggregation.MEAN, Direction.UP, 60, 80, 60, 60, 60)
    assert stuck.attained(6) == pytest.approx(0.0)


def test_a_year_that_is_over_is_played_again_with_what_was_known_then() -> None:
    ended = [replace(fruitless(now=WEEKS), id=number) for number in (1,)] + [good(now=WEEKS, number=number) for number in (2, 3, 4, 5)]
    found = back_test([*ended, good(now=10, number=9)], NUMBERS)
    assert (found.failed, found.early, found.alarms, found.false, found.open) == (1, 1, 1, 0, 1)
    assert found.lead is not None and found.lead >= 8 and not found.enough, "one project proves nothing"
    assert share(0, 0) == (0.0, 1.0) and share(1, 1)[0] < 0.3


@pytest.mark.thorough
def test_on_simulated_years_projects_to_stop_are_found_in_time_with_few_false_alarms() -> None:
    found = score(replayed("test", NUMBERS, years=6))
    assert found.to_stop >= 40 and found.found_share >= 0.85 and found.false_share <= FALSE
    assert sorted(found.lead)[len(found.lead) // 2] >= EARLY
