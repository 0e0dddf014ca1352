"""What somebody wants done, as a part of a page hands it to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor


@dataclass(frozen=True)
class Wish:
    """`act` does it in the page's transaction (a session and who acts); `done` says so afterwards.

    What `act` returns is the token of a one-time link, to be shown once, or nothing.
    """

    done: str
    act: Callable[[Any, Actor], str | None]
