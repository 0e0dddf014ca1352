"""The effects of a plan's projects as an actor may see them, and how trainees were chosen as somebody may say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.review.effects import beside, repository
from core.review.effects.beside import UNCOMPARED, over_months
from core.review.effects.equivalence import Equivalence
from core.review.effects.evaluating import evaluate
from core.review.effects.evaluation import Evaluation
from core.review.effects.reading import read_sample
from core.review.effects.sample import Floats, Sample
from core.review.effects.series import Segments
from core.review.effects.several import corrected
from core.review.effects.tables import EffectDesign
from core.review.effects.terms import Design
from core.review.results import service as results
from core.review.results.service import MeasureView, Pair
from core.review.results.terms import Aggregation, Direction
from core.sheets.opening import open_content
from core.storage import Session, now

LONGEST_REASON = 200


@dataclass(frozen=True)
class Said:
    """How the people of a project were chosen, who said so, when and why. `version` 0: nobody said it yet."""

    design: Design | None = None
    reason: str = ""
    by: str = ""
    at: datetime | None = None
    version: int = 0


@dataclass(frozen=True)
class MeasuredEffect:
    """The effect on one measure. `p`: corrected for all measures of the project that are looked at together; None where none is shown.

    `months`: where nobody is compared with, how the measure's months changed with the training; None where there are too few.
    """

    measure: MeasureView
    evaluation: Evaluation
    p: float | None
    months: Segments | None = None


@dataclass(frozen=True)
class Overview:
    """The projects of a plan that have measures, by id, and what is known of the one that is looked at; `project_id` None: there is none.

    `found` is empty as long as nobody said how its people were chosen, and where no measure has figures of people.
    """

    projects: Mapping[int, str]
    project_id: int | None
    said: Said
    found: tuple[MeasuredEffect, ...]


def overview(db: Session, actor: Actor, plan_id: int, wanted: int | None) -> Overview:
    """The effects of the project `wanted`, of the first one where it is none of the plan's. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    projects = {one.project_id: one.project for one in results.measures(db, actor, plan_id) if one.project_id is not None}
    chosen = wanted if wanted in projects else next(iter(projects), None)
    said = designs(db, actor, plan_id).get(chosen or 0, Said())
    found = effects(db, actor, plan_id, chosen, said.design) if chosen is not None and said.design is not None else []
    return Overview(projects, chosen, said, tuple(found))


def designs(db: Session, actor: Actor, plan_id: int) -> dict[int, Said]:
    """How the people of each project were chosen, by project, where somebody said it. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    return {
        project: Said(row.design, row.reason, row.changed_by, row.changed_at, row.version or 0)
        for project, row in repository.designs(db, plan_id).items()
    }


def choose(db: Session, actor: Actor, plan_id: int, project_id: int, said: Said) -> None:
    """Keep how the people of a project were chosen; `said.version` is the one that the person saw.

    Needs `KEEP_REVIEW`. Raises `BadInput` without a design or a reason, `NotFound`, `Conflict`.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    reason = said.reason.strip()
    if said.design is None:
        raise BadInput(Message("请选参训者是怎样选出来的。"))
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput(Message("请写明依据（谁定的、按什么名单），不超过 {limit} 个字。", limit=LONGEST_REASON))
    if project_id not in {one.project_id for one in results.measures(db, actor, plan_id)}:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    row = repository.designs(db, plan_id).get(project_id)
    if (row.version if row else 0) != said.version:
        raise Conflict(Message("参训方式刚被别人改过，您的改动没有保存。请刷新后再改。"))
    if row is None:
        row = EffectDesign(project_id=project_id, design=said.design)
        db.add(row)
    row.design, row.reason, row.changed_by, row.changed_at = said.design, reason, actor.name[:80], now()
    db.flush()
    record(db, actor, "effect_design_chosen", "project", project_id, design=said.design.value, reason=reason)


def effects(db: Session, actor: Actor, plan_id: int, project_id: int, design: Design) -> list[MeasuredEffect]:
    """The effect of a project on each of its measures with people's figures, by this design, corrected for how many there are.

    Of the units that the actor may count; groups of fewer than five people have no figure. Needs `SEE_REVIEW`.
    """
    require(actor, Right.SEE_REVIEW)
    found = []
    for one in results.measures(db, actor, plan_id):
        if one.project_id != project_id:
            continue
        pairs = results.pairs(db, actor, one.id)
        if pairs:
            found.append((one, evaluate(sample_of(one, pairs), design)))
    shown = [evaluation.evidence if evaluation.p is not None else None for _one, evaluation in found]
    long = design in UNCOMPARED
    return [
        MeasuredEffect(one, evaluation, p, over_months(db, actor, plan_id, one) if long else None)
        for (one, evaluation), p in zip(found, corrected(shown), strict=True)
    ]


def no_worse(db: Session, actor: Actor, plan_id: int, measure_id: int, design: Design, margin: float) -> Equivalence | None:
    """Whether those who were trained did no worse on a measure than the others by more than `margin`; None with fewer than five in a group.

    Needs `SEE_REVIEW`. Raises `NotFound`.
    """
    one = next((one for one in results.measures(db, actor, plan_id) if one.id == measure_id), None)
    if one is None:
        raise NotFound(Message("没有找到这个指标，它可能已被删除。请刷新后再选。"))
    sample = sample_of(one, results.pairs(db, actor, measure_id))
    return beside.no_worse(sample, design, margin, up=one.direction is Direction.UP)


def of_file(actor: Actor, name: str, content: bytes, design: Design) -> Evaluation:
    """The effect in a file that somebody brings; nothing of it is kept. Needs `SEE_REVIEW`. Raises `BadInput`."""
    require(actor, Right.SEE_REVIEW)
    return evaluate(read_sample(open_content(name, content), design), design)


def sample_of(measure: MeasureView, pairs: Sequence[Pair]) -> Sample:
    """People's figures of a measure as a sample: those in a class of the project were trained."""
    pre, post = (np.array([getattr(one, at) if getattr(one, at) is not None else np.nan for one in pairs]) for at in ("pre", "post"))
    share = measure.aggregation is Aggregation.SHARE
    whole = _passes(pre) and _passes(post)
    if share and not whole:
        # Of several attempts a person passed in part: a share in per cent.
        pre, post = 100 * pre, 100 * post
    return Sample(
        persons=[str(one.employee_id) for one in pairs],
        trained=np.array([one.class_ is not None for one in pairs], dtype=np.bool_),
        pre=pre,
        post=post,
        unit=[str(one.unit_id or "") for one in pairs],
        class_=[str(one.class_ or "") for one in pairs],
        percent=(share and not whole) or measure.shown_unit == "%",
        called="" if measure.shown_unit in ("%", "分") else measure.shown_unit,
    )


def _passes(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return bool(np.all((known == 0) | (known == 1)))
