"""What people were asked and have not answered: needs of units, approvals, surveys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR, Right
from core.approvals import repository as approvals
from core.approvals import telling as approving
from core.approvals.tables import PlanSubmission
from core.goals.needs import calls
from core.goals.needs import telling as needing
from core.goals.needs.calls import CallView
from core.notices.outbox import About, Due, Value, keepers
from core.notices.terms import Kind
from core.people.scope import managers_of
from core.plans.tables import AnnualPlan
from core.reminders.counting import shown, title
from core.reminders.today import Today
from core.review.surveys import service as surveys
from core.review.surveys import telling as surveying
from core.storage import Session

SOON_DAYS = 2
"""How many days before a round or a survey ends those who are silent are reminded."""
SLOW_DAYS, AGAIN_DAYS = 3, 7
"""After how many days of waiting whoever decides is reminded, and after how many more again."""
_LATEST_DAYS = 7


def asking(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    """What is still to be answered in a plan."""
    call = calls.current(db, LOCAL_ADMINISTRATOR, plan.id or 0)
    if call is not None:
        yield from _needs(db, plan, call, now)
    for row, of_plan in approvals.waiting(db):
        if of_plan.id == plan.id:
            yield from _approval(db, row, now)
    yield from _surveys(db, plan, now)


def _needs(db: Session, plan: AnnualPlan, call: CallView, now: Today) -> Iterator[Due]:
    left = (call.row.due_on - now.day).days
    if not call.silent or call.row.closed_at is not None:
        return
    if 0 <= left <= SOON_DAYS:
        rows = [one.row for one in call.silent]
        in_charge = managers_of(db, LOCAL_ADMINISTRATOR, [row.unit_id for row in rows if row.unit_id is not None])
        yield from needing.silent(db, call.row, rows, in_charge, f"{call.id}:{call.row.due_on}")
    elif -_LATEST_DAYS <= left < 0:
        values: dict[str, Value] = {"plan": title(plan), "round": call.row.title, "count": len(call.silent), "due": call.row.due_on}
        about = About(Kind.NEEDS_ENDED, f"{call.id}:{call.row.due_on}", plan.id, values=values)
        yield Due(about, tuple(one.account_id or 0 for one in keepers(db, Right.EDIT_PLANS)))


def _approval(db: Session, row: PlanSubmission, now: Today) -> Iterator[Due]:
    waited = (now.day - clock.day_of(row.waiting_since)).days
    nudged = row.nudged_at is not None and (now.day - clock.day_of(row.nudged_at)).days < SLOW_DAYS
    if waited >= SLOW_DAYS and not nudged:
        yield approving.slow(db, row, f"waited:{(waited - SLOW_DAYS) // AGAIN_DAYS}")


def _surveys(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    plan_id = plan.id or 0
    for project in surveys.taught(db, LOCAL_ADMINISTRATOR, plan_id):
        whole = surveys.standing(db, LOCAL_ADMINISTRATOR, plan_id, project)
        ends = _ends(whole.closes_at, now)
        if ends is None or not whole.waiting:
            continue
        yield Due(About(Kind.SURVEY_WAITING, f"{project}:{ends}", plan_id), count=shown(len(whole.waiting)))
        yield from surveying.silent(db, LOCAL_ADMINISTRATOR, plan_id, project, ends)


def _ends(closes_at: datetime | None, now: Today) -> str | None:
    """The day on which a survey ends, if that is near."""
    if closes_at is None:
        return None
    day = clock.day_of(closes_at)
    return day.isoformat() if now.day <= day <= now.day + timedelta(days=SOON_DAYS) else None
