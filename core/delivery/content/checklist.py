"""A line of a checklist, and the list that projects begin with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from core.delivery.content.terms import Anchor, Stage
from core.errors import BadInput
from core.i18n import LANGUAGES, Language, Message

_SEED = Path(__file__).parents[3] / "data" / "seed" / "checklist.toml"
LONGEST_TEXT, LONGEST_OWNER, MOST_LINES, MOST_DAYS = 120, 80, 60, 260


@dataclass(frozen=True)
class LineFacts:
    """What is to be done, by whom, in which stage, and how many workdays from the first or last training session."""

    stage: Stage
    text: str
    owner: str
    anchor: Anchor
    days: int


@cache
def starters(language: Language) -> tuple[LineFacts, ...]:
    """The checklist that comes with the product, in the reader's language."""
    spoken = LANGUAGES.index(language)
    rows = tomllib.loads(_SEED.read_text(encoding="utf-8"))["lines"]
    return tuple(
        LineFacts(Stage(row["stage"]), row["text"][spoken], row["owner"][spoken], Anchor(row["anchor"]), row["days"]) for row in rows
    )


def checked(facts: LineFacts, place: int) -> LineFacts:
    """The line with blanks taken off. Raises `BadInput` for what cannot be kept."""
    text, owner = " ".join(facts.text.split()), " ".join(facts.owner.split())
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput(Message("清单第 {place} 行：请写明要做什么，最多 {limit} 个字。", place=place, limit=LONGEST_TEXT))
    if not owner or len(owner) > LONGEST_OWNER:
        raise BadInput(Message("“{text}”：请写明谁负责，最多 {limit} 个字。", text=text[:20], limit=LONGEST_OWNER))
    if abs(facts.days) > MOST_DAYS:
        raise BadInput(Message("“{text}”：离课次最多 {most} 个工作日。", text=text[:20], most=MOST_DAYS))
    return replace(facts, text=text, owner=owner)


def to_json(facts: LineFacts) -> dict[str, Any]:
    """A line as it is kept in a template."""
    return {**vars(facts), "stage": facts.stage.value, "anchor": facts.anchor.value}


def from_json(kept: Mapping[str, Any]) -> LineFacts:
    """A line that was kept."""
    return LineFacts(Stage(kept["stage"]), kept["text"], kept["owner"], Anchor(kept["anchor"]), kept["days"])
