"""The strategy assistant's memory: each person's conversations within a plan, and the evidence that a plan keeps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.assistant import repository
from core.assistant.asking import checked
from core.assistant.tables import Conversation, Evidence, Turn
from core.documents import service as library
from core.documents.answers.answer import Answer, Citation
from core.documents.tables import Document
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now

Place = tuple[int, int, int]

_TITLE = 30
_JUST_NOW = timedelta(minutes=10)
_GONE = Message("没有找到这个对话，它可能已被删除。")
_WITHHELD = Message("这条回答引用过的文件已被移除，或不再对您开放，相关内容不再显示。")


@dataclass(frozen=True)
class Exchange:
    """A question and its answer, as they were."""

    turn_id: int
    question: str
    full_question: str
    answer: Answer


@dataclass(frozen=True)
class Begun:
    """A question that has no answer (yet): which turn of which conversation it is, and since when it waits."""

    turn_id: int
    conversation_id: int
    question: str
    asked_at: datetime


@dataclass(frozen=True)
class Kept:
    """A piece of evidence and the document it stands in."""

    evidence: Evidence
    document: Document


def plan_of(db: Session, actor: Actor, conversation_id: int) -> int | None:
    """The plan of one of the actor's own conversations; None for any other."""
    row = repository.conversation(db, _account(actor), conversation_id)
    return row.plan_id if row is not None and plans.readable(db, actor, row.plan_id) else None


def conversations(db: Session, actor: Actor, plan_id: int) -> list[Conversation]:
    """The actor's own conversations within a plan, last used first."""
    return repository.conversations(db, _account(actor), plan_id)


def exchanges(db: Session, actor: Actor, conversation_id: int) -> list[Exchange]:
    """What was said in one of the actor's conversations, without what rests on documents that they may no longer see. Raises `NotFound`."""
    _own(db, actor, conversation_id)
    said = [_exchange(row) for row in repository.turns(db, conversation_id) if row.answer]
    cited = {citation.document_id for exchange in said for citation in exchange.answer.citations}
    seen = library.visible(db, actor, cited)
    return [
        exchange if seen.issuperset(c.document_id for c in exchange.answer.citations) else _withheld(exchange, seen) for exchange in said
    ]


def unanswered(db: Session, actor: Actor, conversation_id: int) -> list[Begun]:
    """The questions in a conversation of the actor's that have no answer: it is on its way, was stopped, or failed. Raises `NotFound`."""
    _own(db, actor, conversation_id)
    return [_begun(row) for row in repository.turns(db, conversation_id) if not row.answer]


def left_open(db: Session, actor: Actor, plan_id: int) -> int | None:
    """The conversation of the actor's newest question without an answer, if it was asked just now: the page was left in its middle."""
    for conversation in repository.conversations(db, _account(actor), plan_id)[:1]:
        for row in repository.turns(db, conversation.id or 0)[-1:]:
            if not row.answer and now() - row.created_at < _JUST_NOW:
                return conversation.id
    return None


def begin(db: Session, actor: Actor, plan_id: int, conversation_id: int | None, question: str) -> Begun:
    """Store a question before it is answered, in a new conversation if there is none yet: whatever becomes of the page, it is not lost.

    Raises `BadInput` for no question or far too much of one, `NotFound`.
    """
    question = checked(question)
    plans.find(db, actor, plan_id)
    if conversation_id is None:
        conversation = Conversation(account_id=_account(actor), plan_id=plan_id, title=_title(question))
        db.add(conversation)
        db.flush()
    else:
        conversation = _own(db, actor, conversation_id)
        if conversation.plan_id != plan_id:
            raise NotFound(_GONE)
        conversation.updated_at = now()
    assert conversation.id is not None
    row = Turn(conversation_id=conversation.id, question=question)
    db.add(row)
    db.flush()
    return _begun(row)


def finish(db: Session, actor: Actor, begun: Begun, full_question: str, answer: Answer) -> None:
    """Store the answer to a question that was begun; one that has got an answer meanwhile keeps it. Raises `NotFound`."""
    row = _own_turn(db, actor, begun)
    if row.answer:
        return
    row.full_question, row.answer = full_question, answer.to_json()
    for document_id in sorted({citation.document_id for citation in answer.citations}):
        record(db, actor, "document_cited", "document", document_id)


def keep_exchange(
    db: Session, actor: Actor, plan_id: int, conversation_id: int | None, question: str, full_question: str, answer: Answer
) -> int:
    """Store a question with its answer, in a new conversation if there is none yet. Returns the conversation's id."""
    begun = begin(db, actor, plan_id, conversation_id, question)
    finish(db, actor, begun, full_question, answer)
    return begun.conversation_id


def waited(begun: Begun) -> timedelta:
    """For how long a question has been without an answer."""
    return now() - begun.asked_at


def is_answered(db: Session, actor: Actor, begun: Begun) -> bool:
    """Whether a question has its answer now. Raises `NotFound`."""
    return bool(_own_turn(db, actor, begun).answer)


def let_go(db: Session, actor: Actor, begun: Begun) -> None:
    """Take back a question that has no answer, and its conversation where nothing else stands in it. Raises `NotFound`."""
    row = _own_turn(db, actor, begun)
    if row.answer:
        return
    db.delete(row)
    db.flush()
    if not repository.turns(db, begun.conversation_id):
        db.delete(_own(db, actor, begun.conversation_id))


def rename(db: Session, actor: Actor, conversation_id: int, title: str) -> None:
    """Give a conversation another title. Raises `NotFound`, `BadInput`."""
    conversation = _own(db, actor, conversation_id)
    if not title.strip():
        raise BadInput(Message("标题不能为空。"))
    conversation.title = title.strip()[:120]


def delete(db: Session, actor: Actor, conversation_id: int) -> None:
    """Delete a conversation. Raises `NotFound`."""
    db.delete(_own(db, actor, conversation_id))


def keep(db: Session, actor: Actor, plan_id: int, citation: Citation, *, question: str, statement: str, made_by: str) -> bool:
    """Keep a cited passage as evidence of the plan; False when the plan has that passage already.

    The quote is read again from the document, so that what is kept is verbatim whatever the caller held.
    """
    require(actor, Right.KEEP_EVIDENCE)
    plans.find(db, actor, plan_id)
    opened = library.open_document(db, actor, citation.document_id)
    if opened.parsed is None or not _is_verbatim(citation, opened.parsed.text):
        raise BadInput(Message("《{title}》的文本已经更新，这段引文与现在的文本不一致。请重新提问后再保存。", title=citation.title))
    if repository.same_evidence(db, plan_id, citation.document_id, citation.start, citation.end):
        return False
    row = Evidence(
        plan_id=plan_id,
        document_id=citation.document_id,
        start=citation.start,
        end=citation.end,
        page=citation.page,
        heading=list(citation.heading),
        quote=citation.quote,
        question=question,
        statement=statement,
        made_by=made_by,
        kept_by=actor.account_id,
    )
    db.add(row)
    db.flush()
    record(db, actor, "evidence_kept", "evidence", row.id, document=citation.document_id)
    return True


def keep_answer(
    db: Session, actor: Actor, plan_id: int, answer: Answer, question: str, citations: Collection[int] | None = None
) -> tuple[int, int]:
    """Keep an answer's citations, all or those with these numbers, each with the claims that rest on it.

    Returns how many were kept and how many the plan had already. Raises like `keep`; then nothing is kept.
    """
    wanted = [one for one in answer.citations if citations is None or one.number in citations]
    fresh = 0
    for one in wanted:
        statement = "\n".join(claim.text for claim in answer.claims if one.number in claim.citations)
        fresh += keep(db, actor, plan_id, one, question=question, statement=statement, made_by=answer.made_by)
    return fresh, len(wanted) - fresh


def kept_places(db: Session, actor: Actor, plan_id: int) -> frozenset[Place]:
    """Where the passages stand that the plan has kept: document, start, end. For telling what is kept already, not for showing."""
    require(actor, Right.READ_LIBRARY)
    return frozenset(repository.kept_places(db, plan_id))


def place_of(citation: Citation) -> Place:
    """A citation's place, comparable with `kept_places`."""
    return (citation.document_id, citation.start, citation.end)


def evidence(db: Session, actor: Actor, plan_id: int, limit: int | None = None) -> list[Kept]:
    """What the plan has kept, of the documents the actor may see, last first; at most `limit`."""
    require(actor, Right.READ_LIBRARY)
    return [Kept(row, document) for row, document in repository.evidence(db, actor, plan_id, limit)]


def drop_evidence(db: Session, actor: Actor, evidence_id: int) -> None:
    """Take a piece of evidence away again. Raises `NotFound`."""
    require(actor, Right.KEEP_EVIDENCE)
    row = repository.evidence_by_id(db, evidence_id)
    if row is None:
        raise NotFound(Message("这条依据已经不在了。"))
    library.find(db, actor, row.document_id)
    record(db, actor, "evidence_dropped", "evidence", evidence_id, document=row.document_id)
    db.delete(row)


def _account(actor: Actor) -> int:
    require(actor, Right.ASK)
    if actor.account_id is None:
        raise BadInput(Message("对话只属于登录的用户；命令行请用 ask。"))
    return actor.account_id


def _own(db: Session, actor: Actor, conversation_id: int) -> Conversation:
    conversation = repository.conversation(db, _account(actor), conversation_id)
    if conversation is None:
        raise NotFound(_GONE)
    return conversation


def _own_turn(db: Session, actor: Actor, begun: Begun) -> Turn:
    _own(db, actor, begun.conversation_id)
    row = repository.turn(db, begun.conversation_id, begun.turn_id)
    if row is None:
        raise NotFound(Message("这个问题已不在对话里，回答没有保存。"))
    return row


def _begun(row: Turn) -> Begun:
    assert row.id is not None
    return Begun(row.id, row.conversation_id, row.question, row.created_at)


def _exchange(row: Turn) -> Exchange:
    assert row.id is not None
    return Exchange(row.id, row.question, row.full_question, Answer.from_json(row.answer))


def _is_verbatim(citation: Citation, text: str) -> bool:
    stands = 0 <= citation.start < citation.end <= len(text)
    return stands and bool(citation.quote.strip()) and text[citation.start : citation.end] == citation.quote


def _withheld(exchange: Exchange, seen: Collection[int]) -> Exchange:
    said = exchange.answer
    citations = tuple(citation for citation in said.citations if citation.document_id in seen)
    numbers = {citation.number for citation in citations}
    claims = tuple(claim for claim in said.claims if numbers.issuperset(claim.citations))
    used = {number for claim in claims for number in claim.citations}
    left = tuple(citation for citation in citations if citation.number in used)
    answer = replace(said, claims=claims, citations=left, notes=(*said.notes, _WITHHELD))
    return replace(exchange, answer=answer)


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _TITLE else line[:_TITLE] + "…"
