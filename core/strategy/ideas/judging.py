"""How urgent an idea is and of which kind, each with what speaks for it.

    urgency = 40 × deadline  +  20 × theme's weight ÷ heaviest weight  +  40 × priority of the focus ÷ 100

What is unknown is never taken for zero: the known parts are brought to 100. The kind follows what is lacking now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.ideas.material import Demand, PostGiven, ThemeGiven
from core.strategy.ideas.terms import ProjectKind, Urgency

# Each part of the score is worth so much of 100.
_DEADLINE, _WEIGHT, _PRIORITY = 40, 20, 40
_HIGH, _MEDIUM = 70.0, 40.0
GREAT_GAP = 0.3

_LACK = re.compile(
    r"短板|弱项|薄弱|欠缺|缺乏|最缺|缺少|不足|不会|不懂|不敢|未达标|不达标|跟不上|\b(?:lacks?|lacking|weak(?:ness)?|cannot|shortfall|gap)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"新设|新建|新业务|新系统|新产品|新模式|新平台|首次|试点|试行|上线|推出|探索|启用|大模型|智能体|人工智能|"
    r"\b(?:pilot|launch|introduc\w+|roll out|new)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Judgement:
    """How urgent (`score` 0 … 100, None where nothing is known) and of which kind, with the reasons, and the findings that they rest on."""

    urgency: Urgency
    score: float | None
    urgency_why: tuple[Message, ...]
    kind: ProjectKind
    kind_why: tuple[Message, ...]
    rests_on: tuple[int, ...]


@dataclass(frozen=True)
class _Part:
    weight: int
    value: float | None
    why: Message


def judge(theme: ThemeGiven, post: PostGiven, required: Sequence[Demand], heaviest: float, year: int) -> Judgement:
    """An idea for `post` in `theme`. `required` are the findings that name its abilities, `heaviest` is the weight of the heaviest theme,
    `year` the plan's."""
    due = next_due(theme.demands, year)
    parts = (_deadline(due, year), _weight(theme, heaviest), _priority(post))
    known = [(part.weight, part.value) for part in parts if part.value is not None]
    score = round(100 * sum(weight * value for weight, value in known) / sum(weight for weight, _ in known), 1) if known else None
    kind, kind_why, cited = _kind(theme, post, required)
    rests_on = tuple(dict.fromkeys([*([due.id] if due else []), *(one.id for one in cited)]))
    return Judgement(_level(score), score, (*(part.why for part in parts), _sum(score)), kind, kind_why, rests_on)


def next_due(demands: Sequence[Demand], year: int) -> Demand | None:
    """The target whose date comes first from the beginning of the plan's year on; the branch's own, said in a report or a talk, only
    where HQ sets none. Dates that depend on another event do not count."""
    dated = [one for one in demands if one.kind is FindingKind.TARGET and one.deadline[:4].isdecimal() and int(one.deadline[:4]) >= year]
    return min(dated, key=lambda one: (not one.hq, one.deadline, one.id), default=None)


def _deadline(due: Demand | None, year: int) -> _Part:
    if due is None:
        return _Part(_DEADLINE, None, Message("期限：主题里没有计划年起到期的目标，不计"))
    steps = (
        (f"{year}-06-30", 1.0, Message("在计划年上半年")),
        (f"{year}-12-31", 0.75, Message("在计划年内")),
        (f"{year + 1}-12-31", 0.5, Message("在次年")),
        ("9999", 0.25, Message("在次年之后")),
    )
    _, value, when = next(step for step in steps if due.deadline <= step[0])
    why = Message(
        "期限：{metric} {deadline} 到期，{when}，{weight} × {value}",
        metric=due.metric,
        deadline=due.deadline,
        when=when,
        weight=_DEADLINE,
        value=f"{value:g}",
    )
    return _Part(_DEADLINE, value, why)


def _weight(theme: ThemeGiven, heaviest: float) -> _Part:
    if heaviest <= 0:
        return _Part(_WEIGHT, None, Message("主题权重：还没有设，不计"))
    why = Message("主题权重：{weight} × {own} ÷ {most}", weight=_WEIGHT, own=f"{theme.weight:g}", most=f"{heaviest:g}")
    return _Part(_WEIGHT, theme.weight / heaviest, why)


def _priority(post: PostGiven) -> _Part:
    if post.score is None:
        return _Part(_PRIORITY, None, Message("锚定得分：还没有评重要性，不计"))
    return _Part(_PRIORITY, post.score / 100, Message("锚定得分：{weight} × {score} ÷ 100", weight=_PRIORITY, score=f"{post.score:.1f}"))


def _level(score: float | None) -> Urgency:
    if score is None:
        return Urgency.MEDIUM
    return Urgency.HIGH if score >= _HIGH else Urgency.MEDIUM if score >= _MEDIUM else Urgency.LOW


def _sum(score: float | None) -> Message:
    if score is None:
        return Message("三项都未知，先按一般处理")
    return Message("已知各项折合 {score} 分：70 分起为紧迫，40 分起为一般", score=f"{score:.1f}")


def _kind(theme: ThemeGiven, post: PostGiven, required: Sequence[Demand]) -> tuple[ProjectKind, tuple[Message, ...], list[Demand]]:
    lacking = next(((one, found.group()) for one in required if (found := _LACK.search(one.text))), None)
    fresh = next(((one, found.group()) for one in theme.demands if (found := _NEW.search(one.text))), None)
    why: list[Message] = []
    if lacking is not None:
        why.append(Message("能力要求里说到现在的不足：“{cue}”", cue=lacking[1]))
    if post.gap is not None and post.gap >= GREAT_GAP:
        why.append(Message("岗位短板 {gap}，达到 {limit}", gap=f"{post.gap:.0%}", limit=f"{GREAT_GAP:.0%}"))
    kind = ProjectKind.PROBLEM_DRIVEN if why else ProjectKind.PRE_EMPTIVE
    if not why:
        why.append(Message("没有发现眼前的不足：能力要求里没有说到，岗位短板未知或低于 {limit}", limit=f"{GREAT_GAP:.0%}"))
    if fresh is not None:
        why.append(Message("主题里有新的任务：“{cue}”", cue=fresh[1]))
    return kind, tuple(why), [one for one, _ in filter(None, (lacking, fresh))]
