"""The page of the interviews: what both sides say is opened, decided, put into one's own words and taken away."""

from __future__ import annotations

import io

import openpyxl
import pytest

from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.instance import Instance
from core.strategy import interviews, review, same_matter
from core.strategy.interviews import Held
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, Origin
from pages.strategy.parts.contrast import contrast_workbook
from tests.core.strategy.test_contrast import plan as _decoded_plan
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/interviews.py"
decoded = _decoded_plan


@pytest.fixture
def filled(house: Instance, leader: Actor, decoded: int) -> int:
    """The leader's plan with two decoded interviews and a decoded strategy."""
    works_on(house, leader, decoded)
    return decoded


def held(house: Instance, actor: Actor, plan: int) -> Held:
    with house.database.reading() as db:
        return interviews.hold(db, actor, plan)


def findings(house: Instance, actor: Actor, plan: int) -> tuple[FindingRow, ...]:
    with house.database.reading() as db:
        return review.board(db, actor, plan, Wanted(), 0, 100).rows


def test_an_empty_page_says_what_it_is_for_and_leads_to_a_record(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "放在一起对照" in words(at) and "记录一次访谈" in labels(at, "button")
    assert "stands beside what documents say" in words(visit(leader, PAGE, "en"))


def test_who_may_not_read_interviews_is_told_so_and_sees_none(
    house: Instance, leader: Actor, executive: Actor, filled: int, visit: Visit
) -> None:
    works_on(house, executive, filled)
    at = visit(executive, PAGE)
    assert "还没有对您开放的访谈记录" in words(at) and "林予安" not in words(at)


def test_the_sections_say_what_only_one_side_says(filled: int, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "不能当作总行的要求来引用" in words(at) and "周牧野" in at.dataframe[0].value.to_string()
    assert "导师津贴" in at.dataframe[2].value.to_string()
    chooser = next(one for one in at.get("button_group") if one.label == "查看")
    chooser.set_value("written").run()
    assert "持证上岗率" in at.dataframe[2].value.to_string() and "这些访谈里没有人提到。" in words(at)
    english = visit(leader, PAGE, "en")
    assert "must not be cited as HQ's demand" in words(english) and "Things raised" in english.dataframe[1].value.to_string()


def test_a_line_is_accepted_and_the_decision_taken_back(house: Instance, filled: int, leader: Actor, visit: Visit) -> None:
    at = press(visit(leader, PAGE), "采纳")
    assert sum(row.state == "accepted" for row in findings(house, leader, filled)) == 1
    press(at, "撤销上一步")
    assert sum(row.state == "accepted" for row in findings(house, leader, filled)) == 0


def test_a_line_is_put_into_ones_own_words(house: Instance, filled: int, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    next(one for one in at.text_area if one.label == "内容").set_value("县域导师津贴按季兑现")
    press(at, "写入发现")
    own = next(row for row in findings(house, leader, filled) if row.origin is Origin.PERSON)
    assert own.text == "县域导师津贴按季兑现" and own.state == "accepted" and own.quote in as_said(house, leader, filled)


def test_a_wrong_match_is_parted_and_a_missing_one_made_by_hand(house: Instance, filled: int, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    next(one for one in at.get("button_group") if one.label == "查看").set_value("both").run()
    before = held(house, leader, filled).contrast
    press(at, "不是一回事")
    assert "已认定不是一回事" in words(at) and len(held(house, leader, filled).contrast.both) == len(before.both) - 1
    at = visit(leader, PAGE)
    alone = held(house, leader, filled).contrast.spoken[0]
    at.selectbox(key=f"matter_other_{alone.id}").set_value(before.written[0].id).run()
    press(at, "是一回事")
    linked = held(house, leader, filled).contrast
    assert alone.id in {line.id for line in linked.both} and before.written[0].id not in {line.id for line in linked.written}


def test_what_a_person_said_is_shown_with_their_name_and_taken_back(house: Instance, filled: int, leader: Actor, visit: Visit) -> None:
    seen = held(house, leader, filled).contrast
    with house.database.writing() as db:
        same_matter.judge(db, leader, filled, seen.spoken[0].ids, seen.clauses[0].ids, same=False, seen={})
    at = visit(leader, PAGE)
    assert "人工认定不是一回事" in words(at) and leader.name in words(at)
    assert "it is not the same matter" in words(visit(leader, PAGE, "en"))
    press(at, "撤销认定")
    assert not held(house, leader, filled).matters


def test_what_was_done_at_the_command_line_is_shown_as_the_local_administrators(
    house: Instance, filled: int, leader: Actor, visit: Visit
) -> None:
    seen = held(house, leader, filled).contrast
    with house.database.writing() as db:
        same_matter.judge(db, LOCAL_ADMINISTRATOR, filled, seen.spoken[0].ids, seen.clauses[0].ids, same=False, seen={})
    at = words(visit(leader, PAGE))
    assert "本机管理员" in at and LOCAL_ADMINISTRATOR.name not in at
    assert "Local administrator" in words(visit(leader, PAGE, "en"))


def as_said(house: Instance, leader: Actor, plan: int) -> list[str]:
    return [row.quote for row in held(house, leader, plan).rows.values()]


def test_one_persons_words_can_be_chosen(filled: int, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.multiselect(key="voices_people").set_value(["周牧野"]).run()
    assert "林予安" not in at.dataframe[1].value.to_string()
    at.multiselect(key="voices_roles").set_value(["分管零售副行长"]).run()
    assert "没有同时符合这些条件的访谈" in words(at)


def test_the_workbook_holds_both_sides_words(house: Instance, filled: int, leader: Actor) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(contrast_workbook(held(house, leader, filled)))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    pair = next(row for row in rows if row[0] == "两边都说")
    assert pair[3] == "林予安" and pair[5] and pair[7] and pair[8] == "总行战略"
    assert {row[0] for row in rows if row[0]} >= {"两边都说", "只在访谈里", "只在文件里"}
