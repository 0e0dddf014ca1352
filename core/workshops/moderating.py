"""What a facilitator does with what guests wrote: hide it, put pain points together, correct their words; the last act can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.access.audit import record
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.storage import Session
from core.workshops import repository
from core.workshops.service import seen
from core.workshops.tables import Board, Item, Moderation, Round, Voice
from core.workshops.terms import RoundKind
from core.workshops.voices import clean

_GONE = Message("选中的内容里有的已不在看板上。请刷新后再选。")


def hide(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, item_ids: Sequence[int], *, hidden: bool = True) -> None:
    """Hide items from guests and from the count, or show them again. Needs `RUN_WORKSHOPS`. Raises `Conflict`, `NotFound`."""
    board = seen(db, actor, plan_id, board_id, version)
    rows = _items(db, board, item_ids)
    _keep(db, actor, board, "hidden" if hidden else "shown", rows)
    for row in rows:
        row.hidden = hidden
    _moderated(db, actor, board)


def group(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, item_ids: Sequence[int], text: str = "") -> None:
    """Put pain points together under the first of them, which may be worded anew. Who wrote or seconded any counts once.

    Needs `RUN_WORKSHOPS`. Raises `BadInput` for fewer than two, `Conflict`, `NotFound`.
    """
    board = seen(db, actor, plan_id, board_id, version)
    rows = _pains(db, board, item_ids)
    if len(rows) < 2:
        raise BadInput(Message("请至少选两条再归并。"))
    lead, ids = rows[0], {row.id for row in rows}
    # Those that stood under one that goes under the lead follow it.
    following = [one for one in repository.items(db, [lead.round_id]) if one.lead_id in ids and one.id not in ids]
    _keep(db, actor, board, "grouped", [*rows, *following])
    lead.lead_id = None
    lead.text = clean(text) if text.strip() else lead.text
    for row in (*rows[1:], *following):
        row.lead_id = lead.id
    _moderated(db, actor, board)


def ungroup(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, item_ids: Sequence[int]) -> None:
    """Let what stands under these pain points stand alone again. Needs `RUN_WORKSHOPS`. Raises `Conflict`, `NotFound`."""
    board = seen(db, actor, plan_id, board_id, version)
    rows = _pains(db, board, item_ids)
    ids = {row.id for row in rows}
    apart = [one for one in repository.items(db, list({row.round_id for row in rows})) if one.lead_id in ids]
    if not apart:
        raise BadInput(Message("选中的内容下没有归并的条目。"))
    _keep(db, actor, board, "ungrouped", apart)
    for row in apart:
        row.lead_id = None
    _moderated(db, actor, board)


def hide_rewrite(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, voice_id: int) -> None:
    """Hide how a guest would write a goal; their reaction counts on. Needs `RUN_WORKSHOPS`. Raises `Conflict`, `NotFound`."""
    board = seen(db, actor, plan_id, board_id, version)
    row = repository.voice(db, voice_id)
    if row is None or not row.text or _round(db, board, row.round_id) is None:
        raise NotFound(_GONE)
    db.add(_moderation(actor, board, "rewrite_hidden", [{"voice": row.id, "hidden": row.hidden}]))
    row.hidden = True
    _moderated(db, actor, board)


def undoable(db: Session, actor: Actor, plan_id: int, board_id: int, version: int) -> Moderation | None:
    """What the facilitator did last and can take back. Raises `Conflict`, `NotFound`."""
    seen(db, actor, plan_id, board_id, version)
    return repository.last_moderation(db, board_id)


def undo(db: Session, actor: Actor, plan_id: int, board_id: int, version: int) -> None:
    """Take back what the facilitator did last. What its guest has taken back meanwhile stays gone. Needs `RUN_WORKSHOPS`.

    Raises `BadInput` when there is nothing, `Conflict`, `NotFound`.
    """
    board = seen(db, actor, plan_id, board_id, version)
    act = repository.last_moderation(db, board_id)
    if act is None:
        raise BadInput(Message("没有可以撤销的操作。"))
    for was in act.before:
        if "voice" in was:
            voice: Voice | None = repository.voice(db, was["voice"])
            if voice is not None:
                voice.hidden = was["hidden"]
        elif (row := repository.item(db, was["item"])) is not None:
            lead = repository.item(db, was["lead"]) if was["lead"] is not None else None
            row.hidden, row.text, row.lead_id = was["hidden"], was["text"], lead.id if lead is not None else None
    act.undone = True
    _moderated(db, actor, board, undone=True)


def _keep(db: Session, actor: Actor, board: Board, action: str, rows: Sequence[Item]) -> None:
    before = [{"item": row.id, "hidden": row.hidden, "text": row.text, "lead": row.lead_id} for row in rows]
    db.add(_moderation(actor, board, action, before))


def _moderation(actor: Actor, board: Board, action: str, before: list[dict[str, Any]]) -> Moderation:
    return Moderation(board_id=board.id or 0, action=action, before=before, by=actor.name[:80])


def _moderated(db: Session, actor: Actor, board: Board, *, undone: bool = False) -> None:
    db.flush()
    repository.grow(db, board.id or 0)
    record(db, actor, "workshop_moderation_undone" if undone else "workshop_moderated", "workshop_board", board.id)


def _round(db: Session, board: Board, round_id: int) -> Round | None:
    row = repository.round_(db, round_id)
    return row if row is not None and row.board_id == board.id else None


def _items(db: Session, board: Board, item_ids: Sequence[int]) -> list[Item]:
    found = []
    for item_id in dict.fromkeys(item_ids):
        row = repository.item(db, item_id)
        if row is None or _round(db, board, row.round_id) is None:
            raise NotFound(_GONE)
        found.append(row)
    if not found:
        raise BadInput(Message("请先选内容。"))
    return found


def _pains(db: Session, board: Board, item_ids: Sequence[int]) -> list[Item]:
    rows = _items(db, board, item_ids)
    if len({row.round_id for row in rows}) > 1 or any(
        (kept := _round(db, board, row.round_id)) is None or kept.kind is not RoundKind.PAIN for row in rows
    ):
        raise BadInput(Message("只有同一环节的痛点可以归并。"))
    return rows
