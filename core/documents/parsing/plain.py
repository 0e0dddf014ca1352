"""Plain text: paragraphs by line or by blank line, headings by their numbering, tables by their pipes; CSV: one table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.documents.parsed import FileKind, ParsedDocument
from core.documents.parsing.cleaning import is_wide, joined, one_line
from core.documents.parsing.decoding import decode
from core.documents.parsing.draft import Draft
from core.documents.parsing.headings import WEAK_RANK, Sign, levels, numbering_rank, reads_as_heading
from core.documents.parsing.pipe_tables import cells, stretches

_BULLETS = ("- ", "* ", "• ", "· ", "●", "■", "◆", "– ")
# A text whose lines break at the same width was wrapped by a program; below this width lines are short of their own.
_WRAP_WIDTH = 40
_NUMBER = re.compile(r"\d{1,2}")
# One numbered line alone may be anything.
_FEWEST = 2


def read_text(path: Path, name: str) -> ParsedDocument:
    """A TXT file as a document of one page."""
    parts = list(_parts(decode(path.read_bytes())))
    lines = [part for part in parts if isinstance(part, str)]
    counted = _counted_headings(parts)
    headings = [part for at, part in enumerate(parts) if isinstance(part, str) and (at in counted or _is_heading(part))]
    depths = iter(levels([Sign(line) for line in headings]))
    draft = Draft()
    draft.page("第1页")
    for at, part in enumerate(parts):
        if not isinstance(part, str):
            draft.table(part)
        elif at in counted or _is_heading(part):
            draft.block("heading", part, next(depths))
        else:
            draft.block("list" if part.startswith(_BULLETS) else "paragraph", part)
    first = lines[0] if lines else ""
    return draft.finish("txt", first if reads_as_heading(first) else _stem(name))


def read_csv(path: Path, name: str) -> ParsedDocument:
    """A CSV or TSV file as one table whose first row is its header."""
    text = decode(path.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;|", key=first.count)
    csv.field_size_limit(10_000_000)
    draft = Draft()
    draft.page("第1页")
    draft.table(list(csv.reader(io.StringIO(text.replace("\r", "\n")), delimiter=delimiter)))
    kind: FileKind = "csv"
    return draft.finish(kind, _stem(name))


def _stem(name: str) -> str:
    return Path(name).stem


def _is_heading(line: str) -> bool:
    rank = numbering_rank(line)
    return rank is not None and rank != WEAK_RANK and rank < 60 and reads_as_heading(line)


def _counted_headings(parts: Sequence[str | list[list[str]]]) -> set[int]:
    """Where the lines stand that a text counts from 1 as its headings (2 主要指标, 3. 重点工作): once through it, something under each.

    Items of a list follow one another, and a second list begins anew.
    """
    found = [(at, part) for at, part in enumerate(parts) if isinstance(part, str) and numbering_rank(part) == WEAK_RANK]
    places = {at for at, _ in found}
    numbers = [int(match[0]) for _, part in found if (match := _NUMBER.match(part))]
    once = numbers == list(range(1, len(found) + 1)) and len(found) >= _FEWEST
    above = once and all(reads_as_heading(part) and at + 1 < len(parts) and at + 1 not in places for at, part in found)
    return places if above else set()


def _parts(text: str) -> Iterator[str | list[list[str]]]:
    """The paragraphs of a text, and the rows of the tables that it draws with pipes."""
    group: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            group.append(line)
            continue
        for is_table, stretch in stretches(group):
            if is_table:
                yield [cells(row) for row in stretch]
            else:
                yield from _unwrapped(stretch)
        group = []


def _unwrapped(group: list[str]) -> Iterator[str]:
    """The paragraphs of lines between two blank ones: each line, or all joined when a program has wrapped them."""
    widths = [sum(2 if is_wide(character) else 1 for character in line) for line in group]
    widest = max(widths)
    wrapped = len(group) > 1 and widest >= _WRAP_WIDTH and all(width >= widest * 0.8 for width in widths[:-1])
    if not wrapped or any(line.startswith(_BULLETS) or numbering_rank(line.strip()) for line in group[1:]):
        yield from (one_line(line) for line in group)
        return
    paragraph = ""
    for line in group:
        paragraph = joined(paragraph, one_line(line))
    yield paragraph
