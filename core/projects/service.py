"""The training projects of a plan: made of accepted ideas, found, changed, withdrawn. A withdrawn project's idea waits again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.projects import repository
from core.projects.gaps import repository as gap_rows
from core.projects.tables import Project, ProjectState
from core.storage import Session, now
from core.strategy.ideas import repository as idea_rows
from core.strategy.ideas import service as ideas
from core.strategy.ideas.citing import Citations, Cited, cite
from core.strategy.ideas.draft import Draft, checked, require_purpose
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import Author, IdeaState
from core.strategy.themes import localisation
from core.strategy.themes import repository as theme_rows
from core.strategy.themes.localisation import Lack, LocalTheme
from core.strategy.themes.service import THEME_GONE, ThemeView

_GONE = Message("没有找到这个项目，它可能已被撤回。")


@dataclass(frozen=True)
class ProjectView:
    """A project as a reader sees it. `theme` None: it has none. `lack`: why its theme is still HQ's standard version. `gaps`:
    how many measured gaps it answers."""

    row: Project
    theme: ThemeView | None
    cited: Cited
    lack: Lack | None
    gaps: int = 0

    @property
    def id(self) -> int:
        """The project's number."""
        return self.row.id or 0


def projects(db: Session, actor: Actor, plan_id: int, local: Sequence[LocalTheme] | None = None) -> list[ProjectView]:
    """The plan's standing projects, oldest first. `local` are its themes, where they have been read already. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    rows = repository.projects(db, plan_id)
    return _views(db, actor, plan_id, rows, local) if rows else []


def find(db: Session, actor: Actor, project_id: int) -> ProjectView:
    """One standing project. Raises `NotFound`."""
    row = standing(db, actor, project_id)
    return _views(db, actor, row.plan_id, [row], None)[0]


def standing(db: Session, actor: Actor, project_id: int) -> Project:
    """The row of one standing project, without what it rests on. Raises `NotFound`."""
    row = repository.project(db, project_id)
    if row is None or row.state is not ProjectState.STANDING:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    return row


def accept(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> int:
    """Make projects of ideas, all of them or none. `versions` are those that the person saw. Returns how many.

    Raises `BadInput` for an idea without a purpose that rests on an accepted clause, `Conflict`, `NotFound`.
    """
    rows = [row for row in ideas.chosen(db, actor, plan_id, versions) if row.state is not IdeaState.ACCEPTED]
    citations = Citations(db, actor, plan_id, (one for row in rows for one in (*row.finding_ids, *row.rests_on)))
    themes = {one.view.id for one in localisation.local_themes(db, actor, plan_id)}
    for row in rows:
        _check(row, citations.of(row.finding_ids, row.rests_on), themes)
    ideas.settle(db, actor, plan_id, rows, IdeaState.ACCEPTED, "accepted")
    earlier = {one.idea_id: one for one in repository.of_ideas(db, [row.id or 0 for row in rows])}
    for row in rows:
        # A project that was withdrawn since stands again, with its goal and its gaps.
        made = earlier.get(row.id) or Project(plan_id=plan_id, idea_id=row.id, created_by=actor.account_id, **_columns(row))
        if made.changed_at is None:
            # What people wrote in it is not written over by the idea.
            for name, value in _columns(row).items():
                setattr(made, name, value)
        made.state = ProjectState.STANDING
        db.add(made)
        db.flush()
        record(db, actor, "project_created", "project", made.id, idea=row.id)
    return len(rows)


def create(db: Session, actor: Actor, plan_id: int, draft: Draft, theme_id: int) -> int:
    """A project as a person writes it, for a theme; its idea is made with it, and undone like any other. Returns the project's number.

    Raises `BadInput` without a purpose that rests on an accepted clause, `NotFound` where the theme is gone.
    """
    return create_all(db, actor, plan_id, [(theme_id, draft)])[0]


def create_all(db: Session, actor: Actor, plan_id: int, wanted: Sequence[tuple[int, Draft]]) -> list[int]:
    """Several of these, all of them or none: each with its theme. One `undo` takes all of them back; their ideas wait then."""
    made = [ideas.add(db, actor, plan_id, theme_id, draft) for theme_id, draft in wanted]
    versions = {row.id or 0: row.version or 0 for row in idea_rows.some(db, plan_id, made)}
    accept(db, actor, plan_id, versions)
    by_idea = {row.idea_id: row.id or 0 for row in repository.of_ideas(db, made)}
    return [by_idea[idea_id] for idea_id in made]


def change(db: Session, actor: Actor, project_id: int, version: int, draft: Draft) -> None:
    """Rename or rewrite a project. `version` is the one the person saw. Raises `BadInput`, `Conflict`, `NotFound`."""
    row = _seen(db, actor, project_id, version)
    draft = checked(draft)
    cited = cite(db, actor, row.plan_id, draft.finding_ids)
    require_purpose(draft.purpose, len(cited.clauses))
    if draft.purpose != row.purpose:
        row.purpose_author, row.purpose_by = Author.PERSON, ideas.PERSON
    row.rests_on = sorted({*row.rests_on, *row.finding_ids})
    row.name, row.purpose, row.finding_ids = draft.name, draft.purpose, list(draft.finding_ids)
    row.line, row.post, row.people = draft.line, draft.post, None if draft.people is None else int(draft.people)
    row.competencies, row.urgency, row.kind = list(draft.competencies), draft.urgency, draft.kind
    row.changed_at = now()
    record(db, actor, "project_changed", "project", project_id)


def put_under(db: Session, actor: Actor, project_id: int, version: int, theme_id: int) -> None:
    """Give a project a theme of its plan: one that came from an earlier year, or whose theme was deleted, has none to take clauses from.

    `version` is the one the person saw. Raises `Conflict`, `NotFound`.
    """
    row = _seen(db, actor, project_id, version)
    if theme_id not in {one.id for one in theme_rows.themes(db, row.plan_id)}:
        raise NotFound(THEME_GONE)
    row.theme_id, row.changed_at = theme_id, now()
    record(db, actor, "project_changed", "project", project_id, theme=theme_id)


def withdraw(db: Session, actor: Actor, project_id: int, version: int) -> None:
    """Take a project back: its idea waits again. `undo` takes the withdrawal back. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, project_id, version)
    row.state = ProjectState.WITHDRAWN
    idea = idea_rows.some(db, row.plan_id, [row.idea_id]) if row.idea_id is not None else []
    if idea:
        ideas.settle(db, actor, row.plan_id, idea, IdeaState.PENDING, "withdrawn")
    record(db, actor, "project_withdrawn", "project", project_id)


def undo(db: Session, actor: Actor, plan_id: int) -> int:
    """Take back this person's last action on the plan's ideas; projects follow their ideas. Returns how many ideas that touched.

    Raises `BadInput` when there is nothing to undo, `Conflict` when somebody has changed an idea or its project since.
    """
    rows = ideas.undo(db, actor, plan_id)
    made: dict[int, Project] = {one.idea_id or 0: one for one in repository.of_ideas(db, [row.id or 0 for row in rows])}
    for row in rows:
        project = made.get(row.id or 0)
        accepted = row.state is IdeaState.ACCEPTED
        if project is None or accepted is (project.state is ProjectState.STANDING):
            continue
        if not accepted and project.changed_at is not None:
            raise Conflict(Message("“{project}”成为项目后又被修改过，不能整体撤销。请在项目里撤回。", project=project.name))
        project.state = ProjectState.STANDING if accepted else ProjectState.WITHDRAWN
        record(db, actor, "project_restored" if accepted else "project_withdrawn", "project", project.id)
    return len(rows)


def _views(db: Session, actor: Actor, plan_id: int, rows: Sequence[Project], local: Sequence[LocalTheme] | None) -> list[ProjectView]:
    themes = {one.view.id: one for one in (localisation.local_themes(db, actor, plan_id) if local is None else local)}
    read = (member.finding for one in themes.values() for member in one.view.members)
    citations = Citations(db, actor, plan_id, (one for row in rows for one in (*row.finding_ids, *row.rests_on)), read)
    answered = gap_rows.counts(db, [row.id or 0 for row in rows])
    found = []
    for row in rows:
        theme = themes.get(row.theme_id or 0)
        cited = citations.of(row.finding_ids, row.rests_on)
        found.append(ProjectView(row, theme.view if theme else None, cited, theme.lack if theme else None, answered.get(row.id or 0, 0)))
    return found


def _check(row: IdeaRow, cited: Cited, themes: set[int]) -> None:
    if row.theme_id not in themes:
        raise BadInput(Message("“{idea}”的主题已被删除，不能采纳。", idea=row.name))
    if cited.lost or cited.withheld:
        raise BadInput(Message("“{idea}”有一条依据已不在采纳之列，或不对您开放，请先修改依据。", idea=row.name))
    try:
        require_purpose(row.purpose, len(cited.clauses))
    except BadInput as lacking:
        raise BadInput(Message("“{idea}”：{lacking}", idea=row.name, lacking=lacking.message)) from lacking


_OF_AN_IDEA = ("theme_id", "name", "purpose", "line", "post", "people", "urgency", "kind", "origin", "purpose_author", "purpose_by")
_LISTS_OF_AN_IDEA = ("finding_ids", "rests_on", "competencies")


def _columns(row: IdeaRow) -> dict[str, Any]:
    """What a project takes over from its idea."""
    lists = {name: list(getattr(row, name)) for name in _LISTS_OF_AN_IDEA}
    return {name: getattr(row, name) for name in _OF_AN_IDEA} | lists


def _seen(db: Session, actor: Actor, project_id: int, version: int) -> Project:
    require(actor, Right.DECIDE_STRATEGY)
    row = standing(db, actor, project_id)
    if row.version != version:
        raise Conflict(Message("“{project}”刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。", project=row.name))
    return row
