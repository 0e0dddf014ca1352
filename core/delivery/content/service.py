"""What the projects of a plan teach and how: items with their triage, designs as ordered activities, changed and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import repository, storing
from core.delivery.content.abilities import Abilities, abilities
from core.delivery.content.activity import MOST_ACTIVITIES, Activity, Settings
from core.delivery.content.activity import checked as checked_activity
from core.delivery.content.item import LONGEST_REASON, MOST_ITEMS, Choice, ContentItem, ItemFacts, checked
from core.delivery.content.storing import Content
from core.delivery.content.terms import Method, Stage, Way
from core.delivery.content.triage import triage
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects.tables import Project, ProjectState
from core.storage import Session
from core.strategy.ideas.terms import Urgency

USUAL_COHORT = 36
PRIORITIES = {Urgency.HIGH: 5, Urgency.MEDIUM: 3, Urgency.LOW: 2}
"""What a project's urgency means for the schedule where nobody has said otherwise."""


@dataclass(frozen=True)
class ActivityView:
    """A step of a design as the schedule reads it; `slots` 0: it is not scheduled."""

    id: int
    place: int
    stage: Stage
    name: str
    method: Method
    slots: int
    online: bool
    competency_ids: tuple[int, ...]
    equipment: tuple[str, ...]
    min_lag_slots: int
    max_lag_slots: int | None
    needs_trainer: bool


@dataclass(frozen=True)
class ProjectDesign:
    """A project as the schedule reads it. `people` are those it is meant for, None: nobody has said."""

    project_id: int
    name: str
    priority: int
    earliest: date | None
    due: date | None
    cohort_size: int
    people: int | None
    activities: tuple[ActivityView, ...]


@dataclass(frozen=True)
class ContentView:
    """A project with what it teaches, as a reader sees it. `undoable`: the reader's own change was the last one."""

    project: Project
    content: Content
    undoable: bool = False

    @property
    def id(self) -> int:
        """The project's number."""
        return self.project.id or 0

    @property
    def priority(self) -> int:
        """How important it is for the schedule, 5 the most."""
        return priority_of(self.project, self.content.settings)

    @property
    def cohort_size(self) -> int:
        """How many are taught at once."""
        return self.content.settings.cohort_size or min(USUAL_COHORT, self.project.people or USUAL_COHORT)


@dataclass(frozen=True)
class ProjectTerms:
    """How important a project is for the schedule, 5 the most, and by when it is to be over (None: nothing is said)."""

    priority: int
    due: date | None


@dataclass(frozen=True)
class Entered:
    """An item as somebody entered it; `id` 0: a new one."""

    id: int
    facts: ItemFacts


def designs(db: Session, actor: Actor, plan_id: int) -> list[ProjectDesign]:
    """The standing projects of a plan as the schedule reads them, oldest first; without a design their activities are empty.

    Needs `SEE_DELIVERY`. Raises `NotFound`.
    """
    known = abilities(db)
    return [
        ProjectDesign(
            view.id,
            view.project.name,
            view.priority,
            view.content.settings.earliest,
            view.content.settings.due,
            view.cohort_size,
            view.project.people,
            tuple(_activity_view(view, known, one, place) for place, one in enumerate(view.content.activities)),
        )
        for view in contents(db, actor, plan_id)
    ]


def terms(db: Session, actor: Actor, plan_id: int) -> dict[int, ProjectTerms]:
    """How important each standing project of a plan is and by when it is to be over, without all that it teaches.

    Needs `SEE_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    rows = {row.id or 0: row for row in project_rows.projects(db, plan_id)}
    return {number: ProjectTerms(priority_of(rows[number], one), one.due) for number, one in storing.settings(db, list(rows)).items()}


def priority_of(project: Project, settings: Settings) -> int:
    """How important a project is for the schedule: as its design says, else by its urgency."""
    return settings.priority or PRIORITIES[project.urgency]


def contents(db: Session, actor: Actor, plan_id: int) -> list[ContentView]:
    """The plan's standing projects with what they teach, oldest first. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    rows = project_rows.projects(db, plan_id)
    found = storing.read(db, [row.id or 0 for row in rows])
    return [ContentView(row, found[row.id or 0]) for row in rows]


def find(db: Session, actor: Actor, project_id: int) -> ContentView:
    """One standing project with what it teaches. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    project = _standing(db, actor, project_id)
    return ContentView(project, storing.read(db, [project_id])[project_id], _undoable(db, actor, project_id))


def save_items(db: Session, actor: Actor, project_id: int, version: int, entered: Sequence[Entered]) -> None:
    """Make these the items of a project, in this order. `version` is the one that the person saw, 0 for none.

    Items that are new or say something else are triaged anew by the rule; what a person decided stays.
    Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict` when somebody changed it since, `NotFound`.
    """
    before = seen(db, actor, project_id, version)
    if len(entered) > MOST_ITEMS:
        raise BadInput(Message("一个项目最多 {most} 个内容单元。太多就分成几个项目。", most=MOST_ITEMS))
    known, ability = {one.id: one for one in before.items}, abilities(db)
    items = [_triaged(known.get(one.id), checked(one.facts, place), ability) for place, one in enumerate(entered, 1)]
    gone = known.keys() - {one.id for one in items}
    steps = [replace(one, item_ids=tuple(each for each in one.item_ids if each not in gone)) for one in before.activities]
    store(db, actor, before, "items", replace(before, items=tuple(items), activities=tuple(steps)))
    record(db, actor, "content_saved", "project", project_id, items=len(items))


def choose(db: Session, actor: Actor, project_id: int, version: int, item_ids: Iterable[int], way: Way | None, reason: str = "") -> None:
    """Decide the way of items against their advice, with a reason; `way` None: the advice holds again.

    Needs `PLAN_DELIVERY`. Raises `BadInput` without a reason, `Conflict`, `NotFound`.
    """
    before = seen(db, actor, project_id, version)
    wanted, reason = set(item_ids), reason.strip()
    if way is not None and (not reason or len(reason) > LONGEST_REASON):
        raise BadInput(Message("请写明为什么改变分流，最多 {limit} 个字。", limit=LONGEST_REASON))
    if wanted - {one.id for one in before.items}:
        raise NotFound(Message("有的内容单元已经不在了，请刷新后再选。"))
    choice = None if way is None else Choice(way, reason, actor.name[:80])
    items = tuple(replace(one, choice=choice) if one.id in wanted else one for one in before.items)
    store(db, actor, before, "way", replace(before, items=items))
    record(db, actor, "triage_decided", "project", project_id, items=len(wanted), way=way.value if way else "")


def save_activities(db: Session, actor: Actor, project_id: int, version: int, steps: Sequence[Activity]) -> None:
    """Make these the activities of a project, in this order. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`, `NotFound`."""
    before = seen(db, actor, project_id, version)
    if len(steps) > MOST_ACTIVITIES:
        raise BadInput(Message("一个项目最多 {most} 步。", most=MOST_ACTIVITIES))
    known, items = {one.id for one in before.activities}, {one.id for one in before.items}
    if {one.id for one in steps if one.id} - known or any(set(one.item_ids) - items for one in steps):
        raise Conflict(Message("设计里的步骤或内容单元刚被别人改过，什么都没有保存。请看过新的内容再改。"))
    kept = tuple(checked_activity(one, place) for place, one in enumerate(steps, 1))
    store(db, actor, before, "activities", replace(before, activities=kept))
    record(db, actor, "design_saved", "project", project_id, activities=len(kept))


def save_settings(db: Session, actor: Actor, project_id: int, version: int, settings: Settings) -> None:
    """Keep what the schedule must heed. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`, `NotFound`."""
    before = seen(db, actor, project_id, version)
    if settings.earliest and settings.due and settings.earliest > settings.due:
        raise BadInput(Message("最早开始的日子不能在最晚完成之后。"))
    if settings.priority is not None and not 1 <= settings.priority <= 5:
        raise BadInput(Message("优先级应在 1 到 5 之间，5 最要紧。"))
    if settings.cohort_size is not None and not 1 <= settings.cohort_size <= 2000:
        raise BadInput(Message("每班人数应在 1 到 2000 之间。"))
    store(db, actor, before, "settings", replace(before, settings=settings))
    record(db, actor, "design_saved", "project", project_id)


def undo(db: Session, actor: Actor, project_id: int) -> None:
    """Take back the last change of a project's content, if it was this person's. Raises `BadInput` where there is none, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    _standing(db, actor, project_id)
    row = repository.content(db, project_id)
    change = repository.last_change(db, row.id or 0) if row else None
    if row is None or change is None:
        raise BadInput(Message("没有可以撤销的改动。"))
    if change.by != actor.account_id or change.made != row.version:
        raise Conflict(Message("这个项目的内容后来又被{who}改过，不能撤销。", who=row.changed_by or change.name))
    before = change.before
    db.delete(change)
    storing.restore(db, row, before)
    # The change before this one can be taken back next.
    earlier = repository.last_change(db, row.id or 0)
    if earlier is not None:
        earlier.made = row.version or 0
    record(db, actor, "content_undone", "project", project_id)


def store(db: Session, actor: Actor, before: Content, action: str, after: Content) -> None:
    """Write what a project teaches and keep what it was. For the services of this room, which have asked for the right."""
    row = storing.touch(db, actor, before.project_id)
    storing.write_settings(row, after.settings)
    db.flush()
    storing.write_items(db, row, after.items)
    storing.write_activities(db, row, after.activities)
    storing.keep(db, actor, row, action, before)


def _triaged(known: ContentItem | None, facts: ItemFacts, ability: Abilities) -> ContentItem:
    if known is not None and known.facts == facts:
        return known
    return ContentItem(known.id if known else 0, facts, triage(facts, ability.of(facts.competency)), known.choice if known else None)


def _activity_view(view: ContentView, known: Abilities, step: Activity, place: int) -> ActivityView:
    taught = [one.facts.competency for one in view.content.items if one.id in step.item_ids]
    # A step that says nothing of its own is on what the project is about.
    ids = known.ids([one for one in taught if one] or view.project.competencies)
    lags = (step.min_lag, step.max_lag, step.needs_trainer)
    return ActivityView(step.id, place, step.stage, step.name, step.method, step.slots, step.online, ids, step.equipment, *lags)


def _undoable(db: Session, actor: Actor, project_id: int) -> bool:
    row = repository.content(db, project_id) if actor.may(Right.PLAN_DELIVERY) else None
    change = repository.last_change(db, row.id or 0) if row else None
    return row is not None and change is not None and change.by == actor.account_id and change.made == row.version


def _standing(db: Session, actor: Actor, project_id: int) -> Project:
    row = project_rows.project(db, project_id)
    if row is None or row.state is not ProjectState.STANDING:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    plans.find(db, actor, row.plan_id)
    return row


def seen(db: Session, actor: Actor, project_id: int, version: int) -> Content:
    """What a project teaches, as a person who changes it saw it. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    project = _standing(db, actor, project_id)
    found = storing.read(db, [project_id])[project_id]
    if found.version != version:
        raise Conflict(Message("“{project}”的内容刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。", project=project.name))
    return found
