"""What themes give up when a document is deleted for good: names, reasons and facts that rules took from its words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.storage import Session
from core.strategy import repository as finding_rows
from core.strategy.findings import FindingKind
from core.strategy.letters import letters
from core.strategy.tables import FindingRow
from core.strategy.themes import repository
from core.strategy.themes.grouping import suggested_name

LONG_ENOUGH = 6
"""Shorter words than these stand in many documents."""

_UNNAMED = Message("待命名的主题")


@dataclass(frozen=True)
class Renamed:
    """A theme whose name went with a document, and what it is called now."""

    theme_id: int
    old: str
    new: str


def forget(db: Session, plan_id: int, document_id: int, gone: Sequence[FindingRow]) -> list[Renamed]:
    """Take the words of findings that are about to be deleted (`gone`) out of a plan's themes. What a person wrote stays.

    A name that a rule made of them is made anew of the findings that are left in the theme.
    """
    left: dict[int | None, list[FindingRow]] = {}
    rows = [row for row in finding_rows.findings(db, plan_id) if row.document_id != document_id]
    placed = {row.finding_id: row.theme_id for row in repository.members(db, [row.id or 0 for row in rows])}
    for row in rows:
        left.setdefault(placed.get(row.id or 0), []).append(row)
    renamed = []
    for theme in [*repository.themes(db, plan_id), *repository.removed(db, plan_id)]:
        members = left.get(theme.id, [])
        if _is_of(theme.name, theme.named_by, gone) and not _is_of(theme.name, theme.named_by, members):
            renamed.append(Renamed(theme.id or 0, theme.name, _name(members)))
            theme.name = renamed[-1].new
    _forget_history(db, plan_id, gone)
    _forget_reasons(db, plan_id, gone, rows)
    return renamed


def forget_facts(db: Session, document_id: int) -> None:
    """A branch's version of a clause stays; the words of the document that justified it go."""
    for row in repository.resting_on(db, document_id):
        row.fact_document_id, row.fact_quote, row.fact_heading = None, "", []


def _is_of(name: str, named_by: str, findings: Iterable[FindingRow]) -> bool:
    """Whether a theme's name is a rule's, made of the words of one of these findings."""
    name = letters(name)
    return bool(named_by) and any(name in letters(words) for row in findings for words in (row.text, row.quote, *row.heading))


def _name(members: Sequence[FindingRow]) -> str:
    seed = next((row for row in members if row.kind is FindingKind.THEME), members[0] if members else None)
    return suggested_name(seed.text) if seed is not None else _UNNAMED.render("zh")


def _forget_history(db: Session, plan_id: int, gone: Sequence[FindingRow]) -> None:
    """What would bring a name of these words back cannot be taken back any more."""
    for change in repository.changes_of_themes(db, plan_id):
        if change.effect_id is None and any(
            _is_of(words["name"], words["named_by"], gone) for words in (change.before, change.after) if words
        ):
            db.delete(change)


def _forget_reasons(db: Session, plan_id: int, gone: Sequence[FindingRow], left: Sequence[FindingRow]) -> None:
    """Links between themes stay; why a rule or a model suggested them goes where it names the words."""
    words = _words(gone) - _words(left)

    def told(why: object) -> bool:
        said = letters(json.dumps(why, ensure_ascii=False)) if why else ""
        return any(word in said for word in words)

    for link in repository.links(db, plan_id):
        if told(link.why):
            link.why = None
    for change in repository.changes_of_themes(db, plan_id):
        if change.effect_id is not None:
            change.before = {**change.before, "why": None} if change.before and told(change.before["why"]) else change.before
            change.after = {**change.after, "why": None} if change.after and told(change.after["why"]) else change.after


def _words(rows: Collection[FindingRow]) -> set[str]:
    metrics = {letters(row.metric) for row in rows if row.metric}
    return metrics | {letters(word) for row in rows for word in (row.text, row.quote) if len(word) >= LONG_ENOUGH}
