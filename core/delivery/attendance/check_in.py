"""What somebody without an account may do who holds a session's link: check in on its day, and say afterwards what they thought of it.

Who they are is told by their number and name, which both must stand in the roster: the link alone lets nobody in, and one who knows a
colleague's number and name can check in for them. That much a link can do, and the page says so. Who comes without being on the cohort's
list is noted as such.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import clock
from core.access import tokens
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.clock import ZONE
from core.delivery.attendance import repository
from core.delivery.attendance.service import NO_SESSION, mark_in, sheet
from core.delivery.attendance.tables import CheckInLink, SessionFeedback
from core.delivery.attendance.terms import ASKED_NAMES, CAME, HIGHEST, LOWEST, Asked, Presence
from core.delivery.feeds import repository as feed_rows
from core.delivery.halves import Half
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable.tables import Placement, Programme, TrainingSession
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.people.tables import Employee
from core.plans import repository as plan_rows
from core.storage import Session, now

ANSWER_DAYS = 7
LATE_AFTER = timedelta(minutes=15)
LONGEST_REMARK = 500
_GONE = Message("这个链接不存在、已作废或已过期。")
# The same for a number that is not there and a name that is another's: nobody learns who works here.
_NOT_KNOWN = Message("工号和姓名与花名册对不上。请核对后再试；仍对不上，请找班主任登记。")


@dataclass(frozen=True)
class Open:
    """What a link opens: the session in words, its days, and whether one may check in or answer now."""

    session: TrainingSession
    programme: str
    venue_id: int | None
    first: date
    last: date
    may_check_in: bool
    may_answer: bool


@dataclass(frozen=True)
class CheckedIn:
    """How somebody checked in: `late`, and whether they are a `guest`, not on the list of the cohort."""

    late: bool
    guest: bool


@dataclass(frozen=True)
class Judged:
    """What those who came thought of a session: the mean of each question where enough answered, and their remarks without names.

    `answered` of `came` answered. `enough` False: so few answered that a mean would tell what one of them said.
    """

    answered: int
    came: int
    means: Mapping[Asked, float]
    remarks: tuple[str, ...]
    enough: bool


FEWEST = 5


def open_link(db: Session, actor: Actor, plan_id: int, session_id: int) -> str:
    """A new link of a session; an earlier one stops working. Returns its token, never to be had again.

    It lets people check in until the session's last day is over, and answer for seven days more. Needs `PLAN_DELIVERY`. Raises `NotFound`,
    `BadInput` for a session that is long over.
    """
    require(actor, Right.PLAN_DELIVERY)
    view = sheet(db, actor, plan_id, session_id).session
    last = view.ends_on or view.day
    assert last is not None
    closes = datetime.combine(last + timedelta(days=1), time(), ZONE)
    answers = closes + timedelta(days=ANSWER_DAYS)
    if answers <= now():
        raise BadInput(Message("这个课次结束已超过 {n} 天，签到和评价都已截止。可以在名单里补登记。", n=ANSWER_DAYS))
    close_link(db, actor, plan_id, session_id)
    token = tokens.fresh()
    row = CheckInLink(
        session_id=session_id, token_hash=tokens.digest(token), opened_by=actor.name[:80], closes_at=closes, answers_until=answers
    )
    db.add(row)
    db.flush()
    record(db, actor, "check_in_opened", "training_session", session_id)
    return token


def close_link(db: Session, actor: Actor, plan_id: int, session_id: int) -> None:
    """Close the link of a session at once, where it has one. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    if repository.session_of_plan(db, plan_id, session_id) is None:
        raise NotFound(NO_SESSION)
    row = repository.link_of(db, session_id)
    if row is not None:
        row.revoked_at = now()
        record(db, actor, "check_in_closed", "training_session", session_id)


def opened(db: Session, token: str) -> Open | None:
    """What a link opens; None for an unknown, revoked or expired one, and for a session that is held no more: they are not told apart."""
    row = repository.link_by_hash(db, tokens.digest(token))
    if row is None or row.revoked_at is not None or row.answers_until <= now():
        return None
    session = timetable_rows.session(db, row.session_id)
    programme = db.get(Programme, session.programme_id) if session is not None else None
    if session is None or programme is None or session.removed_at is not None:
        return None
    plan, held = plan_rows.plan(db, programme.plan_id), _placement(db, programme.plan_id, session.id or 0)
    if plan is None or plan.archived_at is not None or held is None or held.day is None:
        return None
    today, last = clock.today(), held.ends_on or held.day
    return Open(session, programme.name, held.venue_id, held.day, last, held.day <= today <= last, today >= held.day)


def check_in(db: Session, token: str, employee_no: str, name: str, address: str) -> CheckedIn:
    """Somebody checks in, be they on the list or not. Raises `NotFound`, `BadInput`, `Conflict`."""
    found = _open(db, token)
    if not found.may_check_in:
        raise BadInput(Message("只有上课当天可以签到：{day}。", day=_days(found)))
    who = _known(db, employee_no, name)
    members = {one.id for one, _unit in repository.members(db, found.session)}
    late, guest = _is_late(db, found), bool(members) and who.id not in members
    new = mark_in(db, found.session, who.id or 0, Presence.LATE if late else Presence.PRESENT, off_list=guest)
    if new:
        record(db, _stranger(who.name, address), "checked_in", "training_session", found.session.id, employee=who.id)
    return CheckedIn(late and new, guest)


def answer(db: Session, token: str, employee_no: str, name: str, marks: Mapping[Asked, int], remark: str, address: str) -> None:
    """Somebody who came says what they thought; a second answer replaces the first. Raises `NotFound`, `BadInput`."""
    found = _open(db, token)
    who = _known(db, employee_no, name)
    noted = repository.of_session(db, found.session.id or 0).get(who.id or 0)
    if noted is None or noted.presence not in CAME:
        raise BadInput(Message("评价只收到课的人。您还没有签到，或名单上登记为没有到课。"))
    missing = [ASKED_NAMES[one] for one in Asked if not LOWEST <= marks.get(one, 0) <= HIGHEST]
    if missing:
        raise BadInput(Message("“{name}”还没有打分，请从 1 到 5 选一个。", name=missing[0]))
    if len(remark.strip()) > LONGEST_REMARK:
        raise BadInput(Message("建议最多 {n} 个字。", n=LONGEST_REMARK))
    row = repository.feedback_of(db, found.session.id or 0, who.id or 0)
    row = row or SessionFeedback(session_id=found.session.id or 0, employee_id=who.id or 0)
    row.marks, row.remark, row.at = {one.value: marks[one] for one in Asked}, remark.strip(), now()
    db.add(row)
    record(db, _stranger(who.name, address), "session_judged", "training_session", found.session.id)


def judged(db: Session, actor: Actor, plan_id: int, session_id: int) -> Judged:
    """What those who came thought of a session: means from five answers on, remarks without names and only for those who plan.

    Needs `SEE_DELIVERY`. Raises `NotFound`.
    """
    seen = sheet(db, actor, plan_id, session_id)
    rows = repository.feedback(db, session_id)
    enough = len(rows) >= FEWEST
    means = {one: sum(row.marks[one.value] for row in rows) / len(rows) for one in Asked} if enough else {}
    # Sorted by their words, remarks say nothing of who answered when.
    remarks = sorted(row.remark for row in rows if row.remark) if enough and actor.may(Right.PLAN_DELIVERY) else []
    return Judged(len(rows), seen.everybody, means, tuple(remarks), enough)


def _open(db: Session, token: str) -> Open:
    found = opened(db, token)
    if found is None:
        raise NotFound(_GONE)
    return found


def _placement(db: Session, plan_id: int, session_id: int) -> Placement | None:
    table = timetable_rows.published(db, plan_id)
    return timetable_rows.placement(db, table.id or 0, session_id) if table is not None else None


def _known(db: Session, employee_no: str, name: str) -> Employee:
    """Whoever works here under this number and name."""
    for one in repository.staff_numbered(db, {employee_no.strip().lower(), _plain(employee_no)}):
        if same(one.employee_no, employee_no) and same(one.name, name):
            return one
    raise BadInput(_NOT_KNOWN)


def same(stored: str, given: str) -> bool:
    """Whether what somebody typed is what is stored, however it was spaced or cased."""
    return bool(stored) and _plain(stored) == _plain(given)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _is_late(db: Session, found: Open) -> bool:
    plan_id = repository.plan_of(db, found.session)
    held = _placement(db, plan_id, found.session.id or 0)
    assert held is not None
    begin = feed_rows.hours_of(db, plan_id).of(tuple(Half)[held.slot])[0]
    return now().astimezone(ZONE) > datetime.combine(found.first, begin, ZONE) + LATE_AFTER


def _days(found: Open) -> str:
    return found.first.isoformat() if found.first == found.last else f"{found.first.isoformat()} – {found.last.isoformat()}"


def _stranger(name: str, address: str) -> Actor:
    return Actor(account_id=None, name=name, roles=frozenset(), address=address)
