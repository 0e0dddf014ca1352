"""A problem whose ids are numbers: places in its own lists. What may be chosen for a session, and what hangs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.schedule.entities import Id, Problem, Session

_UNLIMITED = 1 << 30


@dataclass(frozen=True)
class Numbered:
    """A problem with the place of every id, and what the search asks of it more than once."""

    problem: Problem

    @cached_property
    def session(self) -> dict[Id, int]:
        """The place of every session."""
        return places(self.problem.sessions)

    @cached_property
    def trainer(self) -> dict[Id, int]:
        """The place of every trainer."""
        return places(self.problem.trainers)

    @cached_property
    def venue(self) -> dict[Id, int]:
        """The place of every venue."""
        return places(self.problem.venues)

    @cached_property
    def trainers(self) -> list[list[int]]:
        """For every session the trainers that may give it, cheapest first, by eligibility and pin."""
        return [self._trainers(one) for one in self.problem.sessions]

    @cached_property
    def venues(self) -> list[list[int]]:
        """For every session the venues it may be in, cheapest first, by eligibility, hard capacity and pin."""
        return [self._venues(one) for one in self.problem.sessions]

    @cached_property
    def heirs(self) -> list[list[int]]:
        """For every session all that cannot be placed without it."""
        return [_reached(start, self.followers) for start in range(len(self.followers))]

    @cached_property
    def followers(self) -> list[list[int]]:
        """For every session those that come right after it, once for each lag."""
        return turned([[self.session[lag.session] for lag in one.after] for one in self.problem.sessions], len(self.problem.sessions))

    @cached_property
    def chains(self) -> list[list[int]]:
        """Sessions that hang together by `after`, each after those that it follows."""
        rank = _ranks(self.followers)
        root = list(range(len(rank)))
        for i, following in enumerate(self.followers):
            for j in following:
                root[_root(root, j)] = _root(root, i)
        found: dict[int, list[int]] = {}
        for i in range(len(rank)):
            found.setdefault(_root(root, i), []).append(i)
        return [sorted(chain, key=lambda i: (rank[i], i)) for chain in found.values()]

    def trainer_cost(self, session: Session, k: int) -> float:
        """What a trainer costs a session, a change from the previous schedule included."""
        weights, one = self.problem.weights, self.problem.trainers[k]
        before = self.problem.before.get(session.id)
        change = weights.trainer_change if before is not None and before.trainer != one.id else 0.0
        return weights.cost * session.dur * one.cost_per_slot + change

    def venue_cost(self, session: Session, v: int) -> float:
        """What a venue costs a session, missing seats included."""
        one, rule = self.problem.venues[v], self.problem.rules.venue_capacity
        seats = 0 if one.capacity is None or rule.mode == "hard" else max(0, session.headcount - one.capacity)
        return self.problem.weights.cost * session.dur * one.cost_per_slot + rule.weight * seats

    def _trainers(self, session: Session) -> list[int]:
        pin = session.pinned.trainer
        may = [self.trainer[one] for one in session.trainers if pin is None or one == pin]
        return sorted(may, key=lambda k: (self.trainer_cost(session, k), k))

    def _venues(self, session: Session) -> list[int]:
        pin = session.pinned.venue
        may = [self.venue[one.id] for one in self.problem.venues_for(session) if pin is None or one.id == pin]
        capacity = [_UNLIMITED if one.capacity is None else one.capacity for one in self.problem.venues]
        return sorted(may, key=lambda v: (self.venue_cost(session, v), capacity[v], v))

    def can_be_staffed(self, session: Session) -> bool:
        """Whether there is anybody to give it and anywhere to hold it at all, where it needs them and where it is pinned to them."""
        i = self.session[session.id]
        needs_trainer = bool(session.trainers) or session.pinned.trainer is not None
        needs_venue = self.problem.needs_venue(session) or session.pinned.venue is not None
        return (bool(self.trainers[i]) or not needs_trainer) and (bool(self.venues[i]) or not needs_venue)


def places(listed: Sequence[Any]) -> dict[Id, int]:
    """The place of every id in a list."""
    return {one.id: place for place, one in enumerate(listed)}


def turned(lists: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    """For every item the lists that hold it, of `count` items."""
    found: list[list[int]] = [[] for _ in range(count)]
    for place, items in enumerate(lists):
        for item in items:
            found[item].append(place)
    return found


def _ranks(followers: Sequence[Sequence[int]]) -> list[int]:
    """For every session the longest way to it from one that follows none."""
    waiting = [len(of) for of in turned(followers, len(followers))]
    rank = [0] * len(followers)
    ready = [i for i, count in enumerate(waiting) if count == 0]
    while ready:
        i = ready.pop()
        for j in followers[i]:
            rank[j] = max(rank[j], rank[i] + 1)
            waiting[j] -= 1
            if waiting[j] == 0:
                ready.append(j)
    return rank


def _reached(start: int, followers: Sequence[Sequence[int]]) -> list[int]:
    found: dict[int, None] = {}
    ready = list(followers[start])
    while ready:
        i = ready.pop()
        if i not in found:
            found[i] = None
            ready += followers[i]
    return sorted(found)


def _root(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i
