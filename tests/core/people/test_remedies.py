"""Menus, what is accepted of them, and reminders, on a real database: what they hold, who may, how each is taken back."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import clock
from core.access import audit
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people.importing import service as importing
from core.people.remedies import arranging, reminders
from core.people.remedies import service as remedies
from core.people.remedies.arranged import Arranged
from core.people.remedies.arranging import Accepted
from core.people.remedies.tables import Enrolment, EnrolmentState
from core.storage import Database
from tests.conftest import BOTH
from tests.core.people.menu_world import course_ids, furnish, person_ids, score, unit_ids

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = clock.today()


def accept(house: Instance, actor: Actor, leader: Actor, course: str, *numbers: str) -> Accepted:
    courses, people = course_ids(house, leader), person_ids(house, leader)
    with house.database.writing() as db:
        return arranging.accept(db, actor, [courses[course]], [people[number] for number in numbers])


def arranged(house: Instance, actor: Actor) -> list[Arranged]:
    with house.database.reading() as db:
        return arranging.arranged(db, actor)


def finish(house: Instance, actor: Actor, on: date) -> None:
    with house.database.reading() as db:
        planned = [one.row for one in arranging.arranged(db, actor) if one.row.state is EnrolmentState.PLANNED]
        seen = [(row.id or 0, row.version or 0) for row in planned]
    with house.database.writing() as db:
        arranging.finish(db, actor, seen, on)


def due(house: Instance, actor: Actor, today: date = TODAY) -> list[tuple[str, date, tuple[str, ...]]]:
    with house.database.reading() as db:
        return [(one.arranged.number, one.due, one.managers) for one in reminders.reminders(db, actor, today)]


@both
def test_a_person_is_offered_what_works_on_their_gaps_prerequisites_first(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    people, courses = person_ids(house, leader), course_ids(house, leader)
    with house.database.reading() as db:
        own = remedies.person_menu(db, manager, people["01"])
        other = remedies.person_menu(db, leader, people["02"])
    assert [one.course_id for one in own.remedies] == [courses["团队沟通技巧"]] and own.remedies[0].parts[0].closes == pytest.approx(0.5)
    names = {row_id: name for name, row_id in courses.items()}
    assert [names[one.course_id] for one in other.remedies] == ["资产配置入门", "资产配置进阶", "团队沟通技巧"]
    assert other.remedies[1].first == (courses["资产配置入门"],)


@both
def test_a_unit_with_all_below_it_is_added_up(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    units, people, courses = unit_ids(house), person_ids(house, leader), course_ids(house, leader)
    with house.database.reading() as db:
        menu = remedies.unit_menu(db, manager, units["望海支行"])
        whom = remedies.served(db, manager, units["望海支行"], courses["团队沟通技巧"])
    assert (menu.people, menu.known) == (3, 2)
    found = {one.course_id: one for one in menu.remedies}
    assert found[courses["团队沟通技巧"]].people == (people["01"], people["02"])
    assert found[courses["资产配置进阶"]].first == ((courses["资产配置入门"], 1),)
    assert [(one.person.name, one.parts[0].gap) for one in whom] == [("李强", pytest.approx(1.0)), ("张敏", pytest.approx(0.5))]


@both
def test_what_is_accepted_is_planned_once_and_taken_back_as_a_whole(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    done = accept(house, manager, leader, "团队沟通技巧", "01", "02")
    assert (done.made, done.already) == (2, 0)
    assert (accept(house, leader, leader, "团队沟通技巧", "01").made, len(arranged(house, leader))) == (0, 2)
    row = arranged(house, manager)[0].row
    assert (row.state, row.planned_by, row.rule) == (EnrolmentState.PLANNED, "Manager", "menu-1") and row.reason["parts"]
    with house.database.writing() as db, pytest.raises(NotFound):
        arranging.undo(db, leader, done.batch)
    with house.database.writing() as db:
        assert arranging.undo(db, manager, done.batch) == 2
    assert not arranged(house, leader)
    with house.database.reading() as db:
        assert [entry.action for entry in audit.entries(db, leader).entries][:2] == ["remedies_undone", "remedies_accepted"]


@both
def test_two_people_who_accept_the_same_at_once_plan_it_once(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    courses, people = course_ids(house, leader), person_ids(house, leader)
    both_there, made = threading.Barrier(2), list[int]()

    def take_it(actor: Actor) -> None:
        own = Database(house.settings.database)
        both_there.wait()
        with own.writing() as db:
            made.append(arranging.accept(db, actor, [courses["团队沟通技巧"]], [people["01"], people["02"]]).made)
        own.close()

    threads = [threading.Thread(target=take_it, args=(actor,)) for actor in (leader, manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0, 2] and len(arranged(house, leader)) == 2


@both
def test_the_database_itself_refuses_what_is_planned_twice(house: Instance, leader: Actor) -> None:
    """Whatever way a second writer takes: even one who does not wait for the lock of the others."""
    furnish(house, leader)
    accept(house, leader, leader, "团队沟通技巧", "01")
    [row] = [one.row for one in arranged(house, leader)]
    with Session(house.database.engine) as db, pytest.raises(IntegrityError):
        db.add(Enrolment(employee_id=row.employee_id, course_id=row.course_id, batch="2"))
        db.flush()


@both
def test_what_was_cancelled_and_arranged_anew_is_not_planned_a_second_time(house: Instance, leader: Actor) -> None:
    furnish(house, leader)
    accept(house, leader, leader, "团队沟通技巧", "01")
    [row] = [one.row for one in arranged(house, leader)]
    with house.database.writing() as db:
        arranging.cancel(db, leader, [(row.id or 0, row.version or 0)])
    assert accept(house, leader, leader, "团队沟通技巧", "01").made == 1
    [old] = [one.row for one in arranged(house, leader) if one.row.state is EnrolmentState.CANCELLED]
    with house.database.writing() as db, pytest.raises(Conflict):
        arranging.plan_again(db, leader, [(old.id or 0, old.version or 0)])


@both
def test_what_went_on_is_not_taken_back_in_silence(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    done = accept(house, manager, leader, "团队沟通技巧", "01", "02")
    row = arranged(house, manager)[0].row
    with house.database.writing() as db:
        arranging.cancel(db, manager, [(row.id or 0, row.version or 0)])
    with house.database.writing() as db, pytest.raises(Conflict):
        arranging.undo(db, manager, done.batch)
    with house.database.writing() as db, pytest.raises(Conflict):
        arranging.finish(db, manager, [(row.id or 0, row.version or 0)], TODAY)
    again = next(one.row for one in arranged(house, manager) if one.row.state is EnrolmentState.CANCELLED)
    with house.database.writing() as db:
        arranging.plan_again(db, manager, [(again.id or 0, again.version or 0)])
    with house.database.writing() as db, pytest.raises(BadInput):
        planned = [(one.row.id or 0, one.row.version or 0) for one in arranging.arranged(db, manager)]
        arranging.finish(db, manager, planned, TODAY + timedelta(days=1))


@both
def test_a_month_after_it_is_done_the_manager_is_reminded_until_a_newer_reading_comes(
    house: Instance, leader: Actor, manager: Actor
) -> None:
    furnish(house, leader, manager)
    accept(house, manager, leader, "团队沟通技巧", "01", "02")
    accept(house, leader, leader, "团队沟通技巧", "03")
    on = TODAY - timedelta(days=40)
    finish(house, leader, on)
    falls = reminders.due_on(on)
    assert due(house, leader) == [("01", falls, ("Manager",)), ("02", falls, ("Manager",)), ("03", falls, ())]
    assert [number for number, _, _ in due(house, manager)] == ["01", "02"]
    assert due(house, leader, falls - timedelta(days=1)) == []
    score(house, leader, "01", 85, TODAY - timedelta(days=2))
    assert [number for number, _, _ in due(house, manager)] == ["02"]
    with house.database.reading() as db:
        [open_one] = reminders.reminders(db, manager, TODAY)
        seen = (open_one.arranged.row.id or 0, open_one.arranged.row.version or 0)
        assert reminders.count(db, manager, TODAY) == 1
    with house.database.writing() as db, pytest.raises(BadInput):
        reminders.close(db, manager, seen, " ")
    with house.database.writing() as db:
        reminders.close(db, manager, seen, "已调离原岗位，不再要求")
    assert due(house, manager) == []


def test_what_was_done_and_is_to_be_assessed_again_is_not_proposed_anew(house: Instance, leader: Actor) -> None:
    furnish(house, leader)
    units, people, courses = unit_ids(house), person_ids(house, leader), course_ids(house, leader)
    accept(house, leader, leader, "团队沟通技巧", "01")
    finish(house, leader, TODAY - timedelta(days=3))

    def free() -> dict[str, bool]:
        with house.database.reading() as db:
            return {one.person.number: one.free for one in remedies.served(db, leader, units["望海支行"], courses["团队沟通技巧"])}

    with house.database.reading() as db:
        assert remedies.unit_menu(db, leader, units["望海支行"]).waiting == {courses["团队沟通技巧"]: frozenset({people["01"]})}
        assert remedies.person_menu(db, leader, people["01"]).waiting == {courses["团队沟通技巧"]}
    assert free() == {"01": False, "02": True}
    score(house, leader, "01", 74, TODAY)
    assert free() == {"01": True, "02": True}


@both
def test_a_manager_finds_nobody_elses_people(house: Instance, leader: Actor, manager: Actor) -> None:
    furnish(house, leader, manager)
    units, people = unit_ids(house), person_ids(house, leader)
    accept(house, leader, leader, "团队沟通技巧", "03")
    [row] = [one.row for one in arranged(house, leader)]
    seen = (row.id or 0, row.version or 0)
    assert arranged(house, manager) == []
    with house.database.writing() as db:
        assert {one.number for one in remedies.people(db, manager)} == {"01", "02", "04"}
        assert {one.name for one in remedies.units(db, manager)} == {"望海支行", "望海支行/营业部"}
        for act, refusal in (
            (lambda: remedies.person_menu(db, manager, people["03"]), NotFound),
            (lambda: remedies.unit_menu(db, manager, units["云岭支行"]), NotAllowed),
            (lambda: remedies.sums_menu(db, manager, units["云岭支行"]), NotAllowed),
            (lambda: remedies.served(db, manager, units["云岭支行"], course_ids(house, leader)["团队沟通技巧"]), NotAllowed),
            (lambda: arranging.accept(db, manager, [course_ids(house, leader)["团队沟通技巧"]], [people["01"], people["03"]]), NotFound),
            (lambda: arranging.finish(db, manager, [seen], TODAY), NotFound),
            (lambda: arranging.cancel(db, manager, [seen]), NotFound),
            (lambda: reminders.close(db, manager, seen, "理由"), NotFound),
        ):
            with pytest.raises(refusal):
                act()


@both
def test_an_executive_reads_sums_through_the_gates_and_nobody_by_name(house: Instance, leader: Actor, executive: Actor) -> None:
    furnish(house, leader)
    units, people, courses = unit_ids(house), person_ids(house, leader), course_ids(house, leader)
    with house.database.writing() as db:
        large = remedies.sums_menu(db, executive, units["云岭支行"])
        small = remedies.sums_menu(db, executive, units["望海支行"])
        assert remedies.people(db, executive) == [] and reminders.count(db, executive, TODAY) == 0
        for act in (
            lambda: remedies.unit_menu(db, executive, units["云岭支行"]),
            lambda: remedies.served(db, executive, units["云岭支行"], courses["团队沟通技巧"]),
        ):
            with pytest.raises(NotAllowed):
                act()
        with pytest.raises(NotFound):
            remedies.person_menu(db, executive, people["03"])
        with pytest.raises(NotFound):
            arranging.accept(db, executive, [courses["团队沟通技巧"]], [people["03"]])
    assert small.remedies == () and small.hidden == 2
    assert [one.course_id for one in large.remedies] == [courses["团队沟通技巧"]] and large.remedies[0].parts[0].group.measured == 10


def test_the_machines_keeper_sees_nothing(house: Instance, administrator: Actor) -> None:
    with house.database.reading() as db:
        for act in (
            lambda: remedies.units(db, administrator),
            lambda: remedies.people(db, administrator),
            lambda: remedies.sums_menu(db, administrator, None),
            lambda: reminders.reminders(db, administrator, TODAY),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert reminders.count(db, administrator, TODAY) == 0


@both
def test_what_worked_before_counts_once_enough_people_did_it(house: Instance, leader: Actor) -> None:
    furnish(house, leader)
    numbers = [f"1{number}" for number in range(6)]
    accept(house, leader, leader, "团队沟通技巧", *numbers)
    finish(house, leader, TODAY - timedelta(days=40))
    for place, number in enumerate(numbers[:5]):
        with house.database.reading() as db:
            assert remedies.worked(db) == {}
        score(house, leader, number, 66 + 2 * place, TODAY - timedelta(days=3))
    with house.database.reading() as db:
        found = remedies.worked(db)[course_ids(house, leader)["团队沟通技巧"]]
    assert found.people == 5 and found.mean == pytest.approx(1.0) and found.low < 1.0 < found.high


def test_an_import_that_people_have_gone_on_with_is_not_undone(house: Instance, leader: Actor) -> None:
    furnish(house, leader)
    accept(house, leader, leader, "资产配置入门", "04")
    with house.database.reading() as db:
        latest = importing.runs(db, leader)[0].row.id or 0
    with house.database.writing() as db, pytest.raises(Conflict, match="资产配置入门"):
        importing.undo(db, leader, latest)
