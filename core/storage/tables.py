"""Rows of the product itself."""

from __future__ import annotations

from typing import Any

from sqlmodel import Field, SQLModel

from core.storage.types import JsonText


class StoredSetting(SQLModel, table=True):
    """One value of the settings page."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True, max_length=60)
    value: Any = Field(default=None, sa_type=JsonText)
