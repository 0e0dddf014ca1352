"""The sample's results out of their truth: figures of people and units on days. Pure, and the same every time."""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.demo.results import RetainedSource, SeriesSource, StudySource
from core.review.effects.terms import Design
from core.review.results.terms import Aggregation, Moment

_WEEK = timedelta(days=7)
_BEFORE, _AFTER = timedelta(days=5), timedelta(days=7)
_JITTER = 0.15


@dataclass(frozen=True)
class Somebody:
    """A person by number, in a unit."""

    number: str
    unit: str


@dataclass(frozen=True)
class Figure:
    """A figure of a measure: of a person, or of a unit as such ("" for the other), on a day."""

    measure: str
    number: str
    unit: str
    on: date
    moment: Moment
    value: float


@dataclass(frozen=True)
class Course:
    """What a measure's figures run along: the first and the last day of the training, when it is due, what is known until which day, its
    way of adding up and its baseline, and the people who were trained."""

    name: str
    first: date
    last: date
    due: date
    until: date
    aggregation: Aggregation
    baseline: float | None
    people: tuple[Somebody, ...]


def study(chance: random.Random, source: StudySource, course: Course, others: Sequence[Somebody]) -> Iterator[Figure]:
    """People before and after; who is trained is chosen as the design says."""
    trained = list(course.people)[: source.people]
    if source.passes is not None:
        yield from _passes(chance, source.passes, course, trained)
        return
    able = _able(chance, source, len(trained), len(others))
    left = _left(chance, source, able[: len(trained)]) if source.lost else set[int]()
    for place, (who, (ability, before)) in enumerate(zip((*trained, *others), able, strict=True)):
        gain = source.trend + (source.effect + source.eager if place < len(trained) else 0.0)
        for on, moment in _days(source, course):
            if on > course.until or (place in left and moment is Moment.AFTER):
                continue
            plain = before if moment is Moment.BEFORE and source.months is None else None
            value = plain if plain is not None else chance.gauss(ability + (gain if moment is Moment.AFTER else 0.0), source.noise)
            yield Figure(course.name, who.number, "", on, moment, round(value, 1))


def _able(chance: random.Random, source: StudySource, trained: int, others: int) -> list[tuple[float, float]]:
    """What each is able to do, and what the first measurement says; the trained first."""
    able = []
    for place in range(trained + others):
        own = chance.gauss(source.mean + (source.ahead if place < trained else 0.0), source.spread)
        able.append((own, chance.gauss(own, source.noise)))
    # All are alike before they are chosen: those with the lowest score are trained.
    return sorted(able, key=lambda pair: pair[1]) if source.design is Design.BY_SCORE else able


def _left(chance: random.Random, source: StudySource, able: Sequence[tuple[float, float]]) -> set[int]:
    """The weaker half loses people."""
    weak = sorted(range(len(able)), key=lambda place: able[place][1])[: max(1, len(able) // 2)]
    return set(chance.sample(weak, min(len(weak), round(source.lost * len(able)))))


def _days(source: StudySource, course: Course) -> list[tuple[date, Moment]]:
    if source.months is None:
        return [(course.first - _BEFORE, Moment.BEFORE), (course.last + _AFTER, Moment.AFTER)]
    before, after = source.months
    earlier = [(month_after(course.first, -step), Moment.BEFORE) for step in range(before, 0, -1)]
    return [*earlier, *((month_after(course.last, step), Moment.AFTER) for step in range(1, after + 1))]


def _passes(chance: random.Random, passes: tuple[int, int], course: Course, trained: Sequence[Somebody]) -> Iterator[Figure]:
    """The same people pass or do not: whoever passed before passes after, and some more."""
    some = list(trained)
    chance.shuffle(some)
    for count, on, moment in zip(passes, (course.first - _BEFORE, course.last + _AFTER), (Moment.BEFORE, Moment.AFTER), strict=True):
        for place, who in enumerate(some):
            if on <= course.until:
                yield Figure(course.name, who.number, "", on, moment, float(place < count))


def series(chance: random.Random, source: SeriesSource, course: Course) -> Iterator[Figure]:
    """The course of a measure: sums are shared out among people, shares and means scatter about what they come to."""
    spots = _spots(source, course)
    if not spots or not course.people:
        return
    moment = Moment.DURING if source.every == "session" else Moment.AFTER
    amounts = _amounts(chance, source, course, spots)
    units = tuple(dict.fromkeys(one.unit for one in course.people))
    for on, amount in zip(spots, amounts, strict=True):
        if on > course.until:
            return
        if course.aggregation is Aggregation.SUM:
            yield from _shared_out(chance, course, on, round(amount))
        elif source.by == "person":
            yield from _by_person(chance, source, course, on, moment, amount)
        else:
            for unit in units:
                yield Figure(course.name, "", unit, on, moment, round(max(0.0, chance.gauss(amount, source.noise)), 2))


def retained(chance: random.Random, source: RetainedSource, course: Course) -> Iterator[Figure]:
    """The same people's knowledge right after the training, and later."""
    for who in course.people:
        right_after = min(100.0, chance.gauss(source.mean, source.spread))
        for days, share in ((0, 1.0), *source.kept):
            on = course.last + timedelta(days=days + 1)
            value = right_after * share * (chance.gauss(1.0, 0.02) if days else 1.0)
            if on <= course.until:
                yield Figure(course.name, who.number, "", on, Moment.LATER if days else Moment.AFTER, round(min(100.0, value), 1))


def month_after(day: date, months: int) -> date:
    """The last day of the month that lies so many months after a day's own."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, calendar.monthrange(at // 12, at % 12 + 1)[1])


def _spots(source: SeriesSource, course: Course) -> list[date]:
    """The days on which figures come in."""
    if source.every == "once":
        return [course.last + _AFTER]
    if source.every == "session":
        return sorted({course.first, course.last})
    if source.every == "week":
        friday = course.first + timedelta(days=4 - course.first.weekday() if course.first.weekday() <= 4 else 6)
        return [friday + step * _WEEK for step in range((course.due - friday).days // 7 + 1)]
    months = (course.due.year - course.first.year) * 12 + course.due.month - course.first.month
    return sorted({min(month_after(course.first, step), course.due) for step in range(months + 1)})


def _amounts(chance: random.Random, source: SeriesSource, course: Course, spots: Sequence[date]) -> list[float]:
    paces = [source.pace[min(len(source.pace) - 1, place * len(source.pace) // len(spots))] for place in range(len(spots))]
    if course.aggregation is Aggregation.SUM:
        ends = [(spot - course.first).days + 1 for spot in spots]
        weights = [
            pace * (end - begin) * max(0.1, chance.gauss(1.0, _JITTER)) for pace, end, begin in zip(paces, ends, (0, *ends), strict=False)
        ]
        whole, reached, found = sum(weights), 0.0, list[float]()
        for weight in weights:
            # Rounded as a running total, so that the parts add up to the whole.
            found.append(round((reached + weight) / whole * source.final) - round(reached / whole * source.final))
            reached += weight
        return found
    if course.baseline is None or source.every == "once":
        return [source.final * pace for pace in paces]
    span = max(1, (course.due - course.first).days)
    ramp = [min(1.0, (spot - course.first).days / span) for spot in spots]
    return [course.baseline + (source.final - course.baseline) * share * pace for share, pace in zip(ramp, paces, strict=True)]


def _shared_out(chance: random.Random, course: Course, on: date, amount: int) -> Iterator[Figure]:
    counts = dict.fromkeys(course.people, 0)
    for who in chance.choices(course.people, k=amount):
        counts[who] += 1
    for who, count in counts.items():
        if count:
            yield Figure(course.name, who.number, "", on, Moment.AFTER, float(count))


def _by_person(chance: random.Random, source: SeriesSource, course: Course, on: date, moment: Moment, amount: float) -> Iterator[Figure]:
    if course.aggregation is Aggregation.SHARE:
        passed = set(chance.sample(course.people, round(amount / 100 * len(course.people))))
        for who in course.people:
            yield Figure(course.name, who.number, "", on, moment, float(who in passed))
        return
    for who in course.people:
        yield Figure(course.name, who.number, "", on, moment, round(max(0.0, chance.gauss(amount, source.noise)), 1))
