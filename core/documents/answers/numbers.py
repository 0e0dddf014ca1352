"""Numbers, years and dates in Chinese and English text."""

from __future__ import annotations

from core.patterns import lazily

# A number such as 2000元 or 2,000 euros looks like a year; what counts or is paid for is none.
_YEAR = lazily(
    r"(?<![\d$€¥])(?<!\d[.,])((?:19[5-9]|20\d)\d)(?![\d.,]*[\d%])(?!\s*(?:多|"
    r"余)?[万亿元户人名个笔家次项件份美]|\s*(?:eur|usd|rmb|yuan|euro|dollar|people|employees|staff))"
)
_RANGE = lazily(r"((?:19|20)\d{2})年?\s*(?:[-—–~～至到]+|to)\s*((?:19|20)\d{2})")
DIGITS = "零〇一二两三四五六七八九十百千万亿半"
_NUMBER = lazily(
    rf"\d|[{DIGITS}]+(?=[个人名位户家次天日月年期种类条项成倍元万亿小学课分])|百分之|\b(?:one|two|three|"
    rf"four|five|six|seven|eight|nine|ten)\b"
)
_DATE = lazily(
    rf"\d{{4}}年|\d{{1,2}}月|[{DIGITS}]+[日月年](?:内|底|末|初|前|后)|季度|年末|年底|月末|月底|每[年月周季]|次年|当年|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"\b(?:19|20)\d{2}\b|\bdays?\b"
)


def years(text: str) -> set[int]:
    """The calendar years named in `text`, each year of a span such as 2026—2028年 included."""
    found = {int(year) for year in _YEAR.findall(text)}
    for first, last in _RANGE.findall(text):
        if int(first) <= int(last) <= int(first) + 15:
            found.update(range(int(first), int(last) + 1))
    return found


def has_number(text: str) -> bool:
    """Whether `text` (normalised) states a quantity that is not just a year."""
    return _NUMBER.search(_YEAR.sub("", text)) is not None


def has_date(text: str) -> bool:
    """Whether `text` (normalised) names a date, a term or a rhythm."""
    return _DATE.search(text) is not None
