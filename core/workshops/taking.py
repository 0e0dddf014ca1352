"""A finished board's results into the plan: proposed here, taken over one by one when the planner says so, and taken back again.

What was taken over keeps where it came from: the board, how many said so of how many, the day, and what stood there before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from uuid import uuid4

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.goals import service as goals
from core.goals.needs import repository as need_rows
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.i18n import Language, Message
from core.projects import repository as project_rows
from core.projects import service as projects
from core.projects.tables import Project
from core.storage import Session, now
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import Urgency
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes
from core.workshops import repository
from core.workshops.results import Result
from core.workshops.service import find
from core.workshops.snapshot import RoundView, Snapshot
from core.workshops.tables import Taken
from core.workshops.terms import BoardState, RoundKind, Target

# So many of those who took part make a project urgent, or not one that can wait.
URGENT_FROM, MIDDLE_FROM = 2 / 3, 1 / 3
_WHOLE = 100
_GONE = Message("没有找到这条结果。请刷新后再选。")
_SINCE = Message("“{name}”写入后又被修改过，没有撤销，以免覆盖后来的改动。请到它自己的页面改。")


@dataclass(frozen=True)
class Weighing:
    """What a theme would weigh: `points` of its round are `after`, in place of `before`. `version` is the theme's."""

    item_id: int
    theme_id: int
    name: str
    points: int
    before: float
    after: float
    version: int


@dataclass(frozen=True)
class Ranking:
    """How urgent a project would be: `score` of those who took part would pay for it. `version` is the project's."""

    item_id: int
    project_id: int
    name: str
    score: int
    share: float
    cost: float
    before: Urgency
    after: Urgency
    version: int


@dataclass(frozen=True)
class Origin:
    """Where something of the plan comes from."""

    board: str
    board_id: int
    row: Taken

    @property
    def said(self) -> Message:
        """That in words."""
        return Message(
            "来自共创“{board}”（{day}），{guests} 人参与，{voices} 人的意见支持",
            board=self.board,
            day=self.row.taken_at.date().isoformat(),
            guests=self.row.guests,
            voices=self.row.voices,
        )


def weighings(db: Session, actor: Actor, plan_id: int, board_id: int) -> dict[int, list[Weighing]]:
    """What the themes of each vote would weigh, by round. Themes outside it keep their weight; those inside share what these leave of 100
    by points. Nothing where no point was given. Needs `RUN_WORKSHOPS`. Raises `NotFound`.
    """
    rounds = find(db, actor, plan_id, board_id).rounds
    return {view.id: _weighings(db, plan_id, view) for view in rounds if view.row.kind is RoundKind.VOTE}


def _weighings(db: Session, plan_id: int, view: RoundView) -> list[Weighing]:
    standing = {row.id: row for row in theme_rows.themes(db, plan_id)}
    results = [one for one in view.outcome.results if one.item.subject_id in standing]
    points = [one.score for one in results]
    if not sum(points):
        return []
    inside = {one.item.subject_id for one in results}
    left = max(0.0, _WHOLE - sum(row.weight for number, row in standing.items() if number not in inside))
    found = []
    for one, after in zip(results, shared(points, left), strict=True):
        row = standing[one.item.subject_id]
        found.append(Weighing(one.id, row.id or 0, row.name, one.score, row.weight, after, row.version or 0))
    return found


def shared(points: Sequence[int], whole: float) -> list[float]:
    """`whole` in the proportions of `points`, in tenths that sum to it exactly (largest remainder)."""
    total, tenths = sum(points), int(Decimal(str(whole)).scaleb(1).to_integral_value(ROUND_DOWN))
    if not total:
        return [0.0] * len(points)
    parts = [divmod(one * tenths, total) for one in points]
    given = [part for part, _rest in parts]
    for place in sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[: tenths - sum(given)]:
        given[place] += 1
    return [one / 10 for one in given]


def take_weights(db: Session, actor: Actor, plan_id: int, board_id: int, round_id: int, versions: Mapping[int, int]) -> int:
    """Let the vote's weights be the themes', all of them. `versions` are those of the themes that the person saw. Returns how many.

    Needs `DECIDE_STRATEGY`. Raises `BadInput` for a board that is not closed, `Conflict`, `NotFound`.
    """
    view = _round(_closed(db, actor, plan_id, board_id), round_id, RoundKind.VOTE)
    wanted = _weighings(db, plan_id, view)
    if not wanted or {one.theme_id: one.version for one in wanted} != dict(versions):
        raise Conflict(Message("主题刚被别人修改过，权重没有改动。请看过最新内容再接受。"))
    voiced = {one.id: one for one in view.outcome.results}
    batch = uuid4().hex
    for one in wanted:
        row = theme_rows.theme(db, one.theme_id)
        assert row is not None
        themes.change(db, actor, one.theme_id, one.version, replace(themes.draft_of(row), weight=one.after))
        db.flush()
        kept = _taken(board_id, view, voiced[one.item_id], Target.THEME, one.theme_id)
        kept.before, kept.now_is, kept.after, kept.batch = f"{one.before:g}", f"{one.after:g}", row.version or 0, batch
        # Points are not people: who gave any supports the theme.
        kept.voices = voiced[one.item_id].voices
        _keep(db, actor, kept)
    return len(wanted)


def rankings(db: Session, actor: Actor, plan_id: int, board_id: int) -> dict[int, list[Ranking]]:
    """How urgent the projects of each ranking would be, by round: urgent what two thirds would pay for, to be put off what not even a
    third would. Nothing where nobody chose. Needs `RUN_WORKSHOPS`. Raises `NotFound`.
    """
    rounds = find(db, actor, plan_id, board_id).rounds
    return {view.id: _rankings(db, plan_id, view) for view in rounds if view.row.kind is RoundKind.RANK}


def _rankings(db: Session, plan_id: int, view: RoundView) -> list[Ranking]:
    standing = {row.id or 0: row for row in project_rows.projects(db, plan_id)}
    found = []
    for one in view.outcome.results:
        row = standing.get(one.item.subject_id or 0)
        if row is not None and one.share is not None:
            after = Urgency.HIGH if one.share >= URGENT_FROM else Urgency.MEDIUM if one.share >= MIDDLE_FROM else Urgency.LOW
            cost = one.item.cost or 0.0
            found.append(Ranking(one.id, row.id or 0, row.name, one.score, one.share, cost, row.urgency, after, row.version or 0))
    return found


def take_urgency(db: Session, actor: Actor, plan_id: int, board_id: int, round_id: int, wanted: Mapping[int, tuple[int, Urgency]]) -> int:
    """Let projects be as urgent as the planner says: by number, with the version that they saw. Returns how many changed.

    Needs `DECIDE_STRATEGY`. Raises `BadInput` for a board that is not closed, `Conflict`, `NotFound`.
    """
    view = _round(_closed(db, actor, plan_id, board_id), round_id, RoundKind.RANK)
    known = {one.item.subject_id: one for one in view.outcome.results}
    batch, changed = uuid4().hex, 0
    for project_id, (version, urgency) in wanted.items():
        if project_id not in known:
            raise NotFound(_GONE)
        row = projects.standing(db, actor, project_id)
        before = row.urgency
        projects.change(db, actor, project_id, version, replace(_draft(row), urgency=urgency))
        db.flush()
        kept = _taken(board_id, view, known[project_id], Target.PROJECT, project_id)
        kept.before, kept.now_is, kept.after, kept.batch = before.value, urgency.value, row.version or 0, batch
        _keep(db, actor, kept)
        changed += 1
    return changed


def take_need(
    db: Session, actor: Actor, plan_id: int, board_id: int, item_id: int, unit: str, post: str, problem: str, language: Language
) -> int:
    """File a pain point as a unit's need, in the planner's words, with its origin as evidence. Returns the need's number.

    Needs `DECIDE_STRATEGY`. Raises `BadInput` for a board that is not closed or a need that lacks something, `NotFound`.
    """
    found = _closed(db, actor, plan_id, board_id)
    view, result = _result(found, item_id, RoundKind.PAIN)
    kept = _taken(board_id, view, result, Target.NEED, 0)
    evidence = Origin(found.board.title, board_id, kept).said.render(language)
    kept.target_id = needs.add(db, actor, plan_id, unit, NeedDraft(problem=problem, post=post, evidence=evidence[:300]))
    row = need_rows.need(db, kept.target_id)
    assert row is not None
    kept.now_is, kept.after = row.problem[:500], row.version or 0
    _keep(db, actor, kept)
    return kept.target_id


def take_goal(db: Session, actor: Actor, plan_id: int, board_id: int, item_id: int, project_id: int, version: int, text: str) -> None:
    """Let a pain point be the pain point of a project's goal, or a rewrite its behaviour. The goal is a draft then, to be checked and
    submitted like any other. `version` is the goal's that the person saw, 0 for none.

    Needs `DECIDE_STRATEGY`. Raises `BadInput` for a board that is not closed, `Conflict`, `NotFound`.
    """
    found = _closed(db, actor, plan_id, board_id)
    view, result = _result(found, item_id, None)
    goal = goals.find(db, actor, project_id)
    if goal.project.row.plan_id != plan_id or not text.strip():
        raise NotFound(_GONE)
    pain = view.row.kind is RoundKind.PAIN
    before = goal.draft.pain_point if pain else goal.draft.behaviour
    changed = replace(goal.draft, pain_point=text.strip()) if pain else replace(goal.draft, behaviour=text.strip())
    goals.save(db, actor, project_id, version, changed)
    db.flush()
    kept = _taken(board_id, view, result, Target.GOAL, project_id)
    kept.before, kept.now_is, kept.after = before[:500], text.strip()[:500], goals.find(db, actor, project_id).version
    if not pain:
        # Those who proposed a rewrite support it; how many agreed with the goal as it was says nothing of this one.
        kept.voices = sum(1 for one in result.rewrites if not one.hidden and one.text == text.strip()) or 1
    _keep(db, actor, kept)


def taken(db: Session, actor: Actor, plan_id: int, board_id: int) -> list[tuple[Taken, str]]:
    """What the plan took over from a board, the newest first, each with the name of what it went into. Needs `RUN_WORKSHOPS`."""
    find(db, actor, plan_id, board_id)
    return [(row, _name(db, row)) for row in repository.taken(db, board_id)]


def origins(db: Session, actor: Actor, plan_id: int, target: Target) -> dict[int, Origin]:
    """Where the plan's targets of a kind come from, those that a board gave something: the latest by number. Needs `READ_PLANS`."""
    require(actor, Right.READ_PLANS)
    found: dict[int, Origin] = {}
    for row, board in repository.standing(db, plan_id, target):
        found.setdefault(row.target_id, Origin(board.title, board.id or 0, row))
    return found


def note_exported(db: Session, actor: Actor, plan_id: int, board_id: int) -> None:
    """The results were taken away as a file. Needs `RUN_WORKSHOPS`. Raises `NotFound`."""
    find(db, actor, plan_id, board_id)
    record(db, actor, "workshop_exported", "workshop_board", board_id)


def undo(db: Session, actor: Actor, plan_id: int, taken_id: int) -> int:
    """Take back what was taken over, with all that was taken over in the same act. Returns how many.

    Needs `DECIDE_STRATEGY`. Raises `Conflict` where one of them was changed since: then nothing is taken back. Raises `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    one = repository.one_taken(db, taken_id)
    if one is None or one.undone_at is not None:
        raise NotFound(_GONE)
    find(db, actor, plan_id, one.board_id)
    same = [row for row in repository.taken(db, one.board_id) if row.undone_at is None and one.batch and row.batch == one.batch] or [one]
    for row in same:
        _UNDOING[row.target](db, actor, plan_id, row)
        row.undone_by, row.undone_at = actor.name[:80], now()
    record(db, actor, "workshop_untaken", "workshop_board", one.board_id, number=len(same), target=one.target.value)
    return len(same)


def _untake_weight(db: Session, actor: Actor, _plan_id: int, row: Taken) -> None:
    theme = theme_rows.theme(db, row.target_id)
    if theme is None or theme.removed_at is not None or theme.version != row.after:
        raise Conflict(Message(_SINCE.text, name=theme.name if theme is not None else str(row.target_id)))
    themes.change(db, actor, row.target_id, row.after, replace(themes.draft_of(theme), weight=float(row.before)))
    db.flush()


def _untake_urgency(db: Session, actor: Actor, _plan_id: int, row: Taken) -> None:
    project = projects.standing(db, actor, row.target_id)
    if project.version != row.after:
        raise Conflict(Message(_SINCE.text, name=project.name))
    projects.change(db, actor, row.target_id, row.after, replace(_draft(project), urgency=Urgency(row.before)))
    db.flush()


def _untake_need(db: Session, actor: Actor, plan_id: int, row: Taken) -> None:
    need = need_rows.need(db, row.target_id)
    if need is None or need.version != row.after:
        raise Conflict(Message(_SINCE.text, name=row.now_is[:20]))
    # Filed, it may have been seen: it is put aside with the reason, not deleted.
    needs.put_aside(db, actor, plan_id, {row.target_id: row.after}, str(Message("撤销了共创结果的写入")))


def _untake_goal(db: Session, actor: Actor, _plan_id: int, row: Taken) -> None:
    goal = goals.find(db, actor, row.target_id)
    if goal.version != row.after:
        raise Conflict(Message(_SINCE.text, name=goal.project.row.name))
    goals.undo(db, actor, row.target_id)


_UNDOING = {
    Target.THEME: _untake_weight,
    Target.PROJECT: _untake_urgency,
    Target.NEED: _untake_need,
    Target.GOAL: _untake_goal,
}


def _closed(db: Session, actor: Actor, plan_id: int, board_id: int) -> Snapshot:
    require(actor, Right.DECIDE_STRATEGY)
    found = find(db, actor, plan_id, board_id)
    if found.board.state is not BoardState.CLOSED:
        raise BadInput(Message("看板还没有结束，结果还会变。请先结束它，再写入计划。"))
    return found


def _round(found: Snapshot, round_id: int, kind: RoundKind) -> RoundView:
    view = next((one for one in found.rounds if one.id == round_id and one.row.kind is kind), None)
    if view is None:
        raise NotFound(_GONE)
    return view


def _result(found: Snapshot, item_id: int, kind: RoundKind | None) -> tuple[RoundView, Result]:
    for view in found.rounds:
        for one in view.outcome.results:
            if one.id == item_id and view.row.kind in (RoundKind.PAIN, RoundKind.REACT) and kind in (None, view.row.kind):
                return view, one
    raise NotFound(_GONE)


def _taken(board_id: int, view: RoundView, result: Result, target: Target, target_id: int) -> Taken:
    return Taken(
        board_id=board_id,
        round_id=view.id,
        item_id=result.id,
        target=target,
        target_id=target_id,
        voices=result.score,
        guests=view.outcome.took_part,
    )


def _keep(db: Session, actor: Actor, row: Taken) -> None:
    row.taken_by, row.taken_at = actor.name[:80], now()
    db.add(row)
    db.flush()
    record(db, actor, "workshop_taken", "workshop_board", row.board_id, target=row.target.value, target_id=row.target_id, voices=row.voices)


def _draft(row: Project) -> Draft:
    return Draft(
        row.name,
        row.purpose,
        tuple(row.finding_ids),
        row.line,
        row.post,
        row.people,
        tuple(row.competencies),
        row.urgency,
        row.kind,
    )


def _name(db: Session, row: Taken) -> str:
    if row.target is Target.THEME:
        theme = theme_rows.theme(db, row.target_id)
        return theme.name if theme is not None else ""
    if row.target is Target.NEED:
        need = need_rows.need(db, row.target_id)
        return need.unit if need is not None else ""
    project = project_rows.project(db, row.target_id)
    return project.name if project is not None else ""
