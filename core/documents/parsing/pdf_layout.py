"""From the lines of all pages to paragraphs: without running heads and page numbers, joined over line and page ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.documents.parsed import BlockKind
from core.documents.parsing.cleaning import is_wide, joined, template
from core.documents.parsing.draft import Covered
from core.documents.parsing.headings import numbering_rank
from core.documents.parsing.pdf_lines import Line
from core.documents.parsing.pdf_tables import Ruled, appended, continues, header_rows

_MARGIN = 0.13
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})"
_PAGE_NUMBER = re.compile(rf"[-–—·\s]*(?:第\s*)?{_NUMBER}\s*(?:页)?(?:\s*[/／,，共of]+\s*(?:共\s*)?{_NUMBER}\s*页?)?[-–—·\s]*$")
_LEADER = re.compile(r"(?:[.．·•…‥⋯。_-]\s*){4,}(?:[(（]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[)）]?)?\s*$|…{2,}\s*\d{0,4}$")
_CONTENTS_TITLE = re.compile(r"(?:目\s*录|目\s*次|contents|table of contents)$", re.IGNORECASE)
_ENTRY = re.compile(r".*\S\s+\d{1,4}$")
_TERMINAL = "。！？；：.!?;:”」』）)"
_BULLET = re.compile(r"[•●■◆▪►▶○◇□–—*➢✓]\s*\S")
_FOOTNOTE = re.compile(r"[①-⑳]|\d{1,2}\s|\[\d{1,2}\]|[*※注]")


@dataclass
class Sheet:
    """One page of a PDF as read: its size in points, its lines and tables."""

    width: float
    height: float
    lines: list[Line]
    tables: list[Ruled] = field(default_factory=list)
    ocr: bool = False


@dataclass
class Paragraph:
    """Running text: `page` counts from 0; `breaks` holds the offsets where the pages after it begin, by page."""

    kind: BlockKind
    text: str
    page: int
    lines: list[Line]
    breaks: dict[int, int] = field(default_factory=dict)


@dataclass
class Grid:
    """A table, put together from its parts on consecutive pages; `page_rows` is the first row on each further page, by page."""

    rows: list[list[str | Covered]]
    page: int
    header_rows: int
    page_rows: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """The text's usual letter size, line distance and right edge, in points."""

    size: float
    leading: float
    right: float


def without_furniture(sheets: Sequence[Sheet]) -> None:
    """Take running heads, running feet and page numbers out of the lines of `sheets`."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        seen.update({template(line.text) for line in _margin_lines(sheet)})
    enough = 3 if len(sheets) > 3 else 2
    for sheet in sheets:
        margin = set(map(id, _margin_lines(sheet)))
        sheet.lines = [
            line
            for line in sheet.lines
            if id(line) not in margin or not (_PAGE_NUMBER.match(line.text) or (seen[template(line.text)] >= enough and _words(line)))
        ]


def _margin_lines(sheet: Sheet) -> list[Line]:
    """The first and last three lines, as far as they stand in the margins."""
    top, bottom = sheet.height * _MARGIN, sheet.height * (1 - _MARGIN)
    head = [line for line in sheet.lines[:3] if line.bottom <= top]
    return head + [line for line in sheet.lines[-3:] if line.top >= bottom]


def _words(line: Line) -> bool:
    return sum(1 for character in line.text if character.isalpha()) >= 2


def measure(sheets: Sequence[Sheet]) -> Measure:
    """The usual measures of the text of all pages."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    gaps: Counter[float] = Counter()
    rights: list[float] = []
    for sheet in sheets:
        body = [line for line in sheet.lines if abs(line.size - size) <= 1]
        rights.extend(line.right for line in body)
        gaps.update(round((after.bottom - before.bottom) * 2) / 2 for before, after in pairwise(body))
    likely = {gap: count for gap, count in gaps.items() if size < gap < size * 3.2}
    leading = max(likely, key=lambda gap: (likely[gap], -gap)) if likely else size * 1.6
    rights.sort()
    return Measure(size, leading, rights[int(len(rights) * 0.95)] if rights else 0.0)


def paragraphs(sheets: Sequence[Sheet], usual: Measure, heads: set[tuple[int, str]]) -> list[Paragraph | Grid]:
    """Everything in reading order. `heads`: lines known to be headings from the outline, by page (from 0) and text without spaces."""
    assembly = _Assembly(usual, heads)
    for number, sheet in enumerate(sheets):
        assembly.add_page(number, sheet)
    return assembly.finish()


class _Assembly:
    def __init__(self, usual: Measure, heads: set[tuple[int, str]]) -> None:
        self._usual = usual
        self._heads = heads
        self._done: list[Paragraph | Grid] = []
        self._open: Paragraph | None = None
        self._open_table: tuple[Grid, Ruled] | None = None
        self._waiting: list[Paragraph] = []
        self._in_contents = False

    def add_page(self, number: int, sheet: Sheet) -> None:
        contents = _contents_lines(sheet, self._in_contents)
        self._in_contents = bool(contents) and len(contents) >= len(sheet.lines) * 0.9
        notes = _footnotes(sheet, self._usual)
        elements: list[Line | Ruled] = [line for line in sheet.lines if id(line) not in notes]
        elements = sorted([*elements, *sheet.tables], key=lambda element: element.top)
        for element in elements:
            if isinstance(element, Ruled):
                self._table(element, number)
            elif id(element) in contents:
                self._close()
                self._done.append(Paragraph("contents", element.text, number, [element]))
            else:
                self._line(element, number)
        self._note(number, [line for line in sheet.lines if id(line) in notes])

    def finish(self) -> list[Paragraph | Grid]:
        self._close()
        return self._done

    def _close(self) -> None:
        if self._open is not None:
            self._done.append(self._open)
        self._open = None
        self._open_table = None
        self._done.extend(self._waiting)
        self._waiting = []

    def _table(self, ruled: Ruled, page: int) -> None:
        before = self._open_table
        if before is not None and self._open is None and page == _last_page(before[0]) + 1 and continues(before[1], ruled):
            grid = before[0]
            joined_rows = appended(grid.rows, ruled.rows)
            grid.page_rows[page] = len(grid.rows)
            grid.rows = joined_rows
        else:
            self._close()
            grid = Grid(ruled.rows, page, header_rows(ruled.rows))
            self._done.append(grid)
        self._open_table = grid, ruled

    def _line(self, line: Line, page: int) -> None:
        current = self._open
        if current is not None and self._goes_on(current, line, page):
            if page > _last_page(current):
                glued = joined(current.text, line.text)
                current.breaks[page] = len(glued) - len(line.text)
                current.text = glued
            else:
                current.text = joined(current.text, line.text)
            current.lines.append(line)
            return
        self._close()
        kind: BlockKind = "list" if _BULLET.match(line.text) else "paragraph"
        self._open = Paragraph(kind, line.text, page, [line])

    def _note(self, page: int, lines: list[Line]) -> None:
        """Footnotes wait until the paragraph that may go on over the page's end is complete."""
        for line in lines:
            if self._waiting and self._waiting[-1].page == page and not _FOOTNOTE.match(line.text):
                self._waiting[-1].text = joined(self._waiting[-1].text, line.text)
            else:
                self._waiting.append(Paragraph("note", line.text, page, [line]))

    def _goes_on(self, current: Paragraph, line: Line, page: int) -> bool:
        """Whether `line` continues the open paragraph."""
        last, first = current.lines[-1], current.lines[0]
        if abs(last.size - line.size) > 0.8 or page > _last_page(current) + 1:
            return False
        if self._is_outlined(line, page) or self._is_outlined(last, page):
            return False
        size = line.size
        if page == _last_page(current):
            distance = line.bottom - last.bottom
            if distance > max(self._usual.leading * size / self._usual.size, size) * 1.35 or distance < size * 0.5:
                return False
        if _starts_anew(line.text) and (last.text[-1] in _TERMINAL or self._is_short(last, line)):
            return False
        if size > self._usual.size + 1.5 and _centred(last, first) and abs(_middle(last) - _middle(line)) < size:
            return numbering_rank(line.text) is None
        if self._is_short(last, line):
            return False
        if line.bold != last.bold and len(current.lines) == 1 and last.right < self._usual.right * 0.8:
            return False
        return not self._is_indented(current, line)

    def _is_outlined(self, line: Line, page: int) -> bool:
        return (page, squeezed(line.text)) in self._heads

    def _is_short(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word would still have fitted after `last`, so that a paragraph must end there."""
        word = line.text.split(" ", 1)[0]
        first_word = size = line.size
        if not is_wide(line.text[0]):
            letters = next((n for n, character in enumerate(word) if is_wide(character)), len(word))
            first_word = size * 0.55 * (letters + 1)
        return self._usual.right - last.right > max(first_word, 2.2 * size)

    def _is_indented(self, current: Paragraph, line: Line) -> bool:
        """Whether `line` begins a paragraph by its indent; after a first line at the same indent only a full stop tells."""
        last, step = current.lines[-1], 0.8 * line.size
        if len(current.lines) > 1 or _starts_anew(current.text):
            rest = current.lines[1:] or [line]
            return line.left > min(other.left for other in rest) + step and not _starts_anew(current.text)
        if line.left > last.left + step:
            return True
        is_indent = abs(line.left - last.left) < step and last.text[-1] in "。！？；"
        return is_indent and self._margin_is_left_of(line)

    def _margin_is_left_of(self, line: Line) -> bool:
        lefts = [other.left for item in self._done[-40:] if isinstance(item, Paragraph) for other in item.lines[1:]]
        return bool(lefts) and line.left > min(lefts) + 1.2 * line.size


def _last_page(item: Paragraph | Grid) -> int:
    return max(item.breaks if isinstance(item, Paragraph) else item.page_rows, default=item.page)


def _starts_anew(text: str) -> bool:
    return bool(_BULLET.match(text)) or numbering_rank(text) is not None


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2


def _centred(last: Line, first: Line) -> bool:
    return last is first or abs(_middle(last) - _middle(first)) < last.size


def squeezed(text: str) -> str:
    """`text` without any spaces, for comparing a heading with its entry in an outline."""
    return "".join(text.split())


def _contents_lines(sheet: Sheet, goes_on: bool) -> set[int]:
    """The lines of a table of contents: those with dots before a page number, or all that end in a number under its title."""
    titled = next((n for n, line in enumerate(sheet.lines[:6]) if _CONTENTS_TITLE.match(line.text)), None)
    dotted = [line for line in sheet.lines if _LEADER.search(line.text)]
    numbered = [line for line in sheet.lines if _ENTRY.match(line.text)]
    if titled is None and not goes_on and len(dotted) < 4:
        return set()
    entries = dotted if len(dotted) >= 2 else numbered
    if len(entries) < 2 or (titled is None and len(entries) * 2 < len(sheet.lines)):
        return set(map(id, dotted)) if len(dotted) >= 4 else set()
    return set(map(id, _between(sheet.lines, entries, titled)))


def _between(lines: Sequence[Line], entries: Iterable[Line], titled: int | None) -> list[Line]:
    """From the title, or the first entry, to the last entry: an entry's first line may carry no number."""
    marked = set(map(id, entries))
    places = [place for place, line in enumerate(lines) if id(line) in marked]
    return list(lines[places[0] if titled is None else min(titled, places[0]) : places[-1] + 1])


def _footnotes(sheet: Sheet, usual: Measure) -> set[int]:
    """The small lines at the foot of a page, from the first that begins with a footnote's mark."""
    small: list[Line] = []
    for line in reversed(sheet.lines):
        if line.size > usual.size - 1.4 or line.top < sheet.height * 0.6:
            break
        small.insert(0, line)
    while small and not _FOOTNOTE.match(small[0].text):
        small.pop(0)
    return set(map(id, small)) if not sheet.ocr else set()
