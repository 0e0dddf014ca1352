"""The sample branch's people: made up of the parameters in `data/demo/people.toml`, the same ones every time. Nobody of them is real."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.people.competencies import seeds
from core.people.terms import LEVELS, Dimension, TalentClass

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "people.toml"
# Who has held a post for less than two years is a novice; others have for up to twenty.
_NOVICE_DAYS, _LONGEST_DAYS = 730, 7_300
_LOWEST = 0.6


@dataclass(frozen=True)
class Source:
    """Where scores come from: their scale and steps, how many levels too high they are on the whole, their error, what they cover, when.

    `drilled`: only posts that are drilled take part. `rounds` are the first and the last day of each year's.
    """

    name: str
    scale: float
    step: float
    bias: float
    spread: float
    dimensions: frozenset[Dimension]
    drilled: bool
    rounds: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Requirement:
    """What a post requires of a competency; on the whole its people are `short` levels below that."""

    code: str
    level: int
    weight: float
    short: float


@dataclass(frozen=True)
class SamplePost:
    """A post; `new` is the share of its people who have held it for less than two years."""

    name: str
    family: str
    talent_class: TalentClass
    line: str
    new: float
    drilled: bool
    requires: tuple[Requirement, ...]


@dataclass(frozen=True)
class SampleUnit:
    """A unit, below another ("" for none): how many people in which post, which post its head holds, how much better its people are."""

    name: str
    parent: str
    head: str
    lift: float
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shape:
    """How people differ, in levels, and how often something is not known."""

    absent: float
    missed: float
    spread_person: float
    spread_item: float
    growth: float
    novice: float


@dataclass(frozen=True)
class SamplePerson:
    """Somebody: `number` is their employee number, `manager` that of whom they report to ("" for nobody)."""

    number: str
    name: str
    unit: str
    post: SamplePost
    manager: str
    hired: date
    novice: bool


@dataclass(frozen=True)
class SampleScore:
    """A score of somebody in a competency."""

    number: str
    code: str
    source: str
    score: float
    scale: float
    day: date


@dataclass(frozen=True)
class SamplePeople:
    """Everything about the sample's people."""

    units: tuple[SampleUnit, ...]
    posts: tuple[SamplePost, ...]
    people: tuple[SamplePerson, ...]
    scores: tuple[SampleScore, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The competencies that a post requires."""
        return tuple(dict.fromkeys(one.code for post in self.posts for one in post.requires))


@cache
def people() -> SamplePeople:
    """The sample's people, a tenth of a second's work."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    chance = random.Random(content["seed"])
    posts = {row["name"]: _post(row) for row in content["posts"]}
    units = tuple(_unit(row) for row in content["units"])
    sources = tuple(_source(row) for row in content["sources"])
    lifts = {(row["unit"], code): row["lift"] for row in content["trained"] for code in row["competencies"]}
    first, last = sources[0].rounds[0][0], max(end for one in sources for _, end in one.rounds)
    staff = tuple(_staff(chance, content["names"], units, posts, last))
    scores = tuple(_Scores(chance, Shape(**content["shape"]), units, sources, lifts, first).of(staff))
    return SamplePeople(units, tuple(posts.values()), staff, scores)


def _post(row: dict[str, Any]) -> SamplePost:
    requires = tuple(Requirement(code, level, float(weight), short) for code, level, weight, short in row["requires"])
    return SamplePost(row["name"], row["family"], TalentClass(row["class"]), row["line"], row["new"], row["drilled"], requires)


def _unit(row: dict[str, Any]) -> SampleUnit:
    return SampleUnit(row["name"], row["parent"], row["head"], row["lift"], tuple(row["people"].items()))


def _source(row: dict[str, Any]) -> Source:
    rounds = tuple((first, last) for first, last in row["rounds"])
    dimensions = frozenset(Dimension(one) for one in row["dimensions"])
    return Source(row["name"], row["scale"], row["step"], row["bias"], row["spread"], dimensions, row["drilled"], rounds)


def _staff(
    chance: random.Random, names: dict[str, Any], units: Sequence[SampleUnit], posts: dict[str, SamplePost], today: date
) -> Iterator[SamplePerson]:
    """Everybody, the head of a unit before the others, who report to the head; heads report to the head above."""
    heads = {"": ""}
    for place, unit in enumerate(units, 1):
        held = sorted(unit.people, key=lambda pair: pair[0] != unit.head)
        for serial, post in enumerate((posts[name] for name, count in held for _ in range(count)), 1):
            number = f"0{place:02}{serial:03}"
            novice = chance.random() < post.new
            days = chance.randint(30, _NOVICE_DAYS) if novice else chance.randint(_NOVICE_DAYS + 1, _LONGEST_DAYS)
            name = chance.choice(names["surnames"]) + chance.choice(names["given"])
            manager = heads[unit.parent] if serial == 1 else heads[unit.name]
            heads.setdefault(unit.name, number)
            yield SamplePerson(number, name, unit.name, post, manager, today - timedelta(days), novice)


class _Scores:
    """How people are scored: what they can do, as each source sees it, with what nobody noted left out."""

    def __init__(
        self,
        chance: random.Random,
        shape: Shape,
        units: Sequence[SampleUnit],
        sources: Sequence[Source],
        trained: dict[tuple[str, str], float],
        first: date,
    ) -> None:
        self.chance, self.shape, self.sources, self.trained, self.first = chance, shape, sources, trained, first
        self.lifts = {unit.name: unit.lift for unit in units}
        self.dimensions = {seed.code: seed.facts.dimension for seed in seeds("zh")}

    def of(self, staff: Sequence[SamplePerson]) -> Iterator[SampleScore]:
        for person in staff:
            absent = self.chance.random() < self.shape.absent
            own = self.chance.gauss(self.lifts[person.unit], self.shape.spread_person)
            own -= self.shape.novice * (person.novice - person.post.new)
            for required in person.post.requires:
                level = required.level - required.short + own + self.chance.gauss(0.0, self.shape.spread_item)
                if not absent:
                    yield from self._of(person, required, level)

    def _of(self, person: SamplePerson, required: Requirement, level: float) -> Iterator[SampleScore]:
        for source in self.sources:
            if self.dimensions[required.code] not in source.dimensions or (source.drilled and not person.post.drilled):
                continue
            for year, (begin, end) in enumerate(source.rounds):
                day = begin + timedelta(self.chance.randint(0, (end - begin).days))
                seen = self._seen(source, self._then(person, required, level, year))
                if self.chance.random() >= self.shape.missed and day >= person.hired:
                    yield SampleScore(person.number, required.code, source.name, seen, source.scale, day)

    def _then(self, person: SamplePerson, required: Requirement, level: float, year: int) -> float:
        """What somebody could do in a year: the last one is the level itself, each earlier one a little lower."""
        learnt = self.trained.get((person.unit, required.code), 0.0) if year else 0.0
        return level + learnt - self.shape.growth * (1 - year)

    def _seen(self, source: Source, level: float) -> float:
        noted = min(max(self.chance.gauss(level + source.bias, source.spread), _LOWEST), LEVELS[-1])
        return round(noted / LEVELS[-1] * source.scale / source.step) * source.step
