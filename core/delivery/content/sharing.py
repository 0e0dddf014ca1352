"""The shares of a plan in the database: what it aims at, where it stands, changed by the planner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import repository
from core.delivery.content import service as contents
from core.delivery.content.shares import Share, ShareFacts, defaults, measure
from core.delivery.content.tables import ShareTarget
from core.delivery.content.terms import Method, ShareKind
from core.errors import BadInput, Conflict
from core.i18n import Language, Message
from core.plans import service as plans
from core.sheets.reading import folded
from core.storage import Session, now

LONGEST_NAME, LONGEST_NOTE, MOST_SHARES, MOST_WORDS = 40, 200, 12, 40


@dataclass(frozen=True)
class ShareBoard:
    """A plan's shares; `versions` are those of the stored rows by id in their order, none while the examples hold."""

    shares: tuple[Share, ...]
    versions: tuple[tuple[int, int], ...]
    names: dict[int, str]

    @property
    def own(self) -> bool:
        """Whether the plan has its own targets."""
        return bool(self.versions)


def board(db: Session, actor: Actor, plan_id: int, language: Language) -> ShareBoard:
    """The shares of a plan. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    views = contents.contents(db, actor, plan_id)
    rows = repository.shares(db, plan_id)
    facts = [_facts(row) for row in rows] or list(defaults(language))
    found = tuple(measure([view.content for view in views], one) for one in facts)
    versions = tuple((row.id or 0, row.version or 0) for row in rows)
    return ShareBoard(found, versions, {view.id: view.project.name for view in views})


def save(db: Session, actor: Actor, plan_id: int, seen: Sequence[tuple[int, int]], facts: Sequence[ShareFacts]) -> None:
    """Make these the plan's targets, in this order. `seen` are the rows with their versions that the person saw.

    Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict` when somebody changed them since, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    rows = repository.shares(db, plan_id)
    if [(row.id or 0, row.version or 0) for row in rows] != list(seen):
        raise Conflict(Message("占比目标刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。"))
    wanted = _checked(facts)
    by_name = {folded(row.name): row for row in rows}
    for row in rows:
        if folded(row.name) not in {folded(one.name) for one in wanted}:
            db.delete(row)
    db.flush()
    for place, one in enumerate(wanted):
        row = by_name.get(folded(one.name)) or ShareTarget(plan_id=plan_id, place=place, name=one.name, kind=one.kind, target=one.target)
        row.place, row.name, row.kind, row.target, row.note = place, one.name, one.kind, one.target, one.note
        row.methods, row.words = [method.value for method in one.methods], list(one.words)
        row.changed_by, row.changed_at = actor.name[:80], now()
        db.add(row)
    db.flush()
    record(db, actor, "shares_saved", "plan", plan_id, shares=len(wanted))


def forget(db: Session, actor: Actor, plan_id: int, seen: Sequence[tuple[int, int]]) -> None:
    """The plan aims at the examples again. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    save(db, actor, plan_id, seen, [])


def _facts(row: ShareTarget) -> ShareFacts:
    return ShareFacts(row.name, row.kind, tuple(Method(one) for one in row.methods), tuple(row.words), row.target, row.note)


def _checked(facts: Sequence[ShareFacts]) -> list[ShareFacts]:
    if len(facts) > MOST_SHARES:
        raise BadInput(Message("最多 {most} 项占比目标。", most=MOST_SHARES))
    found = []
    for one in facts:
        name, note = one.name.strip(), one.note.strip()
        words = tuple(dict.fromkeys(word.strip() for word in one.words if word.strip()))[:MOST_WORDS]
        if not name or len(name) > LONGEST_NAME:
            raise BadInput(Message("请填写占比目标的名称，最多 {limit} 个字。", limit=LONGEST_NAME))
        if not 0 <= one.target <= 100:
            raise BadInput(Message("“{name}”的目标应在 0 到 100% 之间。", name=name))
        if not (one.methods if one.kind is ShareKind.METHOD else words):
            raise BadInput(Message("“{name}”：请写明算哪些方式，或用哪些词认出属于它的内容。", name=name))
        if not note or len(note) > LONGEST_NOTE:
            raise BadInput(Message("“{name}”：请写明这个目标从哪里来，最多 {limit} 个字。", name=name, limit=LONGEST_NOTE))
        found.append(replace(one, name=name, note=note, words=words))
    if len({folded(one.name) for one in found}) < len(found):
        raise BadInput(Message("有两项占比目标同名，请改其中一个。"))
    return found
