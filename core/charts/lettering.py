"""Fitting text into boxes whose width is known: a Chinese character is one em wide, a Latin letter about half."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%&+/-]*|\s+|.", re.DOTALL)
_ELLIPSIS = "…"
# Marks that must not begin a line.
_CLOSING = "，。、；：！？）】》”’％%,.;:!?)"
# Marks that must not end one.
_OPENING = "（【《“‘("


def ems(text: str) -> float:
    """How wide `text` is, in ems."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.56 for one in text)


def cut(text: str, width: float) -> str:
    """`text` on one line of `width` ems, with an ellipsis where it does not fit."""
    line = " ".join(text.split())
    if ems(line) <= width:
        return line
    while line and ems(line) + 1 > width:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, lines: int) -> list[str]:
    """`text` on at most `lines` lines of `width` ems; the last one ends in an ellipsis where there is more."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines - 1:
        line, rest = _first_line(rest, width)
        found.append(line)
    return [*found, cut(rest, width)] if rest else found


def _first_line(text: str, width: float) -> tuple[str, str]:
    line = ""
    for token in _WORD.findall(text):
        if line and ems(line + token) > width and token not in _CLOSING:
            break
        line += token
    line = line.rstrip(_OPENING) or line
    return line.rstrip(), text[len(line) :].lstrip()
