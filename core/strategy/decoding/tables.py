"""Targets in tables: a row's metric under the columns of years still to come, or under a column that says target or plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.documents.parsed import Cell, ParsedDocument, Table
from core.strategy.decoding.deadlines import Plan, end_of_year, moments
from core.strategy.decoding.perspectives import perspective
from core.strategy.decoding.quantities import measured, number
from core.strategy.findings import Finding, FindingKind, Measure, Operator, Perspective

_ACTUAL = re.compile(
    r"实际|完成|现状|基期|基数|上年|去年|已|同比|得分|权重|分值|占比$|排名|差距|对标|平均|actual|baseline|weight|score", re.IGNORECASE
)
_WEIGHT = re.compile(r"权重|分值|得分|weight|score", re.IGNORECASE)
_PLANNED = re.compile(r"目标|计划|要求|指标值|标准值|底线|不低于|target|plan|goal", re.IGNORECASE)
_CELL = re.compile(
    r"^\s*(?P<sign>[≥≤><＞＜+＋\-－]|不低于|不少于|不超过|"
    r"不高于)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％‰\u4e00-\u9fffA-Za-z]{0,6}?)(?P<after>以上|以内|以下)?\s*$"
)
# A scorecard's first column names the perspective itself.
_NAMED = {
    "财务": Perspective.FINANCIAL,
    "效益": Perspective.FINANCIAL,
    "客户": Perspective.CUSTOMER,
    "流程": Perspective.PROCESS,
    "内部": Perspective.PROCESS,
    "学习": Perspective.LEARNING,
}
_ABILITY = re.compile(r"短板|弱项|能力|技能|认证|资质|资格|证书|skill|competenc|certif", re.IGNORECASE)
_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（）()]{1,8}?)\s*[）)]\s*$")
_SIGNS: dict[str, Operator] = {
    "≥": ">=",
    "＞": ">=",
    ">": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "以上": ">=",
    "≤": "<=",
    "＜": "<=",
    "<": "<=",
    "不超过": "<=",
    "不高于": "<=",
    "以内": "<=",
    "以下": "<=",
    "+": "+",
    "＋": "+",
}


def targets(parsed: ParsedDocument, table: Table, path: tuple[str, ...], plan: Plan) -> Iterator[Finding]:
    """The targets of a table, row by row. A table that names no later year and no target column has none."""
    text = parsed.text
    header = [
        " ".join(dict.fromkeys(_words(text, row[column]) for row in table.rows[: table.header_rows]))
        for column in range(len(table.rows[0]))
    ]
    caption = " ".join((*path, text[max(0, table.start - 60) : table.start]))
    planned = {column: day for column, name in enumerate(header) if (day := _planned(name, caption, plan)) is not None}
    actual = [column for column, name in enumerate(header) if column and column not in planned and _is_actual(name, plan)]
    if not planned and (due := _due(caption, plan)) is not None:
        planned = {column: due for column, name in enumerate(header) if column and name and not _ACTUAL.search(name)}
    names = _naming(parsed, table, header)
    several = len(planned) > 1 and len(set(planned.values())) < len(planned) and not all(_PLANNED.search(header[one]) for one in planned)
    for row in table.rows[table.header_rows :]:
        label = _words(text, row[names])
        for column, day in planned.items():
            finding = _target(parsed, row, column, label, header, day, path, actual, several=several)
            if finding is not None:
                yield finding


def capabilities(parsed: ParsedDocument, table: Table, path: tuple[str, ...]) -> Iterator[Finding]:
    """Rows that say under a column of weak points, abilities or certificates what people must be able to do."""
    text = parsed.text
    for column, cell in enumerate(table.rows[0]):
        if not table.header_rows or not _ABILITY.search(_words(text, cell)):
            continue
        for row in table.rows[table.header_rows :]:
            words = _words(text, row[column])
            names = tuple(part for part in re.split(r"[、，,；;和]", words) if 2 <= len(part) <= 16 and not part[0].isdigit())
            if names:
                start, end = min(one.start for one in row), max(one.end for one in row)
                yield Finding(
                    kind=FindingKind.CAPABILITY,
                    text=f"{_words(text, row[0])}：{words}",
                    quote=text[start:end],
                    page=parsed.page_at(start).number,
                    start=start,
                    end=end,
                    heading=path,
                    perspective=Perspective.LEARNING,
                    competencies=names,
                    measure=None,
                    confidence=0.7,
                    rule="capability_table",
                    cues=(_words(text, cell),),
                )


def _planned(name: str, caption: str, plan: Plan) -> str | None:
    """The date that a column's targets are due on; None for a column that holds none, "" for one without a date."""
    years = [moment for moment in moments(f"{name}年" if re.fullmatch(r"20\d\d", name.strip()) else name, plan) if moment.year]
    if years:
        first = plan.first
        late = first is not None and (years[-1].year or 0) >= first
        return years[-1].day if not _ACTUAL.search(name) and (late or (first is None and _PLANNED.search(name + caption))) else None
    if _ACTUAL.search(name) or not _PLANNED.search(name):
        return None
    above = [moment for moment in moments(caption, plan) if moment.year and not moment.past]
    return above[-1].day if above else end_of_year(plan.last) if plan.standing and plan.last else ""


def _is_actual(name: str, plan: Plan) -> bool:
    years = [moment.year for moment in moments(name, plan) if moment.year]
    return bool(_ACTUAL.search(name)) or bool(years and plan.first and years[-1] < plan.first)


def _naming(parsed: ParsedDocument, table: Table, header: list[str]) -> int:
    """The column that names what a row measures: the one that is called so, else the first whose words differ from row to row."""
    for column, name in enumerate(header):
        if re.search(r"指标|metric|indicator|measure", name, re.IGNORECASE) and not re.search(r"指标值|目标", name):
            return column
    rows = table.rows[table.header_rows :]
    for column in range(min(3, len(table.rows[0]))):
        words = [_words(parsed.text, row[column]) for row in rows]
        if len(set(words)) == len(words) and not any(_CELL.match(one) for one in words):
            return column
    return 0


def _due(caption: str, plan: Plan) -> str | None:
    """The date of a table whose columns do not say that they are planned, where its caption or heading does."""
    if not _PLANNED.search(caption) or _ACTUAL.search(caption):
        return None
    above = [moment for moment in moments(caption, plan) if moment.year and not moment.past and (moment.year >= (plan.first or 0))]
    return above[-1].day if above else None


def _target(
    parsed: ParsedDocument,
    row: tuple[Cell, ...],
    column: int,
    label: str,
    header: list[str],
    day: str,
    path: tuple[str, ...],
    actual: list[int],
    *,
    several: bool,
) -> Finding | None:
    cell = row[column]
    match = _CELL.match(parsed.text[cell.start : cell.end])
    if match is None or not label or cell.start < row[0].end:
        return None
    unit_written = match["unit"] or _unit(label) or _unit(header[column])
    value, unit, _ = measured(number(match["number"]), unit_written)
    name = _UNIT.sub("", label).strip()
    metric = f"{name}{_UNIT.sub('', header[column]).strip()}" if several else name
    baseline = next(
        (
            found
            for at in reversed([one for one in actual if not _WEIGHT.search(header[one])])
            if (found := _value(parsed, row[at], unit_written)) is not None
        ),
        None,
    )
    start, end = min(one.start for one in row), max(one.end for one in row)
    sign = match["sign"] or match["after"] or ""
    return Finding(
        kind=FindingKind.TARGET,
        text=f"{metric}　{' '.join(header[column].split())}：{match.group().strip()}{'' if match['unit'] else unit_written}",
        quote=parsed.text[start:end],
        page=parsed.page_at(start).number,
        start=start,
        end=end,
        heading=path,
        perspective=_NAMED.get(_words(parsed.text, row[0])[:2]) or perspective(name, " ".join(path[-1:])),
        competencies=(),
        measure=Measure(metric, _SIGNS.get(sign) or _bound(name), float(value), unit, unit_written, day, baseline),
        confidence=0.85,
        rule="target_table",
        cues=tuple(part for part in (header[column], match.group().strip()) if part),
    )


def _bound(name: str) -> Operator:
    """How a cell without a sign binds: a metric that is called a ceiling or a floor says so."""
    return "<=" if name.endswith("上限") else ">=" if name.endswith("下限") else "="


def _value(parsed: ParsedDocument, cell: Cell, unit: str) -> float | None:
    match = _CELL.match(parsed.text[cell.start : cell.end])
    return float(measured(number(match["number"]), match["unit"] or unit)[0]) if match else None


def _unit(name: str) -> str:
    match = _UNIT.search(name)
    return re.sub(r"/[年月季人]$", "", match[1]) if match else ""


def _words(text: str, cell: Cell) -> str:
    return " ".join(text[cell.start : cell.end].split())
