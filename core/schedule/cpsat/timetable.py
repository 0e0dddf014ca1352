"""A first plan of crowded timetables, in which teachers, classes and rooms collide in every slot: times first, then rooms.

Times are chosen by the constraint solver so that every slot has enough rooms for what lies in it; rooms are then a matching in each slot
(Lach and Lübbecke, Curriculum based course timetabling: new solutions to Udine benchmark instances, 2012).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from core.schedule.bounding.rows import greatest_sets
from core.schedule.cpsat.exact import new_solver
from core.schedule.cpsat.rooms import rooms_for
from core.schedule.cpsat.worth import is_crowded
from core.schedule.entities import Id, Problem, Session
from core.schedule.schedule import Assignment
from core.schedule.windows import allowed_starts, hit, mask_of

_MOST_CHOICES = 60_000

Choice = tuple[int, int, Id | None]


@dataclass
class _Kinds:
    """Sessions that are alike but for their name, together: which of them lies where makes no difference."""

    problem: Problem
    of: list[Session] = field(default_factory=list)
    members: list[list[Session]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chained = {lag.session for one in self.problem.sessions for lag in one.after}
        numbers: dict[Session, int] = {}
        for session in self.problem.sessions:
            alone = session.id in chained or session.after or session.pinned or not self._is_exclusive(session)
            alike = session if alone else replace(session, id="", due=None, priority=0)
            number = numbers.setdefault(alike, len(numbers))
            if number == len(self.of):
                self.of.append(session)
                self.members.append([])
            self.members[number].append(session)

    def _is_exclusive(self, session: Session) -> bool:
        """Whether a rule keeps two sessions like this one out of the same slot."""
        rules = self.problem.rules
        return bool(
            (session.people and rules.person_exclusive)
            or (session.cohorts and rules.cohort_exclusive)
            or (session.group is not None and rules.group_exclusive)
        )

    @cached_property
    def together(self) -> list[frozenset[int]]:
        """Sets of kinds of which one at a time takes place: a person, class, group or only teacher in all of them."""
        rules = self.problem.rules
        found: dict[tuple[str, Any], set[int]] = {}
        for at, session in enumerate(self.of):
            names: list[tuple[str, Any]] = []
            names += [("person", one) for one in session.people if rules.person_exclusive]
            names += [("cohort", one) for one in session.cohorts if rules.cohort_exclusive]
            names += [("group", session.group)] if session.group is not None and rules.group_exclusive else []
            names += [("trainer", session.trainers[0])] if len(session.trainers) == 1 and rules.trainer_exclusive else []
            for name in names:
                found.setdefault(name, set()).add(at)
        sets = [frozenset(one) for one in found.values()]
        return [*greatest_sets(sets), *{one for one in sets if len(one) == 1}]


@dataclass
class _Times:
    """The choice of times: `at[kind, slot, trainer]`: one session of the kind begins there."""

    problem: Problem
    kinds: _Kinds
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    at: dict[Choice, Any] = field(default_factory=dict)
    covering: dict[tuple[int, int], list[Choice]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        away = {one.id: one.unavailable for one in self.problem.trainers}
        for kind, session in enumerate(self.kinds.of):
            starts = allowed_starts(self.problem, session)
            for trainer in session.trainers or (None,):
                if session.pinned.trainer not in (None, trainer):
                    continue
                busy = hit(mask_of(self.problem.calendar, away[trainer]), session.dur) if trainer is not None else ~starts
                for t in np.flatnonzero(starts & ~busy):
                    self._may(kind, int(t), trainer, session.dur)

    def _may(self, kind: int, slot: int, trainer: Id | None, dur: int) -> None:
        choice = (kind, slot, trainer)
        self.at[choice] = self.model.new_bool_var("")
        for taken in range(slot, slot + dur):
            self.covering[kind, taken].append(choice)

    def in_slot(self, kinds: frozenset[int], slot: int) -> list[Any]:
        """The choices that occupy a slot with one of these kinds."""
        return [self.at[choice] for kind in sorted(kinds) for choice in self.covering.get((kind, slot), ())]


def first_plan(problem: Problem, seconds: float, seed: int = 1) -> list[Assignment] | None:
    """A complete plan that breaks no rule, or None where none was found in time (or the problem is not of this sort: see `is_crowded`).

    For a problem of the size of a university's week it takes some tenths of a second. Soft terms count little in it: rooms lack as few
    seats as the times allow, the rest is for the search that starts from it.
    """
    until = time.monotonic() + seconds
    if not is_crowded(problem):
        return None
    times = _modelled(problem)
    if times is None:
        return None
    solver = new_solver(until - time.monotonic(), 1, seed)
    if solver.solve(times.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    held = list(_held(times, solver))
    rooms = rooms_for(problem, [(session, slot) for session, slot, _ in held], max(until - time.monotonic(), 0.2))
    if rooms is None:
        return None
    a_day = problem.calendar.slots_per_day
    return [Assignment(one.id, slot // a_day, slot % a_day, trainer, rooms[one.id]) for one, slot, trainer in held]


def cannot_be_timed(problem: Problem, seconds: float, seed: int = 1) -> bool:
    """Whether it is proved that the sessions do not all find a time. False proves nothing."""
    times = _modelled(problem)
    return times is not None and new_solver(seconds, 1, seed).solve(times.model) == cp_model.INFEASIBLE


def _modelled(problem: Problem) -> _Times | None:
    times = _Times(problem, _Kinds(problem))
    if len(times.at) > _MOST_CHOICES:
        return None
    for sentence in (_every_session_takes_place, _one_at_a_time, _a_trainer_gives_one_at_a_time, _enough_rooms, _one_follows_the_other):
        sentence(times)
    return times


def _every_session_takes_place(times: _Times) -> None:
    by_kind: dict[int, list[Any]] = {kind: [] for kind in range(len(times.kinds.of))}
    for (kind, _, _), one in times.at.items():
        by_kind[kind].append(one)
    for kind, choices in by_kind.items():
        times.model.add(sum(choices) == len(times.kinds.members[kind]))


def _one_at_a_time(times: _Times) -> None:
    for kinds in times.kinds.together:
        for slot in range(times.problem.calendar.slots):
            if len(choices := times.in_slot(kinds, slot)) > 1:
                times.model.add_at_most_one(choices)


def _a_trainer_gives_one_at_a_time(times: _Times) -> None:
    """Those who share their sessions with others; who is the only one for all of theirs is among what is never together."""
    if not times.problem.rules.trainer_exclusive:
        return
    taken: dict[tuple[Id, int], list[Any]] = defaultdict(list)
    shared = {trainer for one in times.kinds.of if len(one.trainers) > 1 for trainer in one.trainers}
    for (_, slot), choices in times.covering.items():
        for choice in choices:
            if choice[2] in shared and choice[2] is not None:
                taken[choice[2], slot].append(times.at[choice])
    for several in taken.values():
        times.model.add_at_most_one(several)


def _enough_rooms(times: _Times) -> None:
    """Of sessions that fit only into some rooms, no more in a slot than there are such rooms open (Hall's condition for nested sets)."""
    problem = times.problem
    if not problem.rules.venue_exclusive:
        return
    fitting = {kind: _rooms(problem, one) for kind, one in enumerate(times.kinds.of) if problem.needs_venue(one)}
    for rooms in dict.fromkeys(fitting.values()):
        inside = frozenset(kind for kind, one in fitting.items() if one <= rooms)
        for slot in range(problem.calendar.slots):
            open_ = sum(slot not in problem.venue[one].unavailable for one in rooms)
            choices = times.in_slot(inside, slot)
            if len(choices) > open_:
                times.model.add(sum(choices) <= open_)


def _rooms(problem: Problem, session: Session) -> frozenset[Id]:
    pinned = session.pinned.venue
    return frozenset(one.id for one in problem.venues_for(session) if pinned is None or one.id == pinned)


def _one_follows_the_other(times: _Times) -> None:
    slots = times.problem.calendar.slots
    number = {members[0].id: kind for kind, members in enumerate(times.kinds.members)}
    begin: dict[int, Any] = {}
    for kind, session in enumerate(times.kinds.of):
        for lag in session.after:
            earlier = number[lag.session]
            for one in (kind, earlier):
                if one not in begin:
                    begin[one] = sum(slot * it for (of, slot, _), it in times.at.items() if of == one)
            end = begin[earlier] + times.kinds.of[earlier].dur
            times.model.add(begin[kind] >= end + lag.min_lag)
            times.model.add(begin[kind] <= end + (slots if lag.max_lag is None else lag.max_lag))


def _held(times: _Times, solver: cp_model.CpSolver) -> Iterator[tuple[Session, int, Id | None]]:
    """Every session with its slot and trainer."""
    left = [list(members) for members in times.kinds.members]
    for (kind, slot, trainer), one in times.at.items():
        if solver.boolean_value(one):
            yield left[kind].pop(0), slot, trainer
