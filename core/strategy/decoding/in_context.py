"""A sentence in its context as the tokens that the large networks read."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.embedding.unigram import UnigramTokeniser
from core.documents.tables import DocumentKind
from core.strategy.decoding.clauses import Sentence

_TITLE, _PATH, _BEFORE, _TEXT = 12, 22, 14, 96
_UNCUT = 512
_BEGIN, _SEPARATOR = 0, 2

Place = tuple[int, int]


@dataclass(frozen=True)
class Laid:
    """The tokens of a sentence in its context: its own begin at `first`, and each stands for a place of its text."""

    tokens: list[int]
    first: int
    places: list[Place]

    @property
    def own(self) -> slice:
        """Which of the tokens are the sentence's own."""
        return slice(self.first, self.first + len(self.places))

    def within(self, place: Place) -> list[int]:
        """Which of the sentence's own tokens, counted from its first, stand in a place of its text."""
        return [at for at, (start, stop) in enumerate(self.places) if start < place[1] and stop > max(place[0], start)]


def laid_out(tokeniser: UnigramTokeniser, sentence: Sentence, title: str, kind: DocumentKind) -> Laid:
    """Kind and title, headings, what comes before, and the sentence itself, as tokens, each cut to what tells."""

    def cut(text: str) -> list[int]:
        return tokeniser.encode(text, _UNCUT)[1:-1]

    named = cut(f"{kind.value} {title[:20]}")[:_TITLE]
    path, before = cut(" / ".join(sentence.path))[-_PATH:], cut(sentence.before[-40:])[-_BEFORE:]
    context = [_BEGIN, *named, _SEPARATOR, *path, _SEPARATOR, *before, _SEPARATOR, _SEPARATOR]
    block = f"heading {len(sentence.path) + 1}: " if sentence.block == "heading" else f"{sentence.block}: "
    own = tokeniser.located(f"{block}{sentence.text}", _UNCUT)[:_TEXT]
    places = [(max(0, start - len(block)), max(0, stop - len(block))) for _, start, stop in own]
    return Laid([*context, *(token for token, _, _ in own), _SEPARATOR], len(context), places)
