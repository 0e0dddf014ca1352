"""The figures agree with each other and with what can be: baselines, directions, per cent and points, arithmetic, bounds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.goals.checking.metrics import Read, called
from core.goals.checking.names import Named
from core.goals.checking.verdict import Problem
from core.goals.goal import Goal, Kind
from core.i18n import Message

_DUE_MOST = 730
# More than this a head and day is a slip of the pen. Numbers of people and files first, sums (in yuan) a head in all second.
_A_DAY = 60
_SUM_A_HEAD = 2e9
# No branch counts more than this, however many its people: pieces, customers, minutes; and yuan.
_MOST, _MOST_YUAN = 1e10, 1e14
_TOLERANCE = 0.02
_MULTIPLES = {
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "10k": 1e4,
    "100m": 1e8,
    "million": 1e6,
    "billion": 1e9,
    "thousand": 1e3,
}


def no_baseline(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """A level to reach, or a change of one, without today's figure."""
    for kind, path, one in read:
        free = one.starts_at_zero or one.is_own_test or one.is_share_of_new or one.is_reaction or one.measures_nothing
        if kind is Kind.PERFORMANCE and one.one.baseline is None and one.name and not free:
            said = Message("“{name}”没有基线：不知道现在是多少，就看不出有没有变好。请填上目前的数。", name=called(one))
            yield Problem(f"{path}.baseline", "no_baseline", said)


def target_below_baseline(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """The target is no better than today, or points the wrong way."""
    for _, path, one in read:
        if one.one.value is None:
            continue
        if _points_the_wrong_way(one):
            better = Message("越低越好") if one.better < 0 else Message("越高越好")
            said = Message(
                "“{name}”{better}，目标却写成“{operator} {value}”。请改正方向。",
                name=called(one),
                better=better,
                operator=one.one.operator,
                value=f"{one.one.value:g}",
            )
            yield Problem(f"{path}.value", "target_below_baseline", said)
        elif one.one.operator in ("+", "-") and one.one.value <= 0:
            said = Message("“{name}”的变化写成 {value}，等于没有变好。请写一个大于 0 的数。", name=called(one), value=f"{one.one.value:g}")
            yield Problem(f"{path}.value", "target_below_baseline", said)
        elif _is_no_better(one):
            said = Message(
                "“{name}”的目标 {value} 不比现在的 {baseline} 好。请核对两个数。",
                name=called(one),
                value=f"{one.one.value:g}",
                baseline=f"{one.one.baseline:g}",
            )
            yield Problem(f"{path}.value", "target_below_baseline", said)


def percent_or_points(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """A rate grows by percentage points, and stands at per cent."""
    for _, path, one in read:
        if one.one.operator in ("+", "-") and one.in_percent and one.is_rate:
            said = Message(
                "“{name}”本身是比率，“{operator} {value}%”说不清是百分点还是相对变化。请改为“个百分点”。",
                name=called(one),
                operator=one.one.operator,
                value=_written(one.one.value),
            )
        elif one.one.operator in (">=", "<=", "=") and one.in_points and not one.is_change:
            said = Message("“{name}”写的是要达到的水平，单位应为 %；百分点只用来表示变化了多少。", name=called(one))
        else:
            continue
        yield Problem(f"{path}.unit", "percent_or_points", said)


def arithmetic(goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """What each does, times how many they are, is what all do."""
    if goal.headcount is None or goal.headcount <= 0:
        return
    for _, path, one in read:
        value, each = one.one.value, one.one.per_head
        if value is None or each is None or one.is_rate or one.in_percent or one.in_points or "/" in one.unit:
            continue
        if one.says("per_person") and abs(each - value) <= _slack(value, each, 1):
            continue  # the target is that of a head
        total = each * goal.headcount
        if abs(total - value) > _slack(value, each, goal.headcount):
            said = Message(
                "“{name}”：人均 {each} × {people} 人 = {total}，不等于目标 {value}。请改其中一个数。",
                name=called(one),
                each=f"{each:g}",
                people=goal.headcount,
                total=f"{total:g}",
                value=f"{value:g}",
            )
            yield Problem(f"{path}.per_head", "arithmetic", said)


def out_of_range(goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """Figures that cannot be."""
    for _, path, one in read:
        for field, value in (("value", one.one.value), ("baseline", one.one.baseline)):
            said = _beyond(one, field, value) if value is not None else None
            if said is not None:
                yield Problem(f"{path}.{field}", "out_of_range", said)
                break
        else:
            if said := _absurd(goal, one):
                yield Problem(f"{path}.value", "out_of_range", said)
    if goal.due_days is not None and goal.due_days > _DUE_MOST:
        yield Problem(
            "due_days",
            "out_of_range",
            Message("训后 {days} 天超过两年，届时的变化已说不清与培训的关系。请定在 {most} 天以内。", days=goal.due_days, most=_DUE_MOST),
        )
    if goal.headcount is not None and goal.headcount <= 0:
        yield Problem("headcount", "out_of_range", Message("参训人数是 {people}，应大于 0。", people=goal.headcount))


def _points_the_wrong_way(one: Named) -> bool:
    if one.one.operator in (">=", "+"):
        return one.better < 0 and not (one.is_change and one.one.operator == ">=")
    if one.one.operator in ("<=", "-"):
        return one.better > 0
    return False


def _is_no_better(one: Named) -> bool:
    value, baseline = one.one.value, one.one.baseline
    if value is None or one.one.operator in ("+", "-") or baseline is None or (one.in_points and one.is_change):
        return False
    lower = one.one.operator == "<=" or (one.one.operator != ">=" and one.better < 0)
    if one.one.operator not in (">=", "<=") and one.better == 0:
        return value == baseline
    return value >= baseline if lower else value <= baseline


def _slack(value: float, each: float, people: int) -> float:
    places = -int(Decimal(str(each)).normalize().as_tuple().exponent)
    # 1.7 a head may be 1.74 before it was rounded; 2 a head is 2.
    rounded = 0.5 * 10**-places * people if places > 0 else 0.0
    return max(_TOLERANCE * abs(value), min(rounded, 0.05 * abs(value)), 0.5 if float(value).is_integer() else 0.0) + 1e-9


def _beyond(one: Named, field: str, value: float) -> Message | None:
    name, shown = called(one), f"{value:g}"
    changes = one.one.operator in ("+", "-") and field == "value"
    if one.is_nps:
        return Message("净推荐值在 −100 与 100 之间，不会是 {value}。", value=shown) if abs(value) > (200 if changes else 100) else None
    scale = one.scale if one.scale is not None else _library_scale(one)
    if scale is not None and not one.in_percent and (value > scale or value < 0):
        return Message("“{name}”满分 {scale}，不会是 {value}。", name=name, scale=f"{scale:g}", value=shown)
    if _is_share(one) and (value < 0 or (value > 100 and not (changes and one.in_percent and not one.is_rate))):
        return Message("“{name}”是比率，应在 0 与 100% 之间，不会是 {value}%。", name=name, value=shown)
    if value < 0 and not _may_be_negative(one):
        return Message("“{name}”不会是负数 {value}。", name=name, value=shown)
    if abs(value) * _multiple(one) > (_MOST_YUAN if one.is_money else _MOST):
        return Message(
            "“{name}”写成 {value}{unit}，没有一家分行达得到。请核对数和单位。", name=name, value=shown, unit=one.one.unit.strip()
        )
    return _change_beyond(one) if field == "value" else None


def _change_beyond(one: Named) -> Message | None:
    """A change that leads out of what can be: a rate of 85 % cannot grow by 30 points, 20 errors cannot become 30 fewer."""
    value, baseline = one.one.value, one.one.baseline
    if value is None or baseline is None or one.one.operator not in ("+", "-"):
        return None
    name = called(one)
    if one.in_points and _is_share(one) and one.one.operator == "+" and baseline + value > 100:
        return Message(
            "“{name}”现在 {baseline}%，再加 {value} 个百分点就超过 100%。", name=name, baseline=f"{baseline:g}", value=f"{value:g}"
        )
    least = 100.0 if one.in_percent and not one.is_rate else baseline
    if one.one.operator == "-" and value > least and not _may_be_negative(one):
        return Message("“{name}”减少 {value} 之后会低于零。", name=name, value=f"{value:g}")
    return None


def _is_share(one: Named) -> bool:
    return (
        (one.is_rate or one.in_percent)
        and not one.says("beyond_hundred")
        and not one.is_money
        and not one.is_time
        and (one.in_percent or one.in_points or not one.unit)
        and (one.is_rate or one.one.operator not in ("+", "-"))
    )


def _may_be_negative(one: Named) -> bool:
    return (
        one.is_nps
        or one.says("beyond_hundred")
        or any(word in one.name for word in ("利润", "损益", "净增", "净流", "profit", "net ", "margin", "roi"))
    )


def _library_scale(one: Named) -> float | None:
    known = one.known
    if known is None or known.facts.high is None or not one.is_score or plain_score(known.facts.unit) is False:
        return None
    return known.facts.high


def plain_score(unit: str) -> bool:
    """Whether a library unit is points of a scale."""
    return unit in ("分", "points")


def _absurd(goal: Goal, one: Named) -> Message | None:
    """Orders of magnitude that nobody can reach, a head and day."""
    value, people = one.one.value, goal.headcount
    if (
        value is None
        or not people
        or people < 0
        or one.is_rate
        or one.in_percent
        or one.in_points
        or one.is_time
        or one.is_score
        or "/" in one.unit
    ):
        return None
    each = value / people if one.starts_at_zero or one.one.per_head is not None else one.one.per_head
    if each is None:
        return None
    most = _SUM_A_HEAD if one.is_money else _A_DAY * (goal.due_days if goal.due_days and goal.due_days > 0 else 365)
    far = each * _multiple(one) > most
    return (
        Message(
            "“{name}”合人均 {each}{unit}，远超一个人在这段时间里能做到的。请核对数和单位。",
            name=called(one),
            each=f"{each:g}",
            unit=one.one.unit.strip(),
        )
        if far
        else None
    )


def _multiple(one: Named) -> float:
    """How many of its kind its unit counts in one: 10,000 for 万元 and for 万户."""
    if not one.is_money:
        return _MULTIPLES.get(one.unit[:1], 1.0)
    return next((factor for word, factor in sorted(_MULTIPLES.items(), key=lambda pair: -len(pair[0])) if one.unit.startswith(word)), 1.0)


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
