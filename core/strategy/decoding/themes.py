"""Strategic themes: directions that headings name and sentences of orientation state."""

from __future__ import annotations

import re

from core.documents.tables import DocumentKind
from core.strategy.decoding.achieved import looks_back
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.lexicon import CUSTOMER, DOING, FINANCIAL, LEARNING, PROCESS
from core.strategy.decoding.perspectives import of_action
from core.strategy.decoding.profile import Profile
from core.strategy.findings import Finding, FindingKind

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节篇部分编]+|[一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十\d]+）|"
    r"\([一二三四五六七八九十\d]+\)|\d+(?:\.\d+)*[.、．]?|第\s?\d+\s?页|"
    r"P\d+|Slide \d+:?|Part \w+:?|打法[一二三四五六七八九十]|[①-⑳]|[一二三四五六七八九十]是|工程[一二三四五六七八九十][:：]?|"
    r"任务[一二三四五六七八九十][:：]?)\s*"
)
_CHAPTER = re.compile(r"^\s*(?:第[一二三四五六七八九十\d]+[章篇]|第\s?\d+\s?页\s+打法)")
# What a section is called that gives no direction.
_PART = re.compile(
    r"^(?:总则|附则|目录|前言|引言|附件|附表|附录|说明|背景|概述|概况|结语|其他|未尽事宜|(?:主要|核心|发展|总体|工作|年度|分年|规划|"
    r"具体|量化|转型|战略)*(?:目标|指标|任务|措施|举措|要求|原则|思路|安排|步骤|内容|部署|取向|打法)|.{2}工程|"
    r"(?:总体|基本|主要|工作|保障|组织|实施|规划|重点|有关|配套|战略|几点|具体|下一步|下阶段|今年|明年|20\d\d年|年度|全年|"
    r"当前)*(?:目标|任务|措施|举措|要求|原则|思路|安排|步骤|领导|保障|实施|机制|工作|事项|要点|建议|定位|支撑|打算|方向)"
    r"(?:和(?:主要)?(?:目标|任务|要求|原则))?|能力(?:建设)?(?:专项)?(?:要求|标准)|指导思想|职责分工|进度安排|时间安排|名词解释|术语|"
    r"适用范围|目的|考核.{0,6}|计分.{0,6}|结果.{0,4}|加减分.{0,4}|督导.{0,4}|监督检查|资源保障|规划实施.{0,6}|.{0,8}口径.{0,4}|保障|"
    r"数据|客户旅程|"
    r".{0,12}(?:情况|概况|回顾|问题|差距|形势|现状|挑战|附录|释义|说明|家底|成就|成效|历程|环境|基础|成绩|进展|经验|体会|感受|启示|"
    r"质疑.{0,4}|回应|反馈|意见|"
    r"纪要|通报|清单|一览|分解表|任务分解|目标值|挑战值|要求|目标|指标|框架|标准|货架|布局|分工))$"
)
_NOT_ONE = re.compile(
    r"^(?:表|图|注|附|备注)\s?\d|[?？]$|谁|什么|怎么|如何|几件|几句|几点|这本账|总盘子|别踩|要见的|要到|要干|[一二三四五六]个(?:方面|"
    r"转变|问题)|[。；]|\d{4}年\d|关于费用"
)
_VERB_HEAD = re.compile(
    rf"^(?:着力|全面|持续|大力|加快|深入|积极|切实|扎实|进一步|稳步|坚定|奋力|坚决|不断|牢牢|真正)*(?:{DOING}|坚持|提升|提高|扩大|增强|"
    rf"做[实深强优大细精活好透稳]|压降|降低|改善|激发|增厚|放大|把|让|以|从|由|向|重|育|建|稳|强|优|促|拓|防|控|守|聚|创|树|塑|铸|补|"
    rf"降|提|破|立|转|融|惠|兴|抓|用|练|走|成为)"
)
_DIRECTION = re.compile(
    r"转型|升级|提质|提升|建设|振兴|强行|增效|攻坚|突破|行动|战略|融合|协同|下沉|重塑|再造|优化|创新|赋能|结合|联动|铁军|立行|兴行|"
    r"转向|为[先本要王纲基]|优先|并重|工程|发展|至上|致胜|制胜|引领|驱动|分层|深耕|共赢|守正|底线|稳健|集约|跃升|突围|"
    r"服务|客户至上|第一|一体化|全覆盖"
)
_FIELD = re.compile(rf"{LEARNING}|{FINANCIAL}|{CUSTOMER}|{PROCESS}|零售|金融|财富|普惠|绿色|跨境|公司|组织|治理", re.IGNORECASE)
_STRONG_VERB = re.compile(r"^(?:把.{2,}|让.{2,}|以.{2,}为.{2,}|从.{2,}(?:到|转|走)|由.{2,}(?:到|转|向).{2,}|成为.{2,}|坚持.{2,})")
_ORIENTATION = re.compile(
    r"总基调|总体思路|总思路|总要求是|指导思想|战略主线|工作主线|以[^，。]{2,30}为(?:主体|主线|引领|核心|中心|抓手|根本|导向|先导|牵引|"
    r"愿景|使命|统领|纲|引擎|突破口?|支撑|依托|纽带|龙头|底座|支点|前提|本(?!年|行)|目标)|“.{1,6}体”是|“.{1,4}翼”|[一二三四五]大战略|"
    r"(?:从|由)[^，。]{2,16}(?:转向|走向|转变为|迈向)|转向[“\u4e00-\u9fff]{2,12}|(?:愿景|使命|定位)[是为：:]|(?:打造|建设|建成|"
    r"成为)[^，。]{2,20}银行(?:$|[，。])|奋力(?:打造|建设|谱写)|作为[^，。]{0,14}(?:第一要务|首要|主线|根本|中心|头等|引擎|抓手|立身|"
    r"总抓手)|指挥棒|立行之本|鲜明导向|树立[^，。]{0,24}导向|"
    r"\bour (?:strategy|ambition|direction|aim|vision|purpose|mission|goal) (?:is|rests|remains)|\bwe (?:want|aim|intend|"
    r"aspire) to (?:be|become)\b|\bwe will (?:be|become) the\b|\bthis (?:plan|strategy) (?:rests|stands) on\b",
    re.IGNORECASE,
)
_PRINCIPLE = re.compile(r"^坚持[\u4e00-\u9fff、“”]{3,40}[，。,]")
_FROM_TO = re.compile(
    r"^从[^，。\s]{2,10}\s*(?:到|转向|走向)[^，。\s]{2,10}$|^以[^，。\s]{2,14}为[^，。\s]{2,14}(?:\s+以[^，。\s]{2,14}为[^，。\s]{2,14})*$"
)
_RESULT = re.compile(
    r"^(?!.*(?:要|将|打造|建成)).*(?:仍|还(?!要)|不足|不够|不高|偏|缺(?!一)|滞后|薄弱|不相称|差异|成为.{2,8}主引擎|年轻且|脱节|明显|"
    r"初显|取得|完成|增长主|到\d|从\d|较)"
)
_ENGLISH_HEAD = re.compile(
    r"^(?:become|win|grow|build|make|put|lead|simplify|deepen|protect|serve|earn|raise|strengthen|develop|invest|keep|create|close|"
    r"move|turn|bring|give|open|deliver|drive|transform|modernise|modernize|"
    r"digitise|digitize|expand|improve|focus|get|help|reach|secure|reduce|cut|lower|hire|attract|retain|grow|train|teach|equip|empower|"
    r"embed|unlock|accelerate|reshape|rethink|rebuild|renew|restore|"
    r"reward|support|treat|stay|be|do|own|use|run|share|shape|prepare|defend|manage|learn|lift|fix|free|go|hold|know|listen|care)\b",
    re.IGNORECASE,
)
_ENGLISH_PART = re.compile(
    r"^(?:where|what|how|who|why|when|background|context|introduction|summary|overview|scope|purpose|guardrails?|governance|appendix|"
    r"annex|targets?|measures?|next steps|timeline|budget|risks?$|the year|"
    r"contents|notes?|definitions|our (?:targets|numbers|results)|key (?:figures|facts|results)|resources|milestones|reporting|owners?)\b",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST, _SHORTEST = 40, 9


def theme(sentence: Sentence, profile: Profile) -> Finding | None:
    """The strategic theme that a heading names or a sentence of orientation states."""
    if sentence.block == "heading":
        return _of_heading(sentence, profile)
    text = sentence.text
    if profile.regulation or looks_back(sentence, profile.plan):
        return None
    short = text if len(text) < 60 and not re.search(r"\d", text) else ""
    if len(text) < _SHORTEST and not _FROM_TO.match(text) and not _PRINCIPLE.match(text):
        return None
    cue = _ORIENTATION.search(text) or _PRINCIPLE.match(short) or _FROM_TO.match(short)
    if cue is None or (profile.kind is DocumentKind.INTERVIEW and not _ORIENTATION.search(text)) or re.search(r"本[办规]法|能力标准", text):
        return None
    return _finding(sentence, text, 0.6, "theme_orientation", cue.group())


def names_a_part(heading: str) -> bool:
    """Whether a heading only says which part of a document this is (总体目标, 保障措施, Background)."""
    name = _NUMBER.sub("", heading).strip()
    return bool(_PART.match(name) or _NOT_ONE.search(name) or _ENGLISH_PART.match(name))


def states_a_direction(text: str) -> bool:
    """Whether a sentence says where the bank is going as a whole."""
    return any(pattern.search(text) for pattern in (_ORIENTATION, _PRINCIPLE, _FROM_TO))


def _of_heading(sentence: Sentence, profile: Profile) -> Finding | None:
    name = _NUMBER.sub("", sentence.text).strip()
    if profile.regulation or len(name) < 2 or len(sentence.text) > (_LONGEST if _HAN.search(name) else 2 * _LONGEST):
        return None
    cue = _chinese_direction(sentence, name, profile) if _HAN.search(name) else _english_direction(name)
    return _finding(sentence, name, 0.75, "theme_heading", cue) if cue else None


def _chinese_direction(sentence: Sentence, name: str, profile: Profile) -> str:
    if _PART.match(name) or _NOT_ONE.search(name) or _RESULT.match(name) or looks_back(sentence, profile.plan) or sentence.level > 4:
        return ""
    if strong := _STRONG_VERB.match(name):
        return strong.group()[:8]
    if (verb := _VERB_HEAD.match(name)) and len(name) > len(verb.group()) + 1:
        return verb.group()
    direction = _DIRECTION.search(name)
    if direction and len(name) <= 16 and not _ENDS_AS_TOPIC.search(name):
        return direction.group() if sentence.level <= 3 or direction.end() == len(name) else ""
    field = _FIELD.search(name)
    return field.group() if field and _CHAPTER.match(sentence.text) else ""


_ENDS_AS_TOPIC = re.compile(r"(?:目标|指标|任务|情况|体系|机制|方式|平台|内容|办法|流程|规模|业务|队伍|人员|框架|投入|与服务|能力)$")


def _english_direction(name: str) -> str:
    if _ENGLISH_PART.match(name):
        return ""
    verb = _ENGLISH_HEAD.match(name)
    return verb.group() if verb else ""


def _finding(sentence: Sentence, words: str, confidence: float, rule: str, cue: str) -> Finding:
    return Finding(
        kind=FindingKind.THEME,
        text=" ".join(sentence.text.split()),
        quote=sentence.text,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        heading=sentence.path,
        perspective=of_action(words),
        competencies=(),
        measure=None,
        confidence=confidence,
        rule=rule,
        cues=(cue,),
    )
