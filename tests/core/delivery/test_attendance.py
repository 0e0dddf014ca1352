"""Who came, who has how much still to do, what those who came thought. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import clock
from core.access.actor import Actor
from core.delivery.attendance import check_in, pasting, standing
from core.delivery.attendance import service as attendance
from core.delivery.attendance.check_in import FEWEST
from core.delivery.attendance.completion import Held, Standing, progress, unnoted
from core.delivery.attendance.service import Sheet
from core.delivery.attendance.terms import Asked, Presence, Via
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable.service import SessionView
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people import scope as scopes
from core.people.tables import Employee
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, published, sessions

MARKS = {Asked.CONTENT: 5, Asked.TRAINER: 4, Asked.USE: 3}


def test_a_programme_is_done_when_somebody_came_to_all_of_it_and_late_is_there() -> None:
    held = [Held(number, 1, f"第{number}课", date(2027, 3, number), (7, 8)) for number in (1, 2, 3)]
    said = {(1, 7): Presence.PRESENT, (2, 7): Presence.LATE, (3, 7): Presence.PRESENT, (1, 8): Presence.PRESENT, (2, 8): Presence.EXCUSED}
    done, behind = sorted(progress(held, said, date(2027, 3, 10)), key=lambda one: one.employee_id)
    assert (done.standing, done.left, done.words.render("zh")) == (Standing.DONE, 0, "3 次全部完成")
    assert (behind.standing, behind.missed, behind.silent) == (Standing.BEHIND, ("第2课",), ("第3课",))
    assert behind.words.render("zh") == "已完成 1 次，还差 2 次" and behind.words.render("en") == "1 done, 2 to go"


def test_a_session_is_owed_a_list_from_the_day_after_it() -> None:
    held = [Held(1, 1, "课", date(2027, 3, 1), (7, 8)), Held(2, 1, "课", None, (7,))]
    assert unnoted(held, {(1, 7): Presence.ABSENT}, date(2027, 3, 1)) == []
    assert [(one.session_id, number) for one, number in unnoted(held, {(1, 7): Presence.ABSENT}, date(2027, 3, 2))] == [(1, 1)]


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


@pytest.fixture
def session(house: Instance, leader: Actor, world: World) -> SessionView:
    """A session that is held, with two people at least."""
    return next(one for one in sessions(house, leader, world.plan) if one.day is not None and len(one.members) > 1)


@pytest.fixture
def today(house: Instance, world: World, session: SessionView) -> date:
    """The session is held today, so that people can check in."""
    day = clock.today()
    with house.database.writing() as db:
        table = timetable_rows.published(db, world.plan)
        assert table is not None
        held = timetable_rows.placement(db, table.id or 0, session.id)
        assert held is not None
        held.day = held.ends_on = day
    return day


def sheet(house: Instance, actor: Actor, world: World, session: SessionView) -> Sheet:
    with house.database.reading() as db:
        return attendance.sheet(db, actor, world.plan, session.id)


def note(house: Instance, actor: Actor, world: World, session: SessionView, wanted: dict[int, Presence | None]) -> int:
    seen = {one.employee_id: one.version for one in sheet(house, actor, world, session).rows}
    with house.database.writing() as db:
        return attendance.note(db, actor, world.plan, session.id, wanted, seen, today=session.day)


def people(house: Instance, session: SessionView) -> list[Employee]:
    with house.database.reading() as db:
        return [db.get_one(Employee, number) for number in session.members]


def link(house: Instance, leader: Actor, world: World, session: SessionView) -> str:
    with house.database.writing() as db:
        return check_in.open_link(db, leader, world.plan, session.id)


both = pytest.mark.parametrize("house", BOTH, indirect=True)


@both
def test_a_list_is_noted_corrected_and_taken_back(house: Instance, leader: Actor, world: World, session: SessionView) -> None:
    first, second = session.members[:2]
    assert note(house, leader, world, session, {first: Presence.PRESENT, second: Presence.ABSENT}) == 2
    assert note(house, leader, world, session, {first: Presence.PRESENT, second: Presence.LATE}) == 1
    seen = sheet(house, leader, world, session)
    assert (seen.came, seen.noted, seen.undoable) == (2, 2, True)
    with house.database.writing() as db:
        assert attendance.take_back(db, leader, world.plan, session.id) == 1
        assert attendance.take_back(db, leader, world.plan, session.id) == 2
        with pytest.raises(Conflict):
            attendance.take_back(db, leader, world.plan, session.id)
    assert sheet(house, leader, world, session).noted == 0


@both
def test_two_who_note_the_same_list_never_overwrite_each_other(house: Instance, leader: Actor, world: World, session: SessionView) -> None:
    who = session.members[0]
    seen = {one.employee_id: one.version for one in sheet(house, leader, world, session).rows}
    note(house, leader, world, session, {who: Presence.PRESENT})
    with house.database.writing() as db, pytest.raises(Conflict):
        attendance.note(db, leader, world.plan, session.id, {who: Presence.ABSENT}, seen)
    assert sheet(house, leader, world, session).came == 1


@both
def test_a_manager_reads_their_own_people_on_the_list_and_notes_nobody(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: World, session: SessionView
) -> None:
    everybody = people(house, session)
    with house.database.writing() as db:
        scopes.give_charge(db, leader, manager.account_id or 0, [everybody[0].unit_id or 0])
    own = [one.id for one in everybody if one.unit_id == everybody[0].unit_id]
    seen = sheet(house, manager, world, session)
    assert [one.employee_id for one in seen.rows] == own and seen.expected == len(everybody)
    assert sheet(house, executive, world, session).rows == ()
    with house.database.writing() as db, pytest.raises(NotAllowed):
        attendance.note(db, manager, world.plan, session.id, {}, {})
    with house.database.reading() as db:
        assert {one.unit for one in standing.overview(db, manager, world.plan).people} == {seen.rows[0].unit}
        assert standing.overview(db, executive, world.plan).people == ()


@both
def test_somebody_checks_in_by_number_and_name_and_a_stranger_does_not(
    house: Instance, leader: Actor, world: World, session: SessionView, today: date
) -> None:
    token, (who, *_rest) = link(house, leader, world, session), people(house, session)
    with house.database.writing() as db:
        for number, name in (("没有", who.name), (who.employee_no, "别人"), ("", "")):
            with pytest.raises(BadInput, match="对不上"):
                check_in.check_in(db, token, number, name, "")
        check_in.check_in(db, token, f" {who.employee_no} ", who.name, "")
        assert check_in.check_in(db, token, who.employee_no, who.name, "").late is False
    row = next(one for one in sheet(house, leader, world, session).rows if one.employee_id == who.id)
    assert row.via is Via.LINK and row.presence in (Presence.PRESENT, Presence.LATE)


@both
def test_who_was_noted_as_absent_does_not_check_in_over_the_list(
    house: Instance, leader: Actor, world: World, session: SessionView, today: date
) -> None:
    token, (who, *_rest) = link(house, leader, world, session), people(house, session)
    note(house, leader, world, session, {who.id or 0: Presence.ABSENT})
    with house.database.writing() as db, pytest.raises(Conflict):
        check_in.check_in(db, token, who.employee_no, who.name, "")


@both
def test_one_checks_in_on_the_day_alone_and_a_new_link_ends_the_old_one(
    house: Instance, leader: Actor, world: World, session: SessionView
) -> None:
    old, (who, *_rest) = link(house, leader, world, session), people(house, session)
    with house.database.writing() as db:
        with pytest.raises(BadInput, match="当天"):
            check_in.check_in(db, old, who.employee_no, who.name, "")
        new = check_in.open_link(db, leader, world.plan, session.id)
        assert check_in.opened(db, old) is None and check_in.opened(db, new) is not None
        check_in.close_link(db, leader, world.plan, session.id)
        assert check_in.opened(db, new) is None
        with pytest.raises(NotFound):
            check_in.check_in(db, new, who.employee_no, who.name, "")


@both
def test_only_those_who_came_judge_and_five_must_before_a_mean_is_shown(
    house: Instance, leader: Actor, executive: Actor, world: World, session: SessionView, today: date
) -> None:
    token, everybody = link(house, leader, world, session), people(house, session)
    with house.database.writing() as db:
        with pytest.raises(BadInput, match="到课"):
            check_in.answer(db, token, everybody[0].employee_no, everybody[0].name, MARKS, "", "")
        for one in everybody:
            check_in.check_in(db, token, one.employee_no, one.name, "")
        with pytest.raises(BadInput, match="打分"):
            check_in.answer(db, token, everybody[0].employee_no, everybody[0].name, {}, "", "")
        for number, one in enumerate(everybody):
            check_in.answer(db, token, one.employee_no, one.name, MARKS, f"建议{number}", "")
            check_in.answer(db, token, one.employee_no, one.name, MARKS, f"建议{number}改", "")
    with house.database.reading() as db:
        found = check_in.judged(db, leader, world.plan, session.id)
        assert (found.answered, found.came) == (len(everybody), len(everybody))
        assert found.enough is (len(everybody) >= FEWEST) and bool(found.means) is found.enough is bool(found.remarks)
        assert check_in.judged(db, executive, world.plan, session.id).remarks == ()


@both
def test_who_is_behind_comes_first_and_is_reminded_of_what_is_left(
    house: Instance, leader: Actor, world: World, session: SessionView
) -> None:
    who = session.members[-1]
    note(house, leader, world, session, {who: Presence.ABSENT})
    later = (session.ends_on or date(2027, 1, 1)) + timedelta(days=1)
    with house.database.writing() as db:
        found = standing.overview(db, leader, world.plan, later)
        first = found.people[0]
        assert first.progress.employee_id == who and first.progress.standing is Standing.BEHIND and first.reminded is None
        assert any(one.id == session.id and number == len(session.members) - 1 for one, number in found.silent)
        assert standing.remind(db, leader, world.plan, [(first.progress.programme_id, who)]) == frozenset()
        again = standing.overview(db, leader, world.plan, later).people[0]
        assert again.reminded is not None and again.reminded.missing == first.progress.left
        with pytest.raises(NotFound):
            standing.remind(db, leader, world.plan, [(first.progress.programme_id, 99999)])


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("工号\n００１２\n13\n", {"0012", "0013"}, ()),
        ("工号\t姓名\t日期\n0012\t张三\t2027-03-01\n'0013\t李四\t2027-03-01", {"0012", "0013"}, ()),
        ("0012、0013；a07", {"0012", "0013", "A07"}, ()),
        ("0012 0099\n王五", {"0012"}, ("0099", "王五")),
        ("张三", set(), ()),
    ],
)
def test_numbers_are_read_as_they_are_pasted(text: str, found: set[str], unknown: tuple[str, ...]) -> None:
    seen = pasting.read(text, ["0012", "0013", "0014", "A07"])
    assert (set(seen.found), seen.unknown) == (found, unknown)


def test_the_rest_is_noted_though_somebody_checked_in_meanwhile(
    house: Instance, leader: Actor, world: World, session: SessionView, today: date
) -> None:
    token, (who, other, *_rest) = link(house, leader, world, session), people(house, session)
    with house.database.reading() as db:
        stale = {row.employee_id: row.version for row in attendance.sheet(db, leader, world.plan, session.id).rows}
    with house.database.writing() as db:
        check_in.check_in(db, token, who.employee_no, who.name, "")
    with house.database.writing() as db:
        wanted = {other.id or 0: Presence.EXCUSED}
        assert attendance.note(db, leader, world.plan, session.id, wanted, stale, Presence.PRESENT) == len(session.members) - 1
    with house.database.reading() as db:
        rows = {row.employee_id: row for row in attendance.sheet(db, leader, world.plan, session.id).rows}
    assert rows[who.id or 0].via is Via.LINK and rows[other.id or 0].presence is Presence.EXCUSED
    assert all(row.presence is not None for row in rows.values())
