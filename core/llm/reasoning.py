"""The thinking that some models write into their answer, between `<think>` and `</think>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_OPEN = re.compile(r"<think(?:ing)?>")
_CLOSE = re.compile(r"</think(?:ing)?>")
_OPENING = ("<think>", "<thinking>")
_LONGEST = len("</thinking>")


def without_reasoning(pieces: Iterable[str]) -> Iterator[str]:
    """The text of `pieces` without its thinking and the space in front, handed on as early as that can be told.

    A closing tag that was never opened stays in the text: some servers swallow the opening one, and only who reads the whole can then
    drop what stands before (`answer_part`).
    """
    held = ""
    thinking = begun = False
    for piece in pieces:
        held += piece
        shown, held, thinking = _sift(held, thinking)
        shown = shown if begun else shown.lstrip()
        if shown:
            begun = True
            yield shown
    if held and not thinking:
        yield held


def answer_part(text: str) -> str:
    """`text` after the last closing tag; all of it when there is none."""
    ends = [match.end() for match in _CLOSE.finditer(text)]
    return text[ends[-1] :] if ends else text


def _sift(held: str, thinking: bool) -> tuple[str, str, bool]:
    """What can be shown, what must wait for more, and whether that is inside the thinking."""
    shown = ""
    while match := (_CLOSE if thinking else _OPEN).search(held):
        if not thinking:
            shown += held[: match.start()]
        held = held[match.end() :]
        thinking = not thinking
    if thinking:
        return shown, held[-_LONGEST:], True
    begins = held.rfind("<")
    if begins >= 0 and any(tag.startswith(held[begins:]) for tag in _OPENING):
        return shown + held[:begins], held[begins:], False
    return shown + held, "", False
