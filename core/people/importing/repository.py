"""Queries of imports: what a file is read against, what imports wrote, and who hangs on that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, delete, select

from core.people.courses.tables import CourseCompetency, CoursePrerequisite, CourseRow
from core.people.importing.kinds import ImportKind, RunState
from core.people.remedies.tables import Enrolment
from core.people.tables import (
    Assessment,
    ColumnMapping,
    CompetencyRow,
    Employee,
    HeldCertificate,
    ImportChange,
    ImportRun,
    PeopleRevision,
    Post,
    PostCompetency,
    ProjectGap,
    Unit,
    UnitCharge,
)

Stamp = tuple[tuple[Any, ...], ...]
# What has no token of its own (`core/people/tables.py`): few rows, whose versions are added up.
_UNWATCHED = (Unit, Post, CourseRow, CourseCompetency, CoursePrerequisite)
# How many values go into one IN: far below what SQLite and PostgreSQL allow.
_CHUNK = 800

TABLES: dict[str, type[SQLModel]] = {
    "unit": Unit,
    "post": Post,
    "employee": Employee,
    "competency": CompetencyRow,
    "requirement": PostCompetency,
    "assessment": Assessment,
    "held": HeldCertificate,
    "charge": UnitCharge,
    "course": CourseRow,
    "serving": CourseCompetency,
    "prerequisite": CoursePrerequisite,
    "enrolment": Enrolment,
}
# Which columns point at a row of each kind.
_POINTING: dict[str, tuple[tuple[str, str], ...]] = {
    "unit": (("employee", "unit_id"), ("unit", "parent_id"), ("charge", "unit_id")),
    "post": (("employee", "post_id"), ("requirement", "post_id")),
    "employee": (("assessment", "employee_id"), ("employee", "manager_id"), ("enrolment", "employee_id"), ("held", "employee_id")),
    "competency": tuple((kind, "competency_id") for kind in ("assessment", "requirement", "serving", "enrolment")),
    "requirement": (),
    "assessment": (),
    "held": (),
    "course": (("prerequisite", "needs_id"), ("prerequisite", "course_id"), ("serving", "course_id"), ("enrolment", "course_id")),
    "serving": (),
    "prerequisite": (),
}


def stamp(db: Session) -> Stamp:
    """What is another whenever anything was written that a file is read against."""
    tokens = sorted((name, token) for name, token in db.exec(select(PeopleRevision.name, PeopleRevision.token)))
    counted = []
    for table in _UNWATCHED:
        row: Any = sa.inspect(table).local_table.c
        counted.append(tuple(db.execute(sa.select(sa.func.count(), sa.func.max(row.id), sa.func.sum(row.version))).one()))
    return (*tokens, *counted)


def managers(db: Session) -> dict[str, str]:
    """The manager's number of each employee, "" for none."""
    numbers = dict(db.exec(select(Employee.id, Employee.employee_no)).all())
    rows = db.exec(select(Employee.employee_no, Employee.manager_id))
    return {number: numbers.get(manager, "") if manager else "" for number, manager in rows}


def roster(db: Session) -> Iterator[tuple[Any, ...]]:
    """Every employee: number, name, unit, post, hire date, line, day of leaving."""
    joined = _columns(Employee.employee_no, Employee.name, Unit.name, Post.name, Employee.hire_date, Employee.line, Employee.left_at)
    joined = joined.join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    yield from db.exec(joined.join(Post, col(Post.id) == Employee.post_id, isouter=True))


def assessments(db: Session) -> Iterator[tuple[Any, ...]]:
    """Every assessment: employee's number, competency, source, date, score, scale."""
    columns = (Employee.employee_no, CompetencyRow.name, Assessment.source, Assessment.assessed_on, Assessment.score, Assessment.scale_max)
    joined = _columns(*columns).select_from(Assessment)
    joined = joined.join(Employee, col(Employee.id) == Assessment.employee_id)
    yield from db.exec(joined.join(CompetencyRow, col(CompetencyRow.id) == Assessment.competency_id))


def held(db: Session) -> Iterator[tuple[Any, ...]]:
    """Every certificate that somebody holds: employee's number, key of the certificate, day, expiry, its own number."""
    columns = (Employee.employee_no, HeldCertificate.certificate, HeldCertificate.held_on, HeldCertificate.expires_on)
    joined = _columns(*columns, HeldCertificate.number).select_from(HeldCertificate)
    yield from db.exec(
        joined.join(Employee, col(Employee.id) == HeldCertificate.employee_id).where(col(HeldCertificate.removed_at).is_(None))
    )


def held_of(db: Session, employee_ids: Sequence[int]) -> Iterator[HeldCertificate]:
    """The certificates that these employees hold."""
    for some in _chunks(employee_ids):
        chosen = select(HeldCertificate).where(col(HeldCertificate.employee_id).in_(some))
        yield from db.exec(chosen.where(col(HeldCertificate.removed_at).is_(None)))


def requirements(db: Session) -> Iterator[tuple[Any, ...]]:
    """Every requirement: post, competency, level, weight."""
    joined = _columns(Post.name, CompetencyRow.name, PostCompetency.required_level, PostCompetency.weight).select_from(PostCompetency)
    joined = joined.join(Post, col(Post.id) == PostCompetency.post_id)
    yield from db.exec(joined.join(CompetencyRow, col(CompetencyRow.id) == PostCompetency.competency_id))


def units(db: Session) -> list[Unit]:
    """All units."""
    return list(db.exec(select(Unit)))


def posts(db: Session) -> list[Post]:
    """All posts."""
    return list(db.exec(select(Post)))


def courses(db: Session) -> list[CourseRow]:
    """The whole catalogue."""
    return list(db.exec(select(CourseRow)))


def servings(db: Session) -> list[CourseCompetency]:
    """What all courses serve."""
    return list(db.exec(select(CourseCompetency)))


def prerequisites(db: Session) -> list[CoursePrerequisite]:
    """What all courses need."""
    return list(db.exec(select(CoursePrerequisite)))


def employee_ids(db: Session) -> dict[str, int]:
    """The id of each employee's row, by number."""
    return {number: row_id for number, row_id in db.exec(select(Employee.employee_no, Employee.id)) if row_id is not None}


def employees(db: Session, numbers: Sequence[str]) -> Iterator[Employee]:
    """The employees with these numbers."""
    for some in _chunks(numbers):
        yield from db.exec(select(Employee).where(col(Employee.employee_no).in_(some)))


def assessments_of(db: Session, employee_ids: Sequence[int]) -> Iterator[Assessment]:
    """The assessments of these employees."""
    for some in _chunks(employee_ids):
        yield from db.exec(select(Assessment).where(col(Assessment.employee_id).in_(some)))


def requirements_of(db: Session, post_ids: Sequence[int]) -> Iterator[PostCompetency]:
    """What these posts require."""
    for some in _chunks(post_ids):
        yield from db.exec(select(PostCompetency).where(col(PostCompetency.post_id).in_(some)))


def remembered(db: Session, kind: ImportKind) -> dict[str, str]:
    """Which field a column was the last time, by its folded name."""
    rows = db.exec(select(ColumnMapping).where(ColumnMapping.kind == kind))
    return {row.header: row.field for row in rows}


def remember(db: Session, kind: ImportKind, fields: dict[str, str]) -> None:
    """Keep which field each column is, by its folded name."""
    rows = {row.header: row for row in db.exec(select(ColumnMapping).where(ColumnMapping.kind == kind))}
    for header, field in fields.items():
        row = rows.get(header)
        if row is None:
            db.add(ColumnMapping(kind=kind, header=header, field=field))
        else:
            row.field = field


def runs(db: Session, count: int) -> list[ImportRun]:
    """The latest imports, the last first."""
    return list(db.exec(select(ImportRun).order_by(col(ImportRun.id).desc()).limit(count)))


def run(db: Session, run_id: int) -> ImportRun | None:
    """One import."""
    return db.get(ImportRun, run_id)


def waiting(db: Session) -> list[ImportRun]:
    """The imports that wait or are at work, in order."""
    return list(db.exec(select(ImportRun).where(ImportRun.state == RunState.WAITING).order_by(col(ImportRun.id))))


def forget(db: Session, moment: datetime) -> int:
    """Drop what rows were before imports that are undone or ended before `moment`, and the values that they left out. Returns how many."""
    over = sa.or_(col(ImportRun.undone_at).is_not(None), sa.and_(col(ImportRun.state) != RunState.WAITING, col(ImportRun.done_at) < moment))
    db.connection().execute(sa.update(ImportRun).where(over, col(ImportRun.errors) != []).values(errors=[]))
    held = sa.delete(ImportChange).where(col(ImportChange.run_id).in_(select(ImportRun.id).where(over)))
    return db.connection().execute(held).rowcount


def changes(db: Session, run_id: int) -> list[ImportChange]:
    """What an import wrote, in order."""
    return list(db.exec(select(ImportChange).where(ImportChange.run_id == run_id).order_by(col(ImportChange.id))))


def other_changes(db: Session, subject: str, ids: Sequence[int], run_id: int) -> Iterator[ImportChange]:
    """What imports other than this one wrote of these rows."""
    for some in _chunks(ids):
        chosen = select(ImportChange).where(ImportChange.subject == subject, col(ImportChange.row_id).in_(some))
        yield from db.exec(chosen.where(ImportChange.run_id != run_id))


def rows_of(db: Session, subject: str, ids: Sequence[int]) -> dict[int, Any]:
    """The rows with these ids, by id."""
    table: Any = TABLES[subject]
    found: dict[int, Any] = {}
    for some in _chunks(ids):
        found |= {row.id: row for row in db.exec(select(table).where(table.id.in_(some)))}
    return found


def versions_of(db: Session, subject: str, ids: Sequence[int]) -> dict[int, int]:
    """The version of each of these rows that is still there, by id."""
    table: Any = TABLES[subject]
    found: dict[int, int] = {}
    for some in _chunks(ids):
        found |= {row_id: version for row_id, version in db.exec(select(table.id, table.version).where(table.id.in_(some)))}
    return found


def pointed_at(db: Session, subject: str, ids: Sequence[int], apart_from: dict[str, set[int]]) -> int | None:
    """One of these rows that another row points at which is not among `apart_from`; None when there is none."""
    for other, column in _POINTING[subject]:
        table: Any = TABLES[other]
        target = getattr(table, column)
        for some in _chunks(ids):
            for row_id, pointed in db.exec(select(table.id, target).where(target.in_(some))):
                if row_id not in apart_from.get(other, set()):
                    return int(pointed)
    return _taught(db, ids) if subject == "competency" else None


def _taught(db: Session, ids: Sequence[int]) -> int | None:
    """One of these competencies that a trainer teaches; trainers stand on a higher floor: of their table the column is enough."""
    skill = sa.table("trainer_skill", sa.column("competency_id", sa.Integer))
    for some in _chunks(ids):
        found = db.execute(sa.select(skill.c.competency_id).where(skill.c.competency_id.in_(some)).limit(1)).first()
        if found is not None:
            return int(found[0])
    return None


def answered(db: Session, subject: str, ids: Sequence[int]) -> tuple[int, str] | None:
    """One of these rows whose gap a standing project answers, and the project's name; None when there is none."""
    if subject not in ("unit", "post", "competency"):
        return None
    # Projects stand on a higher floor: of their table the columns are enough.
    project = sa.table("project", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("state", sa.String))
    target = getattr(ProjectGap, f"{subject}_id")
    chosen = _columns(target, project.c.name).join(project, project.c.id == ProjectGap.project_id)
    chosen = chosen.where(project.c.state == "standing", col(ProjectGap.unlinked_at).is_(None))
    for some in _chunks(ids):
        for pointed, name in db.exec(chosen.where(target.in_(some))):
            return int(pointed), str(name)
    return None


def insert(db: Session, subject: str, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows that give a value for every column but the id; their ids in order.

    Far faster than an object a row, and than asking for the id of each: nobody else writes meanwhile, so the ids are known before.
    """
    table: Any = TABLES[subject]
    ids = _next_ids(db, str(table.__tablename__), len(rows))
    if rows:
        given = [{**row, "id": row_id} for row, row_id in zip(rows, ids, strict=True)]
        db.connection().execute(sa.insert(table), given)
    return ids


def _next_ids(db: Session, name: str, count: int) -> list[int]:
    """Ids that no row of the table has or ever had."""
    if db.get_bind().dialect.name != "sqlite":
        wanted = sa.func.nextval(sa.func.pg_get_serial_sequence(name, "id"))
        return [int(one) for (one,) in db.execute(sa.select(wanted).select_from(sa.func.generate_series(1, count)))]
    sequence, row = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq")), sa.table(name, sa.column("id", sa.Integer))
    ever = db.execute(sa.select(sequence.c.seq).where(sequence.c.name == name)).scalar() or 0
    last = max(int(ever), db.execute(sa.select(sa.func.max(row.c.id))).scalar() or 0)
    return list(range(last + 1, last + 1 + count))


def update(db: Session, subject: str, rows: Sequence[dict[str, Any]]) -> None:
    """Change the rows `row_id`, each in the same columns, to what the others of their values say; each gets its next version."""
    table: Any = sa.inspect(TABLES[subject]).local_table
    changed: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "row_id"}
    statement = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(**changed, version=table.c.version + 1)
    db.connection().execute(statement, list(rows))


def note(db: Session, changes: Sequence[dict[str, Any]]) -> None:
    """Keep what an import wrote."""
    if changes:
        db.connection().execute(sa.insert(ImportChange), list(changes))


def remove(db: Session, subject: str, ids: Sequence[int]) -> None:
    """Delete the rows with these ids."""
    table: Any = TABLES[subject]
    for some in _chunks(ids):
        db.exec(delete(table).where(table.id.in_(some)))


def _columns(*columns: Any) -> Any:
    """A query for columns, however many: the typed `select` knows four."""
    choose: Any = select
    return choose(*columns)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
