"""Needs become a project of the plan, or part of one: suggested by likeness, chosen by a person, taken back as a whole.

The words of each need stay with it; the project only says which needs are behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.goals import repository as goal_rows
from core.goals.needs import repository
from core.goals.needs.history import Action, take_back
from core.goals.needs.service import NeedView, chosen, undoable, views_of
from core.goals.needs.similar import Group, Said, groups
from core.goals.needs.tables import NeedAction, NeedRow
from core.goals.needs.terms import NeedState
from core.i18n import Language, Message
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects import service as projects
from core.projects.tables import ProjectState
from core.storage import Session
from core.strategy.ideas.draft import LONGEST_NAME, Draft
from core.strategy.ideas.gathering import theme_given
from core.strategy.ideas.material import PostGiven
from core.strategy.ideas.proposing import clauses_for
from core.strategy.ideas.terms import ProjectKind, Urgency
from core.strategy.ideas.wording import purpose
from core.strategy.themes.likeness import Likeness
from core.strategy.themes.localisation import LocalTheme

_MOST_COMPETENCIES = 6
_URGENT_FIRST = (Urgency.HIGH, Urgency.MEDIUM, Urgency.LOW)


def suggested(views: Sequence[NeedView]) -> list[Group]:
    """Groups of the needs that wait, which read alike; the largest first."""
    waiting = sorted((view.row for view in views if view.state is NeedState.FILED), key=lambda row: row.id or 0)
    return _groups(tuple(Said(row.id or 0, row.problem, row.behaviour, row.competency, row.post) for row in waiting))


def nearest(themes: Sequence[LocalTheme], views: Sequence[NeedView]) -> int | None:
    """The theme whose findings read most like the needs; None where no word is shared."""
    said = " ".join(f"{view.row.problem} {view.row.behaviour} {view.row.competency} {view.row.post}" for view in views)
    texts = [" ".join([one.view.theme.name, *(member.finding.text for member in one.view.members)]) for one in themes]
    near = Likeness([said, *texts]).to_others(0)
    best = max(near, key=lambda place: (near[place], -place), default=None)
    return themes[best - 1].view.id if best else None


def proposed(theme: LocalTheme, views: Sequence[NeedView], year: int, language: Language) -> Draft:
    """The project that these needs speak for, in a theme: its purpose quotes a clause of the theme, as that of an idea does, and is
    empty where the theme has none."""
    rows = [view.row for view in views]
    post = _commonest(row.post for row in rows)
    competencies = [name for name, _ in Counter(row.competency for row in rows if row.competency).most_common(_MOST_COMPETENCIES)]
    given = theme_given(theme)
    clauses = clauses_for(given, PostGiven(0, "", post), competencies, year)
    heads = [row.people for row in rows if row.people is not None]
    between = " · " if language == "zh" else ": "
    return Draft(
        name=f"{post}{between}{competencies[0] if competencies else given.name}"[:LONGEST_NAME],
        purpose=purpose(clauses[0], post, competencies, given.name, language) if clauses else "",
        finding_ids=tuple(one.id for one in clauses),
        line="",
        post=post,
        people=sum(heads) if heads else None,
        competencies=tuple(competencies),
        urgency=min((row.urgency for row in rows), key=_URGENT_FIRST.index),
        kind=_kind(rows),
    )


def into_new(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int], theme_id: int, draft: Draft) -> int:
    """Make one project of needs. `versions` are those that the person saw. Returns the project's id.

    Raises `BadInput` for needs that do not wait, and like `projects.create`; `Conflict`, `NotFound`.
    """
    rows = _waiting(db, actor, plan_id, versions)
    project_id = projects.create(db, actor, plan_id, draft, theme_id)
    _merge(db, actor, plan_id, rows, project_id, made=project_id)
    return project_id


def into(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int], project_id: int) -> int:
    """Add needs to a standing project, which itself is not changed. Returns how many. Raises `BadInput`, `Conflict`, `NotFound`."""
    rows = _waiting(db, actor, plan_id, versions)
    if projects.standing(db, actor, project_id).plan_id != plan_id:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    _merge(db, actor, plan_id, rows, project_id, made=None)
    return len(rows)


def undo(db: Session, actor: Actor, plan_id: int) -> int:
    """Take back this person's last action on the plan's needs; a project that it made is withdrawn. Returns how many needs that touched.

    Raises `BadInput` when there is nothing to undo, `Conflict` when somebody went on with one of the needs or with the project.
    """
    require(actor, Right.FILE_NEEDS)
    plans.find(db, actor, plan_id)
    action = undoable(db, actor, plan_id)
    touched = repository.changes(db, action.id or 0) if action else []
    rows = take_back(db, action)
    if action is not None and action.project_id is not None:
        _take_back_project(db, actor, action, {change.need_id for change in touched})
    record(db, actor, "needs_undone", "plan", plan_id, undone=action.action if action else "", number=len(touched))
    return max(len(rows), len(touched))


@lru_cache(maxsize=16)
def _groups(said: tuple[Said, ...]) -> list[Group]:
    return groups(said)


def _waiting(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> list[NeedRow]:
    require(actor, Right.DECIDE_STRATEGY)
    rows = chosen(db, actor, plan_id, versions)
    if not rows:
        raise BadInput(Message("请先选要归并的需求。"))
    for view in views_of(db, plan_id, rows):
        if view.state is not NeedState.FILED:
            raise BadInput(Message("“{problem}…”不在待归并之列（是草稿、已搁置或已并入项目），请重新选择。", problem=view.row.problem[:12]))
    return rows


def _merge(db: Session, actor: Actor, plan_id: int, rows: list[NeedRow], project_id: int, *, made: int | None) -> None:
    done = Action(plan_id, actor, "merged", rows)
    for row in rows:
        row.state, row.project_id, row.reason = NeedState.MERGED, project_id, ""
    done.write(db, project_id=made)
    record(db, actor, "needs_merged", "project", project_id, needs=[row.id for row in rows])


def _take_back_project(db: Session, actor: Actor, action: NeedAction, restored: set[int]) -> None:
    project = project_rows.project(db, action.project_id or 0)
    if project is None or project.state is not ProjectState.STANDING:
        return
    joined = set(repository.in_project(db, project.id or 0)) - restored
    if project.changed_at is not None or joined or goal_rows.of_project(db, project.id or 0) is not None:
        raise Conflict(
            Message("归并出的项目“{project}”后来又改过、写了目标或并入了别的需求，不能整体撤销。请在项目里撤回。", project=project.name)
        )
    projects.withdraw(db, actor, project.id or 0, project.version or 0)


def _commonest(names: Iterable[str]) -> str:
    counted = Counter(name for name in names if name).most_common(1)
    return counted[0][0] if counted else ""


def _kind(rows: Sequence[NeedRow]) -> ProjectKind:
    """The queue of most of them; what is lacking now goes first where they are as many."""
    urgent = sum(row.kind is ProjectKind.PROBLEM_DRIVEN for row in rows)
    return ProjectKind.PROBLEM_DRIVEN if urgent * 2 >= len(rows) else ProjectKind.PRE_EMPTIVE
