"""Tasks: what sentences order or announce to be carried out."""

from __future__ import annotations

import re

from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding import themes
from core.strategy.decoding.achieved import is_achieved
from core.strategy.decoding.clauses import Clause, Sentence, clauses
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.deadlines import begins_ahead, moments
from core.strategy.decoding.lexicon import DOING, DOING_SHORT, DONE_SO, HOW, MODAL, NOUNISH, REACHING, WHO
from core.strategy.decoding.perspectives import of_action
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.wholes import whole
from core.strategy.findings import Finding, FindingKind

_COUNTING = (
    r"^[“”\"'（(\s]*(?:答[:：]|我(?:的想法是|想|觉得|建议|希望)|再就是|另外|[一二三四五六七八九十]+[是要]|"
    r"第[一二三四五六七八九十]+[件个项步]?(?:是)?|首先|其次|再次|最后|"
    r"其[一二三四五]|[^，。]{2,8}(?:大事|任务|重点|第一步|当务之急)[，就]?是|(?:[一二三四五]|另一|还有一|头一)[件条点步]事?(?:就?是)?|"
    r"会议(?:要求|议定|强调|明确)[:：]?|计划还?提出|[①-⑳]|\d[.、）)])?[，,：:\s]*"
)
_FRAME = (
    r"(?:(?:围绕|针对|对|为|在|以|按照?|依托|结合|通过|面向|从|将|由|向|与|同|借助|利用|聚焦|根据|参照|运用|就|随着|"
    r"每[家个名支]?[\u4e00-\u9fff]{0,6}?|把|让|给)(?![，。])[^，。；]{1,28}?)"
)
_DO = rf"(?!{NOUNISH})(?:{DOING}|{DONE_SO}|{REACHING})"
_ORDER = lazily(rf"{_COUNTING}(?:{WHO}?(?:{MODAL}|{HOW})*)*(?P<verb>{_DO}|(?:{DOING_SHORT})(?=[\u4e00-\u9fff“\d]))")
_FRAMED = lazily(
    rf"{_COUNTING}(?:{WHO}?(?:{MODAL}|{HOW})*)?{_FRAME}(?:{MODAL}|{HOW})*(?P<verb>{_DO}|(?:新|再|各|共)(?:开|建|招|设|"
    rf"办)(?=[\d一二两三四五六七八九十]))"
)
_MODAL_VERB = lazily(rf"(?:{MODAL})[\u4e00-\u9fff“”]{{0,14}}?(?P<verb>{_DO}|请|办|派|练|招|送|给|让|补|讲课|拿出|出清)")
# 驻村联络员重新配齐, 154个村全部走完: the result that is wanted stands last.
_RESULT = lazily(
    r"(?P<round>[过做谈摸讲走跑查理练训][一二两三](?:遍|轮)(?=[“\u4e00-\u9fff]{2})|过“[^”]{2,12}”[\u4e00-\u9fff]{0,4}关)|"
    r"(?P<verb>写进[\u4e00-\u9fff]{2,6}|[过做走谈摸跑讲训看查理办学练测交拜]完|[过做谈摸讲走跑查理练][一二两三](?:遍|轮|次)|"
    r"走完|配齐|到位|上线|办结|落地|铺开|完成|投入使用|投产|建成|挂牌|投运|到岗|全覆盖|清零|出清|见效|同访|同签|同考|"
    r"纳入[\u4e00-\u9fff]{2,8}管理)$"
)
_SUBJECT_DOES = lazily(rf"^(?:{WHO})(?:{MODAL}|{HOW})*(?![对与和])[\u4e00-\u9fff“”]{{0,4}}?(?P<verb>{_DO})")
_PASSIVE = lazily(
    rf"^[\u4e00-\u9fff\d“”、]{{2,16}}(?:各|全部|一律|统一|逐步|重新|率先|同步|加快|抓紧|要|须|再)[\u4e00-\u9fff]{{0,3}}?(?P<verb>{_DO})"
)
_NEW_RULE = lazily(
    r"^[\u4e00-\u9fff]{2,6}(?P<verb>实行|推行|改为|改由|统一|纳入|列为|列入)|^[\u4e00-\u9fff]{3,12}(?=(?:完成|启动|建成|"
    r"投产|上线|开通|接入)(?:[\u4e00-\u9fff]{2}|\d))(?P<begun>完成|启动|建成|投产|上线|开通|接入)"
)
# 要在三个阵地上下足功夫: what must be done, whatever the verb.
_MUST = lazily(
    rf"^[一二三四五六七八九十](?P<numbered>要)(?![求素点闻害么有不])[\u4e00-\u9fff“”、]{{2,}}|"
    rf"{_COUNTING}(?:{WHO})?(?:{HOW})*(?P<verb>务必|[要须]亲自(?!去)|须(?=[在把于])|"
    rf"要(?=在[\u4e00-\u9fff]{{2,8}}上下))[\u4e00-\u9fff“”、]{{4,}}|"
    rf"^(?:{WHO})(?:都|均|还|也|今年|年内)?(?P<owed>要|须|必须)(?![求素点闻害么有是能会懂在被受先再更的]|不[得能要准]|做到|达到|取得|"
    rf"具备|具有|持|通过)[\u4e00-\u9fff“”、]{{4,}}"
)
# What comes after a day that lies ahead: 9月1日起下放到12家支行, 9月底全面切换.
_AFTER_DATE = lazily(
    rf"^(?:[以之]?前|内|起|底|末)?(?:{WHO})?(?:{MODAL}|{HOW}|首次|正式|完全)*(?P<verb>(?!{NOUNISH})(?:{DOING}|开业|运行|停|交)|在全)"
)
# Beside a figure these only say which level is to be reached.
_REACH = lazily(rf"^(?:{REACHING})$")
_FIGURE = lazily(r"\d|[一二三四五六七八九十百千万两]+(?:成|倍|番|次|户|人|名|家|个百|个?小时|天|分钟)|百分之|过半|一半")
_RATE = lazily(r"(?:率|占比|比例|比重|余额|面(?![向对谈授试签]))[^，。；]{0,8}[\d百]")
_BOUND = lazily(r"不低于|不少于|不超过|不高于|达到|保持在|控制在|力争|争取|≥|≤")
_EACH = lazily(r"每(?:[人名家个户月周季年日天]|半年|两周)|[年人户网店]均")
_ONLY_LEVELS = ["力争", "确保", "达到", "达成", "保持", "维持", "累计", "超过", "突破"]
_SOURCE = lazily(r"^(?:按照|根据|依据)[^，。]*(?:计划|规划|要求|部署|安排|精神)$")
_EVENTS = ["组织", "开展", "举办", "召开", "编发", "选送", "选派", "推出", "举办", "发布", "选准", "选定", "培养"]
# What somebody is able to do is an ability, not an order.
_ABLE = lazily(
    r"应?能(?:够)?独立|(?:要|得|须|应当?|必须)(?:会|能够?|懂)|(?:应当?|需要?|须|必须)(?:具备|掌握|熟悉)|要会|[看讲说算听写答]得[懂清准出]|"
    r"^会[看读写讲算拆]|要懂|学会"
)
# How far the order itself speaks for what is to come.
_ORDERS = -1.0
_SPENDING = lazily(
    r"(?:设立|拿出|提取|追加|安排|列支|投入|预算|划拨|投放|发放)[\u4e00-\u9fff]{0,10}(?:费用|经费|资金|预算|科技)?[\d,.]+[万亿]"
)
_NO_ORDER = lazily(
    r"[?？!！]$|^表\d|^(?:附件|附表|适用对象|适用范围|牵头|责任|配合|负责|联系)[^，。]{0,6}[：:为]|以下[“一二三四五六七八九十几目]|"
    r"总分(?=\d|为)|\d分[、，]|"
    r"(?:现将|就)[^，。]{0,12}(?:事项|情况|如下)|(?:通知|通报|安排|部署)如下|听取[^，。]{0,8}(?:意见|报告|汇报)|会议的?(?:主要)?(?:任务|"
    r"议题|内容)|不建议|"
    r"要(?:清醒|充分|深刻|客观)?地?(?:看到|认识到|正视|意识到|承认)|^(?:考核|评价|参评|奖励|统计|适用|活动)(?:对象|范围|周期)|"
    r"(?:补贴|费用|成本|责任|损失)由[^，。]{2,12}承担|^(?:哪个|谁|就是)|将?视[^，。]{2,12}(?:情况|结果)|(?:指标|考核|"
    r"任务)，?(?:自[^，。]{2,10}起)?取消|(?:短板|差距|问题|不足|矛盾|风险)(?:主要)?(?:集中在|在于|出在)|"
    r"待[^，。]{2,12}(?:再|另行?)[议定说]|未达成一致|为准(?=[，。；]|$)|"
    r"^(?!成立|组建|设立|建立).*[是为任](?:第一责任人|组长|总协调人)(?!的)|^各[^，。；]{1,6}请[于将]|可以?(?:结合|根据|视情|参照|"
    r"自行)|20分为|讲够|我[先就再]|"
    r"由[^，。；]{2,16}(?:统一(?:制定|管理|发布|负责)|负责(?!组织|推|实)|审批(?!人)|批准|解释|评估|监督)|是指|指的是|"
    r"^请(?:于|各|管理层|在|务必|将)|(?:签订|订立)本|制定本[办规方细]|本[办规方细][法定案则](?:所称|适用|自|由|经|中)|"
    r"自.{2,16}起(?:施行|执行)|扣\d|加\d|得\d|计分|说明了|表明|意味着|"
    r"显示|另有通知|^联系人|不另|适用于|"
    r"(?:高度重视|加强(?:组织)?领导|提高(?:思想)?认识|统一思想|取得实效|祝|谢谢|辛苦|千万[不别要]|记在心|放在心|心里|不能停留|不是嘴上)"
)
# What applies always, to whoever it concerns: 连续两年不合格的支行，对…予以调整.
_STANDING = lazily(
    r"^[^，。]{2,20}(?:以上|以下|以内|以外)的，|(?:的|者|时)，(?:实行|奖|罚|扣|计|记|取消|由|应|一律|按|对|予以|给予|严肃|追究|暂停|"
    r"不得|可以|须|原则上|优先)|予以|从其规定|方可|"
    r"不再受理|严肃追究|"
    r"追究.{0,6}责任|^对[^，。]{2,30}的(?![^，。]{0,4}(?:逐|统一|分类|全部))[^，。]{0,6}，|凡是?|按照?规定|(?:未|逾期)[^，。]{1,6}的|"
    r"的，经|"
    r"可用于|可以用于|排名.{0,6}的[^，。]{0,4}，|"
    r"^[^，。]{0,20}(?:低于|高于|超过|不足|不过|不到|不达|不合格|未|垫底|连续|逾期|偏差)[^，。]{0,16}的[\u4e00-\u9fff]{0,6}，(?!要)|"
    r"同步调整|^(?:领导小组|委员会|办公室|专班|工作组)每[月周季半年]+[^，。]{0,4}(?:听取|报告|召开|通报|研究)|^[^，。]*挂钩。?$|"
    r"相结合的方式"
)
# A copula says what something is: 服务小商户，难的不是产品; 提级不是一次促销.
_SAYS_WHAT_IT_IS = lazily(
    r"^[^，。；]{2,12}，(?:最?[难重缺怕]的?|关键|核心|目的|好处|秘诀|问题)[^，。；]{0,4}(?:不?是|在)|"
    r"^[\u4e00-\u9fff]{2,6}不是[^，。；]+，(?:而)?是"
)
_HEAD = lazily(rf"(?!{NOUNISH})(?:{DOING})(?![不结等])")
# 规划执行情况每半年评估一次: how often something is looked at.
_REVIEWED = lazily(r"^[^，。；]{2,16}每(?:半年|年|季度?|月)度?(?:评估|检视|评审|通报|听取|报告|检查)一次")
# Under 活动目标 the label before a colon only says what the figures are about: 提升长尾：….
_LABEL = lazily(r"^[^，。；：]{2,8}：(?=.*\d)")
_FORBIDDEN = lazily(r"不得|严禁|禁止|不准|杜绝|不要|不能|别[把拿让再]|不再(?!以)|谢绝")
_PURPOSE = lazily(r"^为(?:了|[\u4e00-\u9fff]{2,})[^，。]{2,40}，")
# 由普惠部牵头落实 says who answers for something.
_ANSWERS = lazily(r"^由[^，。]{2,12}?(?:牵头|负责|落实|组织|督办|跟进|实施){1,2}$")
# 切换以后 only says when; 人员配置： what a list is about.
_WHEN = lazily(r"^[^，。]{1,10}(?:以后|之后|的时候|期间)$")
_CAPTION = 8
_SHORTEST = 4
# 季度结束后10日内报送 is a procedure where rules are set.
_PROCEDURE = lazily(r"后(?:的)?[\d一二三四五六七八九十]+个?(?:工作)?[日天]内")
# 压回到1.6%以内, 缩短到3天: whatever the verb.
_LEVEL_REACHED = lazily(r"服务覆盖[^，。]{0,6}\d|[\u4e00-\u9fff](?:到|至)\s?[\d.,]+\s?(?:%|个百分点|万|亿|倍|天|小时|分钟|个?工作日)")
_LEVEL = lazily(r"[到至过于超在]$")
# What somebody who is asked proposes, whatever its verb.
_PROPOSES = lazily(r"^我?(?:个人)?(?P<proposed>建议(?!书)|最好(?:是)?|希望(?=[每全总分各]))[\u4e00-\u9fff]{4,}")
_ENUMERATED = lazily(r"^(?:第?[一二三四五]|另一|还有一|头一)[件条点步]")
_PERIODIC = lazily(r"^(?!.*(?:要|将|应)|.{0,4}(?:建立|健全|制定|完善|形成|推行|出台))[^，。；]{0,12}按[月季年周]")
# 把自己当教练 is an attitude.
_ATTITUDE = lazily(r"^把[^，。]{1,14}当(?:成|作)?")
_HABIT = lazily(r"^(?:[^，。；]{0,10})?(?:每[周日天]|按[月周日季年]|次日|当日)[^，。；]{0,14}(?:一次)?(?:，|。|$)")
_PROPOSED = lazily(
    r"^(?:答[:：]\s*)?(?:第?[一二三四五]|另一|还有一|头一)件|(?:大事|任务|第一步)是|[月季年]底?[之以]?前|答应|得(?=[尽把让])|要|想|让|"
    r"再就是|^(?:还有|另外|此外|再有)，|建议|最好|"
    r"应该|应当|将|计划|打算|想法|准备|必须|须|再|will|should|plan|could|recommend",
    re.IGNORECASE,
)
_PRINCIPLE = lazily(r"坚持[\u4e00-\u9fff、“”]{3,16}[，。,]")
_ARTICLE = lazily(r"^第[一二三四五六七八九十百\d]+条")
# What a regulation orders once, by a day of its own: everything else in it holds always.
_ONCE = lazily(r"20\d\d年|施行(?:后|之日)|印发(?:后|之日)|首[次轮]|过渡期")
# Who does it is not what is acted on: 各支行行长要亲自挂帅. What is made is a product, whatever it is made of.
_ACTOR = lazily(rf"^(?:{WHO})")
_MAKES = lazily(r"推出|研发|开发|投产|launch$", re.IGNORECASE)
_SPEECH = lazily(r"(?:说|表示|认为|坦言|回忆|解释|介绍|反映)[，。：”]?$")
_ENGLISH_VERBS = (
    r"build|launch|train|introduce|develop|expand|strengthen|establish|roll out|deliver|create|complete|redesign|move|replace|appoint|"
    r"publish|run|set up|rebuild|retire|equip|teach|coach|pilot|merge|"
    r"hire|put|write|extend|automate|digiti[sz]e|consolidate|migrate|certify|rotate|assign|please|simplify|invest|recruit|embed|give|"
    r"pair|make|stop|start|bring|open|close|shift|review|use|convert|"
    r"modernise|modernize|streamline|standardise|upgrade|test|offer|provide|ask|identify|map|agree|form|map|fund|retrain|reskill|"
    r"upskill|enrol|second|promote|rewrite|refresh|integrate|implement|adopt|"
    r"design|prepare|hold|partner|outsource|insource|centralise|decentralise|renew|refurbish|relocate|install|switch|phase out|scale|"
    r"exit(?= (?:[\d,]+|the|our|all)\b)|reduce the number|attend|go through|undergo|spread|share|send|name|draft|define|clean|fix|"
    r"tackle|deploy|onboard|contact|phone|visit|call(?= (?:on|back|[\d,]+|each|every|all|the|our)\b)"
)
# What something will be or come to is nothing that anybody is ordered to do.
_ENGLISH_LEVELS = (
    r"(?:be|have|grow|rise|fall|increase|decrease|reach|remain|exceed|cost|need|account|stay|stand|hit|drop|decline|improve|not|never|"
    r"mean|depend|matter|take|see|want|continue|happen|become|come|go|get|know|find|gain|earn|receive|represent|require|allow|"
    r"mark|bring|hold|keep|give|lead|help|only|still|always|then|also|no|average|total|apply|follow|fill|rest|succeed|fail|change|"
    r"decide|judge|look|make|raise|lift|cut|reduce|lower|spend|operate|serve|support|focus|remain|work)\b"
)
_ENGLISH_ORDER = lazily(
    rf"^(?:(?:by|in|from|during|before|to)\b[^,]{{2,40}},\s+)?(?P<verb>{_ENGLISH_VERBS})\b|"
    rf"\b(?:will|shall|must|should|(?:is|are) to|(?:plans?|intends?|aims?|want|propose|agreed) to)\s+(?:also\s+|now\s+|then\s+|be\s+|"
    rf"first\s+)*(?P<modal>{_ENGLISH_VERBS})(?:ed|d)?\b|"
    rf"\b(?:we|the (?:bank|board|committee|office|team|group|society)|managers?|teams?|branches|advisers?|staff|colleagues|department|"
    rf"division|"
    rf"officers?|bankers|they|HR|IT)\s+will\s+(?:also\s+|now\s+|"
    rf"then\s+)*(?P<any>(?!{_ENGLISH_LEVELS})(?!(?:{_ENGLISH_VERBS})\b)[a-z]{{3,}})\b|"
    rf"^(?:every|each|all)\b[^,;.]{{3,50}}?\b(?P<every>completes?|attends?|joins?|visits?|undertakes?)\b|"
    rf"(?:;|,? and)\s+(?P<second>{_ENGLISH_VERBS})\s+(?:a|an|the|our|all|every|each|\d)",
    re.IGNORECASE,
)
_ENGLISH_NO = lazily(
    r"\?$|^(?:at least|[\w ]{0,20}(?:%|per cent) of|do not|don't|never|who|what|questions|any|no)\b|\b(?:was|were|has been|had|grew|"
    r"fell|rose|reached)\b|"
    r"\breviews?, chaired\b|quarterly review|matter most|needs? the (?:confidence|skill)|\bunless\b|are the \w+ skills",
    re.IGNORECASE,
)
_HAN = lazily(r"[\u4e00-\u9fff]")


def task(sentence: Sentence, profile: Profile) -> Finding | None:
    """The action that a sentence orders or announces."""
    text = sentence.text
    if sentence.block in ("heading", "note") or len(text) < 5 or _PRINCIPLE.match(text) or _NO_ORDER.search(text):
        return None
    if (
        _REVIEWED.match(text)
        or _is_standing(sentence, profile)
        or _SAYS_WHAT_IT_IS.match(text)
        or themes.opens_a_section(sentence)
        or themes.is_motto(sentence)
    ):
        return None
    cue = _chinese(sentence, profile) if _HAN.search(text) else _english(text)
    if cue is None:
        return None
    words, verb = cue
    return whole(FindingKind.TASK, sentence, "task_order", 0.7, of_action(words, around(sentence)), (verb,))


def around(sentence: Sentence) -> str:
    """What may say the perspective of an action that does not say it itself: its sentence and the heading above."""
    return f"{sentence.text} {' '.join(sentence.path[-1:])}"


def _is_standing(sentence: Sentence, profile: Profile) -> bool:
    """Whether a sentence lays down what holds always, which is nothing to be carried out in this period."""
    text = sentence.text
    article = _ARTICLE.match(text) or _ARTICLE.match(sentence.lead) or profile.regulation
    if article:
        return not (_ONCE.search(text) and re.search(r"完成|建成|建立|上线|组织|开展|制定|修订|报|重新|评定|启动", text))
    rules = profile.kind in (DocumentKind.APPRAISAL, DocumentKind.POLICY)
    if rules and _PROCEDURE.search(text):
        return True
    standing = _STANDING.search(text)
    # 更换考核不达标的外包公司，…: the verb at the head orders something, whatever is said of its object.
    if standing is not None and standing.start() == 0 and _HEAD.match(text) and not re.match(r"[^，。]*的，", text):
        standing = None
    return bool(standing or (_PURPOSE.match(text) and re.search(r"制定本|决定(?!.*(?:开展|启动|组织|实施|推行))|现将|特制定", text)))


def _chinese(sentence: Sentence, profile: Profile) -> tuple[str, str] | None:
    """The clause that orders something, and its verb."""
    text = sentence.text
    if profile.kind is DocumentKind.INTERVIEW and not _PROPOSED.search(text):
        return None
    orientation = themes.states_a_direction(text)
    dates = moments(text, profile.plan, profile.plan.base)
    bias = 2 * _ORDERS if _ENUMERATED.match(text) else _ORDERS
    label = _LABEL.match(text) if sentence.path and re.search(r"目标|指标", sentence.path[-1]) else None
    for clause in clauses(text):
        if label is not None and clause.end <= label.end():
            continue
        words = _without_dates(clause.text.strip('“”"（( ') if not clause.text.startswith("“") else clause.text)
        verb = verb_of(words) or _verb_after_date(text, clause, dates)
        if verb is None and profile.kind is DocumentKind.INTERVIEW and (proposed := _PROPOSES.match(words)):
            return words, proposed["proposed"]
        if (
            verb is None
            or len(clause.text.strip()) < _SHORTEST
            or _is_caption(text, clause, verb)
            or _orders_nothing(words, verb, profile)
            or (orientation and not re.search(r"\d|^还要", words))
        ):
            continue
        spoken = [one for one in dates if one.start < clause.end and not one.relative and begins_ahead(one, profile.plan)][-1:]
        # An order is a sign of the future itself.
        if not is_achieved(sentence, clause.text, spoken, profile, text[: clause.start] + text[clause.end :], bias)[0]:
            return _acted_on(words, verb), verb
    return None


def _acted_on(words: str, verb: str) -> str:
    """What a verb acts on: what follows it, or the whole clause where it stands last."""
    if _MAKES.match(verb):
        return "产品"
    rest = words[max(0, words.find(verb)) :]
    return rest if len(rest) >= len(verb) + 2 else _ACTOR.sub("", words)


def _orders_nothing(words: str, verb: str, profile: Profile) -> bool:
    return bool(
        _FORBIDDEN.search(words)
        or re.match(rf"{verb}的(?!是)", words)
        or _WHEN.match(words)
        or _ANSWERS.match(words)
        or _SOURCE.search(words)
        or _ABLE.search(words)
        or _SPEECH.search(words)
        or _ATTITUDE.match(words)
        or _PERIODIC.match(words)
        or _is_level(words, verb)
        or _is_habit(words, profile)
    )


def verb_of(words: str) -> str | None:
    """The verb with which words order something; None when they order nothing."""
    for pattern in (_ORDER, _FRAMED, _RESULT, _MODAL_VERB, _SUBJECT_DOES, _PASSIVE, _NEW_RULE, _MUST):
        match = pattern.search(words)
        if match:
            return match[match.lastgroup or 0]
    return None


def _is_caption(text: str, clause: Clause, verb: str) -> bool:
    """Whether a clause only names what the words after its colon are about: 人员配置：…, not 补三块短板：…."""
    return text[clause.end : clause.end + 1] in ("：", ":") and len(clause.text) <= _CAPTION and not clause.text.startswith(verb)


def _verb_after_date(text: str, clause: Clause, dates: list[Moment]) -> str | None:
    """The verb that follows a day that lies ahead, whatever stands before it; None where there is no such day."""
    for moment in dates:
        if clause.start <= moment.start < clause.end and not (moment.past or moment.relative or (moment.since and not moment.year)):
            match = _AFTER_DATE.match(text[moment.end : clause.end])
            if match and not _REACH.match(match["verb"]):
                return match["verb"]
    return None


def _without_dates(words: str) -> str:
    whole = words = re.sub(r"^第[一二三四五六七八九十百\d]+条\s*", "", words)
    for moment in reversed(moments(words, Plan())):
        # 降到1天以内 is a level.
        if moment.start <= 14 and not (moment.relative and _LEVEL.search(words[: moment.start])):
            words = words[: moment.start] + words[moment.end :].lstrip("，, 前内起底")
    # 在新城设立支行 keeps its 在, which leads up to no date.
    return words if words == whole else re.sub(r"^(?:到(?![岗位账])|在|于|截至|自)(?=[\u4e00-\u9fff])", "", words)


def _is_level(words: str, verb: str) -> bool:
    """Whether a clause only says which level is to be reached, or what is to be spent: 拨备覆盖率达到220%, 安排专项费用1.6亿元."""
    if not _FIGURE.search(words):
        return verb in _ONLY_LEVELS
    if verb in _EVENTS:
        return False
    # 扩充至45人, 服务覆盖40个夜市.
    if verb == "覆盖" or _LEVEL_REACHED.search(words) or re.match(r"[至到为][\d,.]+[人名%万亿]", words[words.find(verb) + len(verb) :]):
        return True
    if _REACH.match(verb) or _SPENDING.search(words) or _RATE.search(words):
        return True
    # 年均支持项目不少于150个 is a level, 组织不少于4次 an order.
    if bound := _BOUND.search(words):
        if bound.group() in ("达到", "保持在", "控制在", "力争", "争取"):
            return True
        return not words[: bound.start()].endswith(verb) or not re.match(rf"(?:{MODAL}|{HOW}|{WHO})*{verb}", words)
    return bool(_EACH.search(words)) and re.search(r"\d|[二两三四五六七八九十]+[户次天场]", words) is not None


def _is_habit(words: str, profile: Profile) -> bool:
    """支行行长每周组织一次过程检视 in a scheme of appraisal: a procedure, unless at least so much is asked for."""
    return profile.kind in (DocumentKind.APPRAISAL, DocumentKind.POLICY) and bool(_HABIT.match(words)) and "至少" not in words


def _english(text: str) -> tuple[str, str] | None:
    if _ENGLISH_NO.search(text):
        return None
    match = _ENGLISH_ORDER.search(text)
    if match is None or not match.lastgroup:
        return None
    if match.lastgroup == "modal" and re.match(r"bring|hold|keep|give", match["modal"], re.IGNORECASE) and re.search(r"\d", text):
        return None
    return text[match.start(match.lastgroup) :], match[match.lastgroup]
