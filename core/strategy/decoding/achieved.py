"""Whether words speak of what is to be reached or of what has been: the main hazard of decoding.

Each sign speaks for one side with a weight: words of tense, dates before or after the day of writing, the section, the kind of document.
The sum decides, so that no single word does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.lexicon import DOING, REACHING
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.profile import Profile

# Sections that look back, and sections that look ahead.
_BACK = lazily(
    r"我们从(?:哪里|何处)来|底数|为什么(?:要)?变|为何|缘起|上一?[轮期](?!.*建议)|执行评估|(?:发展|内外部?|外部|经营|宏观)环境|环境分析|做[对成]了|过去[一二两三四五几]年|近[两三五几]年|"
    r"一年来|(?<!下)[上去]一?年|(?<!下)年工作(?:情况|回顾|总结)|总结|回顾|成效|成绩|"
    r"成果|成就|"
    r"形势|现状|基础(?!设施|"
    r"管理)|问题|差距|不足|(?<!补)短板|难处|困难|瓶颈|痛点|挑战|错配|失衡|矛盾|症结|诊断|隐忧|经营情况|运行情况|完成情况|进展|"
    r"情况|基本面|家底|评价|上半年(?!.{0,6}(?:目标|任务|计划|重点|安排))|背景|历程|起步|发现|概况|走过|足迹|这本账|收官|到哪了|在哪里|"
    r"review|progress so far|where we (?:are|stand)|background|context|situation|results|so far|track record|lessons|baseline|"
    r"the year (?:that|behind)|looking back|last year|what we (?:did|learned)",
    re.IGNORECASE,
)
_AHEAD = lazily(
    r"哪里去|往哪里|下半年|抓好|目标|任务|安排|部署|举措|措施|计划|规划|要求|打算|下一步|下一阶段|重点|行动|保障|工程|建设|总盘子|议定|建议|干的|"
    r"要干|要见|"
    r"怎么打|打法|思路|方向|取向|方面$|今年(?!.*回顾)|明年|要到|"
    r"target|goal|priorit|plan|initiative|actions|next|what we will|ambition|commitments?|ahead",
    re.IGNORECASE,
)
# Sections that report, whatever the headings in them are called, and sections that ask for something.
_REPORT = lazily(
    r"回顾|总结|成就|(?:工作|经营|运行|完成|执行)情况|(?:发展|工作|现有)基础$|基本评价|走过|what we have done|the year (?:that|behind)",
    re.IGNORECASE,
)
_DEMAND = lazily(r"目标|任务|计划|安排|部署|打算|下一步|下半年|明年|举措|措施|要求|要干|target|plan|next", re.IGNORECASE)
# 扩大客群基础 orders something, 推进情况 reports on it.
_ORDERING = lazily(
    rf"^[第章节条一二三四五六七八九十百\d、.．（）()\s]*(?:{DOING}|{REACHING}|把|让|将|扩大|改善|优化|发展(?!基础|形势|环境|现状|背景|"
    rf"成[就效绩]))"
    r"(?!.*(?:情况|成[效绩果就]|进展|回顾|总结|问题|差距|不足|评价|历程)$)"
)
_YEAR_IN_HEADING = lazily(r"(20\d\d)年?(?:上半年|前三季度|[一二三]季度)?(?=工作|经营|回顾|情况|总结|业绩|主要)")
_ITS_YEAR = lazily(r"^(?:[第章节条一二三四五六七八九十百\d]{1,4}[、.．）)]|[（(][^（）()]{1,3}[）)])?\s*(20\d\d)年")
# Words of what has happened or is the case, with their weight.
_DONE: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (lazily(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (r"已经|已(?=[\u4e00-\u9fff])(?!知|有的)|曾经?|头一回|第一次|首次突破|提前.{0,4}完成|没有完成|未完成|未达", 3),
        (
            r"[\u4e00-\u9fff]了(?=[\d.，。；、“]|[一二三四五六七八九十百两近]|$|第|[\u4e00-\u9fff]{1,6}[\d.])|实现了|完成了|达到了|"
            r"超过了|建成了",
            3,
        ),
        (r"(?<!is )(?<!are )(?<!be )\b(?!need|exceed|speed|feed)[a-z]{2,}ed\b(?! to\b)", 1),
        (
            r"\b(?:fewer|more|less|higher|lower|up|down) than (?:a|the|last|in|one) ?(?:year|quarter|month|20)|"
            r"^we (?:closed|ended|began|entered)\b",
            3,
        ),
        (r"\bonly (?=\d|one|two|a )", 2),
        (r"截至|截止|(?<![从由])目前|现有(?!的)|现在(?!起|开始)|当前|眼下(?!的)|如今", 2),
        (
            r"同比|环比|创.{0,4}新[高低]|抬升|同业第|(?:排名?|位列|位居|居)[^，。\d]{0,4}第|"
            r"增幅|下滑|走低|偏低|偏高|"
            r"偏少|薄弱",
            2,
        ),
        (
            r"(?:较|比)(?:年初|(?:去年|上年|前年)(?:同期|末|底)?)|占比?(?=[\d.]|[一二三四五六七八九]成)|占(?:了|全|到)|"
            r"占.{2,10}的[\d.]|连续[\d一二三四五两]+年|"
            r"平均(?=[\u4e00-\u9fff]{0,3}[\d.])",
            1,
        ),
        (
            r"仅(?=[为有占]|\d)|只有|不到|不足(?=[\d一二三四五六七八九两])|才(?=\d)|少了|多了|低了|高了|差于|落后|"
            r"(?<![不得能])[低高]于(?=.{0,10}(?:平均|同业|计划|对标|全行|上年))",
            2,
        ),
        (
            r"调查显示|测算|数据显示|统计显示|测评显示|结果显示|表明|说明(?!书)|平均(?:得)?分|平均只有|实测|实际(?:做|完成)|通报|反映|"
            r"指出|认为|汇报|收到|发现|春招|秋招",
            2,
        ),
        (
            r"完成(?:全年|年度|监管|序时|既定)[^，。]{0,8}的?[\d.]+%|完成率(?:只有|为|是)|年末(?:为|是|余额)|为历史|试行|试点(?!推)|"
            r"定的.{0,8}目标",
            2,
        ),
        (r"上一?[轮届](?![^，。]{0,12}(?:基础上|要|将))|\b(?:lowest|highest|best|worst) in\b", 3),
        (r"没有?[^，。]{0,10}[\u4e00-\u9fff]过|从未|从没|高达|多达|低至|至今|没有一", 3),
        (r"原定|[离距][^，。]{0,14}目标|差得远|还差(?=\d)|时间进度", 4),
        # What is still being argued about is nothing that anybody has to reach.
        (r"主张|未达成一致|(?:意见|存在)分歧|悬而未决|待定|待议|另议|再议", 4),
        (r"通常|普遍|仍(?![要需将须应])|依旧|一直|只[\u4e00-\u9fff]得", 2),
        (r"缺口(?=\d)|有[一二三四五六七八九]成|有[\d.]+(?:万|多)?(?:个|家|户|名|人|件|笔|起)|共有|持有|拥有", 1),
        # What was found is there: 我们查出的37件, 其中有29件出在…
        (r"(?:查出|查实|查处|暴露|发生|出现|识别出|排查出)[的了]?[\d.]+|有[\d.]+(?:件|笔|起)(?:出在|属于|源于|来自|集中)", 3),
        (
            r"\b(?:rose|fell|grew|reached|was|were|had|has been|have been|stood at|achieved|slipped|dropped|came in|improved from|"
            r"last year|"
            r"year[- ]on[- ]year|to date|so far|currently|today|already|a year (?:ago|earlier)|last (?:month|quarter)|cost us|said|"
            r"told|ended)\b|\bnow (?:has|have|holds?)\b",
            3,
        ),
    )
)
# A clause that speaks of an earlier year itself; a comparison with it (较上年) or a start from it (从去年末的) may be an aim.
_THEN = lazily(r"(?<![比较于从由自在])(?:去年|上年|前年|往年|过去[一二三四五两]年)")
# A sentence that begins with a stretch of time up to today: “十四五”以来, 一年多来.
_SINCE = lazily(
    r"^(?:现状|现在|目前|去年|上年|上半年|为什么|原因|背景|问题|差距|同业经验)[^：，。]{0,6}：|"
    r"^[^，。：]{1,12}(?:汇报|通报|介绍)(?:说|了)?[：，]|^(?:现在|目前|眼下|如今)的?[\u4e00-\u9fff]{0,8}，|^[^，。]{0,12}(?:以来|"
    r"[年月]多?来|至今|到现在)，"
)
# Words of what is still to come.
_PLANNED: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (lazily(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (
            r"力争|争取|确保|务必|力求|(?<!定的)目标(?!完成|的\d|提前)|还在|正在|计划(?!的|[\d.]|完成)|(?<![模虚])拟|准备(?!金)|打算|"
            r"(?<!年)(?<!年的)努力|有望|再用",
            3,
        ),
        (
            r"(?<![主重需必首次概纪摘只均])要(?![求素点闻害么])|将(?![军近])|预计|应当|(?<![供响反])应(?![对用届收付急变激])|必须|"
            r"须(?=[达不在为])|希望|建议",
            2.5,
        ),
        (r"不[得能许可准]?(?:低于|少于|超过|高于|突破)|至少|起码|怎么也|控制在|≥|≤|原则上|务求|以内|做到", 2),
        (
            r"提升到|提高到|提[高升]至|降到|降至|压降至|缩短?[到至]|压缩?[到至]|[减砍控缩]到(?!了)|增加到|扩大到|突破|站上|翻一?番|→|配齐|建成(?!了)|"
            r"新设|以上",
            1,
        ),
        (r"每[人年月季周名家个]|人均每|保持|维持|稳定在|全覆盖|全部|再", 1),
        (
            r"\b(?:will|shall|should|must|aims?|targets?|goal|plan(?:s|ned)? to|intends? to|at least|no (?:more|less|fewer) than|"
            r"by (?:the )?end|by (?:\w+ )?20\d\d|"
            r"by (?:\d{1,2} )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|"
            r"by (?:mid|q[1-4]|year[- ]end)|(?:i|we) want|"
            r"(?:is|are) to|(?:is|are) expected|raise|lift|cut|reduce|increase|train|keep|want to|need to|not exceed|a minimum of)\b",
            3,
        ),
    )
)
# 93.1%（目标92%）: what stands in brackets says nothing of the figure before them.
_BRACKETS = lazily(r"（[^（）]*）|\([^()]*\)")
_BEHIND, _BEFORE_US, _DATE, _CONTEXT = 3.0, 2.0, 3.0, 0.5
# An earlier year said in so many words weighs more than a section of aims.
_LONG_SINCE = 4.0
_WHOLE_YEAR = -1.0
_BESIDE, _MOST, _NOW = 0.25, 6.0, 5.0


def looks_back(sentence: Sentence, plan: Plan | None = None) -> bool | None:
    """Whether the sections above a sentence look back (True) or ahead (False); None when they do not say. The nearest one decides."""
    return _path_looks_back(sentence.path, plan)


def reports(heading: str) -> bool:
    """Whether the words of a heading say that what stands under it looks back."""
    return bool(_path_looks_back((heading,), None)) if heading else False


@lru_cache(maxsize=500)
def _path_looks_back(path: tuple[str, ...], plan: Plan | None) -> bool | None:
    for depth, heading in enumerate(reversed(path)):
        year = _ITS_YEAR.match(heading)
        if year and plan is not None and plan.first is not None and int(year[1]) < plan.first:
            return True
        year = _YEAR_IN_HEADING.search(heading)
        if year and plan is not None and plan.first is not None:
            return int(year[1]) < plan.first
        # The head of a Chinese heading stands last: 上一规划期回顾 looks back, 问题整改要求 ahead.
        back, ahead = (max((match.end() for match in pattern.finditer(heading)), default=0) for pattern in (_BACK, _AHEAD))
        if back != ahead and not (back > ahead and _ORDERING.match(heading)):
            above = path[: len(path) - depth - 1]
            return back > ahead or (not _DEMAND.search(heading) and any(_REPORT.search(one) for one in above))
    return None


def is_achieved(
    sentence: Sentence, words: str, found: Sequence[Moment], profile: Profile, before: str = "", bias: float = 0.0
) -> tuple[bool, tuple[str, ...]]:
    """Whether `words` (a clause, with the dates `found` that it stands under) report a result, and the words that say so. What stands
    `before` in the sentence counts for less; `bias` is what else is known, below zero for what is to come."""
    words, dated = _BRACKETS.sub("", words), _by_date(found, profile.plan)
    if dated == _LONG_SINCE:
        # 2026年预计37万元 in a plan from 2027: where things will stand when it begins.
        words = words.replace("预计", "")
    done, done_cues = _weigh(_DONE, words)
    planned, planned_cues = _weigh(_PLANNED, words)
    if _THEN.search(words):
        done, done_cues = done + _DATE, (*done_cues, *(match.group() for match in _THEN.finditer(words)))
    if _SINCE.match(sentence.text):
        done, done_cues = done + _NOW, (*done_cues, "来")
    # 力争五成以下，2026年为58%: the year says more than what stands before.
    context = _weigh(_DONE, before)[0] - _weigh(_PLANNED, before)[0] if dated != _LONG_SINCE else 0.0
    score = done - planned + _CONTEXT * context
    # 全年 in a review is the year that is looked back on, 三年累计 the years.
    if looks_back(sentence, profile.plan) and (dated == _WHOLE_YEAR or (found and found[-1].span)):
        dated = 0.0
    score += bias + dated + _by_section(sentence, profile.plan) + _by_kind(profile.kind)
    return score > 0, (*done_cues[:2], *planned_cues[:2])


@lru_cache(maxsize=2_000)
def _tendency(around: str) -> float:
    """How far the sentences around one report (above zero) or look ahead."""
    around = _BRACKETS.sub("", around)
    return _weigh(_DONE, around)[0] - _weigh(_PLANNED, around)[0]


def speaks_of_aims(words: str) -> bool:
    """Whether words have a sign of what is still to come."""
    return _weigh(_PLANNED, words)[0] > 0


def _weigh(signs: Sequence[tuple[re.Pattern[str], float]], words: str) -> tuple[float, tuple[str, ...]]:
    """The weight of all signs in some words, each kind of sign once, and the words that gave it."""
    found = [(match.group(), weight) for pattern, weight in signs if (match := pattern.search(words))]
    return sum(weight for _, weight in found), tuple(word for word, _ in found)


def _by_date(found: Sequence[Moment], plan: Plan) -> float:
    if not found:
        return 0.0
    last = found[-1]
    if last.past or last.year is None:
        return _DATE if last.past else 0.0
    begins = plan.first or (plan.written.year if plan.written else plan.now)
    if begins is not None and last.year != begins:
        return _LONG_SINCE if last.year < begins else -_DATE
    if plan.written is None or last.year != plan.written.year or not last.day:
        return 0.0
    # The year of writing as a whole lies before and behind; its end is still to come.
    if last.day.endswith("12-31") and not last.at_end:
        return _WHOLE_YEAR
    return _DATE / 2 if last.day <= plan.written.isoformat() else -_DATE


def _by_section(sentence: Sentence, plan: Plan) -> float:
    back = looks_back(sentence, plan)
    if back is None:
        return _BESIDE * max(-_MOST, min(_MOST, _tendency(sentence.around)))
    return _BEHIND if back else -_BEFORE_US


def _by_kind(kind: DocumentKind) -> float:
    return {DocumentKind.INTERVIEW: 1.5, DocumentKind.BRANCH: 0.5, DocumentKind.APPRAISAL: -1.0}.get(kind, -0.5)
