"""Projects of one name: tables and files know them by name alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def told_apart(names: Iterable[tuple[int | None, str]]) -> dict[int, str]:
    """Each name by its number, those that repeat one before them with a count behind."""
    found: dict[str, int] = {}
    for number, name in names:
        own, count = name, 1
        while own in found:
            count += 1
            own = f"{name}（{count}）"
        found[own] = number or 0
    return {number: name for name, number in found.items()}
