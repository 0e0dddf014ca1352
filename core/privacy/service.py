"""What is held on a person: found, handed out, deleted for good on request (docs/decisions/0033-personal-data.md)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people import repository as people
from core.people.tables import Employee
from core.privacy import repository
from core.privacy.kinds import KINDS, STAYS
from core.privacy.sheets import as_workbook
from core.review.results.repository import resum
from core.storage import Session

_MOST = 20
_SHORTEST_REASON = 4


@dataclass(frozen=True)
class Someone:
    """A person of the roster, or who was; `unit` is "" where nobody knows it."""

    id: int
    employee_no: str
    name: str
    unit: str
    left: bool
    version: int


@dataclass(frozen=True)
class Holding:
    """What is held on a person: how many records of each kind, those that there are, in the order of `KINDS`."""

    person: Someone
    records: dict[str, int]
    entries: int
    """How often somebody's look or change was written down."""

    @property
    def total(self) -> int:
        """All records but the person's own line on the roster."""
        return sum(number for name, number in self.records.items() if name != "employee")


def find(db: Session, actor: Actor, text: str) -> list[Someone]:
    """The first people, also those who have left, whose name or number contains `text`. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    wanted = text.strip()
    units = {row.id: row.name for row in people.units(db)}
    if not wanted:
        return []
    # As it was typed first: the roster may itself write so.
    found = repository.matching(db, wanted, _MOST) or repository.matching(db, _plain(wanted), _MOST)
    return [_someone(row, units) for row in found]


def numbered(db: Session, actor: Actor, employee_no: str) -> Someone:
    """The person of this number. Needs `EDIT_PEOPLE`. Raises `NotFound`."""
    for one in find(db, actor, employee_no):
        if _plain(one.employee_no) == _plain(employee_no):
            return one
    raise NotFound(Message("名单里没有工号 {number}。请核对后再试。", number=employee_no))


def held(db: Session, actor: Actor, employee_id: int) -> Holding:
    """What is held on a person. Needs `EDIT_PEOPLE`. Raises `NotFound`."""
    require(actor, Right.EDIT_PEOPLE)
    row = _employee(db, employee_id)
    tables = repository.tables()
    counted = {name: repository.count(db, tables[name], employee_id) for name in KINDS}
    units = {one.id: one.name for one in people.units(db)}
    found = {name: number for name, number in counted.items() if number}
    return Holding(_someone(row, units), found, len(repository.looked_at(db, employee_id)))


def export(db: Session, actor: Actor, employee_id: int, language: Language) -> bytes:
    """All that is held on a person as an Excel file, a sheet for each kind, with who looked at it; that is written down.

    Needs `EDIT_PEOPLE`. Raises `NotFound`.
    """
    require(actor, Right.EDIT_PEOPLE)
    _employee(db, employee_id)
    tables = repository.tables()
    rows = {name: repository.rows(db, tables[name], employee_id, list(kind.columns)) for name, kind in KINDS.items()}
    # A class without a name of its own is known by what it is taught and by its number.
    rows["cohort_member"] = [
        (f"{taught} · {name or Message('{n}班', n=number).render(language)}",)
        for taught, name, number in repository.classes(db, employee_id)
    ]
    content = as_workbook(rows, repository.looked_at(db, employee_id), language)
    record(db, actor, "person_data_exported", "employee", employee_id)
    return content


def erase(db: Session, actor: Actor, employee_id: int, version: int, typed_no: str, reason: str) -> int:
    """Delete a person with all that is held on them, for good; what was once so goes from the histories too, sums are worked out anew.

    `typed_no` is the person's number, typed by who asks for it. Returns how many records went. Needs `EDIT_PEOPLE`. Raises `NotFound`;
    `BadInput` for another number or no reason; `Conflict` where the person's line was changed since it was shown.
    """
    require(actor, Right.EDIT_PEOPLE)
    row = _employee(db, employee_id)
    if _plain(typed_no) != _plain(row.employee_no):
        raise BadInput(Message("输入的工号和这个人的工号不一致，没有删除任何内容。"))
    if len(reason.strip()) < _SHORTEST_REASON:
        raise BadInput(Message("请写明删除的原因，例如“本人书面申请，2026年11月”。"))
    if row.version != version:
        raise Conflict(Message("这个人的名单信息刚被改过，没有删除任何内容。请看过新的内容再决定。"))
    gone = forget(db, [employee_id])
    record(db, actor, "person_erased", "employee", employee_id, records=gone, reason=reason.strip()[:200])
    return gone


def forget(db: Session, employee_ids: Collection[int]) -> int:
    """Delete whatever is held on these people, without asking anybody. Returns how many records went."""
    gone, tables, measures = set(employee_ids), repository.tables(), set[int]()
    for action in repository.attendance_actions(db):
        left = [line for line in action.before if line[0] not in gone]
        if len(left) != len(action.before):
            action.before = left
    db.flush()
    number = 0
    for employee_id in employee_ids:
        measures |= repository.measured(db, employee_id)
        for name in reversed(KINDS):
            own = repository.ids(db, tables[name], employee_id)
            repository.forget_changes(db, name, own)
            if name not in STAYS:
                repository.drop(db, tables[name], employee_id)
                number += len(own)
    resum(db, measures)
    db.expire_all()
    return number


def _plain(typed: str) -> str:
    """What was typed, without what a Chinese keyboard does to digits."""
    return unicodedata.normalize("NFKC", typed).strip()


def _employee(db: Session, employee_id: int) -> Employee:
    row = repository.employee(db, employee_id)
    if row is None:
        raise NotFound(Message("名单里已经没有这个人，可能有人撤销了导入。请刷新后再看。"))
    return row


def _someone(row: Employee, units: dict[int | None, str]) -> Someone:
    return Someone(row.id or 0, row.employee_no, row.name, units.get(row.unit_id, ""), row.left_at is not None, row.version or 0)
