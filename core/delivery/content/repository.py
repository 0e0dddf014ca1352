"""Queries on what projects teach and how."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.content.participant import Person
from core.delivery.content.tables import (
    ActivityRow,
    ChecklistLine,
    ChecklistTemplate,
    ContentChange,
    ContentItemRow,
    ProjectContent,
    ProjectSpan,
    ShareTarget,
    TransferAction,
)
from core.people.courses.tables import CourseRow
from core.people.remedies.tables import Enrolment, EnrolmentState
from core.people.tables import Employee, Post, Unit

Units = frozenset[int] | None


def contents(db: Session, project_ids: Collection[int]) -> dict[int, ProjectContent]:
    """What these projects teach, by project."""
    found = db.exec(select(ProjectContent).where(col(ProjectContent.project_id).in_(project_ids)))
    return {row.project_id: row for row in found}


def content(db: Session, project_id: int) -> ProjectContent | None:
    """What one project teaches."""
    return db.exec(select(ProjectContent).where(ProjectContent.project_id == project_id)).first()


def content_by_id(db: Session, content_id: int) -> ProjectContent | None:
    """The same by its own number."""
    return db.get(ProjectContent, content_id)


def items(db: Session, content_ids: Collection[int]) -> list[ContentItemRow]:
    """The items of these, in their places."""
    chosen = select(ContentItemRow).where(col(ContentItemRow.content_id).in_(content_ids))
    return list(db.exec(chosen.order_by(col(ContentItemRow.place), col(ContentItemRow.id))))


def activities(db: Session, content_ids: Collection[int]) -> list[ActivityRow]:
    """The activities of these, in their places."""
    chosen = select(ActivityRow).where(col(ActivityRow.content_id).in_(content_ids))
    return list(db.exec(chosen.order_by(col(ActivityRow.place), col(ActivityRow.id))))


def drop(db: Session, table: type[ContentItemRow] | type[ActivityRow], ids: Collection[int]) -> None:
    """Take items or activities away."""
    if ids:
        db.execute(sa.delete(table).where(col(table.id).in_(ids)))


def courses_there(db: Session, course_ids: Collection[int]) -> set[int]:
    """Which of these courses the catalogue still has."""
    return {one for one in db.exec(select(CourseRow.id).where(col(CourseRow.id).in_(course_ids))) if one is not None}


def last_change(db: Session, content_id: int) -> ContentChange | None:
    """The last change of what a project teaches."""
    return db.exec(select(ContentChange).where(ContentChange.content_id == content_id).order_by(col(ContentChange.id).desc())).first()


def shares(db: Session, plan_id: int) -> list[ShareTarget]:
    """The shares that a plan aims at, in their places."""
    return list(db.exec(select(ShareTarget).where(ShareTarget.plan_id == plan_id).order_by(col(ShareTarget.place), col(ShareTarget.id))))


def lines(db: Session, project_ids: Collection[int]) -> list[ChecklistLine]:
    """The checklists of these projects, in their places."""
    chosen = select(ChecklistLine).where(col(ChecklistLine.project_id).in_(project_ids))
    return list(db.exec(chosen.order_by(col(ChecklistLine.place), col(ChecklistLine.id))))


def line(db: Session, line_id: int) -> ChecklistLine | None:
    """One line of a checklist."""
    return db.get(ChecklistLine, line_id)


def template(db: Session, plan_id: int) -> ChecklistTemplate | None:
    """A plan's own checklist to begin with."""
    return db.exec(select(ChecklistTemplate).where(ChecklistTemplate.plan_id == plan_id)).first()


def spans(db: Session, project_ids: Collection[int]) -> dict[int, ProjectSpan]:
    """The first and last days of these projects, by project."""
    return {row.project_id: row for row in db.exec(select(ProjectSpan).where(col(ProjectSpan.project_id).in_(project_ids)))}


def actions(db: Session, project_ids: Collection[int], units: Units) -> list[tuple[TransferAction, Person]]:
    """What the people of these units (None: everybody) will do after these projects, what is due first, with who they are."""
    chosen = (
        select(TransferAction, *_PERSON)
        .join(Employee, col(Employee.id) == TransferAction.employee_id)
        .outerjoin(Unit, col(Unit.id) == Employee.unit_id)
        .where(col(TransferAction.project_id).in_(project_ids))
        .order_by(col(TransferAction.due_on), col(TransferAction.id))
    )
    if units is not None:
        chosen = chosen.where(col(Employee.unit_id).in_(units))
    return [(row, Person(*facts)) for row, *facts in db.execute(chosen)]


def action(db: Session, action_id: int) -> TransferAction | None:
    """One of these."""
    return db.get(TransferAction, action_id)


def of_post(db: Session, post: str, units: Units, today: date) -> list[Person]:
    """Those of these units who hold a post and have not left, by number."""
    chosen = _people(units, today).join(Post, col(Post.id) == Employee.post_id).where(Post.name == post)
    return [Person(*facts) for facts in db.execute(chosen)]


def enrolled(db: Session, course_ids: Collection[int], units: Units, today: date) -> list[Person]:
    """Those of these units for whom one of these courses is arranged or done, by number."""
    taken = select(Enrolment.employee_id).where(
        col(Enrolment.course_id).in_(course_ids), col(Enrolment.state).in_([EnrolmentState.PLANNED, EnrolmentState.DONE])
    )
    return [Person(*facts) for facts in db.execute(_people(units, today).where(col(Employee.id).in_(taken)))]


def _people(units: Units, today: date) -> Any:
    chosen = (
        select(*_PERSON)
        .select_from(Employee)
        .outerjoin(Unit, col(Unit.id) == Employee.unit_id)
        .where(sa.or_(col(Employee.left_at).is_(None), col(Employee.left_at) > today))
        .order_by(col(Employee.employee_no))
    )
    return chosen if units is None else chosen.where(col(Employee.unit_id).in_(units))


_PERSON: Any = (Employee.id, Employee.employee_no, Employee.name, Employee.unit_id, sa.func.coalesce(Unit.name, ""))
