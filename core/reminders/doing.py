"""What somebody is to do and has not done: transfer actions, decisions of meetings, warnings, assessments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.access.actor import LOCAL_ADMINISTRATOR, Right
from core.delivery.content import transfer
from core.notices.outbox import About, Due, Value, called, keepers
from core.notices.terms import Kind
from core.people.remedies import reminders as assessing
from core.plans.tables import AnnualPlan
from core.reminders.counting import shown, title
from core.reminders.today import Today
from core.review.reviews import repository as reviews
from core.review.reviews.terms import WorkState
from core.review.warnings import repository as warnings
from core.review.warnings.terms import CaseState
from core.storage import Session

SOON_DAYS = 3
"""How many days before it is due the owner of a decision is reminded."""


def doing(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    """What is still to be done in a plan."""
    yield from _actions(db, plan, now)
    yield from _decisions(db, plan, now)
    yield from _warnings(db, plan)


def _actions(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    plan_id, cause = plan.id or 0, f"{plan.id}:{now.week}"
    late = [one for one in transfer.actions(db, LOCAL_ADMINISTRATOR, plan_id) if one.overdue(now.day)]
    if not late:
        return
    yield Due(About(Kind.ACTIONS_OVERDUE, cause, plan_id), count=shown(len(late)))
    for actor in now.told(db, Kind.ACTIONS_OVERDUE):
        own = sum(one.overdue(now.day) for one in transfer.actions(db, actor, plan_id))
        if own:
            values: dict[str, Value] = {"plan": title(plan), "count": own}
            yield Due(About(Kind.ACTIONS_OVERDUE, cause, plan_id, values=values), (actor.account_id or 0,))


def _decisions(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    plan_id = plan.id or 0
    quarters = {row.id: row.quarter for row in reviews.meetings(db, plan_id)}
    near = now.day + timedelta(days=SOON_DAYS)
    rows = [row for row in reviews.decisions(db, plan_id) if row.state is WorkState.OPEN and row.due <= near]
    if rows:
        yield Due(About(Kind.DECISION_DUE, f"{plan_id}:{now.week}", plan_id), count=len(rows))
    for row in rows:
        values: dict[str, Value] = {"plan": title(plan), "quarter": quarters[row.meeting_id], "due": row.due}
        about = About(Kind.DECISION_DUE, f"{row.id}:{row.due}:{'late' if row.due < now.day else 'soon'}", plan_id, values=values)
        # Whoever is in charge is a name that somebody wrote: where no account bears it, human resources hears of it.
        owners = called(db, Kind.DECISION_DUE, row.owner) or keepers(db, Right.KEEP_REVIEW)
        yield Due(about, tuple(one.account_id or 0 for one in owners))


def _warnings(db: Session, plan: AnnualPlan) -> Iterator[Due]:
    for row in warnings.cases(db, plan.id or 0):
        if row.state is CaseState.OPEN and row.owner:
            about = About(Kind.WARNING_OWNED, f"{row.id}:{row.due}", plan.id, values={"plan": title(plan), "due": row.due})
            yield Due(about, tuple(one.account_id or 0 for one in called(db, Kind.WARNING_OWNED, row.owner)))


def assessments(db: Session, now: Today) -> Iterator[Due]:
    """Whom the people of a unit are to be assessed by again; it belongs to no plan."""
    for actor in now.told(db, Kind.ASSESSMENTS_DUE):
        number = assessing.count(db, actor, now.day)
        if number:
            yield Due(About(Kind.ASSESSMENTS_DUE, now.week, values={"count": number}), (actor.account_id or 0,))
