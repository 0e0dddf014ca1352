"""What findings were before a person's action, so that the action can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.access.actor import Actor
from core.storage import Session
from core.strategy import repository
from core.strategy.findings import FindingKind, Perspective
from core.strategy.tables import FindingRow, FindingState, ReviewAction, ReviewChange


@dataclass(frozen=True)
class Action:
    """An action being done: what the rows were before it. Made before the rows are changed, written after."""

    plan_id: int
    actor: Actor
    name: str
    rows: Sequence[FindingRow]
    before: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before.extend(_snapshot(row) for row in self.rows)

    def write(self, db: Session, made: Sequence[FindingRow] = ()) -> None:
        """Note the action, now that the rows are what they are after it."""
        db.flush()
        action = ReviewAction(plan_id=self.plan_id, account_id=self.actor.account_id, action=self.name)
        db.add(action)
        db.flush()
        for row, was in (*zip(self.rows, self.before, strict=True), *((row, None) for row in made)):
            db.add(ReviewChange(action_id=action.id or 0, finding_id=row.id or 0, before=was, after=row.version or 0))


_KEPT = ("kind", "text", "quote", "page", "start", "end", "heading", "perspective", "competencies", "metric", "measure", "found")
_ALSO_KEPT = ("state", "edited", "merged_into", "decided_by", "decided_at")


def _snapshot(row: FindingRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*_KEPT, *_ALSO_KEPT)}
    decided_at: datetime | None = values["decided_at"]
    return {"id": row.id, "version": row.version, **values, "decided_at": decided_at.isoformat() if decided_at else None}


def carry_on(db: Session, rows: Sequence[FindingRow], undone: Mapping[int, ReviewChange]) -> None:
    """What an earlier action left behind stands again in `rows`, under a new version: that action can be undone next.

    `undone` are the changes that were taken back, by finding.
    """
    standing = {row.id or 0: row.version or 0 for row in rows}
    for change in repository.standing_changes(db, standing.keys()):
        if change.after == (undone[change.finding_id].before or {}).get("version"):
            change.after = standing[change.finding_id]


def restore(row: FindingRow, before: dict[str, Any]) -> None:
    """Make a row what it was. What was kept by an older version of the product may lack a column."""
    for name in (*_KEPT, *_ALSO_KEPT):
        setattr(row, name, before.get(name))
    row.kind, row.state = FindingKind(before["kind"]), FindingState(before["state"])
    row.perspective = Perspective(before["perspective"]) if before["perspective"] else None
    row.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
