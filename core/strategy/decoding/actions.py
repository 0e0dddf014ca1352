"""Themes, tasks and capabilities: what sentences name and order."""

from __future__ import annotations

import re

from core.documents.tables import DocumentKind
from core.strategy.decoding import competencies
from core.strategy.decoding.achieved import looks_back
from core.strategy.decoding.clauses import Sentence, clauses
from core.strategy.decoding.deadlines import Plan, moments
from core.strategy.decoding.perspectives import perspective
from core.strategy.findings import Finding, FindingKind

# Verbs that begin an order or an undertaking.
_VERBS = (
    r"推进|推动|推行|推广|推出|打造|深化|构建|聚焦|强化|完善|加快|加强|加大|建立|建设|建成|搭建|开展|实施|落实|优化|健全|提升|提高|制定|出台|发布|编制|修订|组建|"
    r"组织|培养|培育|引进|选拔|选派|配备|配齐|设立|新设|开设|上线|启动|完成|实行|试行|整合|统一|拓展|扩大|做实|做深|做大|做强|做优|做细|用好|抓好|抓实|压降|压减|"
    r"清理|整治|整改|改造|改进|重构|升级|把|将|对|探索|创新|巩固|稳定|服务|支持|布局|打通|形成|创建|举办|配置|调整|纳入|明确|细化|严格|严控|防范|化解|"
    r"办|派|选|取消|下线|改|配|请|练|补|让|统一|先做|走完|到位|派驻|重新|换发|释放|"
    r"围绕|坚持|发挥|鼓励|引导|盘活|补齐|减少|取消|停止|安排|每[季月年周]"
)
_ORDER = re.compile(
    rf"^(?:[\u4e00-\u9fff]{{2,10}}(?:要|应当?|须|必须|将|负责)|要|应当?|须|必须|将|全面|持续|着力|大力|加快|切实|进一步|重点|积极|逐步|扎实|同步|稳步|深入|抓紧|尽快|一是|二是|三是|四是|"
    rf"五是|其[一二三]|首先|累计|共|合计|先|再|每家[\u4e00-\u9fff]{{0,6}}|每[季月年周]度?|至少|全部|年内|今年|明年)*(?:{_VERBS})"
)
_INSIDE = re.compile(
    rf"(?:要|应当|须|必须|将(?!近|军)|计划|拟|建议|最好|希望总行|负责)[\u4e00-\u9fff]{{0,12}}?(?:{_VERBS}|请|办|派|练|学|讲|送|开|给|让|带|补)"
)
_ENGLISH_ORDER = re.compile(
    r"^(?:we (?:will|shall|must)|branches (?:will|must|should)|each \w+ (?:will|must|should)|(?:the )?\w+(?: \w+){0,3} (?:will|"
    r"shall|must|should))\b|"
    r"^(?:build|launch|train|introduce|develop|expand|strengthen|establish|roll out|deliver|create|complete|redesign|move|"
    r"replace|appoint|publish|run|set up|"
    r"rebuild|retire|equip|teach|coach|pilot|merge|hire|put|write|extend|grow|automate|digitise|consolidate|migrate|certify|rotate|assign|please|"
    r"improve|reduce|simplify|invest|recruit|embed|give|pair|make|stop|start|bring|open|close|shift|cut|raise|review|use|hold)\b",
    re.IGNORECASE,
)
# 驻村联络员重新配齐, 154个村全部走完: the result that is wanted stands last.
_RESULT = re.compile(r"(?:走完|配齐|到位|上线|办结|落地|铺开|完成)$")
_NO_ORDER = re.compile(
    r"[?？]$|由.{2,16}(?:负责|审批|批准|解释)|不得|严禁|禁止|是指|指的是|可以(?!.{0,6}建议)|自.{2,16}起(?:施行|执行)|扣\d|加\d|得\d|计分|说明了|表明|意味着|显示"
)
# What a section is called that orders nothing.
_PART_NAMES = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节条部分]+|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])?\s*"
    r"(?:总则|附则|总体目标|主要目标|发展目标|主要指标|分年目标|能力要求|组织领导|保障措施|工作要求|目录|前言|引言|附件|附表|说明|背景|现状|形势|回顾|总结|"
    r"指导思想|基本原则|存在问题|主要问题|经营情况|基本情况|考核指标|职责分工|进度安排|时间安排|名词解释|术语|适用范围|目的|.{0,8}(?:情况|概况|回顾|问题|差距|形势|现状|挑战|附录|释义|说明))$"
)
_DIRECTION = re.compile(
    r"坚持|打造|把|做实|做深|做强|做优|做大|推进|推动|深化|聚焦|强化|加快|构建|建设|提升|转型|振兴|训战|数字化|零售|财富|普惠|绿色|跨境|养老|县域|风险|合规|人才|队伍|"
    r"服务|创新|协同|特色|科技|产业|公司金融|客户|运营|组织|治理|文化|体系|机制|能力|\b(?:growth|customer|digital|people|risk|skills|simpl|service)",
    re.IGNORECASE,
)
_ORIENTATION = re.compile(
    r"总基调|总体思路|指导思想|战略主线|以.{2,30}为(?:主体|主线|引领|核心|中心|抓手|根本|导向)|“.{1,6}体”是|“.{1,4}翼”|[一二三四五]大战略|从.{2,16}转向|由.{2,16}转向|"
    r"our (?:strategy|ambition|direction|aim) (?:is|rests)"
)
_HEADING_VERB = re.compile(
    r"把|让|以.{2,12}为|坚持|打造|做[实深强优大细精活]|推进|推动|深化|深耕|聚焦|强化|加快|加强|构建|建设|建强|提升|提质|转向|转型|训战|夯实|筑牢|守住|守牢|激发|赋能|增强|壮大|"
    r"擦亮|拓展|扩大|稳住|抓好|抓实|优化|健全|完善|服务好|锻造|培育|育|"
    r"\b(?:become|win|grow|build|make|put|lead|simplify|deepen|protect|serve|earn|raise|strengthen|develop|invest|keep)\b",
    re.IGNORECASE,
)
# A sentence whose only action is to reach a level states a target and orders nothing else.
_LEVEL_VERB = re.compile(
    r"^(?:.{0,12}(?:要|将|须|will|shall|must))?(?:提升|提高|压降|压减|减少|扩大|降低|达到|"
    r"we will (?:raise|lift|cut|reduce|increase|grow)|raise|lift|cut|reduce|increase|grow)$",
    re.IGNORECASE,
)
_PRINCIPLE = re.compile(r"坚持[\u4e00-\u9fff、]{3,14}[，。,]")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]+条")
_CHAPTER = re.compile(r"^第[一二三四五六七八九十\d]+章")


def only_a_level(task: Finding) -> bool:
    """Whether a task's words order nothing but to reach a level, so that beside a target it says nothing more."""
    return _LEVEL_VERB.match(task.cues[0]) is not None and len(clauses(task.quote)) <= 2


def theme(sentence: Sentence, kind: DocumentKind) -> Finding | None:
    """The strategic theme that a heading names or a sentence of orientation states."""
    text = sentence.text
    if sentence.block != "heading":
        cue = _ORIENTATION.search(text) or (_PRINCIPLE.match(text) if len(text) < 45 else None)
        return _finding(sentence, FindingKind.THEME, 0.6, "theme_orientation", (cue.group(),)) if cue and not looks_back(sentence) else None
    if kind in (DocumentKind.POLICY, DocumentKind.APPRAISAL) or _PART_NAMES.match(text) or looks_back(sentence) or len(text) > 40:
        return None
    cue = _DIRECTION.search(text) or _HEADING_VERB.search(text)
    if cue is None or sentence.level > 3:
        return None
    verb = _HEADING_VERB.search(text)
    if verb is None and not _CHAPTER.match(text) and sentence.level > 2:
        return None
    return _finding(sentence, FindingKind.THEME, 0.75 if verb else 0.55, "theme_heading", (cue.group(),))


def task(sentence: Sentence, kind: DocumentKind) -> Finding | None:
    """The action that a sentence orders or announces."""
    text = sentence.text
    if sentence.block in ("heading", "note") or len(text) < 6 or _PRINCIPLE.match(text) or _NO_ORDER.search(text):
        return None
    # What an article of a regulation says holds always; it is nothing to be carried out in this period.
    if _ARTICLE.match(text) or _ARTICLE.match(sentence.lead):
        return None
    back = looks_back(sentence)
    cue = None
    for clause in clauses(text):
        words = clause.text.lstrip('“”"（( ')
        for moment in moments(words, Plan())[:1]:
            words = words[moment.end :].lstrip("，, 前内起") if moment.start <= 2 else words
        cue = _ORDER.match(words) or _INSIDE.search(clause.text) or _RESULT.search(clause.text) or _ENGLISH_ORDER.match(clause.text.strip())
        if cue:
            break
    if cue is None or back:
        return None
    if re.search(r"已|了(?=[，。；]|$)|同比|较上年|比上年|去年|截至|\b(?:was|were|has|had|have)\b", text) and not re.search(
        r"要|将|须|应当|will|must|should", text
    ):
        return None
    if kind is DocumentKind.INTERVIEW and not re.search(r"要|建议|最好|希望|应该|将|计划|will|should", text):
        return None
    return _finding(sentence, FindingKind.TASK, 0.7, "task_order", (cue.group(),))


def capability(sentence: Sentence, kind: DocumentKind) -> Finding | None:
    """The ability of people that a sentence demands or finds lacking."""
    if sentence.block == "heading":
        return None
    cues = competencies.demands(sentence.text)
    names = competencies.named(sentence.text) if cues else ()
    if not cues or not names:
        return None
    return _finding(sentence, FindingKind.CAPABILITY, 0.6, "capability_demand", cues[:3], names)


def _finding(
    sentence: Sentence, kind: FindingKind, confidence: float, rule: str, cues: tuple[str, ...], names: tuple[str, ...] = ()
) -> Finding:
    view = perspective(sentence.text, " ".join(sentence.path[-1:]))
    return Finding(
        kind=kind,
        text=" ".join(sentence.text.split()),
        quote=sentence.text,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        heading=sentence.path,
        perspective=view,
        competencies=names,
        measure=None,
        confidence=confidence,
        rule=rule,
        cues=cues,
    )
