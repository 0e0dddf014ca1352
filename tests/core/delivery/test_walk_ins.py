"""Those on no list: who came without being expected, who changed class after they came, and classes whose people nobody has named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from core import clock
from core.access.actor import Actor
from core.delivery.attendance import check_in, guests, standing
from core.delivery.attendance import repository as rows
from core.delivery.attendance import service as attendance
from core.delivery.attendance.completion import Held, Progress, Standing, progress, unnoted
from core.delivery.attendance.service import Sheet
from core.delivery.attendance.terms import Asked, Presence, Via
from core.delivery.timetable import people
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.tables import Cohort, CohortMember, Placement, TrainingSession
from core.errors import BadInput, Conflict
from core.exports.year import year_sheet
from core.instance import Instance
from core.people.tables import Employee
from core.privacy import service as privacy
from core.review.executive import service as executive_page
from core.review.levels import service as levels
from core.review.results import following
from core.review.results import service as results
from core.review.returns import service as returns
from core.review.returns.terms import Basis
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, published, sessions

TODAY = clock.today()
LATER = TODAY + timedelta(days=400)
both = pytest.mark.parametrize("house", BOTH, indirect=True)


@dataclass(frozen=True)
class Taught:
    """A session that is held today, and somebody who is not on its list."""

    world: World
    session: SessionView
    stranger: int
    number: str
    name: str

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.world.plan


@pytest.fixture
def taught(house: Instance, leader: Actor) -> Taught:
    world = published(house, leader)
    session = next(one for one in sessions(house, leader, world.plan) if one.day is not None and len(one.members) > 1)
    with house.database.writing() as db:
        on(db, world.plan, session.id, TODAY)
        unit = db.get_one(Employee, session.members[0]).unit_id
        row = Employee(employee_no="K0917", name="欧阳 娜", unit_id=unit)
        db.add(row)
        db.flush()
        return Taught(world, next(one for one in _sessions(db, leader, world) if one.id == session.id), row.id or 0, "K0917", "欧阳 娜")


def _sessions(db: object, actor: Actor, world: World) -> list[SessionView]:
    return attendance.held(db, actor, world.plan)  # type: ignore[arg-type]


def on(db: object, plan: int, session: int, day: date) -> None:
    """A session is held on a day."""
    table = timetable_rows.published(db, plan)  # type: ignore[arg-type]
    assert table is not None
    held = timetable_rows.placement(db, table.id or 0, session)  # type: ignore[arg-type]
    assert held is not None
    held.day = held.ends_on = day


def sheet(house: Instance, actor: Actor, made: Taught, session: int = 0) -> Sheet:
    with house.database.reading() as db:
        return attendance.sheet(db, actor, made.plan, session or made.session.id)


def note(house: Instance, actor: Actor, made: Taught, wanted: dict[int, Presence | None], session: int = 0) -> int:
    seen = {one.employee_id: one.version for one in sheet(house, actor, made, session).rows}
    with house.database.writing() as db:
        return attendance.note(db, actor, made.plan, session or made.session.id, wanted, seen)


def of(house: Instance, actor: Actor, made: Taught, who: int) -> list[Progress]:
    with house.database.reading() as db:
        found = standing.overview(db, actor, made.plan, LATER).people
    return [one.progress for one in found if one.progress.employee_id == who]


@both
def test_a_walk_in_is_found_noted_and_counted_but_never_expected(house: Instance, leader: Actor, taught: Taught) -> None:
    expected = sheet(house, leader, taught).expected
    with house.database.reading() as db:
        (found,) = guests.search(db, leader, taught.plan, taught.session.id, " k0917")
        assert found.employee_id == taught.stranger
        assert guests.search(db, leader, taught.plan, taught.session.id, "欧阳")[0].employee_id == taught.stranger
        assert guests.search(db, leader, taught.plan, taught.session.id, "") == []
        listed = db.get_one(Employee, taught.session.members[0])
        assert guests.search(db, leader, taught.plan, taught.session.id, listed.employee_no) == []
    assert note(house, leader, taught, {taught.stranger: Presence.PRESENT}) == 1
    seen = sheet(house, leader, taught)
    assert (seen.expected, seen.came, seen.guests, seen.everybody, seen.unnoted) == (expected, 0, 1, 1, expected)
    assert [(one.employee_id, one.moved) for one in seen.rows if one.guest] == [(taught.stranger, False)]
    (mine,) = of(house, leader, taught, taught.stranger)
    assert (mine.came, mine.of, mine.left, mine.standing) == (1, 0, 0, Standing.GUEST)
    with house.database.reading() as db:
        (silent,) = [number for one, number in standing.overview(db, leader, taught.plan, LATER).silent if one.id == taught.session.id]
        assert silent == expected
        (held,) = [one for one in returns.held(db, taught.plan, TODAY + timedelta(days=1)) if one.came]
        assert (held.attended, held.unnoted) == (1, expected)
    with house.database.writing() as db:
        assert attendance.take_back(db, leader, taught.plan, taught.session.id) == 1
    assert sheet(house, leader, taught).guests == 0 and of(house, leader, taught, taught.stranger) == []


def test_a_walk_in_came_and_nothing_else_and_can_be_taken_back(house: Instance, leader: Actor, taught: Taught) -> None:
    with pytest.raises(BadInput, match="到课或迟到"):
        note(house, leader, taught, {taught.stranger: Presence.ABSENT})
    with pytest.raises(Conflict):
        note(house, leader, taught, {987654: Presence.PRESENT})
    note(house, leader, taught, {taught.stranger: Presence.LATE})
    assert note(house, leader, taught, {taught.stranger: None}) == 1
    assert sheet(house, leader, taught).guests == 0


def test_a_walk_in_is_in_no_share_of_those_who_were_expected(house: Instance, leader: Actor, taught: Taught) -> None:
    first, second = taught.session.members[:2]
    note(house, leader, taught, {first: Presence.PRESENT, second: Presence.ABSENT, taught.stranger: Presence.PRESENT})
    with house.database.writing() as db:
        following.follow(db, leader, taught.plan)
        measure = next(one for one in results.measures(db, leader, taught.plan) if one.name == "到课率")
        assert results.actuals(db, leader, taught.plan)[measure.id].value == 50


def test_somebody_off_the_list_checks_in_by_the_link_is_told_so_and_may_judge(house: Instance, leader: Actor, taught: Taught) -> None:
    with house.database.writing() as db:
        token = check_in.open_link(db, leader, taught.plan, taught.session.id)
        done = check_in.check_in(db, token, " ｋ0917", "欧阳娜", "")
        assert done.guest and not check_in.check_in(db, token, "K0917", "欧阳娜", "").late
        check_in.answer(db, token, "K0917", "欧阳娜", {Asked.CONTENT: 5, Asked.TRAINER: 4, Asked.USE: 3}, "", "")
        with pytest.raises(BadInput, match="对不上"):
            check_in.check_in(db, token, "K0917", "欧阳", "")
    (row,) = [one for one in sheet(house, leader, taught).rows if one.guest]
    assert row.via is Via.LINK
    with house.database.reading() as db:
        assert check_in.judged(db, leader, taught.plan, taught.session.id).came == 1


def test_what_is_held_on_a_walk_in_says_so(house: Instance, leader: Actor, taught: Taught) -> None:
    note(house, leader, taught, {taught.stranger: Presence.PRESENT})
    with house.database.reading() as db:
        stored = rows.of_session(db, taught.session.id)[taught.stranger]
        assert stored.off_list
        assert privacy.numbered(db, leader, taught.number).id == taught.stranger


def test_numbers_off_the_list_are_found_in_the_roster_as_they_are_pasted(house: Instance, leader: Actor, taught: Taught) -> None:
    with house.database.reading() as db:
        found = guests.numbered(db, leader, taught.plan, taught.session.id, ["'k0917", "K9999"])
    assert {key: one.employee_id for key, one in found.items()} == {"'k0917": taught.stranger}


def moved(house: Instance, leader: Actor, made: Taught) -> tuple[int, int]:
    """Another class of the same programme, whose same part is held today too, and the number of that session; who moved to it."""
    with house.database.writing() as db:
        row = db.get_one(TrainingSession, made.session.id)
        other = Cohort(programme_id=row.programme_id, number=77)
        db.add(other)
        db.flush()
        columns = ("programme_id", "activity_key", "place", "name", "stage", "slots", "online")
        same = TrainingSession(cohort_id=other.id or 0, **{name: getattr(row, name) for name in columns})
        db.add_all([same, CohortMember(cohort_id=other.id or 0, employee_id=made.stranger)])
        db.flush()
        table = timetable_rows.published(db, made.plan)
        assert table is not None
        db.add(Placement(timetable_id=table.id or 0, session_id=same.id or 0, day=TODAY, ends_on=TODAY))
        return other.id or 0, same.id or 0


@both
def test_who_changes_class_after_they_came_has_still_come(house: Instance, leader: Actor, taught: Taught) -> None:
    who = taught.session.members[0]
    other, same = moved(house, leader, taught)
    note(house, leader, taught, {who: Presence.PRESENT})
    with house.database.writing() as db:
        people.move(db, leader, taught.plan, who, taught.session.cohort_id, other)
    (mine,) = of(house, leader, taught, who)
    assert mine.came == 1 and taught.session.name not in mine.missed + mine.silent
    seen = sheet(house, leader, taught, same)
    (row,) = [one for one in seen.rows if one.employee_id == who]
    assert row.elsewhere == taught.session.cohort and (seen.expected, seen.unnoted) == (1, 1)
    assert [(one.employee_id, one.moved) for one in sheet(house, leader, taught).rows if one.guest] == [(who, True)]
    with house.database.writing() as db:
        assert attendance.note(db, leader, taught.plan, same, {}, {}, Presence.PRESENT) == 1
    assert sheet(house, leader, taught, same).came == 1
    with house.database.reading() as db:
        assert same not in {one.id for one, _number in standing.overview(db, leader, taught.plan, LATER).silent}


def test_what_was_missed_and_made_up_in_another_class_is_done(house: Instance, leader: Actor, taught: Taught) -> None:
    who = taught.session.members[0]
    _other, same = moved(house, leader, taught)
    note(house, leader, taught, {who: Presence.ABSENT})
    assert of(house, leader, taught, who)[0].missed == (taught.session.name,)
    note(house, leader, taught, {who: Presence.PRESENT}, same)
    (mine,) = of(house, leader, taught, who)
    assert mine.came == 1 and not mine.missed


def test_nobody_has_come_before_the_day_but_may_be_excused(house: Instance, leader: Actor, taught: Taught) -> None:
    who, other = taught.session.members[:2]
    with house.database.writing() as db:
        on(db, taught.plan, taught.session.id, TODAY + timedelta(days=1))
    for presence in (Presence.PRESENT, Presence.LATE, Presence.ABSENT):
        with pytest.raises(BadInput, match="当天起"):
            note(house, leader, taught, {who: presence})
    with house.database.writing() as db, pytest.raises(BadInput, match="当天起"):
        attendance.note(db, leader, taught.plan, taught.session.id, {}, {}, Presence.PRESENT)
    assert note(house, leader, taught, {other: Presence.EXCUSED}) == 1
    assert note(house, leader, taught, {other: None}) == 1


@pytest.fixture
def unnamed(house: Instance, leader: Actor, taught: Taught) -> Taught:
    """The class is known by its size alone: forty."""
    with house.database.writing() as db:
        db.execute(sa.delete(CohortMember).where(CohortMember.cohort_id == taught.session.cohort_id))  # type: ignore[arg-type]
        db.get_one(Cohort, taught.session.cohort_id).seats = 40
    return taught


def number(house: Instance, leader: Actor, made: Taught, came: int | None) -> None:
    stands = sheet(house, leader, made).number
    assert stands is not None
    with house.database.writing() as db:
        attendance.note_number(db, leader, made.plan, made.session.id, came, stands.version)


@both
def test_how_many_came_to_a_class_of_nobody_named_is_noted_and_counted(house: Instance, leader: Actor, unnamed: Taught) -> None:
    seen = sheet(house, leader, unnamed)
    assert (seen.expected, seen.came, seen.unnoted) == (40, 0, 40)
    with house.database.reading() as db:
        assert (unnamed.session.id, 40) in [(one.id, many) for one, many in standing.overview(db, leader, unnamed.plan, LATER).silent]
    number(house, leader, unnamed, 30)
    number(house, leader, unnamed, 36)
    seen = sheet(house, leader, unnamed)
    assert (seen.expected, seen.came, seen.unnoted, seen.undoable) == (40, 36, 0, True)
    with house.database.writing() as db:
        assert unnamed.session.id not in {one.id for one, _many in standing.overview(db, leader, unnamed.plan, LATER).silent}
        day = TODAY + timedelta(days=1)
        count = returns.overview(db, leader, unnamed.plan, day).efficiency(Basis.ACTUAL).count
        assert (count.people, count.attendances, count.learnt_hours) == (36, 36, unnamed.session.slots * 36 * 3.5)
        assert executive_page.overview(db, leader, unnamed.plan, day).people == 36
        following.follow(db, leader, unnamed.plan)
        measure = next(one for one in results.measures(db, leader, unnamed.plan) if one.name == "到课率")
        actual = results.actuals(db, leader, unnamed.plan)[measure.id]
        assert (actual.value, actual.people, actual.attendances) == (90, 36, 40)
        assert levels.overview(db, leader, unnamed.plan, today=day).levels[0].people == 36
        assert attendance.take_back(db, leader, unnamed.plan, unnamed.session.id) == 1
    assert sheet(house, leader, unnamed).came == 30
    with house.database.writing() as db:
        assert following.behind(db, leader, unnamed.plan).flow


def test_a_number_that_cannot_be_or_that_another_changed_is_refused(house: Instance, leader: Actor, unnamed: Taught) -> None:
    note(house, leader, unnamed, {unnamed.stranger: Presence.PRESENT})
    seen = sheet(house, leader, unnamed)
    assert (seen.came, seen.guests, seen.unnoted, seen.rows[0].guest) == (1, 0, 39, False)
    for bad in (-1, 0, 10_001):
        with pytest.raises(BadInput):
            number(house, leader, unnamed, bad)
    with house.database.writing() as db:
        attendance.note_number(db, leader, unnamed.plan, unnamed.session.id, 35, 0)
    with house.database.writing() as db, pytest.raises(Conflict):
        attendance.note_number(db, leader, unnamed.plan, unnamed.session.id, 34, 0)
    with house.database.writing() as db:
        on(db, unnamed.plan, unnamed.session.id, TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="当天起"):
        number(house, leader, unnamed, 38)
    number(house, leader, unnamed, None)


def test_what_was_held_and_never_noted_is_unknown_and_not_nobody(house: Instance, leader: Actor, taught: Taught) -> None:
    day = TODAY + timedelta(days=1)
    with house.database.reading() as db:
        count = returns.overview(db, leader, taught.plan, day).efficiency(Basis.ACTUAL).count
        year = executive_page.overview(db, leader, taught.plan, day)
    assert count.unknown and year.unknown
    (tile,) = [one for one in year_sheet(year, "zh").tiles if one.key == "people"]
    assert tile.value == "未登记" and "1 节课" in tile.rests_on
    note(house, leader, taught, dict.fromkeys(taught.session.members, Presence.ABSENT))
    with house.database.reading() as db:
        assert not returns.overview(db, leader, taught.plan, day).efficiency(Basis.ACTUAL).count.unknown
        assert not executive_page.overview(db, leader, taught.plan, day).unknown


def test_a_part_taken_in_another_cohort_is_waited_for_by_nobody() -> None:
    held = [Held(1, 9, "课", TODAY, (7, 8), "d1"), Held(2, 9, "会", TODAY, (7,), "d2"), Held(3, 9, "课", TODAY, (), "d1", 12)]
    taken = {(9, "d1", 7)}
    assert [(one.session_id, many) for one, many in unnoted(held, {}, LATER, taken)] == [(1, 1), (2, 1), (3, 12)]
    seven = next(one for one in progress(held, {}, LATER, taken) if one.employee_id == 7)
    assert (seven.came, seven.of, seven.silent) == (1, 2, ("会",))
