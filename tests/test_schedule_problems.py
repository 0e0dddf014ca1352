"""The problems that the scheduler is measured on can be read and can be done, and what it is compared with keeps every rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import schedule_perfect, schedule_problems, schedule_timetables
from tests.bench.schedule import must_change, scenarios
from tests.bench.schedule_greedy import by_due_date, by_priority
from tests.schedule_checker import broken, refusals
from tests.schedule_facts import Facts, Json, terms

TINY = """Name: Tiny
Courses: 2
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 1
Constraints: 2

COURSES:
SceCosC Ocra 3 2 30
ArcTec Indaco 2 1 42

ROOMS:
A 32
B 50

CURRICULA:
Cur1 2 SceCosC ArcTec

UNAVAILABILITY_CONSTRAINTS:
ArcTec 0 1
ArcTec 1 2

END.
"""


def keeps_every_rule(problem: Json, plan: list[Json]) -> bool:
    return not list(broken(Facts(problem, plan)))


@pytest.mark.parametrize("size", ["S", "M"])
def test_a_generated_year_can_be_read_and_done(size: str) -> None:
    year, wanted = schedule_problems.year(size), schedule_problems.SIZES[size]
    assert (len(year.problem["groups"]), len(year.problem["sessions"])) == (wanted.projects, wanted.sessions)
    assert (len(year.problem["people"]), len(year.problem["calendar"]["days"])) == (wanted.people, 248)
    assert refusals(year.problem) == []
    assert keeps_every_rule(year.problem, year.plan)
    assert terms(year.problem, year.plan)["unplaced"] == 0
    assert year == schedule_problems.year(size)


def test_what_the_scheduler_is_compared_with_keeps_every_rule() -> None:
    problem = schedule_problems.year("S").problem
    for plan in (by_due_date(problem), by_priority(problem)):
        assert len(plan) > 70
        assert keeps_every_rule(problem, plan)


@pytest.mark.parametrize("name", ["T01", "T05", "T11"])
def test_a_generated_timetable_can_be_read_and_is_full(name: str) -> None:
    problem, shape = schedule_timetables.timetable(name).problem(), schedule_timetables.SHAPES[name]
    assert refusals(problem) == []
    assert (len(problem["sessions"]), len(problem["venues"])) == (shape.lectures, shape.rooms)
    plan = by_due_date(problem)
    assert keeps_every_rule(problem, plan)
    assert terms(problem, plan)["start"] == 0


def test_a_timetable_is_read_from_the_public_format(tmp_path: Path) -> None:
    path = tmp_path / "tiny.ctt"
    path.write_text(TINY, encoding="utf-8")
    problem = schedule_timetables.read(path).problem()
    assert problem["calendar"] == {"days": 2, "slots_per_day": 3}
    assert [session["id"] for session in problem["sessions"]] == ["SceCosC-1", "SceCosC-2", "SceCosC-3", "ArcTec-1", "ArcTec-2"]
    assert problem["sessions"][3]["starts"] == [[0, 0], [0, 2], [1, 0], [1, 1]]
    assert problem["cohorts"] == [{"id": "Cur1", "compact": {"weight": 2}}]
    assert refusals(problem) == []


def test_what_goes_wrong_in_a_year_is_a_problem_that_can_be_read() -> None:
    year = schedule_problems.year("S")
    wrong = scenarios(year.problem, year.plan)
    assert len(wrong) == 4
    assert not any(refusals(problem) for problem in wrong.values())
    assert must_change(wrong["a trainer is ill"], year.plan) > 0
    assert must_change(wrong["a venue is closed"], year.plan) > 0


@pytest.mark.parametrize("name", ["T01", "T02", "T05"])
def test_a_perfect_timetable_costs_nothing(name: str) -> None:
    hidden = schedule_perfect.perfect(name)
    problem = hidden.timetable.problem()
    assert refusals(problem) == []
    assert keeps_every_rule(problem, hidden.plan)
    assert len(hidden.plan) == len(problem["sessions"]) >= 0.9 * schedule_timetables.SHAPES[name].lectures
    assert terms(problem, hidden.plan)["total"] == 0
