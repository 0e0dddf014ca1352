"""What the routes and the middleware need of the running product."""

from __future__ import annotations

from typing import Protocol

from core.settings import Settings
from core.storage import Database


class House(Protocol):
    """A running copy of the product (`core.instance.Instance` is one)."""

    @property
    def database(self) -> Database:
        """Its database."""

    @property
    def settings(self) -> Settings:
        """Its settings now; another object after a change."""
