"""What parsing makes of a file: one extracted text, and where in it the pages, headings, paragraphs, tables and cells are.

Every position is a half-open range of character offsets into `ParsedDocument.text`; nothing is quoted from anywhere else, so a
quote is verbatim exactly when it equals a slice of that text.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import asdict, dataclass
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "note", "contents"]
FileKind = Literal["pdf", "docx", "pptx", "xlsx", "txt", "csv", "md", "html"]
TextLanguage = Literal["zh", "en"]


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, one list item, a whole table, a note (speaker's note, footnote) or one line of a table of contents.

    `page` is the page on which it begins; `level` is 1, 2, … for headings and 0 otherwise.
    """

    kind: BlockKind
    start: int
    end: int
    page: int
    level: int = 0


@dataclass(frozen=True)
class Page:
    """A page, slide or sheet. `number` counts from 1; `label` is 第3页, a slide's number or a sheet's name.

    The pages of a document follow one another without a gap and cover its text. `ocr`: read from a picture. `hidden`: a sheet or
    slide that its author has hidden.
    """

    number: int
    label: str
    start: int
    end: int
    ocr: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """The text of one table cell. An empty cell is an empty range; a place covered by a merged cell has that cell's range."""

    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table block seen as rows of cells; in the text each row is one line, cells parted by ` | `.

    Every row has the same number of cells. The first `header_rows` rows name the columns.
    """

    start: int
    end: int
    page: int
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int


@dataclass(frozen=True)
class ParsedDocument:
    """A file's whole extracted text with its structure. Blocks and tables are in reading order and do not overlap."""

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    title: str
    language: TextLanguage
    kind: FileKind

    def page_at(self, offset: int) -> Page:
        """The page that holds the character at `offset` (the last page for the end of the text)."""
        return self.pages[max(0, bisect_right([page.start for page in self.pages], offset) - 1)]

    def to_json(self) -> str:
        """The document as JSON, for `from_json`."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, source: str) -> ParsedDocument:
        """The document that `to_json` wrote."""
        data: dict[str, Any] = json.loads(source)
        return cls(
            text=data["text"],
            pages=tuple(Page(**page) for page in data["pages"]),
            blocks=tuple(Block(**block) for block in data["blocks"]),
            tables=tuple(_table(table) for table in data["tables"]),
            title=data["title"],
            language=data["language"],
            kind=data["kind"],
        )


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in data["rows"])
    return Table(data["start"], data["end"], data["page"], rows, data["header_rows"])
