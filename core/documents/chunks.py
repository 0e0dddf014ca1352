"""A parsed document as passages: the pieces that are indexed, found and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from core.documents.parsed import Block, ParsedDocument, Table

_MOST = 500
# Portions are planned a little smaller than they may be, since they end where a sentence ends.
_FULL = 0.85
_WITH_REST = 620
_SHORT_REST = 120
_LONGEST_SENTENCE = 800
_LARGEST_TABLE = 1_500
_TABLE_PART = 1_000
_LONGEST_CAPTION = 80
_LONGEST_HEADER = 300
# A full stop ends a sentence only before a space, so that decimals and abbreviated names in one word stay whole.
_SENTENCE_END = re.compile(
    r"(?:[。！？!?；]|…+|(?<![A-Z])(?<!\b[A-Z]r)(?<!Mrs)(?<!e\.g)(?<!i\.e)(?<!\bNo)(?<!\bvs)\.(?=\s|[”’\"')]+\s)|;(?=\s))"
    r"[”’」』）)\"']*"
)
_PAUSE = re.compile(r"[，,、：:|]|\s")


@dataclass(frozen=True)
class Passage:
    """The slice `[start, end)` of a document's text, about 300–500 characters under one heading path.

    `ordinal` counts from 0; `page` is where it begins; `heading` is the path of headings it stands under, outermost first.
    `context` is text for the index only (a table's caption and header row when the slice lacks them); it is never quoted.
    """

    ordinal: int
    start: int
    end: int
    page: int
    heading: tuple[str, ...]
    context: str = ""

    def slice(self, text: str) -> str:
        """The passage's own words, out of the document's extracted text."""
        return text[self.start : self.end]

    def indexed(self, text: str) -> str:
        """What an index should know of this passage: heading path, context, then the words themselves."""
        words = self.slice(text)
        path = [heading for heading in self.heading if not words.startswith(heading)]
        return "\n".join(part for part in (" > ".join(path), self.context, words) if part)


def split(parsed: ParsedDocument) -> list[Passage]:
    """The passages of a document, in reading order: every text of it but the lines of its table of contents.

    A heading goes with the text right below it. Paragraphs under one heading are put together up to `_MOST` characters, longer ones
    parted between sentences, tables between rows. Paragraphs that begin on different pages stay apart.
    """
    pieces: list[_Piece] = []
    tables = {table.start: table for table in parsed.tables}
    for group in _groups(parsed):
        before: Block | None = None
        for block in group.blocks:
            if block.kind == "table":
                pieces.extend(_table_pieces(parsed, tables[block.start], group, before))
            else:
                pieces.extend(_text_pieces(parsed, block, group))
            before = block
    return [
        Passage(ordinal, piece.start, piece.end, parsed.page_at(piece.start).number, piece.path, piece.context)
        for ordinal, piece in enumerate(_packed(pieces))
    ]


@dataclass(frozen=True)
class _Group:
    """Blocks that stand right below one heading; `path` is the headings' texts, outermost first."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Piece:
    """A part of a passage, or a whole one (`alone`). `page` is where its block begins."""

    start: int
    end: int
    page: int
    path: tuple[str, ...]
    alone: bool = False
    context: str = ""

    @property
    def length(self) -> int:
        return self.end - self.start


def _groups(parsed: ParsedDocument) -> Iterator[_Group]:
    """The sections. A heading right above a deeper one is only part of a path; one with nothing below it is text like any other."""
    blocks = [block for block in parsed.blocks if block.kind != "contents" and not _is_title(parsed, block)]
    path: list[tuple[int, str]] = []
    members: list[Block] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind != "heading":
            members.append(block)
            continue
        parents = [entry for entry in path if entry[0] < block.level]
        has_body = following is not None and following.kind != "heading"
        if has_body or (following is not None and following.level > block.level):
            yield _Group(tuple(text for _, text in path), tuple(members))
            path = [*parents, (block.level, parsed.text[block.start : block.end])]
            members = [block] if has_body else []
        elif path == parents:
            members.append(block)
        else:
            yield _Group(tuple(text for _, text in path), tuple(members))
            path, members = parents, [block]
    yield _Group(tuple(text for _, text in path), tuple(members))


def _is_title(parsed: ParsedDocument, block: Block) -> bool:
    return block.kind == "heading" and block.page == 1 and parsed.text[block.start : block.end] == parsed.title


def _text_pieces(parsed: ParsedDocument, block: Block, group: _Group) -> list[_Piece]:
    return [
        _Piece(start, end, block.page, group.path)
        for start, end in _portions(parsed.text, _sentences(parsed.text, block.start, block.end), _MOST)
    ]


def _table_pieces(parsed: ParsedDocument, table: Table, group: _Group, before: Block | None) -> list[_Piece]:
    """A table as one piece, or as runs of rows that each carry the header row in their context."""
    text = parsed.text
    caption = "" if before is None or before.kind == "table" else text[before.start : before.end]
    caption = caption if len(caption) <= _LONGEST_CAPTION else ""
    if table.end - table.start <= _LARGEST_TABLE:
        return [_Piece(table.start, table.end, table.page, group.path, True, caption)]
    lines = _lines(text, table.start, table.end)
    header_end = lines[min(table.header_rows, len(lines)) - 1][1] if table.header_rows else table.start
    header = text[table.start : header_end][:_LONGEST_HEADER]
    rows = [part for start, end in lines for part in _shortened(text, start, end)]
    return [
        _Piece(start, end, table.page, group.path, True, caption if start == table.start else _with(caption, header))
        for start, end in _portions(text, rows, _TABLE_PART)
    ]


def _with(caption: str, header: str) -> str:
    return f"{caption}\n{header}" if caption else header


def _packed(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Small pieces of one section and page put together; a short rest goes with what stands before it, a caption with its table."""
    packed: list[_Piece] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        last = packed[-1] if packed else None
        is_end = following is None or not _together(piece, following)
        if last is None or last.alone or not _together(last, piece):
            packed.append(piece)
        elif piece.alone:
            if last.length <= _LONGEST_CAPTION and piece.end - last.start <= _LARGEST_TABLE:
                packed[-1] = replace(piece, start=last.start)
            else:
                packed.append(piece)
        elif following is not None and following.alone and piece.length <= _LONGEST_CAPTION < last.length:
            packed.append(piece)
        elif piece.end - last.start <= (_WITH_REST if is_end and piece.length < _SHORT_REST else _MOST):
            packed[-1] = replace(last, end=piece.end)
        else:
            packed.append(piece)
    return packed


def _together(first: _Piece, second: _Piece) -> bool:
    return first.path == second.path and first.page == second.page


def _portions(text: str, parts: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Neighbouring parts put together to portions of up to `most` characters and of about the same size."""
    if not parts:
        return []
    total = parts[-1][1] - parts[0][0]
    goal = total if total <= most else total / ceil(total / (most * _FULL))
    portions = [parts[0]]
    for start, end in parts[1:]:
        first, last = portions[-1]
        fits = end - first <= most
        if fits and (end - first <= goal * 1.1 or abs(end - first - goal) <= abs(last - first - goal)):
            portions[-1] = first, end
        else:
            portions.append((start, end))
    return portions


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a block; one that is longer than a passage may be is parted at commas, or else anywhere."""
    sentences: list[tuple[int, int]] = []
    position = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        if mark.end() < end:
            sentences.extend(_shortened(text, position, mark.end()))
            position = mark.end()
    sentences.extend(_shortened(text, position, end))
    return sentences


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while text[start:end][:1].isspace():
        start += 1
    while end - start > _LONGEST_SENTENCE:
        pauses = [pause.end() for pause in _PAUSE.finditer(text, start + _MOST // 2, start + _MOST)]
        cut = pauses[-1] if pauses else start + _MOST
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        lines.append((start, stop))
        start = stop + 1
    return lines
