"""What people decide about warnings, what happened after, and the numbers that the rule goes by: kept, changed, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.review.warnings import repository
from core.review.warnings import service as warnings
from core.review.warnings.rule import RULE, SunkCostWarning
from core.review.warnings.tables import WarningCase, WarningNote, WarningThreshold
from core.review.warnings.terms import Advice, CaseState, Threshold
from core.review.warnings.thresholds import LIMITS, THRESHOLD_NAMES, of, source
from core.storage import Session, now

LONGEST_REASON, LONGEST_OWNER, LONGEST_NOTE, LONGEST_SOURCE = 300, 80, 300, 200
_CHANGED = Message("这条处理意见刚被别人改过，您的改动没有保存。请刷新后再改。")


@dataclass(frozen=True)
class Decision:
    """What is to be done about a programme, why, by whom and until when."""

    action: Advice
    reason: str
    owner: str
    due: date


@dataclass(frozen=True)
class NumberView:
    """A number of the rule: its value, where it is from, and who changed it when (nobody: it is the product's own)."""

    name: Threshold
    value: float
    source: str
    own: bool
    changed_by: str
    changed_at: datetime | None
    version: int


def decide(db: Session, actor: Actor, plan_id: int, programme_id: int, wanted: Decision, today: date | None = None) -> int:
    """Keep what is to be done about a programme, with what the rule says of it now. Returns its number.

    Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict` where something is decided and not yet done, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    board = warnings.board(db, actor, plan_id, today)
    said = _said(board, programme_id)
    wanted = _checked(wanted)
    if any(one.open for one in board.cases.get(programme_id, ())):
        raise Conflict(Message("“{name}”已有一条处理中的意见，请先办结它。", name=said.project.name))
    action = Action(db, actor, _room(plan_id), "warning_decided", said.project.name)
    row = action.make(
        WarningCase(
            plan_id=plan_id,
            programme_id=programme_id,
            status=said.status,
            link=said.weak,
            week=said.week,
            forecast=forecast(said),
            rule=RULE,
            numbers=asdict(board.numbers),
            advice=said.advice,
            action=wanted.action,
            reason=wanted.reason,
            owner=wanted.owner,
            due=wanted.due,
            opened_by=actor.name[:80],
            changed_by=actor.name[:80],
        )
    )
    action.write()
    return row.id or 0


def change(db: Session, actor: Actor, case_id: int, version: int, wanted: Decision, state: CaseState) -> None:
    """Change what is to be done, or call it done or dropped. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`."""
    row = _seen(db, actor, case_id, version)
    wanted = _checked(wanted)
    action = Action(db, actor, _room(row.plan_id), "warning_changed")
    action.change(row)
    row.action, row.reason, row.owner, row.due, row.state = wanted.action, wanted.reason, wanted.owner, wanted.due, state
    row.changed_by, row.changed_at = actor.name[:80], now()
    action.write()


def follow_up(db: Session, actor: Actor, case_id: int, text: str, today: date | None = None) -> None:
    """Write down what happened after, with what the rule says now. Needs `KEEP_REVIEW`. Raises `BadInput`, `NotFound`."""
    row, text = _found(db, actor, case_id), text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise BadInput(Message("请写明后来怎样，最多 {limit} 个字。", limit=LONGEST_NOTE))
    said = _said(warnings.board(db, actor, row.plan_id, today), row.programme_id)
    db.add(WarningNote(case_id=case_id, text=text, status=said.status, forecast=forecast(said), by=actor.name[:80]))
    db.flush()
    record(db, actor, "warning_followed", "plan", row.plan_id, programme=row.programme_id)


def numbers(db: Session, actor: Actor, plan_id: int, language: Language) -> list[NumberView]:
    """All numbers of the rule with where they are from. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    rows = {row.name: row for row in repository.thresholds(db, plan_id)}
    held = of({name: row.value for name, row in rows.items()})
    found = []
    for name in Threshold:
        value, row = float(getattr(held, name.value)), rows.get(name)
        if row is None:
            found.append(NumberView(name, value, source(name, language), False, "", None, 0))
        else:
            found.append(NumberView(name, value, row.source, True, row.changed_by, row.changed_at, row.version or 0))
    return found


def save_numbers(
    db: Session, actor: Actor, plan_id: int, wanted: Mapping[Threshold, tuple[float, str]], seen: Mapping[Threshold, int]
) -> int:
    """Keep numbers, each with where it is from, as one action. `seen` are the versions that the person saw, 0 for the product's own.

    Returns how many changed. Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    rows = {row.name: row for row in repository.thresholds(db, plan_id)}
    action = Action(db, actor, _room(plan_id), "thresholds_changed", "、".join(str(THRESHOLD_NAMES[name]) for name in wanted))
    for name, (value, told) in wanted.items():
        if (rows[name].version if name in rows else 0) != seen.get(name, 0):
            raise Conflict(Message("“{name}”刚被别人改过，您的改动没有保存。请刷新后再改。", name=THRESHOLD_NAMES[name]))
        _check_number(name, value, told)
        row = action.change(rows[name]) if name in rows else WarningThreshold(plan_id=plan_id, name=name, value=value)
        row.value, row.source, row.changed_by, row.changed_at = value, told.strip(), actor.name[:80], now()
        if name not in rows:
            action.make(row)
    if wanted:
        action.write()
    return len(wanted)


def restore_numbers(db: Session, actor: Actor, plan_id: int, seen: Mapping[Threshold, int]) -> None:
    """The product's own numbers hold again. Needs `KEEP_REVIEW`. Raises `Conflict`."""
    require(actor, Right.KEEP_REVIEW)
    rows = repository.thresholds(db, plan_id)
    if any((row.version or 0) != seen.get(row.name, 0) for row in rows):
        raise Conflict(Message("阈值刚被别人改过，没有恢复。请刷新后再试。"))
    action = Action(db, actor, _room(plan_id), "thresholds_changed")
    for row in rows:
        action.drop(row)
    if rows:
        action.write()


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with a plan's warnings, and what this person can take back first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def forecast(said: SunkCostWarning) -> list[float]:
    """What the link nearest to the result is forecast to reach of its target: value, low, high; empty where nothing can be said."""
    nearest = said.nearest
    if nearest is None or nearest.outlook is None:
        return []
    return [nearest.outlook.end.value, nearest.outlook.end.low, nearest.outlook.end.high]


def _said(board: warnings.Board, programme_id: int) -> SunkCostWarning:
    found = next((one for one in board.warnings if one.project.id == programme_id), None)
    if found is None:
        raise NotFound(Message("没有找到这个项目，它可能已被删除，或者还没有发布的课次。"))
    return found


def _checked(wanted: Decision) -> Decision:
    reason, owner = wanted.reason.strip(), wanted.owner.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput(Message("请写明理由，最多 {limit} 个字。", limit=LONGEST_REASON))
    if not owner or len(owner) > LONGEST_OWNER:
        raise BadInput(Message("请写明责任人，最多 {limit} 个字。", limit=LONGEST_OWNER))
    return Decision(wanted.action, reason, owner, wanted.due)


def _check_number(name: Threshold, value: float, told: str) -> None:
    limits, title = LIMITS[name], THRESHOLD_NAMES[name]
    if not limits.least <= value <= limits.most or (limits.whole and value != int(value)):
        least, most = (f"{end:g}" if limits.whole else f"{end:.0%}" for end in (limits.least, limits.most))
        raise BadInput(Message("“{name}”应在 {least} 到 {most} 之间。", name=title, least=least, most=most))
    if not told.strip() or len(told.strip()) > LONGEST_SOURCE:
        raise BadInput(Message("请写明“{name}”的出处，最多 {limit} 个字。", name=title, limit=LONGEST_SOURCE))


def _found(db: Session, actor: Actor, case_id: int) -> WarningCase:
    require(actor, Right.KEEP_REVIEW)
    row = repository.case(db, case_id)
    if row is None:
        raise NotFound(Message("没有找到这条处理意见。"))
    plans.find(db, actor, row.plan_id)
    return row


def _seen(db: Session, actor: Actor, case_id: int, version: int) -> WarningCase:
    row = _found(db, actor, case_id)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _room(plan_id: int) -> str:
    return f"warnings:{plan_id}"
