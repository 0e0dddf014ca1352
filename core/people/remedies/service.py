"""Menus as an actor may see them: of a person and of a unit by name, of a group in sums (docs/decisions/0017-menu.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from core import clock
from core.access.actor import Actor
from core.errors import NotAllowed, NotFound
from core.i18n import Message
from core.people.courses import service as catalogue
from core.people.courses.course import Course
from core.people.gaps import service as gaps
from core.people.gaps.gap import Filters, GroupGap, Person
from core.people.gaps.measure import Cells
from core.people.gaps.memory import facts
from core.people.remedies import repository
from core.people.remedies.arranged import Arranged
from core.people.remedies.effect import Done, Effect, effects
from core.people.remedies.ranking import Part, Remedy, UnitRemedy, Unmet, Urgent, for_course, for_person, for_unit
from core.people.remedies.sums import SumsRemedy, for_sums
from core.people.remedies.tables import EnrolmentState
from core.people.scope import below, scope
from core.people.terms import LEVELS
from core.storage import Session

NO_SUCH_ENTRY = Message("课程目录里没有这个条目，或者它已归档。请刷新后再选。")


@dataclass(frozen=True)
class UnitChoice:
    """A unit that somebody may choose; `named`: they read its people by name, else only sums."""

    id: int
    name: str
    named: bool


@dataclass(frozen=True)
class Somebody:
    """Somebody whom the reader may name."""

    id: int
    number: str
    name: str
    unit_id: int | None


@dataclass(frozen=True)
class PersonMenu:
    """What a person should do first. `required` competencies, of which nothing is known of `missing`; `arranged` the last first.

    `waiting` are the entries that were done and whose competency has not been assessed again since.
    """

    person: Person
    remedies: tuple[Remedy, ...]
    unmet: tuple[Unmet, ...]
    required: int
    missing: int
    arranged: tuple[Arranged, ...]
    waiting: frozenset[int]
    as_of: date

    @property
    def states(self) -> dict[int, EnrolmentState]:
        """How far it is with what was arranged, by entry; what is planned goes before what was done."""
        found: dict[int, EnrolmentState] = {}
        for one in self.arranged:
            if one.row.state is not EnrolmentState.CANCELLED and found.get(one.row.course_id) is not EnrolmentState.PLANNED:
                found[one.row.course_id] = one.row.state
        return found


@dataclass(frozen=True)
class UnitMenu:
    """What a unit with all below it should do first. By entry, `planned` are the people for whom it is arranged, and `waiting` those who
    have done it and have not been assessed again since."""

    remedies: tuple[UnitRemedy, ...]
    unmet: tuple[Unmet, ...]
    people: int
    known: int
    planned: Mapping[int, frozenset[int]]
    waiting: Mapping[int, frozenset[int]]
    as_of: date


@dataclass(frozen=True)
class SumsMenu:
    """What a group should do first, worked out of its published sums alone, which were released up to the day `as_of` (None: not yet).

    `hidden`: competencies whose sums are not given.
    """

    remedies: tuple[SumsRemedy, ...]
    unmet: tuple[GroupGap, ...]
    hidden: int
    as_of: date | None


@dataclass(frozen=True)
class Served:
    """Somebody on whose gaps an entry works, `parts` with the most important first; `planned`: it is arranged for them; `waiting`: they
    have done it and have not been assessed again since."""

    person: Somebody
    parts: tuple[Part, ...]
    planned: bool
    waiting: bool

    @property
    def free(self) -> bool:
        """Whether it makes sense to arrange it now."""
        return not self.planned and not self.waiting


def units(db: Session, actor: Actor) -> list[UnitChoice]:
    """The units that the actor may choose, in the order in which they came. Raises `NotAllowed`."""
    seen = scope(db, actor)
    return [UnitChoice(row_id, name, seen.may_name(row_id)) for row_id, name in repository.unit_names(db).items() if seen.may_count(row_id)]


def people(db: Session, actor: Actor, unit_id: int | None = None) -> list[Somebody]:
    """Everybody whom the actor may name, or of them those of a unit with all below it, by number."""
    seen = scope(db, actor)
    own = None if unit_id is None else below(db, [unit_id])
    wanted = seen.named if own is None else own if seen.named is None else own & seen.named
    return [Somebody(*row) for row in repository.people_by_unit(db, wanted)]


def unit_of(db: Session, actor: Actor, employee_id: int) -> int | None:
    """The unit of somebody; None for nobody whom the actor may name, or where there is none."""
    found = gaps.persons(db, actor, [employee_id]).get(employee_id)
    return found.unit_id or None if found else None


def person_menu(db: Session, actor: Actor, employee_id: int, urgent: Sequence[Urgent] = ()) -> PersonMenu:
    """The menu of a person. Raises `NotFound` where the actor may not name them."""
    person = gaps.person(db, actor, employee_id)
    day = clock.today()
    cells = _cells(db, day, [employee_id])
    arranged = repository.of_employee(db, employee_id, scope(db, actor).named)
    done = {one.row.course_id for one in arranged if one.row.state is EnrolmentState.DONE}
    remedies, unmet = for_person(cells, _offered(db, actor), urgent, worked(db), done)
    missing = int(np.isnan(cells.level).sum())
    waiting = frozenset(repository.waiting(db, [employee_id]))
    return PersonMenu(person, tuple(remedies), tuple(unmet), len(cells.employee), missing, tuple(arranged), waiting, day)


def unit_menu(db: Session, actor: Actor, unit_id: int, urgent: Sequence[Urgent] = ()) -> UnitMenu:
    """The menu of a unit with all below it, for whoever may name its people. Raises `NotAllowed`."""
    day = clock.today()
    cells = _of_unit(db, actor, unit_id, day)
    everybody = np.unique(cells.employee).tolist()
    planned: dict[int, set[int]] = {}
    done: dict[int, set[int]] = {}
    for employee_id, course_id, state in repository.taken(db, everybody):
        (planned if state is EnrolmentState.PLANNED else done).setdefault(course_id, set()).add(employee_id)
    remedies, unmet = for_unit(cells, _offered(db, actor), urgent, worked(db), done)
    known = len(np.unique(cells.employee[~np.isnan(cells.level)]))
    arranged = {course_id: frozenset(some) for course_id, some in planned.items()}
    waiting = {course_id: frozenset(who) for course_id, who in repository.waiting(db, everybody).items()}
    return UnitMenu(tuple(remedies), tuple(unmet), len(everybody), known, arranged, waiting, day)


def sums_menu(db: Session, actor: Actor, unit_id: int | None, urgent: Sequence[Urgent] = ()) -> SumsMenu:
    """The menu of a unit without those below it, or of everybody (None), for whoever may count people: of published sums alone."""
    if unit_id is not None and not scope(db, actor).may_count(unit_id):
        raise NotAllowed(Message("这个机构不在您负责的范围里，不能查看那里的人。"))
    table = gaps.table(db, actor, "all" if unit_id is None else "unit", Filters(unit_id=unit_id))
    groups = [one for one in table.groups if unit_id is None or one.key.unit_id == unit_id]
    hidden = {key.competency_id for key in table.hidden if unit_id is None or key.unit_id == unit_id}
    remedies, unmet = for_sums(groups, _offered(db, actor), urgent, worked(db))
    return SumsMenu(tuple(remedies), tuple(unmet), len(hidden), None if table.gated and table.released is None else table.as_of)


def served(db: Session, actor: Actor, unit_id: int, course_id: int, urgent: Sequence[Urgent] = ()) -> list[Served]:
    """The people of a unit with all below it on whose gaps an entry works, the largest gain first. Raises `NotAllowed`, `NotFound`."""
    course = next((one for one in _offered(db, actor) if one.id == course_id), None)
    if course is None:
        raise NotFound(NO_SUCH_ENTRY)
    found = for_course(_of_unit(db, actor, unit_id, clock.today()), course, urgent)
    named = {one.id: one for one in people(db, actor, unit_id)}
    planned = {
        employee for employee, taken, state in repository.taken(db, sorted(found)) if taken == course_id and state is EnrolmentState.PLANNED
    }
    waiting = repository.waiting(db, sorted(found)).get(course_id, set())
    rows = [
        Served(named[employee], parts, employee in planned, employee in waiting) for employee, parts in found.items() if employee in named
    ]
    return sorted(rows, key=lambda one: (-sum(part.points for part in one.parts), one.person.number))


def worked(db: Session) -> dict[int, Effect]:
    """What entries did for those who did them: only of entries that enough people have done."""

    def work_out() -> dict[int, Effect]:
        done: dict[int, Done] = {}
        for row_id, employee_id, course_id, on, day, score, scale in repository.readings_of_done(db):
            one = done.get(row_id) or Done(employee_id, course_id, on, ())
            done[row_id] = Done(employee_id, course_id, on, (*one.readings, (day, LEVELS[-1] * score / scale)))
        return effects(done.values())

    # Worked out once for the readings that the facts hold and for what is done.
    found: dict[int, Effect] = facts(db).derived(("effects", repository.done_stamp(db)), work_out)
    return found


def parts_for(db: Session, employee_ids: Sequence[int], course: Course, urgent: Sequence[Urgent] = ()) -> dict[int, tuple[Part, ...]]:
    """What an entry works on of each of these people. The caller has made sure that the actor may name them."""
    return for_course(_cells(db, clock.today(), employee_ids), course, urgent)


def _offered(db: Session, actor: Actor) -> list[Course]:
    return [one for one in catalogue.courses(db, actor) if not one.archived]


def _cells(db: Session, day: date, employee_ids: Sequence[int]) -> Cells:
    some = facts(db).measured(day)
    return some.where(np.isin(some.employee, employee_ids))


def _of_unit(db: Session, actor: Actor, unit_id: int, day: date) -> Cells:
    if not scope(db, actor).may_name(unit_id):
        raise NotAllowed(Message("这个机构不在您负责的范围里，不能查看那里的人。"))
    some = facts(db).measured(day)
    return some.where(np.isin(some.unit, list(below(db, [unit_id]))))
