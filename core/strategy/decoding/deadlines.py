"""When something is to be reached: 2026年末, 到2028年, 6月底前, 上半年, 三年内, by the end of 2028 as the last day of that period."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from core.patterns import lazily
from core.strategy.decoding.lexicon import DOING
from core.strategy.decoding.plans import DASH, FIVE_YEAR_PLANS, MONTHS, NUMERALS, YEAR, Plan, year_of


@dataclass(frozen=True)
class Moment:
    """A date expression at `text[start:end]`. `day` is the last day of the period, or the words as written where they depend on
    another event (训后两个月内); `year` None if not known. `past` where the words themselves say so (去年); `since` where something
    only begins then (三月起); `at_end` where the end of the year is meant and not the year (年底); `span` a number of years that lies
    behind in an account and ahead in a plan (三年累计)."""

    start: int
    end: int
    day: str
    year: int | None
    past: bool = False
    relative: bool = False
    since: bool = False
    span: bool = False
    at_end: bool = False


_N = r"十[一二三四五六七八九]?|[一二两三四五六七八九]|\d{1,3}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"[12]\d|3[01]|0?[1-9]|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]"
# What is done in a month that stands alone: 11月完成改版.
_DONE_THEN = r"完成|上线|启动|开展|组织|举办|推出|投产|发布|实现|建成|召开|达到|交付|试点|试运行|落地|到位|印发|报"

# What makes a number of years another one than the plan's: 近三年, 第三年, 入行三年; not 科技投入三年.
_NOT_THE_PLANS = r"(?<![\d.近第每头这前过任满上])(?<!(?<!投)入)"
# 开春以前, 春节前: no day that a calendar knows.
_SEASON = r"(?:开春|入[夏秋冬]|春节|元旦|五一|中秋|国庆|春耕|秋收|汛期|旺季)(?:节|来临|到来)?(?:之前|以前|前(?!后))"
_UNIT = r"(?:个月|个?工作日|天|日|周|小时|年)"

# Each form of a date in Chinese, the more specific first.
_CHINESE = lazily(
    "|".join(
        (
            # 2026年1月1日至2028年12月31日, 2026—2028年: the second year counts.
            rf"{YEAR.format('from_year')}年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{DASH}{YEAR.format('to_year')}(?![\d,.]*[%万亿户])年?(?:(?P<to_month>\d{{1,2}})月)?(?:\d{{1,2}}日)?(?:[末底])?",
            # 2027年1月15日, 2026年6月, 2026年9月末前.
            rf"{YEAR.format('year_m')}年(?P<month_y>\d{{1,2}})月(?:(?P<day_y>\d{{1,2}})日|份|[末底])?",
            # 2026年上半年, 2026年三季度, 2026年Q3.
            rf"{YEAR.format('year_q')}年(?:第?(?P<quarter_y>[一二三四1-4])季度|(?P<half_y>上半年|下半年|年中|前三季度)|Q(?P<q_y>[1-4]))末?",
            # 2028年末, 到2028年; not 2028户.
            rf"{YEAR.format('year')}(?:年(?!来|以来|报)(?:年?[末底]|度|内|起)?|(?=\s?[:：]?\s?(?:目标|\d{{1,3}}(?:[,.]\d+)*[万亿%])|"
            rf"[）)]|\s?[:：]\s?[\u4e00-\u9fff]|(?:、|和|及|与)20\d\d))",
            # 26年底.
            r"(?<!\d)(?P<short_year>2\d)年(?:年?[末底])",
            # 12月31日, 三月十日, 5月至10月, 6月底前, 9月末; a month alone only with 前, 底 or what is done in it.
            rf"(?<![\d年])(?P<month_d>{_MONTH})月(?P<day_d>{_DAY})日",
            rf"(?<![\d.])(?:{_MONTH})(?:月(?:份)?(?:[初中下上]旬)?)?{DASH}(?P<month_to>{_MONTH})月(?:份|[末底]|[初中下上]旬)?",
            rf"(?<!\d)(?P<month>{_MONTH})月(?:份(?![额])|(?:份)?[上中下]旬(?:以?前)?|[末底](?:以?前|之前)?|(?:以前|之前|前|内|起)|"
            rf"(?={_DONE_THEN}))",
            rf"(?<=[今明去]年)(?P<month_of>{_MONTH})月(?:份)?",
            # 上半年, 三季度末, 二季度前.
            r"(?<![每各单本上前\d])第?(?P<quarter>[一二三四1-4])季度(?![均度]|一次)[末底内]?",
            r"(?P<half>上半年|下半年|年中|前三季度)",
            # 今年, 年内, 年底; 明年; 去年.
            rf"(?P<this>今年(?:一年|全年)?(?!{_SEASON})|本年度?|当年度?|(?<![半一二两三四五六七八九十\d])年内|(?<![各历每])年[底末]|全年(?!度)|年终(?![奖考评决])|本财年)",
            rf"(?P<next>明年(?!{_SEASON})|下一?年度|次年|(?<![年此之以其今最先落明])大?后年(?![均化]))(?:年?[末底]|内|一年|全年)?",
            r"(?P<last>去年|上年|上一年度?|前年|往年|同期|近[两三二几]年|过去(?:的)?[一二三四五六七八九十两]年)",
            # 规划期内, 三年累计, 未来三年, 用三年时间.
            r"(?P<period>(?:(?<=[到：，])|^)期末(?!余额)|(?<![上一个])(?:本?规划期|计划期|本轮规划)(?:内|末|结束)?|(?:“?十[四五]五”?|“十[四五]五”)(?:时期|期间|末|期末)?)",
            rf"(?:未来|今后|用|力争|经过|再用|通过)(?P<years_ahead>{_N})(?:至(?:{_N}))?年(?:左右)?(?:的?时间|内|的?努力)?",
            rf"{_NOT_THE_PLANS}(?P<years_total>{_N})年(?:来?(?:累计|合计|总计)|(?![之以]?[内后])(?=[\u4e00-\u9fff]{{0,4}}(?:累计|净增|新增|"
            rf"翻(?!了)|安排|提升|提高|下降|压降|"
            rf"投入|培养)))",
            # 三年认证360人: the whole of a plan that is as long.
            rf"{_NOT_THE_PLANS}(?P<years_plan>{_N})年(?=(?:{DOING})[\u4e00-\u9fff“”]{{0,10}}(?:\d|$)|(?:总体|发展|主要|"
            rf"奋斗)?目标)",
            # 三年投入1.2亿元, 五年面向市场引进…60名: the whole of the plan, where that is as long.
            rf"{_NOT_THE_PLANS}(?<![下隔期])(?P<years_whole>{_N})年(?![之以]?内|[半期级来后前之度底末报生龄间左多制中]|以上|"
            rf"(?:发展|行动|总体|战略)?(?:规划|计划|行动|方案|总?目标|战略)|一[次遍])",
            rf"{_NOT_THE_PLANS}(?P<years_within>(?:{_N})年半?)(?:之内|以内|内)",
            # 训后两个月内, 头三个月, 60天内, 两年内: depend on another event.
            rf"(?P<relative>(?:入[行职]|到岗|上岗|任职|开业|上线)?首[年月季](?![\u4e00-\u9fff]{{0,5}}[率量额数])|(?:(?:训|"
            rf"(?![在于的自了前])[\u4e00-\u9fff]{{2}})后|[\u4e00-\u9fff]完|入职|任职|到岗|上岗|首|头|"
            rf"[^，。；、\s]{{0,4}}之日起)(?:的)?(?:{_N})"
            r"(?:个月|个?工作日|天|日|周|小时|年)(?:之内|以内|内)?(?![\d])"
            r"|(?:活动|行动|项目|工程|培训|集训|试点|竞赛|实习|试用期|学习|考核期|建设期|过渡期)(?:结束|届满|期满)(?:[时后前]|"
            rf"之[后前])(?!的?[\d一二三四五六七八九十]+(?:个|工作|日|天|周))|(?:结业|毕业|出师|验收|(?:独立)?上岗|转正|提任)[前时](?!后|的?(?:{_N}){_UNIT})|(?:改造|建设|整改|上线|投产)(?:完成)?后(?=每)"
            r"|半年(?:之|以)?内|自[^，。；、\s自]{1,8}之日起(?=即|就|便|达|全部|不|100%)|"
            rf"(?:[今明]年)?{_SEASON}|(?:入[行职]|到岗|上岗|任职|开业|上线|提任|转正)前的?(?:{_N}){_UNIT}(?:之|以)?内|"
            rf"(?:(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,6}})?满|(?<![近前过\d.后]))(?:{_N})(?:个月|周|年)(?:之|以)?后(?![的备续台])|"
            r"(?<![连续])第[一二三四五]年(?:[末底])?(?![度级内])"
            rf"|(?<![近前过\d.])(?:{_N})(?:个月|个?工作日|天|日|周|小时|年)(?:之内|以内|内)(?![容部外]|[\u4e00-\u9fff]{{1,6}}率))",
        )
    )
)
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# Each form of a date in English.
_ENGLISH = lazily(
    "|".join(
        (
            r"\b(?P<day_n>\d{1,2})\.(?P<month_n>1[0-2]|0?[1-9])\.(?P<year_n>20\d\d)\b",
            r"\b(?P<from_e>20\d\d)\s?(?:-|–|—|to|through)\s?(?P<to_e>20\d\d)\b",
            rf"\b(?:(?P<day_e>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month_e>{_MONTH_NAME})\s+(?:(?P<day2_e>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?,?\s+)?(?P<year_me>20\d\d)\b",
            r"\bq(?P<quarter_e>[1-4])\s+(?:of\s+)?(?P<year_qe>20\d\d)\b",
            r"\b(?P<year_qe2>20\d\d)\s?q(?P<quarter_e2>[1-4])\b",
            r"\bh(?P<half_e>[12])\s+(?P<year_he>20\d\d)\b",
            r"\b(?:mid-)(?P<mid_e>20\d\d)\b",
            r"\b(?P<half_word>first|second) half of (?P<year_hw>20\d\d)\b",
            # 30 June, the end of March, in May, the second quarter: of the year that is spoken of.
            rf"\b(?P<day_m>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month_m>{_MONTH_NAME})(?!\w)",
            rf"(?:\b(?:by|in|before|until|from|since|of|early|late)\s+|\bmid-)(?P<month_a>{_MONTH_NAME})(?=\s*(?:[,.;:)]|and\b|to\b|we\b|"
            rf"with\b|at\b|in\b|for\b|the\b|all\b|each\b|every\b|onwards?\b|$))",
            r"\b(?:the\s+)?(?P<quarter_word>first|second|third|fourth|last)\s+quarter\b(?!\s+of\s+20)",
            r"\bq(?P<quarter_a>[1-4])\b",
            r"\b(?:the\s+)?(?P<half_a>first|second)\s+half(?:\s+of\s+(?:the|this)\s+year)?(?=\s*(?:[,.;:)]|$|we\b|and\b))|"
            r"\b(?P<mid_a>mid-?year|half-year(?:[- ]end)?(?! (?:results?|report|review|figures?)))\b",
            r"\b(?:fy\s?)?(?P<year_e>20[1-4]\d)\b(?!\s*(?:customers|people|staff))",
            r"\b(?P<this_e>(?:this|the|current) (?:fiscal |financial |full )?year(?:[- ]end)?|full year|"
            r"year[- ]end|end of the year|within the year)\b",
            r"\b(?P<next_e>next year)\b",
            r"\b(?P<last_e>last year|previous year|prior year|year[- ]on[- ]year|over the past \w+ years?)\b",
            r"\b(?P<period_e>(?:over the )?plan(?:ning)? period|over the plan)\b",
            r"\b(?<!lowest )(?<!highest )(?<!best )(?<!worst )(?P<how_long>within|over|in)\s+(?:the\s+)?(?:next\s+|"
            r"coming\s+)?(?P<years_e>one|two|three|four|five|[1-5])[ -]years?\b",
            r"\b(?P<relative_e>within\s+(?:\w+|\d+)\s+(?:working |business )?(?:days?|weeks?|months?|hours?)(?:\s+(?:of|"
            r"after)\s+(?:the\s+)?\w+)?)\b",
        )
    ),
    re.IGNORECASE,
)
_STARTING = lazily(r"\b(?:from|since|starting|beginning)(?: in| on)?\s*$", re.IGNORECASE)
_ONE_DATE = lazily(rf"(?:截至|的|到|起?{DASH})?")
_TOLD = lazily(r"\b(?:was|were|had|did|fell|rose|grew|came|began|has been|have been)\b", re.IGNORECASE)
_TO_COME = lazily(r"\b(?:will|shall|should|must|aims?|plans?|(?:is|are) to)\b", re.IGNORECASE)
_WITH_YEAR = lazily(r"20\d\d|二[〇零○]|今年|本年|明年|年底|年内|全年|下一")
_NAMES = lazily(r"[\u4e00-\u9fff“”]{0,14}(?:率|的?(?:比例|占比|比重)|留存)(?![\u4e00-\u9fff]*[、，])")
# 逾期60天以内贷款: how long overdue.
_OVERDUE = lazily(r"(?:逾期|账龄)$")
_END_OF_YEAR = lazily(r"年[末底终]")
_FIRST = lazily(r"(?:[\u4e00-\u9fff]{2})?首年|第一年")
_HAN = lazily(r"[\u4e00-\u9fff]")


def moments(text: str, plan: Plan, year: int | None = None) -> list[Moment]:
    """The date expressions in `text` in order; `year` is the one that a month without its own belongs to, else the plan's."""
    return list(_moments(text, plan, year))


def is_inside(text: str, at: int) -> bool:
    """Whether a place in a text stands in brackets."""
    return text.count("（", 0, at) > text.count("）", 0, at)


def is_in_name(text: str, end: int) -> bool:
    """Whether a period that ends at `end` only tells one rate from another: 入行三年内离职率, 30天内开户的比例, 商户次年留存."""
    return bool(_NAMES.match(text, end))


def _is_within(match: re.Match[str]) -> bool:
    """Whether a period may be one after an event: 入行三年内; not one with which a clause begins, 五年内占比升到33%."""
    return match["years_within"] is not None and bool(match.start()) and match.string[match.start() - 1] not in "，；：。"


def _tells_apart(match: re.Match[str]) -> bool:
    # 派发后10天内首次触达率达到九成 is reached in that time; 训后90天行为转化率 is measured then.
    if _OVERDUE.search(match.string, max(0, match.start() - 3), match.start()):
        return True
    return is_in_name(match.string, match.end()) and not re.search(r"后.*内$", match.group())


@lru_cache(maxsize=2_000)
def _moments(text: str, plan: Plan, year: int | None) -> tuple[Moment, ...]:
    if _HAN.search(text):
        found: list[Moment] = []
        for match in _CHINESE.finditer(text):
            known = next((moment.year for moment in reversed(found) if moment.year and not moment.past), year)
            moment = _chinese(match, plan, known)
            # 当年 is the year that is spoken of already.
            if match.group().startswith("当年") and (not found or "，" not in text[found[-1].end : match.start()]):
                continue
            named = moment is not None and (moment.relative or _is_within(match) or "次年" in match.group())
            if moment is None or (named and _tells_apart(match)):
                continue
            # 去年9月, 去年有一家支行一季度: the month belongs to the year that is past.
            near = found and "，" not in text[found[-1].end : match.start()]
            if found and _FIRST.match(found[-1].day) and match.group().startswith("次"):
                # 首年亏损不超过1,100万元，次年300万元以内: the years of something that begins.
                moment = replace(moment, day=match.group(), year=None, relative=True)
            past = moment.past or bool(near and found[-1].past and not _WITH_YEAR.match(match.group()))
            since = text.startswith(("起", "以来", "开始"), match.end()) or (match.group().endswith("起") and not moment.relative)
            # 明年三季度前, 今年截至12月10日 are one date, as is 8月24日至9月18日.
            if found and not moment.relative and _ONE_DATE.fullmatch(text, found[-1].end, match.start()):
                moment = replace(moment, start=found.pop().start)
            found.append(replace(moment, past=past, since=since))
        return tuple(found)
    dated = [(match, _english(match, plan)) for match in _ENGLISH.finditer(text)]
    return tuple(
        replace(moment, since=bool(_STARTING.search(text[: match.start()])), past=moment.past or _is_told(match, text))
        for match, moment in dated
        if moment is not None
    )


def _is_told(match: re.Match[str], text: str) -> bool:
    """Whether a date without a year lies behind: 'the fee was withdrawn in November'."""
    clause = re.split(r"[,;]", text[: match.start()])[-1]
    return not re.search(r"20\d\d", match.group()) and bool(_TOLD.search(clause)) and not _TO_COME.search(clause)


def begins_ahead(moment: Moment, plan: Plan) -> bool:
    """Whether a date says when what stands with it will be: what only begins then (8月起) does where that day lies ahead."""
    return not moment.since or (plan.written is not None and moment.day > plan.written.isoformat())


def end_of_year(year: int) -> str:
    """31 December of `year`."""
    return f"{year}-12-31"


Groups = dict[str, str]
_YEARS_ON = {"后年": 2, "大后年": 3}


def _chinese(match: re.Match[str], plan: Plan, year: int | None) -> Moment | None:
    groups: Groups = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "relative" in groups:
        if match.group() == "首季" and plan.standing and plan.last:
            return Moment(start, end, _part_of_year(plan.last, "1", ""), plan.last)
        return Moment(start, end, groups["relative"], None, relative=True)
    if "years_within" in groups:
        # 入职一年内 depends on an event, also in the plan of a single year.
        written = groups["years_within"]
        moment = _ahead(start, end, _count(written[:-1]), plan) if not plan.standing and written.endswith("年") else None
        return moment if moment and moment.year == plan.last else Moment(start, end, match.group(), None, relative=True)
    if "years_whole" in groups:
        moment = _ahead(start, end, _count(groups["years_whole"]), plan)
        whole = moment and plan.first and moment.year == plan.last and not plan.standing
        return replace(moment, span=True) if moment and whole else None
    if "years_plan" in groups:
        moment = _ahead(start, end, _count(groups["years_plan"]), plan)
        if moment and plan.first and moment.year == plan.last:
            return moment
        # 两年轮训420人 where nobody says which two years: as written.
        return None if match.group().endswith("目标") or plan.first else Moment(start, end, match.group(), None, relative=True)
    if "years_ahead" in groups or "years_total" in groups:
        spanned = _ahead(start, end, _count(groups.get("years_ahead") or groups["years_total"]), plan)
        # 未来三年 lies ahead; 三年累计, 经过三年努力 where the text says so.
        ahead = match.group().startswith(("未来", "今后", "力争", "再"))
        return replace(spanned, span=not ahead) if spanned else None
    if "last" in groups:
        return Moment(start, end, "", plan.now - 1 if plan.now else None, past=True)
    at_end = bool(_END_OF_YEAR.search(match.group()))
    named = _with_its_year(groups)
    day, of = named if named else _without_its_year(groups, plan, year or plan.now)
    return Moment(start, end, day, of, at_end=at_end)


def _with_its_year(groups: Groups) -> tuple[str, int] | None:
    """The day and year of a date that names its year."""
    if "to_year" in groups:
        last = year_of(groups["to_year"])
        return _month_end(last, int(groups.get("to_month", 12))), last
    if "year_m" in groups:
        of = year_of(groups["year_m"])
        return _day(of, int(groups["month_y"]), groups.get("day_y")), of
    if "year_q" in groups:
        of = year_of(groups["year_q"])
        return _part_of_year(of, groups.get("quarter_y") or groups.get("q_y") or "", groups.get("half_y", "")), of
    if "year" in groups or "short_year" in groups:
        of = year_of(groups["year"]) if "year" in groups else 2000 + int(groups["short_year"])
        return end_of_year(of), of
    return None


def _without_its_year(groups: Groups, plan: Plan, base: int | None) -> tuple[str, int | None]:
    """The day and year of a date that is understood from `base`, the year that is spoken of; "" and None where that is not known."""
    if plan.now and groups.get("this", "").startswith(("今", "本")):
        base = plan.now
    elif "period" in groups:
        name = next((years for key, years in FIVE_YEAR_PLANS.items() if key in groups["period"]), None)
        base = name[1] if name else plan.last
    elif "next" in groups:
        base = plan.now + _YEARS_ON.get(groups["next"], 1) if plan.now else None
    if base is None:
        return "", None
    if "month_d" in groups:
        return _day(base, _count(groups["month_d"]), str(_count(groups["day_d"]))), base
    if month := groups.get("month") or groups.get("month_to") or groups.get("month_of"):
        return _month_end(base, _count(month)), base
    if "quarter" in groups or "half" in groups:
        return _part_of_year(base, groups.get("quarter", ""), groups.get("half", "")), base
    return (plan.end if "period" in groups and base == plan.last else end_of_year(base)), base


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
        moment = _ahead(start, end, words.index(written) + 1 if written in words else int(written), plan)
        if groups["how_long"].lower() == "within" and (moment is None or moment.year != plan.last):
            return Moment(start, end, match.group(), None, relative=True)
        return moment
    day, of = _english_day(groups, plan)
    return Moment(start, end, day, of)


def _english_day(groups: Groups, plan: Plan) -> tuple[str, int | None]:
    if "day_n" in groups:
        return _day(int(groups["year_n"]), int(groups["month_n"]), groups["day_n"]), int(groups["year_n"])
    if "month_e" in groups:
        of, month = int(groups["year_me"]), MONTHS.index(groups["month_e"][:3].lower()) + 1
        return _day(of, month, groups.get("day_e") or groups.get("day2_e")), of
    if quarter := groups.get("quarter_e") or groups.get("quarter_e2"):
        of = int(groups.get("year_qe") or groups["year_qe2"])
        return _part_of_year(of, quarter, ""), of
    if "year_hw" in groups:
        of = int(groups["year_hw"])
        return _part_of_year(of, "", "上半年" if groups["half_word"].lower() == "first" else "下半年"), of
    if "half_e" in groups:
        of = int(groups["year_he"])
        return _part_of_year(of, "", "上半年" if groups["half_e"] == "1" else "下半年"), of
    if "mid_e" in groups:
        return _month_end(int(groups["mid_e"]), 6), int(groups["mid_e"])
    if plan.now and (within := _part_of_this_year(groups, plan.now)):
        return within, plan.now
    following = plan.now + 1 if plan.now else None
    spoken = plan.now if "this_e" in groups else following if "next_e" in groups else plan.last
    named = groups.get("to_e") or groups.get("year_e")
    base = int(named) if named else spoken
    return (end_of_year(base), base) if base else ("", None)


def _part_of_this_year(groups: Groups, year: int) -> str:
    """The day of an English date that names no year; "" for any other date."""
    if month := groups.get("month_m") or groups.get("month_a"):
        return _day(year, MONTHS.index(month[:3].lower()) + 1, groups.get("day_m"))
    if "mid_a" in groups or "half_a" in groups:
        return _part_of_year(year, "", "上半年" if groups.get("half_a", "first").lower() == "first" else "下半年")
    ordinals = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}
    quarter = groups.get("quarter_a") or ordinals.get(groups.get("quarter_word", "").lower(), "")
    return _part_of_year(year, quarter, "") if quarter else ""


def _ahead(start: int, end: int, years: int, plan: Plan) -> Moment | None:
    if years > 10:
        return None
    if plan.length == years:
        return Moment(start, end, plan.end, plan.last)
    last = plan.now + years - 1 if plan.now else None
    return Moment(start, end, end_of_year(last) if last else "", last)


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (10 * (NUMERALS[tens] if tens else 1) if ten else 0) + (NUMERALS[ones] if ones else 0)


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
