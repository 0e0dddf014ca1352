"""A branch with three people, and a plan, in which trainers, venues and the calendar are tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import ResourceKind, is_known
from core.delivery.importing.planning import Incoming
from core.delivery.importing.service import Prepared
from core.instance import Instance
from core.plans import service as plans
from core.sheets.finding import Table, find
from core.sheets.grid import Grid, Row
from tests.core.people.branch import RECENT, fill

PEOPLE = (
    ("0001", "王行长", "滨海分行", "行长"),
    ("0002", "张敏", "望海支行", "客户经理"),
    ("0003", "李强", "望海支行/营业部", "客户经理"),
)


def branch(house: Instance, leader: Actor, year: int = 2027) -> int:
    """Take the branch in; the plan of the year."""
    matrix = (("客户经理", "挖潜法", "L3", ""), ("客户经理", "搭配法", "L3", ""))
    scores = (("0002", "挖潜法", 84, 100, "考核系统", RECENT), ("0003", "挖潜法", 40, 100, "考核系统", RECENT))
    fill(house, leader, PEOPLE, matrix, scores)
    return plan(house, leader, year)


def plan(house: Instance, leader: Actor, year: int) -> int:
    """A plan of the branch for a year."""
    with house.database.writing() as db:
        return plans.create(db, leader, "滨海分行", year).id or 0


def table(rows: Sequence[Sequence[Any]]) -> Table:
    """A table with the first row as header."""
    grid = Grid("表", tuple(Row(number, tuple(None if cell == "" else cell for cell in row)) for number, row in enumerate(rows, 1)))
    return find([grid], is_known)


def prepared(house: Instance, leader: Actor, plan_id: int, kind: ResourceKind, rows: Sequence[Sequence[Any]]) -> Prepared:
    """What an import of these rows is looked at with."""
    with house.database.reading() as db:
        return importing.prepare(db, leader, plan_id, kind, table(rows))


def take(house: Instance, leader: Actor, plan_id: int, kind: ResourceKind, rows: Sequence[Sequence[Any]]) -> Incoming:
    """Import rows."""
    given = prepared(house, leader, plan_id, kind, rows)
    with house.database.writing() as db:
        fresh = given.plan(given.mapping).competencies
        return importing.import_table(db, leader, plan_id, kind, "表.xlsx", given.table, given.mapping, fresh)
