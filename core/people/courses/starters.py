"""Ways to learn that need no course and come with the product: taken into the catalogue one by one, by choice."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.errors import NotFound
from core.i18n import LANGUAGES, Language, Message
from core.people.courses.terms import CourseForm, CourseMethod
from core.people.terms import Dimension

_SEED = Path(__file__).parents[3] / "data" / "seed" / "remedies.toml"


@dataclass(frozen=True)
class Starter:
    """A way to learn, the dimensions that it suits, and the levels that it usually brings people from and to."""

    code: str
    name: str
    form: CourseForm
    method: CourseMethod
    dimensions: tuple[Dimension, ...]
    from_level: int
    to_level: int
    hours: float
    about: str


@cache
def starters(language: Language) -> tuple[Starter, ...]:
    """All of them, named in `language`."""
    spoken = LANGUAGES.index(language)
    return tuple(
        Starter(
            code=one["code"],
            name=one["name"][spoken],
            form=CourseForm(one["form"]),
            method=CourseMethod(one["method"]),
            dimensions=tuple(Dimension(dimension) for dimension in one["dimensions"]),
            from_level=one["from"],
            to_level=one["to"],
            hours=one["hours"],
            about=one["about"][spoken],
        )
        for one in tomllib.loads(_SEED.read_text(encoding="utf-8"))["remedies"]
    )


def starter(code: str, language: Language) -> Starter:
    """One of them. Raises `NotFound`."""
    found = next((one for one in starters(language) if one.code == code), None)
    if found is None:
        raise NotFound(Message("没有这种起始做法。"))
    return found
