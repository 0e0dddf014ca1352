"""A survey's link through real requests: answered without account, and a stranger learns nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core.access.actor import Actor, Role
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.delivery.timetable.terms import Origin
from core.people.tables import Employee
from core.plans import service as plans
from core.projects.tables import Project
from core.review.surveys import repository, service
from core.strategy.ideas.terms import Author, ProjectKind, Urgency
from tests.core.web.conftest import OURS, PAGE, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
ME = {"employee_no": "0012", "name": "李明", "remark": "<b>多练</b>"}


@pytest.fixture
def project(house: FakeHouse) -> int:
    with house.database.writing() as db:
        plan = plans.create(db, HR, "滨海分行", 2026).id or 0
        how = {"urgency": Urgency.HIGH, "kind": ProjectKind.PROBLEM_DRIVEN, "origin": Author.PERSON, "purpose_author": Author.PERSON}
        one, person = Project(plan_id=plan, name="财富进阶", purpose="会配置", **how), Employee(employee_no="0012", name="李明")
        db.add_all([one, person])
        db.flush()
        programme = Programme(plan_id=plan, project_id=one.id, name="财富进阶", origin=Origin.PROJECT)
        db.add(programme)
        db.flush()
        cohort = Cohort(programme_id=programme.id or 0, number=1)
        db.add(cohort)
        db.flush()
        db.add(CohortMember(cohort_id=cohort.id or 0, employee_id=person.id or 0))
        return one.id or 0


@pytest.fixture
def address(house: FakeHouse, project: int) -> str:
    with house.database.writing() as db:
        return f"/survey/{service.open_link(db, HR, 1, project)}"


def marks(client: TestClient, address: str, mark: str) -> dict[str, str]:
    text = client.get(address, headers=PAGE).text
    return {part.split('"')[0]: mark for part in text.split('type="radio" name="')[1:]}


def test_somebody_answers_twice_and_the_second_stands(client: TestClient, house: FakeHouse, project: int, address: str) -> None:
    shown = client.get(address, headers=PAGE).text
    assert "财富进阶" in shown and "课程总体满意度" in shown and "<script" not in shown
    for mark in ("5", "4"):
        sent = client.post(address, data={**ME, **marks(client, address, mark)}, headers=OURS)
        assert sent.status_code == 200 and "问卷已提交" in sent.text and "<b>多练</b>" not in sent.text
    with house.database.reading() as db:
        (only,) = repository.answers(db, project)
        assert set(only.marks.values()) == {4} and len(only.marks) == 3


def test_a_wrong_name_and_a_missing_mark_are_refused(client: TestClient, address: str) -> None:
    full = marks(client, address, "5")
    wrong = client.post(address, data={**ME, **full, "name": "王五"}, headers=OURS)
    unknown = client.post(address, data={**ME, **full, "employee_no": "9"}, headers=OURS)
    assert (wrong.status_code, unknown.status_code) == (422, 422) and "对不上" in wrong.text and "对不上" in unknown.text
    assert client.post(address, data=ME, headers=OURS).status_code == 422


def test_elsewhere_and_unknown_links_are_refused_alike(client: TestClient, house: FakeHouse, project: int, address: str) -> None:
    assert client.post(address, data=ME, headers={"origin": "https://evil.example"}).status_code == 403
    with house.database.writing() as db:
        service.close_link(db, HR, 1, project)
    closed, unknown = client.get(address, headers=PAGE), client.get("/survey/none", headers=PAGE)
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.text.replace(address, "") == unknown.text.replace("/survey/none", "")


def test_in_english_the_form_is_english(client: TestClient, address: str) -> None:
    text = client.get(f"{address}?lang=en", headers=PAGE).text
    assert "Send answers" in text and "提交" not in text
