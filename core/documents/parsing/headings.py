"""Which lines are headings, and how deep they stand: by the numbering that Chinese offices and English reports use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.patterns import lazily

_NUMERAL = "[一二三四五六七八九十百零〇两]"
# Rank of a numbering family: a smaller one stands above a larger one when both occur in a document.
_FAMILIES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, lazily(rf"第(?:{_NUMERAL}|\d)+(?:篇|编|部分)|part\s+(?:\d+|[ivx]+)\b", re.IGNORECASE)),
    (
        10,
        lazily(
            rf"第(?:{_NUMERAL}|\d)+章|chapter\s+(?:\d+|[ivx]+)\b|附[件录]\s*(?:\d|{_NUMERAL}|[A-Z])*(?=\s|[：:]|$)",
            re.I,
        ),
    ),
    (20, lazily(rf"第(?:{_NUMERAL}|\d)+节|section\s+\d+\b", re.IGNORECASE)),
    (30, lazily(rf"{_NUMERAL}+、")),
    (40, lazily(rf"[（(]{_NUMERAL}+[）)]")),
    (60, lazily(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]")),
    (70, lazily("[①-⑳]")),
)
_DECIMALS = lazily(r"(\d{1,2}(?:[.．]\d{1,2}){1,4})[.．]?(?:\s+|(?=[^\W\d亿万千百元个户人项年月日倍]))(?![%％])")
_COUNTED = lazily(r"\d{1,2}(?:[、．]|\.(?!\d))")
_BARE = lazily(r"\d{1,2}\s+(?=\S)")
_SENTENCE_END = lazily(r"[。；;，,：:？?！!、]$|[^.\s]\.$")
_CAPTION = lazily(r"(?:图|表|(?:table|figure|fig\.)\s)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
# From this rank on a number may as well begin an item of a list, so that a line needs another sign to be a heading.
WEAK_RANK = 50


@dataclass(frozen=True)
class Sign:
    """What speaks for a line's depth: its text, the level its style or outline declares, its letters' size (0: unknown)."""

    text: str
    declared: int | None = None
    size: float = 0.0


def numbering_rank(text: str) -> int | None:
    """The rank of the numbering that `text` begins with, or None: 第X章 10, 一、 30, （一） 40, 1. 50, 1.1 53, 1.1.1 56, （1） 60."""
    for rank, pattern in _FAMILIES:
        if pattern.match(text):
            return rank
    if found := _DECIMALS.match(text):
        return 50 + 3 * re.sub("．", ".", found[1]).count(".")
    return 50 if _COUNTED.match(text) or _BARE.match(text) else None


def reads_as_heading(text: str) -> bool:
    """Whether `text` is as short as a heading and does not end like a sentence."""
    width = sum(2 if character >= "\u2e80" else 1 for character in text)
    return 0 < width <= 90 and not _SENTENCE_END.search(text) and any(character.isalpha() for character in text)


def is_heading(text: str, *, bold: bool = False, larger: bool = False) -> bool:
    """Whether a paragraph of its own, set bold or larger than the text around it, is a heading.

    第X章, 一、 and （一） need no emphasis; 1. and （1） do, since items of a list begin like that; captions are never headings.
    """
    if not reads_as_heading(text) or _CAPTION.match(text):
        return False
    rank = numbering_rank(text)
    if rank is not None and rank < WEAK_RANK:
        return True
    return larger or (bold and len(text) <= (40 if rank is not None else 30))


def levels(signs: Sequence[Sign]) -> list[int]:
    """The level of each heading of a document, 1 for the outermost, so that none skips a level downwards."""
    keys = _keys(signs)
    result: list[int] = []
    open_keys: list[float] = []
    for key in keys:
        while open_keys and open_keys[-1] >= key:
            open_keys.pop()
        open_keys.append(key)
        result.append(len(open_keys))
    return result


def _keys(signs: Sequence[Sign]) -> list[float]:
    """A sortable depth for each heading; declared levels teach where a numbering family stands."""
    ranks = [numbering_rank(sign.text) for sign in signs]
    learned: dict[int, float] = {}
    for sign, rank in zip(signs, ranks, strict=True):
        if sign.declared is not None and rank is not None:
            learned[rank] = min(learned.get(rank, sign.declared), sign.declared)
    deepest = max((sign.declared for sign in signs if sign.declared is not None), default=0)
    numbered_size = max((sign.size for sign, rank in zip(signs, ranks, strict=True) if rank is not None), default=0.0)
    keys: list[float] = []
    for sign, rank in zip(signs, ranks, strict=True):
        if sign.declared is not None:
            keys.append(sign.declared)
        elif rank is not None:
            keys.append(learned[rank] if rank in learned else _between(rank, learned, deepest))
        elif sign.size > numbered_size + 0.5 and not deepest:
            keys.append(1 - sign.size / 1000)
        else:
            keys.append(_size_key(sign.size, signs, ranks, keys))
    return keys


def _between(rank: int, learned: dict[int, float], deepest: int) -> float:
    above = [(known, key) for known, key in learned.items() if known < rank]
    if above:
        known, key = max(above)
        return key + (rank - known) / 100
    return deepest + 1 + rank / 100


def _size_key(size: float, signs: Sequence[Sign], ranks: Sequence[int | None], keys: Sequence[float]) -> float:
    """A heading without a number stands with the numbered ones of its size that came before, else below everything."""
    for index in range(len(keys) - 1, -1, -1):
        if ranks[index] is not None and size and abs(signs[index].size - size) < 0.3:
            return keys[index]
    return 900 - size
