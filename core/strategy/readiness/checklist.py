"""The checklist that comes with the product: dimensions, statements, and what each step of the scale means."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.i18n import Language
from core.strategy.findings import Perspective
from core.strategy.themes.tags import Layer

_SEED = Path(__file__).parents[3] / "data" / "seed" / "readiness.toml"

LOWEST, HIGHEST = 0, 4


@dataclass(frozen=True)
class Step:
    """A step of the scale: its number, its name, and what must be true to answer it."""

    value: int
    name: str
    anchor: str


@dataclass(frozen=True)
class Statement:
    """Something that is true of the branch to some degree. `code` names it for good."""

    code: str
    text: str


@dataclass(frozen=True)
class Dimension:
    """Statements on one matter. `theme` and `advice` are what is suggested where it turns out weak."""

    code: str
    name: str
    statements: tuple[Statement, ...]
    theme: str
    advice: str
    perspective: Perspective
    layer: Layer


@dataclass(frozen=True)
class Checklist:
    """The whole checklist in one language."""

    steps: tuple[Step, ...]
    dimensions: tuple[Dimension, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all statements."""
        return tuple(statement.code for dimension in self.dimensions for statement in dimension.statements)

    def dimension(self, code: str) -> Dimension | None:
        """One of the dimensions."""
        return next((one for one in self.dimensions if one.code == code), None)


@cache
def checklist(language: Language) -> Checklist:
    """The checklist, worded in `language`."""
    seed = tomllib.loads(_SEED.read_text(encoding="utf-8"))
    spoken = 0 if language == "zh" else 1
    return Checklist(
        steps=tuple(Step(one["step"], one["name"][spoken], one["anchor"][spoken]) for one in seed["scale"]),
        dimensions=tuple(
            Dimension(
                code=one["code"],
                name=one["name"][spoken],
                statements=tuple(Statement(each["code"], each["text"][spoken]) for each in one["statements"]),
                theme=one["theme"][spoken],
                advice=one["advice"][spoken],
                perspective=Perspective(one["perspective"]),
                layer=Layer(one["layer"]),
            )
            for one in seed["dimensions"]
        ),
    )
