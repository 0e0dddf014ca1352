"""What the plan's projects make urgent: competencies that a project names, for the post that it is for."""

from __future__ import annotations

from core.access.actor import Actor, Right
from core.people import repository as model
from core.people.gaps import repository as facts
from core.people.remedies.ranking import Urgent
from core.projects import repository
from core.sheets.reading import folded
from core.storage import Session
from core.strategy.ideas.terms import Urgency

# How much more a gap counts while a project on it is urgent; one that can wait adds nothing.
FACTORS = {Urgency.HIGH: 1.5, Urgency.MEDIUM: 1.2}


def urgent(db: Session, actor: Actor, plan_id: int | None) -> list[Urgent]:
    """What the standing projects of a plan make urgent; nothing without a plan, or for whoever may not read plans."""
    if plan_id is None or not actor.may(Right.READ_PLANS):
        return []
    called: dict[str, int] = {}
    for row in model.competencies(db):
        for name in (row.name, *row.aliases):
            called.setdefault(folded(name), row.id or 0)
    posts = {folded(row.name): row_id for row_id, row in facts.posts(db).items()}
    found = []
    for project in repository.projects(db, plan_id):
        post_id = posts.get(folded(project.post)) if project.post else None
        if project.urgency not in FACTORS or (project.post and post_id is None):
            continue
        for competency_id in {called[folded(name)] for name in project.competencies if folded(name) in called}:
            found.append(Urgent(competency_id, post_id, FACTORS[project.urgency], project.name))
    return found
