"""A small reader for the light Markdown of the sources: headings, paragraphs, lists, tables, notes, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading line; level 1 is the highest. `styled` is False where only bold type marks it, as in many papers."""

    level: int
    text: str
    styled: bool = True


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Item:
    """One line of a list; `depth` starts at 0; `marker` is "•" or the number with its point."""

    text: str
    depth: int
    marker: str


@dataclass(frozen=True)
class Table:
    """Rows of cell texts, the first row being the header; `caption` is "" where there is none."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Note:
    """What the speaker says beside a slide."""

    text: str


@dataclass(frozen=True)
class Boxes:
    """Texts that stand in boxes side by side, drawn as one grouped shape."""

    texts: tuple[str, ...]


Block = Heading | Paragraph | Item | Table | Note | Boxes

_HEADING = re.compile(r"(#{1,4}) (.+)")
_BOLD_LINE = re.compile(r"\*\*(.+)\*\*")
_ITEM = re.compile(r"( *)(-|\d+\.) (.+)")
_CAPTION = re.compile(r"表\d")


def read(source: str) -> list[Block]:
    """The blocks of `source` in order. A paragraph "表" + number right before a table becomes its caption."""
    blocks: list[Block] = []
    for block in _blocks(source.splitlines()):
        last = blocks[-1] if blocks else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _CAPTION.match(last.text):
            blocks[-1] = Table(last.text, block.rows)
        else:
            blocks.append(block)
    return blocks


def slides(source: str) -> list[list[Block]]:
    """The blocks of each slide; a line of three hyphens separates slides."""
    return [read(part) for part in re.split(r"(?m)^---$", source)]


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if not all(set(cell) <= {"-", ":"} and cell for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield Table("", tuple(rows))
            rows = []
        if line.strip():
            yield _block(line)
    if rows:
        yield Table("", tuple(rows))


def _block(line: str) -> Block:
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), heading[2])
    if bold := _BOLD_LINE.fullmatch(line):
        return Heading(2, bold[1], styled=False)
    if item := _ITEM.fullmatch(line):
        return Item(item[3], len(item[1]) // 2, "•" if item[2] == "-" else item[2])
    if line.startswith("> "):
        return Note(line[2:])
    if line.startswith("[[") and line.endswith("]]"):
        return Boxes(tuple(text.strip() for text in line[2:-2].split("][")))
    return Paragraph(line.strip())
