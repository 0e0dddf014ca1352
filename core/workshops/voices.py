"""What guests do at a board: give points, write and second pain points, react to goals, choose projects; and take their own back.

A voice is a state, not an event: the same request sent again leaves what it left the first time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.documents.answers.plain import visible
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.storage import Session, now
from core.workshops import repository
from core.workshops.seats import GONE, Seat
from core.workshops.service import opens
from core.workshops.tables import Board, Item, Round, Voice
from core.workshops.terms import LONGEST_TEXT, MOST_OF_ONE, POINTS, BoardState, Reaction, RoundKind

_NOT_HERE = Message("这一项不在当前环节里，可能刚被主持人移走。请刷新后再试。")


def give_points(db: Session, seat: Seat, round_id: int, points: Mapping[int, int]) -> None:
    """Give all one's points, item by item; what was given before is replaced. Raises `BadInput` for more than ten or less than nothing."""
    row = _taking(db, seat, round_id, RoundKind.VOTE)
    if any(not 0 <= given <= POINTS for given in points.values()):
        raise BadInput(Message("每个主题的分数应在 0 到 {most} 之间。", most=POINTS))
    if sum(points.values()) > POINTS:
        raise BadInput(Message("您给了 {n} 分，一共只有 {most} 分。请减去一些再提交。", n=sum(points.values()), most=POINTS))
    _write_all(db, seat, row, points)


def choose(db: Session, seat: Seat, round_id: int, item_ids: Collection[int]) -> None:
    """Choose projects within the budget; what was chosen before is replaced. Raises `BadInput` for more than the budget pays."""
    row = _taking(db, seat, round_id, RoundKind.RANK)
    items = _shown(db, round_id)
    cost = sum(items[one].cost or 0.0 for one in item_ids if one in items)
    if row.budget is not None and cost > row.budget + 1e-6:
        raise BadInput(Message("您选的项目超出预算 {over} 元。请去掉一些再提交。", over=f"{cost - row.budget:,.0f}"))
    _write_all(db, seat, row, dict.fromkeys(item_ids, 1))


def react(db: Session, seat: Seat, round_id: int, item_id: int, reaction: Reaction, rewrite: str = "") -> None:
    """Say what one thinks of a goal, and how one would write it. Raises `BadInput`, `NotFound`."""
    _taking(db, seat, round_id, RoundKind.REACT)
    if item_id not in _shown(db, round_id):
        raise NotFound(_NOT_HERE)
    text = clean(rewrite, required=False)
    row = repository.voices_of(db, round_id, seat.guest_id).get(item_id)
    row = row or Voice(round_id=round_id, item_id=item_id, guest_id=seat.guest_id)
    if row.text != text:
        # Another text is another proposal: that the facilitator hid the last one says nothing of it.
        row.hidden = False
    row.value, row.text, row.at = int(reaction), text, now()
    db.add(row)
    _said(db, seat)


def add_pain(db: Session, seat: Seat, round_id: int, text: str) -> int:
    """Write a pain point. Returns its number; one's own that stands there in the same words is that one. Raises `BadInput`."""
    _taking(db, seat, round_id, RoundKind.PAIN)
    text = clean(text)
    for one in repository.items(db, [round_id]):
        if one.guest_id == seat.guest_id and one.text == text:
            return one.id or 0
    if repository.written_by(db, round_id, seat.guest_id) >= MOST_OF_ONE:
        raise BadInput(Message("每人最多写 {most} 条。可以撤回一条，或附议别人的。", most=MOST_OF_ONE))
    row = Item(round_id=round_id, guest_id=seat.guest_id, text=text)
    db.add(row)
    _said(db, seat)
    return row.id or 0


def take_back_pain(db: Session, seat: Seat, round_id: int, item_id: int) -> None:
    """Take one's own pain point back; what stood under it stands alone again. Raises `NotFound` for another's."""
    _taking(db, seat, round_id, RoundKind.PAIN)
    row = repository.item(db, item_id)
    if row is None or row.round_id != round_id or row.guest_id != seat.guest_id:
        raise NotFound(_NOT_HERE)
    db.delete(row)
    _said(db, seat)


def second(db: Session, seat: Seat, round_id: int, item_id: int, *, too: bool) -> None:
    """Say that a pain point is one's own too, or no more. Raises `BadInput` for one that one wrote, `NotFound`."""
    _taking(db, seat, round_id, RoundKind.PAIN)
    item = _shown(db, round_id).get(item_id)
    if item is None:
        raise NotFound(_NOT_HERE)
    if item.guest_id == seat.guest_id:
        raise BadInput(Message("这条是您自己写的，已经算上您了。"))
    row = repository.voices_of(db, round_id, seat.guest_id).get(item_id)
    if too:
        row = row or Voice(round_id=round_id, item_id=item_id, guest_id=seat.guest_id)
        row.value, row.at = 1, now()
        db.add(row)
    elif row is not None:
        db.delete(row)
    _said(db, seat)


def clean(text: str, *, required: bool = True) -> str:
    """What a guest wrote, in one line without invisible characters. Raises `BadInput` where there is nothing, or too much."""
    kept = " ".join(visible(text).split())
    if required and not kept:
        raise BadInput(Message("请先写点什么再提交。"))
    if len(kept) > LONGEST_TEXT:
        raise BadInput(Message("写得太长，最多 {most} 个字。", most=LONGEST_TEXT))
    return kept


def _write_all(db: Session, seat: Seat, row: Round, values: Mapping[int, int]) -> None:
    round_id = row.id or 0
    if not values.keys() <= _shown(db, round_id).keys():
        raise NotFound(_NOT_HERE)
    before = repository.voices_of(db, round_id, seat.guest_id)
    for item_id, voice in before.items():
        if not values.get(item_id):
            db.delete(voice)
    for item_id, value in values.items():
        if value:
            voice = before.get(item_id) or Voice(round_id=round_id, item_id=item_id, guest_id=seat.guest_id)
            voice.value, voice.at = value, now()
            db.add(voice)
    _said(db, seat)


def _shown(db: Session, round_id: int) -> dict[int, Item]:
    return {one.id or 0: one for one in repository.items(db, [round_id]) if not one.hidden}


def _taking(db: Session, seat: Seat, round_id: int, kind: RoundKind) -> Round:
    """The round that guests are in, if it takes voices now, and this kind of them."""
    board = repository.board(db, seat.board_id)
    if board is None or not opens(db, board):
        raise NotFound(GONE)
    _require_open(board)
    row = repository.round_(db, round_id)
    if board.round_id != round_id or row is None or row.board_id != board.id or row.kind is not kind:
        raise BadInput(Message("主持人已切换到别的环节，这次没有提交。请看过当前的环节再填。"))
    return row


def _require_open(board: Board) -> None:
    if board.state is BoardState.FROZEN:
        raise BadInput(Message("看板已冻结，这次没有提交。请听主持人安排。"))
    if board.state is BoardState.DRAFT:
        raise BadInput(Message("主持人还没有开始，这次没有提交。"))
    if board.state is not BoardState.OPEN:
        raise BadInput(Message("看板已结束，这次没有提交。"))
    if board.timer_ends_at is not None and board.timer_ends_at <= now():
        raise BadInput(Message("时间到了，这次没有提交。请听主持人安排。"))


def _said(db: Session, seat: Seat) -> None:
    db.flush()
    repository.grow(db, seat.board_id)
