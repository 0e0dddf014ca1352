"""The page of the catalogue: what it covers, an entry added and changed, a way to learn taken in, who may."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.people.courses import service as courses
from core.people.courses.course import Course
from core.people.importing.kinds import ImportKind
from tests.core.people.tables import take
from tests.pages.conftest import Visit
from tests.pages.words import imported, labels, press, words

PAGE = "people/catalogue.py"
MATRIX = (
    ("岗位", "能力", "要求等级", "权重"),
    ("客户经理", "资产配置", 3, 60),
    ("客户经理", "团队协作", 4, 40),
)
COURSES = (
    ("课程名称", "形式", "对应能力", "等级"),
    ("资产配置进阶", "课程", "资产配置", "L2-L3"),
    ("团队沟通技巧", "课程", "团队协作", "L2-L3"),
    ("茶艺", "课程", "", ""),
)


def filled(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.MATRIX, MATRIX)
    take(house, leader, ImportKind.CATALOGUE, COURSES)


def stored(house: Instance, leader: Actor) -> dict[str, Course]:
    with house.database.reading() as db:
        return {one.facts.name: one for one in courses.courses(db, leader)}


def choose(at: AppTest, row: int) -> AppTest:
    """Click a row of the list of courses."""
    key = next(str(one.key) for one in at.dataframe if str(one.key).startswith("courses_"))
    at.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def test_an_empty_catalogue_says_what_it_is_for(leader: Actor, manager: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "短板该补什么" in words(at) and "从 Excel 导入课程目录" in labels(at, "button")
    assert "Human resources import it" in words(visit(manager, PAGE, "en"))


def test_coverage_and_relevance_stand_with_their_formulas(house: Instance, leader: Actor, visit: Visit) -> None:
    filled(house, leader)
    at = visit(leader, PAGE)
    shown = {one.label: one.value for one in at.metric}
    assert (shown["覆盖率"], shown["贴合率"], shown["没有覆盖的要求"]) == ("60%", "67%", "1")
    assert "每个岗位的权重先折成合计 1" in words(at)
    missing = next(one.value for one in at.dataframe if "要求等级" in one.value.columns)
    assert missing.iloc[0].tolist() == ["客户经理", "团队协作", "L4", 40.0, "团队沟通技巧"]
    english = visit(leader, PAGE, "en")
    assert "Coverage = weights of the requirements" in words(english)
    at.toggle(key="course_unused").set_value(True).run()
    assert [one.value["课程名称"].tolist() for one in at.dataframe if "课程名称" in one.value.columns] == [["茶艺"]]


def test_an_entry_is_added_changed_and_put_away(house: Instance, leader: Actor, visit: Visit) -> None:
    filled(house, leader)
    at = visit(leader, PAGE)
    next(one for one in at.text_input if one.label == "课程名称").set_value("协作工作坊")
    press(at, "保存")
    assert "协作工作坊" in stored(house, leader)
    choose(at, 0)
    next(one for one in at.text_input if one.label == "提供方").set_value("总行学院")
    press(at, "保存")
    changed = stored(house, leader)["资产配置进阶"].facts
    assert changed.provider == "总行学院" and len(changed.servings) == 1 and changed.servings[0].to_level == 3
    choose(at, 0)
    press(at, "归档")
    assert stored(house, leader)["资产配置进阶"].archived


def test_a_way_to_learn_is_taken_in_for_what_is_not_covered(house: Instance, leader: Actor, visit: Visit) -> None:
    filled(house, leader)
    at = visit(leader, PAGE)
    chooser = at.selectbox(key="starter_one")
    chooser.select(next(one for one in chooser.options if one.startswith("参加跨部门项目组"))).run()
    press(at, "采用这种做法")
    assert {one.label: one.value for one in at.metric}["覆盖率"] == "100%"
    assert len(stored(house, leader)["参加跨部门项目组"].facts.servings) == 1


def test_a_manager_reads_the_catalogue_and_changes_nothing(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    filled(house, leader)
    at = choose(visit(manager, PAGE), 0)
    assert "资产配置进阶" in words(at) and not {"保存", "归档", "采用这种做法"} & set(labels(at, "button"))


def test_a_file_of_courses_is_previewed_and_taken_in_on_the_page_of_people(house: Instance, leader: Actor, visit: Visit) -> None:
    house.worker.start()
    at = visit(leader, "people/people.py")
    next(one for one in at.get("button_group") if one.label == "文件里是").set_value(ImportKind.CATALOGUE).run()
    content = "课程名称,培训方式,对应能力,等级\n资产配置进阶,线上,资产配置（L2-L3）；团队协作,L3\n茶艺,瑜伽,,\n"
    at.file_uploader[0].upload("目录.csv", content.encode("gbk"))
    at.run()
    read = next(one.value for one in at.dataframe if "培养等级" in one.value.columns).iloc[0].tolist()
    assert read[2:] == ["资产配置进阶", "线上", "团队协作、资产配置", "到 L3、L2–L3"] and "1 处错误" in words(at)
    imported(at, "导入 1 行")
    assert set(stored(house, leader)) == {"资产配置进阶"}
