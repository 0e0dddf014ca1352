"""The pages of gaps: what they say before there is anything, what they show, and to whom."""

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
from core.instance import Instance
from core.people import service as competency_service
from core.people.gaps import naming, service
from core.people.scope import give_charge
from pages.people.parts.gap_table import gaps_workbook
from tests.core.people.branch import competency_ids, employee_ids, fill, unit_ids
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

GAPS, PEOPLE, PROFILE = "people/gaps.py", "people/gap_people.py", "people/profile.py"
SIZES = {"甲支行": 3, "乙支行": 8, "丙支行": 12, "丁支行": 14}
DAY = (clock.today() - timedelta(days=40)).isoformat()
ROSTER = [(f"{unit[0]}{at:03d}", f"员工{unit[0]}{at}", unit, "客户经理") for unit, size in SIZES.items() for at in range(size)]
NEEDS = [("客户经理", "上门敲门", 4, 30), ("客户经理", "算清账", 3, 10), ("客户经理", "带队伍", 2, 10)]
SCORES: list[tuple[Any, ...]] = [(number, "上门敲门", 60, 100, "考核系统", DAY) for number, *_rest in ROSTER]
SCORES += [(ROSTER[0][0], "上门敲门", 90, 100, "上级评价", DAY), (ROSTER[0][0], "算清账", 60, 100, "考核系统", DAY)]


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Instance:
    fill(house, leader, ROSTER, NEEDS, SCORES)
    return house


def everything(at: AppTest) -> str:
    """All that the page shows, tables and charts included."""
    charts = [str(one.proto) for one in at.get("arrow_vega_lite_chart")]
    return "\n".join([words(at), *(one.value.to_csv() for one in at.dataframe), *charts])


def logged(house: Instance, actor: Actor, action: str) -> list[audit.Entry]:
    with house.database.reading() as db:
        return list(audit.entries(db, actor, action=action).entries)


def test_before_there_is_anything_the_page_says_what_to_do(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    at = visit(leader, GAPS)
    assert "还没有岗位能力矩阵" in words(at) and "去导入" in labels(at, "button")
    assert "No unit is in your charge yet" in words(visit(manager, GAPS, "en"))
    fill(house, leader, ROSTER, NEEDS, [])
    assert "还没有测评结果" in words(visit(leader, GAPS))


def test_human_resources_sees_gaps_with_their_formula_and_opens_the_people(branch: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, GAPS)
    assert "缺得最多的是“上门敲门”：平均差 1.0 级，37 人低于要求（已测 37 / 37 人）" in words(at)
    assert at.dataframe[0].value.iloc[0].tolist()[:4] == ["上门敲门", "丁支行", 14, 14]
    first = at.dataframe[0].value
    assert first[first["能力"] == "带队伍"]["已测"].tolist() == [0, 0, 0, 0]
    largest = f"{competency_ids(branch)['上门敲门']}_{unit_ids(branch)['丁支行']}"
    at.session_state[f"gaps_ranking_unit_12_{largest}"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    assert "14 人 × 平均差 1.00 级 = **14.0 人·级**；× 权重 60% = **8.4**" in words(at)
    assert "看是哪些人" in labels(at, "button")


def test_gaps_are_filtered_and_turned(branch: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, GAPS)
    next(one for one in at.selectbox if one.label == "机构").select("丙支行").run()
    assert set(at.dataframe[0].value["机构"]) == {"丙支行"} and "12 人低于要求" in words(at)
    next(one for one in at.get("button_group") if one.label == "并排比较").set_value("post").run()
    assert set(at.dataframe[0].value["岗位"]) == {"客户经理"}


def test_a_list_of_people_is_opened_once_in_the_log_and_leads_to_a_profile(branch: Instance, leader: Actor, visit: Visit) -> None:
    place = {"competency": competency_ids(branch)["上门敲门"], "unit": unit_ids(branch)["甲支行"]}
    at = visit(leader, PEOPLE, **place)
    table = at.dataframe[0].value
    assert set(table["姓名"]) == {"员工甲0", "员工甲1", "员工甲2"}
    assert table.iloc[-1]["说明"] == "低于要求 · 来源不一致" and "上级评价 90/100 = 4.5" in table.iloc[-1]["测评依据"]
    at.run()
    [entry] = logged(branch, leader, "gaps_people_viewed")
    assert entry.subject_id == place["competency"] and entry.detail == {"unit": place["unit"]}
    at.session_state[f"gap_people_3_{table.iloc[0]['工号']}"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    press(at, "打开 员工甲1 的人才档案")
    assert at.title[0].value == "人才档案"


def test_a_profile_shows_every_score_what_is_missing_and_what_disagrees(branch: Instance, leader: Actor, visit: Visit) -> None:
    who = employee_ids(branch)["甲000"]
    at = visit(leader, PROFILE, id=who)
    assert "员工甲0差得最多的是“上门敲门”：要求 L4，现有 3.8" in words(at)
    table = at.dataframe[0].value
    assert dict(zip(table["能力"], table["说明"], strict=True)) == {
        "上门敲门": "低于要求 · 来源不一致",
        "算清账": "达到要求",
        "带队伍": "缺测评",
    }
    at.run()
    assert [entry.subject_id for entry in logged(branch, leader, "profile_viewed")] == [who]
    visit(leader, PROFILE, "en", id=who)
    assert len(logged(branch, leader, "profile_viewed")) == 2
    assert "员工甲0" not in str(logged(branch, leader, "")) and "There is nobody" in words(visit(leader, PROFILE, "en", id=9999))


def test_a_certificate_is_recorded_in_the_profile_counts_and_is_taken_off_again(
    branch: Instance, leader: Actor, manager: Actor, visit: Visit
) -> None:
    who = employee_ids(branch)["甲000"]
    with branch.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(branch)["甲支行"]])
    with branch.database.writing() as db:
        competency_service.take_in(db, leader)
    at = visit(leader, PROFILE, id=who)
    assert "还没有持证记录" in words(at)
    next(one for one in at.selectbox if one.label == "证书").select("AFP 金融理财师")
    next(one for one in at.checkbox if one.label == "长期有效").check()
    press(at, "保存")
    assert "取得日期不详 · 长期有效" in words(at) and "证书“AFP 金融理财师”证明至少 2.0（日期不详，长期有效）" in everything(at)
    read = visit(manager, PROFILE, "en", id=who)
    assert "AFP (Associate Financial Planner)" in words(read) and "Save" not in labels(read, "button")
    assert "“AFP (Associate Financial Planner)” proves" in everything(read) and "理财师" not in everything(read)
    press(at, "取下")
    assert "理财师”证明至少" not in everything(at) and "取回" in labels(at, "button")
    assert len(logged(branch, leader, "held_certificate_removed")) == 1


def test_a_unit_manager_finds_nobody_else(branch: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    with branch.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(branch)["甲支行"]])
    competency, others = competency_ids(branch)["上门敲门"], employee_ids(branch)["乙001"]
    pages = [visit(manager, GAPS), visit(manager, PEOPLE, competency=competency), visit(manager, PROFILE, id=others)]
    pages.append(visit(manager, PEOPLE, competency=competency, unit=unit_ids(branch)["乙支行"]))
    for at in pages:
        shown = everything(at)
        assert not [unit for unit in ("乙", "丙", "丁") if f"员工{unit}" in shown or f"{unit}支行" in shown or f"{unit}00" in shown]
    assert "已测 3 / 3 人" in words(pages[0]) and "员工甲2" in everything(pages[1])
    assert "没有这个人" in words(pages[2]) and "这里没有您可以按姓名查看的人" in words(pages[3])
    assert [one.account_id for one in logged(branch, leader, "gaps_people_viewed")] == [manager.account_id]
    assert not logged(branch, leader, "profile_viewed")


def test_an_executive_finds_no_name_and_no_hidden_cell(branch: Instance, leader: Actor, executive: Actor, visit: Visit) -> None:
    competency = competency_ids(branch)["上门敲门"]
    at = visit(executive, GAPS)
    table = at.dataframe[0].value
    known = table[table["能力"] == "上门敲门"]
    assert set(known["机构"]) == {"丙支行", "丁支行"} and "人数太少，不显示" in words(at)
    assert "员工" not in everything(at).replace("员工名单", "").replace("检查员工", "") and "看是哪些人" not in labels(at, "button")
    assert [one.label for one in at.selectbox] == ["机构"]
    by_post = at
    next(one for one in by_post.get("button_group") if one.label == "并排比较").set_value("post").run()
    assert [one.label for one in by_post.selectbox] == ["岗位"] and "37" in everything(by_post)
    for page, place in ((PEOPLE, {"competency": competency}), (PROFILE, {"id": employee_ids(branch)["丁001"]})):
        closed = visit(executive, page, **place)
        assert "员工丁" not in everything(closed) and not closed.dataframe
    assert not logged(branch, leader, "gaps_people_viewed") and not logged(branch, leader, "profile_viewed")


def test_the_file_of_an_executive_holds_what_the_page_shows_and_no_more(branch: Instance, executive: Actor) -> None:
    with branch.database.reading() as db:
        table, names = service.table(db, executive, "unit"), naming.names(db, executive, "zh")
    rows = list(openpyxl.load_workbook(io.BytesIO(gaps_workbook(table, names, "unit"))).active.iter_rows(values_only=True))
    assert {row[:4] for row in rows[1:] if row[1]} >= {("上门敲门", "丁支行", 14, 14), ("上门敲门", "丙支行", 12, 12)}
    assert not [row for row in rows if "甲支行" in row or ("乙支行" in row and "上门敲门" in row)] and "员工" not in str(rows)
    assert "不显示" in str(rows[-1])


def test_human_resources_gives_units_and_sees_how_many_people_that_shows(
    branch: Instance, leader: Actor, manager: Actor, visit: Visit
) -> None:
    at = visit(leader, "people/people.py")
    chooser = next(one for one in at.multiselect if one.label == "负责的机构（含下级）")
    chooser.set_value(["甲支行", "丙支行"]).run()
    assert "会看到 15 人的姓名" in words(at)
    press(at, "保存负责的机构")
    assert "已测 15 / 15 人" in words(visit(manager, GAPS))
    assert "没有负责人的机构：2 个" in words(visit(leader, "people/people.py"))
