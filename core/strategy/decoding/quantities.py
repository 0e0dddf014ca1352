"""Numbers with their units: 9,200亿元, 百分之八十, 三成, 1.5倍, 0.3个百分点, 5千户, RMB 30 billion, 20bps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.patterns import lazily


class Sort(StrEnum):
    """What a quantity is a quantity of."""

    SHARE = "share"
    POINTS = "points"
    MONEY = "money"
    COUNT = "count"
    DURATION = "duration"
    SCORE = "score"
    TIMES = "times"
    BARE = "bare"


@dataclass(frozen=True)
class Quantity:
    """`text[start:end]` is the number with its unit. `value` counts in `unit`; `unit_written` is the document's own unit.

    `numeral`: written in Chinese numerals or as an English word, which is how aspects are counted (三个方面).
    `up_to` is the higher end of a range (8至12人), else None.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    unit_written: str
    sort: Sort
    numeral: bool
    up_to: Decimal | None = None


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_ENGLISH_SCALES |= {"trillion": 10**12, "tn": 10**12}
_WORDS = {
    word: n
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1)
} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}

_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]{0,8}(?:点[零〇一二三四五六七八九]+)?"
_SCALE = r"万亿|千万|百万|十万|[千百]?万|[千百]?亿|千(?![克瓦米])|百"
# Units of money; a scale before them belongs to the unit (300 亿元), as nobody reads 30,000,000,000 元.
_MONEY = r"美元|港元|港币|欧元|日元|元人民币|元"
_DURATION = (
    r"个?人[日天月年](?![均份内底末])|个?工作日|个?交易日|个?自然日|个半?月|个季度|季度|个半?小时|小时|分钟|毫秒|秒钟?|周岁?|岁|天|日|年"
)
_POINTS = r"个?百分点|个点(?=[，。；、）]|以|左右|$)|个?基点|个?BPS?|个?bps?|个?PCT|个?pct|个?pp"
_SCORE = r"分(?![钟支行析层类别管之解公为级布歧散享担流工]|为|店)"
# Classifiers of things that are counted; longer ones first.
_COUNT = (
    r"人次|家次|户次|个?半天|㎡|千克|千瓦时|公斤|个人(?!客户|贷|金|存|养|业务|所得)|课时|学时|学分|平方米|万里|公里|星级|场次|件次|条次|站点|户|家|人|名|位|个|项|条|款|"
    r"件|笔|次|场|期|门|节|台|套|座|处|间|所|支|篇|份|道|"
    r"例|起|单|只|张|本|册|类|种|组|批|吨|亩|栋|辆|部|幅|页|字|遍|轮|讲|堂|班|对|枚|眼|口|级|通(?![过关道报知用])|步(?![骤伐行入子走])"
)
# A tenth part: 三成, but not 三成为 or 完成.
_TENTHS = r"成(?=[以左多]|[，。；、）)]|的|$|[^为立果效本长功员熟交品都就])"
UNITS = rf"(?:{_SCALE})?(?:{_POINTS}|{_MONEY}|{_DURATION}|{_SCORE}|倍|番|{_TENTHS}|{_COUNT})|{_SCALE}"
"""What may follow a number: a pattern."""

# 百分之八十, 万分之0.5.
_PART = lazily(rf"([百千万])分之({_ARABIC}|{_CHINESE})")
# 五分之一, 一半, 过半, 八成五.
_FRACTION = lazily(
    r"(?P<tenths>[一二两三四五六七八九])成(?P<units>[一二三四五六七八九半])(?![个家名户位项件人])|"
    r"(?P<part>[二三四五六七八九十])分之(?P<of>[一二三四五六七八九])|(?P<none>零)(?=(?:发生|积压)”?(?:[，。；]|$))|(?<=减)半(?=[。；、]|$|，(?![降压减至到]|20\d\d|\d))|"
    r"(?<=[清归])(?<!分清)(?P<cleared>零)(?=[”，。；]|$)|"
    r"(?<=为)(?P<nothing>零)(?=[，。；]|$)|(?<!时间过)(?<=过)半(?![\u4e00-\u9fff]{0,1}[年月数])|一半"
)
_ENGLISH_FRACTION = lazily(
    r"\b(?:by )?(?P<english>(?<!s )a quarter(?! of the)|a (?:third|fifth|tenth)|half|two[- ]thirds|three[- ]quarters|(?:\d|seven|"
    r"eight|nine) (?:out of|"
    r"in) (?:10|ten))\b(?! of (?:20|the year))",
    re.IGNORECASE,
)
_ENGLISH_PARTS: dict[str, Decimal | int] = {
    "quarter": 25,
    "third": Decimal("33.33"),
    "fifth": 20,
    "tenth": 10,
    "half": 50,
    "thirds": Decimal("66.67"),
    "quarters": 75,
}
# A number in figures, perhaps a range, with an optional scale and unit.
_FIGURE = lazily(
    rf"(?<![\dA-Za-z.\-])(?<![A-Za-z]-)(?P<number>{_ARABIC})(?:\s?(?:%|％|{_SCALE})?(?:{_COUNT})?\s?(?:至|到|~|～|－|—|–|"
    rf"-)\s?(?P<high>{_ARABIC}))?"
    rf"\s?(?:个(?=[亿万]))?(?P<scale>{_SCALE})?(?P<more>余|多|\+|＋)?\s?(?P<unit>%|％|‰|{_POINTS}|{_MONEY}|{_DURATION}|{_SCORE}|倍|"
    rf"{_COUNT})?(?![\d])",
)
# A number in Chinese numerals counts only with a unit: 一体化 and 三农 are words.
_NUMERAL = lazily(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿点])(?P<number>{_CHINESE}|半|数?[十百千])(?P<scale>万亿|万|亿)?(?P<more>余|多)?"
    rf"(?P<unit>{_POINTS}|{_MONEY}|{_DURATION}|{_SCORE}|倍|番|{_TENTHS}|{_COUNT})"
)
# 年交易额过千亿, 见到九个亿: money, without its unit where a clause ends.
_HUNDREDS_OF_MILLIONS = lazily(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿点])(?P<number>{_CHINESE}|[十百千])(?:个)?(?P<scale>万亿|亿)(?P<more>余|多)?(?P<unit>)"
    r"(?=[，。；、）)]|$|以[上内]|左右)"
)
# RMB 30 billion, 5.2 million customers, 85%, 20 basis points.
_ENGLISH = lazily(
    r"(?<![\w.])(?<![Tt]able )(?P<currency>(?:RMB|CNY|USD|US\$|HK\$|HKD|EUR|GBP|CHF|AUD|CAD|SGD|JPY|INR|[$€£¥])\s?)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"twenty|thirty|forty|fifty|hundred)\b)"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[mk]\b))?\s?"
    r"(?P<unit>%|percentage[ -]points?|pct\b|per ?cent\b|percent\b|pps?\b|ppts?\b|basis[ -]points?|bps?\b|yuan|dollars|euros|RMB|"
    r"(?:working |business |calendar )?(?:days?|hours?|minutes?|seconds?|weeks?|months?|quarters?|years?)\b|points?\b|times\b|x\b)?",
    re.IGNORECASE,
)
_ANY_UNIT = lazily(rf"(?:{_SCALE})?(?:[%％‰]|万分之|{_POINTS}|{_MONEY}|{_DURATION}|分|倍|{_COUNT})?(?:/\S{{1,3}})?")
_HAN = lazily(r"[\u4e00-\u9fff]")
_YEAR = lazily(r"(?:19|20)\d\d")


def number(written: str) -> Decimal:
    """The value of a numeral in figures or in Chinese: 10,800, 三十五, 两, 三点五."""
    if written[0].isdigit():
        return Decimal(written.replace(",", "").replace("，", ""))
    whole, _, fraction = written.removeprefix("数").partition("点")
    if whole == "半":
        return Decimal("0.5")
    total, digit = 0, 0
    for character in whole:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    decimals = "".join(str(_DIGITS[character]) for character in fraction)
    return Decimal(f"{total + digit}.{decimals or 0}").normalize() if decimals else Decimal(total + digit)


def quantities(text: str, language: str = "zh") -> list[Quantity]:
    """The quantities of a stretch of text in order, without overlaps; `start` and `end` are offsets in `text`. Bare years are none."""
    found = [_part(match) for match in _PART.finditer(text)]
    if language == "en" and not _HAN.search(text):
        found.extend(_english_fraction(match) for match in _ENGLISH_FRACTION.finditer(text))
        found.extend(_english(match) for match in _ENGLISH.finditer(text) if not _is_english_year(match, text))
    else:
        found.extend(_fraction(match) for match in _FRACTION.finditer(text))
        found.extend(_chinese(match, numeral=False) for match in _FIGURE.finditer(text) if not _is_date(match, text))
        found.extend(_chinese(match, numeral=True) for match in _NUMERAL.finditer(text))
        found.extend(_chinese(match, numeral=True) for match in _HUNDREDS_OF_MILLIONS.finditer(text))
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def measured(value: Decimal, unit_written: str) -> tuple[Decimal, str, Sort]:
    """A number and the unit as a document has it (万户, 亿元, BP) as value, unit and sort: a count in full, money in the unit written."""
    written = unit_written.strip()
    if written in ("", "—"):
        return value, "", Sort.BARE
    if written.lower() in _ENGLISH_SCALES and len(written) > 2:
        return value * _ENGLISH_SCALES[written.lower()], "", Sort.COUNT
    share = _share(value, written)
    if share is not None:
        return share
    if re.search(rf"(?:{_MONEY})$", written):
        return value, written.replace("元人民币", "元"), Sort.MONEY
    if written.startswith("分") and not written.startswith("分钟"):
        return value, "分", Sort.SCORE
    if written in ("倍", "番"):
        return (value, "倍", Sort.TIMES) if written == "倍" else (Decimal(2) ** int(value), "倍", Sort.TIMES)
    match = re.fullmatch(rf"({_SCALE})?(.*)", written)
    assert match is not None
    scale, unit = match[1] or "", match[2]
    unit = "人" if unit == "个人" else unit
    if re.fullmatch(_DURATION, unit):
        return value * _SCALES.get(scale, 1), unit, Sort.DURATION
    return value * _SCALES.get(scale, 1), unit, Sort.COUNT if unit or scale else Sort.BARE


def is_unit(written: str) -> bool:
    """Whether some words are a unit: 万元, 个百分点, 人/岗."""
    return bool(_ANY_UNIT.fullmatch(written))


def _share(value: Decimal, written: str) -> tuple[Decimal, str, Sort] | None:
    """Shares and points; None where the unit is something else."""
    if written in ("%", "％", "百分之"):
        return value, "%", Sort.SHARE
    if written in ("‰", "万分之", "千分之"):
        return value, written, Sort.SHARE
    if written == "成":
        return value * 10, "%", Sort.SHARE
    if re.fullmatch(r"个?百分点|个点|个?pct|个?pp", written, re.IGNORECASE):
        return value, "个百分点", Sort.POINTS
    if re.fullmatch(r"个?基点|个?bps?", written, re.IGNORECASE):
        return value, "BP", Sort.POINTS
    return None


def _part(match: re.Match[str]) -> Quantity:
    unit = {"百": "%", "千": "千分之", "万": "万分之"}[match[1]]
    return Quantity(match.start(), match.end(), number(match[2]), unit, f"{match[1]}分之", Sort.SHARE, numeral=False)


def _fraction(match: re.Match[str]) -> Quantity:
    if match["none"] or match["nothing"] or match["cleared"]:
        return Quantity(match.start(), match.end(), Decimal(0), "", "零", Sort.COUNT, numeral=False)
    if match["tenths"]:
        units = Decimal(5) if match["units"] == "半" else number(match["units"])
        return Quantity(match.start(), match.end(), 10 * number(match["tenths"]) + units, "%", "成", Sort.SHARE, numeral=False)
    share = round(100 * number(match["of"]) / number(match["part"]), 2) if match["part"] else Decimal(50)
    return Quantity(match.start(), match.end(), share, "%", match.group(), Sort.SHARE, numeral=False)


def _english_fraction(match: re.Match[str]) -> Quantity:
    if match["english"].lower().endswith(("10", "ten")):
        first = match["english"].split()[0].lower()
        tenths = int(first) if first.isdigit() else _WORDS[first]
        return Quantity(match.start("english"), match.end(), Decimal(10 * tenths), "%", match["english"], Sort.SHARE, numeral=False)
    share = Decimal(_ENGLISH_PARTS[re.split(r"[ -]", match["english"].lower())[-1]])
    return Quantity(match.start("english"), match.end(), share, "%", match["english"], Sort.SHARE, numeral=False)


def _chinese(match: re.Match[str], *, numeral: bool) -> Quantity:
    written = (match["scale"] or "") + (match["unit"] or "")
    value, unit, sort = measured(number(match["number"]), written)
    high = match["high"] if not numeral else None
    up_to = measured(number(high), written)[0] if high else None
    return Quantity(match.start(), match.end(), value, unit, written, sort, numeral, up_to)


def _english(match: re.Match[str]) -> Quantity:
    written = match["number"].lower()
    value = Decimal(_WORDS[written]) if written in _WORDS else number(match["number"])
    scale = (match["scale"] or "").lower()
    unit = (match["unit"] or "").lower()
    currency = (match["currency"] or "").strip() or ({"yuan": "RMB", "rmb": "RMB", "dollars": "USD", "euros": "EUR"}.get(unit, ""))
    numeral = written in _WORDS and not scale
    end = match.start() + len(match[0].rstrip())
    if currency:
        name = f"{currency} {scale}".strip()
        return Quantity(match.start(), end, value, name, name, Sort.MONEY, numeral)
    if unit in ("%", "percent", "per cent"):
        return Quantity(match.start(), end, value, "%", match["unit"], Sort.SHARE, numeral)
    if re.fullmatch(r"percentage[ -]points?|pct|pps?|ppts?", unit):
        return Quantity(match.start(), end, value, "percentage points", match["unit"], Sort.POINTS, numeral)
    if re.fullmatch(r"basis[ -]points?|bps?", unit):
        return Quantity(match.start(), end, value, "BP", match["unit"], Sort.POINTS, numeral)
    value *= _ENGLISH_SCALES.get(scale, 1)
    if re.search(r"(?:day|hour|minute|second|week|month|quarter|year)s?$", unit):
        return Quantity(match.start(), end, value, unit, unit, Sort.DURATION, numeral)
    if unit in ("times", "x"):
        return Quantity(match.start(), end, value, "times", unit, Sort.TIMES, numeral)
    if unit.startswith("point"):
        return Quantity(match.start(), end, value, "points", unit, Sort.SCORE, numeral)
    return Quantity(match.start(), end, value, "", scale, Sort.BARE, numeral)


def _is_date(match: re.Match[str], text: str) -> bool:
    """Whether the figures are a year, month or day, or the number of a section or a list item."""
    whole, after = match["number"], text[match.end("number") : match.end("number") + 2]
    if _YEAR.fullmatch(whole) and (after[:1] in ("年", "—", "-", "–", "~", "～", "至", "") or match["unit"] in (None, "年")):
        return True
    if after[:1] == "月" and len(whole) <= 2:
        return True
    before = text[max(0, match.start() - 2) : match.start()]
    return before.endswith(("月", "第")) and match["unit"] in ("日", "年", "条", "章", "节", "期", "次", "届", None, "项", "名", "位")


def _is_english_year(match: re.Match[str], text: str) -> bool:
    whole = match["number"]
    return bool(_YEAR.fullmatch(whole)) and not match["unit"] and not match["scale"] and not match["currency"]
