"""Queries on workshops."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.workshops.tables import Board, Code, Guest, Item, Moderation, Round, Taken, Voice
from core.workshops.terms import Target


def boards(db: Session, plan_id: int) -> list[Board]:
    """The boards of a plan, the newest first."""
    chosen = select(Board).where(Board.plan_id == plan_id, col(Board.removed_at).is_(None))
    return list(db.exec(chosen.order_by(col(Board.id).desc())))


def removed(db: Session, plan_id: int) -> list[Board]:
    """The boards of a plan that were put away, the newest first."""
    chosen = select(Board).where(Board.plan_id == plan_id, col(Board.removed_at).is_not(None))
    return list(db.exec(chosen.order_by(col(Board.id).desc())))


def board(db: Session, board_id: int) -> Board | None:
    """One board."""
    return db.get(Board, board_id)


def by_hash(db: Session, token_hash: str) -> Board | None:
    """The board whose link has this token."""
    return db.exec(select(Board).where(Board.token_hash == token_hash)).first()


def revision(db: Session, board_id: int) -> tuple[datetime, int, int] | None:
    """When a board was made, its revision and its version; None for one that is not there."""
    chosen = sa.select(col(Board.created_at), col(Board.revision), col(Board.version)).where(col(Board.id) == board_id)
    found = db.execute(chosen).first()
    return (found[0], found[1], found[2]) if found is not None else None


def grow(db: Session, board_id: int) -> None:
    """What a board shows has changed. Its version, which is about what the facilitator edits, stays."""
    db.execute(sa.update(Board).where(col(Board.id) == board_id).values(revision=Board.revision + 1))


def rounds(db: Session, board_id: int) -> list[Round]:
    """The rounds of a board in their order."""
    return list(db.exec(select(Round).where(Round.board_id == board_id).order_by(col(Round.place), col(Round.id))))


def round_(db: Session, round_id: int) -> Round | None:
    """One round."""
    return db.get(Round, round_id)


def items(db: Session, round_ids: Collection[int]) -> list[Item]:
    """What stands in rounds, in its order, hidden ones too."""
    chosen = select(Item).where(col(Item.round_id).in_(round_ids))
    return list(db.exec(chosen.order_by(col(Item.place), col(Item.id))))


def item(db: Session, item_id: int) -> Item | None:
    """One item."""
    return db.get(Item, item_id)


def written_by(db: Session, round_id: int, guest_id: int) -> int:
    """How many pain points a guest wrote in a round."""
    chosen = select(sa.func.count()).select_from(Item).where(col(Item.round_id) == round_id, col(Item.guest_id) == guest_id)
    return int(db.exec(chosen).one())


def voices(db: Session, round_ids: Collection[int]) -> list[Voice]:
    """What was said in rounds."""
    return list(db.exec(select(Voice).where(col(Voice.round_id).in_(round_ids)).order_by(col(Voice.id))))


def voices_of(db: Session, round_id: int, guest_id: int) -> dict[int, Voice]:
    """What a guest said in a round, by item."""
    chosen = select(Voice).where(Voice.round_id == round_id, Voice.guest_id == guest_id)
    return {row.item_id: row for row in db.exec(chosen)}


def voice(db: Session, voice_id: int) -> Voice | None:
    """One voice."""
    return db.get(Voice, voice_id)


def guests(db: Session, board_id: int) -> list[Guest]:
    """Who joined a board, in the order in which they came."""
    return list(db.exec(select(Guest).where(Guest.board_id == board_id).order_by(col(Guest.id))))


def guest_by_hash(db: Session, secret_hash: str) -> Guest | None:
    """The guest whose browser holds this secret."""
    return db.exec(select(Guest).where(Guest.secret_hash == secret_hash)).first()


def guest(db: Session, guest_id: int) -> Guest | None:
    """One guest."""
    return db.get(Guest, guest_id)


def nicknames(db: Session, board_id: int) -> set[str]:
    """The nicknames that are taken on a board."""
    return set(db.exec(select(Guest.nickname).where(Guest.board_id == board_id)))


def codes(db: Session, board_id: int) -> list[Code]:
    """The codes of a board."""
    return list(db.exec(select(Code).where(Code.board_id == board_id).order_by(col(Code.id))))


def code(db: Session, board_id: int, code_hash: str) -> Code | None:
    """One code of a board."""
    return db.exec(select(Code).where(Code.board_id == board_id, Code.code_hash == code_hash)).first()


def last_moderation(db: Session, board_id: int) -> Moderation | None:
    """What the facilitator did last on a board and has not taken back."""
    chosen = select(Moderation).where(Moderation.board_id == board_id, col(Moderation.undone).is_(False))
    return db.exec(chosen.order_by(col(Moderation.id).desc())).first()


def taken(db: Session, board_id: int) -> list[Taken]:
    """What the plan took over from a board, the newest first, taken back or not."""
    return list(db.exec(select(Taken).where(Taken.board_id == board_id).order_by(col(Taken.id).desc())))


def one_taken(db: Session, taken_id: int) -> Taken | None:
    """One result that the plan took over."""
    return db.get(Taken, taken_id)


def standing(db: Session, plan_id: int, target: Target) -> list[tuple[Taken, Board]]:
    """What stands in a plan of boards' results on targets of a kind, the newest first."""
    chosen = select(Taken, Board).join(Board, col(Board.id) == Taken.board_id)
    chosen = chosen.where(Board.plan_id == plan_id, Taken.target == target, col(Taken.undone_at).is_(None))
    return [(row, of) for row, of in db.exec(chosen.order_by(col(Taken.id).desc()))]
