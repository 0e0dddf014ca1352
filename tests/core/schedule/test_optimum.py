"""On random tiny problems with all rules the optimum is known, and everything has to agree with it."""

from __future__ import annotations

import pytest

from core.i18n import Message
from core.schedule.bounding import proved_shortfall, raise_bound, warm_up
from core.schedule.cpsat.exact import solve_exactly
from core.schedule.objective import objective
from core.schedule.problem import read_problem
from core.schedule.schedule import Reason, Rule, Schedule, Status, Unplaced, to_json
from tests.core.schedule.tiny import tiny
from tests.schedule_checker import faults

SEEDS = 300
_A_BATCH = 25
_AT_ONCE = 50


@pytest.mark.parametrize(
    "first", [pytest.param(first, marks=[pytest.mark.thorough] if first >= _AT_ONCE else []) for first in range(0, SEEDS, _A_BATCH)]
)
def test_no_bound_is_above_the_optimum_and_the_optimum_keeps_every_rule(first: int) -> None:
    warm_up()
    for seed in range(first, first + _A_BATCH):
        data = tiny(seed)
        problem = read_problem(data)
        best = solve_exactly(problem, seconds=30)
        assert best.optimal, seed
        assert best.assignments is not None, seed
        terms = objective(problem, best.assignments)
        assert terms.total == pytest.approx(best.bound), (seed, terms)
        placed = {one.session for one in best.assignments}
        left = [one for one in problem.sessions if one.id not in placed]
        reason = Reason(Rule.CALENDAR, "", Message("放不下"))
        status = Status.PARTIAL if left else Status.OPTIMAL
        schedule = Schedule(status, terms, best.assignments, tuple(Unplaced(one.id, (reason,)) for one in left), best.bound)
        assert not faults(data, to_json(schedule)), seed
        raised = raise_bound(problem, seconds=0.04)
        assert raised.bound.value <= terms.total + 1e-6, seed
        possible = raised.possible(terms.total)
        assert possible is not None
        slots = {one.session: one.day * problem.calendar.slots_per_day + one.slot for one in best.assignments}
        assert all(possible[at, slots[one.id]] for at, one in enumerate(problem.sessions) if one.id in slots), seed
        shortfall = proved_shortfall(problem, seconds=0.01)
        assert shortfall is None or len(left) >= 1, seed
