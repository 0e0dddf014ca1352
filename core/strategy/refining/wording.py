"""Whether the document's words bear out what a model wrote."""

from __future__ import annotations

import re

from core.documents.answers.fence import gives_orders
from core.documents.answers.figures import unsupported
from core.documents.answers.plain import stripped
from core.documents.grams import normalise
from core.strategy.refining.answers import LONGEST_COMPETENCY, LONGEST_TEXT

# How much of a text must be the quote's and its headings' own: what is tidied keeps its words.
_OWN = 0.6

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z]{3,}")
_DIGIT = re.compile(r"\d")


def said(text: str, quote: str, around: str = "", *, own: float = _OWN, table: bool = False) -> str | None:
    """`text` without marking, where it may stand for `quote`; None where it is too long, holds a number that the quote has not, says
    something else (less than the share `own` of its words are the document's), or speaks to a model.

    `around` are the words above the quote: they may lend it words and a year, and the row of a `table` the unit of its figures.
    """
    words = " ".join(stripped(text).split())
    if not words or len(words) > LONGEST_TEXT or gives_orders(words) or unsupported(words, quote, around, table=table):
        return None
    pieces = _pieces(words)
    shared = pieces & _pieces(f"{quote}\n{around}")
    return words if pieces and len(shared) >= own * len(pieces) else None


def competency(name: str) -> str | None:
    """The name of an ability without marking; None where it is none: too long, with figures, or speaking to a model."""
    words = " ".join(stripped(name).split())
    if len(words) < 2 or len(words) > LONGEST_COMPETENCY or _DIGIT.search(words) or gives_orders(words):
        return None
    return words if _pieces(words) else None


def _pieces(text: str) -> set[str]:
    """Pairs of Chinese characters and words of Latin letters."""
    plain = normalise(text)
    runs = _CHINESE.findall(plain)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)} | set(_WORD.findall(plain))
