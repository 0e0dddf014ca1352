"""How sessions are spoken of on the pages of the timetable, and the ways to one of them."""

from __future__ import annotations

from typing import Any

from core.charts.timetable import SELECTION
from core.delivery.timetable.service import SessionView
from pages.shared.page import go
from pages.shared.text import _, day


def cohort(one: SessionView) -> str:
    """The cohort of a session."""
    return one.cohort if isinstance(one.cohort, str) else _(one.cohort)


def title(one: SessionView) -> str:
    """A session in a few words."""
    return f"{one.programme} · {one.name} {cohort(one)}"


def when(one: SessionView) -> str:
    """When it is held."""
    if one.day is None:
        return _("还没有时间")
    length = _("{n} 个半天", n=one.slots)
    return f"{day(one.day)} {_(one.when)} · {length}"


def said(one: SessionView) -> str:
    """All that is known of a session, in one line."""
    parts = [title(one), when(one), one.trainer, one.venue or (_("线上") if one.online else ""), _("{n} 人", n=one.headcount)]
    parts += [_("迟 {n} 天", n=one.late) if one.late else "", *(_(each) for each in one.breaks)]
    return " · ".join(part for part in parts if part)


def attention(one: SessionView) -> bool:
    """Whether somebody should look at it: it is late, or was placed against a rule."""
    return bool(one.late or one.breaks)


def open_clicked(timetable_id: int, event: Any) -> None:
    """Go to the session that was clicked in a drawing."""
    selection = event.get("selection", {}) if isinstance(event, dict) else getattr(event, "selection", {})
    points = (selection or {}).get(SELECTION) or []
    if points and "id" in points[0]:
        go("session", id=int(points[0]["id"]), timetable=timetable_id)
