"""Who is in cohorts, as far as the reader may name them; and moving people between cohorts by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.delivery.timetable import repository, service
from core.delivery.timetable.preparing import held_already
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.gaps import repository as facts
from core.people.scope import scope
from core.plans import service as plans
from core.storage import Session, now

_GONE = Message("没有找到这个班，它可能已被合并。")


@dataclass(frozen=True)
class Member:
    """Somebody in a cohort."""

    employee_id: int
    number: str
    name: str
    unit_id: int | None
    unit: str
    by_hand: bool


@dataclass(frozen=True)
class CohortView:
    """A cohort: `members` are those whom the reader may name, `size` counts all; `units` counts them by unit, the most first."""

    id: int
    version: int
    programme_id: int
    name: str | Message
    size: int
    named: bool
    members: tuple[Member, ...]
    units: Mapping[str, int]


@dataclass(frozen=True)
class ProgrammeView:
    """Something to be held, with its cohorts and how many sessions they have. `source` says how it is known who takes part."""

    row: Programme
    source: Message | None
    people: int
    size: int
    cohorts: tuple[CohortView, ...]
    sessions: int
    slots: int

    @property
    def id(self) -> int:
        """The programme's number."""
        return self.row.id or 0


def programmes(db: Session, actor: Actor, plan_id: int) -> list[ProgrammeView]:
    """What is to be held in a plan's year. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    cohorts: dict[int, list[CohortView]] = {}
    for one in _cohorts(db, actor, repository.cohorts(db, plan_id)):
        cohorts.setdefault(one.programme_id, []).append(one)
    sessions: dict[int, list[int]] = {}
    for row in repository.sessions(db, plan_id):
        sessions.setdefault(row.programme_id, []).append(row.slots)
    return [
        ProgrammeView(
            row,
            Message.from_json(row.formed["source"]) if row.formed else None,
            int(row.formed.get("people", 0)),
            int(row.formed.get("size", 0)),
            tuple(cohorts.get(row.id or 0, ())),
            len(sessions.get(row.id or 0, ())),
            sum(sessions.get(row.id or 0, ())),
        )
        for row in repository.programmes(db, plan_id)
    ]


def cohort(db: Session, actor: Actor, plan_id: int, cohort_id: int) -> CohortView | None:
    """One of a plan's cohorts; None where it is held no more. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    rows = [row for row in repository.cohorts(db, plan_id) if row.id == cohort_id]
    return next(iter(_cohorts(db, actor, rows)), None)


def units_of(db: Session, actor: Actor, employee_ids: Collection[int]) -> dict[int, int | None]:
    """The unit of each of these people whose unit the reader may count. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    seen = scope(db, actor)
    return {number: unit for number, (_, _, unit) in repository.named(db, employee_ids).items() if seen.may_name(unit)}


def unit_names(db: Session, actor: Actor) -> dict[int, str]:
    """What each unit is called. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    return facts.unit_names(db)


def move(db: Session, actor: Actor, plan_id: int, employee_id: int, source: int, target: int) -> None:
    """Put somebody into another cohort of the same programme; no rule moves them back. Needs `PLAN_DELIVERY`.

    Raises `Conflict` where they are no longer where the person saw them, `NotFound`.
    """
    one, other = _pair(db, actor, plan_id, source, target)
    row = next((each for each in repository.members(db, [source]) if each.employee_id == employee_id), None)
    if row is None:
        raise Conflict(Message("这个人已不在原来的班里，什么都没有改。请刷新后再试。"))
    action = _action(db, actor, plan_id, one, f"{one.number} → {other.number}")
    action.change(row).cohort_id, row.by_hand = target, True
    _touch(action, one, other)


def merge(db: Session, actor: Actor, plan_id: int, source: int, target: int) -> None:
    """Put everybody of a cohort into another of the same programme; the first is held no more. Needs `PLAN_DELIVERY`.

    Raises `Conflict` where the first was taught already, `NotFound`.
    """
    one, other = _pair(db, actor, plan_id, source, target)
    if source in held_already(db, plan_id).cohorts:
        said = Message(
            "{name}已经上过课，不能并入别的班：它上过的课和签到名单会跟着没有。可以把别的班并进来。", name=service.cohort_name(one)
        )
        raise Conflict(said)
    action = _action(db, actor, plan_id, one, f"{one.number} + {other.number}")
    moved = repository.members(db, [source])
    for row in (*moved, *repository.members(db, [target])):
        action.change(row).by_hand = True
    for row in moved:
        row.cohort_id = target
    action.change(one).removed_at = now()
    if one.seats and other.seats:
        action.change(other).seats, other.by_hand = other.seats + one.seats, True
    _touch(action, one, other)


def split(db: Session, actor: Actor, plan_id: int, cohort_id: int) -> int:
    """Make two cohorts of one, half of each unit in either. Returns the number of the new one. Needs `PLAN_DELIVERY`.

    Raises `BadInput` for a cohort of one, `NotFound`.
    """
    one = _cohort(db, actor, plan_id, cohort_id)
    members = repository.members(db, [cohort_id])
    if len(members) < 2:
        raise BadInput(Message("这个班还没有名单，或只有一个人，不能拆。"))
    units = {number: unit for number, (_, _, unit) in repository.named(db, [row.employee_id for row in members]).items()}
    ordered = sorted(members, key=lambda row: (units.get(row.employee_id) or 0, row.id or 0))
    numbers = [row.number for row in repository.cohorts(db, plan_id, removed=True) if row.programme_id == one.programme_id]
    made = Cohort(programme_id=one.programme_id, number=max(numbers) + 1, changed_by=actor.name[:80])
    action = _action(db, actor, plan_id, one, f"{one.number} ÷ {made.number}")
    action.make(made)
    db.flush()
    for place, row in enumerate(ordered):
        action.change(row).by_hand = True
        if place % 2:
            row.cohort_id = made.id or 0
    _touch(action, one)
    return made.id or 0


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with the cohorts of a plan, and what this person can take back first. Needs `PLAN_DELIVERY`."""
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def _cohorts(db: Session, actor: Actor, rows: Sequence[Cohort]) -> list[CohortView]:
    seen = scope(db, actor)
    held: dict[int, list[CohortMember]] = {}
    for one in repository.members(db, [row.id or 0 for row in rows]):
        held.setdefault(one.cohort_id, []).append(one)
    people = repository.named(db, {one.employee_id for some in held.values() for one in some})
    units = facts.unit_names(db)
    return [_view(row, held.get(row.id or 0, []), people, units, seen.may_name) for row in rows]


def _view(
    row: Cohort, held: Sequence[CohortMember], people: Mapping[int, tuple[str, str, int | None]], units: Mapping[int, str], may_name: object
) -> CohortView:
    assert callable(may_name)
    members, counts = [], dict[str, int]()
    for one in held:
        number, name, unit_id = people[one.employee_id]
        if may_name(unit_id):
            unit = units.get(unit_id or 0, "")
            members.append(Member(one.employee_id, number, name, unit_id, unit, one.by_hand))
            counts[unit] = counts.get(unit, 0) + 1
    ordered = dict(sorted(counts.items(), key=lambda pair: -pair[1]))
    size = len(held) or row.seats or 0
    return CohortView(row.id or 0, row.version or 0, row.programme_id, service.cohort_name(row), size, bool(held), tuple(members), ordered)


def _cohort(db: Session, actor: Actor, plan_id: int, cohort_id: int) -> Cohort:
    require(actor, Right.PLAN_DELIVERY)
    row = repository.cohort(db, cohort_id)
    programme = repository.programme(db, row.programme_id) if row is not None else None
    if row is None or row.removed_at is not None or programme is None or programme.plan_id != plan_id:
        raise NotFound(_GONE)
    return row


def _pair(db: Session, actor: Actor, plan_id: int, source: int, target: int) -> tuple[Cohort, Cohort]:
    one, other = _cohort(db, actor, plan_id, source), _cohort(db, actor, plan_id, target)
    if one.programme_id != other.programme_id or source == target:
        raise BadInput(Message("只能在同一个项目的两个班之间调整。"))
    return one, other


def _action(db: Session, actor: Actor, plan_id: int, one: Cohort, change: str) -> Action:
    programme = repository.programme(db, one.programme_id)
    return Action(db, actor, _room(plan_id), "cohort_changed", f"{programme.name if programme else ''} {change}")


def _touch(action: Action, *rows: Cohort) -> None:
    """The cohorts were changed by this person; then the action is written down."""
    for row in rows:
        action.change(row).changed_by, row.changed_at = action.actor.name[:80], now()
    action.write()


def _room(plan_id: int) -> str:
    return f"cohorts:{plan_id}"
