"""The words of talent, and the numbers of people from which on something may be said."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message
from core.people.gates import HIDE, SPLIT

__all__ = ["DECISION_NAMES", "HIDE", "LEAST_FOR_P", "LEAST_LISTED", "RULE", "SPLIT", "TOP_RESULT", "TOP_SCORE", "Decision"]

LEAST_LISTED = 20
"""Fewer people of a job family have no percentile and no list."""
LEAST_FOR_P = 30
"""Of fewer people there is an interval and no p-value."""
TOP_SCORE, TOP_RESULT = 0.2, 0.1
"""High potentials are among the best fifth by score and the best tenth by result of their job family."""
RULE = "talent-1"
"""The version of the rule, kept with each decision."""


class Decision(StrEnum):
    """What a person says about somebody whom the rule found."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"


DECISION_NAMES = {Decision.CONFIRMED: Message("确认为高潜"), Decision.DECLINED: Message("不认定")}
