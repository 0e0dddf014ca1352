"""Needs from a sheet: rows copied out of Excel, or the file itself, read one by one; a row that cannot be used says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

from core.errors import BadInput
from core.goals.needs.draft import NeedDraft, checked, unit_name
from core.goals.needs.tables import NeedRow
from core.goals.needs.terms import LAYER_NAMES, QUARTER_NAMES
from core.i18n import LANGUAGES, Message
from core.sheets import cells
from core.sheets.finding import find
from core.sheets.grid import Grid
from core.sheets.mapping import Field, guess, plain_name, require_fields
from core.sheets.pasting import Refused, cells_by_field, columns, numbered_rows, refused
from core.sheets.reading import folded
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES, ProjectKind, Urgency

MOST_ROWS = 500

Term = TypeVar("Term")

# So many columns that are called like fields stand in no row of data.
_SURELY_A_HEADING = 3
_NUMBERING = frozenset({"序号", "编号", "no", "number"})
_QUARTER = re.compile(r"(?:\d{4}年?[-/]?)?(?:第?([1-4])季度?|q([1-4])|(1[0-2]|0?[1-9])月份?)")

# In the order in which rows without a heading are read.
FIELDS = (
    Field("unit", Message("机构"), ("支行", "部门", "单位", "unit", "branch"), required=True),
    Field(
        "problem", Message("问题（痛点）"), ("问题", "痛点", "业务痛点", "需求", "培训需求", "problem", "need", "pain point"), required=True
    ),
    Field("post", Message("岗位"), ("对象", "培训对象", "post", "role", "audience"), required=True),
    Field("people", Message("人数"), ("预计人数", "headcount", "people")),
    Field("behaviour", Message("希望的行为"), ("行为", "希望做到", "培训目标", "behaviour", "behavior")),
    Field(
        "competency",
        Message("需要的能力"),
        ("能力", "胜任力", "培训内容", "培训主题", "培训课程", "课程名称", "competency", "skill", "training topic", "training content"),
    ),
    Field("layer", Message("岗位层次"), ("层次", "管理岗专业岗", "layer")),
    Field("level", Message("现在的水平"), ("水平", "能力基线", "baseline", "level")),
    Field("urgency", Message("紧迫度"), ("紧急程度", "urgency")),
    Field("kind", Message("类型"), ("队列", "前置即时", "type", "queue", "kind")),
    Field("evidence", Message("数据或事实"), ("依据", "数据", "事实", "evidence", "figures")),
    Field("quarter", Message("希望的季度"), ("季度", "时间", "quarter")),
)


@dataclass(frozen=True)
class Given:
    """A row that can be filed, by its number in what was pasted."""

    line: int
    unit: str
    draft: NeedDraft


class Sheet(NamedTuple):
    """What the rows of a sheet say, which cannot be used, and the columns of which nothing is taken."""

    found: list[Given]
    refused: list[Refused]
    unused: tuple[str, ...] = ()


def read(pasted: str, units: Sequence[str] = (), *, anywhere: bool = True) -> Sheet:
    """What rows that were copied say. Where not `anywhere`, only `units` may be named, and a single one need not be.

    Cells are parted by tabs, as sheets copy them; a cell of several lines is quoted, as they quote it. Blank rows are skipped. A heading is
    understood whatever the order of its columns; without one the order is that of `FIELDS`.
    """
    rows = numbered_rows(pasted)
    places, body = columns([row for _, row in rows], FIELDS, "problem")
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    found = {} if body else guess(header, FIELDS)
    if len(found) >= _SURELY_A_HEADING:
        try:
            require_fields(found, header, _necessary(anywhere))
        except BadInput as error:
            return Sheet([], [refused(*rows[0], error.message)])
    if not body:
        return Sheet(*_understood(rows, places, units, anywhere=anywhere))
    return Sheet(*_understood(_filled(rows[1:], places), places, units, anywhere=anywhere), _unused(header, places))


def read_file(grids: Sequence[Grid], units: Sequence[str] = (), *, anywhere: bool = True) -> Sheet:
    """The same of a workbook or a CSV file, whose rows keep the numbers that Excel shows. Titles may stand above its heading.

    Raises `BadInput` when it holds no table, or none with the columns that a need must have.
    """
    table = find(grids, lambda name: plain_name(name) in _names())
    mapping = guess(table.header, FIELDS)
    require_fields(mapping, table.header, _necessary(anywhere))
    places = {field: table.header.index(column) for column, field in mapping.items()}
    rows = [(row.number, [cells.text_of(row.at(place)) for place in range(len(table.header))]) for row in table.rows]
    return Sheet(*_understood(_filled(rows, places), places, units, anywhere=anywhere), _unused(table.header, places))


def without_filed(sheet: Sheet, filed: Iterable[NeedRow]) -> Sheet:
    """The sheet without the needs that were filed already, or stand in it twice: the same words of the same unit."""

    def words(unit: str, one: NeedDraft | NeedRow) -> tuple[str, ...]:
        return tuple(map(folded, (unit, one.problem, one.post, one.behaviour, one.competency)))

    seen = {words(row.unit, row) for row in filed}
    fresh: list[Given] = []
    again: list[Given] = []
    for one in sheet.found:
        key = words(one.unit, one.draft)
        (again if key in seen else fresh).append(one)
        seen.add(key)
    why = Message("与已报的一条相同，没有再报一次。要改那一条，请在需求列表里改。")
    told = [refused(one.line, (one.unit, one.draft.problem, one.draft.post), why) for one in again]
    return sheet._replace(found=fresh, refused=sorted([*sheet.refused, *told], key=lambda one: one.line))


def _filled(rows: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int]) -> list[tuple[int, Sequence[str]]]:
    """The rows that say more than a unit: a note below the table, and a form that was prepared and not filled in, say nothing."""
    beside = [place for field, place in places.items() if field != "unit"]
    return [(number, row) for number, row in rows if any(not cells.is_blank(row[place]) for place in beside if place < len(row))]


def _necessary(anywhere: bool) -> list[Field]:
    return [field for field in FIELDS if field.required and (anywhere or field.name != "unit")]


def _unused(header: Sequence[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """The columns of which nothing is taken, but for those that only number the rows."""
    taken = set(places.values())
    return tuple(name for place, name in enumerate(header) if name and place not in taken and plain_name(name) not in _NUMBERING)


@cache
def _names() -> frozenset[str]:
    return frozenset(plain_name(name) for field in FIELDS for name in field.names)


def _understood(
    rows: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int], units: Sequence[str], *, anywhere: bool
) -> tuple[list[Given], list[Refused]]:
    own = {folded(one): one for one in units}
    found: list[Given] = []
    wrong: list[Refused] = []
    for number, row in rows:
        at = cells_by_field(row, places)
        try:
            if len(found) >= MOST_ROWS:
                raise BadInput(Message("一次最多导入 {most} 行，请分几次。", most=MOST_ROWS))
            found.append(Given(number, _unit(at.get("unit", ""), own, anywhere), _draft(at)))
        except BadInput as error:
            wrong.append(refused(number, row, error.message))
    return found, wrong


def _unit(written: str, own: Mapping[str, str], anywhere: bool) -> str:
    if not written and len(own) == 1 and not anywhere:
        return next(iter(own.values()))
    name = unit_name(written)
    if not anywhere and folded(name) not in own:
        raise BadInput(Message("“{unit}”不归您管，不能替它填报。请选您负责的机构，或请人力资源先指定。", unit=name[:40]))
    return own.get(folded(name), name)


def _draft(at: Mapping[str, str]) -> NeedDraft:
    return checked(
        NeedDraft(
            problem=at.get("problem", ""),
            post=at.get("post", ""),
            people=_number(at.get("people", "")),
            behaviour=at.get("behaviour", ""),
            competency=at.get("competency", ""),
            layer=_named(at.get("layer", ""), LAYER_NAMES, FIELDS[6].title),
            level=_level(at.get("level", "")),
            urgency=_named(at.get("urgency", ""), URGENCY_NAMES, FIELDS[8].title) or Urgency.MEDIUM,
            kind=_named(at.get("kind", ""), KIND_NAMES, FIELDS[9].title) or ProjectKind.PROBLEM_DRIVEN,
            evidence=at.get("evidence", ""),
            quarter=_quarter(at.get("quarter", "")),
        )
    )


def _number(written: str) -> int | None:
    if cells.is_blank(written):
        return None
    plain = cells.arabic(cells.text_of(written).replace(",", "").replace(" ", ""))
    match = re.fullmatch(r"约?(\d{1,6})(?:\.0+)?(?:人|名|位)?(?:左右)?", plain)
    if match is None:
        raise BadInput(Message("人数“{text}”不是整数。", text=written[:12]))
    return int(match[1])


def _level(written: str) -> int | None:
    if cells.is_blank(written):
        return None
    try:
        return cells.level(written)
    except BadInput:
        raise BadInput(Message("现在的水平“{text}”应为 L1 到 L5。", text=written[:12])) from None


def _quarter(written: str) -> int | None:
    if cells.is_blank(written):
        return None
    plain = folded(written)
    for quarter, name in QUARTER_NAMES.items():
        if plain in {folded(name.render(language)) for language in LANGUAGES} | {str(quarter), f"q{quarter}", f"第{name.render('zh')}"}:
            return quarter
    # 2027年第二季度, 2027 Q2, 4月: the year is the plan's.
    found = _QUARTER.fullmatch(cells.arabic(plain))
    if found:
        return int(found[1] or found[2] or -(-int(found[3]) // 3))
    raise BadInput(Message("希望的季度“{text}”应为 1 到 4，或一季度到四季度。", text=written[:12]))


def _named(written: str, names: Mapping[Term, Message], title: Message) -> Term | None:
    if cells.is_blank(written):
        return None
    plain = folded(written)
    for term, name in names.items():
        spoken = {folded(str(term)), *(folded(name.render(language)) for language in LANGUAGES)}
        if plain in spoken | _ALSO.get(term, frozenset()):
            return term
    choices = Message.listed(names.values())
    raise BadInput(Message("{title}“{text}”不认识，可以写：{choices}。", title=title, text=written[:12], choices=choices))


# Others' words for the same: 高、中、低 of urgency.
_ALSO: Mapping[object, frozenset[str]] = {
    Urgency.HIGH: frozenset({"高", "紧急", "急", "特急", "加急", "很急", "非常紧急", "很紧急", "urgent"}),
    Urgency.MEDIUM: frozenset({"中", "普通", "较急", "较紧急", "比较紧急"}),
    Urgency.LOW: frozenset({"低", "不急", "不紧急"}),
    ProjectKind.PRE_EMPTIVE: frozenset({"前置", "储能", "预防型"}),
    ProjectKind.PROBLEM_DRIVEN: frozenset({"即时", "赋能", "问题型", "问题导向"}),
}
