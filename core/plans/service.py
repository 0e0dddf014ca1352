"""The annual plan as a thing: a unit's training plan for a year. Everything else hangs on one."""

from __future__ import annotations

from datetime import date

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import repository
from core.plans.tables import AnnualPlan
from core.storage import Session, now

FIRST_YEAR, LAST_YEAR = 2000, 2100
_GONE = Message("没有找到这个年度计划，它可能已被归档。")


def upcoming_year(today: date) -> int:
    """The year that a planner most likely means: next year from September on, this year before."""
    return today.year + 1 if today.month >= 9 else today.year


def create(db: Session, actor: Actor, unit: str, year: int, note: str = "", *, sample: bool = False) -> AnnualPlan:
    """A new plan. Raises `BadInput` when the unit has no name or the year cannot be, `Conflict` when that unit has one for that year."""
    require(actor, Right.EDIT_PLANS)
    unit = unit.strip()
    _check(unit, year)
    if repository.plan_of(db, unit, year) is not None:
        raise Conflict(Message("“{unit}”已有 {year} 年的计划（可能已归档），每个机构每年只有一个。", unit=unit, year=str(year)))
    row = AnnualPlan(unit=unit, year=year, note=note.strip()[:500], created_by=actor.account_id, sample=sample)
    db.add(row)
    db.flush()
    record(db, actor, "plan_created", "plan", row.id, unit=unit, year=year)
    return row


def plans(db: Session, actor: Actor, *, archived: bool = False) -> list[AnnualPlan]:
    """The plans this person may choose from. Raises `NotAllowed` for people who see no plan at all."""
    require(actor, Right.READ_PLANS)
    return repository.plans(db, archived=archived)


def find(db: Session, actor: Actor, plan_id: int) -> AnnualPlan:
    """One plan that is not put away. Raises `NotFound`."""
    require(actor, Right.READ_PLANS)
    row = repository.plan(db, plan_id)
    if row is None or row.archived_at is not None:
        raise NotFound(_GONE)
    return row


def readable(db: Session, actor: Actor, plan_id: int) -> bool:
    """Whether the actor may read this plan, and it is not put away."""
    row = repository.plan(db, plan_id) if actor.may(Right.READ_PLANS) else None
    return row is not None and row.archived_at is None


def change(db: Session, actor: Actor, plan_id: int, version: int, *, unit: str, year: int, note: str) -> None:
    """Rename or move a plan. `version` is the one the person saw. Raises `Conflict` when somebody changed it since.

    A unit that gets another name keeps it in all its years, which belong together by it; where that name has plans of its own, the plan
    alone goes over to them.
    """
    require(actor, Right.EDIT_PLANS)
    row = find(db, actor, plan_id)
    if row.version != version:
        raise Conflict(Message("这个计划刚被别人修改过，您的改动没有覆盖它。请刷新后再改。"))
    unit = unit.strip()
    _check(unit, year)
    other = repository.plan_of(db, unit, year)
    if other is not None and other.id != plan_id:
        raise Conflict(Message("“{unit}”已有 {year} 年的计划（可能已归档），每个机构每年只有一个。", unit=unit, year=str(year)))
    if unit != row.unit and not repository.of_unit(db, unit):
        for one in repository.of_unit(db, row.unit):
            if one.id != plan_id:
                one.unit = unit
                record(db, actor, "plan_changed", "plan", one.id, unit=unit, year=one.year)
    row.unit, row.year, row.note = unit, year, note.strip()[:500]
    record(db, actor, "plan_changed", "plan", plan_id, unit=unit, year=year)


def archive(db: Session, actor: Actor, plan_id: int) -> None:
    """Put a plan away: it disappears from the choice, nothing of it is lost."""
    require(actor, Right.EDIT_PLANS)
    find(db, actor, plan_id).archived_at = now()
    record(db, actor, "plan_archived", "plan", plan_id)


def unarchive(db: Session, actor: Actor, plan_id: int) -> None:
    """Take a plan out of the archive again. Raises `NotFound`."""
    require(actor, Right.EDIT_PLANS)
    row = repository.plan(db, plan_id)
    if row is None or row.archived_at is None:
        raise NotFound(_GONE)
    row.archived_at = None
    record(db, actor, "plan_unarchived", "plan", plan_id)


def _check(unit: str, year: int) -> None:
    if not unit:
        raise BadInput(Message("请填写机构名称。"))
    if len(unit) > 60:
        raise BadInput(Message("机构名称最多 60 个字。"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(Message("年份应在 {first} 到 {last} 之间。", first=str(FIRST_YEAR), last=str(LAST_YEAR)))
