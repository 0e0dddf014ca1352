"""What a score says about a result: the share with a good result at or above a cut-off, beside those below it and all. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.i18n import Message
from core.review.effects import proportions
from core.review.effects.proportions import Share
from core.review.effects.several import corrected
from core.review.talent.terms import HIDE, LEAST_FOR_P, SPLIT

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_STEP, _TICKS = 5, 6


@dataclass(frozen=True)
class Group:
    """People, those of them with a good result, and the share with Wilson's interval; None where fewer than five are in it."""

    people: int
    good: int
    share: Share | None


@dataclass(frozen=True)
class Rule:
    """P(result ≥ `bar` | score ≥ `cut`): those `above` the cut-off or at it, those `below`, and all (`base`).

    `lift` is the share above as a multiple of that of all. `gap` is above less below, in fractions (0.22 are 22 percentage points).
    `p` is corrected for all cut-offs that are offered; None below thirty people.
    """

    cut: float
    bar: float
    above: Group
    below: Group
    base: Group
    lift: float | None
    gap: Share | None
    p: float | None


@dataclass(frozen=True)
class Relation:
    """What can be said of a score and a result of `people` with both: the `rules` that were `tried`; without them `verdict` says why."""

    people: int
    cuts: tuple[float, ...]
    bars: tuple[float, ...]
    rules: tuple[Rule, ...]
    tried: int
    verdict: Message

    def of_bar(self, bar: float) -> tuple[Rule, ...]:
        """The rules of a bar, by cut-off."""
        return tuple(one for one in self.rules if one.bar == bar)

    def rule(self, cut: float, bar: float) -> Rule | None:
        """One of them."""
        return next((one for one in self.rules if one.cut == cut and one.bar == bar), None)


def relate(score: Floats, result: Floats, *, up: bool, target: float | None, strangers: Flags | None = None) -> Relation:
    """Every cut-off that may be looked at.

    `up`: more is better, else a good result is at or below the bar. `strangers` marks those whom the reader may not read by name: between
    any two cut-offs that are offered, and beyond the last, there are none or at least ten of them, so that moving the cut-off singles
    nobody out, and all counts are in steps of five, so that what was written down yesterday tells nothing exact of who has come since.
    None: the reader reads all of them.
    """
    people = len(score)
    count = stepped if strangers is not None and strangers.any() else _exact
    if people < HIDE:
        return Relation(0, (), (), (), 0, Message("既有分数又有业绩的不足 5 人，不给任何数。"))
    if people < SPLIT:
        few = Message("只有 {n} 人既有分数又有业绩，不足 10 人，不作拆分比较。", n=count(people))
        return Relation(count(people), (), (), (), 0, few)
    bars = _allowed(result, _ticks(result, target), strangers, up=up)
    cuts = _allowed(score, [float(one) for one in range(_STEP, 101, _STEP)], strangers, up=True)
    if not cuts or not bars:
        none = Message("分数或业绩几乎没有差别，或者一边不足 5 人，分不出高低两组。")
        return Relation(count(people), cuts, bars, (), 0, none)
    made = [_rule(score, result, cut, bar, count, up=up) for bar in bars for cut in cuts]
    ps = corrected([one.p for one in made])
    rules = tuple(Rule(**{**vars(one), "p": p}) for one, p in zip(made, ps, strict=True))
    return Relation(count(people), cuts, bars, rules, len(rules), Message(""))


def stepped(count: int) -> int:
    """A count to the nearest five, as those read it who may not read its people by name."""
    return (count + HIDE // 2) // HIDE * HIDE


def _exact(count: int) -> int:
    return count


def group(good: int, people: int) -> Group:
    """A group with its share, where it is large enough to have one."""
    return Group(people, good, proportions.share(good, people) if people >= HIDE else None)


def good_at(result: Floats, bar: float, *, up: bool) -> Flags:
    """Who has a good result."""
    return result >= bar if up else result <= bar


def chosen(relation: Relation, bar: float, wanted: float | None) -> Rule | None:
    """The rule that is looked at: that of the `wanted` cut-off, else the one that parts the people most evenly, whatever it shows."""
    rules = relation.of_bar(bar)
    exact = next((one for one in rules if one.cut == wanted), None)
    return exact or min(rules, key=lambda one: (abs(one.above.people - one.below.people), one.cut), default=None)


def _rule(score: Floats, result: Floats, cut: float, bar: float, count: Callable[[int], int], *, up: bool) -> Rule:
    high, good = score >= cut, good_at(result, bar, up=up)
    above = group(count(int((high & good).sum())), count(int(high.sum())))
    below = group(count(int((~high & good).sum())), count(int((~high).sum())))
    base = group(count(int(good.sum())), count(len(score)))
    lift = above.share.value / base.share.value if above.share and base.share and base.good else None
    gap = proportions.difference(above.good, above.people, below.good, below.people) if above.share and below.share else None
    p = None
    if base.people >= LEAST_FOR_P:
        p = float(stats.fisher_exact([[above.good, above.people - above.good], [below.good, below.people - below.good]])[1])
    return Rule(cut, bar, above, below, base, lift, gap, p)


def _allowed(values: Floats, cuts: Sequence[float], strangers: Flags | None, *, up: bool) -> tuple[float, ...]:
    """The cut-offs that part the people into two groups of at least five; of several that part them alike, the one nearest to the upper."""
    kept: list[float] = []
    total = 0 if strangers is None else int(strangers.sum())
    before = strangers_before = 0
    for cut in sorted(set(cuts), reverse=not up):
        low = values < cut if up else values > cut
        few, unnamed = int(low.sum()), 0 if strangers is None else int((low & strangers).sum())
        if min(few, len(values) - few) < HIDE or 0 < unnamed - strangers_before < SPLIT or 0 < total - unnamed < SPLIT:
            continue
        if kept and few == before:
            kept.pop()
        kept.append(float(cut))
        before, strangers_before = few, unnamed
    return tuple(kept)


def _ticks(values: Floats, target: float | None) -> list[float]:
    """Round numbers across the results, with the measure's target."""
    low, high = float(np.min(values)), float(np.max(values))
    found = [] if target is None else [target]
    if high > low:
        rough = (high - low) / _TICKS
        size = 10 ** floor(log10(rough))
        step = next(size * one for one in (1, 2, 5, 10) if size * one >= rough)
        found += [round(step * at, 10) for at in range(floor(low / step), floor(high / step) + 1)]
    return found
