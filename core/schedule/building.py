"""A numbered problem as the arrays that the kernels work on, and the empty schedule of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core.schedule.entities import Session
from core.schedule.kernels.facts import NEVER, Bits, Facts, Floats, Ints, Search, State
from core.schedule.numbered import Numbered, places, turned
from core.schedule.windows import Mask, allowed_starts, mask_of

# A pinned session, and whatever must come before one, is placed before all others.
PINNED_FIRST = 1e7
_MONTHS = 12
_WAYS = 7


def facts(numbered: Numbered) -> Facts:
    """What the problem says, as arrays."""
    return Facts(
        **_sizes(numbered),
        **_of_rules(numbered),
        **_of_months(numbered),
        **_of_sessions(numbered),
        **_of_choices(numbered),
        **_of_chains(numbered),
        **_of_people(numbered),
        **_of_groups(numbered),
    )


def empty_state(f: Facts, numbered: Numbered, seed: int) -> State:
    """The schedule in which nothing is placed."""
    problem = numbered.problem
    slots, count, width = problem.calendar.slots, len(f.dur), f.month_slots.shape[1]
    people, cohorts, groups = len(problem.people), len(f.compact), len(f.min_days)
    trainers, venues = len(problem.trainers), len(problem.venues)
    longest = max((len(chain) for chain in numbered.chains), default=1)
    unavailable = [words(mask_of(problem.calendar, one.unavailable)) for one in problem.trainers]
    closed = [words(mask_of(problem.calendar, one.unavailable)) for one in problem.venues]
    # What no session needs takes no room.
    persons_counted = 0 if f.persons_apart else people
    total = f.penalty.sum() + (f.spread * f.min_days).sum()
    return State(
        start=np.full(count, -1, dtype=np.int32),
        trainer=np.full(count, -1, dtype=np.int32),
        venue=np.full(count, -1, dtype=np.int32),
        total=np.array([total]),
        counted=np.zeros(2, dtype=np.int64),
        person_busy=_bits(people, width),
        cohort_busy=_bits(cohorts, width),
        group_busy=_bits(groups, width),
        trainer_busy=_rows(unavailable, width),
        venue_busy=_rows(closed, width),
        full=_full(f, width),
        away=_counts(len(f.max_absent), slots),
        present=_counts(persons_counted, slots),
        person_load=_counts(people, _MONTHS),
        trainer_load=_counts(trainers, _MONTHS),
        trainer_total=np.zeros(trainers, dtype=np.int32),
        spent=np.zeros(5),
        month_load=np.zeros(_MONTHS),
        group_days=_counts(groups, problem.calendar.days),
        group_distinct=np.zeros(groups, dtype=np.int32),
        group_venues=_counts(groups, venues),
        group_venue_count=np.zeros(groups, dtype=np.int32),
        in_slot=_counts(cohorts if f.compact.any() else 0, slots),
        holder=_counts(cohorts if f.compact.any() else 0, slots),
        weight=f.penalty.copy(),
        **_room(slots, width),
        by_month=np.zeros(_MONTHS),
        cost=np.zeros((longest, slots)),
        random=np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % (1 << 64) or 1], dtype=np.uint64),
    )


def _room(slots: int, width: int) -> dict[str, Any]:
    """What kernels work in; nothing in it lasts."""
    return {
        **{name: np.zeros(width, dtype=np.uint64) for name in ("busy", "hits", "free", "rest")},
        **{name: np.zeros(slots, dtype=np.int32) for name in ("by_trainer", "by_venue", "queue")},
        "most": np.zeros(_MONTHS, dtype=np.int32),
        **{name: np.zeros(slots) for name in ("fee", "paid", "room_rank", "room_fee", "room_paid", "ahead")},
    }


def empty_search(f: Facts) -> Search:
    """A search that has found nothing yet."""
    count, chains = len(f.dur), len(f.chains_at) - 1
    return Search(
        best_total=np.array([np.inf]),
        is_open=np.zeros(chains, dtype=np.int32),
        opened=np.zeros(chains, dtype=np.int32),
        open_key=np.zeros(chains),
        step=np.zeros(2, dtype=np.int32),
        **{
            name: np.full(count, -1, dtype=np.int32)
            for name in ("best_start", "best_trainer", "best_venue", "old_start", "old_trainer", "old_venue")
        },
    )


def words(mask: Mask) -> Bits:
    """A set of slots as 64-bit words."""
    padded = np.zeros(-(-len(mask) // 64) * 64, dtype=np.bool_)
    padded[: len(mask)] = mask
    return np.packbits(padded, bitorder="little").view(np.uint64).copy()


def _sizes(numbered: Numbered) -> dict[str, Any]:
    calendar = numbered.problem.calendar
    return {
        "session_count": len(numbered.problem.sessions),
        "chain_count": len(numbered.chains),
        "slots": calendar.slots,
        "words": -(-calendar.slots // 64),
        "months": 1 if calendar.dates is None else _MONTHS,
        "ways": _WAYS,
        "a_day": calendar.slots_per_day,
    }


def _of_rules(numbered: Numbered) -> dict[str, Any]:
    rules, weights = numbered.problem.rules, numbered.problem.weights
    limit = rules.person_month if numbered.problem.calendar.dates is not None else None
    return {
        "late": weights.late,
        "early": weights.start,
        "move": weights.move,
        "overload": weights.overload,
        "persons_apart": rules.person_exclusive,
        "cohorts_apart": rules.cohort_exclusive,
        "groups_apart": rules.group_exclusive,
        "trainers_apart": rules.trainer_exclusive,
        "venues_apart": rules.venue_exclusive,
        "person_limit": limit.limit if limit and limit.mode == "hard" else NEVER,
        "person_soft_limit": limit.limit if limit and limit.mode == "soft" else NEVER,
        "person_soft_weight": limit.weight if limit and limit.mode == "soft" else 0.0,
    }


def _of_months(numbered: Numbered) -> dict[str, Any]:
    calendar, rules = numbered.problem.calendar, numbered.problem.rules
    dated = calendar.dates is not None
    by_day = np.array([calendar.month(day) or 0 for day in range(calendar.days)], dtype=np.int32)
    months = np.repeat(by_day, calendar.slots_per_day)
    quarters = rules.budget.quarters if dated else (None,) * 4
    money = [np.inf if one is None else one for one in (*quarters, rules.budget.year)]
    return {
        "month": months,
        "month_slots": np.stack([words(months == m) for m in range(_MONTHS if dated else 1)]),
        "target": _floats(rules.month_target_slots if rules.month_target_slots and dated else [np.inf] * _MONTHS),
        "has_budget": bool(np.isfinite(money).any()),
        "budget": _floats(money),
    }


def _of_sessions(numbered: Numbered) -> dict[str, Any]:
    sessions, problem = numbered.problem.sessions, numbered.problem
    before = [problem.before.get(one.id) for one in sessions]
    width = -(-problem.calendar.slots // 64)
    return {
        "dur": _ints([min(one.dur, problem.calendar.slots + 1) for one in sessions]),
        "headcount": _floats(one.headcount for one in sessions),
        "priority": _floats(one.priority for one in sessions),
        "due": _ints([NEVER if one.due is None else one.due for one in sessions]),
        "penalty": _penalties(numbered),
        "was": _ints([-1 if one is None else one.day * problem.calendar.slots_per_day + one.slot for one in before]),
        "allowed": _rows([words(_allowed(numbered, one)) for one in sessions], width),
    }


def _allowed(numbered: Numbered, session: Session) -> Mask:
    allowed = allowed_starts(numbered.problem, session)
    return allowed if numbered.can_be_staffed(session) else np.zeros_like(allowed)


def _penalties(numbered: Numbered) -> Floats:
    """What leaving a session out costs; far more where one that is pinned would be left out with it."""
    problem = numbered.problem
    pinned = [bool(one.pinned) for one in problem.sessions]
    penalty = [problem.weights.unplaced * one.priority for one in problem.sessions]
    for i, heirs in enumerate(numbered.heirs):
        if pinned[i] or any(pinned[j] for j in heirs):
            penalty[i] += PINNED_FIRST + 9 * penalty[i]
    return _floats(penalty)


def _of_choices(numbered: Numbered) -> dict[str, Any]:
    problem = numbered.problem
    trainer = [(one, k) for one, of in zip(problem.sessions, numbered.trainers, strict=True) for k in of]
    venue = [(one, v) for one, of in zip(problem.sessions, numbered.venues, strict=True) for v in of]
    dated = problem.calendar.dates is not None
    return {
        **_lists("trainers", numbered.trainers),
        "trainer_cost": _floats(numbered.trainer_cost(one, k) for one, k in trainer),
        "trainer_money": _floats(one.dur * problem.trainers[k].cost_per_slot for one, k in trainer),
        **_lists("venues", numbered.venues),
        "venue_cost": _floats(numbered.venue_cost(one, v) for one, v in venue),
        "venue_money": _floats(one.dur * problem.venues[v].cost_per_slot for one, v in venue),
        **_lists("taught", turned(numbered.trainers, len(problem.trainers))),
        **_lists("held", turned(numbered.venues, len(problem.venues))),
        "trainer_month": _ints([_limit(one.max_slots_per_month if dated else None) for one in problem.trainers]),
        "trainer_year": _ints([_limit(one.max_slots_per_year) for one in problem.trainers]),
    }


def _of_chains(numbered: Numbered) -> dict[str, Any]:
    sessions = numbered.problem.sessions
    earlier: list[list[tuple[int, int, int]]] = [[] for _ in sessions]
    later: list[list[tuple[int, int, int]]] = [[] for _ in sessions]
    for i, one in enumerate(sessions):
        for lag in one.after:
            j, longest = numbered.session[lag.session], _limit(lag.max_lag)
            earlier[i].append((j, min(lag.min_lag, NEVER), longest))
            later[j].append((i, min(lag.min_lag, NEVER), longest))
    chain, place = np.zeros(len(sessions), dtype=np.int32), np.zeros(len(sessions), dtype=np.int32)
    for c, members in enumerate(numbered.chains):
        chain[members] = c
        place[members] = range(len(members))
    return {
        "earlier_at": _begins(earlier),
        "earlier": _tuples(earlier, 3),
        "later_at": _begins(later),
        "later": _tuples(later, 3),
        "chain": chain,
        "chain_place": place,
        **_lists("chains", numbered.chains),
        **_lists("heirs", numbered.heirs),
        "keys": _keys(numbered),
    }


def _keys(numbered: Numbered) -> Floats:
    """What chains may be ordered by: due day, priority, people's time, its ratio to the priority, length and room to move."""
    days = numbered.problem.calendar.days
    rows = []
    for members in numbered.chains:
        of = [numbered.problem.sessions[i] for i in members]
        due = min((days if one.due is None else one.due) for one in of)
        priority = max(one.priority for one in of)
        load = sum(one.dur * max(1, one.headcount) for one in of)
        span = sum(one.dur for one in of)
        choice = min(len(numbered.trainers[i]) or len(numbered.problem.trainers) or 1 for i in members)
        rows.append([due + 1, -priority, -load, load / priority, span / priority, -span, choice])
    return np.ascontiguousarray(np.array(rows, dtype=np.float64).reshape(-1, _WAYS).T)


def _of_people(numbered: Numbered) -> dict[str, Any]:
    problem = numbered.problem
    place, departments = places(problem.people), places(problem.departments)
    attending = [[place[one] for one in session.people] for session in problem.sessions]
    limited = [
        -1 if one.department is None or problem.departments[departments[one.department]].max_absent is None else departments[one.department]
        for one in problem.people
    ]
    absences = [_absences(people, limited) for people in attending]
    most = [1] * len(departments)
    for d, need in (one for of in absences for one in of):
        most[d] = max(most[d], need)
    return {
        **_lists("people", attending),
        **_lists("attended", turned(attending, len(place))),
        "absences_at": _begins(absences),
        "absences": _tuples(absences, 2),
        "department_at": _ints(np.concatenate([[0], np.cumsum(np.asarray(most, dtype=np.int32) + 1)])),
        "max_absent": _ints([_limit(one.max_absent) for one in problem.departments]),
        "person_department": _ints(limited),
    }


def _absences(people: Sequence[int], department: Sequence[int]) -> list[tuple[int, int]]:
    """How many of each department with a limit are away."""
    count: dict[int, int] = {}
    for p in people:
        if department[p] >= 0:
            count[department[p]] = count.get(department[p], 0) + 1
    return sorted(count.items())


def _of_groups(numbered: Numbered) -> dict[str, Any]:
    problem = numbered.problem
    cohorts, groups = places(problem.cohorts), places(problem.groups)
    within = [[cohorts[one] for one in session.cohorts] for session in problem.sessions]
    grouped = [[] if one.group is None else [groups[one.group]] for one in problem.sessions]
    return {
        "group": _ints([of[0] if of else -1 for of in grouped]),
        **_lists("cohorts", within),
        **_lists("members", turned(within, len(cohorts))),
        **_lists("grouped", turned(grouped, len(groups))),
        "compact": _floats(one.compact for one in problem.cohorts),
        "min_days": _ints([min(one.spread.min_days, NEVER) if one.spread else 0 for one in problem.groups]),
        "spread": _floats(one.spread.weight if one.spread else 0.0 for one in problem.groups),
        "same_venue": _floats(one.same_venue for one in problem.groups),
    }


def _full(f: Facts, width: int) -> Bits:
    """For every department and number of people, the slots in which so many would be too many: all or none while nobody is away."""
    full = _bits(int(f.department_at[-1]), width)
    for d, limit in enumerate(f.max_absent):
        begin, end = int(f.department_at[d]), int(f.department_at[d + 1])
        full[min(end, begin + int(limit) + 1) : end] = ~np.uint64(0)
    return full


def _limit(value: int | None) -> int:
    return NEVER if value is None else min(value, NEVER)


def _lists(name: str, lists: Sequence[Sequence[int]]) -> dict[str, Ints]:
    return {f"{name}_at": _begins(lists), name: _ints([item for items in lists for item in items])}


def _begins(lists: Sequence[Sequence[Any]]) -> Ints:
    return _ints(np.concatenate([[0], np.cumsum([len(items) for items in lists], dtype=np.int64)]))


def _tuples(lists: Sequence[Sequence[tuple[int, ...]]], width: int) -> Ints:
    return _ints(np.array([item for items in lists for item in items], dtype=np.int64).reshape(-1, width))


def _ints(values: Sequence[int] | Any) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int32)


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _counts(rows: int, columns: int) -> Ints:
    return np.zeros((rows, columns), dtype=np.int32)


def _bits(rows: int, width: int) -> Bits:
    return np.zeros((rows, width), dtype=np.uint64)


def _rows(rows: Sequence[Bits], width: int) -> Bits:
    return np.stack(rows) if rows else _bits(0, width)
