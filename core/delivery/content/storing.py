"""What a project teaches, between rows and values: read, written in place, kept before a change, restored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.access.actor import Actor
from core.delivery.content import repository
from core.delivery.content.activity import Activity, Settings
from core.delivery.content.item import Choice, ContentItem, ItemFacts, Triage
from core.delivery.content.tables import ActivityRow, ContentChange, ContentItemRow, ProjectContent
from core.delivery.content.terms import Author, Method, Origin, Pattern, Rhythm, Stage, Tier, Way
from core.i18n import Message
from core.storage import Session, now


@dataclass(frozen=True)
class Content:
    """What a project teaches and how. `version` 0: nobody has written anything yet."""

    project_id: int
    version: int = 0
    settings: Settings = field(default_factory=Settings)
    items: tuple[ContentItem, ...] = ()
    activities: tuple[Activity, ...] = ()

    def hours(self, way: Way) -> float:
        """The hours of the items that go this way."""
        return sum(one.facts.hours for one in self.items if one.way is way)


def read(db: Session, project_ids: Collection[int]) -> dict[int, Content]:
    """What these projects teach, by project; each has one, be it empty."""
    rows = repository.contents(db, project_ids) if project_ids else {}
    ids = [row.id or 0 for row in rows.values()]
    items: dict[int, list[ContentItem]] = {}
    activities: dict[int, list[Activity]] = {}
    for item in repository.items(db, ids) if ids else ():
        items.setdefault(item.content_id, []).append(_item(item))
    for step in repository.activities(db, ids) if ids else ():
        activities.setdefault(step.content_id, []).append(_activity(step))
    found = {one: Content(one) for one in project_ids}
    for project_id, row in rows.items():
        at = row.id or 0
        found[project_id] = Content(project_id, row.version or 0, _settings(row), tuple(items.get(at, ())), tuple(activities.get(at, ())))
    return found


def settings(db: Session, project_ids: Collection[int]) -> dict[int, Settings]:
    """The settings of these projects alone, by project; each has some, be it none of its own."""
    rows = repository.contents(db, project_ids) if project_ids else {}
    return {one: _settings(rows[one]) if one in rows else Settings() for one in project_ids}


def touch(db: Session, actor: Actor, project_id: int) -> ProjectContent:
    """The row of what a project teaches, made where there is none, marked as changed by the actor: its version moves."""
    row = repository.content(db, project_id)
    if row is None:
        row = ProjectContent(project_id=project_id)
        db.add(row)
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    return row


def write_settings(row: ProjectContent, settings: Settings) -> None:
    """Put the settings into the row."""
    row.pattern, row.tier, row.rhythm = settings.pattern, settings.tier, settings.rhythm
    row.priority, row.earliest, row.due, row.cohort_size = settings.priority, settings.earliest, settings.due, settings.cohort_size


def write_items(db: Session, row: ProjectContent, items: Sequence[ContentItem]) -> list[int]:
    """Make these the items of a project: known ones keep their numbers, others get one, the rest goes. Returns their numbers."""
    content_id = row.id or 0
    known = {one.id or 0: one for one in repository.items(db, [content_id])}
    repository.drop(db, ContentItemRow, [one for one in known if one not in {item.id for item in items}])
    kept = []
    for place, item in enumerate(items):
        target = known.get(item.id) or ContentItemRow(content_id=content_id, **_item_columns(item, place), id=item.id or None)
        for name, value in _item_columns(item, place).items():
            setattr(target, name, value)
        db.add(target)
        kept.append(target)
    db.flush()
    return [one.id or 0 for one in kept]


def write_activities(db: Session, row: ProjectContent, activities: Sequence[Activity]) -> None:
    """Make these the activities of a project, in this order; known ones keep their numbers, for what is scheduled points at them."""
    content_id = row.id or 0
    known = {one.id or 0: one for one in repository.activities(db, [content_id])}
    repository.drop(db, ActivityRow, [one for one in known if one not in {step.id for step in activities}])
    for place, step in enumerate(activities):
        columns = {**vars(step), "place": place, "equipment": list(step.equipment), "item_ids": list(step.item_ids)}
        number = columns.pop("id")
        target = known.get(number) or ActivityRow(content_id=content_id, id=number or None, **columns)
        for name, value in columns.items():
            setattr(target, name, value)
        db.add(target)
    db.flush()


def keep(db: Session, actor: Actor, row: ProjectContent, action: str, before: Content) -> None:
    """Keep what there was before a change, so that it can be taken back."""
    kept: dict[str, Any] = {"by": actor.account_id, "name": actor.name[:80], "made": row.version or 0}
    db.add(ContentChange(content_id=row.id or 0, action=action, before=_to_json(before) if before.version else None, **kept))
    db.flush()


def restore(db: Session, row: ProjectContent, before: dict[str, Any] | None) -> None:
    """Make a project's content what it was."""
    content = _from_json(row.project_id, before) if before else Content(row.project_id)
    write_settings(row, content.settings)
    row.changed_at = now()
    db.flush()
    write_items(db, row, _without_lost_courses(db, content.items))
    write_activities(db, row, content.activities)


def _without_lost_courses(db: Session, items: Sequence[ContentItem]) -> list[ContentItem]:
    """The items; one whose course has gone since is the project's own."""
    there = repository.courses_there(db, {one.facts.course_id for one in items if one.facts.course_id is not None})
    return [
        one if one.facts.course_id is None or one.facts.course_id in there else replace(one, facts=replace(one.facts, course_id=None))
        for one in items
    ]


def _item(row: ContentItemRow) -> ContentItem:
    facts = ItemFacts(
        row.name, row.learnt, row.hours, row.competency, row.level, row.use, row.material, row.subject, row.course_id, row.origin
    )
    triage = Triage(row.advised, row.rule, Message.from_json(row.why), row.made_by, row.advised_by)
    choice = Choice(row.chosen, row.chosen_why, row.chosen_by) if row.chosen else None
    return ContentItem(row.id or 0, facts, triage, choice)


def _item_columns(item: ContentItem, place: int) -> dict[str, Any]:
    choice, triage = item.choice, item.triage
    return {
        **vars(item.facts),
        "place": place,
        "advised": triage.way,
        "advised_by": triage.author,
        "rule": triage.rule,
        "why": triage.why.to_json(),
        "made_by": triage.made_by,
        "chosen": choice.way if choice else None,
        "chosen_why": choice.why if choice else "",
        "chosen_by": choice.by if choice else "",
    }


def _activity(row: ActivityRow) -> Activity:
    return Activity(
        row.id or 0,
        row.stage,
        row.name,
        row.method,
        row.slots,
        row.hours,
        row.online,
        row.min_lag,
        row.max_lag,
        tuple(row.equipment),
        row.needs_trainer,
        tuple(row.item_ids),
        row.reason,
    )


def _to_json(content: Content) -> dict[str, Any]:
    days = {
        name: day.isoformat() if day else None for name, day in (("earliest", content.settings.earliest), ("due", content.settings.due))
    }
    return {
        "settings": {**vars(content.settings), **days},
        "items": [{**_item_columns(one, place), "id": one.id} for place, one in enumerate(content.items)],
        "activities": [{**vars(one)} for one in content.activities],
    }


def _from_json(project_id: int, kept: dict[str, Any]) -> Content:
    said = kept["settings"]
    settings = Settings(
        Pattern(said["pattern"]) if said["pattern"] else None,
        Tier(said["tier"]) if said["tier"] else None,
        Rhythm(said["rhythm"]) if said["rhythm"] else None,
        said["priority"],
        date.fromisoformat(said["earliest"]) if said["earliest"] else None,
        date.fromisoformat(said["due"]) if said["due"] else None,
        said["cohort_size"],
    )
    items = tuple(_item(ContentItemRow(**_typed(one), content_id=0)) for one in kept["items"])
    steps = tuple(
        Activity(
            **{
                **one,
                "stage": Stage(one["stage"]),
                "method": Method(one["method"]),
                "equipment": tuple(one["equipment"]),
                "item_ids": tuple(one["item_ids"]),
            }
        )
        for one in kept["activities"]
    )
    return Content(project_id, 0, settings, items, steps)


def _typed(kept: dict[str, Any]) -> dict[str, Any]:
    chosen = Way(kept["chosen"]) if kept["chosen"] else None
    return {
        **kept,
        "advised": Way(kept["advised"]),
        "advised_by": Author(kept["advised_by"]),
        "origin": Origin(kept["origin"]),
        "chosen": chosen,
    }


def _settings(row: ProjectContent) -> Settings:
    return Settings(row.pattern, row.tier, row.rhythm, row.priority, row.earliest, row.due, row.cohort_size)
