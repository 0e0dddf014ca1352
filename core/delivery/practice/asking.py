"""A model at practice, where one is set up: it plays the customer, and looks over the score by rule; its word counts only with a quote.

No transaction is held while the model is waited for.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.delivery.practice.scenario import ScenarioFacts
from core.delivery.practice.scoring import plain
from core.delivery.practice.terms import MOST_POINTS
from core.delivery.practice.transcript import Turn
from core.documents.answers.fence import harmless
from core.documents.answers.plain import stripped
from core.i18n import Language
from core.llm import Model, prompts
from core.llm.lenient import Part, Word, chosen, several

CUSTOMER, JUDGE = "delivery/customer", "delivery/judge_talk"
LONGEST_REPLY, LONGEST_WHY, LONGEST_QUOTE = 400, 160, 200
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "英文（English）"}


@dataclass(frozen=True)
class Told:
    """What a model says of key points, by place: whether it was said, and why; `made_by` is the prompt and the model."""

    points: dict[int, tuple[bool, str]]
    made_by: str


class _Point(Part):
    number: chosen([str(one) for one in range(1, MOST_POINTS + 1)]) = ""  # type: ignore[valid-type]
    said: chosen(["yes", "no"]) = ""  # type: ignore[valid-type]
    quote: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_QUOTE})] = ""
    reason: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_WHY})] = ""


class _Points(Part):
    points: several(_Point, MOST_POINTS) = []  # type: ignore[valid-type]


def reply(model: Model, facts: ScenarioFacts, turns: Sequence[Turn], language: Language) -> str:
    """What the customer says next. Raises `Unavailable`."""
    prompt = prompts.load(CUSTOMER)
    values = {"fence": f"talk-{secrets.token_hex(8)}", "language": _LANGUAGES[language]}
    asked = prompt.fill(**values, persona=harmless(facts.persona), opening=harmless(facts.opening), talk=_talk(turns))
    said = " ".join(stripped(model.write(asked, LONGEST_REPLY)).split())
    return said.removeprefix("客户：").removeprefix("客户:").strip()


def look_over(model: Model, facts: ScenarioFacts, turns: Sequence[Turn], language: Language) -> Told:
    """What the model says of each key point; that one was said only with words that were said. Raises `Unavailable`."""
    prompt = prompts.load(JUDGE)
    values = {"fence": f"talk-{secrets.token_hex(8)}", "language": _LANGUAGES[language]}
    points = "\n".join(f"{n}. {harmless(one.stage)}: {harmless(one.text)}" for n, one in enumerate(facts.points, 1))
    own = plain(" ".join(one.text for one in turns if one.mine))
    found: dict[int, tuple[bool, str]] = {}
    for one in model.structured(prompt.fill(**values, points=points, talk=_talk(turns)), _Points).points:
        place, why = int(one.number) - 1 if one.number.isdecimal() else -1, " ".join(stripped(one.reason).split())[:LONGEST_WHY]
        quoted = bool(one.quote) and plain(one.quote) in own
        if 0 <= place < len(facts.points) and why and (one.said == "no" or (one.said == "yes" and quoted)):
            found.setdefault(place, (one.said == "yes", f"{why} “{one.quote}”" if one.said == "yes" else why))
    return Told(found, f"{prompt.stamp} · {model.name}"[:120])


def _talk(turns: Sequence[Turn]) -> str:
    return "\n".join(f"{'学员' if one.mine else '客户'}: {harmless(one.text)}" for one in turns)
