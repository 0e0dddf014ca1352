"""Where rows live: the engine, the unit of work, the migrations. Only this folder, `tables.py` and `repository.py` know SQL."""

from sqlmodel import Session

from core.storage.database import Database, after_commit, changed_rows, refuse_newer
from core.storage.types import JsonText, UtcDateTime, now, stored_enum

__all__ = ["Database", "JsonText", "Session", "UtcDateTime", "after_commit", "changed_rows", "now", "refuse_newer", "stored_enum"]
