"""Queries on scores beside results, and on what was decided about people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.people.tables import Assessment, CompetencyRow, Employee, Post, Unit
from core.review.results.tables import Result, ResultPeople
from core.review.results.terms import ALL_UNITS
from core.review.talent.tables import TalentDecision

_CHUNK = 500


def competencies(db: Session) -> dict[int, str]:
    """The competencies that somebody was assessed in, by name."""
    assessed = sa.select(col(Assessment.competency_id)).distinct()
    chosen = select(CompetencyRow.id, CompetencyRow.name).where(col(CompetencyRow.id).in_(assessed)).order_by(col(CompetencyRow.id))
    return {number or 0: name for number, name in db.exec(chosen)}


def most_in_common(db: Session, measure_id: int) -> int | None:
    """The competency in which the most of those with results of a measure were assessed; None where nobody was in any."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    did = sa.select(row.employee_id).where(row.measure_id == measure_id, row.replaced_by.is_(None), row.employee_id.is_not(None))
    people = sa.func.count(sa.distinct(col(Assessment.employee_id)))
    chosen = sa.select(col(Assessment.competency_id)).where(col(Assessment.employee_id).in_(did)).group_by(col(Assessment.competency_id))
    found: int | None = db.execute(chosen.order_by(people.desc(), col(Assessment.competency_id)).limit(1)).scalar()
    return found


def sources(db: Session, competency_id: int) -> list[str]:
    """Where the scores of a competency are from."""
    chosen = sa.select(col(Assessment.source)).where(col(Assessment.competency_id) == competency_id).distinct()
    return sorted(str(one) for (one,) in db.execute(chosen))


def measured(db: Session, measure_ids: Collection[int]) -> set[int]:
    """Which of these measures have results of persons."""
    chosen = sa.select(col(ResultPeople.measure_id)).where(col(ResultPeople.unit_id) == ALL_UNITS, col(ResultPeople.people) > 0)
    return {int(one) for (one,) in db.execute(chosen.where(col(ResultPeople.measure_id).in_(measure_ids)))}


def span(db: Session, measure_id: int) -> tuple[date, date] | None:
    """The first and the last day of a measure's results of persons."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    chosen = sa.select(sa.func.min(row.on), sa.func.max(row.on))
    chosen = chosen.where(row.measure_id == measure_id, row.replaced_by.is_(None), row.employee_id.is_not(None))
    first, last = db.execute(chosen).one()
    return None if first is None else (first, last)


def scores(
    db: Session, competency_id: int, source: str | None, until: date, units: Collection[int] | None
) -> dict[int, tuple[float, date | None]]:
    """Everybody's last score in a competency until a day, out of 100, with its day. `source` None: of any; `units` None: of all.

    Scores without a day count where there is none with one.
    """
    chosen = sa.select(col(Assessment.employee_id), col(Assessment.score), col(Assessment.scale_max), col(Assessment.assessed_on))
    chosen = chosen.join(Employee, col(Employee.id) == col(Assessment.employee_id))
    chosen = chosen.where(col(Assessment.competency_id) == competency_id, col(Assessment.scale_max) > 0)
    chosen = chosen.where(sa.or_(col(Assessment.assessed_on).is_(None), col(Assessment.assessed_on) <= until))
    if source is not None:
        chosen = chosen.where(col(Assessment.source) == source)
    if units is not None:
        chosen = chosen.where(col(Employee.unit_id).in_(units))
    known = sa.case((col(Assessment.assessed_on).is_(None), 0), else_=1)
    rows = db.execute(chosen.order_by(known, col(Assessment.assessed_on), col(Assessment.id)))
    return {who: (100 * score / scale, on) for who, score, scale, on in rows}


def results(db: Session, measure_id: int, since: date, until: date, units: Collection[int] | None) -> dict[int, tuple[float, int, int]]:
    """Everybody's results of a measure in a span of days: their sum, how many, in how many months."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    month = sa.extract("year", row.on) * 12 + sa.extract("month", row.on)
    chosen = sa.select(row.employee_id, sa.func.sum(row.value), sa.func.count(), sa.func.count(sa.distinct(month)))
    chosen = chosen.join(Employee, col(Employee.id) == row.employee_id)
    chosen = chosen.where(row.measure_id == measure_id, row.replaced_by.is_(None), row.on.between(since, until))
    if units is not None:
        chosen = chosen.where(col(Employee.unit_id).in_(units))
    return {who: (float(total), int(count), int(months)) for who, total, count, months in db.execute(chosen.group_by(row.employee_id))}


def places(db: Session, units: Collection[int] | None) -> dict[int, tuple[int | None, str, bool]]:
    """Where everybody of these units (None: all) stands, without names: unit, job family, whether they are still here."""
    chosen = sa.select(col(Employee.id), col(Employee.unit_id), col(Post.family), col(Employee.left_at))
    chosen = chosen.join(Post, col(Post.id) == col(Employee.post_id), isouter=True)
    if units is not None:
        chosen = chosen.where(col(Employee.unit_id).in_(units))
    return {who: (unit, family or "", left is None) for who, unit, family, left in db.execute(chosen)}


def names(db: Session, ids: Collection[int]) -> dict[int, tuple[str, str, str, str]]:
    """Number, name, unit and post of these people."""
    found: dict[int, tuple[str, str, str, str]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        chosen = sa.select(col(Employee.id), col(Employee.employee_no), col(Employee.name), col(Unit.name), col(Post.name))
        chosen = chosen.join(Unit, col(Unit.id) == col(Employee.unit_id), isouter=True)
        chosen = chosen.join(Post, col(Post.id) == col(Employee.post_id), isouter=True)
        rows: Any = db.execute(chosen.where(col(Employee.id).in_(wanted[start : start + _CHUNK])))
        found |= {who: (no, name, unit or "", post or "") for who, no, name, unit, post in rows}
    return found


def decisions(db: Session, plan_id: int, competency_id: int, measure_id: int, source: str) -> dict[int, TalentDecision]:
    """What was decided in a plan by these figures, by person."""
    chosen = select(TalentDecision).where(TalentDecision.plan_id == plan_id, TalentDecision.competency_id == competency_id)
    chosen = chosen.where(TalentDecision.measure_id == measure_id, TalentDecision.source == source)
    return {row.employee_id: row for row in db.exec(chosen.order_by(col(TalentDecision.id)))}
