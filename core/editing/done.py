"""What somebody did, as a history shows it before it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Done:
    """Something that was done: by whom, when, about what; `undone`: it was taken back."""

    id: int
    action: str
    title: str
    by: str
    at: datetime
    undone: bool
