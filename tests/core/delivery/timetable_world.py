"""A branch with two projects designed for the year, people, trainers and rooms; and a solver that takes the first place that is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor
from core.delivery.content import service as content
from core.delivery.content.activity import Activity
from core.delivery.content.terms import Method, Stage
from core.delivery.faculty.tables import TrainerRow, TrainerSkill, VenueRow
from core.delivery.timetable import SOLVE_JOB, publishing, service, solving
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.solving import Asked, Solver
from core.i18n import Message
from core.instance import Instance
from core.jobs.worker import Worker
from core.schedule.entities import Placement, Problem, Session
from core.schedule.schedule import Objective, Progress, Reason, Relaxation, Rule, Schedule, Status, Unplaced
from tests.core.goals.gap_world import FAR, NEAR, Branch, build, make, offered, wanted
from tests.remembered import remembered

KICK_OFF = Activity(0, Stage.DURING, "工作坊", Method.WORKSHOP, slots=4, needs_trainer=True)
FOLLOW_UP = Activity(0, Stage.AFTER, "复盘会", Method.LIVE, slots=1, online=True, min_lag=10, max_lag=40)


@dataclass(frozen=True)
class World:
    """The branch, its two projects, its trainers and rooms by name."""

    branch: Branch
    projects: tuple[int, int]
    trainers: dict[str, int]
    venues: dict[str, int]

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.branch.plan


@remembered
def furnish(house: Instance, leader: Actor) -> World:
    """Two projects, one for each sub-branch, each with a workshop of two days and a follow-up; three trainers; two rooms."""
    branch = build(house, leader)
    keys = (branch.of_unit("资产配置", NEAR), branch.of_unit("资产配置", FAR))
    made = make(house, leader, branch, *(wanted(offered(house, leader, branch, key), key) for key in keys))
    with house.database.writing() as db:
        for project_id in made:
            version = content.find(db, leader, project_id).content.version
            content.save_activities(db, leader, project_id, version, [KICK_OFF, FOLLOW_UP])
        trainers = [TrainerRow(name=name, cost_per_slot=cost) for name, cost in (("李老师", 500.0), ("王老师", 800.0), ("赵老师", 900.0))]
        venues = [VenueRow(name="大教室", capacity=40, cost_per_slot=200.0), VenueRow(name="小教室", capacity=10)]
        db.add_all([*trainers, *venues])
        db.flush()
        for one in trainers:
            db.add(TrainerSkill(trainer_id=one.id or 0, competency_id=keys[0].competency_id, level=4))
        return World(branch, (made[0], made[1]), {one.name: one.id or 0 for one in trainers}, {one.name: one.id or 0 for one in venues})


@remembered
def drafted(house: Instance, leader: Actor) -> tuple[World, int]:
    """The same, with a timetable worked out, and its number."""
    world = furnish(house, leader)
    return world, schedule(house, leader, world.plan)


@remembered
def published(house: Instance, leader: Actor) -> World:
    """The same, with its timetable worked out and published."""
    world, draft = drafted(house, leader)
    publish(house, leader, world, draft)
    return world


def publish(house: Instance, actor: Actor, world: World, draft: int) -> None:
    """Publish a draft without a word about it."""
    with house.database.writing() as db:
        publishing.publish(db, actor, world.plan, draft, service.find(db, actor, world.plan, draft).version or 0, "")


def schedule(house: Instance, actor: Actor, plan: int, name: str = "方案一", solve: Any = None, **asked: Any) -> int:
    """Have a timetable worked out, here and now. Returns its number."""
    with house.database.writing() as db:
        made = solving.ask(db, actor, plan, Asked(name, asked.pop("seconds", 5.0), **asked))
    finish(house, solve)
    return made


def finish(house: Instance, solve: Any = None) -> None:
    """Do what was asked of the solver, here and now."""
    Worker(house.database, {SOLVE_JOB: Solver(house.database, solve or first_fit).handle}, idle=lambda: None).run()


def sessions(house: Instance, actor: Actor, plan: int, timetable_id: int | None = None) -> list[SessionView]:
    """The sessions as the actor sees them."""
    with house.database.reading() as db:
        return service.sessions(db, actor, plan, timetable_id)


def first_fit(
    problem: Problem,
    *,
    seconds: float,
    workers: int = 2,
    seed: int = 1,
    watch: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Schedule:
    """Each session at the first time at which nothing that it needs is taken; what stays put stays."""
    taken: set[tuple[str, Any, int]] = {("t", one.id, at) for one in problem.trainers for at in one.unavailable}
    taken |= {("v", one.id, at) for one in problem.venues for at in one.unavailable}
    blackout = {one.id: one.blackout_slots for one in problem.groups}
    previous = {one.session: one for one in problem.previous}
    done: dict[Any, Placement] = {}
    left: list[Unplaced] = []
    for one in problem.sessions:
        closed = blackout.get(one.group or "", frozenset()) | _full(problem, one, done)
        found = _place(problem, one, taken, closed, done, previous.get(one.id))
        if found is None:
            why = Reason(Rule.TRAINER_UNAVAILABLE, str(one.trainers[0]) if one.trainers else "", Message("没有空的时间。"))
            left.append(Unplaced(one.id, (why,), (Relaxation(Rule.MAX_ABSENT, "", 1.0, Message("多放开 {n} 人。", n=1)),)))
            continue
        done[one.id] = found
        for at in range(found.day * 2 + found.slot, found.day * 2 + found.slot + one.dur):
            taken |= {("t", found.trainer, at), ("v", found.venue, at), *(("p", who, at) for who in (*one.people, *one.cohorts))}
    if watch is not None:
        watch(Progress(100.0, 90.0, 0.1, len(left), 0.5))
    return Schedule(Status.PARTIAL if left else Status.FEASIBLE, Objective(start=100.0), tuple(done.values()), tuple(left), 90.0, 0.5)


def _full(problem: Problem, one: Session, done: dict[Any, Placement]) -> frozenset[int]:
    """The slots in which a department would miss too many."""
    unit_of = {each.id: each.department for each in problem.people}
    most = {each.id: each.max_absent for each in problem.departments}
    away: Counter[tuple[Any, int]] = Counter()
    for each in problem.sessions:
        if (held := done.get(each.id)) is not None:
            start = held.day * 2 + held.slot
            away.update((unit_of[who], at) for who in each.people for at in range(start, start + each.dur))
    own = Counter(unit_of[who] for who in one.people)
    return frozenset(at for (unit, at), count in away.items() if count + own[unit] > (most.get(unit) or 999) and own[unit])


def _place(
    problem: Problem, one: Session, taken: set[tuple[str, Any, int]], closed: Any, done: dict[Any, Placement], before: Placement | None
) -> Placement | None:
    if one.starts is not None and not one.starts:
        return None
    least = 2 * one.earliest
    for lag in one.after:
        if lag.session not in done:
            return None
        earlier = done[lag.session]
        dur = next(each.dur for each in problem.sessions if each.id == lag.session)
        least = max(least, earlier.day * 2 + earlier.slot + dur + lag.min_lag)
    starts: Sequence[int] = range(least, problem.calendar.slots - one.dur + 1)
    if one.pinned.day is not None:
        starts = [one.pinned.day * 2 + (one.pinned.slot or 0)]
    elif before is not None:
        starts = [before.day * 2 + before.slot, *starts]
    for start in starts:
        if one.dur > 1 and start % 2:
            continue
        span = range(start, start + one.dur)
        crossing = any(at % 2 == 0 and at > start and at // 2 - 1 in problem.calendar.no_crossing for at in span)
        if crossing or any(at in closed or ("p", who, at) in taken for at in span for who in (*one.people, *one.cohorts)):
            continue
        trainer = _free(
            [one.pinned.trainer] if one.pinned.trainer else list(one.trainers), "t", span, taken, before.trainer if before else None
        )
        rooms = [each.id for each in problem.venues if (each.capacity or 999) >= one.headcount]
        rooms = [each for each in rooms if one.venues is None or each in one.venues]
        venue = None if one.online else _free(rooms, "v", span, taken, before.venue if before else None)
        if (one.trainers and trainer is None) or (not one.online and venue is None):
            continue
        return Placement(one.id, start // 2, start % 2, trainer, venue)
    return None


def _free(names: Sequence[Any], kind: str, span: range, taken: set[tuple[str, Any, int]], rather: Any) -> Any:
    ordered = sorted(names, key=lambda name: name != rather)
    return next((name for name in ordered if not any((kind, name, at) in taken for at in span)), None)
