"""What a model writes, sentence by sentence, each with the numbers of the excerpts it says it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.documents.answers.plain import stripped
from core.patterns import lazily

# No sentence is longer; without a bound a text without full stops would be searched again and again.
_LONGEST = 800
_NEXT = r"(?:[\s,，、;；和]{1,6}(?:and\s{1,3})?S?\s?\d{1,4}|S\s?\d{1,4}){0,20}"
_MARK = rf"[\[【(（［]\s?S\s?\d{{1,4}}{_NEXT}\s?[\]】)）］]"
_MARKS = lazily(rf"[ \t]*{_MARK}", re.IGNORECASE)
_BEHIND = lazily(rf"(?:[ \t]*{_MARK})*", re.IGNORECASE)
_UNCLOSED = lazily(r"[ \t]*[\[【(（［][^\]】)）］\n]{0,60}$")
_END = lazily(
    r"[。！？]+[”’」』）)]*|[!?]+(?=\s|[\u4e00-\u9fff]|[\[【(（［]\s*[Ss]\s*\d)|(?<![A-Z\W])(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bvs)\.(?=\s)|(?<=[\])])\.(?=\s)|(?<=%)\.(?=\s)|\n"
)
_BULLET = lazily(
    r"^\s*(?:[-*•·▪]\s+|#{1,6}\s+|>\s*|\d{1,2}[.、)）](?!\d)\s*|[(（][\d一二三四五六七八九十]{1,2}[)）]\s*|[一二三四五六七八九十]{1,2}、|[①-⑳]\s*)+"
)
_HEADING = lazily(r"^\s*(?:#{1,6}\s|\*\*[^*\n]+\*\*[:：]?\s*$)")


@dataclass(frozen=True)
class Statement:
    """A sentence of the model, without marking, and the excerpt numbers behind it. `announces`: a heading or a lead-in, no statement."""

    text: str
    ids: tuple[int, ...]
    announces: bool


class Reader:
    """Cuts a text that comes in pieces into statements, each as soon as no marker of its can follow any more."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> list[Statement]:
        """The statements that `piece` completes."""
        self._held += piece
        return self._cut(final=False)

    def close(self) -> list[Statement]:
        """What is left at the end of the text."""
        return self._cut(final=True)

    def _cut(self, *, final: bool) -> list[Statement]:
        found = []
        while (end := _sentence_end(self._held, final=final)) is not None:
            found.append(statement(self._held[:end]))
            self._held = self._held[end:]
        return [one for one in found if one.text or one.ids]


def statement(text: str) -> Statement:
    """One sentence with its markers as a `Statement`."""
    ids = dict.fromkeys(int(number) for mark in _MARKS.findall(text) for number in re.findall(r"\d+", mark))
    words = stripped(_BULLET.sub("", _MARKS.sub("", text)))
    announces = words.endswith((":", "：")) or _HEADING.match(text) is not None
    return Statement("" if not re.search(r"\w", words) else words, tuple(ids), announces)


def _sentence_end(text: str, *, final: bool) -> int | None:
    """Where the first sentence of `text` with its markers ends; None while that cannot be told."""
    bullet = _BULLET.match(text)
    for match in _END.finditer(text, bullet.end() if bullet else 0):
        behind = _BEHIND.match(text, match.end())
        assert behind is not None
        rest = text[behind.end() :]
        if match[0] != "\n" and not final and len(text) <= _LONGEST and (not rest.strip(" \t") or _UNCLOSED.match(rest)):
            return None
        return behind.end()
    if len(text) > _LONGEST:
        return _LONGEST
    return len(text) if final and text.strip() else None
