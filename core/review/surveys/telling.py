"""Those in charge of units hear how many of their people have not answered a survey; people themselves have no account."""

from __future__ import annotations

from core import clock
from core.access.actor import Actor
from core.notices.outbox import About, Due, Value
from core.notices.terms import Kind
from core.people.scope import counts_in_charge
from core.plans import repository as plans
from core.review.surveys import repository
from core.storage import Session


def silent(db: Session, actor: Actor, plan_id: int, project_id: int, cause: str) -> list[Due]:
    """Who is to be told of a project's survey that is open, each how many of their own people are silent. Needs `READ_PEOPLE`."""
    plan, project, link = plans.plan(db, plan_id), repository.project(db, project_id), repository.link_of(db, project_id)
    if plan is None or project is None or link is None:
        return []
    said = {one.employee_id for one in repository.answers(db, project_id)}
    units = [one.unit_id for one, _unit in repository.members(db, project_id) if one.id not in said]
    found = []
    for account, number in counts_in_charge(db, actor, units).items():
        values: dict[str, Value] = {
            "plan": f"{plan.unit} {plan.year}",
            "project": project.name,
            "count": number,
            "due": clock.day_of(link.closes_at),
        }
        about = About(Kind.SURVEY_WAITING, f"{project_id}:{cause}", plan_id, parameters={"project": project_id}, values=values)
        found.append(Due(about, (account,)))
    return found
