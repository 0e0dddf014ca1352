"""Everything that a timetable rests on, read from where it lives: calendar, faculty, venues, people, designs, rules, what stands now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.calendar import service as calendar
from core.delivery.content import service as content
from core.delivery.faculty import service as faculty
from core.delivery.faculty.service import TrainerView, VenueView
from core.delivery.halves import Span
from core.delivery.timetable import repository
from core.delivery.timetable.audience import unit_sizes
from core.delivery.timetable.building import Closed, Held, Inputs, Lesson, Person, Room, Teacher
from core.delivery.timetable.preparing import rules_of
from core.delivery.timetable.service import due_days
from core.delivery.timetable.tables import Placement, Programme, TrainingSession
from core.delivery.timetable.terms import Part
from core.i18n import Message
from core.people import repository as people_rows
from core.people.scope import below
from core.projects import repository as project_rows
from core.sheets.reading import folded
from core.storage import Session

USUAL_PRIORITY = 3


@dataclass(frozen=True)
class Gathered:
    """What a timetable rests on, with the names by which its parts are spoken of, and whether the year's calendar is provisional."""

    inputs: Inputs
    names: Mapping[str, str]
    provisional: bool
    calendar: Message


def gather(db: Session, actor: Actor, plan_id: int, timetable_id: int | None = None) -> Gathered:
    """What there is to be scheduled, as it stands in a timetable. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    year = calendar.year(db, actor, plan_id)
    programmes = {row.id or 0: row for row in repository.programmes(db, plan_id)}
    rows = repository.sessions(db, plan_id)
    members = repository.member_ids(db, {row.cohort_id for row in rows})
    staff = {number: (unit, line) for number, unit, _, line in repository.staff(db)}
    leave = calendar.leave(db, actor, plan_id)
    people = {one: Person(*staff[one], tuple(leave.get(one, ()))) for some in members.values() for one in some if one in staff}
    trainers, venues = faculty.trainers(db, actor, archived=True), faculty.venues(db, actor, archived=True)
    stood = held(repository.placements(db, timetable_id)) if timetable_id is not None else {}
    inputs = Inputs(
        days=year.days,
        lessons=tuple(_lessons(db, actor, plan_id, rows, programmes, members, [one for one in trainers if not one.archived])),
        teachers=tuple(_teachers(trainers, year.days, {one.trainer_id for one in stood.values()})),
        rooms=tuple(_rooms(venues, year.days, {one.venue_id for one in stood.values()})),
        people=people,
        unit_sizes=unit_sizes(db),
        blackouts=_closed(db, actor, plan_id),
        rules=rules_of(db, plan_id),
        held=stood,
    )
    return Gathered(inputs, _names(db, rows, programmes, people, trainers, venues), year.provisional, year.source)


def held(rows: Iterable[Placement]) -> dict[int, Held]:
    """Where sessions stand, as the problem wants it."""
    return {
        row.session_id: Held(
            row.session_id,
            row.day,
            row.slot,
            row.trainer_id,
            row.venue_id,
            frozenset(Part(one) for one in row.pinned),
            tuple(row.breaks),
            row.reason,
        )
        for row in rows
    }


def _lessons(
    db: Session,
    actor: Actor,
    plan_id: int,
    rows: Sequence[TrainingSession],
    programmes: Mapping[int, Programme],
    members: Mapping[int, Sequence[int]],
    trainers: Sequence[TrainerView],
) -> Iterable[Lesson]:
    designs = {one.project_id: one for one in content.designs(db, actor, plan_id)}
    due = due_days(db, actor, plan_id, list(programmes.values()))
    able = faculty.eligibility(db, actor, among=trainers)
    seats = {row.id: row.seats or 0 for row in repository.cohorts(db, plan_id)}
    lines = _lines(db, plan_id, programmes.values())
    asked: dict[tuple[tuple[int, ...], tuple[str, ...]], tuple[int, ...]] = {}
    before: dict[int, TrainingSession] = {}
    for row in rows:
        programme = programmes[row.programme_id]
        design = designs.get(programme.project_id or 0)
        own = tuple(members.get(row.cohort_id, ()))
        key = (tuple(row.competency_ids), tuple(row.trainer_names))
        if key not in asked:
            asked[key] = _able(able, *key)
        earlier = before.get(row.cohort_id)
        before[row.cohort_id] = row
        yield Lesson(
            id=row.id or 0,
            cohort_id=row.cohort_id,
            slots=row.slots,
            headcount=len(own) or seats.get(row.cohort_id, 0),
            online=row.online,
            needs_trainer=row.needs_trainer,
            trainers=asked[key],
            equipment=frozenset(row.equipment),
            people=own,
            priority=programme.priority or (design.priority if design else USUAL_PRIORITY),
            line=lines.get(row.programme_id, ""),
            earliest=programme.earliest or (design.earliest if design else None),
            due=due.get(row.programme_id),
            after=(earlier.id or 0, row.min_lag, row.max_lag) if earlier is not None else None,
            asked_for=tuple(row.trainer_names),
        )


def _able(able: faculty.Eligibility, competency_ids: Sequence[int], names: Sequence[str]) -> tuple[int, ...]:
    """Who can give a session: those whom a list names, else those who can teach its competencies."""
    if names:
        wanted = {folded(name) for name in names}
        return tuple(one.id for one in able.trainers if folded(one.name) in wanted and not one.archived and not one.left)
    return tuple(one.trainer_id for one in able.of(competency_ids))


def _lines(db: Session, plan_id: int, programmes: Iterable[Programme]) -> dict[int, str]:
    lines = {row.id: row.line for row in project_rows.all_projects(db, plan_id)}
    return {row.id or 0: line for row in programmes if (line := lines.get(row.project_id))}


def _teachers(trainers: Iterable[TrainerView], days: Sequence[date], used: Container[int | None]) -> Iterator[Teacher]:
    """The trainers; whoever has left only where they are needed for what they gave, and away all year."""
    for one in trainers:
        gone = one.archived or one.left
        if not gone or one.id in used:
            away = _all_year(days) if gone else one.absences
            yield Teacher(one.id, one.cost_per_slot or 0.0, one.max_slots_per_month, one.max_slots_per_year, away)


def _rooms(venues: Sequence[VenueView], days: Sequence[date], used: Container[int | None]) -> Iterator[Room]:
    """The venues; one that was put away only where it is needed for what was held there, and closed all year.

    Where there are no others, sessions have no venue at all.
    """
    if all(one.archived for one in venues):
        return
    for one in venues:
        if not one.archived or one.id in used:
            closed = _all_year(days) if one.archived else one.absences
            yield Room(one.id, one.capacity or None, one.cost_per_slot or 0.0, frozenset(one.equipment), closed, one.archived)


def _all_year(days: Sequence[date]) -> tuple[Span, ...]:
    return (Span(days[0], days[-1]),) if days else ()


def _closed(db: Session, actor: Actor, plan_id: int) -> tuple[Closed, ...]:
    return tuple(
        Closed(Span(one.starts, one.ends), frozenset(below(db, one.unit_ids)) if one.unit_ids else frozenset(), frozenset(one.lines))
        for one in calendar.blackouts(db, actor, plan_id)
    )


def _names(
    db: Session,
    rows: Sequence[TrainingSession],
    programmes: Mapping[int, Programme],
    people: Mapping[int, Person],
    trainers: Sequence[TrainerView],
    venues: Sequence[VenueView],
) -> dict[str, str]:
    """What the problem's names stand for, for sentences."""
    named = repository.named(db, list(people))
    found = {f"p{number}": name for number, (_, name, _) in named.items()}
    found |= {f"t{one.id}": one.name for one in trainers} | {f"v{one.id}": one.name for one in venues}
    found |= {f"u{row.id}": row.name for row in people_rows.units(db)}
    cohorts = {row.cohort_id: programmes[row.programme_id].name for row in rows}
    found |= {f"c{number}": name for number, name in cohorts.items()} | {f"g{number}": name for number, name in cohorts.items()}
    return found | {f"s{row.id}": f"{programmes[row.programme_id].name}·{row.name}" for row in rows}


def spoken(message: Message, names: Mapping[str, str]) -> Message:
    """A sentence of the solver with the problem's names put into words."""

    def put(value: object) -> object:
        if isinstance(value, Message):
            return spoken(value, names)
        if not isinstance(value, str):
            return value
        if value in names:
            return names[value]
        # Sentences that were kept before lists were messages hold the names of several joined.
        parts = [names.get(part, part) for part in value.split("、")]
        return parts[0] if len(parts) == 1 else Message.listed(parts)

    return Message(message.text, **{name: put(value) for name, value in message.values})
