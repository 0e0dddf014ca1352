"""The goals of a plan's projects: written, checked as they stand, submitted when they pass or with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast
from uuid import uuid4

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
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


STANDING_NAMES = {
    Standing.NONE: Message("还没有目标"),
    Standing.PROBLEMS: Message("有问题"),
    Standing.PASSES: Message("通过，待提交"),
    Standing.SUBMITTED: Message("已提交"),
    Standing.OVERRIDDEN: Message("例外已提交"),
}


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


@dataclass(frozen=True)
class Entered:
    """What somebody wrote as the goal of a project; `version` is the one that they saw, 0 for none."""

    project_id: int
    version: int
    draft: Draft


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


def judged(draft: Draft, project: ProjectView, known: Sequence[Indicator], showing: Collection[str] = ()) -> Verdict:
    """What the check says of a goal inside the product, where a project must also rest on a theme or on a measured gap.

    `showing` are the keys of indicators that show the project's competencies: a rewrite proposes them first.
    """
    shown = tuple(one for one in known if one.key in showing)
    verdict = _checked(draft.goal, tuple(known), f"{project.row.name}\n{project.row.line}\n{project.row.post}", shown)
    if project.theme is not None or project.gaps:
        return verdict
    said = Message(
        "项目“{project}”既没有战略主题，也没有要补的能力短板。请在战略传导项目里把它归入一个主题，或接上一条短板。",
        project=project.row.name,
    )
    return Verdict((Problem("", "no_gap_or_theme", said), *verdict.problems), verdict.suggestion)


def rejudged(view: GoalView, known: Mapping[Language, Sequence[Indicator]]) -> GoalView:
    """A goal as it is being written, with what the check says of it; `known` is what the bank measures, by language."""
    return replace(view, verdict=judged(view.draft, view.project, known[view.draft.language]))


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
    _save(db, actor, Entered(project_id, version, draft), _seen(db, actor, project_id, version))


def save_all(db: Session, actor: Actor, plan_id: int, entered: Sequence[Entered]) -> int:
    """Keep the goals of several projects of a plan, all of them or none, to be taken back together. Returns how many.

    Raises one `Conflict` that names every project whose goal somebody changed since, `BadInput` that names the project, `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    names = {one.id: one.row.name for one in projects.projects(db, actor, plan_id)}
    if lost := [one.project_id for one in entered if one.project_id not in names]:
        raise NotFound(Message("有 {n} 个项目已被撤回，请刷新后再改。", n=len(lost)))
    rows = repository.of_projects(db, [one.project_id for one in entered])
    behind = [one for one in entered if (row.version if (row := rows.get(one.project_id)) else 0) != one.version]
    if behind:
        listed = Message.listed(f"“{names[one.project_id]}”" for one in behind)
        raise Conflict(Message("{projects}的目标刚被别人修改过，什么都没有保存。请先看他们的内容，再决定保留谁的。", projects=listed))
    together = uuid4().hex
    for one in entered:
        try:
            _save(db, actor, one, rows.get(one.project_id), together)
        except BadInput as refused:
            raise BadInput(Message("“{project}”：{reason}", project=names[one.project_id], reason=refused.message)) from refused
    return len(entered)


def saved_together(db: Session, actor: Actor, plan_id: int) -> int:
    """How many goals the person's last common save in a plan changed, 0 where there is none that can be taken back."""
    changes = _together(db, actor, plan_id)
    return 0 if any(_changed_since(db, one) for one in changes) else len(changes)


def undo_together(db: Session, actor: Actor, plan_id: int) -> int:
    """Take back the person's last common save in a plan, all of it or nothing. Returns how many goals that touched.

    Raises `BadInput` where there is none, `Conflict` naming a goal that was changed since.
    """
    require(actor, Right.DECIDE_STRATEGY)
    changes = _together(db, actor, plan_id)
    if not changes:
        raise BadInput(Message("没有可以撤销的改动。"))
    for change in changes:
        row = _changed_since(db, change)
        if row is not None:
            name = projects.find(db, actor, row.project_id).row.name
            raise Conflict(Message("“{project}”的目标后来又被{who}改过，不能整批撤销。", project=name, who=row.changed_by))
    for change in changes:
        row = repository.goal(db, change.goal_id)
        assert row is not None
        _take_back(db, actor, row, change)
    return len(changes)


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
    _take_back(db, actor, row, change)


def _save(db: Session, actor: Actor, entered: Entered, row: ProjectGoal | None, together: str = "") -> None:
    draft = checked(entered.draft)
    before = None if row is None else _written(row, _lines(db, [row]).get(row.id or 0, ()))
    if row is None:
        row = ProjectGoal(project_id=entered.project_id)
        db.add(row)
    row.state, row.reason, row.problems, row.submitted_by, row.submitted_at = GoalState.DRAFT, "", [], "", None
    _write(db, actor, row, draft)
    _keep(db, actor, row, "saved", before, together)
    record(db, actor, "goal_saved", "project", entered.project_id)


def _together(db: Session, actor: Actor, plan_id: int) -> list[GoalChange]:
    found = repository.last_together(db, plan_id, actor.account_id)
    return repository.changes_together(db, found) if found else []


def _changed_since(db: Session, change: GoalChange) -> ProjectGoal | None:
    """The goal of a change, if it is not the last one any more."""
    row, last = repository.goal(db, change.goal_id), repository.last_change(db, change.goal_id)
    return None if row is None or (last is not None and last.id == change.id and change.made == row.version) else row


def _take_back(db: Session, actor: Actor, row: ProjectGoal, change: GoalChange) -> None:
    before, project_id = change.before, row.project_id
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
def _checked(goal: Goal, known: tuple[Indicator, ...], about: str, shown: tuple[Indicator, ...]) -> Verdict:
    return check(goal, known, about, shown)


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
    row.headcount, row.due_days, row.language, row.made_by = draft.headcount, draft.due_days, draft.language, draft.made_by
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


def _keep(db: Session, actor: Actor, row: ProjectGoal, action: str, before: dict[str, Any] | None, together: str = "") -> None:
    kept: dict[str, Any] = {"by": actor.account_id, "name": actor.name, "before": before, "made": row.version or 0}
    db.add(GoalChange(goal_id=row.id or 0, action=action, together=together, **kept))


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
    return Draft(row.pain_point, row.behaviour, ordered, row.headcount, row.due_days, cast(Language, row.language), row.made_by)


_TEXTS = ("pain_point", "behaviour", "headcount", "due_days", "language", "made_by", "reason", "problems", "submitted_by", "changed_by")


def _written(row: ProjectGoal, lines: Sequence[Line]) -> dict[str, Any]:
    """Everything of a goal as JSON, to be restored."""
    kept = [{**asdict(line.indicator), "kind": line.kind, "owner": line.owner, "weight": line.weight, "code": line.code} for line in lines]
    at = row.submitted_at.isoformat() if row.submitted_at else None
    return {**{name: getattr(row, name) for name in _TEXTS}, "state": row.state.value, "submitted_at": at, "indicators": kept}


def _restore(db: Session, row: ProjectGoal, before: dict[str, Any]) -> None:
    for name in _TEXTS:
        # What was kept before there was such a thing does not say.
        setattr(row, name, before.get(name, ""))
    row.state = GoalState(before["state"])
    row.submitted_at = datetime.fromisoformat(before["submitted_at"]) if before["submitted_at"] else None
    row.changed_at = now()
    db.flush()
    repository.drop_indicators(db, row.id or 0)
    for place, kept in enumerate(before["indicators"]):
        db.add(GoalIndicatorRow(goal_id=row.id or 0, place=place, **{**kept, "kind": Kind(kept["kind"])}))
