"""How a Word paragraph looks: what its style, its own properties and its runs say about level, weight and size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_BODY_OUTLINE = 9
_DEFAULT_SIZE = 10.0


@dataclass(frozen=True)
class Look:
    """`level`: 1–9 as style or outline declare; `size` in points; `is_body`: a style (caption, quote) that is never a heading."""

    level: int | None
    bold: bool
    size: float
    is_title: bool
    is_body: bool


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it inherits. `name` in lower case; `list_id` and `list_depth` of the list it puts a paragraph in."""

    name: str
    level: int | None
    bold: bool
    size: float | None
    list_id: str | None
    list_depth: int


_PLAIN = Style("", None, False, None, None, 0)


class Styles:
    """The paragraph styles of a python-docx document."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        elements = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._elements: dict[str, Any] = elements
        self._known: dict[str, Style] = {}
        self._default = next(
            (key for key, style in elements.items() if style.get(qn("w:default")) and style.get(qn("w:type")) == "paragraph"),
            "",
        )
        size = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
        self._size = _DEFAULT_SIZE if size is None else int(size.get(qn("w:val"))) / 2

    def of(self, paragraph: Any) -> Style:
        """The style of a `w:p` element."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._style(self._default if named is None else named.get(qn("w:val")), 0)

    def list_of(self, style: Style) -> tuple[str | None, int]:
        """The list that a style puts its paragraphs in (None: in none) and the depth there."""
        return style.list_id, style.list_depth

    def look(self, paragraph: Any, style: Style) -> Look:
        """How a `w:p` element of `style` looks, weighed by the length of its runs."""
        properties = paragraph.find(qn("w:pPr"))
        level = _outline(properties)
        level = style.level if level is None else level
        bold, total, sizes = 0, 0, dict[float, int]()
        for run in paragraph.iter(qn("w:r")):
            length = sum(len((piece.text or "").strip()) for piece in run.findall(qn("w:t")))
            own = run.find(qn("w:rPr"))
            weight = None if own is None else own.find(qn("w:b"))
            size = None if own is None else own.find(qn("w:sz"))
            total += length
            bold += length * (style.bold if weight is None else is_on(weight))
            points = style.size or self._size if size is None else float(size.get(qn("w:val"))) / 2
            sizes[points] = sizes.get(points, 0) + length
        size = max(sizes, key=lambda points: sizes[points]) if sizes else self._size
        return Look(
            level=None if level is None or level > _BODY_OUTLINE else level,
            bold=total > 0 and bold >= total * 0.9,
            size=size,
            is_title=style.name in ("title", "标题"),
            is_body=style.name in ("caption", "题注", "quote", "footer", "header"),
        )

    def _style(self, identifier: str, depth: int) -> Style:
        if identifier in self._known:
            return self._known[identifier]
        element = self._elements.get(identifier)
        if element is None or depth > 20:
            return _PLAIN
        based = element.find(qn("w:basedOn"))
        parent = _PLAIN if based is None else self._style(based.get(qn("w:val")), depth + 1)
        self._known[identifier] = found = _combined(element, parent)
        return found


def is_on(switch: Any) -> bool:
    """Whether a Word on/off element (`w:b`, `w:vanish`, …) is there and not switched off."""
    return switch is not None and switch.get(qn("w:val")) not in ("0", "false", "off", "none")


def _combined(element: Any, parent: Style) -> Style:
    name = element.find(qn("w:name"))
    text = "" if name is None else str(name.get(qn("w:val"))).lower()
    paragraph, run = element.find(qn("w:pPr")), element.find(qn("w:rPr"))
    weight = None if run is None else run.find(qn("w:b"))
    size = None if run is None else run.find(qn("w:sz"))
    numbered = None if paragraph is None else paragraph.find(qn("w:numPr"))
    list_id = None if numbered is None else numbered.find(qn("w:numId"))
    depth = None if numbered is None else numbered.find(qn("w:ilvl"))
    declared = _HEADING_NAME.match(text)
    level = int(declared[1]) if declared else _outline(paragraph)
    return Style(
        name=text,
        level=parent.level if level is None else level,
        bold=parent.bold if weight is None else is_on(weight),
        size=parent.size if size is None else float(size.get(qn("w:val"))) / 2,
        list_id=parent.list_id if list_id is None else list_id.get(qn("w:val")),
        list_depth=parent.list_depth if depth is None else int(depth.get(qn("w:val"))),
    )


def _outline(properties: Any) -> int | None:
    """The declared level, 1–9; 10 where the paragraph is declared to be body text."""
    outline = None if properties is None else properties.find(qn("w:outlineLvl"))
    return None if outline is None else int(outline.get(qn("w:val"))) + 1
