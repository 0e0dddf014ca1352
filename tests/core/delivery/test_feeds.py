"""The published timetable in people's own calendars: what stands in it, who may have it, what becomes of an address. On both databases."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.delivery.feeds import service as feeds
from core.delivery.feeds.events import Hours
from core.delivery.feeds.service import CalendarFile, Subject
from core.delivery.feeds.terms import About
from core.delivery.timetable import publishing, repository
from core.delivery.timetable.tables import TrainingSession
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import Language
from core.instance import Instance
from core.people import scope as scopes
from core.people.tables import Employee
from core.plans import service as plans
from core.storage import now
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, publish, published, schedule, sessions

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
ALL = Subject(About.PLAN)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


def take(house: Instance, actor: Actor, world: World, subject: Subject = ALL, language: Language = "zh") -> CalendarFile:
    with house.database.reading() as db:
        return feeds.calendar(db, actor, world.plan, subject, language)


def events(found: CalendarFile) -> list[tuple[str, str, str]]:
    """UID, summary and start of each event."""
    read = Calendar.from_ical(found.content)
    return [(str(one["UID"]), str(one["SUMMARY"]), str(one.start)) for one in read.events]


def test_each_day_of_each_session_is_an_event_in_the_branchs_own_time(house: Instance, leader: Actor, world: World) -> None:
    found = take(house, leader, world)
    placed = [one for one in sessions(house, leader, world.plan) if one.day is not None]
    # A workshop of four half days takes two days, a follow-up of one half day one.
    assert found.sessions == len(placed)
    assert len(events(found)) == sum(2 if one.slots == 4 else 1 for one in placed)
    first = next(one for one in placed if one.slots == 4)
    read = Calendar.from_ical(found.content)
    event = next(one for one in read.events if str(one["UID"]).endswith(f"-{first.id}-0@cexun"))
    assert (event.start.date(), event.start.time(), event.end.time()) == (first.day, time(9), time(17))
    assert str(event.start.tzinfo) == "Asia/Shanghai" and read.timezones
    assert str(event["LOCATION"]) == first.venue and first.trainer in str(event["DESCRIPTION"])
    assert first.programme in str(event["SUMMARY"]) and str(event["SUMMARY"]).endswith("(1/2)")
    assert all(len(line) <= 75 for line in found.content.split(b"\r\n"))


def test_the_next_edition_moves_the_events_and_says_what_is_cancelled(house: Instance, leader: Actor, world: World) -> None:
    before = {uid for uid, *_rest in events(take(house, leader, world))}
    again = schedule(house, leader, world.plan, "重排", based_on=published_id(house, leader, world), stay_close=True)
    gone = next(one for one in sessions(house, leader, world.plan, again) if one.day is not None)
    with house.database.writing() as db:
        held = repository.placement(db, again, gone.id)
        assert held is not None
        held.day = held.ends_on = None
    publish(house, leader, world, again)
    read = Calendar.from_ical(take(house, leader, world).content)
    assert {str(one["UID"]) for one in read.events} == before
    cancelled = [one for one in read.events if str(one["STATUS"]) == "CANCELLED"]
    assert cancelled and all(f"-{gone.id}-" in str(one["UID"]) and "已取消" in str(one["SUMMARY"]) for one in cancelled)
    assert {int(one["SEQUENCE"]) for one in read.events} == {2}


def test_what_was_cancelled_two_editions_ago_is_still_cancelled_for_whoever_took_the_first(
    house: Instance, leader: Actor, world: World
) -> None:
    before = {uid for uid, *_rest in events(take(house, leader, world))}
    again = schedule(house, leader, world.plan, "重排", based_on=published_id(house, leader, world), stay_close=True)
    gone = next(one for one in sessions(house, leader, world.plan, again) if one.day is not None)
    off(house, again, gone.id)
    publish(house, leader, world, again)
    third = schedule(house, leader, world.plan, "再排", based_on=published_id(house, leader, world), stay_close=True)
    off(house, third, gone.id)
    publish(house, leader, world, third)
    read = Calendar.from_ical(take(house, leader, world).content)
    cancelled = [one for one in read.events if str(one["STATUS"]) == "CANCELLED"]
    assert cancelled and all(f"-{gone.id}-" in str(one["UID"]) and int(one["SEQUENCE"]) == 3 for one in cancelled)
    uids = [str(one["UID"]) for one in read.events]
    assert set(uids) == before and len(uids) == len(before)


def test_a_day_that_a_session_needs_no_more_is_cancelled(house: Instance, leader: Actor, world: World) -> None:
    before = {uid for uid, *_rest in events(take(house, leader, world))}
    again = schedule(house, leader, world.plan, "重排", based_on=published_id(house, leader, world), stay_close=True)
    shorter = next(one for one in sessions(house, leader, world.plan, again) if one.day is not None and one.slots == 4)
    with house.database.writing() as db:
        db.get_one(TrainingSession, shorter.id).slots = 2
    publish(house, leader, world, again)
    read = {str(one["UID"]): str(one["STATUS"]) for one in Calendar.from_ical(take(house, leader, world).content).events}
    own = {uid: status for uid, status in read.items() if f"-{shorter.id}-" in uid}
    assert read.keys() == before and sorted(own.values()) == ["CANCELLED", "CONFIRMED"]
    assert next(status for uid, status in own.items() if uid.endswith("-0@cexun")) == "CONFIRMED"


def off(house: Instance, timetable: int, session: int) -> None:
    with house.database.writing() as db:
        held = repository.placement(db, timetable, session)
        assert held is not None
        held.day = held.ends_on = None


def test_what_another_trainer_gives_now_leaves_the_calendar_that_had_it(house: Instance, leader: Actor, world: World) -> None:
    again = schedule(house, leader, world.plan, "重排", based_on=published_id(house, leader, world), stay_close=True)
    given = next(one for one in sessions(house, leader, world.plan, again) if one.day is not None and one.trainer_id is not None)
    other = next(number for number in world.trainers.values() if number != given.trainer_id)
    had = take(house, leader, world, Subject(About.TRAINER, given.trainer_id))
    with house.database.writing() as db:
        held = repository.placement(db, again, given.id)
        assert held is not None
        held.trainer_id = other
    publish(house, leader, world, again)
    found = take(house, leader, world, Subject(About.TRAINER, given.trainer_id))
    own = [one for one in Calendar.from_ical(found.content).events if f"-{given.id}-" in str(one["UID"])]
    assert own and {str(one["STATUS"]) for one in own} == {"CANCELLED"} and all("不再安排" in str(one["SUMMARY"]) for one in own)
    assert {uid for uid, *_rest in events(had)} == {uid for uid, *_rest in events(found)} and found.name == had.name
    now_theirs = Calendar.from_ical(take(house, leader, world, Subject(About.TRAINER, other)).content).events
    assert any(f"-{given.id}-" in str(one["UID"]) and str(one["STATUS"]) == "CONFIRMED" for one in now_theirs)


def published_id(house: Instance, leader: Actor, world: World) -> int:
    with house.database.reading() as db:
        return publishing.versions(db, leader, world.plan)[0].timetable_id or 0


def test_a_trainer_a_room_a_project_and_a_person_have_their_own(house: Instance, leader: Actor, world: World) -> None:
    whole = set(events(take(house, leader, world)))
    for about in (About.PROGRAMME, About.TRAINER, About.VENUE):
        with house.database.reading() as db:
            offered = feeds.choices(db, leader, world.plan, about)
        parts = [set(events(take(house, leader, world, one.subject))) for one in offered]
        assert offered and all(part and part <= whole for part in parts)
    someone = next(one for one in sessions(house, leader, world.plan) if one.day is not None)
    own = take(house, leader, world, Subject(About.PERSON, someone.members[0]))
    assert own.sessions == sum(someone.members[0] in one.members and one.day is not None for one in sessions(house, leader, world.plan))


def test_a_manager_has_the_calendars_of_their_own_people_alone(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    with house.database.writing() as db:
        people = {number: db.get_one(Employee, number) for one in sessions(house, leader, world.plan) for number in one.members}
        own_unit = next(iter(people.values())).unit_id or 0
        scopes.give_charge(db, leader, manager.account_id or 0, [own_unit])
    own = next(number for number, one in people.items() if one.unit_id == own_unit)
    other = next(number for number, one in people.items() if one.unit_id != own_unit)
    assert take(house, manager, world, Subject(About.PERSON, own)).sessions
    with pytest.raises(NotFound):
        take(house, manager, world, Subject(About.PERSON, other))
    with house.database.reading() as db:
        offered = {one.subject.id for one in feeds.choices(db, manager, world.plan, About.PERSON)}
        with pytest.raises(NotAllowed):
            feeds.feeds(db, manager, world.plan)
    assert own in offered and other not in offered


def test_before_anything_is_published_there_is_no_calendar(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "云岭支行", 2027).id or 0
        with pytest.raises(NotFound, match="还没有发布"):
            feeds.calendar(db, leader, plan, ALL, "zh")


def test_an_address_is_read_until_it_is_revoked_or_expires_or_the_person_leaves(house: Instance, leader: Actor, world: World) -> None:
    someone = next(one for one in sessions(house, leader, world.plan) if one.day is not None).members[0]
    today = now().date()
    with house.database.writing() as db:
        token = feeds.open_feed(db, leader, world.plan, ALL, "zh")
        dated = feeds.open_feed(db, leader, world.plan, ALL, "en", today)
        own = feeds.open_feed(db, leader, world.plan, Subject(About.PERSON, someone), "zh")
        with pytest.raises(BadInput):
            feeds.open_feed(db, leader, world.plan, ALL, "zh", today - timedelta(days=1))
    with house.database.writing() as db:
        read = feeds.read_feed(db, token)
        assert read is not None and read[1].content == take(house, leader, world).content
        feeds.note_read(db, read[0])
        assert all(feeds.read_feed(db, one) is not None for one in (dated, own))
        assert feeds.read_feed(db, "x") is None
        views = {one.id: one for one in feeds.feeds(db, leader, world.plan)}
        assert views[read[0]].row.reads == 1 and views[read[0]].row.token_hash != token
        row = next(one.row for one in views.values() if one.row.expires_on is not None)
        row.expires_on = date(2020, 1, 1)
        db.get_one(Employee, someone).left_at = today
    with house.database.writing() as db:
        assert feeds.read_feed(db, dated) is None and feeds.read_feed(db, own) is None
        feeds.revoke(db, leader, world.plan, read[0])
        assert feeds.read_feed(db, token) is None
        with pytest.raises(NotFound):
            feeds.revoke(db, leader, world.plan, read[0])
        actions = set(db.exec(select(AuditEntry.action).where(col(AuditEntry.action).startswith("calendar_"))))
    assert actions == {"calendar_feed_opened", "calendar_feed_revoked"}


def test_a_plan_that_is_put_away_gives_nothing_any_more(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        token = feeds.open_feed(db, leader, world.plan, ALL, "zh")
        plans.find(db, leader, world.plan).archived_at = now()
    with house.database.reading() as db:
        assert feeds.read_feed(db, token) is None


def test_the_hours_are_the_branchs_own(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    later = Hours((time(8, 30), time(11, 30)), (time(13, 30), time(17, 30)))
    with house.database.writing() as db:
        assert feeds.hours(db, leader, world.plan) == (Hours(), 0)
        feeds.save_hours(db, leader, world.plan, 0, later)
        with pytest.raises(Conflict):
            feeds.save_hours(db, leader, world.plan, 0, Hours())
        with pytest.raises(BadInput):
            feeds.save_hours(db, leader, world.plan, 1, Hours((time(9), time(8)), (time(14), time(17))))
        with pytest.raises(NotAllowed):
            feeds.save_hours(db, manager, world.plan, 1, Hours())
    starts = {str(one.start.time()) for one in Calendar.from_ical(take(house, leader, world).content).events}
    assert starts <= {"08:30:00", "13:30:00"}


def test_in_english_the_words_around_the_names_are_english(house: Instance, leader: Actor, world: World) -> None:
    text = take(house, leader, world, language="en").content.decode()
    assert "Trainer" in text and "讲师：" not in text
