"""Early warnings as an actor may see them: how every project of a plan stands, and how the rule would have done last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.budget import service as budget
from core.delivery.budget.figures import Entry
from core.delivery.budget.terms import CostType
from core.delivery.timetable import repository as timetable_rows
from core.people.gates import HIDE
from core.people.scope import scope
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.review.warnings import repository
from core.review.warnings.backtest import BackTest, back_test
from core.review.warnings.gathering import Costs, signals
from core.review.warnings.rule import SunkCostWarning, by_urgency, history, warning
from core.review.warnings.signals import ProjectSignals
from core.review.warnings.tables import WarningCase, WarningNote
from core.review.warnings.terms import ALARMS, CaseState, Threshold
from core.review.warnings.thresholds import Thresholds, of
from core.storage import Session

_OF_SESSIONS = (CostType.TRAINERS, CostType.VENUES)


@dataclass(frozen=True)
class CaseView:
    """What was decided about a programme, and what happened after."""

    row: WarningCase
    notes: tuple[WarningNote, ...]

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.row.state is CaseState.OPEN


@dataclass(frozen=True)
class Board:
    """Every project of a plan, the most urgent first, with what was decided of each. `others` are those that they are compared with."""

    warnings: tuple[SunkCostWarning, ...]
    others: tuple[ProjectSignals, ...]
    cases: Mapping[int, tuple[CaseView, ...]]
    numbers: Thresholds
    own: frozenset[Threshold]
    today: date

    @property
    def alarms(self) -> list[SunkCostWarning]:
        """Those that are warned of."""
        return [one for one in self.warnings if one.status in ALARMS]

    def history(self, project: ProjectSignals) -> list[SunkCostWarning]:
        """How a project stood at the end of each week."""
        return history(project, self.others, self.numbers)


@dataclass(frozen=True)
class WarningStanding:
    """A plan's warnings in short: projects warned of, those of them about which nothing is decided yet, decisions past their day."""

    alarms: int = 0
    undecided: int = 0
    overdue: int = 0


def board(db: Session, actor: Actor, plan_id: int, today: date | None = None, money: budget.Overview | None = None) -> Board:
    """How the projects of a plan stand; `money` is what was read of its money already. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    day = today or clock.today()
    numbers, own = thresholds(db, plan_id)
    mine = signals(db, plan_id, day, numbers, _costs(money or budget.overview(db, actor, plan_id), day))
    shown = _shown(db, actor, plan_id, mine)
    others = [*mine, *_last_year(db, actor, plan_id, day, numbers)]
    rows = repository.cases(db, plan_id)
    if scope(db, actor).counted is not None:
        known = {one.id for one in shown}
        rows = [row for row in rows if row.programme_id in known]
    notes = repository.notes(db, [row.id or 0 for row in rows])
    cases: dict[int, tuple[CaseView, ...]] = {}
    for row in rows:
        cases[row.programme_id] = (*cases.get(row.programme_id, ()), CaseView(row, tuple(notes.get(row.id or 0, ()))))
    found = [warning(one, others, numbers) for one in shown]
    return Board(tuple(by_urgency(found)), tuple(others), cases, numbers, own, day)


def standing(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> WarningStanding:
    """A plan's warnings in short, for the page of the year; money, which changes what is suggested and not whether, is left out."""
    if not actor.may(Right.SEE_REVIEW):
        return WarningStanding()
    day = today or clock.today()
    numbers, _own = thresholds(db, plan_id)
    mine = signals(db, plan_id, day, numbers)
    others = [*mine, *_last_year(db, actor, plan_id, day, numbers)] if mine else []
    shown = _shown(db, actor, plan_id, mine)
    alarms = [one for one in shown if warning(one, others, numbers).status in ALARMS]
    decided = dict(repository.open_cases(db, plan_id))
    known = {one.id for one in shown}
    overdue = sum(due < day for programme, due in decided.items() if programme in known or scope(db, actor).counted is None)
    return WarningStanding(len(alarms), sum(one.id not in decided for one in alarms), overdue)


def last_year(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> BackTest | None:
    """How the rule, with the numbers of this plan, would have done on the same unit's plan of the year before; None: there is none.

    Needs `SEE_REVIEW`.
    """
    require(actor, Right.SEE_REVIEW)
    numbers, _own = thresholds(db, plan_id)
    day = today or clock.today()
    plan = plans.find(db, actor, plan_id)
    before = plan_rows.plan_of(db, plan.unit, plan.year - 1)
    if before is None:
        return None
    return back_test(_shown(db, actor, before.id or 0, _last_year(db, actor, plan_id, day, numbers)), numbers)


def thresholds(db: Session, plan_id: int) -> tuple[Thresholds, frozenset[Threshold]]:
    """The numbers that a plan goes by, and which of them are its own."""
    rows = repository.thresholds(db, plan_id)
    return of({row.name: row.value for row in rows}), frozenset(row.name for row in rows)


def may_read(db: Session, actor: Actor, plan_id: int, programme_id: int) -> bool:
    """Whether the actor sees how a programme of this plan stands. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    row = timetable_rows.programme(db, programme_id)
    if row is None or row.plan_id != plan_id or row.removed_at is not None:
        return False
    counted = scope(db, actor).counted
    return counted is None or programme_id in repository.own_people(db, plan_id, counted)


def _shown(db: Session, actor: Actor, plan_id: int, some: Sequence[ProjectSignals]) -> list[ProjectSignals]:
    """The projects that somebody may see. What is known of fewer than five people is hidden from those who may not read everybody by name.

    Who may count some units alone sees the projects that people of theirs are in. A project stands as a whole, so that all see the same of
    it; but not where so few others are in it that they would be known by taking away one's own.
    """
    seen = scope(db, actor)
    if seen.everyone:
        return list(some)
    if seen.counted is not None:
        own = repository.own_people(db, plan_id, seen.counted)
        some = [one if not 0 < own[one.id][1] < HIDE else replace(one, tracks=()) for one in some if one.id in own]
    return [replace(one, tracks=tuple(track for track in one.tracks if track.people >= HIDE)) for one in some]


def _last_year(db: Session, actor: Actor, plan_id: int, today: date, numbers: Thresholds) -> list[ProjectSignals]:
    plan = plans.find(db, actor, plan_id)
    before = plan_rows.plan_of(db, plan.unit, plan.year - 1)
    return signals(db, before.id or 0, today, numbers) if before is not None else []


def _costs(money: budget.Overview, today: date) -> dict[int, Costs]:
    """What each programme has cost, and what stopping it would still save: sessions to come, and other lines not yet bound."""
    coming: dict[int, float] = {}
    # Of a draft nothing is agreed yet.
    for view in () if money.draft else money.sessions:
        if view.day is not None and view.day > today:
            coming[view.programme_id] = coming.get(view.programme_id, 0.0) + view.cost
    found = {}
    for programme in money.programmes:
        own = [one for one in money.entries if one.programme_id == programme and one.type is not CostType.TIME]
        bound = sum(max(0.0, one.committed - one.actual) for one in own if one.type in _OF_SESSIONS)
        rest = sum(_unbound(one) for one in own if one.type not in _OF_SESSIONS)
        found[programme] = Costs(sum(one.actual for one in own), max(0.0, coming.get(programme, 0.0) - bound) + rest)
    return found


def _unbound(one: Entry) -> float:
    return max(0.0, one.planned - max(one.committed, one.actual))
