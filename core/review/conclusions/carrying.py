"""Conclusions become the next year's draft: applied in one transaction, taken back as a whole, traceable both ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import carrying as contents
from core.delivery.content import repository as content_rows
from core.delivery.content import sharing
from core.delivery.undo import repository as undo_rows
from core.errors import BadInput, Conflict, NotFound
from core.goals import repository as goal_rows
from core.goals import service as goals
from core.i18n import Language, Message
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.projects import carrying as projects
from core.review.conclusions import repository
from core.review.conclusions.proposing import Carried, CarryLine, Proposal, proposal
from core.review.conclusions.tables import CarryItem, CarryOver
from core.review.conclusions.terms import CarryKind, Choice
from core.storage import Session, now

# What comes with a row and goes with it, beside what the same carry-over made.
_OWN = {
    "annual_plan": {"carry_over"},
    "project": {"carry_item"},
    "project_content": {"content_item", "content_activity", "content_change"},
    "project_goal": {"goal_indicator", "goal_change"},
    "share_target": set[str](),
}
_ORDER = ("project_goal", "project_content", "project", "share_target")


@dataclass(frozen=True)
class CarryView:
    """A carry-over with what it made; `standing`: it was not taken back."""

    row: CarryOver
    items: tuple[CarryItem, ...]

    @property
    def standing(self) -> bool:
        """Whether it was not taken back."""
        return self.row.undone_at is None

    def of(self, conclusion_id: int) -> list[CarryItem]:
        """What a conclusion became."""
        return [one for one in self.items if one.conclusion_id == conclusion_id]


@dataclass(frozen=True)
class Trace:
    """Where a project of this year comes from: the conclusion of last year's review, and what it says."""

    conclusion_id: int
    year: int
    choice: Choice
    text: str
    change: str
    source: str


def carried(db: Session, actor: Actor, plan_id: int) -> list[CarryView]:
    """What was carried over from a plan, the newest first. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    rows = repository.carried(db, plan_id)
    items: dict[int, tuple[CarryItem, ...]] = {}
    for one in repository.items(db, [row.id or 0 for row in rows]):
        items[one.carry_over_id] = (*items.get(one.carry_over_id, ()), one)
    return [CarryView(row, items.get(row.id or 0, ())) for row in rows]


def behind(db: Session, actor: Actor, project_ids: Collection[int]) -> Mapping[int, Trace]:
    """The conclusions that these projects came of, by project; nothing for whoever may not see the review."""
    if not actor.may(Right.SEE_REVIEW):
        return {}
    return {
        project: Trace(row.id or 0, plan.year, row.choice, row.text, row.change, source)
        for project, row, plan, source in repository.behind(db, project_ids)
    }


def apply(db: Session, actor: Actor, plan_id: int, stamp: str, language: Language) -> int:
    """Carry over what the person saw, all of it or nothing. Returns how many projects were made.

    Needs `KEEP_REVIEW`, `DECIDE_STRATEGY`. Raises `BadInput` where there is nothing to carry over, `Conflict` where it is not any more what
    the person saw or where the next year's plan was put away, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    require(actor, Right.DECIDE_STRATEGY)
    wanted = proposal(db, actor, plan_id, language)
    if not wanted.anything:
        raise BadInput(Message("没有可以结转的结论：请先确认结论，或它们都已结转。"))
    if wanted.stamp != stamp:
        raise Conflict(Message("结论、结果或明年的计划刚有变化，没有结转。请看过新的预览再应用。"))
    carry = CarryOver(plan_id=plan_id, to_year=wanted.to_year, done_by=actor.name[:80])
    db.add(carry)
    db.flush()
    keeper = _Keeper(db, carry.id or 0)
    to_plan_id = _plan(db, actor, wanted, keeper)
    carry.to_plan_id = to_plan_id
    for one in wanted.carried:
        _project(db, actor, one, to_plan_id, keeper)
    for source_id, line in wanted.stopped:
        keeper.keep(line, source_id=source_id)
    if wanted.shares:
        _shares(db, actor, wanted, to_plan_id, keeper)
    db.flush()
    made = sum(one.there is None for one in wanted.carried)
    record(db, actor, "conclusions_carried", "plan", plan_id, year=wanted.to_year, projects=made, stopped=len(wanted.stopped))
    return made


def undo(db: Session, actor: Actor, carry_over_id: int) -> int:
    """Take a carry-over back as a whole. Returns how many things that took away.

    Needs `KEEP_REVIEW`. Raises `BadInput` for one that was taken back, `Conflict` where somebody changed or built on a part of it: then
    nothing changes; `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    require(actor, Right.DECIDE_STRATEGY)
    carry = repository.carry_over(db, carry_over_id)
    if carry is None:
        raise NotFound(Message("没有找到这次结转。"))
    plans.find(db, actor, carry.plan_id)
    if carry.undone_at is not None:
        raise BadInput(Message("这次结转已经撤销。"))
    items = repository.items(db, [carry_over_id])
    made = [one for one in items if one.subject]
    rows = {(one.subject, one.row_id): undo_rows.rows_of(db, one.subject, [one.row_id or 0]).get(one.row_id or 0) for one in made}
    _untouched(db, made, rows)
    for subject in _ORDER:
        for one in made:
            if one.subject == subject:
                db.delete(rows[one.subject, one.row_id])
        db.flush()
    for one in made:
        # A plan that others have begun to work in stays.
        if one.subject == "annual_plan" and not _built_on(db, one, ()):
            db.delete(rows[one.subject, one.row_id])
    carry.undone_by, carry.undone_at = actor.name[:80], now()
    db.flush()
    record(db, actor, "carry_over_undone", "plan", carry.plan_id, year=carry.to_year)
    return sum(one.subject != "annual_plan" for one in made)


def put_away(year: int) -> Message:
    """What is said where the plan of the next year was put away."""
    return Message("{year} 年的计划已归档，请先在年度计划页取回，再结转。", year=str(year))


@dataclass
class _Keeper:
    """Writes down what a carry-over makes."""

    db: Session
    carry_over_id: int

    def keep(self, line: CarryLine, row: object = None, *, source_id: int | None = None, project_id: int | None = None) -> None:
        self.db.add(
            CarryItem(
                carry_over_id=self.carry_over_id,
                conclusion_id=line.conclusion_id,
                kind=line.kind,
                name=line.name,
                before=line.before.to_json() if line.before is not None else None,
                after=line.after.to_json(),
                source_id=source_id,
                project_id=project_id,
                subject=getattr(row, "__tablename__", ""),
                row_id=getattr(row, "id", None),
                row_version=getattr(row, "version", None),
            )
        )


def _plan(db: Session, actor: Actor, wanted: Proposal, keeper: _Keeper) -> int:
    if wanted.to_plan_id is not None:
        row = plan_rows.plan(db, wanted.to_plan_id)
        if row is None or row.archived_at is not None:
            raise Conflict(put_away(wanted.to_year))
        return wanted.to_plan_id
    made = plans.create(db, actor, wanted.unit, wanted.to_year)
    line = next(one for one in wanted.lines if one.kind is CarryKind.PLAN)
    keeper.keep(line, made)
    return made.id or 0


def _project(db: Session, actor: Actor, one: Carried, to_plan_id: int, keeper: _Keeper) -> None:
    source = one.source.id
    if one.there is not None:
        keeper.keep(one.project_line, source_id=source, project_id=one.there)
        return
    row = projects.copy(db, actor, source, to_plan_id, people=one.people, theme_id=one.theme_id)
    made: dict[str, int | None] = {"source_id": source, "project_id": row.id}
    if one.goal is not None and one.goal_line is not None:
        goals.save(db, actor, row.id or 0, 0, one.goal)
        db.flush()
        keeper.keep(one.goal_line, goal_rows.of_project(db, row.id or 0), **made)
    if one.content is not None and one.content_line is not None:
        keeper.keep(one.content_line, contents.copy(db, actor, one.content, row.id or 0), **made)
    keeper.keep(one.project_line, row, **made)
    for line in one.baselines:
        keeper.keep(line, **made)


def _shares(db: Session, actor: Actor, wanted: Proposal, to_plan_id: int, keeper: _Keeper) -> None:
    sharing.save(db, actor, to_plan_id, [], wanted.shares)
    rows = {row.name: row for row in content_rows.shares(db, to_plan_id)}
    for line in wanted.share_lines:
        keeper.keep(line, rows.get(line.name))


def _untouched(db: Session, made: Sequence[CarryItem], rows: Mapping[tuple[str, int | None], object]) -> None:
    """Raises `Conflict` naming a part that somebody changed, or that something hangs on."""
    for one in made:
        if one.subject == "annual_plan":
            continue
        row = rows[one.subject, one.row_id]
        if row is None or getattr(row, "version", None) != one.row_version or getattr(row, "state", None) == "withdrawn":
            raise Conflict(Message("“{name}”结转后又被修改过，没有撤销。请在明年的计划里逐项更正。", name=one.name))
        if _built_on(db, one, made):
            raise Conflict(Message("“{name}”后面已经接了别的内容（如短板、课程、排期），没有撤销。", name=one.name))


def _built_on(db: Session, one: CarryItem, made: Sequence[CarryItem]) -> bool:
    if one.subject == "project" and repository.handed_on(db, one.row_id or 0):
        return True
    with_it = {(other.subject, other.row_id) for other in made}
    there = undo_rows.hanging(db, one.subject, one.row_id or 0)
    return any(table not in _OWN[one.subject] and (table, number) not in with_it for table, number in there)
