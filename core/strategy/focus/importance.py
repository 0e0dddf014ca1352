"""What the weights of its themes say about a post's importance: a suggestion that a person takes or leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.strategy.focus.priority import MOST_IMPORTANT


def suggested_importance(weights: Sequence[float], heaviest: float) -> int | None:
    """1 … 5 by the heaviest of the post's themes against the heaviest theme of the plan, rounded up; None while no weight speaks.

    importance = 5 × weight ÷ heaviest weight
    """
    own = max(weights, default=0.0)
    return max(1, math.ceil(MOST_IMPORTANT * own / heaviest)) if own > 0 and heaviest > 0 else None
