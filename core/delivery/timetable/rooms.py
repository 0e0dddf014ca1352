"""Giving sessions back the venue that people know: to the solver one venue is as good as another, to those who were told it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.delivery.timetable.conflicts import Board, Place
from core.schedule.entities import Problem
from core.schedule.objective import objective
from core.schedule.schedule import Schedule

_PASSES = 3


def same_rooms(given: Mapping[str, Any], problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule with sessions whose time stays in their earlier venue, wherever that breaks no rule; all else is untouched."""
    earlier = {one["session"]: Place(one["day"], one["slot"], None, one["venue"]) for one in given.get("previous", ())}
    now = {str(one.session): Place(one.day, one.slot, _text(one.trainer), _text(one.venue)) for one in schedule.assignments}
    known = {key: was.venue for key, was in earlier.items() if key in now and (was.day, was.slot) == (now[key].day, now[key].slot)}
    board = Board(given, now, {})
    for _ in range(_PASSES):
        before = board
        for key, room in known.items():
            if room is not None and board.placed[key].venue not in (None, room):
                board = _moved_back(board, key, room, known)
        if board is before:
            break
    if all(board.placed[key] == place for key, place in now.items()):
        return schedule
    assignments = tuple(replace(one, venue=board.placed[str(one.session)].venue) for one in schedule.assignments)
    return replace(schedule, assignments=assignments, objective=objective(problem, assignments))


def _moved_back(board: Board, key: str, room: str, known: Mapping[str, str | None]) -> Board:
    """The board with this session in its earlier room, and whoever has that now in the room that becomes free."""
    place = board.placed[key]
    there = [other for other in board.at_once(key) if board.placed[other].venue == room]
    if len(there) > 1 or any(room in (known.get(other), _pinned(board, other)) for other in there):
        return board
    places = {key: replace(place, venue=room), **{other: replace(board.placed[other], venue=place.venue) for other in there}}
    tried = board.moved(places)
    return board if any(_worse(board, tried, each) for each in places) else tried


def _worse(before: Board, after: Board, key: str) -> bool:
    had = {one.rule for one in before.against(key, before.placed[key])}
    return any(one.rule not in had for one in after.against(key, after.placed[key]))


def _pinned(board: Board, key: str) -> str | None:
    return _text(board.sessions[key].get("pinned", {}).get("venue"))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
