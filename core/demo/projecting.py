"""The sample's own projects in its decoded year, through the same services as the pages: ideas of a person, accepted, with goals."""

from __future__ import annotations

from core.access.actor import Actor
from core.demo.batches import batched
from core.demo.projects import OVERRIDDEN, SUBMITTED, ProjectSource, projects
from core.goals import service as goals
from core.goals.draft import of_goal
from core.logs import logger
from core.projects import service as made
from core.projects.gaps import service as gaps
from core.storage import Database, Session
from core.strategy.findings import FindingKind
from core.strategy.ideas import repository as idea_rows
from core.strategy.ideas import service as ideas
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import Author
from core.strategy.themes import service as themes
from core.strategy.themes.likeness import Likeness
from core.strategy.themes.service import ThemeView

log = logger(__name__)

_FIGURE = 0.5
# So many at a time: others write in between.
_TOGETHER = 8


def write_projects(database: Database, actor: Actor, plan_id: int) -> None:
    """Add the planner's own ideas to their themes, each resting on a clause, and take them over as projects."""
    with database.reading() as db:
        standing = {view.theme.name: view for view in themes.overview(db, actor, plan_id).themes}
        there = {row.name for row in idea_rows.ideas(db, plan_id) if row.origin is Author.PERSON}
    wanted = []
    for source in projects():
        theme = standing.get(source.theme)
        clause = _clause(source, theme) if theme else None
        if theme is None or clause is None:
            log.warning("sample_project_without_clause", project=source.name, theme=theme is not None)
        elif source.name not in there:
            wanted.append((theme.id, _draft(source, clause)))
    for some in batched(wanted, _TOGETHER):
        with database.writing() as db:
            fresh = {ideas.add(db, actor, plan_id, theme_id, draft) for theme_id, draft in some}
            db.flush()
            versions = {one.id: one.row.version or 0 for one in ideas.board(db, actor, plan_id).ideas if one.id in fresh}
            made.accept(db, actor, plan_id, versions)


def write_goals(database: Database, actor: Actor, plan_id: int) -> None:
    """Write the goals of these projects, and submit those that the planner submits, over their problems where there is a reason."""
    sources = {(one.theme, one.name): one for one in projects()}
    with database.reading() as db:
        views = [view for view in goals.goals(db, actor, plan_id) if view.row is None and view.project.theme]
    for some in batched(views, _TOGETHER):
        with database.writing() as db:
            for view in some:
                source = sources.get((view.project.theme.theme.name, view.project.row.name)) if view.project.theme else None
                if source is None or source.goal is None:
                    continue
                goals.save(db, actor, view.project.id, view.version, of_goal(source.goal))
                if source.state in (SUBMITTED, OVERRIDDEN):
                    goals.submit(db, actor, view.project.id, goals.find(db, actor, view.project.id).version, source.reason)


def link_gaps(db: Session, actor: Actor, plan_id: int) -> None:
    """Let each project answer the measured gaps of its post in the abilities that it trains; some have none, and stay without."""
    open_gaps = {(one.competency, one.where): one.key for one in gaps.choices(db, actor, "zh") if one.key.post_id is not None}
    for view in made.projects(db, actor, plan_id):
        keys = [open_gaps[name, view.row.post] for name in view.row.competencies if (name, view.row.post) in open_gaps]
        if keys:
            gaps.link(db, actor, view.id, keys)


def _clause(source: ProjectSource, view: ThemeView) -> int | None:
    """The finding of the theme that the purpose rests on."""
    named = [one.finding for one in view.members if source.clause and source.clause in one.finding.text]
    # Nobody says why with what somebody should be able to do, unless they chose it.
    clauses = named or [one.finding for one in view.members if one.finding.kind is not FindingKind.CAPABILITY]
    if not clauses:
        return None
    likeness = Likeness([f"{source.name} {source.purpose} {source.post}", *(one.text for one in clauses)])
    # What is to be done speaks for it before a bare figure does.
    near = [likeness.between(0, at) * (_FIGURE if one.kind is FindingKind.TARGET else 1.0) for at, one in enumerate(clauses, 1)]
    return clauses[near.index(max(near))].id


def _draft(source: ProjectSource, finding_id: int) -> Draft:
    return Draft(
        name=source.name,
        purpose=source.purpose,
        finding_ids=(finding_id,),
        line=source.line,
        post=source.post,
        people=source.people,
        competencies=source.competencies,
        urgency=source.urgency,
        kind=source.kind,
    )
