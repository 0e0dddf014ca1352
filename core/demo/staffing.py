"""The sample's trainers, venues, blackouts and leave on their way into the database, and out of it."""

from __future__ import annotations

from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.calendar import repository as calendar
from core.delivery.calendar.tables import Blackout, EmployeeLeave
from core.delivery.faculty import repository
from core.delivery.faculty.share import EXAMPLE_TARGET, LEAST_LEVEL
from core.delivery.faculty.tables import FacultyRule, TrainerAbsence, TrainerRating, TrainerRow, TrainerSkill, VenueAbsence, VenueRow
from core.delivery.faculty.terms import EXTERNAL_ROLES
from core.delivery.halves import Span
from core.demo.faculty import SampleTrainer, faculty
from core.people import repository as people
from core.people import sample
from core.people.competencies import seeds
from core.people.service import columns_of
from core.people.tables import CompetencyRow
from core.storage import Session

_SOURCE = "示例数据，不是本行的目标"


def load_faculty(db: Session, actor: Actor, plan_id: int) -> None:
    """Take the sample's trainers and venues in, and the blackouts and leave of the year to plan.

    Nothing happens without the sample's people, or where there are trainers or venues already.
    """
    require(actor, Right.PLAN_DELIVERY)
    if not sample.there(db) or repository.anything_there(db):
        return
    competencies = _competencies(db)
    staff = {number: row_id for number, (row_id, _name) in calendar.employee_ids(db).items()}
    units = {row.name: row.id or 0 for row in people.units(db)}
    made = faculty()
    for one in made.trainers:
        _trainer(db, one, competencies, staff, units)
    for venue in made.venues:
        fields = {name: getattr(venue, name) for name in ("name", "kind", "address", "capacity")}
        row = VenueRow(**fields, equipment=list(venue.equipment), cost_per_slot=venue.cost, sample=True)
        db.add(row)
        db.flush()
        db.add_all(VenueAbsence(venue_id=row.id or 0, **_span(span)) for span in venue.closures)
    if repository.rule(db) is None:
        roles = [role.value for role in EXTERNAL_ROLES]
        db.add(FacultyRule(target=EXAMPLE_TARGET, source=_SOURCE, external_roles=roles, least_level=LEAST_LEVEL, sample=True))
    if not calendar.blackouts(db, plan_id):
        for closed in made.blackouts:
            ids = [units[name] for name in closed.units if name in units]
            whole = not (ids or closed.lines)
            fields = {name: getattr(closed, name) for name in ("name", "starts", "ends", "reason")}
            db.add(Blackout(plan_id=plan_id, **fields, whole=whole, unit_ids=ids, lines=list(closed.lines)))
    db.add_all(EmployeeLeave(employee_id=staff[number], **_span(span)) for number, span in made.leave if number in staff)
    db.flush()
    record(db, actor, "sample_faculty_loaded", trainers=len(made.trainers), venues=len(made.venues))


def remove_faculty(db: Session) -> None:
    """Take the sample's trainers and venues away with all that hangs on them; blackouts and leave go with their plan and their people."""
    repository.remove_sample(db)
    calendar.remove_sample_days(db)
    db.flush()


def _trainer(db: Session, one: SampleTrainer, competencies: dict[str, int], staff: dict[str, int], units: dict[str, int]) -> None:
    row = TrainerRow(
        name=one.name,
        internal=one.person is not None,
        employee_id=staff.get(one.person.number) if one.person else None,
        unit_id=units.get(one.person.unit) if one.person else None,
        organisation=one.organisation,
        roles=[role.value for role in one.roles],
        role_reason=one.reason,
        cost_per_slot=one.cost,
        max_slots_per_month=one.month,
        max_slots_per_year=one.year,
        sample=True,
    )
    db.add(row)
    db.flush()
    trainer_id = row.id or 0
    names = {seed.code: seed.facts.name for seed in seeds("zh")}
    db.add_all(TrainerSkill(trainer_id=trainer_id, competency_id=competencies[code], level=level or None) for code, level in one.skills)
    db.add_all(TrainerAbsence(trainer_id=trainer_id, **_span(span)) for span in one.absences)
    db.add_all(
        TrainerRating(
            trainer_id=trainer_id,
            competency_id=competencies[given.code],
            about=names[given.code],
            rated_on=given.day,
            score=given.score,
            n=given.n,
            source=given.source,
        )
        for given in one.ratings
    )


def _competencies(db: Session) -> dict[str, int]:
    """The id of each competency that somebody teaches, by code; those that the branch has not taken in come with the sample."""
    codes = {code for one in faculty().trainers for code, _ in one.skills}
    known = sample.competencies(db)
    fresh = [one for one in seeds("zh") if one.code in codes and one.code not in known]
    db.add_all(CompetencyRow(code=one.code, **columns_of(one.facts), sample=True) for one in fresh)
    db.flush()
    return sample.competencies(db)


def _span(span: Span) -> dict[str, Any]:
    return {"starts": span.starts, "first": span.first, "ends": span.ends, "last": span.last, "reason": span.reason}
