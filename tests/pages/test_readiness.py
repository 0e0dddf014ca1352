"""The readiness section of the environment page: begun, answered, read, taken into a theme, compared."""

from __future__ import annotations

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.readiness import service as readiness
from core.strategy.readiness.checklist import checklist
from core.strategy.readiness.service import Answer, Assessment
from core.strategy.themes import service as themes
from pages.strategy.parts.readiness import readiness_workbook
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/environment.py"
WEAK = {"data_known": Answer(1, "=没有目录"), "data_quality": Answer(0), "leadership_aims": Answer(4), "leadership_owner": Answer(3)}


def seen(house: Instance, actor: Actor, plan: int) -> Assessment:
    with house.database.reading() as db:
        return readiness.assessment(db, actor, plan)


def filled(house: Instance, leader: Actor, plan: int, *periods: str) -> None:
    works_on(house, leader, plan)
    with house.database.writing() as db:
        for period in periods:
            readiness.answer(db, leader, plan, readiness.begin(db, leader, plan, period), WEAK)


def choose(at: AppTest, label: str, value: object) -> AppTest:
    next(one for one in reversed(at.get("button_group")) if one.label.startswith(label)).set_value(value)
    return at


def test_an_empty_section_says_what_it_is_for_and_begins(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "本行用得起来人工智能吗" in words(at)
    at = press(at, "开始自评")
    assert "已答 0 / 18 条" in words(at) and len(seen(house, leader, plan).rounds) == 1


def test_statements_are_answered_and_the_unanswered_stays_open(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    filled(house, leader, plan, "2027Q1")
    at = visit(leader, PAGE)
    assert "已答 4 / 18 条" in words(at) and "先选一个场景" in words(at)
    at = choose(at, "维度", "risk").run()
    choose(at, "1. 客户信息", 3)
    press(at, "保存回答")
    answers = seen(house, leader, plan).rounds[0].answers
    assert answers["risk_rules"] == 3 and "risk_review" not in answers


def test_a_weak_dimension_goes_into_the_themes_and_comes_back(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    filled(house, leader, plan, "2027Q1")
    at = press(visit(leader, PAGE), "并入主题")
    with house.database.reading() as db:
        assert [view.theme.name for view in themes.overview(db, leader, plan).themes] == ["打通可用、可信的业务数据"]
    assert "打通可用、可信的业务数据" in " ".join(labels(at, "page_link"))
    assert "数据平均 0.5" in words(visit(leader, "strategy/themes.py")) and "Data mean 0.5" in words(
        visit(leader, "strategy/themes.py", "en")
    )
    press(at, "撤销")
    with house.database.reading() as db:
        assert themes.overview(db, leader, plan).themes == ()


def test_rounds_are_beside_each_other_and_the_old_one_is_read_only(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    filled(house, leader, plan, "2027Q1", "2027Q2")
    english = visit(leader, PAGE, "en")
    assert "The grey tick is Q1 2027" in words(english) and "Save answers" in labels(english, "button")
    first = seen(house, leader, plan).rounds[0].id
    at = visit(leader, PAGE)
    at.selectbox(key="readiness_round").set_value(first).run()
    assert "保存回答" not in labels(at, "button") and "已答 4 / 18 条" in words(at)


def test_an_executive_reads_and_changes_nothing(house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit) -> None:
    filled(house, leader, plan, "2027Q1")
    works_on(house, executive, plan)
    at = visit(executive, PAGE)
    assert "先选一个场景" in words(at) and not {"保存回答", "并入主题", "开始新一轮"} & set(labels(at, "button"))


def test_the_workbook_leaves_the_unanswered_empty(house: Instance, leader: Actor, plan: int) -> None:
    filled(house, leader, plan, "2027Q1")
    (one,) = seen(house, leader, plan).rounds
    sheet = openpyxl.load_workbook(io.BytesIO(readiness_workbook(one, checklist("zh")))).active
    assert sheet is not None
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=19)}
    known = next(row for text, row in rows.items() if str(text).startswith("常用的客户"))
    assert known[2:6] == [1, "零星尝试", "=没有目录", "Leader"]
    assert sum(row[2] is None and row[3] == "未回答" for row in rows.values()) == 14
