"""How far people are with the programmes of a plan, as an actor may see it; reminders of what is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.attendance import repository
from core.delivery.attendance.completion import Held, Progress, progress, unnoted
from core.delivery.attendance.service import held
from core.delivery.attendance.tables import AttendanceReminder
from core.delivery.attendance.terms import Presence
from core.delivery.timetable.service import SessionView
from core.errors import NotFound
from core.i18n import Message
from core.notices.outbox import About, Due, Value, tell_all
from core.notices.terms import Kind
from core.people.scope import counts_in_charge, scope
from core.plans import service as plans
from core.storage import Session, now


@dataclass(frozen=True)
class PersonProgress:
    """How far somebody is with a programme, with who they are and when they were last reminded."""

    progress: Progress
    programme: str
    employee_no: str
    name: str
    unit: str
    reminded: AttendanceReminder | None


@dataclass(frozen=True)
class Overview:
    """How the plan's delivery goes: `people` by name as far as the reader may, behind first; `silent` are sessions that are over and not
    noted, with how many people that is; `counts` and `others` tell of how many the names stand for."""

    people: tuple[PersonProgress, ...]
    silent: tuple[tuple[SessionView, int], ...]
    others: int


def overview(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> Overview:
    """How far people are with the programmes of a plan, and which lists are still owed. Needs `SEE_DELIVERY`; names within the scope."""
    sessions = held(db, actor, plan_id)
    presence = {(row.session_id, row.employee_id): row.presence for row in repository.of_plan(db, plan_id)}
    day = today or clock.today()
    parts, numbers, taken = repository.parts(db, plan_id), repository.numbers(db, plan_id), repository.taken(db, plan_id)
    lines = [
        Held(one.id, one.programme_id, one.name, one.ends_on, one.members, parts[one.id], _unknown(one, one.id in numbers, presence))
        for one in sessions
    ]
    found = progress(lines, presence, day, taken)
    people, seen = repository.people(db, plan_id), scope(db, actor)
    names = {one.programme_id: one.programme for one in sessions}
    reminded = repository.reminders(db, list(names))
    shown = [
        _person(one, names[one.programme_id], *people[one.employee_id], reminded.get((one.programme_id, one.employee_id)))
        for one in found
        if one.employee_id in people and seen.may_name(people[one.employee_id][0].unit_id)
    ]
    by_id = {one.id: one for one in sessions}
    silent = [(by_id[one.session_id], number) for one, number in unnoted(lines, presence, day, taken)]
    shown.sort(key=lambda one: (not one.progress.of, -len(one.progress.missed), -one.progress.left, one.programme, one.employee_no))
    return Overview(tuple(shown), tuple(silent), len(found) - len(shown))


def remind(db: Session, actor: Actor, plan_id: int, whom: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Note that these people, each in a programme (programme, employee), were reminded of what they still have to do.

    Where human resources does it, those in charge of their units are told how many of theirs they are: returns these accounts.

    Needs `PLAN_DELIVERY`, or that they are of the actor's own units. Raises `NotFound` for somebody whom the actor may not read.
    """
    require(actor, Right.SEE_DELIVERY)
    standing = {(one.progress.programme_id, one.progress.employee_id): one.progress for one in overview(db, actor, plan_id).people}
    if set(whom) - standing.keys():
        raise NotFound(Message("有的人已不在名单上，或不归您管。请刷新后再选。"))
    wanted = [one for one in whom if standing[one].left]
    for programme, employee in wanted:
        left = standing[programme, employee].left
        db.add(AttendanceReminder(programme_id=programme, employee_id=employee, missing=left, by=actor.name[:80]))
    record(db, actor, "attendance_reminded", "plan", plan_id, number=len(wanted))
    if not wanted or not actor.may(Right.READ_PEOPLE):
        return frozenset()
    return tell_all(db, _missed(db, actor, plan_id, {employee for _programme, employee in wanted}))


def note_exported(db: Session, actor: Actor, plan_id: int, number: int) -> None:
    """Somebody took the list of people away: kept in the audit log. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    record(db, actor, "attendance_exported", "plan", plan_id, number=number)


def _missed(db: Session, actor: Actor, plan_id: int, employee_ids: Collection[int]) -> list[Due]:
    """Those in charge of the units of these people are to hear how many of theirs they are; people themselves have no account."""
    plan, known = plans.find(db, actor, plan_id), repository.people(db, plan_id)
    cause, found = f"{plan_id}:{now():%Y%m%d%H%M%S}", []
    for account, number in counts_in_charge(db, actor, [known[one][0].unit_id for one in employee_ids]).items():
        values: dict[str, Value] = {"plan": f"{plan.unit} {plan.year}", "count": number}
        found.append(Due(About(Kind.SESSIONS_MISSED, cause, plan_id, values=values), (account,)))
    return found


def _unknown(one: SessionView, counted: bool, presence: Mapping[tuple[int, int], Presence]) -> int:
    """Of how many nobody has said whether they came, where nobody is named."""
    if one.members or counted:
        return 0
    return max(0, one.headcount - sum(session == one.id for session, _who in presence))


def _person(one: Progress, programme: str, employee: Any, unit: str, reminded: AttendanceReminder | None) -> PersonProgress:
    return PersonProgress(one, programme, employee.employee_no, employee.name, unit, reminded)
