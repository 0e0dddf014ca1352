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
from core.people.importing import job as imports
from core.people.importing import service
from core.people.importing.kinds import ImportKind, RunState
from core.people.importing.planning import is_known
from core.people.roster import service as roster
from core.people.roster.listing import Lacking, Order, Wanted
from core.sheets.finding import find
from core.sheets.opening import open_file
from tests.bench.measuring import Figure

_ROWS = 20_000
_AIM = 20.0
_UNITS, _POSTS, _SPAN = 200, 40, 12
_ABILITIES = ("需求挖掘", "资产配置", "团队领导", "反洗钱", "数据分析")


def measure(folder: Path) -> Iterator[Figure]:
    """From the file to the committed rows, by the background job, the child process that reads the file included; then the roster."""
    instance = open_instance(folder / "people")
    try:
        yield from _imports(instance, folder)
        yield from _listings(instance)
    finally:
        instance.close()


def _imports(instance: Instance, folder: Path) -> Iterator[Figure]:
    parts = ((ImportKind.ROSTER, "", _roster()), (ImportKind.ASSESSMENTS, "", _scores()), (ImportKind.ASSESSMENTS, " wide", _wide()))
    for kind, how, rows in parts:
        path = folder / f"{kind.value}{how}.xlsx"
        path.write_bytes(workbook(kind.value, rows[0], rows[1:]))
        for name, aim in ((f"import {kind.value}{how}", _AIM), (f"import {kind.value}{how} again", _AIM)):
            began = perf_counter()
            changed = _take(instance, kind, path)
            yield Figure(name, perf_counter() - began, "s", aim, size=f"{_ROWS} rows, {changed} written")
    with instance.database.writing() as db:
        began = perf_counter()
        undone = service.undo(db, LOCAL_ADMINISTRATOR, max(run.row.id or 0 for run in service.runs(db, LOCAL_ADMINISTRATOR)) - 1)
    yield Figure("undo assessments wide", perf_counter() - began, "s", _AIM, size=f"{undone} rows")


def _listings(instance: Instance) -> Iterator[Figure]:
    """Pages of the roster, each with its count, as somebody goes through it."""
    asked = (
        Wanted(),
        Wanted(order=Order.UNIT, descending=True),
        Wanted(words="员工19"),
        Wanted(lacking=(Lacking.ASSESSMENT,)),
        Wanted(unit_id=7),
    )
    spent = []
    for wanted in asked * 4:
        with instance.database.reading() as db:
            began = perf_counter()
            roster.listing(db, LOCAL_ADMINISTRATOR, wanted, 100, 100)
            spent.append(perf_counter() - began)
    yield Figure("roster page, slowest", max(spent), "s", 0.5, size=f"{_ROWS} people")


def _take(instance: Instance, kind: ImportKind, path: Path) -> int:
    table = find(open_file(path), is_known)
    with instance.database.writing() as db:
        chosen = service.mapping(db, LOCAL_ADMINISTRATOR, kind, table)
        imports.ask(db, LOCAL_ADMINISTRATOR, instance.settings, kind, path.name, table, chosen)
    instance.worker.run()
    with instance.database.reading() as db:
        done = service.runs(db, LOCAL_ADMINISTRATOR)[0].row
    assert done.state is RunState.DONE and not done.errors
    return done.created + done.updated


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


def _wide() -> Sequence[Sequence[Any]]:
    rows = [
        [f"{number:08d}", *(40 + (number + at) % 60 for at in range(len(_ABILITIES))), "AI面试", date(2026, 4, 1)]
        for number in range(_ROWS)
    ]
    return [["工号", *_ABILITIES, "来源", "日期"], *rows]


def _scores() -> Sequence[Sequence[Any]]:
    rows = [[f"{number:08d}", _ABILITIES[number % 5], 40 + number % 60, 100, "考核系统", date(2026, 3, 1)] for number in range(_ROWS)]
    return [["工号", "能力", "得分", "满分", "来源", "日期"], *rows]
