"""What stays when a timetable is worked out again: what is over, as it was held, and what a person fixed against a rule for a reason.

Rules change during a year: a trainer leaves, a limit falls, a day is closed that was not. What was held by the rules of its day is part of
the year all the same. It is pinned in the solver's problem, so that its people, trainer and money count; where the rules of today do not
have it at all it is set aside, and room is left for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from core.delivery.timetable.building import Built, Held, Inputs, Lesson, build, session_key, trainer_key, venue_key
from core.delivery.timetable.conflicts import Board, Place
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.terms import SLOTS_PER_DAY, Part
from core.i18n import Message


def build_again(known: Inputs, today: date, *, stay_close: bool, starts: date | None = None) -> Built:
    """The solver's problem of a timetable that stands already. Nothing that is still to be decided is held before `today`, and nothing
    is moved before the day on which the timetable `starts`."""
    grid = Grid(known.days)
    over = {number: one for number, one in known.held.items() if one.day is not None and one.day < today}
    known = replace(known, lessons=tuple(_as_held(one, over.get(one.id)) for one in known.lessons))
    built = build(known, stay_close=stay_close, today=today, starts=starts, over=frozenset(over))
    standing = {**over, **_excused(built.problem, known, grid)}
    _set_aside(built.problem, standing, grid)
    notes = (Message("今天之前的 {n} 节课没有动。", n=len(over)),) if over else ()
    return replace(built, notes=(*built.notes, *notes), standing=standing)


def _as_held(one: Lesson, held: Held | None) -> Lesson:
    """A session that is over could be given by whoever gave it, wherever it was."""
    if held is None:
        return one
    trainers = (held.trainer_id,) if held.trainer_id is not None else ()
    return replace(
        one,
        trainers=trainers,
        needs_trainer=bool(trainers),
        online=one.online or held.venue_id is None,
        equipment=frozenset(),
        earliest=None,
    )


def _excused(problem: Mapping[str, Any], known: Inputs, grid: Grid) -> dict[int, Held]:
    """The sessions to come whose time a person fixed, and that break the rules for which they were excused, and no others."""
    sessions = {one["id"] for one in problem["sessions"]}
    placed = {session_key(number): place for number, one in known.held.items() if (place := _place(one, grid)) is not None}
    board, found = Board(problem, placed, {}), dict[int, Held]()
    for number, one in known.held.items():
        key = session_key(number)
        if one.breaks and Part.TIME in one.pinned and key in placed and key in sessions:
            broken = {each.rule for each in board.against(key, placed[key])}
            if broken and broken <= {each["rule"] for each in one.breaks}:
                found[number] = replace(one, breaks=tuple(each for each in one.breaks if each["rule"] in broken))
    return found


def _set_aside(problem: dict[str, Any], standing: Mapping[int, Held], grid: Grid) -> None:
    """Take out of the problem what the rules do not have where it stands, so that the rest does not fail with it."""
    sessions = {one["id"]: one for one in problem["sessions"]}
    board, aside = Board(problem, {}, {}), set[str]()
    for held in sorted(standing.values(), key=lambda one: (one.day or date.max, one.slot, one.session_id)):
        key, place = session_key(held.session_id), _place(held, grid)
        if key not in sessions:
            continue
        if place is not None and not board.against(key, place):
            board = board.moved({key: place})
            continue
        aside.add(key)
        if place is not None:
            _keep_free(problem, sessions[key], place)
        _let_follow(sessions, key, held, grid)
    problem["sessions"] = [one for one in problem["sessions"] if one["id"] not in aside]


def _keep_free(problem: Mapping[str, Any], one: Mapping[str, Any], place: Place) -> None:
    """Its trainer, its venue and its people have no time while it is held."""
    first = place.day * SLOTS_PER_DAY + place.slot
    taken = [list(divmod(at, SLOTS_PER_DAY)) for at in range(first, first + int(one["dur"]))]
    people = set(one["people"])
    groups = {each["group"] for each in problem["sessions"] if each["group"] == one["group"] or people & set(each["people"])}
    for kind, field, names in (
        ("trainers", "unavailable", {place.trainer}),
        ("venues", "unavailable", {place.venue}),
        ("groups", "blackout_slots", groups),
    ):
        for each in problem[kind]:
            if each["id"] in names:
                each[field] = [*each[field], *(pair for pair in taken if pair not in each[field])]


def _let_follow(sessions: Mapping[str, dict[str, Any]], key: str, held: Held, grid: Grid) -> None:
    """What comes after it need not wait for it any longer, but is not held too early."""
    for other in sessions.values():
        for lag in other.get("after", ()):
            if lag["session"] == key:
                start = (grid.from_(held.day or date.min) * SLOTS_PER_DAY) + held.slot
                least = -(-(start + int(sessions[key]["dur"]) + lag["min_lag"]) // SLOTS_PER_DAY)
                other["earliest"] = min(max(other.get("earliest", 0), least), len(grid.days) - 1)
        other["after"] = [lag for lag in other.get("after", ()) if lag["session"] != key]


def _place(held: Held, grid: Grid) -> Place | None:
    at = grid.place(held.day) if held.day is not None else None
    if at is None:
        return None
    trainer = trainer_key(held.trainer_id) if held.trainer_id is not None else None
    return Place(at, held.slot, trainer, venue_key(held.venue_id) if held.venue_id is not None else None)
