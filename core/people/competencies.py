"""The competencies: what comes with the product, in the reader's language, and how a search goes through them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.documents.grams import normalise
from core.i18n import LANGUAGES, Language
from core.people.terms import LEVELS, Dimension, TalentClass

_SEED = Path(__file__).parents[2] / "data" / "seed" / "competencies.toml"


@dataclass(frozen=True)
class Facts:
    """What a competency is. `levels` say what is done at L1 … L5, `assessed_by` how each is assessed; no class is everybody's."""

    name: str
    dimension: Dimension
    talent_class: TalentClass | None = None
    definition: str = ""
    aliases: tuple[str, ...] = ()
    levels: tuple[str, ...] = ("",) * len(LEVELS)
    assessed_by: tuple[str, ...] = ("",) * len(LEVELS)
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Competency:
    """A competency of the model or of the starter library. `code` names one that came with the product, "" is the branch's own.

    `row_id`, `version` and `edition` are those of the stored row; None and 0 for one of the product's that the branch has not taken in.
    """

    code: str
    facts: Facts
    row_id: int | None = None
    version: int = 0
    edition: int = 0
    archived: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others, for good."""
        return self.code or f"own-{self.row_id}"

    @property
    def taken(self) -> bool:
        """Whether it belongs to the branch's model."""
        return self.row_id is not None


@dataclass(frozen=True)
class Certificate:
    """A certificate that comes with the product, and the levels that it proves, by the competency's code."""

    name: str
    grants: Mapping[str, int]


@cache
def _seed() -> dict[str, Any]:
    return tomllib.loads(_SEED.read_text(encoding="utf-8"))


@cache
def seeds(language: Language) -> tuple[Competency, ...]:
    """The competencies that come with the product, named in `language`; each is found by its name in the other language too."""
    seed, spoken = _seed(), LANGUAGES.index(language)
    usual = tuple(seed["levels"][f"L{level}"]["assessed_by"][spoken] for level in LEVELS)
    return tuple(
        Competency(
            one["code"],
            Facts(
                name=one["name"][spoken],
                dimension=Dimension(one["dimension"]),
                talent_class=None if one["class"] == "all" else TalentClass(one["class"]),
                definition=one["definition"][spoken],
                aliases=(*one["aliases"], one["name"][1 - spoken]),
                levels=tuple(level[spoken] for level in one["levels"]),
                assessed_by=tuple(way[spoken] for way in one["assessed_by"]) or usual,
                indicators=tuple(one["indicators"]),
            ),
        )
        for one in seed["competencies"]
    )


@cache
def certificates(language: Language) -> tuple[Certificate, ...]:
    """The certificates that are mapped to levels, named in `language`."""
    spoken = LANGUAGES.index(language)
    return tuple(
        Certificate(one["name"][spoken], {grant["competency"]: grant["level"] for grant in one["grants"]})
        for one in _seed()["certificates"]
    )


def matching(
    library: Iterable[Competency], words: str = "", dimensions: Collection[Dimension] = (), classes: Collection[TalentClass] = ()
) -> list[Competency]:
    """Those that hold `words`, of these dimensions and classes; empty is all. What is for everybody is in every class."""
    wanted = normalise(words).split()
    return [
        one
        for one in library
        if (not dimensions or one.facts.dimension in dimensions)
        and (not classes or one.facts.talent_class is None or one.facts.talent_class in classes)
        and all(word in _text(one.facts) for word in wanted)
    ]


def _text(facts: Facts) -> str:
    return normalise(" ".join((facts.name, *facts.aliases, facts.definition, *facts.levels)))
