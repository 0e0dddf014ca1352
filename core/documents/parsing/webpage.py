"""HTML as a reader sees it: headings, paragraphs, lists and tables, without scripts, styles and hidden parts.

Read as a stream of tags, never as a tree, so that the depth of nesting costs nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from core.documents.parsed import BlockKind, ParsedDocument
from core.documents.parsing.decoding import decode
from core.documents.parsing.draft import Covered, Draft
from core.documents.parsing.given_title import given_title

_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas", "select", "nav"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "ul"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE_CODES = frozenset(("gb2312", "gbk", "gb18030", "hz-gb-2312"))
_MAX_SPAN = 200


def read_page(path: Path, name: str) -> ParsedDocument:
    """An HTML file as a document of one page."""
    content = path.read_bytes()
    declared = _DECLARED.search(content[:4096])
    chinese = declared is not None and declared[1].decode("ascii").lower() in _CHINESE_CODES
    reader = _Reader()
    reader.feed(decode(content.decode("gb18030", errors="replace").encode()) if chinese else decode(content))
    reader.close()
    reader.flush()
    return reader.draft.finish("html", given_title(reader.title) or reader.first_heading or Path(name).stem)


class _Reader(HTMLParser):
    """Text gathers in `_text` until a tag ends the block; inside a table it gathers in cells instead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.draft = Draft()
        self.draft.page("第1页")
        self.title = ""
        self.first_heading = ""
        self._text: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._skipped = ""
        self._skipped_depth = 0
        self._in_title = False
        self._tables = 0
        self._rows: list[list[_Cell]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skipped_depth += tag == self._skipped
        elif tag not in _VOID and (tag in _UNSEEN or _hidden(attrs)):
            self._skipped, self._skipped_depth = tag, 1
        elif tag == "title":
            self._in_title = True
        elif tag == "table":
            self._open_table()
        elif self._tables:
            self._inside_table(tag, dict(attrs))
        elif tag in _HEADINGS:
            self.flush()
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag in _BLOCKS:
            self.flush()
            self._kind = "list" if tag in ("li", "dd", "dt") else "paragraph"
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped_depth -= tag == self._skipped
            if self._skipped_depth == 0:
                self._skipped = ""
        elif tag == "title":
            self._in_title = False
        elif tag == "table":
            self._close_table()
        elif not self._tables and (tag in _BLOCKS or tag in _HEADINGS):
            self.flush()

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._in_title:
            self.title += data
        elif self._tables:
            if self._rows and self._rows[-1]:
                self._rows[-1][-1].text += data
        else:
            self._text.append(data)

    def flush(self) -> None:
        """Write the open block."""
        self._close_table(all_of_them=True)
        text = "".join(self._text)
        if self._kind == "heading" and self._level == 1:
            self.first_heading = self.first_heading or text.strip()
        self.draft.block(self._kind, text, self._level)
        self._text, self._kind, self._level = [], "paragraph", 0

    def _open_table(self) -> None:
        if not self._tables:
            self.flush()
        self._tables += 1

    def _inside_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr" and self._tables == 1:
            self._rows.append([])
        elif tag in ("td", "th") and self._tables == 1:
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append(_Cell(tag == "th", _span(attributes.get("colspan")), _span(attributes.get("rowspan"))))
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1].text += " "

    def _close_table(self, all_of_them: bool = False) -> None:
        if not self._tables:
            return
        self._tables = 0 if all_of_them else self._tables - 1
        if self._tables == 0:
            rows, self._rows = [row for row in self._rows if row], []
            headers = 0
            while headers < len(rows) and all(cell.is_header for cell in rows[headers]):
                headers += 1
            self.draft.table(_grid(rows), max(1, headers))


class _Cell:
    def __init__(self, is_header: bool, columns: int, rows: int) -> None:
        self.text = ""
        self.is_header = is_header
        self.columns = columns
        self.rows = rows


def _grid(rows: list[list[_Cell]]) -> list[list[str | Covered]]:
    """The cells at their places, with what their spans cover."""
    covered: dict[tuple[int, int], Covered] = {}
    grid: list[list[str | Covered]] = []
    for number, row in enumerate(rows):
        line: list[str | Covered] = []
        for cell in row:
            while (number, len(line)) in covered:
                line.append(covered[number, len(line)])
            column = len(line)
            line.append(cell.text)
            for down in range(min(cell.rows, len(rows) - number)):
                for right in range(cell.columns):
                    if down or right:
                        covered[number + down, column + right] = Covered(number, column)
        while (number, len(line)) in covered:
            line.append(covered[number, len(line)])
        grid.append(line)
    return grid


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def _hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name == "hidden" or (name == "style" and value and _HIDDEN_STYLE.search(value)) for name, value in attrs)
