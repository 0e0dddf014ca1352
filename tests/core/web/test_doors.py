from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from core.storage import Database
from core.web.addresses import local_path
from core.web.cookies import LANGUAGE, SIGN_IN
from tests.core.web.conftest import ADDRESS, OURS, PAGE, TRIES, FakeHouse

RIGHT = {"login": "admin", "password": "mountain river bridge"}
WRONG = {"login": "admin", "password": "wrong password"}


def test_signing_in_sets_a_cookie_out_of_reach_of_scripts_and_other_sites(owner: TestClient) -> None:
    owner.cookies.clear()
    answer = owner.post("/sign-in", data=RIGHT, headers=OURS)
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert cookie.startswith(SIGN_IN) and "httponly" in cookie and "samesite=lax" in cookie
    assert owner.get("/home", headers=PAGE).status_code == 200


def test_a_secure_house_keeps_its_cookie_and_itself_to_https(owner: TestClient, house: FakeHouse) -> None:
    house.settings = house.settings.model_copy(update={"secure_cookies": True})
    answer = owner.post("/sign-in", data=RIGHT, headers=OURS)
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_wrong_password_is_explained_in_place_and_keeps_the_login(owner: TestClient) -> None:
    owner.cookies.clear()
    answer = owner.post("/sign-in", data={**WRONG, "next": "/library"}, headers=OURS)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text and 'value="admin"' in answer.text and 'value="/library"' in answer.text
    assert "wrong password" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": ADDRESS},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_that_another_site_sent_signs_nobody_in_or_out(owner: TestClient, headers: dict[str, str]) -> None:
    assert owner.post("/sign-out", headers=headers).status_code == 403
    assert owner.get("/home", headers=PAGE).status_code == 200
    owner.cookies.clear()
    assert owner.post("/sign-in", data=RIGHT, headers=headers).status_code == 403
    assert SIGN_IN not in owner.cookies


def test_an_address_that_failed_too_often_waits_and_successes_do_not_count(owner: TestClient) -> None:
    owner.cookies.clear()
    for _ in range(TRIES + 1):
        assert owner.post("/sign-in", data=RIGHT, headers=OURS).status_code == 303
    for _ in range(TRIES):
        assert owner.post("/sign-in", data={"login": "!", "password": ""}, headers=OURS).status_code == 401
    answer = owner.post("/sign-in", data=RIGHT, headers=OURS)
    assert answer.status_code == 429 and answer.headers["retry-after"] == "600"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "library",
        "/sign-out",
        "/welcome/x",
        "/auth/logout",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(owner: TestClient, wanted: str) -> None:
    assert local_path(wanted) == "/"
    answer = owner.post("/sign-in", data={**RIGHT, "next": wanted}, headers=OURS)
    assert answer.headers["location"] == "/"


def test_one_goes_on_to_the_page_one_wanted(owner: TestClient) -> None:
    signed_in = dict(owner.cookies)
    owner.cookies.clear()
    answer = owner.get("/document?id=3&page=5", headers=PAGE)
    assert answer.headers["location"] == "/sign-in?next=/document%3Fid%3D3%26page%3D5"
    assert 'value="/document?id=3&amp;page=5"' in owner.get(answer.headers["location"]).text
    answer = owner.post("/sign-in", data={**RIGHT, "next": "/document?id=3&page=5"}, headers=OURS)
    assert answer.headers["location"] == "/document?id=3&page=5"
    owner.cookies.update(signed_in)


def test_what_a_stranger_puts_into_the_address_is_shown_as_text(client: TestClient) -> None:
    shown = client.get("/sign-in", params={"next": '/"><script>alert(1)</script>', "x": "<b>"}).text
    assert "<script>" not in shown and "<b>" not in shown


def test_signing_in_again_ends_the_earlier_sign_in_of_the_browser(owner: TestClient) -> None:
    earlier = owner.cookies[SIGN_IN]
    owner.post("/sign-in", data=RIGHT, headers=OURS)
    assert owner.get("/home", headers=PAGE).status_code == 200
    owner.cookies.clear()
    owner.cookies.set(SIGN_IN, earlier)
    assert owner.get("/home", headers=PAGE).status_code == 303


def test_signing_out_ends_the_sign_in_also_for_a_copied_cookie(owner: TestClient) -> None:
    copied = owner.cookies[SIGN_IN]
    owner.cookies.set("_streamlit_user", "x")
    answer = owner.post("/sign-out", headers=OURS)
    assert answer.headers["location"] == "/sign-in?out=1"
    cleared = answer.headers.get_list("set-cookie")
    assert any(line.startswith(SIGN_IN) for line in cleared) and any("_streamlit_user" in line for line in cleared)
    owner.cookies.clear()
    owner.cookies.set(SIGN_IN, copied)
    assert owner.get("/home", headers=PAGE).status_code == 303


def test_a_mere_link_signs_nobody_out(owner: TestClient) -> None:
    assert "<form" in owner.get("/sign-out").text
    assert owner.get("/home", headers=PAGE).status_code == 200


def test_the_first_link_lets_a_newcomer_in_with_one_click_and_only_once(client: TestClient, house: FakeHouse) -> None:
    link = house.owner_link()
    page = client.get(link).text
    assert 'value="admin"' in page and 'value="管理员"' in page
    assert client.get(link).status_code == 200
    answer = client.post(link, data={"name": "管理员", "login": "admin", "password": ""}, headers=OURS)
    assert answer.status_code == 303 and client.get("/", headers=PAGE).status_code == 200
    used, unknown = client.get(link), client.get("/welcome/unknown")
    assert used.status_code == unknown.status_code == 404
    assert used.text.replace(link, "") == unknown.text.replace("/welcome/unknown", "")


def test_guessing_links_is_limited(client: TestClient) -> None:
    answers = [client.get(f"/welcome/guess{n}").status_code for n in range(TRIES + 1)]
    assert answers == [404] * TRIES + [429]


def test_a_form_of_unusual_size_or_shape_is_refused_with_a_sentence(client: TestClient) -> None:
    for body in (b"login=" + b"x" * 20_000, b"\xff\xfe=1"):
        answer = client.post("/sign-in", content=body, headers=OURS)
        assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_the_page_speaks_the_browsers_language_until_another_is_chosen(client: TestClient) -> None:
    assert 'lang="zh-CN"' in client.get("/sign-in", headers={"accept-language": "zh-CN,zh;q=0.9"}).text[:60]
    assert '<html lang="en">' in client.get("/sign-in", headers={"accept-language": "en-GB,en"}).text
    assert '<html lang="en">' in client.get("/sign-in?lang=en", headers={"accept-language": "zh-CN"}).text
    assert client.cookies[LANGUAGE] == "en"
    assert '<html lang="en">' in client.get("/sign-in", headers={"accept-language": "zh-CN"}).text


def test_health_tells_whether_the_database_answers(client: TestClient, house: FakeHouse) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json()["database"] == "ok"
    broken = house.settings.data / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    house.database = Database(f"sqlite:///{broken.as_posix()}")
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json()["database"] == "down"


def test_a_fault_behind_a_door_is_a_page_with_its_number_in_the_readers_language(
    client: TestClient, house: FakeHouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_self: Database) -> None:
        raise RuntimeError("nobody is to read this")

    monkeypatch.setattr(Database, "writing", fail)
    visitor = TestClient(client.app, base_url=ADDRESS, raise_server_exceptions=False)
    for language, words in (("zh", "已记录为"), ("en", "on record as")):
        answer = visitor.post(f"/sign-in?lang={language}", data=RIGHT, headers=OURS)
        assert answer.status_code == 500 and "nobody is to read" not in answer.text
        number = re.search(rf"{words} ([0-9a-f]{{8}})", answer.text)
        assert number is not None and number[1] in "".join(capsys.readouterr())
