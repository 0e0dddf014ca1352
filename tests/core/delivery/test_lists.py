"""A branch's own list as people really write it: numbers in words, modes of teaching, merged cells, names that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from core.access.actor import Actor
from core.delivery.timetable import people, taking_in
from core.delivery.timetable.list_cells import is_online, slots
from core.delivery.timetable.lists import read
from core.delivery.timetable.periods import span
from core.delivery.timetable.taking_in import Preview
from core.errors import BadInput
from core.instance import Instance
from core.sheets.grid import rows_of
from tests.core.delivery.timetable_world import World, furnish

HEADER = ["培训项目", "参训机构", "培训对象", "人数", "天数", "授课方式", "讲师", "计划时间", "优先级"]


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return furnish(house, leader)


def seen(house: Instance, leader: Actor, world: World, *rows: Sequence[Any]) -> Preview:
    with house.database.reading() as db:
        return taking_in.preview(db, leader, world.plan, rows_of([HEADER, *(list(row) for row in rows)]))


@pytest.mark.parametrize(
    ("text", "halves"),
    [("两天", 4), ("一天半", 3), ("1天半", 3), ("三个半天", 3), ("半日", 1), ("二天", 4), ("十学时", 3), ("１.５天", 3), ("2", 4)],
)
def test_how_long_something_takes_may_be_written_in_words(text: str, halves: int) -> None:
    assert slots(text, "天数") == halves


@pytest.mark.parametrize("text", ["1.2.3天", "0", "0天", "若干天", "."])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        slots(text, "天数")


@pytest.mark.parametrize(
    ("text", "online"),
    [
        *(("线上直播", True), ("腾讯会议", True), ("Online (live)", True), ("Zoom", True), ("是", True)),
        *(("面授", False), ("线上+线下", False), ("线下", False), ("face-to-face", False), ("", False), ("否", False)),
    ],
)
def test_a_mode_of_teaching_says_whether_a_room_is_needed(text: str, online: bool) -> None:
    assert is_online(text) is online


def test_a_year_may_come_last() -> None:
    assert span("Q2 2028", 2027) == (date(2028, 4, 1), date(2028, 6, 30))
    assert span("March 2027", 2026) == (date(2027, 3, 1), date(2027, 3, 31))


def test_a_row_without_a_name_belongs_to_the_project_above_it_though_that_row_is_refused() -> None:
    rows = [HEADER, ["甲", "", "", 30, "1天"], ["乙", "", "", 20, "很久"], [None, "", "", 20, "2天"]]
    found = read(rows_of(rows), {}, 2027)
    assert [(one.name, one.slots) for one in found.listed] == [("甲", 2), ("乙", 4)]
    assert [one.line for one in found.refused] == [3]


def test_nobody_is_asked_to_teach_what_is_still_open_and_priorities_may_be_words(house: Instance, leader: Actor, world: World) -> None:
    found = seen(
        house, leader, world, ["甲", "", "", 30, "1天", "", "待定", "3月", "高"], ["乙", "", "", 30, "1天", "", "李老师", "3月", 2]
    )
    assert [(one.trainers, one.priority) for one in found.listed] == [((), 5), (("李老师",), 2)]
    assert not found.notes


def test_a_unit_that_nobody_knows_never_makes_a_class_of_the_whole_bank(house: Instance, leader: Actor, world: World) -> None:
    post = ["望海之行", "客户经理", None, "1天", "", "", "", ""]
    found = seen(house, leader, world, ["甲", *post], ["乙", "望海之行", "客户经理", 2, "1天", "", "无名氏", "2026年3月", ""])
    assert [one.text for one in found.refused] == ["甲"] and "望海之行" in str(found.refused[0].why)
    assert [one.name for one in found.listed] == ["乙"]
    said = " ".join(map(str, found.notes))
    assert "望海之行" in said and "无名氏" in said and "2027" in said
    with house.database.writing() as db:
        taking_in.take_in(db, leader, world.plan, found.listed)
        made = next(one for one in people.programmes(db, leader, world.plan) if one.row.name == "乙")
    assert made.people == 2 and not any(one.named for one in made.cohorts)


def test_everybody_of_a_post_is_everybody_of_it(house: Instance, leader: Actor, world: World) -> None:
    found = seen(house, leader, world, ["甲", "全行", "", None, "1天", "", "", "", ""])
    with house.database.writing() as db:
        taking_in.take_in(db, leader, world.plan, found.listed)
        made = next(one for one in people.programmes(db, leader, world.plan) if one.row.name == "甲")
    assert made.people > 5 and all(one.named for one in made.cohorts)


@pytest.mark.parametrize(
    ("number", "size", "classes", "expected"),
    [
        (9, None, 4, [3, 2, 2, 2]),
        (60, 30, 3, [20, 20, 20]),
        (None, 15, 3, [15, 15, 15]),
        (60, 20, 2, [20, 20, 20]),
        (3, None, 5, [1, 1, 1]),
    ],
)
def test_as_many_classes_are_held_as_the_list_says(
    house: Instance, leader: Actor, world: World, number: int | None, size: int | None, classes: int, expected: list[int]
) -> None:
    sheet = [("项目", "时长", "人数", "每班人数", "期数"), ("反诈", "半天", number, size, classes)]
    with house.database.writing() as db:
        seen = taking_in.preview(db, leader, world.plan, rows_of(sheet))
        taking_in.take_in(db, leader, world.plan, seen.listed)
        found = next(one for one in people.programmes(db, leader, world.plan) if one.row.name == "反诈")
    assert [one.size for one in found.cohorts] == expected
    said = [str(note) for note in seen.notes]
    assert any("期数会少于" in one for one in said) is (number == 3)
    assert any("装不下" in one for one in said) is (number == 60 and size == 20)
