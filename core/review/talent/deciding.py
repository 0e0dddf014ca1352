"""What people decide about those whom the rule found: kept with its reason, changed, taken back. Nothing follows from it by itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.review.talent import repository
from core.review.talent import service as talent
from core.review.talent.service import Asked, Person, Wanted
from core.review.talent.tables import TalentDecision
from core.review.talent.terms import RULE, Decision
from core.storage import Session, now

LONGEST_REASON = 300


@dataclass(frozen=True)
class Verdict:
    """What somebody says about a person, why, and the version of what was said before (0: nothing)."""

    employee_id: int
    decision: Decision
    reason: str
    version: int = 0


def decide(db: Session, actor: Actor, plan_id: int, asked: Asked, wanted: Verdict) -> int:
    """Keep what somebody decided about one person, with the figures that the rule went by. Returns its number.

    Only about those whom the rule finds by these figures now, or about whom something was decided. Needs `KEEP_REVIEW`. Raises `BadInput`
    without a reason, `Conflict` where somebody else decided since, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    reason = wanted.reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput(Message("请写明依据：除了分数和业绩，还看了什么。最多 {limit} 个字。", limit=LONGEST_REASON))
    again = Wanted(asked.competency_id, asked.source, asked.measure.id, None, asked.since, asked.until)
    person = _person(talent.overview(db, actor, plan_id, again), wanted.employee_id)
    row = repository.decisions(db, plan_id, asked.competency_id, asked.measure.id, asked.source or "").get(wanted.employee_id)
    if (row.version if row is not None else 0) != wanted.version:
        raise Conflict(Message("“{name}”的认定刚被别人改过，您的没有保存。请刷新后再定。", name=person.name))
    # The title stands in the audit log, which those read who may not read people: it names nobody.
    action = Action(db, actor, _room(plan_id), "talent_decided", person.family)
    if row is None:
        row = TalentDecision(
            plan_id=plan_id,
            employee_id=wanted.employee_id,
            competency_id=asked.competency_id,
            measure_id=asked.measure.id,
            source=asked.source or "",
            decision=wanted.decision,
        )
        _write(row, actor, asked, person, wanted.decision, reason)
        action.make(row)
    else:
        _write(action.change(row), actor, asked, person, wanted.decision, reason)
    action.write()
    return row.id or 0


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was decided last in a plan, and what this person can take back first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def _write(row: TalentDecision, actor: Actor, asked: Asked, person: Person, decision: Decision, reason: str) -> None:
    row.decision, row.reason, row.family, row.rule = decision, reason, person.family, RULE
    row.decided_by, row.decided_at = actor.name[:80], now()
    row.facts = {
        "score": person.score,
        "result": person.result,
        "found": person.found,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
    }


def _person(found: talent.Insight, employee_id: int) -> Person:
    person = next((one for one in found.persons if one.employee_id == employee_id), None)
    if person is None:
        raise NotFound(Message("这个人不在名单里：数据可能刚变过。请刷新后再看。"))
    return person


def _room(plan_id: int) -> str:
    return f"talent:{plan_id}"
