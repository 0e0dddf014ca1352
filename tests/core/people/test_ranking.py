"""The rules of the menu, each told without a database."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from core.people.courses.course import Course, CourseFacts, Serving
from core.people.gaps.gap import GapKey, GroupGap
from core.people.gaps.measure import Cells
from core.people.remedies.effect import Done, Effect, effects
from core.people.remedies.ranking import Urgent, for_course, for_person, for_unit
from core.people.remedies.reminders import due_on
from core.people.remedies.sums import for_sums

TEAM, SALES, RISK = 1, 2, 3


def cells(*rows: tuple[int, int, int, float | None, float], post: int = 1) -> Cells:
    """Requirements: person, competency, required level, level now, weight."""
    people, abilities, required, level, weight = zip(*rows, strict=True)
    count = len(rows)
    return Cells(
        employee=np.array(people, np.int32),
        unit=np.ones(count, np.int32),
        post=np.full(count, post, np.int32),
        competency=np.array(abilities, np.int32),
        required=np.array(required, np.int32),
        weight=np.array(weight, np.float64),
        pair=np.zeros(count, np.int32),
        level=np.array([np.nan if one is None else one for one in level], np.float64),
        disagree=np.zeros(count, np.bool_),
    )


def entry(row_id: int, *servings: Serving, needs: tuple[int, ...] = ()) -> Course:
    return Course(row_id, 1, CourseFacts(f"课{row_id}", servings=servings, needs=needs))


def order(*args: object, **named: object) -> list[int]:
    remedies, _ = for_person(*args, **named)  # type: ignore[arg-type]
    return [one.course_id for one in remedies]


def test_seventy_under_a_required_eighty_in_team_work_leads_to_the_course_on_communicating_in_a_team() -> None:
    remedies, unmet = for_person(cells((1, TEAM, 4, 3.5, 0.4)), [entry(1, Serving(TEAM, 3, 4)), entry(2, Serving(SALES, 1, 5))])
    assert [one.course_id for one in remedies] == [1] and not unmet
    [part] = remedies[0].parts
    assert (part.gap, part.closes, remedies[0].score) == (0.5, 0.5, pytest.approx(100 * 0.5 * 0.4))


def test_the_larger_gap_and_the_weightier_competency_come_first() -> None:
    both = [entry(1, Serving(TEAM, 1, 5)), entry(2, Serving(SALES, 1, 5))]
    assert order(cells((1, TEAM, 4, 3.5, 0.5), (1, SALES, 4, 2.0, 0.5)), both) == [2, 1]
    assert order(cells((1, TEAM, 4, 3.0, 0.8), (1, SALES, 4, 2.5, 0.2)), both) == [1, 2]


def test_a_project_makes_a_gap_urgent_for_the_post_that_it_is_for() -> None:
    both = [entry(1, Serving(TEAM, 1, 5)), entry(2, Serving(SALES, 1, 5))]
    rows = cells((1, TEAM, 4, 3.0, 0.5), (1, SALES, 4, 2.8, 0.5))
    assert order(rows, both) == [2, 1]
    assert order(rows, both, [Urgent(TEAM, 1, 1.5, "协作项目")]) == [1, 2]
    assert order(rows, both, [Urgent(TEAM, 9, 1.5, "别的岗位")]) == [2, 1]
    remedies, _ = for_person(rows, both, [Urgent(TEAM, None, 1.2, "乙"), Urgent(TEAM, 1, 1.5, "甲")])
    assert (remedies[0].parts[0].urgency, remedies[0].parts[0].because) == (1.5, "甲")


def test_an_entry_counts_only_what_it_closes_up_to_where_it_ends() -> None:
    remedies, _ = for_person(cells((1, TEAM, 5, 2.0, 1.0)), [entry(1, Serving(TEAM, 2, 3)), entry(2, Serving(TEAM, 2, 4))])
    assert [(one.course_id, one.parts[0].closes) for one in remedies] == [(2, 2.0), (1, 1.0)]
    assert order(cells((1, TEAM, 5, 4.0, 1.0)), [entry(1, Serving(TEAM, 2, 4))]) == []


def test_an_entry_that_begins_above_somebody_is_not_for_them_yet() -> None:
    rows, late = cells((1, TEAM, 5, 2.0, 1.0)), [entry(1, Serving(TEAM, 3, 5))]
    remedies, unmet = for_person(rows, late)
    assert not remedies and [(one.competency_id, one.people, one.mean_gap) for one in unmet] == [(TEAM, 1, 3.0)]
    assert order(cells((1, TEAM, 5, 2.5, 1.0)), late) == [1]


def test_an_entry_without_levels_counts_for_half_a_level() -> None:
    remedies, _ = for_person(cells((1, TEAM, 5, 2.0, 1.0)), [entry(1, Serving(TEAM))])
    assert remedies[0].parts[0].closes == 0.5


def test_a_prerequisite_that_is_not_done_comes_first_and_is_said() -> None:
    courses = [entry(1, Serving(TEAM, 1, 5), needs=(2,)), entry(2, needs=(3,)), entry(3), entry(4, Serving(SALES, 1, 5))]
    rows = cells((1, TEAM, 4, 1.0, 0.7), (1, SALES, 4, 3.0, 0.3))
    remedies, _ = for_person(rows, courses)
    assert [(one.course_id, one.first, one.leads_to) for one in remedies] == [(3, (), 2), (2, (3,), 1), (1, (2,), None), (4, (), None)]
    assert order(rows, courses, done={2}) == [1, 4]
    unit, _ = for_unit(rows, courses)
    assert [(one.course_id, one.first, one.people) for one in unit[:3]] == [(3, (), (1,)), (2, ((3, 1),), (1,)), (1, ((2, 1),), (1,))]


def test_nobody_is_proposed_anything_for_what_is_not_known() -> None:
    remedies, unmet = for_person(cells((1, TEAM, 4, None, 1.0)), [entry(1, Serving(TEAM, 1, 5))])
    assert not remedies and not unmet


def test_the_same_points_keep_the_order_of_the_catalogue() -> None:
    courses = [entry(2, Serving(TEAM, 1, 5)), entry(1, Serving(TEAM, 1, 5))]
    assert order(cells((1, TEAM, 4, 3.0, 1.0)), courses) == [1, 2]


def test_a_unit_adds_up_its_people_and_says_what_nothing_works_on() -> None:
    rows = cells((1, TEAM, 4, 3.0, 0.5), (2, TEAM, 4, 2.0, 0.5), (3, TEAM, 4, 4.0, 0.5), (1, RISK, 3, 1.0, 0.5), (2, RISK, 3, None, 0.5))
    [one], unmet = for_unit(rows, [entry(1, Serving(TEAM, 1, 4))])
    assert (one.people, one.mean_gap, one.mean_closes, one.score) == ((1, 2), 1.5, 1.5, pytest.approx(150.0))
    assert [(it.competency_id, it.people, it.mean_gap) for it in unmet] == [(RISK, 1, 2.0)]
    alone, _ = for_person(rows.where(rows.employee == 1), [entry(1, Serving(TEAM, 1, 4))])
    assert alone[0].score + 100.0 == pytest.approx(one.score)
    assert {who: parts[0].gap for who, parts in for_course(rows, entry(1, Serving(TEAM, 1, 4))).items()} == {1: 1.0, 2: 2.0}


def did(employee: int, before: float, after: float | None, course: int = 1) -> Done:
    on = date(2026, 3, 1)
    readings = [(on - timedelta(days=30), before), (on - timedelta(days=400), 5.0)]
    readings += [] if after is None else [(on + timedelta(days=60), after), (on + timedelta(days=200), 1.0)]
    return Done(employee, course, on, tuple(readings))


def test_what_worked_is_the_next_reading_less_the_last_one_before() -> None:
    found = effects(did(number, 2.0, 2.5 + 0.1 * (number % 2)) for number in range(6))
    assert found[1].people == 6 and found[1].mean == pytest.approx(0.55)
    # Student's t for five degrees of freedom is 2.571.
    assert found[1].high - found[1].mean == pytest.approx(2.571 * 0.05477 / 6**0.5, rel=0.01)


def test_of_fewer_than_five_people_nothing_is_said() -> None:
    assert effects(did(number, 2.0, 3.0) for number in range(4)) == {}
    few = effects(did(number, 2.0, 2.5 + 0.1 * number) for number in range(5))[1]
    # Student's t of four degrees of freedom is 2.776: 0.7 ± 2.776 × 0.1581 / √5.
    assert (few.low, few.high) == (pytest.approx(0.50368, abs=1e-4), pytest.approx(0.89632, abs=1e-4))
    assert effects([did(1, 2.0, 3.0)] * 9) == {} and effects(did(number, 2.0, None) for number in range(9)) == {}


def test_only_the_rise_that_is_sure_counts_and_at_most_by_half() -> None:
    assert Effect(20, 0.4, 0.3, 0.5).factor == 1.3 and Effect(5, 0.4, -0.1, 0.9).factor == 1.0
    assert Effect(20, -0.4, -0.6, -0.2).factor == 0.8 and Effect(20, 2.0, 1.5, 2.5).factor == 1.5
    both = [entry(1, Serving(TEAM, 1, 5)), entry(2, Serving(TEAM, 1, 5))]
    remedies, _ = for_person(cells((1, TEAM, 4, 3.0, 1.0)), both, effects={2: Effect(12, 0.4, 0.2, 0.6)})
    assert [(one.course_id, one.score) for one in remedies] == [(2, pytest.approx(120)), (1, pytest.approx(100))]


def test_sums_alone_give_a_menu_without_anybody_in_it() -> None:
    day = date(2026, 10, 1)
    groups = [
        GroupGap(GapKey(TEAM, 7), 20, 18, 2, 12, 0.8, 0.4, day),
        GroupGap(GapKey(SALES, 7), 20, 6, 14, None, 1.5, 0.3, day),
        GroupGap(GapKey(RISK, 7), 20, 0, 20, 0, None, 0.3, day),
    ]
    remedies, unmet = for_sums(groups, [entry(1, Serving(TEAM, 3, 4)), entry(2, Serving(RISK, 1, 5))], [Urgent(TEAM, None, 1.5, "甲")])
    assert [one.course_id for one in remedies] == [1] and remedies[0].score == pytest.approx(100 * 18 * 0.8 * 0.4 * 1.5)
    assert remedies[0].because == ("甲",) and [one.key.competency_id for one in unmet] == [SALES]


def test_a_reminder_falls_due_a_month_later_or_on_that_months_last_day() -> None:
    assert due_on(date(2026, 3, 12)) == date(2026, 4, 12)
    assert due_on(date(2026, 1, 31)) == date(2026, 2, 28) and due_on(date(2026, 12, 5)) == date(2027, 1, 5)
