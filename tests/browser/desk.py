"""Somebody at a browser, in front of the product."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core import settings as settings_module
from core.access.actor import Actor, Role
from core.instance import Instance
from core.plans import service as plans
from tests.browser.access_server import PASSWORD, Server, forms_from
from tests.conftest import person

# A page that has not spoken to the server yet says "notRunning" too: it is still only when something stands on it, and not while
# grey boxes stand there for what the browser is still fetching the code of.
_RUNNING = """
document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') !== 'notRunning' ||
document.querySelector('[data-testid=stMainBlockContainer] [data-testid=stElementContainer]') === null ||
document.querySelector('[data-testid=stSkeleton]') !== null
"""
_QUIET = 0.35
_WISHES = {"rerun_script", "file_urls_request"}
_BEGINNINGS = {"new_session", "file_urls_response"}
_UPLOAD = "PUT"
# The server need not answer a wish for what is no longer on the page.
_HEARD_BY = 10.0


class _Talk:
    """What a page says to the server. It looks still while its wish is under way: on a busy machine that can take a second."""

    def __init__(self, page: Page) -> None:
        self._said_at: float | None = None
        page.on("websocket", self._opened)
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    @property
    def unheard(self) -> bool:
        """Whether a file is on its way, or the server has not begun yet with what was wished for."""
        return self._said_at is not None and time.monotonic() - self._said_at < _HEARD_BY

    def _begun(self, request: Request) -> None:
        if request.method == _UPLOAD:
            self._said_at = time.monotonic()

    def _ended(self, request: Request) -> None:
        if request.method == _UPLOAD:
            self._said_at = None

    def _opened(self, socket: WebSocket) -> None:
        self._said_at = None
        socket.on("framesent", self._said)
        socket.on("framereceived", self._heard)

    def _said(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") in _WISHES:
            self._said_at = time.monotonic()

    def _heard(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") in _BEGINNINGS:
                self._said_at = None
            elif message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                # It begins anew by itself.
                self._said_at = time.monotonic()


class Desk:
    """A signed-in browser. It remembers every request that left for another place, and every complaint of the browser."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context, self.server = context, server
        self.outside: list[str] = []
        self.complaints: list[str] = []
        context.set_default_timeout(45_000)
        context.on("request", self._note)
        self.page = self._watched(context.new_page())
        self._talk = _Talk(self.page)

    def sign_in(self, login: str, path: str = "") -> Desk:
        """Come in with the common password, and open a page. `test_sign_in.py` looks at the form that is sent here."""
        form, address = {"login": login, "password": PASSWORD}, self.server.address
        answer = self.context.request.post(f"{address}/sign-in", form=form, headers=dict(forms_from(address)), max_redirects=0)
        assert answer.status == 303, answer.text()
        return self.open(path)

    def open(self, path: str) -> Desk:
        """Open a page by its address."""
        self.page.goto(f"{self.server.address}/{path}")
        self.settled()
        return self

    def go(self, path: str, title: str) -> Desk:
        """Go on to the page of this title as the browser's own arrows do, which loads nothing anew."""
        self.page.evaluate("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", f"/{path}")
        expect(self.page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
        self.settled()
        return self

    def settled(self, limit: float = 60) -> None:
        """Wait until the page has been still for a moment."""
        end, quiet_since = time.monotonic() + limit, time.monotonic()
        while time.monotonic() - quiet_since < _QUIET:
            if self.page.evaluate(_RUNNING) or self._talk.unheard:
                quiet_since = time.monotonic()
            assert time.monotonic() < end, "the page does not come to rest"
            self.page.wait_for_timeout(50)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button by what it says."""
        (within or self.page).get_by_role("button", name=name).first.click()
        self.settled()

    def ask(self, question: str) -> None:
        """Ask the assistant."""
        box, said = self.page.get_by_test_id("stChatInputTextArea"), self.page.get_by_test_id("stChatMessage")
        before = said.count()
        box.fill(question)
        box.press("Enter")
        expect(said.nth(before + 1)).to_be_visible()
        self.settled()

    def downloaded(self, label: str) -> bytes:
        """The file behind a button."""
        with self.page.expect_download(timeout=60_000) as waiting:
            self.page.get_by_role("button", name=label).first.click()
        return Path(waiting.value.path()).read_bytes()

    def main(self) -> str:
        """What stands on the page, without the sidebar."""
        return self.page.get_by_test_id("stMainBlockContainer").inner_text()

    def another_page(self) -> Page:
        """A second tab."""
        return self._watched(self.context.new_page())

    def _watched(self, page: Page) -> Page:
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        return page

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.server.address, "data:", "blob:", self.server.address.replace("http", "ws"))):
            self.outside.append(request.url)


@contextmanager
def at_desk(chromium: Browser, server: Server, **how: Any) -> Iterator[Desk]:
    """A browser of its own, in Chinese unless told otherwise."""
    plain = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}
    # What fades and slides costs processor time and shows nothing more.
    context = chromium.new_context(**{**plain, "reduced_motion": "reduce", **how})
    yield Desk(context, server)
    context.close()


@contextmanager
def before_start(folder: Path, migrated: Path) -> Iterator[tuple[Instance, Actor, int]]:
    """What is in the data directory before the server starts: the instance, an HR leader, and the plan 2027 of a branch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CEXUN_EMBEDDING", "none")
        (folder / "data").mkdir()
        shutil.copy(migrated, folder / "data" / "cexun.db")
        house = Instance(settings_module.load(data=folder / "data"))
        leader = person(house, "seeder", Role.HR_LEADER)
        with house.database.writing() as db:
            plan = plans.create(db, leader, "海州分行", 2027).id or 0
        yield house, leader, plan
        house.close()
