"""Queries on the case library."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.cases.tables import CaseFile, LibraryCase
from core.delivery.content.tables import ContentItemRow, ProjectContent
from core.projects.tables import Project, ProjectState


def cases(db: Session) -> list[LibraryCase]:
    """What is offered, the newest first."""
    return list(db.exec(select(LibraryCase).where(col(LibraryCase.removed_at).is_(None)).order_by(col(LibraryCase.id).desc())))


def case(db: Session, case_id: int) -> LibraryCase | None:
    """One of them, removed or not."""
    return db.get(LibraryCase, case_id)


def remove_sample(db: Session) -> None:
    """Delete the cases of the sample branch, with their files."""
    db.execute(sa.delete(LibraryCase).where(col(LibraryCase.sample)))


def file_names(db: Session) -> dict[int, str]:
    """What the files of cases are called, by case."""
    return {case_id: name for case_id, name in db.exec(select(CaseFile.case_id, CaseFile.name))}


def file(db: Session, case_id: int) -> CaseFile | None:
    """The file of a case."""
    return db.exec(select(CaseFile).where(CaseFile.case_id == case_id)).first()


def materials(db: Session) -> list[tuple[str, str]]:
    """What the content items of standing projects name as their material, with the project's name."""
    chosen = select(ContentItemRow.material, Project.name).join(ProjectContent, col(ProjectContent.id) == ContentItemRow.content_id)
    chosen = chosen.join(Project, col(Project.id) == ProjectContent.project_id).where(Project.state == ProjectState.STANDING)
    return list(db.exec(chosen.where(col(ContentItemRow.material).contains("[#"))))
