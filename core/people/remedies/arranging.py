"""Proposals that a person accepts become arrangements: planned, done or cancelled, and taken back as they were made."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core import clock
from core.access.actor import Actor
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.courses import service as catalogue
from core.people.courses.course import Course
from core.people.gaps import service as gaps
from core.people.remedies import repository
from core.people.remedies.arranged import Arranged
from core.people.remedies.ranking import RULE, Part, Urgent
from core.people.remedies.service import NO_SUCH_ENTRY, parts_for
from core.people.remedies.tables import Enrolment, EnrolmentState
from core.people.scope import below, scope
from core.storage import Session, now

_NOT_YOURS = Message("没有这个人，或者不在您可以查看的范围里。")
_CHANGED = Message("这项安排刚被别人改过，您的操作没有保存。请查看最新内容后再试。")
Seen = tuple[int, int]


@dataclass(frozen=True)
class Accepted:
    """What was arranged at once; `already`: for how many it had been arranged before."""

    batch: str
    made: int
    already: int


def accept(db: Session, actor: Actor, course_ids: Sequence[int], employee_ids: Sequence[int], urgent: Sequence[Urgent] = ()) -> Accepted:
    """Arrange each of these entries for each of these people. Raises `NotFound` when the actor may not name one of them.

    Where an entry is planned for somebody already, it is not planned twice.
    """
    named = gaps.persons(db, actor, employee_ids)
    if set(employee_ids) - named.keys():
        raise NotFound(_NOT_YOURS)
    courses = {one.id: one for one in catalogue.courses(db, actor) if not one.archived}
    if set(course_ids) - courses.keys():
        raise NotFound(NO_SUCH_ENTRY)
    there = {(who, what) for who, what, state in repository.taken(db, sorted(named)) if state is EnrolmentState.PLANNED}
    batch, made = secrets.token_urlsafe(12), 0
    for course_id in dict.fromkeys(course_ids):
        parts = parts_for(db, sorted(named), courses[course_id], urgent)
        fresh = [employee_id for employee_id in dict.fromkeys(employee_ids) if (employee_id, course_id) not in there]
        db.add_all(_enrolment(actor, batch, employee_id, courses[course_id], parts.get(employee_id, ())) for employee_id in fresh)
        made += len(fresh)
    db.flush()
    if made:
        record(db, actor, "remedies_accepted", "enrolment", None, count=made, entries=[courses[one].facts.name for one in set(course_ids)])
    return Accepted(batch, made, len(set(course_ids)) * len(named) - made)


def undo(db: Session, actor: Actor, batch: str) -> int:
    """Take back what this person arranged at once. Returns how much. Raises `Conflict` when something of it went on since."""
    rows = [one.row for one in repository.of_batch(db, batch, scope(db, actor).named) if one.row.planned_by_id == actor.account_id]
    if not rows:
        raise NotFound(Message("没有可以撤销的安排。"))
    if any(row.state is not EnrolmentState.PLANNED or row.version != 1 for row in rows):
        raise Conflict(Message("这次安排里有的已经完成、取消或改过，不能整体撤销。请逐条取消。"))
    for row in rows:
        db.delete(row)
    db.flush()
    record(db, actor, "remedies_undone", "enrolment", None, count=len(rows))
    return len(rows)


def finish(db: Session, actor: Actor, seen: Sequence[Seen], on: date) -> None:
    """What was planned is done, on that day. Raises `BadInput`, `Conflict`, `NotFound`."""
    if on > clock.today():
        raise BadInput(Message("完成日期还没有到。请填实际完成的那一天。"))
    for row in _rows(db, actor, seen):
        _go_on(row, actor, EnrolmentState.DONE, on)
    db.flush()
    record(db, actor, "remedies_done", "enrolment", None, count=len(seen), on=on.isoformat())


def cancel(db: Session, actor: Actor, seen: Sequence[Seen]) -> None:
    """What was planned will not be. Raises `Conflict`, `NotFound`."""
    for row in _rows(db, actor, seen):
        _go_on(row, actor, EnrolmentState.CANCELLED, None)
    db.flush()
    record(db, actor, "remedies_cancelled", "enrolment", None, count=len(seen))


def plan_again(db: Session, actor: Actor, seen: Sequence[Seen]) -> None:
    """What was called done or cancelled is planned as before. Raises `Conflict`, also where it was planned anew since, and `NotFound`."""
    rows = _rows(db, actor, seen)
    _refuse_twice(db, rows)
    for row in rows:
        row.state, row.done_on, row.closed_at, row.closed_by, row.closed_reason = EnrolmentState.PLANNED, None, None, "", ""
        row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    record(db, actor, "remedies_planned_again", "enrolment", None, count=len(seen))


def arranged(db: Session, actor: Actor, unit_id: int | None = None) -> list[Arranged]:
    """What is arranged for the people whom the actor may name, or of them those of a unit with all below it, the last first."""
    named = scope(db, actor).named
    own = None if unit_id is None else below(db, [unit_id])
    wanted = named if own is None else own if named is None else own & named
    return repository.of_units(db, wanted, tuple(EnrolmentState))


def row_of(db: Session, actor: Actor, seen: Seen) -> Enrolment:
    """An arrangement of somebody whom the actor may name, as they saw it. Raises `Conflict`, `NotFound`."""
    found = repository.enrolment(db, seen[0], scope(db, actor).named)
    if found is None:
        raise NotFound(Message("没有这项安排，或者不在您可以查看的范围里。"))
    if found.row.version != seen[1]:
        raise Conflict(_CHANGED)
    return found.row


def _rows(db: Session, actor: Actor, seen: Iterable[Seen]) -> list[Enrolment]:
    return [row_of(db, actor, one) for one in seen]


def _refuse_twice(db: Session, rows: Sequence[Enrolment]) -> None:
    """Raises `Conflict` when one of these, planned again, would stand beside the same one that is planned already."""
    again = Counter((row.employee_id, row.course_id) for row in rows if row.state is not EnrolmentState.PLANNED)
    taken = repository.taken(db, sorted({who for who, _ in again}))
    there = {(who, what) for who, what, state in taken if state is EnrolmentState.PLANNED}
    if there & again.keys() or any(count > 1 for count in again.values()):
        raise Conflict(Message("选中的安排里，有的同一个人已经重新安排过，不能再恢复一次。请去掉它们再试。"))


def _go_on(row: Enrolment, actor: Actor, state: EnrolmentState, on: date | None) -> None:
    if row.state is not EnrolmentState.PLANNED:
        raise Conflict(Message("这项安排已经完成或取消。请刷新后查看。"))
    row.state, row.done_on = state, on
    row.changed_by, row.changed_at = actor.name[:80], now()


def _enrolment(actor: Actor, batch: str, employee_id: int, course: Course, parts: tuple[Part, ...]) -> Enrolment:
    reason: dict[str, Any] = {"parts": [asdict(part) for part in parts]}
    return Enrolment(
        employee_id=employee_id,
        course_id=course.id,
        competency_id=parts[0].competency_id if parts else None,
        batch=batch,
        rule=RULE,
        reason=reason,
        planned_by=actor.name[:80],
        planned_by_id=actor.account_id,
        changed_by=actor.name[:80],
    )
