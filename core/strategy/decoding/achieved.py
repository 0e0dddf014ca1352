"""Whether words speak of what is to be reached or of what has been: the main hazard of decoding."""

from __future__ import annotations

import re

from core.documents.tables import DocumentKind
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.deadlines import Moment, Plan

# Sections that look back, and sections that look ahead.
_BACK = re.compile(
    r"过去(?:一|三|五)年|一年来|上?年工作|总结|回顾|成效|成绩|成果|形势|现状|基础|问题|差距|不足|短板|挑战|经营情况|运行情况|完成情况|总体情况|基本情况|背景|历程|"
    r"review|progress so far|where we (?:are|stand)|background|context|situation|results",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"目标|任务|安排|部署|举措|措施|计划|规划|要求|打算|下一步|重点|行动|保障|工程|建设|"
    r"target|goal|priorit|plan|initiative|actions|next|what we will",
    re.IGNORECASE,
)
# Words for what has happened or is the case.
_DONE = re.compile(
    r"同比|环比|完成(?:全年|年度|了)|较上年|比上年|较年初|比年初|较去年|比去年|已经|已(?=[\u4e00-\u9fff])|实现了|完成了|达到了|超过了|取得|截至|截止|目前|现有|现在|当前|去年|上年|"
    r"前三季度|累计实现|仅(?=[为有占]|\d)|只有|(?<![不得能])低于(?!\D{0,8}的)|(?<![不得能])高于|落后|为历史|调查显示|测算|数据显示|平均得分|占全行|头一回|年末(?:为|是|余额)|实测|实际|没有完成|"
    r"[\u4e00-\u9fff]了(?=[\d.一二三四五六七八九十百两])|"
    r"有[\d.]+(?:个|家|户|名|人)|"
    r"\b(?:rose|fell|grew|reached|was|were|had|has been|have been|stood at|achieved|last year|year[- ]on[- ]year|to date|so far|"
    r"currently|today)\b",
    re.IGNORECASE,
)
# A clause that speaks of an earlier year itself; a comparison with it (较上年) may be an aim.
_THEN = re.compile(r"(?<![比较于])(?:去年|上年|前年|往年)")
# Words for what is still to come.
_PLANNED = re.compile(
    r"力争|确保|争取|保持|维持|不能低于|不能超过|目标|计划|(?<![主重需必首次概纪摘])要(?![求素点闻害])|将(?!军)|应当|须|必须|不低于|不少于|不超过|不高于|至少|以内|控制在|完成率要|提升到|提高到|降到|降至|"
    r"提升至|提高至|压降至|力求|拟|原则上|每[人年月季周]|配齐|建成|新设|"
    r"\b(?:will|shall|should|must|aim|target|goal|plan(?:ned)? to|at least|no (?:more|less|fewer) than|by (?:the )?end|by \d{4}|"
    r"raise|lift|cut|reduce|increase|train)\b",
    re.IGNORECASE,
)


def looks_back(sentence: Sentence) -> bool | None:
    """Whether the sections above a sentence look back (True) or ahead (False); None when they do not say. The nearest one decides."""
    for heading in reversed(sentence.path):
        # The head of a Chinese heading stands last: 上一规划期回顾 looks back, 问题整改要求 ahead.
        back, ahead = (max((match.end() for match in pattern.finditer(heading)), default=0) for pattern in (_BACK, _AHEAD))
        if back != ahead:
            return back > ahead
    return None


def is_achieved(sentence: Sentence, words: str, found: list[Moment], plan: Plan, kind: DocumentKind) -> tuple[bool, tuple[str, ...]]:
    """Whether `words` (a clause with its figure, the dates `found` in its sentence) report a result, and the words that say so."""
    done = _DONE.search(words) or _DONE.search(sentence.text)
    planned = _PLANNED.search(words) or _PLANNED.search(sentence.text)
    cues = tuple(match.group() for match in (done, planned) if match)
    years = [moment.year for moment in found if moment.year]
    if _THEN.search(words):
        return True, cues
    if any(moment.past for moment in found):
        return not (planned and years and plan.now is not None and max(years) >= plan.now), cues
    if plan.first is not None and years:
        if max(years) < plan.first:
            return True, cues
        if max(years) > plan.first or (planned and not done):
            return False, cues
    back = looks_back(sentence)
    if back and not (planned and not done):
        return True, cues
    if done and not planned:
        return True, cues
    if planned and not done:
        return False, cues
    if back is not None:
        return back, cues
    return not planned and kind in (DocumentKind.BRANCH, DocumentKind.INTERVIEW), cues
