"""PDF: text with its structure from the text layer, pages without one from their picture."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from core.documents.parsed import Page, ParsedDocument
from core.documents.parsing.cleaning import clean, with_usual_shapes
from core.documents.parsing.draft import Draft
from core.documents.parsing.filetype import password_message
from core.documents.parsing.given_title import given_title
from core.documents.parsing.headings import Sign, is_heading, levels, numbering_rank
from core.documents.parsing.pdf_columns import gutter, unfolded
from core.documents.parsing.pdf_layout import (
    Grid,
    Measure,
    Paragraph,
    Sheet,
    measure,
    paragraphs,
    squeezed,
    without_furniture,
)
from core.documents.parsing.pdf_lines import Line, glyphs, lines_of, pieces_of, readable
from core.documents.parsing.pdf_tables import ruled_tables
from core.documents.parsing.progress import Progress
from core.errors import BadInput
from core.i18n import Message

_log = logging.getLogger(__name__)
# A page with fewer characters than this and a picture on it was scanned, perhaps stamped with a number afterwards.
_FEW_CHARACTERS = 25
_PICTURE_SHARE = 0.4
# So many shapes or text runs on a page without a readable letter are its letters.
_DRAWN_LETTERS = 20
_MAX_OUTLINE_DEPTH = 8
_Outline = dict[tuple[int, str], int]


def read_pdf(path: Path, name: str, progress: Progress) -> ParsedDocument:
    """A PDF file as a document."""
    pictures = _open(path)
    total = len(pictures)
    if total == 0:
        raise BadInput(_damaged())
    progress.check_pages(total)
    texts = _text_pages(path, pictures)
    sheets: list[Sheet] = []
    for number in range(total):
        sheets.append(_sheet(texts[number] if texts else None, pictures, number, progress))
        progress.done(number + 1, total)
    metadata = given_title(pictures.get_metadata_dict().get("Title", ""))
    return _document(sheets, _outline(pictures), metadata, Path(name).stem)


def _open(path: Path) -> Any:
    """The file in pdfium, which also reads many broken ones; else after pypdf has written it anew."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInput(password_message()) from error
        _log.warning("pdfium cannot open the file (%s), trying to rewrite it", error)
    import pypdf

    rewritten = io.BytesIO()
    try:
        pypdf.PdfWriter(clone_from=pypdf.PdfReader(path, strict=False)).write(rewritten)
        return pypdfium2.PdfDocument(rewritten.getvalue())
    except Exception as error:  # pypdf raises errors of every type on broken files
        raise BadInput(_damaged()) from error


def _damaged() -> Message:
    return Message("PDF 已损坏，打不开。请用原来的软件重新导出 PDF，再上传。")


def _text_pages(path: Path, pictures: Any) -> list[Any] | None:
    """The pages in pdfplumber, from the file or else as pdfium saves it anew; None when neither gives all pages."""
    for attempt in ("as it is", "saved anew"):
        try:
            source: Path | io.BytesIO = path
            if attempt == "saved anew":
                source = io.BytesIO()
                pictures.save(source)
            pages: list[Any] = list(pdfplumber.open(source).pages)
        except Exception as error:  # pdfminer raises errors of every type on broken files
            _log.warning("pdfminer cannot open the file %s: %s", attempt, type(error).__name__)
            continue
        if len(pages) == len(pictures):
            return pages
    return None


def _sheet(page: Any | None, pictures: Any, number: int, progress: Progress) -> Sheet:
    try:
        sheet, legible = _text_sheet(page) if page is not None else (None, 0)
    except Exception as error:  # pdfminer raises errors of every type on broken pages
        _log.warning("pdfminer cannot read page %d: %s", number + 1, type(error).__name__)
        sheet, legible = None, 0
    if sheet is None:
        sheet = _bare_sheet(pictures[number])
        legible = sum(len(line.text) for line in sheet.lines)
    if legible < _FEW_CHARACTERS and _is_pictured(pictures[number], legible):
        from core.documents.parsing.ocr import read_picture

        progress.before_ocr(number + 1)
        lines = read_picture(pictures[number])
        if lines:
            return Sheet(sheet.width, sheet.height, lines, ocr=True)
    return sheet


def _text_sheet(page: Any) -> tuple[Sheet, int]:
    """A page's lines and tables, and how many characters of it can be read: none when most have no known letter."""
    width, height = float(page.width), float(page.height)
    found = glyphs(page.chars, height, width)
    legible = readable(found)
    if sum(1 for glyph in found if glyph.text.strip()) > 2 * legible:
        legible = 0
    tables, rest = ruled_tables(page, found)
    lines = lines_of(rest, gutter(pieces_of(rest)))
    sheet = Sheet(width, height, sorted(lines, key=lambda line: line.top), tables)
    page.close()
    return sheet, legible


def _is_pictured(picture: Any, legible: int) -> bool:
    """Whether pictures cover a good part of a pypdfium2 page, or its letters are drawn as shapes or in a font without letters."""
    width, height = picture.get_size()
    covered, drawn = 0.0, 0
    for shape in picture.get_objects(max_depth=3):
        if shape.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        else:
            drawn += 1
    return covered >= _PICTURE_SHARE * width * height or (legible == 0 and drawn >= _DRAWN_LETTERS)


def _bare_sheet(picture: Any) -> Sheet:
    """A page as pdfium tells its text: lines without their places and sizes."""
    width, height = picture.get_size()
    lines = [line.strip() for line in clean(picture.get_textpage().get_text_range()).split("\n")]
    step = height * 0.7 / (len(lines) + 1)
    return Sheet(
        width,
        height,
        [
            Line(text, width * 0.1, width * 0.9, height * 0.15 + n * step, height * 0.15 + (n + 1) * step, 10.0)
            for n, text in enumerate(lines)
            if text
        ],
    )


def _outline(pictures: Any) -> _Outline:
    """The level of each bookmark, from 1, by its page (from 0) and its text without spaces."""
    found: _Outline = {}
    for mark in pictures.get_toc(max_depth=_MAX_OUTLINE_DEPTH):
        target = mark.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            found.setdefault((page, squeezed(clean(mark.get_title()))), mark.level + 1)
    return found


def _document(sheets: list[Sheet], outline: _Outline, metadata_title: str, stem: str) -> ParsedDocument:
    without_furniture(sheets)
    sheets = [unfolded(sheet) for sheet in sheets]
    usual = measure(sheets)
    items = paragraphs(sheets, usual, set(outline))
    title = _title(items, usual)
    heads = [
        item
        for item in items
        if isinstance(item, Paragraph) and item is not title and _is_heading(item, usual, outline, sheets[item.page].ocr)
    ]
    heads = _without_cover(heads, title)
    depths = dict(zip(map(id, heads), levels([_sign(head, outline) for head in heads]), strict=True))
    if title is not None:
        depths[id(title)] = 1
    draft = Draft()
    for item in items:
        _begin_pages(draft, item.page + 1, sheets)
        _write(draft, item, depths.get(id(item)), sheets)
    _begin_pages(draft, len(sheets), sheets)
    document = draft.finish("pdf", title.text if title is not None else metadata_title or stem)
    return replace(document, text=with_usual_shapes(document.text), title=with_usual_shapes(document.title))


def _page(number: int, sheets: list[Sheet]) -> Page:
    return Page(number, f"第{number}页", 0, 0, sheets[number - 1].ocr)


def _begin_pages(draft: Draft, upto: int, sheets: list[Sheet]) -> None:
    for number in range(draft.page_number + 1, upto + 1):
        draft.page(_page(number, sheets).label, ocr=sheets[number - 1].ocr)


def _write(draft: Draft, item: Paragraph | Grid, level: int | None, sheets: list[Sheet]) -> None:
    if isinstance(item, Grid):
        rows = {row: _page(page + 1, sheets) for page, row in item.page_rows.items()}
        draft.table(item.rows, item.header_rows, rows)
        return
    breaks = {offset: _page(page + 1, sheets) for page, offset in item.breaks.items()}
    if level is not None:
        draft.block("heading", item.text, level, breaks)
    else:
        draft.block(item.kind, item.text, 0, breaks)


def _is_heading(item: Paragraph, usual: Measure, outline: _Outline, ocr: bool) -> bool:
    if item.kind != "paragraph":
        return False
    if (item.page, squeezed(item.text)) in outline:
        return True
    if len(item.lines) > 3 or item.breaks:
        return False
    size = item.lines[0].size
    larger = size >= usual.size * 1.2 if ocr else size >= usual.size + 1
    return is_heading(item.text, bold=all(line.bold for line in item.lines), larger=larger)


def _sign(head: Paragraph, outline: _Outline) -> Sign:
    return Sign(head.text, outline.get((head.page, squeezed(head.text))), head.lines[0].size)


def _title(items: list[Paragraph | Grid], usual: Measure) -> Paragraph | None:
    """The largest text of the first page, if it is clearly larger than the running text and not a numbered heading."""
    first = [item for item in items if isinstance(item, Paragraph) and item.page == 0 and item.kind == "paragraph"]
    largest = max(first, key=lambda item: item.lines[0].size, default=None)
    if largest is None or largest.lines[0].size < usual.size * 1.2 or numbering_rank(largest.text) is not None:
        return None
    return largest if len(largest.text) <= 120 else None


def _without_cover(heads: list[Paragraph], title: Paragraph | None) -> list[Paragraph]:
    """On the title's page, what stands before the first numbered heading (issuer, date, number) is no heading."""
    if title is None:
        return heads
    numbered = next((n for n, head in enumerate(heads) if head.page > 0 or numbering_rank(head.text) is not None), len(heads))
    return heads[numbered:]
