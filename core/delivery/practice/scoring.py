"""The score of a talk by rule: key points that were said in their turn, less what should not have been said; a red line fails it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.delivery.practice.scenario import Point, ScenarioFacts
from core.delivery.practice.terms import OUT_OF_ORDER, PENALTY, Verdict
from core.delivery.practice.transcript import Turn
from core.i18n import Message

# A phrase that is denied was not promised: "不保证收益" does not say "保证收益".
_DENIALS = ("不", "没", "未", "无法", "非", "别", "勿", "并非", "绝不会", "not ", "never ", "no ", "n't ", "cannot ")
_DENIED_WITHIN = 3
_CLAUSE = re.compile(r"[,、:]")
_ENDS = "。！？；!?;\n"


@dataclass(frozen=True)
class Judged:
    """A key point, what became of it and why; `by_model`: a model saw it otherwise than the rule, and its word stands."""

    point: Point
    verdict: Verdict
    why: Message
    by_model: bool = False

    @property
    def earned(self) -> float:
        """Which part of the point counts."""
        return {Verdict.MET: 1.0, Verdict.EARLY: OUT_OF_ORDER, Verdict.MISSED: 0.0}[self.verdict]


@dataclass(frozen=True)
class Said:
    """A phrase that should not have been said, and the sentence it stands in."""

    phrase: str
    sentence: str
    red_line: bool


@dataclass(frozen=True)
class Scoring:
    """What a talk scores of 100, criterion by criterion, and whether it passes."""

    judged: tuple[Judged, ...]
    said: tuple[Said, ...]
    pass_mark: int

    @property
    def total(self) -> float:
        """Points earned of all, less what the unwelcome phrases cost."""
        share = sum(one.earned for one in self.judged) / len(self.judged) if self.judged else 0.0
        return round(max(0.0, 100 * share - PENALTY * sum(not one.red_line for one in self.said)), 1)

    @property
    def passed(self) -> bool:
        """Whether it reaches the pass mark without a red line."""
        return self.total >= self.pass_mark and not any(one.red_line for one in self.said)


def score(facts: ScenarioFacts, turns: Sequence[Turn]) -> Scoring:
    """The score of a talk by rule."""
    own = [one.text for one in turns if one.mine]
    first = {point: _first(point, own) for point in facts.points}
    begun = {
        stage: min((at for point, (at, _) in first.items() if point.stage == stage and at is not None), default=None)
        for stage in facts.stages
    }
    judged = tuple(_judged(point, *first[point], _due(point, begun), own) for point in facts.points)
    said = [*_said(facts.red_lines, own, red_line=True), *_said(facts.unwelcome, own, red_line=False)]
    return Scoring(judged, tuple(said), facts.pass_mark)


def with_model(scoring: Scoring, told: Mapping[int, tuple[bool, str]]) -> Scoring:
    """The scoring with what a model says of key points, by place: whether it was said, and why. What is said alike stays the rule's."""
    return replace(scoring, judged=tuple(_told(one, told.get(place)) for place, one in enumerate(scoring.judged)))


def to_json(scoring: Scoring) -> dict[str, Any]:
    """A scoring as it is kept."""
    judged = [
        {
            "stage": one.point.stage,
            "text": one.point.text,
            "words": list(one.point.words),
            "verdict": one.verdict.value,
            "why": one.why.to_json(),
            "model": one.by_model,
        }
        for one in scoring.judged
    ]
    said = [{"phrase": one.phrase, "sentence": one.sentence, "red_line": one.red_line} for one in scoring.said]
    return {"judged": judged, "said": said, "pass_mark": scoring.pass_mark}


def from_json(kept: Mapping[str, Any]) -> Scoring:
    """A scoring as it was kept."""
    judged = tuple(
        Judged(
            Point(one["stage"], one["text"], tuple(one["words"])),
            Verdict(one["verdict"]),
            Message.from_json(one["why"]),
            bool(one["model"]),
        )
        for one in kept["judged"]
    )
    return Scoring(judged, tuple(Said(**one) for one in kept["said"]), int(kept["pass_mark"]))


def plain(text: str) -> str:
    """Text as it is compared: full-width forms, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _told(one: Judged, said: tuple[bool, str] | None) -> Judged:
    if said is None or said[0] == (one.verdict is not Verdict.MISSED):
        return one
    verdict = Verdict.MET if said[0] else Verdict.MISSED
    return replace(one, verdict=verdict, why=Message("模型：{why}", why=said[1]), by_model=True)


def _first(point: Point, own: Sequence[str]) -> tuple[int | None, str]:
    """In which of one's own sentences the point is first said, and by which word."""
    for at, text in enumerate(own):
        for word in point.words:
            if plain(word) in plain(text):
                return at, word
    return None, ""


def _due(point: Point, begun: Mapping[str, int | None]) -> int:
    """Before which of one's own sentences the point comes too early: where the stages before it have begun, of those that have."""
    earlier = list(begun)[: list(begun).index(point.stage)]
    return max((at for stage in earlier if (at := begun[stage]) is not None), default=0)


def _judged(point: Point, at: int | None, word: str, due: int, own: Sequence[str]) -> Judged:
    if at is None:
        return Judged(point, Verdict.MISSED, Message("没有说到：{words} 一个都没有出现。", words=Message.listed(point.words)))
    values = {"n": at + 1, "word": word, "sentence": own[at][:60]}
    if at < due:
        return Judged(point, Verdict.EARLY, Message("说早了：学员第 {n} 句就说到“{word}”，前面的环节还没有开始。只算一半。", **values))
    return Judged(point, Verdict.MET, Message("学员第 {n} 句说到“{word}”：{sentence}", **values))


def _said(wanted: Iterable[str], own: Sequence[str], *, red_line: bool) -> list[Said]:
    found = []
    for phrase in wanted:
        sentence = next((one for text in own for one in _sentences(text) if _promised(plain(phrase), one)), None)
        if sentence is not None:
            found.append(Said(phrase, sentence.strip()[:80], red_line))
    return found


def _sentences(text: str) -> list[str]:
    for end in _ENDS:
        text = text.replace(end, "\n")
    return [one for one in text.split("\n") if one.strip()]


def _promised(phrase: str, sentence: str) -> bool:
    """Whether a phrase stands in a sentence without being denied right before it."""
    text, at = plain(sentence), -1
    while phrase and (at := text.find(phrase, at + 1)) >= 0:
        # Only within the same clause: "您别急，一定会涨" denies nothing.
        before = _CLAUSE.split(text[:at])[-1][-_DENIED_WITHIN:]
        if not any(plain(one) in before for one in _DENIALS):
            return True
    return False
