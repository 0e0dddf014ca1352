"""The messy example files come in as a branch's own would: nearly all of it, and what stays out is said row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.access.actor import Actor
from core.demo import messy
from core.instance import Instance
from core.people import service
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Plan
from core.people.importing.planning import is_known
from core.sheets.finding import find
from core.sheets.opening import open_content


def take(house: Instance, actor: Actor, kind: ImportKind, make: Callable[[], bytes]) -> Plan:
    """Import one of the files."""
    table = find(open_content("示例.xlsx", make()), is_known)
    with house.database.writing() as db:
        mapping = importing.mapping(db, actor, kind, table)
        return importing.import_table(db, actor, kind, "示例.xlsx", table, mapping, date(2026, 11, 1)).plan


def test_a_messy_roster_a_matrix_and_an_appraisal_export_lead_to_measured_people(house: Instance, leader: Actor) -> None:
    roster = take(house, leader, ImportKind.ROSTER, messy.roster)
    assert len(roster.created) == 118 and [one.value for one in roster.problems] == ["去年"]
    assert all(name.startswith("示例·") for name in roster.units)
    numbers = [entry.values["employee_no"] for entry in roster.created]
    assert all(len(number) == 6 and number.startswith("0") and number.isascii() for number in numbers)
    assert {type(entry.values["hire_date"]) for entry in roster.created} == {date}
    matrix = take(house, leader, ImportKind.MATRIX, messy.matrix)
    assert not matrix.problems and {entry.values["required_level"] for entry in matrix.created} <= {2, 3, 4}
    scores = take(house, leader, ImportKind.ASSESSMENTS, messy.appraisal)
    assert scores.rows > 1_400 and 0.95 < len(scores.created) / scores.rows < 1
    assert {"130", "099999", "缺考"} <= {one.value for one in scores.problems}
    with house.database.reading() as db:
        seen = service.standing(db, leader)
    assert (seen.employees, seen.units, seen.without_post, seen.posts_without_requirement) == (118, 4, 0, 0)


def test_the_files_are_the_same_every_time_and_marked_as_made_up() -> None:
    for make in (messy.roster, messy.matrix, messy.appraisal):
        first, second = (open_content("示例.xlsx", make()) for _ in range(2))
        assert first == second and "示例（虚构）" in str(first[0].rows[0])
