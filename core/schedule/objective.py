"""What a schedule costs, worked out anew from the problem and the assignments: one named function a term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.schedule.entities import Id, Problem, Session
from core.schedule.schedule import Assignment, Objective

Placed = Mapping[Id, Assignment]


def objective(problem: Problem, assignments: Iterable[Assignment]) -> Objective:
    """Every term of the cost. What is not among the assignments counts as unplaced."""
    placed = {one.session: one for one in assignments}
    return Objective(
        late=_late(problem, placed),
        start=_start(problem, placed),
        cost=problem.weights.cost * money(problem, placed.values()),
        overload=_overload_of_months(problem, placed) + _overload_of_people(problem, placed),
        capacity=_missing_seats(problem, placed),
        spread=_spread(problem, placed),
        compact=_compact(problem, placed),
        same_venue=_same_venue(problem, placed),
        move=_moves(problem, placed),
        trainer_change=_trainer_changes(problem, placed),
        unplaced=problem.weights.unplaced * sum(one.priority for one in problem.sessions if one.id not in placed),
    )


def money(problem: Problem, assignments: Iterable[Assignment]) -> float:
    """What the trainers and venues of these assignments cost, without a weight."""
    total = 0.0
    for one in assignments:
        rate = 0.0 if one.trainer is None else problem.trainer[one.trainer].cost_per_slot
        rate += 0.0 if one.venue is None else problem.venue[one.venue].cost_per_slot
        total += problem.session[one.session].dur * rate
    return total


def slots_of(problem: Problem, one: Assignment) -> range:
    """The slots that an assignment occupies."""
    first = one.day * problem.calendar.slots_per_day + one.slot
    return range(first, first + problem.session[one.session].dur)


def _pairs(problem: Problem, placed: Placed) -> Iterable[tuple[Session, Assignment]]:
    return ((session, placed[session.id]) for session in problem.sessions if session.id in placed)


def _late(problem: Problem, placed: Placed) -> float:
    """Workdays from the due day to the day of the last slot, by priority."""
    total = 0
    for session, one in _pairs(problem, placed):
        if session.due is not None:
            total += session.priority * max(0, problem.calendar.day_of(slots_of(problem, one)[-1]) - session.due)
    return problem.weights.late * total


def _start(problem: Problem, placed: Placed) -> float:
    """The start day, by priority: earlier is better."""
    return problem.weights.start * sum(session.priority * one.day for session, one in _pairs(problem, placed))


def _overload_of_months(problem: Problem, placed: Placed) -> float:
    """Person-slots of a month beyond its target."""
    targets = problem.rules.month_target_slots
    if targets is None or problem.calendar.dates is None:
        return 0.0
    load = [0.0] * 12
    for session, one in _pairs(problem, placed):
        load[problem.calendar.dates[one.day].month - 1] += session.dur * session.headcount
    return problem.weights.overload * sum(max(0.0, has - target) for has, target in zip(load, targets, strict=True))


def _overload_of_people(problem: Problem, placed: Placed) -> float:
    """A person's slots of a month beyond the limit, when the limit is soft."""
    rule = problem.rules.person_month
    if rule is None or rule.mode == "hard" or problem.calendar.dates is None:
        return 0.0
    load: dict[tuple[Id, int], int] = defaultdict(int)
    for session, one in _pairs(problem, placed):
        for person in session.people:
            load[person, problem.calendar.dates[one.day].month] += session.dur
    return rule.weight * sum(max(0, has - rule.limit) for has in load.values())


def _missing_seats(problem: Problem, placed: Placed) -> float:
    """Seats that a venue lacks, when capacity is soft."""
    rule = problem.rules.venue_capacity
    if rule.mode == "hard":
        return 0.0
    total = 0
    for session, one in _pairs(problem, placed):
        capacity = None if one.venue is None else problem.venue[one.venue].capacity
        total += 0 if capacity is None else max(0, session.headcount - capacity)
    return rule.weight * total


def _spread(problem: Problem, placed: Placed) -> float:
    """Distinct days with a slot of the group that are missing."""
    days: dict[Id, set[int]] = defaultdict(set)
    for session, one in _pairs(problem, placed):
        if session.group is not None:
            days[session.group] |= {problem.calendar.day_of(slot) for slot in slots_of(problem, one)}
    wanted = ((group.spread, len(days[group.id])) for group in problem.groups if group.spread)
    return sum(spread.weight * max(0, spread.min_days - has) for spread, has in wanted)


def _compact(problem: Problem, placed: Placed) -> float:
    """Sessions of a cohort with none of its others right before or right after on the same day."""
    weights = {one.id: one.compact for one in problem.cohorts if one.compact}
    held: dict[Id, dict[int, int]] = {one: defaultdict(int) for one in weights}
    for session, one in _pairs(problem, placed):
        for cohort in session.cohorts:
            for slot in slots_of(problem, one) if cohort in weights else ():
                held[cohort][slot] += 1
    total = 0.0
    for session, one in _pairs(problem, placed):
        around = list(_neighbours(problem, slots_of(problem, one)))
        alone = (cohort for cohort in session.cohorts if cohort in weights and not any(held[cohort].get(slot) for slot in around))
        total += sum(weights[cohort] for cohort in alone)
    return total


def _neighbours(problem: Problem, slots: range) -> Iterable[int]:
    """The slots right before and right after, where they are of the same day."""
    a_day = problem.calendar.slots_per_day
    if slots[0] % a_day:
        yield slots[0] - 1
    if (slots[-1] + 1) % a_day:
        yield slots[-1] + 1


def _same_venue(problem: Problem, placed: Placed) -> float:
    """Venues of a group beyond its first."""
    venues: dict[Id, set[Id]] = defaultdict(set)
    for session, one in _pairs(problem, placed):
        if session.group is not None and one.venue is not None:
            venues[session.group].add(one.venue)
    return sum(group.same_venue * max(0, len(venues[group.id]) - 1) for group in problem.groups)


def _moves(problem: Problem, placed: Placed) -> float:
    """Placed sessions of the previous schedule that begin at another time."""
    both = ((placed[one.session], one) for one in problem.previous if one.session in placed)
    return problem.weights.move * sum((now.day, now.slot) != (then.day, then.slot) for now, then in both)


def _trainer_changes(problem: Problem, placed: Placed) -> float:
    """Placed sessions of the previous schedule that have another trainer."""
    both = ((placed[one.session], one) for one in problem.previous if one.session in placed)
    return problem.weights.trainer_change * sum(now.trainer != then.trainer for now, then in both)
