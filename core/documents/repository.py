"""All queries on the library. Every query that a person's page or search rests on takes the actor and reads only what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified, set_committed_value
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.access.actor import Actor
from core.documents.chunks import Passage
from core.documents.tables import Document, DocumentReader, DocumentText, IndexStamp, IndexState, Interview, PassageRow

_MANY = 500


@dataclass(frozen=True)
class PlacedPassage:
    """A passage with its document's names and its own words."""

    passage_id: int
    document_id: int
    file_name: str
    title: str
    start: int
    end: int
    page: int
    page_label: str
    heading: tuple[str, ...]
    context: str
    text: str


def _seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    roles = [role.value for role in actor.roles]
    return sa.exists().where(col(DocumentReader.document_id) == col(Document.id), col(DocumentReader.role).in_(roles))


def _visible(actor: Actor) -> SelectOfScalar[Document]:
    return select(Document).where(col(Document.removed_at).is_(None), _seen_by(actor))


def documents(db: Session, actor: Actor) -> list[Document]:
    """Every document the actor may see, newest first, all editions."""
    return list(db.exec(_visible(actor).order_by(col(Document.added_at).desc(), col(Document.id).desc())))


def being_read(db: Session, actor: Actor) -> list[Document]:
    """The documents the actor may see that are on their way into the search, newest first."""
    states = (IndexState.WAITING, IndexState.PARSING, IndexState.INDEXING)
    return list(db.exec(_visible(actor).where(col(Document.state).in_(states)).order_by(col(Document.id).desc())))


def document(db: Session, actor: Actor, document_id: int) -> Document | None:
    """One document, if the actor may see it."""
    return db.exec(_visible(actor).where(Document.id == document_id)).first()


def visible(db: Session, actor: Actor, document_ids: Sequence[int]) -> list[int]:
    """Those of these documents that the actor may see."""
    chosen = select(Document.id).where(col(Document.id).in_(document_ids), col(Document.removed_at).is_(None), _seen_by(actor))
    return [document_id for document_id in db.exec(chosen) if document_id is not None]


def removed(db: Session, actor: Actor) -> list[Document]:
    """The documents that were removed and can still come back, last removed first."""
    chosen = select(Document).where(col(Document.removed_at).is_not(None), _seen_by(actor))
    return list(db.exec(chosen.order_by(col(Document.removed_at).desc())))


def removed_document(db: Session, actor: Actor, document_id: int) -> Document | None:
    """A removed document, if the actor may see it."""
    chosen = select(Document).where(col(Document.removed_at).is_not(None), _seen_by(actor), Document.id == document_id)
    return db.exec(chosen).first()


def editions(db: Session, actor: Actor, family: int) -> list[Document]:
    """All editions of a document that the actor may see, newest first."""
    return list(db.exec(_visible(actor).where(Document.family == family).order_by(col(Document.edition).desc())))


def searchable(db: Session, actor: Actor, *, superseded: bool, chosen: Sequence[int] = ()) -> list[int]:
    """The ids of the documents that a search of this actor may look into; `chosen` narrows them."""
    query = _visible(actor).where(Document.state == IndexState.READY)
    if not superseded:
        query = query.where(col(Document.current).is_(True))
    if chosen:
        query = query.where(col(Document.id).in_(chosen))
    ids = db.connection().execute(query.with_only_columns(col(Document.id))).scalars()
    return [document_id for document_id in ids if document_id is not None]


def readers(db: Session, document_ids: Sequence[int]) -> dict[int, list[str]]:
    """The roles that may see each document."""
    found: dict[int, list[str]] = {document_id: [] for document_id in document_ids}
    chosen = select(DocumentReader.document_id, DocumentReader.role)
    # Thousands of ids in a condition cost more than reading the whole narrow table.
    if len(found) < _MANY:
        chosen = chosen.where(col(DocumentReader.document_id).in_(document_ids))
    for document_id, role in db.exec(chosen):
        if document_id in found:
            found[document_id].append(role)
    return found


def set_readers(db: Session, document_id: int, roles: Iterable[str]) -> None:
    """Replace the roles that may see a document."""
    db.connection().execute(sa.delete(DocumentReader).where(col(DocumentReader.document_id) == document_id))
    db.add_all([DocumentReader(document_id=document_id, role=role) for role in sorted(set(roles))])


def same_content(db: Session, sha256: str) -> list[Document]:
    """All documents, removed ones too, with this content."""
    return list(db.exec(select(Document).where(Document.sha256 == sha256).order_by(col(Document.id).desc())))


def newest_named(db: Session, file_name: str, kind: str, *, sample: bool) -> Document | None:
    """The newest edition of the document of this kind with this file name, within the sample branch or outside it."""
    # The database folds both: it knows fewer letters than Python does.
    chosen = select(Document).where(
        sa.func.lower(col(Document.file_name)) == sa.func.lower(file_name),
        Document.kind == kind,
        col(Document.sample).is_(sample),
        col(Document.removed_at).is_(None),
    )
    return db.exec(chosen.order_by(col(Document.edition).desc(), col(Document.id).desc())).first()


def last_edition(db: Session, family: int) -> int:
    """The highest edition number of a family, removed ones included."""
    return db.exec(select(sa.func.max(Document.edition)).where(Document.family == family)).one() or 0


def note(db: Session, row: Document, **values: Any) -> None:
    """Write down what the product itself found out or does. It is no edit: a person who is changing the document meets no conflict."""
    db.flush()
    db.connection().execute(sa.update(Document).where(col(Document.id) == row.id).values(**values))
    for name, value in values.items():
        set_committed_value(row, name, value)


def mark_edited(row: Document) -> None:
    """A person has edited the document, if only who may see it, which is kept in another table: the next editor must meet a conflict."""
    flag_modified(row, "title")


def family_members(db: Session, family: int) -> list[Document]:
    """All editions of a document, oldest first, removed ones too."""
    return list(db.exec(select(Document).where(Document.family == family).order_by(col(Document.edition), col(Document.id))))


def make_newest_current(db: Session, family: int) -> None:
    """The newest edition that is ready and not removed is the current one, and no other."""
    members = family_members(db, family)
    ready = [row for row in members if row.removed_at is None and row.state is IndexState.READY]
    waiting = [row for row in members if row.removed_at is None]
    newest = max(ready or waiting, key=lambda row: row.edition, default=None)
    for row in members:
        if row.current is not (row is newest):
            note(db, row, current=row is newest)


def by_id(db: Session, document_id: int) -> Document | None:
    """One document, whoever asks (background work)."""
    return db.get(Document, document_id)


def some(db: Session, document_ids: Iterable[int]) -> list[Document]:
    """Several documents, whoever asks: for those who know already which of them the actor may see."""
    return list(db.exec(select(Document).where(col(Document.id).in_(sorted(document_ids))).order_by(col(Document.id))))


def in_state(db: Session, states: Sequence[IndexState]) -> list[Document]:
    """The documents in these states that were not removed."""
    return list(db.exec(select(Document).where(col(Document.state).in_(states), col(Document.removed_at).is_(None))))


def samples(db: Session) -> list[Document]:
    """The documents of the sample branch, removed ones too."""
    return list(db.exec(select(Document).where(col(Document.sample).is_(True))))


def removed_before(db: Session, moment: datetime) -> list[Document]:
    """The documents that were removed before `moment`."""
    return list(db.exec(select(Document).where(col(Document.removed_at) < moment)))


def uses_of_content(db: Session, sha256: str) -> int:
    """How many documents, removed ones too, share a stored file."""
    return db.exec(select(sa.func.count()).select_from(Document).where(Document.sha256 == sha256)).one()


def contents(db: Session) -> frozenset[str]:
    """The hashes of the stored files that documents have, removed ones too."""
    return frozenset(db.exec(select(Document.sha256)))


def text(db: Session, document_id: int) -> DocumentText | None:
    """A document's text and packed structure."""
    return db.get(DocumentText, document_id)


def beginnings(db: Session, document_ids: Sequence[int], length: int) -> Iterator[tuple[int, bytes]]:
    """The first bytes of these documents' packed structures."""
    first = sa.func.substr(col(DocumentText.structure), 1, length, type_=sa.LargeBinary)
    for start in range(0, len(document_ids), _MANY):
        some = document_ids[start : start + _MANY]
        rows = db.execute(sa.select(col(DocumentText.document_id), first).where(col(DocumentText.document_id).in_(some)))
        yield from ((row[0], row[1]) for row in rows)


def save_text(db: Session, row: DocumentText, passages: Iterable[Passage], labels: Mapping[int, str]) -> None:
    """Store a document's text and passages in place of those it had; `labels` names its pages by number."""
    db.connection().execute(sa.delete(PassageRow).where(col(PassageRow.document_id) == row.document_id))
    db.merge(row)
    db.add_all(
        PassageRow(
            document_id=row.document_id,
            ordinal=passage.ordinal,
            start=passage.start,
            end=passage.end,
            page=passage.page,
            page_label=labels[passage.page],
            heading=list(passage.heading),
            context=passage.context,
        )
        for passage in passages
    )
    db.flush()


def passage_rows(db: Session, document_id: int) -> list[PassageRow]:
    """A document's passages in order."""
    return list(db.exec(select(PassageRow).where(PassageRow.document_id == document_id).order_by(col(PassageRow.ordinal))))


def passage_ids(db: Session, document_id: int) -> set[int]:
    """The numbers of a document's passages."""
    return {number for number in db.exec(select(PassageRow.id).where(PassageRow.document_id == document_id)) if number is not None}


def placed(db: Session, passage_ids: Sequence[int]) -> dict[int, PlacedPassage]:
    """Passages with their words and documents, by id."""
    length = col(PassageRow.end) - col(PassageRow.start)
    words = sa.func.substr(col(DocumentText.text), col(PassageRow.start) + 1, length)
    chosen = (
        sa.select(PassageRow, col(Document.file_name), col(Document.title), words)
        .join(Document, col(Document.id) == col(PassageRow.document_id))
        .join(DocumentText, col(DocumentText.document_id) == col(PassageRow.document_id))
        .where(col(PassageRow.id).in_(passage_ids))
    )
    return {row.id: _placed(row, file_name, title, text) for row, file_name, title, text in db.execute(chosen)}


def _placed(row: PassageRow, file_name: str, title: str, text: str) -> PlacedPassage:
    assert row.id is not None
    heading = tuple(row.heading)
    return PlacedPassage(
        row.id, row.document_id, file_name, title, row.start, row.end, row.page, row.page_label, heading, row.context, text
    )


def indexed_texts(db: Session) -> Iterator[tuple[int, int, str]]:
    """`(passage id, document id, text as the index sees it)` of every ready document that was not removed."""
    ready = select(Document.id).where(Document.state == IndexState.READY, col(Document.removed_at).is_(None))
    for document_id in list(db.exec(ready.order_by(col(Document.id)))):
        stored = db.get(DocumentText, document_id)
        if stored is None or document_id is None:
            continue
        for row in passage_rows(db, document_id):
            assert row.id is not None
            yield row.id, document_id, as_passage(row).indexed(stored.text)
        db.expunge(stored)


def as_passage(row: PassageRow) -> Passage:
    """A stored passage as the value that parsing made."""
    return Passage(row.ordinal, row.start, row.end, row.page, tuple(row.heading), row.context)


def headings(db: Session, document_ids: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
    """The distinct heading paths of documents, in reading order."""
    chosen = select(PassageRow.document_id, PassageRow.heading).where(col(PassageRow.document_id).in_(document_ids))
    rows = db.exec(chosen.order_by(col(PassageRow.document_id), col(PassageRow.ordinal)))
    return list(dict.fromkeys((document_id, tuple(heading)) for document_id, heading in rows))


def titles(db: Session, document_ids: Sequence[int]) -> list[str]:
    """The titles of documents."""
    return list(db.exec(select(Document.title).where(col(Document.id).in_(document_ids)).order_by(col(Document.id))))


def delete_text(db: Session, document_id: int) -> None:
    """Delete a document's text and passages."""
    for table in (PassageRow, DocumentText):
        db.connection().execute(sa.delete(table).where(col(table.document_id) == document_id))


def delete(db: Session, row: Document) -> None:
    """Delete a document with all that belongs to it."""
    assert row.id is not None
    delete_text(db, row.id)
    for table in (DocumentReader, Interview):
        db.connection().execute(sa.delete(table).where(col(table.document_id) == row.id))
    db.delete(row)
    db.flush()


def interview(db: Session, document_id: int) -> Interview | None:
    """The interview record behind a document."""
    return db.get(Interview, document_id)


def interviews(db: Session, document_ids: Sequence[int]) -> list[Interview]:
    """The interview records behind these documents, the latest talk first."""
    chosen = select(Interview).where(col(Interview.document_id).in_(document_ids))
    return list(db.exec(chosen.order_by(col(Interview.held_on).desc(), col(Interview.document_id).desc())))


def stamp(db: Session) -> IndexStamp:
    """What the index stands at."""
    return db.get(IndexStamp, 1) or IndexStamp()


def next_generation(db: Session, **changes: Any) -> int:
    """The index has changed: the number all readers compare, grown by one. `changes` go into the same row."""
    row = db.merge(stamp(db))
    row.generation += 1
    for name, value in changes.items():
        setattr(row, name, value)
    db.flush()
    return row.generation


def set_lexical_generation(db: Session, generation: int) -> None:
    """BM25 was built for this generation."""
    row = db.merge(stamp(db))
    row.lexical_generation = generation
    db.flush()
