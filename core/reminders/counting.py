"""Numbers and names as messages may hold them."""

from __future__ import annotations

from core.i18n import Message
from core.people.gates import HIDE
from core.plans.tables import AnnualPlan


def shown(people: int) -> int | Message:
    """How many people there are, as a group may read it: of a few it is only said that they are few."""
    return people if people >= HIDE else Message("不到 {most}", most=HIDE)


def title(plan: AnnualPlan) -> str:
    """A plan as people call it."""
    return f"{plan.unit} {plan.year}"
