"""The page of attendance: lists are noted, completed, pasted; a link is shown once; who is behind is reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import clock
from core.access.actor import Actor
from core.delivery.attendance.terms import Presence
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.tables import Cohort, CohortMember
from core.instance import Instance
from core.people.tables import Employee
from tests.core.delivery.test_attendance import note, people, sheet
from tests.core.delivery.test_walk_ins import on
from tests.core.delivery.timetable_world import World, published, sessions
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "delivery/attendance.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = published(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def session(house: Instance, leader: Actor, world: World) -> SessionView:
    """A session that is held today."""
    found = next(one for one in sessions(house, leader, world.plan) if one.day is not None and len(one.members) > 1)
    with house.database.writing() as db:
        on(db, world.plan, found.id, clock.today())
    return next(one for one in sessions(house, leader, world.plan) if one.id == found.id)


def test_before_anything_is_published_the_page_says_what_it_is_for(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "排期发布以后" in words(visit(leader, PAGE))


def test_the_rest_of_a_list_comes_with_one_click_and_can_be_taken_back(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    at = visit(leader, PAGE, session=session.id)
    at = press(at, "其余记为到课")
    assert sheet(house, leader, world, session).came == len(session.members)
    press(at, "撤销最近一次登记")
    assert sheet(house, leader, world, session).noted == 0


def test_numbers_that_are_pasted_came_and_a_strange_one_notes_nothing(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    first, *others = people(house, session)
    at = visit(leader, PAGE, session=session.id)
    at.text_area[0].set_value(f"{first.employee_no}\n88888")
    at = press(at, "名单上的记为到课，其余记为缺席")
    assert "88888" in words(at) and sheet(house, leader, world, session).noted == 0
    at.text_area[0].set_value(first.employee_no)
    press(at, "名单上的记为到课，其余记为缺席")
    said = {one.employee_id: one.presence for one in sheet(house, leader, world, session).rows}
    assert said == {first.id: Presence.PRESENT, **{one.id: Presence.ABSENT for one in others}}


def newcomer(house: Instance, session: SessionView) -> Employee:
    """Somebody of the roster who is on no list."""
    with house.database.writing() as db:
        row = Employee(employee_no="K0917", name="欧阳娜", unit_id=db.get_one(Employee, session.members[0]).unit_id)
        db.add(row)
        db.flush()
        return row


def test_who_came_without_being_on_the_list_is_found_in_the_roster_and_noted(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    who = newcomer(house, session)
    at = visit(leader, PAGE, session=session.id)
    at.text_input(key=next(each.key for each in at.text_input if str(each.key).startswith("guests_"))).set_value("k0917").run()
    at = press(at, "登记")
    seen = sheet(house, leader, world, session)
    assert [(row.employee_id, row.guest) for row in seen.rows if row.guest] == [(who.id, True)]
    assert "名单外" in labels(at, "metric")
    assert "Off the list" in labels(visit(leader, PAGE, "en", session=session.id), "metric")


def test_a_pasted_number_off_the_list_is_noted_where_that_is_asked_for(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    who = newcomer(house, session)
    at = visit(leader, PAGE, session=session.id)
    at.text_area[0].set_value("k0917")
    next(one for one in at.checkbox if "花名册" in one.label).check()
    press(at, "名单上的记为到课，其余记为缺席")
    seen = sheet(house, leader, world, session)
    assert (seen.noted, seen.came, seen.guests) == (len(session.members), 0, 1) and seen.rows[-1].employee_id == who.id


def test_how_many_came_is_typed_where_nobody_is_named(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    with house.database.writing() as db:
        db.execute(sa.delete(CohortMember).where(CohortMember.cohort_id == session.cohort_id))  # type: ignore[arg-type]
        db.get_one(Cohort, session.cohort_id).seats = 40
    at = visit(leader, PAGE, session=session.id)
    at.number_input[0].set_value(36)
    press(at, "保存人数")
    assert (sheet(house, leader, world, session).came, sheet(house, leader, world, session).unnoted) == (36, 0)


def test_before_the_day_there_is_only_leave_to_be_noted(
    house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    with house.database.writing() as db:
        on(db, world.plan, session.id, clock.today() + timedelta(days=9))
    at = visit(leader, PAGE, session=session.id)
    assert "当天起登记到课" in words(at) and not {"其余记为到课", "登记名单外的人"} & set(labels(at, "button"))


def test_a_link_is_shown_once_and_closed(house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit) -> None:
    at = press(visit(leader, PAGE, session=session.id), "生成签到二维码")
    assert "/check-in/" in at.code[0].value
    at = press(at, "已保存，收起")
    assert not at.code and "关闭签到链接" in labels(at, "button")
    at = press(at, "关闭签到链接")
    assert "关闭签到链接" not in labels(at, "button")


@pytest.mark.parametrize(("language", "behind"), [("zh", "有缺课 1"), ("en", "Behind 1")])
def test_who_missed_something_is_behind(
    language: str, behind: str, house: Instance, leader: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    note(house, leader, world, session, {session.members[0]: Presence.ABSENT})
    assert behind in words(visit(leader, PAGE, language)) or behind in str([one.options for one in visit(leader, PAGE, language).pills])


def test_an_executive_reads_numbers_and_no_names(
    house: Instance, leader: Actor, executive: Actor, world: World, session: SessionView, visit: Visit
) -> None:
    works_on(house, executive, world.plan)
    text = words(visit(executive, PAGE, session=session.id))
    assert all(one.name not in text for one in people(house, session)) and "保存名单" not in text
