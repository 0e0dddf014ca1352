"""Changing a timetable by hand: moving, pinning, setting trainer and venue, under the policy for what breaks a rule; and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.timetable import repository, service
from core.delivery.timetable.building import Built, Held, build, session_key, trainer_key, venue_key
from core.delivery.timetable.conflicts import Board, Break, Place, told
from core.delivery.timetable.gathering import Gathered, gather
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.preparing import rules_of
from core.delivery.timetable.tables import Placement, PlacementAction, Timetable
from core.delivery.timetable.terms import Part, Policy, TimetableState
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.storage import Session, now

LONGEST_REASON = 300
_CHANGED = Message("“{session}”刚被别人改过，什么都没有保存。请看过最新的再改。")
_KEPT = ("day", "slot", "ends_on", "trainer_id", "venue_id", "pinned", "reasons", "relaxations", "breaks", "reason")


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a session. `version` is the one that they saw; `day` None takes it out of the timetable."""

    session_id: int
    version: int
    day: date | None
    slot: int = 0
    trainer_id: int | None = None
    venue_id: int | None = None
    pinned: frozenset[Part] = frozenset()


@dataclass(frozen=True)
class Situation:
    """A timetable with what it rests on, to ask what speaks against something."""

    known: Gathered
    built: Built
    board: Board

    def against(self, wanted: Wanted) -> list[Break]:
        """What speaks against it, the other sessions where they are."""
        place = place_of(wanted, Grid(self.known.inputs.days))
        key = session_key(wanted.session_id)
        if wanted.day is None or key not in self.board.sessions:
            return []
        if place is None:
            return [Break("calendar", Message("{day} 不是可以排课的日子。", day=wanted.day.isoformat()))]
        return self.board.against(key, place)


def situation(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> Situation:
    """A timetable with what it rests on. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    service.find(db, actor, plan_id, timetable_id)
    known = gather(db, actor, plan_id, timetable_id)
    built = build(known.inputs, whole=True)
    grid = Grid(known.inputs.days)
    placed = {session_key(number): place for number, one in known.inputs.held.items() if (place := _held_place(one, grid)) is not None}
    return Situation(known, built, Board(built.problem, placed, known.names))


def place_of(wanted: Wanted, grid: Grid) -> Place | None:
    """What somebody wants in the problem's words; None where the day is none of the year's."""
    day = grid.place(wanted.day) if wanted.day is not None else None
    if day is None:
        return None
    trainer = trainer_key(wanted.trainer_id) if wanted.trainer_id is not None else None
    return Place(day, wanted.slot, trainer, venue_key(wanted.venue_id) if wanted.venue_id is not None else None)


def change(
    db: Session, actor: Actor, plan_id: int, timetable_id: int, wanted: Sequence[Wanted], reason: str = "", policy: Policy | None = None
) -> list[Break]:
    """Do what somebody wants of sessions, all of it or nothing. Returns the rules that it breaks all the same.

    `policy` None: that of the plan. Needs `PLAN_DELIVERY`. Raises `BadInput` where a rule is broken without a reason that must be given,
    `Conflict` where it may not be broken or somebody changed a session since, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    _draft(db, actor, plan_id, timetable_id)
    rows = {row.session_id: row for row in repository.placements(db, timetable_id)}
    names = {one.id: f"{one.programme}·{one.name}" for one in service.sessions(db, actor, plan_id, timetable_id)}
    for one in wanted:
        if one.session_id not in names:
            raise NotFound(Message("有的课次已经不在了，请刷新后再改。"))
        if ((rows[one.session_id].version or 0) if one.session_id in rows else 0) != one.version:
            raise Conflict(Message(_CHANGED.text, session=names[one.session_id]))
    policy = policy or rules_of(db, plan_id).policy
    before = [_snapshot(rows[one.session_id]) if one.session_id in rows else {"session_id": one.session_id, "gone": True} for one in wanted]
    for one in wanted:
        row = rows.get(one.session_id) or Placement(timetable_id=timetable_id, session_id=one.session_id)
        _write(row, one, actor)
        db.add(row)
        rows[one.session_id] = row
    db.flush()
    now_so = situation(db, actor, plan_id, timetable_id)
    grid = Grid(now_so.known.inputs.days)
    slots = {one.id: one.slots for one in now_so.known.inputs.lessons}
    found: list[Break] = []
    for one in wanted:
        broken = [] if policy is Policy.OFF else now_so.against(one)
        row = rows[one.session_id]
        row.ends_on = grid.ends_on(one.day, one.slot, slots.get(one.session_id, 1)) if one.day is not None else None
        row.breaks, row.reason = told(broken), reason.strip()[:LONGEST_REASON] if broken else ""
        if one.day is None:
            row.reasons = [{"rule": "by_hand", "message": Message("{who}把它从排期里取下了。", who=actor.name).to_json()}]
        found += broken
    _heed(policy, found, reason)
    before += _no_longer_broken(now_so, rows, {one.session_id for one in wanted})
    _note(db, actor, timetable_id, "moved", before)
    record(
        db,
        actor,
        "session_moved",
        "timetable",
        timetable_id,
        sessions=[one.session_id for one in wanted],
        breaks=[one.rule for one in found],
    )
    return found


def pin(db: Session, actor: Actor, plan_id: int, timetable_id: int, seen: Mapping[int, int], parts: frozenset[Part]) -> None:
    """Hold these parts of sessions (by number, with the version that the person saw) fast, and no others.

    Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    _draft(db, actor, plan_id, timetable_id)
    rows = {row.session_id: row for row in repository.placements(db, timetable_id)}
    if any(number not in rows for number in seen):
        raise NotFound(Message("有的课次还没有排上，先给它定一个时间。"))
    if any((rows[number].version or 0) != version for number, version in seen.items()):
        raise Conflict(Message("有的课次刚被别人改过，什么都没有保存。请看过最新的再改。"))
    before = [_snapshot(rows[number]) for number in seen]
    for number in seen:
        rows[number].pinned = sorted(part.value for part in parts)
        rows[number].changed_by, rows[number].changed_at = actor.name[:80], now()
    db.flush()
    _note(db, actor, timetable_id, "pinned", before)
    record(db, actor, "session_pinned", "timetable", timetable_id, sessions=sorted(seen), parts=sorted(part.value for part in parts))


def undoable(db: Session, actor: Actor, timetable_id: int) -> bool:
    """Whether the last thing done to a timetable by hand was this person's, and can be taken back."""
    return actor.may(Right.PLAN_DELIVERY) and repository.last_action(db, timetable_id, actor.account_id) is not None


def undo(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> int:
    """Take back what this person did last. Returns how many sessions that concerned. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    _draft(db, actor, plan_id, timetable_id)
    action = repository.last_action(db, timetable_id, actor.account_id)
    if action is None:
        raise BadInput(Message("没有可以撤销的操作。"))
    rows = {row.session_id: row for row in repository.placements(db, timetable_id)}
    for was in action.before:
        row = rows.get(was["session_id"])
        if row is None:
            continue
        if was.get("gone"):
            db.delete(row)
            continue
        for name in _KEPT:
            setattr(row, name, was[name])
        for name in ("day", "ends_on"):
            setattr(row, name, date.fromisoformat(was[name]) if was[name] else None)
        row.changed_by, row.changed_at = actor.name[:80], now()
    action.undone = True
    record(db, actor, "session_undone", "timetable", timetable_id, sessions=len(action.before))
    return len(action.before)


def _no_longer_broken(now_so: Situation, rows: Mapping[int, Placement], changed: Collection[int]) -> list[dict[str, Any]]:
    """Take the mark of an exception from other sessions that break a rule no more. Returns those as they were."""
    before = []
    for number, row in rows.items():
        if not row.breaks or number in changed or row.day is None:
            continue
        broken = {one.rule for one in now_so.against(Wanted(number, 0, row.day, row.slot, row.trainer_id, row.venue_id))}
        left = [one for one in row.breaks if one["rule"] in broken]
        if len(left) < len(row.breaks):
            before.append(_snapshot(row))
            row.breaks, row.reason = left, row.reason if left else ""
    return before


def _heed(policy: Policy, found: Sequence[Break], reason: str) -> None:
    said = [one.message for one in found]
    if not said or policy in (Policy.OFF, Policy.WARN):
        return
    listed = said[0] if len(said) == 1 else Message("{first} 另有 {n} 条。", first=said[0], n=len(said) - 1)
    if policy is Policy.BLOCK:
        raise Conflict(Message("没有保存：{why}本计划的规则是不许违反。", why=listed))
    if not reason.strip():
        raise BadInput(Message("没有保存：{why}确有必要时，请写明理由再保存。", why=listed))


def _draft(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> Timetable:
    row = service.find(db, actor, plan_id, timetable_id)
    if row.state is not TimetableState.DRAFT:
        raise Conflict(Message("只有草稿可以改。已发布的排期请先“另存为草稿”或“重排”，改好再发布。"))
    return row


def _write(row: Placement, one: Wanted, actor: Actor) -> None:
    row.day, row.slot, row.trainer_id, row.venue_id = one.day, one.slot, one.trainer_id, one.venue_id
    row.pinned = sorted(part.value for part in one.pinned)
    row.reasons, row.relaxations = [], []
    row.changed_by, row.changed_at = actor.name[:80], now()


def _snapshot(row: Placement) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in _KEPT}
    for name in ("day", "ends_on"):
        found[name] = found[name].isoformat() if found[name] else None
    return {"session_id": row.session_id, **found}


def _note(db: Session, actor: Actor, timetable_id: int, action: str, before: list[dict[str, Any]]) -> None:
    db.add(PlacementAction(timetable_id=timetable_id, account_id=actor.account_id, name=actor.name[:80], action=action, before=before))


def _held_place(one: Held, grid: Grid) -> Place | None:
    return place_of(Wanted(one.session_id, 0, one.day, one.slot, one.trainer_id, one.venue_id), grid)
