"""How often the assistant answers what it should, refuses what it should, and rests on the right place."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents.answers.answer import Answer, Citation
from tests.evals.labels import Gold, Question
from tests.evals.library import Library
from tests.evals.matching import Place, holds, plain, same_document
from tests.evals.report import Table, by_type

_SHORTEST = 5


def measure(library: Library, questions: Sequence[Question]) -> tuple[Table, dict[str, Answer]]:
    """The extractive answer to every question, and the answers by question id."""
    seconds: list[float] = []

    def ask(question: Question) -> Answer:
        began = perf_counter()
        answer = library.instance.assistant.ask(LOCAL_ADMINISTRATOR, question.query, question.earlier)
        seconds.append(perf_counter() - began)
        return answer

    if questions:
        ask(questions[0])
        seconds.clear()
    given = {question.id: ask(question) for question in questions}
    rows = by_type(
        questions,
        {
            "answered": lambda question: float(given[question.id].found) if question.answerable else None,
            "refused": lambda question: None if question.answerable else float(not given[question.id].found),
            "right place": lambda question: supported(question, given[question.id], library),
            "value shown": lambda question: shows_value(question, given[question.id]),
        },
    )
    for split in dict.fromkeys(question.split for question in questions):
        for kind in dict.fromkeys(question.kind for question in questions if question.kind):
            own = [question for question in questions if question.split == split and question.kind == kind]
            rows[f"{split} · {kind}"] = by_type(own, {"refused": lambda question: float(not given[question.id].found)})[f"{split} all"]
    total, wrong = verbatim(library, given)
    remarks = (
        f"quotes: {total}, not verbatim: {wrong}",
        f"ask p50 {1000 * float(np.percentile(seconds, 50)):.0f} ms, p95 {1000 * float(np.percentile(seconds, 95)):.0f} ms",
    )
    return Table("answers", rows, remarks), given


def supported(question: Question, answer: Answer, library: Library) -> float | None:
    """The share of the label's groups that some citation holds; None where nothing was answered or nothing is to be."""
    if not (question.answerable and answer.found):
        return None
    places = [_place(citation) for citation in answer.citations]
    held = [any(_rests_on(one, gold, library) for one in places for gold in group) for group in question.groups]
    return sum(held) / len(held)


def shows_value(question: Question, answer: Answer) -> float | None:
    """Whether claims or quotes show the value that a number question is after; None where there is no value or no answer."""
    if not (question.value and answer.found):
        return None
    shown = [claim.text for claim in answer.claims] + [citation.quote for citation in answer.citations]
    return float(any(plain(question.value) in plain(text) for text in shown))


def verbatim(library: Library, given: dict[str, Answer]) -> tuple[int, int]:
    """How many quotes there are, and how many of them are not the extracted text between their offsets."""
    quotes = [citation for answer in given.values() for citation in answer.citations]
    wrong = sum(citation.quote != library.texts[citation.document][citation.start : citation.end] for citation in quotes)
    return len(quotes), wrong


def failures(questions: Sequence[Question], given: dict[str, Answer], library: Library) -> list[str]:
    """The dev questions that went wrong, with what. Those of the test half are never named."""
    lines = []
    for question in questions:
        answer = given[question.id]
        if question.split != "dev":
            continue
        if answer.found != question.answerable:
            lines.append(f"{question.id}  {'answered' if answer.found else 'refused'}  {question.query}")
        elif (supported(question, answer, library) or 0) < 1 and answer.found:
            lines.append(f"{question.id}  other place  {question.query}  → {answer.citations[0].quote[:60]!r}")
    return lines


def _rests_on(place: Place, gold: Gold, library: Library) -> bool:
    """Whether a citation holds the label, or is a cell or a part of a row that lies within it."""
    words = plain(place.text)
    within = same_document(gold, place.document) and len(words) >= _SHORTEST and words in plain(gold.quote)
    return within or holds(place, gold, library.texts)


def _place(citation: Citation) -> Place:
    return Place(citation.document, citation.start, citation.end, citation.quote)
