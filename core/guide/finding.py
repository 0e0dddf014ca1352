"""Words looked up in the guide's texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from core.guide.texts import GuideText

_MARKS = re.compile(r"\*\*|`|^[-*\d.]+\s+|^>\s*")


@dataclass(frozen=True)
class Hit:
    """Where the words stand: the text, the heading of its part ("" before the first), and the line."""

    text: GuideText
    heading: str
    line: str


def find(texts: Iterable[GuideText], words: str) -> list[Hit]:
    """The texts in which all the words stand, a hit each: those that have them in the title first, then in the question, each with
    the line that holds most of them. No words find nothing."""
    wanted = _plain(words).split()
    if not wanted:
        return []
    found: list[tuple[int, int, Hit]] = []
    for text in texts:
        title, question = _plain(text.title), _plain(text.question)
        body = _plain(" ".join(f"{one.heading} {one.body}" for one in text.sections))
        if all(word in title or word in question or word in body for word in wanted):
            found.append((-_count(title, wanted), -_count(question, wanted), _best(text, wanted)))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])]


def _best(text: GuideText, wanted: list[str]) -> Hit:
    """The line that holds most of the words; the question where no line holds any."""
    lines = [(one.heading, line) for one in text.sections for line in one.body.splitlines() if line.strip()]
    heading, line = max(lines, key=lambda one: _count(one[1], wanted), default=("", ""))
    if not _count(line, wanted):
        return Hit(text, "", text.question)
    return Hit(text, heading, _MARKS.sub("", line.strip()))


def _count(line: str, wanted: list[str]) -> int:
    plain = _plain(line)
    return sum(word in plain for word in wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("**", "")
