"""The form behind a unit's link, through real requests: no account, no script, nothing but that unit's needs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from core.access.actor import Actor, Role
from core.goals.needs import calls
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.goals.needs.service import NeedView
from core.goals.needs.terms import NeedState
from core.goals.needs.writing import today
from core.people import service as people
from core.plans import service as plans
from tests.core.web.conftest import OURS, PAGE, TRIES, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
FILLED = {
    "filer": "王芳",
    "problem": "理财经理讲不清净值波动",
    "post": "理财经理",
    "people": "20",
    "behaviour": "能解释净值波动",
    "competency": "资产配置",
    "layer": "professional",
    "level": "2",
    "kind": "pre_emptive",
    "urgency": "high",
    "quarter": "3",
    "evidence": "投诉12起",
    "need": "",
    "version": "",
    "act": "file",
}


@pytest.fixture
def call(house: FakeHouse) -> int:
    with house.database.writing() as db:
        plan = plans.create(db, HR, "滨海分行", 2027).id or 0
        people.take_in(db, HR)
        return calls.open_call(db, HR, plan, "需求征集", today() + timedelta(days=7), "先商量再报", [], ["望海支行", "云岭支行"])


def address(house: FakeHouse, call: int, unit: str = "望海支行") -> str:
    """A new link of a unit."""
    with house.database.writing() as db:
        found = calls.current(db, HR, 1)
        assert found is not None
        asked = next(one for one in found.units if one.row.unit == unit)
        return f"/answer/{calls.issue(db, HR, call, [asked.id])[asked.id]}"


def filed(house: FakeHouse) -> list[NeedView]:
    with house.database.reading() as db:
        return list(needs.board(db, HR, 1).needs)


def test_the_form_opens_without_an_account_in_the_readers_language_and_runs_no_script(
    client: TestClient, house: FakeHouse, call: int
) -> None:
    at = address(house, call)
    shown = client.get(at, headers=PAGE)
    assert shown.status_code == 200 and "望海支行：2027 年培训需求" in shown.text and "先商量再报" in shown.text
    assert "<script" not in shown.text and "default-src 'none'" in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "no-store" and 'name="viewport"' in shown.text and "需求挖掘" in shown.text
    for name in re.findall(r'<(?:input|select|textarea) id="(\w+)"', shown.text):
        assert f'<label for="{name}">' in shown.text
    english = client.get(at, headers={**PAGE, "accept-language": "en-GB,en"}).text
    assert "training needs 2027" in english and "File a need" in english and 'lang="en"' in english
    switched = client.get(f"{at}?lang=en", headers=PAGE)
    assert "File a need" in switched.text and "File a need" in client.get(at, headers=PAGE).text, "the choice is remembered"
    with house.database.reading() as db:
        found = calls.current(db, HR, 1)
        assert found is not None and [one.answer.value for one in found.units] == ["opened", "silent"]


def test_a_need_is_filed_seen_corrected_and_taken_back(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    answer = client.post(at, data=FILLED, headers=OURS)
    assert answer.status_code == 303 and answer.headers["location"] == f"{at}?done=filed"
    (view,) = filed(house)
    row = view.row
    assert (row.unit, row.filer, row.people, row.level, row.quarter, row.layer) == ("望海支行", "王芳", 20, 2, 3, "professional")
    assert row.competency_id is not None and row.kind == "pre_emptive" and row.urgency == "high"
    shown = client.get(answer.headers["location"], headers=PAGE).text
    assert "已提交" in shown and "理财经理讲不清净值波动" in shown and f"need={view.id}" in shown
    editing = client.get(f"{at}?need={view.id}", headers=PAGE).text
    assert "修改这条需求" in editing and "能解释净值波动" in editing and '<option value="3" selected>' in editing
    changed = {**FILLED, "people": "25", "need": str(view.id), "version": str(row.version)}
    assert client.post(at, data=changed, headers=OURS).status_code == 303
    assert client.post(at, data=changed, headers=OURS).status_code == 422, "the version that was seen is gone"
    (now,) = filed(house)
    assert now.row.people == 25
    taken = {**changed, "version": str(now.row.version), "act": "take_back"}
    assert client.post(at, data=taken, headers=OURS).headers["location"].endswith("done=taken")
    assert filed(house)[0].state is NeedState.PUT_ASIDE and "由填报人撤回" in client.get(at, headers=PAGE).text


def test_a_draft_is_kept_and_a_unit_may_say_that_it_needs_nothing(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    assert client.post(at, data={**FILLED, "post": "", "act": "draft"}, headers=OURS).headers["location"].endswith("done=kept")
    assert filed(house)[0].state is NeedState.DRAFT
    nothing = address(house, call, "云岭支行")
    assert client.post(nothing, data={"filer": "李强", "act": "none"}, headers=OURS).headers["location"].endswith("done=none")
    assert "今年没有需求" in client.get(nothing, headers=PAGE).text


def test_what_is_missing_is_said_and_what_was_typed_stays(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    for wrong, said in (({"filer": ""}, "请写您的姓名"), ({"problem": ""}, "请写明问题"), ({"people": "很多"}, "不是整数")):
        answer = client.post(at, data={**FILLED, **wrong}, headers=OURS)
        assert answer.status_code == 422 and 'role="alert"' in answer.text and said in answer.text and "投诉12起" in answer.text
    assert client.post(at, data={**FILLED, "problem": "长" * 6000}, headers=OURS).status_code == 422
    assert not filed(house)


def test_hostile_words_are_shown_as_text(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    hostile = '"><script>alert(1)</script><img src=http://evil.example/x>'
    fields = {**FILLED, "problem": hostile, "filer": "<b>王芳</b>", "competency": hostile[:60], "evidence": "</textarea><i>"}
    assert client.post(at, data=fields, headers=OURS).status_code == 303
    for page in (at, f"{at}?need=1"):
        shown = client.get(page, headers=PAGE).text
        assert "<script" not in shown and "<img" not in shown and "<b>" not in shown and "<i>" not in shown
    refused = client.post(at, data={**fields, "post": ""}, headers=OURS).text
    assert "<script" not in refused and "&lt;script&gt;" in refused


def test_unknown_revoked_and_ended_links_answer_alike(client: TestClient, house: FakeHouse, call: int) -> None:
    revoked = address(house, call)
    with house.database.writing() as db:
        found = calls.current(db, HR, 1)
        assert found is not None
        calls.revoke(db, HR, call, [one.id for one in found.units])
    ended = address(house, call, "云岭支行")
    with house.database.writing() as db:
        calls.close_call(db, HR, call, found.row.version or 0)
    texts = set()
    for at in ("/answer/unknown", revoked, ended):
        shown, sent = client.get(at, headers=PAGE), client.post(at, data=FILLED, headers=OURS)
        assert shown.status_code == sent.status_code == 404
        texts |= {shown.text.replace(at, ""), sent.text.replace(at, "")}
    assert len(texts) == 1 and "望海支行" not in texts.pop() and not filed(house)


def test_a_link_opens_only_its_own_units_needs_and_nothing_else_of_the_product(client: TestClient, house: FakeHouse, call: int) -> None:
    with house.database.writing() as db:
        other = needs.add(db, HR, 1, "云岭支行", NeedDraft("云岭自己的问题", "柜员"))
    at = address(house, call)
    assert "云岭自己的问题" not in client.get(f"{at}?need={other}", headers=PAGE).text
    stolen = {**FILLED, "need": str(other), "version": "1"}
    assert client.post(at, data=stolen, headers=OURS).status_code == 422
    assert [view.row.problem for view in filed(house)] == ["云岭自己的问题"]
    assert client.get("/needs", headers=PAGE).status_code == 303 and client.get("/home", headers=PAGE).status_code == 303


def test_forms_from_elsewhere_and_guessing_are_refused(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post(at, data=FILLED, headers=headers).status_code == 403
    assert not filed(house)
    for _ in range(TRIES + 3):
        assert client.get(at, headers=PAGE).status_code == 200, "opening a good link costs nothing"
    for _ in range(TRIES):
        assert client.get("/answer/guess", headers=PAGE).status_code == 404
    assert client.get("/answer/guess", headers=PAGE).status_code == 429


def test_a_link_that_is_sent_too_often_waits(client: TestClient, house: FakeHouse, call: int) -> None:
    at = address(house, call)
    answers = [client.post(at, data=FILLED, headers=OURS).status_code for _ in range(61)]
    assert answers[:60] == [303] * 60 and answers[60] == 422
    refused = client.post(at, data=FILLED, headers=OURS).text
    assert "太频繁" in refused and "投诉12起" in refused
