"""How fast twenty thousand people and their assessments come in from files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.exports.workbook import workbook
from core.instance import Instance, open_instance
from core.people.importing import service
from core.people.importing.kinds import ImportKind
from core.people.importing.planning import is_known
from core.sheets.finding import find
from core.sheets.opening import open_file
from tests.bench.measuring import Figure

_ROWS = 20_000
_AIM = 20.0
_UNITS, _POSTS, _SPAN = 200, 40, 12
_ABILITIES = ("需求挖掘", "资产配置", "团队领导", "反洗钱", "数据分析")


def measure(folder: Path) -> Iterator[Figure]:
    """From the file to the committed rows, the child process that reads it included, in an empty instance of its own."""
    instance = open_instance(folder / "people")
    try:
        yield from _imports(instance, folder)
    finally:
        instance.close()


def _imports(instance: Instance, folder: Path) -> Iterator[Figure]:
    for kind, rows in ((ImportKind.ROSTER, _roster()), (ImportKind.ASSESSMENTS, _scores())):
        path = folder / f"{kind.value}.xlsx"
        path.write_bytes(workbook(kind.value, rows[0], rows[1:]))
        for name, aim in ((f"import {kind.value}", _AIM), (f"import {kind.value} again", _AIM)):
            began = perf_counter()
            changed = _take(instance, kind, path)
            yield Figure(name, perf_counter() - began, "s", aim, size=f"{_ROWS} rows, {changed} written")
    with instance.database.writing() as db:
        began = perf_counter()
        undone = service.undo(db, LOCAL_ADMINISTRATOR, max(run.row.id or 0 for run in service.runs(db, LOCAL_ADMINISTRATOR)) - 1)
    yield Figure("undo assessments", perf_counter() - began, "s", _AIM, size=f"{undone} rows")


def _take(instance: Instance, kind: ImportKind, path: Path) -> int:
    table = find(open_file(path), is_known)
    with instance.database.writing() as db:
        chosen = service.mapping(db, LOCAL_ADMINISTRATOR, kind, table)
        done = service.import_table(db, LOCAL_ADMINISTRATOR, kind, path.name, table, chosen, date(2026, 10, 1))
    assert not done.plan.problems
    return len(done.plan.created) + len(done.plan.updated)


def _roster() -> Sequence[Sequence[Any]]:
    rows = [
        [
            f"{number:08d}",
            f"员工{number}",
            f"支行{number % _UNITS}/营业部",
            f"岗位{number % _POSTS}",
            f"{number // _SPAN:08d}" if number >= _SPAN else None,
            "2019年7月1日",
            "零售",
        ]
        for number in range(_ROWS)
    ]
    return [["工号", "姓名", "机构", "岗位", "上级工号", "入职日期", "条线"], *rows]


def _scores() -> Sequence[Sequence[Any]]:
    rows = [[f"{number:08d}", _ABILITIES[number % 5], 40 + number % 60, 100, "考核系统", date(2026, 3, 1)] for number in range(_ROWS)]
    return [["工号", "能力", "得分", "满分", "来源", "日期"], *rows]
