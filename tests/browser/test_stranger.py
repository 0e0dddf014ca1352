"""Every page, opened as the first thing on a fresh server by somebody who is not signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from pages.shared.sitemap import PAGES
from tests.browser.access_server import Server, started
from tests.browser.page_socket import spoken

FORGED = {"X-Remote-User": "1", "X-Remote-Sign-In": "1", "X_Remote_User": "1"}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has ever visited; the first test of this file is its first request."""
    with started(tmp_path_factory.mktemp("stranger")) as server:
        yield server


@pytest.mark.parametrize("url_path", [spec.url_path for spec in PAGES.values()])
def test_a_page_opened_first_and_signed_out_shows_only_the_sign_in_page(fresh: Server, url_path: str) -> None:
    answer = httpx.get(f"{fresh.address}/{url_path}", headers={"accept": "text/html", **FORGED}, follow_redirects=True)
    assert answer.url.path == "/sign-in"
    assert 'name="password"' in answer.text and "<script" not in answer.text


@pytest.mark.parametrize("name", ["home", "accounts", "audit"])
@pytest.mark.parametrize("headers", [{}, FORGED], ids=["plain", "forged"])
def test_a_socket_without_a_cookie_says_nothing_but_sign_in(fresh: Server, name: str, headers: dict[str, str]) -> None:
    heard = spoken(fresh, headers, page=PAGES[name].url_path).text
    assert "请先登录" in heard
    for spec in PAGES.values():
        assert spec.title.text not in heard and spec.question.text not in heard


def test_a_stranger_reads_and_sends_no_files(fresh: Server) -> None:
    for path in ("media/abc.png", "_stcore/upload_file/session/file"):
        assert httpx.get(f"{fresh.address}/{path}").status_code == 401
        assert httpx.put(f"{fresh.address}/{path}", content=b"x", headers=FORGED).status_code == 401


def test_the_sign_in_page_loads_without_a_word_in_the_console(fresh: Server, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if fresh.address not in request.url else None)
    page.goto(f"{fresh.address}/library?x=1")
    assert page.url.startswith(f"{fresh.address}/sign-in")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("label").count() == 2
    page.close()
    assert [text for text in said if not text.startswith("data:")] == []


def test_the_data_of_a_fresh_server_is_where_it_was_told(fresh: Server) -> None:
    assert Path(fresh.data, "cexun.db").exists()
