"""How often search finds the passage that answers: R@1, R@5 and nDCG@10 by type of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import numpy as np

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents.answers.followup import full_question
from core.documents.search import search
from tests.evals.labels import Question
from tests.evals.library import Library, place
from tests.evals.matching import Place, holds, locate
from tests.evals.measures import Estimate, gain, ranks, recall
from tests.evals.report import Table, by_type

DEPTH = 10
Found = dict[str, tuple[int | None, ...]]


def measure(library: Library, questions: Sequence[Question]) -> tuple[Table, Found]:
    """The product's search on the answerable questions, follow-ups made whole first. Also the ranks by question id."""
    asked = [question for question in questions if question.answerable]
    seconds: list[float] = []

    def find(question: Question) -> list[Place]:
        began = perf_counter()
        with library.instance.database.reading() as db:
            hits = search(db, library.instance.index, LOCAL_ADMINISTRATOR, full_question(question.query, question.earlier), DEPTH)
        seconds.append(perf_counter() - began)
        return [place(hit) for hit in hits]

    if asked:
        find(asked[0])
        seconds.clear()
    found = rank_all(asked, find, library.texts)
    lost = [question.id for question in asked for group in question.groups if all(locate(gold, library.texts) is None for gold in group)]
    remarks = [f"search p50 {_ms(seconds, 50)} ms, p95 {_ms(seconds, 95)} ms"]
    if lost:
        remarks.append(f"no label stands in the extracted text: {len(lost)} questions" + _dev_only(lost, asked))
    return Table("search", figures(asked, found), tuple(remarks)), found


def rank_all(questions: Sequence[Question], find: Callable[[Question], Sequence[Place]], texts: Mapping[str, str]) -> Found:
    """The ranks of the labelled places among what `find` gives, by question id."""
    return {question.id: ranks(question, find(question), lambda spot, gold: holds(spot, gold, texts)) for question in questions}


def figures(questions: Sequence[Question], found: Found) -> dict[str, dict[str, Estimate]]:
    """The retrieval measures of `found`, by split and type."""
    return by_type(
        questions,
        {
            "R@1": lambda question: recall(found[question.id], 1),
            "R@5": lambda question: recall(found[question.id], 5),
            "nDCG@10": lambda question: gain(found[question.id]),
        },
    )


def misses(questions: Sequence[Question], found: Found) -> list[str]:
    """The dev questions that the first five passages do not answer in full. Those of the test half are never named."""
    return [
        f"{question.id}  {question.query}  {found[question.id]}"
        for question in questions
        if question.split == "dev" and question.answerable and recall(found[question.id], 5) < 1
    ]


def _dev_only(ids: Sequence[str], questions: Sequence[Question]) -> str:
    named = [question.id for question in questions if question.split == "dev" and question.id in ids]
    return f" ({', '.join(named)})" if named else ""


def _ms(seconds: Sequence[float], percentile: int) -> str:
    return f"{1000 * float(np.percentile(seconds, percentile)):.1f}" if seconds else "–"
