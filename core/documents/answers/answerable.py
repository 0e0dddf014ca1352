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

# Fitted by logistic regression on the dev half of the labelled questions (tests/evals/questions) and on questions over five
# other texts, a third of them near misses; questions whose gold passage the search does not find were left out. "lacks the
# institution" is set by hand: too few questions name one to fit it, and another branch's figure must not pass for this one's.
_WITH_VECTORS = {
    "constant": -12.31,
    "coverage": 0.91,
    "coverage with a hole": -4.9,
    "coverage with gaps in known words": -6.59,
    "gaps in unknown words": -3.15,
    "head": 2.65,
    "head of a number": -1.34,
    "number": 0.0,
    "no head": 1.71,
    "terms": 4.49,
    "time": 7.57,
    "lacks the institution": -1.5,
    "lacks the kind asked for": -4.21,
    "has the kind asked for": -0.35,
    "likeness": 5.81,
}

# The same where there is no embedder.
_WORDS_ONLY = {
    "constant": -10.19,
    "coverage": 2.67,
    "coverage with a hole": -4.84,
    "coverage with gaps in known words": -3.92,
    "gaps in unknown words": -2.75,
    "head": 2.54,
    "head of a number": -1.25,
    "number": 0.09,
    "no head": 1.8,
    "terms": 3.99,
    "time": 6.81,
    "lacks the institution": -1.5,
    "lacks the kind asked for": -5.03,
    "has the kind asked for": -0.36,
}

_MANY_TERMS = 6

THRESHOLD = 0.45
"""Answered from this probability on."""


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
    return values


def probability(values: Mapping[str, float]) -> float:
    """How likely it is that evidence with these features answers the question."""
    weights = _WITH_VECTORS if "likeness" in values else _WORDS_ONLY
    total = weights["constant"] + sum(weights[name] * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-total))
