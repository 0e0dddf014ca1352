"""The two sets of arrays that all kernels work on: what a problem says, which never changes, and the state of a schedule, which does.

A list of lists is stored as one array of all items with an array `…_at` of where each list begins. A set of slots is a row of 64-bit
words. -1 stands for none.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]
Bits: TypeAlias = NDArray[np.uint64]

NEVER = 1 << 30
"""A whole number beyond every slot and every load."""


class Facts(NamedTuple):
    """What a problem says."""

    # How many there are: sessions, chains, slots, words of a set of slots, months, ways to order chains.
    session_count: int
    chain_count: int
    slots: int
    words: int
    months: int
    ways: int
    a_day: int
    late: float
    early: float
    move: float
    overload: float
    # Which sessions of a kind exclude one another in time.
    persons_apart: bool
    cohorts_apart: bool
    groups_apart: bool
    trainers_apart: bool
    venues_apart: bool
    # Of slots and months.
    month: Ints
    month_slots: Bits
    target: Floats
    has_budget: bool
    budget: Floats
    # Of sessions.
    dur: Ints
    headcount: Floats
    priority: Floats
    due: Ints
    penalty: Floats
    was: Ints
    allowed: Bits
    group: Ints
    people_at: Ints
    people: Ints
    cohorts_at: Ints
    cohorts: Ints
    absences_at: Ints
    absences: Ints
    trainers_at: Ints
    trainers: Ints
    trainer_cost: Floats
    trainer_money: Floats
    venues_at: Ints
    venues: Ints
    venue_cost: Floats
    venue_money: Floats
    earlier_at: Ints
    earlier: Ints
    later_at: Ints
    later: Ints
    # Of chains: sessions that hang together by `after`, each before those that follow it.
    chain: Ints
    chains_at: Ints
    chains: Ints
    chain_place: Ints
    heirs_at: Ints
    heirs: Ints
    # What chains may be ordered by: one row a way, smaller first.
    keys: Floats
    # Of what is shared.
    attended_at: Ints
    attended: Ints
    department_at: Ints
    max_absent: Ints
    person_department: Ints
    person_limit: int
    person_soft_limit: int
    person_soft_weight: float
    trainer_month: Ints
    trainer_year: Ints
    compact: Floats
    min_days: Ints
    spread: Floats
    same_venue: Floats
    members_at: Ints
    members: Ints
    # Sessions by trainer, venue and group.
    taught_at: Ints
    taught: Ints
    held_at: Ints
    held: Ints
    grouped_at: Ints
    grouped: Ints


class State(NamedTuple):
    """A schedule, and what follows from it."""

    start: Ints
    trainer: Ints
    venue: Ints
    total: Floats
    # How many sessions are placed, and how many times a session was looked at.
    counted: NDArray[np.int64]
    person_busy: Bits
    cohort_busy: Bits
    group_busy: Bits
    trainer_busy: Bits
    venue_busy: Bits
    # Row department_at[d] + k: the slots in which k more people of department d would be too many.
    full: Bits
    away: Ints
    present: Ints
    person_load: Ints
    trainer_load: Ints
    trainer_total: Ints
    spent: Floats
    month_load: Floats
    group_days: Ints
    group_distinct: Ints
    group_venues: Ints
    group_venue_count: Ints
    in_slot: Ints
    holder: Ints
    # What leaving a session out counts at present: its penalty, unless the search is after a complete plan.
    weight: Floats
    # Room to work in.
    busy: Bits
    hits: Bits
    free: Bits
    rest: Bits
    by_trainer: Ints
    by_venue: Ints
    fee: Floats
    paid: Floats
    room_rank: Floats
    room_fee: Floats
    room_paid: Floats
    by_month: Floats
    most: Ints
    cost: Floats
    ahead: Floats
    queue: Ints
    random: Bits


class Search(NamedTuple):
    """Where a search stands: the best schedule found, and what the step at hand has opened."""

    best_start: Ints
    best_trainer: Ints
    best_venue: Ints
    best_total: Floats
    # The chains that are open, in the order in which they are to be put in again, and where their sessions were.
    opened: Ints
    is_open: Ints
    open_key: Floats
    old_start: Ints
    old_trainer: Ints
    old_venue: Ints
    # How many are open; the session that everything began with.
    step: Ints
