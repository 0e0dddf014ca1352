"""What a planner says about a line of the interviews and a clause of the documents: that they are on the same matter, or are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents.tables import DocumentKind
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.storage import Session, now
from core.strategy import repository, review
from core.strategy.contrast import Pair
from core.strategy.tables import SameMatter


def judge(
    db: Session,
    actor: Actor,
    plan_id: int,
    spoken: Collection[int],
    written: Collection[int],
    *,
    same: bool | None,
    seen: Mapping[Pair, int],
) -> None:
    """Say whether what these findings of talks and these of documents say is the same matter; None leaves it to the rules again.

    `seen` are the versions of what people had said before, as this person saw it. Raises `BadInput`, `NotFound`, and `Conflict` when
    somebody has said something else since: then nothing changes.
    """
    require(actor, Right.DECIDE_STRATEGY)
    rows = {row.id or 0: row for row in review.some(db, actor, plan_id, {*spoken, *written})}
    kinds = {number: document.kind for number, document in review.documents(db, actor, plan_id).items()}
    talks = {number for number, row in rows.items() if kinds[row.document_id] is DocumentKind.INTERVIEW}
    if not spoken or not written or not talks.issuperset(spoken) or talks.intersection(written):
        raise BadInput(Message("请选一条访谈里的说法和一条文件里的说法。"))
    stored = {(row.spoken_id, row.written_id): row for row in repository.matters(db, plan_id)}
    pairs = list(product(spoken, written))
    if any((stored[pair].version if pair in stored else 0) != seen.get(pair, 0) for pair in pairs):
        raise Conflict(Message("刚有人认定过这两条是不是一回事，您的认定没有保存。请看过最新的再定。"))
    for pair in pairs:
        row = stored.get(pair)
        if same is None:
            if row is not None:
                db.delete(row)
            continue
        if row is None:
            row = SameMatter(plan_id=plan_id, spoken_id=pair[0], written_id=pair[1], same=same)
            db.add(row)
        row.same, row.set_by, row.set_at = same, actor.name[:80], now()
    db.flush()
    record(db, actor, "matter_judged", "finding", next(iter(spoken)), same="rules" if same is None else same)
