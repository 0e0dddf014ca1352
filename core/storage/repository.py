"""Queries on the product's own rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from core.storage.tables import StoredSetting


def stored_settings(db: Session) -> dict[str, Any]:
    """What the settings page stored, by name."""
    return {row.name: row.value for row in db.exec(select(StoredSetting))}


def store_settings(db: Session, values: Mapping[str, Any]) -> None:
    """Store `values` over what is there."""
    for name, value in values.items():
        db.merge(StoredSetting(name=name, value=value))
