"""Rows that sum up others, wherever they stand in a table: 合计, 小计, 平均, 最高分. Whoever counts them too counts everybody twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from core.i18n import Message
from core.sheets.grid import Cell, Row
from core.sheets.reading import folded

_WORDS = "合计|总计|共计|小计|汇总|累计|平均[分值数]?|均[值分]|最[高低大小][分值]|标准差|中位数|(?:合格|及格|通过|优秀)率"
_ENGLISH = "(?:sub|grand)?-?totals?|sum|averages?|avg|means?|medians?|max(?:imum)?|min(?:imum)?"
_WHOLE = re.compile(f"(?:{_WORDS}|{_ENGLISH})(?:[(（].{{0,12}}[)）])?[:：]?", re.IGNORECASE)
# 城东支行小计, 参训组平均; a measure may be called so too, so that only names of people and units are asked.
_OF_SOMETHING = re.compile("(?:.{1,20}[^不])(?:合计|总计|小计|汇总|平均[分值]?|均值|最[高低]分)[:：]?")
_NAMED = 10


def sums_up(cell: Cell, *, named: bool = False) -> bool:
    """Whether a cell says that its row sums up others. `named`: it is where somebody or a unit should be named: 城东支行小计 does too."""
    if not isinstance(cell, str):
        return False
    plain = folded(cell)
    return _WHOLE.fullmatch(plain) is not None or (named and _OF_SOMETHING.fullmatch(plain) is not None)


def is_summary(row: Row, columns: Iterable[int], naming: Collection[int]) -> bool:
    """Whether a row sums up others, by its cells in these columns; in those `naming` somebody 城东支行小计 says so too."""
    return any(sums_up(row.at(at), named=at in naming) for at in columns)


def left_out(numbers: Sequence[int]) -> Message:
    """The sentence that says which rows were left out."""
    return Message("第 {rows} 行是合计、平均这样的汇总，没有当作数据，免得重复计算。", rows=listed(numbers))


def listed(numbers: Sequence[int]) -> Message:
    """Numbers of rows as a list in the reader's language, the first ten of them."""
    return Message.listed(map(str, numbers), most=_NAMED)
