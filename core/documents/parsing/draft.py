"""The text of a document while it is being put together, block after block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.documents.parsed import Block, BlockKind, Cell, FileKind, Page, ParsedDocument, Table
from core.documents.parsing.cleaning import language_of, one_line
from core.errors import BadInput
from core.i18n import Message

CELL_BORDER = " | "


@dataclass(frozen=True)
class Covered:
    """A place in a table that the merged cell at (`row`, `column`), above or to the left, covers."""

    row: int
    column: int


Grid = Sequence[Sequence["str | Covered"]]


class Draft:
    """Collects blocks in reading order; `finish` makes the document. Empty blocks are left out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[Page] = []
        self._blocks: list[Block] = []
        self._tables: list[Table] = []

    @property
    def page_number(self) -> int:
        """The number of the page that is being filled; 0 before the first."""
        return len(self._pages)

    def page(self, label: str, *, ocr: bool = False, hidden: bool = False) -> None:
        """Begin the next page here."""
        self._begin_page(Page(len(self._pages) + 1, label, self._length, self._length, ocr, hidden), self._length)

    def block(self, kind: BlockKind, text: str, level: int = 0, page_breaks: Mapping[int, Page] | None = None) -> None:
        """Add a block. `page_breaks`: pages that begin inside it, by the character offset in `text` where they do.

        With page breaks `text` must be clean already, because cleaning would move the offsets.
        """
        text = text if page_breaks else one_line(text)
        if not text:
            return
        start, page = self._length, self.page_number
        self._write(text)
        for offset, begun in (page_breaks or {}).items():
            self._begin_page(replace(begun, number=len(self._pages) + 1), start + offset)
        self._blocks.append(Block(kind, start, start + len(text), page, level))

    def table(self, grid: Grid, header_rows: int = 1, page_rows: Mapping[int, Page] | None = None) -> None:
        """Add a table. Rows and columns in which nothing stands are left out. `page_rows`: pages by the row that they begin with."""
        rows, trimmed = _without_empty(grid)
        if not trimmed:
            return
        start, page = self._length, self.page_number
        lines, cells, row_starts = _layout(trimmed, start)
        self._write("\n".join(lines))
        end = self._length - 1
        for first_row, begun in (page_rows or {}).items():
            offset = next((at for row, at in zip(rows, row_starts, strict=True) if row >= first_row), end + 1)
            self._begin_page(replace(begun, number=len(self._pages) + 1), offset)
        header_rows = sum(1 for row in rows if row < header_rows)
        self._blocks.append(Block("table", start, end, page))
        self._tables.append(Table(start, end, page, cells, min(header_rows, len(cells))))

    def finish(self, kind: FileKind, title: str) -> ParsedDocument:
        """The document; refused when it holds no text at all."""
        text = "".join(self._parts).removesuffix("\n")
        if not text.strip():
            raise BadInput(Message("文件里没有可以读取的文字。请确认内容不是空白，再上传一次。"))
        ends = [page.start for page in self._pages[1:]] + [len(text)]
        pages = tuple(
            replace(page, start=min(page.start, len(text)), end=min(end, len(text))) for page, end in zip(self._pages, ends, strict=True)
        )
        return ParsedDocument(text, pages, tuple(self._blocks), tuple(self._tables), one_line(title)[:200], language_of(text), kind)

    def _write(self, text: str) -> None:
        self._parts.append(text + "\n")
        self._length += len(text) + 1

    def _begin_page(self, page: Page, start: int) -> None:
        self._pages.append(replace(page, start=start, end=start))


def _without_empty(grid: Grid) -> tuple[list[int], list[list[str | Covered]]]:
    """The numbers of the rows that hold something, and these rows without the columns that hold nothing."""
    width = max((len(row) for row in grid), default=0)
    full: list[list[str | Covered]] = [
        [one_line(cell) if isinstance(cell, str) else cell for cell in row] + [""] * (width - len(row)) for row in grid
    ]

    def filled(row: int, column: int) -> bool:
        cell = full[row][column]
        return bool(cell if isinstance(cell, str) else full[cell.row][cell.column])

    rows = [row for row in range(len(full)) if any(filled(row, column) for column in range(width))]
    columns = [column for column in range(width) if any(filled(row, column) for row in rows)]
    new_row = {old: new for new, old in enumerate(rows)}
    new_column = {old: new for new, old in enumerate(columns)}

    def moved(cell: str | Covered) -> str | Covered:
        if isinstance(cell, str):
            return cell
        at_home = cell.row in new_row and cell.column in new_column
        return Covered(new_row[cell.row], new_column[cell.column]) if at_home else ""

    return rows, [[moved(full[row][column]) for column in columns] for row in rows]


def _layout(grid: list[list[str | Covered]], start: int) -> tuple[list[str], tuple[tuple[Cell, ...], ...], list[int]]:
    """The lines of a table whose text begins at `start`, the range of every cell, and where each row begins."""
    lines: list[str] = []
    starts: list[int] = []
    ranges: list[list[Cell]] = []
    position = start
    for row in grid:
        line = ""
        own = [column for column, cell in enumerate(row) if isinstance(cell, str)]
        last = max((column for column in own if row[column]), default=-1)
        places: dict[int, Cell] = {}
        starts.append(position)
        for column in own:
            text = str(row[column])
            if column <= last:
                line += (CELL_BORDER if places else "") + text
            places[column] = Cell(position + len(line) - len(text), position + len(line))
        ranges.append([_range(cell, column, places, ranges) for column, cell in enumerate(row)])
        if line:
            lines.append(line)
            position += len(line) + 1
    return lines, tuple(tuple(row) for row in ranges), starts


def _range(cell: str | Covered, column: int, places: dict[int, Cell], above: list[list[Cell]]) -> Cell:
    if isinstance(cell, str):
        return places[column]
    return above[cell.row][cell.column] if cell.row < len(above) else places[cell.column]
