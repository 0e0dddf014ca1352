"""The text of documents as HTML of our own making: headings, paragraphs and tables, a passage marked. All of it is escaped."""

from __future__ import annotations

from html import escape

import streamlit as st

from core.documents import reading as reader
from core.documents.parsed import Block, Cell, ParsedDocument
from core.documents.reading import Screen

Mark = tuple[int, int] | None

_LINE = "1px solid rgba(128,140,150,0.35)"
_MARK = "background:#F6D98B;color:#22282E;border-radius:2px;padding:0.1em 0"
# Wide enough for 第一条 in one line: on a phone a table is moved sideways sooner than a column is squeezed to one character.
_CELL = "padding:5px 9px;text-align:left;min-width:4.6em"
_STYLES = {
    "heading": "margin:1.1em 0 0.4em",
    "list": "line-height:1.8;margin:0.3em 0 0.3em 1.5em",
    "note": "opacity:0.75;font-size:0.93em;margin:0.4em 0;padding-left:0.8em;border-left:3px solid rgba(128,140,150,0.35)",
    "contents": "opacity:0.75;margin:0.2em 0",
    "paragraph": "line-height:1.85;margin:0.55em 0",
}


def show_screen(parsed: ParsedDocument, screen: Screen, mark: Mark) -> None:
    """The blocks of a screen. Nothing in a document acts."""
    st.html("\n".join(_block(parsed, block, screen, mark) for block in reader.blocks_of(parsed, screen)))


def show_text(text: str) -> None:
    """A passage by itself: its lines, and lines of cells as a table."""
    parts: list[str] = []
    for is_table, lines in reader.runs_of_lines(text):
        if is_table:
            parts.append(_table([(False, [(_words(cell, 0, len(cell), None), 1) for cell in line.split(" | ")]) for line in lines]))
        else:
            parts += [f'<p style="{_STYLES["paragraph"]}">{escape(line)}</p>' for line in lines]
    st.html("\n".join(parts))


def _block(parsed: ParsedDocument, block: Block, screen: Screen, mark: Mark) -> str:
    table = reader.table_of(parsed, block)
    if table is not None:
        return _table([(is_head, _cells(parsed, row, mark)) for is_head, row in reader.rows_on(parsed, table, screen)])
    words = _words(parsed.text, block.start, block.end, mark)
    if block.kind == "heading":
        size = min(6, block.level + 2)
        return f'<h{size} style="{_STYLES["heading"]}">{words}</h{size}>'
    return f'<p style="{_STYLES.get(block.kind, _STYLES["paragraph"])}">{words}</p>'


def _cells(parsed: ParsedDocument, row: tuple[Cell, ...], mark: Mark) -> list[tuple[str, int]]:
    return [(_words(parsed.text, cell.start, cell.end, mark), span) for cell, span in reader.distinct_cells(row)]


def _table(rows: list[tuple[bool, list[tuple[str, int]]]]) -> str:
    lines = []
    for is_head, cells in rows:
        tag, weight = ("th", "600") if is_head else ("td", "400")
        lines.append(
            "<tr>"
            + "".join(
                f'<{tag} colspan="{span}" style="border:{_LINE};{_CELL};font-weight:{weight}">{words}</{tag}>' for words, span in cells
            )
            + "</tr>"
        )
    body = "".join(lines)
    return f'<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:0.7em 0;font-size:0.93em">{body}</table></div>'


def _words(text: str, start: int, end: int, mark: Mark) -> str:
    runs = []
    for piece in reader.pieces(text, start, end, mark):
        words = escape(piece.text).replace("\n", "<br>")
        runs.append(f'<mark style="{_MARK}">{words}</mark>' if piece.marked else words)
    return "".join(runs)
