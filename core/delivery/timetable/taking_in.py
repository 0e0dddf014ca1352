"""Taking the bank's own list into the plan: each of its projects becomes a programme, or gives a project of the plan its sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.faculty import repository as faculty_rows
from core.delivery.timetable import repository
from core.delivery.timetable.audience import strangers, unit_and_post_names
from core.delivery.timetable.lists import Listed, read
from core.delivery.timetable.preparing import Prepared, prepare
from core.delivery.timetable.tables import Programme
from core.delivery.timetable.terms import Origin
from core.errors import BadInput
from core.i18n import Message
from core.people import repository as model
from core.plans import service as plans
from core.projects import repository as project_rows
from core.sheets.grid import Row
from core.sheets.pasting import Refused
from core.sheets.reading import folded
from core.storage import Session, now

_SHOWN = 10
_FOR_WHOM = Message("没有写谁来上：请写机构、岗位或人数。")


@dataclass(frozen=True)
class Preview:
    """What a list says, which rows cannot be used, and which of its projects are the plan's own (by folded name)."""

    listed: tuple[Listed, ...]
    refused: tuple[Refused, ...]
    own: frozenset[str]
    notes: tuple[Message, ...] = ()

    def is_own(self, one: Listed) -> bool:
        """Whether a project of the list is one of the plan."""
        return folded(one.name) in self.own


def preview(db: Session, actor: Actor, plan_id: int, rows: Sequence[Row]) -> Preview:
    """Read a list. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    plan = plans.find(db, actor, plan_id)
    known = {folded(way): row.id or 0 for row in model.competencies(db) for way in (row.name, *row.aliases) if row.archived_at is None}
    found = read(rows, known, plan.year)
    listed, refused = list(found.listed), list(found.refused)
    own = frozenset(_projects(db, plan_id))
    known_units, known_posts = unit_and_post_names(db)
    teachers = {folded(row.name) for row in faculty_rows.trainers(db) if row.archived_at is None}
    strange: dict[str, None] = {}
    for one in found.listed:
        if one.size and one.classes and not (one.people or one.units or one.posts or folded(one.name) in own):
            one.people = one.size * one.classes
        unknown = strangers(one.units, known_units) + strangers(one.posts, known_posts)
        whom = one.units or one.posts or one.people
        if (unknown and not one.people) or (not whom and folded(one.name) not in own):
            why = (
                Message("花名册里没有“{names}”。请改成花名册里的名称，或写人数。", names=Message.listed(unknown)) if unknown else _FOR_WHOM
            )
            listed.remove(one)
            refused.append(Refused(one.line, one.name, why))
        else:
            strange |= dict.fromkeys(unknown)
    return Preview(tuple(listed), tuple(refused), own, (*found.notes, *_doubts(listed, strange, teachers, plan.year)))


def _doubts(listed: Sequence[Listed], strange: Collection[str], teachers: Collection[str], year: int) -> Iterator[Message]:
    """What can be taken in, but hardly as it is meant."""
    if strange:
        yield Message("花名册里没有“{names}”：写到的项目先按人数开班，没有名单。", names=_named(strange))
    if lacking := dict.fromkeys(name for one in listed for name in one.trainers if folded(name) not in teachers):
        yield Message("讲师名单里没有“{names}”：只写了他们的课排不上。请先添加讲师，或改成名单里的姓名。", names=_named(lacking))
    first, last = date(year, 1, 1), date(year, 12, 31)
    if outside := [one.name for one in listed if (one.earliest and one.earliest > last) or (one.due and one.due < first)]:
        yield Message("写的时间不在 {year} 年，请核对：{names}。", year=str(year), names=_named(outside))
    if fewer := [one.name for one in listed if one.classes and one.people and one.people < one.classes]:
        yield Message("人数比期数还少，每期至少 1 人，期数会少于写的：{names}。", names=_named(fewer))
    if tight := [one.name for one in listed if one.classes and one.size and one.people and one.people > one.classes * one.size]:
        yield Message("写的期数和每班人数装不下这么多人，按每班人数多开几个班：{names}。", names=_named(tight))
    if turned := [one.name for one in listed if one.earliest and one.due and one.earliest > one.due]:
        yield Message("最早开始晚于最晚完成，请核对：{names}。", names=_named(turned))


def _named(names: Collection[str]) -> Message:
    """The first of the names, and that there are more."""
    return Message.listed(names, most=_SHOWN)


def take_in(db: Session, actor: Actor, plan_id: int, listed: Sequence[Listed]) -> Prepared:
    """Take the projects of a list into the plan, and make ready what is to be scheduled. One that is there already is replaced.

    Needs `PLAN_DELIVERY`. Raises `BadInput` where there is nothing, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    if not listed:
        raise BadInput(Message("没有一行可以导入。请按每行的说明改正后再试。"))
    projects = _projects(db, plan_id)
    known = {folded(row.name): row for row in repository.programmes(db, plan_id, removed=True)}
    for one in listed:
        row = known.get(folded(one.name))
        if row is None:
            row = Programme(plan_id=plan_id, project_id=projects.get(folded(one.name)), name=one.name, origin=Origin.LIST)
            db.add(row)
        row.origin, row.removed_at, row.activities = Origin.LIST, None, [dict(each) for each in one.activities]
        row.cohort_size, row.priority, row.earliest, row.due = one.size, one.priority, one.earliest, one.due
        audience = {"units": list(one.units), "posts": list(one.posts), "people": one.people, "classes": one.classes}
        row.audience = audience if any(audience.values()) else {}
        row.changed_by, row.changed_at = actor.name[:80], now()
    db.flush()
    record(db, actor, "timetable_list_taken", "plan", plan_id, projects=len(listed))
    return prepare(db, actor, plan_id)


def _projects(db: Session, plan_id: int) -> dict[str, int]:
    return {folded(row.name): row.id or 0 for row in project_rows.projects(db, plan_id)}
