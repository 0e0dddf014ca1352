"""The page of goals: written beside the check, begun from templates, submitted, overridden, taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.draft import Draft, of_goal
from core.goals.service import GoalView, Standing
from core.instance import Instance
from core.plans import service as plans
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import Ripe, accepted, close
from tests.endpoint import Endpoint, says
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "goals/goals.py"
VAGUE = of_goal(replace(WORKED, behaviour="提升客户经理高质量拓客能力"))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    made = accepted(house, leader)
    works_on(house, leader, made.plan)
    return made


def first(house: Instance, leader: Actor, world: Ripe) -> GoalView:
    with house.database.reading() as db:
        return goals.goals(db, leader, world.plan)[0]


def stored(house: Instance, leader: Actor, world: Ripe, draft: Draft) -> GoalView:
    view = first(house, leader, world)
    with house.database.writing() as db:
        goals.save(db, leader, view.project.id, view.version, draft)
    return first(house, leader, world)


def field(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.text_area if one.label == label)


def test_a_plan_without_projects_is_led_to_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "解决什么痛点" in words(at) and "去看项目想法" in labels(at, "button")


def test_words_of_a_document_that_is_closed_to_the_reader_stand_in_no_purpose(
    house: Instance, leader: Actor, executive: Actor, world: Ripe, visit: Visit
) -> None:
    works_on(house, executive, world.plan)
    assert "培训目的" in words(visit(executive, PAGE))
    close(house, leader, world.world.hq)
    for language, said in (("zh", "不对您开放"), ("en", "closed to you")):
        shown = words(visit(executive, PAGE, language))
        assert said in shown and "培训目的" not in shown and "Purpose:" not in shown


def test_a_goal_is_begun_from_a_template_and_saved(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "边写边查" in words(at) and "保存目标" not in labels(at, "button")
    next(one for one in at.selectbox if one.label == "场景模板").select("county_list").run()
    at = press(at, "套用模板")
    assert "名单" in field(at, "行为目标").value and "改动还没有保存。" in words(at)
    press(at, "保存目标")
    view = first(house, leader, world)
    assert [line.indicator.name for line in view.draft.lines][-1] == "新增授信客户占比" and view.standing is not Standing.NONE


def test_problems_are_named_by_their_fields_while_one_writes_and_the_rewrite_is_taken_over(
    house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    view = stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE, project=view.project.id)
    assert "还有 1 个问题" in words(at) and "只说要提高什么" in words(at) and "建议的写法" in words(at)
    at = press(at, "采用建议")
    assert "到期那天可以核对" in words(at) and "上门" in field(at, "行为目标").value
    field(at, "业务痛点").set_value("加强学习")
    at = at.run()
    assert "是培训要做的事" in words(at)
    field(at, "业务痛点").set_value(WORKED.pain_point)
    at = press(at.run(), "保存目标")
    assert first(house, leader, world).standing is Standing.PASSES
    press(at, "提交目标")
    assert first(house, leader, world).standing is Standing.SUBMITTED


def test_an_indicator_typed_into_the_table_is_checked_at_once(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    view = stored(house, leader, world, of_goal(WORKED))
    at = visit(leader, PAGE, project=view.project.id)
    key = f"goal_{view.project.id}_{view.version}_0_indicators"
    at.session_state[key] = {"edited_rows": {3: {"value": 100}}, "added_rows": [], "deleted_rows": []}
    at = at.run()
    assert "人均 2 × 30 人 = 60，不等于目标 100" in words(at) and "绩效指标 1“新增有效客户” · 人均" in words(at)


def test_problems_are_overridden_only_with_a_reason_that_is_listed(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    view = stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE, project=view.project.id)
    assert "提交目标" not in labels(at, "button")
    next(one for one in at.text_input if one.label == "理由").set_value("先行试点")
    press(at.run(), "例外提交")
    assert first(house, leader, world).standing is Standing.OVERRIDDEN
    at = visit(leader, PAGE, project=view.project.id)
    assert "先行试点" in at.dataframe[0].value.to_string() and "例外提交，当时有 1 个问题。理由：先行试点" in words(at)
    press(at, "撤回提交")
    assert first(house, leader, world).standing is Standing.PROBLEMS


def test_whoever_submits_the_goal_that_the_page_proposed_stays_with_it(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    view = stored(house, leader, world, of_goal(WORKED))
    with house.database.reading() as db:
        assert len(goals.goals(db, leader, world.plan)) > 1
    at = visit(leader, PAGE, project=view.project.id)
    at.query_params.clear()
    at = press(at.run(), "提交目标")
    assert view.project.row.name in [one.value for one in at.subheader] and "撤回提交" in labels(at, "button")


def test_the_last_change_is_undone(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    view = stored(house, leader, world, VAGUE)
    press(visit(leader, PAGE, project=view.project.id), "撤销上次改动")
    assert first(house, leader, world).standing is Standing.NONE


def test_a_colleagues_change_is_not_overwritten_and_nothing_typed_is_lost(
    house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    view = stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE, project=view.project.id)
    field(at, "行为目标").set_value("每周上门拜访三户，当天录入CRM")
    at = at.run()
    stored(house, leader, world, of_goal(WORKED))
    at = press(at, "保存目标")
    assert "没有覆盖它" in at.error[0].value and field(at, "行为目标").value == "每周上门拜访三户，当天录入CRM"
    assert first(house, leader, world).draft == of_goal(WORKED)


@pytest.mark.parametrize("part", ["text", "number", "table"])
def test_what_is_typed_first_after_a_colleague_saved_is_not_lost(
    part: str, house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    view = stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE, project=view.project.id)
    stored(house, leader, world, replace(VAGUE, pain_point="十户里有六户说不清来意"))
    if part == "text":
        field(at, "行为目标").set_value("每周上门拜访三户，当天录入CRM")
    elif part == "number":
        at.number_input[0].set_value(77)
    else:
        edited = {"edited_rows": {3: {"source": "核心系统"}}, "added_rows": [], "deleted_rows": []}
        at.session_state[f"goal_{view.project.id}_{view.version}_0_indicators"] = edited
    press(at.run(), "保存目标")
    draft = first(house, leader, world).draft
    assert draft.pain_point == "十户里有六户说不清来意"
    assert "每周上门拜访三户，当天录入CRM" in draft.behaviour or draft.headcount == 77 or draft.lines[3].indicator.source == "核心系统"


def test_readers_see_the_goal_and_its_check_and_change_nothing(
    house: Instance, leader: Actor, executive: Actor, world: Ripe, visit: Visit
) -> None:
    view = stored(house, leader, world, VAGUE)
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE, "en", project=view.project.id)
    assert "problem" in words(at) and "新增有效客户 ≥ 60 户" in words(at)
    assert labels(at, "text_area") == ["Write a comment"] and "Save the goal" not in labels(at, "button")


def test_indicators_of_the_projects_competencies_come_first_with_the_reason(
    house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    view = next(view for view in _views(house, leader, world) if "资产配置" in view.project.row.competencies)
    at = visit(leader, PAGE, project=view.project.id)
    picker = next(one for one in at.multiselect if one.label == "指标库")
    assert "能说明“资产配置”" in picker.options[0] and "能说明这个项目要培养的能力" in words(at)
    assert "能说明" not in picker.options[-1]


def _views(house: Instance, leader: Actor, world: Ripe) -> list[GoalView]:
    with house.database.reading() as db:
        return goals.goals(db, leader, world.plan)


def test_a_models_rewrite_is_offered_labelled_taken_over_and_kept_as_its_work(
    house: Instance, leader: Actor, world: Ripe, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = stored(house, leader, world, VAGUE)
    assert "请模型改写" not in labels(visit(leader, PAGE, project=view.project.id), "button")
    with Endpoint() as endpoint:
        monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"model_url": endpoint.url, "model_name": "stub-model"}))
        endpoint.script(says(json.dumps({"behaviour": WORKED.behaviour, "indicators": []}, ensure_ascii=False)))
        at = press(visit(leader, PAGE, project=view.project.id), "请模型改写")
        assert "goals/rewrite v1 · stub-model" in words(at) and "比原来多通过：行为目标看不见" in words(at)
        press(press(at, "采用模型的改写"), "保存目标")
    assert first(house, leader, world).draft == replace(of_goal(WORKED), made_by="goals/rewrite v1 · stub-model")
    assert "含模型改写的文字" in words(visit(leader, PAGE, project=view.project.id))


@pytest.mark.parametrize("page", [PAGE, "goals/needs.py", "strategy/ideas.py", "goals/chain.py"])
def test_pages_of_the_samples_plan_say_so(page: str, house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "示例" not in visit(leader, page).title[0].value
    with house.database.writing() as db:
        sample = plans.create(db, leader, "示例银行滨海分行", 2026, sample=True).id or 0
    works_on(house, leader, sample)
    assert visit(leader, page).title[0].value.endswith(":gray-badge[示例]")


def test_a_long_list_says_how_many_projects_there_are(
    house: Instance, leader: Actor, world: Ripe, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "个项目，表里往下滚" not in words(visit(leader, PAGE))
    monkeypatch.setattr("pages.goals.parts.goal_list._SHORT", 1)
    assert "共 2 个项目，表里往下滚可以看到全部" in words(visit(leader, PAGE))
