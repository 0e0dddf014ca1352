"""How a gap stood when a project took it on, kept with the project, and what has become of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.people.gaps.gap import GroupGap


@dataclass(frozen=True)
class Figures:
    """The figures of a group's gap on a day, without whom they are of. `below` and `mean_gap` None: not known, or not to be told."""

    required: int
    measured: int
    below: int | None
    mean_gap: float | None
    as_of: date

    @property
    def met(self) -> float | None:
        """The share of the measured who reach what their post requires, 0 … 1; None where nobody is measured."""
        return None if self.below is None or not self.measured else (self.measured - self.below) / self.measured


def figures_of(gap: GroupGap) -> Figures:
    """The figures of a measured gap."""
    return Figures(gap.required, gap.measured, gap.below, gap.mean_gap, gap.as_of)


def to_json(figures: Figures) -> dict[str, Any]:
    """The figures as they are stored."""
    return {**asdict(figures), "as_of": figures.as_of.isoformat()}


def from_json(stored: Mapping[str, Any]) -> Figures:
    """Figures that were stored."""
    as_of = date.fromisoformat(stored["as_of"])
    return Figures(stored["required"], stored["measured"], stored["below"], stored["mean_gap"], as_of)
