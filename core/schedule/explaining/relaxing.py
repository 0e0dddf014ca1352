"""The least that would let a session in: one rule at a time, by the smallest amount with which it has a place and breaks no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.i18n import Message
from core.schedule.entities import Id, Problem, Session
from core.schedule.explaining.blocks import Blocks, of_trainers, of_venues, over_budget
from core.schedule.explaining.chains import chained, stuck_follower
from core.schedule.explaining.occupancy import Flags, Numbers, Occupancy
from core.schedule.explaining.wording import when
from core.schedule.schedule import Assignment, Relaxation, Rule

_COMMON = (
    Rule.MAX_ABSENT,
    Rule.PERSON_MONTH,
    Rule.BUDGET_QUARTER,
    Rule.BUDGET_YEAR,
    Rule.EARLIEST,
    Rule.AFTER,
    Rule.BLACKOUT,
    Rule.STARTS,
    Rule.PINNED,
)
_OF_TRAINERS = (Rule.TRAINER_MONTH, Rule.TRAINER_YEAR, Rule.TRAINER_UNAVAILABLE)
_OF_VENUES = (Rule.CAPACITY, Rule.VENUE_UNAVAILABLE)
# More names than these say no more.
_NAMED = 5


@dataclass(frozen=True)
class _Least:
    """The smallest amount, the first start at which it is enough, and whom or what it must be granted to."""

    amount: int
    slot: int
    names: tuple[str, ...]

    @property
    def subject(self) -> str:
        return "、".join(self.names)


def relaxations(problem: Problem, assignments: Iterable[Assignment], session: Id) -> list[Relaxation]:
    """What would let this session in beside the others, the smallest amount of each rule that helps alone; empty when none does.

    A session that fits alone, while what comes after it does not, is told what would help that one. What must come before it and has no
    place itself is what to look at first: then there is nothing to say of this one.
    """
    return relaxations_of(problem, Occupancy(problem, assignments, [session]), problem.session[session])


def relaxations_of(problem: Problem, occupancy: Occupancy, session: Session) -> list[Relaxation]:
    """The same for what the other sessions take."""
    found = chained(problem, occupancy, session)
    if found is None:
        return []
    if found.free().any():
        later = stuck_follower(problem, occupancy, session)
        return [] if later is None else relaxations_of(problem, occupancy, later)
    told = [*_of_common_rules(problem, found), *_of_holders(problem, occupancy, found)]
    return [*told, *_one_more(problem, occupancy, session, found)]


def _of_common_rules(problem: Problem, found: Blocks) -> Iterator[Relaxation]:
    others = found.some_trainer() & found.some_venue()
    for rule in _COMMON:
        if rule in found.common:
            least = _least(found.common[rule], ~found.blocked(without=rule) & others)
            if least is not None:
                yield Relaxation(rule, least.subject, least.amount, _sentence(problem, rule, least))


def _of_holders(problem: Problem, occupancy: Occupancy, found: Blocks) -> Iterator[Relaxation]:
    """For each of these rules the one trainer, or venue, that needs the least of it."""
    free = ~found.blocked()
    for rule in (*_OF_TRAINERS, *_OF_VENUES):
        mine, others = (found.trainers, found.some_venue()) if rule in _OF_TRAINERS else (found.venues, found.some_trainer())
        tried = []
        for name, blocking in mine.items():
            if rule in blocking:
                only = replace(found, common={})
                alone = replace(only, trainers={name: {}}) if rule in _OF_TRAINERS else replace(only, venues={name: {}})
                open_starts = free & others & found.open_for(blocking, without=rule) & _affordable(problem, occupancy, alone)
                tried.append(_least({name: blocking[rule]}, open_starts))
        if (least := min((one for one in tried if one), key=lambda one: one.amount, default=None)) is not None:
            yield Relaxation(rule, least.subject, least.amount, _sentence(problem, rule, least))


def _one_more(problem: Problem, occupancy: Occupancy, session: Session, found: Blocks) -> Iterator[Relaxation]:
    """A trainer, or a venue, that is not among those the session may have and would be free."""
    free = ~found.blocked()
    if session.trainers and session.pinned.trainer is None:
        names = tuple(one.id for one in problem.trainers if one.id not in session.trainers)
        wider = replace(found, common={}, trainers=of_trainers(problem, occupancy, replace(session, trainers=names), names))
        open_starts = free & found.some_venue() & _affordable(problem, occupancy, wider)
        yield from _first(problem, Rule.TRAINER_ELIGIBLE, wider.trainers, wider, open_starts)
    if session.venues and session.pinned.venue is None and found.needs_venue:
        names = tuple(one.id for one in problem.venues if one.id not in session.venues)
        wider = replace(found, common={}, venues=of_venues(problem, occupancy, replace(session, venues=names), names))
        open_starts = free & found.some_trainer() & _affordable(problem, occupancy, wider)
        yield from _first(problem, Rule.VENUE_ELIGIBLE, wider.venues, wider, open_starts)


def _affordable(problem: Problem, occupancy: Occupancy, wider: Blocks) -> Flags:
    """The starts that the budget still allows with the others' prices."""
    found = np.ones(wider.slots, dtype=np.bool_)
    for _, _, excess in over_budget(problem, occupancy, wider):
        found &= excess <= 0
    return found


def _first(
    problem: Problem, rule: Rule, holders: Mapping[Id, Mapping[Rule, Numbers]], wider: Blocks, open_starts: Flags
) -> Iterator[Relaxation]:
    """The one of these that could be earliest."""
    starts = {name: np.flatnonzero(open_starts & wider.open_for(blocking)) for name, blocking in holders.items()}
    starts = {name: slots for name, slots in starts.items() if len(slots)}
    if starts:
        name = min(starts, key=lambda one: int(starts[one][0]))
        least = _Least(1, int(starts[name][0]), (str(name),))
        yield Relaxation(rule, least.subject, 1, _sentence(problem, rule, least))


def _least(excess: Mapping[Id, Numbers], open_starts: Flags) -> _Least | None:
    """The smallest amount that makes one of these starts possible, granted to all whom it concerns there."""
    slots = np.flatnonzero(open_starts)
    if not len(slots):
        return None
    together = np.max([one[slots] for one in excess.values()], axis=0)
    at = int(np.argmin(together))
    slot, amount = int(slots[at]), int(together[at])
    if amount <= 0:
        return None
    concerned = tuple(str(name) for name, one in excess.items() if one[slot] > 0 and name != "")
    return _Least(amount, slot, concerned)


def _sentence(problem: Problem, rule: Rule, least: _Least) -> Message:
    subject = Message.listed(least.names[:_NAMED])
    if len(least.names) > _NAMED:
        subject = Message("{names} 等 {total} 个", names=subject, total=len(least.names))
    values = {"amount": least.amount, "subject": subject, "when": when(problem.calendar, least.slot)}
    return {
        Rule.MAX_ABSENT: Message("部门 {subject} 同时离岗的上限放宽 {amount} 人，就能从{when}开始。", **values),
        Rule.PERSON_MONTH: Message("学员 {subject} 当月的培训上限放宽 {amount} 个时段，就能从{when}开始。", **values),
        Rule.BUDGET_QUARTER: Message("{subject} 季度预算增加 {amount}，就能从{when}开始。", **values),
        Rule.BUDGET_YEAR: Message("全年预算增加 {amount}，就能从{when}开始。", amount=least.amount, when=values["when"]),
        Rule.EARLIEST: Message("最早日期提前 {amount} 个工作日，就能从{when}开始。", amount=least.amount, when=values["when"]),
        Rule.AFTER: Message("与课次 {subject} 的间隔放宽 {amount} 个时段，就能从{when}开始。", **values),
        Rule.BLACKOUT: Message("从项目 {subject} 的禁排期里放开 {amount} 个时段，就能从{when}开始。", **values),
        Rule.STARTS: Message("允许它从{when}开始，就能排入。", when=values["when"]),
        Rule.PINNED: Message("不固定在原来的时间，就能从{when}开始。", when=values["when"]),
        Rule.TRAINER_MONTH: Message("讲师 {subject} 当月的授课上限放宽 {amount} 个时段，就能从{when}开始。", **values),
        Rule.TRAINER_YEAR: Message("讲师 {subject} 全年的授课上限放宽 {amount} 个时段，就能从{when}开始。", **values),
        Rule.TRAINER_UNAVAILABLE: Message("讲师 {subject} 不在的时段里腾出 {amount} 个，就能从{when}开始。", **values),
        Rule.CAPACITY: Message("场地 {subject} 多容纳 {amount} 人，就能从{when}开始。", **values),
        Rule.VENUE_UNAVAILABLE: Message("场地 {subject} 不开放的时段里放开 {amount} 个，就能从{when}开始。", **values),
        Rule.TRAINER_ELIGIBLE: Message(
            "加一位可以讲这门课的讲师（如 {subject}），就能从{when}开始。", subject=subject, when=values["when"]
        ),
        Rule.VENUE_ELIGIBLE: Message("允许使用场地 {subject}，就能从{when}开始。", subject=subject, when=values["when"]),
    }[rule]
