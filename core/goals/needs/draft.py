"""What somebody writes of a need, and what cannot be filed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import BadInput
from core.goals.needs.terms import QUARTERS, Layer
from core.i18n import Message
from core.people.terms import LEVELS
from core.strategy.ideas.terms import ProjectKind, Urgency

LONGEST_PROBLEM, LONGEST_TEXT, LONGEST_POST, LONGEST_COMPETENCY, LONGEST_UNIT, LONGEST_NAME = 500, 300, 60, 80, 120, 40
MOST_PEOPLE = 100_000
_LONGEST = {
    "problem": LONGEST_PROBLEM,
    "behaviour": LONGEST_TEXT,
    "evidence": LONGEST_TEXT,
    "post": LONGEST_POST,
    "competency": LONGEST_COMPETENCY,
}


@dataclass(frozen=True)
class NeedDraft:
    """`problem` is what goes wrong, `behaviour` what people shall do instead, `level` what they can do today (L1 … L5), `evidence` the
    figures behind it. None is unknown."""

    problem: str = ""
    post: str = ""
    people: int | None = None
    behaviour: str = ""
    competency: str = ""
    layer: Layer | None = None
    level: int | None = None
    urgency: Urgency = Urgency.MEDIUM
    kind: ProjectKind = ProjectKind.PROBLEM_DRIVEN
    evidence: str = ""
    quarter: int | None = None


def checked(draft: NeedDraft, *, filing: bool = True) -> NeedDraft:
    """The draft without stray blanks. Raises `BadInput` for what cannot be kept and, when it is `filing`, for what it lacks."""
    texts = {name: " ".join(getattr(draft, name).split()) for name in _LONGEST}
    for name, most in _LONGEST.items():
        if len(texts[name]) > most:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=texts[name][:12], most=most))
    if not texts["problem"]:
        raise BadInput(Message("请写明问题：谁、在什么业务上、出了什么问题。"))
    if filing and not texts["post"]:
        raise BadInput(Message("请写明是哪个岗位的人。"))
    if draft.people is not None and not 1 <= draft.people <= MOST_PEOPLE:
        raise BadInput(Message("人数应在 1 到 {most} 之间，不知道就留空。", most=f"{MOST_PEOPLE:,}"))
    if draft.quarter is not None and draft.quarter not in QUARTERS:
        raise BadInput(Message("希望的季度应为 1 到 4。"))
    if draft.level is not None and draft.level not in LEVELS:
        raise BadInput(Message("现在的水平应为 L1 到 L5。"))
    return replace(draft, **texts)  # type: ignore[arg-type]


def unit_name(name: str) -> str:
    """A unit's name without stray blanks. Raises `BadInput` for one that cannot be."""
    clean = " ".join(name.split())
    if not clean:
        raise BadInput(Message("请写明是哪个机构的需求。"))
    if len(clean) > LONGEST_UNIT:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=clean[:12], most=LONGEST_UNIT))
    return clean
