"""Those whose turn it is are told, and whoever handed a plan up hears what was decided."""

from __future__ import annotations

from core import clock
from core.access.actor import Actor, shown_name
from core.approvals.chain import Layer, of_stored
from core.approvals.tables import PlanSubmission
from core.approvals.terms import DECISION_NAMES, Decision
from core.notices.outbox import About, Due, Value, settle, tell
from core.notices.terms import Kind
from core.plans import repository as plans
from core.storage import Session


def turn(db: Session, row: PlanSubmission) -> frozenset[int]:
    """A plan has come to a layer. Returns the accounts that were told: those who decide there, but for whoever handed it up."""
    values: dict[str, Value] = {**_values(db, row), "by": shown_name(row.submitted_by)}
    return tell(db, About(Kind.APPROVAL_ASKED, _place(row), row.plan_id, values=values), _deciders(row))


def slow(db: Session, row: PlanSubmission, cause: str) -> Due:
    """A plan still waits for a layer: who is to be told of it."""
    values: dict[str, Value] = {**_values(db, row), "since": clock.day_of(row.waiting_since)}
    return Due(About(Kind.APPROVAL_SLOW, f"{_place(row)}:{cause}", row.plan_id, values=values), tuple(_deciders(row)))


def closed(db: Session, row: PlanSubmission) -> None:
    """The layer whose turn it was has spoken, or the plan was taken back: nobody has to read any more that it waits for them."""
    settle(db, (Kind.APPROVAL_ASKED, Kind.APPROVAL_SLOW), _place(row))


def decided(db: Session, actor: Actor, row: PlanSubmission, layer: Layer, decision: Decision) -> None:
    """A layer has spoken: whoever handed the plan up hears of it. The reason stays in the product."""
    if row.submitted_account is None:
        return
    values: dict[str, Value] = {**_values(db, row), "layer": layer.name, "by": shown_name(actor.name), "decision": DECISION_NAMES[decision]}
    place = next(number for number, one in enumerate(of_stored(row.layers)) if one.name == layer.name and one.accounts == layer.accounts)
    tell(db, About(Kind.APPROVAL_DECIDED, f"{row.id}:{place}", row.plan_id, values=values), [row.submitted_account])


def _values(db: Session, row: PlanSubmission) -> dict[str, Value]:
    plan = plans.plan(db, row.plan_id)
    return {"plan": f"{plan.unit} {plan.year}" if plan else "", "layer": of_stored(row.layers)[row.layer].name}


def _place(row: PlanSubmission) -> str:
    return f"{row.id}:{row.layer}"


def _deciders(row: PlanSubmission) -> list[int]:
    return [one for one in of_stored(row.layers)[row.layer].accounts if one != row.submitted_account]
