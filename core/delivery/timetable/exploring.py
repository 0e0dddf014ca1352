"""Asking about one session: what it costs where it is, what another place would change, and where else it could go.

The cost is the solver's own (`core/schedule/objective.py`), term by term, over the whole timetable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.timetable import repository
from core.delivery.timetable.building import Lesson, fitting_rooms, number_of, session_key, trainer_key, venue_key
from core.delivery.timetable.conflicts import Board, Break, Place
from core.delivery.timetable.editing import Situation, Wanted, place_of, situation
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.terms import SLOTS_PER_DAY
from core.i18n import Message
from core.schedule.explaining.moving import WhyHere, why_here
from core.schedule.objective import objective
from core.schedule.problem import read_problem
from core.schedule.schedule import Assignment
from core.storage import Session

MOST_ALTERNATIVES = 3
# Starts are looked at from the nearest on; so many that could be are compared.
_COMPARED = 12


@dataclass(frozen=True)
class Delta:
    """What another place would change: rules that it breaks, by how much each term of the cost goes up or down (only what changes), and who
    is on leave then and would miss it."""

    breaks: tuple[Break, ...]
    terms: dict[str, float]
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """The change of all terms together; below zero is better."""
        return sum(self.terms.values())


@dataclass(frozen=True)
class Alternative:
    """A place that breaks no rule, and what it would change. `moves` are the session's own and those of what comes after it."""

    moves: tuple[Wanted, ...]
    day: date
    slot: int
    trainer: str
    venue: str
    delta: Delta


@dataclass(frozen=True)
class Inquiry:
    """A timetable as it stands, ready for questions about one of its sessions."""

    held: Situation
    lesson: Lesson
    now: Wanted
    versions: Mapping[int, int]

    def why_here(self) -> WhyHere | None:
        """What its place costs, term by term, and what stands in the way of those that would cost less; None where it has no place."""
        key = session_key(self.lesson.id)
        if key not in self.held.board.placed:
            return None
        return why_here(read_problem(self.held.built.problem), _assignments(self.held.board), key)

    def against(self) -> list[Break]:
        """The rules that it breaks where it is, as things are now."""
        return self.held.against(self.now)

    def bound_to(self) -> list[Message]:
        """What leaves it little choice: pins, its earliest day, the only trainer, what comes before it."""
        grid = self._grid
        at = grid.place(self.now.day) if self.now.day is not None else None
        return list(self._freedom(at)) if at is not None else []

    def what_if(self, wanted: Wanted) -> Delta:
        """What another place would change."""
        breaks = tuple(self.held.against(wanted))
        return Delta(breaks, self._terms((wanted,)), self._missing((wanted,)))

    def alternatives(self) -> list[Alternative]:
        """Up to three places that break no rule, those that the fewest would miss first, then those that cost least.

        What comes after the session moves along where it must.
        """
        found = list(islice(self._free(), _COMPARED))
        return sorted((self._told(one) for one in found), key=lambda one: (len(one.delta.missing), one.delta.total, one.day, one.slot))[
            :MOST_ALTERNATIVES
        ]

    def _told(self, moves: tuple[Wanted, ...]) -> Alternative:
        names, one = self.held.known.names, moves[0]
        trainer = names.get(trainer_key(one.trainer_id), "") if one.trainer_id is not None else ""
        venue = names.get(venue_key(one.venue_id), "") if one.venue_id is not None else ""
        assert one.day is not None
        return Alternative(moves, one.day, one.slot, trainer, venue, Delta((), self._terms(moves), self._missing(moves)))

    def _free(self) -> Iterator[tuple[Wanted, ...]]:
        """Places that break no rule, the nearest first; one for each day. What is still to come is not offered a day that is past."""
        grid, key, today = self._grid, session_key(self.lesson.id), clock.today()
        at = grid.from_(self.now.day) if self.now.day is not None else grid.from_(self.lesson.earliest or grid.days[0])
        halves = (0,) if 2 * self.lesson.slots > SLOTS_PER_DAY else tuple(range(SLOTS_PER_DAY))
        followers = self.held.board.followers(key)
        alone = self.held.board.moved(dict.fromkeys(followers))
        first = grid.from_(today) if self.now.day is None or self.now.day >= today else 0
        for day in sorted(range(first, len(grid.days)), key=lambda one: (abs(one - at), one)):
            for slot in halves:
                if alone.timely(key, Place(day, slot)):
                    continue
                asked = replace(self.now, day=grid.days[day], slot=slot)
                free = next((one for one in self._staffed(alone, self.lesson, asked) if one != self.now), None)
                moves = self._along(alone, free, followers) if free is not None else None
                if moves is not None:
                    yield moves
                    break

    def _along(self, board: Board, first: Wanted, followers: Sequence[str]) -> tuple[Wanted, ...] | None:
        """The session at its new place, with those after it: where they are if they may stay, else as soon as they may be held."""
        place = place_of(first, self._grid)
        board, moves = board.moved({session_key(first.session_id): place}), [first]
        for key in followers:
            stays = self.held.board.placed.get(key)
            if stays is None:
                continue
            if not board.against(key, stays):
                board = board.moved({key: stays})
                continue
            found = next(self._later(board, key, stays), None)
            if found is None:
                return None
            moves.append(found)
            board = board.moved({key: place_of(found, self._grid)})
        return tuple(moves)

    def _later(self, board: Board, key: str, stays: Place) -> Iterator[Wanted]:
        """Places for a session that comes after, from the first that its lag allows on."""
        lesson = self._lessons[number_of(key) or 0]
        now = self._wanted(lesson.id, stays)
        for day in range(len(self._grid.days)):
            for slot in range(SLOTS_PER_DAY):
                place = Place(day, slot, stays.trainer, stays.venue)
                if not board.timely(key, place) and not any(one.rule == "after" for one in board.against(key, place)):
                    yield from self._staffed(board, lesson, replace(now, day=self._grid.days[day], slot=slot))

    def _staffed(self, board: Board, lesson: Lesson, wanted: Wanted) -> Iterator[Wanted]:
        """The same time with each trainer and room with which it breaks no rule, those of now first."""
        rooms = [room.id for room in fitting_rooms(lesson, self.held.known.inputs.rooms)] if not lesson.online else []
        for trainer in _first(wanted.trainer_id, lesson.trainers) if lesson.needs_trainer else [None]:
            for room in _first(wanted.venue_id, rooms) if rooms else [None]:
                asked = replace(wanted, trainer_id=trainer, venue_id=room)
                place = place_of(asked, self._grid)
                breaks = board.against(session_key(lesson.id), place) if place is not None else []
                if not breaks:
                    yield asked
                elif not {one.rule for one in breaks} <= _STAFF:
                    return

    def _missing(self, moves: Sequence[Wanted]) -> tuple[str, ...]:
        """The names of those who are on leave during one of these moves."""
        people, names, found = self.held.known.inputs.people, self.held.known.names, dict[str, None]()
        for one in moves:
            place, lesson = place_of(one, self._grid), self._lessons[one.session_id]
            taken = self.held.board.halves(session_key(lesson.id), place) if place is not None else []
            away = (member for member in lesson.people if member in people and people[member].away(taken))
            found |= dict.fromkeys(names.get(f"p{member}", "") for member in away)
        return tuple(found)

    def _terms(self, moves: Sequence[Wanted]) -> dict[str, float]:
        problem = read_problem(self.held.built.problem)
        before = self.held.board
        after = before.moved({session_key(one.session_id): place_of(one, self._grid) for one in moves})
        then, now = (objective(problem, _assignments(board)).terms() for board in (before, after))
        return {name: round(now[name] - then[name], 2) for name in now if abs(now[name] - then[name]) > 1e-6}

    def _wanted(self, session_id: int, place: Place) -> Wanted:
        version = self.versions.get(session_id, 0)
        return Wanted(
            session_id,
            version,
            self._grid.days[place.day],
            place.slot,
            number_of(place.trainer),
            number_of(place.venue),
            self.held.known.inputs.held[session_id].pinned,
        )

    @cached_property
    def _grid(self) -> Grid:
        return Grid(self.held.known.inputs.days)

    @cached_property
    def _lessons(self) -> dict[int, Lesson]:
        return {one.id: one for one in self.held.known.inputs.lessons}

    def _freedom(self, at: int) -> Iterator[Message]:
        problem = self.held.built.problem
        one = next(each for each in problem["sessions"] if each["id"] == session_key(self.lesson.id))
        if one.get("pinned"):
            yield Message("它的一部分是固定的，求解时不动。")
        if "earliest" in one and at == one["earliest"]:
            yield Message("这已是它最早可以开始的那一天。")
        if len(one["trainers"]) == 1:
            yield Message("只有一位讲师能讲它。")
        if one.get("after"):
            yield Message("它要等“{other}”上完。", other=self.held.known.names[one["after"][0]["session"]])


_STAFF = {
    "trainer_exclusive",
    "trainer_unavailable",
    "trainer_month",
    "trainer_year",
    "trainer_eligible",
    "venue_exclusive",
    "venue_unavailable",
    "venue_eligible",
    "capacity",
    "budget_year",
    "budget_quarter",
}


def inquire(db: Session, actor: Actor, plan_id: int, timetable_id: int, now: Wanted) -> Inquiry | None:
    """Prepare questions about a session as it stands. None where it is held no more. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    held = situation(db, actor, plan_id, timetable_id)
    lesson = next((one for one in held.known.inputs.lessons if one.id == now.session_id), None)
    versions = {row.session_id: row.version or 0 for row in repository.placements(db, timetable_id)}
    return Inquiry(held, lesson, now, versions) if lesson is not None else None


def _assignments(board: Board) -> list[Assignment]:
    return [Assignment(key, one.day, one.slot, one.trainer, one.venue) for key, one in board.placed.items()]


def _first(now: int | None, others: Iterable[int]) -> list[int | None]:
    """All of these, the present one first."""
    return sorted(others, key=lambda one: one != now)
