"""The solver: a problem in, the best schedule that is found in time out, with how good it can be at best."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.i18n import Message
from core.schedule.bounding import warm_up as warm_bounds
from core.schedule.cpsat.worth import is_crowded, load
from core.schedule.entities import Calendar, Lag, Problem, Session, Trainer, Venue
from core.schedule.explaining.unplaced import unplaced
from core.schedule.objective import objective
from core.schedule.proving import Best, Proof, not_all_fit, prove
from core.schedule.schedule import Assignment, Objective, Progress, Reason, Rule, Schedule, Status, Unplaced, gap
from core.schedule.searching import Plan, Searcher
from core.schedule.working import Partner, Task

Watch = Callable[[Progress], None]
Stop = Callable[[], bool]

# A second process is worth its start for problems of this size and time.
_LARGE, _LONG = 60, 3.0
_EXCHANGES = 12
_TELL_EVERY = 0.25
_SLACK = 1e-6
_GRACE, _HARDLY = 3.0, 0.3
# What is left out at the end is looked at once more for so long: can it be proved that not all fit?
_LAST = 1.0
# With one worker the search goes by steps, so that the same seed gives the same schedule: so many looks at a session and slot a second.
_PACE = 36_000_000
_BATCHES = 400
# A schedule is repaired, not made anew, where so little of it changes. That ends when nothing is left out and so many steps for each
# session have found nothing better; after so many in all it is searched like any other.
_LITTLE, _QUIET, _MOST_REPAIRS, _REPAIRS = 0.05, 0.5, 20, 50

_NOT_TRIED = Reason(Rule.CALENDAR, "", Message("时间到了，还没有轮到这一次。请把求解时间放长一些再试。"))


def warm_up() -> None:
    """Have the kernels compiled (once a machine) or loaded, by a problem of two sessions: to be called ahead, beside other work."""
    _tiny_search()
    warm_bounds()


def solve(
    problem: Problem, *, seconds: float, workers: int = 2, seed: int = 1, watch: Watch | None = None, stop: Stop | None = None
) -> Schedule:
    """The best schedule that is found within `seconds` of wall time.

    `watch` is told how far it is several times a second; when `stop` says so, what has been found is handed back. With one worker the same
    seed gives the same schedule. Never raises for what cannot be scheduled: the status says how it ended.
    """
    return _Run(problem, seconds, workers, seed, watch, stop).result()


@dataclass
class _Run:
    problem: Problem
    seconds: float
    workers: int
    seed: int
    watch: Watch | None
    stop: Stop | None
    bound: float | None = None
    proof: Proof | None = None
    known: Best = field(default_factory=lambda: Best((), float("inf")))
    complete_at: float | None = None
    cost: Objective = field(default_factory=Objective)
    left_out: int = 0
    _known: float = float("inf")
    _told: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        _tiny_search()
        load(self.problem)
        self.begun = time.monotonic()
        self.best: tuple[Assignment, ...] | None = None

    def result(self) -> Schedule:
        searcher = Searcher(self.problem, self.seed)
        # A first plan is worth some time beyond, unless hardly any was given.
        if (self.stop is not None and self.stop()) or self._elapsed() > self.seconds + (_GRACE if self.seconds >= _HARDLY else 0.0):
            return self._schedule(searched=False)
        searcher.first_plan()
        self._note(searcher)
        if not self.problem.sessions:
            self.bound = self.cost.total
            return self._schedule(searched=True)
        if self._repair(searcher):
            return self._schedule(searched=True)
        self._start_from_a_timetable(searcher)
        prover = threading.Thread(target=self._prove, daemon=True)
        prover.start()
        partner = self._partner()
        try:
            self._improve(searcher, partner)
        finally:
            self._over.set()
            if partner is not None:
                partner.close()
            prover.join(timeout=0.1)
        self._note(searcher)
        self._take_what_is_proved()
        return self._schedule(searched=True)

    def _elapsed(self) -> float:
        return time.monotonic() - self.begun

    def _must_end(self) -> bool:
        return self._elapsed() >= self.seconds or (self.stop is not None and self.stop())

    def _is_proved(self) -> bool:
        if self.proof is not None and self.proof.best is not None:
            return True
        return self.bound is not None and self.best is not None and self.cost.total <= self.bound + _SLACK

    def _partner(self) -> Partner | None:
        remaining = self.seconds - self._elapsed()
        if self.workers < 2 or len(self.problem.sessions) < _LARGE or remaining < _LONG or self._is_proved():
            return None
        return Partner(Task(self.problem, self.seed + 1, remaining))

    def _start_from_a_timetable(self, searcher: Searcher) -> None:
        if self.left_out and is_crowded(self.problem) and not self.problem.previous:
            from core.schedule.cpsat.timetable import first_plan

            found = first_plan(self.problem, max(0.1, min(10.0, (self.seconds - self._elapsed()) / 2)), self.seed)
            if found is not None:
                searcher.adopt_assignments(found)
                self._note(searcher)

    def _repair(self, searcher: Searcher) -> bool:
        """Near a published schedule, let in what is left out and move no more than that asks for; whether this was enough.

        There is no second process and no bound: both would take longer than the repair itself.
        """
        count = len(self.problem.sessions)
        if count < _LARGE or searcher.changes > _LITTLE * count:
            return False
        # Where all fit and nothing has moved, nothing is to move.
        quiet = count if searcher.is_complete and not searcher.moves else 0
        for _ in range(_MOST_REPAIRS * count // _REPAIRS):
            if searcher.is_complete and self.complete_at is None:
                self.complete_at = self._elapsed()
            if self._must_end() or (searcher.is_complete and quiet >= _QUIET * count):
                break
            before = searcher.best_total
            searcher.step(_REPAIRS, 0.5)
            quiet = 0 if searcher.best_total < before - _SLACK else quiet + _REPAIRS
        self._note(searcher)
        return searcher.is_complete and quiet >= _QUIET * count

    def _improve(self, searcher: Searcher, partner: Partner | None) -> None:
        """Search until the time is over, or nothing better can be; exchange with the partner now and then."""
        work, done, exchange = self._work(), 0, 1
        each = max(1, work // _BATCHES)
        while not (self._must_end() or self._is_proved() or (self.workers == 1 and done >= work)):
            if self.workers == 1:
                share = done / work
                searcher.step(each, share)
                done += each
            else:
                share = self._elapsed() / max(self.seconds, 1e-9)
                searcher.improve(share)
            if partner is not None and share > exchange / _EXCHANGES:
                exchange += 1
                self._exchange(searcher, partner)
            self._note(searcher)
            self._tell()

    def _work(self) -> int:
        """How many steps one worker does in all."""
        slots, people = self.problem.calendar.slots, sum(len(one.people) for one in self.problem.sessions)
        each = slots + people / max(1, len(self.problem.sessions))
        return max(1, int(self.seconds * _PACE / (20 * each + 2_000)))

    def _exchange(self, searcher: Searcher, partner: Partner) -> None:
        other, mine = partner.best, searcher.best()
        if other is not None and other.total < mine.total - _SLACK:
            searcher.adopt(other)
        elif other is None or mine.total < other.total - _SLACK:
            partner.tell(mine)

    def _note(self, searcher: Searcher) -> None:
        """Take over what the search has found."""
        if searcher.best_total >= self._known - _SLACK:
            return
        self._known = searcher.best_total
        self._take(searcher.assignments(searcher.best()))

    def _take(self, assignments: tuple[Assignment, ...]) -> None:
        self.best = assignments
        self.cost = objective(self.problem, assignments)
        self.known = Best(assignments, self.cost.total)
        self.left_out = len(self.problem.sessions) - len(assignments)
        if not self.left_out and self.complete_at is None:
            self.complete_at = self._elapsed()

    def _take_what_is_proved(self) -> None:
        """What is proved best is handed back, however far the search was: the same problem gives the same schedule."""
        if self.proof is not None and self.proof.best is not None:
            self._take(self.proof.best)

    def _prove(self) -> None:
        """Work out how good a schedule can be at best, beside the search."""
        first = self.known
        found = prove(
            self.problem,
            seconds=self._left(),
            best=lambda: first if self.workers == 1 else self.known,
            watch=self._raise_bound,
            stop=self._over.is_set,
            seed=self.seed,
            repeatable=self.workers == 1,
        )
        self._raise_bound(found.bound)
        self.proof = found

    def _left(self) -> float:
        return max(0.05, self.seconds - self._elapsed())

    def _raise_bound(self, value: float) -> bool:
        self.bound = value if self.bound is None else max(self.bound, value)
        return not self._over.is_set()

    def _tell(self) -> None:
        if self.watch is None or self._elapsed() - self._told < _TELL_EVERY:
            return
        self._told = self._elapsed()
        total, bound = self.cost.total, self._bound()
        self.watch(Progress(total, bound, gap(total, bound), self.left_out, self._told))

    def _bound(self) -> float | None:
        return None if self.bound is None else min(self.bound, self.cost.total)

    def _schedule(self, *, searched: bool) -> Schedule:
        found = self.best or ()
        if not searched:
            self.cost = objective(self.problem, found)
        left_out = unplaced(self.problem, found) if searched and self.left_out else ()
        if not searched:
            left_out = tuple(Unplaced(one.id, (_NOT_TRIED,)) for one in self.problem.sessions)
        return Schedule(
            status=self._status(searched),
            objective=self.cost,
            assignments=found,
            unplaced=left_out,
            bound=self._bound() if searched else self.bound,
            seconds=self._elapsed(),
            first_feasible_seconds=self.complete_at,
        )

    def _status(self, searched: bool) -> Status:
        if not searched and self.problem.sessions:
            return Status.OUT_OF_TIME
        if self.left_out:
            return Status.INFEASIBLE if not_all_fit(self.problem, seconds=_LAST) else Status.PARTIAL
        bound = self._bound()
        return Status.OPTIMAL if bound is not None and self.cost.total <= bound + _SLACK else Status.FEASIBLE


def _tiny_search() -> None:
    """A search of a problem that has something of everything."""
    global _warm
    if _warm:
        return
    calendar = Calendar(3)
    sessions = (Session("a", trainers=("t",)), Session("b", after=(Lag("a"),)), Session("c", starts=frozenset()))
    searcher = Searcher(Problem(calendar, sessions, (Venue("v"),), (Trainer("t"),)))
    searcher.first_plan()
    searcher.adopt_assignments(searcher.assignments(searcher.best()))
    searcher.step(1, 0.0)
    _warm = True


_warm = False

__all__ = ["Plan", "solve", "warm_up"]
