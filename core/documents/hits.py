"""What a search hands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A passage that answers a search. `text` is the document's extracted text from `start` to `end`, to the letter.

    `score` is the fused rank score, 0 to 1, comparable within one search only. `dense` is the cosine between question and passage (None
    without a dense model) and `lexical` the BM25 score: both are comparable between searches over the same library.
    """

    passage_id: int
    document_id: int
    document: str
    title: str
    page: int
    page_label: str
    heading: tuple[str, ...]
    context: str
    start: int
    end: int
    text: str
    score: float
    dense: float | None
    lexical: float
