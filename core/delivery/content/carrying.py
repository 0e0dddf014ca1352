"""What a project of one year teaches, as the beginning of what its successor teaches: what a review carries over."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.content import storing
from core.delivery.content.storing import Content
from core.delivery.content.tables import ProjectContent
from core.storage import Session


def to_carry(db: Session, project_ids: Collection[int]) -> dict[int, Content]:
    """What these projects teach and how, by project, of those that teach anything; the days they may be held between are a year later."""
    return {one: _next_year(found) for one, found in storing.read(db, project_ids).items() if found.items or found.activities}


def copy(db: Session, actor: Actor, content: Content, project_id: int) -> ProjectContent:
    """Make it what a new project teaches and how; returns its row.

    Needs `PLAN_DELIVERY`.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = storing.touch(db, actor, project_id)
    storing.write_settings(row, content.settings)
    items = storing.write_items(db, row, [replace(one, id=0) for one in content.items])
    now_is = dict(zip((one.id for one in content.items), items, strict=True))
    steps = [replace(one, id=0, item_ids=tuple(now_is[item] for item in one.item_ids if item in now_is)) for one in content.activities]
    storing.write_activities(db, row, steps)
    db.flush()
    return row


def _next_year(content: Content) -> Content:
    settings = content.settings
    return replace(content, settings=replace(settings, earliest=_year_later(settings.earliest), due=_year_later(settings.due)))


def _year_later(day: date | None) -> date | None:
    if day is None:
        return None
    year = day.year + 1
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
