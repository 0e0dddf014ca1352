"""What was paid, from a file: each row a bill, summed into the actuals of the budget's lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from core.access.actor import Actor, Right, require
from core.delivery.budget import repository
from core.delivery.budget.service import LARGEST, LONGEST_NOTE, LineDraft, overview, save_lines
from core.delivery.budget.terms import COST_NAMES, CostType
from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.people.importing.plan import Problem
from core.plans import service as plans
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.mapping import Field, check, guess, require_fields
from core.sheets.reading import folded
from core.storage import Session

T = TypeVar("T")
Place = tuple[CostType, int, int | None, int | None]

FIELDS = (
    Field(
        "programme",
        Message("项目"),
        ("培训项目", "项目名称", "课程", "班级", "project", "programme", "course"),
        help=Message("不填：不属于哪个项目。"),
    ),
    Field("type", Message("费用类型"), ("类型", "费用类别", "科目", "费用科目", "费用项目", "type", "category", "account")),
    Field("quarter", Message("季度"), ("所属季度", "quarter"), help=Message("1 到 4，或 Q1；有日期可以不填。")),
    Field("date", Message("日期"), ("发生日期", "报销日期", "入账日期", "记账日期", "月份", "date", "posted", "month")),
    Field(
        "unit",
        Message("机构"),
        ("部门", "支行", "网点", "承担机构", "成本中心", "unit", "branch", "cost centre"),
        help=Message("不填：分行承担。"),
    ),
    Field(
        "amount",
        Message("金额"),
        ("金额（元）", "实际金额", "发生额", "报销金额", "费用", "支出", "amount", "actual", "cost"),
        required=True,
        help=Message("元；列名里写了“万元”的按万元读。"),
    ),
    Field("note", Message("说明"), ("摘要", "备注", "事由", "note", "description", "remark")),
)
_WORDS = (
    (CostType.TIME, ("学员工时", "participants' time")),
    (CostType.TRAINERS, ("讲师", "师资", "课酬", "讲课", "trainer", "lectur")),
    (CostType.VENUES, ("场地", "场租", "会议室", "教室", "venue", "room")),
    (CostType.MATERIALS, ("教材", "资料", "印刷", "文具", "material", "print")),
    (CostType.TRAVEL, ("食宿", "差旅", "交通", "住宿", "餐", "机票", "travel", "hotel", "meal")),
    (CostType.PURCHASE, ("采购", "平台", "软件", "系统", "许可", "purchase", "platform", "licen")),
)
_QUARTER = re.compile(r"(?:\d{4}\s*年?\s*)?(?:第?\s*([1-4一二三四])\s*季度?|q\s*([1-4])|([1-4]))(?:\s*\d{4})?", re.IGNORECASE)
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}
_TEN_THOUSAND = 10_000
_AMOUNT = re.compile(r"(?:¥|rmb|cny)?(.+?)(万)?(元|rmb|cny|yuan)?")
# How accountants write what is taken back: (500).
_NEGATIVE = re.compile(r"^\((.+)\)$")
_MONTH = re.compile(r"(\d{1,2})(月份?)?(?:(?<=月)(\d{1,2})[日号]?)?")
_MONTHLY = re.compile("月|month", re.IGNORECASE)


@dataclass(frozen=True)
class Prepared:
    """A file of costs that waits to be looked at: which column is which, and what it is read against."""

    table: Table
    mapping: Mapping[str, str]
    year: int
    programmes: Mapping[str, int]
    units: Mapping[str, int]
    lines: tuple[LineDraft, ...]


@dataclass(frozen=True)
class Costs:
    """What a file of costs does: lines that are new or get another actual, how many stay as they are, what stays out and why.

    `total` is the money of all rows that were read, in yuan.
    """

    rows: int
    created: tuple[LineDraft, ...]
    updated: tuple[LineDraft, ...]
    unchanged: int
    total: float
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()


def is_known(name: str) -> bool:
    """Whether a cell is what a column of costs may be called."""
    return bool(guess([name], FIELDS))


def prepare(db: Session, actor: Actor, plan_id: int, table: Table) -> Prepared:
    """All that a preview of a file of costs needs. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    seen = overview(db, actor, plan_id)
    return Prepared(
        table,
        guess(table.header, FIELDS),
        plans.find(db, actor, plan_id).year,
        {folded(name): number for number, name in seen.programmes.items() if number},
        {folded(name): number for number, name in repository.units(db).items()},
        seen.lines,
    )


def read(prepared: Prepared, mapping: Mapping[str, str]) -> Costs:
    """What importing the file with these columns would do. Raises `BadInput` where they cannot be."""
    table = prepared.table
    at = {name: table.header.index(column) for column, name in check(mapping, table.header, FIELDS).items()}
    require_fields(mapping, table.header, FIELDS)
    if not {"quarter", "date"} & at.keys():
        raise BadInput(Message("文件里没有季度也没有日期，不知道记在哪个季度。请指定其中一列。"))
    reader = _Reader(prepared, at)
    for row in table.rows:
        reader.take(row)
    return reader.costs()


def import_costs(db: Session, actor: Actor, plan_id: int, costs: Costs) -> int:
    """Write the actuals, as one action that the budget's page can take back. Returns how many lines. Needs `PLAN_DELIVERY`.

    Raises `BadInput` when nothing can be used, `Conflict` where somebody changed a line since.
    """
    require(actor, Right.PLAN_DELIVERY)
    if not costs.created and not costs.updated:
        raise BadInput(Message("没有要写入的行。"))
    return save_lines(db, actor, plan_id, [*costs.created, *costs.updated], {})


class _Wrong(Exception):
    def __init__(self, name: str, message: Message) -> None:
        super().__init__()
        self.name, self.message = name, message


@dataclass
class _Reader:
    """Takes bills one by one and adds them up by the place that a line has: type, quarter, programme, unit."""

    prepared: Prepared
    at: Mapping[str, int]
    sums: dict[Place, float] = field(default_factory=dict)
    said: dict[Place, list[str]] = field(default_factory=dict)
    rows: dict[Place, Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    filled: int = 0

    def __post_init__(self) -> None:
        header = self.prepared.table.header[self.at["amount"]]
        self.factor = _TEN_THOUSAND if "万" in header else 1

    def take(self, row: Row) -> None:
        """Add a bill to its place, or say what is wrong with it."""
        if cells.is_blank(row.at(self.at["amount"])):
            return
        self.filled += 1
        try:
            money = self._cell(row, "amount", lambda cell: _money(cell, self.factor)) or 0.0
            kind, note = self._cell(row, "type", _type) or CostType.OTHER, self._cell(row, "note", lambda one: cells.text(one, 200)) or ""
            place = (kind, self._quarter(row), self._named(row, "programme", self.prepared.programmes), self._unit(row))
        except _Wrong as wrong:
            self._problem(row, wrong.name, wrong.message)
            return
        self.sums[place] = self.sums.get(place, 0.0) + money
        self.rows.setdefault(place, row)
        if note and note not in self.said.setdefault(place, []):
            self.said[place].append(note)

    def costs(self) -> Costs:
        """All that was taken, against the lines that stand."""
        created, updated, unchanged = [], [], 0
        for place, money in self.sums.items():
            standing = [one for one in self.prepared.lines if (one.type, one.quarter, one.programme_id, one.unit_id) == place]
            if not standing:
                kind, quarter, programme, unit = place
                note = "；".join(self.said.get(place, ()))[:LONGEST_NOTE]
                created.append(LineDraft(kind, quarter, programme, unit, actual=round(money, 2), note=note))
                continue
            # Several lines of one place: what the others hold is part of the sum, the first takes the rest.
            wanted = round(money - sum(one.actual for one in standing[1:]), 2)
            if wanted < 0:
                message = Message("预算明细里同类的几行已发生额合计大于文件里的合计，请先在预算明细里核对。")
                self._problem(self.rows[place], "amount", message)
            elif wanted == standing[0].actual:
                unchanged += 1
            else:
                updated.append(replace(standing[0], actual=wanted))
        notes = list(self.prepared.table.notes)
        if self.factor != 1:
            notes.append(Message("金额列以万元为单位，已换算成元。"))
        problems = tuple(sorted(self.problems, key=lambda one: one.row))
        return Costs(self.filled, tuple(created), tuple(updated), unchanged, sum(self.sums.values()), problems, tuple(notes))

    def _quarter(self, row: Row) -> int:
        quarter = self._cell(row, "quarter", _quarter)
        if quarter is not None:
            return quarter
        day = self._cell(row, "date", self._day)
        if day is None:
            raise _Wrong("quarter" if "quarter" in self.at else "date", Message("季度和日期都没有填。"))
        if day.year != self.prepared.year:
            raise _Wrong("date", Message("日期不在 {year} 年。请放到那一年的计划里。", year=str(self.prepared.year)))
        return (day.month + 2) // 3

    def _day(self, cell: Cell) -> date:
        """A day, or a month alone: 3月, and below a heading that says month also 3; of the plan's year."""
        plain = cells.arabic(folded(cells.text_of(cell)))
        found = _MONTH.fullmatch(plain)
        if found is None or not (found[2] or _MONTHLY.search(self.prepared.table.header[self.at["date"]])):
            return cells.day(plain.removesuffix("份") if isinstance(cell, str) else cell)
        try:
            return date(self.prepared.year, int(found[1]), int(found[3] or 1))
        except ValueError as error:
            raise BadInput(Message("没有这一天。请核对年、月、日。")) from error

    def _unit(self, row: Row) -> int | None:
        return self._named(row, "unit", self.prepared.units)

    def _named(self, row: Row, name: str, known: Mapping[str, int]) -> int | None:
        said = self._cell(row, name, lambda cell: cells.text(cell, 120))
        if not said:
            return None
        found = known.get(folded(said))
        if found is None:
            what = Message("项目") if name == "programme" else Message("机构")
            raise _Wrong(name, Message("没有{what}“{name}”。请核对名称，不属于任何{what}的留空。", what=what, name=said))
        return found

    def _cell(self, row: Row, name: str, reader: Callable[[Cell], T]) -> T | None:
        place = self.at.get(name)
        if place is None or cells.is_blank(row.at(place)):
            return None
        try:
            return reader(row.at(place))
        except BadInput as refusal:
            raise _Wrong(name, refusal.message) from refusal

    def _problem(self, row: Row, name: str, message: Message) -> None:
        place = self.at[name]
        self.problems.append(Problem(row.number, self.prepared.table.header[place], cells.text_of(row.at(place)), message))


def _money(cell: Cell, factor: float) -> float:
    """Yuan: what the cell says of its unit goes before its heading, which is worth `factor`."""
    if isinstance(cell, str) and (found := _AMOUNT.fullmatch(folded(cell))):
        factor = _TEN_THOUSAND if found[2] else 1 if found[3] else factor
        cell = _NEGATIVE.sub(r"-\1", found[1])
    money = cells.decimal(cell) * factor
    if not 0 <= money <= LARGEST:
        raise BadInput(Message("金额应在 0 到 10 亿元之间。退款请在原来那一笔里冲减。"))
    return money


def _type(cell: Cell) -> CostType:
    plain = folded(cells.text(cell, 120))
    for one in CostType:
        if plain in {folded(COST_NAMES[one].render(language)) for language in LANGUAGES} | {one.value}:
            found = one
            break
    else:
        found = next((one for one, words in _WORDS if any(word in plain for word in words)), CostType.OTHER)
    if found is CostType.TIME:
        raise BadInput(Message("学员工时由系统计算，不能导入。"))
    return found


def _quarter(cell: Cell) -> int:
    found = _QUARTER.fullmatch(unicodedata.normalize("NFKC", cells.text_of(cell)).strip())
    if not found:
        raise BadInput(Message("应是 1 到 4，或 Q1、第一季度。"))
    said = found[1] or found[2] or found[3]
    return _HAN.get(said) or int(said)
