"""Courses in words."""

from __future__ import annotations

from collections.abc import Mapping

from core.people.courses.course import Ability, CourseFacts
from pages.shared.text import _, joined


def span_name(from_level: int | None, to_level: int | None) -> str:
    """From which level to which a course brings people: L2–L3."""
    if to_level is None:
        return _("从 L{level} 起", level=from_level) if from_level else _("未写等级")
    return f"L{from_level}–L{to_level}" if from_level else _("到 L{level}", level=to_level)


def served(facts: CourseFacts, abilities: Mapping[int, Ability]) -> str:
    """What a course serves, each competency with its levels."""
    known = [(abilities[one.competency_id].name, one) for one in facts.servings if one.competency_id in abilities]
    return joined(f"{name} {span_name(one.from_level, one.to_level)}" for name, one in known)


def percent(share: float | None) -> str:
    """A share in percent, a dash where there is nothing to take it of."""
    return "—" if share is None else f"{share:.0%}"
