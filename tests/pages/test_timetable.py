"""The pages of the timetable: from the cohorts to a published year, as the leader plans it and others read it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from core.access.actor import Actor
from core.delivery.faculty import editing as faculty
from core.delivery.halves import Span
from core.delivery.timetable import publishing, service, solving
from core.instance import Instance
from tests.core.delivery.timetable_world import World, furnish, schedule, sessions
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

COHORTS, SCHEDULE, SESSION, SCENARIOS = (f"delivery/{name}.py" for name in ("cohorts", "schedule", "session", "scenarios"))


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = furnish(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def draft(house: Instance, leader: Actor, world: World) -> int:
    return schedule(house, leader, world.plan)


def publish(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "")


def test_an_empty_year_leads_to_the_cohorts_and_these_to_the_schedule(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    assert "去开班准备" in labels(visit(leader, SCHEDULE), "button")
    at = visit(leader, COHORTS)
    press(at, "按最新的设计和人员整理班次")
    assert "2 个项目" in words(at) and "7 个班" in words(at) and "去排期" in labels(at, "button")
    at = visit(leader, SCHEDULE)
    assert "班次已整理好" in words(at)
    next(one for one in at.button if one.label == "开始排期").click()
    at.run()
    with house.database.reading() as db:
        assert [one.name for one in solving.going(db, leader, world.plan)] == ["方案一"]
    assert "正在排" in words(at) and "停在这里" in labels(at, "button")


@pytest.mark.parametrize("view", range(10))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_of_a_draft_opens_in_both_languages(
    leader: Actor, world: World, draft: int, view: int, language: str, visit: Visit
) -> None:
    at = visit(leader, SCHEDULE, language, view=view)
    said = words(at)
    assert ("全部排上" in said) if language == "zh" else ("all placed" in said)


def test_rules_that_are_saved_as_they_stand_stay_what_they_are(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    with house.database.writing() as db:
        known, version = service.rules(db, leader, world.plan)
        own = replace(
            known, budget_binds=False, wage_per_slot=200.0, wage_source="人力成本表", over_weekend=True, even=False, leave_share=0.3
        )
        service.save_rules(db, leader, world.plan, version, own)
    press(visit(leader, COHORTS, part=2), "保存规则")
    with house.database.reading() as db:
        assert service.rules(db, leader, world.plan) == (own, 2)


def test_the_rules_the_check_and_the_list_open(leader: Actor, world: World, draft: int, visit: Visit) -> None:
    assert "每人每月最多几个半天" in labels(visit(leader, COHORTS, part=2), "number_input")
    assert "没有一定排不上的课" in words(visit(leader, COHORTS, part=1))
    at = visit(leader, COHORTS, part=3)
    at.text_area[0].set_value(
        "项目\t课次\t时长\t人数\t最晚完成\n合规轮训\t上午\t2天\t40\t2027-06-30\n\t考试\t半天\t\t\n空的\t\t看不懂\t3"
    ).run()
    assert "时长“看不懂”看不懂" in words(at) and "导入 1 个项目" in labels(at, "button")
    press(at, "导入 1 个项目")
    assert "3 个项目" in words(visit(leader, COHORTS, part=0))


def test_a_session_says_why_it_is_there_and_is_moved_with_a_reason(
    house: Instance, leader: Actor, world: World, draft: int, visit: Visit
) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.name == "工作坊")
    at = visit(leader, SESSION, id=one.id, timetable=draft)
    said = words(at)
    assert "工作坊" in said and one.trainer in said and "为什么在这里" in labels(at, "tab")
    at.toggle[0].set_value(True).run()
    assert "改到这里" in labels(at, "button")
    at.date_input[0].set_value(date(2027, 10, 1))
    press(at, "保存")
    assert "不是可以排课的日子" in words(at) and "请写明理由" in words(at)
    next(box for box in at.text_input if box.label.startswith("理由")).set_value("总行检查，改在节前")
    at.date_input[0].set_value(date(2027, 6, 1))
    press(at, "保存")
    moved = next(view for view in sessions(house, leader, world.plan, draft) if view.id == one.id)
    assert moved.day == date(2027, 6, 1)


def test_others_read_the_published_year_and_plan_nothing(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: World, draft: int, visit: Visit
) -> None:
    for actor in (manager, executive):
        works_on(house, actor, world.plan)
    assert "还没有发布" in words(visit(executive, SCHEDULE))
    publish(house, leader, world, draft)
    for actor in (manager, executive):
        at = visit(actor, SCHEDULE, view=6)
        assert "已发布" in words(at) and "重排" not in labels(at, "button")
        assert not set(labels(visit(actor, COHORTS), "button")) & {"按最新的设计和人员整理班次", "拆成两个班"}
    one = sessions(house, leader, world.plan)[0]
    assert "还能排在哪里" not in labels(visit(executive, SESSION, id=one.id), "tab")


def test_half_days_can_be_told_when_a_timetable_is_made_again(leader: Actor, world: World, draft: int, visit: Visit) -> None:
    at = press(visit(leader, SCHEDULE), "重排")
    assert {"从", "到", "哪位讲师"} <= set(labels(at, "selectbox"))


def test_the_file_has_the_sessions_that_are_shown(
    leader: Actor, world: World, draft: int, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[bytes] = []
    monkeypatch.setattr("streamlit.download_button", lambda _label, *, data, **_how: files.append(data()))
    at = visit(leader, SCHEDULE)
    box = next(one for one in at.multiselect if one.label == "项目")
    box.set_value([box.options[0]]).run()
    everything, some = (
        {row[3] for row in openpyxl.load_workbook(io.BytesIO(one)).active.iter_rows(min_row=2, values_only=True)} for one in files
    )
    assert box.options[0] in some and set(box.options) <= everything and not set(box.options[1:]) & some


def test_scenarios_stand_side_by_side_with_what_is_different(
    house: Instance, leader: Actor, world: World, draft: int, visit: Visit
) -> None:
    schedule(house, leader, world.plan, "方案二", seed=2)
    at = visit(leader, SCENARIOS)
    assert "方案二" in at.dataframe[0].value.to_string() and "没有不同" in words(at)
    assert "Scenarios" in visit(leader, SCENARIOS, "en").title[0].value


def test_what_holds_no_more_is_told_on_the_page_before_publishing_and_at_the_session(
    house: Instance, leader: Actor, executive: Actor, world: World, draft: int, visit: Visit
) -> None:
    assert "还没上的课都不违反规则。" in words(visit(leader, SCHEDULE, view=9))
    one = next(each for each in sessions(house, leader, world.plan, draft) if each.trainer_id is not None and not each.online)
    assert one.trainer_id is not None and one.day is not None
    with house.database.writing() as db:
        faculty.add_absence(db, leader, one.trainer_id, Span(one.day, one.day))
    said = words(visit(leader, SCHEDULE, view=9))
    assert "1 节现在违反规则" in said and f"“{one.trainer}”那时不可用。" in said and "有 1 节现在违反规则" in said
    assert f"“{one.trainer}”那时不可用。" in words(visit(leader, SESSION, id=one.id, timetable=draft))
    publish(house, leader, world, draft)
    assert "1 节现在违反规则" in words(visit(leader, SCHEDULE))
    assert "违反规则" not in words(visit(executive, SCHEDULE))


def test_a_further_scenario_is_called_by_how_many_there_are(house: Instance, leader: Actor, world: World, draft: int, visit: Visit) -> None:
    schedule(house, leader, world.plan, "留下的")
    with house.database.writing() as db:
        service.delete(db, leader, world.plan, draft)
    assert next(one.value for one in visit(leader, SCHEDULE).text_input if one.label == "名称") == "方案 2"
