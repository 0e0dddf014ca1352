"""Transfer plans: what each participant will do differently, by when, with whom, and what shows it; agreed, done, reminded of.

People are read within the actor's scope: human resources everybody, a unit manager their own people, an executive nobody by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import repository
from core.delivery.content import service as contents
from core.delivery.content.participant import Person
from core.delivery.content.tables import TransferAction
from core.delivery.content.terms import ActionState
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.notices.outbox import About, Due, Value, tell_all
from core.notices.terms import Kind
from core.people.scope import counts_in_charge, scope
from core.plans import service as plans
from core.projects.tables import Project
from core.storage import Session, now

LONGEST_WHAT, LONGEST_WITH, LONGEST_EVIDENCE, LONGEST_NOTE = 300, 80, 200, 200
MOST_TIMES = 999
SOON_DAYS = 7
"""How many days before it is due somebody is reminded of an action."""

_OPEN = (ActionState.PLANNED, ActionState.AGREED)
_NOT_YOURS = Message("没有这个人，或者不在您可以查看的范围里。")


@dataclass(frozen=True)
class ActionFacts:
    """What somebody will do, by when, with whom, what will show it, and how many times."""

    what: str
    due_on: date
    with_whom: str = ""
    evidence: str = ""
    times: int = 1


@dataclass(frozen=True)
class ActionView:
    """An action with whose it is and of which project."""

    row: TransferAction
    person: Person
    project: Project

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.row.state in _OPEN

    @property
    def progress(self) -> Message | None:
        """How often it was done and how often it is still to be; None for what is done once."""
        row = self.row
        if row.times == 1:
            return None
        if row.done_times >= row.times:
            return Message("完成 {done} 次，够了", done=str(row.done_times))
        return Message("完成 {done} 次，还差 {left} 次", done=str(row.done_times), left=str(row.times - row.done_times))

    def overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.open and self.row.due_on < today


@dataclass(frozen=True)
class Participants:
    """Who takes part in a project, of those whom the actor may name: the holders of its post, and who is enrolled in its courses."""

    people: tuple[Person, ...]
    enrolled: frozenset[int]
    post: str


def participants(db: Session, actor: Actor, project_id: int, today: date) -> Participants:
    """Who takes part in a project. Needs `SEE_DELIVERY` and the scope of people. Raises `NotFound`."""
    view = contents.find(db, actor, project_id)
    units = scope(db, actor).named
    courses = [one.facts.course_id for one in view.content.items if one.facts.course_id is not None]
    taking = repository.enrolled(db, courses, units, today) if courses else []
    holding = repository.of_post(db, view.project.post, units, today) if view.project.post else []
    found = {one.id: one for one in (*taking, *holding)}
    people = tuple(sorted(found.values(), key=lambda one: one.number))
    return Participants(people, frozenset(one.id for one in taking), view.project.post)


def actions(db: Session, actor: Actor, plan_id: int) -> list[ActionView]:
    """What the people whom the actor may name will do after the plan's projects, what is due first. Raises `NotFound`."""
    projects = {view.id: view.project for view in contents.contents(db, actor, plan_id)}
    units = scope(db, actor).named
    return [ActionView(row, person, projects[row.project_id]) for row, person in repository.actions(db, list(projects), units)]


def reminders(some: Sequence[ActionView], today: date) -> list[ActionView]:
    """Those that are overdue or due within a week, the longest overdue first."""
    return [one for one in some if one.open and one.row.due_on <= today + timedelta(days=SOON_DAYS)]


def remind(db: Session, actor: Actor, plan_id: int, today: date) -> frozenset[int]:
    """Tell those in charge of units how many actions of their people are overdue. Returns the accounts that were told.

    Needs `PLAN_DELIVERY`. Raises `BadInput` where none is, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    late = [one for one in actions(db, actor, plan_id) if one.overdue(today)]
    if not late:
        raise BadInput(Message("没有过期的转化行动，不用提醒。"))
    plan = plans.find(db, actor, plan_id)
    found = []
    for account, number in counts_in_charge(db, actor, [one.person.unit_id for one in late]).items():
        values: dict[str, Value] = {"plan": f"{plan.unit} {plan.year}", "count": number}
        found.append(Due(About(Kind.ACTIONS_OVERDUE, f"{plan_id}:nudge:{now():%Y%m%d%H%M%S}", plan_id, values=values), (account,)))
    told = tell_all(db, found)
    record(db, actor, "transfer_nudged", "plan", plan_id, told=len(told))
    return told


def note_viewed(db: Session, actor: Actor, project_id: int) -> None:
    """The transfer plans of a project were opened: they say by name what people will do."""
    contents.find(db, actor, project_id)
    record(db, actor, "transfer_viewed", "project", project_id)


def add(db: Session, actor: Actor, project_id: int, employee_id: int, facts: ActionFacts, today: date) -> int:
    """Write down what a participant will do. Returns the action's number.

    Needs `SET_TARGETS` and the person in scope. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.SET_TARGETS)
    if employee_id not in {one.id for one in participants(db, actor, project_id, today).people}:
        raise NotFound(_NOT_YOURS)
    facts = _checked(facts)
    row = TransferAction(project_id=project_id, employee_id=employee_id, **vars(facts), changed_by=actor.name[:80])
    db.add(row)
    db.flush()
    record(db, actor, "transfer_written", "employee", employee_id, project=project_id)
    return row.id or 0


def change(db: Session, actor: Actor, action_id: int, version: int, facts: ActionFacts) -> None:
    """Rewrite an action; one that was agreed has to be agreed again. Raises `BadInput`, `Conflict`, `NotFound`."""
    row, facts = _seen(db, actor, action_id, version), _checked(facts)
    row.what, row.due_on, row.with_whom, row.evidence = facts.what, facts.due_on, facts.with_whom, facts.evidence
    row.times, row.done_times = facts.times, min(row.done_times, facts.times - 1)
    row.state, row.done_on = ActionState.PLANNED, None
    _touch(db, actor, row, "transfer_written")


def settle(db: Session, actor: Actor, action_id: int, version: int, state: ActionState, note: str = "", on: date | None = None) -> None:
    """Agree to an action, call it done on a day, drop it with a reason, or open it again. Raises `BadInput`, `Conflict`, `NotFound`."""
    row, note = _seen(db, actor, action_id, version), note.strip()
    if len(note) > LONGEST_NOTE or (state is ActionState.DROPPED and not note):
        raise BadInput(Message("请写明为什么不再做，最多 {limit} 个字。", limit=LONGEST_NOTE))
    if on is not None and on > clock.today():
        raise BadInput(Message("完成日期还没有到。请填实际完成的那一天。"))
    row.state, row.note = state, note or row.note
    row.done_on = (on or clock.today()) if state is ActionState.DONE else None
    row.done_times = row.times if state is ActionState.DONE else min(row.done_times, row.times - 1)
    _touch(db, actor, row, "transfer_settled", state=state.value)


def advance(db: Session, actor: Actor, action_id: int, version: int, times: int, note: str = "", on: date | None = None) -> None:
    """An action was done so many times more (fewer, below zero, where that was said by mistake); with the last time it is done.

    Raises `BadInput`, `Conflict`, `NotFound`.
    """
    row = _seen(db, actor, action_id, version)
    if row.done_times + times >= row.times:
        settle(db, actor, action_id, version, ActionState.DONE, note, on)
        return
    if row.state not in _OPEN or row.done_times + times < 0:
        raise BadInput(Message("次数不能少于 0；已做到或不再做的，请先重新打开。"))
    row.done_times, row.note = row.done_times + times, note.strip()[:LONGEST_NOTE] or row.note
    _touch(db, actor, row, "transfer_settled", done=str(row.done_times))


def remove(db: Session, actor: Actor, action_id: int, version: int) -> None:
    """Take away an action that was written by mistake. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, action_id, version)
    record(db, actor, "transfer_removed", "employee", row.employee_id, project=row.project_id)
    db.delete(row)
    db.flush()


def _touch(db: Session, actor: Actor, row: TransferAction, said: str, **detail: str) -> None:
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    record(db, actor, said, "employee", row.employee_id, project=row.project_id, **detail)


def _seen(db: Session, actor: Actor, action_id: int, version: int) -> TransferAction:
    require(actor, Right.SET_TARGETS)
    units = scope(db, actor).named
    row = repository.action(db, action_id)
    if row is None or row.id not in {one.id for one, _ in repository.actions(db, [row.project_id], units)}:
        raise NotFound(Message("没有这条转化行动，或者不在您可以查看的范围里。"))
    contents.find(db, actor, row.project_id)
    if row.version != version:
        raise Conflict(Message("这条转化行动刚被别人改过，您的操作没有保存。请查看最新内容后再试。"))
    return row


def _checked(facts: ActionFacts) -> ActionFacts:
    what, who, evidence = (" ".join(text.split()) for text in (facts.what, facts.with_whom, facts.evidence))
    if not what or len(what) > LONGEST_WHAT:
        raise BadInput(Message("请写明回岗后做什么，最多 {limit} 个字。", limit=LONGEST_WHAT))
    if not evidence or len(evidence) > LONGEST_EVIDENCE:
        raise BadInput(Message("请写明拿什么证明，最多 {limit} 个字。", limit=LONGEST_EVIDENCE))
    if len(who) > LONGEST_WITH:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=who[:12], most=LONGEST_WITH))
    if not 1 <= facts.times <= MOST_TIMES:
        raise BadInput(Message("要做的次数应在 1 到 {most} 之间。", most=MOST_TIMES))
    return ActionFacts(what, facts.due_on, who, evidence, facts.times)
