from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from core.access import passwords
from core.errors import BadInput


@pytest.fixture(autouse=True)
def _hashed_as_in_the_product(product_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_hasher", product_hasher)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.mark.parametrize("password", ["short7!", "12345678", "Password123", "aaaaaaaaaaaa", "limin.branch", "x" * 201])
def test_a_password_that_is_easily_guessed_or_unusable_is_refused(password: str) -> None:
    with pytest.raises(BadInput):
        passwords.check(password, "Limin.Branch")


def test_a_password_of_unrelated_words_is_accepted_and_matches_only_itself() -> None:
    passwords.check("mountain river bridge", "lin")
    stored = passwords.hashed("mountain river bridge")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "mountain river bridge")
    assert not passwords.matches(stored, "mountain river bridge ")


def test_nothing_matches_an_account_without_a_password() -> None:
    assert not passwords.matches("", "")
    assert not passwords.matches("", "a password that nobody has")
    assert not passwords.matches("broken", "broken")


def test_an_unknown_person_takes_as_long_as_a_known_one() -> None:
    stored = passwords.hashed("mountain river bridge")
    passwords.matches("", "warm")

    def fastest(hash_: str) -> float:
        def once() -> float:
            start = time.process_time()
            passwords.matches(hash_, "wrong password")
            return time.process_time() - start

        return min(once() for _ in range(3))

    known, unknown = fastest(stored), fastest("")
    assert unknown > known / 2


def test_a_hash_of_older_parameters_is_known_as_outdated() -> None:
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8192).hash("mountain river bridge"))
    assert not passwords.outdated(passwords.hashed("mountain river bridge"))


def test_at_most_two_passwords_are_worked_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return True

    monkeypatch.setattr(passwords, "_hasher", Counting())
    threads = [threading.Thread(target=passwords.matches, args=("stored", "x")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
