"""While a goal is written: how many people, and which comparison, it would take to prove that it was reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.goals.goal import Goal, GoalIndicator, KirkpatrickLevel
from core.i18n import Message
from core.review.effects.power import CLASS_ICC, CLASS_SIZE, Needed, clustered, for_share, two_arms

_SHARES = ("%", "％", "个百分点", "百分点", "percentage points", "pp")
_MIDDLE = 0.5


@dataclass(frozen=True)
class Proof:
    """What proving one indicator takes. `needed` None: it is no share, so that its spread would have to be known."""

    name: str
    needed: Needed | None

    @property
    def line(self) -> Message:
        """It in one line."""
        if self.needed is None:
            return Message("“{name}”：要发现中等大小的差别，每组至少 {each} 人，并需要一个对照组。", name=self.name, each=two_arms(_MIDDLE))
        return Message(
            "要证明“{name}”{start}% → {end}%，每组至少 {each} 人，并需要一个对照组。",
            name=self.name,
            start=f"{self.needed.start:g}",
            end=f"{self.needed.end:g}",
            each=self.needed.each,
        )

    @property
    def details(self) -> list[Message]:
        """What that rests on, and what to do where there are not so many."""
        said = [Message("按八成把握、5% 误判计算：参训组和对照组各这么多人，训前训后用同一把尺子。")]
        each = self.needed.each if self.needed else two_arms(_MIDDLE)
        said.append(
            Message(
                "若整班上课（每班约 {size} 人，同班人相像的程度按 {icc} 计），每组要 {clustered} 人。",
                size=CLASS_SIZE,
                icc=CLASS_ICC,
                clustered=clustered(each),
            )
        )
        if self.needed is None:
            said.append(Message("这个指标不是比例，确切人数取决于人和人差多少；中等大小指相差半个标准差。"))
        elif self.needed.enough is False:
            said.append(
                Message(
                    "现在计划 {headcount} 人参训，不够：训后只能描述变化，不能说是培训带来的。可以合并几期、延长观察，或把目标定得更大。",
                    headcount=self.needed.headcount,
                )
            )
        said.append(Message("对照组最好抽签产生，或用名单里下一批参训的人；只挑分数低的人参训，会把回归均值当成效果。"))
        return said


def proofs(goal: Goal) -> list[Proof]:
    """What proving each indicator of behaviour and results takes that says where it begins and where it shall end."""
    return [Proof(one.name, needed) for one, needed in _found(goal)]


def _found(goal: Goal) -> Iterator[tuple[GoalIndicator, Needed | None]]:
    for _kind, _path, one in goal.indicators():
        if one.level is KirkpatrickLevel.REACTION or not one.name or one.value is None or one.baseline is None:
            continue
        if one.unit.strip().lower() not in _SHARES:
            yield one, None
        elif (needed := for_share(one.baseline, _end(one, one.baseline, one.value), goal.headcount)) is not None:
            yield one, needed


def _end(one: GoalIndicator, baseline: float, value: float) -> float:
    change = {"+": value, "-": -value}.get(one.operator)
    return value if change is None else baseline + change
