"""Imports in the database: what a file would do, doing it in one transaction, and undoing it as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import Conflict, NotFound
from core.i18n import LANGUAGES, Message
from core.people import repository as model
from core.people import sample
from core.people.competencies import seeds
from core.people.importing import repository
from core.people.importing.kinds import KINDS, ImportKind
from core.people.importing.plan import Known, Plan, Problem
from core.people.importing.planning import mapping_for, plan
from core.people.importing.writing import RESTORED, Progress, Writer
from core.people.tables import ImportChange, ImportRun
from core.people.terms import TalentClass
from core.sheets.finding import Table
from core.sheets.mapping import guess
from core.sheets.reading import folded
from core.storage import Session, now

_KEPT_ERRORS = 500
# Rows that hang on others go first.
_REMOVAL = ("assessment", "requirement", "employee", "post", "unit", "competency")


@dataclass(frozen=True)
class Imported:
    """An import: what it did, and its number; None where not one row could be used, and nothing was written."""

    run_id: int | None
    plan: Plan


@dataclass(frozen=True)
class Run:
    """An import of the past; `problems` are the first hundreds of its rows that stayed out."""

    row: ImportRun
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]


def _nobody_listens(_done: int, _total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Prepared:
    """A table that waits to be looked at: which column seems to be which field, and what it is read against."""

    kind: ImportKind
    table: Table
    mapping: dict[str, str]
    known: Known

    def plan(self, chosen: Mapping[str, str], today: date) -> Plan:
        """What importing it would do, with these columns. Raises `BadInput` when a necessary one is missing."""
        return plan(self.kind, self.table, mapping_for(self.kind, self.table, chosen, {}), self.known, today)


def prepare(db: Session, actor: Actor, kind: ImportKind, table: Table) -> Prepared:
    """All that a preview needs, so that columns can be tried without asking the database again.

    Raises `BadInput` beside the sample's people.
    """
    sample.refuse(db)
    return Prepared(kind, table, mapping(db, actor, kind, table), _known(db, kind))


def mapping(db: Session, actor: Actor, kind: ImportKind, table: Table, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column of the table is which field: as `given`, else as the last time, else by its name. Raises `BadInput`."""
    require(actor, Right.EDIT_PEOPLE)
    remembered = repository.remembered(db, kind)
    return mapping_for(kind, table, given, {column: remembered[folded(column)] for column in table.header if folded(column) in remembered})


def preview(db: Session, actor: Actor, kind: ImportKind, table: Table, chosen: Mapping[str, str], today: date) -> Plan:
    """What importing the table would do. Writes nothing.

    Raises `BadInput` when a necessary column is missing, and beside the sample's people.
    """
    require(actor, Right.EDIT_PEOPLE)
    sample.refuse(db)
    return plan(kind, table, chosen, _known(db, kind), today)


def import_table(
    db: Session,
    actor: Actor,
    kind: ImportKind,
    file_name: str,
    table: Table,
    chosen: Mapping[str, str],
    today: date,
    on_progress: Progress = _nobody_listens,
) -> Imported:
    """Take the rows of the table in, those with errors left out, and remember which column was which. Raises `BadInput`."""
    made = preview(db, actor, kind, table, chosen, today)
    if not made.readable:
        return Imported(None, made)
    writer = Writer(db, made, on_progress)
    writer.write()
    run = ImportRun(
        kind=kind,
        file_name=file_name[:255],
        sheet=table.sheet[:120],
        rows=made.rows,
        created=len(made.created),
        updated=len(made.updated),
        unchanged=made.unchanged,
        skipped=made.skipped,
        mapping=dict(made.mapping),
        errors=[[one.row, one.column, one.value, one.message.to_json()] for one in made.problems[:_KEPT_ERRORS]],
        notes=[note.to_json() for note in made.notes],
        done_by=actor.name[:80],
    )
    db.add(run)
    db.flush()
    assert run.id is not None
    writer.note(run.id)
    _remember(db, kind, table, made.mapping)
    counts = {"created": run.created, "updated": run.updated, "skipped": run.skipped}
    record(db, actor, "people_imported", "import_run", run.id, kind=kind.value, file=run.file_name, **counts)
    return Imported(run.id, made)


def runs(db: Session, actor: Actor, count: int = 50) -> list[Run]:
    """The latest imports, the last first."""
    require(actor, Right.READ_PEOPLE)
    return [_run(row) for row in repository.runs(db, count)]


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
    changes = repository.changes(db, run_id)
    for subject in _REMOVAL:
        _restore(db, run_id, subject, [one for one in changes if one.subject == subject])
    made = {subject: {one.row_id for one in changes if one.subject == subject and one.before is None} for subject in _REMOVAL}
    for subject in _REMOVAL:
        held = repository.pointed_at(db, subject, sorted(made[subject]), made)
        if held is not None:
            name = _label(db, subject, held)
            raise Conflict(Message("“{name}”在这次导入之后又被用到了，没有撤销。请先撤销后来的那次导入。", name=name))
    for subject in _REMOVAL:
        repository.remove(db, subject, sorted(made[subject]))
    run.undone_at, run.undone_by = now(), actor.name[:80]
    record(db, actor, "import_undone", "import_run", run_id, kind=run.kind.value, file=run.file_name, rows=len(changes))
    return len(changes)


def _restore(db: Session, run_id: int, subject: str, changes: list[ImportChange]) -> None:
    """Bring the rows of one kind back to what they were. Raises `Conflict` when one of all that the import wrote is not as it left it."""
    versions = repository.versions_of(db, subject, [change.row_id for change in changes])
    for change in changes:
        if versions.get(change.row_id) != change.row_version:
            raise Conflict(_changed_since(db, subject, change.row_id if change.row_id in versions else None))
    restored = {change.row_id: change for change in changes if change.before is not None}
    rows = repository.rows_of(db, subject, sorted(restored))
    for row_id, change in restored.items():
        for name in RESTORED[subject]:
            setattr(rows[row_id], name, _restored(name, (change.before or {})[name]))
    db.flush()
    # A row that was brought back is what an earlier import left: that one may be undone in turn.
    for earlier in repository.earlier_changes(db, subject, sorted(restored), run_id):
        if earlier.row_version == restored[earlier.row_id].before_version:
            earlier.row_version = rows[earlier.row_id].version or 0


def _known(db: Session, kind: ImportKind) -> Known:
    """What the database holds that a file of this kind is read against."""
    managers = repository.managers(db) if kind in (ImportKind.ROSTER, ImportKind.ASSESSMENTS) else {}
    competencies, names = _competencies(db)
    return Known(
        existing=_existing(db, kind, managers),
        units={folded(row.name): row.name for row in repository.units(db)},
        posts={folded(row.name): row.name for row in repository.posts(db)},
        competencies=competencies,
        model=names,
        managers=managers,
    )


def _competencies(db: Session) -> tuple[dict[str, str], set[str]]:
    """The name of each competency by all that it is called: the branch's model before the starter library, names before aliases."""
    rows = model.competencies(db)
    offered = [seed.facts for language in LANGUAGES for seed in seeds(language) if seed.code not in {row.code for row in rows}]
    chinese = {seed.facts.aliases[-1]: seed.facts.name for seed in seeds("zh")}
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(folded(row.name), row.name)
    for row in rows:
        for alias in row.aliases:
            found.setdefault(folded(alias), row.name)
    for facts in offered:
        for name in (facts.name, *facts.aliases):
            found.setdefault(folded(name), chinese.get(facts.name, facts.name))
    return found, {row.name for row in rows}


def _existing(db: Session, kind: ImportKind, managers: Mapping[str, str]) -> dict[Any, dict[str, Any]]:
    if kind is ImportKind.ROSTER:
        return {
            (number,): {
                "employee_no": number,
                "name": name,
                "unit": unit,
                "post": post,
                "manager_no": managers.get(number, ""),
                "hire_date": hired,
                "line": line,
            }
            for number, name, unit, post, hired, line in repository.roster(db)
        }
    if kind is ImportKind.ASSESSMENTS:
        fields = ("employee_no", "competency", "source", "date", "score", "scale_max")
        listed = (dict(zip(fields, row, strict=True)) for row in repository.assessments(db))
        return {(row["employee_no"], row["competency"], row["source"] or None, row["date"]): row for row in listed}
    if kind is ImportKind.POSTS:
        return {
            (row.name,): {"post": row.name, "family": row.family, "class": row.talent_class, "line": row.line}
            for row in repository.posts(db)
        }
    return {
        (post, competency): {"post": post, "competency": competency, "required_level": level, "weight": weight}
        for post, competency, level, weight in repository.requirements(db)
    }


def _remember(db: Session, kind: ImportKind, table: Table, chosen: Mapping[str, str]) -> None:
    """Keep what was chosen, and which columns were left out although their names speak for a field."""
    guessed = guess(table.header, KINDS[kind].fields)
    fields = {folded(column)[:200]: "" for column in guessed if column not in chosen}
    repository.remember(db, kind, fields | {folded(column)[:200]: field for column, field in chosen.items()})


def _run(row: ImportRun) -> Run:
    problems = tuple(Problem(number, column, value, Message.from_json(message)) for number, column, value, message in row.errors)
    return Run(row, problems, tuple(Message.from_json(note) for note in row.notes))


def _restored(name: str, value: Any) -> Any:
    if value is not None and name == "hire_date":
        return date.fromisoformat(value)
    return TalentClass(value) if value and name == "talent_class" else value


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
    if subject == "requirement":
        return f"{_label(db, 'post', row.post_id)} · {_label(db, 'competency', row.competency_id)}"
    return str(row.name)
