"""What the sample's projects teach and how, as its planner writes it: `data/demo/contents.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.delivery.content.item import ItemFacts
from core.delivery.content.terms import Pattern, Rhythm, Tier, Way

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "contents.toml"


@dataclass(frozen=True)
class ContentSource:
    """A project by name with its items, how it is designed, and what the schedule must heed (`after`, `before`: month and day).

    `ways` are items whose way the planner decides, each with the reason.
    """

    project: str
    items: tuple[ItemFacts, ...]
    pattern: Pattern
    tier: Tier
    rhythm: Rhythm
    cohort: int
    after: str
    before: str
    ways: tuple[tuple[str, Way, str], ...]

    def days(self, year: int) -> tuple[date, date]:
        """The first and the last day of it in a year."""
        return date.fromisoformat(f"{year}-{self.after}"), date.fromisoformat(f"{year}-{self.before}")


@cache
def contents() -> tuple[ContentSource, ...]:
    """All of them."""
    return tuple(_content(row) for row in tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["contents"])


def _content(row: dict[str, Any]) -> ContentSource:
    return ContentSource(
        row["project"],
        tuple(_item(*one) for one in row["items"]),
        Pattern(row["pattern"]),
        Tier(row["tier"]),
        Rhythm(row["rhythm"]),
        row["cohort"],
        row["after"],
        row["before"],
        tuple((name, Way(way), why) for name, way, why in row.get("ways", ())),
    )


def _item(name: str, learnt: str, hours: float, competency: str, level: int, use: str, material: str) -> ItemFacts:
    return ItemFacts(name, learnt, float(hours), competency, level or None, use, material)
