"""Whether the evidence found answers the question, or the honest answer is that the documents do not say.

A small logistic model over features that depend neither on the size of the library nor on the scale of an embedder's cosines.
Near misses decide its shape: the right subject with the wrong year, place or quantity has a *gap*, words of the question that
nothing near holds in letter or meaning, and most often the gap is the *head*, the thing asked about the subject.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from core.documents.answers.evidence import Candidate
from core.documents.answers.question import Question

# Fitted by `tests/evals/fit_answerable.py`: on the dev half of the labelled questions and on two thousand of two other hands over forty
# other texts, a fifth of which nothing answers; no network was taught with any of them. Questions whose passage the search does not find
# were left out. What the joint reader says ("answering") tells most; the constant was fitted as -5.70, with which too few were answered.
_READ_TOGETHER = {
    "constant": -5.50,
    "coverage": -0.07,
    "coverage with a hole": -0.84,
    "coverage with gaps in known words": -1.04,
    "gaps in unknown words": -0.27,
    "head": 0.01,
    "head of a number": 0.59,
    "number": -0.52,
    "no head": 0.25,
    "terms": 2.79,
    "time": 3.98,
    "lacks the institution": -0.41,
    "lacks the kind asked for": -1.77,
    "has the kind asked for": 0.04,
    "likeness": 3.40,
    "answering": 6.00,
}

# The same where no reader looks at question and sentence together.
_WITH_VECTORS = {
    "constant": -10.00,
    "coverage": 1.34,
    "coverage with a hole": -0.95,
    "coverage with gaps in known words": -2.50,
    "gaps in unknown words": 0.24,
    "head": 0.24,
    "head of a number": 1.09,
    "number": -1.00,
    "no head": 0.37,
    "terms": 3.34,
    "time": 5.66,
    "lacks the institution": -1.25,
    "lacks the kind asked for": -2.03,
    "has the kind asked for": -0.15,
    "likeness": 6.84,
}

# The same where there is no embedder; "lacks the institution" by hand: too few questions name one.
_WORDS_ONLY = {
    "constant": -6.95,
    "coverage": 1.96,
    "coverage with a hole": -2.15,
    "coverage with gaps in known words": -3.09,
    "gaps in unknown words": -0.43,
    "head": 0.87,
    "head of a number": 1.23,
    "number": -0.72,
    "no head": 0.40,
    "terms": 4.06,
    "time": 4.87,
    "lacks the institution": -1.5,
    "lacks the kind asked for": -2.44,
    "has the kind asked for": -0.39,
}

_MANY_TERMS = 6
_SURE = 8.0

THRESHOLD = 0.5
"""Answered from this probability on: about where as many of the dev half's questions are wrongly refused as wrongly answered."""


def features(question: Question, best: Candidate) -> dict[str, float]:
    """What the model looks at, by name; `best` is the best candidate."""
    held = best.support
    number = float(question.kind == "number")
    values = {
        "coverage": held.coverage,
        "coverage with a hole": held.coverage * held.hole,
        "coverage with gaps in known words": held.coverage * sum(gap.share for gap in held.gaps if gap.known),
        "gaps in unknown words": sum(gap.share for gap in held.gaps if not gap.known),
        "head": held.head,
        "head of a number": held.head * number,
        "number": number,
        "no head": float(question.head == (0, 0)),
        "terms": min(_MANY_TERMS, len(question.terms)) / _MANY_TERMS,
        "time": best.time,
        "lacks the institution": float(best.lacks_institution),
        "lacks the kind asked for": float(best.fit == 0.0),
        "has the kind asked for": float(best.fit == 1.0),
    }
    if best.likeness is not None:
        values["likeness"] = best.likeness
    if best.answering is not None:
        values["answering"] = max(-_SURE, min(_SURE, best.answering)) / _SURE
    return values


def probability(values: Mapping[str, float]) -> float:
    """How likely it is that evidence with these features answers the question."""
    weights = _READ_TOGETHER if "answering" in values else _WITH_VECTORS if "likeness" in values else _WORDS_ONLY
    total = weights["constant"] + sum(weights[name] * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-total))
