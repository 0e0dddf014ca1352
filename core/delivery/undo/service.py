"""An action as one thing: noted with what each row was before, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.undo import repository
from core.delivery.undo.tables import ResourceAction, ResourceChange
from core.editing.done import Done
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.storage import Session

FACULTY, VENUES, CALENDAR = "faculty", "venues", "calendar"
_CHANGED = Message("其中有内容在这之后又被修改过，没有撤销，以免丢掉后来的改动。请逐条更正。")


@dataclass
class Action:
    """An action being done in a room: rows are handed over before they change, written down when they are what they become."""

    db: Session
    actor: Actor
    room: str
    name: str
    title: str = ""
    _before: list[tuple[Any, dict[str, Any] | None]] = field(default_factory=list)
    _gone: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    _known: set[int] = field(default_factory=set)

    def change(self, row: Any) -> Any:
        """Remember what a row is before it changes. Returns the row."""
        if id(row) not in self._known:
            self._known.add(id(row))
            self._before.append((row, repository.snapshot(row)))
        return row

    def make(self, row: Any) -> Any:
        """Add a new row. Returns it."""
        self.db.add(row)
        self._known.add(id(row))
        self._before.append((row, None))
        return row

    def drop(self, row: Any) -> None:
        """Delete a row, and remember what it was."""
        self._gone.append((row.__tablename__, row.id, repository.snapshot(row)))
        self.db.delete(row)

    def write(self) -> int:
        """Write the action down, in the history and in the audit log. Returns its number."""
        self.db.flush()
        row = ResourceAction(
            room=self.room, action=self.name, title=self.title[:200], account_id=self.actor.account_id, done_by=self.actor.name[:80]
        )
        self.db.add(row)
        self.db.flush()
        number = row.id or 0
        changes: list[tuple[str, int, dict[str, Any] | None, int | None]] = [
            (one.__tablename__, one.id, before, one.version)
            for one, before in self._before
            if before is None or before["version"] != one.version
        ]
        repository.note(self.db, number, changes + [(*gone, None) for gone in self._gone])
        subject_id = self._before[0][0].id if len(self._before) == 1 else None
        record(self.db, self.actor, self.name, self.room, subject_id, title=self.title[:80])
        return number


def last(db: Session, actor: Actor, room: str) -> Done | None:
    """What this person did last in a room and can take back. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.last(db, room, actor.account_id)
    return _done(row) if row else None


def history(db: Session, actor: Actor, room: str, count: int = 30) -> list[Done]:
    """What was done last in a room, the newest first. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    return [_done(row) for row in repository.latest(db, room, count)]


def changed_by(db: Session, action_id: int, subject: Any) -> list[int]:
    """The rows of one table that an action changed: for services that look at them before it is taken back."""
    return [one.row_id for one in repository.changes(db, action_id) if one.subject == subject]


def undo(db: Session, actor: Actor, action_id: int) -> int:
    """Take an action back as a whole. Returns how many rows that concerned. Needs `PLAN_DELIVERY`.

    Raises `BadInput` for one that was taken back, `Conflict` when somebody changed one of its rows since: then nothing changes.
    """
    require(actor, Right.PLAN_DELIVERY)
    action = repository.action(db, action_id)
    if action is None or action.undone:
        raise BadInput(Message("没有可以撤销的操作。"))
    changes = repository.changes(db, action_id)
    by_subject: dict[str, list[ResourceChange]] = {}
    for one in changes:
        by_subject.setdefault(one.subject, []).append(one)
    rows = {subject: repository.rows_of(db, subject, [one.row_id for one in some]) for subject, some in by_subject.items()}
    for one in changes:
        row = rows[one.subject].get(one.row_id)
        if (row.version if row is not None else None) != one.after:
            raise Conflict(_CHANGED)
    _check_nothing_hangs(db, changes)
    action.undone = True
    db.flush()
    # What hangs on others goes first and comes back last: an action makes the others first.
    restored = [(one, row) for one in reversed(changes) if (row := _take_back(db, one, rows[one.subject].get(one.row_id))) is not None]
    db.flush()
    _carry_on(db, restored)
    record(db, actor, "resources_undone", action.room, action_id, did=action.action, title=action.title[:80])
    return len(changes)


def _check_nothing_hangs(db: Session, changes: Sequence[ResourceChange]) -> None:
    """Raises `Conflict` when something that came later hangs on what the action had made."""
    own = {(one.subject, one.row_id) for one in changes}
    for one in changes:
        if one.before is None and set(repository.hanging(db, one.subject, one.row_id)) - own:
            raise Conflict(Message("添加的内容后来又登记了别的信息（例如不可用时间、评分），没有撤销。请先撤销后来的操作，或改为归档。"))


def _take_back(db: Session, change: ResourceChange, row: Any) -> Any:
    """The row as it is again; None for one that the action had made."""
    if change.before is None:
        db.delete(row)
        db.flush()
        return None
    if row is None:
        row = repository.again(db, change.subject, change.row_id, change.before)
        db.flush()
        return row
    repository.restore(row, change.before)
    return row


def _carry_on(db: Session, restored: Sequence[tuple[ResourceChange, Any]]) -> None:
    """What an earlier action left behind stands again, under a new version: it can be undone next."""
    for change, row in restored:
        for earlier in repository.standing_changes(db, change.subject, [change.row_id]):
            if earlier.after == (change.before or {}).get("version"):
                earlier.after = row.version


def forget_gone(db: Session) -> None:
    """Drop what is remembered of rows that went away with the sample: nobody can take back what was done to them."""
    repository.drop_changes_of_gone_rows(db)


def _done(row: ResourceAction) -> Done:
    return Done(row.id or 0, row.action, row.title, row.done_by, row.at, row.undone)
