"""Queries on the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.people.courses.tables import CourseCompetency, CoursePrerequisite, CourseRow
from core.people.tables import CompetencyRow, Post, PostCompetency

Required = tuple[int, str, int, int, float]


def courses(db: Session) -> list[CourseRow]:
    """The catalogue, archived courses included, in the order in which they came."""
    return list(db.exec(select(CourseRow).order_by(col(CourseRow.id))))


def course(db: Session, course_id: int) -> CourseRow | None:
    """One of these."""
    return db.get(CourseRow, course_id)


def servings(db: Session, course_id: int | None = None) -> list[CourseCompetency]:
    """What each course serves, or one of them."""
    chosen = select(CourseCompetency).order_by(col(CourseCompetency.id))
    return list(db.exec(chosen if course_id is None else chosen.where(CourseCompetency.course_id == course_id)))


def all_servings(db: Session) -> list[tuple[int, int, int | None, int | None]]:
    """The same of all courses as plain values: course, competency, from level, to level."""
    choose: Any = sa.select
    columns = (CourseCompetency.course_id, CourseCompetency.competency_id, CourseCompetency.from_level, CourseCompetency.to_level)
    return [tuple(row) for row in db.execute(choose(*columns).order_by(col(CourseCompetency.id)))]


def prerequisites(db: Session, course_id: int | None = None) -> list[CoursePrerequisite]:
    """What each course needs, or one of them."""
    chosen = select(CoursePrerequisite).order_by(col(CoursePrerequisite.id))
    return list(db.exec(chosen if course_id is None else chosen.where(CoursePrerequisite.course_id == course_id)))


def requirements(db: Session) -> Sequence[Required]:
    """What posts require of competencies that are not archived: post, its name, competency, level, weight."""
    choose: Any = sa.select
    chosen = choose(Post.id, Post.name, PostCompetency.competency_id, PostCompetency.required_level, PostCompetency.weight)
    joined = chosen.join(Post, col(Post.id) == PostCompetency.post_id)
    joined = joined.join(CompetencyRow, col(CompetencyRow.id) == PostCompetency.competency_id)
    kept = joined.where(col(CompetencyRow.archived_at).is_(None)).order_by(col(Post.id), col(PostCompetency.competency_id))
    return [(post, name, ability, level, weight) for post, name, ability, level, weight in db.execute(kept)]
