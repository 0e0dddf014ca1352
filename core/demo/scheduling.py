"""The sample's timetables, through the same services as the pages: scheduled by the solver, published, paid for; last year's with what
really happened.

The solver works with one process and a fixed seed: the sample is the same each time. No transaction is open while it does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.delivery.attendance import repository as attendance_rows
from core.delivery.attendance import service as attendance
from core.delivery.attendance.tables import SessionFeedback
from core.delivery.attendance.terms import CAME, HIGHEST, LOWEST, Asked, Presence
from core.delivery.budget import repository as budget_rows
from core.delivery.budget import service as budget
from core.delivery.budget.service import LineDraft
from core.delivery.calendar import editing as calendar
from core.delivery.calendar import repository as calendar_rows
from core.delivery.calendar.editing import BlackoutFacts
from core.delivery.timetable import publishing, solving, taking_in
from core.delivery.timetable import repository as timetables
from core.delivery.timetable.building import build
from core.delivery.timetable.gathering import gather
from core.delivery.timetable.preparing import prepare
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.tables import Timetable
from core.demo import looking_back
from core.demo.batches import batched
from core.demo.delivery import LastYear, Spending, delivery
from core.demo.faculty import faculty
from core.demo.results import results
from core.people import repository as people
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.schedule.problem import read_problem
from core.sheets.grid import rows_of
from core.storage import Database, Session
from core.strategy.themes import repository as theme_rows

_NAME = "全年排期"
# So many lists at a time: others write in between.
_TOGETHER = 12


def published(db: Session, plan_id: int) -> bool:
    """Whether the plan has a published timetable, or nothing that could be in one."""
    return timetables.published(db, plan_id) is not None or not timetables.sessions(db, plan_id)


def prepared(db: Session, plan_id: int) -> bool:
    """Whether the plan has programmes, or no themes to have them for."""
    return bool(timetables.programmes(db, plan_id, removed=True)) or not theme_rows.themes(db, plan_id)


def paid(db: Session, plan_id: int) -> bool:
    """Whether the plan has lines of a budget, or nothing to pay for."""
    return bool(budget_rows.lines(db, plan_id)) or not timetables.programmes(db, plan_id)


def close_days(db: Session, actor: Actor, plan_id: int) -> None:
    """The days on which nobody is called, as in the year to plan; then cohorts and sessions for what is to be held."""
    year, units = plans.find(db, actor, plan_id).year, {row.name: row.id or 0 for row in people.units(db)}
    if not calendar_rows.blackouts(db, plan_id):
        for one in faculty().blackouts:
            if all(name in units for name in one.units):
                days = (one.starts.replace(year=year), one.ends.replace(year=year))
                ids = tuple(units[name] for name in one.units)
                calendar.save_blackout(db, actor, plan_id, None, BlackoutFacts(one.name, *days, ids, one.lines, one.reason))
    prepare(db, actor, plan_id)


def schedule(database: Database, actor: Actor, plan_id: int) -> None:
    """Have the year's sessions scheduled, and publish that as the first version."""
    _schedule(database, actor, plan_id, _NAME, delivery().seconds)


def noted(db: Session, plan_id: int) -> bool:
    """Whether the lists of the plan's sessions are kept, or none of them is over."""
    return looking_back.is_noted(db, LOCAL_ADMINISTRATOR, plan_id, clock.today())


def note(database: Database, actor: Actor, plan_id: int) -> None:
    """Keep the lists of what is over on the day on which the sample is loaded: who came, what they thought, what was to be done."""
    today = clock.today()
    with database.reading() as db:
        over = [one for one in attendance.held(db, actor, plan_id) if looking_back.over(one.ends_on, today)]
    kept = [one for one in over if not looking_back.forgotten(f"{one.programme} {one.name} {one.cohort}")]
    _attend(database, actor, plan_id, delivery().last_year, kept, Presence.PRESENT)
    with database.writing() as db:
        looking_back.note_what_is_over(db, actor, plan_id, today)


def pay(db: Session, actor: Actor, plan_id: int) -> None:
    """Write down what else the year costs."""
    _pay(db, actor, plan_id, delivery().lines)


def last_year_there(db: Session, plan_id: int) -> bool:
    """Whether the year before the plan's is there, or there are no people of the sample who could have lived through it."""
    plan = plan_rows.plan(db, plan_id)
    before = next((one for one in plan_rows.samples(db) if plan is not None and one.year == plan.year - 1), None)
    if before is None:
        return not timetables.published(db, plan_id)
    return before.archived_at is not None or bool(budget_rows.lines(db, before.id or 0))


def remember(database: Database, actor: Actor, plan_id: int) -> None:
    """The year before: its list, its timetable, who came, what they thought, what it cost."""
    source = delivery().last_year
    before = _begin(database, actor, plan_id, source)
    with database.reading() as db:
        done = timetables.published(db, before) is not None
    if not done:
        _schedule(database, actor, before, source.name, source.seconds)
    with database.reading() as db:
        if timetables.published(db, before) is None:
            return
        held = attendance.held(db, actor, before)
    _attend(database, actor, before, source, held, None)
    with database.writing() as db:
        if not budget_rows.lines(db, before):
            _pay(db, actor, before, source.spent)


def _begin(database: Database, actor: Actor, plan_id: int, source: LastYear) -> int:
    with database.writing() as db:
        plan = plans.find(db, actor, plan_id)
        before = next((one for one in plan_rows.samples(db) if one.year == plan.year - 1), None)
        before = before or plans.create(db, actor, plan.unit, plan.year - 1, source.note, sample=True)
        before_id = before.id or 0
    looking_back.write_year_before(database, actor, before_id)
    with database.writing() as db:
        if not timetables.sessions(db, before_id):
            seen = taking_in.preview(db, actor, before_id, rows_of(source.sheet(before.year)))
            taking_in.take_in(db, actor, before_id, seen.listed)
    return before_id


def _schedule(database: Database, actor: Actor, plan_id: int, name: str, seconds: float) -> None:
    # The solver compiles itself when it is imported.
    from core.schedule.solving import solve

    with database.reading() as db:
        known = gather(db, actor, plan_id)
    built = build(known.inputs)
    if not built.problem["sessions"]:
        return
    problem, seed = read_problem(built.problem), delivery().seed
    found = solving.explained(problem, solve(problem, seconds=seconds, workers=1, seed=seed))
    if not found.assignments:
        return
    # How long it took would not be the same each time.
    found = replace(found, seconds=seconds)
    with database.writing() as db:
        calendar.note_used(db, actor, plan_id)
        row = Timetable(plan_id=plan_id, name=name, seed=seed, seconds=seconds, made_by=actor.name[:80])
        db.add(row)
        db.flush()
        solving.store(db, row, known, built, found)
        db.flush()
        publishing.publish(db, actor, plan_id, row.id or 0, row.version or 0, "")


def _attend(database: Database, actor: Actor, plan_id: int, source: LastYear, held: Sequence[SessionView], rest: Presence | None) -> None:
    """Who came to these sessions, and what some of them thought of them; `rest` is noted of whom nothing is drawn. A list that is kept
    already stays as it is."""
    for some in batched(held, _TOGETHER):
        with database.writing() as db:
            fresh = [one for one in some if not attendance_rows.of_session(db, one.id)]
            _keep_lists(db, actor, plan_id, source, fresh, rest)


def _keep_lists(db: Session, actor: Actor, plan_id: int, source: LastYear, held: Sequence[SessionView], rest: Presence | None) -> None:
    kinds = (Presence.PRESENT, Presence.LATE, Presence.EXCUSED, Presence.ABSENT)
    liked = results().satisfaction
    for one in held:
        # Each session has its own dice: the numbers of rows differ from one house to the next.
        chance = random.Random(f"{delivery().seed} {one.programme} {one.name} {one.cohort}")
        drawn = chance.choices((*kinds, rest), (*source.came, max(0.0, 1 - sum(source.came))), k=len(one.members))
        wanted: dict[int, Presence | None] = {who: said for who, said in zip(sorted(one.members), drawn, strict=True) if said}
        means = liked.get(one.programme, source.marks)
        attendance.note(db, actor, plan_id, one.id, wanted, {})
        for who, said in wanted.items():
            if said in CAME and chance.random() < source.answered:
                marks = {asked.value: _mark(chance, mean) for asked, mean in zip(Asked, means, strict=True)}
                remark = chance.choice(source.remarks) if not chance.randrange(6) else ""
                db.add(SessionFeedback(session_id=one.id, employee_id=who, marks=marks, remark=remark))
    db.flush()


def _mark(chance: random.Random, mean: float) -> int:
    return min(HIGHEST, max(LOWEST, round(chance.gauss(mean, 0.8))))


def _pay(db: Session, actor: Actor, plan_id: int, lines: Sequence[Spending]) -> None:
    ids = {row.name: row.id or 0 for row in timetables.programmes(db, plan_id)}
    wanted = [
        LineDraft(one.type, one.quarter, ids.get(one.programme), None, one.planned, one.committed, one.actual, one.note)
        for one in lines
        if not one.programme or one.programme in ids
    ]
    budget.save_lines(db, actor, plan_id, wanted, {})
