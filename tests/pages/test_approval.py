"""Approval as pages: named, submitted, decided on home and page, sent back, listed; comments beside it."""

from __future__ import annotations

import pytest

from core.access import service as access
from core.access.actor import Actor, Role
from core.approvals import chain, service
from core.approvals.terms import Decision
from core.instance import Instance
from core.plans import service as plans
from tests.conftest import person
from tests.core.delivery.timetable_world import furnish
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "home/approval.py"


@pytest.fixture
def plan(house: Instance, leader: Actor, executive: Actor) -> int:
    """A plan with two projects, which the executive decides on."""
    world = furnish(house, leader)
    with house.database.writing() as db:
        chain.save(db, leader, world.plan, 0, [("行长", [executive.account_id or 0])])
    for one in (leader, executive):
        works_on(house, one, world.plan)
    return world.plan


def submit(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.writing() as db:
        service.submit(db, leader, plan, 0, "![x](http://e.example/x.png) **请审批**")


def test_human_resources_names_who_decides_and_submits(leader: Actor, executive: Actor, house: Instance, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "还没有提交审批" in words(at) and "提交审批" in labels(at, "button")
    at.number_input(key=f"approval_layers_{plan}_1_number").set_value(2).run()
    at.text_input(key=f"approval_layers_{plan}_1_1_name").set_value("<b>董事会</b>")
    press(at, "保存审批层级")
    assert "还没有指定审批人" in at.error[0].value
    at = press(visit(leader, PAGE), "提交审批")
    assert "审批中" in words(at) and "Executive" in words(at)
    at = press(at, "提醒审批人")
    assert "已于" in words(at)
    at = press(at, "撤回这次提交")
    assert "已撤回" in words(at) and "提交审批" in labels(at, "button")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_decider_is_called_from_home_and_decides_with_a_reason(
    language: str, leader: Actor, executive: Actor, manager: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    submit(house, leader, plan)
    chinese = language == "zh"
    assert ("等您审批" if chinese else "waits for your decision") in words(visit(executive, "", language))
    assert ("计划在等Executive审批" if chinese else "waits for Executive to decide") in words(visit(leader, "", language))
    at = visit(executive, PAGE, language)
    assert "**请审批**" in words(at) and ("提交审批" if chinese else "Submit for approval") not in labels(at, "button")
    at = press(at, "退回" if chinese else "Send back")
    assert ("退回要写明原因" if chinese else "takes a reason") in at.error[0].value
    at.text_area[0].set_value("预算太高，先压缩")
    at = press(at, "退回" if chinese else "Send back")
    assert ("已退回" if chinese else "Sent back") in words(at) and "预算太高，先压缩" in words(at)
    works_on(house, manager, plan)
    read = visit(manager, PAGE, language)
    assert "预算太高，先压缩" in words(read) and ("通过" if chinese else "Approve") not in labels(read, "button")


def test_an_approved_plan_is_the_same_until_it_is_changed(
    leader: Actor, executive: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    submit(house, leader, plan)
    with house.database.writing() as db:
        last = service.board(db, executive, plan).last
        assert last is not None
        service.decide(db, executive, last.id, last.row.version or 0, Decision.APPROVED, "同意")
    at = visit(leader, PAGE)
    assert "现在的计划和已批准的一样" in words(at) and "提交审批" not in labels(at, "button")
    assert list(at.dataframe[0].value.columns)[:3] == ["项目", "课次：计划", "课次：批准"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_somebody_is_named_in_a_comment_and_goes_to_it_from_home(
    language: str, leader: Actor, executive: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    chinese = language == "zh"
    at = visit(leader, "goals/goals.py", language)
    project = next(one.key for one in at.text_area if (one.key or "").startswith("comment_text_goal_"))
    at.text_area(key=project).set_value("@Executive <img src=x> **目标**够不够")
    at = press(at, "发表评论" if chinese else "Post the comment")
    assert "<img src=x> **目标**够不够" in words(at)
    home = visit(executive, "", language)
    assert ("1 条评论提到您" if chinese else "1 comment names you") in words(home)
    home.button(key="mention_0").click().run()
    assert ("1 条评论提到您" if chinese else "1 comment names you") not in words(visit(executive, "", language))
    at = visit(executive, "goals/goals.py", language, project=project.rsplit("_", 1)[1])
    at = press(at, "标为已解决" if chinese else "Mark as resolved")
    assert ("重新打开" if chinese else "Open again") in labels(at, "button")


def test_the_plan_is_commented_on_beside_its_approval(manager: Actor, house: Instance, plan: int, visit: Visit) -> None:
    works_on(house, manager, plan)
    at = visit(manager, PAGE)
    at.text_area(key=f"comment_text_plan_{plan}").set_value("我们支行的课能不能放到下半年？")
    assert "我们支行的课能不能放到下半年？" in words(press(at, "发表评论"))


def test_a_plan_that_nobody_can_decide_on_any_more_says_so_on_home_and_page(
    leader: Actor, executive: Actor, administrator: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    submit(house, leader, plan)
    with house.database.writing() as db:
        access.disable(db, administrator, executive.account_id or 0)
    assert "计划没有人能审批了" in words(visit(leader))
    assert "“行长”这一层没有人能审批了" in words(visit(leader, PAGE))


def test_what_somebody_wrote_while_another_decided_is_told_and_not_lost_in_silence(
    leader: Actor, executive: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    other = person(house, "other", Role.EXECUTIVE)
    works_on(house, other, plan)
    with house.database.writing() as db:
        chain.save(db, leader, plan, 1, [("班子", [executive.account_id or 0, other.account_id or 0])])
    submit(house, leader, plan)
    at = visit(executive, PAGE)
    at.text_area[0].set_value("预算太高，先压缩")
    press(visit(other, PAGE), "通过")
    at = press(at, "退回")
    assert "Other刚已通过" in at.error[0].value and "预算太高，先压缩" in at.error[0].value
    assert "审批通过" in words(at)


def test_who_withdraws_just_after_the_last_approval_is_told_that_the_plan_was_approved(
    leader: Actor, executive: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    submit(house, leader, plan)
    at = visit(leader, PAGE)
    with house.database.writing() as db:
        last = service.board(db, executive, plan).last
        assert last is not None
        service.decide(db, executive, last.id, last.row.version or 0, Decision.APPROVED, "")
    at = press(at, "撤回这次提交")
    assert "Executive刚已批准这份计划" in at.error[0].value


def test_a_plan_without_projects_says_why_it_cannot_be_submitted(leader: Actor, house: Instance, visit: Visit) -> None:
    with house.database.writing() as db:
        empty = plans.create(db, leader, "海州分行", 2031).id or 0
    works_on(house, leader, empty)
    at = visit(leader, PAGE)
    assert "提交审批" not in labels(at, "button") and any("计划里还没有项目" in one.value for one in at.info)
