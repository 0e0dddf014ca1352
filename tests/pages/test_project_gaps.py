"""The gaps of a project on the page of projects: seen, taken off, taken back, linked; and the ranking of gaps leads to projects."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.projects.gaps import service as answering
from core.projects.gaps.service import PlanGaps
from tests.core.goals.gap_world import Branch, build, make, offered, wanted
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/ideas.py"


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Branch:
    made = build(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def project(house: Instance, leader: Actor, branch: Branch) -> int:
    key = branch.of_unit("资产配置")
    return make(house, leader, branch, wanted(offered(house, leader, branch, key), key))[0]


def linked(house: Instance, leader: Actor, project: int) -> PlanGaps:
    with house.database.reading() as db:
        return answering.of_projects(db, leader, [project], "zh")


def test_a_projects_gaps_are_taken_off_taken_back_and_linked(
    house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    at = visit(leader, PAGE, part="projects", project=project)
    assert "要补的能力短板" in words(at) and "已测 12 人中 8 人低于要求" in words(at) and "在对齐链里看" in labels(at, "page_link")
    at = press(at, "取下")
    assert not linked(house, leader, project).of(project) and "已取下：资产配置 · 望海支行" in words(at)
    at = press(at, "接回")
    assert len(linked(house, leader, project).of(project)) == 1
    chooser = next(one for one in at.multiselect if one.label == "测得的短板")
    chooser.set_value([branch.of_post("需求挖掘")]).run()
    press(at, "接上")
    assert {one.key for one in linked(house, leader, project).of(project)} == {branch.of_unit("资产配置"), branch.of_post("需求挖掘")}


def test_readers_see_a_projects_gaps_through_the_gates_and_change_nothing(
    house: Instance, leader: Actor, executive: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    works_on(house, executive, branch.plan)
    at = visit(executive, PAGE, "en", part="projects", project=project)
    assert "Capability gaps to be closed" in words(at) and "below what is required: 8" in words(at)
    assert not {"Take off", "Link"} & set(labels(at, "button"))


def test_only_whoever_decides_makes_projects_of_gaps(
    house: Instance, leader: Actor, executive: Actor, branch: Branch, visit: Visit
) -> None:
    works_on(house, executive, branch.plan)
    assert "立项" in labels(visit(leader, "people/gaps.py"), "button")
    assert "立项" not in labels(visit(executive, "people/gaps.py"), "button")
