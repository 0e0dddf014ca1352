"""An effect becomes a benefit: the figure and its interval as they were found, what it is worth as somebody says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.review.effects import service as effects
from core.review.effects.evaluation import Effect
from core.review.effects.service import MeasuredEffect
from core.review.effects.terms import DESIGN_NAMES, Unit
from core.review.results.terms import Aggregation, Direction
from core.review.returns import repository
from core.review.returns import service as returns
from core.review.returns.service import LONGEST_NAME, LONGEST_REASON, BenefitDraft
from core.review.returns.terms import Isolation
from core.storage import Session

_ORIGIN = Message("取自“培训效果”：{design}，{causal}，参训 {trained} 人。{reason}")


@dataclass(frozen=True)
class Worth:
    """What a person says of a change: what a unit is worth in yuan and who says so, and the training's part of it."""

    value: float
    value_source: str
    value_by: str
    isolation: float
    method: Isolation
    reason: str
    isolation_by: str
    confidence: float


@dataclass(frozen=True)
class Change:
    """How much changed for the better, of all who were trained together where the measure is added up, with its interval."""

    delta: float
    low: float | None
    high: float | None
    unit: Message | str


def change_of(found: MeasuredEffect) -> Change | None:
    """The change that an effect stands for; None where there is no effect, or one that is no change in the measure's own unit."""
    effect, trained = found.evaluation.effect, found.evaluation.n.trained
    if effect is None or trained is None or effect.unit not in (Unit.SCORE, Unit.POINTS):
        return None
    summed = found.measure.aggregation is Aggregation.SUM
    factor = (trained if summed else 1) * (-1 if found.measure.direction is Direction.DOWN else 1)
    low, high = _ends(effect, factor)
    return Change(round(effect.value * factor, 6), low, high, _unit(found, effect, summed=summed))


def taken(db: Session, actor: Actor, plan_id: int) -> Mapping[int, str]:
    """The measures that a benefit of the plan rests on, with its name. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    return {row.measure_id: row.name for row in repository.lines(db, plan_id) if row.measure_id is not None}


def take(db: Session, actor: Actor, plan_id: int, measure_id: int, worth: Worth, language: Language) -> None:
    """Make a benefit of the effect on a measure as it is found now, and keep where it came from.

    Needs `KEEP_REVIEW`. Raises `BadInput` where there is no such effect, `Conflict` where a benefit rests on the measure already,
    `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    name = taken(db, actor, plan_id).get(measure_id)
    if name is not None:
        raise Conflict(Message("收益“{name}”已经取自这个指标，不能重复计算。请在投入回报页更正那一行。", name=name))
    found = _found(db, actor, plan_id, measure_id)
    change = change_of(found)
    if change is None:
        raise BadInput(Message("这个指标没有可以带入的效果。"))
    programmes = returns.overview(db, actor, plan_id).projects
    origin = Message(
        _ORIGIN.text,
        design=DESIGN_NAMES[found.evaluation.design],
        causal=found.evaluation.standing,
        trained=found.evaluation.n.trained or 0,
        reason=worth.reason.strip(),
    )
    draft = BenefitDraft(
        name=found.measure.name[:LONGEST_NAME],
        delta=change.delta,
        low=change.low,
        high=change.high,
        unit=change.unit.render(language) if isinstance(change.unit, Message) else change.unit,
        programme_id=next((one for one, project in programmes.items() if project == found.measure.project_id), None),
        measure_id=measure_id,
        value=worth.value,
        value_source=worth.value_source,
        value_by=worth.value_by,
        isolation=worth.isolation,
        method=worth.method,
        reason=origin.render(language)[:LONGEST_REASON] if worth.reason.strip() else "",
        isolation_by=worth.isolation_by,
        confidence=worth.confidence,
    )
    returns.save(db, actor, plan_id, [draft], {})


def _found(db: Session, actor: Actor, plan_id: int, measure_id: int) -> MeasuredEffect:
    for project in effects.designs(db, actor, plan_id):
        for one in effects.overview(db, actor, plan_id, project).found:
            if one.measure.id == measure_id:
                return one
    raise NotFound(Message("没有找到这个指标的效果：请先说明参训者是怎样选出来的。"))


def _ends(effect: Effect, factor: float) -> tuple[float | None, float | None]:
    if effect.low is None or effect.high is None:
        return None, None
    low, high = sorted((effect.low * factor, effect.high * factor))
    return round(low, 6), round(high, 6)


def _unit(found: MeasuredEffect, effect: Effect, *, summed: bool) -> Message | str:
    if effect.unit is Unit.POINTS:
        return Message("个百分点")
    return Message("{unit}/月", unit=found.measure.shown_unit) if summed else found.measure.shown_unit
