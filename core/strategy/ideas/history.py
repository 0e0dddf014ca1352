"""What people did with ideas, kept so that the last action can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.access.actor import Actor
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.storage import Session
from core.strategy.ideas import repository
from core.strategy.ideas.tables import IdeaAction, IdeaChange, IdeaRow
from core.strategy.ideas.terms import Author, IdeaState, Match, ProjectKind, Source, Urgency

_PLAIN = ("theme_id", "focus_id", "name", "purpose", "finding_ids", "rests_on", "competencies", "line", "post", "people", "likeness")
_ALSO_PLAIN = ("urgency_score", "urgency_why", "kind_why", "made_by", "purpose_by", "edited", "outdated", "reject_reason", "decided_by")
_NAMED = {
    "source": Source,
    "match": Match,
    "urgency": Urgency,
    "kind": ProjectKind,
    "origin": Author,
    "purpose_author": Author,
    "state": IdeaState,
}


@dataclass(frozen=True)
class Action:
    """An action being done: created while `rows` are what they were before it, written when they are what they are after it."""

    plan_id: int
    actor: Actor
    name: str
    rows: Sequence[IdeaRow]
    before: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before.extend(_snapshot(row) for row in self.rows)

    def write(self, db: Session, made: Sequence[IdeaRow] = ()) -> None:
        """Note the action."""
        db.flush()
        action = IdeaAction(plan_id=self.plan_id, account_id=self.actor.account_id, action=self.name)
        db.add(action)
        db.flush()
        for row, was in (*zip(self.rows, self.before, strict=True), *((row, None) for row in made)):
            db.add(IdeaChange(action_id=action.id or 0, idea_id=row.id or 0, before=was, after=row.version or 0))


def take_back(db: Session, action: IdeaAction | None) -> list[IdeaRow]:
    """Undo an action. Returns the ideas as they are again, without those that it had made: these are gone.

    Raises `BadInput` when there is nothing to undo, `Conflict` when somebody has changed one of the ideas since: then nothing changes.
    """
    if action is None:
        raise BadInput(Message("没有可以撤销的操作。"))
    changes = {change.idea_id: change for change in repository.changes(db, action.id or 0)}
    rows = repository.some(db, action.plan_id, changes.keys())
    if any(row.version != changes[row.id or 0].after for row in rows):
        raise Conflict(Message("其中有想法在这之后又被修改过，不能整体撤销。请逐条更正。"))
    standing = []
    for row in rows:
        before = changes[row.id or 0].before
        if before is None:
            db.delete(row)
        else:
            _restore(row, before)
            standing.append(row)
    action.undone = True
    db.flush()
    _carry_on(db, standing, {row_id: (change.before or {}).get("version") for row_id, change in changes.items()})
    return standing


def _carry_on(db: Session, rows: Sequence[IdeaRow], before: Mapping[int, int | None]) -> None:
    """What an earlier action left behind stands again, under a new version: it can be undone next."""
    for change in repository.standing_changes(db, [row.id or 0 for row in rows]):
        if change.after == before[change.idea_id]:
            change.after = next(row.version or 0 for row in rows if row.id == change.idea_id)


def _snapshot(row: IdeaRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*_PLAIN, *_ALSO_PLAIN, *_NAMED)}
    return {**values, "version": row.version, "decided_at": row.decided_at.isoformat() if row.decided_at else None}


def _restore(row: IdeaRow, before: dict[str, Any]) -> None:
    for name in (*_PLAIN, *_ALSO_PLAIN):
        setattr(row, name, before[name])
    for name, kind in _NAMED.items():
        setattr(row, name, kind(before[name]))
    row.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
