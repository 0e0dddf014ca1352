"""Imports in the database: what a file would do, doing it in one transaction, and undoing it as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import Conflict, NotFound
from core.i18n import Message
from core.people import sample
from core.people.courses.terms import CourseForm, CourseMethod
from core.people.importing import repository
from core.people.importing.crossed import is_crossed
from core.people.importing.kinds import KINDS, ImportKind, RunState
from core.people.importing.knowing import competencies, known
from core.people.importing.plan import Known, Plan, Problem
from core.people.importing.planning import NOTHING_GIVEN, mapping_for, plan
from core.people.importing.wide import Ability, abilities, is_wide
from core.people.importing.writing import RESTORED, Progress, Writer
from core.people.tables import ImportChange, ImportRun
from core.people.terms import TalentClass
from core.sheets.finding import Table
from core.sheets.mapping import guess
from core.sheets.reading import folded
from core.storage import Session, now

UNDO_DAYS = 30
NOTHING_USABLE = Message("没有一行可以导入。请按每行的说明改正文件后再试。")
_KEPT_ERRORS = 500
# Rows that hang on others go first.
_REMOVAL = ("assessment", "held", "requirement", "prerequisite", "serving", "course", "employee", "post", "unit", "competency")


@dataclass(frozen=True)
class Imported:
    """An import: what it did, and its number; None where not one row could be used, and nothing was written."""

    run_id: int | None
    plan: Plan


@dataclass(frozen=True)
class Run:
    """An import; `problems` are the first hundreds of its rows that stayed out, `forgotten` whether they were dropped after their time.

    `failure` says why nothing came in.
    """

    row: ImportRun
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
    failure: Message | None
    can_be_undone: bool
    forgotten: bool


@dataclass(frozen=True)
class Looked:
    """A plan that was made before the import takes its turn, and what the database held then: it is good for as long as that holds."""

    plan: Plan
    stamp: repository.Stamp


def _nobody_listens(_done: int, _total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Prepared:
    """A table that waits to be looked at: which column seems to be which field, and what it is read against."""

    kind: ImportKind
    table: Table
    mapping: dict[str, str]
    known: Known
    remembered: Mapping[str, str] = field(default_factory=dict)

    def abilities(self) -> tuple[Ability, ...]:
        """The columns that seem to hold a competency's scores each, with what was made of them the last time."""
        return abilities(self.table, self.known.competencies, self.remembered)

    def plan(self, chosen: Mapping[str, str], today: date, given: Mapping[str, Any] = NOTHING_GIVEN) -> Plan:
        """What importing it would do, with these columns. Raises `BadInput` when a necessary one is missing."""
        return plan(self.kind, self.table, mapping_for(self.kind, self.table, chosen, {}), self.known, today, given)


def prepare(db: Session, actor: Actor, kind: ImportKind, table: Table) -> Prepared:
    """All that a preview needs, so that columns can be tried without asking the database again.

    Raises `BadInput` beside the sample's people.
    """
    sample.refuse(db)
    remembered = repository.remembered(db, kind)
    before = {column: remembered[folded(column)] for column in table.header if folded(column) in remembered}
    return Prepared(kind, table, mapping(db, actor, kind, table), known(db, kind), before)


def mapping(db: Session, actor: Actor, kind: ImportKind, table: Table, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column of the table is which field: as `given`, else as the last time, else by its name. Raises `BadInput`."""
    require(actor, Right.EDIT_PEOPLE)
    remembered = repository.remembered(db, kind)
    before = {column: remembered[folded(column)] for column in table.header if folded(column) in remembered}
    return mapping_for(kind, table, given, before, competencies(db)[0])


def preview(
    db: Session,
    actor: Actor,
    kind: ImportKind,
    table: Table,
    chosen: Mapping[str, str],
    today: date,
    given: Mapping[str, Any] = NOTHING_GIVEN,
) -> Plan:
    """What importing the table would do. Writes nothing.

    Raises `BadInput` when a necessary column is missing, and beside the sample's people.
    """
    require(actor, Right.EDIT_PEOPLE)
    sample.refuse(db)
    return plan(kind, table, chosen, known(db, kind), today, given)


def look(
    db: Session,
    actor: Actor,
    kind: ImportKind,
    table: Table,
    chosen: Mapping[str, str],
    today: date,
    given: Mapping[str, Any] = NOTHING_GIVEN,
) -> Looked:
    """The plan of an import, made without keeping anybody from writing: what takes longest about it. Raises `BadInput`."""
    return Looked(preview(db, actor, kind, table, chosen, today, given), repository.stamp(db))


def import_table(
    db: Session,
    actor: Actor,
    kind: ImportKind,
    file_name: str,
    table: Table,
    chosen: Mapping[str, str],
    today: date,
    on_progress: Progress = _nobody_listens,
    given: Mapping[str, Any] = NOTHING_GIVEN,
    run: ImportRun | None = None,
    looked: Looked | None = None,
) -> Imported:
    """Take the rows of the table in, those with errors left out, and remember which column was which. Raises `BadInput`.

    `run` is the import's own row where it waited for its turn; it then says what became of it even when nothing could be used.
    `looked` is the plan for the same table and columns, made before: where anything was written since, it is made anew.
    """
    require(actor, Right.EDIT_PEOPLE)
    if looked is not None and looked.stamp == repository.stamp(db):
        sample.refuse(db)
        made = looked.plan
    else:
        made = preview(db, actor, kind, table, chosen, today, given)
    if not made.readable:
        if run is not None:
            _sum_up(run, made)
            run.state, run.failure = RunState.FAILED, NOTHING_USABLE.to_json()
        return Imported(None, made)
    writer = Writer(db, made, on_progress, actor.name[:80])
    writer.write()
    run = run or ImportRun(kind=kind, file_name=file_name[:255], sheet=table.sheet[:120])
    _sum_up(run, made)
    run.state, run.done_by = RunState.DONE, actor.name[:80]
    db.add(run)
    db.flush()
    assert run.id is not None
    writer.note(run.id)
    _remember(db, kind, table, made.mapping)
    counts = {"created": run.created, "updated": run.updated, "skipped": run.skipped}
    record(db, actor, "people_imported", "import_run", run.id, kind=kind.value, file=run.file_name, **counts)
    return Imported(run.id, made)


def _sum_up(run: ImportRun, made: Plan) -> None:
    run.rows, run.created, run.updated = made.rows, len(made.created), len(made.updated)
    run.unchanged, run.skipped, run.mapping = made.unchanged, made.skipped, dict(made.mapping)
    run.errors = [[one.row, one.column, one.value, one.message.to_json()] for one in made.problems[:_KEPT_ERRORS]]
    run.notes = [note.to_json() for note in made.notes]
    run.done_at = now()


def runs(db: Session, actor: Actor, count: int = 50) -> list[Run]:
    """The latest imports, the last first."""
    require(actor, Right.READ_PEOPLE)
    return [_run(row) for row in repository.runs(db, count)]


def stamp(found: Sequence[Run]) -> str:
    """What changes whenever an import is done or undone: a plan that was made before that is out of date."""
    return f"{sum(run.row.state is RunState.DONE for run in found)}-{sum(run.row.undone_at is not None for run in found)}"


def undo(db: Session, actor: Actor, run_id: int) -> int:
    """Make everything what it was before an import. Returns how many rows that concerned.

    Raises `Conflict` naming the first row that somebody or another import changed since, or that something new hangs on.
    """
    require(actor, Right.EDIT_PEOPLE)
    run = repository.run(db, run_id)
    if run is None:
        raise NotFound(Message("没有这次导入。"))
    if run.undone_at is not None:
        raise Conflict(Message("这次导入已经由 {name} 撤销过了。", name=run.undone_by))
    if run.state is not RunState.DONE:
        raise Conflict(Message("这次导入没有写入任何行，不用撤销。"))
    if not _run(run).can_be_undone:
        raise Conflict(Message("导入已超过 {n} 天，当时的旧值已经删除，不能再整体撤销。请导入更正的文件。", n=UNDO_DAYS))
    changes = repository.changes(db, run_id)
    for subject in _REMOVAL:
        _restore(db, run_id, subject, [one for one in changes if one.subject == subject])
    made = {subject: {one.row_id for one in changes if one.subject == subject and one.before is None} for subject in _REMOVAL}
    for subject in _REMOVAL:
        answered = repository.answered(db, subject, sorted(made[subject]))
        if answered is not None:
            name, project = _label(db, subject, answered[0]), answered[1]
            raise Conflict(Message("项目“{project}”要补“{name}”的短板，没有撤销。请先在项目里取下这条短板。", name=name, project=project))
        held = repository.pointed_at(db, subject, sorted(made[subject]), made)
        if held is not None:
            name = _label(db, subject, held)
            raise Conflict(Message("“{name}”在这次导入之后又被用到了，没有撤销。请先撤销后来的那次导入。", name=name))
    for subject in _REMOVAL:
        repository.remove(db, subject, sorted(made[subject]))
    run.undone_at, run.undone_by = now(), actor.name[:80]
    db.flush()
    repository.forget(db, now() - timedelta(days=UNDO_DAYS))
    record(db, actor, "import_undone", "import_run", run_id, kind=run.kind.value, file=run.file_name, rows=len(changes))
    return len(changes)


def forget_expired(db: Session) -> int:
    """Forget what rows were before imports that can no longer be undone, and what stood in rows that stayed out (housekeeping)."""
    return repository.forget(db, now() - timedelta(days=UNDO_DAYS))


def _restore(db: Session, run_id: int, subject: str, changes: list[ImportChange]) -> None:
    """Bring the rows of one kind back to what they were. Raises `Conflict` when one of all that the import wrote is not as it left it."""
    versions = repository.versions_of(db, subject, [change.row_id for change in changes])
    for change in changes:
        # A unit that was only renamed since goes as it came.
        renamed = subject == "unit" and change.row_id in versions
        if versions.get(change.row_id) != change.row_version and not renamed:
            raise Conflict(_changed_since(db, subject, change.row_id if change.row_id in versions else None))
    restored = {change.row_id: change for change in changes if change.before is not None}
    rows = repository.rows_of(db, subject, sorted(restored))
    for row_id, change in restored.items():
        # What was kept before a field could be imported says nothing of it.
        for name in RESTORED[subject]:
            if name in (change.before or {}):
                setattr(rows[row_id], name, _restored(name, (change.before or {})[name]))
    db.flush()
    # A row that was brought back is what an import before left: that one may be undone in turn.
    for earlier in repository.other_changes(db, subject, sorted(restored), run_id):
        if earlier.row_version == restored[earlier.row_id].before_version:
            earlier.row_version = rows[earlier.row_id].version or 0


def _remember(db: Session, kind: ImportKind, table: Table, chosen: Mapping[str, str]) -> None:
    """Keep what was chosen, and which columns were left out although their names speak for a field."""
    if is_crossed(kind, chosen):
        guessed: Mapping[str, str] = {}
    elif is_wide(chosen):
        guessed = {one.column: "" for one in abilities(table, competencies(db)[0])}
    else:
        guessed = guess(table.header, KINDS[kind].fields)
    fields = {folded(column)[:200]: "" for column in guessed if column not in chosen}
    repository.remember(db, kind, fields | {folded(column)[:200]: field[:120] for column, field in chosen.items()})


def _run(row: ImportRun) -> Run:
    problems = tuple(Problem(number, column, value, Message.from_json(message)) for number, column, value, message in row.errors)
    fresh = row.done_at > now() - timedelta(days=UNDO_DAYS)
    return Run(
        row=row,
        problems=problems,
        notes=tuple(Message.from_json(note) for note in row.notes),
        failure=Message.from_json(row.failure) if row.failure else None,
        can_be_undone=fresh and row.state is RunState.DONE and row.undone_at is None,
        forgotten=bool(row.skipped and not problems and (row.undone_at or not fresh)),
    )


def _restored(name: str, value: Any) -> Any:
    if value is not None and name in ("hire_date", "left_at", "expires_on"):
        return date.fromisoformat(value)
    kinds = {"talent_class": TalentClass, "form": CourseForm, "method": CourseMethod}
    return kinds[name](value) if value and name in kinds else value


def _changed_since(db: Session, subject: str, row_id: int | None) -> Message:
    if row_id is None:
        return Message("这次导入写入的一行后来被删除了，无法整体撤销。请重新导入正确的文件。")
    return Message(
        "“{name}”在这次导入之后又改过，没有撤销，以免丢掉后来的改动。请先撤销后来的那次导入，或直接导入更正的文件。",
        name=_label(db, subject, row_id),
    )


def _label(db: Session, subject: str, row_id: int) -> str:
    """What people call a row."""
    row = repository.rows_of(db, subject, [row_id])[row_id]
    if subject == "employee":
        return f"{row.name} {row.employee_no}"
    if subject == "assessment":
        return f"{_label(db, 'employee', row.employee_id)} · {_label(db, 'competency', row.competency_id)}"
    if subject == "held":
        return f"{_label(db, 'employee', row.employee_id)} · {row.certificate}"
    if subject == "requirement":
        return f"{_label(db, 'post', row.post_id)} · {_label(db, 'competency', row.competency_id)}"
    if subject == "serving":
        return f"{_label(db, 'course', row.course_id)} · {_label(db, 'competency', row.competency_id)}"
    if subject == "prerequisite":
        return f"{_label(db, 'course', row.course_id)} · {_label(db, 'course', row.needs_id)}"
    return str(row.name)
