"""What ideas, projects and checks give up when a document is deleted for good, so that none of its words outlive it."""

from __future__ import annotations

from collections.abc import Collection

from core.projects import repository
from core.projects.tables import Project
from core.storage import Session
from core.strategy import repository as finding_rows
from core.strategy.checking import repository as check_rows
from core.strategy.ideas import repository as idea_rows
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import Author, Source
from core.strategy.ideas.wording import LONGEST_NAME
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import forgetting as theme_words
from core.strategy.themes.forgetting import LONG_ENOUGH, Renamed


def forget(db: Session, document_id: int) -> None:
    """Take the words of a document that is about to be deleted out of every plan's themes, ideas and projects, and out of their history.

    What a rule or a model wrote goes; what a person wrote goes only if it is a purpose that quotes the document; the person writes it anew.
    """
    theme_words.forget_facts(db, document_id)
    gone = finding_rows.anywhere_in(db, document_id)
    _part_merged(db, {row.id or 0 for row in gone}, document_id)
    for plan_id in {row.plan_id for row in gone}:
        own = [row for row in gone if row.plan_id == plan_id]
        _forget_in(db, plan_id, own)
        for renamed in theme_words.forget(db, plan_id, document_id, own):
            _rename(db, plan_id, renamed)


def _part_merged(db: Session, gone: Collection[int], document_id: int) -> None:
    """What other documents say, merged into a finding that goes, is to be decided again: nothing else would show it to anybody."""
    for row in finding_rows.all_merged_into(db, gone):
        if row.document_id != document_id:
            row.state, row.merged_into = FindingState.PENDING, None
            row.decided_by, row.decided_at, row.precedent_id = None, None, None


def _forget_in(db: Session, plan_id: int, gone: Collection[FindingRow]) -> None:
    words = {word for row in gone for word in (row.text, row.quote) if len(word) >= LONG_ENOUGH}
    ids = {row.id or 0 for row in gone}
    everything = {idea.id: idea for idea in idea_rows.ideas(db, plan_id)}
    for project in [*repository.all_projects(db, plan_id), *repository.carried(db, plan_id)]:
        idea = everything.get(project.idea_id)
        if _rests_on(project, ids):
            if idea is None or idea.source is not Source.PERSON:
                project.competencies = _left(db, plan_id, project, gone)
            _strip(project, ids, words)
    touched = [idea for idea in everything.values() if _rests_on(idea, ids)]
    for idea in touched:
        _strip(idea, ids, words)
        idea.urgency_why, idea.kind_why = [], []
        if idea.source is not Source.PERSON:
            idea.competencies = []
    idea_rows.forget_changes(db, [row.id or 0 for row in touched])


def _rests_on(row: IdeaRow | Project, ids: Collection[int]) -> bool:
    return not {*row.finding_ids, *row.rests_on}.isdisjoint(ids)


def _left(db: Session, plan_id: int, project: Project, gone: Collection[FindingRow]) -> list[str]:
    """The abilities of a project without those that only findings which go had named."""
    staying = {*project.finding_ids, *project.rests_on} - {row.id or 0 for row in gone}
    named = {name for row in finding_rows.findings(db, plan_id, staying) for name in row.competencies}
    lost = {name for row in gone for name in row.competencies} - named
    return [name for name in project.competencies if name not in lost]


def _strip(row: IdeaRow | Project, ids: Collection[int], words: Collection[str]) -> None:
    row.finding_ids = [one for one in row.finding_ids if one not in ids]
    row.rests_on = [one for one in row.rests_on if one not in ids]
    if row.purpose_author is not Author.PERSON or any(word in row.purpose for word in words):
        row.purpose = ""


def _rename(db: Session, plan_id: int, renamed: Renamed) -> None:
    """What the rules made of a theme's name follows it."""
    touched = []
    for idea in idea_rows.ideas(db, plan_id):
        if idea.theme_id != renamed.theme_id:
            continue
        touched.append(idea.id or 0)
        rows: list[IdeaRow | Project] = [idea, *repository.of_ideas(db, [idea.id or 0])]
        if idea.origin is not Author.PERSON and "name" not in idea.edited:
            for row in [row for row in rows if row.name == idea.name]:
                row.name = _put(row.name, renamed)[:LONGEST_NAME]
        for row in rows:
            if row.purpose_author is not Author.PERSON:
                row.purpose = _put(row.purpose, renamed)
    idea_rows.forget_changes(db, touched)
    check_rows.rename_theme(db, renamed.theme_id, renamed.old, renamed.new)


def _put(text: str, renamed: Renamed) -> str:
    """A text with the theme's new name; a long name may have been cut off at the end."""
    at = text.find(renamed.old[:LONG_ENOUGH])
    if renamed.old in text or at < 0:
        return text.replace(renamed.old, renamed.new)
    return text[:at] + renamed.new
