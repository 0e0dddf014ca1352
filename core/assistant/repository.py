"""Queries on conversations and evidence."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.access.actor import Actor
from core.assistant.tables import Conversation, Evidence, Turn
from core.documents.tables import Document, DocumentReader


def conversations(db: Session, account_id: int, plan_id: int) -> list[Conversation]:
    """A person's conversations within a plan, last used first."""
    chosen = select(Conversation).where(Conversation.account_id == account_id, Conversation.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(Conversation.updated_at).desc(), col(Conversation.id).desc())))


def conversation(db: Session, account_id: int, conversation_id: int) -> Conversation | None:
    """One of a person's own conversations."""
    chosen = select(Conversation).where(Conversation.account_id == account_id, Conversation.id == conversation_id)
    return db.exec(chosen).first()


def turns(db: Session, conversation_id: int) -> list[Turn]:
    """The questions and answers of a conversation, first first."""
    return list(db.exec(select(Turn).where(Turn.conversation_id == conversation_id).order_by(col(Turn.id))))


def turn(db: Session, conversation_id: int, turn_id: int) -> Turn | None:
    """One question with its answer."""
    return db.exec(select(Turn).where(Turn.conversation_id == conversation_id, Turn.id == turn_id)).first()


def evidence(db: Session, actor: Actor, plan_id: int, limit: int | None = None) -> list[tuple[Evidence, Document]]:
    """What was kept for a plan, last first, of the documents the actor may see; at most `limit`."""
    chosen = (
        select(Evidence, Document)
        .join(Document, col(Document.id) == col(Evidence.document_id))
        .where(Evidence.plan_id == plan_id, _shown_to(actor))
    )
    return list(db.exec(chosen.order_by(col(Evidence.id).desc()).limit(limit)))


def same_evidence(db: Session, plan_id: int, document_id: int, start: int, end: int) -> Evidence | None:
    """The piece of evidence for exactly this passage, if the plan has it already."""
    chosen = select(Evidence).where(
        Evidence.plan_id == plan_id, Evidence.document_id == document_id, Evidence.start == start, Evidence.end == end
    )
    return db.exec(chosen).first()


def kept_places(db: Session, plan_id: int) -> list[tuple[int, int, int]]:
    """Document, start and end of everything the plan has kept."""
    chosen = select(Evidence.document_id, Evidence.start, Evidence.end).where(Evidence.plan_id == plan_id)
    return [(document_id, start, end) for document_id, start, end in db.exec(chosen)]


def evidence_by_id(db: Session, evidence_id: int) -> Evidence | None:
    """One piece of evidence."""
    return db.get(Evidence, evidence_id)


def count_evidence(db: Session, actor: Actor, plan_ids: list[int]) -> dict[int, int]:
    """How many pieces of evidence each plan has, of those that the actor may see."""
    chosen = (
        select(Evidence.plan_id, sa.func.count())
        .join(Document, col(Document.id) == col(Evidence.document_id))
        .where(col(Evidence.plan_id).in_(plan_ids), _shown_to(actor))
        .group_by(col(Evidence.plan_id))
    )
    return {plan_id: number for plan_id, number in db.exec(chosen)}


def count_turns(db: Session, account_id: int, plan_ids: list[int]) -> dict[int, int]:
    """How many questions this person asked within each plan."""
    chosen = (
        select(Conversation.plan_id, sa.func.count())
        .join(Turn, col(Turn.conversation_id) == col(Conversation.id))
        .where(Conversation.account_id == account_id, col(Conversation.plan_id).in_(plan_ids))
        .group_by(col(Conversation.plan_id))
    )
    return {plan_id: number for plan_id, number in db.exec(chosen)}


def _shown_to(actor: Actor) -> sa.ColumnElement[bool]:
    roles = [role.value for role in actor.roles]
    may_see = sa.exists().where(col(DocumentReader.document_id) == col(Document.id), col(DocumentReader.role).in_(roles))
    return sa.and_(col(Document.removed_at).is_(None), may_see)
