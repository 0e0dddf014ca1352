"""Rows of the library: documents, their text, their passages."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum


class DocumentKind(StrEnum):
    """What a document is to the planner."""

    HQ = "hq"
    BRANCH = "branch"
    POLICY = "policy"
    INTERVIEW = "interview"
    APPRAISAL = "appraisal"


class IndexState(StrEnum):
    """How far a document is on its way into the search."""

    WAITING = "waiting"
    PARSING = "parsing"
    INDEXING = "indexing"
    READY = "ready"
    FAILED = "failed"
    STOPPED = "stopped"


_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Document(SQLModel, table=True):
    """One version of one document. Versions of the same document share `family`; the newest alone is `current`."""

    __mapper_args__ = {"version_id_col": _VERSION}
    # The number of a deleted document is never given to another: links, jobs and the log would mean the wrong one.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    family: int = Field(default=0, index=True)
    edition: int = Field(default=1, description="1 for the first version of the family")
    current: bool = Field(default=True, index=True)
    title: str = Field(max_length=300)
    file_name: str = Field(max_length=300)
    kind: DocumentKind = Field(sa_type=stored_enum(DocumentKind))
    file_type: str = Field(default="", max_length=12)
    sha256: str = Field(max_length=64, index=True)
    size: int = Field(description="bytes")
    state: IndexState = Field(default=IndexState.WAITING, sa_type=stored_enum(IndexState))
    error: list[object] | None = Field(default=None, sa_type=JsonText)
    language: str = Field(default="", max_length=8)
    pages: int = 0
    scanned_pages: int = 0
    characters: int = 0
    passages: int = 0
    fingerprint: str = Field(default="", max_length=64, description="of the extracted text and structure; empty before 0005")
    dated: date | None = Field(default=None, description="the day it was written, where somebody said so; its text may say it too")
    sample: bool = False
    added_by: int | None = None
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    version: int | None = Field(default=None, sa_column=_VERSION)


class DocumentReader(SQLModel, table=True):
    """One role that may see a document. A row per role, so that a query can filter before anything is ranked."""

    __tablename__ = "document_reader"

    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    role: str = Field(primary_key=True, max_length=16)


class DocumentText(SQLModel, table=True):
    """The extracted text and, packed, its structure. Every offset of the product counts characters of `text`."""

    __tablename__ = "document_text"

    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    text: str = Field(sa_type=sa.Text)
    structure: bytes = Field(sa_type=sa.LargeBinary)


class PassageRow(SQLModel, table=True):
    """A passage: `text[start:end]` of its document, on `page`, under `heading`."""

    __tablename__ = "passage"
    # A passage's number is its vector's: a number given twice would give new words an old vector.
    __table_args__ = (
        sa.UniqueConstraint("document_id", "ordinal", name="uq_passage_document_ordinal"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    ordinal: int
    start: int
    end: int
    page: int
    page_label: str = Field(default="", max_length=120)
    heading: list[str] = Field(default_factory=list, sa_type=JsonText)
    context: str = Field(default="", sa_type=sa.Text)


class Interview(SQLModel, table=True):
    """What was typed into the interview form; its text is a document like any other."""

    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    person: str = Field(max_length=80)
    role: str = Field(max_length=120)
    held_on: date
    notes: str = Field(sa_type=sa.Text)
    quotes: list[str] = Field(default_factory=list, sa_type=JsonText)


class IndexStamp(SQLModel, table=True):
    """A single row: what built the index, and a number that grows with every change, so that other processes reopen it."""

    __tablename__ = "index_stamp"

    id: int = Field(default=1, primary_key=True)
    embedder: str = Field(default="", max_length=200)
    generation: int = 0
    lexical_generation: int = Field(default=0, description="the generation that BM25 was last built for")
