"""Measures and their results as an actor may see and change them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.undo.service import Action, last
from core.delivery.undo.service import undo as undo_action
from core.editing.done import Done
from core.errors import Conflict, NotFound
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.people.gates import HIDE
from core.people.nameless import owners_for, sources_for
from core.people.scope import Scope, scope
from core.plans import service as plans
from core.review.results import repository
from core.review.results.measuring import MeasureDraft, check, figure, reach
from core.review.results.tables import Measure
from core.review.results.terms import Aggregation, Direction, Frequency, SourceKind
from core.storage import Session, now

_GONE = Message("没有找到这个指标，它可能已被删除。请刷新后再选。")
_CHANGED = Message("“{name}”刚被别人改过，您的改动没有保存。请刷新后再改。")
_FIELDS = (
    *("name", "kind", "project_id", "source", "unit", "direction", "frequency", "aggregation", "baseline", "operator", "target"),
    *("weight", "due", "owner"),
)


@dataclass(frozen=True)
class MeasureView:
    """A measure as a reader sees it. `follows`: it is an indicator of the project's goal, and changes with it."""

    id: int
    version: int
    plan_id: int
    project_id: int | None
    project: str
    name: str
    level: KirkpatrickLevel
    kind: SourceKind
    source: str
    unit: str
    direction: Direction
    frequency: Frequency
    aggregation: Aggregation
    baseline: float | None
    operator: str
    target: float | None
    weight: float | None
    due: date | None
    owner: str
    follows: bool
    indicator_key: str

    @property
    def reach(self) -> float | None:
        """The figure that is to be reached."""
        return reach(self.baseline, self.operator, self.target)

    @property
    def shown_unit(self) -> str:
        """The unit of what is measured: a share is in per cent, whatever its goal's unit of change."""
        return "%" if self.aggregation is Aggregation.SHARE else self.unit


@dataclass(frozen=True)
class Actual:
    """What a measure's results come to, those from before the training apart.

    `attendances` are results (人次), `people` different persons, `unnamed` results of nobody in particular. `hidden`: so few people that
    the figure would tell of one of them; then nothing else is said.
    """

    measure_id: int
    value: float | None = None
    people: int = 0
    attendances: int = 0
    unnamed: int = 0
    since: date | None = None
    until: date | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Point:
    """What a measure's results of a month (`on`, its first day) come to."""

    on: date
    value: float | None
    people: int
    attendances: int
    hidden: bool = False


@dataclass(frozen=True)
class Pair:
    """Somebody's results of a measure before and after the training, None where there are none; `class_` None: not trained.

    Several results of one person are averaged; of a measure that is added up, the month's sum is. Persons are numbers, never names.
    """

    employee_id: int
    unit_id: int | None
    class_: int | None
    pre: float | None
    post: float | None


def measures(db: Session, actor: Actor, plan_id: int, *, archived: bool = False) -> list[MeasureView]:
    """What is measured in a plan, by level; `archived`: in one that was put away too, as the next year's is compared with it.

    Needs `SEE_REVIEW`. Raises `NotFound`.
    """
    require(actor, Right.SEE_REVIEW)
    if not archived:
        plans.find(db, actor, plan_id)
    names = repository.project_names(db, plan_id)
    owner, source = owners_for(db, actor), sources_for(db, actor)
    made = (_view(row, names) for row in repository.measures(db, plan_id))
    return [replace(one, owner=owner(one.owner), source=source(one.source)) for one in made]


def projects(db: Session, actor: Actor, plan_id: int) -> dict[int, str]:
    """The projects of a plan that something can be measured of: names by number. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    return repository.project_names(db, plan_id)


def save_measure(db: Session, actor: Actor, plan_id: int, draft: MeasureDraft) -> int:
    """Keep a measure, new or changed. Returns its number. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`."""
    return save_measures(db, actor, plan_id, [draft])[0]


def save_measures(
    db: Session, actor: Actor, plan_id: int, drafts: Sequence[MeasureDraft], removed: Mapping[int, int] | None = None
) -> list[int]:
    """Keep measures and put those `removed` away (their versions by number), as one action that can be taken back."""
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    rows = {row.id: row for row in repository.measures(db, plan_id)}
    projects = repository.project_names(db, plan_id)
    for draft in drafts:
        check(draft)
        if draft.project_id is not None and draft.project_id not in projects:
            raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    seen = {**{one.id: one.version for one in drafts if one.id is not None}, **(removed or {})}
    for number, version in seen.items():
        if number not in rows:
            raise NotFound(_GONE)
        if rows[number].version != version:
            raise Conflict(Message(_CHANGED.text, name=rows[number].name))
    action = Action(db, actor, _room(plan_id), "measures_changed", "、".join(one.name for one in drafts[:3]))
    written = [write(action, plan_id, draft, rows.get(draft.id)) for draft in drafts]
    for number in removed or {}:
        row = action.change(rows[number])
        row.removed_at, row.changed_by = now(), actor.name[:80]
    if drafts or removed:
        action.write()
    return [row.id or 0 for row in written]


def write(action: Action, plan_id: int, draft: MeasureDraft, row: Measure | None, key: str = "") -> Measure:
    """A draft becomes a row inside an action."""
    if row is None:
        row = action.make(Measure(plan_id=plan_id, name="", level=1, kind=draft.kind, indicator_key=key))
    else:
        action.change(row)
    for name in _FIELDS:
        value = getattr(draft, name)
        setattr(row, name, value.strip() if isinstance(value, str) and name in ("name", "source", "unit", "owner") else value)
    row.level, row.changed_by, row.changed_at = int(draft.level), action.actor.name[:80], now()
    return row


def last_change(db: Session, actor: Actor, plan_id: int) -> Done | None:
    """What this person last did to a plan's measures and can take back. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return last(db, actor, _room(plan_id))


def undo(db: Session, actor: Actor, action_id: int) -> int:
    """Take back what was done to measures. Returns how many it was. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.KEEP_REVIEW)
    return undo_action(db, actor, action_id)


def actuals(db: Session, actor: Actor, plan_id: int, *, archived: bool = False) -> dict[int, Actual]:
    """What the results of each measure come to, of the units that the actor may count; `archived` as above. Needs `SEE_REVIEW`.

    Sums of fewer than five people are hidden from those who may not read them by name.
    """
    found = measures(db, actor, plan_id, archived=archived)
    seen = scope(db, actor)
    made = of_measures(db, found, seen.counted)
    return {one: gated(actual, seen) for one, actual in made.items()}


def of_measures(db: Session, found: Sequence[MeasureView], units: Collection[int] | None) -> dict[int, Actual]:
    """What the results of these measures come to in these units (None: all), with nothing hidden: for services alone."""
    ways = {one.id: one.aggregation for one in found}
    people = repository.people(db, list(ways), units)
    months: dict[int, list[tuple[date, int, int, float]]] = {}
    for one, month, attendances, _people, unnamed, total, _passes in repository.sums(db, list(ways), units):
        months.setdefault(one, []).append((month, attendances, unnamed, total))
    return {
        one: Actual(
            measure_id=one,
            value=figure(way, sum(row[3] for row in rows), sum(row[1] for row in rows)),
            people=people.get(one, 0),
            attendances=sum(row[1] for row in rows),
            unnamed=sum(row[2] for row in rows),
            since=min((row[0] for row in rows), default=None),
            until=max((row[0] for row in rows), default=None),
        )
        for one, way in ways.items()
        for rows in (months.get(one, []),)
    }


def gated(actual: Actual, seen: Scope) -> Actual:
    """The figure as this reader may have it."""
    # What was measured of units as such tells of nobody.
    if seen.everyone or seen.named == seen.counted or not actual.people or actual.people + actual.unnamed >= HIDE:
        return actual
    return Actual(actual.measure_id, hidden=True)


def series(db: Session, actor: Actor, measure_id: int) -> list[Point]:
    """What a measure's results come to month by month. Needs `SEE_REVIEW`. Raises `NotFound`.

    A month of fewer than five people is hidden as a sum is, and so is another beside a single hidden one: the year would tell it.
    """
    require(actor, Right.SEE_REVIEW)
    row = repository.measure(db, measure_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    seen = scope(db, actor)
    found = repository.sums(db, [measure_id], seen.counted)
    points = [Point(month, figure(row.aggregation, total, count), people, count) for _id, month, count, people, _un, total, _p in found]
    small = {one.on for one in points if 0 < one.people < HIDE} if not (seen.everyone or seen.named == seen.counted) else set()
    if small and sum(one.people for one in points if one.on in small) < HIDE:
        rest = [one for one in points if one.on not in small]
        small |= {min(rest, key=lambda one: one.people).on} if rest else set()
    return [Point(one.on, None, 0, 0, hidden=True) if one.on in small else one for one in points]


def whole_series(db: Session, actor: Actor, measure_id: int) -> list[Point]:
    """What a measure's results come to month by month, those before the training too; nothing where a month is of so few that it is hidden.

    Needs `SEE_REVIEW`. Raises `NotFound`.
    """
    require(actor, Right.SEE_REVIEW)
    row = repository.measure(db, measure_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    seen = scope(db, actor)
    found = repository.months(db, measure_id, seen.counted)
    points = [Point(month, figure(row.aggregation, total, count), people, count) for month, count, people, total in found]
    named = seen.everyone or seen.named == seen.counted
    return points if named or all(one.people >= HIDE or not one.people for one in points) else []


def pairs(db: Session, actor: Actor, measure_id: int) -> list[Pair]:
    """Each person's results of a measure before and after the training, of the units that the actor may count.

    Numbers of persons for other services, never for a page. Needs `SEE_REVIEW`. Raises `NotFound`.
    """
    require(actor, Right.SEE_REVIEW)
    row = repository.measure(db, measure_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    seen = scope(db, actor)
    classes = repository.cohorts_of(db, row.project_id) if row.project_id is not None else {}

    def of(total: float, count: int, months: int) -> float | None:
        by = months if row.aggregation is Aggregation.SUM else count
        return float(total) / by if by else None

    return [
        Pair(person, unit, classes.get(person), of(*rest[:3]), of(*rest[3:]))
        for person, unit, *rest in repository.by_person(db, measure_id)
        if seen.may_count(unit)
    ]


def _view(row: Measure, names: Mapping[int, str]) -> MeasureView:
    same = {name: getattr(row, name) for name in _FIELDS if name != "project_id"}
    return MeasureView(
        id=row.id or 0,
        version=row.version or 0,
        plan_id=row.plan_id,
        project_id=row.project_id,
        project=names.get(row.project_id or 0, ""),
        level=KirkpatrickLevel(row.level),
        follows=bool(row.indicator_key),
        indicator_key=row.indicator_key,
        **same,
    )


def _room(plan_id: int) -> str:
    return f"measures:{plan_id}"
