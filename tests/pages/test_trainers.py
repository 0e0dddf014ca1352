"""The pages of trainers and venues: what they say, adding and changing, pasting a table, undoing it, who may."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.delivery.faculty import editing, service
from core.delivery.faculty.facts import RatingFacts, Seen, TrainerFacts, VenueFacts
from core.delivery.faculty.terms import TrainerRole
from core.instance import Instance
from tests.core.delivery.world import branch
from tests.core.people.branch import competency_ids, employee_ids
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

TRAINERS, VENUES = "delivery/trainers.py", "delivery/venues.py"


def staffed(house: Instance, leader: Actor) -> None:
    """An internal trainer who is rated, and one from outside without a reason."""
    branch(house, leader)
    ability = competency_ids(house)["挖潜法"]
    with house.database.writing() as db:
        own = editing.save_trainer(db, leader, None, TrainerFacts("", employee_id=employee_ids(house)["0002"], skills=((ability, 4),)))
        editing.add_rating(db, leader, own, RatingFacts("第一期", 92, 100, 20, competency_id=ability))
        roles = (TrainerRole.LEADERSHIP,)
        editing.save_trainer(db, leader, None, TrainerFacts("周老师", internal=False, organisation="某学院", roles=roles))


def choose(at: AppTest, prefix: str, row: int) -> AppTest:
    """Click a row of a list."""
    key = next(str(one.key) for one in at.dataframe if str(one.key).startswith(prefix))
    at.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def field(at: AppTest, kind: str, label: str) -> Any:
    """The first widget of a kind with this label."""
    return next(one for one in at.get(kind) if one.label == label)


def names(house: Instance, leader: Actor) -> list[str]:
    with house.database.reading() as db:
        return [one.name for one in service.trainers(db, leader)]


def test_empty_pages_say_what_to_do(leader: Actor, executive: Actor, visit: Visit) -> None:
    assert "把现有的师资表导入进来" in words(visit(leader, TRAINERS)) and "import the table that you have" in words(
        visit(leader, VENUES, "en")
    )
    at = visit(executive, TRAINERS)
    assert "人力资源部门添加后" in words(at) and "添加讲师" not in words(at)
    assert "say" in words(visit(executive, VENUES, "en"))


def test_the_share_stands_with_its_formula_and_its_example_is_called_one(
    house: Instance, leader: Actor, executive: Actor, visit: Visit
) -> None:
    staffed(house, leader)
    at = visit(leader, TRAINERS)
    assert {one.label: one.value for one in at.metric}["内部讲师占比"] == "50%"
    assert "内部 1 ÷ 全部 2" in words(at) and "示例目标 70%，不是本行的目标" in words(at)
    assert "没有写理由" in words(at)
    field(at, "number_input", "内部讲师占比目标（%）").set_value(40)
    field(at, "text_input", "目标来自").set_value("培训工作要点")
    press(at, "保存")
    assert "目标来自：培训工作要点" in words(at) and "达到 40%" in [one.delta for one in at.metric]
    english = visit(executive, TRAINERS, "en")
    assert "Target from: 培训工作要点" in words(english) and "Rating" not in str([list(one.value.columns) for one in english.dataframe])


def test_a_trainer_is_looked_at_rated_and_put_away(house: Instance, leader: Actor, visit: Visit) -> None:
    staffed(house, leader)
    at = choose(visit(leader, TRAINERS), "trainers_", 0)
    assert "评分 92.0（20 人次）" in words(at) and "张敏" in words(at)
    press(at, "归档")
    assert names(house, leader) == ["周老师"]
    press(at, "撤销上一步")
    assert names(house, leader) == ["张敏", "周老师"]


def test_somebody_is_added_from_outside_only_with_their_organisation(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, TRAINERS)
    next(one for one in at.get("button_group") if str(one.key) == "trainer_new_whose").set_value(False).run()
    field(at, "text_input", "姓名").set_value("何老师")
    press(at, "保存")
    assert "请写明外部讲师来自哪个单位" in words(at)
    field(at, "text_input", "单位").set_value("某中心")
    press(at, "保存")
    assert names(house, leader) == ["何老师"]


def test_a_pasted_table_is_looked_at_comes_in_and_goes_again(house: Instance, leader: Actor, visit: Visit) -> None:
    branch(house, leader)
    at = visit(leader, TRAINERS)
    pasted = "讲师姓名\t所属单位\t可讲能力\n周老师\t某学院\t挖潜法（L4）\n吴老师\t\t挖潜法\n郑老师\t某中心\t占星术（L9）"
    at.text_area(key="trainers_paste_0").set_value(pasted).run()
    assert {one.label: one.value for one in at.metric if one.label in ("新增", "跳过")} == {"新增": "2", "跳过": "1"}
    press(at, "导入 2 行")
    assert names(house, leader) == ["周老师", "吴老师"]
    press(at, "撤销上一步")
    assert not names(house, leader)


def test_an_ability_that_the_model_lacks_is_named_and_comes_in_only_after_a_yes(house: Instance, leader: Actor, visit: Visit) -> None:
    branch(house, leader)
    at = visit(leader, TRAINERS)
    at.text_area(key="trainers_paste_0").set_value("讲师姓名\t所属单位\t可讲能力\n周老师\t某学院\t占星术（L4）").run()
    assert "能力模型里还没有这 1 项：占星术" in words(at)
    assert next(one for one in at.button if one.label == "导入 1 行").disabled and "占星术" not in competency_ids(house)
    next(one for one in at.checkbox if "占星术" in one.label).check().run()
    press(at, "导入 1 行")
    assert names(house, leader) == ["周老师"] and "占星术" in competency_ids(house)


def test_who_could_teach_is_answered_with_the_reason(house: Instance, leader: Actor, visit: Visit) -> None:
    staffed(house, leader)
    at = visit(leader, TRAINERS)
    at.multiselect(key="who_abilities").set_value([competency_ids(house)["挖潜法"]]).run()
    found = next(one.value for one in at.dataframe if "为什么" in one.value.columns)
    assert found["姓名"].tolist() == ["张敏"] and found["为什么"].tolist() == ["能讲 挖潜法 L4；评分 92"]
    assert "0.6 × 等级 ÷ 5" in words(at)


def test_costs_are_changed_in_the_table(house: Instance, leader: Actor, visit: Visit) -> None:
    staffed(house, leader)
    at = visit(leader, TRAINERS)
    at.session_state["trainer_table_1"] = {"edited_rows": {0: {"cost_per_slot": 350}}, "added_rows": [], "deleted_rows": []}
    at.run()
    with house.database.reading() as db:
        assert service.trainers(db, leader)[0].cost_per_slot == 350.0


def test_a_venue_is_added_and_read_by_others(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    at = visit(leader, VENUES)
    field(at, "text_input", "场地名称").set_value("一号培训室")
    press(at, "保存")
    with house.database.reading() as db:
        assert [(one.name, one.capacity) for one in service.venues(db, leader)] == [("一号培训室", 30)]
    other = choose(visit(manager, VENUES, "en"), "venues_", 0)
    assert "一号培训室" in words(other) and not {"Save", "Archive"} & set(labels(other, "button"))
    with house.database.writing() as db:
        editing.save_venue(db, leader, None, VenueFacts("海景厅", 120))
    at = visit(leader, VENUES)
    at.number_input(key="venue_people").set_value(100).run()
    assert next(one.value for one in at.dataframe if "容纳人数" in one.value.columns)["场地名称"].tolist() == ["海景厅"]


def test_two_at_one_trainer_choose_for_each_field(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        editing.save_trainer(db, leader, None, TrainerFacts("王老师", internal=False, organisation="某咨询"))
    at = choose(visit(leader, TRAINERS), "trainers_", 0)
    with house.database.writing() as db:
        editing.save_trainer(db, leader, Seen(1, 1), TrainerFacts("王老师", internal=False, organisation="别处", note="擅长案例"))
    for label, value in (("单位", "我写的单位"), ("备注", "")):
        fields = (*at.text_input, *at.text_area)
        next(one for one in fields if one.label == label and str(one.form_id).startswith("trainer_1_")).set_value(value)
    next(one for one in at.number_input if one.label == "每半天费用（元）" and str(one.form_id).startswith("trainer_1_")).set_value(3000.0)
    next(one for one in at.button if one.key == "trainer_1_1_save").click()
    at.run()
    assert "我写的单位" in words(at) and "别处" in words(at) and "照您的：每半天费用（元）" in words(at) and "备注（擅长案例）" in words(at)
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side_organisation")).set_value("theirs")
    press(at.run(), "保存选好的")
    with house.database.reading() as db:
        found = service.trainers(db, leader)[0]
    assert (found.organisation, found.note, found.cost_per_slot) == ("别处", "擅长案例", 3000)
