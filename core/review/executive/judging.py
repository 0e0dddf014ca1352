"""Whether a year is on track, and why: each reason is named, the worst decides. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.goals.goal import LEVEL_NAMES, KirkpatrickLevel
from core.i18n import Message

# A level below this score is behind; one that nothing was measured of says nothing.
BEHIND = 80.0
# So many of the half days planned to date may be owed a list before the count is not to be trusted.
UNNOTED = 0.2


class Verdict(StrEnum):
    """How a year stands, the worst first."""

    OFF = "off"
    WATCH = "watch"
    ON_TRACK = "on_track"
    UNKNOWN = "unknown"


VERDICT_NAMES = {
    Verdict.OFF: Message("偏离计划，需要决定"),
    Verdict.WATCH: Message("总体可控，有几处要盯"),
    Verdict.ON_TRACK: Message("按计划进行"),
    Verdict.UNKNOWN: Message("还没有足够的数据判断"),
}


@dataclass(frozen=True)
class Facts:
    """What a year is judged by. Money in yuan; `scores` from 0 to 100 by level, None where nothing was measured."""

    placed: int = 0
    over: int = 0
    unnoted: int = 0
    planned: float = 0.0
    bound: float = 0.0
    limit: float | None = None
    restrictive: bool = False
    scores: tuple[tuple[KirkpatrickLevel, float | None], ...] = ()
    stops: int = 0
    alarms: int = 0
    undecided: int = 0
    overdue_results: int = 0


@dataclass(frozen=True)
class Reason:
    """Why a year stands as it does."""

    verdict: Verdict
    text: Message


def judged(facts: Facts) -> tuple[Verdict, list[Reason]]:
    """How the year stands and why, the worst reason first; on track needs something to be on track with."""
    reasons = sorted(_reasons(facts), key=lambda one: list(Verdict).index(one.verdict))
    if reasons:
        return reasons[0].verdict, reasons
    known = facts.over > 0 or any(score is not None for _level, score in facts.scores)
    return (Verdict.ON_TRACK if known else Verdict.UNKNOWN), []


def _reasons(facts: Facts) -> Iterable[Reason]:
    if not facts.placed:
        yield Reason(Verdict.UNKNOWN, Message("这一年的排期还没有发布。"))
    yield from _about_money(facts)
    yield from _about_results(facts)
    if facts.over and facts.unnoted > UNNOTED * facts.over:
        yield Reason(Verdict.WATCH, Message("{n} 节上完的课还没有登记到课。", n=facts.unnoted))


def _about_money(facts: Facts) -> Iterable[Reason]:
    if facts.limit is not None and facts.bound > facts.limit:
        text = Message("已花和已承诺的钱超过了预算上限。")
        yield Reason(Verdict.OFF if facts.restrictive else Verdict.WATCH, text)
    elif facts.limit is not None and facts.planned > facts.limit:
        yield Reason(Verdict.WATCH, Message("计划要花的钱超过了预算上限。"))
    elif facts.planned and facts.bound > facts.planned:
        yield Reason(Verdict.WATCH, Message("已花和已承诺的钱超过了预算。"))


def _about_results(facts: Facts) -> Iterable[Reason]:
    if facts.stops:
        yield Reason(Verdict.OFF, Message("{n} 个项目按现在的走势应当止损。", n=facts.stops))
    if facts.alarms > facts.stops:
        yield Reason(Verdict.WATCH, Message("{n} 个项目有预警。", n=facts.alarms - facts.stops))
    for level, score in facts.scores:
        if score is not None and score < BEHIND:
            text = Message("{level}达成 {score}，低于 {least}。", level=LEVEL_NAMES[level], score=round(score), least=round(BEHIND))
            yield Reason(Verdict.WATCH, text)
    if facts.overdue_results:
        yield Reason(Verdict.WATCH, Message("{n} 项指标过了期限还没有结果。", n=facts.overdue_results))
