"""A talk as it was written down: who said what, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.delivery.practice.terms import LONGEST_TRANSCRIPT, MOST_TURNS
from core.errors import BadInput
from core.i18n import Message

_LABEL = re.compile(r"^\s*([^\s:：]{1,12})\s*[:：]\s*(.*)$")
_CUSTOMER = {"客户", "顾客", "对方", "customer", "client", "c"}


@dataclass(frozen=True)
class Turn:
    """What one of the two said; `mine`: the one who practises."""

    mine: bool
    text: str


def parse(written: str) -> tuple[Turn, ...]:
    """The turns of a talk: lines that begin with a speaker; one without belongs to the line before. Raises `BadInput`.

    Whoever is called customer is the customer, anybody else is the one who practises.
    """
    if len(written) > LONGEST_TRANSCRIPT:
        raise BadInput(Message("对话最长 {limit} 个字，请分几次。", limit=LONGEST_TRANSCRIPT))
    turns: list[Turn] = []
    for line in written.splitlines():
        found = _LABEL.match(line)
        if found:
            turns.append(Turn(found[1].casefold().rstrip("0123456789") not in _CUSTOMER, found[2].strip()))
        elif line.strip() and turns:
            turns[-1] = Turn(turns[-1].mine, f"{turns[-1].text} {line.strip()}".strip())
        elif line.strip():
            raise BadInput(Message("第一行没有写是谁说的。请每行以“客户：”或“我：”开头。"))
    return checked(one for one in turns if one.text)


def checked(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns. Raises `BadInput` where the one who practises says nothing, or there are too many."""
    found = tuple(turns)
    if not any(one.mine for one in found):
        raise BadInput(Message("对话里没有学员说的话。请每行以“客户：”或“我：”开头。"))
    if len(found) > MOST_TURNS:
        raise BadInput(Message("对话最多 {n} 句，请分几次。", n=MOST_TURNS))
    return found
