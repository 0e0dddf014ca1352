"""The calendar of a plan's year in the database: which days people work, when the branch is closed to training, who is on leave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.calendar import official, repository
from core.delivery.calendar.official import Name, Year
from core.delivery.calendar.tables import Blackout, CalendarDay, EmployeeLeave
from core.delivery.calendar.terms import USABLE, WORKING, DayKind, YearSource
from core.delivery.halves import Span
from core.i18n import Message
from core.people.scope import scope
from core.plans import service as plans
from core.storage import Session

_FRIDAY = 5
_SOURCES = {
    YearSource.PACKAGE: Message("{year} 年的放假和调休安排已经公布，按公布的算。"),
    YearSource.NOTICE: Message("{year} 年按您导入的放假通知算。"),
    YearSource.PROVISIONAL: Message("{year} 年的放假安排还没有公布：按法定节假日暂排，节前一个、节后两个工作日避开。"),
}


@dataclass(frozen=True)
class OwnDay:
    """A day that is otherwise for this branch: whether people work, and why. `would`: what it is without that."""

    id: int
    version: int
    day: date
    works: bool
    reason: str
    by: str
    would: DayKind


@dataclass(frozen=True)
class YearCalendar:
    """A year: `days` are those on which training can be, in order; `kinds` says of every day of the year what it is.

    `provisional`: the year's notice is still to come. `source` says where the days come from; `names` are those of holidays.
    """

    days: tuple[date, ...]
    kinds: Mapping[date, DayKind]
    provisional: bool
    source: Message
    year: int = 0
    origin: YearSource = YearSource.PACKAGE
    names: Mapping[date, Name] = field(default_factory=dict)
    own: tuple[OwnDay, ...] = ()

    @property
    def working(self) -> tuple[date, ...]:
        """The days on which people work as far as is known, those to be avoided among them."""
        return tuple(day for day, kind in self.kinds.items() if kind in WORKING)

    def count(self, kind: DayKind) -> int:
        """How many days are of a kind."""
        return sum(one is kind for one in self.kinds.values())


@dataclass(frozen=True)
class BlackoutView:
    """Days on which people of some units (with all below) or lines are not called to training; without units and lines: nobody is.

    `applies` False: the units and lines that it was for are gone, and it keeps nobody away.
    """

    id: int
    name: str
    starts: date
    ends: date
    unit_ids: tuple[int, ...]
    lines: tuple[str, ...]
    reason: str
    version: int = 0
    applies: bool = True


@dataclass(frozen=True)
class LeaveView:
    """Somebody's leave."""

    id: int
    version: int
    employee_id: int
    employee_no: str
    name: str
    unit: str
    span: Span


@dataclass(frozen=True)
class DayChange:
    """A day that was usable when people planned with it and is not any more, or the other way round."""

    day: date
    usable: bool
    kind: DayKind
    name: Name | None = None


@dataclass(frozen=True)
class Publication:
    """A year that was provisional when people planned with it and is published now: what changed."""

    year: int
    source: Message
    changes: tuple[DayChange, ...]

    @property
    def lost(self) -> tuple[date, ...]:
        """The days that sessions may stand on and that are gone."""
        return tuple(one.day for one in self.changes if not one.usable)


@dataclass(frozen=True)
class YearSums:
    """A year in days: `free` = `work` + `makeup` − `closed`, which are those on which the whole branch is closed to training."""

    free: int
    work: int
    makeup: int
    avoid: int
    closed: int


def sums(found: YearCalendar, closed: Sequence[BlackoutView]) -> YearSums:
    """What a year comes to with these blackouts."""
    whole = [one for one in closed if one.applies and not one.unit_ids and not one.lines]
    shut = sum(any(one.starts <= day <= one.ends for one in whole) for day in found.days)
    work, makeup, avoid = map(found.count, (DayKind.WORK, DayKind.MAKEUP, DayKind.AVOID))
    return YearSums(work + makeup - shut, work, makeup, avoid, shut)


def year(db: Session, actor: Actor, plan_id: int) -> YearCalendar:
    """The calendar of a plan's year. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    return of_year(db, plans.find(db, actor, plan_id).year)


def workdays(db: Session, actor: Actor, plan_id: int) -> Callable[[date], bool]:
    """Which days are workdays of the branch, with what is worked on weekends for holidays; of years around the plan's those from Monday to
    Friday. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    kinds = year(db, actor, plan_id).kinds

    def works(day: date) -> bool:
        return kinds[day] in WORKING if day in kinds else day.isoweekday() <= _FRIDAY

    return works


def of_year(db: Session, number: int) -> YearCalendar:
    """The same for a year, for services that ask for a right of their own."""
    origin, found = _known(db, number)
    own = repository.days(db, number)
    kinds = {**found.kinds, **{row.day: _own_kind(row, found.kinds[row.day]) for row in own}}
    return YearCalendar(
        days=tuple(day for day, kind in kinds.items() if kind in USABLE),
        kinds=kinds,
        provisional=origin is YearSource.PROVISIONAL,
        source=Message(_SOURCES[origin].text, year=str(number)),
        year=number,
        origin=origin,
        names=found.names,
        own=tuple(_own_day(row, found.kinds[row.day]) for row in own),
    )


def blackouts(db: Session, actor: Actor, plan_id: int, *, idle: bool = False) -> list[BlackoutView]:
    """The blackouts of a plan, by day; with `idle` also those that keep nobody away any more. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    known = {row.id for row in repository.units(db)}
    found = [_blackout(row, known) for row in repository.blackouts(db, plan_id)]
    return [one for one in found if one.applies or idle]


def leave(db: Session, actor: Actor, plan_id: int) -> Mapping[int, tuple[Span, ...]]:
    """The leave of people in a plan's year, by employee; of those whom the reader may read by name. Needs `SEE_DELIVERY`."""
    found: dict[int, tuple[Span, ...]] = {}
    for one in leave_list(db, actor, plan_id):
        found[one.employee_id] = (*found.get(one.employee_id, ()), one.span)
    return found


def leave_list(db: Session, actor: Actor, plan_id: int) -> list[LeaveView]:
    """The same by day, with names; why somebody is on leave is for those who plan."""
    require(actor, Right.SEE_DELIVERY)
    number = plans.find(db, actor, plan_id).year
    why = actor.may(Right.PLAN_DELIVERY)
    rows = repository.named_leave(db, date(number, 1, 1), date(number, 12, 31), scope(db, actor).named)
    return [
        LeaveView(row.id or 0, row.version or 0, row.employee_id, no, name, unit, span_of(row, why=why))
        for row, no, name, _unit_id, unit in rows
    ]


def published(db: Session, actor: Actor, plan_id: int) -> Publication | None:
    """What changed when the year's notice was published after people had planned with the provisional year; None when nothing did.

    Needs `SEE_DELIVERY`. It is said until somebody takes note of it (`editing.take_note`).
    """
    require(actor, Right.SEE_DELIVERY)
    number = plans.find(db, actor, plan_id).year
    then, now = repository.year(db, number), of_year(db, number)
    if then is None or not then.provisional or now.provisional:
        return None
    before, after = {date.fromisoformat(one) for one in then.usable}, set(now.days)
    changes = [DayChange(day, day in after, now.kinds[day], now.names.get(day)) for day in sorted(before ^ after)]
    return Publication(number, now.source, tuple(changes))


def is_new(db: Session, found: YearCalendar) -> bool:
    """Whether nobody has planned with a provisional year as it is now (`editing.note_used` writes that down)."""
    row = repository.year(db, found.year)
    return found.provisional and (row is None or row.usable != [day.isoformat() for day in found.days])


@dataclass(frozen=True)
class Scopes:
    """For whom a blackout can be, and who can be on leave: units and people by id, lines by name."""

    units: Mapping[int, str]
    lines: tuple[str, ...]
    staff: Mapping[int, str] = field(default_factory=dict)


def scopes(db: Session, actor: Actor) -> Scopes:
    """What blackouts can be for; the people too for those who plan. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    units = {row.id or 0: row.name for row in repository.units(db)}
    staff = repository.employee_ids(db) if actor.may(Right.PLAN_DELIVERY) else {}
    return Scopes(units, tuple(repository.lines(db)), {row_id: f"{number} {name}" for number, (row_id, name) in sorted(staff.items())})


def span_of(row: EmployeeLeave, *, why: bool = True) -> Span:
    """The stretch of half days that a row says; without `why` it does not say the reason."""
    return Span(row.starts, row.ends, row.first, row.last, row.reason if why else "")


def _known(db: Session, number: int) -> tuple[YearSource, Year]:
    """Where a year's days come from, and what they are: what is published before an imported notice, that before what is only likely.

    Of a notice that leaves out a holiday somebody has brought a part only: it is taken in, and the year stays provisional.
    """
    if official.is_published(number):
        return YearSource.PACKAGE, official.published(number)
    guess, rows = official.provisional(number), repository.notice(db, number)
    if not rows:
        return YearSource.PROVISIONAL, guess
    off, on = ({row.day: row.name for row in rows if row.works is works} for works in (False, True))
    if official.is_whole(guess, off):
        return YearSource.NOTICE, official.from_notice(number, off, on)
    return YearSource.PROVISIONAL, official.amended(guess, off, on)


def _own_kind(row: CalendarDay, would: DayKind) -> DayKind:
    if not row.works:
        return DayKind.HOLIDAY if would is not DayKind.WEEKEND else DayKind.WEEKEND
    return DayKind.WORK if would in (DayKind.WORK, DayKind.AVOID) else DayKind.MAKEUP


def _own_day(row: CalendarDay, would: DayKind) -> OwnDay:
    return OwnDay(row.id or 0, row.version or 0, row.day, row.works, row.reason, row.changed_by, would)


def _blackout(row: Blackout, known: Collection[int | None]) -> BlackoutView:
    units = () if row.whole else tuple(one for one in row.unit_ids if one in known)
    lines = () if row.whole else tuple(row.lines)
    applies = row.whole or bool(units or lines)
    return BlackoutView(row.id or 0, row.name, row.starts, row.ends, units, lines, row.reason, row.version or 0, applies)
