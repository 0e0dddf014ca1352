"""`decode ID|PATH`: the findings of a document of the library, or of a file that stays outside it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console
from core.cli.grammar import day, number
from core.documents import files, service
from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import Limits, parse_file
from core.documents.tables import DocumentKind
from core.errors import BadInput, Unavailable
from core.i18n import Message
from core.instance import Instance, open_instance
from core.llm import Model
from core.strategy.conflicts import in_words
from core.strategy.findings import Decoding, Finding
from core.strategy.refining.refine import refine, rules_only

_Given = tuple[str, DocumentKind, ParsedDocument, date | None, Instance]


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the grammar."""
    top = commands.add_parser("decode", parents=[common], help="a document's themes, tasks, targets and capabilities, each with its quote")
    top.add_argument("document", metavar="ID|PATH", help="a document of the library by its number, or a file, which is not stored")
    top.add_argument("--kind", choices=[kind.value for kind in DocumentKind], default=None, help="what a file is (default: hq)")
    top.add_argument("--dated", type=day, metavar="YYYY-MM-DD", help="the day it was written on, where its text does not say")
    top.set_defaults(run=_decode)


def _decode(options: argparse.Namespace, console: Console) -> int:
    name, kind, parsed, dated, instance = _of_file(options, console) if _is_path(options.document) else _of_library(options)
    dated = options.dated or dated
    kind = DocumentKind(options.kind) if options.kind else kind
    made, model = instance.decode(parsed, kind, dated), instance.model()
    if model is not None:
        made = _refined(parsed, kind, made, model, console, dated)
    console.result(
        {"document": name, "findings": [_as_json(finding) for finding in made.findings], "made_by": made.makers},
        [_line(finding) for finding in made.findings],
    )
    return 0


def _refined(parsed: ParsedDocument, kind: DocumentKind, made: Decoding, model: Model, console: Console, dated: date | None) -> Decoding:
    """What a model makes of the findings; the rules' own, and a sentence that says so, when it fails."""
    try:
        made = refine(parsed, kind, made, model, lambda done, total: console.progress(f"{done}/{total}"), dated=dated)
    except Unavailable as failure:
        made = replace(made, notes=(rules_only(failure.message),))
    for note in made.notes:
        console.say(note)
    return made


def _is_path(document: str) -> bool:
    return not document.isdecimal() or Path(document).exists()


def _of_library(options: argparse.Namespace) -> _Given:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            opened = service.open_document(db, LOCAL_ADMINISTRATOR, number(options.document))
    finally:
        instance.close()
    if opened.parsed is None:
        raise BadInput(Message("《{title}》还没有读完，请等它可检索后再解码。", title=opened.document.title))
    return opened.document.file_name, opened.document.kind, opened.parsed, opened.document.dated, instance


def _of_file(options: argparse.Namespace, console: Console) -> _Given:
    path = Path(options.document)
    if not path.is_file():
        raise BadInput(Message("没有这个文件，也不是文件库中的编号：{path}", path=str(path)))
    instance = open_instance(options.data)
    try:
        settings = instance.settings
    finally:
        instance.close()
    files.check_size(path.name, path.stat().st_size, settings.max_file_megabytes)
    limits = Limits(
        ocr_seconds=settings.ocr_seconds_per_page,
        memory_mb=settings.parse_memory_megabytes,
        max_pages=settings.max_pages,
        max_bytes=settings.max_file_megabytes * 1024 * 1024,
    )
    parsed = parse_file(
        path,
        limits=limits,
        on_progress=lambda done, total: console.progress(f"{done}/{total}"),
        should_stop=lambda: False,
        name=path.name,
    )
    return path.name, DocumentKind.HQ, parsed, None, instance


def _as_json(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": finding.kind.value,
        "text": finding.text,
        "quote": finding.quote,
        "page": finding.page,
        "start": finding.start,
        "end": finding.end,
        "heading": list(finding.heading),
        "perspective": finding.perspective.value if finding.perspective else None,
        "competencies": list(finding.competencies),
        "confidence": finding.confidence,
        "rule": finding.rule,
    }
    measure = finding.measure
    if measure is not None:
        row |= {"metric": measure.metric, "operator": measure.operator, "value": measure.value, "unit": measure.unit}
        row |= {"unit_written": measure.unit_written, "deadline": measure.deadline or None, "baseline": measure.baseline}
    return row


def _line(finding: Finding) -> str:
    measure = finding.measure
    words = in_words(vars(measure)) if measure else finding.text
    return f"{finding.kind.value:<11} p.{finding.page:<4} {words}"
