"""A board as everybody sees it at one revision: made once for all who look, however many tabs ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.storage import Session, now
from core.workshops import repository
from core.workshops.results import Outcome, outcome
from core.workshops.tables import Board, Item, Round
from core.workshops.terms import BoardState, RoundKind

_MOST = 64


@dataclass(frozen=True)
class RoundView:
    """A round with everything on it (`items`, hidden ones too) and what has come of it."""

    row: Round
    items: tuple[Item, ...]
    outcome: Outcome

    @property
    def id(self) -> int:
        """The round's number."""
        return self.row.id or 0


@dataclass(frozen=True)
class Snapshot:
    """A board at a revision. `guests`: nicknames by number, in the order in which they came."""

    board: Board
    rounds: tuple[RoundView, ...]
    guests: Mapping[int, str]
    revision: int

    @property
    def id(self) -> int:
        """The board's number."""
        return self.board.id or 0

    @property
    def current(self) -> RoundView | None:
        """The round that guests see."""
        return next((one for one in self.rounds if one.id == self.board.round_id), None)

    def takes_voices(self, at: datetime | None = None) -> bool:
        """Whether guests can say something now."""
        ends = self.board.timer_ends_at
        return self.board.state is BoardState.OPEN and self.current is not None and (ends is None or ends > (at or now()))

    def seconds_left(self, at: datetime | None = None) -> int | None:
        """What is left of the timer; None where none runs."""
        ends = self.board.timer_ends_at
        if ends is None or self.board.state is not BoardState.OPEN:
            return None
        return max(0, round((ends - (at or now())).total_seconds()))


class Snapshots:
    """The last snapshot of each board, of the boards that were looked at last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, db: Session, board_id: int, *, guest: bool = False) -> Snapshot | None:
        """A board as it is now; read anew only when its revision has grown. None for one that is not there.

        For a `guest`, to whom what others say is not shown outside of pain points, it is read anew only when the facilitator has led on:
        a hundred who vote do not count each other's voices again and again.
        """
        key = (str(db.get_bind().engine.url), board_id)
        found = repository.revision(db, board_id)
        if found is None:
            return None
        with self._lock:
            kept = self._kept.get(key)
            # Another database at the same address, restored or made anew, has another board under the number.
            if kept is not None and _serves(kept, found, guest=guest):
                self._kept.move_to_end(key)
                return kept
        made = read(db, board_id)
        if made is not None:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return made


def _serves(kept: Snapshot, found: tuple[datetime, int, int], *, guest: bool) -> bool:
    made_at, revision, version = found
    if kept.board.created_at != made_at:
        return False
    current = kept.current
    blind = guest and current is not None and current.row.kind is not RoundKind.PAIN and kept.board.version == version
    return kept.revision == revision or blind


def read(db: Session, board_id: int) -> Snapshot | None:
    """A board as the database has it."""
    board = repository.board(db, board_id)
    if board is None:
        return None
    rows = repository.rounds(db, board_id)
    ids = [row.id or 0 for row in rows]
    items, voices = repository.items(db, ids), repository.voices(db, ids)
    views = []
    for row in rows:
        own = tuple(one for one in items if one.round_id == row.id)
        views.append(RoundView(row, own, outcome(row.kind, own, [one for one in voices if one.round_id == row.id])))
    names = {one.id or 0: one.nickname for one in repository.guests(db, board_id)}
    return Snapshot(board, tuple(views), names, board.revision)


SNAPSHOTS = Snapshots()
