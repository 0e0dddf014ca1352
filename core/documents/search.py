"""Searching the library as a person may: which passages answer a question, and what headings there are to ask about."""

from __future__ import annotations

from collections.abc import Sequence

from core.access.actor import Actor, Right, require
from core.documents import repository
from core.documents.hits import Hit
from core.documents.index import Index
from core.documents.ranking import Ranked, rank
from core.documents.repository import PlacedPassage
from core.storage import Session


def search(
    db: Session, index: Index, actor: Actor, question: str, count: int = 5, *, superseded: bool = False, chosen: Sequence[int] = ()
) -> list[Hit]:
    """The best `count` passages for `question` among the documents the actor may see, best first.

    `superseded` looks into older editions too; `chosen` narrows the search to these document ids.
    """
    require(actor, Right.READ_LIBRARY)
    documents = repository.searchable(db, actor, superseded=superseded, chosen=chosen)
    if not question.strip() or not documents:
        return []
    index.follow(repository.stamp(db).generation)
    ranked = rank(question, index, documents, count)
    placed = repository.placed(db, [one.passage_id for one in ranked])
    return [_hit(one, placed[one.passage_id]) for one in ranked if one.passage_id in placed]


def headings(db: Session, actor: Actor) -> list[tuple[str, ...]]:
    """The heading paths of everything the actor can search, in reading order, for suggested questions."""
    require(actor, Right.READ_LIBRARY)
    return [path for _, path in repository.headings(db, repository.searchable(db, actor, superseded=False)) if path]


def titles(db: Session, actor: Actor) -> list[str]:
    """The titles of everything the actor can search."""
    require(actor, Right.READ_LIBRARY)
    return repository.titles(db, repository.searchable(db, actor, superseded=False))


def _hit(one: Ranked, passage: PlacedPassage) -> Hit:
    return Hit(
        passage_id=one.passage_id,
        document_id=passage.document_id,
        document=passage.file_name,
        title=passage.title,
        page=passage.page,
        page_label=passage.page_label,
        heading=passage.heading,
        context=passage.context,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=one.score,
        dense=one.dense,
        lexical=one.lexical,
    )
