"""Shared links at the door: one answer for all that opens nothing, one page for what does, nothing beyond it."""

from __future__ import annotations

import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect

from core.access import service as access
from core.access.actor import Actor, Role
from core.plans import service as plans
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.web import identity
from core.web.cookies import SHARE
from core.web.identity import Identity
from tests.core.web.conftest import ADDRESS, OURS, PAGE, SOCKET, TRIES, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
PASSWORD = "mountain river bridge"


@pytest.fixture
def plan(house: FakeHouse) -> int:
    with house.database.writing() as db:
        return plans.create(db, HR, "滨海分行", 2027).id or 0


def link(house: FakeHouse, plan: int, password: str = "") -> str:
    with house.database.writing() as db:
        return "/share/" + shares.create(db, HR, plan, SharedPage.CHAIN, days=3, password=password)


def revoke(house: FakeHouse) -> None:
    with house.database.writing() as db:
        shares.revoke(db, HR, shares.links(db, HR)[0].id)


def whom(client: TestClient) -> dict[str, str]:
    with client.websocket_connect(SOCKET) as socket:
        found: dict[str, str] = socket.receive_json()
        return found


def test_a_link_leads_to_its_page_under_its_number_and_is_counted(client: TestClient, house: FakeHouse, plan: int) -> None:
    answer = client.get(link(house, plan))
    assert (answer.status_code, answer.headers["location"]) == (303, "/shared")
    assert "httponly" in answer.headers["set-cookie"].lower() and answer.headers["referrer-policy"] == "no-referrer"
    assert "'x-remote-share': '1'" in client.get("/shared", headers=PAGE).text
    assert whom(client) == {"x-remote-share": "1"}
    with house.database.reading() as db:
        assert shares.links(db, HR)[0].row.uses == 1


@pytest.mark.parametrize("path", ["/", "/chain", "/people", "/roster", "/audit", "/shared/../people"])
def test_a_guest_who_asks_for_another_page_is_sent_to_sign_in(path: str, client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan))
    assert client.get(path, headers=PAGE).headers["location"].startswith("/sign-in")


def test_a_guest_sends_no_files(client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan))
    assert client.put("/_stcore/upload_file/a/b").status_code == 401
    assert client.get("/media/abc.svg").status_code == 200


@pytest.mark.parametrize("name", ["media", "shared", "media/", "shared/"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "GET"])
@pytest.mark.parametrize("room", ["upload_file/a", "agent"])
def test_a_guest_sends_no_files_under_a_name_that_is_open_to_them(
    name: str, method: str, room: str, client: TestClient, house: FakeHouse, plan: int
) -> None:
    client.get(link(house, plan))
    assert client.request(method, f"/_stcore/{room}/{name}").status_code == 401


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_guest_only_reads_what_a_page_shows(method: str, client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan))
    assert client.request(method, "/media/abc.svg").status_code == 401


@pytest.mark.parametrize("path", ["/people/shared", "/media/shared/people", "/roster/media", "/media"])
def test_an_address_that_ends_like_the_open_ones_is_not_open(path: str, client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan))
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 200 or answer.headers["location"].startswith("/sign-in")
    assert "x-remote-sign-in" not in answer.text and "x-remote-user" not in answer.text


def test_of_two_links_in_one_browser_the_last_one_counts(client: TestClient, house: FakeHouse, plan: int) -> None:
    first, second = link(house, plan), link(house, plan)
    client.get(first)
    client.get(second)
    assert whom(client) == {"x-remote-share": "2"}
    with house.database.writing() as db:
        shares.revoke(db, HR, 2)
    assert whom(client) == {}


def test_a_link_that_was_locked_is_not_opened_by_the_cookie_of_another(client: TestClient, house: FakeHouse, plan: int) -> None:
    locked, free = link(house, plan, PASSWORD), link(house, plan)
    client.get(free)
    assert client.get(locked).status_code == 200 and whom(client) == {"x-remote-share": "2"}
    client.cookies.set("cexun_sign_in", client.cookies[SHARE])
    assert whom(client) == {"x-remote-share": "2"}


def test_links_that_open_nothing_have_one_answer(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = link(house, plan)
    revoke(house)
    revoked, unknown = client.get(address), client.get("/share/none")
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.text.replace(address, "/share/none") == unknown.text


def test_a_link_that_is_revoked_ends_at_once_for_who_has_come_by_it(client: TestClient, house: FakeHouse, plan: int) -> None:
    client.get(link(house, plan))
    revoke(house)
    ended = client.get("/shared", headers=PAGE)
    assert ended.status_code == 404 and "要一个新的链接" in ended.text and "password" not in ended.text and whom(client) == {}


@pytest.mark.parametrize("end", ["revoked", "switched off"])
def test_an_open_socket_gets_nothing_more_once_the_link_opens_nothing(end: str, client: TestClient, house: FakeHouse, plan: int) -> None:
    async def answering(websocket: WebSocket) -> None:
        await websocket.accept()
        async for wanted in websocket.iter_text():
            await websocket.send_text(f"here is {wanted}")
        await websocket.close()

    client.get(link(house, plan))
    app = Starlette(routes=[WebSocketRoute("/_stcore/stream", answering)], middleware=[Middleware(Identity, instance=lambda: house)])
    browser = TestClient(app, base_url=ADDRESS, cookies=client.cookies)
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_text("a run")
        assert socket.receive_text() == "here is a run"
        if end == "revoked":
            revoke(house)
        else:
            house.settings = house.settings.model_copy(update={"shares": False})
        for asked in ("a run", "a file made on demand"):
            socket.send_text(asked)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


async def _listening(websocket: WebSocket) -> None:
    await websocket.accept()
    async for wanted in websocket.iter_text():
        await websocket.send_text(f"here is {wanted}")
    await websocket.close()


class _LastText:
    """Remembers what a page sent last."""

    last: bytes | None = None

    def heard(self, sent: bytes) -> None:
        self.last = sent

    def once_more(self) -> bytes | None:
        return self.last


async def _running(websocket: WebSocket) -> None:
    await websocket.accept()
    async for wanted in websocket.iter_bytes():
        await websocket.send_text(f"here is {wanted.decode()}")
    await websocket.close()


def test_an_open_page_runs_once_more_to_say_that_its_link_has_ended_and_then_no_more(
    client: TestClient, house: FakeHouse, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(link(house, plan))
    monkeypatch.setattr(identity, "LOOK_AGAIN_SECONDS", 0.05)
    guarded = Middleware(Identity, instance=lambda: house, memory=_LastText)
    app = Starlette(routes=[WebSocketRoute("/_stcore/stream", _running)], middleware=[guarded])
    with TestClient(app, base_url=ADDRESS, cookies=client.cookies).websocket_connect(SOCKET) as socket:
        socket.send_bytes(b"a run")
        assert socket.receive_text() == "here is a run"
        revoke(house)
        # Nobody clicks.
        assert socket.receive_text() == "here is a run"
        socket.send_bytes(b"a file made on demand")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def _socket_of(house: FakeHouse, cookies: object, monkeypatch: pytest.MonkeyPatch) -> WebSocketTestSession:
    monkeypatch.setattr(identity, "LOOK_AGAIN_SECONDS", 0.05)
    app = Starlette(routes=[WebSocketRoute("/_stcore/stream", _listening)], middleware=[Middleware(Identity, instance=lambda: house)])
    return TestClient(app, base_url=ADDRESS, cookies=cookies).websocket_connect(SOCKET)  # type: ignore[arg-type]


def test_an_open_page_closes_by_itself_once_its_link_opens_nothing(
    client: TestClient, house: FakeHouse, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(link(house, plan))
    with _socket_of(house, client.cookies, monkeypatch) as socket:
        time.sleep(0.2)
        socket.send_text("a run")
        assert socket.receive_text() == "here is a run"
        revoke(house)
        # Nothing is asked for: nobody clicks.
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_the_open_page_of_a_person_closes_by_itself_once_they_may_see_it_no_more(
    owner: TestClient, house: FakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.writing() as db:
        me = access.people(db, HR)[0]
        access.add(db, HR, "another", "另一位", [Role.HR_LEADER])
    with _socket_of(house, owner.cookies, monkeypatch) as socket:
        time.sleep(0.2)
        socket.send_text("a run")
        assert socket.receive_text() == "here is a run"
        with house.database.writing() as db:
            access.disable(db, HR, me.id)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_a_file_that_a_guest_was_offered_is_not_handed_out_after_the_link_was_revoked(
    client: TestClient, house: FakeHouse, plan: int
) -> None:
    client.get(link(house, plan))
    assert client.get("/media/abc.png").status_code == 200
    revoke(house)
    assert client.get("/media/abc.png").status_code == 401


def test_switched_off_no_link_opens_and_switched_on_again_it_does(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = link(house, plan)
    client.get(address)
    house.settings = house.settings.model_copy(update={"shares": False})
    assert client.get(address).status_code == 404 and whom(client) == {}
    house.settings = house.settings.model_copy(update={"shares": True})
    assert whom(client) == {"x-remote-share": "1"}


def test_a_password_is_asked_for_and_then_let_through(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = link(house, plan, PASSWORD)
    asked = client.get(address)
    assert asked.status_code == 200 and 'type="password"' in asked.text and SHARE not in client.cookies
    wrong = client.post(address, data={"password": "guess"}, headers=OURS)
    assert wrong.status_code == 422 and SHARE not in client.cookies
    assert client.post(address, data={"password": PASSWORD}, headers={"origin": "http://elsewhere"}).status_code == 403
    assert client.post(address, data={"password": PASSWORD}, headers=OURS).status_code == 303
    assert whom(client) == {"x-remote-share": "1"}


def test_whoever_guesses_is_stopped_and_a_room_that_opens_one_link_is_not(client: TestClient, house: FakeHouse, plan: int) -> None:
    address = link(house, plan)
    assert {client.get(address).status_code for _ in range(TRIES * 2)} == {303}
    assert [client.get(f"/share/{number}").status_code for number in range(TRIES + 1)][-1] == 429


def test_a_forged_cookie_or_header_opens_nothing(client: TestClient, house: FakeHouse, plan: int) -> None:
    token = link(house, plan).removeprefix("/share/")
    client.cookies.set(SHARE, token)
    assert whom(client) == {}
    with client.websocket_connect(SOCKET, headers={"X-Remote-Share": "1", "x_remote_share": "1"}) as socket:
        assert socket.receive_json() == {}


def test_somebody_who_is_signed_in_stays_so_beside_a_link(owner: TestClient, house: FakeHouse, plan: int) -> None:
    owner.get(link(house, plan))
    assert whom(owner) == {"x-remote-user": "1", "x-remote-sign-in": "1", "x-remote-share": "1"}
