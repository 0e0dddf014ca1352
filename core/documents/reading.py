"""A document cut for reading: screens of a few thousand characters, an outline that leads to them, and search inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.documents.grams import THOUSANDS, normalise
from core.documents.parsed import Block, Cell, ParsedDocument, Table

_SCREEN = 3_500
_AROUND = 40
# What may stand above a passage in a window of some 380 pixels so that it is seen itself: lines of text, headings counting double.
_LINES_ABOVE = 6
_LINE = 45
_CONTEXT = 120
_TABLE_ROWS_BEFORE = 2


@dataclass(frozen=True)
class Screen:
    """A stretch of a document that is shown at once. `label` is the page's own; long pages have several screens."""

    number: int
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class OutlineEntry:
    """A heading and the screen it stands on."""

    level: int
    text: str
    start: int
    screen: int


@dataclass(frozen=True)
class Found:
    """An occurrence of searched words: where it is, and the text around it."""

    start: int
    end: int
    screen: int
    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Piece:
    """A run of characters of one block, marked or not."""

    text: str
    marked: bool


def screens(parsed: ParsedDocument) -> list[Screen]:
    """The document's pages, each cut between blocks, and long tables between rows, where it is longer than a screen."""
    starts = [block.start for block in parsed.blocks]
    found: list[Screen] = []
    for page in parsed.pages:
        cuts = [page.start]
        for block in parsed.blocks[bisect_left(starts, page.start) : bisect_left(starts, page.end)]:
            _cut(parsed, block, cuts)
        for start, end in zip(cuts, [*cuts[1:], page.end], strict=True):
            found.append(Screen(len(found) + 1, page.label, start, end))
    return found


def _cut(parsed: ParsedDocument, block: Block, cuts: list[int]) -> None:
    """Add to `cuts` the places where screens begin in or before this block."""
    if block.start > cuts[-1] and (block.end - cuts[-1] > _SCREEN or (block.level == 1 and block.start - cuts[-1] > _SCREEN // 2)):
        cuts.append(block.start)
    table = table_of(parsed, block)
    if table is None or block.end - cuts[-1] <= _SCREEN:
        return
    lines = row_starts(parsed.text, table)
    for line, following in zip(lines[table.header_rows + 1 :], [*lines[table.header_rows + 2 :], table.end], strict=True):
        if following - cuts[-1] > _SCREEN:
            cuts.append(line)


def screen_at(all_screens: list[Screen], offset: int) -> Screen:
    """The screen that shows the character at `offset`."""
    return all_screens[max(0, bisect_right([screen.start for screen in all_screens], offset) - 1)]


def outline(parsed: ParsedDocument, all_screens: list[Screen]) -> list[OutlineEntry]:
    """The document's headings in order."""
    starts = [screen.start for screen in all_screens]
    return [
        OutlineEntry(
            block.level, " ".join(parsed.text[block.start : block.end].split()), block.start, max(1, bisect_right(starts, block.start))
        )
        for block in parsed.blocks
        if block.kind == "heading"
    ]


def headings_at(parsed: ParsedDocument, offset: int) -> tuple[str, ...]:
    """The headings above the character at `offset`, from the outermost to the nearest."""
    path: list[tuple[int, str]] = []
    for block in parsed.blocks:
        if block.start > offset:
            break
        if block.kind == "heading":
            path = [one for one in path if one[0] < block.level]
            path.append((block.level, " ".join(parsed.text[block.start : block.end].split())))
    return tuple(text for _, text in path)


def outline_about(entries: list[OutlineEntry], offset: int) -> tuple[list[OutlineEntry], OutlineEntry | None]:
    """The outline as one reads it at `offset`: the chapters, below the present one its sections, and the entry where one is."""
    top = min((entry.level for entry in entries), default=0)
    at = bisect_right([entry.start for entry in entries], offset) - 1
    here = max((i for i, entry in enumerate(entries[: at + 1]) if entry.level == top), default=None)
    shown: list[OutlineEntry] = []
    chapter = None
    for number, entry in enumerate(entries):
        if entry.level == top:
            chapter = number
        if entry.level == top or (entry.level == top + 1 and chapter == here):
            shown.append(entry)
    present = next((entry for entry in reversed(shown) if entry.start <= offset), None)
    return shown, present


def blocks_of(parsed: ParsedDocument, screen: Screen) -> list[Block]:
    """The blocks that a screen shows: those that begin on it, and a table that began before it and goes on."""
    first = bisect_left([block.start for block in parsed.blocks], screen.start)
    carried = parsed.blocks[first - 1] if first else None
    shown = [block for block in parsed.blocks[first:] if block.start < screen.end]
    if carried is not None and carried.kind == "table" and carried.end > screen.start:
        return [carried, *shown]
    return shown


def table_of(parsed: ParsedDocument, block: Block) -> Table | None:
    """The table behind a table block."""
    if block.kind != "table":
        return None
    at = bisect_left([table.start for table in parsed.tables], block.start)
    found = parsed.tables[at] if at < len(parsed.tables) else None
    return found if found is not None and found.start == block.start else None


def row_starts(text: str, table: Table) -> list[int]:
    """Where each row of a table begins in the text: a row is a line."""
    starts = [table.start]
    for _ in table.rows[1:]:
        line_end = text.find("\n", starts[-1], table.end)
        starts.append(line_end + 1 if line_end >= 0 else table.end)
    return starts


def rows_on(parsed: ParsedDocument, table: Table, screen: Screen) -> list[tuple[bool, tuple[Cell, ...]]]:
    """The rows of a table that a screen shows, each with whether it names columns; column names come first on every screen."""
    lines = row_starts(parsed.text, table)
    return [
        (number < table.header_rows, row)
        for number, (line, row) in enumerate(zip(lines, table.rows, strict=True))
        if number < table.header_rows or screen.start <= line < screen.end
    ]


def near(parsed: ParsedDocument, screen: Screen, offset: int) -> Screen:
    """`screen` from shortly before `offset` on, so that what stands there is seen at once; the whole screen when that is as near."""
    blocks = blocks_of(parsed, screen)
    at = max((i for i, block in enumerate(blocks) if block.start <= offset), default=0)
    if not blocks:
        return screen
    # A passage at the beginning of its paragraph is better understood with what precedes, unless that fills a phone by itself.
    before = blocks[max(0, at - 1)]
    wanted = offset - blocks[at].start <= _CONTEXT and before.end - before.start <= 2 * _CONTEXT
    start = before.start if wanted else blocks[at].start
    table = table_of(parsed, blocks[at])
    if table is not None:
        lines = row_starts(parsed.text, table)
        row = bisect_right(lines, offset) - 1 - _TABLE_ROWS_BEFORE
        start = lines[row] if row > table.header_rows else blocks[at].start
    start = max(start, screen.start)
    return replace(screen, start=start) if _lines(parsed, blocks, start) > _LINES_ABOVE else screen


def _lines(parsed: ParsedDocument, blocks: Sequence[Block], end: int) -> int:
    """How many lines the blocks before `end` take on a page, roughly."""
    lines = 0
    for block in blocks:
        if block.start < end:
            table = table_of(parsed, block)
            high = len(table.rows) if table else 1 + (min(block.end, end) - block.start) // _LINE
            lines += 2 * high if block.kind == "heading" else high
    return lines


def pieces(text: str, start: int, end: int, mark: tuple[int, int] | None) -> list[Piece]:
    """`text[start:end]` as runs, those inside `mark` marked."""
    if mark is None or mark[1] <= start or mark[0] >= end:
        return [Piece(text[start:end], False)] if end > start else []
    first, last = max(start, mark[0]), min(end, mark[1])
    runs = [Piece(text[start:first], False), Piece(text[first:last], True), Piece(text[last:end], False)]
    return [run for run in runs if run.text]


def runs_of_lines(text: str) -> list[tuple[bool, list[str]]]:
    """A passage's lines, those that stand for rows of a table apart from the others; each run with whether it is a table."""
    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        is_row = " | " in line
        if runs and runs[-1][0] == is_row:
            runs[-1][1].append(line)
        else:
            runs.append((is_row, [line]))
    return runs


def distinct_cells(row: tuple[Cell, ...]) -> list[tuple[Cell, int]]:
    """The cells of a row with how many columns each spans: a merged cell stands once."""
    spans: list[tuple[Cell, int]] = []
    for cell in row:
        if spans and cell.end > cell.start and spans[-1][0] == cell:
            spans[-1] = (cell, spans[-1][1] + 1)
        else:
            spans.append((cell, 1))
    return spans


def find(parsed: ParsedDocument, all_screens: list[Screen], words: str, limit: int = 200) -> list[Found]:
    """Where `words` occur, upper and lower case and full and half width alike. At most `limit` places."""
    wanted = normalise(words.strip())
    if not wanted:
        return []
    folded, origin = _folded(parsed.text)
    found: list[Found] = []
    at = folded.find(wanted)
    while at >= 0 and len(found) < limit:
        start, end = origin[at], origin[at + len(wanted) - 1] + 1
        text = parsed.text
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        found.append(Found(start, end, screen_at(all_screens, start).number, before, text[start:end], after))
        at = folded.find(wanted, at + len(wanted))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for part in normalise(character):
            folded.append(part)
            origin.append(position)
    # A number is found with and without its thousands separators.
    whole = "".join(folded)
    commas = {match.start() for match in THOUSANDS.finditer(whole)}
    kept = [at for at in range(len(whole)) if at not in commas]
    return "".join(whole[at] for at in kept), [origin[at] for at in kept]


def around(parsed: ParsedDocument, start: int, end: int) -> Screen:
    """The blocks about `[start, end)`, and of a long table the rows about it: enough to see what it belongs to."""
    near_by = [block for block in parsed.blocks if block.end > start - _SCREEN // 4 and block.start < end + _SCREEN // 4]
    first = min((block.start for block in near_by), default=start)
    last = max((block.end for block in near_by), default=end)
    whole = Screen(1, parsed.page_at(start).label, first, last)
    return whole if last - first <= _SCREEN else replace(near(parsed, whole, start), end=min(last, end + _SCREEN // 2))
