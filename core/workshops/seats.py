"""Who sits at a board without an account: they join by its link under a nickname, and their browser keeps a secret for their seat.

One browser is one guest, and one guest has one voice. Who opens the link in another browser, or deletes its cookies, can come again as
somebody else: that much a link can do, and the pages say so. Where a board asks for codes, one code is one guest, in whichever browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.access import tokens
from core.access.actor import WORKSHOP_GUEST, Actor
from core.access.audit import record
from core.documents.answers.plain import visible
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.storage import Session
from core.workshops import repository
from core.workshops.service import code_hash, link_stands, opens
from core.workshops.tables import Board, Guest
from core.workshops.terms import LONGEST_NICKNAME, MOST_GUESTS, BoardState

GONE = Message("这个链接不存在、已作废或已过期。")


@dataclass(frozen=True)
class Seat:
    """Somebody at a board."""

    guest_id: int
    board_id: int
    nickname: str


def board_of(db: Session, token: str) -> Board | None:
    """The board that a link leads to; None for unknown, revoked, expired ones and boards that are over, alike."""
    row = repository.by_hash(db, tokens.digest(token))
    return row if row is not None and row.state is not BoardState.CLOSED and opens(db, row) else None


def seat(db: Session, board_id: int, secret: str) -> Seat | None:
    """The seat at this board of the browser that holds `secret`, asked anew at each request; None once the board's link opens nothing."""
    guest = repository.guest_by_hash(db, tokens.digest(secret))
    if guest is None or guest.board_id != board_id:
        return None
    board = repository.board(db, board_id)
    return Seat(guest.id or 0, board_id, guest.nickname) if board is not None and opens(db, board) else None


def join(db: Session, token: str, nickname: str, code: str, address: str) -> tuple[Seat, str]:
    """Take a seat. Returns it and the secret for the browser. A code that was used gives its guest's seat, whatever nickname is given.

    Raises `BadInput` for a nickname or a code that cannot be, and when the board is full; `NotFound`.
    """
    board = board_of(db, token)
    if board is None or not link_stands(board):
        raise NotFound(GONE)
    board_id, secret = board.id or 0, tokens.fresh()
    ticket = repository.code(db, board_id, code_hash(board_id, code)) if board.by_code else None
    if board.by_code and ticket is None:
        raise BadInput(Message("加入码不对。请照主持人发的码填写，每人一个。"))
    back = repository.guest(db, ticket.guest_id) if ticket is not None and ticket.guest_id is not None else None
    if back is not None:
        back.secret_hash = tokens.digest(secret)
        return Seat(back.id or 0, board_id, back.nickname), secret
    taken = repository.nicknames(db, board_id)
    if len(taken) >= MOST_GUESTS:
        raise BadInput(Message("这个看板已坐满 {most} 人。", most=MOST_GUESTS))
    guest = Guest(board_id=board_id, nickname=_own(_clean(nickname), taken), secret_hash=tokens.digest(secret))
    db.add(guest)
    db.flush()
    if ticket is not None:
        ticket.guest_id = guest.id
    repository.grow(db, board_id)
    record(db, Actor(None, WORKSHOP_GUEST, frozenset(), address), "workshop_joined", "workshop_board", board_id)
    return Seat(guest.id or 0, board_id, guest.nickname), secret


def _clean(nickname: str) -> str:
    clean = " ".join(visible(nickname).split())
    if not clean:
        raise BadInput(Message("请填写昵称。"))
    if len(clean) > LONGEST_NICKNAME:
        raise BadInput(Message("昵称最多 {most} 个字。", most=LONGEST_NICKNAME))
    return clean


def _own(nickname: str, taken: set[str]) -> str:
    """The nickname, or where somebody has it already the same with the next free number."""
    known = {one.casefold() for one in taken}
    number, own = 1, nickname
    while own.casefold() in known:
        number += 1
        own = f"{nickname} {number}"
    return own
