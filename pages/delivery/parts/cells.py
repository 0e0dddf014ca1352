"""Tables that are edited, in both directions: what cells hold, and the words of a list of choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from core.i18n import LANGUAGES, Message
from pages.shared.text import _
from pages.strategy.parts.sheet import Sheet

Term = TypeVar("Term")


def options(names: Mapping[Any, Message]) -> list[str]:
    """The choices of a column, in the reader's language."""
    return [_(name) for name in names.values()]


def chosen(names: Mapping[Term, Message], said: Any, default: Term) -> Term:
    """The term that a cell names, in either language: what was typed before a change of language is read after it."""
    spoken = {name.render(language): term for term, name in names.items() for language in LANGUAGES}
    return spoken.get(str(said or ""), default)


def edited(table: Sheet[Any], cells: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows of a table as they are now: what stood there (None for a new row) and its cells. `cells` says what a stored row holds."""
    gone, changed = set(table.deleted), table.changed
    for place, row in enumerate(table.rows):
        if place not in gone:
            yield row, {**cells(row), **changed.get(place, {})}
    for fresh in table.added:
        yield None, fresh


def text(cell: Any) -> str:
    """What a cell of words holds."""
    return "" if cell is None or (not isinstance(cell, list) and pd.isna(cell)) else str(cell).strip()


def number(cell: Any, default: float = 0.0) -> float:
    """What a cell of numbers holds."""
    return default if cell is None or pd.isna(cell) else float(cell)


def whole(cell: Any) -> int | None:
    """The same for whole numbers; None for an empty cell."""
    return None if cell is None or pd.isna(cell) else int(float(cell))


def day_of(cell: Any) -> date | None:
    """The day of a cell."""
    return None if cell is None or pd.isna(cell) else pd.Timestamp(cell).date()
