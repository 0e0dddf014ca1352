"""The words of a trainer on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.delivery.faculty.faculty import Skill, TrainerView
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole
from core.people.courses.course import Ability
from pages.shared.text import _, joined


def place(one: TrainerView) -> str:
    """Where somebody comes from."""
    return (one.unit or _("本行")) if one.internal else one.organisation


def kind(one: TrainerView) -> str:
    """Whose they are."""
    return _("内部") if one.internal else _("外部")


def roles(found: Iterable[TrainerRole]) -> str:
    """What somebody is asked for."""
    return joined(_(ROLE_NAMES[role]) for role in found)


def skills(one: TrainerView, abilities: Mapping[int, Ability]) -> str:
    """What somebody teaches, the highest level first."""
    known = [skill for skill in one.taught if skill.competency_id in abilities]
    return joined(skill_name(skill, abilities) for skill in sorted(known, key=lambda skill: -(skill.level or 0)))


def skill_name(skill: Skill, abilities: Mapping[int, Ability]) -> str:
    """A competency with the level that counts."""
    name = abilities[skill.competency_id].name
    return name if skill.level is None else f"{name} L{round(skill.level, 1):g}"


def money(cost: float | None) -> str:
    """What a half day costs."""
    if cost is None:
        return _("没有写")
    return _("免费") if not cost else _("{cost} 元", cost=f"{cost:,.0f}")
