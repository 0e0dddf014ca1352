"""A project of one year as the draft of a project of another: what a review carries over."""

from __future__ import annotations

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.plans import service as plans
from core.projects.service import standing
from core.projects.tables import Project
from core.storage import Session

_SAME = ("name", "purpose", "line", "post", "urgency", "kind", "origin", "purpose_author", "purpose_by")


def copy(db: Session, actor: Actor, project_id: int, plan_id: int, *, people: int | None, theme_id: int | None) -> Project:
    """A standing project once more, in another plan, for so many people and under that plan's theme. Returns it.

    Its clauses were the other plan's and are no grounds here; what its words rest on stays known, so that they are withheld and forgotten
    as there. Needs `DECIDE_STRATEGY`. Raises `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    row = standing(db, actor, project_id)
    made = Project(
        plan_id=plan_id,
        theme_id=theme_id,
        people=people,
        rests_on=sorted({*row.rests_on, *row.finding_ids}),
        competencies=list(row.competencies),
        created_by=actor.account_id,
        **{name: getattr(row, name) for name in _SAME},
    )
    db.add(made)
    db.flush()
    record(db, actor, "project_created", "project", made.id, copied=project_id)
    return made
