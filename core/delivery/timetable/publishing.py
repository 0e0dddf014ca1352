"""Publishing a timetable as a version, and what changed since the version before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import checking_off
from core.delivery.timetable import repository, service
from core.delivery.timetable.changes import Change, ChangeKind, Line, changes, from_json, line_of, to_json
from core.delivery.timetable.tables import PublishedVersion
from core.delivery.timetable.terms import TimetableState
from core.errors import Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session

LONGEST_NOTE = 300


@dataclass(frozen=True)
class VersionView:
    """A published version: its number, its note, who published it, what changed since the one before it."""

    number: int
    timetable_id: int | None
    note: str
    by: str
    at: datetime
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]


def versions(db: Session, actor: Actor, plan_id: int) -> list[VersionView]:
    """The published versions of a plan, the newest first. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    found = [_view(row) for row in repository.versions(db, plan_id)]
    # Who published and what changed names persons.
    return [replace(one, by="", note="", lines=(), changes=()) for one in found] if actor.is_guest else found


def since_published(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> list[Change] | None:
    """What publishing a timetable would change; None where nothing was published yet. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    earlier = versions(db, actor, plan_id)
    if not earlier or actor.is_guest:
        return None
    return changes(earlier[0].lines, _lines(db, actor, plan_id, timetable_id))


def publish(db: Session, actor: Actor, plan_id: int, timetable_id: int, version: int, note: str) -> int:
    """Make a draft the timetable that everybody reads. Returns the number of the new version.

    `version` is the one that the person saw. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = service.find(db, actor, plan_id, timetable_id)
    if row.version != version:
        raise Conflict(Message("这份排期刚被别人改过，没有发布。请看过最新的再发布。"))
    if row.state is not TimetableState.DRAFT:
        raise Conflict(Message("只有草稿可以发布。"))
    lines = _lines(db, actor, plan_id, timetable_id)
    if not any(one.day is not None for one in lines):
        raise NotFound(Message("这份排期里还没有排上的课次，不能发布。"))
    earlier = versions(db, actor, plan_id)
    found = changes(earlier[0].lines, lines) if earlier else []
    if (standing := repository.published(db, plan_id)) is not None:
        standing.state = TimetableState.SUPERSEDED
    row.state = TimetableState.PUBLISHED
    number = earlier[0].number + 1 if earlier else 1
    db.add(
        PublishedVersion(
            plan_id=plan_id,
            timetable_id=row.id,
            number=number,
            note=note.strip()[:LONGEST_NOTE],
            lines=[to_json(one) for one in lines],
            changes=[{"kind": one.kind.value, "session": one.session_id, "message": one.message.to_json()} for one in found],
            published_by=actor.name[:80],
        )
    )
    db.flush()
    checking_off.take_schedule(db, actor, plan_id, _spans(db, actor, plan_id))
    record(db, actor, "timetable_published", "timetable", row.id, number=number, changes=len(found))
    return number


def _spans(db: Session, actor: Actor, plan_id: int) -> dict[int, tuple[date, date]]:
    """The days of each project's first and last session."""
    found: dict[int, tuple[date, date]] = {}
    for one in service.sessions(db, actor, plan_id):
        if one.project_id is not None and one.day is not None:
            first, last = found.get(one.project_id, (one.day, one.day))
            found[one.project_id] = (min(first, one.day), max(last, one.ends_on or one.day))
    return found


def _lines(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> Sequence[Line]:
    return [line_of(one) for one in service.sessions(db, actor, plan_id, timetable_id)]


def _view(row: PublishedVersion) -> VersionView:
    found = tuple(Change(ChangeKind(one["kind"]), one["session"], Message.from_json(one["message"])) for one in row.changes)
    lines = tuple(from_json(one) for one in row.lines)
    return VersionView(row.number, row.timetable_id, row.note, row.published_by, row.published_at, lines, found)
