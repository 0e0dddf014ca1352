"""Findings that are a whole sentence: what themes, tasks and abilities have in common."""

from __future__ import annotations

from core.strategy.decoding.clauses import Sentence
from core.strategy.findings import Finding, FindingKind, Perspective


def whole(
    kind: FindingKind,
    sentence: Sentence,
    rule: str,
    confidence: float,
    perspective: Perspective | None,
    cues: tuple[str, ...] = (),
    competencies: tuple[str, ...] = (),
) -> Finding:
    """The finding that `rule` makes of a sentence by the words `cues`."""
    return Finding(
        kind=kind,
        text=" ".join(sentence.text.split()),
        quote=sentence.text,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        heading=sentence.path,
        perspective=perspective,
        competencies=competencies,
        measure=None,
        confidence=confidence,
        rule=rule,
        cues=cues,
    )
