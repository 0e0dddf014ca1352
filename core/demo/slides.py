"""A line's plan as PPTX: titles, bullets, tables, boxes drawn as one group, speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from core.demo import markup

_WIDTH, _HEIGHT, _SIDE, _FONT = Cm(33.867), Cm(19.05), Cm(2), "微软雅黑"
_INK, _ACCENT = RGBColor(0x22, 0x28, 0x2E), RGBColor(0x1F, 0x4E, 0x79)
_TITLE_ONLY = 5  # the layout of python-pptx's default template that holds a title and nothing else


def write(path: Path, title: str, deck: Sequence[Sequence[markup.Block]], day: date) -> None:
    """Writes one slide for each list of blocks in `deck`; the first block of a slide is its title."""
    show = pptx.Presentation()
    show.slide_width, show.slide_height = _WIDTH, _HEIGHT
    for number, blocks in enumerate(deck, 1):
        _add_slide(show, blocks, number)
    properties = show.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "示例银行（虚构）", "示例银行（虚构）"
    properties.created = properties.modified = datetime(day.year, day.month, day.day, 9)
    show.save(str(path))


def _add_slide(show: Any, blocks: Sequence[markup.Block], number: int) -> None:
    slide = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    heading, *rest = blocks
    if not isinstance(heading, markup.Heading):
        raise TypeError(heading)
    place = slide.shapes.title
    place.left, place.top, place.width, place.height = _SIDE, Cm(1), _WIDTH - 2 * _SIDE, Cm(2.2)
    _type(place.text_frame.paragraphs[0], heading.text, 28, _ACCENT)
    top = int(Cm(3.8))
    for group in _in_runs(rest):
        top = _place(slide, group, top)
    _footer(slide, number)


def _in_runs(blocks: Sequence[markup.Block]) -> list[list[markup.Block]]:
    """Neighbouring list lines share one text box, and neighbouring rows of boxes share one group."""
    runs: list[list[markup.Block]] = []
    for block in blocks:
        if runs and type(runs[-1][0]) is type(block) and isinstance(block, markup.Item | markup.Boxes):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _place(slide: Any, group: Sequence[markup.Block], top: int) -> int:
    match group[0]:
        case markup.Note(text):
            slide.notes_slide.notes_text_frame.text = text
            return top
        case markup.Table() as table:
            return _place_table(slide, table, top)
        case markup.Boxes():
            return _place_boxes(slide, [block.texts for block in group if isinstance(block, markup.Boxes)], top)
        case markup.Item():
            return _place_list(slide, [block for block in group if isinstance(block, markup.Item)], top)
    raise TypeError(group[0])


def _place_list(slide: Any, items: Sequence[markup.Item], top: int) -> int:
    height = int(Cm(1.3)) * len(items)
    frame = slide.shapes.add_textbox(_SIDE, top, _WIDTH - 2 * _SIDE, height).text_frame
    frame.word_wrap = True
    for number, item in enumerate(items):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.level, paragraph.space_after = item.depth, Pt(6)
        _type(paragraph, f"{item.marker} {item.text}", 20 - 2 * item.depth, _INK)
    return top + height + int(Cm(0.6))


def _place_table(slide: Any, table: markup.Table, top: int) -> int:
    height = int(Cm(1.05)) * len(table.rows)
    frame = slide.shapes.add_table(len(table.rows), len(table.rows[0]), _SIDE, top, _WIDTH - 2 * _SIDE, height)
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            white = RGBColor(0xFF, 0xFF, 0xFF)
            _type(frame.table.cell(row, column).text_frame.paragraphs[0], text, 15, white if row == 0 else _INK)
    return top + height + int(Cm(0.6))


def _place_boxes(slide: Any, rows: Sequence[Sequence[str]], top: int) -> int:
    group, height, gap = slide.shapes.add_group_shape(), int(Cm(1.9)), int(Cm(0.5))
    for number, texts in enumerate(rows):
        width = (_WIDTH - 2 * _SIDE - gap * (len(texts) - 1)) // len(texts)
        for column, text in enumerate(texts):
            left = _SIDE + column * (width + gap)
            above = top + number * (height + gap)
            box = group.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, left, above, width, height)
            _type(box.text_frame.paragraphs[0], text, 18, RGBColor(0xFF, 0xFF, 0xFF))
    return top + len(rows) * (height + gap)


def _footer(slide: Any, number: int) -> None:
    box = slide.shapes.add_textbox(_SIDE, _HEIGHT - Cm(1.3), _WIDTH - 2 * _SIDE, Cm(0.9))
    _type(box.text_frame.paragraphs[0], f"示例（虚构）｜示例银行零售金融部｜{number}", 10, _INK)


def _type(paragraph: Any, text: str, size: int, colour: RGBColor) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.color.rgb = Pt(size), colour
    properties = run._r.get_or_add_rPr()
    asian = properties.makeelement(qn("a:ea"), {"typeface": _FONT})
    properties.append(asian)
