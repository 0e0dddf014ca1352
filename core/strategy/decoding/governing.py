"""Under which date a figure stands: in its own clause, beside it, in the clauses and sentences before, in the headings, in the title."""

from __future__ import annotations

import re
from functools import partial

from core.patterns import lazily
from core.strategy.decoding.clauses import Clause, Sentence, unmarked
from core.strategy.decoding.dates import Moment, end_of_year
from core.strategy.decoding.deadlines import begins_ahead, is_basis, is_inside, moments
from core.strategy.decoding.figures import Figure
from core.strategy.decoding.operators import is_level
from core.strategy.decoding.plans import DASH, Plan

_ARTICLE = lazily(r"^第[一二三四五六七八九十百\d]+条\s*")
EACH_TIME = lazily(r"每(?:[季月年周日天]|半年)|年均")
_EACH_YEAR = lazily(r"每(?:[季月年周日天]|半年)")
_END = lazily(r"(?<=[。！？；.])")
_HEAD = 3
_SHORT = 10
# 规模稳健增长：2031年末…: a label stands before the date with which the sentence begins.
_LABEL = lazily(r"[^，。；：\d]{2,12}[：（]")
_FROM = lazily(r"[由从比较]$")
# 活动期内（9月1日至12月10日）: when something is, and no base.
_TERM = lazily(r"[期间]内?（$")
_LEADING_TO = lazily(r"(?:力争)?[到至在于]$")
# 根据行动方案，到2033年末…: what says so.
_SAYS_SO = lazily(r"(?:根据|按照?|依据|对照)[^，。；：\d]{2,16}，")
# 规划期内再增260万张；…: what a plan says of all its years.
_ALL_ITS_YEARS = lazily(r"规划期|计划期|本轮规划")
# 双方约定，到2032年12月底：
_ANNOUNCES = lazily(r"[末底内前]?(?:以前|之前)?[，,]?[：:]\s*")
# 两项均应在2028年6月底前完成.
_ALL_OF_THEM = lazily(r"(?:以上|上述)?(?:[两三四]项)?(?:均|都|全部)?[应须要]?[在于]?|(?:这[件项]事|此事|此项工作)")
# 具体讲，2028年底…: how a speaker goes on.
_SAYS_ON = lazily(r"(?:具体|总的|总体|简单|归纳起来|概括地|一句话)?(?:来?[讲说看]|而言|来讲)?[，,：:]\s?")
# 3月15日前，各支行完成分类: a day by which one thing is done, and not those that follow.
_DONE_BY = lazily(r"\d{1,2}月\d{1,2}日[以之]?前[，,](?=.)(?!.*(?:\d|[一二三四五六七八九]成|[：:]\s*$))")
# 到2030年, 2027—2029年: a year that something leads to, and not the one that is spoken of.
_A_SPAN = lazily(rf"(?:[到至]|20\d\d年?{DASH})20\d\d\S*$")
_IN_YEARS = lazily(r"年半?(?:之|以)?内$")
_REACHED = lazily(r"起?(?:要|应|须|均)?(?:达|保持|不[低高少超]|降|提[高升]|升|压)")
# 24小时内回电，办结率98%: how fast, and no day.
_AT_ONCE = lazily(r"(?:小时|工作日)(?:之|以)?内$")
# 2030，四个数字
_YEAR_ALONE = lazily(r"(?<!\d)(20[1-4]\d)(?=[，,：:]|$)")
# 三年累计投放90亿元，年均不低于15亿元.
_SPAN = lazily(r"[一二两三四五六七八九十\d]{1,2}年(?:累计|合计|总计)?")
# 2028年达到95%，此后不低于98%: from then on, without an end.
_THEREAFTER = lazily(r"(?:此后|其后|之后|以后)(?:每年|年度|始终|一直|持续)?")


def governing_dates(sentence: Sentence, clause: Clause, figure: Figure, dates: list[Moment], plan: Plan) -> tuple[Moment, ...]:
    """The date that a figure belongs to: the last one before it in its clause, one after it, one of the clauses before, or from above."""
    at = clause.start + figure.quantity.start
    if _THEREAFTER.match(clause.text):
        return ()
    usable = [one for one in dates if not (_only_begins(sentence, one) or _is_level(sentence, one) or _is_start(sentence, one))]
    # 45分（2026）→52分（2027）: a date alone in brackets belongs to the figure before it.
    if beside := [one for one in usable if _is_label(sentence, one) and one.start - 1 == clause.start + figure.quantity.end]:
        return (beside[0],)
    # 利润占比27%→35%，人均产能提升40%（2030年）: one that ends the sentence belongs to all before it, where there is no other.
    if len(usable) == 1 and _is_label(sentence, usable[0]) and sentence.text[usable[0].end :].strip("）。；") == "":
        return (usable[0],)
    usable = [one for one in usable if not _in_brackets(sentence, one)]
    own = [one for one in usable if clause.start <= one.start < clause.end]
    for near in (
        [one for one in own if one.start <= at],
        [one for one in own if one.start > at and not one.past],
        [one for one in usable if one.start <= at and not _describes(sentence, one) and _carries_on(sentence, one, clause)],
    ):
        if near:
            return (near[-1],)
    later = [one for one in usable if one.start > at and not one.past and _dates_all_before(sentence, one)]
    later = [one for one in later if not one.relative or _IN_YEARS.search(one.day)]
    if later and not EACH_TIME.search(clause.text):
        return (later[0],)
    return deadline_of(sentence, plan, standing=bool(_EACH_YEAR.search(clause.text)))


def year_above(sentence: Sentence, plan: Plan) -> int | None:
    """The year that the nearest heading with a date speaks of: 三、2029年经营计划, 二、明年一季度打什么仗."""
    for heading in reversed(sentence.path):
        spoken = [one for one in moments(heading, plan, plan.base) if one.year and not _A_SPAN.search(heading[: one.end])]
        if spoken:
            return spoken[0].year
    return None


def standing_day(plan: Plan) -> str:
    """The end of the year, or of the part of it, that a title names for all its aims; "" where it names none."""
    if plan.until is not None:
        return plan.until.isoformat()
    return end_of_year(plan.last) if plan.standing and plan.last else ""


def spoken_of(sentence: Sentence, clause: Clause, dates: list[Moment], plan: Plan) -> tuple[Moment, ...]:
    """The date that says when a clause speaks of, the last up to its end or else one after it that lies behind; what begins on a day ahead
    (8月起) speaks of that."""
    spoken = [one for one in dates if not one.relative and not _is_start(sentence, one) and begins_ahead(one, plan)]
    spoken = [one for one in spoken if _is_label(sentence, one) or not _in_brackets(sentence, one)]
    up_to = [one for one in spoken if one.start < clause.end]
    behind = plan.first or plan.now or 0
    after = [one for one in spoken if one.start >= clause.end]
    after = [one for one in after if one.past or one.span or (one.year or behind) < behind]
    return (up_to[-1],) if up_to else tuple(after[:1])


def deadline_of(sentence: Sentence, plan: Plan, *, standing: bool = False) -> tuple[Moment, ...]:
    """The date that a sentence stands under without naming one: that with which the one before begins, or the nearest heading's. What is
    `standing`, 每年走访不少于18个, goes with an earlier part of its own sentence alone."""
    base = year_above(sentence, plan) or plan.base
    leads = [words for words in _in_front(sentence) if not standing or words.rstrip().endswith(("；", "：", ";", ":"))]
    for words in map(partial(_ARTICLE.sub, ""), leads):
        own = [moment for moment in moments(words, plan, base) if _says_when(words, moment, plan)]
        if own and words.rstrip().endswith(("；", ";")):
            # 到2028年底，A达到40%；B不低于85分，2025年为79分；C…: only from where it starts.
            own = [moment for moment in own if not _lies_behind(moment, plan)]
        if own and _is_lead(own, words, plan):
            return (own[0],)
        if own:
            break
    for heading in reversed(sentence.path):
        named = moments(_YEAR_ALONE.sub(r"\1年", heading), plan, plan.base)
        above = [moment for moment in named if not moment.past and not moment.relative]
        if above:
            return (above[-1],)
    return ()


def _says_when(words: str, moment: Moment, plan: Plan) -> bool:
    """Whether a date in a sentence before may be one to reach something by."""
    before = words[: moment.start]
    starts = moment.since or (_is_base(words, moment, plan) and not _TERM.search(before)) or _FROM.search(before)
    return not (moment.relative or starts)


def _lies_behind(moment: Moment, plan: Plan) -> bool:
    behind = plan.first or plan.now or 0
    return moment.past or (moment.year or behind) < behind


def _in_front(sentence: Sentence) -> list[str]:
    """The sentences that may say the date of one, nearest first: those of its own item, and those before the first item of the list."""
    lead = [part for part in _END.split(sentence.lead) if part.strip()]
    items = [at for at, part in enumerate(lead) if unmarked(part.lstrip()) > 1]
    if not items:
        return lead[::-1]
    return [*(lead[items[-1] :][::-1] if not sentence.marked else ()), *lead[: items[0]][::-1]]


def _is_lead(own: list[Moment], words: str, plan: Plan) -> bool:
    """Whether a sentence begins with a date, and names no other, so that what follows stands under it too."""
    first = own[0]
    before = words[: first.start].lstrip()
    said = _LEADING_TO.sub("", before)
    begins = first.start <= _HEAD or any(one.fullmatch(said) for one in (_LABEL, _SAYS_ON, _SAYS_SO))
    goes_on = _ALL_ITS_YEARS.match(words, first.start) and words.rstrip().endswith("；")
    begins = begins or bool(_ANNOUNCES.fullmatch(words, first.end) or goes_on)
    begins = begins and not first.past and (first.year or 0) >= (plan.first or plan.now or 0)
    return begins and len({one.day for one in own}) == 1 and not _DONE_BY.match(words[first.start :])


def _carries_on(sentence: Sentence, moment: Moment, clause: Clause) -> bool:
    """Whether a date in a clause before governs this one too: what is done each year stands under no day by which something else
    is done."""
    if moment.relative:
        in_years = _IN_YEARS.search(moment.day) and not re.match(r"[^，；]*的", sentence.text[moment.end :])
        return moment.start == 0 or bool(in_years) or _is_free(sentence, moment, clause)
    if _SPAN.fullmatch(sentence.text, moment.start, moment.end) and EACH_TIME.search(clause.text):
        return False
    up_to = sentence.text[: moment.start].endswith(("到", "至"))
    return up_to or moment.start <= _HEAD or bool(_LABEL.fullmatch(sentence.text[: moment.start])) or not EACH_TIME.search(clause.text)


def _describes(sentence: Sentence, moment: Moment) -> bool:
    """去年清出的“僵尸户”: a year behind that only tells which things are meant."""
    return moment.past and re.match(r"[^，。；：\d]{1,8}的(?!是)", sentence.text[moment.end :]) is not None


def _is_free(sentence: Sentence, moment: Moment, clause: Clause) -> bool:
    """Whether a period that depends on an event stands in the clause before without a figure of its own: 训后三个月由主管打分，…"""
    between = sentence.text[moment.end : clause.start]
    if _AT_ONCE.search(moment.day):
        return False
    begins = moment.start == 0 or sentence.text[moment.start - 1] in "，；：、。" or between == "，"
    return begins and len(between) <= 14 and not re.search(r"\d", between)


def _opens(sentence: Sentence, moment: Moment) -> bool:
    """Whether a date opens its clause, so that it may govern what stands before: …80人，2027年底前配齐; not …，核心系统2032年底完成改造."""
    before = re.split(r"[，。；：、 ]", sentence.text[: moment.start])[-1]
    return len(before) <= 2 or _ALL_OF_THEM.fullmatch(before) is not None


def _dates_all_before(sentence: Sentence, moment: Moment) -> bool:
    """…80人，2027年底前全部配齐: a clause that says when, and orders nothing else."""
    if not _opens(sentence, moment) or _has_figure(sentence, moment):
        return False
    rest = re.split(r"[，。；：]", sentence.text[moment.end :])[0].lstrip("以之前末底内 ")
    return len(rest) <= _SHORT


def _is_level(sentence: Sentence, moment: Moment) -> bool:
    before = sentence.text[: moment.start]
    return moment.relative and (is_level(before) or bool(re.search(r"(?:到|至|过|于|≤|以)\s*$", before)))


def _only_begins(sentence: Sentence, moment: Moment) -> bool:
    """8月起: from when on something is done; 7月起达到100% is when it is reached."""
    return moment.since and not _REACHED.match(sentence.text, moment.end)


def _in_brackets(sentence: Sentence, moment: Moment) -> bool:
    """Whether a date stands in brackets: beside a figure of its own, as in 低于3%（2030年11.6%）, or after the figure that it is of."""
    inside = is_inside(sentence.text, moment.start)
    return inside and (moment.relative or bool(re.match(r"[^）]*\d", sentence.text[moment.end :])) or _is_label(sentence, moment))


def _is_base(words: str, moment: Moment, plan: Plan) -> bool:
    """恢复到82分以上（2026年为76.8分）: outside of plans the year in brackets in which a document speaks says where figures start from."""
    return is_inside(words, moment.start) and moment.year == plan.now and plan.first == plan.last


def _is_label(sentence: Sentence, moment: Moment) -> bool:
    return bool(re.search(r"\d[%％]?[\u4e00-\u9fff]{0,3}（$", sentence.text[: moment.start])) and sentence.text.startswith("）", moment.end)


def _has_figure(sentence: Sentence, moment: Moment) -> bool:
    """2027年先改造网点20家: a date with a figure of its own says nothing of those before."""
    return bool(re.match(r"[^，。；：]*(?:\d|[一两二三四五六七八九]成|过半|一半|翻[一两]?番|[实达]现一)", sentence.text[moment.end :]))


def _is_start(sentence: Sentence, moment: Moment) -> bool:
    """从去年末的27%: where something starts from."""
    based = is_basis(sentence.text, moment) or re.match(r"[^，。；]{0,14}基础上", sentence.text[moment.end :])
    return bool(based or re.search(r"(?:由|从|(?<![占同环配之])比|较)$", sentence.text[: moment.start]))
