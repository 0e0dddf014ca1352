"""What a cell means once it is known what it should be: text, a number, a date, a number that identifies somebody.

Each reader raises `BadInput` with a sentence that says what is wrong and what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import month_abbr
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from core.errors import BadInput
from core.i18n import Message
from core.sheets.grid import Cell

_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "null", "#n/a"})
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {0x3000: 0x20}
_ORDERED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*[日号]?|\s*月?)(?:[ t]\d{1,2}:\d{2}.*)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?")
# A month that Excel took for a number: 2020.03. Of 2020.1 nobody can tell whether it lost a zero.
_AS_NUMBER = re.compile(r"(\d{4})\.(\d{1,2})")
_HAN_COUNT = re.compile("(?:([一二两三四五六七八九]?)百零?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九])?")
_HAN_NUMERAL = re.compile("[〇○零一二两三四五六七八九十百]+")
_FOREIGN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*[- ,]+(\d{4})|([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr)}
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:分|级|%)?")
_WEEKDAY = re.compile(r"\s*[(]?(?:周|星期|礼拜)[一二三四五六日天][)]?$")
_HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff·]"
_WIDENED = re.compile(f"(?<={_HAN}) (?={_HAN})")
_LEVELS = {name: value for ways in ("一二三四五", "壹贰叁肆伍", ("i", "ii", "iii", "iv", "v")) for value, name in enumerate(ways, 1)}
# A level, and what it is called where its name stands beside it: L3, 3, Ⅲ级, L3 分析, 三级（熟练）.
_LEVEL = re.compile(
    r"(?:l|lv|level)?([1-5])(?:\.0+)?级?|([一二三四五壹贰叁肆伍]|iv|v|i{1,3})级?|"
    r"(?:(?:l|lv|level)([1-5])级?|([1-5一二三四五]|iv|v|i{1,3})级)[^\d一二三四五]+"
)
# How well somebody did, in words or letters: which level or score that is, each bank says differently.
_GRADE = re.compile(
    "(?:非常|比较|较|很)?(?:优秀?|良好?|中等?|一般|合格|及格|基本(?:合格|称职|胜任)|称职|胜任|达标|较?差|不(?:合格|及格|称职|胜任|达标))|"
    "了解|熟悉|掌握|熟练(?:掌握)?|精通|[初中高]级|[a-d][+-]?级?|excellent|verygood|good|fair|poor|pass(?:ed)?|fail(?:ed)?"
)
# What people put around a number so that it stays a text.
_QUOTES = "'\"`“”‘’„‟′″"
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: it is empty, or holds one of the signs that people write for that."""
    return cell is None or (isinstance(cell, str) and text_of(cell).casefold() in _NOTHING)


def text_of(cell: Cell) -> str:
    """The text of a cell with plain digits, letters and single blanks; Chinese punctuation stays as it is."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return " ".join(str("" if cell is None else cell).translate(_WIDE).split())


def text(cell: Cell, limit: int = 60) -> str:
    """A name or another text of at most `limit` characters."""
    found = text_of(cell)
    if found.upper() in _ERRORS:
        raise BadInput(Message("这是 Excel 的错误值。请在表里改正公式，或直接填入内容。"))
    if len(found) > limit:
        raise BadInput(Message("有 {length} 个字，最多 {limit} 个。请写短一些。", length=len(found), limit=limit))
    return found


def person(cell: Cell, limit: int = 60) -> str:
    """Somebody's name. A blank between Chinese characters only makes a name of two as wide as one of three (张 三): it is none of it."""
    return _WIDENED.sub("", text(cell, limit))


def identifier(cell: Cell, limit: int = 40) -> str:
    """A number that names somebody: a text without blanks, with the leading zeros that it has."""
    if isinstance(cell, date | float):
        raise BadInput(Message("编号被 Excel 当成了日期或小数。请把这一列的格式设为“文本”后重新填写。"))
    if isinstance(cell, str) and re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", cell):
        raise BadInput(Message("编号被 Excel 写成了科学计数法，后面的数字已经丢失。请把这一列的格式设为“文本”后重新填写。"))
    found = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text(cell, limit)))
    # What other programs make of a number on its way through a CSV file: 12.0.
    return re.sub(r"(?<=\d)\.0$", "", found.strip(_QUOTES))


def width_of(cells: Iterable[Cell], known: Collection[str] = ()) -> int:
    """How wide a column of identifiers is where Excel may have dropped leading zeros; 0 where nothing says so.

    The evidence: nearly all that are text (in the column, else in `known`) are digits of one width, and some begin with 0.
    """
    column = list(cells)
    for witnesses in ([one for one in column if isinstance(one, str)], list(known)):
        plain = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", one)).strip(_QUOTES) for one in witnesses]
        digits = [one for one in plain if one.isdecimal() and one.isascii()]
        zeros = [one for one in digits if one.startswith("0")]
        if not zeros:
            continue
        width, count = Counter(len(one) for one in digits).most_common(1)[0]
        if all(len(one) == width for one in zeros) and count * 10 >= len(digits) * 9:
            return width
    return 0


def padded(found: str, width: int) -> str:
    """An identifier with the leading zeros that a column `width` wide has lost."""
    return found.zfill(width) if width and found.isdecimal() and found.isascii() else found


def decimal(cell: Cell) -> float:
    """A number: 3.5, "3.5", "1,200", "85分"; a percentage counts in percent (85% is 85)."""
    if isinstance(cell, bool | date):
        raise BadInput(Message("应是数字。"))
    if isinstance(cell, int | float):
        return float(cell)
    plain = unicodedata.normalize("NFKC", text(cell)).replace(" ", "")
    found = _NUMBER.fullmatch(re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain))
    if not found:
        raise BadInput(Message("应是数字，例如 85 或 85.5。"))
    return float(found[1])


def is_percentage(cell: Cell) -> bool:
    """Whether a cell is written in percent."""
    return isinstance(cell, str) and unicodedata.normalize("NFKC", cell).rstrip().endswith("%")


def is_grade(cell: Cell) -> bool:
    """Whether a cell holds a word or letter for how well somebody did: 优秀, 合格, B+."""
    return isinstance(cell, str) and _GRADE.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).lower()) is not None


def level(cell: Cell) -> int:
    """A level from 1 to 5: 3, "L3", "三级", "Ⅲ", "L3 分析"."""
    if is_grade(cell):
        raise BadInput(Message("“{text}”是哪一级，各行的说法不同。请按本行的口径写成 L1 到 L5。", text=text_of(cell)))
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text_of(cell))).lower()
    found = _LEVEL.fullmatch(plain)
    if not found:
        raise BadInput(Message("应是 1 到 5 的等级，例如 3 或 L3。"))
    written = next(one for one in found.groups() if one)
    return _LEVELS.get(written) or int(written)


def day(cell: Cell) -> date:
    """A date, as people and Excel write it; a month alone is its first day."""
    if isinstance(cell, date):
        return _sane(cell)
    if isinstance(cell, int) and cell in _SERIALS:
        return _sane(_EPOCH + timedelta(days=cell))
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text_of(cell)).lower())
    if plain.isdecimal() and len(plain) == 5 and int(plain) in _SERIALS:
        return _sane(_EPOCH + timedelta(days=int(plain)))
    parts = _parts(arabic(plain)) if not isinstance(cell, float) else _month(plain)
    if parts is None:
        raise BadInput(Message("看不出是哪一天。请写成 2026-03-01 或 2026年3月1日。"))
    try:
        return _sane(date(*parts))
    except ValueError as error:
        raise BadInput(Message("没有这一天。请核对年、月、日。")) from error


def _parts(plain: str) -> tuple[int, int, int] | None:
    if found := _SOLID.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3] or 1)
    if found := _ORDERED.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3] or 1)
    if found := _NAMED.fullmatch(plain):
        number, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        return (int(year), _MONTHS[name], int(number)) if name in _MONTHS else None
    if found := _FOREIGN.fullmatch(plain):
        return _foreign(int(found[1]), int(found[2]), int(found[3]))
    return None


def _month(plain: str) -> tuple[int, int, int] | None:
    found = _AS_NUMBER.fullmatch(plain)
    if found and found[2] == "1":
        raise BadInput(Message("分不清是 1 月还是 10 月：Excel 去掉了末尾的 0。请写成 {year}-01 或 {year}-10。", year=found[1]))
    return (int(found[1]), int(found[2]), 1) if found and int(found[2]) in range(1, 13) else None


def arabic(text: str) -> str:
    """`text` with its Chinese numerals below a thousand in digits: 二〇一九 as 2019, 二十一 as 21, 一百零五 as 105."""
    return _HAN_NUMERAL.sub(lambda numeral: _digits(numeral[0]), text)


def _digits(numeral: str) -> str:
    if not set(numeral) & {"十", "百"}:
        return "".join(str(_HAN_DIGITS[one]) for one in numeral)
    found = _HAN_COUNT.fullmatch(numeral)
    if found is None:
        return numeral  # 三四十 is no number
    hundreds, tens, ones = (0 if part is None else _HAN_DIGITS.get(part, 1) for part in found.groups())
    return str(100 * hundreds + 10 * tens + ones)


def _foreign(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """Day and month where only one order makes a date: 25/3/2026; of 1/3/2026 nobody can tell."""
    if first == second or first > 12:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _sane(found: date) -> date:
    if not 1940 <= found.year <= 2100:
        raise BadInput(Message("日期 {day} 不合常理。请核对年份。", day=found.isoformat()))
    return found
