"""What there is already when a file of results is read: measures, staff, units, the days of the projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.access.actor import Actor
from core.people import repository as people_rows
from core.plans import service as plans
from core.review.results import repository
from core.review.results.found import WHOLE, Known
from core.review.results.service import MeasureView, measures
from core.sheets.reading import folded
from core.storage import Session


def by_name(found: Sequence[MeasureView], project_id: int | None) -> dict[str, MeasureView]:
    """Measures by what a file may call them: the project's own, else the plan's, else one of a name of its own; and 项目·指标."""
    counts = Counter(folded(one.name) for one in found)
    named = {folded(f"{one.project}·{one.name}"): one for one in found if one.project}
    ordered = sorted(found, key=lambda one: (one.project_id is None, one.project_id == project_id))
    return named | {folded(one.name): one for one in ordered if counts[folded(one.name)] == 1 or one.project_id in (None, project_id)}


def known_to(db: Session, actor: Actor, plan_id: int, project_id: int | None) -> Known:
    """What a file of results of a plan is read against, the project's own measures first."""
    units = {folded(name): number for number, name in repository.units(db).items()}
    for name, number in list(units.items()):
        units.setdefault(name.rsplit("/", 1)[-1], number)
    plan = plans.find(db, actor, plan_id)
    return Known(
        year=plan.year,
        parents={row.id or 0: row.parent_id for row in people_rows.units(db)},
        whole=WHOLE | {folded(plan.unit)},
        measures=by_name(measures(db, actor, plan_id), project_id),
        staff=repository.staff(db),
        units=units,
        spans=repository.spans(db, plan_id),
    )
