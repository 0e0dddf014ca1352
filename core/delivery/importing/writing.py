"""What a table brings becomes rows, inside an action that remembers what they were before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.delivery.calendar import repository as calendar
from core.delivery.calendar.tables import Blackout, EmployeeLeave, NoticeDay
from core.delivery.faculty import repository as faculty
from core.delivery.faculty.tables import TrainerAbsence, TrainerRow, TrainerSkill, VenueRow
from core.delivery.importing.kinds import ResourceKind
from core.delivery.importing.planning import Incoming, trainer_key
from core.delivery.undo.service import Action
from core.people import repository as people
from core.people.competencies import Competency, Facts, seeds
from core.people.importing.plan import Entry
from core.people.service import columns_of
from core.people.tables import CompetencyRow
from core.people.terms import Dimension
from core.sheets.reading import folded
from core.storage import Session, now

_TRAINER = ("name", "internal", "organisation", "role_reason", "note", "cost_per_slot", "max_slots_per_month", "max_slots_per_year")
_SPAN = ("starts", "first", "ends", "last", "reason")


@dataclass
class Writer:
    """Writes what a table brings into one transaction."""

    db: Session
    action: Action
    made: Incoming
    plan_id: int

    def write(self) -> None:
        """Write all of it."""
        {
            ResourceKind.TRAINERS: self._trainers,
            ResourceKind.ABSENCES: self._absences,
            ResourceKind.VENUES: self._venues,
            ResourceKind.BLACKOUTS: self._blackouts,
            ResourceKind.NOTICE: self._notice,
            ResourceKind.LEAVE: self._leave,
        }[self.made.kind]()
        self.db.flush()

    @property
    def _entries(self) -> Iterable[Entry]:
        return (*self.made.created, *self.made.updated)

    def _trainers(self) -> None:
        competencies = self._competencies()
        staff = calendar.employee_ids(self.db)
        units = faculty.staff(self.db, [staff[number][0] for one in self._entries if (number := one.values.get("employee_no"))])
        rows = trainers_by_key(self.db)
        taught: dict[int, list[TrainerSkill]] = {}
        for skill in faculty.skills(self.db):
            taught.setdefault(skill.trainer_id, []).append(skill)
        teaching: list[tuple[TrainerRow, dict[int, int | None]]] = []
        for entry in self._entries:
            given = entry.values
            row = rows.get(given["key"])
            values = {name: given[name] for name in _TRAINER if name in given}
            values |= {"roles": list(given["roles"])} if "roles" in given else {}
            if given.get("employee_no"):
                values["employee_id"] = staff[given["employee_no"]][0]
                values["unit_id"] = units[values["employee_id"]][2]
            if row is None:
                row = self.action.make(TrainerRow(**values))
            else:
                self._set(row, {**values, "changed_at": now()})
            if "skills" in given:
                teaching.append((row, {competencies[name]: level for name, level in given["skills"]}))
        # Written together, thousands of them are numbered by a few statements.
        self.db.flush()
        for row, wanted in teaching:
            self._teach(row.id or 0, wanted, taught.get(row.id or 0, ()))

    def _teach(self, trainer_id: int, wanted: dict[int, int | None], standing: Iterable[TrainerSkill]) -> None:
        rows = {row.competency_id: row for row in standing}
        for competency_id, level in wanted.items():
            row = rows.pop(competency_id, None)
            if row is None:
                self.action.make(TrainerSkill(trainer_id=trainer_id, competency_id=competency_id, level=level))
            elif row.level != level:
                self._set(row, {"level": level})
        for gone in rows.values():
            self.action.drop(gone)

    def _absences(self) -> None:
        trainers = {key: row.id or 0 for key, row in trainers_by_key(self.db).items()}
        there = {(row.trainer_id, row.starts, row.first, row.ends, row.last): row for row in faculty.absences(self.db)}
        for entry in self._entries:
            given = entry.values
            key = (trainers[given["of"]], given["starts"], given["first"], given["ends"], given["last"])
            if key in there:
                self._set(there[key], {"reason": given.get("reason", there[key].reason)})
            else:
                self.action.make(TrainerAbsence(trainer_id=key[0], **{name: given[name] for name in _SPAN if name in given}))

    def _venues(self) -> None:
        rows = {folded(row.name): row for row in faculty.venues(self.db)}
        for entry in self._entries:
            values = {name: value for name, value in entry.values.items() if name not in ("key", "equipment")}
            values |= {"equipment": list(entry.values["equipment"])} if "equipment" in entry.values else {}
            row = rows.get(entry.values["key"])
            if row is None:
                self.action.make(VenueRow(**values))
            else:
                self._set(row, values)

    def _blackouts(self) -> None:
        rows = {f"{folded(row.name)}|{row.starts.isoformat()}": row for row in calendar.blackouts(self.db, self.plan_id)}
        for entry in self._entries:
            given = entry.values
            values = {name: given[name] for name in ("name", "starts", "ends", "reason") if name in given}
            values |= {"unit_ids": list(given["units"])} if "units" in given else {}
            values |= {"lines": list(given["lines"])} if "lines" in given else {}
            row = rows.get(given["key"])
            if row is None:
                row = self.action.make(Blackout(plan_id=self.plan_id, **values))
            else:
                self._set(row, values)
            row.whole = not (row.unit_ids or row.lines)

    def _notice(self) -> None:
        rows = {row.day: row for row in calendar.notices(self.db)}
        for entry in self._entries:
            values = {name: entry.values[name] for name in ("day", "works", "name") if name in entry.values}
            row = rows.get(values["day"])
            if row is None:
                self.action.make(NoticeDay(**values))
            else:
                self._set(row, values)

    def _leave(self) -> None:
        staff = {f"#{number}": row_id for number, (row_id, _name) in calendar.employee_ids(self.db).items()}
        there = {(row.employee_id, row.starts, row.first, row.ends, row.last): row for row in calendar.all_leave(self.db)}
        for entry in self._entries:
            given = entry.values
            key = (staff[given["of"]], given["starts"], given["first"], given["ends"], given["last"])
            if key in there:
                self._set(there[key], {"reason": given.get("reason", there[key].reason)})
            else:
                self.action.make(EmployeeLeave(employee_id=key[0], **{name: given[name] for name in _SPAN if name in given}))

    def _set(self, row: Any, values: dict[str, Any]) -> None:
        self.action.change(row)
        for name, value in values.items():
            setattr(row, name, value)

    def _competencies(self) -> dict[str, int]:
        """The id of each competency by name; a new one comes from the starter library where that has it."""
        offered = {seed.facts.name: seed for seed in seeds("zh")}
        for name in self.made.competencies:
            one = offered.get(name) or Competency("", Facts(name, Dimension.PROFESSIONAL))
            self.action.make(CompetencyRow(code=one.code or None, **columns_of(one.facts)))
        self.db.flush()
        return {row.name: row.id or 0 for row in people.competencies(self.db)}


def trainers_by_key(db: Session) -> dict[str, TrainerRow]:
    """Every trainer by what tells one from another."""
    rows = faculty.trainers(db)
    staff = faculty.staff(db, [row.employee_id for row in rows if row.employee_id is not None])
    numbers = {row_id: found[0] for row_id, found in staff.items()}
    return {trainer_key(numbers.get(row.employee_id or 0, ""), row.name, row.organisation): row for row in rows}
