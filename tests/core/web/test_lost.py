"""Addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from core.web.lost import Lost
from tests.core.web.conftest import PAGE


def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """A browser before a server with two pages and one route of its own."""
    own = [Route("/desk/{number:int}", _page)]
    app = Starlette(
        routes=[*own, Route("/{rest:path}", _page)], middleware=[Middleware(Lost, pages=("", "library", "document"), routes=own)]
    )
    with TestClient(app, follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("path", ["/nowhere", "/library/x", "/Library", "/%E6%96%87%E4%BB%B6%E5%BA%93", "/desk/x"])
def test_an_address_without_a_page_leads_to_the_first_page_which_says_so(browser: TestClient, path: str) -> None:
    answer = browser.get(path, headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lost=1")


@pytest.mark.parametrize(
    "path", ["/", "/library", "/library/", "/document?id=3", "/desk/3", "/media/a.pdf", "/_stcore/health", "/static/a.js", "/?lost=1"]
)
def test_pages_files_and_routes_are_where_they_were(browser: TestClient, path: str) -> None:
    assert browser.get(path, headers=PAGE).text == "here"


def test_what_is_no_page_for_a_person_is_left_alone(browser: TestClient) -> None:
    assert browser.get("/manifest.json", headers={"Accept": "*/*"}).text == "here"
    assert browser.post("/nowhere").status_code == 405
