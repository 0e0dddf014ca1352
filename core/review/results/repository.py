"""Queries on measures and results: written in bulk, summed in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.timetable.tables import Cohort, CohortMember, Placement, Programme, Timetable, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.people.tables import Employee, Unit
from core.projects.tables import Project
from core.review.results.naming import told_apart
from core.review.results.tables import Measure, Result, ResultColumn, ResultDay, ResultImport, ResultPeople, ResultSum, XapiStatement
from core.review.results.terms import ALL_UNITS, NO_UNIT, Moment, ResultKind
from core.storage import now

_CHUNK = 500
_BATCH = 20_000
_SUMMED = ("measure_id", "unit_id", "month", "moment", "attendances", "people", "unnamed", "sum", "sum_squares", "passes")


def measures(db: Session, plan_id: int, *, removed: bool = False) -> list[Measure]:
    """The measures of a plan by level, those `removed` only where they are asked for."""
    chosen = select(Measure).where(Measure.plan_id == plan_id)
    if not removed:
        chosen = chosen.where(col(Measure.removed_at).is_(None))
    return list(db.exec(chosen.order_by(col(Measure.level), col(Measure.project_id), col(Measure.id))))


def measure(db: Session, measure_id: int) -> Measure | None:
    """One measure."""
    return db.get(Measure, measure_id)


def project_names(db: Session, plan_id: int) -> dict[int, str]:
    """The names of a plan's projects, each its own."""
    return told_apart(db.exec(select(Project.id, Project.name).where(Project.plan_id == plan_id).order_by(col(Project.id))))


def project_themes(db: Session, plan_id: int) -> dict[int, int | None]:
    """The theme of each project of a plan."""
    return {number or 0: theme for number, theme in db.exec(select(Project.id, Project.theme_id).where(Project.plan_id == plan_id))}


def sums(db: Session, measure_ids: Collection[int], units: Collection[int] | None = None) -> list[tuple[Any, ...]]:
    """Of each measure and month, what was not taken before the training: measure, month, attendances, people, unnamed, sum, passes.

    `units` None: of all units, as kept in sums of their own: a person of two units is one, and millions of results are a year's months.
    """
    added = [sa.func.sum(one) for one in _added()]
    chosen = sa.select(col(ResultSum.measure_id), col(ResultSum.month), *added)
    chosen = chosen.where(col(ResultSum.measure_id).in_(measure_ids), col(ResultSum.moment) != Moment.BEFORE)
    chosen = chosen.where(col(ResultSum.unit_id).in_((ALL_UNITS,) if units is None else units))
    chosen = chosen.group_by(col(ResultSum.measure_id), col(ResultSum.month)).order_by(col(ResultSum.measure_id), col(ResultSum.month))
    return [tuple(row) for row in db.execute(chosen)]


def months(db: Session, measure_id: int, units: Collection[int] | None = None) -> list[tuple[Any, ...]]:
    """Of each month of a measure, those before the training too: month, attendances, people, sum. `units` None: of all units."""
    row = ResultSum.__table__.c  # type: ignore[attr-defined]
    chosen = sa.select(row.month, sa.func.sum(row.attendances), sa.func.sum(row.people), sa.func.sum(row.sum))
    chosen = chosen.where(row.measure_id == measure_id, row.unit_id.in_((ALL_UNITS,) if units is None else units))
    return [tuple(one) for one in db.execute(chosen.group_by(row.month).order_by(row.month))]


def people(db: Session, measure_ids: Collection[int], units: Collection[int] | None = None) -> dict[int, int]:
    """How many different persons each measure's results are of. Persons who changed units are counted in each of the `units`."""
    wanted = (ALL_UNITS,) if units is None else units
    chosen = sa.select(col(ResultPeople.measure_id), sa.func.sum(col(ResultPeople.people)))
    chosen = chosen.where(col(ResultPeople.measure_id).in_(measure_ids), col(ResultPeople.unit_id).in_(wanted))
    return {int(one): int(count) for one, count in db.execute(chosen.group_by(col(ResultPeople.measure_id)))}


def by_person(db: Session, measure_id: int) -> list[tuple[Any, ...]]:
    """Of each person with results of a measure: employee, unit, before (sum, count, months), after (sum, count, months)."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    month = _month(db, row.on)
    parts: list[Any] = []
    for moments in ((Moment.BEFORE,), (Moment.AFTER, Moment.LATER)):
        inside = row.moment.in_(moments)
        parts += [
            sa.func.sum(sa.case((inside, row.value), else_=0.0)),
            sa.func.sum(sa.case((inside, 1), else_=0)),
            sa.func.count(sa.distinct(sa.case((inside, month)))),
        ]
    chosen = sa.select(row.employee_id, sa.func.max(row.unit_id), *parts)
    chosen = chosen.where(row.measure_id == measure_id, row.replaced_by.is_(None), row.employee_id.is_not(None))
    return [tuple(one) for one in db.execute(chosen.group_by(row.employee_id).order_by(row.employee_id))]


def cohorts_of(db: Session, project_id: int) -> dict[int, int]:
    """The class of each person in a project's cohorts."""
    chosen = select(CohortMember.employee_id, CohortMember.cohort_id).join(Cohort, col(Cohort.id) == CohortMember.cohort_id)
    chosen = chosen.join(Programme, col(Programme.id) == Cohort.programme_id).where(Programme.project_id == project_id)
    return dict(db.exec(chosen.where(col(Cohort.removed_at).is_(None)).order_by(col(CohortMember.id))).all())


def spans(db: Session, plan_id: int) -> dict[int | None, tuple[date, date]]:
    """The first and the last day of each project's sessions in the published timetable; None: of the bank's own list."""
    chosen = sa.select(col(Programme.project_id), sa.func.min(col(Placement.day)), sa.func.max(col(Placement.ends_on)))
    chosen = chosen.select_from(Placement).join(TrainingSession, col(TrainingSession.id) == col(Placement.session_id))
    chosen = chosen.join(Programme, col(Programme.id) == col(TrainingSession.programme_id))
    chosen = chosen.join(Timetable, col(Timetable.id) == col(Placement.timetable_id))
    chosen = chosen.where(
        col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED, col(Placement.day).is_not(None)
    )
    return {project: (_day(first), _day(last or first)) for project, first, last in db.execute(chosen.group_by(col(Programme.project_id)))}


def staff(db: Session) -> dict[str, tuple[int, int | None, str]]:
    """Everybody who is or was here, by number: id, unit, name."""
    found = db.exec(select(Employee.employee_no, Employee.id, Employee.unit_id, Employee.name))
    return {no: (number or 0, unit, name) for no, number, unit, name in found}


def units(db: Session) -> dict[int, str]:
    """The names of all units."""
    return {number or 0: name for number, name in db.exec(select(Unit.id, Unit.name))}


def existing(db: Session, measure_ids: Collection[int], since: date, until: date) -> Iterator[tuple[Any, ...]]:
    """The standing results of measures in a span of days: id, measure, day, employee, unit, session, moment, value."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    wanted = (row.id, row.measure_id, row.on, row.employee_id, row.unit_id, row.session_id, row.moment, row.value)
    chosen = sa.select(*wanted).where(row.measure_id.in_(measure_ids), row.on.between(since, until), row.replaced_by.is_(None))
    for one in db.execute(chosen.execution_options(yield_per=_BATCH)):
        yield tuple(one)


def insert(db: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write results in bulk. Returns how many."""
    table: Any = Result.__table__  # type: ignore[attr-defined]
    written = 0
    for some in _batches(rows):
        db.execute(sa.insert(table), some)
        written += len(some)
    return written


def replace(db: Session, ids: Sequence[int], import_id: int) -> None:
    """These results stand no more: the import puts others in their places."""
    for some in _chunks(ids):
        db.execute(
            sa.update(Result).where(col(Result.id).in_(some)).values(replaced_by=import_id).execution_options(synchronize_session=False)
        )


def touched(db: Session, import_id: int) -> set[int]:
    """The measures that an import wrote results of."""
    chosen = sa.select(col(Result.measure_id)).where(col(Result.import_id) == import_id).distinct()
    return {int(one) for (one,) in db.execute(chosen)}


def replaced_since(db: Session, import_id: int) -> int | None:
    """An import that put others in the place of this import's results."""
    found = sa.select(col(Result.replaced_by)).where(col(Result.import_id) == import_id, col(Result.replaced_by).is_not(None))
    return db.scalar(found.limit(1))


def take_out(db: Session, import_id: int) -> int:
    """Delete what an import wrote, and let stand again what it had replaced. Returns how many rows were deleted."""
    silent = {"synchronize_session": False}
    db.execute(sa.delete(XapiStatement).where(col(XapiStatement.import_id) == import_id), execution_options=silent)
    gone = db.execute(sa.delete(Result).where(col(Result.import_id) == import_id), execution_options=silent)
    db.execute(sa.update(Result).where(col(Result.replaced_by) == import_id).values(replaced_by=None), execution_options=silent)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def once(db: Session, import_id: int, summed: Collection[int]) -> tuple[int, int, int]:
    """Leave of an import one result of everybody, measure, day and moment: of the measures `summed` their sum, else the first.

    Returns how many were added to another, how many were the same as another, how many said something else.
    """
    row = Result.__table__.c  # type: ignore[attr-defined]
    own = (row.import_id == import_id, sa.or_(row.employee_id.is_not(None), row.unit_id.is_not(None)))
    key = (row.measure_id, row.on, row.moment, row.employee_id, sa.case((row.employee_id.is_(None), row.unit_id)))
    first = sa.func.first_value(row.value).over(partition_by=key, order_by=row.id)
    place = sa.func.row_number().over(partition_by=key, order_by=row.id)
    head = sa.func.first_value(row.id).over(partition_by=key, order_by=row.id)
    ranked = sa.select(row.id, row.measure_id, row.value, head.label("head"), first.label("first"), place.label("place")).where(*own)
    found = ranked.subquery()
    repeated = sa.select(found.c.id, found.c.measure_id, found.c.value, found.c.head, found.c.first).where(found.c.place > 1)
    sums: dict[int, float] = {}
    gone: list[int] = []
    same = other = added = 0
    for number, measure_id, value, kept, one in db.execute(repeated):
        gone.append(number)
        if measure_id in summed:
            sums[kept] = sums.get(kept, one) + value
            added += 1
        elif value == one:
            same += 1
        else:
            other += 1
    for some in _batches({"number": number, "total": total} for number, total in sums.items()):
        table: Any = Result.__table__  # type: ignore[attr-defined]
        db.connection().execute(sa.update(table).where(table.c.id == sa.bindparam("number")).values(value=sa.bindparam("total")), some)
    _drop(db, gone)
    return added, same, other


def compare(db: Session, import_id: int, measure_ids: Collection[int]) -> tuple[int, int]:
    """Set an import against what stood before of these measures: the same goes again, what says otherwise takes its place.

    Returns how many were the same and how many took a place.
    """
    new, old = sa.alias(Result.__table__), sa.alias(Result.__table__)  # type: ignore[attr-defined]
    same_place = (new.c.measure_id == old.c.measure_id, new.c.on == old.c.on, new.c.moment == old.c.moment)
    whose = (
        new.c.employee_id == old.c.employee_id,
        sa.and_(new.c.employee_id.is_(None), old.c.employee_id.is_(None), new.c.unit_id == old.c.unit_id),
    )
    same, places = [], []
    for of in whose:
        chosen = sa.select(new.c.id, old.c.id, new.c.value, old.c.value).select_from(new.join(old, sa.and_(*same_place, of)))
        chosen = chosen.where(new.c.import_id == import_id, old.c.import_id != import_id, old.c.replaced_by.is_(None))
        for number, before, value, was in db.execute(chosen.where(new.c.measure_id.in_(measure_ids))):
            if value == was:
                same.append(number)
            else:
                places.append(before)
    replace(db, places, import_id)
    _drop(db, same)
    return len(same), len(places)


def _drop(db: Session, ids: Sequence[int]) -> None:
    for some in _chunks(ids):
        db.execute(sa.delete(Result).where(col(Result.id).in_(some)), execution_options={"synchronize_session": False})


def resum(db: Session, measure_ids: Collection[int]) -> None:
    """Work out the sums of these measures anew from their standing results."""
    row = Result.__table__.c  # type: ignore[attr-defined]
    unit, month = sa.func.coalesce(row.unit_id, NO_UNIT), _month(db, row.on)
    standing = row.replaced_by.is_(None)
    silent = {"synchronize_session": False}
    for some in _chunks(sorted(measure_ids)):
        for table in (ResultSum, ResultDay, ResultPeople):
            db.execute(sa.delete(table).where(col(table.measure_id).in_(some)), execution_options=silent)
        every = sa.literal(ALL_UNITS, sa.Integer)
        for where, by in ((unit, (unit, month, row.moment)), (every, (month, row.moment))):
            counted = sa.select(row.measure_id, where, month, row.moment, *_counted(row)).where(row.measure_id.in_(some), standing)
            db.execute(sa.insert(ResultSum).from_select(_SUMMED, counted.group_by(row.measure_id, *by)))
        trained = sa.and_(row.measure_id.in_(some), standing, row.moment != Moment.BEFORE)
        daily = sa.select(row.measure_id, row.on, sa.func.count(), sa.func.sum(row.value)).where(trained)
        db.execute(sa.insert(ResultDay).from_select(("measure_id", "on", "attendances", "sum"), daily.group_by(row.measure_id, row.on)))
        after = sa.and_(trained, row.employee_id.is_not(None))
        for where, grouped in ((unit, (row.measure_id, unit)), (every, (row.measure_id,))):
            persons = sa.select(row.measure_id, where, sa.func.count(sa.distinct(row.employee_id))).where(after).group_by(*grouped)
            db.execute(sa.insert(ResultPeople).from_select(("measure_id", "unit_id", "people"), persons))
        for one, unnamed in _most_unnamed(db, some).items():
            there = db.get(ResultPeople, (one, ALL_UNITS), populate_existing=True) or ResultPeople(
                measure_id=one, unit_id=ALL_UNITS, people=0
            )
            there.people += unnamed
            db.add(there)
        db.flush()


def _most_unnamed(db: Session, measure_ids: Sequence[int]) -> dict[int, int]:
    """How many persons the results of each measure are of that tell of sessions and of nobody by name, where there are any: of each cohort
    as many as when the most came."""
    chosen = sa.select(col(Result.measure_id), col(TrainingSession.cohort_id), sa.func.count()).select_from(Result)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == col(Result.session_id))
    chosen = chosen.where(col(Result.measure_id).in_(measure_ids), col(Result.employee_id).is_(None), col(Result.value) > 0)
    chosen = chosen.where(col(Result.replaced_by).is_(None))
    most: dict[tuple[int, int], int] = {}
    for measure, cohort, number in db.execute(
        chosen.group_by(col(Result.measure_id), col(TrainingSession.cohort_id), col(Result.session_id))
    ):
        most[measure, cohort] = max(most.get((measure, cohort), 0), number)
    found: dict[int, int] = {}
    for (measure, _cohort), number in most.items():
        found[measure] = found.get(measure, 0) + number
    return found


def remembered(db: Session, kind: ResultKind) -> dict[str, str]:
    """Which field each column was the last time."""
    return {row.header: row.field for row in db.exec(select(ResultColumn).where(ResultColumn.kind == kind))}


def remember(db: Session, kind: ResultKind, fields: Mapping[str, str]) -> None:
    """Keep which field each column was."""
    rows = {row.header: row for row in db.exec(select(ResultColumn).where(ResultColumn.kind == kind))}
    for header, name in fields.items():
        row = rows.get(header) or ResultColumn(kind=kind, header=header)
        row.field = name
        db.add(row)


def forget_columns(db: Session) -> None:
    """Forget which column was which field where no import is left that it was learnt from."""
    if db.exec(select(ResultImport.id).where(ResultImport.kind != ResultKind.FLOW).limit(1)).first() is None:
        db.execute(sa.delete(ResultColumn))


def imports(db: Session, plan_id: int, count: int) -> list[ResultImport]:
    """The latest imports of a plan, the newest first; not what flows in by itself."""
    chosen = select(ResultImport).where(ResultImport.plan_id == plan_id, ResultImport.kind != ResultKind.FLOW)
    return list(db.exec(chosen.order_by(col(ResultImport.id).desc()).limit(count)))


def one_import(db: Session, import_id: int) -> ResultImport | None:
    """One import."""
    return db.get(ResultImport, import_id)


def same_file(db: Session, plan_id: int, digest: str) -> ResultImport | None:
    """The standing import of the same file into a plan."""
    chosen = select(ResultImport).where(ResultImport.plan_id == plan_id, ResultImport.digest == digest)
    return db.exec(chosen.where(col(ResultImport.undone_at).is_(None), ResultImport.kind != ResultKind.FLOW)).first()


def flow(db: Session, plan_id: int) -> ResultImport | None:
    """What has flowed in from sign-ins and feedback."""
    return db.exec(select(ResultImport).where(ResultImport.plan_id == plan_id, ResultImport.kind == ResultKind.FLOW)).first()


def statements(db: Session, found: Sequence[str]) -> set[str]:
    """Those of these xAPI statements that have come in."""
    known: set[str] = set()
    for some in _chunks(found):
        known |= set(db.exec(select(XapiStatement.statement).where(col(XapiStatement.statement).in_(some))))
    return known


def note_statements(db: Session, import_id: int, found: Sequence[str]) -> None:
    """Keep which xAPI statements an import brought."""
    for some in _batches({"import_id": import_id, "statement": one} for one in found):
        db.execute(sa.insert(XapiStatement), some)


def undone(row: ResultImport, by: str) -> None:
    """Mark an import as taken back."""
    row.undone_at, row.undone_by = now(), by[:80]


def _counted(row: Any) -> tuple[Any, ...]:
    """What a row of sums says of results, after whose and when they are."""
    return (
        sa.func.count(),
        sa.func.count(sa.distinct(row.employee_id)),
        sa.func.count() - sa.func.count(row.employee_id),
        sa.func.sum(row.value),
        sa.func.sum(row.value * row.value),
        sa.func.sum(sa.case((row.value >= 1, 1), else_=0)),
    )


def _added() -> tuple[Any, ...]:
    return tuple(col(getattr(ResultSum, name)) for name in ("attendances", "people", "unnamed", "sum", "passes"))


def _month(db: Session, day: Any) -> Any:
    """The first day of a day's month."""
    if db.get_bind().dialect.name == "sqlite":
        # Taking the text apart costs a third of what strftime does.
        return sa.func.substr(day, 1, 8, type_=sa.String()) + sa.literal_column("'01'")
    return sa.cast(sa.func.date_trunc("month", day), sa.Date)


def _day(value: Any) -> date:
    """A day, as SQLite's functions hand it back: as text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    waiting = iter(rows)
    while some := [dict(row) for row in islice(waiting, _BATCH)]:
        yield some


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
