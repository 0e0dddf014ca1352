"""What stays of a project as an actor may see it: knowledge over time, and when what was learnt was first used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.access.actor import Actor, Right, require
from core.goals.goal import KirkpatrickLevel
from core.people.scope import Scope, scope
from core.review.results import repository as result_rows
from core.review.results import service as results
from core.review.results.service import MeasureView
from core.review.results.terms import Moment
from core.review.retention import repository
from core.review.retention.curve import Curve, Point, curve
from core.review.retention.first_use import FirstUse, first_use
from core.review.retention.repository import Dated
from core.storage import Session

_MONTH = 30
_SPLIT = 10


@dataclass(frozen=True)
class Retained:
    """How much of a measure of knowledge was still there later. `target`: the share that the measure's own target asks to keep, None
    where it has none."""

    measure: MeasureView
    curve: Curve
    target: float | None


@dataclass(frozen=True)
class Used:
    """When a behaviour was first seen after the training. `ends`: whether the timetable says when the training ended; None use: too few."""

    measure: MeasureView
    use: FirstUse | None
    ends: bool


@dataclass(frozen=True)
class Overview:
    """The projects of a plan that measure learning or behaviour, by id, and what is known of the one that is looked at."""

    projects: Mapping[int, str]
    project_id: int | None
    retained: tuple[Retained, ...]
    used: tuple[Used, ...]


def overview(db: Session, actor: Actor, plan_id: int, wanted: int | None, today: date) -> Overview:
    """What stays of the project `wanted`, of the first one where it is none of the plan's. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    measured = (KirkpatrickLevel.LEARNING, KirkpatrickLevel.BEHAVIOUR)
    projects = {
        one.project_id: one.project for one in results.measures(db, actor, plan_id) if one.project_id is not None and one.level in measured
    }
    chosen = wanted if wanted in projects else next(iter(projects), None)
    if chosen is None:
        return Overview(projects, None, (), ())
    return Overview(projects, chosen, tuple(retained(db, actor, plan_id, chosen)), tuple(used(db, actor, plan_id, chosen, today)))


def retained(db: Session, actor: Actor, plan_id: int, project_id: int) -> list[Retained]:
    """Knowledge over time of each measure of learning of a project that was taken more than once. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    seen = scope(db, actor)
    trained = result_rows.cohorts_of(db, project_id)
    found = []
    for one in results.measures(db, actor, plan_id):
        if one.project_id == project_id and one.level is KirkpatrickLevel.LEARNING:
            # Who was only tested for comparison has learnt nothing here that could be forgotten.
            rows = [row for row in _counted(repository.after(db, one.id), seen) if row[0] in trained]
            if rows:
                points, base = over_time(rows)
                target = one.reach / base if one.reach is not None and base else None
                found.append(Retained(one, curve(points), target))
    return found


def used(db: Session, actor: Actor, plan_id: int, project_id: int, today: date) -> list[Used]:
    """Time from the end of the training to the first use of each behaviour of a project that is measured. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    seen = scope(db, actor)
    classes = result_rows.cohorts_of(db, project_id)
    ends = repository.ends(db, set(classes.values()))
    units = repository.units_of(db, set(classes))
    done = {person: ends[cohort] for person, cohort in classes.items() if cohort in ends and seen.may_count(units.get(person))}
    found = []
    for one in results.measures(db, actor, plan_id):
        if one.project_id == project_id and one.level is KirkpatrickLevel.BEHAVIOUR:
            rows = repository.after(db, one.id)
            if rows:
                found.append(Used(one, _gated(_first(rows, done, today), seen), bool(ends)))
    return found


def over_time(rows: Iterable[Dated]) -> tuple[list[Point], float | None]:
    """The share of what people knew right after that they knew later, by months since then, and the mean that it is a share of.

    Each point compares the same people with themselves.
    """
    first: dict[int, tuple[date, float]] = {}
    later: dict[int, dict[int, list[float]]] = {}
    for person, _unit, on, moment, value in rows:
        if moment is Moment.AFTER and person not in first:
            first[person] = (on, value)
        elif moment is Moment.LATER and person in first:
            months = round((on - first[person][0]).days / _MONTH)
            if months > 0:
                later.setdefault(months, {}).setdefault(person, []).append(value)
    points = []
    for months, people in sorted(later.items()):
        base = sum(first[person][1] for person in people)
        if base > 0:
            kept = sum(sum(values) / len(values) for values in people.values()) / base
            points.append(Point(months * _MONTH, kept, len(people)))
    return points, sum(value for _on, value in first.values()) / len(first) if first else None


def _first(rows: Iterable[Dated], done: dict[int, date], today: date) -> FirstUse | None:
    """Days from the end of each person's training to the first value above 0, or to the last day that is known."""
    seen = dict[int, date]()
    last = None
    for person, _unit, on, _moment, value in rows:
        last = on
        if person in done and value > 0 and on >= done[person]:
            seen.setdefault(person, on)
    until = min(last or today, today)
    at_risk = [person for person, end in done.items() if end <= until]
    days = [((seen.get(person) or until) - done[person]).days for person in at_risk]
    return first_use([float(one) for one in days], [person in seen for person in at_risk])


def _counted(rows: Iterable[Dated], seen: Scope) -> list[Dated]:
    return [row for row in rows if seen.may_count(row[1])]


def _gated(found: FirstUse | None, seen: Scope) -> FirstUse | None:
    """Below ten people a curve shows single ones to whoever may not read them by name."""
    if found is None or seen.everyone or found.people >= _SPLIT:
        return found
    return replace(found, steps=())
