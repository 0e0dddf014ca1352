"""Somebody who takes part in a project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody whom the reader may name."""

    id: int
    number: str
    name: str
    unit_id: int | None
    unit: str
