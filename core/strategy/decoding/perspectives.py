"""Which of the balanced scorecard's four perspectives words belong to: by what is counted or acted on."""

from __future__ import annotations

import re

from core.strategy.decoding.lexicon import CUSTOMER, ENGLISH_VIEWS, FINANCIAL, LEARNING, PROCESS, compiled
from core.strategy.findings import Perspective

_VIEWS = (Perspective.LEARNING, Perspective.FINANCIAL, Perspective.CUSTOMER, Perspective.PROCESS)
_CHINESE = compiled(LEARNING, FINANCIAL, CUSTOMER, PROCESS)
_ENGLISH = compiled(*(rf"\b(?:{words})\b" for words in ENGLISH_VIEWS))
_HAN = re.compile(r"[\u4e00-\u9fff]")


def of_metric(words: str, around: str = "") -> Perspective | None:
    """The perspective of a metric by what it names last (a Chinese noun phrase ends in its head), else that of what is `around`."""
    for text in (words, around):
        named = _named(text)
        if named:
            # 客户经理 and 经理 end together: the longer word says more.
            return _VIEWS[min((-end, start, order) for start, end, order in named)[2]]
    return None


def of_action(words: str, around: str = "") -> Perspective | None:
    """The perspective of an action or a direction by what it acts on: what its first clause names last, else what comes first after it."""
    clause, _, rest = re.sub(r"[，；。,;:：]", "\n", words).partition("\n")
    for text in (clause, *rest.split("\n")):
        found = of_metric(text) if text else None
        if found is not None:
            return found
    return of_metric(around) if around else None


def _named(text: str) -> list[tuple[int, int, int]]:
    """Where words of the four perspectives stand, the longest at each place, with the number of the perspective."""
    patterns = _CHINESE if _HAN.search(text) else _ENGLISH
    return [(match.start(), match.end(), order) for order, pattern in enumerate(patterns) for match in pattern.finditer(text)]
