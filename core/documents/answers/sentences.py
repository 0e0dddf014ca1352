"""A passage as sentences and table rows, each with its place in the document's text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from core.documents.chunks import Passage
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument, Table
from core.patterns import lazily

# A closing quote or bracket after the mark belongs to the sentence; an English full stop ends one only before a space.
_END = lazily(r"[。！？!?；;…]+[”’」』）)\]]*|\.(?=\s|$)[\"')\]]*|\n+")
_SHORT = 6
# A question in a record or a FAQ, and a table's caption, say nothing by themselves; what follows them does.
_NO_STATEMENT = lazily(
    r"[?？][”’」』）)\]]*$|^[表图]\s*\d[\d\-.—]*\s"
    r"|表\s*[(（][^()（）]*单位[:：][^()（）]*[)）]$|^[(（]?单位[:：].{1,20}$"
)


@dataclass(frozen=True)
class Unit:
    """A sentence or a table row: `[start, end)` of the document's text, which reads `text`.

    `before` is the sentence in front of it in the same passage (it often names the subject); for a row it is the table's header
    row.
    """

    hit: Hit
    start: int
    end: int
    text: str
    before: str = ""
    table: Table | None = None
    row: int = -1


def units(hit: Hit, parsed: ParsedDocument) -> list[Unit]:
    """The sentences and the rows of a hit in reading order, without headings, header rows and rows that the hit cuts."""
    found: list[Unit] = []
    position = hit.start
    for table in parsed.tables:
        if table.end <= hit.start or table.start >= hit.end:
            continue
        found.extend(_sentences(hit, position, table.start))
        found.extend(_rows(hit, table, parsed.text))
        position = max(position, table.end)
    found.extend(_sentences(hit, position, hit.end))
    headings = _headings(hit, parsed)
    return [unit for unit in found if unit.start not in headings and not _NO_STATEMENT.search(unit.text)]


def units_of(passage_id: int, document_id: int, passage: Passage, parsed: ParsedDocument) -> list[Unit]:
    """The sentences and rows of a stored passage, for whoever has no search result to take them from."""
    bare = Hit(
        passage_id=passage_id,
        document_id=document_id,
        document="",
        title=parsed.title,
        page=passage.page,
        page_label="",
        heading=passage.heading,
        context=passage.context,
        start=passage.start,
        end=passage.end,
        text=passage.slice(parsed.text),
        score=0.0,
        dense=None,
        lexical=0.0,
    )
    return units(bare, parsed)


def _headings(hit: Hit, parsed: ParsedDocument) -> set[int]:
    """Where the headings inside a hit begin."""
    first = max(0, bisect_right(parsed.blocks, hit.start, key=lambda block: block.start) - 1)
    found = set()
    for block in parsed.blocks[first:]:
        if block.start >= hit.end:
            break
        if block.kind == "heading":
            found.add(block.start)
    return found


def _rows(hit: Hit, table: Table, text: str) -> list[Unit]:
    header = " ".join(text[cell.start : cell.end] for row in table.rows[: table.header_rows] for cell in dict.fromkeys(row))
    found = []
    for number, row in enumerate(table.rows[table.header_rows :], start=table.header_rows):
        start, end = min(cell.start for cell in row), max(cell.end for cell in row)
        if hit.start <= start < end <= hit.end:
            found.append(Unit(hit, start, end, text[start:end], header, table, number))
    return found


def _sentences(hit: Hit, start: int, end: int) -> list[Unit]:
    """The sentences between two offsets of the document's text, trimmed; a fragment of a few characters joins its successor."""
    text = hit.text[max(0, start - hit.start) : max(0, end - hit.start)]
    base = max(start, hit.start)
    found: list[Unit] = []
    begin = 0
    before = ""
    for mark in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[begin:mark].strip()
        if len(piece) < _SHORT and mark < len(text) and "\n" not in text[begin:mark]:
            continue
        if len(piece) >= 2:
            offset = begin + text[begin:mark].index(piece)
            found.append(Unit(hit, base + offset, base + offset + len(piece), piece, before))
            before = piece
        begin = mark
    return found
