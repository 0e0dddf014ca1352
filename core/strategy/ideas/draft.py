"""What a person can write about an idea or a project."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import BadInput
from core.i18n import Message
from core.strategy.ideas.terms import ProjectKind, Urgency

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_PLACE = 80, 500, 60
_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class Draft:
    """`purpose` is the macro why, with the clauses `finding_ids` behind it; what is to be reached is the goal's matter, not its."""

    name: str
    purpose: str
    finding_ids: tuple[int, ...]
    line: str
    post: str
    people: float | None
    competencies: tuple[str, ...]
    urgency: Urgency
    kind: ProjectKind


def checked(draft: Draft) -> Draft:
    """The draft without stray blanks. Raises `BadInput` for one that cannot be."""
    name, purpose = " ".join(draft.name.split()), " ".join(draft.purpose.split())
    line, post = " ".join(draft.line.split()), " ".join(draft.post.split())
    if not name:
        raise BadInput(Message("请填写项目名称。"))
    if not (line or post):
        raise BadInput(Message("请写明对象：业务线和岗位至少填一项。"))
    for text, most in ((name, LONGEST_NAME), (purpose, LONGEST_PURPOSE), (line, LONGEST_PLACE), (post, LONGEST_PLACE)):
        if len(text) > most:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text[:12], most=most))
    if draft.people is not None and not (draft.people == int(draft.people) and 0 <= draft.people <= _MOST_PEOPLE):
        raise BadInput(Message("人数应为不小于 0 的整数，不知道就留空。"))
    people = None if draft.people is None else int(draft.people)
    names = tuple(dict.fromkeys(one.strip() for one in draft.competencies if one.strip()))
    return replace(draft, name=name, purpose=purpose, line=line, post=post, people=people, competencies=names)


def require_purpose(purpose: str, clauses: int) -> None:
    """Raises `BadInput` unless there is a purpose that rests on a clause."""
    if not purpose:
        raise BadInput(Message("还没有写培训目的。目的说明为什么要办，是必填的；要达到的指标是目标，另外填写。"))
    if not clauses:
        raise BadInput(Message("培训目的还没有依据。请至少选一条已采纳的条款。"))
