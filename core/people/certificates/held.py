"""Certificates that people hold, recorded by hand: whose they are, since when and until when; taken off, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people.certificates import repository
from core.people.certificates.naming import called, every
from core.people.gaps.service import person
from core.people.tables import HeldCertificate
from core.storage import Session, now

# The expiry of what never runs out.
FOR_GOOD = date.max
_LONGEST = 60


@dataclass(frozen=True)
class Held:
    """A certificate that somebody holds, or held until it was taken off."""

    row: HeldCertificate
    name: str

    @property
    def removed(self) -> bool:
        """Whether it was taken off."""
        return self.row.removed_at is not None


def of_person(db: Session, actor: Actor, employee_id: int, language: Language) -> list[Held]:
    """What a person whom the actor may name holds, the last first, then what was taken off. Raises `NotFound`."""
    person(db, actor, employee_id)
    names = _names(db, language)
    found = [Held(row, names.get(row.certificate, row.certificate)) for row in repository.held_of(db, employee_id)]
    return sorted(found, key=lambda one: (one.removed, -(one.row.held_on or date.min).toordinal(), -(one.row.id or 0)))


def choices(db: Session, actor: Actor, language: Language) -> dict[str, str]:
    """The certificates in use that can be recorded: name by key. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    archived = {key for key, one in every(db).items() if one.archived}
    found = {key: name for key, name in _names(db, language).items() if key not in archived}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def add(db: Session, actor: Actor, employee_id: int, certificate: str, on: date | None, until: date | None, number: str = "") -> int:
    """Record that somebody holds a certificate; `until` None: nobody said. Raises `BadInput`, `NotFound`. Returns the id of its row."""
    require(actor, Right.EDIT_PEOPLE)
    person(db, actor, employee_id)
    if certificate not in choices(db, actor, "zh"):
        raise BadInput(Message("没有这张证书，或者它已归档。请刷新后再选。"))
    if on is not None and on > clock.today():
        raise BadInput(Message("日期 {day} 还没有到。请核对年份。", day=on.isoformat()))
    if on is not None and until is not None and until <= on:
        raise BadInput(Message("有效期至应晚于取得日期。请核对这两个日期。"))
    if len(number.strip()) > _LONGEST:
        raise BadInput(Message("证书编号最多 {limit} 个字。", limit=_LONGEST))
    _refuse_twice(db, employee_id, certificate, on)
    row = HeldCertificate(
        employee_id=employee_id,
        certificate=certificate,
        held_on=on,
        expires_on=until,
        number=number.strip(),
        recorded_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    record(db, actor, "held_certificate_added", "employee", employee_id, certificate=row.id)
    return row.id


def remove(db: Session, actor: Actor, seen: Held, *, removed: bool) -> None:
    """Take a certificate off somebody, or give it back. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.EDIT_PEOPLE)
    person(db, actor, seen.row.employee_id)
    row = repository.held(db, seen.row.id or 0)
    if row is None:
        raise NotFound(Message("没有这条持证记录，它可能已随一次导入被撤销。"))
    if row.version != seen.row.version:
        raise Conflict(Message("这条持证记录刚被别人改过，您的操作没有保存。请查看最新内容后再试。"))
    if not removed:
        _refuse_twice(db, row.employee_id, row.certificate, row.held_on)
    row.removed_at, row.removed_by = (now(), actor.name[:80]) if removed else (None, "")
    db.flush()
    record(
        db, actor, "held_certificate_removed" if removed else "held_certificate_restored", "employee", row.employee_id, certificate=row.id
    )


def _refuse_twice(db: Session, employee_id: int, certificate: str, on: date | None) -> None:
    there = repository.held_of(db, employee_id)
    if any((row.certificate, row.held_on, row.removed_at) == (certificate, on, None) for row in there):
        raise BadInput(Message("这个人这一天的这张证书已经有记录。"))


def _names(db: Session, language: Language) -> dict[str, str]:
    """What each certificate is called in `language`: in its own name where the branch has changed it."""
    return {key: called(key, language) if one.name == key else one.name for key, one in every(db).items()}
