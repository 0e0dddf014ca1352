"""Where lines of Chinese may end: never before closing marks, after opening ones, or inside a number or a Latin word."""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENING, _CLOSING = "“‘（《「〔", "，。、；：？！”’）》」〕…％"
_UNBREAKABLE = re.compile(rf"[{_OPENING}]*(?:[A-Za-z0-9.,%≥≤+\-]+|.)[{_CLOSING}]*")


def lines(text: str, width: float, width_of: Callable[[str], float], *, first_indent: float = 0) -> list[str]:
    """Cuts `text` into lines of at most `width`, the first shorter by `first_indent`; `width_of` measures in that unit."""
    done: list[str] = []
    line, room = "", width - first_indent
    for unit in _UNBREAKABLE.findall(text):
        if line and width_of(line + unit) > room:
            done.append(line)
            line, room = "", width
        line += unit
    return [*done, line]
