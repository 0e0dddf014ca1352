"""A session's link through real requests: check in, then judge, without account; a stranger learns nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core import clock
from core.access.actor import Actor, Role
from core.delivery.attendance import check_in
from core.delivery.attendance import repository as attendance_rows
from core.delivery.timetable.tables import Cohort, CohortMember, Placement, Programme, Timetable, TrainingSession
from core.delivery.timetable.terms import Origin, TimetableState
from core.people.tables import Employee
from core.plans import service as plans
from tests.core.web.conftest import OURS, PAGE, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
ME = {"employee_no": "0012", "name": "李明", "act": "check_in"}
MARKS = {"content": "5", "trainer": "4", "use": "4", "remark": "<b>多练</b>", "act": "answer"}


@pytest.fixture
def session(house: FakeHouse) -> int:
    with house.database.writing() as db:
        plan = plans.create(db, HR, "滨海分行", 2026).id or 0
        programme = Programme(plan_id=plan, name="财富进阶", origin=Origin.LIST)
        table = Timetable(plan_id=plan, name="一", state=TimetableState.PUBLISHED)
        person = Employee(employee_no="0012", name="李明")
        db.add_all([programme, table, person])
        db.flush()
        cohort = Cohort(programme_id=programme.id or 0, number=1)
        db.add(cohort)
        db.flush()
        one = TrainingSession(programme_id=programme.id or 0, cohort_id=cohort.id or 0, activity_key="l1", place=1, name="工作坊", slots=2)
        db.add_all([one, CohortMember(cohort_id=cohort.id or 0, employee_id=person.id or 0)])
        db.flush()
        today = clock.today()
        db.add(Placement(timetable_id=table.id or 0, session_id=one.id or 0, day=today, ends_on=today))
        return one.id or 0


@pytest.fixture
def address(house: FakeHouse, session: int) -> str:
    with house.database.writing() as db:
        return f"/check-in/{check_in.open_link(db, HR, 1, session)}"


def test_somebody_checks_in_and_judges_without_writing_their_name_again(
    client: TestClient, house: FakeHouse, session: int, address: str
) -> None:
    shown = client.get(address, headers=PAGE)
    assert "工作坊" in shown.text and "<script" not in shown.text
    checked = client.post(address, data=ME, headers=OURS)
    assert checked.status_code == 200 and "已签到" in checked.text and 'value="0012"' in checked.text
    judged = client.post(address, data={**ME, **MARKS}, headers=OURS)
    assert "评价已提交" in judged.text and "<b>多练</b>" not in judged.text
    with house.database.reading() as db:
        assert attendance_rows.feedback(db, session)[0].marks == {"content": 5, "trainer": 4, "use": 4}


def test_a_wrong_name_and_an_unknown_number_are_answered_alike(client: TestClient, address: str) -> None:
    wrong = client.post(address, data={**ME, "name": "王五"}, headers=OURS)
    unknown = client.post(address, data={**ME, "employee_no": "9"}, headers=OURS)
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "对不上" in wrong.text and "对不上" in unknown.text and "李明" not in wrong.text


def test_a_form_from_elsewhere_and_an_unknown_link_are_refused(client: TestClient, address: str) -> None:
    assert client.post(address, data=ME, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.get("/check-in/none", headers=PAGE).status_code == 404


def test_in_english_the_form_is_english(client: TestClient, address: str) -> None:
    text = client.get(f"{address}?lang=en", headers=PAGE).text
    assert "Check in" in text and "签到" not in text
