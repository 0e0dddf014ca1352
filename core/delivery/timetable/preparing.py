"""Makes ready what is to be scheduled: programmes from the plan's designs, cohorts from their audiences, sessions from their activities.

Doing it again changes only what has changed: people keep their cohort, cohorts and sessions keep their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import clock
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.content import service as content
from core.delivery.content.service import ActivityView, ProjectDesign
from core.delivery.timetable import repository
from core.delivery.timetable.audience import Audience, Audiences, unit_sizes
from core.delivery.timetable.forming import Formed, form
from core.delivery.timetable.rules import Rules, absent_cap, from_facts
from core.delivery.timetable.tables import Cohort, CohortMember, Programme, TrainingSession
from core.delivery.timetable.terms import Origin
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now

_FIELDS = ("place", "name", "stage", "method", "slots", "online", "needs_trainer", "competency_ids", "equipment", "trainer_names")
_LAGS = ("min_lag", "max_lag")
_ENDED = Message("项目已撤回或不再有要排的课，只留下已经上过的，{n} 人")


@dataclass(frozen=True)
class Prepared:
    """What there is to be scheduled after making ready, and how much of it is new or gone."""

    programmes: int
    cohorts: int
    sessions: int
    added: int
    removed: int


@dataclass(frozen=True)
class Begun:
    """What was held already: those sessions, their cohorts and programmes. Nothing of it changes any more because a plan does."""

    sessions: frozenset[int]
    cohorts: frozenset[int]
    programmes: frozenset[int]


def prepare(db: Session, actor: Actor, plan_id: int) -> Prepared:
    """Bring programmes, cohorts and sessions up to date. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    designs = {one.project_id: one for one in content.designs(db, actor, plan_id)}
    begun = held_already(db, plan_id)
    ended = _programmes(db, actor, plan_id, designs, begun)
    rows = repository.programmes(db, plan_id)
    rules, sizes = rules_of(db, plan_id), unit_sizes(db)
    audiences = Audiences(db, actor, rows)
    before = {row.id for row in repository.sessions(db, plan_id)}
    standing = _by_programme(repository.cohorts(db, plan_id, removed=True))
    held = _members(db, standing)
    kept = _kept(repository.sessions(db, plan_id, removed=True))
    for row in rows:
        if row.id in ended:
            _end(row, standing.get(row.id, []), held, kept, begun)
            continue
        design = designs.get(row.project_id or 0)
        audience = _with_begun(audiences, row, standing.get(row.id or 0, []), held, begun)
        size = row.cohort_size or (design.cohort_size if design else None) or rules.cohort_size
        caps = {unit: absent_cap(rules, unit, number) for unit, number in sizes.items()}
        cohorts = _cohorts(db, actor, row, audience, size, caps, standing.get(row.id or 0, []), held, begun)
        row.formed = {"source": audience.source.to_json(), "people": audience.size, "size": size}
        for cohort in cohorts:
            _sessions(db, actor, row, cohort, activities_of(row, design), kept, begun)
    db.flush()
    after = {row.id for row in repository.sessions(db, plan_id)}
    made = Prepared(len(rows), len(repository.cohorts(db, plan_id)), len(after), len(after - before), len(before - after))
    record(db, actor, "timetable_prepared", "plan", plan_id, sessions=made.sessions, added=made.added, removed=made.removed)
    return made


def held_already(db: Session, plan_id: int) -> Begun:
    """What of a plan is over as it was published."""
    table = repository.published(db, plan_id)
    placed = repository.placements(db, table.id or 0) if table is not None else []
    today = clock.today()
    over = frozenset(one.session_id for one in placed if one.day is not None and one.day < today)
    rows = [row for row in repository.sessions(db, plan_id) if row.id in over]
    return Begun(over, frozenset(row.cohort_id for row in rows), frozenset(row.programme_id for row in rows))


def _with_begun(
    audiences: Audiences, row: Programme, standing: Sequence[Cohort], held: Mapping[int, Sequence[CohortMember]], begun: Begun
) -> Audience:
    """Who takes part, and who does already."""
    members = {one.id: [each.employee_id for each in held.get(one.id or 0, ())] for one in standing if one.removed_at is None}
    taught = [who for number, some in members.items() if number in begun.cohorts for who in some]
    return audiences.with_begun(audiences.of(row), taught, {who for some in members.values() for who in some})


def rules_of(db: Session, plan_id: int) -> Rules:
    """The rules of a plan's timetable, for services that ask for a right of their own."""
    row = repository.rules(db, plan_id)
    return from_facts(row.facts, row.policy) if row is not None else Rules()


def activities_of(row: Programme, design: ProjectDesign | None) -> list[dict[str, Any]]:
    """What a programme consists of, as the columns of its sessions: from its list, else from its project's design."""
    if row.activities:
        return [dict(one) for one in row.activities]
    return list(_designed(design.activities)) if design else []


def _designed(steps: Sequence[ActivityView]) -> Iterable[dict[str, Any]]:
    for place, one in enumerate(step for step in steps if step.slots > 0):
        yield {
            "activity_key": f"d{one.id}",
            "place": place,
            "name": one.name,
            "stage": one.stage.value,
            "method": one.method.value,
            "slots": one.slots,
            "online": one.online,
            "needs_trainer": one.needs_trainer,
            "competency_ids": list(one.competency_ids),
            "equipment": list(one.equipment),
            "trainer_names": [],
            "min_lag": one.min_lag_slots if place else 0,
            "max_lag": one.max_lag_slots if place else None,
        }


def _programmes(db: Session, actor: Actor, plan_id: int, designs: Mapping[int, ProjectDesign], begun: Begun) -> set[int]:
    """A programme for each project that has something to be scheduled; those of projects that no longer have are taken away.

    Where part of one was held already it stays for that alone: returns the numbers of those.
    """
    ended: set[int] = set()
    known = {row.project_id: row for row in repository.programmes(db, plan_id, removed=True) if row.project_id is not None}
    for project_id, design in designs.items():
        row = known.pop(project_id, None)
        planned = any(one.slots > 0 for one in design.activities) or bool(row is not None and row.activities)
        if row is None and planned:
            row = Programme(plan_id=plan_id, project_id=project_id, name=design.name, origin=Origin.PROJECT, changed_by=actor.name[:80])
            db.add(row)
        elif row is not None:
            row.name = design.name
            if planned:
                row.removed_at = None
            else:
                known[project_id] = row
    for row in known.values():
        if row.id in begun.programmes:
            ended.add(row.id)
        else:
            row.removed_at = row.removed_at or now()
    db.flush()
    return ended


def _end(
    row: Programme,
    standing: Sequence[Cohort],
    held: Mapping[int, Sequence[CohortMember]],
    kept: Mapping[tuple[int, str], TrainingSession],
    begun: Begun,
) -> None:
    """Leave of a programme that is held no more what was held of it."""
    stay = [one for one in standing if one.id in begun.cohorts and one.removed_at is None]
    for one in standing:
        if one not in stay:
            one.removed_at = one.removed_at or now()
    for session in kept.values():
        if session.programme_id == row.id and session.id not in begun.sessions:
            session.removed_at = session.removed_at or now()
    people = sum(len(held.get(one.id or 0, ())) or one.seats or 0 for one in stay)
    row.formed = {**row.formed, "source": Message(_ENDED.text, n=people).to_json(), "people": people}


def _cohorts(
    db: Session,
    actor: Actor,
    row: Programme,
    audience: Audience,
    size: int,
    caps: Mapping[int, int],
    standing: Sequence[Cohort],
    held: Mapping[int, Sequence[CohortMember]],
    begun: Begun,
) -> list[Cohort]:
    """The cohorts of a programme as they are now, written where they changed."""
    by_number = {one.number: one for one in standing}
    taught = {one.number: one.seats for one in standing if one.id in begun.cohorts and one.removed_at is None}
    if audience.people:
        earlier = [_formed(one, held.get(one.id or 0, ())) for one in standing if one.removed_at is None]
        wanted = {one.number: one for one in form(audience.people, size, caps, earlier, taught, _least(row))}
        seats: dict[int, int | None] = dict.fromkeys(wanted)
    else:
        wanted = {}
        seats = _unnamed(audience.seats - sum(one or 0 for one in taught.values()), size, _least(row), standing, taught)
    # A class that was held stays one, whoever is told of its people later.
    seats = {**{number: taught[number] for number in taught if number not in seats}, **seats}
    for number, one in by_number.items():
        if number not in seats and one.removed_at is None:
            one.removed_at = now()
    found = []
    for number, places in sorted(seats.items()):
        cohort = by_number.get(number)
        if cohort is None:
            cohort = Cohort(programme_id=row.id or 0, number=number, changed_by=actor.name[:80])
            db.add(cohort)
        cohort.removed_at, cohort.seats, cohort.by_hand = None, places, cohort.by_hand and places is not None
        db.flush()
        _keep(db, cohort, wanted.get(number) or Formed(number), held.get(cohort.id or 0, ()))
        found.append(cohort)
    return found


def _least(row: Programme) -> int:
    """How many cohorts a list asked for."""
    return int(row.audience.get("classes") or 0)


def _unnamed(people: int, size: int, least: int, standing: Sequence[Cohort], taught: Collection[int]) -> dict[int, int | None]:
    """So many people whom nobody has named, by the numbers of their cohorts: those to which a person gave places keep them as far as there
    are people, the others are even."""
    there = [one for one in standing if one.removed_at is None and one.number not in taught]
    found: dict[int, int | None] = {}
    for one in there:
        if one.by_hand and (places := min(one.seats or 0, people)) > 0:
            found[one.number], people = places, people - places
    # Who merged cohorts wants fewer than the list says.
    count = max(math.ceil(people / size), 0 if found or taught else min(least, people)) if people > 0 else 0
    taken = {*taught, *found}
    known = [one.number for one in there if one.number not in taken]
    numbers = [*known, *(number for number in range(1, count + len(taken) + len(known) + 1) if number not in {*taken, *known})][:count]
    return found | {number: people // count + (1 if place < people % count else 0) for place, number in enumerate(sorted(numbers))}


def _formed(one: Cohort, held: Sequence[CohortMember]) -> Formed:
    return Formed(one.number, [each.employee_id for each in held], {each.employee_id for each in held if each.by_hand})


def _keep(db: Session, cohort: Cohort, wanted: Formed, held: Sequence[CohortMember]) -> None:
    there = {one.employee_id: one for one in held}
    for gone in there.keys() - set(wanted.members):
        db.delete(there[gone])
    db.flush()
    db.add_all(CohortMember(cohort_id=cohort.id or 0, employee_id=one) for one in wanted.members if one not in there)


def _sessions(
    db: Session,
    actor: Actor,
    row: Programme,
    cohort: Cohort,
    activities: Sequence[Mapping[str, Any]],
    kept: dict[tuple[int, str], TrainingSession],
    begun: Begun,
) -> None:
    for one in activities:
        found = kept.pop((cohort.id or 0, one["activity_key"]), None)
        if found is not None and found.id in begun.sessions:
            continue
        columns = {name: one[name] for name in (*_FIELDS, *_LAGS)}
        if found is None:
            db.add(
                TrainingSession(
                    programme_id=row.id or 0,
                    cohort_id=cohort.id or 0,
                    activity_key=one["activity_key"],
                    changed_by=actor.name[:80],
                    **columns,
                )
            )
            continue
        found.removed_at = None
        for name, value in columns.items():
            if getattr(found, name) != value:
                setattr(found, name, value)
    for (cohort_id, _), gone in kept.items():
        if cohort_id == cohort.id and gone.removed_at is None and gone.id not in begun.sessions:
            gone.removed_at = now()


def _by_programme(rows: Iterable[Cohort]) -> dict[int, list[Cohort]]:
    found: dict[int, list[Cohort]] = {}
    for row in rows:
        found.setdefault(row.programme_id, []).append(row)
    return found


def _members(db: Session, standing: Mapping[int, Sequence[Cohort]]) -> dict[int, list[CohortMember]]:
    ids = [row.id or 0 for rows in standing.values() for row in rows]
    found: dict[int, list[CohortMember]] = {}
    for one in repository.members(db, ids):
        found.setdefault(one.cohort_id, []).append(one)
    return found


def _kept(rows: Iterable[TrainingSession]) -> dict[tuple[int, str], TrainingSession]:
    return {(row.cohort_id, row.activity_key): row for row in rows}
