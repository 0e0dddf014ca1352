"""What a guest's page of a workshop board shows: the round, what they themselves have said, and no other's name unless wished."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import Language
from core.storage import Session, now
from core.workshops import repository, seats
from core.workshops.results import Result
from core.workshops.seats import Seat
from core.workshops.snapshot import SNAPSHOTS, RoundView, Snapshot
from core.workshops.tables import Voice
from core.workshops.terms import LONGEST_TEXT, POINTS, REACTION_NAMES, ROUND_NAMES, ROUND_QUESTIONS, BoardState, Reaction, RoundKind


@dataclass(frozen=True)
class Mine:
    """A guest's seat, the board as it is, and what they have said in its round, by item."""

    seat: Seat
    snapshot: Snapshot
    said: Mapping[int, Voice]


def mine(db: Session, board_id: int, secret: str) -> Mine | None:
    """What the browser with this secret sees of a board; None where it has no seat there, or the board opens nothing any more."""
    seat = seats.seat(db, board_id, secret)
    found = SNAPSHOTS.of(db, board_id, guest=True) if seat is not None else None
    if seat is None or found is None:
        return None
    said = repository.voices_of(db, found.board.round_id, seat.guest_id) if found.board.round_id else {}
    return Mine(seat, found, said)


def scene_of(found: Snapshot) -> str:
    """What changes when a guest's page is no longer the right one: the round, whether it takes voices, what stands in it.

    What others say does not change it.
    """
    shown = found.current
    parts = [str(found.board.round_id), found.board.state.value, str(found.board.timer_ends_at), str(found.takes_voices())]
    parts += [found.board.title, str(found.board.hide_names)]
    if shown is not None:
        parts += [shown.row.question, *(f"{one.id}{one.text}{one.lead_id}{one.hidden}" for one in shown.items)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def page_values(found: Mine, given: Mapping[str, str], language: Language) -> dict[str, object]:
    """The values of the template. `given` is what was sent and refused: it is not to be written twice."""
    board = found.snapshot.board
    view = None if board.state is BoardState.DRAFT else found.snapshot.current
    ends, rows = board.timer_ends_at, found.snapshot.rounds
    place = next((number for number, one in enumerate(rows, 1) if view is not None and one.id == view.id), 0)
    question = (view.row.question or ROUND_QUESTIONS[view.row.kind].render(language)) if view is not None else ""
    return {
        "title": board.title,
        "nickname": found.seat.nickname,
        "scene": scene_of(found.snapshot),
        "state": board.state.value,
        "over": board.state is BoardState.CLOSED,
        "open": found.snapshot.takes_voices(),
        "timed_out": board.state is BoardState.OPEN and ends is not None and ends <= now(),
        "seconds": max(0, int((ends - now()).total_seconds())) if ends is not None and board.state is BoardState.OPEN else 0,
        "hide_names": board.hide_names,
        "by_code": board.by_code,
        "round": view.id if view is not None else 0,
        "place": place,
        "rounds": len(rows),
        "kind": view.row.kind.value if view is not None else "",
        "kind_name": ROUND_NAMES[view.row.kind].render(language) if view is not None else "",
        "question": question,
        "budget": (view.row.budget or 0.0) if view is not None else 0.0,
        "points": POINTS,
        "longest": LONGEST_TEXT,
        "text": given.get("text", "") if given.get("act") == "pain" else "",
        "items": _items(found, view, given) if view is not None else [],
        "reactions": [(int(one), REACTION_NAMES[one].render(language)) for one in sorted(Reaction, reverse=True)],
    }


def _items(found: Mine, view: RoundView, given: Mapping[str, str]) -> list[dict[str, object]]:
    results = list(view.outcome.results)
    if view.row.kind is not RoundKind.PAIN:
        # Not in the order of what others said, which would lead those who have not.
        results.sort(key=lambda one: (one.item.place, one.id))
    return [_item(found, view.row.kind, one, given) for one in results]


def _item(found: Mine, kind: RoundKind, result: Result, given: Mapping[str, str]) -> dict[str, object]:
    item_id = result.id
    said, sent = found.said.get(item_id), given.get(f"i{item_id}")
    group = (result.item, *result.under)
    own = [one for one in group if one.guest_id == found.seat.guest_id]
    return {
        "id": item_id,
        "count": result.score,
        "text": result.item.text,
        "detail": result.item.detail,
        "cost": result.item.cost or 0.0,
        "value": sent if sent is not None and kind is RoundKind.VOTE else (said.value if said is not None else 0),
        "chosen": bool(sent) if given.get("act") == "choose" else said is not None and said.value > 0,
        "reaction": said.value if said is not None else None,
        "rewrite": given.get("text", "") if given.get("item") == str(item_id) else (said.text if said is not None else ""),
        "mine": own[0].id if own else 0,
        "seconded": any((voice := found.said.get(one.id or 0)) is not None and voice.value > 0 for one in group),
        "writer": "" if found.snapshot.board.hide_names else found.snapshot.guests.get(result.item.guest_id or 0, ""),
        "under": [one.text for one in result.under],
    }
