"""Where words of a document stand in another text of it: a new edition, or one that was extracted anew."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache

from core.documents import reading as reader
from core.documents.parsed import ParsedDocument


class Text:
    """A text to look for words in."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, words: str, near: int) -> tuple[int, int] | None:
        """Where `words` stand, to the letter or, failing that, apart from width, case, spaces and punctuation: `[start, end)`.

        Of several places the one nearest to `near`. A figure is found whole: 5户 does not stand in 15户.
        """
        exact = [(start, start + len(words)) for start in _places(self.text, words)]
        return min(exact or self._alike(words), key=lambda place: abs(place[0] - near), default=None)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _fold(self.text)

    def _alike(self, words: str) -> list[tuple[int, int]]:
        folded, origin = self._folded
        wanted = plain(words)
        return [(origin[start], origin[start + len(wanted) - 1] + 1) for start in _places(folded, wanted)]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Only what counts for two texts to be the same words: letters, digits, %, and the point of a decimal."""
    return _fold(text)[0]


def headings_at(parsed: ParsedDocument, offset: int) -> tuple[str, ...]:
    """The headings above the character at `offset`, outermost first; the document's own title is not one of them."""
    path = reader.headings_at(parsed, offset)
    return path[1:] if path and path[0] == parsed.title else path


def _fold(text: str) -> tuple[str, list[int]]:
    """The characters that count, and where each comes from."""
    parts = [(part, at) for at, character in enumerate(text) for part in unicodedata.normalize("NFKC", character).lower()]
    kept = [(part, at) for number, (part, at) in enumerate(parts) if part.isalnum() or part == "%" or _is_point(parts, number)]
    return "".join(part for part, _ in kept), [at for _, at in kept]


def _is_point(parts: list[tuple[str, int]], number: int) -> bool:
    between = 0 < number < len(parts) - 1
    return between and parts[number][0] == "." and parts[number - 1][0].isdigit() and parts[number + 1][0].isdigit()


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        if not (_cuts_a_figure(text, at) or _cuts_a_figure(text, at + len(words))):
            yield at
        at = text.find(words, at + 1)


def _cuts_a_figure(text: str, at: int) -> bool:
    """Whether a place between two characters is inside a number."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    whole = before[-1].isdigit() and after[0].isdigit()
    point = before[-1].isdigit() and after[0] in ".," and after[1:].isdigit()
    decimals = before[-1] in ".," and before[:-1].isdigit() and after[0].isdigit()
    return whole or point or decimals
