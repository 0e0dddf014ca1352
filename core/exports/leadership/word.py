"""The annual plan as a Word file, in the bank's own template or in the product's."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from core.charts import pictures
from core.charts.bars import bar_chart
from core.charts.look import LIGHT, PRINT_FONT
from core.exports.leadership.blocks import Bars, Block, Form, Head, Lack, Matter, Said, Section, Table, Tone
from core.exports.leadership.measuring import shares
from core.exports.leadership.templates import CONTENT, CONTENTS, FACTS, MARK, Checked, checked, facts, filled
from core.exports.leadership.terms import Paper as Kind
from core.exports.leadership.terms import Part
from core.exports.leadership.words import Words
from core.exports.word import Paper, clean
from core.i18n import Language, Message
from core.patterns import lazily

_SHARP = 2.5
_TABLE_TYPE = 9.0
_CM = 567.0  # twentieths of a point in a centimetre
# A sign stays on the line of its number.
_SIGN, _JOINED = lazily(r"([≤≥=]) (?=[\d+-])"), "\\1\u00a0"
_FIGURES = frozenset({Form.COUNT, Form.MONEY, Form.SHARE, Form.FIGURE})


def default_template(language: Language) -> bytes:
    """The product's own template: a title page, the contents, the text; a bank may take it as the beginning of its own."""
    say = Words(language)
    paper = Paper("{{title}}", [], "{{unit}} · {{title}}", "", language)
    body = paper.document
    title, unit = body.paragraphs[0], body.add_paragraph("{{unit}}", style="Subtitle")
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(190), Pt(10)
    title.runs[0].font.size = Pt(30)
    _rule(title)
    unit.runs[0].font.size = Pt(16)
    for name in ("date", "made_by", "version", "scope", "stamp"):
        line = body.add_paragraph(say(Message("{name}：{value}", name=FACTS[name], value="{{" + name + "}}")), style="Subtitle")
        line.paragraph_format.space_after = Pt(4)
        if name == "date":
            line.paragraph_format.space_before = Pt(230)
    paper.new_page()
    body.add_paragraph(say(Message("目录")), style="Contents Title")
    body.add_paragraph("{{contents}}")
    paper.new_page()
    body.add_paragraph("{{content}}")
    body.sections[0].different_first_page_header_footer = True
    return paper.save()


def check_template(content: bytes) -> Checked:
    """What a .docx holds. Raises whatever python-docx raises where it is none."""
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    places = [name for text in _texts(document) for name in MARK.findall(text)]
    alone = [found[1] for one in body.findall(qn("w:p")) if (found := MARK.fullmatch(Paragraph(one, document).text.strip()))]
    return checked(Kind.PLAN, places, alone)


def write(matter: Matter, language: Language, template: bytes | None = None) -> bytes:
    """The file."""
    return _Bound(template or default_template(language), matter, language).write()


class _Bound(Paper):
    """A template that is being filled."""

    def __init__(self, template: bytes, matter: Matter, language: Language) -> None:
        self._matter, self._say = matter, Words(language)
        self._open(docx.Document(io.BytesIO(template)), language, matter.cover.title, matter.cover.made_by)
        section = self.document.sections[0]
        self._width = (section.page_width - section.left_margin - section.right_margin) / Cm(1)

    def write(self) -> bytes:
        """Sections first, each where the template wants it, the rest where it says "content"; then the small places."""
        places = self._places()
        own = {one.part.value: one for one in self._matter.sections}
        for name in [name for name in places if name in own]:
            self._put(places[name], [own.pop(name)])
        if CONTENT in places:
            self._put(places[CONTENT], list(own.values()))
        self._without(places)
        if CONTENTS in places:
            self.contents_at(places[CONTENTS])
        known = facts(self._matter, self._say)
        for paragraph in _paragraphs(self.document):
            _fill_in(paragraph, known)
        return self.save()

    def _places(self) -> Mapping[str, Any]:
        body = self.document.element.body
        found = [(one, MARK.fullmatch(Paragraph(one, self.document).text.strip())) for one in body.findall(qn("w:p"))]
        return {match[1]: one for one, match in found if match}

    def _put(self, place: Any, sections: Sequence[Section]) -> None:
        body = self.document.element.body
        before = set(body)
        for one in sections:
            self.heading(one.title)
            for block in one.blocks:
                self._block(block)
        for element in [one for one in body if one not in before]:
            place.addprevious(element)
        body.remove(place)

    def _without(self, places: Mapping[str, Any]) -> None:
        """A place of a section that was not asked for leaves nothing behind."""
        for name, place in places.items():
            if name not in (*FACTS, CONTENTS) and place.getparent() is not None and name in {one.value for one in Part}:
                place.getparent().remove(place)

    def _block(self, block: Block) -> None:
        if isinstance(block, Said):
            {Tone.TEXT: self.text, Tone.ITEM: self.item, Tone.NOTE: self.note}[block.tone](block.text)
        elif isinstance(block, Lack):
            self.text(block.text)
        elif isinstance(block, Head):
            self.heading(block.text, 2)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Bars):
            self._chart(block)
        else:
            self._illustration(block.title, block.png, block.note)

    def _table(self, one: Table) -> None:
        if one.sheet_only or not one.rows:
            return
        if one.title:
            self.heading(one.title, 3)
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(self._grid(one)))
        self.note(one.note)

    def _grid(self, one: Table) -> str:
        widths = [round(self._width * _CM * part) for part in shares(one, self._width * _CM / (20 * _TABLE_TYPE), self._say)]
        headed = any(column.title for column in one.columns)
        head = self._row(one, [column.title for column in one.columns], widths, head=True) if headed else ""
        rows = "".join(
            self._row(one, [self._say.cell(cell, column.form) for cell, column in zip(row, one.columns, strict=True)], widths)
            for row in one.rows
        )
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/>{_LINES}<w:tblLayout w:type='fixed'/>"
            f"<w:tblCellMar><w:left w:w='70' w:type='dxa'/><w:right w:w='70' w:type='dxa'/></w:tblCellMar></w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
        )

    def _row(self, one: Table, texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
        style = self.style_id("Table Head" if head else "Table Text")
        cells = "".join(
            f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{_SHADE if head else ''}</w:tcPr><w:p><w:pPr><w:pStyle w:val='{style}'/>"
            f"{_RIGHT if column.form in _FIGURES else ''}</w:pPr>"
            f"<w:r><w:t xml:space='preserve'>{escape(clean(_SIGN.sub(_JOINED, text)))}</w:t></w:r></w:p></w:tc>"
            for text, width, column in zip(texts, widths, one.columns, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"

    def _chart(self, one: Bars) -> None:
        series = [(series.name, series.values, series.past) for series in one.series]
        look = replace(LIGHT, font=PRINT_FONT)
        chart = bar_chart(one.names, series, lambda value: self._say.cell(value, one.form), look, across=one.across)
        self._illustration(one.title, pictures.png(chart, _SHARP), one.note)

    def _illustration(self, title: str, png: bytes, note: str) -> None:
        self.caption(title)
        self.picture(png, title, self._width)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = bool(note)
        if note:
            self.note(note)


_LINES = (
    "<w:tblBorders><w:top w:val='single' w:sz='8' w:color='1F4E79'/><w:bottom w:val='single' w:sz='8' w:color='1F4E79'/>"
    "<w:insideH w:val='single' w:sz='4' w:color='DDE1E4'/></w:tblBorders>"
)
_SHADE = "<w:shd w:val='clear' w:color='auto' w:fill='EEF2F6'/>"
_RIGHT = "<w:jc w:val='right'/>"


def _rule(paragraph: Any) -> None:
    """A line in the bank's blue below a paragraph."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f"<w:pBdr {nsdecls('w')}><w:bottom w:val='single' w:sz='18' w:space='12' w:color='1F4E79'/></w:pBdr>")
    )


def _roots(document: Any) -> list[Any]:
    edges = [
        edge._element
        for section in document.sections
        for edge in (
            *(section.header, section.footer),
            *(section.first_page_header, section.first_page_footer, section.even_page_header, section.even_page_footer),
        )
        if not edge.is_linked_to_previous
    ]
    return [document.element.body, *edges]


def _paragraphs(document: Any) -> list[Any]:
    """All paragraphs with a place in them, those in tables, text boxes, headers and footers too."""
    found = [Paragraph(one, document) for root in _roots(document) for one in root.iter(qn("w:p"))]
    return [one for one in found if "{{" in one.text]


def _texts(document: Any) -> list[str]:
    return [one.text for one in _paragraphs(document)]


def _fill_in(paragraph: Any, known: dict[str, str]) -> None:
    """Fill places run by run; one that Word has split over several is put together in the first."""
    for run in paragraph.runs:
        if MARK.search(run.text):
            run.text = clean(filled(run.text, known))
    whole = filled(paragraph.text, known)
    if whole != paragraph.text and paragraph.runs:
        paragraph.runs[0].text = clean(whole)
        for run in paragraph.runs[1:]:
            run.text = ""
