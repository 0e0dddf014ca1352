"""Queries on trainers and venues."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.faculty.tables import FacultyRule, TrainerAbsence, TrainerRating, TrainerRow, TrainerSkill, VenueAbsence, VenueRow
from core.people.tables import CompetencyRow, Employee, Post, Unit


def trainers(db: Session) -> list[TrainerRow]:
    """All trainers, archived ones included, in the order in which they came."""
    return list(db.exec(select(TrainerRow).order_by(col(TrainerRow.id))))


def trainer(db: Session, trainer_id: int) -> TrainerRow | None:
    """One of these."""
    return db.get(TrainerRow, trainer_id)


def skills(db: Session, trainer_id: int | None = None) -> list[TrainerSkill]:
    """What trainers teach, or one of them."""
    chosen = select(TrainerSkill).order_by(col(TrainerSkill.id))
    return list(db.exec(chosen if trainer_id is None else chosen.where(TrainerSkill.trainer_id == trainer_id)))


def absences(db: Session, trainer_id: int | None = None) -> list[TrainerAbsence]:
    """When trainers are away, or one of them, by day."""
    chosen = select(TrainerAbsence).order_by(col(TrainerAbsence.starts), col(TrainerAbsence.id))
    return list(db.exec(chosen if trainer_id is None else chosen.where(TrainerAbsence.trainer_id == trainer_id)))


def absence(db: Session, absence_id: int) -> TrainerAbsence | None:
    """One absence of a trainer."""
    return db.get(TrainerAbsence, absence_id)


def ratings(db: Session, trainer_id: int | None = None) -> list[TrainerRating]:
    """How trainers were rated, or one of them, the latest first."""
    chosen = select(TrainerRating).order_by(col(TrainerRating.rated_on).desc(), col(TrainerRating.id).desc())
    return list(db.exec(chosen if trainer_id is None else chosen.where(TrainerRating.trainer_id == trainer_id)))


def rating(db: Session, rating_id: int) -> TrainerRating | None:
    """One rating."""
    return db.get(TrainerRating, rating_id)


def venues(db: Session) -> list[VenueRow]:
    """All venues, archived ones included, in the order in which they came."""
    return list(db.exec(select(VenueRow).order_by(col(VenueRow.id))))


def venue(db: Session, venue_id: int) -> VenueRow | None:
    """One of these."""
    return db.get(VenueRow, venue_id)


def closures(db: Session, venue_id: int | None = None) -> list[VenueAbsence]:
    """When venues cannot be had, or one of them, by day."""
    chosen = select(VenueAbsence).order_by(col(VenueAbsence.starts), col(VenueAbsence.id))
    return list(db.exec(chosen if venue_id is None else chosen.where(VenueAbsence.venue_id == venue_id)))


def closure(db: Session, closure_id: int) -> VenueAbsence | None:
    """One of these."""
    return db.get(VenueAbsence, closure_id)


def rule(db: Session) -> FacultyRule | None:
    """What the branch wants of its faculty; None until somebody says."""
    return db.exec(select(FacultyRule).order_by(col(FacultyRule.id)).limit(1)).first()


def staff(db: Session, ids: Collection[int]) -> dict[int, tuple[str, str, int | None, str, str, bool]]:
    """Of these employees: number, name, unit, its name, the post's name, whether they have left."""
    choose: Any = sa.select
    columns = (Employee.id, Employee.employee_no, Employee.name, Employee.unit_id, Unit.name, Post.name, Employee.left_at)
    joined = choose(*columns).select_from(Employee).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    joined = joined.join(Post, col(Post.id) == Employee.post_id, isouter=True).where(col(Employee.id).in_(ids))
    return {
        row_id: (number, name, unit_id, unit or "", post or "", left is not None)
        for row_id, number, name, unit_id, unit, post, left in db.execute(joined)
    }


def employees(db: Session) -> list[tuple[int, str, str, str]]:
    """Everybody who has not left: id, number, name, unit."""
    choose: Any = sa.select
    joined = choose(Employee.id, Employee.employee_no, Employee.name, Unit.name).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    here = joined.where(col(Employee.left_at).is_(None)).order_by(col(Employee.employee_no))
    return [(row_id, number, name, unit or "") for row_id, number, name, unit in db.execute(here)]


def units(db: Session) -> dict[int, str]:
    """The name of each unit."""
    return {row_id or 0: name for row_id, name in db.exec(select(Unit.id, Unit.name).order_by(col(Unit.id)))}


def archived_abilities(db: Session) -> set[int]:
    """The competencies that are not in use any more."""
    return {row_id or 0 for row_id in db.exec(select(CompetencyRow.id).where(col(CompetencyRow.archived_at).is_not(None)))}


def sample_there(db: Session) -> bool:
    """Whether trainers or venues of the sample branch are there."""
    return any(db.exec(select(table.id).where(col(table.sample)).limit(1)).first() for table in (TrainerRow, VenueRow))


def anything_there(db: Session) -> bool:
    """Whether there are trainers or venues at all."""
    return any(db.exec(select(table.id).limit(1)).first() for table in (TrainerRow, VenueRow))


def remove_sample(db: Session) -> None:
    """Delete the trainers, venues and the rule of the sample branch, with all that hangs on them."""
    for table in (TrainerRow, VenueRow, FacultyRule):
        db.execute(sa.delete(table).where(col(table.sample)))
