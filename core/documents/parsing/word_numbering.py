"""The numbers that Word shows before paragraphs but does not store in their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_CHINESE_FORMATS = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass
class _Level:
    format: str
    text: str
    start: int


@dataclass
class Numbering:
    """Counts through a document's numbered paragraphs, in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering definitions of a python-docx document; none when it has no numbering part."""
        found = cls()
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is None:
            return found
        root = part.element
        for abstract in root.iter(qn("w:abstractNum")):
            identifier = str(abstract.get(qn("w:abstractNumId")))
            found.levels[identifier] = {_number(level, "w:ilvl"): _level(level) for level in abstract.iter(qn("w:lvl"))}
        for listed in root.findall(qn("w:num")):
            target = listed.find(qn("w:abstractNumId"))
            if target is not None:
                found._add_list(str(listed.get(qn("w:numId"))), str(target.get(qn("w:val"))), listed)
        return found

    def _add_list(self, identifier: str, abstract: str, listed: Any) -> None:
        """A list with its own starts counts by itself; otherwise lists of one definition go on counting."""
        starts = {_number(override, "w:ilvl"): _value(override, "w:startOverride") for override in listed.findall(qn("w:lvlOverride"))}
        if any(starts.values()):
            own = f"{abstract}/{identifier}"
            self.levels[own] = {
                depth: _Level(level.format, level.text, int(starts.get(depth) or level.start))
                for depth, level in self.levels.get(abstract, {}).items()
            }
            abstract = own
        self.lists[identifier] = abstract

    def next_label(self, list_id: str, depth: int) -> str | None:
        """The label of the next paragraph of a list at `depth` (0 is outermost): "" for a bullet, None when there is no such list."""
        abstract = self.lists.get(list_id)
        level = self.levels.get(abstract, {}).get(depth) if abstract is not None else None
        if abstract is None or level is None:
            return None
        if level.format == "bullet":
            return ""
        counters = self._counters.setdefault(abstract, {})
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [known for known in counters if known > depth]:
            del counters[deeper]
        label = level.text
        for place, other in self.levels[abstract].items():
            label = label.replace(f"%{place + 1}", _formatted(counters.get(place, other.start), other.format))
        return label


def _level(level: Any) -> _Level:
    return _Level(_value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or "", int(_value(level, "w:start") or 1))


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


def _number(element: Any, attribute: str) -> int:
    return int(element.get(qn(attribute)) or 0)


def _formatted(number: int, style: str) -> str:
    if style in _CHINESE_FORMATS:
        return _chinese(number)
    if style == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("upperRoman", "lowerRoman"):
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    return "" if style == "none" else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[units] if units else "")


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters + _ROMAN_UNITS[number]
