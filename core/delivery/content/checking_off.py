"""Checklists of projects in the database: begun from a template, dated by the sessions, ticked off, overdue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import repository
from core.delivery.content import service as contents
from core.delivery.content.checklist import MOST_LINES, LineFacts, checked, from_json, starters, to_json
from core.delivery.content.dates import IsWorkday, Span, due, weekday
from core.delivery.content.tables import ChecklistLine, ChecklistTemplate, ProjectSpan
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.projects.tables import Project
from core.storage import Session, now

_CHANGED = Message("这份清单刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。")


@dataclass(frozen=True)
class LineView:
    """A line with the day it is due (None: the sessions have no days yet) and when it was done, by whom."""

    id: int
    version: int
    facts: LineFacts
    due: date | None
    done_at: datetime | None
    done_by: str

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nobody has done it."""
        return self.done_at is None and self.due is not None and self.due < today


@dataclass(frozen=True)
class Checklist:
    """A project's checklist. `span` None: no day is known yet."""

    project: Project
    span: Span | None
    lines: tuple[LineView, ...]

    @property
    def id(self) -> int:
        """The project's number."""
        return self.project.id or 0

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(one.done_at is not None for one in self.lines)


@dataclass(frozen=True)
class Template:
    """The list that a plan's projects begin with. `own`: the planner changed it; `version` is the one that the reader saw."""

    lines: tuple[LineFacts, ...]
    version: int
    own: bool


@dataclass(frozen=True)
class Entered:
    """A line as somebody entered it; `id` 0: a new one; `version` is the one that they saw."""

    id: int
    version: int
    facts: LineFacts


def checklists(db: Session, actor: Actor, plan_id: int, is_workday: IsWorkday = weekday) -> list[Checklist]:
    """The checklists of a plan's standing projects, oldest first; `is_workday` tells the branch's workdays (`calendar.service.workdays`).

    Needs `SEE_DELIVERY`. Raises `NotFound`.
    """
    views = contents.contents(db, actor, plan_id)
    ids = [view.id for view in views]
    spans = {project: Span(row.first_on, row.last_on, row.scheduled) for project, row in repository.spans(db, ids).items()}
    lines: dict[int, list[LineView]] = {}
    for row in repository.lines(db, ids):
        lines.setdefault(row.project_id, []).append(_view(row, spans.get(row.project_id), is_workday))
    return [Checklist(view.project, spans.get(view.id), tuple(lines.get(view.id, ()))) for view in views]


def template(db: Session, actor: Actor, plan_id: int, language: Language) -> Template:
    """The list that a plan's projects begin with. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.template(db, plan_id)
    if row is None:
        return Template(starters(language), 0, own=False)
    return Template(tuple(from_json(one) for one in row.lines), row.version or 0, own=True)


def save_template(db: Session, actor: Actor, plan_id: int, version: int, lines: Sequence[LineFacts]) -> None:
    """Make these the lines that a plan's projects begin with. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.template(db, plan_id)
    if ((row.version or 0) if row else 0) != version:
        raise Conflict(_CHANGED)
    kept = _checked(lines)
    if row is None:
        row = ChecklistTemplate(plan_id=plan_id)
        db.add(row)
    row.lines = [to_json(one) for one in kept]
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    record(db, actor, "checklist_template_saved", "plan", plan_id, lines=len(kept))


def begin(db: Session, actor: Actor, plan_id: int, project_ids: Collection[int], language: Language) -> int:
    """Give these projects the template's lines, but those that have a checklist already. Returns how many got one.

    Needs `PLAN_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    standing = {view.id for view in contents.contents(db, actor, plan_id)}
    if set(project_ids) - standing:
        raise NotFound(Message("有的项目已被撤回，请刷新后再选。"))
    lines = template(db, actor, plan_id, language).lines
    have = {row.project_id for row in repository.lines(db, project_ids)}
    fresh = [one for one in dict.fromkeys(project_ids) if one not in have]
    db.add_all(_row(actor, project_id, place, facts) for project_id in fresh for place, facts in enumerate(lines))
    db.flush()
    record(db, actor, "checklist_begun", "plan", plan_id, projects=len(fresh))
    return len(fresh)


def save(db: Session, actor: Actor, project_id: int, seen: Mapping[int, int], entered: Sequence[Entered]) -> None:
    """Make these a project's lines, in this order; `seen` are the lines with their versions that the person saw.

    Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict` when somebody changed them since, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    contents.find(db, actor, project_id)
    rows = {row.id or 0: row for row in repository.lines(db, [project_id])}
    if {number: row.version or 0 for number, row in rows.items()} != dict(seen):
        raise Conflict(_CHANGED)
    kept = _checked([one.facts for one in entered])
    for number in rows.keys() - {one.id for one in entered}:
        db.delete(rows[number])
    for place, (one, facts) in enumerate(zip(entered, kept, strict=True)):
        row = rows.get(one.id)
        if row is None:
            db.add(_row(actor, project_id, place, facts))
        elif _facts(row) != facts or row.place != place:
            row.stage, row.text, row.owner, row.place = facts.stage, facts.text, facts.owner, place
            row.anchor, row.days = facts.anchor, facts.days
            row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    record(db, actor, "checklist_saved", "project", project_id, lines=len(kept))


def tick(db: Session, actor: Actor, seen: Sequence[tuple[int, int]], *, done: bool) -> None:
    """Lines are done, or not yet after all. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    for line_id, version in seen:
        row = repository.line(db, line_id)
        if row is None:
            raise NotFound(Message("清单里没有这一行了，请刷新后再试。"))
        contents.find(db, actor, row.project_id)
        if row.version != version:
            raise Conflict(_CHANGED)
        row.done_at, row.done_by = (now(), actor.name[:80]) if done else (None, "")
        db.flush()
        record(db, actor, "checklist_ticked" if done else "checklist_unticked", "project", row.project_id, line=line_id)


def set_span(db: Session, actor: Actor, project_id: int, first: date, last: date) -> None:
    """Say when a project's first and last session will be, until the schedule says it. Needs `PLAN_DELIVERY`.

    Raises `BadInput`, `Conflict` where the schedule has said it, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    contents.find(db, actor, project_id)
    if first > last:
        raise BadInput(Message("首次课不能晚于末次课。"))
    row = repository.spans(db, [project_id]).get(project_id)
    if row is not None and row.scheduled:
        raise Conflict(Message("课次已由发布的课表定下，请在课表里改。"))
    _write_span(db, actor, row, project_id, Span(first, last))
    record(db, actor, "sessions_dated", "project", project_id, first=first.isoformat(), last=last.isoformat())


def take_schedule(db: Session, actor: Actor, plan_id: int, spans: Mapping[int, tuple[date, date]]) -> None:
    """The days of a schedule that is being published: `spans` gives each project's first and last; the others have none any more.

    Needs `PLAN_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    ids = [view.id for view in contents.contents(db, actor, plan_id)]
    rows = repository.spans(db, ids)
    for project_id in ids:
        row = rows.get(project_id)
        if project_id in spans:
            _write_span(db, actor, row, project_id, Span(*spans[project_id], scheduled=True))
        elif row is not None and row.scheduled:
            db.delete(row)
    db.flush()


def _write_span(db: Session, actor: Actor, row: ProjectSpan | None, project_id: int, span: Span) -> None:
    row = row or ProjectSpan(project_id=project_id, first_on=span.first, last_on=span.last)
    row.first_on, row.last_on, row.scheduled, row.set_by = span.first, span.last, span.scheduled, actor.name[:80]
    db.add(row)
    db.flush()


def _checked(lines: Sequence[LineFacts]) -> list[LineFacts]:
    if len(lines) > MOST_LINES:
        raise BadInput(Message("一份清单最多 {most} 行。", most=MOST_LINES))
    return [checked(one, place) for place, one in enumerate(lines, 1)]


def _view(row: ChecklistLine, span: Span | None, is_workday: IsWorkday) -> LineView:
    facts = _facts(row)
    return LineView(row.id or 0, row.version or 0, facts, due(span, facts.anchor, facts.days, is_workday), row.done_at, row.done_by)


def _facts(row: ChecklistLine) -> LineFacts:
    return LineFacts(row.stage, row.text, row.owner, row.anchor, row.days)


def _row(actor: Actor, project_id: int, place: int, facts: LineFacts) -> ChecklistLine:
    return ChecklistLine(project_id=project_id, place=place, **vars(facts), changed_by=actor.name[:80])
