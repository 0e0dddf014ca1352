"""What training costs and returns, as an actor may see it; benefits as they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.budget import service as budget
from core.delivery.budget.figures import Entry
from core.delivery.budget.terms import CostType
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable.rules import Rules
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.plans import service as plans
from core.review.results import service as results
from core.review.results.service import Actual, MeasureView
from core.review.results.terms import Aggregation
from core.review.returns import repository
from core.review.returns.efficiency import PASSES, Efficiency, Held, Outcome, counted, spent, time_cost
from core.review.returns.repository import Said
from core.review.returns.roi import Benefit, Return, Swing, break_even, returned, swings
from core.review.returns.tables import BenefitLine
from core.review.returns.terms import Basis, Isolation
from core.storage import Session, now

LONGEST_NAME, LONGEST_UNIT, LONGEST_SOURCE, LONGEST_REASON, LONGEST_WHO = 80, 20, 200, 300, 80
LARGEST = 1e12
_FIELDS = (
    *("name", "programme_id", "measure_id", "delta", "low", "high", "unit", "value", "value_source", "value_by"),
    *("isolation", "method", "reason", "isolation_by", "confidence"),
)
_TEXTS = frozenset({"name", "unit", "value_source", "value_by", "reason", "isolation_by"})


@dataclass(frozen=True)
class BenefitDraft:
    """A benefit as somebody entered it; `id` None: it is new. `isolation` and `confidence` are shares from 0 to 1."""

    name: str
    delta: float
    value: float
    isolation: float
    method: Isolation
    confidence: float
    programme_id: int | None = None
    measure_id: int | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    value_source: str = ""
    value_by: str = ""
    reason: str = ""
    isolation_by: str = ""
    id: int | None = None
    version: int = 0

    @property
    def benefit(self) -> Benefit:
        """The same as figures alone."""
        return Benefit(self.delta, self.value, self.isolation, self.confidence, self.low, self.high)


@dataclass(frozen=True)
class ReturnsOverview:
    """What a plan's training costs and returns: sessions that are over, money by entry, benefits, and the outcomes of each programme.

    `projects` is the project of each programme, `measures` those whose change a benefit may be read from, `wage` what half a day of a
    participant is worth (None: not counted). `placed` counts the sessions that are published with a place, `rules` has the limits of money.
    """

    programmes: Mapping[int, str]
    projects: Mapping[int, int | None]
    placed: int
    held: tuple[Held, ...]
    entries: tuple[Entry, ...]
    wage: float | None
    wage_source: str
    outcomes: Mapping[int, Outcome]
    lines: tuple[BenefitDraft, ...]
    measures: Mapping[int, MeasureView]
    rules: Rules

    def efficiency(self, basis: Basis, programmes: Collection[int] | None = None) -> Efficiency:
        """What these programmes, or all, cost for each head, hour, pass and result."""
        count = counted(self.held, programmes)
        wanted = self.outcomes.keys() if programmes is None else self.outcomes.keys() & set(programmes)
        outcome = _added([self.outcomes[one] for one in sorted(wanted)])
        time = time_cost(count, self.entries, self.wage, basis, programmes)
        costs = self._costs(outcome, wanted, basis) if len(wanted) > 1 else {}
        return Efficiency(count, spent(self.entries, basis, programmes), time, outcome, costs)

    def _costs(self, outcome: Outcome, programmes: Collection[int], basis: Basis) -> dict[str, float]:
        """What the programmes cost that had a part in each outcome: a result of one is not to be divided into the money of all."""
        found = {}
        for name, unit in [(PASSES, ""), *((name, unit) for name, (_value, unit) in outcome.results.items())]:
            some = {one for one in programmes if _has(self.outcomes[one], name, unit)}
            time = time_cost(counted(self.held, some), self.entries, self.wage, basis, some)
            found[name] = spent(self.entries, basis, some) + time
        return found

    @property
    def over(self) -> int:
        """How many of the placed sessions are over."""
        return len(self.held)

    def of_type(self, kind: CostType, basis: Basis) -> Efficiency:
        """What one kind of cost comes to for each head and hour of the whole year."""
        count = counted(self.held)
        if kind is CostType.TIME:
            return Efficiency(count, 0.0, time_cost(count, self.entries, self.wage, basis))
        return Efficiency(count, spent(self.entries, basis, kind=kind), 0.0)

    def benefits(self, programme: int | None = None) -> list[Benefit]:
        """The benefits of a programme, or all."""
        return [one.benefit for one in self.lines if programme is None or one.programme_id == programme]

    def returned(self, basis: Basis, programme: int | None = None) -> Return | None:
        """What a programme, or the whole plan, returns for what it cost; None where nothing is valued or nothing was spent.

        The whole plan's costs are all costs, those of programmes too whose benefits nobody has valued.
        """
        return returned(self.benefits(programme), self._cost(basis, programme))

    def uncosted(self, basis: Basis) -> list[int]:
        """The programmes whose benefits are in the whole plan's return and whose costs nobody has entered: it is too high by these."""
        valued = dict.fromkeys(one.programme_id for one in self.lines if one.programme_id is not None)
        return [one for one in valued if not self._cost(basis, one) > 0]

    def swings(self, basis: Basis, programme: int | None = None) -> list[Swing]:
        """How that moves with each factor."""
        return swings(self.benefits(programme), self._cost(basis, programme))

    def break_even(self, basis: Basis, programme: int | None = None) -> float | None:
        """The isolation at which it just pays."""
        return break_even(self.benefits(programme), self._cost(basis, programme))

    def _cost(self, basis: Basis, programme: int | None) -> float:
        return self.efficiency(basis, None if programme is None else {programme}).cost


def overview(db: Session, actor: Actor, plan_id: int, today: date | None = None, money: budget.Overview | None = None) -> ReturnsOverview:
    """What a plan's training costs and returns; `money` is what was read of its money already. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    money = money or budget.overview(db, actor, plan_id)
    rows = timetable_rows.programmes(db, plan_id)
    projects = {row.id or 0: row.project_id for row in rows}
    measures = {one.id: one for one in results.measures(db, actor, plan_id)}
    return ReturnsOverview(
        programmes={row.id or 0: row.name for row in rows},
        projects=projects,
        placed=len(repository.placed(db, plan_id)),
        held=tuple(held(db, plan_id, today or clock.today())),
        entries=money.entries,
        wage=money.rules.wage_per_slot,
        wage_source=money.rules.wage_source,
        outcomes=_outcomes(projects, measures, results.actuals(db, actor, plan_id)),
        lines=tuple(_draft(row) for row in repository.lines(db, plan_id)),
        measures=measures,
        rules=money.rules,
    )


def held(db: Session, plan_id: int, today: date) -> list[Held]:
    """The sessions that are over, with who came."""
    members, noted, taken = repository.members(db, plan_id), repository.noted(db, plan_id), repository.taken(db, plan_id)
    found = []
    for one in repository.placed(db, plan_id):
        if one.ends_on < today:
            said = noted.get(one.session_id, Said())
            listed = members.get(one.cohort_id, frozenset())
            # Who took the same part in another cohort is not waited for.
            open_ones = [who for who in listed - said.listed.keys() if (one.programme_id, one.part, who) not in taken]
            unknown = max(0, one.seats - len(said.came)) if not listed and said.number is None else 0
            held = (said.came, len(open_ones) + unknown, said.unnamed, one.cohort_id, said.anything)
            found.append(Held(one.programme_id, one.slots, *held))
    return found


def save(db: Session, actor: Actor, plan_id: int, wanted: Sequence[BenefitDraft], removed: Mapping[int, int]) -> int:
    """Keep benefits that are new or changed, and take away those `removed` (their versions by number), as one action. Returns how many.

    Needs `KEEP_REVIEW`. Raises `BadInput` with the number of the line in the list, `Conflict` where another changed one since.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    rows = {row.id: row for row in repository.lines(db, plan_id)}
    programmes = {row.id for row in timetable_rows.programmes(db, plan_id)}
    measures = {one.id for one in results.measures(db, actor, plan_id)}
    for number, one in enumerate(wanted, 1):
        _check(number, one, programmes, measures)
    seen = {**{one.id: one.version for one in wanted if one.id is not None}, **removed}
    if any(number not in rows or rows[number].version != version for number, version in seen.items()):
        raise Conflict(Message("收益明细刚被别人改过，您的改动没有保存。请刷新后再改。"))
    action = Action(db, actor, _room(plan_id), "benefits_changed", "、".join(one.name.strip() for one in wanted[:3]))
    for one in wanted:
        same = {name: _clean(name, getattr(one, name)) for name in _FIELDS}
        if one.id is None:
            action.make(BenefitLine(plan_id=plan_id, **same, changed_by=actor.name[:80]))
            continue
        row = action.change(rows[one.id])
        for name, value in same.items():
            setattr(row, name, value)
        row.changed_by, row.changed_at = actor.name[:80], now()
    for number in removed:
        action.drop(rows[number])
    if wanted or removed:
        action.write()
    return len(wanted) + len(removed)


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with a plan's benefits, and what this person can take back first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def note_exported(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody took the figures away: kept in the audit log. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    record(db, actor, "returns_exported", "plan", plan_id)


def _outcomes(projects: Mapping[int, int | None], measures: Mapping[int, MeasureView], actuals: Mapping[int, Actual]) -> dict[int, Outcome]:
    found: dict[int, Outcome] = {}
    for programme, project in projects.items():
        own = [one for one in measures.values() if project is not None and one.project_id == project]
        passed = [actuals[one.id] for one in own if one.level is KirkpatrickLevel.LEARNING and one.aggregation is Aggregation.SHARE]
        # What a unit reports is a rate of nobody knows how many: it is no number of passes.
        passes = [
            round(one.value / 100 * one.attendances) for one in passed if one.value is not None and not one.hidden and not one.unnamed
        ]
        reached = {
            one.name: (actuals[one.id].value or 0.0, one.unit)
            for one in own
            if one.level is KirkpatrickLevel.RESULTS and one.aggregation is Aggregation.SUM and not actuals[one.id].hidden
        }
        found[programme] = Outcome(sum(passes) if passes else None, {name: one for name, one in reached.items() if one[0] > 0})
    return found


def _has(one: Outcome, name: str, unit: str) -> bool:
    return one.passes is not None if name == PASSES else name in one.results and one.results[name][1] == unit


def _added(some: Sequence[Outcome]) -> Outcome:
    """The outcomes of several programmes: results of the same name and unit are added up."""
    passes = [one.passes for one in some if one.passes is not None]
    reached: dict[str, tuple[float, str]] = {}
    for one in some:
        for name, (value, unit) in one.results.items():
            had, same = reached.get(name, (0.0, unit))
            reached[name] = (had + value, unit) if same == unit else (had, same)
    return Outcome(sum(passes) if passes else None, reached)


def _check(number: int, one: BenefitDraft, programmes: Collection[int | None], measures: Collection[int]) -> None:
    if not one.name.strip():
        raise BadInput(Message("第 {n} 行：请写明是什么收益。", n=number))
    if one.programme_id is not None and one.programme_id not in programmes:
        raise BadInput(Message("第 {n} 行：没有找到这个项目，它可能已被删除。", n=number))
    if one.measure_id is not None and one.measure_id not in measures:
        raise BadInput(Message("第 {n} 行：没有找到这个指标，它可能已被删除。", n=number))
    figures = [one.delta, one.value, *(end for end in (one.low, one.high) if end is not None)]
    if not all(isfinite(figure) and abs(figure) <= LARGEST for figure in figures):
        raise BadInput(Message("第 {n} 行：数值太大或不是数字。", n=number))
    if one.value < 0:
        raise BadInput(Message("第 {n} 行：单位价值不能是负数；变差的指标把变化量写成负数。", n=number))
    if not (0 <= one.isolation <= 1 and 0 <= one.confidence <= 1):
        raise BadInput(Message("第 {n} 行：归因隔离系数和置信系数应在 0% 到 100% 之间。", n=number))
    _check_interval(number, one)
    _check_texts(number, one)


def _check_interval(number: int, one: BenefitDraft) -> None:
    if (one.low is None) is not (one.high is None):
        raise BadInput(Message("第 {n} 行：区间要写就写两头。", n=number))
    if one.low is not None and one.high is not None and not one.low <= one.delta <= one.high:
        raise BadInput(Message("第 {n} 行：变化量应在它的区间之内。", n=number))


def _check_texts(number: int, one: BenefitDraft) -> None:
    if not one.value_source.strip() or not one.value_by.strip():
        raise BadInput(Message("第 {n} 行：请写明单位价值的出处和确认人。", n=number))
    if not one.reason.strip() or not one.isolation_by.strip():
        raise BadInput(Message("第 {n} 行：请写明归因隔离系数的理由和估计人。", n=number))
    limits = (
        (LONGEST_NAME, (one.name,)),
        (LONGEST_UNIT, (one.unit,)),
        (LONGEST_SOURCE, (one.value_source,)),
        (LONGEST_REASON, (one.reason,)),
        (LONGEST_WHO, (one.value_by, one.isolation_by)),
    )
    for most, texts in limits:
        for text in texts:
            if len(text.strip()) > most:
                raise BadInput(Message("第 {n} 行：“{text}…”太长，最多 {most} 个字。", n=number, text=text.strip()[:12], most=most))


def _clean(name: str, value: Any) -> Any:
    return value.strip() if name in _TEXTS and isinstance(value, str) else value


def _draft(row: BenefitLine) -> BenefitDraft:
    return BenefitDraft(**{name: getattr(row, name) for name in (*_FIELDS, "id")}, version=row.version or 0)


def _room(plan_id: int) -> str:
    return f"benefits:{plan_id}"
