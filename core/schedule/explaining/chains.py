"""Sessions of a chain of which several are not placed: what stands in the way of one as if those before it were where they could be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.schedule.entities import Problem, Session
from core.schedule.explaining.blocks import Blocks, behind, blocks
from core.schedule.explaining.occupancy import Flags, Numbers, Occupancy
from core.schedule.schedule import Rule


def chained(problem: Problem, occupancy: Occupancy, session: Session) -> Blocks | None:
    """What stands in the way of a session if each unplaced one before it took any start that is free to it; None when one has no start.

    What the parts of a chain take from one another is left out of account.
    """
    if session.id not in occupancy.memo:
        occupancy.memo[session.id] = _chained(problem, occupancy, session)
    known: Blocks | None = occupancy.memo[session.id]
    return known


def _chained(problem: Problem, occupancy: Occupancy, session: Session) -> Blocks | None:
    found = blocks(problem, occupancy, session)
    for lag in session.after:
        if lag.session in occupancy.placed:
            continue
        before = problem.session[lag.session]
        ahead = chained(problem, occupancy, before)
        reach = None if ahead is None else behind(before, ahead.free(), lag)
        if reach is None or not reach.any():
            return None
        if not reach.all():
            distances = {**found.common.get(Rule.AFTER, {}), lag.session: _distance(reach)}
            found = replace(found, common={**found.common, Rule.AFTER: distances})
    return found


def stuck_follower(problem: Problem, occupancy: Occupancy, session: Session) -> Session | None:
    """The first of what comes after a session, itself not placed, that finds no place wherever this one is put."""
    for later, _ in occupancy.followers.get(session.id, ()):
        if later.id not in occupancy.placed:
            found = chained(problem, occupancy, later)
            if found is None or not found.free().any():
                return later
    return None


def _distance(reach: Flags) -> Numbers:
    """For every start, how many slots it is from the nearest that can be reached."""
    starts = np.flatnonzero(reach)
    slots = np.arange(len(reach))
    after = np.clip(np.searchsorted(starts, slots), 0, len(starts) - 1)
    before = np.clip(after - 1, 0, len(starts) - 1)
    found: Numbers = np.minimum(np.abs(starts[after] - slots), np.abs(starts[before] - slots))
    return found
