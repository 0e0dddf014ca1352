"""Goals pasted from a sheet with a heading: the export of all goals, changed in Excel, or a part of it.

A row names its project; its other columns say what is to change. An indicator of the same name is changed in the columns that were
pasted, another is added; what the sheet does not mention stays as it is. What cannot be used is refused line by line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.errors import BadInput
from core.goals.columns import GOAL_FIELDS, LINE_FIELDS, NUMBERS, PROJECT, TITLES
from core.goals.draft import LONGEST_NAME, LONGEST_SOURCE, LONGEST_TEXT, LONGEST_UNIT, Draft, Line
from core.goals.goal import GoalIndicator, Kind, KirkpatrickLevel, Operator
from core.goals.table import in_order
from core.i18n import LANGUAGES, Message
from core.sheets import cells
from core.sheets.pasting import Refused, pasted_rows
from core.sheets.reading import folded

_LIMITS = {"name": LONGEST_NAME, "unit": LONGEST_UNIT, "source": LONGEST_SOURCE, "owner": LONGEST_SOURCE}
_OPERATORS: dict[Operator, str] = {
    ">=": r"≥|>=?|不低于|不少于|至少|达到|大于等于|at least|min.*",
    "<=": r"≤|<=?|不高于|不超过|至多|小于等于|at most|max.*",
    "=": r"=|等于|equals?",
    "+": r"\+|增加|增长|提升|提高|grow.*|increase.*",
    "-": r"[-−–]|减少|下降|降低|压降|shrink.*|decrease.*|reduce.*",
}
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_SHOWN = 80


@dataclass(frozen=True)
class Pasted:
    """The goals that the lines change, by project, and the lines that cannot be used."""

    drafts: dict[int, Draft]
    refused: list[Refused]


def read(pasted: str, projects: Mapping[int, str], begun: Mapping[int, Draft]) -> Pasted:
    """What the lines make of the goals in `begun`; `projects` are the names under which these stand in the table.

    Raises `BadInput` when the first line is no heading that names the project.
    """
    rows = pasted_rows(pasted.strip("\r\n"))
    fields = _heading(rows[0] if rows else [])
    by_name = {folded(name): project for project, name in projects.items()}
    found: dict[int, Draft] = {}
    refused: list[Refused] = []
    told: set[tuple[int, str]] = set()
    for number, row in enumerate(rows[1:], 2):
        given = {field: cell for field, cell in zip(fields, row, strict=False) if field}
        if all(cells.is_blank(cell) for cell in given.values()):
            continue
        try:
            project = by_name.get(folded(given[PROJECT]))
            if project is None:
                raise BadInput(Message("计划里没有叫“{name}”的项目。", name=given[PROJECT].strip()[:40]))
            found[project] = _put(found.get(project, begun[project]), given, told, project)
        except BadInput as wrong:
            refused.append(Refused(number, " · ".join(filter(None, row))[:_SHOWN], wrong.message))
    return Pasted({project: in_order(draft) for project, draft in found.items() if in_order(draft) != begun[project]}, refused)


def _heading(row: list[str]) -> list[str]:
    known = {folded(title.render(language)): field for field, title in TITLES.items() for language in LANGUAGES}
    fields = [known.get(folded(cell), "") for cell in row]
    if PROJECT not in fields or len(set(fields) - {"", PROJECT}) < 1:
        raise BadInput(Message("第一行应是表头，至少有“项目”和要改的一列。请把导出的表连同表头一起复制。"))
    return fields


def _put(draft: Draft, given: Mapping[str, str], told: set[tuple[int, str]], project: int) -> Draft:
    for field in GOAL_FIELDS:
        written = given.get(field, "")
        # The export says once, in the goal's first row, what a goal has once: a blank says nothing.
        if cells.is_blank(written):
            continue
        value: Any = _whole(written) if field in ("headcount", "due_days") else _text(written, LONGEST_TEXT)
        if getattr(draft, field) != value and (project, field) in told:
            raise BadInput(Message("“{field}”和这个项目前面的一行写得不一样。每个目标只写一次。", field=TITLES[field]))
        told.add((project, field))
        changed: dict[str, Any] = {field: value}
        draft = replace(draft, **changed)
    return _put_line(draft, given) if any(not cells.is_blank(given.get(field, "")) for field in LINE_FIELDS) else draft


def _put_line(draft: Draft, given: Mapping[str, str]) -> Draft:
    name = _text(given.get("name", ""), LONGEST_NAME)
    if not name:
        raise BadInput(Message("缺少指标名称。"))
    kind = _kind(given["kind"]) if not cells.is_blank(given.get("kind", "")) else None
    fitting = [line for line in draft.lines if folded(line.indicator.name) == folded(name) and kind in (None, line.kind)]
    if len(fitting) > 1:
        raise BadInput(Message("这个目标有 {n} 个指标叫“{name}”，请写明类别。", n=len(fitting), name=name))
    old = fitting[0] if fitting else Line(kind or Kind.PERFORMANCE, GoalIndicator(name))
    new = _line(old, given)
    lines = tuple(new if line is old else line for line in draft.lines) if fitting else (*draft.lines, new)
    return replace(draft, lines=lines)


def _line(old: Line, given: Mapping[str, str]) -> Line:
    read_by: dict[str, Callable[[str], Any]] = {"operator": _operator, "level": _level, **dict.fromkeys(NUMBERS, _number)}
    facts: dict[str, Any] = {}
    for field in LINE_FIELDS:
        if field not in given or field in ("kind", "name"):
            continue
        try:
            facts[field] = read_by[field](given[field]) if field in read_by else _text(given[field], _LIMITS[field])
        except BadInput as wrong:
            raise BadInput(Message("“{field}”：{reason}", field=TITLES[field], reason=wrong.message)) from wrong
    if not facts.get("unit", old.indicator.unit) and cells.is_percentage(given.get("value", "")):
        facts["unit"] = "%"
    beside = {field: facts.pop(field) for field in ("owner", "weight") if field in facts}
    return replace(old, indicator=replace(old.indicator, **facts), **beside)


def _text(cell: str, limit: int) -> str:
    # What Excel's users write in front of a text that begins like a formula.
    plain = cell.strip()
    plain = plain[1:] if plain[:1] == "'" and plain[1:2] in ("=", "+", "-", "@") else plain
    _no_error(plain)
    return "" if cells.is_blank(plain) else cells.text(plain, limit)


def _no_error(cell: str) -> None:
    if cell.strip().upper() in _ERRORS:
        raise BadInput(Message("这是 Excel 的错误值。请在表里改正公式，或直接填入内容。"))


def _number(cell: str) -> float | None:
    _no_error(cell)
    return None if cells.is_blank(cell) else cells.decimal(cell)


def _whole(cell: str) -> int:
    _no_error(cell)
    number = cells.decimal(re.sub(r"\s*(?:人|天|people|days?)$", "", cell.strip()))
    if number != int(number) or number < 0:
        raise BadInput(Message("应是整数，例如 30。"))
    return int(number)


def _kind(cell: str) -> Kind:
    plain = folded(cell)
    for kind, begins in ((Kind.PROCESS, ("过程", "process")), (Kind.PERFORMANCE, ("绩效", "结果", "performance", "result"))):
        if plain.startswith(begins):
            return kind
    raise BadInput(Message("类别应是过程指标或绩效指标。"))


def _operator(cell: str) -> Operator:
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    if plain == "":
        return ""
    for operator, ways in _OPERATORS.items():
        if re.fullmatch(ways, plain):
            return operator
    raise BadInput(Message("关系应是 ≥、≤、=、+ 或 −。"))


def _level(cell: str) -> KirkpatrickLevel | None:
    if cells.is_blank(cell):
        return None
    found = re.search(r"[1-4一二三四]", unicodedata.normalize("NFKC", cell))
    if not found:
        raise BadInput(Message("柯氏层级应在 1 到 4 之间。"))
    return KirkpatrickLevel("1234一二三四".index(found[0]) % 4 + 1)
