"""What the columns of a table hold: its header, however many rows it has, read column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.documents.parsed import Cell, ParsedDocument, Table
from core.patterns import lazily
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.governing import standing_day
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import is_unit

_ACTUAL = lazily(
    r"实际|实绩|（实）|完成(?!时|率目标)|现状|基期|基数|基线|基准|期初|起点|当前|现值|上年|去年|年初|已|同比|预计|排名|差距|差异|对标|平均|"
    r"^(?:完成|当前|目前|时间)?进度|"
    r"actual|baseline|current|\bas is\b|result|outturn|"
    r"today|forecast",
    re.IGNORECASE,
)
_NO_VALUE = lazily(
    r"权重|分值|得分|满分|标准分|占比$|序号|编号|频率|方向|来源|口径|缺口|监管|^原(?=.*(?:目标|计划))|(?:增长|完成)率$|(?<!计划)(?<!目标)增幅|^较|说明|备注|责任|部门|(?:完成|截止|起止)(?:时限|时间|"
    r"期限)|^(?:时限|时间|期限)$|日期|节点|频次(?!目标|要求)|deadline|due|when|weight|score|owner|source",
    re.IGNORECASE,
)
_PLANNED = lazily(
    r"目标|计划|要求|指标值|标准值|底线|[管控]控线|任务数|任务值|不低于|不高于|（计）|target|plan(?!ned?\s+by)|goal|aim|^standards?$",
    re.IGNORECASE,
)
_BASE_IN_BRACKETS = lazily(r"[（(][^（）()]*(?:基数|基期|基准)[^（）()]*[）)]")
_STRETCH = lazily(r"挑战|奋斗|冲刺|激励|门槛|保底|触发|stretch|threshold", re.IGNORECASE)
_UNIT_COLUMN = lazily(r"^(?:计量|数据)?单位$|^unit$", re.IGNORECASE)
_UNIT_OF_ALL = lazily(r"单位[:：]\s*([^\s，。、）)/；;]{1,6})((?:、[^\s，。、）)/；;]{1,4})*)")
# 表一　存款日均增量（亿元）, 表三　2027年新增代发单位（户，季末累计）: what the whole table counts, and in what.
_COUNTED = lazily(
    r"(?:^|\s)(?:表\s?[\d一二三四五六七八九十]+[-—\d]*[\s　：:、.]*)?(?:20\d\d年)?(?P<thing>[^\s　（）()]{2,24})[（(]"
    r"(?P<unit>[^（）()，,]{1,6})(?:[，,][^（）()]*)?[）)]$"
)
# 余额（亿元）, 条线（余额，亿元）.
_UNIT_IN_BRACKETS = lazily(r"[（(](?:[^（）()]*[，,]\s*)?([%％\u4e00-\u9fff]{1,4})[）)]$")
_NUMBERS_ROWS = lazily(r"^(?:序号|编号|代码|no\.?|#)$", re.IGNORECASE)
_OF_A_MONTH = lazily(r"\d月")
# 2025年 | 2026年 | 变化: what two years came to.
_COMPARED = lazily(r"^(?:变化|增减|升降|变动)(?:情况|幅度|额|值)?(?:[（(].*)?$|^(?:change|variance)$", re.IGNORECASE)
_NAME_COLUMN = lazily(r"指标|考核内容|考核项目|metric|indicator|measure|kpi", re.IGNORECASE)
_MONTH = lazily(r"^(1[0-2]|0?[1-9])月")
# Under 年度计划 stands the year, under 2031计划 or 2029实际 its year.
_OF_THE_YEAR = lazily(r"^年度(?=目标|计划|要求|任务|指标|预算|$)")
_BARE_YEAR = lazily(r"(20\d\d)[ABEFP]?(?=[\u4e00-\u9fff]|（[实计预]）|$)(?!年)")
# How many belong to a row, and what a row begins with, are no figures to be reached.
_MEMBERS = lazily(r"^(?:分行|支行|网点|机构|团队|人|员工|成员)数(?:量)?(?:[（(].*)?$")
_TRAINS = lazily(r"培训|学时|轮训|期数|参训")
_PERIODS = lazily(r"^(?:时间|年度|年份|时限|完成时[间限]|阶段时间|节点|时间节点|period|year|date)$", re.IGNORECASE)
_DUE = lazily(r"时限|期限|完成时间|完成日期|截止|deadline|due", re.IGNORECASE)
_LIKE_A_HEADER = lazily(r"20\d\d年|目标|计划|实际|完成|预计|增长率|占比|上限|下限|末$|人数|季度|合计|小计")
_DIGIT = lazily(r"\d")
_NUMBER = lazily(r"^(?!20\d\d年)[\s≥≤><=+\-－]*\d[\d,.]*\s*\S{0,4}$")
_NO_THING = lazily(
    r"[（(][^（）()]*[）)]|(?:FY|H[12]|Q[1-4])?\s?(?:\d{1,2}\.){0,2}20\d\d(?:年|[ABEFP](?![A-Z]))?|\d{1,2}月|(?:前|第)?[一二三四]季度|首季度?|[上下]半年|全年|年度|"
    r"当年|年?[末底]|其中[:：]?|调整后|量化|目标|计划|要求|任务|预算|草案|实际|实绩|完成|预计|现状|进度|值|人均|[管控]控?线|"
    r"\b(?:plan|target|budget|actual|forecast|outlook|guidance|(?:near|medium|long)[- ]term|to be|as is|result|outturn|of which|"
    r"mid-?year|(?:half-?)?year[- ]end|full[- ]year)\b",
    re.IGNORECASE,
)
_ENGLISH_PART = lazily(
    r"^[^\u4e00-\u9fff]*\b(?:\d{1,2}\.\d{1,2}\.20\d\d|[QH][1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
_NAMED_BY = 3
# 营后3个月: a column that is called by how long after an event its figures are due.
_AFTER_AN_EVENT = lazily(r"^[\u4e00-\u9fff]{1,6}后(?:第)?(?:\d+|[一两二三四五六七八九十半]+)个?[月年周天]$")
# Accounts of what was done, with aims of a time that is over.
_PAST_TABLE = lazily(r"试算|完成情况|执行情况|回顾|模拟考核|加减分|加分|扣分")
# A cell that is a figure: ≥95%, 新增 3,600户, 8%–9%.
CELL = lazily(
    r"^\s*(?P<sign>[≥≤><＞＜+＋]|>=|<=|不低于|不少于|不超过|不高于|控制在|至少|达到?|提[升高][到至]|[升增][到至]|[降减压][到至]|新增|净增|增长|增加|"
    r"提[升高]|下降|压降|降低|减少|压缩|约|at least|around|about|no less than|above|over|no more than|at most|below|under|up to)?\s*"
    r"(?P<part>[百千万]分之)?(?P<number>(?!\d[A-E]\s*$)\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％‰\u4e00-\u9fffA-Za-z]{0,6}?)"
    r"(?P<range>\s?(?:[–—~～-]|至|to)\s?\d[\d,]*(?:\.\d+)?\s*(?P<of>[%％‰\u4e00-\u9fffA-Za-z]{0,6}?))?"
    r"\s*(?P<after>及?以上|以内|以下|左右|or (?:less|fewer|lower|below|more|higher|above|better))?\s*(?:[（(][^（）()]*[）)])?\s*$",
    re.IGNORECASE,
)


def without_period(name: str) -> str:
    """A column's name without the period and the word for plan before a colon: 2034年首季任务：储蓄净增（万元）."""
    period, colon, rest = name.replace(":", "：").partition("：")
    return rest.strip() if colon and rest and not thing(period) else name


@dataclass(frozen=True)
class Column:
    """One column. `name` are all its header's words, `group` those of the upper rows alone, `own` the lowest; `day` the date that its
    targets are due on ("" without one, None where it holds no targets); `actual`: it holds what is or was."""

    at: int
    name: str
    group: str
    own: str
    day: str | None = None
    actual: bool = False


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: where its rows begin, which column names them, which holds their unit, which hold targets.
    `unit_of_all` is what the caption says for the whole table (单位：亿元), `counted` what all of it counts, where columns are but dates;
    `due` the column that says when each row is due."""

    first_row: int
    columns: tuple[Column, ...]
    names: int
    unit: int | None
    unit_of_all: str = ""
    due: int | None = None
    counted: str = ""

    @property
    def planned(self) -> tuple[Column, ...]:
        """The columns that hold targets."""
        return tuple(column for column in self.columns if column.day is not None)

    @property
    def actual(self) -> tuple[Column, ...]:
        """The columns that hold what is or was."""
        return tuple(column for column in self.columns if column.actual)


def layout(parsed: ParsedDocument, table: Table, caption: str, plan: Plan) -> Layout | None:
    """The layout of a table under its `caption`; None for one without a header."""
    rows = [[words(parsed.text, cell) for cell in row] for row in table.rows]
    height = _header_height(rows, table.header_rows)
    if not height or height >= len(rows):
        return None
    headers = [_header(rows, at, height) for at in range(len(rows[0]))]
    names = _naming(rows, [column.name for column in headers], height)
    first = _first_day(headers, plan)
    columns = [_dated(column, caption, plan, first) if column.at != names else column for column in headers]
    periods = next((column.at for column in headers if _PERIODS.match(column.own)), None)
    if periods is not None and all(column.day is None for column in columns) and _are_dates(rows[height:], periods, plan):
        columns = [_under_periods(column, periods, names) for column in columns]
    columns = _by_caption(columns, names, caption, plan)
    if any(_COMPARED.match(column.own) for column in headers) and not _PLANNED.search(" ".join((caption, *(one.name for one in headers)))):
        columns = [replace(column, day=None, actual=column.actual or column.day is not None) for column in columns]
    columns = _before_the_plan(columns)
    # 任职要求 holds words alone.
    figured = {at for at in range(len(columns)) if any(_DIGIT.search(row[at]) for row in rows[height:])}
    columns = [column if column.at in figured else replace(column, day=None) for column in columns]
    if any(column.day is not None and not _STRETCH.search(column.name) for column in columns):
        columns = [replace(column, day=None) if _STRETCH.search(column.name) else column for column in columns]
    # Under 单位 may stand units of the bank, too.
    unit = next((column.at for column in headers if _UNIT_COLUMN.match(column.own) and column.at != names), None)
    due = periods if periods is not None else next((column.at for column in headers if _DUE.search(column.own)), None)
    counted = [column for column in headers if column.at in figured or column.at == 0]
    dates_alone = not any(thing(column.own) for column in columns if column.day is not None)
    captioned = _COUNTED.search(caption) if dates_alone else None
    if captioned is not None and is_unit(captioned["unit"]):
        return Layout(height, tuple(columns), names, unit, captioned["unit"], due, captioned["thing"])
    return Layout(height, tuple(columns), names, unit, _unit_of_all(caption, counted), due)


def _before_the_plan(columns: list[Column]) -> list[Column]:
    """7月 | 8月 | 12月末目标: months beside a later column that is called a plan say what was."""
    called = [column.day for column in columns if column.day and _PLANNED.search(column.name)]
    past = [column.at for column in columns if column.day and _OF_A_MONTH.search(column.own) and not _PLANNED.search(column.name)]
    if not called or any(columns[at].day >= min(called) for at in past):  # type: ignore[operator]
        return columns
    return [replace(column, day=None, actual=True) if column.at in past else column for column in columns]


def _are_dates(rows: list[list[str]], at: int, plan: Plan) -> bool:
    """Whether every row says in this column when it is due: 2027年上半年, 2028年末."""
    return all(len(moments(row[at], plan, plan.base)) == 1 for row in rows)


def _under_periods(column: Column, periods: int, names: int) -> Column:
    """A column of a table whose rows are periods: it holds targets if it says what it counts."""
    counts = column.at not in (periods, names) and _UNIT_IN_BRACKETS.search(column.own) and not _NO_VALUE.search(column.name)
    return replace(column, day="") if counts and not _ACTUAL.search(column.name) else column


def _unit_of_all(caption: str, headers: list[Column]) -> str:
    """The unit that holds for a whole table: the caption's, or that of the one column that says it beside dates (6月（分钟）| 9月)."""
    if stated := _UNIT_OF_ALL.search(caption):
        return f"{stated[1]}{stated[2]}"
    written = {found[1] for column in headers if (found := _UNIT_IN_BRACKETS.search(column.own))}
    others = [column for column in headers[1:] if not _UNIT_IN_BRACKETS.search(column.own)]
    return (
        written.pop()
        if len(written) == 1 and others and all(_MONTH.match(column.own) or not thing(column.own) for column in others)
        else ""
    )


def thing(name: str) -> str:
    """What a column counts: its name without dates, units and the words for plan and actual; "" for 2028年目标."""
    return _NO_THING.sub("", name).strip()


def words(text: str, cell: Cell) -> str:
    """The words of a cell on one line."""
    return " ".join(text[cell.start : cell.end].split())


def _header_height(rows: list[list[str]], given: int) -> int:
    """How many rows name the columns: those that the file says, and a row below them that holds names and no figures."""
    height = given or (1 if rows and not any(_NUMBER.match(cell) for cell in rows[0]) else 0)
    while 0 < height < min(3, len(rows) - 1):
        row = rows[height]
        named = [cell for cell in row[1:] if _LIKE_A_HEADER.search(cell) and len(cell) <= 16]
        if len(named) < 2 or any(_NUMBER.match(cell) for cell in row) or not (row[0] in ("", rows[0][0]) or len(named) >= len(row) - 1):
            break
        height += 1
    return height


def _header(rows: list[list[str]], at: int, height: int) -> Column:
    # A cell that spans several columns is often filled in the first alone.
    spanned = [next((cell for cell in reversed(rows[row][1 : at + 1]) if cell), rows[row][at]) for row in range(height - 1)]
    parts = list(dict.fromkeys(cell for cell in (*spanned, rows[height - 1][at]) if cell))
    return Column(at, " ".join(parts), " ".join(parts[:-1]), parts[-1] if parts else "")


def _naming(rows: list[list[str]], names: list[str], height: int) -> int:
    """The column that names what a row measures: the one that is called so, else the first whose words differ from row to row."""
    for at, name in enumerate(names[:_NAMED_BY]):
        if _NAME_COLUMN.search(name) and not re.search(r"指标值|目标", name):
            return at
    for at in range(min(_NAMED_BY, len(names))):
        if _NUMBERS_ROWS.match(names[at]):
            continue
        below = [row[at] for row in rows[height:]]
        if len(set(below)) == len(below) and not any(_NUMBER.match(one) for one in below):
            return at
    return 0


def _years(name: str, plan: Plan) -> list[Moment]:
    # 2028, 2031计划 and 9月要求 are dates over a column, if not in a sentence.
    # Q1 2027 is read as English reads it.
    dated = name if _ENGLISH_PART.search(name) else _OF_THE_YEAR.sub("全年", _BARE_YEAR.sub(r"\1年", _MONTH.sub(r"\1月末", name.strip())))
    return [moment for moment in moments(dated, plan, plan.base) if moment.year]


def _first_day(headers: list[Column], plan: Plan) -> str:
    """The day after which figures are planned: the last before the plan, else the last that the table has as actual; "" if not known."""
    if plan.first is not None and not plan.standing:
        return f"{plan.first - 1}-12-31"
    known = [moment.day for column in headers if _ACTUAL.search(column.name) for moment in _years(column.name, plan)]
    if known:
        return max(known)
    if plan.first is not None:
        return f"{plan.first - 1}-12-31"
    year = plan.written.year + (plan.written.month >= 10) if plan.written is not None else plan.now
    return f"{year - 1}-12-31" if year is not None else ""


def _dated(column: Column, caption: str, plan: Plan, first: str) -> Column:
    actual = bool(_ACTUAL.search(column.name))
    years = _years(column.name, plan)
    if years:
        ahead = plan.written is not None and years[-1].day > plan.written.isoformat() and bool(_PLANNED.search(column.name))
        late = (years[-1].day > first or ahead) and not _is_over(column.name, years[-1], plan)
        aims = late and not actual and not _NO_VALUE.search(column.own) and bool(first or _PLANNED.search(column.name + caption))
        return replace(column, day=years[-1].day if aims else None, actual=actual or not late)
    if _AFTER_AN_EVENT.match(column.own):
        return replace(column, day=column.own)
    if actual or _NO_VALUE.search(column.name) or not _PLANNED.search(column.name) or _PAST_TABLE.search(caption):
        return replace(column, actual=actual and not _NO_VALUE.search(column.name))
    return replace(column, day=_above(caption, plan))


def _is_over(name: str, moment: Moment, plan: Plan) -> bool:
    """Whether a column's day lay behind when the document was written, and nothing calls it an aim."""
    return plan.written is not None and moment.day <= plan.written.isoformat() and not _PLANNED.search(name)


def _by_caption(columns: list[Column], names: int, caption: str, plan: Plan) -> list[Column]:
    """The columns of a table that do not say when they are planned, where its caption says that they are: beside columns that do say it
    those that count something, else all, if the year is known."""
    # 各支行一季度目标任务（单位：亿元；基数为2030年11月末）
    caption = _BASE_IN_BRACKETS.sub("", caption)
    planned = _PLANNED.search(caption) or re.search(r"任务|考核指标", caption)
    if not planned or _ACTUAL.search(caption) or _PAST_TABLE.search(caption):
        return columns
    dated = any(column.day is not None for column in columns)
    day = _above(caption, plan)
    if not dated and (not day or day[:4] < str(plan.first or 0)):
        return columns
    trains = any(_TRAINS.search(column.name) for column in columns)

    def counts(column: Column) -> bool:
        named = column.name and column.at not in (0, names) and not (_MEMBERS.match(column.own) and not trains)
        if not named or column.day is not None or _years(column.own, plan):
            return False
        return not (_NO_VALUE.search(column.name) or _ACTUAL.search(column.name)) and (
            not dated or bool(_UNIT_IN_BRACKETS.search(column.own))
        )

    return [replace(column, day=day) if counts(column) else column for column in columns]


def _above(caption: str, plan: Plan) -> str:
    above = [one for one in moments(caption, plan, plan.base) if one.year and not (one.past or one.relative or one.since)]
    return above[-1].day if above else standing_day(plan)
