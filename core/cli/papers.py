"""`export plan|decision|review|workbook -o FILE`: a document for leaders, made at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console, write_bytes
from core.cli.grammar import number
from core.errors import BadInput
from core.exports.leadership import service as papers
from core.exports.leadership.making import Wanted
from core.exports.leadership.terms import ENDINGS, PARTS, Paper, Part
from core.i18n import LANGUAGES, Message
from core.instance import open_instance
from core.plans import service as plans
from core.storage import Session


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the grammar."""
    made = commands.add_parser("export", parents=[common], help="a document for leaders: annual plan, decks, workbook")
    made.add_argument("paper", choices=[one.value for one in Paper])
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    made.add_argument("--plan", type=number, default=None, help="the number of the annual plan (default: the only one, or the newest)")
    made.add_argument("--language", choices=list(LANGUAGES), default=None)
    made.add_argument("--sections", default="", help="names of sections, parted by commas (default: all)")
    made.set_defaults(run=_export)


def _export(options: argparse.Namespace, console: Console) -> int:
    paper = Paper(options.paper)
    ending = ENDINGS[paper]
    if options.output.suffix.lower() != f".{ending}":
        raise BadInput(Message("{path}：这份文件的扩展名应是 .{ending}。", path=str(options.output), ending=ending))
    wanted = Wanted(paper, options.language or console.language, _sections(paper, options.sections))
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            plan_id = options.plan if options.plan is not None else _newest(db)
            content = papers.file_of(db, LOCAL_ADMINISTRATOR, plan_id, wanted, told=lambda done, total: console.progress(f"{done}/{total}"))
    finally:
        instance.close()
    write_bytes(options.output, content)
    result = {"file": str(options.output), "paper": paper.value, "plan": plan_id, "language": wanted.language, "bytes": len(content)}
    console.result(result, [Message("已写入 {path}。", path=str(options.output)).render(console.language)])
    return 0


def _sections(paper: Paper, named: str) -> tuple[Part, ...]:
    names = [one.strip() for one in named.split(",") if one.strip()]
    known = {one.value: one for one in PARTS[paper]}
    for one in names:
        if one not in known:
            raise BadInput(Message("没有章节“{name}”，可以用：{names}。", name=one, names=", ".join(known)))
    return tuple(known[one] for one in names)


def _newest(db: Session) -> int:
    there = plans.plans(db, LOCAL_ADMINISTRATOR)
    if not there:
        raise BadInput(Message("还没有年度计划。"))
    return max(there, key=lambda one: (one.year, one.id or 0)).id or 0
