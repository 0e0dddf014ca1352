"""Certificates in the database: one that came with the product becomes a row when the branch first changes it or puts it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents.grams import normalise
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people import competencies
from core.people.certificates import repository
from core.people.service import competencies as model
from core.people.tables import CertificateEdition, CertificateRow
from core.people.terms import LEVELS
from core.sheets.reading import folded
from core.storage import Session, now

_LONGEST = 120
_CHANGED = Message("这张证书刚被别人修改过，您的改动没有保存。请查看最新内容后再改。")


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate is: `grants` are the levels that it proves, by the competency's key."""

    name: str
    issuer: str = ""
    grants: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """What a certificate was until somebody changed it."""

    number: int
    facts: CertificateFacts
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True)
class Certificate:
    """A certificate. `code` names one that came with the product, "" is the branch's own; `row_id` None: nobody has touched it."""

    code: str
    facts: CertificateFacts
    row_id: int | None = None
    version: int = 0
    edition: int = 0
    archived: bool = False
    earlier: tuple[Earlier, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others, for good."""
        return self.code or f"own-{self.row_id}"


def certificates(db: Session, actor: Actor, language: Language) -> list[Certificate]:
    """The branch's certificates, archived ones included, then those of the product that nobody has touched. Needs `READ_PEOPLE`.

    One that came with the product and that nobody has changed is named in `language`.
    """
    require(actor, Right.READ_PEOPLE)
    offered = _offered(language)
    earlier: dict[int, list[Earlier]] = {}
    for one in repository.editions(db):
        earlier.setdefault(one.certificate_id, []).append(Earlier(one.edition, _facts(one.facts), one.changed_by, one.changed_at))
    rows = repository.certificates(db)
    own = [_certificate(row, offered, tuple(earlier.get(row.id or 0, ()))) for row in rows]
    taken = {row.code for row in rows}
    return own + [Certificate(code, facts) for code, facts in offered.items() if code not in taken]


def proving(known: Iterable[Certificate], key: str) -> list[tuple[int, str]]:
    """The certificates in use that prove a level of the competency `key`: level and name, in order."""
    return sorted((one.facts.grants[key], one.facts.name) for one in known if key in one.facts.grants and not one.archived)


def matching(known: Iterable[Certificate], words: str, names: Mapping[str, str]) -> list[Certificate]:
    """Those whose name, issuer or competencies hold all `words`; `names` gives each competency's by its key."""

    def text(one: Certificate) -> str:
        return normalise(" ".join((one.facts.name, one.facts.issuer, *(names.get(key, "") for key in one.facts.grants))))

    wanted = normalise(words).split()
    return [one for one in known if all(word in text(one) for word in wanted)]


def save(db: Session, actor: Actor, seen: Certificate | None, facts: CertificateFacts) -> int:
    """Add a certificate (`seen` None), or change the one that the person saw; what it was is kept. Raises `BadInput`, `Conflict`.

    Returns the id of its row.
    """
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen) if seen else None
    _check(db, actor, facts, seen)
    stored = _stored(facts)
    if row is None:
        row = CertificateRow(code=(seen.code or None) if seen else None, **stored)
        db.add(row)
        db.flush()
        if seen is not None:
            _keep(db, actor, row, _stored(seen.facts))
    elif stored != (before := {name: getattr(row, name) for name in stored}):
        _keep(db, actor, row, before)
        for name, value in stored.items():
            setattr(row, name, value)
    db.flush()
    assert row.id is not None
    record(db, actor, "certificate_changed" if seen else "certificate_added", "certificate", row.id, name=row.name)
    return row.id


def restore(db: Session, actor: Actor, seen: Certificate, number: int) -> None:
    """Make a certificate again what its edition `number` said; what it is now is kept as one. Raises `BadInput`, `Conflict`, `NotFound`."""
    kept = next((one for one in seen.earlier if one.number == number), None)
    if kept is None:
        raise NotFound(Message("没有找到这一版，可能刚被别人撤销。请刷新后再选。"))
    if _stored(kept.facts) == _stored(seen.facts):
        raise BadInput(Message("第 {number} 版和现在的内容一样，不用恢复。", number=number))
    save(db, actor, seen, kept.facts)


def archive(db: Session, actor: Actor, seen: Certificate, *, archived: bool) -> None:
    """Put a certificate away, or take it back. Nothing of it is lost. Raises `Conflict`."""
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen)
    if row is None:
        row = CertificateRow(code=seen.code or None, **_stored(_offered("zh")[seen.code]))
        db.add(row)
    row.archived_at = now() if archived else None
    db.flush()
    record(db, actor, "certificate_archived" if archived else "certificate_unarchived", "certificate", row.id, name=row.name)


def _offered(language: Language) -> dict[str, CertificateFacts]:
    """The product's certificates, by their Chinese names, which tell them from each other for good."""
    named = zip(competencies.certificates("zh"), competencies.certificates(language), strict=True)
    return {chinese.name: CertificateFacts(one.name, "", dict(one.grants)) for chinese, one in named}


def _row(db: Session, seen: Certificate) -> CertificateRow | None:
    row = repository.certificate(db, seen.row_id) if seen.row_id else repository.certificate_of(db, seen.code)
    if (row.version if row else 0) != seen.version:
        raise Conflict(_CHANGED)
    return row


def _check(db: Session, actor: Actor, facts: CertificateFacts, seen: Certificate | None) -> None:
    if not facts.name.strip() or len(facts.name.strip()) > _LONGEST:
        raise BadInput(Message("请填写证书名称，最多 {limit} 个字。", limit=_LONGEST))
    if len(facts.issuer.strip()) > _LONGEST:
        raise BadInput(Message("发证机构最多 {limit} 个字。", limit=_LONGEST))
    known = {one.key for one in model(db, actor, "zh")}
    if not facts.grants or not all(key in known and level in LEVELS for key, level in facts.grants.items()):
        raise BadInput(Message("请至少选一项能力和它的等级（L1–L5）：没有对应能力的证书证明不了什么。"))
    for other in certificates(db, actor, "zh"):
        same = seen is not None and other.key == seen.key
        if not same and folded(other.facts.name) == folded(facts.name):
            raise BadInput(Message("已经有证书“{name}”。请直接修改它，或换一个名称。", name=other.facts.name))


def _keep(db: Session, actor: Actor, row: CertificateRow, before: dict[str, Any]) -> None:
    assert row.id is not None
    db.add(CertificateEdition(certificate_id=row.id, edition=row.edition, facts=before, changed_by=actor.name[:80]))
    row.edition += 1


def _stored(facts: CertificateFacts) -> dict[str, Any]:
    return {"name": facts.name.strip(), "issuer": facts.issuer.strip(), "grants": dict(facts.grants)}


def _facts(stored: Mapping[str, Any]) -> CertificateFacts:
    return CertificateFacts(stored["name"], stored["issuer"], dict(stored["grants"]))


def _certificate(row: CertificateRow, offered: Mapping[str, CertificateFacts], earlier: tuple[Earlier, ...]) -> Certificate:
    facts = offered.get(row.code or "") if row.edition == 1 else None
    shown = facts or CertificateFacts(row.name, row.issuer, dict(row.grants))
    return Certificate(row.code or "", shown, row.id, row.version or 0, row.edition, row.archived_at is not None, earlier)
