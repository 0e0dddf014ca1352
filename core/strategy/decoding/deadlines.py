"""When something is to be reached: 2026年末, 到2028年, 6月底前, 上半年, 三年内, by the end of 2028 as the last day of that period."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_NUMERALS = {character: n for n, character in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Plan:
    """The years that a document plans for and speaks in. None where it does not say.

    `now`: the year in which it was written for; `first`, `last`: the plan period; `standing`: the title names one year that all its
    aims belong to.
    """

    now: int | None = None
    first: int | None = None
    last: int | None = None
    standing: bool = False


@dataclass(frozen=True)
class Moment:
    """A date expression at `text[start:end]`. `day` is the last day of the period, or the words as written where they depend on
    another event (训后两个月内); `year` None if not known. `past` where the words themselves say so (去年)."""

    start: int
    end: int
    day: str
    year: int | None
    past: bool = False
    relative: bool = False


_YEAR = r"(?P<{0}>20[1-4]\d|二[〇零○]二[零〇○一二三四五六七八九]|二[〇零○]三[零〇○一二三四五六七八九])"
_DASH = r"\s?(?:至|到|—+|–|-|~|～|－)\s?"
_N = r"[一二两三四五六七八九十]|\d{1,3}"

# Each form of a date in Chinese, the more specific first.
_CHINESE = re.compile(
    "|".join(
        (
            # 2026年1月1日至2028年12月31日, 2026—2028年: the second year counts.
            rf"{_YEAR.format('from_year')}年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{_DASH}{_YEAR.format('to_year')}(?![\d,.]*[%万亿户])年?(?:(?P<to_month>\d{{1,2}})月)?(?:\d{{1,2}}日)?(?:[末底])?",
            # 2027年1月15日, 2026年6月, 2026年9月末前.
            rf"{_YEAR.format('year_m')}年(?P<month_y>\d{{1,2}})月(?:(?P<day_y>\d{{1,2}})日|份|[末底])?",
            # 2026年上半年, 2026年三季度, 2026年Q3.
            rf"{_YEAR.format('year_q')}年(?:第?(?P<quarter_y>[一二三四1-4])季度|(?P<half_y>上半年|下半年|年中|前三季度)|Q(?P<q_y>[1-4]))末?",
            # 2028年末, 到2028年; not 2028户.
            rf"{_YEAR.format('year')}(?:年(?!来|以来|报)(?:年?[末底]|度|内|起)?|(?=\s?[:：]?\s?(?:目标|\d{{1,3}}(?:[,.]\d+)*[万亿%])))",
            # 26年底.
            r"(?<!\d)(?P<short_year>2\d)年(?:年?[末底])",
            # 12月31日, 6月底前, 9月末; a month alone only with 前 or 底.
            r"(?<![\d年至到—-])(?P<month_d>1[0-2]|[1-9])月(?P<day_d>[12]\d|3[01]|[1-9])日",
            r"(?<!\d)(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:[末底](?:以?前|之前)?|(?:以前|之前|前|内))",
            # 上半年, 三季度末, 二季度前.
            r"(?<!年)第?(?P<quarter>[一二三四1-4])季度(?:[末底内]|(?=[前起之以]))",
            r"(?P<half>上半年|下半年|年中)",
            # 今年, 年内, 年底; 明年; 去年.
            r"(?P<this>今年|本年度?|当年度?|年内|年底|年末|全年|年终|本财年)(?![新发])",
            r"(?P<next>明年|下一?年度)(?:年?[末底]|内)?",
            r"(?P<last>去年|上年|上一年度?|前年|往年|同期|近[两三二几]年|过去[一二三四五六七八九十两]年)",
            # 规划期内, 三年累计, 未来三年, 用三年时间.
            r"(?P<period>(?:本?规划期|计划期|本轮规划)(?:内|末|结束)?|(?:“?十[四五]五”?|“十[四五]五”)(?:时期|期间|末|期末)?)",
            rf"(?:未来|今后|用|力争|经过|再用|通过)(?P<years_ahead>{_N})(?:至(?:{_N}))?年(?:左右)?(?:的?时间|内|的?努力)?",
            rf"(?<![\d近入])(?P<years_total>{_N})年(?:累计|内|之内|(?=净增|新增|完成|翻|调整))",
            # 训后两个月内, 60天内, 两周内: depend on another event.
            rf"(?P<relative>(?:训后|培训后|上线后|开业后|结训后|任职后|入职后?|获批后|签约后|[^，。；、\s]{{0,4}}之日起)?(?:{_N}|\d+)"
            r"(?:个月|个?工作日|天|日|周|小时)(?:之内|以内|内)(?![\u4e00-\u9fff]{1,5}率))",
        )
    )
)
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# Each form of a date in English.
_ENGLISH = re.compile(
    "|".join(
        (
            r"\b(?P<from_e>20\d\d)\s?(?:-|–|—|to|through)\s?(?P<to_e>20\d\d)\b",
            rf"\b(?:(?P<day_e>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month_e>{_MONTH_NAME})\s+(?:(?P<day2_e>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?,?\s+)?(?P<year_me>20\d\d)\b",
            r"\bq(?P<quarter_e>[1-4])\s+(?:of\s+)?(?P<year_qe>20\d\d)\b",
            r"\b(?P<year_qe2>20\d\d)\s?q(?P<quarter_e2>[1-4])\b",
            r"\bh(?P<half_e>[12])\s+(?P<year_he>20\d\d)\b",
            r"\b(?:mid-)(?P<mid_e>20\d\d)\b",
            r"\b(?:fy\s?)?(?P<year_e>20[1-4]\d)\b(?!\s*(?:customers|people|staff))",
            r"\b(?P<this_e>(?:this|the|current) (?:fiscal |financial )?year(?:[- ]end)?|year[- ]end|end of the year|within the year)\b",
            r"\b(?P<next_e>next year)\b",
            r"\b(?P<last_e>last year|previous year|prior year|year[- ]on[- ]year|over the past \w+ years?)\b",
            r"\b(?P<period_e>plan period|planning period|over the plan)\b",
            r"\b(?:within|over|in)\s+(?:the\s+)?(?:next\s+|coming\s+)?(?P<years_e>one|two|three|four|five|[1-5])[ -]years?\b",
            r"\b(?P<relative_e>within\s+(?:\w+|\d+)\s+(?:working |business )?(?:days?|weeks?|months?|hours?)(?:\s+(?:of|"
            r"after)\s+(?:the\s+)?\w+)?)\b",
        )
    ),
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PERIOD = re.compile(rf"{_YEAR.format('a')}\s?年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:{_DASH}|\s?to\s?){_YEAR.format('b')}")
_FIVE_YEAR_PLANS = {"十四五": (2021, 2025), "十五五": (2026, 2030)}
_TITLE_YEAR = re.compile(r"(20\d\d)(?:年|\s|-)")
_YEAR_OF_AIMS = re.compile(
    r"20\d\d年?(?:度)?[^。]{0,14}(?:计划|要点|目标|任务|工作|考核|方案|行动|责任书)|20\d\d\s+(?:\w+\s+){0,3}(?:plan|targets|priorities|objectives)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:到|至|力争|by |in )(?:the end of )?(20\d\d)|(20\d\d)年(?:末|底)?[^。，]{0,12}(?:达到|目标|力争|控制在)", re.IGNORECASE
)
_BEGINNING = 3_000


def plan_of(title: str, text: str) -> Plan:
    """The years of a document, from its title and the beginning of its text."""
    in_title = [int(year) for year in re.findall(r"(20\d\d)", title)]
    period = _PERIOD.search(title) or next((found for found in _PERIOD.finditer(text[:_BEGINNING]) if _is_plan(text, found)), None)
    span = (_year(period["a"]), _year(period["b"])) if period else None
    if span is None:
        span = next((years for name, years in _FIVE_YEAR_PLANS.items() if name in title), None)
    if span is not None and span[0] < span[1] <= span[0] + 10:
        return Plan(max(in_title[:1] or [span[0]]) if not _PERIOD.search(title) else span[0], *span)
    if in_title:
        now = max(in_title)
        standing = len(set(in_title)) == 1 and bool(_YEAR_OF_AIMS.search(title))
        return Plan(now, now if standing else None, now if standing else None, standing)
    ahead = [int(match[1] or match[2]) for match in _AHEAD.finditer(text)]
    mentioned = [int(year) for year in _TITLE_YEAR.findall(text[:_BEGINNING])]
    if ahead:
        return Plan(min(ahead))
    return Plan(max(mentioned)) if mentioned else Plan()


def moments(text: str, plan: Plan, year: int | None = None) -> list[Moment]:
    """The date expressions in `text` in order; `year` is the one that a month without its own belongs to, else the plan's."""
    if _HAN.search(text):
        found: list[Moment] = []
        for match in _CHINESE.finditer(text):
            known = next((moment.year for moment in reversed(found) if moment.year and not moment.past), year)
            moment = _chinese(match, plan, known)
            if moment is not None:
                found.append(moment)
        return found
    return [moment for match in _ENGLISH.finditer(text) if (moment := _english(match, plan)) is not None]


def end_of_year(year: int) -> str:
    """31 December of `year`."""
    return f"{year}-12-31"


Groups = dict[str, str]


def _chinese(match: re.Match[str], plan: Plan, year: int | None) -> Moment | None:
    groups: Groups = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "relative" in groups:
        return Moment(start, end, groups["relative"], None, relative=True)
    if "years_ahead" in groups or "years_total" in groups:
        return _ahead(start, end, _count(groups.get("years_ahead") or groups["years_total"]), plan)
    if "last" in groups:
        return Moment(start, end, "", plan.now - 1 if plan.now else None, past=True)
    named = _with_its_year(groups)
    day, of = named if named else _without_its_year(groups, plan, year or plan.now)
    return Moment(start, end, day, of)


def _with_its_year(groups: Groups) -> tuple[str, int] | None:
    """The day and year of a date that names its year."""
    if "to_year" in groups:
        last = _year(groups["to_year"])
        return _month_end(last, int(groups.get("to_month", 12))), last
    if "year_m" in groups:
        of = _year(groups["year_m"])
        return _day(of, int(groups["month_y"]), groups.get("day_y")), of
    if "year_q" in groups:
        of = _year(groups["year_q"])
        return _part_of_year(of, groups.get("quarter_y") or groups.get("q_y") or "", groups.get("half_y", "")), of
    if "year" in groups or "short_year" in groups:
        of = _year(groups["year"]) if "year" in groups else 2000 + int(groups["short_year"])
        return end_of_year(of), of
    return None


def _without_its_year(groups: Groups, plan: Plan, base: int | None) -> tuple[str, int | None]:
    """The day and year of a date that is understood from `base`, the year that is spoken of; "" and None where that is not known."""
    if "period" in groups:
        name = next((years for key, years in _FIVE_YEAR_PLANS.items() if key in groups["period"]), None)
        base = name[1] if name else plan.last
    elif "next" in groups:
        base = plan.now + 1 if plan.now else None
    if base is None:
        return "", None
    if "month_d" in groups:
        return _day(base, int(groups["month_d"]), groups["day_d"]), base
    if "month" in groups:
        return _month_end(base, _count(groups["month"])), base
    if "quarter" in groups or "half" in groups:
        return _part_of_year(base, groups.get("quarter", ""), groups.get("half", "")), base
    return end_of_year(base), base


def _english(match: re.Match[str], plan: Plan) -> Moment | None:
    groups: Groups = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "relative_e" in groups:
        return Moment(start, end, groups["relative_e"], None, relative=True)
    if "last_e" in groups:
        return Moment(start, end, "", plan.now - 1 if plan.now else None, past=True)
    if "years_e" in groups:
        words = ("one", "two", "three", "four", "five")
        written = groups["years_e"].lower()
        return _ahead(start, end, words.index(written) + 1 if written in words else int(written), plan)
    day, of = _english_day(groups, plan)
    return Moment(start, end, day, of)


def _english_day(groups: Groups, plan: Plan) -> tuple[str, int | None]:
    if "month_e" in groups:
        of, month = int(groups["year_me"]), _MONTHS.index(groups["month_e"][:3].lower()) + 1
        return _day(of, month, groups.get("day_e") or groups.get("day2_e")), of
    if quarter := groups.get("quarter_e") or groups.get("quarter_e2"):
        of = int(groups.get("year_qe") or groups["year_qe2"])
        return _part_of_year(of, quarter, ""), of
    if "half_e" in groups:
        of = int(groups["year_he"])
        return _part_of_year(of, "", "上半年" if groups["half_e"] == "1" else "下半年"), of
    if "mid_e" in groups:
        return _month_end(int(groups["mid_e"]), 6), int(groups["mid_e"])
    following = plan.now + 1 if plan.now else None
    spoken = plan.now if "this_e" in groups else following if "next_e" in groups else plan.last
    named = groups.get("to_e") or groups.get("year_e")
    base = int(named) if named else spoken
    return (end_of_year(base), base) if base else ("", None)


def _ahead(start: int, end: int, years: int, plan: Plan) -> Moment | None:
    if years > 10:
        return None
    if plan.first and plan.last and plan.last - plan.first + 1 == years:
        return Moment(start, end, end_of_year(plan.last), plan.last)
    last = plan.now + years - 1 if plan.now else None
    return Moment(start, end, end_of_year(last) if last else "", last)


def _is_plan(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 12) : found.end() + 16]
    return bool(re.search(r"规划|战略|方案|行动|计划|strategy|plan", around, re.IGNORECASE)) and not re.search(r"回顾|上一", around)


def _year(written: str) -> int:
    if written.isdigit():
        return int(written)
    return int("".join(str(_NUMERALS.get(character, 0)) for character in written))


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    if len(written) == 2 and written[0] == "十":
        return 10 + _NUMERALS[written[1]]
    return _NUMERALS[written[0]]


def _day(year: int, month: int, day: str | None) -> str:
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return _month_end(year, month)
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return _month_end(year, month)


def _month_end(year: int, month: int) -> str:
    return date(year, month, monthrange(year, month)[1]).isoformat() if 1 <= month <= 12 else ""


def _part_of_year(year: int, quarter: str, half: str) -> str:
    if quarter:
        return _month_end(year, 3 * _count(quarter))
    return _month_end(year, {"上半年": 6, "年中": 6, "前三季度": 9}.get(half, 12))
