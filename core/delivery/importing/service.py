"""Imports of trainers, venues and the calendar in the database: what a table would do, and doing it as one action that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.calendar import official
from core.delivery.calendar import repository as calendar
from core.delivery.faculty import repository as faculty
from core.delivery.importing.kinds import RESOURCE_NAMES, ResourceKind
from core.delivery.importing.planning import Incoming, Known, mapping_for, plan
from core.delivery.importing.writing import Writer, trainers_by_key
from core.delivery.undo.service import CALENDAR, FACULTY, VENUES, Action
from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.people import repository as people
from core.people.competencies import seeds
from core.plans import service as plans
from core.sheets.finding import Table
from core.sheets.reading import folded
from core.storage import Session

ROOMS = {
    ResourceKind.TRAINERS: FACULTY,
    ResourceKind.ABSENCES: FACULTY,
    ResourceKind.VENUES: VENUES,
    ResourceKind.BLACKOUTS: CALENDAR,
    ResourceKind.NOTICE: CALENDAR,
    ResourceKind.LEAVE: CALENDAR,
}
_NOTHING = Message("没有一行可以导入。请按每行的说明改正文件后再试。")


@dataclass(frozen=True)
class Prepared:
    """A table that waits to be looked at: which column seems to be which field, and what it is read against."""

    kind: ResourceKind
    table: Table
    mapping: dict[str, str]
    known: Known

    def plan(self, chosen: Mapping[str, str]) -> Incoming:
        """What importing it would do, with these columns. Raises `BadInput` when a necessary one is missing."""
        return plan(self.kind, self.table, mapping_for(self.kind, self.table, chosen), self.known)


def prepare(db: Session, actor: Actor, plan_id: int | None, kind: ResourceKind, table: Table) -> Prepared:
    """All that a preview needs, so that columns can be tried without asking the database again. Needs `PLAN_DELIVERY`.

    Trainers and venues are the branch's and belong to no plan.
    """
    require(actor, Right.PLAN_DELIVERY)
    year = plans.find(db, actor, plan_id).year if plan_id is not None else clock.today().year
    return Prepared(kind, table, mapping_for(kind, table), _known(db, kind, plan_id or 0, year))


def import_table(
    db: Session,
    actor: Actor,
    plan_id: int | None,
    kind: ResourceKind,
    file_name: str,
    table: Table,
    chosen: Mapping[str, str],
    agreed: Collection[str] = (),
) -> Incoming:
    """Take the rows of the table in, those with errors left out, as one action. Needs `PLAN_DELIVERY`.

    `agreed` are the competencies that the person agrees to have added to the model. Raises `BadInput` when a column is missing, nothing can
    be used, or the table brings a competency that nobody agreed to.
    """
    made = prepare(db, actor, plan_id, kind, table).plan(chosen)
    if not (made.created or made.updated or made.unchanged):
        raise BadInput(_NOTHING)
    if unasked := [one for one in made.competencies if one not in agreed]:
        raise BadInput(Message("能力模型里没有“{name}”。请先确认要加入它，或在表里改成已有的名称。", name=unasked[0]))
    title = f"{file_name[:100]} · {RESOURCE_NAMES[kind]} +{len(made.created)} ~{len(made.updated)}"
    action = Action(db, actor, ROOMS[kind], f"{kind.value}_imported", title)
    Writer(db, action, made, plan_id or 0).write()
    action.write()
    return made


def _known(db: Session, kind: ResourceKind, plan_id: int, year: int) -> Known:
    names, model = _competencies(db)
    staff = {number: name for number, (_id, name) in calendar.employee_ids(db).items()}
    units = {folded(row.name): row.id or 0 for row in calendar.units(db)}
    trainers: dict[str, list[str]] = {}
    for key, row in trainers_by_key(db).items():
        trainers.setdefault(folded(row.name), []).append(key)
    existing = _EXISTING[kind](db, plan_id, year)
    return Known(year, existing, staff, names, model, units, trainers, official.is_published(year))


def _competencies(db: Session) -> tuple[dict[str, str], set[str]]:
    """The name of each competency by all that it is called: the branch's model before the starter library, names before aliases."""
    rows = people.competencies(db)
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(folded(row.name), row.name)
    for row in rows:
        for alias in row.aliases:
            found.setdefault(folded(alias), row.name)
    taken, chinese = {row.code for row in rows}, {seed.code: seed.facts.name for seed in seeds("zh")}
    for seed in (seed for language in LANGUAGES for seed in seeds(language) if seed.code not in taken):
        for name in (seed.facts.name, *seed.facts.aliases):
            found.setdefault(folded(name), chinese[seed.code])
    return found, {row.name for row in rows}


def _trainers(db: Session, _plan_id: int, _year: int) -> dict[str, dict[str, Any]]:
    names = {row.id or 0: row.name for row in people.competencies(db)}
    skills: dict[int, list[tuple[str, int | None]]] = {}
    for one in faculty.skills(db):
        skills.setdefault(one.trainer_id, []).append((names[one.competency_id], one.level))
    rows = trainers_by_key(db)
    return {
        key: {
            **{name: getattr(row, name) for name in ("name", "internal", "organisation", "role_reason", "note")},
            **{name: getattr(row, name) for name in ("cost_per_slot", "max_slots_per_month", "max_slots_per_year")},
            "employee_no": key.removeprefix("#") if key.startswith("#") else "",
            "roles": tuple(row.roles),
            "skills": tuple(skills.get(row.id or 0, ())),
        }
        for key, row in rows.items()
    }


def _absences(db: Session, _plan_id: int, _year: int) -> dict[str, dict[str, Any]]:
    keys = {row.id: key for key, row in trainers_by_key(db).items()}
    return {span_key(keys[row.trainer_id], row): _span(keys[row.trainer_id], row) for row in faculty.absences(db)}


def _venues(db: Session, _plan_id: int, _year: int) -> dict[str, dict[str, Any]]:
    fields = ("name", "capacity", "kind", "address", "cost_per_slot", "note")
    return {
        folded(row.name): {**{name: getattr(row, name) for name in fields}, "equipment": tuple(row.equipment)} for row in faculty.venues(db)
    }


def _blackouts(db: Session, plan_id: int, _year: int) -> dict[str, dict[str, Any]]:
    return {
        f"{folded(row.name)}|{row.starts.isoformat()}": {
            "name": row.name,
            "starts": row.starts,
            "ends": row.ends,
            "units": tuple(sorted(row.unit_ids)),
            "lines": tuple(row.lines),
            "reason": row.reason,
        }
        for row in calendar.blackouts(db, plan_id)
    }


def _notices(db: Session, _plan_id: int, year: int) -> dict[str, dict[str, Any]]:
    return {row.day.isoformat(): {"day": row.day, "works": row.works, "name": row.name} for row in calendar.notice(db, year)}


def _leave(db: Session, _plan_id: int, _year: int) -> dict[str, dict[str, Any]]:
    numbers = {row_id: f"#{number}" for number, (row_id, _name) in calendar.employee_ids(db).items()}
    return {span_key(numbers[row.employee_id], row): _span(numbers[row.employee_id], row) for row in calendar.all_leave(db)}


def span_key(of: str, row: Any) -> str:
    """What tells one stretch of half days of somebody from another."""
    return f"{of}|{row.starts.isoformat()}{row.first.value}|{row.ends.isoformat()}{row.last.value}"


def _span(of: str, row: Any) -> dict[str, Any]:
    return {"of": of, **{name: getattr(row, name) for name in ("starts", "first", "ends", "last", "reason")}}


_EXISTING = {
    ResourceKind.TRAINERS: _trainers,
    ResourceKind.ABSENCES: _absences,
    ResourceKind.VENUES: _venues,
    ResourceKind.BLACKOUTS: _blackouts,
    ResourceKind.NOTICE: _notices,
    ResourceKind.LEAVE: _leave,
}
