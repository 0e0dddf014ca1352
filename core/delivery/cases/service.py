"""The case library as an actor may read and write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.delivery.cases import repository
from core.delivery.cases.tables import CaseFile, LibraryCase
from core.delivery.cases.terms import (
    KIND_NAMES,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORD,
    MOST_BYTES,
    MOST_TAGS,
    CaseKind,
    reference,
    referred,
)
from core.delivery.content.item import LONGEST_NAME, ItemFacts
from core.delivery.content.terms import Origin
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import LANGUAGES, Message
from core.storage import Session, now

_ROOM = "cases"
# To begin with: the time for going through one together, and so much of its text as says what it is about.
_HOURS, _LEARNT = 1.0, 120
_GONE = Message("案例库里没有这一条了，请刷新后再试。")


@dataclass(frozen=True)
class CaseFacts:
    """What a person writes about something in the library."""

    kind: CaseKind
    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
    competency: str = ""
    scene: str = ""
    source: str = ""


@dataclass(frozen=True)
class CaseView:
    """Something in the library; `used_in` are the projects whose content names it, each once, `file` what its file is called."""

    row: LibraryCase
    file: str
    used_in: tuple[str, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def facts(self) -> CaseFacts:
        """What is written about it."""
        row = self.row
        return CaseFacts(row.kind, row.title, row.text, tuple(row.tags), row.competency, row.scene, row.source)

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of these words stand somewhere in it."""
        row = self.row
        kind = (KIND_NAMES[row.kind].render(language) for language in LANGUAGES)
        known = " ".join((row.title, row.text, *row.tags, row.competency, row.scene, row.source, self.file, *kind)).casefold()
        return all(one.casefold() in known for one in words)


def cases(db: Session, actor: Actor) -> list[CaseView]:
    """All that is offered: what is used most comes first, then the newest. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    files, used = repository.file_names(db), dict[int, dict[str, None]]()
    for material, project in repository.materials(db):
        for number in referred(material):
            used.setdefault(number, {})[project] = None
    found = [CaseView(row, files.get(row.id or 0, ""), tuple(used.get(row.id or 0, ()))) for row in repository.cases(db)]
    return sorted(found, key=lambda one: -len(one.used_in))


def item_of(one: CaseView) -> ItemFacts:
    """What a project would teach with it: the material names it by its number."""
    facts = one.facts
    learnt, material = " ".join(facts.text.split())[:_LEARNT], reference(one.id, facts.title)
    return ItemFacts(
        facts.title[:LONGEST_NAME], learnt, _HOURS, facts.competency, use=facts.scene, material=material, origin=Origin.LIBRARY
    )


def content(db: Session, actor: Actor, case_id: int) -> bytes:
    """The file of a case. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    row = repository.file(db, case_id)
    if row is None:
        raise NotFound(_GONE)
    return row.content


def add(db: Session, actor: Actor, wanted: Sequence[CaseFacts], name: str = "", *, sample: bool = False) -> list[int]:
    """Put these into the library, in one action that can be undone. Returns their numbers. Needs `PLAN_DELIVERY`. Raises `BadInput`."""
    require(actor, Right.PLAN_DELIVERY)
    kept = [checked(one) for one in wanted]
    if not kept:
        raise BadInput(Message("没有一行可以导入。请按每行的说明改正后再试。"))
    action = Action(db, actor, _ROOM, "cases_added", name or kept[0].title)
    rows = []
    for one in kept:
        row = LibraryCase(kind=one.kind, title=one.title, sample=sample)
        _write(row, one, actor)
        rows.append(action.make(row))
    action.write()
    return [row.id or 0 for row in rows]


def change(db: Session, actor: Actor, case_id: int, version: int, facts: CaseFacts) -> None:
    """Rewrite one. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict` when somebody changed it since, `NotFound`."""
    row = _seen(db, actor, case_id, version)
    action = Action(db, actor, _ROOM, "case_changed", row.title)
    _write(action.change(row), checked(facts), actor)
    action.write()


def remove(db: Session, actor: Actor, case_id: int, version: int) -> None:
    """Offer one no more; content that names it keeps its name. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, case_id, version)
    action = Action(db, actor, _ROOM, "case_removed", row.title)
    action.change(row).removed_at = now()
    action.write()


def attach(db: Session, actor: Actor, case_id: int, name: str, given: bytes) -> None:
    """Keep a file with a case, in place of an earlier one. Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    case = repository.case(db, case_id)
    if case is None or case.removed_at is not None:
        raise NotFound(_GONE)
    if not given or len(given) > MOST_BYTES:
        raise BadInput(Message("文件应在 1 字节到 {limit} MB 之间。", limit=MOST_BYTES // 1024**2))
    row = repository.file(db, case_id) or CaseFile(case_id=case_id, name="", content=b"")
    row.name, row.content = name[:200], given
    db.add(row)
    db.flush()


def done(db: Session, actor: Actor) -> tuple[list[Done], Done | None]:
    """What was done last in the library, and what this person can take back first. Needs `PLAN_DELIVERY`."""
    return history(db, actor, _ROOM), last(db, actor, _ROOM)


def checked(facts: CaseFacts) -> CaseFacts:
    """The facts without stray blanks. Raises `BadInput` for what cannot be kept."""
    title, competency, scene, source = (" ".join(one.split()) for one in (facts.title, facts.competency, facts.scene, facts.source))
    tags = tuple(dict.fromkeys(one for each in facts.tags if (one := " ".join(each.split()))))
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput(Message("请写标题，最多 {limit} 个字。", limit=LONGEST_TITLE))
    for text, limit in ((facts.text, LONGEST_TEXT), (competency, LONGEST_WORD), (scene, LONGEST_WORD), (source, LONGEST_SOURCE)):
        if len(text) > limit:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text[:12], most=limit))
    if len(tags) > MOST_TAGS or any(len(one) > LONGEST_WORD for one in tags):
        raise BadInput(Message("标签最多 {most} 个，每个最多 {limit} 个字。", most=MOST_TAGS, limit=LONGEST_WORD))
    return CaseFacts(facts.kind, title, facts.text.strip(), tags, competency, scene, source)


def _seen(db: Session, actor: Actor, case_id: int, version: int) -> LibraryCase:
    require(actor, Right.PLAN_DELIVERY)
    row = repository.case(db, case_id)
    if row is None or row.removed_at is not None:
        raise NotFound(_GONE)
    if row.version != version:
        raise Conflict(Message("这一条刚被别人改过，您的改动没有保存。请看过最新的再改。"))
    return row


def _write(row: LibraryCase, facts: CaseFacts, actor: Actor) -> None:
    row.kind, row.title, row.text, row.tags = facts.kind, facts.title, facts.text, list(facts.tags)
    row.competency, row.scene, row.source = facts.competency, facts.scene, facts.source
    row.changed_by, row.changed_at = actor.name[:80], now()
