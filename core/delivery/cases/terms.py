"""The words in which the case library is spoken of."""

from __future__ import annotations

import re
from enum import StrEnum

from core.i18n import Message

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WORD, LONGEST_SOURCE = 120, 20_000, 80, 200
MOST_TAGS, MOST_BYTES = 12, 5 * 1024 * 1024


class CaseKind(StrEnum):
    """What something in the library is: what happened and what came of it, what to say, a form to fill in."""

    CASE = "case"
    SCRIPT = "script"
    TEMPLATE = "template"


KIND_NAMES = {CaseKind.CASE: Message("案例"), CaseKind.SCRIPT: Message("话术"), CaseKind.TEMPLATE: Message("模板")}
_MARK = re.compile(r"\[#(\d+)\]")


def reference(number: int, title: str) -> str:
    """How the material of a content item names something of the library: its number in a mark, which no new title changes."""
    return f"[#{number}] {title}"


def referred(material: str) -> set[int]:
    """The numbers that a material names."""
    return {int(one) for one in _MARK.findall(material)}
