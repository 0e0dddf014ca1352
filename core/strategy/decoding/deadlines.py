"""When something is to be reached: the date expressions of a text in order, each seen beside the others and with the words around it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from core.patterns import lazily
from core.strategy.decoding.chinese_dates import CHINESE, tells_apart
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.english_dates import ENGLISH
from core.strategy.decoding.plans import DASH, Plan

_STARTING = lazily(r"\b(?:from|since|starting|beginning)(?: in| on)?\s*$", re.IGNORECASE)
# 今年起码: at least, and no beginning.
_BEGINS = lazily(r"起(?!码)|以来|开始")
_BASIS = lazily(r"末?(?:数据)?为(?:基[数期准]|起点)")
_FROM = lazily(r"(?:from|since)\b", re.IGNORECASE)
_ONE_DATE = lazily(rf"(?:截至|的|到|起?{DASH})?")
_TOLD = lazily(r"\b(?:was|were|had|did|fell|rose|grew|came|began|has been|have been)\b", re.IGNORECASE)
_TO_COME = lazily(r"\b(?:will|shall|should|must|aims?|plans?|(?:is|are) to)\b", re.IGNORECASE)
_WITH_YEAR = lazily(r"20\d\d|二[〇零○]|今年|本年|明年|年底|年内|全年|下一")
_FIRST = lazily(r"(?:[\u4e00-\u9fff]{2})?首年|第一年")
_HAN = lazily(r"[\u4e00-\u9fff]")


def moments(text: str, plan: Plan, year: int | None = None) -> list[Moment]:
    """The date expressions in `text` in order; `year` is the one that a month without its own belongs to, else the plan's."""
    return list(_moments(text, plan, year))


def is_inside(text: str, at: int) -> bool:
    """Whether a place in a text stands in brackets."""
    return text.count("（", 0, at) > text.count("）", 0, at)


def is_basis(text: str, moment: Moment) -> bool:
    """以2026年为基数: whether a date only says what figures are compared with."""
    return _BASIS.match(text, moment.end) is not None


def begins_ahead(moment: Moment, plan: Plan) -> bool:
    """Whether a date says when what stands with it will be: what only begins then (8月起) does where that day lies ahead."""
    return not moment.since or (plan.written is not None and moment.day > plan.written.isoformat())


@lru_cache(maxsize=2_000)
def _moments(text: str, plan: Plan, year: int | None) -> tuple[Moment, ...]:
    return tuple(_in_chinese(text, plan, year) if _HAN.search(text) else _in_english(text, plan))


def _in_chinese(text: str, plan: Plan, year: int | None) -> list[Moment]:
    found: list[Moment] = []
    for match, read in CHINESE.found(text):
        # A month belongs to the year that was named last.
        known = next((moment.year for moment in reversed(found) if _is_spoken_of(text, moment, plan)), year)
        moment = read(match, plan, known)
        near = bool(found) and "，" not in text[found[-1].end : match.start()]
        # 当年 is the year that is spoken of already.
        again = match.group().startswith("当年") and (not found or near)
        if moment is None or again or (moment.relative and tells_apart(match)):
            continue
        if found and _FIRST.match(found[-1].day) and match.group().startswith("次"):
            # 首年亏损不超过1,100万元，次年300万元以内: the years of something that begins.
            moment = replace(moment, day=match.group(), year=None, relative=True)
        # 去年9月, 去年有一家支行一季度: the month belongs to the year that is past.
        past = moment.past or (near and found[-1].past and not _WITH_YEAR.match(match.group()))
        since = bool(_BEGINS.match(text, match.end())) or (match.group().endswith("起") and not moment.relative)
        # 明年三季度前, 今年截至12月10日 are one date, as is 8月24日至9月18日.
        if found and not moment.relative and _ONE_DATE.fullmatch(text, found[-1].end, match.start()):
            moment = replace(moment, start=found.pop().start)
        found.append(replace(moment, past=past, since=since))
    return found


def _is_spoken_of(text: str, moment: Moment, plan: Plan) -> bool:
    """Whether a month after a date belongs to that one's year: not to one that lies behind, or that figures are compared with."""
    behind = moment.past or (plan.standing and moment.start > 0 and (moment.year or 0) < (plan.last or 0))
    return bool(moment.year) and not behind and not is_basis(text, moment)


def _in_english(text: str, plan: Plan) -> list[Moment]:
    dated = ((match, read(match, plan, None)) for match, read in ENGLISH.found(text))
    return [
        replace(
            moment,
            since=bool(_STARTING.search(text[: match.start()]) or _FROM.match(match.group())),
            past=moment.past or _is_told(match, text),
        )
        for match, moment in dated
        if moment is not None
    ]


def _is_told(match: re.Match[str], text: str) -> bool:
    """Whether a date without a year lies behind: 'the fee was withdrawn in November'."""
    clause = re.split(r"[,;]", text[: match.start()])[-1]
    return not re.search(r"20\d\d", match.group()) and bool(_TOLD.search(clause)) and not _TO_COME.search(clause)
