"""The decks as PowerPoint files whose tables and charts PowerPoint can edit, in the bank's own template or in the product's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from core.charts.lettering import cut, ems
from core.exports.leadership.blocks import Bars, Block, Head, Lack, Matter, Picture, Said, Section, Table, Tone
from core.exports.leadership.drawing import add_bars, add_table, fitting, paragraph, set_font, text_height, type_size
from core.exports.leadership.slide_master import FIRST, default_template
from core.exports.leadership.templates import CONTENT, HEADING, MARK, Checked, checked, facts, filled
from core.exports.leadership.terms import Paper, Part
from core.exports.leadership.words import Words
from core.exports.word import clean
from core.i18n import Language, Message

__all__ = ["check_template", "default_template", "write"]

_MOST_SLIDES, _ABOVE, _TOGETHER = 3, 4, 8
_NOTE, _ITEM, _TEXT, _TITLE = Pt(11), Pt(18), Pt(20), Pt(26)
# Sizes of a title, the template's own first; a line is so much higher than its type, and words break before the edge.
_TITLES, _LINE, _LOOSE = (Pt(24), Pt(20), Pt(17), Pt(14)), 1.17, 1.12
_INK, _QUIET, _BRAND = RGBColor(0x22, 0x28, 0x2E), RGBColor(0x66, 0x70, 0x7A), RGBColor(0x1F, 0x4E, 0x79)
_GAP = Pt(8)


@dataclass(frozen=True)
class Area:
    """Where something stands on a slide."""

    left: int
    top: int
    width: int
    height: int


def size_of_title(title: str, width: int, height: int) -> Any:
    """The size at which a title fits its place, None where its own does: a finding in words may be long, in English most of all."""
    for size in _TITLES:
        lines = max(1, int(height / (size * _LINE)))
        if ems(title) * _LOOSE * size <= lines * width:
            return None if size == _TITLES[0] else size
    return _TITLES[-1]


def check_template(content: bytes) -> Checked:
    """What a .pptx holds. Raises whatever python-pptx raises where it is none."""
    shown = Presentation(io.BytesIO(content))
    texts = [shape.text_frame.text for slide in shown.slides for shape in slide.shapes if shape.has_text_frame]
    alone = [found[1] for text in texts if (found := MARK.fullmatch(text.strip()))]
    return checked(Paper.DECISION, [name for text in texts for name in MARK.findall(text)], alone)


def write(matter: Matter, language: Language, template: bytes | None = None) -> bytes:
    """The file."""
    return _Deck(template or default_template(language), matter, language).write()


class _Deck:
    """A template that is being filled."""

    def __init__(self, template: bytes, matter: Matter, language: Language) -> None:
        self._matter, self._say = matter, Words(language)
        self._shown: Any = Presentation(io.BytesIO(template))
        self._pattern, self._area = self._find(CONTENT)
        _slide, self._heading = self._find(HEADING, self._pattern)
        properties = self._shown.core_properties
        properties.title, properties.author, properties.last_modified_by = matter.cover.title, matter.cover.made_by[:255], ""

    def write(self) -> bytes:
        """The slides of every section where the template has the one for content; then the small places."""
        before = len(self._shown.slides)
        for section in self._matter.sections:
            self._section(section)
        made = list(self._shown.slides._sldIdLst)[before:]
        place = list(self._shown.slides).index(self._pattern)
        self._drop(place)
        for offset, one in enumerate(made):
            self._shown.slides._sldIdLst.remove(one)
            self._shown.slides._sldIdLst.insert(place + offset, one)
        known = facts(self._matter, self._say)
        for slide in self._shown.slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    _fill_in(shape.text_frame, known)
        content = io.BytesIO()
        self._shown.save(content)
        return content.getvalue()

    def _find(self, name: str, within: Any = None) -> tuple[Any, Area | None]:
        for slide in self._shown.slides if within is None else [within]:
            for shape in slide.shapes:
                if shape.has_text_frame and (found := MARK.fullmatch(shape.text_frame.text.strip())) and found[1] == name:
                    return slide, Area(shape.left, shape.top, shape.width, shape.height)
        return within, None

    def _drop(self, place: int) -> None:
        listed = self._shown.slides._sldIdLst
        one = list(listed)[place]
        self._shown.part.drop_rel(one.get(qn("r:id")))
        listed.remove(one)

    def _section(self, section: Section) -> None:
        for title, blocks in _slides_of(section, self._say):
            self._fill(self._slide(title), blocks)

    def _slide(self, title: str) -> Any:
        slide = self._shown.slides.add_slide(self._pattern.slide_layout)
        if slide.shapes.title is not None:
            slide.shapes.title.text_frame.text = clean(title)
            smaller = size_of_title(clean(title), slide.shapes.title.width, slide.shapes.title.height)
            for run in slide.shapes.title.text_frame.paragraphs[0].runs:
                set_font(run.font)
                run.font.size = smaller
        # What the pattern has beside its places (a logo, a line, a foot) stands on every slide.
        for shape in self._pattern.shapes:
            mark = MARK.fullmatch(shape.text_frame.text.strip()) if shape.has_text_frame else None
            if shape.is_placeholder or (mark and mark[1] in (CONTENT, HEADING)) or shape.shape_type == 13:
                continue
            slide.shapes._spTree.append(deepcopy(shape._element))
        for empty in [one for one in slide.placeholders if one != slide.shapes.title and not one.text_frame.text]:
            empty._element.getparent().remove(empty._element)
        if self._heading is not None and slide.shapes.title is None:
            box = self._box(slide, self._heading)
            paragraph(box.text_frame, title, _TITLE, _BRAND, bold=True, first=True)
        return slide

    def _box(self, slide: Any, at: Area) -> Any:
        box = slide.shapes.add_textbox(at.left, at.top, at.width, at.height)
        frame = box.text_frame
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return box

    def _fill(self, slide: Any, blocks: Sequence[Block]) -> None:
        at = self._area or Area(FIRST.left, FIRST.top, FIRST.width, FIRST.height)
        for block in blocks:
            if isinstance(block, Said | Lack):
                at = self._sentence(slide, at, block)
            elif isinstance(block, Table):
                self._noted(slide, at, block.note, lambda area, one=block: add_table(slide, area, one, self._say))
            elif isinstance(block, Bars):
                self._noted(slide, at, block.note, lambda area, one=block: add_bars(slide, area, one))
            elif isinstance(block, Picture):
                self._noted(slide, at, block.note, lambda area, one=block: _picture(slide, area, one))

    def _sentence(self, slide: Any, at: Area, block: Said | Lack) -> Area:
        item = isinstance(block, Said) and block.tone is Tone.ITEM
        size = _ITEM if item else _TEXT
        text = f"·  {block.text}" if item else block.text
        height = min(at.height, text_height(text, at.width, size) + _GAP)
        box = self._box(slide, replace(at, height=height))
        paragraph(box.text_frame, text, size, _INK, first=True)
        return Area(at.left, at.top + height, at.width, max(0, at.height - height))

    def _noted(self, slide: Any, at: Area, note: str, draw: Any) -> None:
        """Something with the line below it that says what it rests on."""
        high = text_height(note, at.width, _NOTE) + _GAP if note else 0
        draw(Area(at.left, at.top, at.width, at.height - high))
        if note:
            box = self._box(slide, Area(at.left, at.top + at.height - high + _GAP, at.width, high - _GAP))
            paragraph(box.text_frame, note, _NOTE, _QUIET, first=True)


def _slides_of(section: Section, say: Words) -> list[tuple[str, list[Block]]]:
    """What stands on which slide: sentences together, every chart, picture and part of a table on one of its own.

    A few sentences before a table stand above it.
    """
    found: list[tuple[str, list[Block]]] = []
    short = _short(section.blocks)
    sentences: list[Block] = [one for one in short if isinstance(one, Said | Lack)]
    above = (
        sentences if len(sentences) <= _ABOVE and any(isinstance(one, Table) for one in short[len(sentences) : len(sentences) + 1]) else []
    )
    for block in short:
        if isinstance(block, Table):
            found += _parts(section, block, say, [] if found else above)
        elif isinstance(block, Bars | Picture):
            found.append((f"{section.title}｜{block.title}", [block]))
    if above:
        return found
    return [*((section.title, sentences[one : one + _TOGETHER]) for one in range(0, len(sentences), _TOGETHER)), *found]


def _short(blocks: Sequence[Block]) -> list[Block]:
    """What is for slides: no running text, no table that only readers and sheets need, nothing below an inner heading."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Head):
            break
        reading = isinstance(block, Table) and (block.sheet_only or block.reading or not block.rows)
        if not reading and not (isinstance(block, Said) and not block.short):
            kept.append(block)
    return kept


def _parts(section: Section, one: Table, say: Words, above: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """A table on as many slides as a deck bears; what is left over is in the workbook, and said to be."""
    title = f"{section.title}｜{one.title}" if one.title and one.title != section.title else section.title
    told = say(Message("列前 {rows} 行，全部见 Excel 数据表。", rows=len(one.rows)))
    room = FIRST.height - text_height(one.note + told, FIRST.width, _NOTE) - 2 * _GAP
    room -= sum(text_height(block.text, FIRST.width, _TEXT) + _GAP for block in above if isinstance(block, Said | Lack))
    size = type_size(one, FIRST.width, room, say)
    parts = fitting(one, FIRST.width, room, say, size)[: _MOST_SLIDES if section.part is Part.PROJECTS else 1]
    shown = sum(len(part.rows) for part in parts)
    rest = say(Message("列前 {rows} 行，全部见 Excel 数据表。", rows=shown)) if shown < len(one.rows) else ""
    note = say.together(one.note, rest)
    parts = [replace(part, note=note) for part in parts]
    if len(parts) == 1:
        return [(title, [*above, parts[0]])]
    named = [say(Message("{title}（{part}/{parts}）", title=title, part=number, parts=len(parts))) for number in range(1, len(parts) + 1)]
    return [(name, [*(above if number == 0 else ()), part]) for number, (name, part) in enumerate(zip(named, parts, strict=True))]


def _picture(slide: Any, at: Area, one: Picture) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(one.png), at.left, at.top)
    scale = min(at.width / shape.width, at.height / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape.left = Emu(at.left + (at.width - shape.width) // 2)
    shape._element.nvPicPr.cNvPr.set("descr", clean(cut(one.title, 200)))


def _fill_in(frame: Any, known: dict[str, str]) -> None:
    for one in frame.paragraphs:
        for run in one.runs:
            if MARK.search(run.text):
                run.text = clean(filled(run.text, known))
        whole = "".join(run.text for run in one.runs)
        if filled(whole, known) != whole and one.runs:
            one.runs[0].text = clean(filled(whole, known))
            for run in one.runs[1:]:
                run.text = ""
