"""What findings were before a person's action, so that the action can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.access.actor import Actor
from core.storage import Session
from core.strategy import repository
from core.strategy.findings import FindingKind, Perspective
from core.strategy.tables import FindingRow, FindingState, ReviewAction, ReviewChange

Find = Callable[[str, int], dict[str, Any] | None]


@dataclass(frozen=True)
class Standing:
    """A row before decoding moves it."""

    version: int
    quote: str


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


PLACE = ("quote", "page", "start", "end", "heading")
"""The columns that say where a finding's words stand."""

# What no version is.
_NEVER = -1
_KEPT = ("kind", "text", "quote", "page", "start", "end", "heading", "perspective", "competencies", "metric", "measure", "found")
_ALSO_KEPT = ("state", "edited", "merged_into", "decided_by", "decided_at", "precedent_id")


def _snapshot(row: FindingRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*_KEPT, *_ALSO_KEPT)}
    decided_at: datetime | None = values["decided_at"]
    return {"id": row.id, "version": row.version, **values, "decided_at": decided_at.isoformat() if decided_at else None}


def carry_on(db: Session, rows: Sequence[FindingRow], undone: Mapping[int, ReviewChange]) -> None:
    """What an earlier action left behind stands again in `rows`, under a new version: that action can be undone next.

    `undone` are the changes that were taken back, by finding.
    """
    now = {row.id or 0: row.version or 0 for row in rows}
    for change in repository.standing_changes(db, now.keys()):
        if change.after == (undone[change.finding_id].before or {}).get("version"):
            change.after = now[change.finding_id]


def standing(rows: Sequence[FindingRow]) -> dict[int, Standing]:
    """How rows stand before decoding moves them, by id."""
    return {row.id or 0: Standing(row.version or 0, row.quote) for row in rows}


def follow(db: Session, rows: Sequence[FindingRow], stood: Mapping[int, Standing], find: Find) -> None:
    """Decoding has moved `rows`, which `stood` so before: what people did to them can still be undone, at the new place.

    `find` says where words stand now, near an offset, in the columns of a row; None where they are gone: then what rests on them cannot
    be undone any more.
    """
    db.flush()
    moved = {row.id or 0: row for row in rows if repository.is_kept(row) and row.version != stood[row.id or 0].version}
    for change in repository.standing_changes(db, moved.keys()):
        row, was = moved[change.finding_id], stood[change.finding_id]
        if change.before is not None and not row.moved:
            place = _moved_on(row, change.before, was, find)
            found = {"found": row.found} if change.before.get("found") and row.found else {}
            change.before = {**change.before, **(place or {}), **found}
            if place is None:
                change.after = _NEVER
        if change.after == was.version:
            change.after = row.version or 0


def _moved_on(row: FindingRow, before: Mapping[str, Any], was: Standing, find: Find) -> dict[str, Any] | None:
    """What is new about what a row was before an action."""
    if before["quote"] != was.quote:
        return find(before["quote"], row.start)
    # What decoding found and nobody has changed is what decoding finds now.
    names = PLACE if row.edited or before["edited"] else tuple(name for name in _KEPT if name != "found")
    return {name: getattr(row, name) for name in names}


def restore(row: FindingRow, before: dict[str, Any]) -> None:
    """Make a row what it was. What was kept by an older version of the product may lack a column."""
    for name in (*_KEPT, *_ALSO_KEPT):
        setattr(row, name, before.get(name))
    row.kind, row.state = FindingKind(before["kind"]), FindingState(before["state"])
    row.perspective = Perspective(before["perspective"]) if before["perspective"] else None
    row.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
