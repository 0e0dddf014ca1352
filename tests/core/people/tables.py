"""Tables as the import is given them, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.access.actor import Actor
from core.instance import Instance
from core.people.importing import service
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Plan
from core.people.importing.planning import is_known
from core.sheets.finding import Table, find
from core.sheets.grid import Grid, Row

TODAY = date(2026, 10, 1)

ROSTER = ("工号", "姓名", "机构", "岗位", "上级工号", "入职日期", "条线")
PEOPLE = (
    ROSTER,
    ("0003", "李强", "望海支行", "支行行长", "0001", "2015-03-01", "零售"),
    ("0002", "张敏", "望海支行/营业部", "客户经理", "0003", "2019年7月1日", "零售"),
    ("0001", "王行长", "滨海分行", "行长", "", "2010.07.01", "管理"),
)
SCORES = (
    ("工号", "能力", "得分", "满分", "来源", "日期"),
    ("0002", "需求挖掘", 70, 100, "考核系统", "2026-03-01"),
    ("0003", "团队领导", "L3", "", "上级评价", "2026-03-05"),
)


def table(rows: Sequence[Sequence[Any]]) -> Table:
    """A table with the first row as header, as Excel would number it."""
    grid = Grid("名单", tuple(Row(number, tuple(None if cell == "" else cell for cell in row)) for number, row in enumerate(rows, 1)))
    return find([grid], is_known)


def take(
    house: Instance, actor: Actor, kind: ImportKind, rows: Sequence[Sequence[Any]], name: str = "名单.xlsx", today: date = TODAY
) -> tuple[int, Plan]:
    """Import rows; the import's number and what it did."""
    given = table(rows)
    with house.database.writing() as db:
        done = service.import_table(db, actor, kind, name, given, service.mapping(db, actor, kind, given), today)
    assert done.run_id is not None
    return done.run_id, done.plan


def look(house: Instance, actor: Actor, kind: ImportKind, rows: Sequence[Sequence[Any]]) -> Plan:
    """What importing rows would do."""
    given = table(rows)
    with house.database.reading() as db:
        return service.preview(db, actor, kind, given, service.mapping(db, actor, kind, given), TODAY)
