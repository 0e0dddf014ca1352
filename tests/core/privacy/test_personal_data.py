"""What is held on a person: handed out whole, deleted whole. On both databases."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import core.tables  # noqa: F401
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.access.tables import AuditEntry
from core.delivery.attendance import service as attendance
from core.delivery.attendance.terms import Presence
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.privacy import service
from core.privacy.kinds import HOUSEKEEPING, KINDS
from core.privacy.repository import tables
from core.privacy.service import Holding, Someone
from core.privacy.sheets import as_workbook
from core.review.results.tables import ResultPeople
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import sessions
from tests.core.review.world import Review, a_year, review
from tests.remembered import remembered

both = pytest.mark.parametrize("house", BOTH, indirect=True)
REASON = "本人书面申请，2026年11月"


@remembered
def filled(house: Instance, leader: Actor) -> Review:
    """A year of results, and a class whose list was noted."""
    made = review(house, leader)
    a_year(house, leader, made)
    first = somebody(house, leader, made.near[0]).id
    session = next(one for one in sessions(house, leader, made.plan) if one.day is not None and first in one.members)
    who = {one: Presence.PRESENT for one in session.members}
    with house.database.writing() as db:
        attendance.note(db, leader, made.plan, session.id, who, {}, today=date(2027, 12, 31))
    return made


def somebody(house: Instance, leader: Actor, number: str) -> Someone:
    with house.database.reading() as db:
        return service.numbered(db, leader, number)


def held(house: Instance, leader: Actor, number: str) -> Holding:
    with house.database.reading() as db:
        return service.held(db, leader, service.numbered(db, leader, number).id)


def erase(house: Instance, leader: Actor, who: Someone, typed: str | None = None, reason: str = REASON, version: int | None = None) -> int:
    with house.database.writing() as db:
        return service.erase(db, leader, who.id, version or who.version, who.employee_no if typed is None else typed, reason)


def everything(house: Instance) -> str:
    """Every value of every table but the log, as text."""
    with house.database.reading() as db:
        rows = [db.execute(sa.select(table)).all() for name, table in SQLModel.metadata.tables.items() if name != "audit_entry"]
    return "\n".join(str(tuple(row)) for some in rows for row in some)


def test_every_table_of_employees_and_each_of_its_columns_is_accounted_for() -> None:
    assert set(tables()) == set(KINDS)
    for name, kind in KINDS.items():
        assert set(kind.columns) <= set(tables()[name].c.keys()), name
        assert set(tables()[name].c.keys()) <= set(kind.columns) | HOUSEKEEPING, name


def test_a_house_that_has_just_started_knows_every_table() -> None:
    # In a process of its own: here other tests have read them all.
    known = "import core.instance; from sqlmodel import SQLModel; print(*sorted(SQLModel.metadata.tables))"
    ran = subprocess.run([sys.executable, "-c", known], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert ran.stdout.split() == sorted(SQLModel.metadata.tables)


@both
def test_a_person_is_found_by_number_or_name_even_after_leaving(house: Instance, leader: Actor) -> None:
    made = filled(house, leader)
    who = somebody(house, leader, made.near[0])
    with house.database.writing() as db:
        db.execute(sa.update(tables()["employee"]).where(tables()["employee"].c.id == who.id).values(left_at=date(2026, 1, 1)))
    with house.database.reading() as db:
        assert service.find(db, leader, f" {who.employee_no} ")[0].id == who.id
        wide = who.employee_no.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
        assert wide != who.employee_no and service.numbered(db, leader, wide).id == who.id
        again = next(one for one in service.find(db, leader, who.name) if one.id == who.id)
        assert again.left and service.find(db, leader, "  ") == [] and service.find(db, leader, "%") == []
        with pytest.raises(NotFound):
            service.numbered(db, leader, "no such number")


@both
def test_the_file_holds_what_is_counted_in_words_that_the_person_can_read(house: Instance, leader: Actor) -> None:
    made = filled(house, leader)
    found = held(house, leader, made.near[0])
    assert {"assessment", "result", "attendance", "cohort_member"} <= set(found.records) and found.total > 5
    with house.database.writing() as db:
        content = service.export(db, leader, found.person.id, "zh")
    book = openpyxl.load_workbook(io.BytesIO(content))
    counted = {KINDS[name].title.render("zh"): number for name, number in found.records.items()}
    assert {sheet.title: sheet.max_row - 1 for sheet in book if sheet.title in counted} == counted
    cells: list[Any] = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {found.person.name, found.person.unit, "到课", "训后"} & set(cells) >= {found.person.name, found.person.unit}
    assert "present" not in cells and not any(isinstance(value, datetime) and value.year < 2000 for value in cells)
    assert held(house, leader, made.near[0]).entries == found.entries + 1


@both
def test_classes_talks_and_times_are_told_as_people_tell_them(house: Instance, leader: Actor) -> None:
    made = filled(house, leader)
    found = held(house, leader, made.near[0])
    with house.database.writing() as db:
        content = service.export(db, leader, found.person.id, "en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    classes = [str(row[0].value) for row in book["Cohorts"].iter_rows(min_row=2)]
    assert len(classes) == found.records["cohort_member"] and all(" · Class " in one for one in classes)
    talk = [[False, "亏了十几万，你给个说法！"], [True, "=先听您说"]]
    noon = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    rows = {"practice_attempt": [("场景", talk, 4.0, "", LOCAL_ADMINISTRATOR.name, noon)]}
    told = openpyxl.load_workbook(io.BytesIO(as_workbook(rows, [], "zh")))["实战陪练"]
    assert [cell.value for cell in told[2]] == [
        "场景",
        "对面：亏了十几万，你给个说法！\n本人：=先听您说",
        4,
        None,
        "本机管理员",
        datetime(2026, 11, 27, 12),
    ]


@both
def test_who_is_deleted_is_nowhere_any_more_and_the_sums_are_right(house: Instance, leader: Actor) -> None:
    made = filled(house, leader)
    number = made.near[0]
    who, other = somebody(house, leader, number), held(house, leader, made.near[1])
    with house.database.reading() as db:
        before = {(row.measure_id, row.unit_id): row.people for row in db.exec(sa.select(ResultPeople)).scalars()}
    assert erase(house, leader, who) > 5
    house.releasing.keep_up()
    left = everything(house)
    assert f"'{number}'" not in left and f"'{who.name}'" not in left
    with house.database.reading() as db:
        for name, table in tables().items():
            column = table.c.id if name == "employee" else table.c.employee_id
            assert not db.execute(sa.select(table).where(column == who.id)).all(), name
        after = {(row.measure_id, row.unit_id): row.people for row in db.exec(sa.select(ResultPeople)).scalars()}
        entry = db.exec(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).scalars().first()  # type: ignore[union-attr]
    assert after and all(people in (before[key], before[key] - 1) for key, people in after.items()) and after != before
    assert entry is not None and (entry.action, entry.subject_id, entry.detail["reason"]) == ("person_erased", who.id, REASON)
    assert held(house, leader, made.near[1]).records == other.records


@both
def test_nobody_is_deleted_by_a_slip_of_the_hand(house: Instance, leader: Actor, manager: Actor) -> None:
    made = filled(house, leader)
    who = somebody(house, leader, made.near[0])
    for typed, reason, version, refused in (
        (made.near[1], REASON, None, BadInput),
        ("", REASON, None, BadInput),
        (None, " x ", None, BadInput),
        (None, REASON, who.version + 1, Conflict),
    ):
        with pytest.raises(refused):
            erase(house, leader, who, typed, reason, version)
    for act in (lambda: erase(house, manager, who), lambda: held(house, manager, who.employee_no)):
        with pytest.raises(NotAllowed):
            act()
    assert held(house, leader, who.employee_no).total > 5
