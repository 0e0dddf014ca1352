"""The numbers in a statement, and whether its evidence has them.

A number is compared together with what makes it larger or smaller: 300亿 is not 300万, 5% is not 5个百分点. Full-width digits, grouped
thousands, 百分之八十 and Chinese numerals are read; 万 and 亿 are taken as written, as nobody checks a converted figure at a glance.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from core.patterns import lazily

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二两三四五六七八九十百千]{1,30}"
_SCALE = (
    r"(?:[十百千]?万亿|[十百千]?万|[十百千]?亿|%|‰|个?百分点|个?基点|bps?\b|(?:percentage|pct\.?)[ -]points?|pp\b|per ?cent\b|"
    r"trillion|billion|million|thousand|bn\b|mn\b)"
)
_ARABIC = lazily(rf"(\d+(?:\.\d+)?)\s*(?:\+|余|多)?\s*({_SCALE})?", re.IGNORECASE)
_CHINESE = lazily(rf"({_NUMERAL})(?:余|多)?({_SCALE})?")
_PART = lazily(rf"(百|千|万)分之(\d+(?:\.\d+)?|{_NUMERAL})(?:点({_NUMERAL}))?")
# Before these a Chinese numeral counts something; elsewhere it is as often part of a word (一体化, 三农) or the model's own counting.
_COUNTED = lazily(rf"({_NUMERAL})(?=[年月天周人户家元倍成岁]|个月|小时|[万亿%]|个?百分点)")
_YEAR = lazily(r"(?<!\d)(?:19|20)\d{2}(?!\d)")

_SAME = {"个百分点": "pp", "百分点": "pp", "基点": "bp", "个基点": "bp", "bps": "bp", "percent": "%", "per cent": "%"}
_ENGLISH = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Figure:
    """A number as it stands, and its scale: "", 万, 亿, %, pp (percentage points), bp, or an English word such as billion."""

    value: Decimal
    scale: str

    @property
    def size(self) -> Decimal | None:
        """The number in full where the scale is a count; None for shares."""
        if self.scale in _ENGLISH:
            return self.value * _ENGLISH[self.scale]
        if set(self.scale) - _SIZES.keys():
            return None
        size = self.value
        for character in self.scale:
            size *= _SIZES[character]
        return size


def figures(text: str) -> set[Figure]:
    """Every number in `text`, in Arabic and in Chinese numerals."""
    text = _normal(text)
    found = {_figure(Decimal(number), scale) for number, scale in _ARABIC.findall(text)}
    return found | {_figure(Decimal(_value(numeral)), scale) for numeral, scale in _CHINESE.findall(text)}


def unsupported(statement: str, evidence: str, surroundings: str = "", *, table: bool = False) -> set[Figure]:
    """The numbers of `statement` that `evidence` does not have.

    `surroundings` (headings, a table's header row) may supply a year, and for a `table` row, whose cells are bare, the scale of a number.
    """
    text = _normal(statement)
    known = figures(evidence)
    years = {Decimal(year) for year in _YEAR.findall(_normal(surroundings))}
    stated = {_figure(Decimal(number), scale) for number, scale in _ARABIC.findall(text)} | _counted(text)
    missing = {figure for figure in stated - known if not (figure.scale == "" and figure.value in years)}
    missing = {figure for figure in missing if not _equal_in_english(figure, known)}
    if table:
        around = _normal(f"{surroundings} {evidence}")
        missing = {figure for figure in missing if not (Figure(figure.value, "") in known and _named(figure.scale, around))}
    return missing


def _counted(text: str) -> set[Figure]:
    found = set()
    for match in _COUNTED.finditer(text):
        scaled = _CHINESE.match(text, match.start())
        assert scaled is not None
        found.add(_figure(Decimal(_value(scaled[1])), scaled[2] or ""))
    return {figure for figure in found if figure.value != 1}


def _equal_in_english(figure: Figure, known: set[Figure]) -> bool:
    """Whether an English reader's 30 billion is the source's 300亿."""
    return figure.scale in _ENGLISH and any(figure.size == other.size for other in known)


def _named(scale: str, text: str) -> bool:
    return bool(scale) and (scale in text or any(_SAME[word] == scale and word in text for word in _SAME))


def _figure(value: Decimal, scale: str) -> Figure:
    scale = scale.lower()
    if scale.startswith(("percentage", "pct")):
        scale = "pp"
    return Figure(value.normalize(), _SAME.get(scale, scale))


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return _PART.sub(_share, text)


def _share(match: re.Match[str]) -> str:
    whole, number, decimals = match.groups()
    value = number if number[0].isdigit() else str(_value(number))
    if decimals:
        value += "." + "".join(str(_DIGITS.get(character, 0)) for character in decimals)
    return {"百": f"{value}%", "千": f"{value}‰"}.get(whole, f"{value}bp")


def _value(numeral: str) -> int:
    """三十五 as 35, 二〇二七 as 2027, 十 as 10."""
    if not any(character in _POWERS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = 0
    digit = 0
    for character in numeral:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
