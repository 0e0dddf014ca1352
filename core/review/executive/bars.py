"""A level as it is drawn on the page of the year."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LevelBar:
    """A level with its score from 0 to 100 (None: nothing was measured) and last year's; `label` stands at the bar, `said` has all."""

    name: str
    score: float | None
    before: float | None
    behind: bool
    label: str
    said: str
