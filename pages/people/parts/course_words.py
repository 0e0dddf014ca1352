"""Courses in words."""

from __future__ import annotations

from pages.shared.text import _


def span_name(from_level: int | None, to_level: int | None) -> str:
    """From which level to which a course brings people: L2–L3."""
    if to_level is None:
        return _("从 L{level} 起", level=from_level) if from_level else _("未写等级")
    return f"L{from_level}–L{to_level}" if from_level else _("到 L{level}", level=to_level)
