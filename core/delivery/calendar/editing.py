"""The calendar as people change it: single days, blackouts, leave, and what they take note of; each change can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.calendar import repository
from core.delivery.calendar.service import of_year
from core.delivery.calendar.tables import Blackout, CalendarDay, CalendarYear, EmployeeLeave
from core.delivery.halves import Span, check_span
from core.delivery.undo.service import CALENDAR, Action
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session

LONGEST_NAME, LONGEST_REASON, LONGEST_DAY_REASON = 60, 200, 120
_CHANGED = Message("这一项刚被别人修改过，您的改动没有保存。请查看最新内容后再改。")


@dataclass(frozen=True)
class BlackoutFacts:
    """Days on which people are not called to training: of units (with all below) and lines; without any, nobody is."""

    name: str
    starts: date
    ends: date
    unit_ids: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    reason: str = ""


def set_day(db: Session, actor: Actor, plan_id: int, day: date, version: int, *, works: bool, reason: str, sample: bool = False) -> None:
    """Say that people work on a day of the plan's year, or do not, whatever the year says. `version`: as seen, 0 where nobody had.

    Needs `PLAN_DELIVERY`. Raises `BadInput` without a reason or for another year, `Conflict`.
    """
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year
    if day.year != year:
        raise BadInput(Message("这个计划是 {year} 年的，请选这一年的日期。", year=str(year)))
    if not reason.strip() or len(reason.strip()) > LONGEST_DAY_REASON:
        raise BadInput(Message("请写明原因，最多 {limit} 个字，例如：总行通知。", limit=LONGEST_DAY_REASON))
    row = repository.day(db, day)
    if (row.version if row else 0) != version:
        raise Conflict(_CHANGED)
    action = Action(db, actor, CALENDAR, "day_changed", day.isoformat())
    row = action.make(CalendarDay(day=day, works=works, sample=sample)) if row is None else action.change(row)
    row.works, row.reason, row.changed_by = works, reason.strip(), actor.name[:80]
    action.write()


def clear_day(db: Session, actor: Actor, day: date, version: int) -> None:
    """Let a day be again what the year says. Needs `PLAN_DELIVERY`. Raises `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.day(db, day)
    if row is None or row.version != version:
        raise Conflict(_CHANGED)
    action = Action(db, actor, CALENDAR, "day_cleared", day.isoformat())
    action.drop(row)
    action.write()


def note_used(db: Session, actor: Actor, plan_id: int) -> None:
    """Remember which days a provisional year has, so that what its notice changes can be told. Does nothing where that is remembered.

    Needs `PLAN_DELIVERY`. To be called by whoever plans with the year.
    """
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year
    found, row = of_year(db, year), repository.year(db, year)
    usable = [day.isoformat() for day in found.days]
    if row is None:
        if found.provisional:
            db.add(CalendarYear(year=year, provisional=True, usable=usable, seen_by=actor.name[:80]))
            db.flush()
    elif found.provisional and row.usable != usable:
        row.provisional, row.usable, row.seen_by = True, usable, actor.name[:80]


def take_note(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody has read what the notice changed: the published days are those that people plan with from now on. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year
    found, row = of_year(db, year), repository.year(db, year)
    if row is None or found.provisional:
        raise BadInput(Message("{year} 年的放假安排没有新的变化。", year=str(year)))
    action = Action(db, actor, CALENDAR, "calendar_noted", str(year))
    action.change(row)
    row.provisional, row.usable, row.seen_by = False, [day.isoformat() for day in found.days], actor.name[:80]
    action.write()


def save_blackout(db: Session, actor: Actor, plan_id: int, seen: tuple[int, int] | None, facts: BlackoutFacts) -> int:
    """Add a blackout to a plan, or change the one that the person saw (id and version). Returns its id.

    Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`.
    """
    return save_blackouts(db, actor, plan_id, [(seen, facts)])[0]


def save_blackouts(db: Session, actor: Actor, plan_id: int, wanted: Sequence[tuple[tuple[int, int] | None, BlackoutFacts]]) -> list[int]:
    """The same for several at once, as one action."""
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year
    known = {row.id or 0 for row in repository.units(db)}
    title = "、".join(facts.name.strip() for _, facts in wanted)
    action = Action(db, actor, CALENDAR, "blackout_changed" if all(seen for seen, _ in wanted) else "blackout_added", title)
    rows = []
    for seen, facts in wanted:
        check_blackout(facts, year, known)
        row = action.make(Blackout(plan_id=plan_id, name="", starts=facts.starts, ends=facts.ends)) if seen is None else None
        row = row if row is not None else action.change(_blackout(db, seen, plan_id))
        row.name, row.starts, row.ends, row.reason = facts.name.strip(), facts.starts, facts.ends, facts.reason.strip()
        row.unit_ids, row.lines = list(facts.unit_ids), [one.strip() for one in facts.lines if one.strip()]
        row.whole = not (row.unit_ids or row.lines)
        rows.append(row)
    action.write()
    return [row.id or 0 for row in rows]


def remove_blackout(db: Session, actor: Actor, plan_id: int, seen: tuple[int, int]) -> None:
    """Take a blackout away. Needs `PLAN_DELIVERY`. Raises `Conflict` when it was changed or is gone."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    row = _blackout(db, seen, plan_id)
    action = Action(db, actor, CALENDAR, "blackout_removed", row.name)
    action.drop(row)
    action.write()


def add_leave(db: Session, actor: Actor, employee_id: int, span: Span) -> int:
    """Say when somebody is on leave. Returns the row's id. Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    names = dict(repository.employee_ids(db).values())
    if employee_id not in names:
        raise NotFound(Message("名单里已经没有这个人，可能有人撤销了导入。请刷新后再看。"))
    check_span(span.starts, span.ends, span.first, span.last)
    if len(span.reason.strip()) > LONGEST_DAY_REASON:
        raise BadInput(Message("原因最多 {limit} 个字。", limit=LONGEST_DAY_REASON))
    action = Action(db, actor, CALENDAR, "leave_added", names[employee_id])
    row = action.make(
        EmployeeLeave(
            employee_id=employee_id, starts=span.starts, first=span.first, ends=span.ends, last=span.last, reason=span.reason.strip()
        )
    )
    action.write()
    return int(row.id)


def remove_leave(db: Session, actor: Actor, seen: Iterable[tuple[int, int]]) -> None:
    """Take leave away (ids and versions as seen), as one action. Needs `PLAN_DELIVERY`. Raises `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    action = Action(db, actor, CALENDAR, "leave_removed")
    for leave_id, version in seen:
        row = repository.one_leave(db, leave_id)
        if row is None or row.version != version:
            raise Conflict(_CHANGED)
        action.drop(row)
    action.write()


def remove_notice(db: Session, actor: Actor, plan_id: int) -> None:
    """Forget an imported notice: the year is provisional again. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year
    action = Action(db, actor, CALENDAR, "notice_removed", str(year))
    for row in repository.notice(db, year):
        action.drop(row)
    action.write()


def check_blackout(facts: BlackoutFacts, year: int, known_units: set[int]) -> None:
    """Raises `BadInput` for a blackout that cannot be, `NotFound` for units that are not there."""
    if not facts.name.strip() or len(facts.name.strip()) > LONGEST_NAME:
        raise BadInput(Message("请填写禁排期名称，最多 {limit} 个字。", limit=LONGEST_NAME))
    if len(facts.reason.strip()) > LONGEST_REASON:
        raise BadInput(Message("原因最多 {limit} 个字。", limit=LONGEST_REASON))
    if facts.ends < facts.starts:
        raise BadInput(Message("“{name}”的结束日期早于开始日期。请核对。", name=facts.name.strip()))
    if facts.ends < date(year, 1, 1) or facts.starts > date(year, 12, 31):
        raise BadInput(Message("“{name}”不在 {year} 年里。请核对年份。", name=facts.name.strip(), year=str(year)))
    if set(facts.unit_ids) - known_units:
        raise NotFound(Message("有的机构已经不在了，请刷新后再选。"))


def _blackout(db: Session, seen: tuple[int, int] | None, plan_id: int) -> Blackout:
    row = repository.blackout(db, seen[0]) if seen else None
    if row is None or seen is None or row.plan_id != plan_id or row.version != seen[1]:
        raise Conflict(_CHANGED)
    return row
