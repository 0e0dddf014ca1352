"""The roster in the database: looked through, taken away as a file, corrected row by row, and each correction undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people import repository as model
from core.people.importing import repository as imports
from core.people.roster import history, repository
from core.people.roster.history import Corrected
from core.people.roster.listing import Choices, Listing, Person, Wanted
from core.people.scope import below, scope
from core.people.tables import Employee
from core.storage import Session

_LONGEST_LINE = 60
_EDITED = ("unit_id", "post_id", "manager_no", "line", "left_at")
_TITLES = {
    "unit_id": Message("机构"),
    "post_id": Message("岗位"),
    "manager_no": Message("上级工号"),
    "line": Message("条线"),
    "left_at": Message("离职日期"),
}


@dataclass(frozen=True)
class Change:
    """What somebody wants of a person: the version that they saw, and new values by field; `manager_no` is "" for none."""

    employee_id: int
    version: int
    values: Mapping[str, Any]


def choices(db: Session, actor: Actor) -> Choices:
    """What the reader can narrow the roster to. Needs `SEE_ROSTER`."""
    require(actor, Right.SEE_ROSTER)
    own = scope(db, actor)
    return Choices(
        units={row.id or 0: row.name for row in model.units(db) if own.may_name(row.id)},
        posts={row.id or 0: row.name for row in repository.posts(db)},
        lines=tuple(repository.lines(db, own.named)),
        nobody=own.named is not None and not own.named,
    )


def listing(db: Session, actor: Actor, wanted: Wanted, offset: int, limit: int) -> Listing:
    """A stretch of the people whom the reader wants and may see. Needs `SEE_ROSTER`."""
    require(actor, Right.SEE_ROSTER)
    own = scope(db, actor).named
    units = below(db, [wanted.unit_id]) if wanted.unit_id is not None else None
    rows = repository.people(db, own, units, wanted, offset, limit) if limit else []
    return Listing(tuple(_person(row) for row in rows), repository.count(db, own, units, wanted))


def note_opened(db: Session, actor: Actor) -> None:
    """Write down that somebody opened the roster. Needs `SEE_ROSTER`."""
    require(actor, Right.SEE_ROSTER)
    record(db, actor, "roster_viewed", "roster")


def export(db: Session, actor: Actor, wanted: Wanted) -> tuple[Person, ...]:
    """All people whom the reader wants and may see, to be taken away; that is written down. Needs `SEE_ROSTER`."""
    require(actor, Right.SEE_ROSTER)
    own = scope(db, actor).named
    units = below(db, [wanted.unit_id]) if wanted.unit_id is not None else None
    rows = repository.people(db, own, units, wanted, 0, None)
    record(db, actor, "roster_exported", "roster", count=len(rows))
    return tuple(_person(row) for row in rows)


def save(db: Session, actor: Actor, changes: Sequence[Change], today: date) -> None:
    """Correct people, all of them or none; what was changed is kept, to be taken back. Needs `EDIT_PEOPLE`.

    Raises `Conflict`, naming what is there now and what was wanted, for a person whom somebody changed since; `BadInput` for a value
    that cannot be. Nothing is written then.
    """
    require(actor, Right.EDIT_PEOPLE)
    corrected = [_save(db, actor, one, today) for one in changes]
    history.note(db, actor, [one for one in corrected if one.after])


def undo(db: Session, actor: Actor, batch: int, today: date) -> None:
    """Take a correction back as a whole. Needs `EDIT_PEOPLE`.

    Raises `BadInput` for one that was taken back or is too old, `Conflict` when somebody corrected the same since: then nothing changes.
    """
    require(actor, Right.EDIT_PEOPLE)
    rows = [one for one in repository.changes(db, [batch]) if not one.undone]
    if not rows:
        raise BadInput(Message("没有可以撤销的操作。"))
    for one in reversed(rows):
        row = repository.employee(db, one.employee_id)
        assert row is not None, "what was changed about people goes with them"
        present = _values(db, row)
        if any(present[name] != value for name, value in history.values(one.after).items()):
            raise Conflict(Message("其中有内容在这之后又被修改过，没有撤销，以免丢掉后来的改动。请逐条更正。"))
        _save(db, actor, Change(one.employee_id, row.version or 0, history.values(one.before)), today, former=one.former)
        one.undone = True


def _save(db: Session, actor: Actor, change: Change, today: date, *, former: int | None = None) -> Corrected:
    """`former`: the version that is brought back."""
    row = repository.employee(db, change.employee_id)
    if row is None:
        raise NotFound(Message("名单里已经没有这个人，可能有人撤销了导入。请刷新后再看。"))
    before = _values(db, row)
    if row.version != change.version:
        raise _conflict(db, row, before, change)
    wanted = {name: value for name, value in change.values.items() if name in _EDITED and value != before[name]}
    for name, value in wanted.items():
        setattr(row, "manager_id" if name == "manager_no" else name, _checked(db, row, name, value, today))
    db.flush()
    if wanted:
        record(db, actor, "employee_changed", "employee", row.id, fields=sorted(wanted), undo=former is not None)
    if former is not None:
        _as_imported(db, row, former)
    after = _values(db, row)
    return Corrected(row, change.version, {name: before[name] for name in wanted}, {name: after[name] for name in wanted})


def _as_imported(db: Session, row: Employee, former: int) -> None:
    """A row that was brought back is what an import left of it: that one may be undone in turn."""
    for one in imports.other_changes(db, "employee", [row.id or 0], run_id=0):
        if one.row_version == former:
            one.row_version = row.version or 0


def _values(db: Session, row: Employee) -> dict[str, Any]:
    manager = repository.employee(db, row.manager_id) if row.manager_id else None
    return {
        "unit_id": row.unit_id,
        "post_id": row.post_id,
        "manager_no": manager.employee_no if manager else "",
        "line": row.line,
        "left_at": row.left_at,
    }


def _checked(db: Session, row: Employee, name: str, value: Any, today: date) -> Any:
    if name == "manager_no":
        return _manager(db, row, str(value or "").strip())
    if name == "line":
        line = str(value or "").strip()
        if len(line) > _LONGEST_LINE:
            raise BadInput(Message("条线最多 {limit} 个字。", limit=_LONGEST_LINE))
        return line
    if name == "left_at" and value is not None and not (row.hire_date or date.min) <= value <= today:
        raise BadInput(Message("{name} 的离职日期应在入职之后，也不晚于今天。", name=row.name))
    if name == "unit_id" and value is not None and repository.unit(db, value) is None:
        raise NotFound(Message("这个机构已经不在了，请刷新后再选。"))
    if name == "post_id" and value is not None and repository.post(db, value) is None:
        raise NotFound(Message("这个岗位已经不在了，请刷新后再选。"))
    return value


def _manager(db: Session, row: Employee, number: str) -> int | None:
    """The id of the manager with this number. Raises `BadInput` where there is none, or where people would report in a circle."""
    if not number:
        return None
    manager = repository.by_number(db, number)
    if manager is None:
        raise BadInput(Message("名单里没有工号 {number}。请核对；上级不在本行时请留空。", number=number))
    above: Employee | None = manager
    seen: set[int | None] = set()
    while above is not None and above.id not in seen:
        if above.id == row.id:
            raise BadInput(Message("{name} 不能归 {manager} 管：{manager} 是本人或其下属。", name=row.name, manager=manager.name))
        seen.add(above.id)
        above = repository.employee(db, above.manager_id) if above.manager_id else None
    return manager.id


def _conflict(db: Session, row: Employee, now: Mapping[str, Any], change: Change) -> Conflict:
    name = next((one for one in change.values if one in _EDITED), "unit_id")
    return Conflict(
        Message(
            "{name} 刚被别人改过，您的改动没有保存。“{field}”现在是 {now}，您填的是 {own}。请核对后再改。",
            name=f"{row.name} {row.employee_no}",
            field=_TITLES[name],
            now=_shown(db, name, now[name]),
            own=_shown(db, name, change.values.get(name)),
        )
    )


def _shown(db: Session, name: str, value: Any) -> str:
    found: Any = value
    if name == "unit_id" and value is not None:
        found = getattr(repository.unit(db, value), "name", None)
    if name == "post_id" and value is not None:
        found = getattr(repository.post(db, value), "name", None)
    return str(found) if found not in (None, "") else "—"


def _person(row: tuple[Any, ...]) -> Person:
    employee_id, version, number, name, unit_id, unit, post_id, post, manager_no, manager, line, hired, left = row
    return Person(
        *(employee_id, version, number, name, unit_id, unit or "", post_id, post or ""),
        *(manager_no or "", manager or "", line, hired, left),
    )
