"""One question, one answer: complete the question, search, then let the model or the extractive rules answer from what was found.

No transaction is held while anything is computed or a model is waited for: read, compute, and leave the writing to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.access.actor import Actor, Right, require
from core.documents import repository
from core.documents.answers.answer import Answer
from core.documents.answers.extractive import answer as extractive_answer
from core.documents.answers.followup import full_question
from core.documents.answers.model import rewrite_followup, stream_answer
from core.documents.hits import Hit
from core.documents.index import Index
from core.documents.indexing import unpack
from core.documents.parsed import ParsedDocument
from core.documents.search import search
from core.errors import BadInput
from core.i18n import Language, Message
from core.llm import model_of
from core.settings import Settings
from core.storage import Database

HITS = 12
LONGEST_QUESTION = 1000


@dataclass(frozen=True)
class Asked:
    """A question made whole, and the passages found for it."""

    question: str
    full: str
    hits: tuple[Hit, ...]


class Assistant:
    """Answers questions from one library."""

    def __init__(self, database: Database, index: Index, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._index = index
        self._settings = settings
        self._parsed = lru_cache(maxsize=32)(self._load)

    def ask(self, actor: Actor, question: str, earlier: Sequence[str] = ()) -> Answer:
        """The extractive answer, which needs no model. `earlier` are the conversation's questions so far, first first."""
        require(actor, Right.ASK)
        return self.extract(self._search(actor, question, full_question(checked(question), earlier)))

    def look_up(self, actor: Actor, question: str, earlier: Sequence[str] = ()) -> Asked:
        """A question made whole with the conversation's earlier ones, and the passages for it.

        Raises `BadInput` when there is no question or far too much of one.
        """
        require(actor, Right.ASK)
        full = full_question(checked(question), earlier)
        model = model_of(self._settings())
        if model is not None and earlier:
            full = rewrite_followup(checked(question), earlier, model, given=full)
        return self._search(actor, question, full)

    def extract(self, asked: Asked) -> Answer:
        """The answer that the found passages give by themselves."""
        index = self._index
        return extractive_answer(asked.full, asked.hits, index.lexical, index.embedder, self._document, index.sentence_vectors)

    def answer(self, asked: Asked, earlier: Sequence[str], language: Language) -> Iterator[str | Answer]:
        """The answer as it comes: pieces of Markdown from the model, if there is one, and at the end the `Answer` that counts."""
        model = model_of(self._settings())
        if model is None:
            yield self.extract(asked)
            return
        yield from stream_answer(asked.full, asked.hits, model, language=language, fallback=lambda: self.extract(asked), earlier=earlier)

    def _search(self, actor: Actor, question: str, full: str) -> Asked:
        with self._database.reading() as db:
            return Asked(question, full, tuple(search(db, self._index, actor, full, HITS)))

    def _document(self, document_id: int) -> ParsedDocument:
        with self._database.reading() as db:
            generation = repository.stamp(db).generation
        return self._parsed(document_id, generation)

    def _load(self, document_id: int, _generation: int) -> ParsedDocument:
        with self._database.reading() as db:
            stored = repository.text(db, document_id)
        assert stored is not None, "a hit always has a text"
        return unpack(stored.structure)


def checked(question: str) -> str:
    """The question without stray blanks. Raises `BadInput` when nothing is left or it is longer than a question can be."""
    question = question.strip()
    if not question:
        raise BadInput(Message("请输入一个问题。"))
    if len(question) > LONGEST_QUESTION:
        raise BadInput(Message("问题太长（{n} 字）。请缩短到 {limit} 字以内。", n=len(question), limit=LONGEST_QUESTION))
    return question
