"""Plans as PDF: cover, contents with page numbers, outline, header and footer, tables that repeat their first row."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Lines
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from core.demo import linebreak, markup
from core.demo.typeface import Typeface

_SIDE, _TOP, _BOTTOM = 26 * mm, 27 * mm, 25 * mm
_ROOM = A4[0] - 2 * _SIDE
_CELL_PADDING = 6
_RULE = colors.HexColor("#8A949C")
_SHADE = colors.HexColor("#EEF1F3")


@dataclass(frozen=True)
class Cover:
    """The first page: title, the lines under it, and the running header (which says that the paper is a sample)."""

    title: str
    lines: tuple[str, ...]
    header: str


@dataclass(frozen=True)
class _Faces:
    serif: str
    sans: str


def write(path: Path, cover: Cover, blocks: Sequence[markup.Block], typeface: Typeface, *, size: float = 14) -> None:
    """Writes the PDF to `path`; `size` is the size of the running text in points."""
    faces = _Faces(_register(typeface.serif), _register(typeface.sans))
    paper = _Paper(path, cover, faces)
    story: list[Flowable] = [*_cover(cover, faces), PageBreak(), *_contents(faces), PageBreak()]
    for position, block in enumerate(blocks):
        if position and isinstance(block, markup.Heading) and block.level == 1:
            story.append(PageBreak())
        story += _flowables(block, faces, size)
    paper.multiBuild(story)


class _Paper(BaseDocTemplate):  # type: ignore[misc]
    """A4 with one text frame; tells the contents and the outline where each heading fell."""

    def __init__(self, path: Path, cover: Cover, faces: _Faces) -> None:
        super().__init__(
            str(path),
            pagesize=A4,
            invariant=1,
            title=cover.title,
            author="示例银行（虚构）",
            subject=cover.header,
            lang="zh-CN",
        )
        frame = Frame(_SIDE, _BOTTOM, _ROOM, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=partial(_furniture, cover=cover, faces=faces)))

    def afterFlowable(self, flowable: Flowable) -> None:
        level = getattr(flowable, "outline_level", None)
        if level is None:
            return
        text, key = flowable.getPlainText(), f"heading-{self.seq.nextf('heading')}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level, closed=level > 0)
        if level < 2:
            self.notify("TOCEntry", (level, text, self.page, key))


def _furniture(canvas: Any, paper: BaseDocTemplate, *, cover: Cover, faces: _Faces) -> None:
    if paper.page == 1:
        return
    canvas.saveState()
    canvas.setFont(faces.sans, 9)
    canvas.drawString(_SIDE, A4[1] - 18 * mm, cover.header)
    canvas.setStrokeColor(_RULE)
    canvas.line(_SIDE, A4[1] - 20 * mm, A4[0] - _SIDE, A4[1] - 20 * mm)
    canvas.drawCentredString(A4[0] / 2, 14 * mm, f"第 {paper.page} 页")
    canvas.restoreState()


def _register(program: bytes) -> str:
    name = "Cexun" + hashlib.sha256(program).hexdigest()[:12]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(program)))
    return name


def _style(font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("", fontName=font, fontSize=size, leading=leading, wordWrap="CJK", **more)


def _set(text: str, style: ParagraphStyle, room: float = _ROOM) -> Lines:
    """A paragraph with its line ends decided here: reportlab's own breaking of Chinese leaves commas at line starts."""

    def width_of(part: str) -> float:
        return float(pdfmetrics.stringWidth(part, style.fontName, style.fontSize))

    parts = linebreak.lines(text, room, width_of, first_indent=style.firstLineIndent)
    return Lines("<br/>".join(escape(part) for part in parts), style)


def _cover(cover: Cover, faces: _Faces) -> list[Flowable]:
    title = _style(faces.sans, 26, 40, alignment=TA_CENTER)
    line = _style(faces.serif, 15, 30, alignment=TA_CENTER)
    mark = _style(faces.sans, 12, 20, alignment=TA_CENTER, textColor=colors.HexColor("#C8553D"))
    return [
        Spacer(0, 20 * mm),
        Lines("示例（虚构）", mark),
        Spacer(0, 40 * mm),
        Lines(escape(cover.title), title),
        Spacer(0, 70 * mm),
        *[Lines(escape(text), line) for text in cover.lines],
    ]


def _contents(faces: _Faces) -> list[Flowable]:
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [
        _style(faces.sans, 12, 22, spaceBefore=4),
        _style(faces.serif, 11.5, 19, leftIndent=18),
    ]
    return [Lines("目　录", _style(faces.sans, 18, 36, alignment=TA_CENTER)), contents]


def _flowables(block: markup.Block, faces: _Faces, size: float) -> list[Flowable]:
    match block:
        case markup.Heading(level, text):
            return [_heading(level, text, faces, size)]
        case markup.Paragraph(text):
            return [_set(text, _style(faces.serif, size, size * 1.75, firstLineIndent=2 * size, spaceAfter=3))]
        case markup.Item(text, _, marker):
            numbered = f"{marker}{'' if marker == '•' else ' '}{text}"
            return [_set(numbered, _style(faces.serif, size, size * 1.75, firstLineIndent=2 * size))]
        case markup.Table():
            return _table(block, faces)
    raise TypeError(block)


def _heading(level: int, text: str, faces: _Faces, size: float) -> Lines:
    scale, align = {1: (1.5, TA_CENTER), 2: (1.18, 0), 3: (1.05, 0), 4: (1.0, 0)}[level]
    indent = 0 if level < 3 else 2 * size
    spacing = {"spaceBefore": 10, "spaceAfter": 5, "keepWithNext": 1}
    style = _style(faces.sans, size * scale, size * scale * 1.7, alignment=align, firstLineIndent=indent, **spacing)
    heading = Lines(escape(text), style)
    heading.outline_level = level - 1
    return heading


def _table(table: markup.Table, faces: _Faces) -> list[Flowable]:
    cell = _style(faces.serif, 10.5, 16)
    head = _style(faces.sans, 10.5, 16, alignment=TA_CENTER)
    widths = _widths(table.rows)
    rows = [
        [_set(text, head if number == 0 else cell, width - 2 * _CELL_PADDING - 1) for text, width in zip(row, widths, strict=True)]
        for number, row in enumerate(table.rows)
    ]
    grid = Grid(rows, colWidths=widths, repeatRows=1, spaceAfter=12)
    grid.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.6, _RULE),
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ])  # fmt: skip
    caption = _style(faces.sans, 11, 20, alignment=TA_CENTER, spaceBefore=8, keepWithNext=1)
    return [Lines(escape(table.caption), caption), grid] if table.caption else [grid]


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    longest = [max(min(len(row[column]), 18) for row in rows) + 2 for column in range(len(rows[0]))]
    return [_ROOM * length / sum(longest) for length in longest]
