"""Which of the balanced scorecard's four perspectives words belong to: by what is counted or acted on."""

from __future__ import annotations

import re

from core.strategy.decoding.lexicon import CUSTOMER, ENGLISH_VIEWS, FINANCIAL, LEARNING, PROCESS, compiled
from core.strategy.findings import Perspective

_VIEWS = (Perspective.LEARNING, Perspective.FINANCIAL, Perspective.CUSTOMER, Perspective.PROCESS)
_CHINESE = compiled(LEARNING, FINANCIAL, CUSTOMER, PROCESS)
_ENGLISH = compiled(*(rf"\b(?:{words})\b" for words in ENGLISH_VIEWS))
_HAN = re.compile(r"[\u4e00-\u9fff]")


# Training and visiting say what is counted wherever they stand: 参加培训的客户, 走访重点客户.
_TRAINING = re.compile(
    r"培训|轮训|参训|施训|补训|带教|导师|培养机制|管培生|毕业生|警示教育|素养|人才|学时|持证|能力提升|研学|\b(?:train\w*|teach|skills?|"
    r"literacy|academy)\b",
    re.IGNORECASE,
)
_VISITING = re.compile(r"走访|拜访|陪访|外拓|下厂|上门")
# An English noun phrase has its head before what belongs to it: share of customers, journey so that a customer can …
_ENGLISH_HEAD = re.compile(r"\b(?:of|per|in|for|who|that|so|to|with|across|by)\b|[,;:]", re.IGNORECASE)


def of_metric(words: str, around: str = "") -> Perspective | None:
    """The perspective of a metric by what it names last (a noun phrase ends in its head), else that of what is `around`."""
    if _TRAINING.search(words):
        return Perspective.LEARNING
    if _VISITING.search(words):
        return Perspective.PROCESS
    head = "" if _HAN.search(words) else _ENGLISH_HEAD.split(words)[0]
    for text in (head, words, around):
        named = _named(text)
        if named:
            # 客户经理 and 经理 end together: the longer word says more.
            return _VIEWS[min((-end, start, order) for start, end, order in named)[2]]
    return None


def of_action(words: str, around: str = "") -> Perspective | None:
    """The perspective of an action or a direction by what it acts on: what its first clause names last, else what comes first after it."""
    clause, _, rest = re.sub(r"[，；。:：]", "\n", words).partition("\n")
    for text in (clause, *rest.split("\n")):
        found = of_metric(text) if text else None
        if found is not None:
            return found
    return of_metric(around) if around else None


def _named(text: str) -> list[tuple[int, int, int]]:
    """Where words of the four perspectives stand, the longest at each place, with the number of the perspective."""
    patterns = _CHINESE if _HAN.search(text) else _ENGLISH
    return [(match.start(), match.end(), order) for order, pattern in enumerate(patterns) for match in pattern.finditer(text)]
