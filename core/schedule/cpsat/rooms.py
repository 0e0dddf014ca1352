"""Rooms for sessions whose times are known."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import linear_sum_assignment

from core.schedule.cpsat.exact import new_solver
from core.schedule.entities import Id, Problem, Session, Venue

_CLOSED = 1e9

Held = list[tuple[Session, int]]


def rooms_for(problem: Problem, held: Held, seconds: float) -> dict[Id, Id | None] | None:
    """A room for every session that begins in the slot beside it (None for those without), or None where the rooms do not suffice.

    Where all sessions are one slot long, each slot is a matching of its own with as few missing seats as can be; where some are longer,
    the constraint solver gives out the rooms.
    """
    chosen: dict[Id, Id | None] = {session.id: None for session, _ in held}
    wanted = [(session, slot) for session, slot in held if problem.needs_venue(session)]
    alone = all(session.dur == 1 for session, _ in wanted) and problem.rules.venue_exclusive
    found = _matched(problem, wanted) if alone else _given_out(problem, wanted, seconds)
    return None if found is None else {**chosen, **found}


def _matched(problem: Problem, wanted: Held) -> dict[Id, Id] | None:
    by_slot: dict[int, list[Session]] = defaultdict(list)
    for session, slot in wanted:
        by_slot[slot].append(session)
    chosen: dict[Id, Id] = {}
    for slot, sessions in by_slot.items():
        costs = np.array([[_cost(problem, session, slot, venue) for venue in problem.venues] for session in sessions])
        rows, columns = linear_sum_assignment(costs)
        if len(rows) < len(sessions) or costs[rows, columns].max() >= _CLOSED:
            return None
        chosen |= {sessions[row].id: problem.venues[column].id for row, column in zip(rows, columns, strict=True)}
    return chosen


def _cost(problem: Problem, session: Session, slot: int, venue: Venue) -> float:
    """What a room costs a session: missing seats, money; without end where it may not be there."""
    if venue not in problem.venues_for(session) or session.pinned.venue not in (None, venue.id):
        return _CLOSED
    if any(taken in venue.unavailable for taken in range(slot, slot + session.dur)):
        return _CLOSED
    missing = 0 if venue.capacity is None else max(0, session.headcount - venue.capacity)
    return problem.rules.venue_capacity.weight * missing + problem.weights.cost * session.dur * venue.cost_per_slot


def _given_out(problem: Problem, wanted: Held, seconds: float) -> dict[Id, Id] | None:
    model = cp_model.CpModel()
    taken: dict[tuple[Id, int], list[Any]] = defaultdict(list)
    options: dict[Id, dict[Id, Any]] = {}
    costs: list[tuple[float, Any]] = []
    for session, slot in wanted:
        prices = {one.id: _cost(problem, session, slot, one) for one in problem.venues}
        options[session.id] = {room: model.new_bool_var("") for room, price in prices.items() if price < _CLOSED}
        model.add_exactly_one(options[session.id].values())
        for room, one in options[session.id].items():
            costs.append((prices[room], one))
            for slot_taken in range(slot, slot + session.dur):
                taken[room, slot_taken].append(one)
    for several in taken.values() if problem.rules.venue_exclusive else ():
        model.add_at_most_one(several)
    model.minimize(sum(round(price * 100) * one for price, one in costs))
    solver = new_solver(seconds, 1, 1)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {name: next(room for room, one in rooms.items() if solver.boolean_value(one)) for name, rooms in options.items()}
