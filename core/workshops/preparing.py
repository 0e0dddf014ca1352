"""What a facilitator puts on a board: rounds, and in each what guests judge, taken from the plan as it is then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor
from core.access.audit import record
from core.delivery.budget import service as budget
from core.delivery.budget.terms import CostType
from core.delivery.timetable import repository as timetable_rows
from core.errors import BadInput, NotFound
from core.goals import service as goals
from core.i18n import Message
from core.plans import service as plans
from core.projects import repository as project_rows
from core.storage import Session
from core.strategy.themes import repository as theme_rows
from core.workshops import repository
from core.workshops.service import seen
from core.workshops.tables import Board, Item, Round
from core.workshops.terms import LONGEST_DETAIL, LONGEST_QUESTION, LONGEST_TEXT, MOST_ITEMS, MOST_ROUNDS, BoardState, RoundKind

_PREPARED = (BoardState.DRAFT, BoardState.OPEN, BoardState.FROZEN)


@dataclass(frozen=True)
class Choice:
    """Something of the plan that can be put into a round; `cost` is what the plan has it cost in yuan, None where it says nothing."""

    subject_id: int
    text: str
    detail: str = ""
    cost: float | None = None


def choices(db: Session, actor: Actor, plan_id: int, kind: RoundKind) -> list[Choice]:
    """What of the plan can be put into a round of a kind: its themes, its goals that have a behaviour, its projects. Pain points: nothing.

    Raises `NotAllowed`, `NotFound`.
    """
    plans.find(db, actor, plan_id)
    if kind is RoundKind.VOTE:
        return [Choice(row.id or 0, row.name, row.indicator) for row in theme_rows.themes(db, plan_id)]
    if kind is RoundKind.REACT:
        views = [view for view in goals.goals(db, actor, plan_id) if view.draft.behaviour]
        return [Choice(view.project.id, view.project.row.name, view.draft.behaviour[:LONGEST_DETAIL]) for view in views]
    if kind is RoundKind.RANK:
        cost = costs(db, actor, plan_id)
        rows = project_rows.projects(db, plan_id)
        return [Choice(row.id or 0, row.name, row.purpose[:LONGEST_DETAIL], cost.get(row.id or 0)) for row in rows]
    return []


def costs(db: Session, actor: Actor, plan_id: int) -> Mapping[int, float]:
    """What the plan has each project cost in yuan: the planned money of its programmes, participants' time left out."""
    of_project = {row.id or 0: row.project_id for row in timetable_rows.programmes(db, plan_id)}
    found: dict[int, float] = {}
    if not of_project:
        return found
    for entry in budget.overview(db, actor, plan_id).entries:
        project = of_project.get(entry.programme_id)
        if project is not None and entry.type is not CostType.TIME:
            found[project] = found.get(project, 0.0) + entry.planned
    return {number: round(money, 2) for number, money in found.items() if money > 0}


def add_round(
    db: Session,
    actor: Actor,
    plan_id: int,
    board_id: int,
    version: int,
    kind: RoundKind,
    *,
    question: str = "",
    chosen: Sequence[Choice] = (),
    budget_yuan: float | None = None,
) -> int:
    """A new round, the last one, with what was chosen for it. Returns its number. Needs `RUN_WORKSHOPS`.

    Raises `BadInput` where nothing was chosen, and in a ranking for a missing cost or a budget that pays nothing or everything.
    """
    board = seen(db, actor, plan_id, board_id, version)
    rows = repository.rounds(db, board_id)
    _check(board, len(rows), kind, question, chosen, budget_yuan)
    row = Round(
        board_id=board_id,
        kind=kind,
        place=max((one.place for one in rows), default=0) + 1,
        question=" ".join(question.split()),
        budget=budget_yuan if kind is RoundKind.RANK else None,
    )
    db.add(row)
    db.flush()
    for place, one in enumerate(chosen, 1):
        text, detail = " ".join(one.text.split())[:LONGEST_TEXT], " ".join(one.detail.split())[:LONGEST_DETAIL]
        cost = one.cost if kind is RoundKind.RANK else None
        db.add(Item(round_id=row.id or 0, subject_id=one.subject_id, text=text, detail=detail, cost=cost, place=place))
    db.flush()
    repository.grow(db, board_id)
    record(db, actor, "workshop_round_added", "workshop_board", board_id, kind=kind.value, items=len(chosen))
    return row.id or 0


def remove_round(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, round_id: int) -> None:
    """Delete a round in which nobody has said anything. Needs `RUN_WORKSHOPS`. Raises `BadInput`, `Conflict`, `NotFound`."""
    board = seen(db, actor, plan_id, board_id, version)
    row = next((one for one in repository.rounds(db, board_id) if one.id == round_id), None)
    if row is None:
        raise NotFound(Message("没有找到这个环节。请刷新后再选。"))
    if repository.voices(db, [round_id]) or any(one.guest_id is not None for one in repository.items(db, [round_id])):
        raise BadInput(Message("这个环节已有人参与，不能删除。"))
    if board.round_id == round_id:
        if board.state is not BoardState.DRAFT:
            raise BadInput(Message("这是大家正在看的环节，不能删除。请先切换到别的环节。"))
        board.round_id = None
    db.delete(row)
    db.flush()
    repository.grow(db, board_id)
    record(db, actor, "workshop_round_removed", "workshop_board", board_id, round=round_id)


def _check(board: Board, rounds: int, kind: RoundKind, question: str, chosen: Sequence[Choice], budget_yuan: float | None) -> None:
    if board.state not in _PREPARED:
        raise BadInput(Message("看板已结束，不能再加环节。"))
    if rounds >= MOST_ROUNDS:
        raise BadInput(Message("一个看板最多 {most} 个环节。", most=MOST_ROUNDS))
    if len(" ".join(question.split())) > LONGEST_QUESTION:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=question[:12], most=LONGEST_QUESTION))
    if kind is not RoundKind.PAIN and not chosen:
        raise BadInput(Message("请至少选一项内容。"))
    if len(chosen) > MOST_ITEMS:
        raise BadInput(Message("一个环节最多 {most} 项内容，手机上才看得过来。", most=MOST_ITEMS))
    if kind is RoundKind.RANK:
        _check_money(chosen, budget_yuan)


def _check_money(chosen: Sequence[Choice], budget_yuan: float | None) -> None:
    for one in chosen:
        if one.cost is None or not 0 < one.cost < 1e9:
            raise BadInput(Message("“{project}”还没有费用。请填写大于 0 的金额。", project=one.text))
    prices = [one.cost or 0.0 for one in chosen]
    if budget_yuan is None or not min(prices) <= budget_yuan < sum(prices):
        raise BadInput(Message("预算应不少于最便宜的一个项目，并少于全部项目的合计，这样才需要取舍。"))
