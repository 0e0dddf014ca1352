"""The light page of the year: who has its link reads it at once, and nothing else; every request asks anew."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from core.access.actor import Actor, Role
from core.plans import service as plans
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.snapshots import service as snapshots
from core.snapshots.service import Wanted
from tests.core.web.conftest import FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
ADDRESS = "/share/page/year"
UNIT, POLICY = "滨海<b>分行", "content-security-policy"


@pytest.fixture
def plan(house: FakeHouse) -> int:
    with house.database.writing() as db:
        return plans.create(db, HR, UNIT, 2027).id or 0


def link(house: FakeHouse, plan: int, page: SharedPage = SharedPage.EXECUTIVE, *, as_of_now: bool = False) -> str:
    with house.database.writing() as db:
        return "/share/" + snapshots.create(db, HR, plan, Wanted(page, 3, as_of_now=as_of_now))


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("共享页面", "还没有足够的数据判断")), ("en", ("Shared page", "Too little is known yet"))]
)
def test_the_link_of_the_year_leads_to_a_light_page(
    language: str, words: tuple[str, ...], client: TestClient, house: FakeHouse, plan: int
) -> None:
    assert client.get(link(house, plan)).headers["location"] == ADDRESS
    page = client.get(ADDRESS, params={"lang": language})
    assert page.status_code == 200 and all(one in page.text for one in words)
    assert "滨海&lt;b&gt;分行" in page.text and page.text.count("<script") == 1
    assert page.headers["content-security-policy"].startswith("default-src 'none'") and page.headers["cache-control"] == "no-store"


def test_without_a_link_that_opens_it_there_is_no_page(client: TestClient, house: FakeHouse, plan: int) -> None:
    nothing = client.get(ADDRESS)
    client.get(link(house, plan))
    assert client.get(ADDRESS).status_code == 200
    with house.database.writing() as db:
        shares.revoke(db, HR, shares.links(db, HR)[0].id)
    revoked = client.get(ADDRESS)
    assert (nothing.status_code, revoked.status_code) == (404, 404) and nothing.text == revoked.text


def test_the_open_page_hears_that_its_link_opens_nothing_any_more(client: TestClient, house: FakeHouse, plan: int) -> None:
    assert client.get(f"{ADDRESS}/open").status_code == 404
    client.get(link(house, plan))
    page = client.get(ADDRESS)
    assert 'src="/share/live.js" data-address="/share/page/year/open"' in page.text and "script-src 'self'" in page.headers[POLICY]
    assert "location.reload" in client.get("/share/live.js").text and client.get(f"{ADDRESS}/open").status_code == 200
    with house.database.writing() as db:
        shares.revoke(db, HR, shares.links(db, HR)[0].id)
    assert client.get(f"{ADDRESS}/open").status_code == 404


def test_the_link_of_another_page_does_not_open_it(client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan, SharedPage.CHAIN))
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/shared")


def test_a_page_that_is_kept_says_of_when_it_is(client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan, as_of_now=True))
    with house.database.writing() as db:
        plans.change(db, HR, plan, unit="别的分行", year=2027, note="", version=1)
    page = client.get(ADDRESS).text
    assert "以后的改动不在内" in page and "别的分行" not in page


def test_a_whole_branch_behind_one_address_opens_it(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = link(house, plan)
    assert {client.get(address).status_code for _time in range(40)} == {303}
