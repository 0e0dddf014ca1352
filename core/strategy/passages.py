"""The stretches of a document that a finding of one's own can rest on: sentences, and the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents import reading as reader
from core.documents.parsed import ParsedDocument
from core.documents.reading import Screen
from core.strategy.decoding.clauses import sentences


@dataclass(frozen=True)
class Stretch:
    """`text` is the document's own `[start, end)`."""

    start: int
    end: int
    text: str


def stretches(parsed: ParsedDocument, screen: Screen) -> list[Stretch]:
    """The sentences and table rows that begin on a screen, in reading order."""
    found = [(one.start, one.end) for one in sentences(parsed) if screen.start <= one.start < screen.end]
    for table in parsed.tables:
        lines = reader.row_starts(parsed.text, table)
        found += [(start, end) for start, end in zip(lines, [*lines[1:], table.end], strict=True) if screen.start <= start < screen.end]
    return [_trimmed(parsed.text, start, end) for start, end in sorted(found) if parsed.text[start:end].strip()]


def overlapping(found: list[Stretch], start: int, end: int) -> tuple[int, int] | None:
    """The numbers of the first and the last stretch that share words with `[start, end)`; None when none does."""
    numbers = [number for number, one in enumerate(found) if one.start < end and one.end > start]
    return (numbers[0], numbers[-1]) if numbers else None


def _trimmed(text: str, start: int, end: int) -> Stretch:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Stretch(start, start + len(words.strip()), words.strip())
