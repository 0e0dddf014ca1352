"""A problem from its JSON: every default filled in, and one sentence that says what is wrong, and where, when it cannot be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from core.errors import BadInput
from core.i18n import Message
from core.schedule.entities import (
    Budget,
    Calendar,
    CapacityRule,
    Cohort,
    Department,
    Group,
    Id,
    Lag,
    Mode,
    Person,
    PersonMonthRule,
    Pin,
    Placement,
    Problem,
    Rules,
    Session,
    Spread,
    Trainer,
    Venue,
    Weights,
)
from core.schedule.fields import Fields, check_known, fields, repeated, whole, wrong

__all__ = [
    "Budget",
    "Calendar",
    "CapacityRule",
    "Cohort",
    "Department",
    "Group",
    "Id",
    "Lag",
    "Person",
    "PersonMonthRule",
    "Pin",
    "Placement",
    "Problem",
    "Rules",
    "Session",
    "Spread",
    "Trainer",
    "Venue",
    "Weights",
    "read_problem",
]

# Ten years of days, and a day cut into quarters of an hour: what is beyond is a slip.
_MOST_DAYS = 3_660
_MOST_SLOTS_PER_DAY = 96
_MODES = ("hard", "soft")


def read_problem(data: Any) -> Problem:
    """The problem that this JSON value is. Raises `BadInput` that names the place of what is wrong."""
    top = fields(data)
    calendar = _calendar(top)
    venues = tuple(_venue(one, calendar) for one in top.objects("venues"))
    trainers = tuple(_trainer(one, calendar) for one in top.objects("trainers"))
    departments = tuple(Department(one.id(), one.maybe_whole("max_absent")) for one in top.objects("departments"))
    known = {
        "venues": _unique(top, "venues", venues),
        "trainers": _unique(top, "trainers", trainers),
        "departments": _unique(top, "departments", departments),
    }
    people = tuple(Person(one.id(), one.known_id("department", known["departments"])) for one in top.objects("people"))
    cohorts = tuple(_cohort(one) for one in top.objects("cohorts"))
    groups = tuple(_group(one, calendar) for one in top.objects("groups"))
    known |= {
        "people": _unique(top, "people", people),
        "cohorts": _unique(top, "cohorts", cohorts),
        "groups": _unique(top, "groups", groups),
        "sessions": {one.id() for one in _sessions(top)},
    }
    sessions = tuple(_session(one, calendar, known) for one in _sessions(top))
    _unique(top, "sessions", sessions)
    _no_circle(sessions)
    return Problem(
        calendar=calendar,
        sessions=sessions,
        venues=venues,
        trainers=trainers,
        departments=departments,
        people=people,
        cohorts=cohorts,
        groups=groups,
        rules=_rules(top.object("rules")),
        weights=_weights(top.object("weights")),
        previous=_previous(top, calendar, known["sessions"]),
    )


def _calendar(top: Fields) -> Calendar:
    top.required("calendar")
    given = top.object("calendar")
    days = given.required("days")
    dates = None
    if isinstance(days, list):
        dates = _dates(days, given.at("days"))
        days = len(dates)
    count = whole(days, given.at("days"), 1, _MOST_DAYS)
    no_crossing = frozenset(
        whole(one, f"{given.at('no_crossing')}[{place}]", 0, count - 1) for place, one in enumerate(given.list("no_crossing"))
    )
    return Calendar(count, given.whole("slots_per_day", 2, 1, _MOST_SLOTS_PER_DAY), no_crossing, dates)


def _dates(listed: Sequence[Any], where: str) -> tuple[date, ...]:
    found: list[date] = []
    for place, one in enumerate(listed):
        day = _date(one, f"{where}[{place}]")
        if found and day <= found[-1]:
            raise BadInput(Message("{where}：日期 {day} 不晚于前一个日期，应从早到晚、不重复。", where=f"{where}[{place}]", day=one))
        found.append(day)
    if not found:
        raise BadInput(Message("{where} 是空的：日历里至少要有一个工作日。", where=where))
    return tuple(found)


def _date(value: Any, where: str) -> date:
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise wrong(where, Message("日期（年-月-日，如 2027-01-04）")) from error


def _venue(one: Fields, calendar: Calendar) -> Venue:
    return Venue(
        one.id(),
        one.maybe_whole("capacity"),
        one.slots("unavailable", calendar.days, calendar.slots_per_day),
        one.amount("cost_per_slot", 0.0),
    )


def _trainer(one: Fields, calendar: Calendar) -> Trainer:
    return Trainer(
        one.id(),
        one.amount("cost_per_slot", 0.0),
        one.slots("unavailable", calendar.days, calendar.slots_per_day),
        one.maybe_whole("max_slots_per_month"),
        one.maybe_whole("max_slots_per_year"),
    )


def _cohort(one: Fields) -> Cohort:
    return Cohort(one.id(), one.object("compact").amount("weight", 1.0) if one.has("compact") else 0.0)


def _group(one: Fields, calendar: Calendar) -> Group:
    spread = None
    if one.has("spread"):
        given = one.object("spread")
        given.required("min_days")
        spread = Spread(given.whole("min_days", 0), given.amount("weight", 1.0))
    return Group(
        one.id(),
        one.slots("blackout_slots", calendar.days, calendar.slots_per_day),
        spread,
        one.object("same_venue").amount("weight", 1.0) if one.has("same_venue") else 0.0,
    )


def _sessions(top: Fields) -> list[Fields]:
    top.required("sessions")
    return list(top.objects("sessions"))


def _session(one: Fields, calendar: Calendar, known: dict[str, set[Id]]) -> Session:
    people = one.ids("people", known["people"])
    last = calendar.days - 1
    return Session(
        id=one.id(),
        group=one.known_id("group", known["groups"]),
        dur=one.whole("dur", 1, 1),
        headcount=one.whole("headcount", len(people)),
        online=one.flag("online", False),
        trainers=one.ids("trainers", known["trainers"]),
        venues=one.ids("venues", known["venues"]) if one.has("venues") else None,
        cohorts=one.ids("cohorts", known["cohorts"]),
        people=people,
        priority=one.whole("priority", 3, 1, 5),
        earliest=one.whole("earliest", 0, 0, last),
        due=one.maybe_whole("due", 0, last),
        starts=one.slots("starts", calendar.days, calendar.slots_per_day) if one.has("starts") else None,
        after=tuple(_lag(lag, known["sessions"]) for lag in one.objects("after")),
        pinned=_pin(one.object("pinned"), calendar, known),
    )


def _lag(one: Fields, sessions: Collection[Id]) -> Lag:
    earlier = one.id("session")
    check_known(earlier, sessions, one.at("session"))
    return Lag(earlier, one.whole("min_lag", 0), one.maybe_whole("max_lag"))


def _pin(one: Fields, calendar: Calendar, known: dict[str, set[Id]]) -> Pin:
    return Pin(
        one.maybe_whole("day", 0, calendar.days - 1),
        one.maybe_whole("slot", 0, calendar.slots_per_day - 1),
        one.known_id("trainer", known["trainers"]),
        one.known_id("venue", known["venues"]),
    )


def _rules(one: Fields) -> Rules:
    capacity = one.object("venue_capacity")
    return Rules(
        venue_capacity=CapacityRule(_mode(capacity), capacity.amount("weight", 1.0)),
        person_month=_person_month(one.object("person_max_slots_per_month")) if one.has("person_max_slots_per_month") else None,
        budget=Budget(one.object("budget").maybe_amount("year"), _quarters(one.object("budget"))),
        month_target_slots=_amounts(one, "month_target_slots", 12) if one.has("month_target_slots") else None,
        venue_exclusive=one.flag("venue_exclusive", True),
        trainer_exclusive=one.flag("trainer_exclusive", True),
        cohort_exclusive=one.flag("cohort_exclusive", True),
        group_exclusive=one.flag("group_exclusive", True),
        person_exclusive=one.flag("person_exclusive", True),
    )


def _mode(one: Fields) -> Mode:
    return cast(Mode, one.choice("mode", "hard", _MODES))


def _person_month(one: Fields) -> PersonMonthRule:
    one.required("limit")
    return PersonMonthRule(one.whole("limit", 0), _mode(one), one.amount("weight", 1.0))


def _quarters(one: Fields) -> tuple[float | None, float | None, float | None, float | None]:
    if not one.has("quarters"):
        return (None, None, None, None)
    first, second, third, fourth = (each.maybe_amount("q") for each in _numbered(one, "quarters", 4))
    return (first, second, third, fourth)


def _amounts(one: Fields, name: str, count: int) -> tuple[float, ...]:
    listed = _numbered(one, name, count)
    for each in listed:
        each.required("q")
    return tuple(each.amount("q", 0.0) for each in listed)


class _Numbered(Fields):
    """One number of a list, read like a field."""

    def at(self, name: str) -> str:
        """Where the number stands."""
        return self.where


def _numbered(one: Fields, name: str, count: int) -> list[_Numbered]:
    listed = one.list(name)
    if len(listed) != count:
        raise BadInput(Message("{where} 有 {found} 个数，应有 {count} 个。", where=one.at(name), found=len(listed), count=count))
    return [_Numbered({"q": value}, f"{one.at(name)}[{place}]") for place, value in enumerate(listed)]


def _weights(one: Fields) -> Weights:
    default = Weights()
    return Weights(
        late=one.amount("late", default.late),
        start=one.amount("start", default.start),
        cost=one.amount("cost", default.cost),
        overload=one.amount("overload", default.overload),
        move=one.amount("move", default.move),
        trainer_change=one.amount("trainer_change", default.trainer_change),
        unplaced=one.amount("unplaced", default.unplaced),
    )


def _previous(top: Fields, calendar: Calendar, sessions: Collection[Id]) -> tuple[Placement, ...]:
    found: dict[Id, Placement] = {}
    for one in top.objects("previous"):
        session = one.id("session")
        if session in found:
            raise repeated(session, one.at("session"))
        one.required("day")
        # What is no longer in the problem may have been on days that the calendar no longer has.
        known = session in sessions
        day = one.whole("day", 0, 0, calendar.days - 1 if known else _MOST_DAYS)
        slot = one.whole("slot", 0, 0, calendar.slots_per_day - 1 if known else _MOST_SLOTS_PER_DAY)
        found[session] = Placement(session, day, slot, one.maybe_id("trainer"), one.maybe_id("venue"))
    return tuple(found.values())


def _unique(top: Fields, name: str, made: Sequence[Any]) -> set[Id]:
    seen: set[Id] = set()
    for place, one in enumerate(made):
        if one.id in seen:
            raise repeated(one.id, f"{top.at(name)}[{place}].id")
        seen.add(one.id)
    return seen


def _no_circle(sessions: Sequence[Session]) -> None:
    """Raise `BadInput` when a session is, over others or at once, after itself."""
    waiting = {one.id: {lag.session for lag in one.after} for one in sessions}
    followers: dict[Id, list[Id]] = {}
    for one, earlier in waiting.items():
        for each in earlier:
            followers.setdefault(each, []).append(one)
    ready = [one for one, earlier in waiting.items() if not earlier]
    while ready:
        done = ready.pop()
        del waiting[done]
        for one in followers.get(done, ()):
            waiting[one].discard(done)
            if not waiting[one]:
                ready.append(one)
    if waiting:
        circle = _circle(waiting)
        raise BadInput(Message("sessions 的 after 首尾相接，排不出先后：{circle}。", circle=" → ".join(map(str, circle))))


def _circle(waiting: dict[Id, set[Id]]) -> list[Id]:
    """One circle among sessions that all wait for one another, from its first session back to it."""
    walked: list[Id] = []
    one = next(iter(waiting))
    while one not in walked:
        walked.append(one)
        one = next(each for each in waiting[one] if each in waiting)
    return [*walked[walked.index(one) :], one][::-1]
