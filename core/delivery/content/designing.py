"""The design of a project: laid out by a pattern, judged by the rules, with the hours of a participant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.access.actor import Actor
from core.access.audit import record
from core.delivery.content import service as contents
from core.delivery.content.activity import Activity, Hours, hours_of
from core.delivery.content.checking import DesignProblem, problems
from core.delivery.content.patterns import lay_out, suggested
from core.delivery.content.service import ContentView
from core.delivery.content.terms import Pattern, Rhythm, Tier
from core.errors import BadInput
from core.goals import service as goals
from core.goals.draft import Draft
from core.goals.goal import KirkpatrickLevel
from core.i18n import Language, Message
from core.storage import Session

_CERTIFIED = ("认证", "持证", "资格", "certif")
_FIRST_LEVELS, _LAST_LEVELS = 2.5, 3.5


@dataclass(frozen=True)
class Design:
    """A project's design with what the rules find wrong with it, what a participant's hours are, and what is proposed for it."""

    view: ContentView
    goal: Draft | None
    problems: tuple[DesignProblem, ...]
    hours: Hours
    pattern: Pattern
    tier: Tier


def designs(db: Session, actor: Actor, plan_id: int) -> list[Design]:
    """The designs of a plan's standing projects, oldest first. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    written = {view.project.id: view.draft if view.row else None for view in goals.goals(db, actor, plan_id)}
    return [_design(view, written) for view in contents.contents(db, actor, plan_id)]


def design(db: Session, actor: Actor, project_id: int) -> Design:
    """One of them. Raises `NotFound`."""
    view = contents.find(db, actor, project_id)
    goal = goals.find(db, actor, project_id)
    return _design(view, {project_id: goal.draft if goal.row else None})


def judged(of: Design, steps: Sequence[Activity]) -> Design:
    """The same design with these steps, which are being written."""
    content = replace(of.view.content, activities=tuple(steps))
    return replace(of, problems=problems(content, of.goal), hours=hours_of(steps))


def begin(
    db: Session, actor: Actor, project_id: int, version: int, pattern: Pattern, tier: Tier, rhythm: Rhythm, language: Language
) -> int:
    """Make the steps of a pattern the project's design, in place of what it had; `undo` brings that back. Returns how many steps.

    Needs `PLAN_DELIVERY`. Raises `BadInput` without items, `Conflict`, `NotFound`.
    """
    before = contents.seen(db, actor, project_id, version)
    steps = lay_out(before.items, pattern, tier, rhythm, language)
    if not steps:
        raise BadInput(Message("还没有内容单元，排不出步骤。请先在“内容与分流”里填这个项目教什么。"))
    settings = replace(before.settings, pattern=pattern, tier=tier, rhythm=rhythm)
    contents.store(db, actor, before, "design", replace(before, settings=settings, activities=steps))
    record(db, actor, "design_laid_out", "project", project_id, pattern=pattern.value, activities=len(steps))
    return len(steps)


def _design(view: ContentView, written: Mapping[int, Draft | None]) -> Design:
    goal, content = written.get(view.id), view.content
    levels = [one.facts.level for one in content.items if one.facts.level]
    mean = sum(levels) / len(levels) if levels else _FIRST_LEVELS
    tier = Tier.BASIC if mean < _FIRST_LEVELS else Tier.ADVANCED if mean < _LAST_LEVELS else Tier.EXPERT
    names = [line.indicator.name for line in goal.lines if line.indicator.level == KirkpatrickLevel.LEARNING] if goal else []
    certified = any(word in text.lower() for text in (view.project.name, *names) for word in _CERTIFIED)
    pattern = content.settings.pattern or suggested(content.items, certified=certified)
    return Design(view, goal, problems(content, goal), hours_of(content.activities), pattern, content.settings.tier or tier)
