"""A list of those who came, as it is pasted: numbers, one to a line or one after the other, with whatever stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from core.sheets import cells

_PARTED = re.compile(r"[\s,，;；、]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Pasted:
    """The numbers of the class that were found, as they are stored, and what is none of them."""

    found: frozenset[str]
    unknown: tuple[str, ...]


def read(text: str, known: Collection[str]) -> Pasted:
    """The numbers in a text. Full-width digits, capitals, leading zeros that Excel dropped, a heading and names beside the numbers do no
    harm; of a row of several columns one cell has to be a number of the class."""
    by_key = {plain(one): one for one in known}
    found: set[str] = set()
    unknown: dict[str, None] = {}
    width = cells.width_of((), known)
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines):
        parts = {part: cells.padded(plain(part), width) for part in _PARTED.split(line.strip()) if part}
        hits = {by_key[key] for key in parts.values() if key in by_key}
        found |= hits
        if hits and "\t" in line:
            continue
        strange = [part for part, key in parts.items() if key not in by_key and _DIGIT.search(key)]
        if not (strange or hits or place == 0):
            strange = [line.strip()]
        unknown |= dict.fromkeys(strange)
    return Pasted(frozenset(found), tuple(unknown))


def plain(text: str) -> str:
    """A number as it is compared: what a keyboard or a spreadsheet does to it taken away ('0012, 12.0, Ａ７)."""
    return re.sub(r"(?<=\d)\.0$", "", unicodedata.normalize("NFKC", text).strip().lstrip("'").casefold())
