"""Cohorts formed from an audience: none too large, none with too many of one unit, and people keep the cohort they are in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part. `unit_id` None: of no unit, and then no unit misses them."""

    employee_id: int
    unit_id: int | None
    line: str = ""


@dataclass
class Formed:
    """A cohort by its number: who is in it, who of them by hand."""

    number: int
    members: list[int] = field(default_factory=list)
    by_hand: set[int] = field(default_factory=set)


def form(
    people: Sequence[Participant],
    size: int,
    caps: Mapping[int, int],
    standing: Sequence[Formed] = (),
    begun: Collection[int] = (),
    least: int = 0,
) -> list[Formed]:
    """The cohorts of these people, at most `size` in each and at most `caps` of a unit (by unit; missing: any number).

    `standing` are the cohorts as they are: whoever still takes part stays where they are while there is room; who was put somewhere by hand
    stays there in any case. Newcomers go where the fewest of their unit are. No more cohorts are made than are needed, and than the `least`
    that somebody asked for as long as nobody put people together by hand. Cohorts that have `begun` (by number) are left as they are:
    nobody is put beside those who have been taught already.
    """
    unit_of = {one.employee_id: one.unit_id for one in people}
    cohorts = [_begun(one, unit_of) if one.number in begun else _still(one, unit_of, size, caps) for one in standing]
    placed = {member for one in cohorts for member in one.members}
    waiting = [one for one in people if one.employee_id not in placed]
    asked = 0 if any(one.by_hand for one in cohorts) else min(least, len(people))
    needed = max(_needed(people, size, caps), len([one for one in cohorts if one.members]), asked)
    cohorts = [one for one in cohorts if one.members or len(cohorts) <= needed]
    while len(cohorts) < needed:
        cohorts.append(Formed(_next_number(cohorts)))
    # The largest units first: they are the hardest to spread.
    crowd = Counter(one.unit_id for one in waiting)
    for one in sorted(waiting, key=lambda one: (-crowd[one.unit_id], one.unit_id or 0, one.employee_id)):
        fitting = [cohort for cohort in cohorts if cohort.number not in begun and _fits(cohort, one.unit_id, unit_of, size, caps)]
        if not fitting:
            cohorts.append(Formed(_next_number(cohorts)))
            fitting = [cohorts[-1]]
        best = min(fitting, key=lambda cohort: (_of_unit(cohort, one.unit_id, unit_of), len(cohort.members), cohort.number))
        best.members.append(one.employee_id)
    return [one for one in cohorts if one.members]


def unit_mix(members: Sequence[int], unit_of: Mapping[int, int | None]) -> dict[int | None, int]:
    """How many of each unit are in a cohort, the most first."""
    return dict(Counter(unit_of.get(member) for member in members).most_common())


def _needed(people: Sequence[Participant], size: int, caps: Mapping[int, int]) -> int:
    by_size = math.ceil(len(people) / size)
    counts = Counter(one.unit_id for one in people if one.unit_id is not None)
    by_unit = (math.ceil(count / max(1, caps[unit])) for unit, count in counts.items() if unit in caps)
    return max((by_size, *by_unit)) if people else 0


def _begun(one: Formed, unit_of: Mapping[int, int | None]) -> Formed:
    """A cohort that has begun, without those who are no longer there at all."""
    members = [member for member in one.members if member in unit_of]
    return Formed(one.number, members, one.by_hand & set(members))


def _still(one: Formed, unit_of: Mapping[int, int | None], size: int, caps: Mapping[int, int]) -> Formed:
    """A standing cohort without those who take part no more, and without whoever no longer fits in."""
    kept = Formed(one.number, [member for member in one.members if member in one.by_hand and member in unit_of], set(one.by_hand))
    for member in one.members:
        if member in unit_of and member not in one.by_hand and _fits(kept, unit_of[member], unit_of, size, caps):
            kept.members.append(member)
    kept.by_hand &= set(kept.members)
    return kept


def _fits(cohort: Formed, unit_id: int | None, unit_of: Mapping[int, int | None], size: int, caps: Mapping[int, int]) -> bool:
    if len(cohort.members) >= size:
        return False
    return unit_id is None or unit_id not in caps or _of_unit(cohort, unit_id, unit_of) < max(1, caps[unit_id])


def _of_unit(cohort: Formed, unit_id: int | None, unit_of: Mapping[int, int | None]) -> int:
    return sum(1 for member in cohort.members if unit_of.get(member) == unit_id)


def _next_number(cohorts: Sequence[Formed]) -> int:
    return max((one.number for one in cohorts), default=0) + 1
