"""Keeping what was: sessions go back where they were before, as far as every rule still lets them."""

from __future__ import annotations

from core.schedule.kernels.chains import earlier_are_placed, settle_chain, window_high, window_low
from core.schedule.kernels.compiling import entry, kernel
from core.schedule.kernels.costs import place_of_trainer, place_of_venue
from core.schedule.kernels.facts import Facts, Ints, State
from core.schedule.kernels.insertion import can_be
from core.schedule.kernels.placing import put

_SLACK = 1e-6


@entry
def keep(f: Facts, s: State, start: Ints, trainer: Ints, venue: Ints) -> None:
    """Place every session that is not placed where it is said to have been (-1: nowhere), unless a rule forbids it by now."""
    for c in range(f.chain_count):
        for at in range(f.chains_at[c], f.chains_at[c + 1]):
            i = f.chains[at]
            if s.start[i] < 0 and start[i] >= 0 and _may_stay(f, s, i, start[i], trainer[i], venue[i]):
                put(f, s, i, start[i], trainer[i], venue[i])
        settle_chain(f, s, c)


@kernel
def _may_stay(f: Facts, s: State, i: int, t: int, k: int, v: int) -> bool:
    if not earlier_are_placed(f, s, i) or t < window_low(f, s, i) or t > window_high(f, s, i):
        return False
    # -2 stands for somebody who is no longer there.
    if (k == -1) != (f.trainers_at[i] == f.trainers_at[i + 1]) or (v == -1) != (f.venues_at[i] == f.venues_at[i + 1]):
        return False
    paid = 0.0
    if k != -1:
        e = place_of_trainer(f, i, k)
        if e < 0:
            return False
        paid += f.trainer_money[e]
    if v != -1:
        e = place_of_venue(f, i, v)
        if e < 0:
            return False
        paid += f.venue_money[e]
    return _is_paid_for(f, s, t, paid) and can_be(f, s, i, t, k, v)


@kernel
def _is_paid_for(f: Facts, s: State, t: int, paid: float) -> bool:
    q = f.month[t] // 3
    return paid == 0.0 or (s.spent[q] + paid <= f.budget[q] + _SLACK and s.spent[4] + paid <= f.budget[4] + _SLACK)
