"""Who would miss which session because they are on leave then: person by person, where a cohort is closed only when too many are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor
from core.delivery.calendar import service as calendar
from core.delivery.halves import Half, Span
from core.delivery.timetable.days import DayNote, parts_of
from core.delivery.timetable.service import HALVES, SessionView
from core.storage import Session


@dataclass(frozen=True)
class Missing:
    """Somebody of a class who is on leave for `slots` of a session's half days."""

    employee_id: int
    number: str
    name: str
    span: Span
    slots: int


def missing(
    db: Session, actor: Actor, plan_id: int, views: Iterable[SessionView], marks: Mapping[date, DayNote]
) -> dict[int, tuple[Missing, ...]]:
    """Who would miss each session that has a place, of those whom the reader may name. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    leave: dict[int, list[calendar.LeaveView]] = {}
    for one in calendar.leave_list(db, actor, plan_id):
        leave.setdefault(one.employee_id, []).append(one)
    found = {}
    for view in views:
        halves = [(day, HALVES[slot]) for day, slots in parts_of(view, marks) for slot in slots]
        away = (_missed(own, halves) for who in view.members if (own := leave.get(who)))
        if some := tuple(one for one in away if one is not None):
            found[view.id] = some
    return found


def _missed(leave: Sequence[calendar.LeaveView], halves: Sequence[tuple[date, Half]]) -> Missing | None:
    counts = [sum(one.span.covers(day, half) for day, half in halves) for one in leave]
    total = sum(counts)
    if not total:
        return None
    first = leave[next(place for place, count in enumerate(counts) if count)]
    return Missing(first.employee_id, first.employee_no, first.name, first.span, total)
