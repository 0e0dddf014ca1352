"""The product's own template for decks: a cover, and a page for content with its title, a line and a foot."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from core.exports.leadership.drawing import CHINESE, LATIN, made, paragraph
from core.exports.leadership.templates import FACTS
from core.exports.leadership.words import Words
from core.i18n import Language, Message

_BRAND, _QUIET, _WHITE = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x66, 0x70, 0x7A), RGBColor(255, 255, 255)
_PALE = RGBColor(0xC9, 0xD9, 0xE8)


@dataclass(frozen=True)
class Measures:
    """A place on the slide."""

    left: int
    top: int
    width: int
    height: int


_WIDTH, _HEIGHT, _EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
FIRST = Measures(_EDGE, Inches(1.3), _WIDTH - 2 * _EDGE, Inches(5.45))
"""Where content stands in the product's own template; in another one, where that says."""


def default_template(language: Language) -> bytes:
    """The template; a bank may take it as the beginning of its own."""
    say = Words(language)
    shown: Any = Presentation()
    shown.slide_width, shown.slide_height = _WIDTH, _HEIGHT
    _set_theme(shown)
    titled = shown.slide_layouts[5]
    _set_title(titled)
    _keep(shown, (titled.name, shown.slide_layouts[6].name))
    _cover(shown, say)
    _content(shown, titled)
    content = io.BytesIO()
    shown.save(content)
    return content.getvalue()


def _cover(shown: Any, say: Words) -> None:
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, _WIDTH, Inches(4.6))
    band.fill.solid()
    band.fill.fore_color.rgb = _BRAND
    band.line.fill.background()
    band.shadow.inherit = False
    _text(slide, Measures(_EDGE, Inches(1.5), FIRST.width, Inches(1.7)), "{{title}}", Pt(40), _WHITE, bold=True, low=True)
    _text(slide, Measures(_EDGE, Inches(3.35), FIRST.width, Inches(0.6)), "{{unit}}", Pt(22), _PALE)
    lines = [
        say(Message("{name}：{value}", name=FACTS[name], value="{{" + name + "}}"))
        for name in ("date", "made_by", "version", "scope", "stamp")
    ]
    box = _text(slide, Measures(_EDGE, Inches(4.95), FIRST.width, Inches(2)), lines[0], Pt(14), _QUIET)
    for line in lines[1:]:
        paragraph(box.text_frame, line, Pt(14), _QUIET)


def _content(shown: Any, layout: Any) -> None:
    slide = shown.slides.add_slide(layout)
    slide.shapes.title.text_frame.text = "{{heading}}"
    _text(slide, FIRST, "{{content}}", Pt(18), _QUIET)
    line = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, _EDGE, Inches(1.12), FIRST.width, Pt(1.5))
    line.fill.solid()
    line.fill.fore_color.rgb = _BRAND
    line.line.fill.background()
    line.shadow.inherit = False
    _text(slide, Measures(_EDGE, Inches(6.98), Inches(10), Inches(0.3)), "{{unit}} · {{title}} · {{date}} · {{version}}", Pt(10), _QUIET)
    number = _text(slide, Measures(_WIDTH - _EDGE - Inches(1), Inches(6.98), Inches(1), Inches(0.3)), "", Pt(10), _QUIET)
    _page_number(number)


def _text(slide: Any, at: Measures, text: str, size: int, colour: RGBColor, *, bold: bool = False, low: bool = False) -> Any:
    box = slide.shapes.add_textbox(at.left, at.top, at.width, at.height)
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    if low:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    paragraph(frame, text, size, colour, bold=bold, first=True)
    return box


def _page_number(box: Any) -> None:
    """A field that PowerPoint counts."""
    one = box.text_frame.paragraphs[0]._p
    for run in one.findall(qn("a:r")):
        one.remove(run)
    properties = made(one, "a:pPr")
    properties.set("algn", "r")
    field = made(one, "a:fld")
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    look = made(field, "a:rPr")
    look.set("sz", "1000")
    fill = made(made(look, "a:solidFill"), "a:srgbClr")
    fill.set("val", "66707A")
    for tag, typeface in (("a:latin", LATIN), ("a:ea", CHINESE)):
        made(look, tag).set("typeface", typeface)
    made(field, "a:t").text = "1"


def _set_title(layout: Any) -> None:
    """The title at the top, set left, in the bank's blue, so that it is in the outline and for screen readers."""
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type is None or shape.placeholder_format.idx != 0:
            shape._element.getparent().remove(shape._element)
    title = layout.placeholders[0]
    title.left, title.top, title.width, title.height = _EDGE, Inches(0.35), FIRST.width, Inches(0.75)
    body = title.text_frame._txBody
    properties = body.find(qn("a:bodyPr"))
    for name, value in (("anchor", "b"), ("lIns", "0"), ("rIns", "0"), ("tIns", "0"), ("bIns", "45720")):
        properties.set(name, value)
    for child in list(properties):
        properties.remove(child)
    made(properties, "a:normAutofit")
    listed = body.find(qn("a:lstStyle"))
    level = made(listed, "a:lvl1pPr")
    level.set("algn", "l")
    look = made(level, "a:defRPr")
    look.set("sz", "2400")
    look.set("b", "1")
    fill = made(made(look, "a:solidFill"), "a:srgbClr")
    fill.set("val", "1F4E79")
    for tag, typeface in (("a:latin", LATIN), ("a:ea", CHINESE)):
        made(look, tag).set("typeface", typeface)


def _keep(shown: Any, wanted: tuple[str, str]) -> None:
    """The layouts that are used; the others are for another size of page."""
    for layout in list(shown.slide_layouts):
        if layout.name not in wanted:
            shown.slide_layouts.remove(layout)


def _set_theme(shown: Any) -> None:
    """The theme's own type, for whatever names none."""
    master = shown.slide_masters[0]
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    root = parse_xml(theme.blob)
    for tag, typeface in (("a:latin", LATIN), ("a:ea", CHINESE)):
        for one in root.iter(qn(tag)):
            one.set("typeface", typeface)
    colours = {
        "dk2": "1F4E79",
        "accent1": "1F4E79",
        "accent2": "C8553D",
        "accent3": "7A9E9F",
        "accent4": "B8A15A",
        "accent5": "6B5B7B",
        "accent6": "9AA5B1",
    }
    for name, value in colours.items():
        for one in root.iter(qn(f"a:{name}")):
            for child in list(one):
                one.remove(child)
            made(one, "a:srgbClr").set("val", value)
    theme._blob = serialize_part_xml(root)
    for shape in list(master.placeholders):
        shape.left, shape.width = Emu(_EDGE), Emu(FIRST.width)
