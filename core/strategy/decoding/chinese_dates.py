"""Dates as Chinese writes them: 2026年末, 6月底前, 上半年, 三年内, 训后两个月内."""

from __future__ import annotations

import re
from dataclasses import replace

from core.patterns import lazily
from core.strategy.decoding.dates import (
    Day,
    Forms,
    Moment,
    Reader,
    as_written,
    at,
    day_of,
    end_of,
    in_its_year,
    last_day,
    last_year,
    month_end,
    quarter_end,
    years_ahead,
)
from core.strategy.decoding.lexicon import DOING
from core.strategy.decoding.plans import DASH, FIVE_YEAR_PLANS, NUMERALS, YEAR, Plan

_NAMES = lazily(r"[\u4e00-\u9fff“”]{0,14}(?:率|的?(?:比例|占比|比重)|留存)(?![\u4e00-\u9fff]*[、，])")
# 逾期60天以内贷款: how long overdue.
_OVERDUE = lazily(r"(?:逾期|账龄)$")
# 任职一年以内的支行长, 三年以内员工, 一年内可接任: which people are meant.
_WHOSE = lazily(r"的?(?:新?员工|支行长|行长|干部|人员|客户经理)|(?<=内)(?:可|能)(?:以)?(?:接|到)任?")
_YEARS_ON = {"后年": 2, "大后年": 3}
_HALVES = {"上半年": 6, "年中": 6, "前三季度": 9, "下半年": 12}


def is_in_name(text: str, end: int) -> bool:
    """Whether a period that ends at `end` only tells one rate from another: 入行三年内离职率, 30天内开户的比例, 商户次年留存."""
    return bool(_NAMES.match(text, end))


def tells_apart(match: re.Match[str]) -> bool:
    """Whether a match is no date but tells which rate, or how long something is overdue."""
    # 派发后10天内首次触达率达到九成 is reached in that time; 训后90天行为转化率 is measured then.
    if _OVERDUE.search(match.string, max(0, match.start() - 3), match.start()):
        return True
    if _WHOSE.match(match.string, match.end()):
        return True
    return is_in_name(match.string, match.end()) and not re.search(r"后.*内$", match.group())


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (10 * (NUMERALS[tens] if tens else 1) if ten else 0) + (NUMERALS[ones] if ones else 0)


# The day of a year.


def _day(match: re.Match[str], year: int) -> str:
    return day_of(year, _count(match["month"]), _count(match["day"]) if match["day"] else None)


def _month(match: re.Match[str], year: int) -> str:
    return month_end(year, _count(match["month"]))


def _last_month(match: re.Match[str], year: int) -> str:
    return month_end(year, int(match["month"] or 12))


def _part(match: re.Match[str], year: int) -> str:
    return quarter_end(year, _count(match["quarter"])) if match["quarter"] else month_end(year, _HALVES[match["half"]])


def _first_quarter(_match: re.Match[str], year: int) -> str:
    return quarter_end(year, 1)


def _quarter(match: re.Match[str], year: int) -> str:
    return quarter_end(year, int(match["quarter"]))


# Of the year that is spoken of, of this one and of those to come.


def _of_that_year(day: Day) -> Reader:
    """The reader of a form without a year: of the one that was named before, else that of the plan."""

    def read(match: re.Match[str], plan: Plan, base: int | None) -> Moment:
        year = base or plan.now
        return at(match, day(match, year) if year else "", year)

    return read


def _short_year(match: re.Match[str], _plan: Plan, _base: int | None) -> Moment:
    return end_of(match, 2000 + int(match["year"]))


def _this_year(match: re.Match[str], plan: Plan, base: int | None) -> Moment:
    return end_of(match, plan.now if plan.now and match.group().startswith(("今", "本")) else base or plan.now)


def _next_year(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    # 商户次年留存: which rate is meant.
    if "次年" in match.group() and tells_apart(match):
        return None
    return end_of(match, plan.now + _YEARS_ON.get(match["next"], 1) if plan.now else None)


# Of the plan, or of something else.


def _period(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    named = next((years for name, years in FIVE_YEAR_PLANS.items() if name in match.group()), None)
    year = named[1] if named else plan.last
    return at(match, plan.end, year) if year is not None and year == plan.last else end_of(match, year)


def _coming_years(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    spanned = years_ahead(match, _count(match["years"]), plan)
    # 未来三年 lies ahead; 三年累计, 经过三年努力 where the text says so.
    ahead = match.group().startswith(("未来", "今后", "力争", "再"))
    return replace(spanned, span=not ahead) if spanned else None


def _years_of_the_plan(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    moment = years_ahead(match, _count(match["years"]), plan)
    if moment and plan.first and moment.year == plan.last:
        return moment
    # 两年轮训420人 where nobody says which two years: as written.
    return None if match.group().endswith("目标") or plan.first else as_written(match)


def _all_years_of_the_plan(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    moment = years_ahead(match, _count(match["years"]), plan)
    whole = moment and plan.first and moment.year == plan.last and not plan.standing
    return replace(moment, span=True) if moment and whole else None


def _within_years(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    # 入行三年内离职率: which rate is meant; not where a clause begins, 五年内占比升到33%.
    if match.start() and match.string[match.start() - 1] not in "，；：。" and tells_apart(match):
        return None
    # 入职一年内 depends on an event, also in the plan of a single year.
    written = match["years"]
    moment = years_ahead(match, _count(written[:-1]), plan) if not plan.standing and written.endswith("年") else None
    return moment if moment and moment.year == plan.last else as_written(match)


def _after_an_event(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    if plan.until is not None and _CAMPAIGN_OVER.match(match.group()):
        return at(match, plan.until.isoformat(), plan.until.year)
    # 五年后 in a plan of five years: its end.
    if (after := _YEARS_AFTER.fullmatch(match.group())) and plan.length == _count(after["years"]):
        return at(match, plan.end, plan.last)
    if match.group() == "首季" and plan.standing and plan.last:
        return at(match, quarter_end(plan.last, 1), plan.last)
    return as_written(match)


_N = r"十[一二三四五六七八九]?|[一二两三四五六七八九]|\d{1,3}"
_MONTH_IN_WORDS = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY_IN_WORDS = r"[12]\d|3[01]|0?[1-9]|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_HALF = r"(?P<half>上半年|下半年|年中|前三季度)"
# What is done in a month that stands alone: 11月完成改版.
_DONE_THEN = r"完成|上线|启动|开展|组织|举办|推出|投产|发布|实现|建成|召开|达到|交付|试点|试运行|落地|到位|印发|报|收官|收尾"
# What makes a number of years another one than the plan's: 近三年, 第三年, 入行三年; not 科技投入三年.
_NOT_THE_PLANS = r"(?<![\d.近第每头这前过任满上])(?<!(?<!投)入)"
# 完成全年的60%, 全年计划的四成: a share of the year's, whenever it is reached.
_WHOLE = r"(?:计划|目标|任务|指标)?[总数量]?的\s?(?:\d|[一二两三四五六七八九]成|过?半|一半)"
# 开春以前, 春节前: no day that a calendar knows.
_SEASON = r"(?:开春|入[夏秋冬]|春节|元旦|五一|中秋|国庆|春耕|秋收|汛期|旺季)(?:节|来临|到来)?(?:之前|以前|前(?!后))"
_UNIT = r"(?:个月|个?工作日|天|日|周|小时|年)"
# 训后两个月内, 头三个月, 活动结束后, 60天内.
_EVENTS = "|".join(
    (
        r"(?:入[行职]|到岗|上岗|任职|开业|上线)?首[年月季](?![\u4e00-\u9fff]{0,5}[率量额数])",
        r"(?:(?:训|(?![在于的自了前])[\u4e00-\u9fff]{2})后|[\u4e00-\u9fff]完|入职|任职|到岗|上岗|首|头|[^，。；、\s]{0,4}之日起)(?:的)?"
        rf"(?:{_N}){_UNIT}(?:之内|以内|内)?(?![\d])",
        r"(?:活动|行动|项目|工程|培训|集训|试点|竞赛|实习|试用期|学习|考核期|建设期|过渡期)(?:结束|届满|期满)(?:[时后前]|之[后前])"
        r"(?!的?[\d一二三四五六七八九十]+(?:个|工作|日|天|周))",
        rf"(?:结业|毕业|出师|验收|(?:独立)?上岗|转正|提任)[前时](?!后|的?(?:{_N}){_UNIT})",
        r"(?:改造|建设|整改|上线|投产)(?:完成)?后(?=每)",
        r"半年(?:之|以)?内",
        r"(?:本届|本)?(?:任期|带教期|见习期|培养期|聘期)内",
        r"[一二三四五两]年里",
        r"自[^，。；、\s自]{1,8}之日起(?=即|就|便|达|全部|不|100%)",
        rf"(?:[今明]年)?{_SEASON}",
        rf"(?:入[行职]|到岗|上岗|任职|开业|上线|提任|转正)前的?(?:{_N}){_UNIT}(?:之|以)?内",
        rf"(?:(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,6}})?满|(?<![近前过\d.后]))(?:{_N})(?:个月|周|年)(?:之|以)?后(?![的备续台])",
        r"(?<![连续])第[一二三四五]年(?:[末底])?(?![度级内])",
        rf"(?<![近前过\d.])(?:{_N}){_UNIT}(?:之内|以内|内)(?![容部外]|[\u4e00-\u9fff]{{1,6}}率)",
    )
)

_YEARS_AFTER = lazily(rf"(?P<years>{_N})年(?:之|以)?后")
_CAMPAIGN_OVER = lazily(r"(?:活动|行动|竞赛|项目|攻坚)(?:结束|届满|期满)[时前]?$")

CHINESE = Forms(
    # 2026年1月1日至2028年12月31日, 2026—2028年: the second year counts.
    (
        rf"{YEAR.format('since')}年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{DASH}{YEAR.format('year')}(?![\d,.]*[%万亿户])年?"
        r"(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?(?:[末底])?",
        in_its_year(_last_month),
    ),
    # 2027年1月15日, 2026年6月, 2026年9月末前.
    (rf"{YEAR.format('year')}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日|份|\s?[末底])?", in_its_year(_day)),
    # 2026年上半年, 2026年三季度, 2026年Q3, 2026年首季.
    (rf"{YEAR.format('year')}\s?年\s?(?:第?(?P<quarter>[一二三四1-4])季度|{_HALF})末?", in_its_year(_part)),
    (rf"{YEAR.format('year')}\s?年\s?首季度?末?", in_its_year(_first_quarter)),
    (rf"{YEAR.format('year')}年Q(?P<quarter>[1-4])末?", in_its_year(_quarter)),
    # 2028年末, 到2028年; not 2028户.
    (
        rf"{YEAR.format('year')}(?:\s?年(?!来|以来|报)(?:年?[末底]|度|内|起)?|(?=\s?[:：]?\s?(?:目标|\d{{1,3}}(?:[,.]\d+)*[万亿%])|"
        r"[）)]|\s?[:：]\s?[\u4e00-\u9fff]|(?:、|和|及|与|/)20\d\d))",
        in_its_year(last_day),
    ),
    # 26年底.
    (r"(?<!\d)(?P<year>2\d)年(?:年?[末底])", _short_year),
    # 12月31日, 三月十日.
    (rf"(?<![\d年])(?P<month>{_MONTH_IN_WORDS})月(?P<day>{_DAY_IN_WORDS})日", _of_that_year(_day)),
    # 5月至10月.
    (
        rf"(?<![\d.])(?:{_MONTH_IN_WORDS})(?:月(?:份)?(?:[初中下上]旬)?)?{DASH}(?P<month>{_MONTH_IN_WORDS})月(?:份|[末底]|[初中下上]旬)?",
        _of_that_year(_month),
    ),
    # 6月底前, 9月末; a month alone only with 前, 底 or what is done in it.
    (
        rf"(?<!\d)(?P<month>{_MONTH_IN_WORDS})月(?:份(?![额])|(?:份)?[上中下]旬(?:以?前)?|[末底](?:以?前|之前)?|(?:以前|之前|前|内|起)|"
        rf"(?={_DONE_THEN}))",
        _of_that_year(_month),
    ),
    # 四月：稳存款; 9月 alone in a cell or at the head of a sentence.
    (rf"^(?P<month>{_MONTH_IN_WORDS})月(?=\s*[：:，]|\s|$)", _of_that_year(_month)),
    (rf"(?<=[今明去]年)(?P<month>{_MONTH_IN_WORDS})月(?:份)?", _of_that_year(_month)),
    # 上半年, 三季度末, 二季度前.
    (rf"(?<![每各单本上前\d])第?(?P<quarter>[一二三四1-4])季度(?![均度]|一次)[末底内]?|{_HALF}", _of_that_year(_part)),
    # 今年, 年内, 年底.
    (
        rf"今年(?:一年|全年)?(?!{_SEASON})|本年度?|当年度?|(?<![半一二两三四五六七八九十\d])年内|(?<![各历每])年[底末]|全年(?!度|{_WHOLE})|"
        r"年终(?![奖考评决])|本财年",
        _this_year,
    ),
    # 明年; 大后年末.
    (rf"(?P<next>明年(?!{_SEASON})|下一?年度|次年|(?<![年此之以其今最先落明])大?后年(?![均化]))(?:年?[末底]|内|一年|全年)?", _next_year),
    (r"去年|上年|上一年度?|前年|往年|(?<![，；])(?<!^)同期|近[两三二几]年|过去(?:的)?[一二三四五六七八九十两]年", last_year),
    # 期末, 规划期内, “十五五”时期.
    (
        r"(?:(?<=[到：，])|^)期末(?!余额)|(?<![上一个])(?:本?规划期|计划期|蓝图期|方案期|本轮规划)(?:内|末|结束)?|(?:“?十[四五]五”?|“十[四五]五”)(?:时期|期间|末|期末)?",
        _period,
    ),
    # 未来三年, 用三年时间, 经过三年努力.
    (rf"(?:未来|今后|用|力争|经过|再用|通过)(?P<years>{_N})(?:至(?:{_N}))?年(?:左右)?(?:的?时间|内|的?努力)?", _coming_years),
    # 三年累计, 三年新增.
    (
        rf"{_NOT_THE_PLANS}(?P<years>{_N})年(?:来?(?:累计|合计|总计)|(?![之以]?[内后])(?=[\u4e00-\u9fff]{{0,4}}(?:累计|净增|新增|"
        r"翻(?!了)|安排|提升|提高|下降|压降|投入|培养)))",
        _coming_years,
    ),
    # 三年认证360人: the whole of a plan that is as long.
    (
        rf"{_NOT_THE_PLANS}(?P<years>{_N})年(?=(?:{DOING})[\u4e00-\u9fff“”]{{0,10}}(?:\d|$)|(?:总体|发展|主要|奋斗)?目标)",
        _years_of_the_plan,
    ),
    # 三年投入1.2亿元, 五年面向市场引进…60名: the whole of the plan, where that is as long.
    (
        rf"{_NOT_THE_PLANS}(?<![下隔期])(?P<years>{_N})年(?![之以]?内|[半期级来后前之度底末报生龄间左多制中]|以上|"
        r"(?:发展|行动|总体|战略)?(?:规划|计划|行动|方案|总?目标|战略)|一[次遍])",
        _all_years_of_the_plan,
    ),
    # 两年内.
    (rf"{_NOT_THE_PLANS}(?P<years>(?:{_N})年半?)(?:之内|以内|内)", _within_years),
    (_EVENTS, _after_an_event),
)
