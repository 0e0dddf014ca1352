"""Results from files: what a file would do, doing it in one transaction, and undoing it as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.undo.service import Action
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.importing.plan import Problem
from core.plans import service as plans
from core.review.results import following, repository, xapi
from core.review.results.columns import mapping_for
from core.review.results.found import Found, Given, Key, Known, Reading
from core.review.results.knowing import by_name, known_to
from core.review.results.planning import read
from core.review.results.service import measures, write
from core.review.results.tables import ResultImport
from core.review.results.terms import Aggregation, Moment, ResultKind
from core.sheets.finding import Table
from core.sheets.reading import folded
from core.storage import Session, now

Heard = Callable[[int, int], None]
NOTHING_USABLE = Message("没有一行可以导入。请按每行的说明改正文件后再试。")
_KEPT_ERRORS, _TOLD = 500, 5_000
_SAME = Message("这个文件已经由 {name} 导入过，没有再次导入。要重新导入，请先撤销那一次。")


@dataclass(frozen=True)
class Prepared:
    """A file that waits to be looked at: a table, or the statements of a learning platform, and what it is read against."""

    kind: ResultKind
    known: Known
    table: Table | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[tuple[int, Any], ...] = ()
    seen: frozenset[str] = frozenset()

    def read(self, chosen: Mapping[str, str], given: Given) -> Reading:
        """What it says, with these columns. Raises `BadInput`."""
        if self.table is None:
            return xapi.read(self.statements, set(self.seen), self.known, given)
        return read(self.kind, self.table, mapping_for(self.kind, self.table, self.known, chosen), self.known, given)


@dataclass(frozen=True)
class Incoming:
    """What an import does with what was read: results that are new, that take the place of others (their numbers), that change nothing.

    `new` and `changed` count them, also where a file of millions is not kept in memory.
    """

    reading: Reading
    created: tuple[Found, ...]
    updated: tuple[tuple[int, Found], ...]
    unchanged: int
    new: int = 0
    changed: int = 0

    @property
    def usable(self) -> bool:
        """Whether anything of the file can be used."""
        return bool(self.new or self.changed or self.unchanged)

    @property
    def skipped(self) -> int:
        """How many rows did not go in because of an error."""
        return len({one.row for one in self.reading.problems})


@dataclass(frozen=True)
class Imported:
    """An import: its number (None: nothing was written) and what it did."""

    import_id: int | None
    incoming: Incoming


@dataclass(frozen=True)
class Run:
    """An import as a reader sees it."""

    row: ResultImport
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]


def prepare(db: Session, actor: Actor, plan_id: int, kind: ResultKind, table: Table, project_id: int | None = None) -> Prepared:
    """All that a preview of a table needs; names of measures are those of the project first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    known = known_to(db, actor, plan_id, project_id)
    return Prepared(kind, known, table, mapping_for(kind, table, known, None, repository.remembered(db, kind)))


def prepare_statements(db: Session, actor: Actor, plan_id: int, content: bytes, project_id: int | None = None) -> Prepared:
    """All that a preview of a learning platform's statements needs. Needs `KEEP_REVIEW`. Raises `BadInput`."""
    require(actor, Right.KEEP_REVIEW)
    found = xapi.statements(content)
    ids = [str(one.get("id") or "") for _place, one in found if isinstance(one, dict)]
    return Prepared(
        ResultKind.XAPI,
        known_to(db, actor, plan_id, project_id),
        statements=tuple(found),
        seen=frozenset(repository.statements(db, [one for one in ids if one])),
    )


def preview(db: Session, actor: Actor, plan_id: int, reading: Reading) -> Incoming:
    """What importing what was read would do. Writes nothing. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return _compared(db, reading, _numbers(db, actor, plan_id, reading.project_id))


def import_reading(
    db: Session,
    actor: Actor,
    plan_id: int,
    file_name: str,
    made: Reading,
    table: Table | None = None,
    content: bytes = b"",
    heard: Heard = lambda done, total: None,
) -> Imported:
    """Take in what was read, rows with errors left out, and remember which column was which. Needs `KEEP_REVIEW`.

    `content` tells the same file again; `heard` is told how many of its results are written, and may raise.
    Raises `BadInput` where nothing can be used, `Conflict` where the file stands already.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    digest = hashlib.sha256(content).hexdigest() if content else ""
    refuse_twice(db, plan_id, digest)
    incoming = preview(db, actor, plan_id, made)
    if not incoming.usable:
        raise BadInput(NOTHING_USABLE)
    run = _run(db, actor, plan_id, made.kind, file_name, table.sheet if table else "", digest)
    numbers = _with_fresh(db, actor, plan_id, made)
    _write(db, run, incoming, numbers, heard)
    _sum_up(run, incoming)
    repository.note_statements(db, run.id or 0, made.statements)
    repository.resum(db, {numbers[one] for one in _named(incoming)})
    if table is not None:
        _remember(db, made, table)
    _record(db, actor, run)
    return Imported(run.id, incoming)


def import_chunks(
    db: Session,
    actor: Actor,
    plan_id: int,
    kind: ResultKind,
    file_name: str,
    tables: Iterator[Table],
    given: Given,
    digest: str,
    wanted: Mapping[str, str] | None = None,
    heard: Callable[[], None] = lambda: None,
) -> Imported:
    """Take in a table of millions of rows piece by piece, as one import that can be undone as a whole. Needs `KEEP_REVIEW`.

    `wanted` says which column is which; None: the first piece does. `heard` is called between the
    last steps, and may raise. When all are in, results that repeat one of another piece are added up or left
    out as within a piece, and all are compared with what stood before: in SQL, so that no piece need be remembered.
    """
    require(actor, Right.KEEP_REVIEW)
    refuse_twice(db, plan_id, digest)
    run = _run(db, actor, plan_id, kind, file_name, "", digest)
    known, chosen, made = known_to(db, actor, plan_id, given.project_id), None, None
    first = {one.id for one in known.measures.values() if repository.sums(db, [one.id])}
    total = Incoming(Reading(kind, 0, (), (), {}), (), (), 0)
    for table in tables:
        if chosen is None:
            chosen = mapping_for(kind, table, known, wanted, repository.remembered(db, kind))
        made = read(kind, table, chosen, known, given)
        numbers = _with_fresh(db, actor, plan_id, made)
        known = known_to(db, actor, plan_id, given.project_id) if made.fresh else known
        incoming = Incoming(made, made.results, (), 0, len(made.results))
        _write(db, run, incoming, numbers, heard=lambda done, total: None)
        _add_up(run, incoming)
        total = _joined(total, incoming)
    if not run.created:
        raise BadInput(NOTHING_USABLE)
    touched = repository.touched(db, run.id or 0)
    heard()
    total = _settled(db, run, total, [one.id for one in known.measures.values() if one.aggregation is Aggregation.SUM], first & touched)
    for one in sorted(touched):
        heard()
        repository.resum(db, [one])
    run.mapping, run.notes = dict(chosen or {}), [one.to_json() for one in total.reading.notes]
    _record(db, actor, run)
    return Imported(run.id, total)


def runs(db: Session, actor: Actor, plan_id: int, count: int = 30) -> list[Run]:
    """The latest imports of a plan, the newest first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    return [
        Run(
            row,
            tuple(Problem(number, column, value, Message.from_json(said)) for number, column, value, said in row.errors),
            tuple(Message.from_json(one) for one in row.notes),
        )
        for row in repository.imports(db, plan_id, count)
    ]


def undo(db: Session, actor: Actor, import_id: int) -> int:
    """Make everything what it was before an import. Returns how many results went. Needs `KEEP_REVIEW`.

    Raises `Conflict` when a later import put others in the place of its results, or when it was taken back already.
    """
    require(actor, Right.KEEP_REVIEW)
    row = repository.one_import(db, import_id)
    if row is None or row.kind is ResultKind.FLOW:
        raise NotFound(Message("没有这次导入。"))
    if row.undone_at is not None:
        raise Conflict(Message("这次导入已经由 {name} 撤销过了。", name=row.undone_by))
    later = repository.replaced_since(db, import_id)
    if later is not None and later != import_id:
        other = repository.one_import(db, later)
        name = other.file_name if other else str(later)
        raise Conflict(Message("后来导入的“{name}”更正了其中的结果，没有撤销。请先撤销那一次。", name=name))
    changed = repository.touched(db, import_id)
    gone = repository.take_out(db, import_id)
    repository.resum(db, changed)
    row.undone_at, row.undone_by = now(), actor.name[:80]
    db.flush()
    record(db, actor, "results_undone", "result_import", import_id, kind=row.kind.value, file=row.file_name, rows=gone)
    return gone


def _numbers(db: Session, actor: Actor, plan_id: int, project_id: int | None) -> dict[str, int]:
    return {name: one.id for name, one in by_name(measures(db, actor, plan_id), project_id).items()}


def refuse_twice(db: Session, plan_id: int, digest: str) -> None:
    """Raises `Conflict` where a file stands in a plan already; `digest` tells it, "" none."""
    before = repository.same_file(db, plan_id, digest) if digest else None
    if before is not None:
        raise Conflict(Message(_SAME.text, name=before.done_by))


def _run(db: Session, actor: Actor, plan_id: int, kind: ResultKind, file_name: str, sheet: str, digest: str) -> ResultImport:
    run = ResultImport(plan_id=plan_id, kind=kind, file_name=file_name[:255], sheet=sheet[:120], digest=digest, done_by=actor.name[:80])
    db.add(run)
    db.flush()
    return run


def _with_fresh(db: Session, actor: Actor, plan_id: int, made: Reading) -> dict[str, int]:
    """The number of each measure by folded name, those that the file brings made first."""
    if made.fresh:
        names = "、".join(one.name for one in list(made.fresh.values())[:3])
        action = Action(db, actor, following.room(plan_id), "measures_changed", names)
        for draft in made.fresh.values():
            write(action, plan_id, draft, None)
        action.write()
    return _numbers(db, actor, plan_id, made.project_id)


def _compared(db: Session, made: Reading, numbers: Mapping[str, int]) -> Incoming:
    standing = _standing(db, made.results, numbers)
    created, updated, unchanged = [], [], 0
    for one in made.results:
        before = standing.get(one.key) if one.key is not None else None
        if before is None:
            created.append(one)
        elif before[1] == one.value:
            unchanged += 1
        else:
            updated.append((before[0], one))
    return Incoming(made, tuple(created), tuple(updated), unchanged, len(created), len(updated))


def _standing(db: Session, results: Sequence[Found], numbers: Mapping[str, int]) -> dict[Key, tuple[int, float]]:
    """The results that stand where these would, by key: their number and value."""
    named = {numbers[one.measure]: one.measure for one in results if one.measure in numbers}
    if not named:
        return {}
    days = [one.on for one in results]
    return {
        (named[measure], on, employee, None if employee else unit, Moment(moment)): (number, value)
        for number, measure, on, employee, unit, _session, moment, value in repository.existing(db, list(named), min(days), max(days))
        if employee is not None or unit is not None
    }


def _write(db: Session, run: ResultImport, incoming: Incoming, numbers: Mapping[str, int], heard: Heard) -> None:
    repository.replace(db, [number for number, _one in incoming.updated], run.id or 0)
    written = (*incoming.created, *(one for _number, one in incoming.updated))
    repository.insert(
        db,
        (
            {
                "measure_id": numbers[one.measure],
                "on": one.on,
                "employee_id": one.employee_id,
                "unit_id": one.unit_id,
                "moment": one.moment,
                "value": one.value,
                "import_id": run.id,
            }
            for one in _counting(written, heard)
        ),
    )


def _counting(written: Sequence[Found], heard: Heard) -> Iterator[Found]:
    for at, one in enumerate(written):
        if at % _TOLD == 0:
            heard(at, len(written))
        yield one


def _settled(db: Session, run: ResultImport, total: Incoming, summed: Collection[int], first: Collection[int]) -> Incoming:
    """What an import in pieces did, after its repetitions are gone and what stood before (of the measures `first`) is compared with it."""
    db.flush()
    added, same, other = repository.once(db, run.id or 0, summed)
    unchanged, changed = repository.compare(db, run.id or 0, first) if first else (0, 0)
    run.unchanged, run.updated = unchanged, changed
    run.created -= added + same + other + unchanged + changed
    said = (
        (same, Message("{n} 个结果与前面的行完全相同，跳过了。", n=same)),
        (added, Message("同一人（或同一机构）同一天的 {n} 条记录已合计。", n=added)),
        (other, Message("{n} 个结果与文件前面的行重复但内容不同，只保留了最前面的。请核对后更正文件。", n=other)),
    )
    notes = (*total.reading.notes, *(one for count, one in said if count))
    return replace(total, reading=replace(total.reading, notes=notes), unchanged=unchanged, new=run.created, changed=changed)


def _named(incoming: Incoming) -> Collection[str]:
    return {one.measure for one in (*incoming.created, *(one for _number, one in incoming.updated))}


def _sum_up(run: ResultImport, incoming: Incoming) -> None:
    _add_up(run, incoming)
    run.mapping = dict(incoming.reading.mapping)
    run.notes = [one.to_json() for one in incoming.reading.notes]


def _add_up(run: ResultImport, incoming: Incoming) -> None:
    run.rows += incoming.reading.rows
    run.created += len(incoming.created)
    run.updated += len(incoming.updated)
    run.unchanged += incoming.unchanged
    run.skipped += incoming.skipped
    kept = [[one.row, one.column, one.value, one.message.to_json()] for one in incoming.reading.problems]
    run.errors = [*run.errors, *kept][:_KEPT_ERRORS]


def _joined(total: Incoming, one: Incoming) -> Incoming:
    """What several pieces did together, without the results themselves."""
    before, after = total.reading, one.reading
    problems = (*before.problems, *after.problems)[:_KEPT_ERRORS]
    notes = tuple(dict.fromkeys((*before.notes, *after.notes)))[:20]
    fresh = {**before.fresh, **after.fresh}
    reading = replace(after, fresh=fresh, rows=before.rows + after.rows, results=(), problems=problems, notes=notes)
    return Incoming(reading, (), (), total.unchanged + one.unchanged, total.new + one.new, total.changed + one.changed)


def _remember(db: Session, made: Reading, table: Table) -> None:
    """Keep what was chosen, and which columns were left out."""
    fields = {folded(column)[:200]: "" for column in table.header if column}
    repository.remember(db, made.kind, fields | {folded(column)[:200]: name[:120] for column, name in made.mapping.items()})


def _record(db: Session, actor: Actor, run: ResultImport) -> None:
    db.flush()
    counts = {"created": run.created, "updated": run.updated, "skipped": run.skipped}
    record(db, actor, "results_imported", "result_import", run.id, kind=run.kind.value, file=run.file_name, **counts)
