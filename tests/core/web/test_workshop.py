"""A workshop's link through real requests: joined without an account, on one board alone, and a stranger learns nothing."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from core.access.actor import Actor, Role
from core.plans import service as plans
from core.settings import Settings
from core.storage import Session
from core.workshops import preparing, repository, service
from core.workshops.preparing import Choice
from core.workshops.terms import BoardState, RoundKind
from tests.core.web.conftest import OURS, PAGE, FakeHouse

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
HOSTILE = "<img src=x onerror=alert(1)> ![a](http://evil.example/x) [b](javascript:1)"


def version(db: Session, board: int) -> int:
    """The version of a board."""
    row = repository.board(db, board)
    assert row is not None
    db.flush()
    return row.version or 0


def opened(house: FakeHouse, kind: RoundKind, **how: object) -> str:
    """A new board that is open on one round; its link."""
    with house.database.writing() as db:
        known = plans.plans(db, HR)
        plan = known[0].id if known else plans.create(db, HR, "滨海分行", 2026).id
        board = service.create(db, HR, plan or 0, "年度共创")
        preparing.add_round(db, HR, plan or 0, board, 1, kind, **how)  # type: ignore[arg-type]
        service.go(db, HR, plan or 0, board, 1, BoardState.OPEN)
        return f"/join/{service.open_link(db, HR, plan or 0, board, version(db, board), 'secret')}"


def vote(house: FakeHouse) -> str:
    return opened(house, RoundKind.VOTE, chosen=[Choice(1, "客户经营"), Choice(2, "风险合规")])


def join(client: TestClient, address: str, nickname: str = "王芳") -> str:
    """Take a seat; the address of the board."""
    answer = client.post(address, data={"nickname": nickname}, headers=OURS)
    assert answer.status_code == 303, answer.text
    assert "httponly" in answer.headers["set-cookie"].lower() and nickname not in answer.headers["set-cookie"]
    return answer.headers["location"]


def total(house: FakeHouse, board: int = 1) -> int:
    with house.database.reading() as db:
        return sum(one.value for one in repository.voices(db, [row.id or 0 for row in repository.rounds(db, board)]))


def test_a_guest_joins_votes_and_finds_everything_again(client: TestClient, house: FakeHouse) -> None:
    address = vote(house)
    assert "年度共创" in client.get(address, headers=PAGE).text
    board = join(client, address)
    for points in (("7", "3"), ("7", "3"), ("2", "8")):
        sent = client.post(board, data={"act": "points", "round": "1", "i1": points[0], "i2": points[1]}, headers=OURS)
        assert sent.status_code == 303 and total(house) == 10
    assert client.get(address, headers=PAGE).headers["location"] == board, "the link leads back to the seat"
    again = client.get(board, headers=PAGE).text
    assert 'value="2"' in again and 'value="8"' in again and "王芳" in again


@pytest.mark.parametrize("points", [("8", "3"), ("-1", "2"), ("1e9", "0"), ("99999999999", "0"), ("5.5", "0"), ("十", "0")])
def test_points_that_cannot_be_are_refused_and_what_was_given_stays(client: TestClient, house: FakeHouse, points: tuple[str, str]) -> None:
    board = join(client, vote(house))
    client.post(board, data={"act": "points", "round": "1", "i1": "4"}, headers=OURS)
    answer = client.post(board, data={"act": "points", "round": "1", "i1": points[0], "i2": points[1]}, headers=OURS)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and total(house) == 4


def test_a_seat_at_one_board_is_none_at_another(client: TestClient, house: FakeHouse) -> None:
    board = join(client, vote(house))
    vote(house)
    cookie = client.cookies["cexun_seat_1"]
    client.cookies.set("cexun_seat_2", cookie)
    for path in ("/board/2", "/board/3", "/board/2/scene"):
        assert client.get(path, headers=PAGE).status_code == 404
    assert client.post("/board/2", data={"act": "points", "round": "2", "i3": "9"}, headers=OURS).status_code == 404
    foreign = client.post(board, data={"act": "points", "round": "2", "i3": "9"}, headers=OURS)
    assert foreign.status_code == 422 and total(house, 2) == 0
    assert client.post(board, data={"act": "points", "round": "1", "i3": "9"}, headers=OURS).status_code == 422


def test_a_forged_seat_is_none(client: TestClient, house: FakeHouse) -> None:
    vote(house)
    client.cookies.set("cexun_seat_1", '"anything".forged')
    assert client.get("/board/1", headers=PAGE).status_code == 404


def test_unknown_revoked_and_switched_off_links_give_the_same_page(client: TestClient, house: FakeHouse) -> None:
    address = vote(house)
    unknown = client.get("/join/" + "x" * 43, headers=PAGE)
    board = join(client, address)
    house.settings = Settings(data=house.settings.data, workshops=False)
    assert client.get(board, headers=PAGE).text.count("链接无效") == client.get(address, headers=PAGE).text.count("链接无效") > 0
    house.settings = Settings(data=house.settings.data)
    assert client.get(board, headers=PAGE).status_code == 200
    with house.database.writing() as db:
        service.revoke_link(db, HR, 1, 1, version(db, 1))
    for path in (address, board):
        gone = client.get(path, headers=PAGE)
        assert gone.status_code == unknown.status_code == 404
        assert re.sub('/(join|board)/[^?"]+', "", gone.text) == re.sub('/(join|board)/[^?"]+', "", unknown.text)
    assert client.post(board, data={"act": "points", "round": "1", "i1": "4"}, headers=OURS).status_code == 404
    assert client.get(f"{board}/scene").status_code == 404


def test_what_guests_write_does_nothing_to_anybody(client: TestClient, house: FakeHouse) -> None:
    board = join(client, opened(house, RoundKind.PAIN), "<b>x</b>")
    assert client.post(board, data={"act": "pain", "round": "1", "text": HOSTILE}, headers=OURS).status_code == 303
    shown = client.get(board, headers=PAGE)
    assert "<img" not in shown.text and "<b>x" not in shown.text and "&lt;img" in shown.text
    assert "script-src 'self'" in shown.headers["content-security-policy"] and shown.text.count("<script") == 1
    huge = client.post(board, data={"act": "pain", "round": "1", "text": "长" * 400}, headers=OURS)
    assert huge.status_code == 422 and "最多 200 个字" in huge.text
    assert client.post(board, data={"act": "pain", "round": "1", "text": "x" * 20_000}, headers=OURS).status_code == 422


def test_forms_from_elsewhere_and_too_many_acts_are_refused(client: TestClient, house: FakeHouse) -> None:
    address = vote(house)
    elsewhere = {"origin": "http://evil.example"}
    assert client.post(address, data={"nickname": "甲"}, headers=elsewhere).status_code == 403
    board = join(client, address)
    assert client.post(board, data={"act": "points"}, headers=elsewhere).status_code == 403
    answers = [client.post(board, data={"act": "points", "round": "1", "i1": "1"}, headers=OURS) for _time in range(22)]
    assert [one.status_code for one in answers].count(422) == 2 and "提交得太快" in answers[-1].text


def test_a_guest_gets_nothing_else_of_the_product(client: TestClient, house: FakeHouse) -> None:
    join(client, vote(house))
    for path in ("/", "/workshops", "/themes", "/accounts"):
        assert client.get(path, headers=PAGE).headers["location"].startswith("/sign-in")
    assert client.get("/shared", headers=PAGE).status_code == 404
    assert client.get("/media/x.png").status_code == 401


def test_the_scene_changes_with_the_facilitator_and_not_with_votes(client: TestClient, house: FakeHouse) -> None:
    board = join(client, vote(house))
    before = client.get(f"{board}/scene").json()
    client.post(board, data={"act": "points", "round": "1", "i1": "4"}, headers=OURS)
    assert client.get(f"{board}/scene").json() == before
    with house.database.writing() as db:
        service.go(db, HR, 1, 1, version(db, 1), BoardState.FROZEN)
    assert client.get(f"{board}/scene").json() != before
    assert "看板已冻结" in client.get(board, headers=PAGE).text
    assert "frozen" in client.get(f"{board}?lang=en", headers=PAGE).text.lower()


def test_a_wrong_code_is_a_try_and_there_are_only_so_many(client: TestClient, house: FakeHouse) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, HR, "滨海分行", 2026).id or 0
        board = service.create(db, HR, plan, "凭码")
        service.change(db, HR, plan, board, 1, "凭码", hide_names=True, by_code=True)
        preparing.add_round(db, HR, plan, board, version(db, board), RoundKind.PAIN)
        service.go(db, HR, plan, board, version(db, board), BoardState.OPEN)
        address = f"/join/{service.open_link(db, HR, plan, board, version(db, board), 'secret')}"
        (code,) = service.make_codes(db, HR, plan, board, 1)
    answers = [client.post(address, data={"nickname": "甲", "code": "AAAAA1"}, headers=OURS).status_code for _time in range(25)]
    assert answers[0] == 422 and answers[-1] == 429
    assert code
