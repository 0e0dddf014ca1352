from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from core.access import passwords, sign_ins
from core.access import service as access
from core.access.tables import Account, SignIn
from core.errors import BadInput, NotAllowed, NotFound
from core.storage import now
from tests.core.access.world import PASSWORD, World


def test_the_right_password_lets_in_and_names_the_person(world: World) -> None:
    person = world.present(world.sign_in(world.lin))
    assert person is not None
    assert person.actor == world.actor(world.lin)
    assert world.actions()[0] == "sign_in"


def test_a_login_is_the_same_in_capitals_and_full_width(world: World) -> None:
    assert access.sign_in(world.database, " LIN ", PASSWORD, "", "", 30).account_id == world.lin.id


def test_only_the_hash_of_a_token_is_stored(world: World) -> None:
    admission = world.sign_in(world.lin)
    with world.database.reading() as db:
        row = db.exec(select(SignIn)).one()
        assert admission.token not in row.model_dump_json()
        person = access.present_by_token(db, admission.token)
        assert person is not None and person.sign_in_id == admission.sign_in_id
        assert access.present_by_token(db, "another") is None


def test_every_refusal_says_the_same(world: World) -> None:
    with world.database.writing() as db:
        access.disable(db, world.actor(world.lin), world.qian.id)
    sentences = set()
    for login, password in (
        ("nobody", PASSWORD),
        ("lin", "wrong password"),
        ("qian", PASSWORD),
        ("no such login!", "x"),
    ):
        with pytest.raises(NotAllowed) as refused:
            access.sign_in(world.database, login, password, "", "", 30)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowed):
            world.sign_in(world.zhao, "wrong password")
    with pytest.raises(NotAllowed):
        world.sign_in(world.zhao)
    assert world.again(world.zhao).locked_until is not None
    later = now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(sign_ins, "now", lambda: later)
    assert world.sign_in(world.zhao)


def test_a_success_starts_the_count_of_failures_again(world: World) -> None:
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(NotAllowed):
                world.sign_in(world.zhao, "wrong password")
        assert world.sign_in(world.zhao)


def test_guesses_sent_at_the_same_time_do_not_slip_past_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody_has_looked = threading.Barrier(12)
    real = passwords.matches

    def after_all_have_looked(stored: str, password: str) -> bool:
        everybody_has_looked.wait(10)
        if password != PASSWORD:
            return False
        # The right one comes after eleven wrong ones.
        for wrong in guesses:
            wrong.join(10)
        return real(stored, password)

    monkeypatch.setattr(passwords, "matches", after_all_have_looked)
    outcomes: list[bool] = []

    def guess(password: str) -> None:
        try:
            world.sign_in(world.zhao, password)
            outcomes.append(True)
        except NotAllowed:
            outcomes.append(False)

    guesses = [threading.Thread(target=guess, args=(f"guess number {n}",)) for n in range(11)]
    together = [*guesses, threading.Thread(target=guess, args=(PASSWORD,))]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert outcomes == [False] * 12


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(world: World) -> None:
    with world.database.writing() as db:
        row = db.get(Account, world.lin.id)
        assert row is not None
        row.password_hash = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    world.sign_in(world.lin)
    with world.database.reading() as db:
        row = db.get(Account, world.lin.id)
        assert row is not None and not passwords.outdated(row.password_hash)


def test_a_revoked_sign_in_is_nobody_and_the_others_stay(world: World) -> None:
    here, there = world.sign_in(world.lin), world.sign_in(world.lin, browser="Edge")
    person = world.present(here)
    assert person is not None
    with world.database.writing() as db:
        access.revoke_own(db, person, there.sign_in_id)
    assert world.present(there) is None
    assert world.present(here) is not None


def test_nobody_revokes_the_sign_in_of_somebody_else(world: World) -> None:
    mine, theirs = world.present(world.sign_in(world.zhao)), world.sign_in(world.lin)
    assert mine is not None
    with pytest.raises(NotFound), world.database.writing() as db:
        access.revoke_own(db, mine, theirs.sign_in_id)
    assert world.present(theirs) is not None


def test_everywhere_else_leaves_only_this_browser(world: World) -> None:
    here, others = world.sign_in(world.lin), [world.sign_in(world.lin) for _ in range(3)]
    person = world.present(here)
    assert person is not None
    with world.database.writing() as db:
        assert access.revoke_all(db, person) == 3
    with world.database.reading() as db:
        assert [row.here for row in access.own_sign_ins(db, person)] == [True]
    assert all(world.present(other) is None for other in others)


def test_a_sign_in_ends_after_its_days(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admission = world.sign_in(world.lin)
    later = now() + timedelta(days=30, seconds=1)
    monkeypatch.setattr(sign_ins, "now", lambda: later)
    assert world.present(admission) is None


def test_a_sign_in_of_one_account_stands_for_no_other(world: World) -> None:
    admission = world.sign_in(world.zhao)
    with world.database.reading() as db:
        assert access.present(db, world.lin.id, admission.sign_in_id) is None


def test_use_is_noted_at_most_once_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admission = world.sign_in(world.lin)

    def seen_at() -> str:
        with world.database.reading() as db:
            return str(db.exec(select(SignIn.last_seen_at)).one())

    first = seen_at()
    access.seen(world.database, admission.sign_in_id)
    assert seen_at() == first
    later = now() + timedelta(seconds=61)
    monkeypatch.setattr(sign_ins, "now", lambda: later)
    access.seen(world.database, admission.sign_in_id)
    assert seen_at() == str(later)


def test_signing_out_ends_this_sign_in_alone(world: World) -> None:
    here, there = world.sign_in(world.lin), world.sign_in(world.lin)
    person = world.present(here)
    assert person is not None
    with world.database.writing() as db:
        access.sign_out(db, person)
    assert world.present(here) is None
    assert world.present(there) is not None


def test_a_new_password_needs_the_old_one_and_ends_all_other_sign_ins(world: World) -> None:
    here, there = world.sign_in(world.lin), world.sign_in(world.lin)
    person = world.present(here)
    assert person is not None
    with pytest.raises(BadInput), world.database.writing() as db:
        access.change_password(db, person, "wrong password", "quiet forest lantern")
    with world.database.writing() as db:
        access.change_password(db, person, PASSWORD, "quiet forest lantern")
    assert world.present(here) is not None
    assert world.present(there) is None
    with pytest.raises(NotAllowed):
        world.sign_in(world.lin)
    assert world.sign_in(world.lin, "quiet forest lantern")


def test_an_unattended_screen_is_no_place_to_guess_the_password(world: World) -> None:
    person = world.present(world.sign_in(world.qian))
    assert person is not None
    for _ in range(5):
        with pytest.raises(BadInput), world.database.writing() as db:
            access.change_password(db, person, "wrong password", "quiet forest lantern")
    with pytest.raises(NotAllowed), world.database.writing() as db:
        access.change_password(db, person, PASSWORD, "quiet forest lantern")
