"""The rounds in which units are asked what they need: opened, links handed out and revoked, silent units reminded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.access import tokens
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals.needs import repository, telling
from core.goals.needs.draft import unit_name
from core.goals.needs.tables import AskedUnit, NeedsCall, NeedsNudge
from core.goals.needs.terms import Answer
from core.goals.needs.writing import is_open, today
from core.i18n import Message
from core.notices.outbox import tell_all
from core.people import repository as people
from core.people.scope import managers_of, scope
from core.plans import service as plans
from core.sheets.reading import folded
from core.storage import Session, now

LONGEST_TITLE, LONGEST_NOTE = 80, 300
MOST_UNITS = 500
_GONE = Message("没有找到这一轮征集，它可能已被删除。")
_CHANGED = Message("这一轮征集刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。")


@dataclass(frozen=True)
class Asked:
    """A unit that a round asks: what it has done, how many needs it filed and when the last, and when it was reminded.

    `has_link`: a link of it works now. `managers` are the names of those in charge of it, for human resources alone.
    """

    row: AskedUnit
    answer: Answer
    needs: int
    last: datetime | None
    nudges: tuple[NeedsNudge, ...]
    has_link: bool
    managers: tuple[str, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def answered(self) -> bool:
        """Whether it has said what it needs, or that it needs nothing."""
        return self.answer in (Answer.ANSWERED, Answer.NONE_NEEDED)


@dataclass(frozen=True)
class CallView:
    """A round with the units that the reader may see of it."""

    row: NeedsCall
    open: bool
    units: tuple[Asked, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def silent(self) -> tuple[Asked, ...]:
        """The units that have not answered."""
        return tuple(one for one in self.units if not one.answered)

    @property
    def days_left(self) -> int:
        """How many days there are until the last one; negative afterwards."""
        return (self.row.due_on - today()).days


@dataclass(frozen=True)
class Standing:
    """How a plan's needs stand, for the home page: how many wait to be merged (for who merges them); of the open round, how many of the
    units that the reader may see are silent, their names where they are in the reader's charge, and whether those were reminded."""

    waiting: int = 0
    asked: int = 0
    silent: int = 0
    own_silent: tuple[str, ...] = ()
    reminded_at: datetime | None = None
    due_on: date | None = None


def current(db: Session, actor: Actor, plan_id: int) -> CallView | None:
    """The plan's latest round. A unit manager sees the units in their charge. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    seen = scope(db, actor)
    rows = repository.calls(db, plan_id)[:1]
    if not rows:
        return None
    asked = [row for row in repository.asked(db, rows[0].id or 0) if seen.counted is None or row.unit_id in seen.counted]
    return CallView(rows[0], is_open(rows[0]), _views(db, actor, rows[0], asked))


def units_to_ask(db: Session, actor: Actor) -> dict[int, str]:
    """The units of the roster by their number: each can be asked. Needs `EDIT_PLANS`."""
    require(actor, Right.EDIT_PLANS)
    return {row.id or 0: row.name for row in people.units(db)}


def open_call(
    db: Session, actor: Actor, plan_id: int, title: str, due_on: date, note: str, unit_ids: Collection[int], others: Sequence[str] = ()
) -> int:
    """Begin a round that asks these units of the roster and `others` by name; an earlier one that is still open ends.

    Returns its id. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.EDIT_PLANS)
    plans.find(db, actor, plan_id)
    for earlier in repository.calls(db, plan_id):
        if is_open(earlier):
            earlier.closed_at = now()
    row = NeedsCall(plan_id=plan_id, title="", due_on=due_on, created_by=actor.account_id)
    _describe(row, title, due_on, note)
    db.add(row)
    db.flush()
    _ask(db, actor, row, unit_ids, others)
    record(db, actor, "needs_call_opened", "needs_call", row.id, due=due_on.isoformat(), units=len(repository.asked(db, row.id or 0)))
    return row.id or 0


def change_call(
    db: Session,
    actor: Actor,
    call_id: int,
    version: int,
    title: str,
    due_on: date,
    note: str,
    unit_ids: Collection[int] = (),
    others: Sequence[str] = (),
) -> None:
    """Rename a round, move its last day (which opens a closed one again), ask more units. Raises `BadInput`, `Conflict`, `NotFound`."""
    row = _seen(db, actor, call_id, version)
    _describe(row, title, due_on, note)
    if row.id != (repository.calls(db, row.plan_id)[0].id):
        raise Conflict(Message("这个计划后来又开始了新的一轮征集，旧的不能再改。"))
    row.closed_at = None
    _ask(db, actor, row, unit_ids, others)
    record(db, actor, "needs_call_changed", "needs_call", call_id, due=due_on.isoformat())


def close_call(db: Session, actor: Actor, call_id: int, version: int) -> None:
    """End a round at once: none of its links works any more. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, call_id, version)
    row.closed_at = now()
    record(db, actor, "needs_call_closed", "needs_call", call_id)


def issue(db: Session, actor: Actor, call_id: int, asked_ids: Collection[int]) -> dict[int, str]:
    """New links for units of an open round: the tokens by the unit's number, never to be had again. Their earlier links stop working.

    Raises `BadInput` for a round that is over, `NotFound`.
    """
    call, rows = _units(db, actor, call_id, asked_ids)
    if not is_open(call):
        raise BadInput(Message("这一轮征集已经结束。请先把截止日期改到今天或以后，再生成链接。"))
    made = {}
    for row in rows:
        made[row.id or 0] = tokens.fresh()
        row.token_hash, row.issued_at = tokens.digest(made[row.id or 0]), now()
    record(db, actor, "needs_link_issued", "needs_call", call_id, units=sorted(made))
    return made


def revoke(db: Session, actor: Actor, call_id: int, asked_ids: Collection[int]) -> int:
    """Stop the links of these units at once. Returns how many there were. Raises `NotFound`."""
    _, rows = _units(db, actor, call_id, asked_ids)
    live = [row for row in rows if row.token_hash is not None]
    for row in live:
        row.token_hash = None
    if live:
        record(db, actor, "needs_link_revoked", "needs_call", call_id, units=sorted(row.id or 0 for row in live))
    return len(live)


def nudge(db: Session, actor: Actor, call_id: int, asked_ids: Collection[int]) -> frozenset[int]:
    """Remind these units, which have not answered: it is noted, stands on the home page of whoever is in charge of them, and is told them.

    Returns the accounts that were reached. Raises `BadInput` for a round that is over, `NotFound`.
    """
    call, rows = _units(db, actor, call_id, asked_ids)
    if not is_open(call):
        raise BadInput(Message("这一轮征集已经结束，不用再提醒。"))
    answered = {one.id for one in _views(db, actor, call, rows) if one.answered}
    silent = [row for row in rows if row.id not in answered]
    in_charge = managers_of(db, actor, [row.unit_id for row in silent if row.unit_id is not None])
    nudges = []
    for row in silent:
        nudges.append(NeedsNudge(asked_id=row.id or 0, by=actor.name[:80], account_ids=sorted(in_charge.get(row.unit_id or 0, {}))))
    db.add_all(nudges)
    db.flush()
    if not silent:
        return frozenset()
    record(db, actor, "needs_nudged", "needs_call", call_id, units=[row.id for row in silent])
    return tell_all(db, telling.silent(db, call, silent, in_charge, f"nudge:{max(one.id or 0 for one in nudges)}"))


def say_none(db: Session, actor: Actor, asked_id: int, *, none: bool) -> None:
    """Note that a unit needs nothing this year, or take that back. Raises `NotAllowed` for another's unit, `NotFound`, `BadInput`."""
    require(actor, Right.FILE_NEEDS)
    row = repository.asked_unit(db, asked_id)
    call = repository.call(db, row.call_id) if row else None
    if row is None or call is None:
        raise NotFound(_GONE)
    plans.find(db, actor, call.plan_id)
    seen = scope(db, actor)
    if not seen.everyone and (row.unit_id is None or not seen.may_name(row.unit_id)):
        raise NotAllowed(Message("“{unit}”不归您管，不能替它回答。", unit=row.unit))
    note_none(db, actor, call, row, none=none)


def note_none(db: Session, actor: Actor, call: NeedsCall, row: AskedUnit, *, none: bool) -> None:
    """Write down that a unit of an open round needs nothing, or that it does. Raises `BadInput` where it has filed something."""
    if not is_open(call):
        raise BadInput(Message("这一轮征集已经结束。"))
    if none and repository.answers(db, [row.id or 0]):
        raise BadInput(Message("“{unit}”已经报了需求，不能再说没有需求。", unit=row.unit))
    row.none_at, row.none_by = (now(), actor.name[:80]) if none else (None, "")
    record(db, actor, "needs_none", "needs_call", call.id, unit=row.id, none=none)


def standing(db: Session, actor: Actor, plan_id: int) -> Standing:
    """How the plan's needs stand for this person. Raises `NotFound`."""
    view = current(db, actor, plan_id)
    waiting = repository.waiting(db, plan_id) if actor.may(Right.DECIDE_STRATEGY) else 0
    if view is None or not view.open:
        return Standing(waiting)
    seen = scope(db, actor)
    own = [one for one in view.silent if one.row.unit_id is not None and seen.named is not None and one.row.unit_id in seen.named]
    reminded = max((nudge.at for one in own for nudge in one.nudges), default=None)
    return Standing(waiting, len(view.units), len(view.silent), tuple(one.row.unit for one in own), reminded, view.row.due_on)


def _views(db: Session, actor: Actor, call: NeedsCall, rows: Sequence[AskedUnit]) -> tuple[Asked, ...]:
    ids = [row.id or 0 for row in rows]
    answers = repository.answers(db, ids)
    reminded: dict[int, list[NeedsNudge]] = {}
    for nudge in repository.nudges(db, ids):
        reminded.setdefault(nudge.asked_id, []).append(nudge)
    known = [row.unit_id for row in rows if row.unit_id is not None]
    in_charge = managers_of(db, actor, known) if actor.may(Right.READ_PEOPLE) else {}
    found = []
    for row in rows:
        number, last = answers.get(row.id or 0, (0, None))
        managers = tuple(in_charge.get(row.unit_id or 0, {}).values())
        has_link = row.token_hash is not None and is_open(call)
        found.append(Asked(row, _answer(row, number), number, last, tuple(reminded.get(row.id or 0, ())), has_link, managers))
    return tuple(found)


def _answer(row: AskedUnit, number: int) -> Answer:
    if number:
        return Answer.ANSWERED
    if row.none_at is not None:
        return Answer.NONE_NEEDED
    return Answer.OPENED if row.opened_at is not None else Answer.SILENT


def _describe(row: NeedsCall, title: str, due_on: date, note: str) -> None:
    title, note = " ".join(title.split()), note.strip()
    if not title:
        raise BadInput(Message("请给这一轮征集起个名称。"))
    for text, most in ((title, LONGEST_TITLE), (note, LONGEST_NOTE)):
        if len(text) > most:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text[:12], most=most))
    if due_on < today():
        raise BadInput(Message("截止日期已经过去。请选今天或以后的一天。"))
    row.title, row.note, row.due_on = title, note, due_on


def _ask(db: Session, actor: Actor, call: NeedsCall, unit_ids: Collection[int], others: Sequence[str]) -> None:
    """Put units on the list of a round, each once, and tell those in charge of the new ones."""
    units = {row.id or 0: row for row in people.units(db)}
    if set(unit_ids) - units.keys():
        raise NotFound(Message("有的机构已经不在了，请刷新后再选。"))
    by_name = {folded(row.name): row for row in units.values()}
    listed = {folded(row.unit) for row in repository.asked(db, call.id or 0)}
    wanted = [units[one].name for one in unit_ids] + [unit_name(one) for one in others if one.strip()]
    fresh = []
    for name in wanted:
        if folded(name) in listed:
            continue
        listed.add(folded(name))
        unit = by_name.get(folded(name))
        fresh.append(AskedUnit(call_id=call.id or 0, unit_id=unit.id if unit else None, unit=unit.name if unit else name))
    if not listed:
        raise BadInput(Message("请至少选一个机构。名册里没有的，可以直接写名称。"))
    if len(listed) > MOST_UNITS:
        raise BadInput(Message("一轮征集最多 {most} 个机构。", most=MOST_UNITS))
    db.add_all(fresh)
    db.flush()
    if fresh:
        in_charge = managers_of(db, actor, [row.unit_id for row in fresh if row.unit_id is not None])
        tell_all(db, telling.asked(db, call, fresh, in_charge))


def _seen(db: Session, actor: Actor, call_id: int, version: int) -> NeedsCall:
    require(actor, Right.EDIT_PLANS)
    row = _call(db, actor, call_id)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _call(db: Session, actor: Actor, call_id: int) -> NeedsCall:
    row = repository.call(db, call_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    return row


def _units(db: Session, actor: Actor, call_id: int, asked_ids: Collection[int]) -> tuple[NeedsCall, list[AskedUnit]]:
    require(actor, Right.EDIT_PLANS)
    call = _call(db, actor, call_id)
    rows = [row for row in repository.asked(db, call_id) if row.id in asked_ids]
    if len(rows) < len(set(asked_ids)):
        raise NotFound(Message("有的机构已不在这一轮征集里，请刷新后再选。"))
    return call, rows
