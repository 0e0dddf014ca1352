"""A Word file that opens cleanly in Chinese: A4, real styles, contents that Word fills in, page numbers, tables whose headings repeat."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.i18n import Language, Message
from core.storage import now

Row = Sequence[str]

TEXT_WIDTH = 16.0
"""Centimetres between the margins."""

_BODY, _HEAD = ("Times New Roman", "宋体"), ("Arial", "黑体")
_INK, _QUIET, _BRAND = RGBColor(0x22, 0x28, 0x2E), RGBColor(0x66, 0x70, 0x7A), RGBColor(0x1F, 0x4E, 0x79)
_SMALL = 9.0


@dataclass(frozen=True)
class _Look:
    """How a style looks: sizes and distances in points, the indent in centimetres. `kept`: it stays with what follows."""

    name: str
    fonts: tuple[str, str]
    size: float
    colour: RGBColor
    bold: bool = False
    before: float = 0
    after: float = 3
    spacing: float = 1.25
    indent: float = 0
    kept: bool = False

    @property
    def builtin(self) -> bool:
        """Whether Word knows the style by its name."""
        return self.name.startswith(("toc", "Heading", "List", "Title", "Subtitle"))


_LOOKS = (
    _Look("Normal", _BODY, 10.5, _INK, after=6, spacing=1.35),
    _Look("Heading 1", _HEAD, 16, _BRAND, bold=True, before=14, after=6, spacing=0, kept=True),
    _Look("Heading 2", _HEAD, 13, _INK, bold=True, before=10, after=6, spacing=0, kept=True),
    _Look("Heading 3", _HEAD, 11, _INK, bold=True, before=6, after=6, spacing=0, kept=True),
    _Look("Title", _HEAD, 24, _BRAND, bold=True, spacing=0),
    _Look("Subtitle", _BODY, 11, _QUIET, spacing=0),
    _Look("List Bullet", _BODY, 10.5, _INK, spacing=0),
    _Look("Note", _BODY, _SMALL, _QUIET, before=3),
    _Look("Table Text", _BODY, _SMALL, _INK, before=2, after=2, spacing=1.15),
    _Look("Table Head", _HEAD, _SMALL, _INK, bold=True, before=2, after=2, spacing=1.15),
    _Look("Caption Head", _HEAD, 10.5, _BRAND, bold=True, before=6, after=4, kept=True),
    _Look("Contents Title", _HEAD, 16, _BRAND, bold=True, before=24),
    _Look("toc 1", _BODY, 10.5, _INK),
    _Look("toc 2", _BODY, 10, _INK, indent=0.75),
)
# What XML cannot hold; a document's text may bring it along.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Paper:
    """A Word file being written, from the top down. `header` stands on every page."""

    _paper: Any
    _headings: list[tuple[int, str]]
    _contents: Any

    def __init__(self, title: str, subtitle: Sequence[str], header: str, author: str, language: Language) -> None:
        self._open(docx.Document(), language, title, author, own=True)
        self._set_page()
        self._set_edges(header, language)
        self._add(title, "Title")
        for line in subtitle:
            self._add(line, "Subtitle")

    @property
    def document(self) -> Any:
        """The document as python-docx has it."""
        return self._paper

    def style_id(self, name: str) -> str:
        """What a style is called inside the file."""
        return str(self._ids[name])

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; the navigation pane and the contents show it."""
        self._headings.append((level, clean(text)))
        self._add(text, f"Heading {level}")

    def text(self, text: str) -> None:
        """A paragraph."""
        self._add(text, "Normal")

    def note(self, text: str) -> None:
        """A paragraph in small type: how a figure comes about, where words stand."""
        self._add(text, "Note")

    def item(self, text: str) -> None:
        """A line of a list."""
        self._add(text, "List Bullet")

    def contents(self, title: str) -> None:
        """The contents: headings as they are now, which Word completes with page numbers when it opens the file."""
        self._add(title, "Contents Title")
        self._contents = self._paper.add_paragraph()
        self.new_page()

    def contents_at(self, place: Any) -> None:
        """The contents in the place of an empty paragraph of a template."""
        self._contents = Paragraph(place, self._paper)
        for run in self._contents.runs:
            run.text = ""

    def new_page(self) -> None:
        """Go on at the top of a page."""
        self._paper.add_page_break()

    def caption(self, text: str) -> None:
        """What a chart finds, above it."""
        self._add(text, "Caption Head")

    def picture(self, png: bytes, alternative: str, width: float = TEXT_WIDTH) -> None:
        """A picture as wide as the text."""
        shape = self._paper.add_picture(io.BytesIO(png), width=Cm(width))
        shape._inline.docPr.set("descr", clean(alternative))
        self._paper.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Row], *, right: Sequence[int] = ()) -> None:
        """A table: headings with the widths' proportions, rows; the columns `right` are set flush right, as figures are."""
        total = sum(width for _, width in columns)
        widths = [Cm(TEXT_WIDTH * width / total) for _, width in columns]
        grid = self._paper.add_table(rows=1, cols=len(columns), style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        self._fill(grid.rows[0], [title for title, _ in columns], widths, right, head=True)
        for row in rows:
            self._fill(grid.add_row(), row, widths, right)
        self._add("", "Note")

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """A table without headings: what, and what it is."""
        widths = [Cm(3), Cm(TEXT_WIDTH - 3)]
        grid = self._paper.add_table(rows=0, cols=2, style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for name, value in rows:
            row = grid.add_row()
            self._fill(row, (name, value), widths)
            _shade(row.cells[0])
        self._add("", "Note")

    def save(self) -> bytes:
        """The file."""
        self._write_contents()
        content = io.BytesIO()
        self._paper.save(content)
        return content.getvalue()

    def _open(self, paper: Any, language: Language, title: str, author: str, *, own: bool = False) -> None:
        """Begin with a file; `own`: its styles are set, otherwise only those that it lacks."""
        self._paper = paper
        self._headings, self._contents = [], None
        self._set_styles(language, own=own)
        # Looking a style up takes longer than writing a paragraph.
        self._ids = {style.name: style.style_id for style in paper.styles}
        properties = paper.core_properties
        properties.title, properties.author, properties.last_modified_by, properties.comments = clean(title), clean(author)[:255], "", ""
        properties.created = properties.modified = now().replace(tzinfo=None)

    def _add(self, text: str, style: str) -> None:
        self._paper.add_paragraph(clean(text))._p.style = self._ids[style]

    def _fill(self, row: Any, texts: Row, widths: Sequence[Any], right: Sequence[int] = (), *, head: bool = False) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        for number, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = self._ids["Table Head" if head else "Table Text"]
            paragraph.add_run(clean(text))
            if number in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if head:
                _shade(cell)

    def _set_page(self) -> None:
        section = self._paper.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)

    def _set_styles(self, language: Language, *, own: bool) -> None:
        styles = self._paper.styles
        if own:
            _drop_theme_fonts(styles.element)
            _set_language(styles["Normal"], language)
        there = set() if own else {style.name for style in styles}
        for look in _LOOKS:
            if look.name not in there:
                _set_look(styles, look)
        if own:
            _set_lines(styles["Table Grid"])

    def _set_edges(self, header: str, language: Language) -> None:
        section = self._paper.sections[0]
        top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
        top.style = bottom.style = self._paper.styles["Note"]
        top.text = clean(header)
        bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
        # The sentence around the two numbers, which Word counts.
        for part in re.split(r"(@\d)", Message("第 {page} 页，共 {pages} 页", page="@1", pages="@2").render(language)):
            if part in ("@1", "@2"):
                _field(bottom, "PAGE" if part == "@1" else "NUMPAGES")
            elif part:
                bottom.add_run(part)

    def _write_contents(self) -> None:
        if self._contents is None:
            return
        shown = [(level, text) for level, text in self._headings if level <= 2]
        paragraphs = [self._contents.insert_paragraph_before(text, style=f"toc {level}") for level, text in shown] or [self._contents]
        begin = _mark("begin")
        begin.set(qn("w:dirty"), "true")
        order = OxmlElement("w:instrText")
        order.set(qn("xml:space"), "preserve")
        order.text = r' TOC \o "1-2" \h \z \u '
        opening = [_run(begin), _run(order), _run(_mark("separate"))]
        first = paragraphs[0]._p
        at = 1 if first.pPr is not None else 0
        for number, run in enumerate(opening):
            first.insert(at + number, run)
        self._contents._p.append(_run(_mark("end")))


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _set_look(styles: Any, look: _Look) -> None:
    """Make a style look so; one that the file lacks is added."""
    if look.name in {style.name for style in styles}:
        style = styles[look.name]
    else:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.builtin)
        style.base_style = styles["Normal"]
    _set_type(style, look.fonts, look.size, look.colour, bold=look.bold)
    style.font.italic = False
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    if look.spacing:
        form.line_spacing = look.spacing
    if look.indent:
        form.left_indent = Cm(look.indent)
    if look.kept:
        form.keep_with_next = True


def _set_type(style: Any, fonts: tuple[str, str], size: float, colour: RGBColor, *, bold: bool = False) -> None:
    latin, chinese = fonts
    # A linked character style of the template would bring its own colour and slant along.
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = latin, Pt(size), bold, colour
    written = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        written.set(qn(attribute), latin)
    written.set(qn("w:eastAsia"), chinese)


def _set_lines(style: Any) -> None:
    """Thin grey lines instead of black ones."""
    for line in style.element.iter(*(qn(f"w:{side}") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))):
        if line.get(qn("w:val")) == "single":
            line.set(qn("w:color"), "BFC6CC")


def _drop_theme_fonts(styles: Any) -> None:
    """The template's theme would win over any font that is named."""
    for fonts in styles.iter(qn("w:rFonts")):
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)


def _set_language(style: Any, language: Language) -> None:
    tag = OxmlElement("w:lang")
    # The language of Latin letters and digits: as Chinese, a line would end in the middle of a number.
    tag.set(qn("w:val"), "en-US" if language == "zh" else "en-GB")
    tag.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(tag)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F3")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _run(element: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(element)
    return run


def _field(paragraph: Any, order: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), order)
    shown, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    paragraph._p.append(field)
