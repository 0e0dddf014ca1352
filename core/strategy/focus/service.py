"""The focus of a plan: its rows, its weights, and what a person has anchored, with the reason."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.focus import repository
from core.strategy.focus.priority import MOST_IMPORTANT, Candidate, Weights
from core.strategy.focus.tables import FocusRow, FocusWeights
from core.strategy.themes import repository as theme_rows
from core.strategy.themes.service import THEME_GONE

_GONE = Message("这一行已被别人删除，您的改动没有保存。")


@dataclass(frozen=True)
class Entered:
    """A row as somebody typed it. `id` None is a new one; `version` is the one that the person saw. `gap` is a share, 0 … 1."""

    line: str
    post: str
    importance: float | None = None
    gap: float | None = None
    people: float | None = None
    id: int | None = None
    version: int | None = None


def rows(db: Session, actor: Actor, plan_id: int) -> list[FocusRow]:
    """The plan's business lines × posts. Raises `NotFound` for a plan that is put away."""
    plans.find(db, actor, plan_id)
    return repository.rows(db, plan_id)


def weights(db: Session, actor: Actor, plan_id: int) -> tuple[Weights, int]:
    """The plan's weights and their version, 0 for those that every plan begins with."""
    plans.find(db, actor, plan_id)
    row = repository.weights(db, plan_id)
    return (Weights(row.importance, row.gap, row.people), row.version or 0) if row else (Weights(), 0)


def candidate(row: FocusRow) -> Candidate:
    """A row as the priority sees it."""
    return Candidate(row.id or 0, row.importance, row.gap_estimate, row.people)


def save(db: Session, actor: Actor, plan_id: int, entered: Sequence[Entered], removed: Collection[tuple[int, int]] = ()) -> None:
    """Add and change rows, and remove those named by id and seen version: all of it or nothing.

    Raises `BadInput` with the row and what is wrong with it, `Conflict` with both versions when somebody changed a row since.
    """
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    present = {row.id: row for row in repository.rows(db, plan_id)}
    for row_id, version in removed:
        row = _known(present, row_id)
        if row.version != version:
            raise Conflict(Message("“{row}”刚被别人修改过，没有删除。请查看最新内容后再决定。", row=title(row)))
        row.removed_at = now()
        del present[row_id]
        record(db, actor, "focus_removed", "focus", row_id, row=title(row))
    for one in entered:
        _check(one)
    written = [_written(db, plan_id, one, None if one.id is None else _known(present, one.id)) for one in entered]
    db.flush()
    for one, row in zip(entered, written, strict=True):
        record(db, actor, "focus_added" if one.id is None else "focus_changed", "focus", row.id, row=title(row))
    seen: set[tuple[str, str]] = set()
    for row in repository.rows(db, plan_id):
        if (row.line, row.post) in seen:
            raise BadInput(Message("“{row}”出现了两次，每条业务线的同一岗位只留一行。", row=title(row)))
        seen.add((row.line, row.post))


def restore(db: Session, actor: Actor, plan_id: int, row_ids: Sequence[int]) -> int:
    """Bring removed rows back, except where the plan has such a row again. Returns how many came back."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    present = {(row.line, row.post) for row in repository.rows(db, plan_id)}
    back = [row for row in repository.removed(db, plan_id, list(row_ids)) if (row.line, row.post) not in present]
    for row in back:
        row.removed_at = None
        record(db, actor, "focus_restored", "focus", row.id, row=title(row))
    return len(back)


def set_weights(db: Session, actor: Actor, plan_id: int, version: int, chosen: Weights) -> None:
    """Change the plan's weights. Raises `BadInput` for weights that give no order, `Conflict` when somebody changed them since."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    parts = (chosen.importance, chosen.gap, chosen.people)
    if not all(math.isfinite(part) and part >= 0 for part in parts) or not chosen.total:
        raise BadInput(Message("权重应为不小于 0 的数，且不能全为 0。"))
    row = repository.weights(db, plan_id)
    if (row.version if row else 0) != version:
        raise Conflict(
            Message(
                "权重刚被别人改为 {theirs}，您填的 {yours} 没有保存。",
                theirs=" / ".join(f"{part:g}" for part in (row.importance, row.gap, row.people)) if row else "—",
                yours=" / ".join(f"{part:g}" for part in parts),
            )
        )
    if row is None:
        row = FocusWeights(plan_id=plan_id, importance=0, gap=0, people=0)
        db.add(row)
    row.importance, row.gap, row.people = parts
    record(db, actor, "focus_weighted", "plan", plan_id, importance=parts[0], gap=parts[1], people=parts[2])


def anchor(db: Session, actor: Actor, plan_id: int, row_id: int, version: int, reason: str) -> None:
    """Make a row a focus of the plan. A person decides, and says why. Raises `BadInput` without a reason, `Conflict`, `NotFound`."""
    row = _decided(db, actor, plan_id, row_id, version)
    if not reason.strip():
        raise BadInput(Message("请写明锚定的理由：分数只是参考，决定由人作出。"))
    row.anchored_at, row.anchored_by, row.anchor_reason = now(), actor.name[:80], reason.strip()[:500]
    record(db, actor, "focus_anchored", "focus", row_id, row=title(row))


def release(db: Session, actor: Actor, plan_id: int, row_id: int, version: int) -> None:
    """Take a focus back; its reason stays in the row's history only. Raises `Conflict`, `NotFound`."""
    row = _decided(db, actor, plan_id, row_id, version)
    record(db, actor, "focus_released", "focus", row_id, row=title(row), reason=row.anchor_reason)
    row.anchored_at, row.anchored_by, row.anchor_reason = None, "", ""


def link_themes(db: Session, actor: Actor, plan_id: int, row_id: int, version: int, theme_ids: Sequence[int]) -> None:
    """Say which themes a row belongs to; none: nobody has said. Raises `Conflict`, `NotFound`."""
    row = _decided(db, actor, plan_id, row_id, version)
    standing = {theme.id for theme in theme_rows.themes(db, plan_id)}
    if not set(theme_ids) <= standing:
        raise NotFound(THEME_GONE)
    row.theme_ids = list(dict.fromkeys(theme_ids))
    record(db, actor, "focus_linked", "focus", row_id, row=title(row), themes=len(row.theme_ids))


def title(row: FocusRow) -> str:
    """A row's name: business line and post."""
    return f"{row.line} · {row.post}"


def _decided(db: Session, actor: Actor, plan_id: int, row_id: int, version: int) -> FocusRow:
    require(actor, Right.DECIDE_STRATEGY)
    row = _find(db, actor, plan_id, row_id)
    if row.version != version:
        raise Conflict(Message("“{row}”刚被别人修改过。请查看最新内容后再决定。", row=title(row)))
    return row


def _find(db: Session, actor: Actor, plan_id: int, row_id: int) -> FocusRow:
    plans.find(db, actor, plan_id)
    row = repository.row(db, row_id)
    if row is None or row.plan_id != plan_id or row.removed_at is not None:
        raise NotFound(_GONE)
    return row


def _known(present: Mapping[int | None, FocusRow], row_id: int) -> FocusRow:
    row = present.get(row_id)
    if row is None:
        raise NotFound(_GONE)
    return row


def _check(one: Entered) -> None:
    name = f"{one.line.strip()} · {one.post.strip()}"
    if not one.line.strip() or not one.post.strip():
        raise BadInput(Message("“{row}”缺少业务线或岗位，两项都要填。", row=name))
    if len(one.line.strip()) > 60 or len(one.post.strip()) > 60:
        raise BadInput(Message("“{row}”的业务线或岗位超过 60 个字。", row=name))
    if one.importance is not None and not (one.importance == int(one.importance) and 1 <= one.importance <= MOST_IMPORTANT):
        raise BadInput(Message("“{row}”的重要性应为 1 到 5 的整数，不确定就留空。", row=name))
    if one.gap is not None and not 0 <= one.gap <= 1:
        raise BadInput(Message("“{row}”的能力短板应在 0% 到 100% 之间，不知道就留空。", row=name))
    if one.people is not None and not (one.people == int(one.people) and 0 <= one.people <= 1_000_000):
        raise BadInput(Message("“{row}”的涉及人数应为不小于 0 的整数，不知道就留空。", row=name))


def _written(db: Session, plan_id: int, one: Entered, row: FocusRow | None) -> FocusRow:
    if row is None:
        row = FocusRow(plan_id=plan_id, line="", post="")
        db.add(row)
    elif row.version != one.version:
        raise Conflict(
            Message(
                "“{row}”刚被别人改为：{theirs}。您填的是：{yours}。您的改动没有保存。",
                row=title(row),
                theirs=_values(row.importance, row.gap_estimate, row.people),
                yours=_values(one.importance, one.gap, one.people),
            )
        )
    row.line, row.post = one.line.strip(), one.post.strip()
    row.importance = None if one.importance is None else int(one.importance)
    row.people = None if one.people is None else int(one.people)
    row.gap_estimate = one.gap
    return row


def _values(importance: float | None, gap: float | None, people: float | None) -> Message:
    unknown = Message("未知")
    return Message(
        "重要性 {importance}、短板 {gap}、人数 {people}",
        importance=unknown if importance is None else f"{importance:g}",
        gap=unknown if gap is None else f"{gap:.0%}",
        people=unknown if people is None else f"{people:g}",
    )
