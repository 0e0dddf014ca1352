"""What a run of measurements comes to, against what it should come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One measured figure. `limit` is the aim: at most it, or at least it where `at_least`; None where there is none."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    size: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def line(self) -> str:
        """The figure as a line of the printed table."""
        aim = "" if self.limit is None else f"{'≥' if self.at_least else '≤'} {self.limit:g}  {'met' if self.met else 'MISSED'}"
        return f"{self.name:<44}{self.value:>10.1f} {self.unit:<12}{aim:<18}{self.size}"


def percentile(seconds: Sequence[float], share: int) -> float:
    """A percentile of durations, in milliseconds."""
    return 1000 * float(np.percentile(seconds, share))
