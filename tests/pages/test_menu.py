"""The page of menus: a unit's and a person's, accepted and taken back; reminders; and nobody else's people in page and export."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core import clock
from core.access import audit
from core.access.actor import Actor
from core.goals.needs import service as needs
from core.instance import Instance
from core.people.courses import service as courses
from core.people.remedies import arranging
from core.people.remedies.arranged import Arranged
from core.people.remedies.tables import EnrolmentState
from tests.core.people.menu_world import course_ids, furnish, person_ids, unit_ids
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "people/menu.py"


def choose(at: AppTest, prefix: str, *rows: int) -> AppTest:
    """Click rows of the table whose key begins so."""
    key = next(str(one.key) for one in at.dataframe if str(one.key).startswith(prefix))
    at.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return at.run()


def arranged(house: Instance, actor: Actor) -> list[Arranged]:
    with house.database.reading() as db:
        return arranging.arranged(db, actor)


def done(house: Instance, leader: Actor, number: str) -> None:
    """Somebody did the course on communicating in a team, forty days ago."""
    with house.database.writing() as db:
        arranging.accept(db, leader, [course_ids(house, leader)["团队沟通技巧"]], [person_ids(house, leader)[number]])
        rows = [one.row for one in arranging.arranged(db, leader) if one.row.state is EnrolmentState.PLANNED]
        arranging.finish(db, leader, [(row.id or 0, row.version or 0) for row in rows], clock.today() - timedelta(days=40))


def test_an_empty_page_says_what_it_is_for(leader: Actor, manager: Actor, visit: Visit) -> None:
    assert "先导入员工名单" in words(visit(leader, PAGE)) and "还没有机构归您负责" in words(visit(manager, PAGE))
    assert "Begin by importing the roster" in words(visit(leader, PAGE, "en"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_unit_sees_what_helps_most_and_how_the_points_come_about(
    language: str, house: Instance, leader: Actor, manager: Actor, visit: Visit
) -> None:
    furnish(house, leader, manager)
    at = visit(manager, PAGE, language)
    table = at.dataframe[0].value
    assert table.iloc[:, 1].tolist() == ["资产配置入门", "资产配置进阶", "团队沟通技巧"] and table.iloc[:, 3].tolist() == [1, 1, 2]
    assert ("能补的级数 × 能力在岗位里的权重" if language == "zh" else "levels it closes × weight in the post") in words(at)


def test_an_entry_is_arranged_for_those_whom_it_helps_and_taken_back(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    furnish(house, leader, manager)
    at = choose(visit(manager, PAGE), "menu_of_unit", 2)
    served = at.dataframe[1].value
    assert (
        served["姓名"].tolist() == ["李强", "张敏"] and "团队协作 现在 L3.5，要求 L4：补 0.5 级 × 权重 40% × 100 = 20" in served.to_string()
    )
    press(at, "安排全部 2 人")
    assert {one.name for one in arranged(house, manager)} == {"张敏", "李强"} and "刚安排了 2 项" in words(at)
    press(at, "撤销这次安排")
    assert not arranged(house, manager)
    with house.database.reading() as db:
        assert "menu_people_viewed" in [entry.action for entry in audit.entries(db, leader).entries]


def test_a_person_is_shown_why_and_some_of_it_is_arranged_finished_and_planned_again(house: Instance, leader: Actor, visit: Visit) -> None:
    furnish(house, leader)
    who, unit = person_ids(house, leader)["02"], unit_ids(house)["望海支行"]
    at = visit(leader, PAGE, unit=unit, person=who)
    table = at.dataframe[0].value
    assert table["条目"].tolist()[0] == "资产配置入门" and "先修：做完它才能做“资产配置进阶”" in table["为什么"].tolist()[0]
    assert table["先做"].tolist()[1] == "资产配置入门"
    choose(at, "menu_of_", 0, 2)
    press(at, "安排选中的 2 项")
    assert {one.row.state for one in arranged(house, leader)} == {EnrolmentState.PLANNED} and "2 项未完成" in " ".join(
        labels(at, "expander")
    )
    choose(at, "arranged_", 0, 1)
    press(at, "标为完成（2）")
    assert {one.row.done_on for one in arranged(house, leader)} == {clock.today()}
    choose(at, "arranged_", 0)
    press(at, "恢复为未完成（1）")
    assert sorted(one.row.state for one in arranged(house, leader)) == [EnrolmentState.DONE, EnrolmentState.PLANNED]
    with house.database.reading() as db:
        assert [entry.action for entry in audit.entries(db, leader).entries].count("menu_viewed") == 1


def test_a_month_later_the_manager_is_reminded_here_and_at_home_and_closes_it_with_a_reason(
    house: Instance, leader: Actor, manager: Actor, plan: int, visit: Visit
) -> None:
    furnish(house, leader, manager)
    done(house, leader, "01")
    done(house, leader, "03")
    works_on(house, manager, plan)
    works_on(house, leader, plan)
    assert "1 项学习满一个月，该重新测评了" in labels(visit(manager), "page_link")
    assert "2 things learnt a month ago are due to be assessed again" in labels(visit(leader, "", "en"), "page_link")
    at = visit(manager, PAGE)
    assert at.dataframe[0].value["姓名"].tolist() == ["张敏"] and at.dataframe[0].value["提醒谁"].tolist() == ["Manager"]
    choose(at, "reminders_", 0)
    next(one for one in at.text_input if one.label == "原因").set_value("已调离").run()
    press(at, "关闭提醒")
    assert "该重新测评了" not in " ".join(labels(at, "expander"))


def test_a_manager_finds_nobody_elses_people_in_page_and_export(
    house: Instance, leader: Actor, manager: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(house, leader, manager)
    done(house, leader, "03")
    exported: list[bytes] = []

    def keep(_label: str, *, data: Any, **_how: Any) -> bool:
        exported.append(data())
        return False

    monkeypatch.setattr("streamlit.download_button", keep)
    strangers = ("王芳", "云岭0", "云岭支行", "青岚0")
    for parameters in ({}, {"unit": unit_ids(house)["云岭支行"]}, {"person": person_ids(house, leader)["03"]}):
        at = choose(visit(manager, PAGE, **parameters), "menu_of_unit", 2)
        shown = words(at) + " ".join(one.value.to_string() for one in at.dataframe) + str([one.options for one in at.selectbox])
        assert "张敏" in shown and not [name for name in strangers if name in shown]
    cells = [
        str(cell)
        for content in exported
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert len(exported) >= 6 and "张敏" in cells and not [name for name in strangers if name in " ".join(cells)]


def test_an_executive_sees_sums_and_nobody(house: Instance, leader: Actor, executive: Actor, visit: Visit) -> None:
    furnish(house, leader)
    at = visit(executive, PAGE)
    shown = words(at) + " ".join(one.value.to_string() for one in at.dataframe)
    assert "团队沟通技巧" in shown and "您看到的是汇总" in shown and not [name for name in ("张敏", "王芳", "云岭0") if name in shown]
    small = visit(executive, PAGE, unit=unit_ids(house)["望海支行"])
    assert "2 项能力的数字没有给出" in words(small) and not small.dataframe


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_somebody_without_any_assessment_nobody_says_that_all_is_well(
    language: str, house: Instance, leader: Actor, manager: Actor, visit: Visit
) -> None:
    furnish(house, leader, manager)
    shown = words(visit(manager, PAGE, language, person=person_ids(house, leader)["04"]))
    expected = "还没有一项测评，看不出要补什么" if language == "zh" else "Nothing has been assessed yet"
    assert expected in shown and "现在不用补" not in shown and "nothing to learn" not in shown


def test_a_gap_that_nothing_works_on_becomes_a_need_of_its_unit(
    house: Instance, leader: Actor, manager: Actor, plan: int, visit: Visit
) -> None:
    furnish(house, leader, manager)
    with house.database.writing() as db:
        course = next(one for one in courses.courses(db, leader) if one.facts.name == "团队沟通技巧")
        courses.archive(db, leader, course, archived=True)
    works_on(house, manager, plan)
    at = choose(visit(manager, PAGE), "menu_unmet_", 0)
    press(at, "把选中的 1 项提成培训需求")
    with house.database.reading() as db:
        [need] = needs.board(db, manager, plan).needs
    assert (need.row.unit, need.row.post, need.row.people, need.row.competency) == ("望海支行", "客户经理", 2, "团队协作")
    assert "2 人平均差 0.8 级，课程目录里没有条目能补" in need.row.problem
