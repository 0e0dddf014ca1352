"""What is proved of schedules: that one is the best, how far it can be from it, and that not everything fits."""

from __future__ import annotations

import pytest

from core.schedule.bounding import warm_up
from core.schedule.cpsat.exact import solve_exactly
from core.schedule.entities import Problem
from core.schedule.objective import objective
from core.schedule.problem import read_problem
from core.schedule.proving import Best, not_all_fit, prove
from core.schedule.schedule import Assignment
from tests.core.schedule.cpsat.test_timetable import crowded
from tests.core.schedule.tiny import tiny


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    warm_up()


def known(problem: Problem, assignments: tuple[Assignment, ...]) -> Best:
    return Best(assignments, objective(problem, assignments).total)


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=[pytest.mark.thorough] if seed >= 15 else []) for seed in range(0, 60, 3)])
def test_whatever_a_search_has_the_optimum_of_a_small_problem_is_proved(seed: int) -> None:
    problem = read_problem({key: value for key, value in tiny(seed).items() if key != "pins"})
    optimum = solve_exactly(problem, seconds=30)
    assert optimum.assignments is not None
    for start in (known(problem, ()), known(problem, optimum.assignments)):
        told: list[float] = []
        proof = prove(problem, seconds=3, best=lambda start=start: start, watch=told.append, stop=lambda: False)
        assert proof.bound == pytest.approx(optimum.bound)
        assert all(one <= optimum.bound + 1e-6 for one in told)
        if proof.best is not None:
            assert objective(problem, proof.best).total == pytest.approx(optimum.bound)


def test_a_proof_ends_when_it_is_told_to() -> None:
    problem = read_problem(tiny(7))
    proof = prove(problem, seconds=60, best=lambda: known(problem, ()), watch=lambda bound: None, stop=lambda: True)
    assert proof.bound <= solve_exactly(problem, seconds=30).bound


def test_a_timetable_with_a_lesson_too_many_is_proved_not_to_fit() -> None:
    data = crowded(venues=[{"id": "room", "capacity": 30, "unavailable": [[0, 0]]}])
    assert not_all_fit(read_problem(data), seconds=3)
    assert not not_all_fit(read_problem(crowded()), seconds=1)


def test_sessions_of_two_days_with_one_trainer_in_three_days_are_proved_not_to_fit() -> None:
    sessions = [{"id": name, "dur": 4, "trainers": ["T"]} for name in "AB"]
    problem = read_problem({"calendar": {"days": 3}, "trainers": [{"id": "T"}], "sessions": sessions})
    assert not_all_fit(problem, seconds=3)
