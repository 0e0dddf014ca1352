"""The sample's year before, as its planner wrote it down afterwards: themes on clauses, projects with goals; and the lists of what is over.

Through the same services as the pages, from `data/demo/delivery.toml`.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time

from core.access.actor import Actor
from core.delivery.attendance import repository as attendance_rows
from core.delivery.attendance import service as attendance
from core.delivery.calendar import service as calendar
from core.delivery.content import checking_off
from core.delivery.content import repository as content_rows
from core.demo.delivery import BeforeProject, BeforeTheme, delivery
from core.documents import service as library
from core.goals import repository as goal_rows
from core.goals import service as goals
from core.goals.draft import of_goal
from core.goals.service import Standing
from core.logs import logger
from core.projects import repository as project_rows
from core.projects import service as projects
from core.storage import Database, Session
from core.strategy import review
from core.strategy.findings import FindingKind
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import ProjectKind, Urgency
from core.strategy.locating import Text
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes

log = logger(__name__)

# Of what is over, so much was forgotten: there is something to see on the lists of what is owed.
_FORGOTTEN = 0.03
_WHY = "去年的目标，事后补录，不再改写"
_NOON = time(4, 0, tzinfo=UTC)


def write_year_before(database: Database, actor: Actor, plan_id: int) -> None:
    """Themes, each on the words of a document, and the projects of the list with their goals; a plan that has themes gets no others, and
    a project that has a goal keeps it."""
    before = delivery().last_year
    with database.reading() as db:
        there = bool(theme_rows.themes(db, plan_id) or theme_rows.removed(db, plan_id))
        places = {} if there else {one.name: _place(db, actor, one.quote) for one in before.themes}
    if not there:
        with database.writing() as db:
            clauses = {one.name: found for one in before.themes if (found := _theme(db, actor, plan_id, one, places[one.name])) is not None}
            wanted = [(clauses[one.theme][0], _draft(one, clauses[one.theme][1])) for one in before.projects if one.theme in clauses]
            projects.create_all(db, actor, plan_id, wanted)
    written = {one.name: one.goal for one in before.projects}
    with database.writing() as db:
        for row in project_rows.projects(db, plan_id):
            if row.name in written and not goal_rows.of_projects(db, [row.id or 0]):
                goals.save(db, actor, row.id or 0, 0, of_goal(written[row.name]))
        for view in goals.goals(db, actor, plan_id):
            if view.project.row.name in written and view.standing in (Standing.PROBLEMS, Standing.PASSES):
                goals.submit(db, actor, view.project.id, view.version, _WHY if view.verdict.problems else "")


def note_what_is_over(db: Session, actor: Actor, plan_id: int, today: date) -> None:
    """Tick off what was due on checklists before today; a little was forgotten, as it is in any year."""
    works = calendar.workdays(db, actor, plan_id)
    due = {line.id: line.due for one in checking_off.checklists(db, actor, plan_id, works) for line in one.lines}
    for row in content_rows.lines(db, [view.id for view in projects.projects(db, actor, plan_id)]):
        day = due.get(row.id or 0)
        if day is None or day >= today or row.done_at is not None or forgotten(f"{row.text} {row.project_id}"):
            continue
        row.done_at, row.done_by = datetime.combine(day, _NOON), row.owner[:80]
    db.flush()


def is_noted(db: Session, actor: Actor, plan_id: int, today: date) -> bool:
    """Whether the lists of the plan are kept, by whomever, or nothing of it is over."""
    return attendance_rows.any_of_plan(db, plan_id) or not any(over(one.ends_on, today) for one in attendance.held(db, actor, plan_id))


def over(ends: date | None, today: date) -> bool:
    """Whether a session that ends on a day is over."""
    return ends is not None and ends < today


def forgotten(name: str) -> bool:
    """Whether a list of the sample was forgotten: the same ones each time."""
    return random.Random(f"{delivery().seed} {name}").random() < _FORGOTTEN


def _theme(db: Session, actor: Actor, plan_id: int, one: BeforeTheme, place: tuple[int, int, int] | None) -> tuple[int, int] | None:
    """The theme and its clause, by number; None where no document has the words."""
    if place is None:
        log.warning("sample_clause_not_found", clause=one.clause)
        return None
    finding = review.add(db, actor, plan_id, *place, review.Draft(FindingKind.TASK, one.clause, one.perspective))
    draft = themes.Draft(one.name, one.perspective, owner=one.owner, indicator=one.indicator)
    theme_id = themes.create(db, actor, plan_id, draft).id or 0
    db.flush()
    themes.move(db, actor, plan_id, {finding: None}, theme_id)
    db.flush()
    return theme_id, finding


def _place(db: Session, actor: Actor, quote: str) -> tuple[int, int, int] | None:
    """Where the words stand: document, start, end."""
    for entry in library.entries(db, actor):
        document = entry.document
        if not (document.sample and document.current and document.id is not None):
            continue
        parsed = library.open_document(db, actor, document.id).parsed
        found = Text(parsed.text).find(quote, 0) if parsed is not None else None
        if found is not None:
            return document.id, *found
    return None


def _draft(one: BeforeProject, finding_id: int) -> Draft:
    facts = (one.line, one.post, one.people, one.competencies)
    return Draft(one.name, one.purpose, (finding_id,), *facts, Urgency.MEDIUM, ProjectKind.PROBLEM_DRIVEN)
