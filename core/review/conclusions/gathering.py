"""What speaks for a conclusion: the figures of the review as they are on a day, each with what it rests on, and the signs for the rule.

What is gathered is kept and read by others, so that no figure of fewer than five people is taken up, whoever gathers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from core.access.actor import Actor
from core.goals.goal import LEVEL_NAMES, KirkpatrickLevel
from core.i18n import Message
from core.people.gates import HIDE
from core.projects import service as projects
from core.review.conclusions.suggesting import Bearing, Shown, Signs
from core.review.conclusions.terms import Topic
from core.review.effects import service as effects
from core.review.effects.evaluation import Effect
from core.review.effects.service import MeasuredEffect
from core.review.effects.verdict import amount, between
from core.review.levels import service as levels
from core.review.levels.service import Level, Line
from core.review.results.service import Actual
from core.review.results.terms import Direction
from core.review.retention import service as retention
from core.review.returns import service as returns
from core.review.returns.service import ReturnsOverview
from core.review.returns.terms import Basis
from core.review.warnings import service as warnings
from core.review.warnings.rule import SunkCostWarning
from core.review.warnings.terms import LINK_NAMES, STATUS_NAMES, Status
from core.storage import Session

_SIGNS = {">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−"}


@dataclass(frozen=True)
class About:
    """What a conclusion is of: a project, a theme, or (neither) the plan as a whole."""

    project_id: int | None = None
    theme_id: int | None = None


@dataclass(frozen=True)
class Evidence:
    """A figure as it was on a day, in words with its number of people and its interval, and the page that it is from."""

    topic: Topic
    said: Message
    on: date

    def to_json(self) -> list[Any]:
        """As it is stored."""
        return [self.topic.value, self.said.to_json(), self.on.isoformat()]

    @classmethod
    def from_json(cls, stored: Any) -> Evidence:
        """What `to_json` wrote."""
        topic, said, on = stored
        return cls(Topic(topic), Message.from_json(said), date.fromisoformat(on))


@dataclass(frozen=True)
class Material:
    """What is known of something on a day."""

    signs: Signs
    evidence: tuple[Evidence, ...]


def gather(db: Session, actor: Actor, plan_id: int, about: About, today: date) -> Material:
    """What speaks for a conclusion on a project, a theme or the plan. Needs `SEE_REVIEW`. Raises `NotFound`."""
    return Figures(db, actor, plan_id, today).of(about)


class Figures:
    """The figures of a plan's review on a day. What is of the whole plan is worked out once, of however many projects it is asked."""

    def __init__(self, db: Session, actor: Actor, plan_id: int, today: date) -> None:
        self._db, self._actor, self._plan_id, self._today = db, actor, plan_id, today

    @cached_property
    def _money(self) -> ReturnsOverview:
        return returns.overview(self._db, self._actor, self._plan_id, self._today)

    @cached_property
    def _warnings(self) -> Sequence[SunkCostWarning]:
        return warnings.board(self._db, self._actor, self._plan_id, self._today).warnings

    @cached_property
    def _designs(self) -> Mapping[int, effects.Said]:
        return effects.designs(self._db, self._actor, self._plan_id)

    def of(self, about: About) -> Material:
        """What speaks for a conclusion on a project, a theme or the plan. Needs `SEE_REVIEW`. Raises `NotFound`."""
        db, actor, plan_id, today = self._db, self._actor, self._plan_id, self._today
        scored = levels.overview(db, actor, plan_id, project_id=about.project_id, theme_id=about.theme_id, today=today)
        found = [Evidence(Topic.LEVELS, said, today) for said in _levels(scored.levels)]
        scores = {one.level: one.together.score for one in scored.levels if not _small(one)}
        if about.project_id is not None:
            return self._of_project(about.project_id, scores, found)
        said = _return(self._money, None) if about.theme_id is None else None
        return Material(Signs(scores), (*found, Evidence(Topic.RETURNS, said, today)) if said is not None else tuple(found))

    def _of_project(self, project_id: int, scores: dict[KirkpatrickLevel, float | None], found: list[Evidence]) -> Material:
        db, actor, plan_id, today = self._db, self._actor, self._plan_id, self._today
        money = self._money
        programmes = [one for one, project in money.projects.items() if project == project_id]
        # A project may be held in several programmes: the most urgent speaks for it.
        warned = next((one for one in self._warnings if one.project.id in programmes), None)
        if warned is not None and warned.status is not Status.NO_JUDGEMENT:
            found.append(Evidence(Topic.WARNINGS, _warned(warned), today))
        design = self._designs.get(project_id, effects.Said()).design
        shown = effects.effects(db, actor, plan_id, project_id, design) if design is not None else []
        found += [Evidence(Topic.EFFECTS, said, today) for one in shown if (said := _effect(one)) is not None]
        found += [Evidence(Topic.RETENTION, said, today) for said in _retained(db, actor, plan_id, project_id)]
        found += [Evidence(Topic.RETURNS, said, today) for one in programmes if (said := _return(money, one)) is not None]
        trained = money.efficiency(Basis.ACTUAL, programmes).count.people if programmes else 0
        signs = Signs(
            scores,
            warned.status if warned is not None else None,
            tuple(sign for one in shown if (sign := _bearing(one)) is not None),
            projects.standing(db, actor, project_id).people,
            trained if trained >= HIDE else None,
        )
        return Material(signs, tuple(found))


def _small(one: Level) -> bool:
    return any(_few(line.actual) for line in one.lines)


def _few(actual: Actual) -> bool:
    return actual.hidden or 0 < actual.people < HIDE


def _levels(some: Iterable[Level]) -> Iterable[Message]:
    for level in some:
        for line in level.lines:
            if line.actual.value is not None or line.actual.hidden:
                yield _line(level, line)
        score = level.together.score
        if score is not None and not _small(level):
            yield Message(
                "{level}达成 {score} 分（满分 100），{measured}/{wanted} 项有结果。",
                level=LEVEL_NAMES[level.level],
                score=round(score),
                measured=level.together.measured,
                wanted=level.together.wanted,
            )


def _line(level: Level, line: Line) -> Message:
    one, actual = line.measure, line.actual
    name: dict[str, object] = {"level": LEVEL_NAMES[level.level], "name": one.name}
    if _few(actual):
        return Message("{level}·{name}：人数不足 5，不留数字。", **name)
    return Message(
        "{level}·{name}：实际 {actual}，目标 {target}；{count}，{since} 至 {until}。",
        **name,
        actual=figure(actual.value, one.shown_unit),
        target=f"{_SIGNS.get(one.operator, '')} {figure(one.target, one.unit)}".strip() if one.target is not None else "—",
        count=counted(actual),
        since=_month(actual.since),
        until=_month(actual.until),
    )


def figure(value: float | None, unit: str) -> str:
    """A figure with its unit."""
    if value is None:
        return "—"
    text = f"{value:,.1f}".removesuffix(".0")
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def counted(actual: Actual) -> Message:
    """On how many people and results a figure rests."""
    if not actual.people:
        return Message("{n} 条", n=actual.attendances)
    return Message("{people} 人 / {n} 人次", people=actual.people, n=actual.attendances)


def _warned(one: SunkCostWarning) -> Message:
    told: dict[str, object] = {"status": STATUS_NAMES[one.status], "week": one.week}
    nearest = one.nearest
    if nearest is None or nearest.outlook is None:
        return Message("第 {week} 周：{status}；还不能预测。", **told)
    end = nearest.outlook.end
    shares = {name: f"{max(0.0, getattr(end, name)):.0%}" for name in ("value", "low", "high")}
    return Message(
        "第 {week} 周：{status}；{link}预计达到计划的 {value}（{low} 到 {high}），{n} 次。",
        **told,
        link=LINK_NAMES[nearest.link],
        **shares,
        n=nearest.outlook.n,
    )


def _effect(one: MeasuredEffect) -> Message | None:
    effect, n = one.evaluation.effect, one.evaluation.n
    if effect is None or n.trained is None:
        return None
    return Message(
        "{name}：{effect}（{between}）；参训 {trained} 人，对照 {comparison} 人；{causal}。",
        name=one.measure.name,
        effect=amount(effect.value, effect.unit, effect.called, signed=True),
        between=between(effect),
        trained=n.trained,
        comparison=n.comparison or 0,
        causal=one.evaluation.standing,
    )


def _bearing(one: MeasuredEffect) -> Shown | None:
    effect = one.evaluation.effect
    return None if effect is None else Shown(one.measure.name, _of(effect, one.measure.direction), one.evaluation.causal)


def _of(effect: Effect, direction: Direction) -> Bearing:
    if effect.low is None or effect.high is None or effect.low <= 0 <= effect.high:
        return Bearing.OPEN
    return Bearing.BETTER if (effect.value > 0) is (direction is Direction.UP) else Bearing.WORSE


def _retained(db: Session, actor: Actor, plan_id: int, project_id: int) -> Iterable[Message]:
    for one in retention.retained(db, actor, plan_id, project_id):
        points = [point for point in one.curve.points if point.people >= HIDE]
        if points:
            last = points[-1]
            yield Message(
                "{name}：{days} 天后还保有训后的 {kept}（{people} 人）。",
                name=one.measure.name,
                days=round(last.days),
                kept=f"{last.kept:.0%}",
                people=last.people,
            )


def _return(found: ReturnsOverview, programme: int | None) -> Message | None:
    made = found.returned(Basis.ACTUAL, programme)
    if made is None:
        return None
    ends = made.interval
    return Message(
        "隔离后 ROI {roi}（{spread}）；成本 {cost} 元，隔离后收益 {credited} 元。",
        roi=f"{made.roi:.0%}",
        spread=Message("区间 {low} 到 {high}", low=f"{ends[0]:.0%}", high=f"{ends[1]:.0%}") if ends else Message("没有区间"),
        cost=f"{made.cost:,.0f}",
        credited=f"{made.credited:,.0f}",
    )


def _month(on: date | None) -> str:
    return f"{on:%Y-%m}" if on is not None else "—"
