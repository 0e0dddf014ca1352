"""Attendance as an actor may see and note it: lists of sessions, how far people are, reminders."""

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
from core.delivery.attendance.tables import Attendance, AttendanceAction, AttendanceReminder, CheckInLink
from core.delivery.attendance.terms import CAME, Presence, Via
from core.delivery.timetable import service as timetable
from core.delivery.timetable.service import SessionView
from core.errors import Conflict, NotFound
from core.i18n import Message
from core.notices.outbox import About, Due, Value, tell_all
from core.notices.terms import Kind
from core.people.scope import counts_in_charge, scope
from core.plans import service as plans
from core.storage import Session, now

NO_SESSION = Message("已发布的排期里没有这个课次，它可能已被取消或改期。请刷新后再选。")
_CHANGED = Message("名单刚被别人改过，或有人刚刚签到，您的改动没有保存。请看过最新的再改。")


@dataclass(frozen=True)
class Row:
    """Somebody on the list of a session. `version` 0: nothing is noted of them."""

    employee_id: int
    employee_no: str
    name: str
    unit: str
    presence: Presence | None
    via: Via | None
    by: str
    version: int


@dataclass(frozen=True)
class Sheet:
    """The list of a session: those of its cohort whom the reader may read by name, and how many others there are.

    `came` and `noted` count the whole cohort. `undoable`: the reader noted the last list and can take it back.
    """

    session: SessionView
    rows: tuple[Row, ...]
    others: int
    came: int
    noted: int
    link: CheckInLink | None
    undoable: bool

    @property
    def expected(self) -> int:
        """How many are in the cohort."""
        return len(self.rows) + self.others


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


def held(db: Session, actor: Actor, plan_id: int) -> list[SessionView]:
    """The published sessions that have a place and named people, in the order of time. Needs `SEE_DELIVERY`."""
    return [one for one in timetable.sessions(db, actor, plan_id) if one.day is not None and one.members]


def sheet(db: Session, actor: Actor, plan_id: int, session_id: int) -> Sheet:
    """The list of a session. Needs `SEE_DELIVERY`; names within the reader's scope. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    view = next((one for one in held(db, actor, plan_id) if one.id == session_id), None)
    row = repository.session_of_plan(db, plan_id, session_id)
    if view is None or row is None:
        raise NotFound(NO_SESSION)
    seen, noted = scope(db, actor), repository.of_session(db, session_id)
    members = repository.members(db, row)
    rows = [_row(one, unit, noted.get(one.id or 0)) for one, unit in members if seen.may_name(one.unit_id)]
    standing = [noted[one.id or 0] for one, _unit in members if one.id in noted]
    last = repository.last_action(db, session_id)
    return Sheet(
        session=view,
        rows=tuple(rows),
        others=len(members) - len(rows),
        came=sum(one.presence in CAME for one in standing),
        noted=len(standing),
        link=repository.link_of(db, session_id) if actor.may(Right.PLAN_DELIVERY) else None,
        undoable=actor.may(Right.PLAN_DELIVERY) and last is not None and last.account_id == actor.account_id,
    )


def note(
    db: Session,
    actor: Actor,
    plan_id: int,
    session_id: int,
    wanted: Mapping[int, Presence | None],
    seen: Mapping[int, int],
    rest: Presence | None = None,
) -> int:
    """Note who came to a session, by employee; None takes back what was noted. `seen` are the versions that the person saw, 0 for
    nothing. `rest` is noted of all of whom nothing is known by then: people check in while the list is looked at.

    Returns how many changed. Needs `PLAN_DELIVERY`. Raises `Conflict` where another noted something since, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = repository.session_of_plan(db, plan_id, session_id)
    if row is None:
        raise NotFound(NO_SESSION)
    members = {one.id for one, _unit in repository.members(db, row)}
    if set(wanted) - members:
        raise Conflict(_CHANGED)
    now_noted = repository.of_session(db, session_id)
    if rest is not None:
        wanted = {**{who: rest for who in members if who is not None and who not in now_noted}, **wanted}
    changed = {who: presence for who, presence in wanted.items() if _presence(now_noted.get(who)) is not presence}
    if any(((now_noted[who].version or 0) if who in now_noted else 0) != seen.get(who, 0) for who in changed):
        raise Conflict(_CHANGED)
    if not changed:
        return 0
    _keep(db, actor, session_id, changed, now_noted)
    record(db, actor, "attendance_noted", "training_session", session_id, number=len(changed))
    return len(changed)


def take_back(db: Session, actor: Actor, plan_id: int, session_id: int) -> int:
    """Undo the list that this person noted last. Returns how many it was. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    if repository.session_of_plan(db, plan_id, session_id) is None:
        raise NotFound(NO_SESSION)
    last = repository.last_action(db, session_id)
    if last is None or last.account_id != actor.account_id:
        raise Conflict(Message("没有可以撤销的登记，或者最近一次是别人登记的。"))
    before = {who: Presence(presence) if presence else None for who, presence, _via in last.before}
    via = {who: Via(how) for who, _presence, how in last.before if how}
    noted = repository.of_session(db, session_id)
    for who, presence in before.items():
        _set(db, actor, session_id, who, presence, noted.get(who), via.get(who, Via.LIST))
    last.undone = True
    record(db, actor, "attendance_undone", "training_session", session_id, number=len(before))
    return len(before)


def overview(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> Overview:
    """How far people are with the programmes of a plan, and which lists are still owed. Needs `SEE_DELIVERY`; names within the scope."""
    sessions = held(db, actor, plan_id)
    presence = {(row.session_id, row.employee_id): row.presence for row in repository.of_plan(db, plan_id)}
    day = today or clock.today()
    lines = [Held(one.id, one.programme_id, one.name, one.ends_on, one.members) for one in sessions]
    found = progress(lines, presence, day)
    people, seen = repository.people(db, plan_id), scope(db, actor)
    names = {one.programme_id: one.programme for one in sessions}
    reminded = repository.reminders(db, list(names))
    shown = [
        _person(one, names[one.programme_id], *people[one.employee_id], reminded.get((one.programme_id, one.employee_id)))
        for one in found
        if one.employee_id in people and seen.may_name(people[one.employee_id][0].unit_id)
    ]
    by_id = {one.id: one for one in sessions}
    silent = [(by_id[one.session_id], number) for one, number in unnoted(lines, presence, day)]
    shown.sort(key=lambda one: (-len(one.progress.missed), -one.progress.left, one.programme, one.employee_no))
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


def note_viewed(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody saw lists with names: kept in the audit log. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    record(db, actor, "attendance_viewed", "plan", plan_id)


def note_exported(db: Session, actor: Actor, plan_id: int, number: int) -> None:
    """Somebody took the list of people away: kept in the audit log. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    record(db, actor, "attendance_exported", "plan", plan_id, number=number)


def mark_in(db: Session, session_id: int, employee_id: int, presence: Presence) -> bool:
    """Somebody checks in by themselves; what a planner noted stands. Returns whether it is new."""
    noted = repository.of_session(db, session_id).get(employee_id)
    if noted is not None and noted.presence in CAME:
        return False
    if noted is not None and noted.via is Via.LIST:
        raise Conflict(Message("名单上登记的是没有到课。请找班主任更正。"))
    db.add(Attendance(session_id=session_id, employee_id=employee_id, presence=presence, via=Via.LINK))
    return True


def _missed(db: Session, actor: Actor, plan_id: int, employee_ids: Collection[int]) -> list[Due]:
    """Those in charge of the units of these people are to hear how many of theirs they are; people themselves have no account."""
    plan, known = plans.find(db, actor, plan_id), repository.people(db, plan_id)
    cause, found = f"{plan_id}:{now():%Y%m%d%H%M%S}", []
    for account, number in counts_in_charge(db, actor, [known[one][0].unit_id for one in employee_ids]).items():
        values: dict[str, Value] = {"plan": f"{plan.unit} {plan.year}", "count": number}
        found.append(Due(About(Kind.SESSIONS_MISSED, cause, plan_id, values=values), (account,)))
    return found


def _keep(db: Session, actor: Actor, session_id: int, changed: Mapping[int, Presence | None], noted: Mapping[int, Attendance]) -> None:
    before: list[Any] = []
    for who, presence in changed.items():
        row = noted.get(who)
        before.append([who, row.presence.value if row else None, row.via.value if row else None])
        _set(db, actor, session_id, who, presence, row, Via.LIST)
    db.add(AttendanceAction(session_id=session_id, account_id=actor.account_id, name=actor.name[:80], before=before))
    db.flush()


def _set(db: Session, actor: Actor, session_id: int, who: int, presence: Presence | None, row: Attendance | None, via: Via) -> None:
    if presence is None:
        if row is not None:
            db.delete(row)
        return
    row = row or Attendance(session_id=session_id, employee_id=who, presence=presence)
    row.presence, row.via, row.noted_by, row.noted_at = presence, via, actor.name[:80], now()
    db.add(row)


def _presence(row: Attendance | None) -> Presence | None:
    return row.presence if row is not None else None


def _row(one: Any, unit: str, noted: Attendance | None) -> Row:
    held = (noted.presence, noted.via, noted.noted_by, noted.version or 0) if noted is not None else (None, None, "", 0)
    return Row(one.id or 0, one.employee_no, one.name, unit, *held)


def _person(one: Progress, programme: str, employee: Any, unit: str, reminded: AttendanceReminder | None) -> PersonProgress:
    return PersonProgress(one, programme, employee.employee_no, employee.name, unit, reminded)
