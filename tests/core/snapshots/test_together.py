"""What many open at once is read once, for a moment."""

from __future__ import annotations

import threading
import time

import pytest

from core.snapshots.together import FRESH, Together


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_who_asks_in_the_same_moment_is_given_what_one_read() -> None:
    together, read = Together(), []

    def reading() -> int:
        time.sleep(0.05)
        read.append(1)
        return len(read)

    found: list[int] = []
    askers = [threading.Thread(target=lambda: found.append(together.of("year", reading))) for _asker in range(8)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert found == [1] * 8


def test_a_moment_later_it_is_read_anew_and_another_key_at_once() -> None:
    clock = Clock()
    together = Together(clock)
    assert together.of("a", lambda: "old") == "old" and together.of("a", lambda: "new") == "old"
    assert together.of("b", lambda: "other") == "other"
    clock.now += FRESH
    assert together.of("a", lambda: "new") == "new"


def test_what_failed_is_kept_for_nobody() -> None:
    together = Together()
    with pytest.raises(ValueError, match="broken"):
        together.of("a", lambda: int("broken"))
    assert together.of("a", lambda: 7) == 7
