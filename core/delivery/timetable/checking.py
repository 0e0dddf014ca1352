"""A look at the data before solving: what cannot be scheduled whatever the solver does, why, and where that is mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.content import service as content
from core.delivery.timetable import repository
from core.delivery.timetable.building import (
    NO_DAY_LEFT,
    NOBODY_TEACHES,
    UNKNOWN_TRAINERS,
    WAITS,
    Built,
    Lesson,
    build,
    first_start,
    session_key,
)
from core.delivery.timetable.days import day_marks
from core.delivery.timetable.gathering import Gathered, gather, spoken
from core.delivery.timetable.missing import missing
from core.delivery.timetable.rules import absent_cap
from core.delivery.timetable.service import sessions
from core.delivery.timetable.standing import build_again
from core.i18n import Message
from core.schedule.explaining.checking import check_problem
from core.schedule.problem import read_problem
from core.schedule.schedule import Rule
from core.storage import Session


class Where(StrEnum):
    """Where something that stands in the way is mended."""

    TRAINERS = "trainers"
    VENUES = "venues"
    CALENDAR = "calendar"
    COHORTS = "cohorts"
    RULES = "rules"
    DESIGN = "design"


_WHERE = {
    Rule.TRAINER_ELIGIBLE: Where.TRAINERS,
    Rule.TRAINER_UNAVAILABLE: Where.TRAINERS,
    Rule.TRAINER_MONTH: Where.TRAINERS,
    Rule.TRAINER_YEAR: Where.TRAINERS,
    Rule.CAPACITY: Where.VENUES,
    Rule.VENUE_ELIGIBLE: Where.VENUES,
    Rule.VENUE_UNAVAILABLE: Where.VENUES,
    Rule.BLACKOUT: Where.CALENDAR,
    Rule.NO_CROSSING: Where.CALENDAR,
    Rule.CALENDAR: Where.CALENDAR,
    Rule.AFTER: Where.DESIGN,
    Rule.EARLIEST: Where.DESIGN,
    Rule.MAX_ABSENT: Where.COHORTS,
}

_HOPELESS = {NOBODY_TEACHES.text: Where.TRAINERS, UNKNOWN_TRAINERS.text: Where.TRAINERS, NO_DAY_LEFT.text: Where.DESIGN}


@dataclass(frozen=True)
class Obstacle:
    """Something that stands in the way: what it is about, what is wrong, where it is mended; `certain`: a session cannot be placed."""

    about: str
    message: Message
    where: Where
    certain: bool = True


@dataclass(frozen=True)
class Looked:
    """What a look at the data found, and how much there is to be scheduled."""

    obstacles: tuple[Obstacle, ...]
    sessions: int
    person_slots: int
    calendar: Message


def look(db: Session, actor: Actor, plan_id: int) -> Looked:
    """Look at everything that is to be scheduled. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    published = repository.published(db, plan_id)
    known = gather(db, actor, plan_id, published.id if published is not None else None)
    built = _built(known, clock.today())
    found = [*_hopeless(known, built), *_impossible(known, built), *_absences(known), *_whole(known)]
    found += _on_leave(db, actor, plan_id)
    lessons = known.inputs.lessons
    return Looked(tuple(found), len(lessons), sum(one.slots * one.headcount for one in lessons), known.calendar)


def _built(known: Gathered, today: date) -> Built:
    """The problem as it is today: what was held stays as it was, and for the rest only what is left of the year can be used."""
    if known.inputs.held:
        return build_again(known.inputs, today, stay_close=False)
    days = known.inputs.days
    return build(known.inputs, today=first_start(days[0].year, today) if days else None)


def undesigned(db: Session, actor: Actor, plan_id: int) -> list[tuple[int, str]]:
    """The projects of a plan that have nothing to be scheduled yet. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    held = {row.project_id for row in repository.programmes(db, plan_id)}
    return [
        (one.project_id, one.name)
        for one in content.designs(db, actor, plan_id)
        if one.project_id not in held and not any(step.slots for step in one.activities)
    ]


def _hopeless(known: Gathered, built: Built) -> Iterator[Obstacle]:
    """Sessions that nobody can teach, or for which no room is large enough."""
    for number, why in built.hopeless.items():
        if why == WAITS:
            continue  # what comes before it is told
        yield Obstacle(known.names[session_key(number)], why, _HOPELESS.get(why.text, Where.VENUES))


def _impossible(known: Gathered, built: Built) -> Iterator[Obstacle]:
    """What cannot be, whatever the solver does: windows that are closed, lags that nothing fits, more than a year holds."""
    for one in check_problem(read_problem(built.problem)) if built.problem["sessions"] else ():
        message = Message("{what} {advice}", what=spoken(one.message, known.names), advice=spoken(one.advice, known.names))
        yield Obstacle(known.names.get(str(one.session), ""), message, _WHERE.get(one.rule, Where.RULES))


def _absences(known: Gathered) -> Iterator[Obstacle]:
    seen: set[tuple[int, int]] = set()
    for one in known.inputs.lessons:
        counts: dict[int, int] = {}
        for member in one.people:
            unit = known.inputs.people[member].unit_id if member in known.inputs.people else None
            if unit is not None:
                counts[unit] = counts.get(unit, 0) + 1
        for unit, number in counts.items():
            cap = absent_cap(known.inputs.rules, unit, known.inputs.unit_sizes.get(unit, 0))
            if number > cap and (one.cohort_id, unit) not in seen:
                seen.add((one.cohort_id, unit))
                name = known.names.get(f"u{unit}", "")
                said = Message("这个班有 {n} 人来自“{unit}”，而那里同时最多离岗 {cap} 人。", n=number, unit=name, cap=cap)
                yield Obstacle(known.names[session_key(one.id)], said, Where.COHORTS)


def _on_leave(db: Session, actor: Actor, plan_id: int) -> Iterator[Obstacle]:
    """Who would miss what is still to come of the published timetable."""
    published, today = repository.published(db, plan_id), clock.today()
    if published is None:
        return
    views = [one for one in sessions(db, actor, plan_id, published.id) if one.day is not None and one.day >= today]
    found = missing(db, actor, plan_id, views, day_marks(db, actor, plan_id))
    for view in views:
        if view.id in found:
            names = Message.listed(one.name for one in found[view.id])
            said = Message("有 {n} 人那时在休假，会缺课：{who}。", n=len(found[view.id]), who=names)
            yield Obstacle(f"{view.programme}·{view.name}", said, Where.CALENDAR, certain=False)


def _whole(known: Gathered) -> Iterator[Obstacle]:
    """What is lacking altogether, and what is worth knowing."""
    inputs = known.inputs
    if not inputs.teachers and any(one.needs_trainer for one in inputs.lessons):
        yield Obstacle("", Message("还没有讲师。"), Where.TRAINERS)
    if not inputs.rooms and any(not one.online for one in inputs.lessons):
        yield Obstacle("", Message("还没有场地：面授课会排上时间，但没有教室。"), Where.VENUES, certain=False)
    unnamed: Sequence[Lesson] = [one for one in inputs.lessons if not one.people]
    if unnamed:
        said = Message("有 {n} 节课的班还没有名单：排的时候不知道会让哪个机构缺人。", n=len(unnamed))
        yield Obstacle("", said, Where.COHORTS, certain=False)
    if any(not one.headcount for one in inputs.lessons):
        yield Obstacle("", Message("有的班一个人也没有。"), Where.COHORTS, certain=False)
