"""`people import FILE --as roster|assessments|posts|matrix|catalogue`: people and what is known of them, from a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console, read_json
from core.cli.grammar import day
from core.documents import files
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance, open_instance
from core.people.importing import service
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Problem
from core.people.importing.planning import is_known
from core.people.importing.service import Imported
from core.sheets.finding import Table, find
from core.sheets.opening import open_file

_LONGEST_SOURCE = 60


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("people", help="units, posts, people and what is known of them")
    actions = top.add_subparsers(dest="action", required=True)
    take = actions.add_parser("import", parents=[common], help="take the rows of an Excel or CSV file in")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--as", dest="kind", choices=[kind.value for kind in ImportKind], required=True, help="what the file holds")
    take.add_argument("--mapping", type=Path, metavar="FILE", help='which column is which field: {"file column": "field"}')
    take.add_argument("--source", default="", metavar="TEXT", help="where all assessments of the file come from, if it has no such column")
    take.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="when all of them were made, if it has no such column")
    take.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    take.set_defaults(run=_import)


def _import(options: argparse.Namespace, console: Console) -> int:
    if not options.file.is_file():
        raise BadInput(Message("没有这个文件：{path}", path=str(options.file)))
    given = _mapping(options.mapping) if options.mapping else None
    kind = ImportKind(options.kind)
    instance = open_instance(options.data)
    try:
        files.check_size(options.file.name, options.file.stat().st_size, instance.settings.max_file_megabytes)
        table = find(open_file(options.file), is_known if given is None else lambda name: name in given or is_known(name))
        with instance.database.reading() as db:
            chosen = service.mapping(db, LOCAL_ADMINISTRATOR, kind, table, given)
        whole = _given(options, kind)
        if options.dry_run:
            done = _dry_run(instance, kind, table, chosen, whole)
        else:
            done = _real_run(instance, console, options, table, chosen, whole)
    finally:
        instance.close()
    console.result(_as_json(done, console), _lines(done, console))
    if not done.plan.readable:
        console.complain(Message("没有一行可以导入。请按每行的说明改正文件后再试。").render(console.language))
        return 2
    return 0


def _given(options: argparse.Namespace, kind: ImportKind) -> dict[str, Any]:
    given = {name: value for name, value in (("source", options.source.strip()), ("date", options.date)) if value}
    if given and kind is not ImportKind.ASSESSMENTS:
        raise BadInput(Message("--source 和 --date 只用于测评结果（--as assessments）。"))
    if len(options.source) > _LONGEST_SOURCE:
        raise BadInput(Message("来源最多 {limit} 个字。", limit=_LONGEST_SOURCE))
    return given


def _dry_run(instance: Instance, kind: ImportKind, table: Table, chosen: dict[str, str], given: dict[str, Any]) -> Imported:
    with instance.database.reading() as db:
        return Imported(None, service.preview(db, LOCAL_ADMINISTRATOR, kind, table, chosen, clock.today(), given))


def _real_run(
    instance: Instance, console: Console, options: argparse.Namespace, table: Table, chosen: dict[str, str], given: dict[str, Any]
) -> Imported:
    def heard(done: int, total: int) -> None:
        console.progress(f"{done}/{total}")

    kind, name, today = ImportKind(options.kind), options.file.name, clock.today()
    with instance.database.reading() as db:
        looked = service.look(db, LOCAL_ADMINISTRATOR, kind, table, chosen, today, given)
    with instance.database.writing() as db:
        return service.import_table(db, LOCAL_ADMINISTRATOR, kind, name, table, chosen, today, heard, given, looked=looked)


def _mapping(path: Path) -> dict[str, str]:
    found = read_json(path)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInput(Message("{path} 应是一个 JSON 对象，每个文件列对应一个字段名。", path=str(path)))
    return found


def _as_json(done: Imported, console: Console) -> dict[str, Any]:
    plan = done.plan
    return {
        "as": plan.kind.value,
        "rows": plan.rows,
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": plan.unchanged,
        "skipped": plan.skipped,
        "mapping": dict(plan.mapping),
        "errors": [
            {"row": one.row, "column": one.column, "value": one.value, "message": one.message.render(console.language)}
            for one in plan.problems
        ],
        "notes": [note.render(console.language) for note in plan.notes],
        "import_id": done.run_id,
    }


def _lines(done: Imported, console: Console) -> list[str]:
    plan = done.plan
    counts = {"rows": plan.rows, "created": len(plan.created), "updated": len(plan.updated), "unchanged": plan.unchanged}
    said = Message("共 {rows} 行：新增 {created}，更新 {updated}，未变 {unchanged}，跳过 {skipped}。", skipped=plan.skipped, **counts)
    first = Message("只是预览，没有写入。") if done.run_id is None else Message("导入编号 {id}。", id=done.run_id)
    lines = [f"{said.render(console.language)}{first.render(console.language)}"]
    lines += [f"  {column} → {field}" for column, field in plan.mapping.items()]
    lines += [note.render(console.language) for note in plan.notes]
    return lines + [_problem(one, console) for one in plan.problems]


def _problem(one: Problem, console: Console) -> str:
    return Message(
        "第 {row} 行“{column}”（{value}）：{message}", row=one.row, column=one.column, value=one.value, message=one.message
    ).render(console.language)
