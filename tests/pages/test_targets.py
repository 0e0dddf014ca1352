"""The page of individual targets: advised, confirmed, changed; a manager's own people alone; closed to everybody else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.goals.targets import service as targets
from core.goals.targets.service import Sheet
from core.instance import Instance
from core.people.scope import give_charge
from tests.core.goals.test_targets import NEEDS, PEOPLE, TAKEN, prepared
from tests.core.people.branch import fill, unit_ids
from tests.core.strategy.ideas_world import Ripe, accepted
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "goals/targets.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    made = accepted(house, leader)
    works_on(house, leader, made.plan)
    fill(house, leader, PEOPLE, NEEDS, TAKEN)
    return made


@pytest.fixture
def project(house: Instance, leader: Actor, world: Ripe) -> int:
    return prepared(house, leader, world)


def sheet(house: Instance, actor: Actor, project: int) -> Sheet:
    with house.database.reading() as db:
        return targets.sheet(db, actor, project)


def shown(at: AppTest) -> str:
    return str(at.dataframe[0].value.to_string())


def test_a_plan_without_projects_is_led_to_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "去看项目想法" in labels(visit(leader, PAGE), "button")


def test_advice_is_read_changed_and_confirmed(house: Instance, leader: Actor, project: int, visit: Visit) -> None:
    at = visit(leader, PAGE, project=project)
    assert "得分 85 超过要求 80" in shown(at) and "没有现行测评" in shown(at) and "这里只是建议" in words(at)
    rows = sheet(house, leader, project).rows
    key = f"targets_{project}_0_False_{len(rows)}_{rows[0].person.id}_0"
    place = next(number for number, row in enumerate(rows) if row.person.name == "张敏")
    at.session_state[key] = {"edited_rows": {place: {"take": True, "value": 2.5}}, "added_rows": [], "deleted_rows": []}
    press(at.run(), "确认勾选的 1 人")
    stands = [row.stands for row in sheet(house, leader, project).rows if row.person.name == "张敏"]
    assert [one.value for one in stands if one] == [2.5, stands[1].advised if stands[1] else None]
    at = visit(leader, PAGE, "en", project=project)
    assert "Confirmed by Leader" in shown(at) and "Who confirmed or changed what, and when (2)" in labels(at, "expander")


def test_the_page_opens_on_a_project_that_has_people(leader: Actor, project: int, world: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert at.selectbox(key="targets_project").value == project and "得分 85 超过要求 80" in shown(at)


def test_a_manager_sees_own_people_alone_and_others_nothing(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Ripe, project: int, visit: Visit
) -> None:
    for actor in (manager, executive):
        works_on(house, actor, world.plan)
    assert "没有可以列出的人" in words(visit(manager, PAGE, project=project))
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(house)["城南支行"]])
    at = visit(manager, PAGE, project=project)
    assert "李强" in shown(at) and "张敏" not in shown(at)
    assert "个人目标" not in labels(visit(executive), "page_link")


def test_a_goal_without_results_leads_to_the_goal(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "还没有绩效指标" in words(at) and "去写目标" in labels(at, "page_link")
