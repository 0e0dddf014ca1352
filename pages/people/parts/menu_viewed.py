"""A menu with somebody's name in it is written to the audit log once for each time that it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.shared import state
from pages.shared.database import acting

_OPEN = "menu_open"


def opened(what: object, note: Callable[[Any], None]) -> None:
    """What is open now; `note` writes it down (given a session), unless this tab has had it open since."""
    if state.get(_OPEN) != what:
        with acting(rerun=False) as db:
            note(db)
        state.put(_OPEN, what)
