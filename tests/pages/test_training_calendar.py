"""The page of the calendar: a year that is not published, blackouts taken from suggestions, a day of one's own, a pasted notice."""

from __future__ import annotations

from datetime import date

from core.access.actor import Actor
from core.delivery.calendar import editing, service
from core.delivery.calendar.editing import BlackoutFacts
from core.instance import Instance
from tests.core.delivery.test_calendar import NOTICE
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "delivery/calendar.py"


def test_without_a_plan_the_page_says_where_to_choose_one(leader: Actor, visit: Visit) -> None:
    assert "请先在左侧选择年度计划" in words(visit(leader, PAGE))


def test_a_year_to_come_says_that_it_is_provisional(house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit) -> None:
    for actor in (leader, executive):
        works_on(house, actor, plan)
    at = visit(leader, PAGE)
    assert "还没有公布" in words(at) and "2027 年（暂定）：227 个工作日可排" in words(at)
    assert {one.label: one.value for one in at.metric}["可排的天数"] == "227 天"
    other = visit(executive, PAGE, "en")
    assert "not published yet" in words(other) and "provisional" in words(other)
    assert "Add a blackout" not in words(other) and "Import a table" not in words(other)


def test_suggestions_apply_only_when_somebody_takes_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    with house.database.reading() as db:
        assert not service.blackouts(db, leader, plan)
    at.checkbox(key="blackout_offer_quarter_3").check().run()
    press(at, "采用选中的 1 条")
    with house.database.reading() as db:
        [one] = service.blackouts(db, leader, plan)
    assert (one.name, one.starts, one.ends) == ("一季度末", date(2027, 3, 25), date(2027, 3, 31))
    assert "全行" in words(at) and {one.label: one.value for one in at.metric}["全行禁排"] == "5 天"
    press(at, "撤销上一步")
    with house.database.reading() as db:
        assert not service.blackouts(db, leader, plan)


def test_a_day_is_changed_with_a_reason(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    at.date_input(key="calendar_day_on").set_value(date(2027, 3, 8))
    at.text_input(key="calendar_day_why").set_value("行庆")
    next(one for one in at.button if one.label == "保存" and "calendar_day" in str(one.proto.form_id)).click()
    at.run()
    assert "行庆" in words(at) and "不上班" in words(at)
    press(at, "恢复")
    with house.database.reading() as db:
        assert not service.year(db, leader, plan).own


def test_a_pasted_notice_makes_the_year_official_and_says_what_changed(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    with house.database.writing() as db:
        editing.save_blackout(db, leader, plan, None, BlackoutFacts("季末", date(2027, 3, 25), date(2027, 3, 31)))
    at = visit(leader, PAGE)
    next(one for one in at.get("button_group") if str(one.key) == "calendar_kind").set_value("notice").run()
    at.text_area(key="calendar_paste_0").set_value(NOTICE).run()
    assert "放假 28 天，调休上班 5 天" in words(at)
    press(at, "导入 33 行")
    assert "按您导入的放假通知算" in words(at) and "2027 年的放假安排已经公布" in words(at) and "天可排" in words(at)
    press(at, "知道了，按公布的算")
    assert "2027 年的放假安排已经公布" not in words(at)
    assert "删除导入的通知" in labels(at, "button")
