"""Word documents: headings by style, outline level or look, numbers as Word shows them, tables, footnotes and text boxes in place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from core.documents.parsed import Page, ParsedDocument
from core.documents.parsing.cleaning import one_line
from core.documents.parsing.draft import Covered, Draft
from core.documents.parsing.given_title import given_title
from core.documents.parsing.headings import Sign, is_heading, levels, numbering_rank
from core.documents.parsing.word_numbering import Numbering
from core.documents.parsing.word_styles import Look, Styles, is_on

_TRANSPARENT = frozenset(
    qn(tag) for tag in ("w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml")
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Stands for a page break while a paragraph is read.
_BREAK = "\U0010fffd"
_MAX_HEADING = 80


@dataclass
class _Paragraph:
    text: str
    breaks: list[int]
    look: Look
    is_contents: bool = False
    is_item: bool = False
    notes: list[str] = field(default_factory=list)
    boxes: list[_Paragraph | _Grid] = field(default_factory=list)


@dataclass
class _Grid:
    rows: list[list[str | Covered]]
    header_rows: int
    break_rows: list[int]


def read_word(path: Path, name: str) -> ParsedDocument:
    """A DOCX file as a document; its pages are those that Word has last laid out, or those between explicit page breaks."""
    with path.open("rb") as file:
        document = docx.Document(file)
    items = list(_Walk(document).items(document.element.body))
    paragraphs = [item for item in items if isinstance(item, _Paragraph)]
    body = _body_size(paragraphs)
    heads = [paragraph for paragraph in paragraphs if _heading(paragraph, body)]
    depths = dict(zip(map(id, heads), levels([_sign(paragraph) for paragraph in heads]), strict=True))
    draft = Draft()
    draft.page("第1页")
    for item in items:
        if isinstance(item, _Grid):
            _write_table(draft, item)
        else:
            _write(draft, item, depths.get(id(item)))
    return draft.finish("docx", _title(document, paragraphs, heads) or Path(name).stem)


def _page(number: int) -> Page:
    return Page(number, f"第{number}页", 0, 0)


def _write_table(draft: Draft, grid: _Grid) -> None:
    first = draft.page_number + 1
    draft.table(grid.rows, grid.header_rows, {row: _page(first + n) for n, row in enumerate(grid.break_rows)})


def _write(draft: Draft, paragraph: _Paragraph, level: int | None) -> None:
    inside = [offset for offset in paragraph.breaks if 0 < offset < len(paragraph.text)]
    for offset in paragraph.breaks:
        if offset == 0:
            draft.page(_page(draft.page_number + 1).label)
    breaks = {offset: _page(draft.page_number + 1 + n) for n, offset in enumerate(inside)}
    if level is not None:
        draft.block("heading", paragraph.text, 1 if paragraph.look.is_title else level, breaks)
    elif paragraph.is_contents:
        draft.block("contents", paragraph.text, 0, breaks)
    else:
        draft.block("list" if paragraph.is_item else "paragraph", paragraph.text, 0, breaks)
    for box in paragraph.boxes:
        _write_table(draft, box) if isinstance(box, _Grid) else draft.block("paragraph", box.text)
    for note in paragraph.notes:
        draft.block("note", note)
    if paragraph.text and any(offset == len(paragraph.text) for offset in paragraph.breaks):
        draft.page(_page(draft.page_number + 1).label)


def _body_size(paragraphs: list[_Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.look.size] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _heading(paragraph: _Paragraph, body_size: float) -> bool:
    look = paragraph.look
    if not paragraph.text or paragraph.is_contents or look.is_body:
        return False
    if look.level is not None or look.is_title:
        return len(paragraph.text) <= _MAX_HEADING or not paragraph.text.endswith(("。", "；", "."))
    return is_heading(paragraph.text, bold=look.bold, larger=look.size >= body_size + 1.5)


def _sign(paragraph: _Paragraph) -> Sign:
    return Sign(paragraph.text, paragraph.look.level, paragraph.look.size)


def _title(document: Any, paragraphs: list[_Paragraph], heads: list[_Paragraph]) -> str:
    titled = next((paragraph.text for paragraph in paragraphs if paragraph.look.is_title and paragraph.text), "")
    if titled:
        return titled
    opening = [paragraph for paragraph in paragraphs if paragraph.text][:5]
    largest = max(opening, key=lambda paragraph: paragraph.look.size, default=None)
    if largest is not None and numbering_rank(largest.text) is None and any(largest is head for head in heads):
        return largest.text
    return given_title(document.core_properties.title)


class _Walk:
    """Goes through the body once and keeps what it needs to know of the rest of the package."""

    def __init__(self, document: Any) -> None:
        self._numbering = Numbering.of(document)
        self._styles = Styles(document)
        self._notes = dict(_footnotes(document))
        body = document.element.body
        self._rendered = next(body.iter(qn("w:lastRenderedPageBreak")), None) is not None

    def items(self, container: Any) -> Iterator[_Paragraph | _Grid]:
        # Paragraphs whose mark was deleted with tracked changes: each runs on into the next.
        running_on: list[Any] = []
        for element in container:
            if element.tag == qn("w:p"):
                running_on.append(element)
                if _ends(element):
                    yield self._paragraph(running_on)
                    running_on = []
            elif element.tag == qn("w:tbl") or element.tag in _TRANSPARENT:
                if running_on:
                    yield self._paragraph(running_on)
                    running_on = []
                yield from self._table(element) if element.tag == qn("w:tbl") else self.items(element)
        if running_on:
            yield self._paragraph(running_on)

    def _paragraph(self, elements: list[Any]) -> _Paragraph:
        """One paragraph of the final text. It looks like the last of `elements` of which any words are left."""
        element = next((one for one in reversed(elements) if _has_words(one)), elements[-1])
        style = self._styles.of(element)
        look = self._styles.look(element, style)
        notes: list[str] = []
        boxes: list[_Paragraph | _Grid] = []
        pieces: list[str] = []
        for run in (run for one in elements for run in _runs(one)):
            pieces.append(self._run(run, notes, boxes))
        raw = "".join(pieces)
        if not self._rendered and is_on(element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")):
            raw = _BREAK + raw
        label = self._label(element, style)
        if label and raw.strip(_BREAK + " "):
            lead = len(raw) - len(raw.lstrip(_BREAK))
            raw = raw[:lead] + label + ("" if label.endswith(("、", "）")) else " ") + raw[lead:]
        text, breaks = _without_breaks(one_line(raw))
        is_contents = style.name.startswith("toc ") or style.name.startswith("目录")
        return _Paragraph(text, breaks, look, is_contents, label is not None, notes, boxes)

    def _run(self, run: Any, notes: list[str], boxes: list[_Paragraph | _Grid]) -> str:
        text = ""
        for child in run.iter():
            tag = child.tag
            if tag == qn("w:t") or tag == _MATH + "t":
                text += "" if _within(child, run, qn("w:txbxContent"), qn("w:rt"), _FALLBACK) else child.text or ""
            elif tag == qn("w:tab") or tag == qn("w:cr"):
                text += " "
            elif tag == qn("w:noBreakHyphen"):
                text += "-"
            elif tag == qn("w:lastRenderedPageBreak"):
                text += _BREAK
            elif tag == qn("w:br"):
                text += _BREAK if child.get(qn("w:type")) == "page" and not self._rendered else " "
            elif tag == qn("w:footnoteReference") or tag == qn("w:endnoteReference"):
                notes.append(self._notes.get((tag, child.get(qn("w:id"))), ""))
            elif tag == qn("w:txbxContent") and not _within(child, run, _FALLBACK):
                boxes.extend(self.items(child))
        return text

    def _label(self, element: Any, style: Any) -> str | None:
        """The number Word shows before this paragraph; "" for a bullet, None when it is in no list."""
        numbered = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        list_id, depth = self._styles.list_of(style) if numbered is None else _list_of(numbered, self._styles, style)
        return None if list_id in (None, "0") else self._numbering.next_label(str(list_id), depth)

    def _table(self, element: Any) -> Iterator[_Paragraph | _Grid]:
        rows = [row for row in element.iter(qn("w:tr")) if _nearest(row, qn("w:tbl")) is element]
        cells = [[cell for cell in row.iter(qn("w:tc")) if _nearest(cell, qn("w:tr")) is row] for row in rows]
        if sum(map(len, cells)) == 1:
            yield from self.items(cells[0][0])
            return
        grid = _Grid([], 0, [])
        open_merges: dict[int, Covered] = {}
        for number, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
            breaks = [sum(1 for _ in cell.iter(qn("w:lastRenderedPageBreak"))) for cell in row_cells]
            if max(breaks, default=0):
                grid.break_rows.append(number)
            grid.rows.append(self._row(number, row, row_cells, open_merges))
            if grid.header_rows == number and is_on(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")):
                grid.header_rows += 1
        grid.header_rows = max(grid.header_rows, 1)
        yield grid

    def _row(self, number: int, row: Any, cells: list[Any], open_merges: dict[int, Covered]) -> list[str | Covered]:
        before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        line: list[str | Covered] = [""] * (0 if before is None else min(int(before.get(qn("w:val"))), 60))
        for cell in cells:
            column, properties = len(line), cell.find(qn("w:tcPr"))
            span = None if properties is None else properties.find(qn("w:gridSpan"))
            merge = None if properties is None else properties.find(qn("w:vMerge"))
            width = 1 if span is None else max(1, min(int(span.get(qn("w:val"))), 60))
            continues = merge is not None and merge.get(qn("w:val")) != "restart" and column in open_merges
            if continues:
                line.extend([open_merges[column]] * width)
                continue
            line.append(self._cell_text(cell))
            line.extend([Covered(number, column)] * (width - 1))
            open_merges.pop(column, None)
            if merge is not None:
                open_merges[column] = Covered(number, column)
        return line

    def _cell_text(self, cell: Any) -> str:
        return " ".join(part for part in _texts(self.items(cell)) if part)


def _texts(items: Iterable[_Paragraph | _Grid]) -> Iterator[str]:
    """The texts of what stands in a cell, those of its tables and boxes too."""
    for item in items:
        if isinstance(item, _Grid):
            yield from (text for row in item.rows for text in row if isinstance(text, str))
        else:
            yield item.text
            yield from _texts(item.boxes)


def _ends(paragraph: Any) -> bool:
    """Whether the paragraph's mark is part of the final text: not deleted, nor moved away."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is None or (mark.find(qn("w:del")) is None and mark.find(qn("w:moveFrom")) is None)


def _has_words(paragraph: Any) -> bool:
    return any((piece.text or "").strip() for run in _runs(paragraph) for piece in run.iter(qn("w:t"), _MATH + "t"))


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph that are part of its final text, not those deleted or moved away, nor hidden ones."""
    for child in element:
        if child.tag == qn("w:r"):
            if not is_on(child.find(f"{qn('w:rPr')}/{qn('w:vanish')}")):
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _runs(child)
        elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
            yield child


def _without_breaks(text: str) -> tuple[str, list[int]]:
    pieces = re.split(f" ?{_BREAK} ?", text) if text.strip(_BREAK + " ") == "" else text.split(_BREAK)
    result, breaks = pieces[0], []
    for piece in pieces[1:]:
        breaks.append(len(result))
        result += piece
    lead = len(result) - len(result.lstrip())
    stripped = result.strip()
    return stripped, [min(max(offset - lead, 0), len(stripped)) for offset in breaks]


def _list_of(numbered: Any, styles: Styles, style: Any) -> tuple[str | None, int]:
    inherited, depth = styles.list_of(style)
    list_id, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    return (
        inherited if list_id is None else list_id.get(qn("w:val")),
        depth if level is None else int(level.get(qn("w:val"))),
    )


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _within(element: Any, top: Any, *tags: str) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag in tags:
            return True
    return False


def _footnotes(document: Any) -> Iterator[tuple[tuple[str, str], str]]:
    for kind in ("footnote", "endnote"):
        for rel in document.part.rels.values():
            if rel.reltype.endswith(f"/{kind}s"):
                for note in parse_xml(rel.target_part.blob).iter(qn(f"w:{kind}")):
                    text = "".join(piece.text or "" for piece in note.iter(qn("w:t")))
                    yield (qn(f"w:{kind}Reference"), str(note.get(qn("w:id")))), one_line(text)
