"""What ideas and projects give up when a document is deleted for good, so that none of its words outlive it."""

from __future__ import annotations

from collections.abc import Collection

from core.projects import repository
from core.projects.tables import Project
from core.storage import Session
from core.strategy import repository as finding_rows
from core.strategy.ideas import repository as idea_rows
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import Author, Source

# Shorter words than these stand in many documents.
_LONG_ENOUGH = 6


def forget(db: Session, document_id: int) -> None:
    """Take the words of a document that is about to be deleted out of every plan's ideas and projects, and out of their history.

    A purpose that a rule or a model wrote goes, and one that a person wrote if it quotes the document; the person writes it anew.
    """
    gone = finding_rows.anywhere_in(db, document_id)
    words = {word for row in gone for word in (row.text, row.quote) if len(word) >= _LONG_ENOUGH}
    ids = {row.id or 0 for row in gone}
    plans = {row.plan_id for row in gone}
    touched = [row for plan in plans for row in idea_rows.ideas(db, plan) if _rests_on(row, ids)]
    for idea in touched:
        _strip(idea, ids, words)
        idea.urgency_why, idea.kind_why = [], []
        if idea.source is not Source.PERSON:
            idea.competencies = []
    idea_rows.forget_changes(db, [row.id or 0 for row in touched])
    for plan in plans:
        for project in repository.all_projects(db, plan):
            if _rests_on(project, ids):
                _strip(project, ids, words)


def _rests_on(row: IdeaRow | Project, ids: Collection[int]) -> bool:
    return not {*row.finding_ids, *row.rests_on}.isdisjoint(ids)


def _strip(row: IdeaRow | Project, ids: Collection[int], words: Collection[str]) -> None:
    row.finding_ids = [one for one in row.finding_ids if one not in ids]
    row.rests_on = [one for one in row.rests_on if one not in ids]
    if row.purpose_author is not Author.PERSON or any(word in row.purpose for word in words):
        row.purpose = ""
