"""Why a session is not placed: the rules that together leave it no start, each with whom or what it concerns most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import numpy as np

from core.i18n import Message
from core.schedule.entities import Id, Problem, Session
from core.schedule.explaining.blocks import WINDOW, Blocks, Excess
from core.schedule.explaining.chains import chained, stuck_follower
from core.schedule.explaining.occupancy import Flags, Numbers, Occupancy
from core.schedule.explaining.wording import broken, when
from core.schedule.schedule import Assignment, Reason, Rule

Way = TypeVar("Way")

# More names than these say no more.
_NAMED = 5


def reasons(problem: Problem, assignments: Iterable[Assignment], session: Id) -> list[Reason]:
    """Why this session has no place beside the others. At least one reason; the first stands in the way of most starts."""
    return reasons_of(problem, Occupancy(problem, assignments, [session]), problem.session[session])


def reasons_of(problem: Problem, occupancy: Occupancy, session: Session) -> list[Reason]:
    """The same for what the other sessions take."""
    waiting = [lag.session for lag in session.after if lag.session not in occupancy.placed]
    told = [Reason(Rule.AFTER, str(one), Message("它要排在课次 {subject} 之后，而那一课次还没有排入。", subject=one)) for one in waiting]
    found = chained(problem, occupancy, session)
    if found is None:
        return told
    domain = ~found.blocked(only=(Rule.PINNED,))
    window = domain & ~found.blocked(only=tuple(rule for rule in WINDOW if rule is not Rule.PINNED))
    if not window.any():
        return [*told, *_of_the_window(found, domain)]
    if (free := window & found.free()).any():
        return told or [_fits(problem, occupancy, session, free)]
    return [*told, *_of_the_others(found, window)]


def _fits(problem: Problem, occupancy: Occupancy, session: Session, free: Flags) -> Reason:
    """Where the session alone would fit: what comes after it would not, or nothing at all stands in the way."""
    if (later := stuck_follower(problem, occupancy, session)) is not None:
        return Reason(Rule.AFTER, str(later.id), Message("它自己排得下，但排在它之后的课次 {subject} 就没有位置了。", subject=later.id))
    slot = when(problem.calendar, int(np.flatnonzero(free)[0]))
    return Reason(Rule.CALENDAR, "", Message("没有规则挡住它：现在可以从{when}开始。", when=slot))


def _of_the_window(found: Blocks, domain: Flags) -> Iterator[Reason]:
    """Where the session's own window leaves nothing: no start of the calendar, or of its pin, is allowed."""
    ways = {rule: _any(excess) for rule, excess in found.common.items() if rule in WINDOW and rule is not Rule.PINNED}
    for rule, covered in cover(ways, domain):
        subject, _ = _main(found.common[rule], covered)
        yield Reason(
            rule,
            str(subject),
            Message(
                "{clause}：能开始的 {total} 个时段里，有 {stopped} 个因此不行。",
                clause=broken(rule, subject),
                total=int(domain.sum()),
                stopped=int(covered.sum()),
            ),
        )


def _of_the_others(found: Blocks, window: Flags) -> Iterator[Reason]:
    """Where there would be starts, but somebody or something that others share is taken in each."""
    ways: dict[Rule | str, Flags] = {rule: _any(excess) for rule, excess in found.common.items() if rule not in WINDOW}
    ways |= {"trainers": ~found.some_trainer(), "venues": ~found.some_venue()}
    total = int(window.sum())
    for way, covered in cover(ways, window):
        if isinstance(way, Rule):
            yield _shared(found, way, covered, total)
        else:
            yield from _by_holder(found.trainers if way == "trainers" else found.venues, covered, total)


def _shared(found: Blocks, rule: Rule, covered: Flags, total: int) -> Reason:
    subject, others = _main(found.common[rule], covered)
    clause = broken(rule, subject)
    stopped = int(covered.sum())
    if others:
        return Reason(
            rule,
            str(subject),
            Message(
                "{clause}（另有 {others} 个同样）：可选的 {total} 个开始时段里，有 {stopped} 个因此不行。",
                clause=clause,
                others=others,
                total=total,
                stopped=stopped,
            ),
        )
    return Reason(
        rule,
        str(subject),
        Message("{clause}：可选的 {total} 个开始时段里，有 {stopped} 个因此不行。", clause=clause, total=total, stopped=stopped),
    )


def _by_holder(holders: Mapping[Id, Mapping[Rule, Numbers]], covered: Flags, total: int) -> Iterator[Reason]:
    """For each trainer, or venue, what keeps it from most of these starts; those that come nearest first."""
    told = [(name, *_worst(rules, covered)) for name, rules in holders.items()]
    for name, rule, stopped in sorted(told, key=lambda one: one[2])[:_NAMED]:
        yield Reason(
            rule,
            str(name),
            Message(
                "{clause}：可选的 {total} 个开始时段里，有 {stopped} 个因此不行。", clause=broken(rule, name), total=total, stopped=stopped
            ),
        )


def _worst(rules: Mapping[Rule, Numbers], covered: Flags) -> tuple[Rule, int]:
    counts = {rule: int((covered & (excess > 0)).sum()) for rule, excess in rules.items()}
    rule = max(counts, key=lambda one: counts[one])
    return rule, counts[rule]


def _any(excess: Excess) -> Flags:
    found: Flags = np.any([one > 0 for one in excess.values()], axis=0)
    return found


def _main(excess: Excess, covered: Flags) -> tuple[Id, int]:
    """Whom or what a rule concerns in most of these starts, and how many others it concerns too."""
    counts = {name: int((covered & (one > 0)).sum()) for name, one in excess.items()}
    counts = {name: count for name, count in counts.items() if count}
    main = max(counts, key=lambda name: counts[name])
    return main, len(counts) - 1


def cover(ways: Mapping[Way, Flags], wanted: Flags) -> list[tuple[Way, Flags]]:
    """The ways that together stand before all wanted starts, each with those it stands before; none that the others make needless."""
    left, chosen = wanted.copy(), []
    while left.any():
        way = max(ways, key=lambda one: int((ways[one] & left).sum()), default=None)
        if way is None or not (ways[way] & left).any():
            break
        chosen.append(way)
        left &= ~ways[way]
    for way in list(chosen):
        rest = [ways[one] & wanted for one in chosen if one is not way]
        if rest and not (wanted & ways[way] & ~np.any(rest, axis=0)).any():
            chosen.remove(way)
    return [(way, ways[way] & wanted) for way in chosen]
