"""The timetable as an actor may see it: sessions of the published version or of a draft, the timetables of a plan, its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import service as content
from core.delivery.faculty import repository as faculty_rows
from core.delivery.halves import HALF_NAMES, Half
from core.delivery.timetable import repository
from core.delivery.timetable.preparing import rules_of
from core.delivery.timetable.rules import Rules, checked, to_facts
from core.delivery.timetable.tables import Cohort, Placement, Programme, Timetable, TimetableRules, TrainingSession
from core.delivery.timetable.terms import Part, TimetableState
from core.errors import Conflict, NotFound
from core.goals import repository as goal_rows
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now

GONE = Message("没有找到这份排期，它可能已被删除。")
_COHORT = Message("{n}班")
HALVES = tuple(Half)


@dataclass(frozen=True)
class SessionView:
    """A training session as it stands in a timetable. `day` None: it has no place in it, for `reasons`.

    `project_id` None: it comes from a list of the bank's own, and answers no project of the plan. `members` are numbers of employees;
    their names are for those who may read them. `pinned` are the parts that stay where they are; `breaks` the rules that somebody
    placed it against, for `reason`. `cost` is half days × (trainer + venue), `prices` what half a day of each costs.
    """

    id: int
    version: int
    programme_id: int
    project_id: int | None
    programme: str
    cohort_id: int
    cohort: str | Message
    name: str
    stage: str
    method: str
    place: int
    slots: int
    online: bool
    needs_trainer: bool
    headcount: int
    members: tuple[int, ...]
    competency_ids: tuple[int, ...]
    equipment: tuple[str, ...]
    day: date | None = None
    half: Half = Half.MORNING
    ends_on: date | None = None
    trainer_id: int | None = None
    trainer: str = ""
    venue_id: int | None = None
    venue: str = ""
    cost: float = 0.0
    prices: tuple[float, float] = (0.0, 0.0)
    due: date | None = None
    pinned: frozenset[Part] = frozenset()
    reasons: tuple[Message, ...] = ()
    relaxations: tuple[Message, ...] = ()
    breaks: tuple[Message, ...] = ()
    reason: str = ""
    changed_by: str = ""

    @property
    def slot(self) -> int:
        """The half day in which it begins, by number."""
        return HALVES.index(self.half)

    @property
    def late(self) -> int:
        """How many days it ends after it is due."""
        return max(0, (self.ends_on - self.due).days) if self.ends_on and self.due else 0

    @property
    def when(self) -> Message:
        """The half day in words."""
        return HALF_NAMES[self.half]


@dataclass(frozen=True)
class TimetableView:
    """A timetable of a plan with how many of its sessions have a place."""

    row: Timetable
    placed: int
    sessions: int

    @property
    def id(self) -> int:
        """The timetable's number."""
        return self.row.id or 0

    @property
    def unplaced(self) -> int:
        """How many sessions found no place."""
        return self.sessions - self.placed


@dataclass(frozen=True)
class TimetableStanding:
    """How far a plan's timetable is: sessions to be held, those that the published version places, its number (0: none), drafts."""

    sessions: int = 0
    placed: int = 0
    version: int = 0
    drafts: int = 0


def sessions(db: Session, actor: Actor, plan_id: int, timetable_id: int | None = None) -> list[SessionView]:
    """The sessions of a plan as they stand in a timetable, by default in the published one, in the order of time; without a place last.

    Where there is no timetable yet, none has a place. A guest of a shared link reads no trainers. Needs `SEE_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    table = find(db, actor, plan_id, timetable_id) if timetable_id is not None else repository.published(db, plan_id)
    held = {one.session_id: one for one in repository.placements(db, table.id or 0)} if table else {}
    gather = _Gathered(db, actor, plan_id, with_removed=bool(held))
    # What is held no more stays in what was published; a draft is made of what is to be held now.
    kept = held.keys() if table is not None and table.state is not TimetableState.DRAFT else ()
    rows = [row for row in gather.rows if gather.stands(row) or row.id in kept]
    found = [_as_read(gather.view(row, held.get(row.id or 0)), actor) for row in rows]
    return sorted(found, key=lambda one: (one.day is None, one.day or date.max, one.slot, one.programme, one.id))


def _as_read(one: SessionView, actor: Actor) -> SessionView:
    """A session as this reader may have it: for a guest of a shared link without persons, and without sentences that may name one."""
    if not actor.is_guest:
        return one
    said: tuple[Message, ...] = ()
    return replace(one, trainer="", trainer_id=None, members=(), reasons=said, relaxations=said, breaks=said, reason="", changed_by="")


def standing(db: Session, actor: Actor, plan_id: int) -> TimetableStanding:
    """How far a plan's timetable is. Needs `SEE_DELIVERY`; drafts are counted for those who plan."""
    require(actor, Right.SEE_DELIVERY)
    drafts = repository.drafts(db, plan_id) if actor.may(Right.PLAN_DELIVERY) else 0
    return TimetableStanding(*repository.counts(db, plan_id), drafts)


def trainer_slots(db: Session, actor: Actor, plan_id: int) -> dict[int, int]:
    """How many half days each trainer gives in the published timetable; nothing where none is published. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    table = repository.published(db, plan_id)
    return repository.trainer_slots(db, table.id or 0) if table is not None else {}


def find(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> Timetable:
    """One timetable of a plan. Needs `SEE_DELIVERY`, and `PLAN_DELIVERY` for one that is not published. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    row = repository.timetable(db, timetable_id)
    open_to_all = row is not None and row.state in (TimetableState.PUBLISHED, TimetableState.SUPERSEDED)
    if row is None or row.plan_id != plan_id or not (open_to_all or actor.may(Right.PLAN_DELIVERY)):
        raise NotFound(GONE)
    return row


def plan_of(db: Session, actor: Actor, timetable_id: int) -> int | None:
    """The plan of a timetable; None for one that is not there, and for one that is not for the actor."""
    row = repository.timetable(db, timetable_id)
    if row is None or not plans.readable(db, actor, row.plan_id):
        return None
    return row.plan_id if row.id in {one.id for one in timetables(db, actor, row.plan_id)} else None


def timetables(db: Session, actor: Actor, plan_id: int) -> list[TimetableView]:
    """The timetables of a plan, the newest first; drafts only for those who plan. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    seen = (TimetableState.PUBLISHED, TimetableState.SUPERSEDED)
    drafts, placed = actor.may(Right.PLAN_DELIVERY), repository.placed(db, plan_id)
    count = repository.count_sessions(db, plan_id)
    return [
        TimetableView(row, placed.get(row.id or 0, 0), count) for row in repository.timetables(db, plan_id) if drafts or row.state in seen
    ]


def delete(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> None:
    """Throw a draft away. Needs `PLAN_DELIVERY`. Raises `Conflict` for one that is or was published, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = find(db, actor, plan_id, timetable_id)
    if row.state in (TimetableState.PUBLISHED, TimetableState.SUPERSEDED):
        raise Conflict(Message("已发布过的排期不能删除，它是留底。"))
    db.delete(row)
    record(db, actor, "timetable_deleted", "timetable", timetable_id, name=row.name)


def rename(db: Session, actor: Actor, plan_id: int, timetable_id: int, version: int, name: str) -> None:
    """Give a timetable another name. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = find(db, actor, plan_id, timetable_id)
    if row.version != version:
        raise Conflict(Message("这份排期刚被别人改过，您的改动没有保存。请刷新后再改。"))
    row.name = name.strip()[:80] or row.name


def rules(db: Session, actor: Actor, plan_id: int) -> tuple[Rules, int]:
    """The rules of a plan's timetable and their version, 0 where nobody has changed them. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.rules(db, plan_id)
    return rules_of(db, plan_id), (row.version or 0) if row else 0


def save_rules(db: Session, actor: Actor, plan_id: int, version: int, wanted: Rules) -> None:
    """Keep the rules of a plan's timetable. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.rules(db, plan_id)
    if ((row.version or 0) if row else 0) != version:
        raise Conflict(Message("排期规则刚被别人改过，您的改动没有保存。请刷新后再改。"))
    row = row or TimetableRules(plan_id=plan_id)
    row.facts, row.policy = to_facts(checked(wanted)), wanted.policy
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.add(row)
    record(db, actor, "timetable_rules_changed", "plan", plan_id)


def cohort_name(row: Cohort) -> str | Message:
    """What a cohort is called."""
    return row.name or Message(_COHORT.text, n=row.number)


class _Gathered:
    """What sessions hang on, read once for all of a plan."""

    def __init__(self, db: Session, actor: Actor, plan_id: int, *, with_removed: bool) -> None:
        self.rows: Sequence[TrainingSession] = repository.sessions(db, plan_id, removed=with_removed)
        self.programmes: Mapping[int, Programme] = {row.id or 0: row for row in repository.programmes(db, plan_id, removed=with_removed)}
        self.cohorts: Mapping[int, Cohort] = {row.id or 0: row for row in repository.cohorts(db, plan_id, removed=with_removed)}
        self.members = repository.member_ids(db, list(self.cohorts))
        # Their names and prices are all that a session tells of them.
        self.trainers = {row.id: row for row in faculty_rows.trainers(db)}
        self.venues = {row.id: row for row in faculty_rows.venues(db)}
        self.due = due_days(db, actor, plan_id, list(self.programmes.values()))

    def stands(self, row: TrainingSession) -> bool:
        """Whether a session is still to be held."""
        return all(one.removed_at is None for one in (row, self.cohorts[row.cohort_id], self.programmes[row.programme_id]))

    def view(self, row: TrainingSession, held: Placement | None) -> SessionView:
        """A session as it stands."""
        programme, cohort = self.programmes[row.programme_id], self.cohorts[row.cohort_id]
        members = tuple(self.members.get(row.cohort_id, ()))
        view = SessionView(
            id=row.id or 0,
            version=(held.version or 0) if held else 0,
            programme_id=row.programme_id,
            project_id=programme.project_id,
            programme=programme.name,
            cohort_id=row.cohort_id,
            cohort=cohort_name(cohort),
            name=row.name,
            stage=row.stage,
            method=row.method,
            place=row.place,
            slots=row.slots,
            online=row.online,
            needs_trainer=row.needs_trainer,
            headcount=len(members) or cohort.seats or 0,
            members=members,
            competency_ids=tuple(row.competency_ids),
            equipment=tuple(row.equipment),
            due=self.due.get(row.programme_id),
        )
        return self._placed(view, held) if held is not None else view

    def _placed(self, view: SessionView, held: Placement) -> SessionView:
        trainer = self.trainers.get(held.trainer_id or 0)
        venue = self.venues.get(held.venue_id or 0)
        prices = (trainer.cost_per_slot or 0.0 if trainer else 0.0, venue.cost_per_slot or 0.0 if venue else 0.0)
        return replace(
            view,
            day=held.day,
            half=HALVES[held.slot],
            ends_on=held.ends_on,
            trainer_id=held.trainer_id,
            trainer=trainer.name if trainer else "",
            venue_id=held.venue_id,
            venue=venue.name if venue else "",
            cost=view.slots * sum(prices) if held.day is not None else 0.0,
            prices=prices,
            pinned=frozenset(Part(one) for one in held.pinned),
            reasons=tuple(Message.from_json(one["message"]) for one in held.reasons),
            relaxations=tuple(Message.from_json(one["message"]) for one in held.relaxations),
            breaks=tuple(Message.from_json(one["message"]) for one in held.breaks),
            reason=held.reason,
            changed_by=held.changed_by,
        )


def due_days(db: Session, actor: Actor, plan_id: int, programmes: Sequence[Programme]) -> dict[int, date]:
    """By when each programme is to be over: as a person set it, else as its design says, else so early that its goal can still show within
    the year, by the days that the goal gives it."""
    designs = {number: one.due for number, one in content.terms(db, actor, plan_id).items()}
    goals = goal_rows.of_projects(db, [row.project_id for row in programmes if row.project_id is not None])
    last = date(plans.find(db, actor, plan_id).year, 12, 31)
    found: dict[int, date] = {}
    for row in programmes:
        goal = goals.get(row.project_id or 0)
        shown = last - timedelta(days=goal.due_days) if goal is not None and goal.due_days else None
        due = row.due or designs.get(row.project_id or 0) or shown
        if due is not None:
            found[row.id or 0] = due
    return found
