"""Waiting for work in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.errors import BadInput
from core.i18n import Message
from pages.shared.waiting import in_background


def test_pieces_come_in_order_with_a_sign_of_life_while_none_does() -> None:
    more = threading.Event()

    def work() -> Iterator[str]:
        yield "一"
        more.wait(10)
        yield "二"

    found: list[str | None] = []
    for piece in in_background(work):
        found.append(piece)
        if piece is None:
            more.set()
    assert [piece for piece in found if piece] == ["一", "二"] and None in found


def test_what_fails_there_is_raised_here() -> None:
    def work() -> Iterator[str]:
        yield "一"
        raise BadInput(Message("请输入一个问题。"))

    with pytest.raises(BadInput):
        list(in_background(work))


def test_work_that_nobody_waits_for_ends_with_its_next_piece() -> None:
    ended, left = threading.Event(), threading.Event()

    def work() -> Iterator[str]:
        try:
            yield "一"
            left.wait(10)
            yield "二"
            yield "三"
        finally:
            ended.set()

    waiting = in_background(work)
    assert next(waiting) == "一"
    waiting.close()  # type: ignore[attr-defined]
    left.set()
    assert ended.wait(10)
