"""What a set of assignments takes: who is busy when, and how much of each month, year and budget is used. Knows no limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.schedule.entities import Id, Lag, Problem, Session
from core.schedule.objective import slots_of
from core.schedule.schedule import Assignment

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]


class Occupancy:
    """The use of everything that is scarce, by slot, month and quarter, of the given assignments but for those of `leave_out`."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment], leave_out: Iterable[Id] = ()) -> None:
        without = set(leave_out)
        self.problem = problem
        self.placed: dict[Id, Assignment] = {one.session: one for one in assignments if one.session not in without}
        self._busy: dict[tuple[str, Id], Flags] = {}
        self._away: dict[Id, Numbers] = {}
        self._months: dict[tuple[str, Id], Numbers] = {}
        self._years: dict[Id, int] = {}
        self._homes: dict[Id, Id | None] = {one.id: one.department for one in problem.people}
        # What `chains` worked out about a session: reasons and relaxations, of it and of what follows it, ask for the same.
        self.memo: dict[Id, Any] = {}
        self.spent_year = 0.0
        self.spent_quarters = [0.0] * 4
        dates = problem.calendar.dates
        months = None if dates is None else np.array([day.month - 1 for day in dates], dtype=np.int64)
        self.month_of = None if months is None else np.repeat(months, problem.calendar.slots_per_day)
        self.followers: dict[Id, list[tuple[Session, Lag]]] = {}
        for later in problem.sessions:
            for lag in later.after:
                self.followers.setdefault(lag.session, []).append((later, lag))
        for one in self.placed.values():
            self._add(one)

    def _add(self, one: Assignment) -> None:
        session, slots = self.problem.session[one.session], slots_of(self.problem, one)
        month = self.problem.calendar.month(one.day)
        for person in session.people:
            self._add_absence(person, slots)
            self._add_month("person", person, month, session.dur)
        held = [("trainer", one.trainer), ("venue", one.venue), ("group", session.group)]
        held += [("cohort", name) for name in session.cohorts] + [("person", name) for name in session.people]
        for kind, name in held:
            if name is not None:
                self._flags(kind, name)[slots.start : slots.stop] = True
        if one.trainer is not None:
            self._years[one.trainer] = self._years.get(one.trainer, 0) + session.dur
            self._add_month("trainer", one.trainer, month, session.dur)
        self._add_cost(one, session.dur, month)

    def _add_absence(self, person: Id, slots: range) -> None:
        """Count the person away where they are not yet: before their own slots are marked."""
        if (home := self._homes[person]) is not None:
            away = self._away.setdefault(home, np.zeros(self.problem.calendar.slots, dtype=np.int64))
            away[slots.start : slots.stop] += ~self._flags("person", person)[slots.start : slots.stop]

    def _add_month(self, kind: str, name: Id, month: int | None, slots: int) -> None:
        if month is not None:
            self._months.setdefault((kind, name), np.zeros(12, dtype=np.int64))[month] += slots

    def _add_cost(self, one: Assignment, dur: int, month: int | None) -> None:
        rate = 0.0 if one.trainer is None else self.problem.trainer[one.trainer].cost_per_slot
        rate += 0.0 if one.venue is None else self.problem.venue[one.venue].cost_per_slot
        self.spent_year += dur * rate
        if month is not None:
            self.spent_quarters[month // 3] += dur * rate

    def _flags(self, kind: str, name: Id) -> Flags:
        found = self._busy.get((kind, name))
        if found is None:
            found = self._busy[kind, name] = np.zeros(self.problem.calendar.slots, dtype=np.bool_)
        return found

    def busy(self, kind: str, name: Id) -> Flags | None:
        """The slots in which a trainer, venue, group, cohort or person is busy; None when never."""
        return self._busy.get((kind, name))

    def months(self, kind: str, name: Id) -> Numbers:
        """The slots of each month that a person or trainer is in sessions."""
        found = self._months.get((kind, name))
        return np.zeros(12, dtype=np.int64) if found is None else found

    def by_month(self, values: Numbers) -> Numbers:
        """For every slot the value of its month; 0 everywhere when days are only counted, for then there are no months."""
        if self.month_of is None:
            return np.zeros(self.problem.calendar.slots, dtype=np.int64)
        found: Numbers = values[self.month_of]
        return found

    def year(self, trainer: Id) -> int:
        """The slots that a trainer gives altogether."""
        return self._years.get(trainer, 0)

    def home(self, person: Id) -> Id | None:
        """The department of a person."""
        return self._homes[person]

    def away_with(self, department: Id, people: Iterable[Id]) -> Numbers:
        """For every slot, how many of a department would be away if these people were too; each person counts once."""
        away = self._away.get(department)
        counts = np.zeros(self.problem.calendar.slots, dtype=np.int64) if away is None else away.copy()
        for person in set(people):
            busy = self.busy("person", person)
            counts += 1 if busy is None else ~busy
        return counts
