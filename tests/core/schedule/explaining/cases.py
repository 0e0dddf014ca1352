"""Small problems for the explanations: as JSON, read, with places given by hand."""

from __future__ import annotations

from typing import Any

from core.schedule.problem import Placement, Problem, read_problem

Json = dict[str, Any]
MONTHS = ["2027-01-28", "2027-01-29", "2027-03-30", "2027-04-01"]


def given(*sessions: Json, **parts: Any) -> Json:
    """A problem over four days of two half days; sessions are named a, b, c …"""
    return {"calendar": {"days": 4}, "sessions": [{"id": "abcdef"[at], **session} for at, session in enumerate(sessions)], **parts}


def dated(*sessions: Json, **parts: Any) -> Json:
    """The same with dates: two days in January, one in March, one in April."""
    return given(*sessions, **{"calendar": {"days": MONTHS}, **parts})


def problem(*sessions: Json, **parts: Any) -> Problem:
    """The same, read."""
    return read_problem(given(*sessions, **parts))


def at(session: str, day: int, slot: int = 0, trainer: str | None = None, venue: str | None = None) -> Placement:
    """A session at a place."""
    return Placement(session, day, slot, trainer, venue)
