"""Strategic themes: directions that headings name and sentences of orientation state."""

from __future__ import annotations

import re

from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding import headings
from core.strategy.decoding.achieved import looks_back, reports
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.perspectives import of_action
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.wholes import whole
from core.strategy.findings import Finding, FindingKind, Perspective

_ORIENTATION = lazily(
    r"[总主]基调|(?:主线|主题|工作重心|关键词|总方针|总目标)(?:词)?(?:就?是|为)(?![^，。]{0,8}\d)|总体思路|总思路|总要求是|指导思想|"
    r"战略主线|工作主线|以[^，。]{2,30}为(?:主体|主线|引领|核心|中心|抓手|根本|导向|先导|牵引|"
    r"愿景|使命|统领|纲|引擎|突破口?|支撑|依托|纽带|龙头|底座|支点|前提|本(?!年|行)|目标)|“.{1,6}体”是|“.{1,4}翼”|[一二三四五]大战略|"
    r"转向[“\u4e00-\u9fff]{2,12}|(?:愿景|使命|(?<![统星机件备])定位)[是为：:]|(?:打造|建设|建成|"
    r"成为|做|办成|办(?=一家)|争做|当)(?!到|好)[^，。\d]{2,40}(?:银行|农商行|农信社|分行)(?:$|[，。])|把[^，。]{2,20}(?:办|建|打造|建设)成|"
    r"坚[守持]“[^”]{4,40}”的?[\u4e00-\u9fff]{0,4}定位|奋力(?:打造|建设|谱写)|作为[^，。]{0,14}(?:第一要务|首要|主线|根本|中心|头等|"
    r"引擎|抓手|立身|"
    r"总抓手)|指挥棒|立行之本|鲜明导向|树立[^，。]{0,24}导向|"
    r"(?:实施|坚持|推进|推行|践行|贯彻|确立|明确|遵循)了?“[^”]{2,24}”[\u4e00-\u9fff]{0,4}(?:战略|方略|布局|格局|思路|理念|方针)|"
    r"[两三四五六]个转变[：:]|\b(?:two|three|four|five) (?:strategic )?(?:shifts|turns)\b|"
    r"\bfrom [\w ]{3,40} to [\w ]{3,40}, (?:and )?from [\w ]{3,40} to|(?:主攻方向|主攻|主线|总方向|主航道)[：:]|"
    r"\bour (?:\w+ )?(?:strategy|ambition|direction|aim|vision|purpose|mission|goal)(?: [a-z]+){0,4} (?:is|rests|remains)\b|"
    r"\bwe (?:want|aim|intend|"
    r"aspire) to (?:be|become)\b|\bwe will (?:be|become) the\b|^(?:to )?become (?:the|a|our)\b|\bthis (?:plan|strategy) (?:rests|"
    r"stands) on\b",
    re.IGNORECASE,
)
# Where the bank is going is said wherever it is said: also where the text otherwise looks back.
_DECLARES = lazily(
    r"^our (?:\w+ )?(?:strategy|ambition|direction|vision|mission)\b.* is\b|(?:战略定位|发展愿景|总体思路|总基调)(?:是|为|[：:])",
    re.IGNORECASE,
)
# From one way of working to another: 从“管贷款”转到“管客户”, 由考规模为主转为考质量, 从等客的银行，变成陪客的银行.
_TURN = lazily(
    r"(?:从|由)[^，。\d]{2,20}，?(?:变(?=“)|转向|走向|转到|转为|转成|变成|变为|换成|走到|走进|走出|迈向|迈进|转变为|转型为|升级为|过渡到|"
    r"为主转)(?!\d)[^，。\d]{2,}|"
    r"\b(?:move|shift|turn|pivot|switch)(?: \w+){0,4} (?:away )?from [^.;\d]{3,60} to(?:wards)? [^.;\d]{3,}|"
    r"由[^，。\d]{2,14}向[^，。\d]{2,14}(?:转变|转型|迈进|升级|跨越|延伸|拓展)|不再[^，。]{2,14}，(?:而是|还要|更要|要|转向)"
)
_TURNS, _SHORT = (
    lazily(r"转向|走向|转到|转为|转成|变成|变为|换成|走到|走进|走出|迈向|迈进|升级为|过渡到|\bto(?:wards)? (?=\w+ing\b|long|the\b|a\b)"),
    3,
)
# 以结算带存款、以链条带客群: the same figure of speech twice.
_PARALLEL = lazily(
    r"^向[^，。]{1,8}要[^，。]{2,8}[，；]\s*向[^，。]{1,8}要|"
    r"以[^，。、\d]{1,8}[^，。、\d]{1,8}[、，；]\s*以[^，。、\d]{3,16}(?:[、，；。]|$)|"
    r"^[\u4e00-\u9fff]{2,5}是[\u4e00-\u9fff]{2,5}[，；][\u4e00-\u9fff]{2,5}是[\u4e00-\u9fff]{2,5}。?$"
)
_PRINCIPLE = lazily(r"^坚持[\u4e00-\u9fff、“”]{3,40}[，。,]|^突出[\u4e00-\u9fff、“”]{3,14}[，、]")
# What a house stands for, also in its regulations: 队伍建设坚持“业务出题、专家解题”的原则.
_STANDS_FOR = lazily(
    r"(?:坚持|遵循|秉持|秉承|恪守)[^，。\d]{4,40}的?(?:原则|方针|理念|导向)|"
    r"坚持(?:[\u4e00-\u9fff]{2,4}、){2,}[\u4e00-\u9fff]{2,4}[。，]|推动[^，。\d]{2,12}由[^，。\d]{2,14}向[^，。\d]{2,14}(?:转变|转型)"
)
_FROM_TO = lazily(
    r"^从[^，。\s]{2,10}\s*(?:到|转向|走向)[^，。\s]{2,10}$|^以[^，。\s]{2,14}为[^，。\s]{2,14}(?:\s+以[^，。\s]{2,14}为[^，。\s]{2,14})*$"
)
# A short sentence that opens a paragraph names what the others carry out, unless it orders something itself: 一要…, 先….
_ORDERS = lazily(r"^(?:[一二三四五六七八九十]要|先|再|要|请|我|你|这|那|他|还)")
# 建机制，公私联动进企业: a verb and its object in three or four characters, and what they come to.
_SLOGAN = lazily(r"^[\u4e00-\u9fff]{3,4}，")
# （二）支行前哨。整合…: the heading of a paragraph, in its first line.
_RUN_IN = lazily(r"[^，。；：、\d]{2,10}。")
_NUMBERED = lazily(r"\s*(?:[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)\s*")
_RUN_IN_NOT = lazily(r"(?:思想|领导|纪律|项目|班|不足|偏差|重视|抵押|质押|机制|流程|方式|范围|对象|条件|时间|步骤|分工)$")
_MOTTO, _MOTTO_LENGTH = lazily(r"(?:主题|口号|主线|总基调|愿景)$"), 40
_OPENING, _SHORTEST = 22, 9


def theme(sentence: Sentence, profile: Profile) -> Finding | None:
    """The strategic theme that a heading names or a sentence of orientation states."""
    if sentence.block == "heading":
        return _of_heading(sentence, profile)
    text = sentence.text
    if profile.regulation:
        found = _STANDS_FOR.search(text)
        return _finding(sentence, found.group(), 0.6, "theme_orientation", found.group()[:8]) if found else None
    if (looks_back(sentence, profile.plan) and not _DECLARES.search(text)) or re.search(r"本[办规]法|能力标准", text):
        return None
    if is_motto(sentence):
        return _finding(sentence, text, 0.6, "theme_orientation", text[:8])
    if opening := _opens(sentence):
        return _finding(sentence, text, 0.6, "theme_orientation", opening)
    short = text if len(text) < 60 and not re.search(r"\d", text) else ""
    if len(text) < _SHORTEST and not _FROM_TO.match(text) and not _PRINCIPLE.match(text):
        return None
    said = _ORIENTATION.search(text) or _TURN.search(text) or (_PARALLEL.search(text) if short else None)
    formal = _PRINCIPLE.match(short) or _FROM_TO.match(short) or _STANDS_FOR.search(text)
    cue = said or (formal if profile.kind is not DocumentKind.INTERVIEW else None)
    return _finding(sentence, text, 0.6, "theme_orientation", cue.group()) if cue else None


def states_a_direction(text: str) -> bool:
    """Whether a sentence says where the bank is going as a whole."""
    return any(pattern.search(text) for pattern in (_ORIENTATION, _TURN, _PRINCIPLE, _FROM_TO)) or (
        len(text) < 60 and not re.search(r"\d", text) and _PARALLEL.search(text) is not None
    )


def opens_a_section(sentence: Sentence) -> bool:
    """Whether a short sentence stands in for the heading of its paragraph."""
    return bool(_opens(sentence))


def is_motto(sentence: Sentence) -> bool:
    """Whether a short sentence stands under a heading that announces a theme: 活动主题 / 深耕存量，向老客户要增量。"""
    above = sentence.path[-1] if sentence.path else ""
    return (
        bool(_MOTTO.search(above))
        and sentence.block != "heading"
        and len(sentence.text) <= _MOTTO_LENGTH
        and not re.search(r"\d", sentence.text)
    )


def _opens(sentence: Sentence) -> str:
    text = sentence.text.rstrip("。；;")
    if not sentence.opens or len(text) > _OPENING or re.search(r"\d|[？?！!]", text) or _ORDERS.match(text):
        return ""
    words = headings.unnumbered(text)
    if _NUMBERED.fullmatch(sentence.mark) and _RUN_IN.fullmatch(sentence.text):
        return "" if headings.names_a_part(text) or _RUN_IN_NOT.search(words) else words
    return headings.state_of(words) or (headings.of_words(words) if _SLOGAN.match(words) else "")


def _of_heading(sentence: Sentence, profile: Profile) -> Finding | None:
    if profile.regulation or looks_back(sentence, profile.plan):
        return None
    cue = "" if reports(headings.caption(sentence.text)) else headings.direction(sentence.text, sentence.level)
    return _finding(sentence, headings.unnumbered(sentence.text), 0.75, "theme_heading", cue) if cue else None


def _turned_to(words: str) -> str:
    """What a turn leads to, which is what it is about: “规则审贷” in 从“人情审贷”走到“规则审贷”; all words where nothing turns."""
    turn = _TURNS.search(words)
    return words[turn.end() :] if turn and len(words) - turn.end() >= _SHORT else words


def _finding(sentence: Sentence, words: str, confidence: float, rule: str, cue: str) -> Finding:
    return whole(FindingKind.THEME, sentence, rule, confidence, of_direction(words), (cue,))


def of_direction(words: str) -> Perspective | None:
    """The perspective of a direction: that of what it turns to."""
    return of_action(_turned_to(words))
