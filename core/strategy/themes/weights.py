"""Weights of themes: what they sum to, and how they are brought to exactly 100."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

WHOLE = 100


def to_hundred(weights: Sequence[float]) -> list[float]:
    """The same proportions, summing to exactly 100, in tenths (largest remainder). Equal shares where all weights are 0."""
    if not weights:
        return []
    given = [Decimal(str(weight)) for weight in weights]
    total = sum(given)
    shares = [weight * WHOLE / total if total else Decimal(WHOLE) / len(given) for weight in given]
    tenths = [share.quantize(Decimal("0.1"), ROUND_DOWN) for share in shares]
    missing = int((WHOLE - sum(tenths)) * 10)
    by_remainder = sorted(range(len(shares)), key=lambda i: (tenths[i] - shares[i], i))
    for i in by_remainder[:missing]:
        tenths[i] += Decimal("0.1")
    return [float(tenth) for tenth in tenths]
