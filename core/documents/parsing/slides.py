"""PowerPoint: each slide a page; its title, texts in reading order, tables, chart figures, diagrams and the speaker's notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from core.documents.parsed import ParsedDocument
from core.documents.parsing.cleaning import one_line, template
from core.documents.parsing.draft import Covered, Draft
from core.documents.parsing.given_title import given_title
from core.documents.parsing.progress import Progress
from core.documents.parsing.reading_order import Box, reading_order

_TITLES = frozenset((PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE))
_FURNITURE = frozenset((PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER))
_BODIES = frozenset((PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT))
_MAX_DEPTH = 20


@dataclass(frozen=True)
class _Placed:
    """A shape with its rectangle in the slide's own units (EMU), even when it sits in a scaled group."""

    shape: Any
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Frame:
    """Maps the coordinates inside a group to the slide: slide = offset + scale × inside."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0


def read_slides(path: Path, name: str, progress: Progress) -> ParsedDocument:
    """A PPTX file as a document with a page per slide, hidden ones too."""
    with path.open("rb") as file:
        presentation = Presentation(file)
    draft, title, total = Draft(), "", len(presentation.slides)
    progress.check_pages(total)
    repeated = _repeated(presentation)
    for number, slide in enumerate(presentation.slides, start=1):
        draft.page(str(number), hidden=slide.element.get("show") in ("0", "false"))
        heading = _write_slide(draft, slide, repeated)
        title = title or heading
        progress.done(number, total)
    return draft.finish("pptx", title or given_title(presentation.core_properties.title) or Path(name).stem)


def _repeated(presentation: Any) -> set[str]:
    """The running feet: texts of plain boxes that most slides share but for their numbers."""
    seen: Counter[str] = Counter()
    for slide in presentation.slides:
        boxes = (item.shape for item in _placed(slide.shapes, _Frame(), 0) if _placeholder(item.shape) is None)
        seen.update({template(shape.text_frame.text) for shape in boxes if shape.has_text_frame})
    enough = max(3, len(presentation.slides) // 2)
    return {text for text, count in seen.items() if text and count >= enough}


def _is_furniture(shape: Any, repeated: set[str]) -> bool:
    kind = _placeholder(shape)
    return kind in _FURNITURE or (kind is None and shape.has_text_frame and template(shape.text_frame.text) in repeated)


def _write_slide(draft: Draft, slide: Any, repeated: set[str]) -> str:
    """Write a slide and return its title."""
    placed = [item for item in _placed(slide.shapes, _Frame(), 0) if not _is_furniture(item.shape, repeated)]
    titles = [item for item in placed if _placeholder(item.shape) in _TITLES and item.shape.text_frame.text.strip()]
    heading = one_line(" ".join(item.shape.text_frame.text for item in titles))
    draft.block("heading", heading, 1)
    rest = [item for item in placed if not any(item is title for title in titles)]
    boxes = [Box(index, item.left, item.top, item.left + item.width, item.top + item.height) for index, item in enumerate(rest)]
    for index in reading_order(boxes):
        _write_shape(draft, rest[index].shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            draft.block("note", paragraph.text)
    return heading


def _placed(shapes: Any, frame: _Frame, depth: int) -> Iterator[_Placed]:
    for shape in shapes:
        left, top = frame.left + frame.across * (shape.left or 0), frame.top + frame.down * (shape.top or 0)
        width, height = frame.across * (shape.width or 0), frame.down * (shape.height or 0)
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _MAX_DEPTH:
            yield from _placed(shape.shapes, _inside(shape, left, top, width, height), depth + 1)
        else:
            yield _Placed(shape, left, top, width, height)


def _inside(group: Any, left: float, top: float, width: float, height: float) -> _Frame:
    transform = group.element.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
    offset = None if transform is None else transform.find(qn("a:chOff"))
    extent = None if transform is None else transform.find(qn("a:chExt"))
    if offset is None or extent is None:
        return _Frame(left, top)
    across = width / (int(extent.get("cx")) or 1)
    down = height / (int(extent.get("cy")) or 1)
    return _Frame(left - across * int(offset.get("x")), top - down * int(offset.get("y")), across, down)


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _write_shape(draft: Draft, shape: Any) -> None:
    if getattr(shape, "has_table", False):
        _write_table(draft, shape.table)
    elif getattr(shape, "has_chart", False):
        _write_chart(draft, shape.chart)
    elif shape.has_text_frame:
        is_body = _placeholder(shape) in _BODIES
        for paragraph in shape.text_frame.paragraphs:
            draft.block("list" if is_body or _has_bullet(paragraph) else "paragraph", paragraph.text)
    else:
        for text in _diagram_texts(shape):
            draft.block("list", text)


def _has_bullet(paragraph: Any) -> bool:
    properties = paragraph._p.find(qn("a:pPr"))
    return properties is not None and any(properties.find(qn(tag)) is not None for tag in ("a:buChar", "a:buAutoNum"))


def _write_table(draft: Draft, table: Any) -> None:
    grid: list[list[str | Covered]] = []
    covered: dict[tuple[int, int], Covered] = {}
    for number, row in enumerate(table.rows):
        grid.append([])
        for column, cell in enumerate(row.cells):
            if cell.is_merge_origin:
                for down in range(cell.span_height):
                    for right in range(cell.span_width):
                        covered[number + down, column + right] = Covered(number, column)
            home = covered.get((number, column))
            spanned = cell.is_spanned and home is not None and home != Covered(number, column)
            grid[-1].append(home if spanned and home else cell.text)
    draft.table(grid)


def _write_chart(draft: Draft, chart: Any) -> None:
    """The figures behind a chart, categories down and series across."""
    if chart.has_title and chart.chart_title.has_text_frame:
        draft.block("paragraph", chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        values = [list(one.values) for one in series]
        names = [str(category) for category in plot.categories] or [str(n + 1) for n in range(max(map(len, values), default=0))]
        rows: list[list[str | Covered]] = [["", *(one.name for one in series)]]
        for index, category in enumerate(names):
            rows.append([category, *(_figure(column[index]) if index < len(column) else "" for column in values)])
        draft.table(rows)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _diagram_texts(shape: Any) -> Iterator[str]:
    """The texts of a SmartArt diagram, which live in a part of their own."""
    relation = shape.element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")
    if relation is None:
        return
    part = shape.part.related_part(relation.get(qn("r:dm")))
    for paragraph in parse_xml(part.blob).iter(qn("a:p")):
        yield "".join(piece.text or "" for piece in paragraph.iter(qn("a:t")))
