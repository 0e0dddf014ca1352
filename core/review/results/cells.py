"""How the cells of results are read: figures, passes, marks in words, moments, months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.review.results.terms import MOMENT_NAMES, Moment
from core.sheets import cells
from core.sheets.grid import Cell
from core.sheets.reading import folded

_YES = {"是", "通过", "合格", "达标", "完成", "已完成", "参与", "有", "√", "✓", "对", "yes", "y", "true", "pass", "passed", "done"}
_NO = {"否", "未通过", "不通过", "不合格", "未达标", "未完成", "未参与", "没有", "×", "✗", "错", "no", "n", "false", "fail", "failed"}
# 优秀、良好、合格、不合格 is how tests are graded where no score is given; 合格 alone is a pass as well.
_GRADES = dict.fromkeys(("优", "优秀", "优良", "良", "良好", "中", "中等", "及格"), 1.0) | dict.fromkeys(("差", "不及格"), 0.0)
GRADES = frozenset(_GRADES)
PASSES = dict.fromkeys(_YES, 1.0) | dict.fromkeys(_NO, 0.0) | _GRADES
"""Words for passed (1) and not passed (0), `GRADES` those of them that are one of several grades; folded."""
UNTOLD = Message("“{text}”是等级，换不成分数，从哪一级起算通过各行的口径也不同。请改写成分数，或“通过/未通过”。")
"""What is said of a grade of which nobody can tell whether somebody passed."""
# Ranks that a result may be given in, beside those that every table may hold.
_RANKS = re.compile("[甲乙丙丁][等级]?|[一二三四]等|[ef][+-]?")
_MARKS = {
    "非常满意": 5,
    "很满意": 5,
    "非常同意": 5,
    "完全同意": 5,
    "满意": 4,
    "比较满意": 4,
    "同意": 4,
    "比较同意": 4,
    "一般": 3,
    "中立": 3,
    "不满意": 2,
    "不太满意": 2,
    "不同意": 2,
    "非常不满意": 1,
    "很不满意": 1,
    "非常不同意": 1,
    "strongly agree": 5,
    "very satisfied": 5,
    "agree": 4,
    "satisfied": 4,
    "neutral": 3,
    "disagree": 2,
    "dissatisfied": 2,
    "strongly disagree": 1,
    "very dissatisfied": 1,
}
_PLAIN_MARKS = {folded(name): mark for name, mark in _MARKS.items()}
MONEY = {"元": 1.0, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8}
"""Units of money, in yuan."""
_LARGE = {"万": 1e4, "亿": 1e8}
_COUNTED = re.compile(
    r"([¥￥]?)([+-]?\d+(?:\.\d+)?)(?:(千元|百万元|万元|亿元|元)|([万亿]?)(?:户|次|人|笔|件|张|份|小时|points?)?|(?:分|级|%))"
)
_OF_FULL = re.compile(r"(\d+(?:\.\d+)?)分?[/／](\d+(?:\.\d+)?)分?")
_UNIT_IN_NAME = re.compile(r"[(（](元|千元|万元|百万元|亿元)[)）]")
_PASSED, _FIVE = 1.0, 5.0
_SHOWN = 40
_ABSENT = re.compile("缺|未考|免考|弃|请假|休假|无成绩|不适用|absent|exempt|n/?a$")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_SOLID_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_MONTH = re.compile(r"(?:(\d{4})\s*[-年/.])?\s*(\d{1,2})\s*月?(?:份|实绩|业绩|完成|完成数|数)?")
_ENGLISH = {name: at for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_MOMENT_WORDS = {
    Moment.BEFORE: ("前测", "训前", "前", "pre", "before", "baseline"),
    Moment.DURING: ("训中", "课中", "during"),
    Moment.AFTER: ("后测", "训后", "后", "post", "after"),
    Moment.LATER: ("追踪", "跟踪", "复测", "三个月后", "later", "follow-up", "followup"),
}


def is_absent(cell: Cell) -> bool:
    """Whether a cell says that somebody was not there: that is no result, and no zero."""
    return isinstance(cell, str) and _ABSENT.match(folded(cell)) is not None and folded(cell) not in _NO


@dataclass(frozen=True)
class Figure:
    """What a cell says. `percent`: it is a share of a hundred; `most`: it was a word, and such words go up to so much.

    `grade`: the word is one of several grades. `times`: what it is to be multiplied by as it is written (3万 is 3 with 10,000); `money`:
    that is yuan. `written`: what the cell says.
    """

    value: float
    percent: bool = False
    most: float | None = None
    times: float = 1.0
    money: bool = False
    grade: bool = False
    written: str = ""


def is_grade(cell: Cell) -> bool:
    """Whether a result is a word or letter for how well somebody did: 称职, B+, 甲."""
    return cells.is_grade(cell) or (isinstance(cell, str) and _RANKS.fullmatch(folded(cell)) is not None)


def value(cell: Cell) -> Figure:
    """A figure. Passed is 1, failed 0, grades too; marks in words are 1 to 5; 4/5 is the share of full marks that it is."""
    found = _of_word(cell) if isinstance(cell, str) else Figure(cells.decimal(cell))
    return replace(found, written=cells.text_of(cell)[:_SHOWN])


def _of_word(cell: str) -> Figure:
    plain = folded(cell)
    if plain in _YES or plain in _NO:
        return Figure(1.0 if plain in _YES else 0.0, most=_PASSED)
    if plain in _GRADES:
        return Figure(_GRADES[plain], most=_PASSED, grade=True)
    if plain in _PLAIN_MARKS:
        return Figure(float(_PLAIN_MARKS[plain]), most=_FIVE)
    plain = unicodedata.normalize("NFKC", cell).replace(" ", "").replace(",", "")
    return _of_full(plain) or _counted(plain)


def _of_full(plain: str) -> Figure | None:
    found = _OF_FULL.fullmatch(plain)
    if not found or not 0 <= float(found[1]) <= float(found[2]) or not float(found[2]):
        return None
    return Figure(100 * float(found[1]) / float(found[2]), percent=True)


def _counted(plain: str) -> Figure:
    """A figure as exports write it: with 户, 次, 万元 behind it."""
    found = _COUNTED.fullmatch(plain)
    if not found and is_grade(plain):
        raise BadInput(Message(UNTOLD.text, text=plain))
    if not found:
        raise BadInput(Message("应是数字，或“通过/未通过”“满意”这样的答案。"))
    times = MONEY.get(found[3] or "", 1.0) * _LARGE.get(found[4] or "", 1.0)
    return Figure(float(found[2]), plain.endswith("%"), times=times, money=bool(found[1] or found[3]))


def unit_in(name: str) -> str:
    """The unit of money that a column's name says in brackets; "" where it says none."""
    found = _UNIT_IN_NAME.search(name)
    return found[1] if found else ""


def day(cell: Cell, year: int, *, monthly: bool = False) -> date:
    """A date; one without a year is of `year`. In a column of months (`monthly`) 3 is March."""
    plain = unicodedata.normalize("NFKC", cells.text_of(cell)).strip()
    if found := _DAY_OF_YEAR.fullmatch(plain):
        return cells.day(f"{year}-{found[1]}-{found[2]}")
    if found := _SOLID_MONTH.fullmatch(plain):
        return date(int(found[1]), int(found[2]), 1)
    if monthly and plain.isdecimal() and 1 <= int(plain) <= 12:
        return date(year, int(plain), 1)
    return month_of(plain, year) or cells.day(cell)


def moment(cell: Cell) -> Moment:
    """When in the training's course a result was taken."""
    plain = folded(cells.text(cell))
    for one in Moment:
        if plain in {
            folded(word) for word in (one.value, *_MOMENT_WORDS[one], *(MOMENT_NAMES[one].render(tongue) for tongue in LANGUAGES))
        }:
            return one
    raise BadInput(Message("应是：训前、训中、训后或追踪。"))


def month_of(name: str, year: int) -> date | None:
    """The month that a column is called after: 3月, 2026年3月, 2026-03, Mar; None for any other name."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if plain.lower()[:3] in _ENGLISH and re.fullmatch(r"[A-Za-z]{3,9}\.?(?:\s*\d{4})?", plain):
        told = re.search(r"\d{4}", plain)
        return date(int(told[0]) if told else year, _ENGLISH[plain.lower()[:3]], 1)
    found = _MONTH.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= 12 or (not found[1] and "月" not in plain):
        return None
    return date(int(found[1] or year), int(found[2]), 1)
