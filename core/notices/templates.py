"""The words of each kind of notice: the product's own, or the bank's; changed, looked at with real values, put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict
from core.i18n import LANGUAGES, Language, Message
from core.notices import repository
from core.notices.kinds import KINDS, OF_GROUPS
from core.notices.tables import Notice, NoticeTemplate
from core.notices.terms import Kind
from core.notices.wording import LONGEST_SUBJECT, LONGEST_TEXT, check, fill, one_line
from core.storage import Session, now

LINK_MARK = "\ue000"
"""Where the link goes in words that are kept: a mark that no value can hold."""


@dataclass(frozen=True)
class Words:
    """The words of a kind of notice in a language. `group` "": groups are not told. `version` 0: they are the product's own."""

    subject: str
    text: str
    group: str
    version: int = 0
    changed_by: str = ""


@dataclass(frozen=True)
class Preview:
    """How a notice would read. `real`: it is filled with what a notice was really made of; else each place with what it stands for."""

    subject: str
    text: str
    group: str
    real: bool


Book = Mapping[tuple[Kind, Language], Words]


def book(db: Session) -> Book:
    """All words that hold now, by kind and language."""
    stored = repository.templates(db)
    return {(kind, language): _words(kind, language, stored.get((kind, language))) for kind in Kind for language in LANGUAGES}


def templates(db: Session, actor: Actor) -> Book:
    """The same, for those who may change them. Needs `KEEP_NOTICES`."""
    require(actor, Right.KEEP_NOTICES)
    return book(db)


def save(db: Session, actor: Actor, kind: Kind, language: Language, wanted: Words) -> None:
    """Other words for a kind of notice from now on; `wanted.version` is the one that the person saw.

    Needs `KEEP_NOTICES`. Raises `BadInput` for places that this kind does not have, `Conflict` with the other's words.
    """
    require(actor, Right.KEEP_NOTICES)
    subject, text, group = _checked(kind, wanted)
    row = _seen(db, kind, language, wanted.version) or NoticeTemplate(kind=kind, language=language, subject="", text="")
    row.subject, row.text, row.group_text = subject, text, group
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.add(row)
    db.flush()
    record(db, actor, "notice_words_changed", "notice", None, kind=kind.value, language=language)


def restore(db: Session, actor: Actor, kind: Kind, language: Language, version: int) -> None:
    """Back to the product's own words. Needs `KEEP_NOTICES`. Raises `Conflict`."""
    require(actor, Right.KEEP_NOTICES)
    row = _seen(db, kind, language, version)
    if row is not None:
        db.delete(row)
        record(db, actor, "notice_words_restored", "notice", None, kind=kind.value, language=language)


def preview(db: Session, actor: Actor, kind: Kind, language: Language, wanted: Words) -> Preview:
    """How words would read, with what the last notice of this kind was made of that the actor may see. Raises `BadInput`."""
    require(actor, Right.KEEP_NOTICES)
    subject, text, group = _checked(kind, wanted)
    # What others were told is human resources' to read; whoever only runs the system sees what they were told themselves.
    row = repository.newest(db, kind, None if actor.may(Right.EDIT_PLANS) else actor.account_id or 0)
    spec = KINDS[kind]
    meant = {place: f"〔{said.render(language)}〕" for place, said in {**OF_GROUPS, **spec.allowed}.items()}
    values = {**meant, **(said(row.facts, language) if row else {"name": actor.name})}
    return Preview(one_line(fill(subject, values)), fill(text, values), fill(group, meant), row is not None)


def said(values: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Stored values as they read in a language, each on one line."""
    found = {name: Message.from_json(value).render(language) if isinstance(value, list) else str(value) for name, value in values.items()}
    return {name: one_line(value) for name, value in found.items()}


def written(words: Words, values: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The subject and the text of a notice to a person. The link is filled in when it is sent: each way has its own."""
    known = {**said(values, language), "link": LINK_MARK}
    return {"subject": one_line(fill(words.subject, {**known, "link": ""})), "text": fill(words.text, known)}


def filled(row: Notice, language: Language, link: str) -> tuple[str, str]:
    """The subject and the text of a notice, with the link of a way in it."""
    one = row.words.get(language) or next(iter(row.words.values()))
    return one.get("subject", ""), one["text"].replace(LINK_MARK, link).strip()


def shipped(kind: Kind, language: Language) -> Words:
    """The words that the product comes with."""
    spec = KINDS[kind]
    return Words(spec.subject.render(language), spec.text.render(language), spec.group.render(language) if spec.group else "")


def _words(kind: Kind, language: Language, row: NoticeTemplate | None) -> Words:
    return shipped(kind, language) if row is None else Words(row.subject, row.text, row.group_text, row.version or 0, row.changed_by)


def _checked(kind: Kind, wanted: Words) -> tuple[str, str, str]:
    allowed = KINDS[kind].allowed
    subject, text = check(wanted.subject, allowed, LONGEST_SUBJECT), check(wanted.text, allowed, LONGEST_TEXT)
    if not subject or not text:
        raise BadInput(Message("标题和正文都要写。"))
    return " ".join(subject.split()), text, check(wanted.group, OF_GROUPS, LONGEST_TEXT)


def _seen(db: Session, kind: Kind, language: Language, version: int) -> NoticeTemplate | None:
    row = repository.templates(db).get((kind, language))
    if (row.version or 0 if row else 0) != version:
        theirs = row.text if row else shipped(kind, language).text
        raise Conflict(Message("这段话刚被别人改过，没有保存。现在的正文是：{theirs}", theirs=theirs))
    return row
