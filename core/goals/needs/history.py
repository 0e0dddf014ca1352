"""What people did with needs, kept so that it can be read and the last action be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.actor import Actor
from core.errors import BadInput, Conflict
from core.goals.needs import repository
from core.goals.needs.tables import NeedAction, NeedChange, NeedRow
from core.goals.needs.terms import Layer, NeedState
from core.i18n import Message
from core.people import repository as people
from core.storage import Session, now
from core.strategy.ideas.terms import ProjectKind, Urgency

_PLAIN = ("unit_id", "unit", "asked_id", "filer", "problem", "post", "people", "behaviour", "competency", "competency_id", "level")
_ALSO_PLAIN = ("evidence", "quarter", "reason", "project_id", "changed_by")
_NAMED: dict[str, Any] = {"layer": Layer, "urgency": Urgency, "kind": ProjectKind, "state": NeedState}


@dataclass(frozen=True)
class Action:
    """An action being done: created while `rows` are what they were before it, written when they are what they are after it."""

    plan_id: int
    actor: Actor
    name: str
    rows: Sequence[NeedRow]
    before: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before.extend(_snapshot(row) for row in self.rows)

    def write(self, db: Session, made: Sequence[NeedRow] = (), *, project_id: int | None = None, asked_id: int | None = None) -> None:
        """Note the action: the needs that it `made`, the project that it made, the link that it came through."""
        for row in self.rows:
            row.changed_by, row.changed_at = self.actor.name[:80], now()
        db.flush()
        action = NeedAction(
            plan_id=self.plan_id,
            account_id=self.actor.account_id,
            name=self.actor.name[:80],
            action=self.name,
            project_id=project_id,
            asked_id=asked_id,
        )
        db.add(action)
        db.flush()
        for row, was in (*zip(self.rows, self.before, strict=True), *((row, None) for row in made)):
            db.add(NeedChange(action_id=action.id or 0, need_id=row.id or 0, before=was, after=row.version or 0))


def take_back(db: Session, action: NeedAction | None) -> list[NeedRow]:
    """Undo an action. Returns the needs as they are again, without those that it had made: these are gone.

    Raises `BadInput` when there is nothing to undo, `Conflict` when somebody has changed one of the needs since: then nothing changes.
    """
    if action is None:
        raise BadInput(Message("没有可以撤销的操作。"))
    changes = {change.need_id: change for change in repository.changes(db, action.id or 0)}
    rows = repository.some(db, action.plan_id, changes.keys())
    if any(row.version != changes[row.id or 0].after for row in rows):
        raise Conflict(Message("其中有需求在这之后又被修改过，不能整体撤销。请逐条更正。"))
    standing = []
    # The unit may have been renamed since.
    called = {unit.id: unit.name for unit in people.units(db)}
    for row in rows:
        before = changes[row.id or 0].before
        if before is None:
            db.delete(row)
        else:
            _restore(row, before)
            row.unit = called.get(row.unit_id, row.unit)
            standing.append(row)
    action.undone = True
    db.flush()
    _carry_on(db, standing, {need_id: (change.before or {}).get("version") for need_id, change in changes.items()})
    return standing


def _carry_on(db: Session, rows: Sequence[NeedRow], before: Mapping[int, int | None]) -> None:
    """What an earlier action left behind stands again, under a new version: it can be undone next."""
    for change in repository.standing_changes(db, [row.id or 0 for row in rows]):
        if change.after == before[change.need_id]:
            change.after = next(row.version or 0 for row in rows if row.id == change.need_id)


def _snapshot(row: NeedRow) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in (*_PLAIN, *_ALSO_PLAIN, *_NAMED)}, "version": row.version}


def _restore(row: NeedRow, before: dict[str, Any]) -> None:
    for name in (*_PLAIN, *_ALSO_PLAIN):
        setattr(row, name, before[name])
    for name, kind in _NAMED.items():
        setattr(row, name, kind(before[name]) if before[name] is not None else None)
    row.changed_at = now()
