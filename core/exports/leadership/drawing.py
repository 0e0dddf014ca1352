"""Tables, charts and text on slides: native, in a type that has Chinese, and never longer than their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from core.charts.lettering import cut, ems
from core.exports.leadership.blocks import Bars, Form, Table
from core.exports.leadership.measuring import shares
from core.exports.leadership.words import Words
from core.exports.word import clean

LATIN, CHINESE = "Arial", "Microsoft YaHei"
_SIZES, _LINES = (int(Pt(14)), int(Pt(12)), int(Pt(11))), 3
_PAD, _SIDE, _LEADING = int(Pt(4)), int(Pt(6)), 1.32
_INK, _BRAND, _HEAD = RGBColor(0x22, 0x28, 0x2E), RGBColor(0x1F, 0x4E, 0x79), RGBColor(0xEE, 0xF2, 0xF6)
_PAST, _SERIES = RGBColor(0xB9, 0xC2, 0xCA), (_BRAND, RGBColor(0xC8, 0x55, 0x3D), RGBColor(0x7A, 0x9E, 0x9F))
_FIGURES = frozenset({Form.COUNT, Form.MONEY, Form.SHARE, Form.FIGURE})
_FORMATS = {Form.COUNT: "#,##0", Form.MONEY: "#,##0", Form.SHARE: "0%", Form.FIGURE: "0.0"}


class Place(Protocol):
    """Where something stands."""

    left: int
    top: int
    width: int
    height: int


def made(parent: Any, tag: str) -> Any:
    """A new element at the end of another one."""
    child = OxmlElement(tag)
    parent.append(child)
    return child


def set_font(font: Any, latin: str = LATIN, chinese: str = CHINESE) -> None:
    """Name the type for Latin letters and for Chinese: PowerPoint looks at each by itself."""
    font.name = latin
    properties = font._rPr if hasattr(font, "_rPr") else font._element
    for tag in ("a:ea", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    after = properties.find(qn("a:latin"))
    east = made(properties, "a:ea")
    east.set("typeface", chinese)
    if after is not None:
        after.addnext(east)


def paragraph(frame: Any, text: str, size: int, colour: RGBColor, *, bold: bool = False, first: bool = False) -> Any:
    """A paragraph in a text box."""
    one = frame.paragraphs[0] if first else frame.add_paragraph()
    run = one.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold, run.font.color.rgb = size, bold, colour
    set_font(run.font)
    return one


def text_height(text: str, width: int, size: int) -> int:
    """How high a paragraph is, in the units of slides, with a little to spare for other types."""
    lines = max(1, -(-int(ems(text) * size * 1.05) // max(1, width)))
    return int(lines * size * _LEADING)


def type_size(one: Table, width: int, height: int, say: Words) -> int:
    """The largest type in which the whole table fits; the smallest where it does not fit at all."""
    for size in _SIZES:
        widths = _widths(one, width, say, size)
        shown = [[column.title for column in one.columns], *(_written(one, row, widths, say, size) for row in one.rows)]
        if sum(_row_height(row, widths, size) for row in shown) <= height:
            return size
    return _SIZES[-1]


def fitting(one: Table, width: int, height: int, say: Words, size: int) -> list[Table]:
    """The table in as many parts as it takes for each to fit below the other's heading."""
    widths = _widths(one, width, say, size)
    head = _row_height([column.title for column in one.columns], widths, size)
    parts: list[list[tuple[Any, ...]]] = [[]]
    used = head
    for row in one.rows:
        high = _row_height(_written(one, row, widths, say, size), widths, size)
        if parts[-1] and used + high > height:
            parts.append([])
            used = head
        parts[-1].append(row)
        used += high
    return [replace(one, rows=tuple(rows)) for rows in parts]


def add_table(slide: Any, at: Place, one: Table, say: Words) -> None:
    """A table of PowerPoint's own."""
    size = type_size(one, at.width, at.height, say)
    widths = _widths(one, at.width, say, size)
    shown = [[column.title for column in one.columns], *(_written(one, row, widths, say, size) for row in one.rows)]
    heights = [_row_height(row, widths, size) for row in shown]
    frame = slide.shapes.add_table(len(shown), len(widths), at.left, at.top, at.width, sum(heights))
    grid = frame.table
    # A style without fills and lines of its own: what is drawn below is all that is drawn.
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    grid.horz_banding = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Emu(width)
    for number, (texts, height) in enumerate(zip(shown, heights, strict=True)):
        grid.rows[number].height = Emu(height)
        for cell, text, column in zip(grid.rows[number].cells, texts, one.columns, strict=True):
            _cell(cell, text, size, right=column.form in _FIGURES, head=number == 0)


def add_bars(slide: Any, at: Place, one: Bars) -> None:
    """A chart whose data PowerPoint opens in a sheet."""
    data = CategoryChartData(number_format=_FORMATS.get(one.form, "General"))
    names = [cut(name, 22.0) for name in one.names]
    data.categories = names
    for series in one.series:
        data.add_series(series.name, series.values)
    kind = XL_CHART_TYPE.BAR_STACKED if one.across else XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = slide.shapes.add_chart(kind, at.left, at.top, at.width, at.height, data).chart
    chart.font.size, chart.font.color.rgb = Pt(12), _INK
    set_font(chart.font)
    chart.has_title = False
    chart.has_legend = len(one.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(chart, one)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if one.across else -5
    fresh = iter(_SERIES)
    for number, (drawn, series) in enumerate(zip(plot.series, one.series, strict=True)):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _PAST if series.past else next(fresh)
        drawn.invert_if_negative = False
        if not one.across or number == 0:
            _labels(drawn, one, inside=one.across)


def _axes(chart: Any, one: Bars) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines, values.visible = False, False
    names.format.line.color.rgb = _PAST
    names.has_major_gridlines = False
    if one.across:
        names.reverse_order = True
        values.visible = False


def _labels(drawn: Any, one: Bars, *, inside: bool) -> None:
    labels = drawn.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, _FORMATS.get(one.form, "General"), False
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if inside else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(11)
    labels.font.color.rgb = RGBColor(255, 255, 255) if inside else _INK
    set_font(labels.font)


def _widths(one: Table, width: int, say: Words, size: int) -> list[int]:
    return [int(width * part) for part in shares(one, width / size, say)]


def _written(one: Table, row: Sequence[Any], widths: Sequence[int], say: Words, size: int) -> list[str]:
    """A row as it stands on a slide: what takes more than three lines ends in an ellipsis."""
    return [
        cut(say.cell(cell, column.form), _LINES * (width - 2 * _SIDE) / size * 0.92)
        for cell, column, width in zip(row, one.columns, widths, strict=True)
    ]


def _row_height(texts: Sequence[str], widths: Sequence[int], size: int) -> int:
    return max(text_height(text, width - 2 * _SIDE, size) for text, width in zip(texts, widths, strict=True)) + 2 * _PAD


def _cell(cell: Any, text: str, size: int, *, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = _SIDE
    cell.margin_top = cell.margin_bottom = _PAD
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.word_wrap = True
    one = paragraph(cell.text_frame, text, size, _BRAND if head else _INK, bold=head, first=True)
    one.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    properties = cell._tc.get_or_add_tcPr()
    line = made(properties, "a:lnB")
    line.set("w", str(Pt(1.25) if head else Pt(0.5)))
    solid = made(made(line, "a:solidFill"), "a:srgbClr")
    solid.set("val", "1F4E79" if head else "DDE1E4")
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _HEAD
