"""Forms that send more than they were asked for (mass assignment): a field that the form does not have changes nothing."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from core.access import repository as accounts
from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Role
from core.review.surveys import repository as surveys
from core.review.surveys import service as survey_links
from core.workshops import repository as workshops
from tests.core.web import test_needs, test_survey, test_workshop
from tests.core.web.conftest import OURS, FakeHouse
from tests.core.web.test_needs import FILLED, call
from tests.core.web.test_survey import ME, project

__all__ = ["call", "project"]

# What rows are made of, in the names of columns. A form takes twenty fields at most, so that each door gets what would hurt there.
MINE = {"id": "1", "plan_id": "99", "unit": "云岭支行", "unit_id": "1", "state": "accepted"}
THEIRS = {"employee_id": "99", "guest_id": "1", "account_id": "1", "at": "2000-01-01", "project_id": "99"}
HIGHER = {"role": "it", "roles": "it", "is_admin": "1", "account_id": "1", "enabled": "1"}


def row(of: Any) -> dict[str, Any]:
    """A row's columns, without those that every new row has for itself."""
    left_out = {"id", "version", "created_at", "changed_at", "at", "filed_at", "updated_at"}
    return {name: value for name, value in of.model_dump().items() if name not in left_out}


def test_a_need_is_its_units_own_whatever_else_is_sent(client: TestClient, house: FakeHouse, call: int) -> None:
    at = test_needs.address(house, call)
    assert client.post(at, data=FILLED, headers=OURS).status_code == 303
    assert client.post(at, data={**MINE, **FILLED}, headers=OURS).status_code == 303
    plain, more = test_needs.filed(house)
    assert plain.id != more.id and row(plain.row) == row(more.row) and more.row.unit == "望海支行" and more.state is plain.state


def test_an_answer_is_the_persons_who_is_named(client: TestClient, house: FakeHouse, project: int) -> None:
    with house.database.writing() as db:
        address = f"/survey/{survey_links.open_link(db, test_survey.HR, 1, project)}"
    marks = test_survey.marks(client, address, "4")
    assert client.post(address, data={**THEIRS, "m999": "1", **ME, **marks}, headers=OURS).status_code == 200
    with house.database.reading() as db:
        (only,) = surveys.answers(db, project)
    assert only.project_id == project and only.at.year > 2000 and set(only.marks.values()) == {4} and len(only.marks) == 3


def test_a_guest_speaks_for_their_own_seat_alone(client: TestClient, house: FakeHouse) -> None:
    address = test_workshop.vote(house)
    first = test_workshop.join(client, address, "王芳")
    client.post(first, data={"act": "points", "round": "1", "i1": "7"}, headers=OURS)
    client.cookies.clear()
    second = test_workshop.join(client, address, "李明")
    sent = {**THEIRS, "nickname": "王芳", "value": "99", "act": "points", "round": "1", "i1": "2"}
    assert client.post(second, data=sent, headers=OURS).status_code == 303
    with house.database.reading() as db:
        guests = {one.id: one.nickname for one in workshops.guests(db, 1)}
        voices = {guests[one.guest_id]: one.value for one in workshops.voices(db, [1])}
    assert voices == {"王芳": 7, "李明": 2}


def test_who_comes_in_by_a_link_gets_no_role_by_asking_for_it(client: TestClient, house: FakeHouse, owner: TestClient) -> None:
    with house.database.writing() as db:
        chen = access.add(db, LOCAL_ADMINISTRATOR, "chen", "陈立", [Role.UNIT_MANAGER]).id
        token = access.invite(db, LOCAL_ADMINISTRATOR, chen)
    words = {"password": "mountain river bridge", "again": "mountain river bridge", "repeat": "mountain river bridge"}
    answer = client.post(f"/welcome/{token}", data={**HIGHER, "login": "root", "name": "行长", **words}, headers=OURS)
    assert answer.status_code == 303, answer.text
    with house.database.reading() as db:
        found = accounts.account(db, chen)
        assert found is not None and (found.login, found.name, list(found.roles)) == ("chen", "陈立", ["manager"])
        assert len(access.people(db, Actor(None, "", frozenset({Role.IT_ADMINISTRATOR})))) == 2
