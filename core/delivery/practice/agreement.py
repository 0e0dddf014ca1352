"""Whether the score agrees with the people who check it: Cohen's kappa of both over the same key points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# From which on the score may stand without a person (Landis and Koch 1977: substantial), and below how many points nothing is said.
ENOUGH, LEAST = 0.6, 20


@dataclass(frozen=True)
class Agreement:
    """Of so many key points that a person judged too, how many both saw alike; `kappa` None: too few, or both said always the same."""

    points: int
    alike: int
    kappa: float | None

    @property
    def enough(self) -> bool:
        """Whether the score may be used."""
        return self.kappa is not None and self.kappa >= ENOUGH

    @property
    def refuted(self) -> bool:
        """Whether the people who checked the score have shown that it may not be used."""
        return self.kappa is not None and self.kappa < ENOUGH


def agreement(pairs: Iterable[tuple[bool, bool]]) -> Agreement:
    """Of key points as the score and as a person saw them: said or not."""
    both = list(pairs)
    alike, n = sum(one == other for one, other in both), len(both)
    if n < LEAST:
        return Agreement(n, alike, None)
    left, right = (sum(pair[side] for pair in both) / n for side in (0, 1))
    chance = left * right + (1 - left) * (1 - right)
    return Agreement(n, alike, None if chance == 1 else round((alike / n - chance) / (1 - chance), 2))
