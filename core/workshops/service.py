"""Boards: made, opened to guests by a link, frozen, closed, put away. What guests may is told by `seats.py` and `voices.py`."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from core.access import tokens
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.storage import Session, now
from core.workshops import repository
from core.workshops.snapshot import SNAPSHOTS, Snapshot, read
from core.workshops.tables import Board, Code
from core.workshops.terms import HOURS, LONGEST_TITLE, MOST_CODES, MOST_HOURS, BoardState, RoundKind

NO_BOARD = Message("没有找到这个共创看板，它可能已被移走。请回到看板列表。")
MOST_MINUTES = 180
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 6
# From which state one comes to which.
_WAYS = {
    BoardState.OPEN: frozenset({BoardState.DRAFT, BoardState.FROZEN, BoardState.CLOSED}),
    BoardState.FROZEN: frozenset({BoardState.OPEN}),
    BoardState.CLOSED: frozenset({BoardState.OPEN, BoardState.FROZEN}),
}


@dataclass(frozen=True)
class BoardView:
    """A board in the list: how many joined and took part, how many of its results stand in the plan."""

    row: Board
    rounds: int
    guests: int
    taken: int

    @property
    def id(self) -> int:
        """The board's number."""
        return self.row.id or 0


def boards(db: Session, actor: Actor, plan_id: int) -> tuple[list[BoardView], list[Board]]:
    """The boards of a plan, the newest first, and those that were put away. Needs `RUN_WORKSHOPS`."""
    require(actor, Right.RUN_WORKSHOPS)
    plans.find(db, actor, plan_id)
    found = []
    for row in repository.boards(db, plan_id):
        number = row.id or 0
        taken = sum(1 for one in repository.taken(db, number) if one.undone_at is None)
        found.append(BoardView(row, len(repository.rounds(db, number)), len(repository.guests(db, number)), taken))
    return found, repository.removed(db, plan_id)


def look(db: Session, actor: Actor, plan_id: int, board_id: int | None) -> Snapshot | None:
    """A board of the plan with all that is on it, from the snapshot that all who look share; never inside a transaction that writes.

    None for one that is not there, was put away, or is another plan's. Needs `RUN_WORKSHOPS`.
    """
    require(actor, Right.RUN_WORKSHOPS)
    plans.find(db, actor, plan_id)
    found = SNAPSHOTS.of(db, board_id) if board_id is not None else None
    return found if found is not None and found.board.plan_id == plan_id and found.board.removed_at is None else None


def plan_of(db: Session, actor: Actor, board_id: int) -> int | None:
    """The plan of a board; None for one that is not there, was put away, or is not for the actor."""
    row = repository.board(db, board_id) if actor.may(Right.RUN_WORKSHOPS) else None
    return row.plan_id if row is not None and row.removed_at is None and plans.readable(db, actor, row.plan_id) else None


def find(db: Session, actor: Actor, plan_id: int, board_id: int) -> Snapshot:
    """The same, read anew. Needs `RUN_WORKSHOPS`. Raises `NotFound`."""
    _board(db, actor, plan_id, board_id)
    found = read(db, board_id)
    assert found is not None
    return found


def create(db: Session, actor: Actor, plan_id: int, title: str) -> int:
    """A new board, being prepared. Returns its number. Needs `RUN_WORKSHOPS`. Raises `BadInput`, `NotFound` for the plan."""
    require(actor, Right.RUN_WORKSHOPS)
    plans.find(db, actor, plan_id)
    row = Board(plan_id=plan_id, title=_title(title), created_by=actor.name[:80])
    db.add(row)
    db.flush()
    record(db, actor, "workshop_created", "workshop_board", row.id, plan=plan_id)
    return row.id or 0


def change(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, title: str, *, hide_names: bool, by_code: bool) -> None:
    """Rename a board, say whether guests see each other's names, and whether a code is needed to join.

    `version` is the one the person saw. Needs `RUN_WORKSHOPS`. Raises `BadInput`, `Conflict`, `NotFound`.
    """
    row = seen(db, actor, plan_id, board_id, version)
    if by_code and not row.by_code and repository.guests(db, board_id):
        raise BadInput(Message("已有人加入，不能中途改为凭码加入。请新建一个看板。"))
    row.title, row.hide_names, row.by_code = _title(title), hide_names, by_code
    _shown(db, row)
    record(db, actor, "workshop_changed", "workshop_board", board_id, hide_names=hide_names, by_code=by_code)


def go(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, state: BoardState) -> None:
    """Open, freeze, unfreeze or close a board. Needs `RUN_WORKSHOPS`.

    Raises `BadInput` for a way that is none, for a board on which there is nothing to do, and for a closed one of which the plan took
    results over; `Conflict`, `NotFound`.
    """
    row = seen(db, actor, plan_id, board_id, version)
    if row.state not in _WAYS.get(state, frozenset()):
        raise BadInput(Message("看板现在的状态不能这样改。请刷新后再试。"))
    if state is BoardState.OPEN:
        _check_ready(db, row)
    if row.state is BoardState.CLOSED and any(one.undone_at is None for one in repository.taken(db, board_id)):
        raise BadInput(Message("已有结果写入计划，不能再打开。请先撤销写入，或新建一个看板。"))
    row.state = state
    row.closed_at = now() if state is BoardState.CLOSED else None
    if state is BoardState.OPEN and row.round_id is None:
        row.round_id = repository.rounds(db, board_id)[0].id
    if state is not BoardState.OPEN:
        row.timer_ends_at = None
    _shown(db, row)
    record(db, actor, f"workshop_{state.value}", "workshop_board", board_id)


def show_round(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, round_id: int) -> None:
    """Lead the guests to a round. The timer of the last one ends. Needs `RUN_WORKSHOPS`. Raises `Conflict`, `NotFound`."""
    row = seen(db, actor, plan_id, board_id, version)
    if round_id not in {one.id for one in repository.rounds(db, board_id)}:
        raise NotFound(Message("没有找到这个环节。请刷新后再选。"))
    row.round_id, row.timer_ends_at = round_id, None
    _shown(db, row)
    record(db, actor, "workshop_round_shown", "workshop_board", board_id, round=round_id)


def set_timer(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, minutes: int) -> None:
    """Give the round so many minutes from now, after which no voice is taken; 0 takes the timer away. Needs `RUN_WORKSHOPS`."""
    row = seen(db, actor, plan_id, board_id, version)
    if not 0 <= minutes <= MOST_MINUTES:
        raise BadInput(Message("计时应在 1 到 {most} 分钟之间。", most=MOST_MINUTES))
    if minutes and row.state is not BoardState.OPEN:
        raise BadInput(Message("看板进行中才能计时。请先打开它。"))
    row.timer_ends_at = now() + timedelta(minutes=minutes) if minutes else None
    _shown(db, row)
    record(db, actor, "workshop_timed", "workshop_board", board_id, minutes=minutes)


def open_link(db: Session, actor: Actor, plan_id: int, board_id: int, version: int, secret: str, hours: int = HOURS) -> str:
    """A new link by which guests join for so many hours; an earlier one stops working, and who sits keeps the seat. Returns its token,
    which `token_of` gives again. Needs `RUN_WORKSHOPS`.

    `secret` is the data directory's. Raises `BadInput`, `Conflict`, `NotFound`.
    """
    row = seen(db, actor, plan_id, board_id, version)
    if not 1 <= hours <= MOST_HOURS:
        raise BadInput(Message("链接的有效时间应在 1 到 {most} 小时之间。", most=MOST_HOURS))
    row.link_key = secrets.token_urlsafe(24)
    token = _token(row, secret)
    row.token_hash, row.link_ends_at = tokens.digest(token), now() + timedelta(hours=hours)
    _shown(db, row)
    record(db, actor, "workshop_link_opened", "workshop_board", board_id, hours=hours)
    return token


def revoke_link(db: Session, actor: Actor, plan_id: int, board_id: int, version: int) -> None:
    """Close the link at once: nobody joins by it, and who joined sees nothing more. What they said stays. Needs `RUN_WORKSHOPS`."""
    row = seen(db, actor, plan_id, board_id, version)
    row.link_key, row.token_hash, row.link_ends_at = "", None, None
    _shown(db, row)
    record(db, actor, "workshop_link_revoked", "workshop_board", board_id)


def token_of(row: Board, secret: str) -> str | None:
    """The token of a board's link, while it stands, for the facilitator's own pages: made anew from the secret, kept nowhere."""
    return _token(row, secret) if link_stands(row) else None


def link_stands(row: Board) -> bool:
    """Whether a board's link was neither revoked nor has run out, and the board was not put away."""
    return row.token_hash is not None and row.link_ends_at is not None and row.link_ends_at > now() and row.removed_at is None


def opens(db: Session, row: Board) -> bool:
    """Whether guests have a seat at a board now: its link stands, and its plan was not put away. Until it is opened they wait there."""
    plan = plan_rows.plan(db, row.plan_id)
    return link_stands(row) and plan is not None and plan.archived_at is None


def make_codes(db: Session, actor: Actor, plan_id: int, board_id: int, number: int) -> list[str]:
    """So many more codes to hand out, one to each person. They are not to be had again. Needs `RUN_WORKSHOPS`. Raises `BadInput`."""
    _board(db, actor, plan_id, board_id)
    if not 1 <= number <= MOST_CODES - len(repository.codes(db, board_id)):
        raise BadInput(Message("一个看板最多 {most} 个加入码。", most=MOST_CODES))
    made: set[str] = set()
    while len(made) < number:
        code = "".join(secrets.choice(_CODE_SIGNS) for _sign in range(_CODE_LENGTH))
        if code not in made and repository.code(db, board_id, code_hash(board_id, code)) is None:
            made.add(code)
    db.add_all(Code(board_id=board_id, code_hash=code_hash(board_id, code)) for code in sorted(made))
    record(db, actor, "workshop_codes_made", "workshop_board", board_id, number=number)
    return sorted(made)


def codes(db: Session, actor: Actor, plan_id: int, board_id: int) -> tuple[int, int]:
    """How many codes a board has, and how many were used. Needs `RUN_WORKSHOPS`."""
    _board(db, actor, plan_id, board_id)
    rows = repository.codes(db, board_id)
    return len(rows), sum(1 for row in rows if row.guest_id is not None)


def code_hash(board_id: int, code: str) -> str:
    """What is stored for a code of a board."""
    return tokens.digest(f"{board_id}:{code.strip().upper()}")


def put_away(db: Session, actor: Actor, plan_id: int, board_id: int, version: int) -> None:
    """Take a board out of the list; `bring_back` takes it in again. Its link opens nothing meanwhile. Needs `RUN_WORKSHOPS`."""
    row = seen(db, actor, plan_id, board_id, version)
    row.removed_at = now()
    _shown(db, row)
    record(db, actor, "workshop_removed", "workshop_board", board_id)


def bring_back(db: Session, actor: Actor, plan_id: int, board_id: int) -> None:
    """Take a board that was put away into the list again. Needs `RUN_WORKSHOPS`. Raises `NotFound`."""
    require(actor, Right.RUN_WORKSHOPS)
    row = next((one for one in repository.removed(db, plan_id) if one.id == board_id), None)
    if row is None:
        raise NotFound(NO_BOARD)
    row.removed_at = None
    _shown(db, row)
    record(db, actor, "workshop_restored", "workshop_board", board_id)


def seen(db: Session, actor: Actor, plan_id: int, board_id: int, version: int) -> Board:
    """The board that a facilitator changes, as they saw it. Needs `RUN_WORKSHOPS`. Raises `Conflict`, `NotFound`."""
    row = _board(db, actor, plan_id, board_id)
    if row.version != version:
        raise Conflict(Message("这个看板刚被别人改过，您的改动没有保存。请看过最新的样子再改。"))
    return row


def _board(db: Session, actor: Actor, plan_id: int, board_id: int) -> Board:
    require(actor, Right.RUN_WORKSHOPS)
    plans.find(db, actor, plan_id)
    row = repository.board(db, board_id)
    if row is None or row.plan_id != plan_id or row.removed_at is not None:
        raise NotFound(NO_BOARD)
    return row


def _shown(db: Session, row: Board) -> None:
    db.flush()
    repository.grow(db, row.id or 0)


def _check_ready(db: Session, row: Board) -> None:
    rows = repository.rounds(db, row.id or 0)
    if not rows:
        raise BadInput(Message("看板上还没有环节。请先加一个。"))
    filled = {one.round_id for one in repository.items(db, [one.id or 0 for one in rows]) if not one.hidden}
    for number, one in enumerate(rows, 1):
        if one.kind is not RoundKind.PAIN and one.id not in filled:
            raise BadInput(Message("第 {number} 个环节里什么都没有。请先选内容，或删掉它。", number=number))


def _title(title: str) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise BadInput(Message("请填写看板名称。"))
    if len(clean) > LONGEST_TITLE:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=clean[:12], most=LONGEST_TITLE))
    return clean


def _token(row: Board, secret: str) -> str:
    mixed = hmac.new(secret.encode(), f"{row.id}:{row.link_key}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(mixed).decode().rstrip("=")
