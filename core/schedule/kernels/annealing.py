"""The search: ruin a part, put it in again, keep the better, and the worse sometimes, ever less often."""

from __future__ import annotations

import math

from core.schedule.kernels.bits import pick, share
from core.schedule.kernels.chains import insert_chain, settle_chain
from core.schedule.kernels.compiling import entry, kernel
from core.schedule.kernels.facts import Facts, Ints, Search, State
from core.schedule.kernels.placing import put, take
from core.schedule.kernels.ruin import open_chain, ruin

_OPEN, _SEED = 0, 1
_SLACK = 1e-7


@entry
def anneal(f: Facts, s: State, h: Search, steps: int, hot: float, cold: float, largest: int) -> int:
    """Go so many steps while the temperature falls from `hot` to `cold`; returns how many of them were kept."""
    kept = 0
    cooling = (cold / hot) ** (1.0 / max(1, steps)) if hot > 0.0 else 1.0
    heat = hot
    for _ in range(steps):
        if _go(f, s, h, heat, largest):
            kept += 1
            if s.total[0] < h.best_total[0] - _SLACK:
                _keep_best(f, s, h)
        heat *= cooling
    return kept


@entry
def complete(f: Facts, s: State, h: Search, steps: int, heat: float, largest: int, growth: float) -> int:
    """Go up to so many steps in which what is left out weighs more after each, until nothing is; returns how many were done.

    Where all weigh the same for ever, the search ends with the same few left out. What weighs more drives others out in its turn, until
    they have found a way round one another (the breakout method: Morris, 1993; penalty counters of ejected customers: Nagata and
    Bräysy, 2009).
    """
    for done in range(steps):
        if s.counted[0] == f.session_count:
            return done
        _go(f, s, h, heat, largest)
        real = s.total[0]
        for i in range(f.session_count):
            if s.start[i] < 0:
                real += f.penalty[i] - s.weight[i]
                s.weight[i] += growth
                s.total[0] += growth
        if real < h.best_total[0] - _SLACK:
            _keep_best(f, s, h)
            h.best_total[0] = real
    return steps


@kernel
def _go(f: Facts, s: State, h: Search, heat: float, largest: int) -> bool:
    """One step; whether it was kept."""
    before = s.total[0]
    h.step[_OPEN] = 0
    ruin(f, s, h, 2 + pick(s.random, max(1, largest - 1)))
    _open_a_left_out(f, s, h)
    recreate(f, s, h, True)
    worse = s.total[0] - before
    if worse <= 0.0 or (heat > 0.0 and worse < -heat * math.log(share(s.random) + 1e-12)):
        _close(h)
        return True
    _undo(f, s, h)
    s.total[0] = before
    return False


@kernel
def recreate(f: Facts, s: State, h: Search, blink: bool) -> None:
    """Put the open chains in again, one after the other."""
    _choose_order(f, s, h)
    for at in range(h.step[_OPEN]):
        insert_chain(f, s, h.opened[at], blink)
        settle_chain(f, s, h.opened[at])


@entry
def insert_all(f: Facts, s: State, order: Ints) -> None:
    """Put chains in, in the order that is given, each as well as it fits."""
    for at in range(order.shape[0]):
        c = order[at]
        insert_chain(f, s, c, False)
        settle_chain(f, s, c)


@entry
def keep_best(f: Facts, s: State, h: Search) -> None:
    """The schedule at hand is the best so far."""
    _keep_best(f, s, h)


@kernel
def _keep_best(f: Facts, s: State, h: Search) -> None:
    h.best_total[0] = s.total[0]
    for i in range(f.session_count):
        h.best_start[i], h.best_trainer[i], h.best_venue[i] = s.start[i], s.trainer[i], s.venue[i]


@entry
def adopt(f: Facts, s: State, start: Ints, trainer: Ints, venue: Ints) -> None:
    """Make the schedule at hand the one that is given."""
    for i in range(f.session_count):
        if s.start[i] >= 0:
            take(f, s, i)
    for i in range(f.session_count):
        if start[i] >= 0:
            put(f, s, i, start[i], trainer[i], venue[i])


@kernel
def _open_a_left_out(f: Facts, s: State, h: Search) -> None:
    """Try, beside what was taken out, one of those that are not placed."""
    count = f.session_count
    if s.counted[0] == count or pick(s.random, 2) == 0:
        return
    begin = pick(s.random, count)
    for step in range(count):
        i = (begin + step) % count
        if s.start[i] < 0 and not h.is_open[f.chain[i]]:
            open_chain(f, s, h, f.chain[i])
            return


@kernel
def _choose_order(f: Facts, s: State, h: Search) -> None:
    """Sort the open chains, by one of several keys with some noise, or by chance; sometimes what it began with comes first."""
    way = pick(s.random, f.ways + 2)
    seed_first = pick(s.random, 2) == 0
    for at in range(h.step[_OPEN]):
        c = h.opened[at]
        key = share(s.random)
        if way < f.ways:
            key = f.keys[way, c] * (0.8 + 0.4 * key)
        if seed_first and c == h.step[_SEED]:
            key = -math.inf
        place = at
        while place > 0 and h.open_key[place - 1] > key:
            h.open_key[place], h.opened[place] = h.open_key[place - 1], h.opened[place - 1]
            place -= 1
        h.open_key[place], h.opened[place] = key, c


@kernel
def _close(h: Search) -> None:
    for at in range(h.step[_OPEN]):
        h.is_open[h.opened[at]] = 0


@kernel
def _undo(f: Facts, s: State, h: Search) -> None:
    """Put every open chain back where it was."""
    for at in range(h.step[_OPEN]):
        c = h.opened[at]
        for each in range(f.chains_at[c], f.chains_at[c + 1]):
            i = f.chains[each]
            if s.start[i] >= 0 and not _is_as_before(s, h, i):
                take(f, s, i)
    for at in range(h.step[_OPEN]):
        c = h.opened[at]
        for each in range(f.chains_at[c], f.chains_at[c + 1]):
            i = f.chains[each]
            if s.start[i] < 0 and h.old_start[i] >= 0:
                put(f, s, i, h.old_start[i], h.old_trainer[i], h.old_venue[i])
    _close(h)


@kernel
def _is_as_before(s: State, h: Search, i: int) -> bool:
    return s.start[i] == h.old_start[i] and s.trainer[i] == h.old_trainer[i] and s.venue[i] == h.old_venue[i]
