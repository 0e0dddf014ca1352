"""Quality findings, meetings and decisions as an actor may see and change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people.scope import scope
from core.plans import service as plans
from core.projects import repository as project_rows
from core.review.reviews import gathering, repository
from core.review.reviews.gathering import Candidate
from core.review.reviews.tables import MeetingDecision, QualityFinding, ReviewMeeting
from core.review.reviews.terms import Dimension, Item, WorkState
from core.storage import Session, now

LONGEST_TEXT, LONGEST_OWNER, LONGEST_SUMMARY, LONGEST_NOTE, MOST_POINTS = 300, 80, 2000, 500, 100
_CHANGED = Message("这里刚被别人改过，您的改动没有保存。请刷新后再改。")
_GONE = Message("没有找到它，可能已被删除。请刷新后再试。")


@dataclass(frozen=True)
class Work:
    """What is to be done, by whom, until when, and how far it is."""

    text: str
    owner: str
    due: date
    state: WorkState = WorkState.OPEN


@dataclass(frozen=True)
class Found:
    """What was found, of which project (None: of the year), and what is to be done; `candidate`: the data said it."""

    dimension: Dimension
    project_id: int | None
    text: str
    work: Work
    candidate: Candidate | None = None


@dataclass(frozen=True)
class FindingView:
    """A finding as a reader sees it; `said` None: a person's words, or figures that this reader may not see."""

    row: QualityFinding
    project: str
    said: Message | None


@dataclass(frozen=True)
class Point:
    """A point of an agenda: what about, the message of the data or a person's own `text`, and what was said of it (`note`)."""

    item: Item
    said: Message | None
    text: str = ""
    note: str = ""

    def words(self, language: Language) -> str:
        """As it reads."""
        return self.text or (self.said.render(language) if self.said is not None else "")

    def to_json(self) -> list[Any]:
        """As it is stored."""
        return [self.item.value, self.said.to_json() if self.said is not None else None, self.text, self.note]


@dataclass(frozen=True)
class MeetingView:
    """A meeting with its agenda, its own decisions, and those of earlier ones that are still open."""

    row: ReviewMeeting
    agenda: tuple[Point, ...]
    decisions: tuple[MeetingDecision, ...]
    carried: tuple[MeetingDecision, ...]


@dataclass(frozen=True)
class ReviewBoard:
    """Findings and meetings of a plan. `withheld`: this reader may not count the whole branch, which agendas do."""

    year: int
    unit: str
    findings: tuple[FindingView, ...]
    meetings: tuple[MeetingView, ...]
    withheld: bool

    def of(self, quarter: int) -> MeetingView | None:
        """The meeting of a quarter."""
        return next((one for one in self.meetings if one.row.quarter == quarter), None)


def board(db: Session, actor: Actor, plan_id: int) -> ReviewBoard:
    """Findings and meetings of a plan. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    plan = plans.find(db, actor, plan_id)
    whole = scope(db, actor).counted is None
    names = {row.id: row.name for row in project_rows.all_projects(db, plan_id)}
    findings = tuple(
        FindingView(row, names.get(row.project_id or 0, ""), Message.from_json(row.said) if row.said and whole else None)
        for row in repository.findings(db, plan_id)
    )
    rows = repository.meetings(db, plan_id)
    quarters = {row.id: row.quarter for row in rows}
    decided = repository.decisions(db, plan_id)
    meetings = tuple(
        MeetingView(
            row,
            tuple(_point(one) for one in row.agenda) if whole else (),
            tuple(one for one in decided if one.meeting_id == row.id),
            tuple(one for one in decided if one.state is WorkState.OPEN and quarters[one.meeting_id] < row.quarter),
        )
        for row in rows
    )
    return ReviewBoard(plan.year, plan.unit, findings, meetings, not whole)


def open_candidates(db: Session, actor: Actor, plan_id: int, today: date) -> list[Candidate]:
    """What the data say and nobody has taken over yet. Needs `KEEP_REVIEW`."""
    taken = {row.key for row in repository.findings(db, plan_id) if row.key}
    return [one for one in gathering.candidates(db, actor, plan_id, today) if one.key not in taken]


def save_finding(db: Session, actor: Actor, plan_id: int, found: Found, finding_id: int | None = None, version: int = 0) -> int:
    """Keep a finding with its improvement. Returns its number. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    work, text = _checked(found.work), found.text.strip()
    if found.candidate is None and finding_id is None and not text:
        raise BadInput(Message("请写明发现了什么问题。"))
    if found.project_id is not None and found.project_id not in {row.id for row in project_rows.projects(db, plan_id)}:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    action = Action(db, actor, _room(plan_id), "quality_finding_saved", work.text[:80])
    if finding_id is None:
        row = action.make(QualityFinding(plan_id=plan_id, dimension=found.dimension, improvement="", owner="", due=work.due))
        if found.candidate is not None:
            row.key, row.said = found.candidate.key, found.candidate.said.to_json()
    else:
        row = action.change(_seen(repository.finding(db, finding_id), plan_id, version))
    row.dimension, row.project_id, row.text = found.dimension, found.project_id, text[:LONGEST_TEXT]
    row.improvement, row.owner, row.due, row.state = work.text, work.owner, work.due, work.state
    row.changed_by, row.changed_at = actor.name[:80], now()
    action.write()
    return row.id or 0


def prepare(db: Session, actor: Actor, plan_id: int, quarter: int, today: date) -> int:
    """Make the meeting of a quarter with an agenda from the data, or add what has come up since to the one that there is.

    Returns the meeting's number. What people wrote stays. Needs `KEEP_REVIEW`. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    if quarter not in (1, 2, 3, 4):
        raise BadInput(Message("季度应是 1 到 4。"))
    fresh = [Point(item, said) for item, said in gathering.agenda(db, actor, plan_id, quarter, today)]
    row = next((one for one in repository.meetings(db, plan_id) if one.quarter == quarter), None)
    action = Action(db, actor, _room(plan_id), "meeting_prepared", f"Q{quarter}")
    if row is None:
        row = action.make(ReviewMeeting(plan_id=plan_id, quarter=quarter, held_on=today))
    else:
        action.change(row)
    known = [_point(one) for one in row.agenda]
    there = {gathering.topic(one.item, one.said) for one in known if one.said is not None}
    added = [one for one in fresh if one.said is not None and gathering.topic(one.item, one.said) not in there]
    row.agenda = [one.to_json() for one in [*known, *added][:MOST_POINTS]]
    row.changed_by, row.changed_at = actor.name[:80], now()
    action.write()
    return row.id or 0


def save_meeting(
    db: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    *,
    held_on: date,
    attendees: str,
    summary: str,
    agenda: Sequence[Point],
) -> None:
    """Keep a meeting as it is written. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    row = repository.meeting(db, meeting_id)
    row = _seen(row, row.plan_id if row is not None else 0, version)
    plans.find(db, actor, row.plan_id)
    if len(attendees.strip()) > LONGEST_TEXT or len(summary.strip()) > LONGEST_SUMMARY or len(agenda) > MOST_POINTS:
        raise BadInput(Message("参会人最多 {limit} 个字，纪要最多 {most} 个字。", limit=LONGEST_TEXT, most=LONGEST_SUMMARY))
    if any(len(one.text) > LONGEST_NOTE or len(one.note) > LONGEST_NOTE for one in agenda):
        raise BadInput(Message("议题和讨论各最多 {limit} 个字。", limit=LONGEST_NOTE))
    action = Action(db, actor, _room(row.plan_id), "meeting_saved", f"Q{row.quarter}")
    action.change(row)
    row.held_on, row.attendees, row.summary = held_on, attendees.strip(), summary.strip()
    row.agenda = [one.to_json() for one in agenda if one.text.strip() or one.said is not None]
    row.changed_by, row.changed_at = actor.name[:80], now()
    action.write()


def decide(db: Session, actor: Actor, meeting_id: int, work: Work, decision_id: int | None = None, version: int = 0) -> int:
    """Keep what a meeting decided, or how far it is. Returns its number. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    meeting = repository.meeting(db, meeting_id)
    if meeting is None:
        raise NotFound(_GONE)
    plans.find(db, actor, meeting.plan_id)
    work = _checked(work)
    action = Action(db, actor, _room(meeting.plan_id), "meeting_decided", work.text[:80])
    if decision_id is None:
        row = action.make(MeetingDecision(plan_id=meeting.plan_id, meeting_id=meeting_id, text="", owner="", due=work.due))
    else:
        row = action.change(_seen(repository.decision(db, decision_id), meeting.plan_id, version))
    row.text, row.owner, row.due, row.state = work.text, work.owner, work.due, work.state
    row.changed_by, row.changed_at = actor.name[:80], now()
    action.write()
    return row.id or 0


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with findings and meetings, and what this person can take back first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def note_exported(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody took minutes away: kept in the audit log. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    record(db, actor, "minutes_exported", "plan", plan_id)


def _checked(work: Work) -> Work:
    text, owner = work.text.strip(), work.owner.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput(Message("请写明要做什么，最多 {limit} 个字。", limit=LONGEST_TEXT))
    if not owner or len(owner) > LONGEST_OWNER:
        raise BadInput(Message("请写明责任人，最多 {limit} 个字。", limit=LONGEST_OWNER))
    return Work(text, owner, work.due, work.state)


def _seen(row: Any, plan_id: int, version: int) -> Any:
    if row is None or row.plan_id != plan_id:
        raise NotFound(_GONE)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _point(stored: Any) -> Point:
    item, said, text, note = stored
    return Point(Item(item), Message.from_json(said) if said is not None else None, text, note)


def _room(plan_id: int) -> str:
    return f"reviews:{plan_id}"
