"""What an earlier year's plan of the unit decided on the same words, offered to this year's review and taken over as one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from core.access import accounts
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, require
from core.access.audit import record
from core.errors import Conflict
from core.i18n import Message
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.storage import Session, now
from core.strategy import earlier, repository
from core.strategy.findings import FindingKind
from core.strategy.history import Action
from core.strategy.repository import Outline
from core.strategy.tables import FindingRow, FindingState
from core.strategy.updating import remember

ACTION = "taken_over"
_SETTLED = (FindingState.ACCEPTED, FindingState.REJECTED)
_WRITTEN = ("kind", "text", "perspective", "competencies", "metric", "measure")


@dataclass(frozen=True)
class Line:
    """A finding that waits and what it would become: as the finding `precedent` of that year's plan was decided.

    `into` is this year's finding that it would be merged into; `edited`: a person had corrected it, and the correction comes with it.
    `deadline` is that of the target that it would be, "" where it has none.
    """

    id: int
    version: int
    kind: FindingKind
    state: FindingState
    year: int
    precedent: int
    precedent_version: int
    edited: bool
    into: int | None = None
    deadline: str = ""


@dataclass(frozen=True)
class Offer:
    """What can be taken over, in reading order."""

    lines: tuple[Line, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose plans decided, the nearest first."""
        return tuple(sorted({one.year for one in self.lines}, reverse=True))

    @property
    def states(self) -> Counter[FindingState]:
        """How many would be accepted, rejected, merged."""
        return Counter(one.state for one in self.lines)

    @property
    def edited(self) -> int:
        """How many bring a correction with them."""
        return sum(one.edited for one in self.lines)

    def due_before(self, year: int) -> int:
        """How many targets would be accepted that were due before that year: last year's own, most likely."""
        due = (one.deadline[:4] for one in self.lines if one.state is FindingState.ACCEPTED)
        return sum(written.isdecimal() and int(written) < year for written in due)

    @property
    def stamp(self) -> str:
        """What says whether it is still what a person saw."""
        return sha256(repr(self.lines).encode()).hexdigest()

    def of(self, kind: FindingKind) -> Counter[FindingState]:
        """How many of a kind would be accepted, rejected, merged."""
        return Counter(one.state for one in self.lines if one.kind is kind)


@dataclass(frozen=True)
class Precedent:
    """The decision that was taken over: in which year's plan, by whom and when."""

    year: int
    by: str
    at: datetime | None


def offer(db: Session, actor: Actor, plan_id: int) -> Offer:
    """What earlier years' plans decided on the words of findings that wait and that nobody has touched this year; the nearest year counts.

    Needs `DECIDE_STRATEGY`. Raises `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    years = earlier.years_before(db, actor, plan_id)
    if not years:
        return Offer()
    mine = earlier.held(db, actor, plan_id)
    work = _Work({one.id: one for one in mine.findings})
    for plan in years:
        if not work.open:
            break
        then = earlier.held(db, actor, plan.id or 0, mine.families.values())
        work.take(plan.year, earlier.same(mine, then), {one.id: one for one in then.findings})
    return Offer(_dated(db, [work.lines[number] for number in work.mine if number in work.lines]))


def take_over(db: Session, actor: Actor, plan_id: int, stamp: str) -> int:
    """Decide as earlier years did, all that the person saw offered, as one action of the review. Returns how many; none the second time.

    Needs `DECIDE_STRATEGY`. Raises `Conflict` when it is not any more what the person saw: then nothing changes; `NotFound`.
    """
    wanted = offer(db, actor, plan_id)
    if not wanted.lines:
        return 0
    if wanted.stamp != stamp:
        raise Conflict(Message("这些发现或以前年度的决定刚有变化，没有沿用。请看过新的数目再沿用。"))
    rows = repository.numbered(db, [one.id for one in wanted.lines])
    models = repository.numbered(db, [one.precedent for one in wanted.lines if one.edited])
    history = Action(plan_id, actor, ACTION, [rows[one.id] for one in wanted.lines])
    moment = now()
    for one in wanted.lines:
        row = rows[one.id]
        if one.edited:
            _correct(row, models[one.precedent])
        row.state, row.merged_into, row.precedent_id = one.state, one.into, one.precedent
        row.decided_by, row.decided_at = actor.account_id, moment
    history.write(db)
    record(db, actor, "findings_taken_over", "plan", plan_id, number=len(wanted.lines), years=list(wanted.years))
    return len(wanted.lines)


def behind(db: Session, actor: Actor, row: FindingRow) -> Precedent | None:
    """By which earlier decision a finding was decided; None where somebody decided here, or it is gone. Raises `NotFound`."""
    plans.find(db, actor, row.plan_id)
    found = repository.numbered(db, [row.precedent_id]).get(row.precedent_id) if row.precedent_id is not None else None
    plan = plan_rows.plan(db, found.plan_id) if found is not None else None
    if found is None or plan is None:
        return None
    return Precedent(plan.year, accounts.names(db, actor).get(found.decided_by or 0, LOCAL_ADMINISTRATOR.name), found.decided_at)


def _dated(db: Session, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the deadlines of the targets that they would accept: as people corrected them, else as they stand here."""
    of = {one.id: one.precedent if one.edited else one.id for one in lines if one.state is FindingState.ACCEPTED}
    due = repository.deadlines(db, of.values())
    return tuple(replace(one, deadline=due.get(of.get(one.id, 0), "")) for one in lines)


@dataclass
class _Work:
    """This year's findings, and what is to become of those that wait."""

    mine: Mapping[int, Outline]
    lines: dict[int, Line] = field(default_factory=dict)
    open: set[int] = field(init=False)

    def __post_init__(self) -> None:
        waiting = (one for one in self.mine.values() if one.state is FindingState.PENDING)
        # What a person put back or corrected this year is for people to decide.
        self.open = {one.id for one in waiting if one.decided_by is None and not one.edited}

    def take(self, year: int, same: Mapping[int, Outline], theirs: Mapping[int, Outline]) -> None:
        """Decide what waits as that year did: first what stands for itself, then what was merged into it."""
        here = {one.id: number for number, one in same.items()}
        pairs = [(number, same[number]) for number in sorted(self.open & same.keys())]
        for number, one in pairs:
            if one.state in _SETTLED:
                self._line(number, year, one)
        for number, one in pairs:
            into = here.get(one.merged_into or 0)
            if one.state is FindingState.MERGED and into is not None and self._stands(into) is theirs[one.merged_into or 0].state:
                self._line(number, year, one, into)

    def _stands(self, number: int) -> FindingState | None:
        """What a finding stands as, once all is done, where it stands for itself."""
        state = self.lines[number].state if number in self.lines else self.mine[number].state
        return state if state in _SETTLED else None

    def _line(self, number: int, year: int, one: Outline, into: int | None = None) -> None:
        mine = self.mine[number]
        self.open.discard(number)
        self.lines[number] = Line(number, mine.version, mine.kind, one.state, year, one.id, one.version, one.edited, into)


def _correct(row: FindingRow, model: FindingRow) -> None:
    """What a person wrote in an earlier year stands here too."""
    remember(row)
    for name in _WRITTEN:
        setattr(row, name, getattr(model, name))
    row.edited = True
