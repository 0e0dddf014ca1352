"""Two people at one record: nobody's words are lost, nobody is overwritten, and who differs chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor, Role
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.goals.needs.writing import draft_of
from core.instance import Instance
from tests.conftest import person
from tests.core.goals.needs.world import AFTERCARE, SWINGS, Asking, asking, board, file
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "goals/needs.py"
MINE, THEIRS = "客户听不懂波动，理财经理解释不了", "净值波动引来十二起投诉"


@pytest.fixture
def world(house: Instance, leader: Actor) -> Asking:
    made = asking(house, leader)
    file(house, leader, made.plan, "云岭支行", SWINGS)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def colleague(house: Instance, world: Asking) -> Actor:
    actor = person(house, "colleague", Role.HR_LEADER)
    works_on(house, actor, world.plan)
    return actor


def stored(house: Instance, actor: Actor, world: Asking) -> NeedDraft:
    return draft_of(board(house, actor, world.plan).needs[0].row)


def saves(house: Instance, actor: Actor, world: Asking, **values: Any) -> None:
    """Somebody saves the need with other values, in another browser."""
    one = board(house, actor, world.plan).needs[0]
    with house.database.writing() as db:
        needs.edit(db, actor, world.plan, one.id, one.row.version or 0, one.row.unit, replace(draft_of(one.row), **values))


def write(at: AppTest, **values: Any) -> AppTest:
    """Type into the form of the need without sending it."""
    for name, value in values.items():
        fields = (*at.text_area, *at.text_input, *at.number_input)
        next(one for one in fields if (one.key or "").startswith("need_1_") and (one.key or "").endswith(f"_{name}")).set_value(value)
    return at


def choose(at: AppTest, name: str, side: str) -> AppTest:
    next(one for one in at.get("button_group") if (one.key or "").endswith(f"_side_{name}")).set_value(side)
    return at.run()


def test_what_two_people_write_in_different_fields_is_put_together(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    saves(house, colleague, world, people=66)
    at = press(write(at, problem=MINE), "保存")
    assert "别人改的也保留了：人数" in words(at)
    now = stored(house, leader, world)
    assert (now.problem, now.people) == (MINE, 66)
    saves(house, colleague, world, people=67)
    at = press(write(at, evidence="客服台账"), "保存")
    assert (stored(house, leader, world).people, stored(house, leader, world).evidence) == (67, "客服台账")


def test_who_wrote_in_the_same_field_sees_both_versions_and_chooses_for_each(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    saves(house, colleague, world, problem=THEIRS, people=66, evidence="投诉系统")
    at = press(write(at, problem=MINE, people=30, behaviour="能讲清波动"), "保存")
    read = words(at)
    assert MINE in read and THEIRS in read and "Colleague" in read and "66" in read
    assert "照您的：希望的行为" in read and "数据或事实（投诉系统）" in read
    assert stored(house, leader, world).problem == THEIRS
    at = choose(at, "problem", "mine")
    assert next(one for one in at.button if one.label == "保存选好的").disabled
    at = press(choose(at, "people", "theirs"), "保存选好的")
    now = stored(house, leader, world)
    assert (now.problem, now.people, now.behaviour, now.evidence) == (MINE, 66, "能讲清波动", "投诉系统")
    assert "保存选好的" not in labels(at, "button") and "保存" in labels(at, "button")


def test_what_was_chosen_is_asked_again_when_the_other_saves_once_more(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    saves(house, colleague, world, problem=THEIRS)
    at = choose(press(write(at, problem=MINE), "保存"), "problem", "mine")
    saves(house, colleague, world, problem=THEIRS + "，又改")
    at = press(at, "保存选好的")
    assert THEIRS + "，又改" in words(at) and stored(house, leader, world).problem == THEIRS + "，又改"
    at = press(choose(at, "problem", "mine"), "保存选好的")
    assert stored(house, leader, world).problem == MINE


def test_the_writer_may_go_back_to_the_form_or_give_up(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    saves(house, colleague, world, problem=THEIRS)
    at = press(press(write(at, problem=MINE), "保存"), "回到表单再改")
    assert next(one for one in at.text_area if (one.key or "").endswith("_problem")).value == MINE
    at = press(at, "保存")
    assert stored(house, leader, world).problem == MINE
    saves(house, colleague, world, problem=THEIRS)
    at = press(press(write(at, problem="又一版"), "保存"), "都用对方的，不要我的")
    assert stored(house, leader, world).problem == THEIRS
    assert next(one for one in at.text_area if (one.key or "").endswith("_problem")).value == THEIRS


def test_a_quiet_line_says_that_somebody_saved_and_offers_the_newest(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE, "en")
    assert "Show the newest" not in labels(at, "button")
    saves(house, colleague, world, problem=THEIRS)
    at.run()
    read = words(at)
    assert "Colleague (" in read and "changed: Problem (pain point)." in read
    at = press(at, "Show the newest")
    assert next(one for one in at.text_area if (one.key or "").endswith("_problem")).value == THEIRS
    assert "Show the newest" not in labels(at, "button")


def test_what_the_check_refuses_stays_in_the_form(house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit) -> None:
    at = press(write(visit(leader, PAGE), problem=" ", behaviour="能讲清波动"), "保存")
    assert "请写明问题" in at.error[0].value
    assert next(one for one in at.text_area if (one.key or "").endswith("_behaviour")).value == "能讲清波动"
    saves(house, colleague, world, people=66)
    at = press(write(at, problem=MINE), "保存")
    assert (stored(house, leader, world).problem, stored(house, leader, world).people) == (MINE, 66)


def test_others_at_the_same_record_are_named(house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "也正打开着这里" not in words(at)
    visit(colleague, PAGE)
    at.run()
    assert "Colleague 也正打开着这里" in words(at) and "Leader" not in words(at).split("也正打开着这里")[0].rsplit("\n", 1)[-1]


def test_a_reader_stays_with_the_need_that_they_look_at_when_another_is_filed(
    house: Instance, leader: Actor, colleague: Actor, world: Asking, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    file(house, colleague, world.plan, "望海支行", AFTERCARE)
    at.run()
    assert f"**{SWINGS.problem}**" in words(at) and f"**{AFTERCARE.problem}**" not in words(at)
    press(write(at, problem=MINE), "保存")
    assert MINE in [view.row.problem for view in board(house, leader, world.plan).needs]
    assert f"**{AFTERCARE.problem}**" in words(visit(leader, PAGE))
