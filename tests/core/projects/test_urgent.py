"""What the projects of a plan make urgent in the menus."""

from __future__ import annotations

from core.access.actor import Actor
from core.instance import Instance
from core.people import repository
from core.people.importing.kinds import ImportKind
from core.plans import service as plans
from core.projects.tables import Project, ProjectState
from core.projects.urgent import urgent
from core.strategy.ideas.terms import Author, ProjectKind, Urgency
from tests.core.people.tables import take


def test_an_urgent_project_makes_its_competencies_urgent_for_its_post(house: Instance, leader: Actor, administrator: Actor) -> None:
    take(house, leader, ImportKind.MATRIX, (("岗位", "能力", "要求等级"), ("客户经理", "资产配置", 3), ("客户经理", "团队协作", 3)))
    made = {"purpose": "", "kind": ProjectKind.PROBLEM_DRIVEN, "origin": Author.RULE, "purpose_author": Author.RULE}
    with house.database.writing() as db:
        plan_id = plans.create(db, leader, "海州分行", 2027).id or 0
        for name, post, competencies, urgency, state in (
            ("财富项目", "客户经理", ["大类资产配置", "没有的能力"], Urgency.HIGH, ProjectState.STANDING),
            ("协作项目", "", ["团队协作"], Urgency.MEDIUM, ProjectState.STANDING),
            ("可缓项目", "", ["团队协作"], Urgency.LOW, ProjectState.STANDING),
            ("撤回项目", "", ["团队协作"], Urgency.HIGH, ProjectState.WITHDRAWN),
            ("别的岗位", "柜员", ["团队协作"], Urgency.HIGH, ProjectState.STANDING),
        ):
            db.add(Project(plan_id=plan_id, name=name, post=post, competencies=competencies, urgency=urgency, state=state, **made))
        db.flush()
        names = {row.id: row.name for row in repository.competencies(db)}
        found = {(names[one.competency_id], one.factor, one.because, one.post_id is None) for one in urgent(db, leader, plan_id)}
        assert urgent(db, leader, None) == [] and urgent(db, administrator, plan_id) == []
    assert found == {("资产配置", 1.5, "财富项目", False), ("团队协作", 1.2, "协作项目", True)}
