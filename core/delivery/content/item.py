"""A content item: something that a project teaches, how it will be used, and whether it needs people in a room."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from core.delivery.content.terms import Author, Origin, Way
from core.errors import BadInput
from core.i18n import Message
from core.people.terms import LEVELS

LONGEST_NAME, LONGEST_TEXT, LONGEST_SUBJECT, LONGEST_REASON = 80, 300, 40, 200
MOST_HOURS, MOST_ITEMS = 400.0, 60


@dataclass(frozen=True)
class ItemFacts:
    """What is taught: `learnt` says what people learn, `use` how they will use it, `material` where it is, a link or a case.

    `competency` and `level` are what it serves, by the competency's name; `subject` puts it into a share of subjects by hand.
    """

    name: str
    learnt: str = ""
    hours: float = 1.0
    competency: str = ""
    level: int | None = None
    use: str = ""
    material: str = ""
    subject: str = ""
    course_id: int | None = None
    origin: Origin = Origin.PERSON


@dataclass(frozen=True)
class Triage:
    """The way that is advised for an item: the name of the rule that decided, its reason, and what made it (rule or prompt and model)."""

    way: Way
    rule: str
    why: Message
    made_by: str
    author: Author = Author.RULE


@dataclass(frozen=True)
class Choice:
    """The way that a person decided on against the advice, and why."""

    way: Way
    why: str
    by: str


@dataclass(frozen=True)
class ContentItem:
    """An item as it is stored."""

    id: int
    facts: ItemFacts
    triage: Triage
    choice: Choice | None = None

    @property
    def way(self) -> Way:
        """The way that holds: a person's decision, else the advice."""
        return self.choice.way if self.choice else self.triage.way


def checked(facts: ItemFacts, place: int) -> ItemFacts:
    """The item with blanks taken off; `place` names it in what is said. Raises `BadInput` for what cannot be kept."""
    name, learnt, use, material = (" ".join(text.split()) for text in (facts.name, facts.learnt, facts.use, facts.material))
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(Message("第 {place} 个内容单元：请填写名称，最多 {limit} 个字。", place=place, limit=LONGEST_NAME))
    for text in (learnt, use, material):
        if len(text) > LONGEST_TEXT:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text[:12], most=LONGEST_TEXT))
    if len(facts.subject.strip()) > LONGEST_SUBJECT:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=facts.subject.strip()[:12], most=LONGEST_SUBJECT))
    if not (math.isfinite(facts.hours) and 0 < facts.hours <= MOST_HOURS):
        raise BadInput(Message("“{name}”的学时应大于 0、不超过 {most}。", name=name, most=f"{MOST_HOURS:g}"))
    if facts.level is not None and facts.level not in LEVELS:
        raise BadInput(Message("“{name}”的等级应为 L1 到 L5。", name=name))
    return replace(
        facts,
        name=name,
        learnt=learnt,
        use=use,
        material=material,
        competency=facts.competency.strip()[:LONGEST_NAME],
        subject=facts.subject.strip(),
    )
