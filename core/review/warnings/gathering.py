"""What warnings are made of, gathered from step 3, from results and from benefits: for services alone, nothing of it is gated."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.delivery.timetable import repository as timetable_rows
from core.goals.goal import KirkpatrickLevel
from core.review.results import repository as result_rows
from core.review.results.measuring import figure, reach
from core.review.results.tables import Measure
from core.review.results.terms import Aggregation, Direction, Frequency
from core.review.returns import repository as return_rows
from core.review.returns.repository import Placed, Said
from core.review.returns.tables import BenefitLine
from core.review.warnings import repository
from core.review.warnings.signals import Money, ProjectSignals, Track
from core.review.warnings.terms import Link
from core.review.warnings.thresholds import Thresholds
from core.review.warnings.tracking import Aim, Reading, Run, of_amounts, of_chances, run_of
from core.storage import Session

AFTER_DAYS = 60
"""How long after the training a project's results are waited for where its goal does not say."""

_LONGEST_DAYS, _SMALL, _MIDDLE = 730, 20, 60
_BY_DAY = frozenset({Frequency.ONCE, Frequency.SESSION, Frequency.WEEK})
Action = tuple[int, date, date | None]


@dataclass(frozen=True)
class Costs:
    """The money of a programme in yuan: what was paid, and what stopping would still save."""

    spent: float = 0.0
    remaining: float = 0.0


@dataclass
class _Facts:
    """Everything of one programme."""

    sessions: list[Placed] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    due_days: int = AFTER_DAYS

    @property
    def first(self) -> date:
        return min(one.begins_on for one in self.sessions)

    @property
    def last(self) -> date:
        """The last day on which anything is to be seen, at most two years after the first."""
        taught = max(one.ends_on for one in self.sessions)
        due = [one.due for one in self.measures if one.due is not None and one.level >= KirkpatrickLevel.BEHAVIOUR]
        latest = max([taught + timedelta(days=self.due_days), *due, *(one[1] for one in self.actions)])
        return min(latest, self.first + timedelta(days=_LONGEST_DAYS))


def signals(db: Session, plan_id: int, today: date, numbers: Thresholds, costs: Mapping[int, Costs] | None = None) -> list[ProjectSignals]:
    """All programmes of a plan that have sessions in the published timetable, as far as they are known on a day."""
    rows = {row.id or 0: row for row in timetable_rows.programmes(db, plan_id)}
    members, noted = return_rows.members(db, plan_id), return_rows.noted(db, plan_id)
    facts = _facts(db, plan_id, {number: row.project_id for number, row in rows.items()})
    measured = [one for some in facts.values() for one in some.measures]
    readings = _readings(db, measured, today)
    kinds = repository.kinds(db, [row.project_id for row in rows.values() if row.project_id is not None])
    lines = return_rows.lines(db, plan_id)
    found = []
    for number, one in facts.items():
        run = run_of(one.first, one.last, today)
        named = frozenset().union(*(members.get(each.cohort_id, frozenset()) for each in one.sessions))
        unnamed = {each.cohort_id: each.seats for each in one.sessions if each.cohort_id not in members}
        people = len(named) + sum(unnamed.values())
        tracks = (
            _participation(run, one, members, noted, today, numbers, people),
            _application(run, one, today, numbers, readings, people),
            of_amounts(Link.CONVERSION, run, _aims(one, KirkpatrickLevel.RESULTS, run, readings), people),
        )
        known = tuple(track for track in tracks if track is not None)
        money = (costs or {}).get(number, Costs())
        worth = _worth([line for line in lines if line.programme_id == number], one.measures)
        group = f"{kinds.get(rows[number].project_id or 0, '')}:{_size(people)}"
        name, project, left = rows[number].name, rows[number].project_id, Money(money.spent, money.remaining, worth)
        found.append(ProjectSignals(number, name, group, run.start, run.weeks, run.now, known, left, project))
    return found


def _facts(db: Session, plan_id: int, projects: Mapping[int, int | None]) -> dict[int, _Facts]:
    found: dict[int, _Facts] = {}
    for one in return_rows.placed(db, plan_id):
        if one.programme_id in projects:
            found.setdefault(one.programme_id, _Facts()).sessions.append(one)
    wanted = [project for project in projects.values() if project is not None]
    days = repository.due_days(db, wanted)
    actions: dict[int, list[Action]] = {}
    for project, who, due, done in repository.actions(db, wanted):
        actions.setdefault(project, []).append((who, due, done))
    measures: dict[int, list[Measure]] = {}
    for row in result_rows.measures(db, plan_id):
        measures.setdefault(row.project_id or 0, []).append(row)
    for number, facts in found.items():
        if (own := projects[number]) is not None:
            facts.actions, facts.measures = actions.get(own, []), measures.get(own, [])
            facts.due_days = days.get(own, AFTER_DAYS)
    return found


def _participation(
    run: Run,
    one: _Facts,
    members: Mapping[int, frozenset[int]],
    noted: Mapping[int, Said],
    today: date,
    numbers: Thresholds,
    people: int,
) -> Track | None:
    planned = [(each.ends_on, float(len(members.get(each.cohort_id, ())) or each.seats)) for each in one.sessions]
    known = []
    for each in one.sessions:
        said, listed = noted.get(each.session_id, Said()), members.get(each.cohort_id, frozenset())
        own = [came for who, came in said.listed.items() if who in listed]
        if each.ends_on < today and own:
            known.append((each.ends_on, float(len(own)), float(sum(own))))
        elif each.ends_on < today and not listed and said.number is not None:
            known.append((each.ends_on, float(each.seats), float(min(each.seats, said.number))))
    return of_chances(Link.PARTICIPATION, run, numbers.attendance, planned, known, people)


def _application(
    run: Run, one: _Facts, today: date, numbers: Thresholds, readings: Mapping[int, Sequence[Reading]], people: int
) -> Track | None:
    """Actions of transfer plans where there are any; otherwise what is measured of behaviour."""
    if not one.actions:
        return of_amounts(Link.APPLICATION, run, _aims(one, KirkpatrickLevel.BEHAVIOUR, run, readings), people)
    planned = [(due, 1.0) for _who, due, _done in one.actions]
    known = []
    for _who, due, done in one.actions:
        if due < today:
            known.append((due, 1.0, 1.0 if done is not None and done <= due else 0.0))
            if done is not None and done > due:
                known.append((done, 0.0, 1.0))
    return of_chances(Link.APPLICATION, run, numbers.actions, planned, known, len({who for who, _due, _done in one.actions}))


def _aims(one: _Facts, level: KirkpatrickLevel, run: Run, readings: Mapping[int, Sequence[Reading]]) -> list[Aim]:
    found = []
    for row in one.measures:
        aim = reach(row.baseline, row.operator, row.target)
        if row.level != level or aim is None:
            continue
        due = row.due or run.start + timedelta(weeks=run.weeks)
        baseline = None if row.aggregation is Aggregation.SUM else row.baseline
        found.append(Aim(row.aggregation, row.direction, baseline, aim, due, row.weight or 1.0, tuple(readings.get(row.id or 0, ()))))
    return found


def _readings(db: Session, measures: Sequence[Measure], today: date) -> dict[int, list[Reading]]:
    """What each measure came to: by day where it is taken every week or less regularly, else by whole months that have passed."""
    ways = {row.id or 0: row.aggregation for row in measures if row.level >= KirkpatrickLevel.BEHAVIOUR}
    daily = {row.id or 0 for row in measures if row.frequency in _BY_DAY} & ways.keys()
    found: dict[int, list[Reading]] = {}
    if daily:
        for one, on, count, total in repository.days(db, daily):
            _read(found, one, on, figure(ways[one], total, count))
    monthly: Collection[int] = ways.keys() - daily
    if monthly:
        for one, month, count, _people, _unnamed, total, _passes in result_rows.sums(db, monthly):
            until = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            if until <= today:
                _read(found, one, until, figure(ways[one], total, count))
    return found


def _read(found: dict[int, list[Reading]], measure: int, until: date, value: float | None) -> None:
    if value is not None:
        found.setdefault(measure, []).append(Reading(until, value))


def _worth(lines: Sequence[BenefitLine], measures: Sequence[Measure]) -> float | None:
    """What the whole result is worth, isolated: of a benefit that is read from a measure its way to the target, else what was entered."""
    if not lines:
        return None
    known = {row.id: row for row in measures}
    whole = 0.0
    for line in lines:
        row = known.get(line.measure_id) if line.measure_id is not None else None
        aim = reach(row.baseline, row.operator, row.target) if row is not None else None
        way = line.delta
        if row is not None and aim is not None:
            way = aim if row.aggregation is Aggregation.SUM else aim - (row.baseline or 0.0)
            way = -way if row.direction is Direction.DOWN else way
        whole += way * line.value * line.isolation * line.confidence
    return whole


def _size(people: int) -> str:
    return "s" if people < _SMALL else "m" if people < _MIDDLE else "l"
