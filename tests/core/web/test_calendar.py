"""Calendar addresses, as a calendar program asks for them: no account, one answer for all that is not there."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core.access.actor import Actor, Role
from core.delivery.feeds import service as feeds
from core.delivery.feeds.service import Subject
from core.delivery.feeds.terms import About
from core.delivery.timetable.tables import PublishedVersion
from core.plans import service as plans
from tests.core.web.conftest import TRIES, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
LINE = {
    "session_id": 1,
    "programme": "财富进阶",
    "cohort": ["{n}班", {"n": 1}],
    "name": "工作坊",
    "day": "2027-03-01",
    "slot": 0,
    "slots": 1,
    "trainer_id": 1,
    "trainer": "李老师",
    "venue_id": 1,
    "venue": "大教室",
}


@pytest.fixture
def plan(house: FakeHouse) -> int:
    with house.database.writing() as db:
        made = plans.create(db, HR, "滨海分行", 2027).id or 0
        db.add(PublishedVersion(plan_id=made, number=1, lines=[LINE]))
        return made


def opened(house: FakeHouse, plan: int) -> str:
    with house.database.writing() as db:
        return feeds.open_feed(db, HR, plan, Subject(About.PLAN), "zh")


def test_a_calendar_program_gets_the_calendar_and_is_told_when_nothing_is_new(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = f"/feed/{opened(house, plan)}.ics"
    found = client.get(address)
    assert found.status_code == 200 and found.headers["content-type"].startswith("text/calendar")
    assert "财富进阶" in found.text and found.headers["cache-control"] == "private, no-cache"
    assert client.get(address, headers={"if-none-match": found.headers["etag"]}).status_code == 304
    with house.database.reading() as db:
        assert feeds.feeds(db, HR, plan)[0].row.reads == 2


def test_unknown_and_revoked_addresses_have_the_same_answer(client: TestClient, house: FakeHouse, plan: int) -> None:
    token = opened(house, plan)
    with house.database.writing() as db:
        feeds.revoke(db, HR, plan, feeds.feeds(db, HR, plan)[0].id)
    revoked, unknown = client.get(f"/feed/{token}.ics"), client.get("/feed/none.ics")
    assert (revoked.status_code, unknown.status_code) == (404, 404) and revoked.text.replace(token, "none") == unknown.text


def test_whoever_guesses_is_stopped_and_whoever_reads_is_not(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = f"/feed/{opened(house, plan)}.ics"
    assert {client.get(address).status_code for _ in range(TRIES * 2)} == {200}
    assert [client.get(f"/feed/{number}.ics").status_code for number in range(TRIES + 1)][-1] == 429
