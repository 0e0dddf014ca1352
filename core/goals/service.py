"""The goals of a plan's projects: written, checked as they stand, submitted when they pass or with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict
from core.goals import repository
from core.goals.checking.verdict import Problem, Verdict
from core.goals.draft import Draft, Line, checked
from core.goals.goal import Goal, GoalIndicator, Kind, KirkpatrickLevel, Operator
from core.goals.rewriting import check
from core.goals.tables import GoalChange, GoalIndicatorRow, GoalState, ProjectGoal
from core.i18n import Language, Message
from core.plans import service as plans
from core.projects import service as projects
from core.projects.service import ProjectView
from core.storage import Session, now
from core.strategy.environment import service as environment
from core.strategy.environment.indicators import Indicator

LONGEST_REASON = 300


class Standing(StrEnum):
    """How the goal of a project stands."""

    NONE = "none"
    PROBLEMS = "problems"
    PASSES = "passes"
    SUBMITTED = "submitted"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class GoalView:
    """A project with its goal as a reader sees it: what is written, and what the check says of it. `row` None: no goal yet."""

    project: ProjectView
    row: ProjectGoal | None
    draft: Draft
    verdict: Verdict

    @property
    def version(self) -> int:
        """The version that the reader saw, 0 where there is no goal."""
        return (self.row.version or 0) if self.row else 0

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.row is None:
            return Standing.NONE
        if self.row.state is not GoalState.DRAFT:
            return Standing(self.row.state.value)
        return Standing.PASSES if self.verdict.acceptable else Standing.PROBLEMS


def goals(db: Session, actor: Actor, plan_id: int, made: Sequence[ProjectView] | None = None) -> list[GoalView]:
    """The plan's standing projects with their goals, oldest first; `made` are the projects, where they have been read already.

    Raises `NotFound`.
    """
    return _views(db, actor, projects.projects(db, actor, plan_id) if made is None else made)


def find(db: Session, actor: Actor, project_id: int) -> GoalView:
    """One project with its goal. Raises `NotFound`."""
    return _views(db, actor, [projects.find(db, actor, project_id)])[0]


def library(db: Session, actor: Actor, language: Language) -> list[Indicator]:
    """What the bank measures, without what it has put away."""
    return [one for one in environment.indicators(db, actor, language) if not one.archived]


def judged(draft: Draft, project: ProjectView, known: Sequence[Indicator]) -> Verdict:
    """What the check says of a goal inside the product, where a project must also rest on a theme."""
    verdict = _checked(draft.goal, tuple(known), f"{project.row.name}\n{project.row.line}\n{project.row.post}")
    if project.theme is not None:
        return verdict
    said = Message("项目“{project}”没有挂在任何战略主题或能力短板上。请先在战略传导项目里说清它从哪里来。", project=project.row.name)
    return Verdict((Problem("", "no_gap_or_theme", said), *verdict.problems), verdict.suggestion)


def earlier(db: Session, actor: Actor, plan_id: int) -> list[GoalView]:
    """The goals of the unit's earlier plans, latest first: what this year's may be copied from."""
    plan = plans.find(db, actor, plan_id)
    before = [one for one in plans.plans(db, actor) if one.unit == plan.unit and one.year < plan.year]
    found = [view for one in sorted(before, key=lambda one: -one.year) for view in goals(db, actor, one.id or 0)]
    return [view for view in found if view.row is not None]


def copied(view: GoalView, plan_id: int) -> Draft:
    """What a goal gives to another: all of it within a plan; from an earlier year without the baselines, which were that year's."""
    if view.project.row.plan_id == plan_id:
        return view.draft
    lines = tuple(replace(line, indicator=replace(line.indicator, baseline=None)) for line in view.draft.lines)
    return replace(view.draft, lines=lines)


def save(db: Session, actor: Actor, project_id: int, version: int, draft: Draft) -> None:
    """Keep what was written. `version` is the one that the person saw, 0 for none. A submitted goal becomes a draft again.

    Raises `BadInput`, `Conflict` when somebody changed it since, `NotFound`.
    """
    row = _seen(db, actor, project_id, version)
    draft = checked(draft)
    before = None if row is None else _written(row, _lines(db, [row]).get(row.id or 0, ()))
    if row is None:
        row = ProjectGoal(project_id=project_id)
        db.add(row)
    row.state, row.reason, row.problems, row.submitted_by, row.submitted_at = GoalState.DRAFT, "", [], "", None
    _write(db, actor, row, draft)
    _keep(db, actor, row, "saved", before)
    record(db, actor, "goal_saved", "project", project_id)


def submit(db: Session, actor: Actor, project_id: int, version: int, reason: str = "") -> None:
    """Submit a goal that passes, or one that does not with the reason why it stands all the same, which is kept and listed.

    Raises `BadInput` when it has problems and no reason, `Conflict`, `NotFound`.
    """
    row = _seen(db, actor, project_id, version)
    if row is None:
        raise BadInput(Message("这个项目还没有目标，请先写目标并保存。"))
    found = find(db, actor, project_id).verdict.problems
    reason = reason.strip()
    if found and not reason:
        raise BadInput(Message("目标还有 {n} 个问题，不能提交。请逐条改好，或写明理由后例外提交。", n=len(found)))
    if len(reason) > LONGEST_REASON:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=reason[:12], most=LONGEST_REASON))
    before = _written(row, _lines(db, [row]).get(row.id or 0, ()))
    row.state = GoalState.OVERRIDDEN if found else GoalState.SUBMITTED
    row.reason, row.problems = (reason, [one.rule for one in found]) if found else ("", [])
    row.submitted_by, row.submitted_at = actor.name, now()
    db.flush()
    _keep(db, actor, row, "submitted", before)
    if found:
        record(db, actor, "goal_overridden", "project", project_id, rules=row.problems)
    else:
        record(db, actor, "goal_submitted", "project", project_id)


def reopen(db: Session, actor: Actor, project_id: int, version: int) -> None:
    """Take a submission back: the goal is a draft again. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, project_id, version)
    if row is None or row.state is GoalState.DRAFT:
        raise Conflict(Message("这个目标没有提交，不用撤回。"))
    before = _written(row, _lines(db, [row]).get(row.id or 0, ()))
    row.state, row.reason, row.problems, row.submitted_by, row.submitted_at = GoalState.DRAFT, "", [], "", None
    db.flush()
    _keep(db, actor, row, "reopened", before)
    record(db, actor, "goal_reopened", "project", project_id)


def undo(db: Session, actor: Actor, project_id: int) -> None:
    """Take back the last change of a goal, if it was this person's. Raises `BadInput` where there is none, `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    projects.find(db, actor, project_id)
    row = repository.of_project(db, project_id)
    change = repository.last_change(db, row.id or 0) if row else None
    if row is None or change is None:
        raise BadInput(Message("没有可以撤销的改动。"))
    if change.by != actor.account_id or change.made != row.version:
        raise Conflict(Message("这个目标后来又被{who}改过，不能撤销。", who=row.changed_by or change.name))
    before = change.before
    db.delete(change)
    if before is None:
        db.delete(row)
    else:
        _restore(db, row, before)
        db.flush()
        # The change before this one can be taken back next.
        earlier = repository.last_change(db, row.id or 0)
        if earlier is not None:
            earlier.made = row.version or 0
    record(db, actor, "goal_undone", "project", project_id)


@lru_cache(maxsize=512)
def _checked(goal: Goal, known: tuple[Indicator, ...], about: str) -> Verdict:
    return check(goal, known, about)


def _views(db: Session, actor: Actor, made: Sequence[ProjectView]) -> list[GoalView]:
    rows = repository.of_projects(db, [one.id for one in made])
    lines = _lines(db, rows.values())
    known: dict[str, list[Indicator]] = {}
    found = []
    for project in made:
        row = rows.get(project.id)
        draft = _draft(row, lines.get(row.id or 0, ())) if row else Draft(headcount=project.row.people)
        if draft.language not in known:
            known[draft.language] = library(db, actor, draft.language)
        verdict = judged(draft, project, known[draft.language]) if row else Verdict(())
        found.append(GoalView(project, row, draft, verdict))
    return found


def _seen(db: Session, actor: Actor, project_id: int, version: int) -> ProjectGoal | None:
    require(actor, Right.DECIDE_STRATEGY)
    project = projects.standing(db, actor, project_id)
    row = repository.of_project(db, project_id)
    if (row.version if row else 0) != version:
        raise Conflict(Message("“{project}”的目标刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。", project=project.name))
    return row


def _write(db: Session, actor: Actor, row: ProjectGoal, draft: Draft) -> None:
    row.pain_point, row.behaviour = draft.pain_point, draft.behaviour
    row.headcount, row.due_days, row.language = draft.headcount, draft.due_days, draft.language
    # Indicators have no version of their own: the goal is touched whenever one of them changes.
    row.changed_by, row.changed_at = actor.name, now()
    db.flush()
    repository.drop_indicators(db, row.id or 0)
    for place, line in enumerate(draft.lines):
        facts = asdict(line.indicator)
        facts["level"] = int(line.indicator.level) if line.indicator.level else None
        kept: dict[str, Any] = {"kind": line.kind, "owner": line.owner, "weight": line.weight, "code": line.code}
        db.add(GoalIndicatorRow(goal_id=row.id or 0, place=place, **facts, **kept))
    db.flush()


def _keep(db: Session, actor: Actor, row: ProjectGoal, action: str, before: dict[str, Any] | None) -> None:
    db.add(GoalChange(goal_id=row.id or 0, action=action, by=actor.account_id, name=actor.name, before=before, made=row.version or 0))


def _lines(db: Session, rows: Iterable[ProjectGoal]) -> dict[int, tuple[Line, ...]]:
    ids = [row.id or 0 for row in rows]
    found: dict[int, tuple[Line, ...]] = {}
    for one in repository.indicators(db, ids) if ids else ():
        found[one.goal_id] = (*found.get(one.goal_id, ()), _line(vars(one)))
    return found


def _line(kept: dict[str, Any]) -> Line:
    level = KirkpatrickLevel(kept["level"]) if kept["level"] else None
    figures = {name: kept[name] for name in ("name", "value", "unit", "baseline", "per_head", "source")}
    indicator = GoalIndicator(operator=cast(Operator, kept["operator"]), level=level, **figures)
    return Line(Kind(kept["kind"]), indicator, kept["owner"], kept["weight"], kept["code"])


def _draft(row: ProjectGoal, lines: tuple[Line, ...]) -> Draft:
    # Process before performance, as the check counts them.
    ordered = tuple(line for kind in Kind for line in lines if line.kind is kind)
    return Draft(row.pain_point, row.behaviour, ordered, row.headcount, row.due_days, cast(Language, row.language))


_TEXTS = ("pain_point", "behaviour", "headcount", "due_days", "language", "reason", "problems", "submitted_by", "changed_by")


def _written(row: ProjectGoal, lines: Sequence[Line]) -> dict[str, Any]:
    """Everything of a goal as JSON, to be restored."""
    kept = [{**asdict(line.indicator), "kind": line.kind, "owner": line.owner, "weight": line.weight, "code": line.code} for line in lines]
    at = row.submitted_at.isoformat() if row.submitted_at else None
    return {**{name: getattr(row, name) for name in _TEXTS}, "state": row.state.value, "submitted_at": at, "indicators": kept}


def _restore(db: Session, row: ProjectGoal, before: dict[str, Any]) -> None:
    for name in _TEXTS:
        setattr(row, name, before[name])
    row.state = GoalState(before["state"])
    row.submitted_at = datetime.fromisoformat(before["submitted_at"]) if before["submitted_at"] else None
    row.changed_at = now()
    db.flush()
    repository.drop_indicators(db, row.id or 0)
    for place, kept in enumerate(before["indicators"]):
        db.add(GoalIndicatorRow(goal_id=row.id or 0, place=place, **{**kept, "kind": Kind(kept["kind"])}))
