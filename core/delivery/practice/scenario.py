"""A scenario as somebody writes it: whom one talks to, the stages of the talk with their key points, what must not be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.delivery.practice.terms import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORD, MOST_PHRASES, MOST_POINTS
from core.errors import BadInput
from core.i18n import Message

_PARTED = re.compile(r"[、,，;；/|\n]+")


@dataclass(frozen=True)
class Point:
    """A key point of a stage; it counts as said where one of its `words` was said."""

    stage: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioFacts:
    """What a scenario says. `points` stand in the order of the talk; `red_lines` fail it, `unwelcome` phrases cost points.

    `check_percent` of the transcripts, drawn by lot, are judged by a person too.
    """

    title: str
    persona: str
    opening: str = ""
    competency: str = ""
    points: tuple[Point, ...] = ()
    red_lines: tuple[str, ...] = ()
    unwelcome: tuple[str, ...] = ()
    pass_mark: int = 70
    check_percent: int = 20

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages, in order."""
        return tuple(dict.fromkeys(one.stage for one in self.points))


def phrases(written: str) -> tuple[str, ...]:
    """Phrases as people write them beside each other, each once."""
    return tuple(dict.fromkeys(one for part in _PARTED.split(written) if (one := " ".join(part.split()))))


def checked(facts: ScenarioFacts) -> ScenarioFacts:
    """The facts without stray blanks, the points of a stage beside each other. Raises `BadInput` for what cannot be practised."""
    title, competency = " ".join(facts.title.split()), " ".join(facts.competency.split())
    if not title or len(title) > LONGEST_TITLE or len(competency) > LONGEST_WORD:
        raise BadInput(Message("请写情境的名称，最多 {limit} 个字；对应能力最多 {most} 个字。", limit=LONGEST_TITLE, most=LONGEST_WORD))
    if not facts.persona.strip() or len(facts.persona) > LONGEST_TEXT or len(facts.opening) > LONGEST_TEXT:
        raise BadInput(Message("请写清对面是谁、有什么顾虑，最多 {limit} 个字。", limit=LONGEST_TEXT))
    if not 1 <= facts.pass_mark <= 100 or not 0 <= facts.check_percent <= 100:
        raise BadInput(Message("合格线应在 1 到 100 之间，人工复核的比例在 0% 到 100% 之间。"))
    if max(len(facts.red_lines), len(facts.unwelcome)) > MOST_PHRASES:
        raise BadInput(Message("红线和不宜说的话各最多 {n} 条。", n=MOST_PHRASES))
    points = tuple(_point(one, number) for number, one in enumerate(facts.points, 1))
    if not points or len(points) > MOST_POINTS:
        raise BadInput(Message("请写至少一个、最多 {n} 个要点。", n=MOST_POINTS))
    ordered = tuple(one for stage in dict.fromkeys(each.stage for each in points) for one in points if one.stage == stage)
    return ScenarioFacts(
        title,
        facts.persona.strip(),
        facts.opening.strip(),
        competency,
        ordered,
        facts.red_lines,
        facts.unwelcome,
        facts.pass_mark,
        facts.check_percent,
    )


def to_json(points: Iterable[Point]) -> list[dict[str, Any]]:
    """Points as they are kept."""
    return [{"stage": one.stage, "text": one.text, "words": list(one.words)} for one in points]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    """Points as they were kept."""
    return tuple(Point(one["stage"], one["text"], tuple(one["words"])) for one in kept)


def _point(one: Point, number: int) -> Point:
    stage, text = " ".join(one.stage.split()), " ".join(one.text.split())
    if not stage or not text or not one.words:
        raise BadInput(Message("第 {n} 行：环节、要点和说法都要写，几种说法用顿号隔开。", n=number))
    if max(len(stage), len(text), *(len(word) for word in one.words)) > LONGEST_WORD:
        raise BadInput(Message("第 {n} 行：环节、要点和每种说法最多 {limit} 个字。", n=number, limit=LONGEST_WORD))
    return Point(stage, text, one.words)
