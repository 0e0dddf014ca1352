"""The years that a document plans for and the day on which it speaks."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from core.patterns import lazily


@dataclass(frozen=True)
class Plan:
    """The years that a document plans for and speaks in. None where it does not say.

    `now`: the year that 今年 means; `first`, `last`: the plan period; `standing`: the title names one year that all its aims belong to;
    `last_month`: the month with which the period ends, `length` how many whole years it has;
    `written`: the day on which it was written; `until`: the last day of the part of that year that the title names, or of a campaign that
    the text announces, else None.
    """

    now: int | None = None
    first: int | None = None
    last: int | None = None
    standing: bool = False
    written: date | None = None
    until: date | None = None
    first_month: int = 1
    last_month: int = 12

    @property
    def length(self) -> int | None:
        """How many years the plan period has; None where it has none, or months over."""
        if self.first is None or self.last is None:
            return None
        years, over = divmod(12 * (self.last - self.first) + self.last_month - self.first_month + 1, 12)
        return None if over else years

    @property
    def end(self) -> str:
        """The last day of the plan period; "" where it has none."""
        if self.last is None:
            return ""
        return date(self.last, self.last_month, monthrange(self.last, self.last_month)[1]).isoformat()

    @property
    def base(self) -> int | None:
        """The year that a date without its own belongs to."""
        return self.last if self.standing else self.now or self.first


NUMERALS = {character: n for n, character in enumerate("零一二三四五六七八九十")} | {"〇": 0, "○": 0, "两": 2}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = r"(?P<{0}>20[1-4]\d|二[〇零○]二[零〇○一二三四五六七八九]|二[〇零○]三[零〇○一二三四五六七八九])"
DASH = r"\s?(?:至|到|—+|–|-|~|～|－)\s?"
FIVE_YEAR_PLANS = {"十四五": (2021, 2025), "十五五": (2026, 2030)}

_MONTH = r"1[0-2]|0?[1-9]"
_PERIOD = lazily(
    rf"{YEAR.format('a')}\s?年?(?:(?P<a_month>{_MONTH})月|\.\d{{1,2}})?(?:\d{{1,2}}日)?(?:上半年|下半年)?(?:{DASH}|\s?to\s?)"
    rf"{YEAR.format('b')}(?:年(?P<b_month>{_MONTH})月)?",
    re.IGNORECASE,
)
_OF_A_PLAN = lazily(r"[两二三四五]年|步走|规划|周期|战略|方案|行动|计划|转型|提升|strategy|plan", re.IGNORECASE)
_YEAR_OF_AIMS = lazily(
    r"20\d\d年?(?:度)?[^。]{0,14}(?:计划|要点|目标|任务|工作|考核|方案|行动|责任书|部署|考评|绩效|预算|合约|要求|活动|专项|竞赛|提升年)|"
    r"(?:计划|要点|目标|任务|方案|行动|责任书|部署|绩效|预算|合约)[（(]20\d\d年?(?:度)?[）)]|"
    r"20\d\d\s+(?:\w+\s+){0,3}(?:plan|targets|"
    r"priorities|objectives)|"
    r"(?:plan|targets|priorities|objectives)\s+(?:for\s+)?20\d\d",
    re.IGNORECASE,
)
_OF_ONE_YEAR = lazily(r"20\d\d年度[^。]{0,14}(?:计划|要点|目标|任务|考核|方案|责任书|部署|绩效|预算)")
# Years in a title that are none of aims: the day of a talk, the number of an issue, an edition, who was asked when, what was studied.
_NO_YEAR_OF_AIMS = lazily(
    r"20\d\d年?(?:-\d|第\d+期|\d+月\d+日|(?:修订|修正|版))|^(?:访谈|.{0,12}对谈|interview)|"
    r"20\d\d年?(?:\d{1,2}月)[^。]*分析|(?:调查|调研|测评|对标|评估|研究|检查|审计|诊断)[^，。]{0,6}报告|白皮书|(?:业绩|成果)[^，。]{0,4}(?:路演|发布)|"
    r"white paper|(?<!key )results",
    re.IGNORECASE,
)
_REPORT_ON_A_YEAR = lazily(r"(20\d\d)年(?:年度报告|年报)")
# A part of the year in the title of a scheme: 2030年首季竞赛方案, OKR（2026年第三季度）; a meeting in a quarter looks at the whole year.
_PART = lazily(r"20\d\d年(?:(?P<half>上半年)|第?(?P<quarter>[一二三四首])季度?)(?P<of>.*)")
_MONTHS_OF_YEAR = lazily(rf"(?P<year>20\d\d)年\s?(?:{_MONTH})月?{DASH}(?P<to>{_MONTH})月(?!\d)")
_MEETING = lazily(r"会|纪要|讲话|报告|总结|分析|情况|通报|简报")
_REPORTED = lazily(r"报告|总结|分析|情况|通报|简报")
_REPORTS = lazily(r"报告|总结|述职|回顾|通报|情况|review|report", re.IGNORECASE)
_AHEAD = lazily(r"(?:到|至|力争|by |in )(?:the end of )?(20\d\d)|(20\d\d)年(?:末|底)?[^。，]{0,12}(?:达到|目标|力争|控制在)", re.IGNORECASE)
# The day of writing: a whole date, or a month alone on a short line; not the day from which or until which something holds.
_WRITTEN = lazily(
    r"(?<![至到止—–-])(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日(?!\s?(?:起|至|前|以前|之前|—|-|施行|到))|"
    r"(?P<y2>20\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})|"
    r"(?P<d3>\d{1,2}) (?P<m3>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) (?P<y3>20\d\d)|"
    r"(?m:^[^\n，。]{0,16}(?P<y4>20\d\d)年(?P<m4>\d{1,2})月$)|"
    r"(?m:^[^\n。]{0,30}\s(?P<y5>20\d\d)[./](?P<m5>\d{1,2})$)",
    re.IGNORECASE,
)
# What is compared with a year is an aim of the next one.
_COMPARED = lazily(r"[比较](20\d\d)年(?:末|底|全年)?[^，。\d]{0,6}(?:下降|减少|压降|降低|增长|提升|提高|增加)")
_CAMPAIGN = lazily(
    r"(?P<year>20\d\d)\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?起?(?:至|到|—+|–|-|~)(?:(?P<year_to>20\d\d)\s?年)?\s?(?P<month>1[0-2]|"
    r"0?[1-9])\s?月\s?"
    r"(?P<day>3[01]|[12]\d|0?[1-9])\s?日[^。]{0,24}(?:竞赛|活动|行动|大赛|攻坚|战役|会战|专项)"
)
# 二〇二九年新年致辞.
_CHINESE_YEAR = lazily(r"二[〇零○][二三四][〇零○一二三四五六七八九](?=年)")
# What a memorandum is about stands below its title.
_SUBJECT = lazily(r"(?:^|\s)(?:Re|RE|Subject|SUBJECT|主题|事由)\s?[:：]\s*(?P<subject>[^\n]{0,80}?20\d\d\S*)")
_BEGINNING = 3_000
_HEAD, _FOOT = 600, 200


def plan_of(title: str, text: str, dated: date | None = None) -> Plan:
    """The years of a document, from its title, the day it was written and the beginning of its text. `dated`: that day, where it is known
    from elsewhere."""
    subject = None if re.search(r"20\d\d", title) else _SUBJECT.search(text[:_HEAD])
    title = subject["subject"] if subject else title
    title = _CHINESE_YEAR.sub(lambda found: str(year_of(found.group())), title)
    plan = _years_of(title, text, dated or _written(text[:_HEAD]) or _written(text[-_FOOT:]) or _reported(title))
    return replace(plan, until=_part(title) or _months(title) or (None if plan.standing else _campaign(text[:_HEAD])))


def _part(title: str) -> date | None:
    """The last day of the part of a year that a scheme is for, as its title says."""
    found = _PART.search(title)
    return _part_end(found) if found and not _MEETING.search(found["of"]) else None


def _months(title: str) -> date | None:
    """The last day of the months of one year that a title names: 代发攻坚活动方案（2026年3月—8月）."""
    found = _MONTHS_OF_YEAR.search(title)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["to"])
    return date(year, month, monthrange(year, month)[1])


def _reported(title: str) -> date | None:
    """The last day of the part of a year that a title reports on: nothing that it reports was written before."""
    found = _PART.search(title)
    return _part_end(found) if found and _REPORTED.search(found["of"]) else None


def _part_end(found: re.Match[str]) -> date:
    year = int(found.group()[:4])
    month = 6 if found["half"] else 3 * max(1, "首一二三四".index(found["quarter"]))
    return date(year, month, monthrange(year, month)[1])


def _campaign(text: str) -> date | None:
    """The last day of a campaign: 于2030年10月8日至12月31日举办…竞赛."""
    found = _CAMPAIGN.search(text)
    return date(int(found["year_to"] or found["year"]), int(found["month"]), int(found["day"])) if found else None


def _years_of(title: str, text: str, written: date | None) -> Plan:
    in_title = [int(year) for year in re.findall(r"(20\d\d)", title)]
    own = _PERIOD.search(title)
    # 2031年度重点工作任务书 is of that year, whatever plan it speaks of.
    of_one = len(set(in_title)) == 1 and _OF_ONE_YEAR.search(title) is not None
    period = own or next((found for found in _PERIOD.finditer(text[:_BEGINNING]) if not of_one and _is_plan(text, found)), None)
    span = (year_of(period["a"]), year_of(period["b"])) if period else None
    if span is None:
        span = next((years for name, years in FIVE_YEAR_PLANS.items() if name in title), None)
    if span is not None and span[0] < span[1] <= span[0] + 10:
        now = max(in_title) if in_title and not own else max(span[0], written.year if written else 0)
        return _over_months(Plan(min(now, span[1]), *span, written=written), period)
    if in_title:
        return _horizon(title, max(in_title), written, text) or _of_one_title(title, in_title, written)
    if written is not None:
        return Plan(written.year, written=written)
    return Plan(_spoken(text))


def _over_months(plan: Plan, period: re.Match[str] | None) -> Plan:
    """The plan from the month to the month that its period names: 2031年7月—2034年6月."""
    if period is None or not (period["a_month"] and period["b_month"]):
        return plan
    return replace(plan, first_month=int(period["a_month"]), last_month=int(period["b_month"]))


def _of_one_title(title: str, in_title: list[int], written: date | None) -> Plan:
    """The years of a document whose title names some and no period."""
    now = max(in_title)
    # A report on last year, given in January: its aims are those of the year that has begun.
    reports = bool(_REPORTS.search(title) and (written is not None and written.year == now + 1)) or bool(_REPORT_ON_A_YEAR.search(title))
    if reports:
        return Plan(now + 1, now + 1, now + 1, True, written)
    standing = len(set(in_title)) == 1 and not _NO_YEAR_OF_AIMS.search(title)
    if not standing:
        # Who is asked in autumn about next year means his own year by 今年.
        return Plan(written.year if written is not None and written.year == now - 1 else now, written=written)
    # So does who speaks about it; a scheme for next year calls that one 本年度.
    speaks = written is not None and written.year == now - 1 and not _YEAR_OF_AIMS.search(title)
    return Plan(now - 1 if speaks else now, now, now, True, written)


def _horizon(title: str, last: int, written: date | None, text: str) -> Plan | None:
    """The plan of a document called by the year that it ends with, as 数字化转型2030 is; None for others."""
    now = written.year if written else None if _YEAR_OF_AIMS.search(title) else _spoken(text)
    return Plan(now, now, last, written=written) if now is not None and now + 2 <= last else None


def _spoken(text: str) -> int | None:
    """The year in which an undated text speaks: the one after the last that it reports on, or the first that it looks ahead to."""
    ahead = {int(match[1] or match[2]) for match in _AHEAD.finditer(text)}
    reported = {int(year) for year in re.findall(r"(20\d\d)(?:年|\s|-)", text[:_BEGINNING])} - ahead
    if compared := [int(year) for year in _COMPARED.findall(text[:_BEGINNING])]:
        return max(compared) + 1
    if not ahead:
        return max(reported, default=None)
    return max(reported) + 1 if reported and max(reported) < min(ahead) else min(ahead)


def year_of(written: str) -> int:
    """The year written in figures or in Chinese numerals."""
    return int(written) if written.isdigit() else int("".join(str(NUMERALS.get(character, 0)) for character in written))


def _is_plan(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 12) : found.end() + 16]
    return bool(_OF_A_PLAN.search(around)) and not re.search(r"回顾|上一", around)


def _written(text: str) -> date | None:
    """The first day that a text is dated by; of several on one line the latest: 2024年4月8日印发，2028年5月30日修订."""
    found: date | None = None
    ended = 0
    for match in _WRITTEN.finditer(text):
        if found is not None and "\n" in text[ended : match.start()]:
            break
        day = _day_of(match)
        if day is not None:
            found, ended = max(day, found or day), match.end()
    return found


def _day_of(match: re.Match[str]) -> date | None:
    parts = {name.rstrip("2345"): value for name, value in match.groupdict().items() if value}
    month = parts["m"] if parts["m"].isdigit() else str(MONTHS.index(parts["m"][:3].lower()) + 1)
    try:
        return date(int(parts["y"]), int(month), int(parts.get("d", "1")))
    except ValueError:
        return None
