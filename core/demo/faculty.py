"""The sample branch's trainers, venues, blackouts and leave, as they stand in `data/demo/faculty.toml`. Nobody of them is real."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.delivery.faculty.terms import TrainerRole, VenueKind
from core.delivery.halves import Half, Span
from core.demo.people import SamplePerson, people

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "faculty.toml"
_HALVES = {"": (Half.MORNING, Half.AFTERNOON), "am": (Half.MORNING, Half.MORNING), "pm": (Half.AFTERNOON, Half.AFTERNOON)}


@dataclass(frozen=True)
class SampleRating:
    """What people thought of a course of somebody; `code` is the competency that it was about."""

    code: str
    day: date
    score: float
    n: int
    source: str


@dataclass(frozen=True)
class SampleTrainer:
    """A trainer: `person` of the sample's people, or somebody of an `organisation`; a skill of level 0 is as high as it is measured."""

    name: str
    person: SamplePerson | None
    organisation: str
    roles: tuple[TrainerRole, ...]
    skills: tuple[tuple[str, int], ...]
    cost: float
    month: int
    year: int
    reason: str
    absences: tuple[Span, ...]
    ratings: tuple[SampleRating, ...]


@dataclass(frozen=True)
class SampleVenue:
    """A venue and when it cannot be had."""

    name: str
    kind: VenueKind
    address: str
    capacity: int
    equipment: tuple[str, ...]
    cost: float
    closures: tuple[Span, ...]


@dataclass(frozen=True)
class SampleBlackout:
    """Days without training; units by name."""

    name: str
    starts: date
    ends: date
    units: tuple[str, ...]
    lines: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SampleFaculty:
    """All of it; `leave` by employee number."""

    trainers: tuple[SampleTrainer, ...]
    venues: tuple[SampleVenue, ...]
    blackouts: tuple[SampleBlackout, ...]
    leave: tuple[tuple[str, Span], ...]


@cache
def faculty() -> SampleFaculty:
    """The sample's faculty, the same every time."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    chance, year = random.Random(content["seed"]), content["year"]
    away = _spans(content["absences"], year)
    trainers = [*map(_internal, content["internal"]), *map(_external, content["external"])]
    made = [_with(one, away.get(number, ()), _ratings(chance, content["ratings"], one, year)) for number, one in enumerate(trainers, 1)]
    closed = _spans(content["closures"], year)
    venues = tuple(_venue(row, closed.get(number, ())) for number, row in enumerate(content["venues"], 1))
    blackouts = tuple(
        SampleBlackout(name, _day(starts, year), _day(ends, year), tuple(units), tuple(lines), reason)
        for name, starts, ends, units, lines, reason in content["blackouts"]
    )
    return SampleFaculty(tuple(made), venues, blackouts, tuple(_leave(chance, content["leave"], year)))


def _internal(row: Sequence[Any]) -> SampleTrainer:
    unit, post, place, roles, skills, cost, month, year = row
    holders = [one for one in people().people if (one.unit, one.post.name) == (unit, post) and not one.novice]
    holders += [one for one in people().people if (one.unit, one.post.name) == (unit, post) and one.novice]
    person = holders[place - 1]
    return _trainer(person.name, person, "", roles, skills, cost, month, year, "")


def _external(row: Sequence[Any]) -> SampleTrainer:
    name, organisation, roles, skills, cost, month, year, reason = row
    return _trainer(name, None, organisation, roles, skills, cost, month, year, reason)


def _trainer(
    name: str,
    person: SamplePerson | None,
    organisation: str,
    roles: Sequence[str],
    skills: Sequence[Sequence[Any]],
    cost: float,
    month: int,
    year: int,
    reason: str,
) -> SampleTrainer:
    taught = tuple((code, level) for code, level in skills)
    return SampleTrainer(name, person, organisation, tuple(map(TrainerRole, roles)), taught, float(cost), month, year, reason, (), ())


def _with(one: SampleTrainer, absences: tuple[Span, ...], ratings: tuple[SampleRating, ...]) -> SampleTrainer:
    return SampleTrainer(**{**vars(one), "absences": absences, "ratings": ratings})


def _ratings(chance: random.Random, shape: dict[str, Any], one: SampleTrainer, year: int) -> tuple[SampleRating, ...]:
    """How the courses of the year before were rated."""
    first, own = date(year - 1, 1, 8), chance.gauss(0.0, shape["spread"] / 2)
    return tuple(
        SampleRating(
            code=one.skills[at % len(one.skills)][0],
            day=first + timedelta(days=chance.randint(at * 70, at * 70 + 60)),
            score=round(min(99.0, max(70.0, chance.gauss(shape["mean"] + own, shape["spread"]))), 1),
            n=chance.randint(shape["least"], shape["most"]),
            source=shape["sources"][at == shape["courses"] - 1],
        )
        for at in range(shape["courses"])
    )


def _leave(chance: random.Random, shape: dict[str, Any], year: int) -> Iterator[tuple[str, Span]]:
    reasons, weights = zip(*shape["reasons"], strict=True)
    for one in people().people:
        if chance.randrange(shape["one_in"]):
            continue
        starts = date(year, 1, 4) + timedelta(days=chance.randint(0, 340))
        ends = min(starts + timedelta(days=chance.randint(0, shape["longest"])), date(year, 12, 31))
        yield one.number, Span(starts, ends, reason=chance.choices(reasons, weights)[0])


def _venue(row: Sequence[Any], closures: tuple[Span, ...]) -> SampleVenue:
    name, kind, address, capacity, equipment, cost = row
    return SampleVenue(name, VenueKind(kind), address, capacity, tuple(equipment), float(cost), closures)


def _spans(rows: Sequence[Sequence[Any]], year: int) -> dict[int, tuple[Span, ...]]:
    found: dict[int, tuple[Span, ...]] = {}
    for number, starts, ends, half, reason in rows:
        first, last = _HALVES[half]
        found[number] = (*found.get(number, ()), Span(_day(starts, year), _day(ends, year), first, last, reason))
    return found


def _day(text: str, year: int) -> date:
    month, day = map(int, text.split("-"))
    return date(year, month, day)
