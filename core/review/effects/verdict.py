"""What can be said of an effect and what cannot, in plain words."""

from __future__ import annotations

from core.i18n import Message
from core.review.effects.evaluation import LEAST, Counts, Effect
from core.review.effects.study import Study
from core.review.effects.terms import Design, Unit

Pair = tuple[Message, Message]


def amount(value: float, unit: Unit, called: str = "", *, signed: bool = False) -> Message:
    """A figure with its unit: percentage points are called so; other scores are `called` what they are."""
    said = f"{value:{'+' if signed else ''},.{_places(value)}f}"
    if unit is Unit.POINTS:
        return Message("{value} 个百分点", value=said)
    if unit is Unit.DEVIATIONS:
        return Message("{value} 个标准差", value=said)
    return Message("{value} {unit}", value=said, unit=called) if called else Message("{value} 分", value=said)


def between(effect: Effect) -> Message:
    """The interval of an effect in words."""
    if effect.low is None or effect.high is None:
        return Message("没有区间")
    return Message("95% 区间 {low} 到 {high}", **_bounds(effect))


def span(effect: Effect) -> Message:
    """The interval alone, for a column that says what it is."""
    return Message("{low} 到 {high}", **_bounds(effect)) if effect.low is not None else Message("没有区间")


def causal(design: Design, effect: Effect, n: Counts) -> Pair:
    """Of a design that lets the effect be called one of the training."""
    values = _values(effect, n)
    if _spans_zero(effect):
        can = Message("参训与不参训相差多半在 {low} 到 {high}之间（参训 {trained} 人，对照 {comparison} 人）。", **values)
        return can, Message("培训有效，也不能说无效：区间包含 0，数据还分辨不出来。")
    if effect.value > 0:
        can = Message("培训使结果平均提高 {size}（95% 区间 {low} 到 {high}；参训 {trained} 人，对照 {comparison} 人）。", **values)
    else:
        can = Message("培训使结果平均降低 {size}（95% 区间 {low} 到 {high}；参训 {trained} 人，对照 {comparison} 人）。", **values)
    return can, _LIMITS[design]


def bracket(effect: Effect, n: Counts) -> Pair:
    """Of volunteers: a range and no cause."""
    can = Message(
        "参训者比对照多提升的部分大致在 {low} 到 {high}之间，这是两种估计合起来的范围（参训 {trained} 人，对照 {comparison} 人）。",
        **_values(effect, n),
    )
    return can, Message("这是培训带来的：愿意来的人、被推荐的人，不参训也可能进步更快。")


def difference(effect: Effect, n: Counts, study: Study) -> Pair:
    """Of two groups whose figures from before are not there, or cannot be used."""
    can = Message(
        "训后参训者与对照平均相差 {value}（95% 区间 {low} 到 {high}；参训 {trained} 人，对照 {comparison} 人）。", **_values(effect, n)
    )
    if not study.has_pre:
        return can, Message("这是培训带来的：没有训前的数，不知道两组本来是否一样。")
    if not study.same:
        return can, Message("这是培训带来的：训前和训后量的不是同一种数，没法用训前扣除两组本来的差别。")
    return can, Message("这是培训带来的：同一组里训前的数都一样，没法用训前扣除两组本来的差别。")


def chosen_otherwise(effect: Effect, n: Counts) -> Pair:
    """Of people who are said to be chosen by a score that does not tell them from the others."""
    can = Message(
        "训前分数相同的人相比，参训者与对照平均相差 {value}（95% 区间 {low} 到 {high}；参训 {trained} 人，对照 {comparison} 人）。",
        **_values(effect, n),
    )
    return can, Message("这是培训带来的：两组的训前分数差不多，不像是按分数挑选的，参训者是怎样选出来的还不清楚。")


def one_unit_each(effect: Effect, n: Counts) -> Pair:
    """Of one unit that was trained and one that was not."""
    can = Message("参训机构比对照机构多变化 {value}（参训 {trained} 人，对照 {comparison} 人）。", **_values(effect, n))
    return can, Message("这是培训带来的：两边各只有一个机构，机构自己的变化和培训分不开。")


def described(effect: Effect, n: Counts) -> Pair:
    """Of the trained alone."""
    can = Message("参训者训后与训前相比平均变化 {value}（95% 区间 {low} 到 {high}；{trained} 人）。", **_values(effect, n))
    return can, Message("这是培训带来的：没有对照，同期的其他变化、重复测试、回归均值都可能造成它。")


def hidden() -> Pair:
    """Of too few people."""
    can = Message("数据完整的人太少，这里不给任何数。")
    return can, Message("培训有没有效果：参训或对照中数据完整的不足 {least} 人。", least=LEAST)


def nothing() -> Pair:
    """Of figures from after alone, without a comparison."""
    return Message("没有可以相比的数。"), Message("培训有没有效果：既没有训前的数，也没有对照。")


_LIMITS = {
    Design.RANDOM: Message("换一批人、换一种讲法也会有同样的效果。"),
    Design.BY_SCORE: Message("分数离挑选线很远的人参训也会有同样的效果；原始提升也不能当作效果，里面有回归均值。"),
    Design.UNITS: Message("这些变化全部来自培训：参训机构同期若有别的举措，也会算在这个数里。"),
}


def _values(effect: Effect, n: Counts) -> dict[str, object]:
    return {
        "value": amount(effect.value, effect.unit, effect.called, signed=True),
        "size": amount(abs(effect.value), effect.unit, effect.called),
        **_bounds(effect),
        "trained": n.trained,
        "comparison": n.comparison,
    }


def _bounds(effect: Effect) -> dict[str, object]:
    low, high = (effect.value if one is None else one for one in (effect.low, effect.high))
    return {
        "low": f"{low:+,.{_places(max(abs(low), abs(high)))}f}",
        "high": amount(high, effect.unit, effect.called, signed=True),
    }


def _spans_zero(effect: Effect) -> bool:
    return effect.low is None or effect.high is None or effect.low <= 0 <= effect.high


def _places(value: float) -> int:
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 1 else 2
