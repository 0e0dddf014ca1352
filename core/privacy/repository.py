"""Queries on whatever is held on an employee, by the tables that point to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from core.access import repository as access
from core.access.tables import AuditEntry
from core.assistant.tables import Conversation
from core.delivery.attendance.tables import AttendanceAction, SessionFeedback
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.delivery.undo.tables import ResourceChange
from core.notices.tables import Notice
from core.people.tables import Employee, ImportChange
from core.privacy.tables import RetentionPeriod
from core.review.results.tables import Result
from core.review.surveys.tables import SurveyAnswer
from core.storage import now

_LABELS = ("name", "title", "year")
_CHUNK = 800


def tables() -> dict[str, sa.Table]:
    """The table of employees and every table that points to it by `employee_id`."""
    found = {name: table for name, table in SQLModel.metadata.tables.items() if _points(table)}
    return {"employee": SQLModel.metadata.tables["employee"], **found}


def tables_of_accounts() -> dict[str, sa.Table]:
    """Every table whose rows belong to one account and go with it."""
    return {name: table for name, table in SQLModel.metadata.tables.items() if _goes_with(table) is not None}


def count_of_account(db: Session, table: sa.Table, account_id: int) -> int:
    """How many rows of such a table belong to an account."""
    return int(db.execute(sa.select(sa.func.count()).select_from(table).where(_whose(table) == account_id)).scalar_one())


def drop_of_account(db: Session, table: sa.Table, account_id: int) -> None:
    """Delete the rows of such a table that belong to an account."""
    db.connection().execute(sa.delete(table).where(_whose(table) == account_id))


def count_signed_in(db: Session, account_id: int) -> int:
    """In how many browsers an account is signed in now."""
    return len(access.open_sign_ins(db, account_id, now()))


def matching(db: Session, text: str, limit: int) -> list[Employee]:
    """People, also those who have left, of exactly this number first, then those whose name or number contains `text`."""
    found = col(Employee.name).contains(text, autoescape=True) | col(Employee.employee_no).contains(text, autoescape=True)
    exact = sa.case((col(Employee.employee_no) == text, 0), (col(Employee.name) == text, 1), else_=2)
    return list(db.exec(select(Employee).where(found).order_by(exact, col(Employee.name), col(Employee.employee_no)).limit(limit)))


def employee(db: Session, employee_id: int) -> Employee | None:
    """One of them."""
    return db.get(Employee, employee_id)


def count(db: Session, table: sa.Table, employee_id: int) -> int:
    """How many rows of a table are a person's."""
    return int(db.execute(sa.select(sa.func.count()).select_from(table).where(_own(table) == employee_id)).scalar_one())


def rows(db: Session, table: sa.Table, employee_id: int, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """A person's rows of a table, first first; what a column points to is given by its name."""
    chosen, joined = [], table
    for name in names:
        pointed = _pointed(table.c[name])
        if pointed is None:
            chosen.append(table.c[name])
        else:
            other, label = pointed
            joined = joined.outerjoin(other, other.c.id == table.c[name])  # type: ignore[assignment]
            chosen.append(other.c[label])
    query = sa.select(*chosen).select_from(joined).where(_own(table) == employee_id).order_by(table.c.id)
    return [tuple(row) for row in db.execute(query)]


def classes(db: Session, employee_id: int) -> list[tuple[str, str, int]]:
    """The classes that a person is or was in: what is taught, the class's own name ("" where it has none) and its number."""
    chosen = select(Programme.name, Cohort.name, Cohort.number).join(Cohort, col(Cohort.programme_id) == Programme.id)
    chosen = chosen.join(CohortMember, col(CohortMember.cohort_id) == Cohort.id).where(CohortMember.employee_id == employee_id)
    return list(db.exec(chosen.order_by(col(CohortMember.id))))


def ids(db: Session, table: sa.Table, employee_id: int) -> list[int]:
    """The keys of a person's rows of a table."""
    return list(db.execute(sa.select(table.c.id).where(_own(table) == employee_id)).scalars())


def measured(db: Session, employee_id: int) -> set[int]:
    """The measures of which a person has results."""
    return set(db.exec(select(Result.measure_id).where(Result.employee_id == employee_id).distinct()))


def looked_at(db: Session, employee_id: int) -> list[tuple[datetime, str, str]]:
    """Who opened or changed something of a person, when: last first."""
    chosen = select(AuditEntry.at, AuditEntry.actor, AuditEntry.action)
    of_person = chosen.where(AuditEntry.subject == "employee", AuditEntry.subject_id == employee_id)
    return list(db.exec(of_person.order_by(col(AuditEntry.id).desc())))


def drop(db: Session, table: sa.Table, employee_id: int) -> None:
    """Delete a person's rows of a table."""
    db.execute(sa.delete(table).where(_own(table) == employee_id))


def forget_changes(db: Session, subject: str, row_ids: Sequence[int]) -> None:
    """Take what these rows once were out of the histories by which changes are undone."""
    for start in range(0, len(row_ids), _CHUNK):
        some = row_ids[start : start + _CHUNK]
        for history in (ImportChange, ResourceChange):
            of_rows = sa.delete(history).where(col(history.subject) == subject, col(history.row_id).in_(some))
            db.execute(of_rows, execution_options={"synchronize_session": False})


def attendance_actions(db: Session) -> list[AttendanceAction]:
    """What was noted on attendance lists, to take somebody out of it."""
    return list(db.exec(select(AttendanceAction)))


def periods(db: Session) -> list[RetentionPeriod]:
    """How long something is kept, where somebody decided that."""
    return list(db.exec(select(RetentionPeriod)))


def left_before(db: Session, day: date) -> list[int]:
    """People who left before a day."""
    return list(db.exec(select(Employee.id).where(col(Employee.left_at) < day).order_by(col(Employee.id))))  # type: ignore[arg-type]


def old_entries(moment: datetime) -> sa.ColumnElement[bool]:
    """Entries of the audit log from before a moment."""
    return col(AuditEntry.at) < moment


def old_notices(moment: datetime) -> sa.ColumnElement[bool]:
    """Notices from before a moment."""
    return col(Notice.at) < moment


def old_conversations(moment: datetime) -> sa.ColumnElement[bool]:
    """Conversations that nobody has gone on with since a moment."""
    return col(Conversation.updated_at) < moment


def remarks(db: Session, moment: datetime) -> int:
    """How many remarks in free words were made before a moment."""
    return sum(
        db.exec(select(sa.func.count()).select_from(one).where(*_said(one, moment))).one() for one in (SessionFeedback, SurveyAnswer)
    )


def blank_remarks(db: Session, moment: datetime) -> None:
    """Empty them; the marks stay."""
    for one in (SessionFeedback, SurveyAnswer):
        db.execute(sa.update(one).where(*_said(one, moment)).values(remark=""), execution_options={"synchronize_session": False})


def how_many(db: Session, table: type[SQLModel], which: sa.ColumnElement[bool]) -> int:
    """How many rows of a table these are."""
    return int(db.exec(select(sa.func.count()).select_from(table).where(which)).one())


def delete(db: Session, table: type[SQLModel], which: sa.ColumnElement[bool]) -> None:
    """Delete these rows of a table."""
    db.execute(sa.delete(table).where(which), execution_options={"synchronize_session": False})


def _said(table: type[SessionFeedback] | type[SurveyAnswer], moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(table.at) < moment, col(table.remark) != "")


def _points(table: sa.Table) -> bool:
    return "employee_id" in table.c and any(key.column.table.name == "employee" for key in table.c.employee_id.foreign_keys)


def _own(table: sa.Table) -> sa.Column[Any]:
    return table.c.id if table.name == "employee" else table.c.employee_id


def _pointed(column: sa.Column[Any]) -> tuple[Any, str] | None:
    """The table that a column points to, under a name of its own, and the column by which people know its rows."""
    for key in column.foreign_keys:
        other = key.column.table.alias(f"pointed_{column.name}")
        return next(((other, label) for label in _LABELS if label in other.c), None)
    return None


def _goes_with(table: sa.Table) -> sa.Column[Any] | None:
    keys = (key for key in table.foreign_keys if key.column.table.name == "account" and key.ondelete == "CASCADE")
    return next((key.parent for key in keys), None)


def _whose(table: sa.Table) -> sa.Column[Any]:
    column = _goes_with(table)
    assert column is not None, table.name
    return column
