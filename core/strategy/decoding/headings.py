"""What a heading says: its words without number or label, whether it is a mere part of a document, whether it gives a direction."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.lexicon import CUSTOMER, DOING, DONE_SO, FINANCIAL, LEARNING, NOUNISH, PROCESS

_NUM = r"[一二三四五六七八九十百\d]{1,3}"
_NUMBER = lazily(
    rf"^\s*(?:(?:第\s?{_NUM}\s?(?:[^\s，。：:、]{{1,3}}(?=[：:])|部分|句话|[章节篇编页条句步招仗件个项点])|"
    rf"{_NUM}[、.．]|[（(]{_NUM}[）)]|\d+(?:\.\d+)*(?:[.、．](?!\d)|(?=\s))|P\d+(?!\d)|Slide \d+|Part \w+|"
    r"(?:pillar|priority|chapter|theme|goal)\s+\w+(?=\s*[:.–—])|"
    rf"[A-Z]\d{{0,2}}[.、．]|[①-⑳]|{_NUM}是|[\u4e00-\u9fff]{{2,3}}{_NUM}(?=[\s:：、，.])|"
    rf"(?:行动|任务|工程|举措|打法|战役|专项|抓手|主线|重点|路径|策略|项目|目标|方向|支柱|"
    rf"主题)[一二三四五六七八九十](?=[\u4e00-\u9fff]))[\s:：、，.–—]*)+",
    re.IGNORECASE,
)
_CHAPTER = lazily(rf"^\s*(?:第{_NUM}[章篇]|第\s?\d+\s?页\s+打法)")
# A word before a colon that says only what the rest belongs to: 下半年：补收入, 一条主线：从…到….
_CAPTION = lazily(r"^[^：:，。]{1,12}[：:]\s*(?=\S{3,})")
# What a section is called that gives no direction.
_PART = lazily(
    r"^(?:总则|附则|目录|前言|引言|附件|附表|附录|说明|背景|概述|概况|结语|其他|未尽事宜|(?:主要|核心|发展|总体|工作|年度|分年|规划|"
    r"具体|量化|转型|战略|重点)*(?:目标|指标|任务|措施|举措|要求|原则|思路|安排|步骤|内容|部署|取向|打法|动作|事项)|.{2}工程|"
    r"(?:总体|基本|主要|工作|保障|组织|实施|规划|重点|有关|配套|战略|几点|具体|下一步|下阶段|今年|明年|20\d\d年|年度|全年|"
    r"当前)*(?:目标|任务|措施|举措|要求|原则|思路|安排|步骤|领导|保障|实施|机制|工作|事项|要点|建议|定位|支撑|打算|方向|推动|推进|落实)"
    r"(?:和(?:主要)?(?:目标|任务|要求|原则))?|能力(?:建设)?(?:专项)?(?:要求|标准)|指导思想|职责分工|(?:进度|时间|投入|资金|经费)安排|"
    r"名词解释|术语|"
    r"[\u4e00-\u9fff]{2}(?:措施|举措|安排|要求)|适用范围|目的|考核.{0,6}|计分.{0,6}|结果.{0,4}|加减分.{0,4}|督导.{0,4}|监督检查|"
    r"资源保障|规划实施.{0,6}|.{0,8}口径.{0,4}|保障|"
    r"数据|客户旅程|(?:加强|强化)(?:组织)?领导|(?:评估|监督|检查|考核|调整|督导|评价|跟踪|反馈|验收|修订|动态|宣传|统筹|中期|协调)"
    r"(?:[与和及、]?(?:评估|监督|检查|考核|调整|督导|评价|跟踪|反馈|验收|修订|管理|协调|发动)){1,2}|请.{2,6}支持|"
    r".{0,12}(?:情况|概况|回顾|问题|差距|形势|现状|挑战|附录|释义|说明|家底|成就|成效|历程|环境|基础|成绩|进展|经验|体会|感受|启示|"
    r".{2,30}(?:汇报|报告|纪要|讲话|材料|提纲|汇编)|质疑.{0,4}|回应|反馈|意见|成绩单|封面语|"
    r"纪要|通报|清单|一览|分解表|任务分解|目标值|挑战值|要求|目标|指标|框架|标准|货架|布局|分工))(?:[（(][^（）()]*[）)])?$"
)
_NOT_ONE = lazily(
    r"^(?:表|图|注|附|备注)\s?\d|[?？]$|谁|什么|怎么|如何|几件|几句|几点|这本账|总盘子|别踩|要见的|要到|要干|[一二三四五六]个(?:方面|"
    r"转变|问题)|[。；]|\d{4}年\d|关于费用|没有$|最后"
)
# 下半年，走进更多夜市: when it is done comes first.
_WHEN = lazily(r"^(?:(?:上|下)半年|今年|明年|未来|下一步|接下来|[两三五]年|20\d\d年)(?:内|里)?[，,\s]+(?=[\u4e00-\u9fff]{4})")
# 养一支懂产业的队伍: a verb and how many of what.
_VERB_COUNTS = lazily(r"^[\u4e00-\u9fff]{1,2}(?:[一两三几]|多)(?:支|批|个|条|张|套|盘|把|家|间|座|本)(?=[\u4e00-\u9fff]{2})")
_ADVERB = r"(?:着力|全面|持续|大力|加快|深入|积极|切实|扎实|进一步|稳步|坚定|奋力|坚决|不断|牢牢|真正|敢|善于?|勇于?|主动|重新?|先)*"
_VERB_HEAD = lazily(
    rf"^{_ADVERB}(?:(?!{NOUNISH})(?:{DOING})|{DONE_SO}|坚持|提升|提高|扩大|增强|"
    rf"做[实深强优大细精活好透稳]|压降|降低|改善|激发|增厚|放大|把|让|以|从|由|向|给|为(?!什)|重(?![点要大])|育|建(?!议)|稳|强|优|促|拓|"
    rf"防|控|守|聚|创|树|塑|铸|补|"
    rf"降|提(?!示|要)|破|立|转|融|惠|兴|抓|用|练|走|成为|换|上(?!半|海|下|年|述)|投|扩|增|减|去(?!年|向)|敢|搭|育|引|带)"
)
_DIRECTION = lazily(
    r"转型|升级|提质|提升|建设|振兴|强行|增效|攻坚|突破|行动|战略|融合|协同|下沉|重塑|再造|优化|创新|赋能|结合|联动|铁军|立行|兴行|"
    r"转向|为[先本要王纲基]|优先|并重|工程|发展|至上|致胜|制胜|引领|驱动|分层|深耕|共赢|守正|底线|稳健|集约|跃升|突围|"
    r"服务|客户至上|第一|一体化|全覆盖"
)
_FIELD = lazily(rf"{LEARNING}|{FINANCIAL}|{CUSTOMER}|{PROCESS}|零售|金融|财富|普惠|绿色|跨境|公司|组织|治理", re.IGNORECASE)
# 严格落实轮岗要求 is carried out, whatever its last word; a verb and its object beside others: 抓存款，调结构.
_DOES_IT = lazily(
    rf"^(?:有序|严格|坚定|稳妥|全力|从严|扎实|着力|全面|持续|加快|深入|切实)(?:{DOING}|压降)[\u4e00-\u9fff]{{2,12}}$|"
    rf"^(?:[\u4e00-\u9fff]{{2,4}}[：:])?做(?![法为到出成客了的])[\u4e00-\u9fff“”]{{2,14}}$|"
    rf"^[\u4e00-\u9fff“”]{{4,10}}[，、](?:{_ADVERB})(?:{DOING}|"
    rf"做[实深强优大细精活透稳])[\u4e00-\u9fff]{{2,10}}$"
)
_STRONG_VERB = lazily(r"^(?:把.{2,}|让.{2,}|以.{2,}为.{2,}|从.{2,}(?:到|转|走)|由.{2,}(?:到|转|向).{2,}|成为.{2,}|坚持.{2,})")
# What is to become of something: 队伍要硬, 客群更厚, 管得住, 风险这根弦不能松, 本事是练出来的.
_STATE = lazily(
    r"^[\u4e00-\u9fff“”]{1,6}(?:(?<![主需重必概纪])要|更)[\u4e00-\u9fff]{1,3}(?:$|[、，；])|"
    r"^[\u4e00-\u9fff]{2,6}[做管抓变走跑转办练][少多透精深实强优大细专快严准稳薄厚轻活短顺宽新](?:$|[、，；])|"
    r"^[\u4e00-\u9fff]{1,3}得[\u4e00-\u9fff]{1,2}(?:$|[、，；])|"
    r"^[\u4e00-\u9fff]{2,8}(?:不能|不可|不)[松丢断退失忘][\u4e00-\u9fff]?$|^[\u4e00-\u9fff]{2,6}是[\u4e00-\u9fff]{1,3}出来的$|"
    r"^[\u4e00-\u9fff]{1,2}(?:起来|下去|进来|出去|上来|回来|下来|上去)$"
)
_RESULT = lazily(
    r"^(?!.*(?:要|将|打造|建成)).*(?:仍|还(?!要)|不足|不够|不高|偏(?!好|远)|缺(?!一)|滞后|薄弱|不相称|差异|成为.{2,8}主引擎|年轻且|脱节|"
    r"明显|"
    r"初显|取得|完成|增长主|到\d|从\d|较)"
)
_ENDS_AS_TOPIC = lazily(r"(?:目标|指标|任务|情况|体系|机制|方式|平台|内容|办法|流程|规模|业务|队伍|人员|框架|投入|与服务|能力)$")
_ENGLISH_HEAD = lazily(
    r"^(?:become|win|grow|build|make|put|lead|simplify|deepen|protect|serve|earn|raise|strengthen|develop|invest|keep|create|close|"
    r"move|turn|bring|give|open|deliver|drive|transform|modernise|modernize|shift|extend|engage|connect|sharpen|streamline|widen|"
    r"digitise|digitize|expand|improve|focus|get|help|reach|secure|reduce|cut|lower|hire|attract|retain|grow|train|teach|equip|empower|"
    r"embed|unlock|accelerate|reshape|rethink|rebuild|renew|restore|redesign|reinvent|refocus|rebalance|optimise|optimize|diversify|"
    r"reward|support|treat|stay|be|do|own|use|run|share|shape|prepare|defend|manage|learn|lift|fix|free|go|hold|know|listen|care|"
    r"fund|finance|lend|listen|measure|promote|pursue|scale|start|stop|tighten|upgrade|value|work|back|anchor|double|foster|nurture)\b|"
    r"^[A-Z][a-z]+(?:er|ier|re):? ?(?=[:,])|"
    # Fewer clients, deeper relationships; Bankers who advise: what is to become of something.
    r"^(?:fewer|less|better|faster|deeper|simpler|safer|stronger|smarter|closer|cheaper|easier|wider|broader|leaner|fairer|richer|"
    r"quicker|sharper|bolder)\s[a-z]|^(?:a |an )?[a-z]+(?: [a-z]+)? (?:who|that) [a-z]+",
    re.IGNORECASE,
)
_ENGLISH_PART = lazily(
    r"^(?:where|what|how|who|why|when|background|context|introduction|summary|overview|scope|purpose|guardrails?|governance|appendix|"
    r"annex|targets?|measures?|next steps|timeline|budget|risks?$|the year|"
    r"contents|notes?|definitions|our (?:targets|numbers|results)|key (?:figures|facts|results)|resources|milestones|reporting|owners?)\b",
    re.IGNORECASE,
)
_HAN = lazily(r"[\u4e00-\u9fff]")
_LONGEST = 40


def names_a_part(heading: str) -> bool:
    """Whether a heading only says which part of a document this is (总体目标, 保障措施, Background)."""
    name = _NUMBER.sub("", heading).strip()
    return bool(_PART.match(name) or _NOT_ONE.search(name) or _ENGLISH_PART.match(name))


def unnumbered(text: str) -> str:
    """The words of a heading, in one line, without the number or label before them: 行动一：深耕产业链 says 深耕产业链."""
    return _NUMBER.sub("", " ".join(text.split()))


def caption(text: str) -> str:
    """What a heading says before a colon, which tells what it is about: 过去一年：稳住了基本盘."""
    name = unnumbered(text)
    return name.removesuffix(_CAPTION.sub("", name)).rstrip(" ：:")


def direction(text: str, level: int) -> str:
    """The word of a heading that gives a direction; "" when it only names a part of the document, a result or a bare topic."""
    name = unnumbered(text)
    if len(name) < 2:
        return ""
    if not _HAN.search(name):
        return _english(name) if len(text) <= 2 * _LONGEST else ""
    if len(text) > _LONGEST or level > 4:
        return ""
    # 回归主业，做深本土市场; 产品侧：做减法: two things said side by side, of which one gives the direction.
    if _DOES_IT.match(name):
        return name[:2]
    parts = [part for part in _said(name) if not (_NOT_ONE.search(part) or _RESULT.match(part) or _PART.match(part))]
    return next((cue for part in parts if (cue := of_words(part) or _topic(text, part, level))), "")


def _said(name: str) -> list[str]:
    """A heading as a whole, and what it says after and before a colon."""
    rest = _CAPTION.sub("", name)
    return [name, rest, name.removesuffix(rest).rstrip(" ：:")] if rest != name else [name]


def of_words(words: str) -> str:
    """What makes words without a number a direction: a verb at their head, or what is to become of something."""
    words = _WHEN.sub("", words)
    if counted := _VERB_COUNTS.match(words):
        return counted.group()
    if strong := _STRONG_VERB.match(words):
        return strong.group()[:8]
    if (verb := _VERB_HEAD.match(words)) and len(words) > len(verb.group()) + 1:
        return verb.group()
    return state_of(words)


def state_of(words: str) -> str:
    """What is to become of something; "" where words say something else."""
    state = _STATE.match(words)
    return state.group() if state else ""


def _topic(text: str, name: str, level: int) -> str:
    """A topic is a direction where its words are of change, or as a chapter that names a field of business."""
    found = _DIRECTION.search(name)
    if found and len(name) <= 16 and not _ENDS_AS_TOPIC.search(name):
        return found.group() if level <= 3 or found.end() == len(name) else ""
    field = _FIELD.search(name)
    return field.group() if field and _CHAPTER.match(text) else ""


def _english(name: str) -> str:
    if _ENGLISH_PART.match(name):
        return ""
    verb = _ENGLISH_HEAD.match(name)
    return verb.group() if verb else ""
