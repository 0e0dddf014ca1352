"""One search: a first plan by the best of several orders, then better and better until somebody says that it is enough."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.schedule.building import PINNED_FIRST, empty_search, empty_state, facts
from core.schedule.entities import Id, Placement, Problem
from core.schedule.kernels.annealing import adopt, anneal, complete, insert_all, keep_best
from core.schedule.kernels.facts import Facts, Floats, Ints, Search, State
from core.schedule.kernels.holding import Held
from core.schedule.kernels.keeping import keep
from core.schedule.numbered import Numbered
from core.schedule.schedule import Assignment

# How long a call of the kernel lasts: so soon a stop is heard.
_BATCH_SECONDS = 0.05
_HOT, _COLD = 0.10, 0.004
_HOT_WHEN_REPAIRING = 0.01
_LARGEST = 8
# In a year of so few sessions, so many steps for each make a whole annealing. Where the time allows several, one follows the other: each
# ends in another valley. Larger problems and timetables gain more from one that is longer.
_FEW, _STEPS_OF_AN_ANNEALING, _KNOWN_AFTER = 100, 8_000, 0.03
# While something is left out: how much each weighs at first and how much more after each step, in costs of a session, and for how many
# steps for each session.
_WEIGHT, _GROWTH, _LARGEST_WHEN_INCOMPLETE, _PUSHES = 6.0, 0.06, 4, 80
# The same near a published schedule, where few are out and as few as can be are to move.
_REPAIR_WEIGHT, _REPAIR_GROWTH, _LARGEST_WHEN_REPAIRING = 20.0, 0.1, 3
_BY_DUE, _BY_PRIORITY = 0, 1
# Where lateness is so much of the cost, so many of the latest are taken out and pushed in again after so many steps for each session.
_MUCH_LATE, _LATEST, _EVERY_SO_MANY = 0.02, 0.015, 15


@dataclass(frozen=True)
class Plan:
    """Where every session is, by the places of its slot, trainer and venue in the problem's lists; -1 for nowhere and nobody."""

    start: Ints
    trainer: Ints
    venue: Ints
    total: float


class Searcher:
    """Searches one problem. Not for two threads at once; while it works it holds no lock of the interpreter."""

    def __init__(self, problem: Problem, seed: int = 1) -> None:
        self.numbered = Numbered(problem)
        self.seed = seed
        self._facts: Facts = facts(self.numbered)
        self._held = Held(self._facts)
        self._search: Search = empty_search(self._facts)
        self._held_search = Held(self._search)
        self._steps_a_batch = 20
        self._steps_done = 0
        self._annealings = 0
        self._scale = 1.0
        self._pushes = self._pause = 0
        self._was = self._numbers(problem.previous)
        self._renew()

    @property
    def best_total(self) -> float:
        """What the best schedule costs in the search's own terms: a left-out session that is pinned counts more."""
        return float(self._search.best_total[0])

    @property
    def is_complete(self) -> bool:
        """Whether the best schedule leaves nothing out."""
        return not (self._search.best_start < 0).any()

    @property
    def changes(self) -> int:
        """How many sessions of the best schedule are not when, or not with whom, they were in the previous one, or left out."""
        one = self._search
        same = (one.best_start >= 0) & (one.best_start == self._was[0]) & (one.best_trainer == self._was[1])
        return int(len(same) - same.sum())

    @property
    def moves(self) -> int:
        """How many sessions of the best schedule begin at another time than in the previous one."""
        now, then = self._search.best_start, self._was[0]
        return int(((now >= 0) & (then >= 0) & (now != then)).sum())

    def first_plan(self) -> None:
        """Make a schedule: pinned sessions first, then what was before stays, then the rest by due day."""
        self._build(self._sorted(self._facts.keys[_BY_DUE]))
        self._back_to_best()
        placed = max(1, int(self._state.counted[0]))
        left_out = self._facts.penalty[self._search.best_start < 0].sum()
        soft = [one.compact for one in self.numbered.problem.cohorts] + [one.same_venue for one in self.numbered.problem.groups]
        least = 0.5 * max((one for one in soft if one), default=0.0)
        self._scale = max((self.best_total - float(left_out)) / placed, least / _HOT, 1e-3)

    def greedy(self, *, by_due: bool) -> Plan:
        """The schedule of a plain order, by due day or by priority: what to compare with."""
        self._renew()
        insert_all(self._held, self._state_held, self._sorted(self._facts.keys[_BY_DUE if by_due else _BY_PRIORITY]))
        return self._plan(self._state.start, self._state.trainer, self._state.venue, float(self._state.total[0]))

    def improve(self, share: float) -> int:
        """Search for some hundredths of a second of processor time; returns the steps done.

        `share` says how much of the whole time is over, from 0 to 1.
        """
        steps = self._steps_a_batch
        # Time of the processor: on a busy machine a batch that is short by the clock is but a few steps, with waiting between them.
        begun = time.thread_time()
        self.step(steps, self._cooled(share))
        self._steps_done += steps
        taken = max(time.thread_time() - begun, 1e-6)
        self._steps_a_batch = int(min(max(steps * min(_BATCH_SECONDS / taken, 2.0), 5), 200_000))
        return steps

    def _cooled(self, share: float) -> float:
        """How far the annealing is, from 0 to 1: one over the whole time, or one after the other where that allows two and more."""
        count = len(self._facts.penalty)
        if not self._annealings and share >= _KNOWN_AFTER:
            expected = self._steps_done / share if count <= _FEW else 0.0
            self._annealings = max(1, int(expected / (_STEPS_OF_AN_ANNEALING * count)))
        if self._annealings < 2 or share >= 1.0:
            return share
        return share * self._annealings % 1.0

    def step(self, steps: int, share: float) -> None:
        """Search so many steps."""
        if not self.numbered.problem.sessions:
            return
        hot = _HOT_WHEN_REPAIRING if self.numbered.problem.previous else _HOT
        heat = self._scale * hot * (_COLD / hot) ** min(max(share, 0.0), 1.0)
        largest = max(1, min(_LARGEST, len(self._search.is_open) // 2))
        if not self._pushes and self._pause <= 0:
            self._begin_to_push_if_it_may_help()
        if self._pushes:
            steps -= self._push(steps, hot * self._scale, largest)
        self._pause -= steps
        anneal(self._held, self._state_held, self._held_search, steps, heat, heat, largest)

    def best(self) -> Plan:
        """The best schedule so far."""
        one = self._search
        return self._plan(one.best_start, one.best_trainer, one.best_venue, self.best_total)

    def adopt(self, plan: Plan) -> None:
        """Go on from a schedule of the same problem, when it is better than the best so far; where one annealing follows another, only
        remember it, so that two searches do not end in the same valley."""
        if plan.total >= self.best_total - 1e-6:
            return
        if self._annealings > 1 and self.is_complete:
            one = self._search
            one.best_start[:], one.best_trainer[:], one.best_venue[:] = plan.start, plan.trainer, plan.venue
            one.best_total[0] = plan.total
        else:
            self._end_push()
            adopt(self._held, self._state_held, plan.start, plan.trainer, plan.venue)
            self._remember()

    def adopt_assignments(self, assignments: Iterable[Assignment]) -> None:
        """Go on from these assignments, when they are better than the best so far."""
        self._renew()
        keep(self._held, self._state_held, *self._numbers(assignments))
        self._remember()
        self._back_to_best()

    def assignments(self, plan: Plan) -> tuple[Assignment, ...]:
        """A schedule in the terms of the problem."""
        problem = self.numbered.problem
        a_day = problem.calendar.slots_per_day
        return tuple(
            Assignment(
                session.id,
                int(plan.start[i]) // a_day,
                int(plan.start[i]) % a_day,
                problem.trainers[plan.trainer[i]].id if plan.trainer[i] >= 0 else None,
                problem.venues[plan.venue[i]].id if plan.venue[i] >= 0 else None,
            )
            for i, session in enumerate(problem.sessions)
            if plan.start[i] >= 0
        )

    def _begin_to_push_if_it_may_help(self) -> None:
        """Push where something is left out, or where a few sessions are so late that they are better placed anew against all others."""
        if not self.is_complete:
            self._begin_to_push()
            return
        delay = self._delays()
        self._pause = _EVERY_SO_MANY * len(delay)
        if delay.sum() < _MUCH_LATE * self.best_total or self.numbered.problem.previous:
            return
        chosen = np.argsort(-delay)[: max(1, int(_LATEST * len(delay)))]
        best, start = self.best(), self._search.best_start.copy()
        for c in self._facts.chain[chosen]:
            start[self.numbered.chains[c]] = -1
        adopt(self._held, self._state_held, start, best.trainer, best.venue)
        self._begin_to_push()

    def _delays(self) -> Floats:
        """What every session of the best schedule costs by being late."""
        f = self._facts
        last = (self._search.best_start + f.dur - 1) // f.a_day
        found: Floats = f.late * f.priority * np.maximum(0, last - f.due)
        return found

    def _begin_to_push(self) -> None:
        """Let all that may be left out weigh the same, so that what is hardest to place decides and not what is least important."""
        penalty, weight = self._facts.penalty, _REPAIR_WEIGHT if self.numbered.problem.previous else _WEIGHT
        self._weigh(np.where(penalty >= PINNED_FIRST, penalty, np.minimum(penalty, np.ceil(weight * self._scale))))
        self._pushes = _PUSHES * len(penalty)

    def _push(self, steps: int, heat: float, largest: int) -> int:
        """Search for a complete schedule by so many steps, then go on from the best. Returns the steps done."""
        steps = min(steps, self._pushes)
        near = bool(self.numbered.problem.previous)
        most, growth = (_LARGEST_WHEN_REPAIRING, _REPAIR_GROWTH) if near else (_LARGEST_WHEN_INCOMPLETE, _GROWTH)
        growth = float(np.ceil(growth * self._scale))
        done = complete(self._held, self._state_held, self._held_search, steps, heat, min(largest, most), growth)
        self._pushes -= steps
        if done < steps or not self._pushes:
            self._end_push()
            self._remember()
            self._back_to_best()
        return steps

    def _end_push(self) -> None:
        """What is left out counts again what it counts."""
        self._pushes, self._pause = 0, _EVERY_SO_MANY * len(self._facts.penalty)
        self._weigh(self._facts.penalty)

    def _weigh(self, weight: Floats) -> None:
        left_out = self._state.start < 0
        self._state.total[0] += float((weight - self._state.weight)[left_out].sum())
        self._state.weight[:] = weight

    def _build(self, order: Ints) -> None:
        self._renew()
        self._keep_what_was()
        insert_all(self._held, self._state_held, order)
        self._remember()

    def _renew(self) -> None:
        self._state: State = empty_state(self._facts, self.numbered, self.seed)
        self._state_held = Held(self._state)
        self._pushes = self._pause = 0

    def _remember(self) -> None:
        if self._state.total[0] < self._search.best_total[0] - 1e-7:
            keep_best(self._held, self._state_held, self._held_search)

    def _back_to_best(self) -> None:
        best = self.best()
        adopt(self._held, self._state_held, best.start, best.trainer, best.venue)

    def _sorted(self, key: Sequence[float]) -> Ints:
        """Chains in order, those with a pinned session first."""
        pinned = [not any(self.numbered.problem.sessions[i].pinned for i in chain) for chain in self.numbered.chains]
        return np.lexsort((np.asarray(key), np.asarray(pinned, dtype=np.int32))).astype(np.int32)

    def _keep_what_was(self) -> None:
        if not self.numbered.problem.previous:
            return
        pinned = [c for c, chain in enumerate(self.numbered.chains) if any(self.numbered.problem.sessions[i].pinned for i in chain)]
        # Pins before all others, but each where and with whom it was, too.
        first = np.isin(self._facts.chain, pinned)
        keep(self._held, self._state_held, np.where(first, self._was[0], -1).astype(np.int32), *self._was[1:])
        insert_all(self._held, self._state_held, np.array(pinned, dtype=np.int32))
        keep(self._held, self._state_held, *self._was)

    def _numbers(self, placements: Iterable[Placement]) -> tuple[Ints, Ints, Ints]:
        count, a_day = len(self.numbered.session), self.numbered.problem.calendar.slots_per_day
        start, trainer, venue = (np.full(count, -1, dtype=np.int32) for _ in range(3))
        for one in placements:
            i = self.numbered.session.get(one.session, -1)
            if i >= 0:
                start[i] = one.day * a_day + one.slot
                trainer[i] = _number(self.numbered.trainer, one.trainer)
                venue[i] = _number(self.numbered.venue, one.venue)
        return start, trainer, venue

    def _plan(self, start: Ints, trainer: Ints, venue: Ints, total: float) -> Plan:
        return Plan(start.copy(), trainer.copy(), venue.copy(), total)


def _number(known: dict[Id, int], one: Id | None) -> int:
    """The place of an id; -1 for none, and -2, which nobody is, for one that there is no longer."""
    return -1 if one is None else known.get(one, -2)
