"""A problem as a constraint model: one yes-or-no for every allowed start, trainer and venue of a session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from core.schedule.bounding.relaxation import absent
from core.schedule.entities import Id, Problem, Session
from core.schedule.windows import allowed_starts, hit, mask_of


@dataclass
class Variables:
    """The choices of a problem. Sessions, trainers, venues by number or id; `starts[i][t]`: session i begins in slot t.
    `possible`, where given, says in which slots each session may start at all."""

    problem: Problem
    possible: NDArray[np.bool_] | None = None
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    starts: list[dict[int, Any]] = field(default_factory=list)
    trainers: list[dict[Id, Any]] = field(default_factory=list)
    venues: list[dict[Id, Any]] = field(default_factory=list)
    placed: list[Any] = field(default_factory=list)
    costs: list[tuple[float, Any]] = field(default_factory=list)
    _months: dict[tuple[int, int], Any] = field(default_factory=dict)
    _both: dict[tuple[int, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        homes = {one.id: one.department for one in self.problem.people}
        caps = {one.id: one.max_absent for one in self.problem.departments}
        for at, session in enumerate(self.problem.sessions):
            too_many = any(caps.get(home) is not None and away > (caps[home] or 0) for home, away in absent(session, homes).items())
            allowed = allowed_starts(self.problem, session)
            if self.possible is not None:
                allowed &= self.possible[at]
            self._choose(at, session, [] if too_many else [int(t) for t in np.flatnonzero(allowed)])

    def _choose(self, at: int, session: Session, slots: list[int]) -> None:
        """A session is placed once or not at all, and then with one trainer and one venue where it needs them."""
        placed = self.model.new_bool_var(f"placed {at}")
        starts = {t: self.model.new_bool_var(f"start {at} {t}") for t in slots}
        self.model.add(sum(starts.values()) == placed)
        self.placed.append(placed)
        self.starts.append(starts)
        pin = session.pinned
        trainers = [one for one in session.trainers if pin.trainer is None or one == pin.trainer]
        self.trainers.append(self._one_of("trainer", at, trainers, needed=bool(session.trainers) or pin.trainer is not None))
        venues = [one.id for one in self.problem.venues_for(session) if pin.venue is None or one.id == pin.venue]
        self.venues.append(self._one_of("venue", at, venues, needed=self.problem.needs_venue(session) or pin.venue is not None))

    def _one_of(self, kind: str, at: int, ids: list[Id], *, needed: bool) -> dict[Id, Any]:
        if not needed:
            return {}
        if len(ids) == 1:
            return {ids[0]: self.placed[at]}
        chosen = {one: self.model.new_bool_var(f"{kind} {at} {one}") for one in ids}
        self.model.add(sum(chosen.values()) == self.placed[at])
        return chosen

    @cached_property
    def place(self) -> dict[Id, int]:
        """Session numbers by id."""
        return {one.id: at for at, one in enumerate(self.problem.sessions)}

    @cached_property
    def begin(self) -> list[Any]:
        """The first slot of every session, as a number (0 when it is left out)."""
        last = self.problem.calendar.slots
        begins = []
        for at, starts in enumerate(self.starts):
            begin = self.model.new_int_var(0, last, f"begin {at}")
            self.model.add(begin == sum(t * one for t, one in starts.items()))
            begins.append(begin)
        return begins

    def covering(self, at: int, slot: int) -> list[Any]:
        """The starts with which session `at` occupies a slot."""
        starts, dur = self.starts[at], self.problem.sessions[at].dur
        return [starts[t] for t in range(slot - dur + 1, slot + 1) if t in starts]

    def closed(self, at: int, slots: Iterable[int]) -> list[Any]:
        """The starts with which session `at` meets one of these slots."""
        calendar = self.problem.calendar
        meets = hit(mask_of(calendar, slots), self.problem.sessions[at].dur)
        return [one for t, one in self.starts[at].items() if meets[t]]

    def month(self, at: int, month: int) -> Any:
        """Whether session `at` starts in a month (0 to 11)."""
        if (at, month) not in self._months:
            calendar = self.problem.calendar
            self._months[at, month] = sum(one for t, one in self.starts[at].items() if calendar.month(calendar.day_of(t)) == month)
        return self._months[at, month]

    def quarter(self, at: int, quarter: int) -> Any:
        """Whether session `at` starts in a quarter (0 to 3)."""
        return sum(self.month(at, month) for month in range(3 * quarter, 3 * quarter + 3))

    def both(self, chosen: Any, happens: Any) -> Any:
        """A number that is at least 1 when both are true (a sum and a choice, each 0 or 1)."""
        joined = self.model.new_bool_var("both")
        self.model.add(joined >= chosen + happens - 1)
        return joined

    def pay(self, weight: float, what: Any) -> None:
        """Add weight × what to the cost."""
        if weight and not (isinstance(what, int) and what == 0):
            self.costs.append((weight, what))
