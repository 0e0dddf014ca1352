"""Queries on programmes, cohorts, sessions and timetables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.timetable.tables import (
    Cohort,
    CohortMember,
    Placement,
    PlacementAction,
    Programme,
    PublishedVersion,
    Timetable,
    TimetableRules,
    TrainingSession,
)
from core.delivery.timetable.terms import TimetableState
from core.goals.targets.tables import IndividualTarget
from core.people.tables import Employee

# How many values go into one IN.
_CHUNK = 800


def rules(db: Session, plan_id: int) -> TimetableRules | None:
    """What a plan says of its timetable's rules."""
    return db.exec(select(TimetableRules).where(TimetableRules.plan_id == plan_id)).first()


def anything(db: Session) -> bool:
    """Whether there is anything to be scheduled in any plan."""
    return db.exec(select(Programme.id).limit(1)).first() is not None


def programmes(db: Session, plan_id: int, *, removed: bool = False) -> list[Programme]:
    """The programmes of a plan, oldest first; with `removed` those that were taken away too."""
    chosen = select(Programme).where(Programme.plan_id == plan_id).order_by(col(Programme.id))
    return list(db.exec(chosen if removed else chosen.where(col(Programme.removed_at).is_(None))))


def programme(db: Session, programme_id: int) -> Programme | None:
    """One programme."""
    return db.get(Programme, programme_id)


def cohorts(db: Session, plan_id: int, *, removed: bool = False) -> list[Cohort]:
    """The cohorts of a plan's standing programmes, by number within each."""
    chosen = select(Cohort).join(Programme, col(Programme.id) == Cohort.programme_id).where(Programme.plan_id == plan_id)
    chosen = chosen.order_by(col(Cohort.programme_id), col(Cohort.number))
    if not removed:
        chosen = chosen.where(col(Cohort.removed_at).is_(None), col(Programme.removed_at).is_(None))
    return list(db.exec(chosen))


def cohort(db: Session, cohort_id: int) -> Cohort | None:
    """One cohort."""
    return db.get(Cohort, cohort_id)


def members(db: Session, cohort_ids: Collection[int]) -> list[CohortMember]:
    """Who is in these cohorts, in the order in which they came, without those who have left the bank."""
    found: list[CohortMember] = []
    for some in _chunks(sorted(cohort_ids)):
        chosen = select(CohortMember).join(Employee, col(Employee.id) == CohortMember.employee_id)
        chosen = chosen.where(col(CohortMember.cohort_id).in_(some), col(Employee.left_at).is_(None))
        found += db.exec(chosen.order_by(col(CohortMember.id)))
    return found


def member_ids(db: Session, cohort_ids: Collection[int]) -> dict[int, list[int]]:
    """The same as numbers alone, by cohort: what a timetable of thousands of places rests on."""
    found: dict[int, list[int]] = {}
    choose: Any = sa.select
    for some in _chunks(sorted(cohort_ids)):
        chosen = choose(CohortMember.cohort_id, CohortMember.employee_id).join(Employee, col(Employee.id) == CohortMember.employee_id)
        chosen = chosen.where(col(CohortMember.cohort_id).in_(some), col(Employee.left_at).is_(None))
        for cohort_id, employee_id in db.execute(chosen.order_by(col(CohortMember.id))):
            found.setdefault(cohort_id, []).append(employee_id)
    return found


def forget_members(db: Session, cohort_id: int) -> None:
    """Empty a cohort."""
    db.execute(sa.delete(CohortMember).where(col(CohortMember.cohort_id) == cohort_id))


def sessions(db: Session, plan_id: int, *, removed: bool = False) -> list[TrainingSession]:
    """The training sessions of a plan, by programme, cohort and place."""
    chosen = select(TrainingSession).join(Programme, col(Programme.id) == TrainingSession.programme_id)
    chosen = chosen.join(Cohort, col(Cohort.id) == TrainingSession.cohort_id).where(Programme.plan_id == plan_id)
    if not removed:
        gone = (TrainingSession.removed_at, Cohort.removed_at, Programme.removed_at)
        chosen = chosen.where(*(col(one).is_(None) for one in gone))
    return list(db.exec(chosen.order_by(col(TrainingSession.programme_id), col(Cohort.number), col(TrainingSession.place))))


def count_sessions(db: Session, plan_id: int) -> int:
    """How many sessions a plan has that are still to be held."""
    return int(db.execute(_standing(sa.select(sa.func.count()).select_from(TrainingSession), plan_id)).scalar_one())


def placed(db: Session, plan_id: int) -> dict[int, int]:
    """How many of them have a place in each timetable."""
    counted = sa.select(col(Placement.timetable_id), sa.func.count()).select_from(TrainingSession)
    counted = counted.join(Placement, col(Placement.session_id) == TrainingSession.id)
    chosen = _standing(counted, plan_id).where(col(Placement.day).is_not(None)).group_by(col(Placement.timetable_id))
    return {timetable: number for timetable, number in db.execute(chosen)}


def _standing(chosen: Any, plan_id: int) -> Any:
    """Of sessions those of a plan that are still to be held."""
    chosen = chosen.join(Cohort, col(Cohort.id) == TrainingSession.cohort_id).join(Programme, col(Programme.id) == Cohort.programme_id)
    gone = (TrainingSession.removed_at, Cohort.removed_at, Programme.removed_at)
    return chosen.where(Programme.plan_id == plan_id, *(col(one).is_(None) for one in gone))


def session(db: Session, session_id: int) -> TrainingSession | None:
    """One training session."""
    return db.get(TrainingSession, session_id)


def timetables(db: Session, plan_id: int) -> list[Timetable]:
    """The timetables of a plan, the newest first."""
    return list(db.exec(select(Timetable).where(Timetable.plan_id == plan_id).order_by(col(Timetable.id).desc())))


def timetable(db: Session, timetable_id: int) -> Timetable | None:
    """One timetable."""
    return db.get(Timetable, timetable_id)


def tell(db: Session, timetable_id: int, objective: dict[str, Any], bound: float | None, gap: float | None) -> None:
    """Note how good the best is until now, without another version: nobody edits it meanwhile."""
    values = {"objective": objective, "bound": bound, "gap": gap}
    db.connection().execute(sa.update(Timetable).where(col(Timetable.id) == timetable_id).values(**values))


def published(db: Session, plan_id: int) -> Timetable | None:
    """The published timetable of a plan."""
    chosen = select(Timetable).where(Timetable.plan_id == plan_id, Timetable.state == TimetableState.PUBLISHED)
    return db.exec(chosen.order_by(col(Timetable.id).desc())).first()


def trainer_slots(db: Session, timetable_id: int) -> dict[int, int]:
    """How many half days each trainer gives in a timetable."""
    slots = sa.func.sum(col(TrainingSession.slots))
    chosen = sa.select(col(Placement.trainer_id), slots).join(TrainingSession, col(TrainingSession.id) == Placement.session_id)
    chosen = chosen.where(
        col(Placement.timetable_id) == timetable_id, col(Placement.day).is_not(None), col(Placement.trainer_id).is_not(None)
    )
    return {int(trainer): int(total) for trainer, total in db.execute(chosen.group_by(col(Placement.trainer_id)))}


def placements(db: Session, timetable_id: int) -> list[Placement]:
    """Where a timetable has its sessions."""
    return list(db.exec(select(Placement).where(Placement.timetable_id == timetable_id).order_by(col(Placement.id))))


def placement(db: Session, timetable_id: int, session_id: int) -> Placement | None:
    """Where a timetable has a session."""
    return db.exec(select(Placement).where(Placement.timetable_id == timetable_id, Placement.session_id == session_id)).first()


def forget_placements(db: Session, timetable_id: int) -> None:
    """Empty a timetable."""
    db.execute(sa.delete(Placement).where(col(Placement.timetable_id) == timetable_id))


def last_action(db: Session, timetable_id: int, account_id: int | None) -> PlacementAction | None:
    """What somebody did to a timetable last and has not taken back; None where somebody else did something after it."""
    chosen = select(PlacementAction).where(PlacementAction.timetable_id == timetable_id, col(PlacementAction.undone).is_(False))
    found = db.exec(chosen.order_by(col(PlacementAction.id).desc())).first()
    return found if found is not None and found.account_id == account_id else None


def versions(db: Session, plan_id: int) -> list[PublishedVersion]:
    """The published versions of a plan, the newest first."""
    chosen = select(PublishedVersion).where(PublishedVersion.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(PublishedVersion.number).desc())))


def counts(db: Session, plan_id: int) -> tuple[int, int, int]:
    """How many sessions of a plan are to be held, how many of them the published timetable places, and its version's number (0: none)."""
    sessions = sa.select(col(TrainingSession.id)).join(Programme, col(Programme.id) == TrainingSession.programme_id)
    sessions = sessions.join(Cohort, col(Cohort.id) == TrainingSession.cohort_id).where(col(Programme.plan_id) == plan_id)
    sessions = sessions.where(*(col(one.removed_at).is_(None) for one in (TrainingSession, Cohort, Programme)))
    placed = sa.select(sa.func.count()).select_from(Placement).join(Timetable, col(Timetable.id) == Placement.timetable_id)
    placed = placed.where(col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED)
    placed = placed.where(col(Placement.day).is_not(None), col(Placement.session_id).in_(sessions))
    number = sa.select(sa.func.max(PublishedVersion.number)).where(col(PublishedVersion.plan_id) == plan_id)
    total = sa.select(sa.func.count()).select_from(sessions.subquery())
    return int(db.scalar(total) or 0), int(db.scalar(placed) or 0), int(db.scalar(number) or 0)


def drafts(db: Session, plan_id: int) -> int:
    """How many drafts of a timetable a plan has."""
    chosen = sa.select(sa.func.count()).select_from(Timetable)
    return int(db.scalar(chosen.where(col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.DRAFT)) or 0)


def staff(db: Session) -> list[tuple[int, int | None, int | None, str]]:
    """Everybody who has not left: id, unit, post, line."""
    chosen = select(Employee.id, Employee.unit_id, Employee.post_id, Employee.line).where(col(Employee.left_at).is_(None))
    return [(number or 0, unit, post, line) for number, unit, post, line in db.exec(chosen.order_by(col(Employee.employee_no)))]


def named(db: Session, employee_ids: Collection[int]) -> dict[int, tuple[str, str, int | None]]:
    """The number, the name and the unit of these people."""
    found: dict[int, tuple[str, str, int | None]] = {}
    for some in _chunks(sorted(employee_ids)):
        chosen = select(Employee.id, Employee.employee_no, Employee.name, Employee.unit_id).where(col(Employee.id).in_(some))
        found |= {number or 0: (no, name, unit) for number, no, name, unit in db.exec(chosen)}
    return found


def with_targets(db: Session, project_ids: Collection[int]) -> dict[int, set[int]]:
    """The people whose own targets were confirmed in each of these projects."""
    found: dict[int, set[int]] = {}
    chosen = select(IndividualTarget.project_id, IndividualTarget.employee_id).where(col(IndividualTarget.project_id).in_(project_ids))
    for project, employee in db.exec(chosen.distinct()):
        found.setdefault(project, set()).add(employee)
    return found


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
