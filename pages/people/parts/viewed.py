"""A view of people by name is written to the audit log once for each time that it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.instance import instance
from pages.shared import state

_OPEN = "people_open"


def opened(what: object, note: Callable[[Any], None]) -> None:
    """What is open now; `note` writes it down (given a session), unless this tab has had it open since."""
    if state.get(_OPEN) != what:
        with instance().database.writing() as db:
            note(db)
        state.put(_OPEN, what)


def closed() -> None:
    """Nobody is shown by name: whoever is opened next is opened anew."""
    state.drop(_OPEN)
