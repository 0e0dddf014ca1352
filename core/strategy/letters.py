"""When two names are the same whatever their case, width, blanks and marks."""

from __future__ import annotations

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text alone, folded."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())
