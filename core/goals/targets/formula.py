"""What one person is advised to reach: the post's target, and above it for those who are already above what the post requires.

Nothing here is applied by itself: a person confirms every target (docs/decisions/0019-targets.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.goals.checking.names import Named
from core.goals.goal import Goal, Kind, Operator
from core.i18n import Message

RULE = "targets 1"
"""The version of this rule, which is told beside what it advises."""

# Nobody is asked for more than a fifth above the post's target, however far above the requirement they are.
MOST = 1.2
POINTS = 20
"""What a level is in points out of 100: L4 is 80."""

Better = Literal["more", "less", ""]
_WHOLE_RATE = 100.0
_SUM = 100.0
_TEMPLATES: dict[int, tuple[tuple[int, ...], ...]] = {1: ((100,),), 2: ((60, 40), (70, 30)), 3: ((40, 30, 30), (50, 20, 30))}


@dataclass(frozen=True)
class PostTarget:
    """What a goal asks of each person: `value` in `unit`, worked out as `basis` says. `better`: which way is further; `most`: its bound."""

    indicator: str
    operator: Operator
    value: float
    unit: str
    better: Better
    most: float | None
    basis: Message
    weight: float | None = None


@dataclass(frozen=True)
class Level:
    """Where somebody stands in the competencies that an indicator shows, and what their post requires of the same ones."""

    current: float
    required: float


@dataclass(frozen=True)
class Advice:
    """What somebody is advised to reach, how that was worked out, and whether it is further than the post's target."""

    value: float
    formula: Message
    further: bool


def of_goal(goal: Goal, read: Sequence[tuple[Kind, Named]]) -> tuple[list[PostTarget], list[tuple[str, Message]]]:
    """What a goal's results ask of each person, and the results of which that cannot be said, with the reason."""
    found, left = [], []
    for kind, one in read:
        if kind is not Kind.PERFORMANCE or not one.name:
            continue
        made = _of_indicator(goal, one)
        if isinstance(made, Message):
            left.append((one.one.name, made))
        else:
            found.append(made)
    return found, left


def advise(post: PostTarget, level: Level | None) -> Advice:
    """What somebody is advised to reach: their score divided by the required one, times the post's target, for those above it."""
    if level is None:
        return Advice(post.value, Message("没有现行测评，用岗位目标 {value}", value=_said(post.value)), further=False)
    score, required = level.current * POINTS, level.required * POINTS
    known = {"score": _said(score), "required": _said(required), "value": _said(post.value)}
    if score <= required or required <= 0:
        return Advice(post.value, Message("得分 {score} 没有超过岗位要求 {required}，用岗位目标 {value}", **known), further=False)
    if not post.better or post.value <= 0:
        return Advice(
            post.value, Message("得分 {score} 超过要求 {required}，但这个指标没有更进一步的方向，用岗位目标 {value}", **known), False
        )
    factor = min(score / required, MOST)
    raw = post.value * factor if post.better == "more" else post.value / factor
    bounded = min(raw, post.most) if post.most is not None and post.better == "more" else raw
    value = _rounded(bounded, post.value, post.better)
    if value == post.value:
        return Advice(post.value, Message("得分 {score} 超过要求 {required}，但岗位目标 {value} 已到上限", **known), further=False)
    worked = {**known, "raw": _said(round(raw, 2)), "taken": _said(value), "most": _said(MOST)}
    return Advice(value, _formula(post, capped=score / required > MOST, bounded=bounded < raw, known=worked), further=True)


def weights(count: int, own: Sequence[float | None]) -> list[tuple[float, ...]]:
    """The ways to weigh `count` results, each summing to 100; the goal's `own` weights first, where it has them."""
    given = tuple(float(one) for one in own if one is not None)
    ways = [given] if len(given) == count and abs(sum(given) - _SUM) < 1 else []
    ways += [tuple(map(float, one)) for one in _TEMPLATES.get(count, ())]
    if count > 1:
        each = round(_SUM / count)
        ways.append((_SUM - each * (count - 1), *(float(each),) * (count - 1)))
    return list(dict.fromkeys(ways)) if count else []


def _of_indicator(goal: Goal, one: Named) -> PostTarget | Message:
    given = one.one
    if given.value is None:
        return Message("目标里还没有目标值。")
    better = _better(one)
    most = _most(one)
    if given.per_head is not None:
        basis = Message("目标写明人均 {value} {unit}", value=_said(given.per_head), unit=given.unit)
        return PostTarget(given.name, given.operator, given.per_head, given.unit, better, None, basis)
    if not _adds_up(one):
        basis = Message("每个人与目标相同：{value} {unit}", value=_said(given.value), unit=given.unit)
        return PostTarget(given.name, given.operator, given.value, given.unit, better, most, basis)
    if not goal.headcount:
        return Message("目标没有人均，也没有参训人数，算不出每个人的份。")
    share = _rounded_to(given.value / goal.headcount, 2)
    if share <= 0:
        return Message("平分到 {heads} 人后不足 0.01 {unit}，算不出每个人的份。", heads=goal.headcount, unit=given.unit)
    basis = Message("{value} ÷ {heads} 人", value=_said(given.value), heads=goal.headcount)
    return PostTarget(given.name, given.operator, share, given.unit, better, None, basis)


def _adds_up(one: Named) -> bool:
    """Whether a goal's value is the sum of what single people do: 60 customers, but not 65 % or 14 days."""
    alike = one.is_rate or one.is_time or one.is_score or one.is_nps or one.in_percent or one.in_points
    return not alike and not one.says("per_person")


def _better(one: Named) -> Better:
    ways: dict[Operator, Better] = {">=": "more", "<=": "less", "+": "more", "-": "more", "=": "", "": ""}
    way = ways[one.one.operator]
    # An operator that points against what is better is a mistake of the goal; nobody is asked to go further with it.
    against = (one.one.operator == ">=" and one.better < 0) or (one.one.operator == "<=" and one.better > 0)
    if one.one.operator == "":
        return "more" if one.better > 0 else "less" if one.better < 0 else ""
    return "" if against else way


def _most(one: Named) -> float | None:
    if one.known is not None and one.known.facts.high is not None:
        return one.known.facts.high
    if one.scale is not None:
        return one.scale
    return _WHOLE_RATE if one.in_percent and one.is_rate and one.one.operator not in ("+", "-") else None


def _rounded(value: float, post: float, better: Better) -> float:
    """As many places as the post's target has, one or two more where that alone makes a difference."""
    exponent = Decimal(f"{post:.10g}").normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    for more in range(3):
        found = _rounded_to(value, places + more)
        if (found > post) if better == "more" else (found < post):
            return found
    return post


def _rounded_to(value: float, places: int) -> float:
    return round(value + 1e-9, places)


def _formula(post: PostTarget, *, capped: bool, bounded: bool, known: dict[str, str]) -> Message:
    if bounded:
        return Message("得分 {score} 超过要求 {required}：{value} × {score} ÷ {required} = {raw}，不超过上限，取 {taken}", **known)
    if capped and post.better == "more":
        return Message("得分 {score} 超过要求 {required}，最多放大 {most} 倍：{value} × {most} = {raw}，取 {taken}", **known)
    if capped:
        return Message("得分 {score} 超过要求 {required}，最多收紧 {most} 倍：{value} ÷ {most} = {raw}，取 {taken}", **known)
    if post.better == "more":
        return Message("得分 {score} 超过要求 {required}：{value} × {score} ÷ {required} = {raw}，取 {taken}", **known)
    return Message("得分 {score} 超过要求 {required}：{value} × {required} ÷ {score} = {raw}，取 {taken}", **known)


def _said(value: float) -> str:
    return f"{round(value, 2):.10g}"
