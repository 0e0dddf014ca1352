"""Gaps as an actor may see them: by group, by person, over the years (docs/decisions/0014-gaps.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

import numpy as np

from core import clock
from core.access.actor import Actor
from core.errors import NotAllowed, NotFound
from core.i18n import Message
from core.people import repository as model
from core.people.gaps import repository
from core.people.gaps.gap import Filters, GapKey, GapTable, GroupGap, Person, PersonGap
from core.people.gaps.gating import Gates, gates
from core.people.gaps.measure import NONE, Cells, Flags, Ints, Sums, sums
from core.people.gaps.memory import Facts, facts
from core.people.gaps.persons import gaps_of
from core.people.gaps.released import Released, released
from core.people.scope import Scope, below, scope
from core.storage import Session

EVERYTHING = Filters()

By = Literal["unit", "post", "all"]
_NOT_YOURS = Message("没有这个人，或者不在您可以查看的范围里。")
_SUMS_ONLY = Message("您看到的是汇总：可以按机构看，也可以按岗位看，但不能再把人分得更细。请去掉其中的筛选。")


def table(db: Session, actor: Actor, by: By = "unit", chosen: Filters = EVERYTHING, *, as_of: date | None = None) -> GapTable:
    """Gaps of the groups that the actor may count, competency by competency; those behind a gate are named in `hidden` alone.

    Raises `NotAllowed` where a reader of sums asks for a part of a group.
    """
    seen = scope(db, actor)
    if is_gated(seen):
        refuse_parts(by, chosen, as_of)
        return _released_table(db, seen, by, chosen)
    known, day = facts(db), as_of or clock.today()
    if seen.counted is None and (chosen.unit_id, chosen.post_id, chosen.talent_class) == (None, None, None):
        # All people: the facts alone decide what there is to see.
        found: GapTable = known.derived(("table", by, day, chosen, seen), lambda: _table(db, known, seen, by, chosen, day))
        return found
    return _table(db, known, seen, by, chosen, day)


def groups(db: Session, actor: Actor, by: By = "unit", chosen: Filters = EVERYTHING, *, as_of: date | None = None) -> list[GroupGap]:
    """Gaps by unit (without those below it), by post, or of all together; only groups that the actor may see."""
    return list(table(db, actor, by, chosen, as_of=as_of).groups)


def group(db: Session, actor: Actor, key: GapKey, *, as_of: date | None = None) -> GroupGap:
    """One of these. Raises `NotFound` when nobody in the group needs the competency, or the actor may not see it."""
    by: By = "unit" if key.unit_id is not None else "all" if key.post_id is None else "post"
    chosen = Filters(competency_id=key.competency_id)
    for one in groups(db, actor, by, chosen, as_of=as_of):
        if one.key == key:
            return one
    raise NotFound(Message("这里没有可以显示的能力短板：没有人的岗位要求这项能力，或者人数太少。"))


def of_person(db: Session, actor: Actor, employee_id: int, *, as_of: date | None = None) -> list[PersonGap]:
    """What a person's post requires, in the order of the gaps, then what else is known of them. Raises `NotFound`."""
    person(db, actor, employee_id)
    known, day = facts(db), as_of or clock.today()
    archived = {row.id for row in model.competencies(db) if row.archived_at is not None}
    return gaps_of(known, day, np.array([employee_id], dtype=np.int32), others=True, without=archived)


def of_unit(db: Session, actor: Actor, unit_id: int, *, as_of: date | None = None) -> list[PersonGap]:
    """What is required of each person of a unit with all below it. Raises `NotAllowed`."""
    seen, known, day = scope(db, actor), facts(db), as_of or clock.today()
    if not seen.may_name(unit_id):
        raise NotAllowed(Message("这个机构不在您负责的范围里，不能查看那里的人。"))
    there = np.isin(known.people.unit, list(below(db, [unit_id])))
    return gaps_of(known, day, known.people.employee[there])


def of_group(db: Session, actor: Actor, key: GapKey, chosen: Filters = EVERYTHING, *, as_of: date | None = None) -> list[PersonGap]:
    """Everybody in a group whose post requires its competency and whom the actor may name, the largest gaps first, the unknown last."""
    seen, known, day = scope(db, actor), facts(db), as_of or clock.today()
    some = known.measured(day)
    those = matching(db, some, seen, chosen) & (some.competency == key.competency_id)
    if key.unit_id is not None:
        those &= some.unit == key.unit_id
    if key.post_id is not None:
        those &= some.post == key.post_id
    if seen.named is not None:
        those &= np.isin(some.unit, list(seen.named))
    found = [one for one in gaps_of(known, day, some.employee[those]) if one.competency_id == key.competency_id]
    return sorted(found, key=lambda one: (one.gap is None, -(one.gap or 0.0), one.employee_id))


def person(db: Session, actor: Actor, employee_id: int) -> Person:
    """Somebody who has not left and whom the actor may name. Raises `NotFound`, with the same words where there is nobody."""
    found = persons(db, actor, [employee_id])
    if employee_id not in found:
        raise NotFound(_NOT_YOURS)
    return found[employee_id]


def persons(db: Session, actor: Actor, ids: Iterable[int]) -> dict[int, Person]:
    """Those of them who have not left and whom the actor may name."""
    seen = scope(db, actor)
    rows = repository.employees(db, sorted(set(ids))).values()
    return {
        row.id: Person(row.id, row.employee_no, row.name, row.unit_id or NONE, row.post_id or NONE)
        for row in rows
        if row.id is not None and row.left_at is None and seen.may_name(row.unit_id)
    }


def is_gated(seen: Scope) -> bool:
    """Whether the reader counts people whom they may not name."""
    return seen.counted != seen.named


def matching(db: Session, some: Cells, seen: Scope, chosen: Filters) -> Flags:
    """Which cells the reader may count and wants to see."""
    those = np.ones(len(some.employee), dtype=np.bool_)
    if seen.counted is not None:
        those &= np.isin(some.unit, list(seen.counted))
    if chosen.unit_id is not None:
        units = below(db, [chosen.unit_id]) if chosen.unit_id != NONE else {NONE}
        those &= np.isin(some.unit, list(units))
    posts = _posts(db, chosen)
    if posts is not None:
        those &= np.isin(some.post, list(posts))
    wanted = wanted_of(db, chosen)
    if wanted is not None:
        those &= np.isin(some.competency, list(wanted))
    return those


def refuse_parts(by: By, chosen: Filters, as_of: date | None) -> None:
    """Raises `NotAllowed` when a reader of sums asks for a part of a group, or for another day than today."""
    parts = {"unit": chosen.unit_id is not None, "post": chosen.post_id is not None or chosen.talent_class is not None}
    if as_of not in (None, clock.today()) or any(asked for kind, asked in parts.items() if kind != by):
        raise NotAllowed(_SUMS_ONLY)


def _table(db: Session, known: Facts, seen: Scope, by: By, chosen: Filters, day: date) -> GapTable:
    some = known.measured(day)
    added = _added(some.where(matching(db, some, seen, chosen)), by)
    return GapTable(tuple(_groups(added, by, lambda _name: day, wanted_of(db, chosen))), frozenset(), False, day)


def _released_table(db: Session, seen: Scope, by: By, chosen: Filters) -> GapTable:
    """Sums that pass through gates are those of everybody, as they were released; a part of the rows is no new sum."""
    known = released(db)
    added: Sums = known.derived(("sums", by), lambda: _added(known.cells, by))
    behind, rows = _gates(known, seen), _row_filter(db, by, chosen)
    shown, hidden = [], set()
    for one in _groups(added, by, known.day_of, wanted_of(db, chosen)):
        group = one.key.unit_id if by == "unit" else one.key.post_id
        if rows is not None and group not in rows:
            continue
        if behind.hides(one.key):
            hidden.add(one.key)
        else:
            shown.append(_told(one, split=behind.splits(one.key)))
    days = known.days
    return GapTable(tuple(shown), frozenset(hidden), True, days[1] if days else clock.today(), days)


def _row_filter(db: Session, by: By, chosen: Filters) -> frozenset[int] | None:
    """The rows of a table of sums that are asked for: whole groups, so that no new sum comes of it."""
    if by == "unit" and chosen.unit_id is not None:
        return below(db, [chosen.unit_id]) or frozenset({chosen.unit_id})
    return _posts(db, chosen) if by == "post" else None


def _posts(db: Session, chosen: Filters) -> frozenset[int] | None:
    if chosen.post_id is None and chosen.talent_class is None:
        return None
    rows = repository.posts(db)
    return frozenset(
        row_id for row_id, row in rows.items() if chosen.post_id in (None, row_id) and chosen.talent_class in (None, row.talent_class)
    )


def wanted_of(db: Session, chosen: Filters) -> frozenset[int] | None:
    """The competencies that somebody wants to see, None for all."""
    if chosen.dimension is None:
        return None if chosen.competency_id is None else frozenset({chosen.competency_id})
    rows = model.competencies(db)
    return frozenset(
        row.id for row in rows if row.id is not None and row.dimension is chosen.dimension and chosen.competency_id in (None, row.id)
    )


def _gates(known: Released, seen: Scope) -> Gates:
    named = seen.named or frozenset()
    found: Gates = known.derived(("gates", named), lambda: gates(known.cells.where(~np.isin(known.cells.unit, list(named)))))
    return found


def _added(some: Cells, by: By) -> Sums:
    columns: dict[By, Ints] = {"unit": some.unit, "post": some.post, "all": np.zeros_like(some.unit)}
    return sums(some, columns[by])


def _groups(added: Sums, by: By, day_of: Callable[[int], date], wanted: frozenset[int] | None) -> Iterable[GroupGap]:
    """The groups of which the competency is required at all."""
    competencies = added.competencies.tolist()
    columns = [one.tolist() for one in (added.required, added.measured, added.below, added.lacking, added.weight)]
    for row, name in enumerate(added.groups.tolist()):
        for column, competency_id in enumerate(competencies):
            required, measured, under, lacking, weight = (one[row][column] for one in columns)
            if required and (wanted is None or competency_id in wanted):
                key = GapKey(competency_id, name if by == "unit" else None, name if by == "post" else None)
                mean = lacking / measured if measured else None
                yield GroupGap(key, required, measured, required - measured, under, mean, weight / required, day_of(competency_id))


def _told(one: GroupGap, *, split: bool) -> GroupGap:
    return one if split else GroupGap(one.key, one.required, one.measured, one.missing, None, one.mean_gap, one.weight, one.as_of)
