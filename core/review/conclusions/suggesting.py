"""The rule that suggests what to conclude of a project: from its levels, its warning, its effects and who still waits. Pure.

It suggests and never decides: a person confirms, and may conclude otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.goals.goal import LEVEL_NAMES, KirkpatrickLevel
from core.i18n import Message
from core.review.conclusions.terms import Choice
from core.review.warnings.terms import STATUS_NAMES, Status

RULE = "conclusion 1"
"""The version of this rule, which is stored beside what it says."""

BEHIND = 80.0
"""A level below this score (of 100) fell short."""
FAR = 40.0
"""Below this it fell far short."""
WAITING = 1.2
"""So many times as many people as were trained is an audience that still waits."""
_MEANT = (KirkpatrickLevel.RESULTS, KirkpatrickLevel.BEHAVIOUR)


class Bearing(StrEnum):
    """What an effect says of a measure: better, worse, or not to be told from chance."""

    BETTER = "better"
    WORSE = "worse"
    OPEN = "open"


@dataclass(frozen=True)
class Shown:
    """What the effect on a measure says; `causal`: the design lets it be called one of the training."""

    measure: str
    bearing: Bearing
    causal: bool


@dataclass(frozen=True)
class Signs:
    """What is known of a project: scores of its levels (None: nothing measured), its warning, its effects, people meant and trained."""

    scores: Mapping[KirkpatrickLevel, float | None]
    status: Status | None = None
    effects: tuple[Shown, ...] = ()
    meant: int | None = None
    trained: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """What the rule suggests and why; `choice` None: it cannot say anything yet."""

    choice: Choice | None
    reasons: tuple[Message, ...]


def suggested(signs: Signs) -> Suggestion:
    """What to conclude: stop before change, change before scale, scale before keep."""
    for choice, found in (
        (Choice.STOP, _to_stop(signs)),
        (Choice.CHANGE, _to_change(signs)),
        (Choice.SCALE, _to_scale(signs)),
        (Choice.KEEP, _to_keep(signs)),
    ):
        if found:
            return Suggestion(choice, tuple(found))
    return Suggestion(None, (Message("行为和结果两级都没有结果，也没有预警，还不能建议。"),))


def _to_stop(signs: Signs) -> list[Message]:
    if signs.status is Status.STOP:
        return [_warned(Status.STOP)]
    known = _known(signs)
    hopeless = bool(known) and all(score < FAR for _level, score in known)
    if not hopeless or _of(signs, Bearing.BETTER):
        return []
    return [*(_scored(level, score, FAR) for level, score in known), Message("没有一项效果显示变好。")]


def _to_change(signs: Signs) -> list[Message]:
    found = [_warned(Status.WARN)] if signs.status is Status.WARN else []
    found += [_scored(level, score, BEHIND) for level, score in signs.scores.items() if score is not None and score < BEHIND]
    found += [Message("“{measure}”的效果是变差。", measure=one.measure) for one in _of(signs, Bearing.WORSE)]
    return found


def _to_scale(signs: Signs) -> list[Message]:
    proven = [one for one in _of(signs, Bearing.BETTER) if one.causal]
    if not _known(signs) or not proven or not signs.meant or not signs.trained or signs.meant < WAITING * signs.trained:
        return []
    waiting = Message("对象 {meant} 人，实际参训 {trained} 人，还有人在等。", meant=f"{signs.meant:,}", trained=f"{signs.trained:,}")
    effects = [Message("“{measure}”的效果可以归因于培训，是变好。", measure=one.measure) for one in proven]
    return [_met(signs), *effects, waiting]


def _to_keep(signs: Signs) -> list[Message]:
    if not _known(signs):
        return []
    better = _of(signs, Bearing.BETTER)
    found = [_met(signs), Message("没有一项效果是变差。") if signs.effects else Message("还没有效果估计与之矛盾。")]
    return [*found, Message("{n} 项指标显示变好。", n=len(better))] if better else found


def _known(signs: Signs) -> list[tuple[KirkpatrickLevel, float]]:
    return [(level, score) for level in _MEANT if (score := signs.scores.get(level)) is not None]


def _of(signs: Signs, bearing: Bearing) -> list[Shown]:
    return [one for one in signs.effects if one.bearing is bearing]


def _warned(status: Status) -> Message:
    return Message("早期预警的状态是“{status}”。", status=STATUS_NAMES[status])


def _scored(level: KirkpatrickLevel, score: float, least: float) -> Message:
    return Message("{level}达成 {score}，低于 {least}。", level=LEVEL_NAMES[level], score=round(score), least=round(least))


def _met(signs: Signs) -> Message:
    lowest = min(score for score in signs.scores.values() if score is not None)
    return Message("有结果的层级都达到 {least} 分（最低 {score}）。", least=round(BEHIND), score=round(lowest))
