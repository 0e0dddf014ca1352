"""Releasing gaps to those who read sums: after every change, of each competency as much as may be told (docs/decisions/0014-gaps.md)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from core import clock
from core.access.actor import Role
from core.people import repository as people
from core.people.gaps import repository
from core.people.gaps.memory import facts
from core.people.gaps.state import State, nothing, packed, states_of, unpacked
from core.people.gaps.steps import Units, follows, step, without_returns
from core.people.scope import below
from core.people.tables import ReleasedGaps
from core.storage import Database, Session

# How many states of a competency a new one is compared with.
_KEPT = 24


class Releasing:
    """Keeps what is released in step with the facts. Nobody waits for it: it is done in the background."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: tuple[object, date] | None = None

    def keep_up(self, day: date | None = None) -> int:
        """Release what may be released, unless nothing has changed since the last time. Returns of how many competencies."""
        today = day or clock.today()
        with self._database.reading() as db:
            revision = repository.revision(db)
            if (revision, today) == self._seen:
                return 0
            plan = _plan(db, today)
        with self._database.writing() as db:
            if repository.revision(db) != revision:
                return 0  # somebody has written meanwhile: the next time
            if plan.anything:
                repository.put_released(db, plan.added, plan.rewritten, plan.dropped)
        if not plan.anything:
            self._seen = (revision, today)
        return len(plan.added)


@dataclass
class _Plan:
    """What is to be written."""

    added: list[ReleasedGaps]
    rewritten: dict[int, bytes]
    dropped: set[int]

    @property
    def anything(self) -> bool:
        """Whether there is something to write."""
        return bool(self.added or self.rewritten or self.dropped)


def _plan(db: Session, day: date) -> _Plan:
    plan = _Plan([], {}, set())
    known, standing, readers = states_of(facts(db), day), repository.released(db), _readers(db)
    there = repository.employee_ids(db)
    for competency_id in sorted(known.keys() | standing.keys()):
        new = known.get(competency_id) or nothing(day)
        row = standing.get(competency_id)
        if row is None:
            plan.added.append(_row(competency_id, new))
            continue
        last = unpacked(row.state, row.released_on)
        if not new.same(last) or _gone(last, there):
            _go_on(db, plan, competency_id, new, there, readers)
    return plan


def _go_on(db: Session, plan: _Plan, competency_id: int, new: State, there: set[int], readers: Sequence[Units]) -> None:
    """The next state of a competency of which something was released before, and forgetting whose rows are deleted."""
    rows = repository.released_before(db, competency_id)
    stored = [unpacked(row.state, row.released_on) for row in rows]
    states = _forget(stored, there)
    *earlier, last = states
    found = _next(last, new, earlier, readers)
    if not found.same(last):
        plan.added.append(_row(competency_id, found))
    kept = states if found.same(last) else [*states, found]
    # Somebody whose row is deleted and who is no longer in the state in force is in none.
    gone = set(kept[-1].employee[kept[-1].employee < 0].tolist())
    for row, before, state in zip(rows, stored, states, strict=True):
        cleared = state.where((state.employee > 0) | np.isin(state.employee, list(gone)))
        if not cleared.same(before):
            plan.rewritten[row.id or 0] = packed(cleared)
    plan.dropped |= {row.id or 0 for row in rows[: max(0, len(kept) - _KEPT)]}


def _next(last: State, new: State, earlier: Sequence[State], readers: Sequence[Units]) -> State:
    """As much of the new state as may be told beside the last one and beside each of the earlier ones; else the last one again."""
    found = step(last, new, readers)
    if all(follows(one, found, readers) for one in earlier):
        return found
    # Somebody of whom an earlier state is said again is not counted among those who changed since.
    found = step(last, without_returns(last, new, earlier), readers)
    return found if all(follows(one, found, readers) for one in earlier) else last


def _forget(states: Sequence[State], there: set[int]) -> list[State]:
    """The states with a number that leads to nobody, the same in all of them, for each of those whose rows are deleted."""
    gone = sorted({number for one in states for number in _gone(one, there)})
    taken = min((int(one.employee.min()) for one in states if len(one.employee)), default=0)
    numbers = [min(taken, 0) - 1 - at for at in range(len(gone))]
    secrets.SystemRandom().shuffle(numbers)
    return [_renamed(one, dict(zip(gone, numbers, strict=True))) for one in states] if gone else list(states)


def _gone(state: State, there: set[int]) -> list[int]:
    return [number for number in state.employee.tolist() if number > 0 and number not in there]


def _renamed(state: State, names: dict[int, int]) -> State:
    employee = np.array([names.get(number, number) for number in state.employee.tolist()], dtype=np.int32)
    return replace(state, employee=employee).where(np.argsort(employee))  # type: ignore[arg-type]


def _readers(db: Session) -> list[Units]:
    """Nobody's people by name; and the units of each who reads sums of all beside the own people by name."""
    found = [frozenset[int]()]
    for one in people.accounts(db):
        if {Role.EXECUTIVE, Role.UNIT_MANAGER} <= set(one.roles) and Role.HR_LEADER not in one.roles:
            found.append(below(db, people.charges_of(db, one.id)))
    return list(dict.fromkeys(found))


def _row(competency_id: int, state: State) -> ReleasedGaps:
    return ReleasedGaps(competency_id=competency_id, released_on=state.day, state=packed(state))
