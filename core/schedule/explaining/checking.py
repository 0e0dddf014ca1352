"""A look at the data before solving: what cannot work whatever the plan, why, and what to do about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from core.i18n import Message
from core.schedule.entities import Id, Problem, Session, Venue
from core.schedule.explaining.blocks import behind, hits
from core.schedule.explaining.occupancy import Flags
from core.schedule.explaining.reasons import cover
from core.schedule.explaining.wording import broken
from core.schedule.schedule import Rule
from core.schedule.windows import allowed_starts, blocked_starts, hit, mask_of


@dataclass(frozen=True)
class Finding:
    """Something that cannot work: the rule, the session (None when it is not about one), whom or what it concerns, why, and what to do."""

    rule: Rule
    session: Id | None
    subject: str
    message: Message
    advice: Message


def check_problem(problem: Problem) -> list[Finding]:
    """All that is found, sessions in their order, then what concerns several. Empty does not mean that everything fits."""
    found: list[Finding] = []
    windows = {one.id: allowed_starts(problem, one) for one in problem.sessions}
    reach = _reachable(problem, windows)
    for session in problem.sessions:
        found += _of_session(problem, session, windows[session.id], reach)
    return [*found, *_budget(problem), *_people(problem), *_trainers_of_the_year(problem)]


def _of_session(problem: Problem, session: Session, window: Flags, reach: Mapping[Id, Flags]) -> Iterator[Finding]:
    yield from _closed(problem, session) if not window.any() else _too_late(session, reach)
    if window.any():
        yield from _trainers(problem, session, window)
        yield from _venues(problem, session, window)
    yield from _absences(problem, session)
    yield from _too_long_for_people(problem, session)


def _closed(problem: Problem, session: Session) -> Iterator[Finding]:
    """The window is closed, or too short for the session."""
    masks = blocked_starts(problem, session)
    for rule, _ in cover(masks, np.ones(problem.calendar.slots, dtype=np.bool_)):
        subject = session.group if rule is Rule.BLACKOUT and session.group is not None else ""
        advice = Message("检查它的最早日期、允许的开始时间、禁排期和时长，至少留出一段够长的时间。")
        yield Finding(
            rule,
            session.id,
            str(subject),
            Message(
                "课次 {session}（{dur} 个时段）在整个日历里没有一个可以开始的时段：{clause}",
                session=session.id,
                dur=session.dur,
                clause=broken(rule, subject),
            ),
            advice,
        )
        return


def _trainers(problem: Problem, session: Session, window: Flags) -> Iterator[Finding]:
    """None of those who may give it can at any start that is allowed: away, or limited to less than it takes."""
    names = session.trainers if session.pinned.trainer is None else (session.pinned.trainer,)
    worst: Counter[Rule] = Counter()
    for name in names:
        if (rule := _trainer_cannot(problem, session, name, window)) is None:
            return
        worst[rule] += 1
    if worst:
        rule, _ = worst.most_common(1)[0]
        some = [str(one) for one in names[:5]]
        listed = Message.listed(some)
        text = {
            Rule.TRAINER_UNAVAILABLE: Message(
                "课次 {session} 可以开始的时段里，能讲它的讲师（{names}）都不在。", session=session.id, names=listed
            ),
            Rule.TRAINER_ELIGIBLE: Message("课次 {session} 固定的讲师 {names} 不在能讲它的人之内。", session=session.id, names=listed),
        }.get(
            rule,
            Message(
                "课次 {session} 要 {dur} 个时段，超过能讲它的讲师（{names}）的上限。", session=session.id, dur=session.dur, names=listed
            ),
        )
        yield Finding(rule, session.id, "、".join(some), text, Message("为它增加能讲的讲师，或调整讲师的可授课时间和上限。"))


def _trainer_cannot(problem: Problem, session: Session, name: Id, window: Flags) -> Rule | None:
    trainer = problem.trainer[name]
    if name not in session.trainers:
        return Rule.TRAINER_ELIGIBLE
    if trainer.max_slots_per_year is not None and trainer.max_slots_per_year < session.dur:
        return Rule.TRAINER_YEAR
    if trainer.max_slots_per_month is not None and trainer.max_slots_per_month < session.dur and problem.calendar.dates is not None:
        return Rule.TRAINER_MONTH
    away = hit(mask_of(problem.calendar, trainer.unavailable), session.dur)
    return None if (window & ~away).any() else Rule.TRAINER_UNAVAILABLE


def _venues(problem: Problem, session: Session, window: Flags) -> Iterator[Finding]:
    """No room is big enough, or those that are have no opening."""
    if not problem.needs_venue(session):
        return
    named = problem.venues if session.venues is None else tuple(problem.venue[one] for one in session.venues)
    fitting = problem.venues_for(session)
    if not fitting:
        biggest: Venue = max(named, key=lambda one: one.capacity or 0)
        message = Message(
            "课次 {session} 有 {people} 人，可用的场地里最大的 {venue} 只能容纳 {seats} 人。",
            session=session.id,
            people=session.headcount,
            venue=biggest.id,
            seats=biggest.capacity,
        )
        yield Finding(Rule.CAPACITY, session.id, str(biggest.id), message, Message("分成几个班，或换更大的场地，或改为线上。"))
    elif not any((window & (hits(mask_of(problem.calendar, one.unavailable), session.dur) == 0)).any() for one in fitting):
        some = [str(one.id) for one in fitting[:5]]
        message = Message(
            "课次 {session} 可以开始的时段里，容得下它的场地（{names}）都不开放。", session=session.id, names=Message.listed(some)
        )
        yield Finding(Rule.VENUE_UNAVAILABLE, session.id, "、".join(some), message, Message("调整场地的开放时间，或允许使用别的场地。"))


def _absences(problem: Problem, session: Session) -> Iterator[Finding]:
    """It alone takes more people of a department than may be away."""
    homes = {one.id: one.department for one in problem.people}
    sent = Counter(homes[person] for person in set(session.people))
    for department in problem.departments:
        cap, n = department.max_absent, sent[department.id]
        if cap is not None and n > cap:
            message = Message(
                "课次 {session} 有部门 {department} 的 {people} 人，而它同时离岗的上限是 {cap} 人。",
                session=session.id,
                department=department.id,
                people=n,
                cap=cap,
            )
            advice = Message("把这些人分到不同的班次，或放宽这个部门的离岗上限。")
            yield Finding(Rule.MAX_ABSENT, session.id, str(department.id), message, advice)


def _too_long_for_people(problem: Problem, session: Session) -> Iterator[Finding]:
    rule = problem.rules.person_month
    if rule is None or rule.mode == "soft" or problem.calendar.dates is None or not session.people or session.dur <= rule.limit:
        return
    message = Message(
        "课次 {session} 要 {dur} 个时段，超过每人每月 {limit} 个时段的上限。", session=session.id, dur=session.dur, limit=rule.limit
    )
    yield Finding(Rule.PERSON_MONTH, session.id, "", message, Message("拆成几次课，或放宽每人每月的上限。"))


def _reachable(problem: Problem, windows: Mapping[Id, Flags]) -> dict[Id, Flags]:
    """For every session the starts that its own window and those before it in the chain leave, as if nothing else were planned."""
    found: dict[Id, Flags] = {}
    waiting = list(problem.sessions)
    while waiting:
        ready = [one for one in waiting if all(lag.session in found for lag in one.after)]
        for one in ready:
            starts = windows[one.id].copy()
            for lag in one.after:
                starts &= behind(problem.session[lag.session], found[lag.session], lag)
            found[one.id] = starts
        waiting = [one for one in waiting if one.id not in found]
    return found


def _too_late(session: Session, reach: Mapping[Id, Flags]) -> Iterator[Finding]:
    """Its own window is open, but no start of it keeps the distances to what comes before it."""
    if session.after and not reach[session.id].any() and all(reach[lag.session].any() for lag in session.after):
        before = [str(lag.session) for lag in session.after]
        advice = Message("放宽间隔，或调整这几个课次的最早日期、允许的开始时间和禁排期。")
        yield Finding(
            Rule.AFTER,
            session.id,
            "、".join(before),
            Message(
                "课次 {session} 没有一个开始时段能同时满足与前一课次（{names}）的间隔和它自己的可排时间。",
                session=session.id,
                names=Message.listed(before),
            ),
            advice,
        )


def _budget(problem: Problem) -> Iterator[Finding]:
    """Even with the cheapest trainer and room of every session the year costs more than its budget."""
    limit = problem.rules.budget.year
    if limit is None:
        return
    least = sum(_least_cost(problem, one) for one in problem.sessions)
    if least > limit + 1e-6:
        advice = Message("增加预算 {more}，或减少课次，或增加费用较低的讲师和场地。", more=f"{least - limit:,.0f}")
        yield Finding(
            Rule.BUDGET_YEAR,
            None,
            "",
            Message("每个课次都用最便宜的讲师和场地，全年也要 {least}，超过预算 {limit}。", least=f"{least:,.0f}", limit=f"{limit:,.0f}"),
            advice,
        )


def _least_cost(problem: Problem, session: Session) -> float:
    trainer = min((problem.trainer[one].cost_per_slot for one in session.trainers), default=0.0)
    venue = min((one.cost_per_slot for one in problem.venues_for(session)), default=0.0)
    return session.dur * (trainer + venue)


def _people(problem: Problem) -> Iterator[Finding]:
    """People who are down for more than all months of the calendar together allow them."""
    rule, dates = problem.rules.person_month, problem.calendar.dates
    if rule is None or rule.mode == "soft" or dates is None:
        return
    load: Counter[Id] = Counter()
    for session in problem.sessions:
        load.update(dict.fromkeys(session.people, session.dur))
    most = rule.limit * len({day.month for day in dates})
    for person, slots in load.items():
        if slots > most:
            advice = Message("让他少参加几门课，或放宽每人每月的上限。")
            yield Finding(
                Rule.PERSON_MONTH,
                None,
                str(person),
                Message("学员 {person} 被安排了 {slots} 个时段的培训，超过各月上限之和 {most}。", person=person, slots=slots, most=most),
                advice,
            )


def _trainers_of_the_year(problem: Problem) -> Iterator[Finding]:
    """Trainers who alone must give more than they may in the year."""
    alone: dict[Id, list[int]] = defaultdict(list)
    for session in problem.sessions:
        if len(session.trainers) == 1:
            alone[session.trainers[0]].append(session.dur)
    for trainer in problem.trainers:
        limit, slots = trainer.max_slots_per_year, alone[trainer.id]
        # A single session that is too long has been told with the session.
        if limit is not None and sum(slots) > limit >= max(slots):
            message = Message(
                "只有讲师 {trainer} 能讲的课共 {slots} 个时段，超过其全年上限 {limit}。",
                trainer=trainer.id,
                slots=alone[trainer.id],
                limit=limit,
            )
            advice = Message("为其中一些课增加能讲的讲师，或放宽这位讲师的上限。")
            yield Finding(Rule.TRAINER_YEAR, None, str(trainer.id), message, advice)
