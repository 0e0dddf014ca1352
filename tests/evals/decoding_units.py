"""The labelled units of `decoding/`, their two labellings, and the documents that they come from."""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.demo.build import SOURCES, build, interviews
from core.documents.interviews import InterviewRecord, as_markdown
from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import parse_file
from core.documents.tables import DocumentKind
from tests.evals.matching import located, plain

FOLDER = Path(__file__).parent / "decoding"
TEXTS = FOLDER / "texts"
KINDS = ("theme", "task", "target", "capability")


@dataclass(frozen=True)
class Target:
    """One quantified target as labelled."""

    metric: str
    operator: str
    value: float
    unit: str
    deadline: str
    baseline: float | None


@dataclass(frozen=True)
class Label:
    """What one person made of a unit."""

    kinds: frozenset[str]
    achieved: bool
    perspective: str | None
    targets: tuple[Target, ...]
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A sentence, list item, heading or table row of a document."""

    id: str
    document: str
    split: str
    unit: str
    text: str


@dataclass(frozen=True)
class Source:
    """A document: `name` as the units call it, `file` the built file of the sample bank ("" for interviews and for `texts/`), `dated` the
    day that its labellers were told it was written on."""

    name: str
    file: str
    kind: DocumentKind
    split: str
    style: str
    dated: date | None


def units(split: str = "all") -> list[Unit]:
    """The units of `split` ("dev", "fresh", "test" or "all")."""
    rows = [Unit(**{name: row[name] for name in ("id", "document", "split", "unit", "text")}) for row in _lines(FOLDER / "sentences.jsonl")]
    return [row for row in rows if split in ("all", row.split)]


def gold() -> dict[str, Label]:
    """The agreed labels where there are any, else those of the first pass."""
    agreed = FOLDER / "labels.jsonl"
    return labelling(agreed if agreed.exists() else FOLDER / "labels_a.jsonl")


def passes() -> tuple[dict[str, Label], dict[str, Label]] | None:
    """Both passes; None while there is only one."""
    second = FOLDER / "labels_b.jsonl"
    return (labelling(FOLDER / "labels_a.jsonl"), labelling(second)) if second.exists() else None


def labelling(path: Path) -> dict[str, Label]:
    """One file of labels by unit id."""
    return {row["id"]: _label(row) for row in _lines(path)}


@cache
def sources() -> dict[str, Source]:
    """The documents by name."""
    rows = tomllib.loads((FOLDER / "documents.toml").read_text(encoding="utf-8"))["documents"]
    return {
        row["name"]: Source(row["name"], row.get("file", ""), DocumentKind(row["kind"]), row["split"], row["style"], row.get("date"))
        for row in rows
    }


def parse(names: Iterable[str], kept: Path | None = None) -> dict[str, ParsedDocument]:
    """The documents with these names, built and read as the product reads them (a minute and a half for all of them).

    With `kept` what was read is written to that folder, and taken from there the next time.
    """
    asked = [sources()[name] for name in dict.fromkeys(names)]
    known = {source.name: _kept(kept, source) for source in asked}
    missing = [source for source in asked if known[source.name] is None]
    if missing:
        with tempfile.TemporaryDirectory(prefix="cexun-evals-") as folder:
            made = _built(Path(folder), missing)
            for source in missing:
                parsed = known[source.name] = parse_file(made(source))
                if kept:
                    kept.mkdir(parents=True, exist_ok=True)
                    (kept / f"{source.name}.json").write_text(parsed.to_json(), encoding="utf-8")
    return {name: parsed for name, parsed in known.items() if parsed is not None}


def _kept(folder: Path | None, source: Source) -> ParsedDocument | None:
    path = folder / f"{source.name}.json" if folder else None
    return ParsedDocument.from_json(path.read_text(encoding="utf-8")) if path and path.exists() else None


def find(unit: Unit, parsed: ParsedDocument) -> tuple[int, int] | None:
    """Where the unit stands in its document's extracted text; a heading not in the table of contents, which names it first."""
    if unit.unit == "heading":
        for block in parsed.blocks:
            if block.kind == "heading" and plain(unit.text) in plain(parsed.text[block.start : block.end]):
                return block.start, block.end
    return located(unit.text, parsed.text)


def _built(folder: Path, wanted: Iterable[Source]) -> Callable[[Source], Path]:
    if any(source.file for source in wanted):
        build(folder)
    talks = {path.stem: talk for path, talk in _talks()}

    def path(source: Source) -> Path:
        if source.file:
            return folder / source.file
        if source.name not in talks:
            return TEXTS / source.name
        made = folder / f"{source.name}.md"
        made.write_text(as_markdown(talks[source.name]), encoding="utf-8")
        return made

    return path


def _talks() -> list[tuple[Path, InterviewRecord]]:
    by_person = {talk.person: InterviewRecord(talk.person, talk.role, talk.date, talk.notes, tuple(talk.quotes)) for talk in interviews()}
    return [
        (path, by_person[tomllib.loads(path.read_text(encoding="utf-8"))["person"]]) for path in (SOURCES / "interviews").glob("*.toml")
    ]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _label(row: dict[str, Any]) -> Label:
    return Label(
        kinds=frozenset(row["kinds"]),
        achieved=row["achieved"],
        perspective=row["perspective"],
        targets=tuple(Target(**target) for target in row["targets"]),
        competencies=tuple(row["competencies"]),
    )
