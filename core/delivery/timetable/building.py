"""From what is known of a plan to the solver's problem: pure, in the solver's own words (`core/schedule`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.delivery.halves import Half, Span
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.rules import Rules, absent_cap
from core.delivery.timetable.terms import SLOTS_PER_DAY, Part
from core.i18n import Message

# Beyond an even share of the year's training, by so much.
_ROOM = 1.15
# More than is ever won by it, short of finding a place for what has none: nobody is told of a change for the sake of an evener year.
_CLOSE = {"start": 0, "move": 5000, "trainer_change": 2000}

NOBODY_TEACHES = Message("没有一位讲师能讲这节课。")
UNKNOWN_TRAINERS = Message("清单里写的讲师“{names}”不在讲师名单里，或已停用。请先添加讲师，或改成名单里的姓名再导入清单。")
NO_DAY_LEFT = Message("从它最早可以开始的那天起，这一年已没有可以排课的日子。")
WAITS = Message("它前面的课排不上，它也只能等着。")
NO_VENUE_FITS = Message("没有一个场地既坐得下 {people} 人，又有要用的设备。")


@dataclass(frozen=True)
class Teacher:
    """A trainer as the solver needs them."""

    id: int
    cost: float = 0.0
    most_a_month: int | None = None
    most_a_year: int | None = None
    away: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Room:
    """A venue as the solver needs it. `capacity` None: anybody fits in; `gone`: put away, and only known for what was held there."""

    id: int
    capacity: int | None = None
    cost: float = 0.0
    equipment: frozenset[str] = frozenset()
    closed: tuple[Span, ...] = ()
    gone: bool = False


@dataclass(frozen=True)
class Closed:
    """A time in which a unit, a line or (neither) everybody may not be taught."""

    span: Span
    unit_ids: frozenset[int] = frozenset()
    lines: frozenset[str] = frozenset()

    def concerns(self, units: Iterable[int | None], lines: Iterable[str]) -> bool:
        """Whether it concerns somebody of these."""
        if not self.unit_ids and not self.lines:
            return True
        return bool(self.unit_ids & set(units)) or bool(self.lines & set(lines))


@dataclass(frozen=True)
class Person:
    """Somebody who takes part."""

    unit_id: int | None
    line: str = ""
    leave: tuple[Span, ...] = ()

    def away(self, halves: Iterable[tuple[date, Half]]) -> bool:
        """Whether they are on leave on one of these half days."""
        return any(one.covers(day, half) for day, half in halves for one in self.leave)


@dataclass(frozen=True)
class Held:
    """When, by whom and where a session is held; `pinned` are the parts that must stay. `breaks` are the rules (as they are stored) that
    somebody placed it against, for a `reason`."""

    session_id: int
    day: date | None
    slot: int = 0
    trainer_id: int | None = None
    venue_id: int | None = None
    pinned: frozenset[Part] = frozenset()
    breaks: tuple[Mapping[str, Any], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Lesson:
    """A session as the solver needs it. `after`: the one before it, with the lags in half days. `trainers`: who could give it; `asked_for`:
    the names of those alone whom a list wants."""

    id: int
    cohort_id: int
    slots: int
    headcount: int
    online: bool
    needs_trainer: bool
    trainers: tuple[int, ...]
    equipment: frozenset[str]
    people: tuple[int, ...]
    priority: int
    line: str = ""
    earliest: date | None = None
    due: date | None = None
    after: tuple[int, int, int | None] | None = None
    asked_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """All that a timetable rests on. `days` are those on which training can be; `unit_sizes` counts the people of each unit."""

    days: tuple[date, ...]
    lessons: tuple[Lesson, ...]
    teachers: tuple[Teacher, ...]
    rooms: tuple[Room, ...]
    people: Mapping[int, Person]
    unit_sizes: Mapping[int, int]
    blackouts: tuple[Closed, ...]
    rules: Rules
    held: Mapping[int, Held] = field(default_factory=dict)


@dataclass(frozen=True)
class Built:
    """The problem, what cannot be placed whatever the solver does (by session), and what was left out or read otherwise.

    `standing` are the sessions that stay as they are held, whatever the solver says of them.
    """

    problem: dict[str, Any]
    hopeless: Mapping[int, Message]
    notes: tuple[Message, ...]
    standing: Mapping[int, Held] = field(default_factory=dict)


def session_key(number: int) -> str:
    """A session's name in the problem."""
    return f"s{number}"


def trainer_key(number: int) -> str:
    """A trainer's name in the problem."""
    return f"t{number}"


def venue_key(number: int) -> str:
    """A venue's name in the problem."""
    return f"v{number}"


def number_of(key: str | None) -> int | None:
    """The number in a name of the problem."""
    return int(key[1:]) if key else None


def first_start(year: int, today: date) -> date:
    """The first day that a timetable of a year can make use of; a year that is gone is told from its beginning."""
    first = date(year, 1, 1)
    return max(first, today) if today.year <= year else first


def build(
    known: Inputs,
    *,
    stay_close: bool = False,
    today: date | None = None,
    starts: date | None = None,
    over: frozenset[int] = frozenset(),
    whole: bool = False,
) -> Built:
    """The solver's problem. `stay_close`: what is held now is only moved where it must be.

    From `today` on is there still something to be decided: sessions that are `over` stay, all others begin that day at the earliest, or on
    the later day on which the timetable `starts` unless they stand before it, and what was closed before today is closed no more. Sessions
    that cannot be placed whatever the solver does, and those that come after them, are left out unless it is to be `whole`.
    """
    grid = Grid(known.days)
    first = grid.from_(today) if today is not None else 0
    begins = max(first, grid.from_(starts)) if starts is not None else first
    firsts = {one.id: _open_from(one, known, grid, (first, begins), over, stay_close) for one in known.lessons}
    hopeless: dict[int, Message] = {}
    for one in known.lessons:
        why = _hopeless(one, known, grid, firsts[one.id]) if one.id not in over else None
        if why is None and one.id not in over and one.after is not None and one.after[0] in hopeless:
            why = WAITS
        if why is not None:
            hopeless[one.id] = why
    lessons = known.lessons if whole else tuple(one for one in known.lessons if one.id not in hopeless)
    notes: list[Message] = []
    problem: dict[str, Any] = {
        "calendar": _calendar(known, grid, notes),
        "trainers": [_trainer(one, grid, first) for one in known.teachers],
        "venues": [_venue(one, grid, first) for one in known.rooms],
        "departments": _departments(known),
        "people": [{"id": f"p{number}", **_department(one)} for number, one in sorted(known.people.items())],
        "cohorts": [{"id": f"c{cohort}"} for cohort in sorted({one.cohort_id for one in known.lessons})],
        "groups": _groups(known, grid, first),
        "sessions": [_session(one, known, grid, firsts[one.id], over) for one in lessons],
        "rules": _rules(known.rules) | _months(known, begins, over),
        "weights": {"cost": 0.01, **(_CLOSE if stay_close else {})},
    }
    if stay_close:
        problem["previous"] = [
            _previous(one, grid) for one in known.held.values() if one.day is not None and grid.place(one.day) is not None
        ]
    return Built(problem, hopeless, tuple(notes))


def _open_from(one: Lesson, known: Inputs, grid: Grid, bounds: tuple[int, int], over: frozenset[int], stay_close: bool) -> int:
    """The number of the first day that is open to a session, whatever its project says: today, or where the timetable begins."""
    first, begins = bounds
    if one.id in over:
        return 0
    held = known.held.get(one.id)
    if held is None or held.day is None or not (stay_close or Part.TIME in held.pinned):
        return begins
    return max(first, min(begins, grid.from_(held.day)))


def _calendar(known: Inputs, grid: Grid, notes: list[Message]) -> dict[str, Any]:
    longest = max((one.slots for one in known.lessons), default=1)
    crossing: list[int] = []
    if not known.rules.over_weekend:
        crossing = grid.weekends()
        if longest > grid.longest_run() * SLOTS_PER_DAY:
            crossing = []
            notes.append(Message("有一节课比一周还长，所以这次允许课跨周末。"))
    return {"days": [day.isoformat() for day in known.days], "slots_per_day": SLOTS_PER_DAY, "no_crossing": crossing}


def _trainer(one: Teacher, grid: Grid, first: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": trainer_key(one.id), "cost_per_slot": one.cost, "unavailable": grid.within(one.away, first)}
    if one.most_a_month is not None:
        found["max_slots_per_month"] = one.most_a_month
    if one.most_a_year is not None:
        found["max_slots_per_year"] = one.most_a_year
    return found


def _venue(one: Room, grid: Grid, first: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": venue_key(one.id), "cost_per_slot": one.cost, "unavailable": grid.within(one.closed, first)}
    return found | ({"capacity": one.capacity} if one.capacity is not None else {})


def _departments(known: Inputs) -> list[dict[str, Any]]:
    units = sorted({one.unit_id for one in known.people.values() if one.unit_id is not None})
    return [{"id": f"u{unit}", "max_absent": absent_cap(known.rules, unit, known.unit_sizes.get(unit, 0))} for unit in units]


def _department(one: Person) -> dict[str, str]:
    return {"department": f"u{one.unit_id}"} if one.unit_id is not None else {}


def _groups(known: Inputs, grid: Grid, first: int) -> list[dict[str, Any]]:
    """A group for each cohort: the blackouts of its people's units and lines are its own."""
    lines: dict[int, set[str]] = {}
    people: dict[int, set[int]] = {}
    for one in known.lessons:
        people.setdefault(one.cohort_id, set()).update(one.people)
        lines.setdefault(one.cohort_id, set()).update({one.line} - {""})
    return [
        {"id": f"g{cohort}", "blackout_slots": _blackout(known, grid, sorted(people[cohort]), lines[cohort], first)}
        for cohort in sorted(people)
    ]


def _blackout(known: Inputs, grid: Grid, members: Sequence[int], lines: set[str], first: int) -> list[list[int]]:
    own = [known.people[one] for one in members if one in known.people]
    units, spoken = [one.unit_id for one in own], {*lines, *(one.line for one in own if one.line)}
    spans = [one.span for one in known.blackouts if one.concerns(units, spoken)]
    closed = {tuple(pair) for pair in grid.within(spans, first)}
    away = Counter(tuple(pair) for one in own for pair in grid.within(one.leave, first))
    closed |= {pair for pair, number in away.items() if number > known.rules.leave_share * len(own)}
    return [list(pair) for pair in sorted(closed)]


def _session(one: Lesson, known: Inputs, grid: Grid, first: int, over: frozenset[int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": session_key(one.id),
        "group": f"g{one.cohort_id}",
        "dur": one.slots,
        "headcount": one.headcount,
        "online": one.online,
        "trainers": [trainer_key(trainer) for trainer in one.trainers] if one.needs_trainer else [],
        "cohorts": [f"c{one.cohort_id}"],
        "people": [f"p{member}" for member in one.people if member in known.people],
        "priority": one.priority,
    }
    if not one.online and (one.equipment or any(room.gone for room in known.rooms)):
        found["venues"] = [venue_key(room.id) for room in fitting_rooms(one, known.rooms)]
    if earliest := _first_day(one, grid, first):
        found["earliest"] = min(earliest, max(0, len(grid.days) - 1))
    if one.due is not None:
        found["due"] = max(0, grid.until(one.due))
    if one.after is not None:
        before, least, most = one.after
        found["after"] = [{"session": session_key(before), "min_lag": least, **({"max_lag": most} if most is not None else {})}]
    if (pinned := _pins(known.held.get(one.id), grid, known, over)) is not None:
        found["pinned"] = pinned
    return found


def fitting_rooms(one: Lesson, rooms: Iterable[Room]) -> list[Room]:
    """The venues that have room and what is needed for a session."""
    return [
        room
        for room in rooms
        if not room.gone and (room.capacity is None or room.capacity >= one.headcount) and one.equipment <= room.equipment
    ]


def _hopeless(one: Lesson, known: Inputs, grid: Grid, first: int) -> Message | None:
    if one.needs_trainer and not one.trainers:
        return Message(UNKNOWN_TRAINERS.text, names=Message.listed(one.asked_for)) if one.asked_for else NOBODY_TEACHES
    if not one.online and known.rooms and not fitting_rooms(one, known.rooms):
        return Message(NO_VENUE_FITS.text, people=one.headcount)
    if _first_day(one, grid, first) >= len(grid.days):
        return NO_DAY_LEFT
    return None


def _first_day(one: Lesson, grid: Grid, first: int) -> int:
    """The number of the first day on which a session may begin; as many as there are, where there is none."""
    return max(first, grid.from_(one.earliest) if one.earliest is not None else 0)


def _pins(held: Held | None, grid: Grid, known: Inputs, over: frozenset[int]) -> dict[str, Any] | None:
    """What must stay: what a person pinned, and all of what is over."""
    if held is None or held.day is None:
        return None
    parts = set(Part) if held.session_id in over else set(held.pinned)
    found: dict[str, Any] = {}
    at = grid.place(held.day)
    if Part.TIME in parts and at is not None:
        found |= {"day": at, "slot": held.slot}
    if Part.TRAINER in parts and held.trainer_id in {one.id for one in known.teachers}:
        found["trainer"] = trainer_key(held.trainer_id or 0)
    if Part.VENUE in parts and held.venue_id in {one.id for one in known.rooms}:
        found["venue"] = venue_key(held.venue_id or 0)
    return found or None


def _previous(one: Held, grid: Grid) -> dict[str, Any]:
    assert one.day is not None
    return {
        "session": session_key(one.session_id),
        "day": grid.place(one.day),
        "slot": one.slot,
        "trainer": trainer_key(one.trainer_id) if one.trainer_id is not None else None,
        "venue": venue_key(one.venue_id) if one.venue_id is not None else None,
    }


def _months(known: Inputs, first: int, over: frozenset[int]) -> dict[str, Any]:
    """So many person-slots each month as its workdays from the first on would have, and a little more: above that it costs.

    What is over is as it is: it counts for its own month.
    """
    open_days = known.days[first:]
    if not known.rules.even or not open_days:
        return {}
    held = Counter[int]()
    for one in known.lessons:
        if one.id in over and (day := known.held[one.id].day) is not None:
            held[day.month] += one.slots * one.headcount
    total = sum(one.slots * one.headcount for one in known.lessons if one.id not in over)
    counts = Counter(day.month for day in open_days)
    return {"month_target_slots": [round(held[month] + _ROOM * total * counts[month] / len(open_days), 1) for month in range(1, 13)]}


def _rules(rules: Rules) -> dict[str, Any]:
    found: dict[str, Any] = {
        "person_max_slots_per_month": {"limit": rules.person_slots, "mode": "hard"},
        # Cohorts of one project may be taught at the same time: each is its own group.
        "group_exclusive": False,
    }
    budget: dict[str, Any] = {}
    if rules.budget_binds and rules.budget_year is not None:
        budget["year"] = rules.budget_year
    if rules.budget_binds and any(one is not None for one in rules.budget_quarters):
        budget["quarters"] = list(rules.budget_quarters)
    return found | ({"budget": budget} if budget else {})
