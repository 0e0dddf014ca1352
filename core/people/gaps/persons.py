"""The gaps of people by name, out of the columns of the facts: what is required of each, and what each source last said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from core.people.gaps.gap import PersonGap, Reading
from core.people.gaps.measure import APART, MONTHS, Ints, Readings, level_of, months_before
from core.people.gaps.memory import Facts


def gaps_of(
    known: Facts, day: date, employees: Ints, *, others: bool = False, without: Collection[int | None] = frozenset()
) -> list[PersonGap]:
    """What is required of these people, person by person, the largest gap first and the unknown last.

    With `others` also what is known of them and not required, apart from the competencies `without`.
    """
    some = known.measured(day)
    rows = np.flatnonzero(np.isin(some.employee, employees))
    columns = (some.employee, some.competency, some.required, some.weight, some.pair, some.level, some.disagree)
    found = [
        PersonGap(
            employee,
            competency,
            required,
            None if level != level else level,
            None if level != level else max(0.0, required - level),
            weight,
            last_readings(known.readings, pair, day) if pair >= 0 else (),
            disagree,
        )
        for employee, competency, required, weight, pair, level, disagree in zip(*(one[rows].tolist() for one in columns), strict=True)
    ]
    if others:
        found += _others(known, day, employees, {(one.employee_id, one.competency_id) for one in found}, without)
    return sorted(found, key=_order)


def last_readings(readings: Readings, pair: int, day: date) -> tuple[Reading, ...]:
    """What each source last said up to that day, and whether that still counts."""
    fresh = months_before(day, MONTHS)
    last = {(one.proof, one.source): one for one in all_readings(readings, pair) if one.on is None or one.on <= day}
    found = [replace(one, counts=_is_fresh(one, fresh, day)) for one in last.values()]
    return tuple(_told(found)) if readings.proofs else tuple(found)


def all_readings(readings: Readings, pair: int) -> list[Reading]:
    """Every score of a person in a competency, by source and day."""
    where = readings.of_pair(pair)
    until = np.zeros(where.stop - where.start, dtype=np.int32) if readings.until is None else readings.until[where]
    proof = readings.proving(readings.source[where])
    columns = (readings.source[where], readings.day[where], readings.score[where], readings.scale[where], proof, until)
    return [
        Reading(readings.sources[source], _date(day), round(score, 4), round(scale, 4), level_of(score, scale), True, proves, _date(last))
        for source, day, score, scale, proves, last in zip(*(one.tolist() for one in columns), strict=True)
    ]


def _is_fresh(one: Reading, fresh: date, day: date) -> bool:
    if one.until is not None:
        return one.until >= day
    return one.on is None or one.on >= fresh


def _told(found: Sequence[Reading]) -> Iterator[Reading]:
    """The same rule as `measure.telling`, for the last readings of a pair."""
    measured = [one.level for one in found if one.counts and not one.proof]
    most = round(sum(measured) / len(measured), 6) if measured else -1.0
    best = max((one.level for one in found if one.counts and one.proof), default=0.0)
    told = False
    for one in found:
        if one.proof and one.counts and (told or one.level < best or one.level <= most):
            yield replace(one, counts=False, outdone=True)
        else:
            told = told or (one.proof and one.counts)
            yield one


def _date(day: int) -> date | None:
    return date.fromordinal(day) if day else None


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
