"""Who is named in a comment is told, and who took part in a thread hears that it goes on. What was said stays in the product."""

from __future__ import annotations

from collections.abc import Collection

from core.access.actor import Actor, shown_name
from core.comments import repository
from core.comments.tables import Comment
from core.comments.terms import PLACES, SUBJECT_NAMES, Subject
from core.notices.outbox import About, Value, settle, tell
from core.notices.terms import Kind
from core.plans import repository as plans
from core.storage import Session


def mentioned(db: Session, actor: Actor, row: Comment, account_ids: Collection[int]) -> None:
    """A comment names these accounts, which may read what it is about."""
    tell(db, _about(db, Kind.MENTIONED, actor, row), account_ids)


def replied(db: Session, actor: Actor, row: Comment, account_ids: Collection[int]) -> None:
    """A comment answers in a thread in which these accounts took part, and may read what it is about."""
    tell(db, _about(db, Kind.REPLIED, actor, row), account_ids)


def read(db: Session, actor: Actor, plan_id: int, subject: Subject, subject_id: int) -> None:
    """The actor has read what was said about an item: they have not to read of it among their notices too."""
    for row in repository.comments(db, plan_id, subject, subject_id):
        settle(db, (Kind.MENTIONED, Kind.REPLIED), str(row.id), actor.account_id)


def _about(db: Session, kind: Kind, actor: Actor, row: Comment) -> About:
    plan = plans.plan(db, row.plan_id)
    page, parameter = PLACES[row.subject]
    values: dict[str, Value] = {
        "plan": f"{plan.unit} {plan.year}" if plan else "",
        "by": shown_name(actor.name),
        "about": SUBJECT_NAMES[row.subject],
    }
    return About(kind, str(row.id), row.plan_id, page, {parameter: row.subject_id} if parameter else {}, values)
