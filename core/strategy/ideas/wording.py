"""What an idea is called and what its purpose says, as the rules write them. A person edits both."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import Language, Message
from core.strategy.ideas.material import Demand
from core.strategy.ideas.proposing import Idea

LONGEST_NAME = 80
_LONGEST_QUOTED = 120


def name_of(idea: Idea, language: Language) -> str:
    """The post and the theme."""
    between = " · " if language == "zh" else ": "
    return f"{idea.post.post}{between}{idea.theme.name}"[:LONGEST_NAME]


def purpose_of(idea: Idea, language: Language) -> str:
    """The macro why: by which clause, for which theme, with which abilities. It says nothing that the clause does not, and without one
    nothing at all."""
    if not idea.clauses:
        return ""
    return purpose(idea.clauses[0], idea.post.post, idea.competencies, idea.theme.name, language)


def purpose(clause: Demand, post: str, competencies: Sequence[str], theme: str, language: Language) -> str:
    """The same for any post and abilities."""
    between = "、" if language == "zh" else ", "
    able = Message("具备{competencies}", competencies=between.join(competencies)) if competencies else Message("能够承担这项任务")
    values: dict[str, object] = {"clause": _quoted(clause.text), "post": post, "able": able, "theme": theme}
    if clause.local:
        local = Message("总行要求“{clause}”，在本行就是“{local}”：让{post}{able}，支撑“{theme}”。", local=_quoted(clause.local), **values)
        return local.render(language)
    if theme in clause.text:
        # The theme's own heading: naming it twice says no more.
        return Message("落实“{clause}”：让{post}{able}。", **values).render(language)
    return Message("落实“{clause}”：让{post}{able}，支撑“{theme}”。", **values).render(language)


def _quoted(text: str) -> str:
    line = " ".join(text.split()).rstrip("。；;，,. ")
    return line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED] + "…"
