"""Attendance as an actor may see and note it, session by session."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.attendance import repository
from core.delivery.attendance.tables import Attendance, AttendanceAction, AttendanceNumber, CheckInLink
from core.delivery.attendance.terms import CAME, Presence, Via
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable import service as timetable
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.tables import TrainingSession
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.scope import scope
from core.storage import Session, now

NO_SESSION = Message("已发布的排期里没有这个课次，它可能已被取消或改期。请刷新后再选。")
MOST = 10_000
"""More people than this come to no session."""

_CHANGED = Message("名单刚被别人改过，或有人刚刚签到，您的改动没有保存。请看过最新的再改。")
# In the place of somebody's number where it is noted how many came.
_NUMBER = 0


@dataclass(frozen=True)
class Row:
    """Somebody on the list of a session, or who came without being on it (`guest`; `moved`: they were on it when they came, and are
    in another cohort now). `version` 0: nothing is noted of them.

    `elsewhere`: in which other cohort they have taken the same part already; they are not expected here.
    """

    employee_id: int
    employee_no: str
    name: str
    unit: str
    presence: Presence | None
    via: Via | None
    by: str
    version: int
    guest: bool = False
    elsewhere: str | Message = ""
    moved: bool = False


@dataclass(frozen=True)
class Number:
    """How many came where nobody is named: None where nobody has said; `seats` were expected. `version` 0: nothing is noted."""

    came: int | None
    seats: int
    by: str
    version: int


@dataclass(frozen=True)
class Sheet:
    """The list of a session: those of its cohort whom the reader may read by name, then those who came without being on it; `others`: how
    many of both there are besides.

    `expected`, `came` and `noted` count the whole cohort, `guests` those who came besides; of a cohort whose people nobody has named,
    `number` says how many came. `undoable`: the reader noted the last list and can take it back.
    """

    session: SessionView
    rows: tuple[Row, ...]
    others: int
    expected: int
    came: int
    noted: int
    guests: int
    number: Number | None
    link: CheckInLink | None
    undoable: bool

    @property
    def unnoted(self) -> int:
        """How many are expected of whom nobody has said whether they came."""
        return max(0, self.expected - self.noted)

    @property
    def everybody(self) -> int:
        """How many came, on the list or not."""
        return self.came + self.guests


def held(db: Session, actor: Actor, plan_id: int) -> list[SessionView]:
    """The published sessions that have a place and people, be they named, or somebody came to. In the order of time. Needs
    `SEE_DELIVERY`."""
    known = {row.session_id for row in repository.of_plan(db, plan_id)}
    return [one for one in timetable.sessions(db, actor, plan_id) if one.day is not None and (one.headcount or one.id in known)]


def sheet(db: Session, actor: Actor, plan_id: int, session_id: int) -> Sheet:
    """The list of a session. Needs `SEE_DELIVERY`; names within the reader's scope. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    sessions = held(db, actor, plan_id)
    view = next((one for one in sessions if one.id == session_id), None)
    row = repository.session_of_plan(db, plan_id, session_id)
    if view is None or row is None:
        raise NotFound(NO_SESSION)
    seen, noted = scope(db, actor), repository.of_session(db, session_id)
    members = repository.members(db, row)
    listed = {one.id for one, _unit in members}
    guests = list(repository.staff(db, [who for who, one in noted.items() if who not in listed and one.presence in CAME]).values())
    cohorts, taken = {one.id: one.cohort for one in sessions}, repository.taken(db, plan_id)
    elsewhere = {
        who: cohorts.get(taken[row.programme_id, row.activity_key, who], "—")
        for who in listed
        if who is not None and who not in noted and (row.programme_id, row.activity_key, who) in taken
    }
    rows = [_row(one, unit, noted.get(one.id or 0), elsewhere.get(one.id or 0, "")) for one, unit in members if seen.may_name(one.unit_id)]
    rows += [_row(one, unit, noted[one.id or 0], guest=bool(members)) for one, unit in guests if seen.may_name(one.unit_id)]
    standing = [noted[one.id or 0] for one, _unit in members if one.id in noted]
    figures = _Figures(len(members) - len(elsewhere), sum(one.presence in CAME for one in standing), len(standing), len(guests))
    number = _number(db, view) if not members else None
    if number is not None:
        figures = _counted(number, len(guests))
    last = repository.last_action(db, session_id)
    return Sheet(
        session=view,
        rows=tuple(rows),
        others=len(members) + len(guests) - len(rows),
        expected=figures.expected,
        came=figures.came,
        noted=figures.noted,
        guests=figures.guests,
        number=number,
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
    today: date | None = None,
) -> int:
    """Note who came to a session, by employee; None takes back what was noted. `seen` are the versions that the person saw, 0 for
    nothing. `rest` is noted of all of the list of whom nothing is known by then: people check in while the list is looked at. Who is not on
    the list can have come, and nothing else.

    Returns how many changed. Needs `PLAN_DELIVERY`. Raises `BadInput` before the day of the session for all but who is excused, `Conflict`
    where another noted something since, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = _session(db, plan_id, session_id)
    members = {one.id or 0 for one, _unit in repository.members(db, row)}
    now_noted = repository.of_session(db, session_id)
    if rest is not None:
        wanted = {**dict.fromkeys(_waited_for(db, plan_id, row, members - now_noted.keys()), rest), **wanted}
    changed = {who: presence for who, presence in wanted.items() if _presence(now_noted.get(who)) is not presence}
    if any(((now_noted[who].version or 0) if who in now_noted else 0) != seen.get(who, 0) for who in changed):
        raise Conflict(_CHANGED)
    _check_guests(db, actor, {who: one for who, one in changed.items() if who not in members and who not in now_noted}, bool(members))
    if not changed:
        return 0
    if any(one not in (None, Presence.EXCUSED) for one in changed.values()):
        _check_day(db, plan_id, session_id, today)
    _keep(db, actor, session_id, changed, now_noted, members)
    record(db, actor, "attendance_noted", "training_session", session_id, number=len(changed))
    return len(changed)


def note_number(
    db: Session, actor: Actor, plan_id: int, session_id: int, came: int | None, version: int, today: date | None = None
) -> None:
    """Note how many came to a session of a cohort whose people nobody has named; None takes it back. `version` is the one that the person
    saw, 0 for nothing.

    Needs `PLAN_DELIVERY`. Raises `BadInput` before the day of the session and for a number that cannot be, `Conflict` where another noted
    it since or the cohort has names by now, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = _session(db, plan_id, session_id)
    now_noted = repository.number_of(db, session_id)
    if repository.members(db, row) or ((now_noted.version or 0) if now_noted else 0) != version:
        raise Conflict(_CHANGED)
    if came is not None:
        _check_day(db, plan_id, session_id, today)
        _check_number(came, sum(one.presence in CAME for one in repository.of_session(db, session_id).values()))
    before = now_noted.came if now_noted is not None else None
    if before == came:
        return
    _set_number(db, actor, session_id, came, now_noted)
    db.add(AttendanceAction(session_id=session_id, account_id=actor.account_id, name=actor.name[:80], before=[[_NUMBER, before, None]]))
    db.flush()
    record(db, actor, "attendance_counted", "training_session", session_id, number=came)


def take_back(db: Session, actor: Actor, plan_id: int, session_id: int) -> int:
    """Undo the list that this person noted last. Returns how many it was. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = _session(db, plan_id, session_id)
    last = repository.last_action(db, session_id)
    if last is None or last.account_id != actor.account_id:
        raise Conflict(Message("没有可以撤销的登记，或者最近一次是别人登记的。"))
    before = {who: Presence(presence) if presence else None for who, presence, _via in last.before if who != _NUMBER}
    numbers = [came for who, came, _via in last.before if who == _NUMBER]
    members = {one.id or 0 for one, _unit in repository.members(db, row)}
    via = {who: Via(how) for who, _presence, how in last.before if how}
    noted = repository.of_session(db, session_id)
    for who, presence in before.items():
        _set(db, actor, session_id, who, presence, noted.get(who), via.get(who, Via.LIST), members)
    for came in numbers:
        _set_number(db, actor, session_id, came, repository.number_of(db, session_id))
    last.undone = True
    record(db, actor, "attendance_undone", "training_session", session_id, number=len(last.before))
    return len(last.before)


def note_viewed(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody saw lists with names: kept in the audit log. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    record(db, actor, "attendance_viewed", "plan", plan_id)


def mark_in(db: Session, session: TrainingSession, employee_id: int, presence: Presence, *, off_list: bool) -> bool:
    """Somebody checks in by themselves; what a planner noted stands. Returns whether it is new."""
    session_id = session.id or 0
    noted = repository.of_session(db, session_id).get(employee_id)
    if noted is not None and noted.presence in CAME:
        return False
    if noted is not None and noted.via is Via.LIST:
        raise Conflict(Message("名单上登记的是没有到课。请找班主任更正。"))
    db.add(Attendance(session_id=session_id, employee_id=employee_id, presence=presence, via=Via.LINK, off_list=off_list))
    return True


def _session(db: Session, plan_id: int, session_id: int) -> TrainingSession:
    row = repository.session_of_plan(db, plan_id, session_id)
    if row is None:
        raise NotFound(NO_SESSION)
    return row


def _waited_for(db: Session, plan_id: int, row: TrainingSession, some: Collection[int]) -> list[int]:
    """Those of some who have not taken the same part in another cohort."""
    taken = repository.taken(db, plan_id)
    return [who for who in some if (row.programme_id, row.activity_key, who) not in taken]


def _check_guests(db: Session, actor: Actor, guests: Mapping[int, Presence | None], there_is_a_list: bool) -> None:
    """Who is not on the list is somebody whom the actor may read, and came."""
    seen, known = scope(db, actor), repository.staff(db, guests.keys()) if guests else {}
    if any(who not in known or not seen.may_name(known[who][0].unit_id) for who in guests):
        raise Conflict(_CHANGED)
    if there_is_a_list and any(one not in (None, *CAME) for one in guests.values()):
        raise BadInput(Message("不在名单上的人只能登记为到课或迟到。"))


def _check_day(db: Session, plan_id: int, session_id: int, today: date | None) -> None:
    table = timetable_rows.published(db, plan_id)
    place = timetable_rows.placement(db, table.id or 0, session_id) if table is not None else None
    if place is None or place.day is None:
        raise NotFound(NO_SESSION)
    if place.day > (today or clock.today()):
        raise BadInput(Message("这节课 {day} 才上，当天起才能登记到课；提前知道的请假可以先登记。", day=place.day.isoformat()))


def _check_number(came: int, named: int) -> None:
    if not 0 <= came <= MOST:
        raise BadInput(Message("到课人数应在 0 到 {n} 之间。", n=MOST))
    if came < named:
        raise BadInput(Message("已有 {n} 人签到或登记了姓名，到课人数不能比这少。", n=named))


def _keep(
    db: Session,
    actor: Actor,
    session_id: int,
    changed: Mapping[int, Presence | None],
    noted: Mapping[int, Attendance],
    members: Collection[int],
) -> None:
    before: list[Any] = []
    for who, presence in changed.items():
        row = noted.get(who)
        before.append([who, row.presence.value if row else None, row.via.value if row else None])
        _set(db, actor, session_id, who, presence, row, Via.LIST, members)
    db.add(AttendanceAction(session_id=session_id, account_id=actor.account_id, name=actor.name[:80], before=before))
    db.flush()


def _set(
    db: Session,
    actor: Actor,
    session_id: int,
    who: int,
    presence: Presence | None,
    row: Attendance | None,
    via: Via,
    members: Collection[int],
) -> None:
    if presence is None:
        if row is not None:
            db.delete(row)
        return
    # Who was expected when they came stays so, whatever cohort they are in by now.
    row = row or Attendance(session_id=session_id, employee_id=who, presence=presence, off_list=bool(members) and who not in members)
    row.presence, row.via, row.noted_by, row.noted_at = presence, via, actor.name[:80], now()
    db.add(row)


def _set_number(db: Session, actor: Actor, session_id: int, came: int | None, row: AttendanceNumber | None) -> None:
    if came is None:
        if row is not None:
            db.delete(row)
        return
    row = row or AttendanceNumber(session_id=session_id, came=came)
    row.came, row.noted_by, row.noted_at = came, actor.name[:80], now()
    db.add(row)


def _presence(row: Attendance | None) -> Presence | None:
    return row.presence if row is not None else None


@dataclass(frozen=True)
class _Figures:
    expected: int
    came: int
    noted: int
    guests: int


def _number(db: Session, view: SessionView) -> Number:
    row = repository.number_of(db, view.id)
    if row is None:
        return Number(None, view.headcount, "", 0)
    return Number(row.came, view.headcount, row.noted_by, row.version or 0)


def _counted(number: Number, named: int) -> _Figures:
    """Of a cohort whose people nobody has named: those whose names are known by now are of those expected."""
    noted = number.seats if number.came is not None else min(named, number.seats)
    return _Figures(number.seats, max(number.came or 0, named), noted, 0)


def _row(one: Any, unit: str, noted: Attendance | None, elsewhere: str | Message = "", *, guest: bool = False) -> Row:
    who = (one.id or 0, one.employee_no, one.name, unit)
    if noted is None:
        return Row(*who, None, None, "", 0, guest, elsewhere)
    return Row(*who, noted.presence, noted.via, noted.noted_by, noted.version or 0, guest, elsewhere, guest and not noted.off_list)
