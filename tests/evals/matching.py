"""Whether a passage or a citation holds what a question is after.

Words are compared without blanks, punctuation and table lines, in one width and one case: a line break of a PDF or a full-width bracket
does not make a passage wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tests.evals.labels import Gold

ENOUGH = 0.6


@dataclass(frozen=True)
class Place:
    """`[start, end)` of the extracted text of the document with this file name, and the words there."""

    document: str
    start: int
    end: int
    text: str


def plain(text: str) -> str:
    """Letters, digits and the per cent sign of `text`, which is all that is compared."""
    return _plain(text)[0]


def same_document(gold: Gold, document: str) -> bool:
    """Whether `document` (a file name) is the one that the label names, whole or by its beginning."""
    return plain(document).startswith(plain(gold.document))


def locate(gold: Gold, texts: Mapping[str, str]) -> Place | None:
    """Where the quote stands among the extracted `texts` by file name; None when it is nowhere."""
    for document, text in texts.items():
        if same_document(gold, document) and (span := located(gold.quote, text)):
            return Place(document, *span, text[slice(*span)])
    return None


def located(quote: str, text: str) -> tuple[int, int] | None:
    """The range of `text` that first has the quote's words; None when it has not."""
    wanted = plain(quote)
    words, offsets = _plain(text)
    at = words.find(wanted)
    return (offsets[at], offsets[at + len(wanted) - 1] + 1) if at >= 0 and wanted else None


def holds(place: Place, gold: Gold, texts: Mapping[str, str]) -> bool:
    """Whether `place` has the label's words, or at least 60 % of the characters where they stand."""
    if not same_document(gold, place.document):
        return False
    if plain(gold.quote) in plain(place.text):
        return True
    label = locate(gold, texts)
    if label is None or label.document != place.document:
        return False
    shared = min(place.end, label.end) - max(place.start, label.start)
    return shared >= ENOUGH * (label.end - label.start)


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    kept: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).lower():
            if part == "%" or unicodedata.category(part)[0] in "LN":
                kept.append(part)
                offsets.append(at)
    return "".join(kept), tuple(offsets)
