"""How far the review of a plan is, in short: counted, not judged."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor, Right
from core.review.conclusions import repository as conclusions
from core.review.conclusions.terms import ConclusionState
from core.review.results import repository as results
from core.storage import Session


@dataclass(frozen=True)
class ReviewStanding:
    """What a plan is measured by, of how much of it there are results, and what is concluded of it: written, and stood by."""

    measures: int = 0
    measured: int = 0
    conclusions: int = 0
    confirmed: int = 0


def standing(db: Session, actor: Actor, plan_id: int) -> ReviewStanding:
    """How far a plan's review is; nothing for whoever may not see it."""
    if not actor.may(Right.SEE_REVIEW):
        return ReviewStanding()
    wanted = [row.id or 0 for row in results.measures(db, plan_id)]
    written = conclusions.conclusions(db, plan_id)
    confirmed = sum(row.state is ConclusionState.CONFIRMED for row in written)
    return ReviewStanding(len(wanted), len({row[0] for row in results.sums(db, wanted)}), len(written), confirmed)
