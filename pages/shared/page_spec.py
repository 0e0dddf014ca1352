"""What is known of a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from core.access.actor import Right
from core.i18n import Message


@dataclass(frozen=True)
class PageSpec:
    """A page. `right` None: everybody who is signed in. `hidden`: reached by links, not by the sidebar. `address`: where its script's
    name is not its address. `people`, `plan`: it shows people, or what belongs to the chosen plan, and is marked while these are the sample
    branch's."""

    script: str
    section: Message
    title: Message
    question: Message
    icon: str
    right: Right | None
    hidden: bool = False
    address: str | None = None
    people: bool = False
    plan: bool = False

    @property
    def url_path(self) -> str:
        """Its place below the server's address; empty for the first page."""
        return PurePosixPath(self.script).stem if self.address is None else self.address
