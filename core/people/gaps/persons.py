"""The gaps of people by name, out of the columns of the facts: what is required of each, and what each source last said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import numpy as np

from core.people.gaps.gap import PersonGap, Reading
from core.people.gaps.measure import APART, Flags, Ints, Longs, Readings, counting, latest, levels_of, telling
from core.people.gaps.memory import Facts


def gaps_of(
    known: Facts, day: date, employees: Ints, *, others: bool = False, without: Collection[int | None] = frozenset()
) -> list[PersonGap]:
    """What is required of these people, person by person, the largest gap first and the unknown last.

    With `others` also what is known of them and not required, apart from the competencies `without`.
    """
    some = known.measured(day)
    rows = np.flatnonzero(np.isin(some.employee, employees))
    read = last_of(known.readings, [pair for pair in some.pair[rows].tolist() if pair >= 0], day)
    columns = (some.employee, some.competency, some.required, some.weight, some.pair, some.level, some.disagree)
    found = [
        PersonGap(
            employee,
            competency,
            required,
            None if level != level else level,
            None if level != level else max(0.0, required - level),
            weight,
            read.get(pair, ()),
            disagree,
        )
        for employee, competency, required, weight, pair, level, disagree in zip(*(one[rows].tolist() for one in columns), strict=True)
    ]
    if others:
        found += _others(known, day, employees, {(one.employee_id, one.competency_id) for one in found}, without)
    return sorted(found, key=_order)


def last_readings(readings: Readings, pair: int, day: date) -> tuple[Reading, ...]:
    """What each source last said up to that day, and whether that still counts."""
    return last_of(readings, [pair], day).get(pair, ())


def last_of(readings: Readings, pairs: Sequence[int], day: date) -> dict[int, tuple[Reading, ...]]:
    """The same of many pairs at once."""
    wanted = np.array(sorted(pairs), dtype=np.int64)
    first, sizes = readings.begins[wanted], readings.begins[wanted + 1] - readings.begins[wanted]
    among = np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()), dtype=np.int64)
    places = latest(readings, day, among=among)
    fresh = counting(readings, places, day)
    outdone = np.zeros(len(places), dtype=np.bool_)
    outdone[np.flatnonzero(fresh)] = ~telling(readings, places[fresh])
    found: dict[int, list[Reading]] = {}
    for pair, one in zip(readings.pair[places].tolist(), _read(readings, places, fresh & ~outdone, outdone), strict=True):
        found.setdefault(pair, []).append(one)
    return {pair: tuple(some) for pair, some in found.items()}


def all_readings(readings: Readings, pair: int) -> list[Reading]:
    """Every score of a person in a competency, by source and day."""
    span = readings.of_pair(pair)
    places = np.arange(span.start, span.stop, dtype=np.int64)
    every = np.ones(len(places), dtype=np.bool_)
    return list(_read(readings, places, every, ~every))


def _read(readings: Readings, places: Longs, counts: Flags, outdone: Flags) -> Iterator[Reading]:
    """The readings at these places."""
    source, score, scale = readings.source[places], readings.score[places], readings.scale[places]
    until = np.zeros(len(places), dtype=np.int32) if readings.until is None else readings.until[places]
    columns = (source, readings.day[places], score, scale, levels_of(score, scale), counts, readings.proving(source), until, outdone)
    days: dict[int, date | None] = {0: None}
    for name, day, points, most, level, counted, proves, last, beaten in zip(*(one.tolist() for one in columns), strict=True):
        for number in (day, last):
            if number not in days:
                days[number] = date.fromordinal(number)
        yield Reading(readings.sources[name], days[day], round(points, 4), round(most, 4), level, counted, proves, days[last], beaten)


def pairs_of(readings: Readings, employee_id: int) -> dict[int, int]:
    """Where the readings of a person stand, by competency."""
    wanted = np.int32(employee_id)  # of another type the whole column would be copied
    first, after = int(np.searchsorted(readings.employee, wanted)), int(np.searchsorted(readings.employee, wanted, side="right"))
    return {int(competency): first + place for place, competency in enumerate(readings.competency[first:after].tolist())}


def _others(
    known: Facts, day: date, employees: Ints, there: Collection[tuple[int, int]], without: Collection[int | None]
) -> list[PersonGap]:
    found = []
    for employee in employees.tolist():
        for competency, pair in pairs_of(known.readings, employee).items():
            if (employee, competency) not in there and competency not in without:
                read = last_readings(known.readings, pair, day)
                levels = [one.level for one in read if one.counts]
                mean = round(sum(levels) / len(levels), 6) if levels else None
                apart = bool(levels) and round(max(levels) - min(levels), 6) >= APART
                found.append(PersonGap(employee, competency, None, mean, None, 0.0, read, apart))
    return found


def _order(one: PersonGap) -> tuple[int, bool, bool, float, int]:
    return one.employee_id, one.required_level is None, one.gap is None, -(one.gap or 0.0), one.competency_id
