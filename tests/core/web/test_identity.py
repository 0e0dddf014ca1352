from __future__ import annotations

import json

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.testclient import TestClient

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.storage import now
from core.web.bank_cookie import secret_of
from core.web.cookies import SIGN_IN, STREAMLIT_USER
from tests.core.web.conftest import PAGE, SOCKET, FakeHouse

FORGED = ["X-Remote-User", "x-remote-sign-in", "X_Remote_User", "X-REMOTE_Sign-In"]


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_identity_header_reaches_nobody(client: TestClient, name: str) -> None:
    assert "1" not in client.get("/_stcore/host-config", headers={name: "1"}).json().values()
    assert client.get("/home", headers={**PAGE, name: "1"}).status_code == 303
    with client.websocket_connect(SOCKET, headers={name: "1"}) as socket:
        assert "1" not in socket.receive_json().values()


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_identity_header_does_not_stand_beside_the_true_one(owner: TestClient, name: str) -> None:
    with owner.websocket_connect(SOCKET, headers={name: "77"}) as socket:
        assert socket.receive_json() == {"x-remote-user": "1", "x-remote-sign-in": "1"}


def test_a_signed_in_browser_is_known_to_pages_and_to_their_socket(owner: TestClient) -> None:
    assert "'x-remote-user': '1'" in owner.get("/", headers=PAGE).text
    with owner.websocket_connect(SOCKET) as socket:
        assert socket.receive_json()["x-remote-sign-in"] == "1"


@pytest.mark.parametrize("path", ["/", "/home", "/accounts", "/nowhere", "/library?x=1", "/a/static/b"])
def test_a_stranger_who_asks_for_a_page_gets_the_sign_in_page(client: TestClient, path: str) -> None:
    for headers in (PAGE, {"sec-fetch-dest": "document"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
        assert answer.headers["cache-control"] == "no-store"


def test_a_stranger_reads_and_sends_no_files(client: TestClient) -> None:
    for path in ("/media/abc.pdf", "/base/media/abc.pdf", "/_stcore/upload_file/s/f", "/_stcore/agent/interact"):
        assert client.get(path).status_code == 401
        assert client.put(path, content=b"x").status_code == 401
        assert client.get(path, headers={SIGN_IN: "x", "cookie": f"{SIGN_IN}=forged"}).status_code == 401


def test_a_signed_in_person_reads_files(owner: TestClient) -> None:
    assert owner.get("/media/abc.pdf").status_code == 200
    assert owner.put("/_stcore/upload_file/s/f", content=b"x").status_code == 200


def test_a_cookie_that_we_did_not_sign_is_worth_nothing(owner: TestClient) -> None:
    value = owner.cookies[SIGN_IN]
    owner.cookies.clear()
    for forged in (value[:-2] + "aa", value.split(".")[0], "1", ""):
        assert owner.get("/home", headers={**PAGE, "cookie": f"{SIGN_IN}={forged}"}).status_code == 303


def test_a_disabled_person_is_out_at_the_next_request(owner: TestClient, house: FakeHouse) -> None:
    with house.database.writing() as db:
        access.add(db, LOCAL_ADMINISTRATOR, "lin", "林芳", [Role.HR_LEADER])
        access.disable(db, LOCAL_ADMINISTRATOR, 1)
    answer = owner.get("/home", headers=PAGE)
    assert answer.status_code == 303 and SIGN_IN in answer.headers["set-cookie"]
    assert owner.get("/media/abc.pdf").status_code == 401


def bank_cookies(house: FakeHouse, email: str, pieces: int = 1, secret: str = "") -> str:
    """The cookies that Streamlit would set after the bank's own sign-in, in so many pieces."""
    claims = json.dumps({"is_logged_in": True, "email": email, "iss": "x", "sub": "y", "iat": int(now().timestamp())})

    def signed(name: str, text: str) -> str:
        value = URLSafeTimedSerializer(secret or secret_of(house.settings), salt=name).dumps(text)
        return f"{name}={value!s}"

    if pieces == 1:
        return signed(STREAMLIT_USER, claims)
    step = -(-len(claims) // pieces)
    parts = [signed(f"{STREAMLIT_USER}_{n + 1}", claims[n * step : (n + 1) * step]) for n in range(pieces)]
    return "; ".join([signed(STREAMLIT_USER, f"chunks-{pieces}"), *parts])


@pytest.fixture
def bank(house: FakeHouse) -> FakeHouse:
    """A house with the bank's own sign-in and one person who has an account."""
    update = {"oidc_metadata_url": "https://id.example/x", "oidc_client_id": "cexun"}
    house.settings = house.settings.model_copy(update=update)
    with house.database.writing() as db:
        access.add(db, LOCAL_ADMINISTRATOR, "lin", "林芳", [Role.HR_LEADER], "lin@bank.example")
    return house


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_banks_sign_in_opens_pages_and_files_to_who_has_an_account(client: TestClient, bank: FakeHouse, pieces: int) -> None:
    cookie = {"cookie": bank_cookies(bank, "lin@bank.example", pieces)}
    assert "'x-remote-user': '1'" in client.get("/home", headers={**PAGE, **cookie}).text
    assert client.get("/media/abc.pdf", headers=cookie).status_code == 200
    with client.websocket_connect(SOCKET, headers=cookie) as socket:
        assert socket.receive_json()["x-remote-user"] == "1"


def test_whom_the_bank_knows_but_we_do_not_gets_the_shell_that_refuses_and_no_file(client: TestClient, bank: FakeHouse) -> None:
    cookie = {"cookie": bank_cookies(bank, "stranger@bank.example")}
    answer = client.get("/home", headers={**PAGE, **cookie})
    assert answer.status_code == 200 and "x-remote-user" not in answer.text
    assert client.get("/media/abc.pdf", headers=cookie).status_code == 401


def test_a_forged_cookie_of_the_banks_sign_in_is_worth_nothing(client: TestClient, bank: FakeHouse) -> None:
    for cookie in (f"{STREAMLIT_USER}=x", bank_cookies(bank, "lin@bank.example", secret="guessed")):
        assert client.get("/home", headers={**PAGE, "cookie": cookie}).status_code == 303
        assert client.get("/media/abc.pdf", headers={"cookie": cookie}).status_code == 401


def test_without_the_banks_sign_in_its_cookie_is_not_even_read(client: TestClient, house: FakeHouse) -> None:
    with house.database.writing() as db:
        access.add(db, LOCAL_ADMINISTRATOR, "lin", "林芳", [Role.HR_LEADER], "lin@bank.example")
    cookie = {"cookie": bank_cookies(house, "lin@bank.example")}
    assert client.get("/home", headers={**PAGE, **cookie}).status_code == 303
    assert client.get("/?sign-in=bank", headers=PAGE).status_code == 303
