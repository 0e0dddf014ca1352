"""The words and limits of skill practice."""

from __future__ import annotations

from enum import StrEnum

LONGEST_TITLE, LONGEST_WORD, LONGEST_TEXT, LONGEST_TRANSCRIPT = 120, 80, 2_000, 20_000
MOST_POINTS, MOST_TURNS, MOST_PHRASES = 40, 200, 30
RULE = "practice-1"
# What an unwelcome phrase costs, and what is left of a point said before its turn.
PENALTY, OUT_OF_ORDER = 10.0, 0.5


class Verdict(StrEnum):
    """What became of a key point: said in its turn, said before an earlier stage had begun, not said."""

    MET = "met"
    EARLY = "early"
    MISSED = "missed"


class Source(StrEnum):
    """How a transcript came about."""

    PASTED = "pasted"
    CHAT = "chat"
