"""Builds the files of the sample branch from their sources in `data/demo`."""

from __future__ import annotations

import shutil
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from core.demo import interviews as _interviews
from core.demo import markup, pdf, scan, slides, word, workbook
from core.demo.interviews import InterviewSource
from core.demo.typeface import Typeface, for_text

SOURCES = Path(__file__).parents[2] / "data" / "demo"

Kind = Literal["hq", "branch", "policy", "interview", "appraisal"]


@dataclass(frozen=True)
class BuiltDocument:
    """A file that was written; `supersedes` is the title of the earlier document that it replaces."""

    path: Path
    kind: Kind
    title: str
    supersedes: str | None


@dataclass(frozen=True)
class _Entry:
    """One line of the catalogue: what to make, from which source."""

    file: str
    source: str
    kind: Kind
    title: str
    lines: tuple[str, ...]
    date: date
    supersedes: str | None
    scanned: bool
    text_size: float


def build(target: Path) -> list[BuiltDocument]:
    """Writes all sample files into `target`, an earlier version before the later one.

    `target` is made if absent; files of the same name are replaced. The same sources give the same text and, with the same
    versions of the libraries, the same bytes. Takes about five seconds.
    """
    target.mkdir(parents=True, exist_ok=True)
    entries = _catalogue()
    drawn = [entry for entry in entries if entry.file.endswith(".pdf") and not entry.scanned]
    typeface = for_text("".join(_text(entry) + _header(entry) + "".join(entry.lines) for entry in drawn))
    return [_build(entry, target, typeface) for entry in entries]


def interviews() -> list[InterviewSource]:
    """The interviews that belong to the sample branch, by date."""
    return _interviews.read(SOURCES / "interviews")


def _catalogue() -> list[_Entry]:
    content = tomllib.loads((SOURCES / "catalog.toml").read_text(encoding="utf-8"))
    return [_entry(row) for row in content["documents"]]


def _entry(row: dict[str, Any]) -> _Entry:
    return _Entry(
        file=row["file"],
        source=row["source"],
        kind=cast(Kind, row["kind"]),
        title=row["title"],
        lines=tuple(row["lines"]),
        date=row["date"],
        supersedes=row.get("supersedes"),
        scanned=row.get("scanned", False),
        text_size=row.get("text_size", 12),
    )


def _text(entry: _Entry) -> str:
    return (SOURCES / entry.source).read_text(encoding="utf-8")


def _header(entry: _Entry) -> str:
    return f"示例（虚构）｜{entry.title}"


def _build(entry: _Entry, target: Path, typeface: Typeface) -> BuiltDocument:
    path = target / entry.file
    match path.suffix:
        case ".pdf" if entry.scanned:
            scan.write(path, entry.title, markup.read(_text(entry)), entry.date)
        case ".pdf":
            cover = pdf.Cover(entry.title, entry.lines, _header(entry))
            pdf.write(path, cover, markup.read(_text(entry)), typeface, size=entry.text_size)
        case ".docx":
            word.write(path, entry.title, entry.lines, markup.read(_text(entry)), entry.date)
            _fix_times(path)
        case ".pptx":
            slides.write(path, entry.title, markup.slides(_text(entry)), entry.date)
            _fix_times(path)
        case ".xlsx":
            workbook.write(path, entry.title, workbook.sheets(tomllib.loads(_text(entry))), entry.date)
        case ".md":
            shutil.copyfile(SOURCES / entry.source, path)
        case other:
            raise ValueError(other)
    return BuiltDocument(path, entry.kind, entry.title, entry.supersedes)


def _fix_times(path: Path) -> None:
    """Rewrites an Office file so that its parts do not carry the minute of the build."""
    with zipfile.ZipFile(path) as archive:
        parts: Sequence[tuple[str, bytes]] = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
