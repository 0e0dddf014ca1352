"""Office papers as DOCX: real heading styles, and bold lines without a style where the source asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from core.demo import markup

_TEXT, _HEADING = "宋体", "黑体"


def write(path: Path, title: str, lines: Sequence[str], blocks: Sequence[markup.Block], day: date) -> None:
    """Writes `title`, the `lines` under it and `blocks` to `path`; `day` is the date in the file's properties."""
    paper = docx.Document()
    _prepare(paper, title, day)
    _centred(paper, title, 20, _HEADING)
    for line in lines:
        _centred(paper, line, 12, _TEXT)
    for block in blocks:
        _add(paper, block)
    paper.save(str(path))


def _prepare(paper: Any, title: str, day: date) -> None:
    normal = paper.styles["Normal"]
    normal.font.size, normal.font.name = Pt(12), "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _TEXT)
    for level in range(1, 5):
        heading = paper.styles[f"Heading {level}"]
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), _HEADING)
        heading.font.size = Pt(18 - 2 * level)
    section = paper.sections[0]
    section.header.paragraphs[0].text = f"示例（虚构）｜{title}"
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(section.footer.paragraphs[0])
    properties, stamp = paper.core_properties, datetime(day.year, day.month, day.day, 9)
    properties.title, properties.author, properties.last_modified_by = title, "示例银行（虚构）", "示例银行（虚构）"
    properties.created = properties.modified = stamp
    properties.comments = "示例（虚构）"


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _centred(paper: Any, text: str, size: int, font: str) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _typed(paragraph.add_run(text), size, font, bold=font == _HEADING)


def _typed(run: Any, size: int, font: str, *, bold: bool) -> None:
    run.bold, run.font.size = bold, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _add(paper: Any, block: markup.Block) -> None:
    match block:
        case markup.Heading(level, text, True):
            paper.add_heading(text, level)
        case markup.Heading(_, text, False):
            _typed(paper.add_paragraph().add_run(text), 14, _HEADING, bold=True)
        case markup.Paragraph(text):
            paper.add_paragraph(text).paragraph_format.first_line_indent = Pt(24)
        case markup.Item(text, _, "•"):
            paper.add_paragraph(text, style="List Bullet")
        case markup.Item(text, _, marker):
            paper.add_paragraph(f"{marker} {text}").paragraph_format.left_indent = Pt(24)
        case markup.Table():
            _add_table(paper, block)
        case _:
            raise TypeError(block)


def _add_table(paper: Any, table: markup.Table) -> None:
    if table.caption:
        _centred(paper, table.caption, 11, _HEADING)
    grid = paper.add_table(rows=0, cols=len(table.rows[0]), style="Table Grid")
    for number, row in enumerate(table.rows):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _typed(cell.paragraphs[0].add_run(text), 10, _HEADING if number == 0 else _TEXT, bold=number == 0)
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    paper.add_paragraph()
