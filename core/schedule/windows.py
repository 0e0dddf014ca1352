"""When a session may start at all, whoever gives it and wherever: the rules that concern it alone, each by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.schedule.entities import Calendar, Problem, Session
from core.schedule.schedule import Rule

Mask: TypeAlias = NDArray[np.bool_]


def allowed_starts(problem: Problem, session: Session) -> Mask:
    """For every slot, whether the session may start in it by the rules that concern it alone, its pin included."""
    blocked = np.zeros(problem.calendar.slots, dtype=np.bool_)
    for mask in blocked_starts(problem, session).values():
        blocked |= mask
    return ~blocked


def blocked_starts(problem: Problem, session: Session) -> dict[Rule, Mask]:
    """For every rule that concerns the session alone, the slots in which it forbids a start. Rules that forbid nothing are left out."""
    calendar = problem.calendar
    masks = dict(_of_length(problem, session.dur))
    closed = problem.group[session.group].blackout_slots if session.group is not None else ()
    if closed:
        masks[Rule.BLACKOUT] = hit(mask_of(calendar, closed), session.dur)
    if session.earliest > 0:
        masks[Rule.EARLIEST] = np.arange(calendar.slots) < session.earliest * calendar.slots_per_day
    if session.starts is not None:
        masks[Rule.STARTS] = ~mask_of(calendar, session.starts)
    if session.pinned:
        masks[Rule.PINNED] = _not_as_pinned(calendar, session)
    return {rule: mask for rule, mask in masks.items() if mask.any()}


def _of_length(problem: Problem, dur: int) -> dict[Rule, Mask]:
    """What forbids starts to every session of a length alike: a year asks a thousand times for what it knows of a few."""
    found: dict[Rule, Mask] | None = problem.windows.get(dur)
    if found is None:
        calendar = problem.calendar
        found = problem.windows[dur] = {
            Rule.CALENDAR: _beyond_the_end(calendar, dur),
            Rule.MORNING: _not_in_the_morning(calendar, dur),
            Rule.NO_CROSSING: hit(_crossings(calendar), dur - 1) if dur > 1 else _none(calendar),
        }
    return found


def hit(busy: Mask, dur: int) -> Mask:
    """For every slot, whether `dur` slots from it on meet a busy one. What lies beyond the end is free."""
    counted = np.concatenate([[0], np.cumsum(busy)])
    ends = np.minimum(np.arange(len(busy)) + dur, len(busy))
    found: Mask = counted[ends] > counted[:-1]
    return found


def mask_of(calendar: Calendar, slots: Iterable[int]) -> Mask:
    """The slots as one flag a slot."""
    mask = _none(calendar)
    mask[list(slots)] = True
    return mask


def _none(calendar: Calendar) -> Mask:
    return np.zeros(calendar.slots, dtype=np.bool_)


def _beyond_the_end(calendar: Calendar, dur: int) -> Mask:
    return np.arange(calendar.slots) + dur > calendar.slots


def _not_in_the_morning(calendar: Calendar, dur: int) -> Mask:
    """What is longer than half a day begins with the day."""
    late = np.arange(calendar.slots) % calendar.slots_per_day != 0
    return late if 2 * dur > calendar.slots_per_day else _none(calendar)


def _crossings(calendar: Calendar) -> Mask:
    """The last slots of the days over whose end nothing may run: whoever is in one and in the next crosses it."""
    return mask_of(calendar, ((day + 1) * calendar.slots_per_day - 1 for day in calendar.no_crossing))


def _not_as_pinned(calendar: Calendar, session: Session) -> Mask:
    slots = np.arange(calendar.slots)
    blocked = _none(calendar)
    if session.pinned.day is not None:
        blocked |= slots // calendar.slots_per_day != session.pinned.day
    if session.pinned.slot is not None:
        blocked |= slots % calendar.slots_per_day != session.pinned.slot
    return blocked
