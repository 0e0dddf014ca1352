"""Trainers and venues in the database, as an actor may see them: who there is, who could teach what, which rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.calendar import service as calendar
from core.delivery.calendar.service import YearCalendar
from core.delivery.faculty import repository
from core.delivery.faculty.eligible import Eligible
from core.delivery.faculty.eligible import eligible as chosen
from core.delivery.faculty.faculty import Away, Rating, Skill, TrainerView, VenueView, mean_rating
from core.delivery.faculty.levels import measured, stand
from core.delivery.faculty.share import Rule
from core.delivery.faculty.tables import TrainerAbsence, TrainerRating, TrainerRow, TrainerSkill, VenueAbsence, VenueRow
from core.delivery.faculty.terms import TrainerRole
from core.delivery.halves import Span
from core.errors import NotFound
from core.i18n import Language, Message
from core.people.courses import service as catalogue
from core.people.gaps.memory import facts
from core.people.scope import Scope, scope
from core.storage import Session

__all__ = ["Eligible", "Skill", "TrainerView", "VenueView", "eligible", "find", "rule", "trainers", "venues"]

GONE = Message("没有找到这位讲师，可能有人撤销了添加或导入。请刷新后再看。")
VENUE_GONE = Message("没有找到这个场地，可能有人撤销了添加或导入。请刷新后再看。")


@dataclass(frozen=True)
class Detail:
    """All of one trainer: `ratings` are empty for those who may not see them."""

    trainer: TrainerView
    absences: tuple[Away, ...]
    ratings: tuple[Rating, ...]


def trainers(db: Session, actor: Actor, *, archived: bool = False, today: date | None = None) -> list[TrainerView]:
    """The trainers, in the order in which they came; with `archived` those that were put away too. Needs `SEE_DELIVERY`.

    Ratings and why somebody is away are for those who plan; a measured level, which is an assessment of a person, for those who may
    read it of that person.
    """
    require(actor, Right.SEE_DELIVERY)
    rows = [row for row in repository.trainers(db) if archived or row.archived_at is None]
    own, gather = scope(db, actor), _Gathered(db, actor, today or clock.today(), rows)
    return [gather.view(row, own) for row in rows]


def find(db: Session, actor: Actor, trainer_id: int) -> Detail:
    """All of one trainer. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.SEE_DELIVERY)
    row = repository.trainer(db, trainer_id)
    if row is None:
        raise NotFound(GONE)
    gather = _Gathered(db, actor, clock.today(), [row])
    why = actor.may(Right.PLAN_DELIVERY)
    away = tuple(Away(one.id or 0, one.version or 0, span_of(one, why=why)) for one in repository.absences(db, trainer_id))
    return Detail(gather.view(row, scope(db, actor)), away, gather.ratings.get(trainer_id, ()))


def eligible(db: Session, actor: Actor, competency_ids: Sequence[int], external_role: TrainerRole | None = None) -> list[Eligible]:
    """Who could teach these competencies, the best first (`eligible.py` says by what rule); in a role only those who have it.

    Needs `SEE_DELIVERY`; ratings count only for those who may see them.
    """
    asked = eligibility(db, actor)
    return asked.of(competency_ids, external_role)


@dataclass(frozen=True)
class Eligibility:
    """All that is needed to say who could teach what, read once for many questions."""

    trainers: tuple[TrainerView, ...]
    names: Mapping[int, str]
    rule: Rule

    def of(self, competency_ids: Sequence[int], external_role: TrainerRole | None = None) -> list[Eligible]:
        """Who could teach these competencies, the best first."""
        wanted = tuple(dict.fromkeys(competency_ids))
        allowed, least = self.rule.external_roles, self.rule.least_level
        return chosen(self.trainers, wanted, self.names, least_level=least, external_roles=allowed, role=external_role)


def eligibility(db: Session, actor: Actor, language: Language = "zh", among: Sequence[TrainerView] | None = None) -> Eligibility:
    """The same for many questions, with competencies named in `language`; `among` these trainers, where they are known already.

    Needs `SEE_DELIVERY`.
    """
    names = {key: one.name for key, one in catalogue.abilities(db, actor, language).items()}
    return Eligibility(tuple(trainers(db, actor) if among is None else among), names, rule(db, actor))


def venues(db: Session, actor: Actor, *, archived: bool = False) -> list[VenueView]:
    """The venues, in the order in which they came; with `archived` those that were put away too. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    closed: dict[int, list[Span]] = {}
    for one in repository.closures(db):
        closed.setdefault(one.venue_id, []).append(span_of(one))
    rows = [row for row in repository.venues(db) if archived or row.archived_at is None]
    return [_venue(row, tuple(closed.get(row.id or 0, ()))) for row in rows]


def closures(db: Session, actor: Actor, venue_id: int) -> list[Away]:
    """When a venue cannot be had. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    return [Away(one.id or 0, one.version or 0, span_of(one)) for one in repository.closures(db, venue_id)]


def rule(db: Session, actor: Actor) -> Rule:
    """What the branch wants of its faculty; an example until somebody says. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    row = repository.rule(db)
    if row is None:
        return Rule()
    roles = tuple(role for role in TrainerRole if role.value in row.external_roles)
    return Rule(row.target, row.basis, row.source, roles, row.least_level, row.version or 0, example=row.sample)


@dataclass(frozen=True)
class Choices:
    """Whom a trainer can be linked to (number, name and unit by employee), and the units by id."""

    staff: Mapping[int, str]
    units: Mapping[int, str]


def choices(db: Session, actor: Actor) -> Choices:
    """What the form of a trainer offers. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    staff = {row_id: f"{number} {name} · {unit or '—'}" for row_id, number, name, unit in repository.employees(db)}
    return Choices(staff, repository.units(db))


def calendar_of(db: Session, actor: Actor, plan_id: int | None) -> YearCalendar | None:
    """The calendar that trainers' half days are counted on: that of the chosen plan's year; None without one."""
    return calendar.year(db, actor, plan_id) if plan_id is not None else None


def span_of(row: TrainerAbsence | VenueAbsence, *, why: bool = True) -> Span:
    """The stretch of half days that a row says; without `why` it does not say the reason."""
    return Span(row.starts, row.ends, row.first, row.last, row.reason if why else "")


class _Gathered:
    """What hangs on trainers, read once for all of them; ratings only for those who may see them."""

    def __init__(self, db: Session, actor: Actor, today: date, rows: Sequence[TrainerRow]) -> None:
        only = (rows[0].id or 0) if len(rows) == 1 else None
        self.units = repository.units(db)
        employees = [row.employee_id for row in rows if row.employee_id is not None]
        self.staff = repository.staff(db, employees)
        known = facts(db)
        level = known.derived(("trainers", today), lambda: stand(known.readings, today))
        self.levels: dict[int, dict[int, float]] = {}
        for (person, competency), one in measured(known.readings, level, employees, repository.archived_abilities(db)).items():
            self.levels.setdefault(person, {})[competency] = one
        self.skills: dict[int, list[TrainerSkill]] = {}
        for skill in repository.skills(db, only):
            self.skills.setdefault(skill.trainer_id, []).append(skill)
        self.away: dict[int, list[Span]] = {}
        for absence in repository.absences(db, only):
            self.away.setdefault(absence.trainer_id, []).append(span_of(absence, why=actor.may(Right.PLAN_DELIVERY)))
        self.ratings: dict[int, tuple[Rating, ...]] = {}
        for row in repository.ratings(db, only) if actor.may(Right.PLAN_DELIVERY) else ():
            self.ratings[row.trainer_id] = (*self.ratings.get(row.trainer_id, ()), _rating(row))

    def view(self, row: TrainerRow, own: Scope) -> TrainerView:
        """A trainer, with what the reader may see of them."""
        trainer_id = row.id or 0
        number, _name, unit_id, unit, post, left = self.staff.get(row.employee_id or 0, ("", "", row.unit_id, "", "", False))
        named = row.employee_id is None or own.may_name(unit_id)
        mean, raters = mean_rating(self.ratings.get(trainer_id, ()))
        return TrainerView(
            id=trainer_id,
            version=row.version or 0,
            name=row.name,
            internal=row.internal,
            unit_id=unit_id,
            unit=unit or self.units.get(unit_id or 0, ""),
            organisation=row.organisation,
            employee_id=row.employee_id,
            employee_no=number if named else "",
            post=post,
            left=left,
            roles=tuple(role for role in TrainerRole if role.value in row.roles),
            role_reason=row.role_reason,
            skills=self._skills(row, named),
            cost_per_slot=row.cost_per_slot,
            max_slots_per_month=row.max_slots_per_month,
            max_slots_per_year=row.max_slots_per_year,
            absences=tuple(self.away.get(trainer_id, ())),
            rating=mean,
            raters=raters,
            note=row.note,
            archived=row.archived_at is not None,
            sample=row.sample,
        )

    def _skills(self, row: TrainerRow, named: bool) -> tuple[Skill, ...]:
        own = self.levels.get(row.employee_id or 0, {}) if named else {}
        ratings = self.ratings.get(row.id or 0, ())
        listed = {one.competency_id: one.level for one in self.skills.get(row.id or 0, ())}
        return tuple(
            Skill(
                competency_id=competency,
                level=float(level) if (level := listed.get(competency)) is not None else own.get(competency),
                by_hand=listed.get(competency),
                measured=own.get(competency),
                listed=competency in listed,
                rating=mean_rating(one for one in ratings if one.competency_id == competency)[0],
            )
            for competency in dict.fromkeys((*listed, *own))
        )


def _rating(row: TrainerRating) -> Rating:
    return Rating(
        *(row.id or 0, row.version or 0, row.about, row.rated_on, row.score, row.scale_max, row.n, row.source),
        competency_id=row.competency_id,
    )


def _venue(row: VenueRow, closed: tuple[Span, ...]) -> VenueView:
    return VenueView(
        id=row.id or 0,
        version=row.version or 0,
        name=row.name,
        kind=row.kind,
        address=row.address,
        capacity=row.capacity,
        equipment=tuple(row.equipment),
        cost_per_slot=row.cost_per_slot,
        absences=closed,
        note=row.note,
        archived=row.archived_at is not None,
        sample=row.sample,
    )
