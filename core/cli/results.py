"""`results import FILE --plan ID --as KIND`: results of training from a file, of any length where it is CSV."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console
from core.cli.grammar import day, figure, number
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance, open_instance
from core.review.results import importing
from core.review.results.found import Given
from core.review.results.importing import Imported
from core.review.results.kinds import IMPORTED, is_known
from core.review.results.pieces import is_long, pieces
from core.review.results.terms import ResultKind
from core.sheets.finding import find
from core.sheets.opening import open_file


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("results", help="what training brought: surveys, scores, behaviour, performance")
    actions = top.add_subparsers(dest="action", required=True)
    take = actions.add_parser("import", parents=[common], help="take the results of an Excel, CSV or xAPI file in")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--plan", type=number, required=True, metavar="ID", help="the plan that they belong to")
    take.add_argument("--as", dest="kind", choices=[kind.value for kind in IMPORTED], required=True, help="what the file holds")
    take.add_argument("--project", type=number, metavar="ID", help="the project whose measures are meant")
    take.add_argument("--measure", default="", metavar="NAME", help="the measure of the whole file, if it has no such column")
    take.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day of all results, if it has no such column")
    take.add_argument("--pass-mark", type=figure, metavar="N", help="from which score on somebody passed")
    take.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    take.set_defaults(run=_import)


def _import(options: argparse.Namespace, console: Console) -> int:
    path: Path = options.file
    if not path.is_file():
        raise BadInput(Message("没有这个文件：{path}", path=str(path)))
    given = Given(options.project, options.measure.strip(), options.date, None, options.pass_mark)
    kind = ResultKind(options.kind)
    instance = open_instance(options.data)
    try:
        long = kind is not ResultKind.XAPI and is_long(path.name, path.stat().st_size)
        done = _long(instance, console, options, kind, given) if long else _short(instance, options, kind, given)
    finally:
        instance.close()
    console.result(_as_json(done, kind, console), _lines(done, console))
    return 0


def _short(instance: Instance, options: argparse.Namespace, kind: ResultKind, given: Given) -> Imported:
    content = options.file.read_bytes()
    table = None if kind is ResultKind.XAPI else find(open_file(options.file), is_known)
    # Whoever writes meanwhile need not wait for the file to be read.
    with instance.database.reading() as db:
        if table is None:
            prepared = importing.prepare_statements(db, LOCAL_ADMINISTRATOR, options.plan, content, options.project)
        else:
            prepared = importing.prepare(db, LOCAL_ADMINISTRATOR, options.plan, kind, table, options.project)
        made = prepared.read(prepared.mapping, given)
        if options.dry_run:
            return Imported(None, importing.preview(db, LOCAL_ADMINISTRATOR, options.plan, made))
    with instance.database.writing() as db:
        return importing.import_reading(db, LOCAL_ADMINISTRATOR, options.plan, options.file.name, made, table, content)


def _long(instance: Instance, console: Console, options: argparse.Namespace, kind: ResultKind, given: Given) -> Imported:
    with options.file.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tables = pieces(options.file, lambda done, total: console.progress(f"{done:,}/{total:,}"))
    with instance.database.writing() as db:
        done = importing.import_chunks(db, LOCAL_ADMINISTRATOR, options.plan, kind, options.file.name, tables, given, digest)
        if options.dry_run:
            # Only what was done can tell what a file does whose pieces repeat one another.
            db.rollback()
            return Imported(None, done.incoming)
        return done


def _counts(done: Imported) -> dict[str, int]:
    found = done.incoming
    return {
        "rows": found.reading.rows,
        "created": found.new,
        "updated": found.changed,
        "unchanged": found.unchanged,
        "skipped": found.skipped,
    }


def _as_json(done: Imported, kind: ResultKind, console: Console) -> dict[str, Any]:
    reading = done.incoming.reading
    return {
        "as": kind.value,
        **_counts(done),
        "mapping": dict(reading.mapping),
        "measures": [one.name for one in reading.fresh.values()],
        "errors": [
            {"row": one.row, "column": one.column, "value": one.value, "message": one.message.render(console.language)}
            for one in reading.problems
        ],
        "notes": [note.render(console.language) for note in reading.notes],
        "import_id": done.import_id,
    }


def _lines(done: Imported, console: Console) -> list[str]:
    said = Message("共 {rows} 行：新增 {created}，更新 {updated}，未变 {unchanged}，跳过 {skipped}。", **_counts(done))
    first = Message("只是预览，没有写入。") if done.import_id is None else Message("导入编号 {id}。", id=done.import_id)
    lines = [f"{said.render(console.language)}{first.render(console.language)}"]
    lines += [f"  {column} → {field}" for column, field in done.incoming.reading.mapping.items()]
    lines += [note.render(console.language) for note in done.incoming.reading.notes]
    return lines + [
        Message("第 {row} 行“{column}”（{value}）：{message}", row=one.row, column=one.column, value=one.value, message=one.message).render(
            console.language
        )
        for one in done.incoming.reading.problems
    ]
