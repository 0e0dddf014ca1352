"""Rows of a table become entries: each cell read as what its field holds, or a problem that says why it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import BadInput
from core.i18n import Message
from core.people.importing import catalogue
from core.people.importing.kinds import ImportKind, Kind
from core.people.importing.leaving import standing
from core.people.importing.plan import Entry, Problem
from core.people.terms import TalentClass
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.reading import folded

Reader = Callable[[Cell], Any]

_CLASSES = {
    TalentClass.BUSINESS: ("业务", "营销", "business", "sales"),
    TalentClass.MANAGEMENT: ("管理", "management", "manager"),
    TalentClass.TECHNICAL: ("技术", "专业技术", "科技", "technical", "technology", "tech"),
}
# What is written where a certificate never runs out; it is stored as the last day there is.
_FOR_GOOD = ("长期", "长期有效", "永久", "永久有效", "终身", "终身有效", "无期限", "不过期", "permanent", "lifetime", "no expiry")
# Somebody was not there, or need not be.
_ABSENT = re.compile("缺|未|免|弃|请假|休假|病假|事假|无成绩|不适用|absent|exempt|n/?a$")
# A level where a score may stand: L3, 三级, Ⅲ.
_LEVELLED = re.compile("l|[1-5一二三四五壹贰叁肆伍]级|i{1,3}(?:级|$)|i?v(?:级|$)")
# Weights of 1, 2 and 0.5 say how many times as much; with one like this among them all are parts of a hundred.
SURELY_PERCENT = 10


@dataclass(frozen=True)
class Columns:
    """Where each field of the kind stands in the table."""

    kind: Kind
    header: tuple[str, ...]
    positions: Mapping[str, int]

    def cell(self, row: Row, field: str) -> Cell:
        """The cell of a field, None where the file has no such column."""
        return row.at(self.positions[field]) if field in self.positions else None

    def problem(self, row: Row, field: str, message: Message) -> Problem:
        """A problem with a field of a row."""
        position = self.positions.get(field)
        column = self.header[position] if position is not None else str(self.kind.field(field).title)
        return Problem(row.number, column, cells.text_of(self.cell(row, field)), message)


def columns_of(kind: Kind, table: Table, mapping: Mapping[str, str]) -> Columns:
    """The fields' places in `table`, by a mapping from its columns to fields."""
    return Columns(kind, table.header, {field: table.header.index(column) for column, field in mapping.items()})


def readers(columns: Columns, table: Table, known_numbers: Mapping[str, str]) -> dict[str, Reader]:
    """How a cell of each field is read in this table."""
    numbers = [columns.cell(row, field) for row in table.rows for field in ("employee_no", "manager_no")]
    width = cells.width_of(numbers, known_numbers)
    weights = [columns.cell(row, "weight") for row in table.rows]
    shares, percentages = _are_shares(weights), _are_percentages(weights)
    found: dict[str, Reader] = {field.name: cells.text for field in columns.kind.fields}
    found |= {name: lambda cell: cells.padded(cells.identifier(cell), width) for name in ("employee_no", "manager_no")}
    found |= {
        "hire_date": cells.day,
        "left_at": cells.day,
        "status": standing,
        "date": cells.day,
        "required_level": cells.level,
        "score": score_of,
        "scale_max": _scale,
    }
    found |= {"unit": _unit, "class": _talent_class, "weight": lambda cell: _weight(cell, shares, percentages)}
    found["competency"] = lambda cell: cells.text(cell, 80)
    found |= {"certificate": lambda cell: cells.text(cell, 120), "expiry": _expiry}
    if columns.kind.name is ImportKind.ROSTER:
        found["name"] = cells.person
    return found | (catalogue.readers() if columns.kind.name is ImportKind.CATALOGUE else {})


def read(row: Row, columns: Columns, reading: Mapping[str, Reader]) -> tuple[Entry, list[Problem]]:
    """The entry of a row, and what is wrong with it. A blank cell says nothing, and leaves what is there."""
    values: dict[str, Any] = {}
    problems = []
    for field in columns.positions:
        cell = columns.cell(row, field)
        if cells.is_blank(cell):
            continue
        try:
            values[field] = reading[field](cell)
        except BadInput as refused:
            problems.append(columns.problem(row, field, refused.message))
    for needed in columns.kind.fields:
        if needed.required and cells.is_blank(columns.cell(row, needed.name)):
            problems.append(columns.problem(row, needed.name, Message("“{field}”不能为空。", field=needed.title)))
    return Entry(row.number, values), problems


def is_blank(row: Row, columns: Columns) -> bool:
    """Whether a row says nothing in any column that matters: a form that was prepared and not filled in."""
    return all(cells.is_blank(columns.cell(row, field)) for field in columns.positions)


def _unit(cell: Cell) -> str:
    parts = [part.strip() for part in cells.text(cell, 120).replace("\\", "/").replace(">", "/").replace("／", "/").split("/")]
    return "/".join(part for part in parts if part)


def _talent_class(cell: Cell) -> TalentClass:
    plain = folded(cells.text(cell))
    for suffix in ("人才", "岗位", "岗", "类", "序列"):
        plain = plain.removesuffix(suffix)
    for found, names in _CLASSES.items():
        if plain in names:
            return found
    raise BadInput(Message("人才类别应是：业务、管理或技术。"))


def _expiry(cell: Cell) -> date:
    return date.max if isinstance(cell, str) and folded(cell) in _FOR_GOOD else cells.day(cell)


def score_of(cell: Cell) -> tuple[float, float | None]:
    """A score and the scale that its way of writing implies: 100 for a percentage, 5 for a level."""
    if isinstance(cell, str) and _ABSENT.match(folded(cell)):
        raise BadInput(Message("没有考的不是得分：按没有测评记，不当作 0。不用改。"))
    if isinstance(cell, str) and _LEVELLED.match(folded(cell)):
        return float(cells.level(cell)), 5.0
    if cells.is_grade(cell):
        said = Message("“{text}”是多少分，各行的说法不同。请按本行的口径换成分数，或写成 L1 到 L5。", text=cells.text_of(cell))
        raise BadInput(said)
    return cells.decimal(cell), 100.0 if cells.is_percentage(cell) else None


def _scale(cell: Cell) -> float:
    found = cells.decimal(str(cell).replace("制", "") if isinstance(cell, str) else cell)
    if not 0 < found <= 1000:
        raise BadInput(Message("满分应大于 0，不超过 1000。"))
    return found


def _are_shares(column: Sequence[Cell]) -> bool:
    """Whether weights are written as parts of one: 0.4, 0.3, 0.3."""
    numbers = _bare(column)
    return bool(numbers) and max(numbers) <= 1 and any(number < 1 for number in numbers)


def _are_percentages(column: Sequence[Cell]) -> bool:
    """Whether weights are written in percent, with the sign or without: 40%, 30, 30."""
    return any(map(cells.is_percentage, column)) or max(_bare(column), default=0) >= SURELY_PERCENT


def _bare(column: Sequence[Cell]) -> list[float]:
    """The numbers of a column that are not written in percent."""
    found = []
    for cell in column:
        if not cells.is_blank(cell) and not cells.is_percentage(cell):
            with suppress(BadInput):
                found.append(cells.decimal(cell))
    return found


def _weight(cell: Cell, shares: bool, percentages: bool) -> float:
    found = cells.decimal(cell)
    if shares and not cells.is_percentage(cell):
        found = round(found * 100, 6)
    elif percentages and found < 1 and not cells.is_percentage(cell):
        said = Message(
            "这一列别的权重是百分数，看不出 {value} 是 {value}% 还是 {percent}%。请统一写法。",
            value=f"{found:g}",
            percent=f"{found * 100:g}",
        )
        raise BadInput(said)
    if not 0 < found <= 100:
        raise BadInput(Message("权重应大于 0，不超过 100。"))
    return found
