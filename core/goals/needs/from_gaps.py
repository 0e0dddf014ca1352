"""Gaps on which nothing in the catalogue works become needs of their unit."""

from __future__ import annotations

from collections.abc import Sequence

from core.access.actor import Actor
from core.errors import BadInput
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.i18n import Language, Message
from core.people.courses import service as catalogue
from core.people.gaps import repository as facts
from core.people.remedies import service as remedies
from core.storage import Session
from core.strategy.ideas.terms import ProjectKind

_PROBLEM = Message("{post}的“{competency}”低于岗位要求：{n} 人平均差 {gap} 级，课程目录里没有条目能补。")


def file_unmet(db: Session, actor: Actor, plan_id: int, unit_id: int, competency_ids: Sequence[int], language: Language) -> int:
    """File a need of a unit for each of these competencies, as its menu has them now. Returns how many. Raises like `needs.add`."""
    wanted = set(competency_ids)
    found = [one for one in remedies.unit_menu(db, actor, unit_id).unmet if one.competency_id in wanted]
    if not found:
        raise BadInput(Message("请先选要提成需求的短板。"))
    unit = next(one.name for one in remedies.units(db, actor) if one.id == unit_id)
    abilities, posts = catalogue.abilities(db, actor, language), facts.posts(db)
    for one in found:
        post = posts[one.post_id].name if one.post_id in posts else "—"
        competency = abilities[one.competency_id].name
        said = Message(_PROBLEM.text, post=post, competency=competency, n=one.people, gap=f"{one.mean_gap:.1f}").render(language)
        draft = NeedDraft(problem=said, post=post, people=one.people, competency=competency, kind=ProjectKind.PROBLEM_DRIVEN, evidence=said)
        needs.add(db, actor, plan_id, unit, draft)
    return len(found)
