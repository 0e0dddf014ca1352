"""A model's triage, where one is set up: it chooses between the two ways and says why; what it does not answer stays with the rule.

No transaction is held while the model is waited for.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from core.access.actor import Actor
from core.access.audit import record
from core.delivery.content import service as contents
from core.delivery.content.item import ContentItem, Triage
from core.delivery.content.terms import Author, Way
from core.documents.answers.fence import harmless
from core.documents.answers.plain import stripped
from core.errors import Unavailable
from core.i18n import Language, Message
from core.llm import Model, prompts
from core.llm.lenient import OrNone, Part, Word
from core.storage import Session

PROMPT = "delivery/triage"
LONGEST_WHY, LONGEST_MADE_BY, MOST = 160, 120, 60
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "英文（English）"}


@dataclass(frozen=True)
class Told:
    """What a model says of an item."""

    way: Way
    why: str


@dataclass(frozen=True)
class Sorted:
    """A model's triage by item; `made_by` is the prompt and the model, `silent` how many items it said nothing usable of."""

    told: Mapping[int, Told]
    made_by: str
    silent: int


_Number = Annotated[Word, Field(json_schema_extra={"enum": [str(number) for number in range(1, MOST + 1)]})]
_Way = Annotated[Word, Field(json_schema_extra={"enum": [way.value for way in Way]})]


class _Item(Part):
    number: _Number = ""
    way: _Way = ""
    reason: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_WHY})] = ""


_Items = Annotated[list[_Item], OrNone, Field(json_schema_extra={"maxItems": MOST})]


class _Triage(Part):
    items: _Items = []


def ask(model: Model, items: Sequence[ContentItem], project: str, language: Language) -> Sorted:
    """What the model says of these items. Raises `Unavailable` when it fails or says nothing usable."""
    prompt = prompts.load(PROMPT)
    told = "\n".join(_told(number, one) for number, one in enumerate(items[:MOST], 1))
    turns = prompt.fill(fence=f"items-{secrets.token_hex(8)}", items=told, language=_LANGUAGES[language], project=harmless(project))
    found: dict[int, Told] = {}
    for one in model.structured(turns, _Triage).items:
        place, why = int(one.number) - 1 if one.number.isdecimal() else -1, " ".join(stripped(one.reason).split())[:LONGEST_WHY]
        way = next((each for each in Way if each.value == one.way), None)
        if 0 <= place < len(items) and way is not None and why:
            found.setdefault(items[place].id, Told(way, why))
    if not found:
        raise Unavailable(Message("模型没有给出可用的分流，仍按规则分流。"))
    return Sorted(found, f"{prompt.stamp} · {model.name}"[:LONGEST_MADE_BY], len(items) - len(found))


def take_over(db: Session, actor: Actor, project_id: int, version: int, said: Sorted) -> None:
    """Keep a model's triage of the items; what a person decided stays. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    before = contents.seen(db, actor, project_id, version)
    items = tuple(replace(one, triage=_triage(said, one)) if one.id in said.told else one for one in before.items)
    contents.store(db, actor, before, "triage", replace(before, items=items))
    record(db, actor, "triage_by_model", "project", project_id, items=len(said.told), made_by=said.made_by)


def _triage(said: Sorted, item: ContentItem) -> Triage:
    told = said.told[item.id]
    return Triage(told.way, "model", Message("模型：{why}", why=told.why), said.made_by, Author.MODEL)


def _told(number: int, item: ContentItem) -> str:
    facts = item.facts
    level = f" L{facts.level}" if facts.level else ""
    parts = (f"{number}. {harmless(facts.name)}", f"学会什么: {harmless(facts.learnt)}", f"怎么用: {harmless(facts.use)}")
    return " | ".join((*parts, f"能力: {harmless(facts.competency)}{level}"))
