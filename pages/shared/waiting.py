"""Waiting for work that takes its time, so that whoever waits can stop it or leave.

A page that is being drawn can only be stopped while it draws. One that waits for another machine's first word draws nothing: it stayed
busy, whatever its reader did, until that machine answered or the longest wait was over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Empty, Queue
from typing import TypeVar

Piece = TypeVar("Piece")

_TICK = 0.5


def in_background(work: Callable[[], Iterator[Piece]]) -> Iterator[Piece | None]:
    """The pieces of `work` as they come, and None twice a second while none does: then it is time to draw something.

    `work` runs in a thread of its own and draws nothing. What it raises is raised here; when nobody listens any more, it ends with the
    next piece.
    """
    pieces: Queue[Piece | _End] = Queue()
    listening = threading.Event()
    listening.set()
    threading.Thread(target=_follow, args=(work, pieces, listening), name="waited-for", daemon=True).start()
    try:
        while True:
            try:
                piece = pieces.get(timeout=_TICK)
            except Empty:
                yield None
                continue
            if isinstance(piece, _End):
                if piece.failure is not None:
                    raise piece.failure
                return
            yield piece
    finally:
        listening.clear()


class _End:
    """The end of the work, and why it ended if it failed."""

    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


def _follow(work: Callable[[], Iterator[Piece]], pieces: Queue[Piece | _End], listening: threading.Event) -> None:
    failure: BaseException | None = None
    try:
        for piece in work():
            if not listening.is_set():
                return
            pieces.put(piece)
    except BaseException as error:
        # Whatever it was, the page that waits has to hear of it.
        failure = error
    pieces.put(_End(failure))
