"""Telling people: a notice is written down in the transaction of the action that it is about, and goes out after it.

Other rooms say what happened, to whom it matters and where it can be seen; nothing here asks whether somebody may do something, because
the one who acts is not the one who reads: a receiver without the right of the kind is told nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.access.actor import Actor, Right
from core.access.sign_ins import actor_of
from core.i18n import LANGUAGES, Message
from core.notices import repository
from core.notices.kinds import KINDS
from core.notices.tables import Notice
from core.notices.templates import LINK_MARK, Book, book, written
from core.notices.terms import Kind
from core.notices.wording import fill
from core.storage import Session, now

Value = str | int | date | Message


@dataclass(frozen=True)
class About:
    """What a notice is about: `cause` says it once for all time. `page` other than the kind's own, with `parameters` of its address."""

    kind: Kind
    cause: str
    plan_id: int | None = None
    page: str = ""
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """Something that is to be told: to these accounts, and (`count`) how many it is to the groups."""

    about: About
    accounts: tuple[int, ...] = ()
    count: int | Message | None = None


def readers(db: Session, kind: Kind) -> list[Actor]:
    """Everybody who may be told of something of this kind."""
    found = (actor_of(row, "") for row in repository.enabled(db))
    return [one for one in found if one.may(KINDS[kind].right)]


def called(db: Session, kind: Kind, name: str) -> list[Actor]:
    """Who is meant by a name that somebody wrote: the one who bears it and may be told, nobody where there are several."""
    found = [one for one in readers(db, kind) if one.name == name.strip()]
    return found if len(found) == 1 else []


def keepers(db: Session, right: Right) -> list[Actor]:
    """Those of human resources who hold a right, to be told of what has no owner."""
    found = (actor_of(row, "") for row in repository.enabled(db))
    return [one for one in found if one.may(right)]


def tell(db: Session, about: About, account_ids: Collection[int]) -> frozenset[int]:
    """Tell these accounts, each once for the same cause. Returns who of them may be told."""
    rows = [row for row in repository.accounts(db, set(account_ids)) if actor_of(row, "").may(KINDS[about.kind].right)]
    words = book(db) if rows else {}
    repository.add_once(db, [_to_person(about, row.id or 0, row.name, words) for row in rows])
    return frozenset(row.id or 0 for row in rows)


def tell_all(db: Session, some: Iterable[Due]) -> frozenset[int]:
    """Tell all of this. Returns the accounts that may be told."""
    told = set[int]()
    for one in some:
        told |= tell(db, one.about, one.accounts)
        if one.count is not None:
            post(db, one.about, one.count)
    return frozenset(told)


def settle(db: Session, kinds: Collection[Kind], matter: str, account_id: int | None = None) -> None:
    """Nobody has to read any more of a matter (how the causes of these kinds begin), or one account: it has been dealt with."""
    repository.settle(db, [f"{kind.value}:{matter}:" for kind in kinds], account_id, now())


def post(db: Session, about: About, count: int | Message) -> None:
    """Tell the groups, once for the same cause: how many, and nothing else. Nothing where this kind has no words for groups."""
    words = book(db)
    values = {"count": _stored(count)}
    said: dict[str, Any] = {}
    for language in LANGUAGES:
        text = words[about.kind, language].group
        shown = Message.from_json(values["count"]).render(language) if isinstance(count, Message) else str(count)
        if text:
            said[language] = {"subject": "", "text": fill(text, {"count": shown, "link": LINK_MARK})}
    if said:
        repository.add_once(db, [_row(about, None, "groups", values, said)])


def _to_person(about: About, account_id: int, name: str, words: Book) -> Notice:
    values = {**{key: _stored(value) for key, value in about.values.items()}, "name": name}
    said: dict[str, Any] = {language: written(words[about.kind, language], values, language) for language in LANGUAGES}
    return _row(about, account_id, str(account_id), values, said)


def _row(about: About, account_id: int | None, to: str, values: dict[str, Any], said: dict[str, Any]) -> Notice:
    return Notice(
        kind=about.kind,
        cause=f"{about.kind.value}:{about.cause}:{to}",
        account_id=account_id,
        plan_id=about.plan_id,
        page=about.page or KINDS[about.kind].page,
        parameters={key: str(value) for key, value in about.parameters.items()},
        facts=values,
        words=said,
    )


def _stored(value: Value) -> Any:
    return value.to_json() if isinstance(value, Message) else value.isoformat() if isinstance(value, date) else str(value)
