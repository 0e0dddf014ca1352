"""Abilities of people that sentences demand, train or find lacking."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.wholes import whole
from core.strategy.findings import Finding, FindingKind, Perspective

# Nouns of ability; the bank's own abilities (盈利能力) are none of its people's.
_NOT_OF_PEOPLE = lazily(
    r"(?:偿付|盈利|负债|承受|还款|偿债|服务|产能|抗风险|风险抵御|获利|创利|造血|支付|履约|综合服务|经营|供给|保障|承载|运营|处理|计算|"
    r"算力|数字化|竞争|价值创造|可持续发展|资本内生|抵御|科技|创新|系统|平台|网点|分行|支行|全行|行业)能力|"
    r"能力(?:类|要求$|标准|建设$|测评|等级|图谱|模型|提升方案|专项)|能力强$|做强人员能力|(?:制度|系统|流程|管理|产品|数据|渠道)(?:的)?短板"
)
_ABILITY = r"能力|本领|技能|素养|素质|功底|功夫|专长|(?:执行|洞察|整合|领导|判断|协作|战斗|思考|表达|协同|分析|掌控|管控|引领)力"
_PEOPLE = lazily(
    r"客户经理|理财经理|产品经理|经理|行长|员工|干部|柜员|人员|人才|队伍|讲师|导师|主管|骨干|同志|年轻人|新人|新任|顾问|专家|师傅|"
    r"负责人|我们的人|团队|岗位|分析师|中层|管理者|条线|村官|信贷员|审批人|大家|谁|自己|他们|同事|老员工|内训师|人"
)
_DEMANDED = lazily(
    rf"(?:具备|掌握|熟悉|精通|胜任|通晓|擅长|练就|练好|具有|拥有|需要?|提升|提高|增强|强化|补齐|补强|锤炼|训练|培养|突出|聚焦|包括|"
    rf"考核|重点(?:提升|学习|补)|覆盖)[^。；]{{0,60}}?(?:{_ABILITY})"
)
# Where people are weak, said of the field itself: 短板主要在企业微信运营上, 是当前最突出的弱项, 在…上得分最低.
_WEAK_IN = lazily(
    r"(?:短板|弱项|软肋|薄弱环节)(?:主要|集中|突出)?(?:在|是|为|有|[：:])(?!题)|是[^，。；]{0,8}(?:弱项|短板)|"
    r"在[^，。；]{2,14}上(?:得分|失分)最[低多]|最弱的"
)
# A training with its subject: 集训2期，…内容为…; 集中培训非财务信息核验和反诈宣讲; “经营分析”实训; 资产配置训练营.
_LESSON = r"(?:培训|集训|轮训|训练营?|实战营|特训营|研修|工作坊|课堂|实训|演练|讲座|上课|课程|补课)"
_GENERAL = (
    r"(?:[两三四五六\d]+期|精英|[高中初]级|新任|专题|专项|集中|业务|年度|岗前|脱产|线上|线下|全员|分层|新员工|管培生|青年|干部|"
    r"人员|岗位|经理|员工|柜员|骨干|行长|参加|组织|开展|完成|专业)"
)
_SUBJECT = lazily(
    rf"{_LESSON}[^。；]{{0,40}}?(?:(?<![查核估])内容(?:为|是|包括|涵盖)|重点(?:补|学|练|讲|训|是|为|围绕)|主题[为是]|"
    rf"，学习)[^，。；]{{4,}}|"
    r"(?:开设|讲授)[^，。；]{2,24}[和、与][^，。；]{2,16}课(?!时|件|酬)|(?:集中|专题|系统|重点)(?:培训|轮训|学习|"
    r"训练)(?![费学不管计需项率资效时记内师考工任方预机班])[\u4e00-\u9fff]{3,}[和、与][\u4e00-\u9fff]{2,}|"
    rf"(?:“[\u4e00-\u9fff]{{3,10}}”(?:专题|系列|主题|实战)?|(?!.{{0,6}}{_GENERAL}(?:轮训|实训|训练营|实战营|特训营|工作坊|"
    rf"实战演练))[\u4e00-\u9fff]{{4,8}})(?:轮训|实训|"
    rf"训练营|实战营|特训营|工作坊|实战演练)"
)
_GAP = lazily(rf"(?:差距|不足|弱)(?:主要)?在[^，。；]{{2,14}}(?:{_ABILITY})")
_MUST_MASTER = lazily(
    r"必备(?=[：:]|的?(?:能力|技能|本领))|必修|应知应会|(?:应当?|须|必须|需要?|要)(?:熟练|全面|系统|基本|能够)?(?:掌握|具备|熟悉|精通|通晓)"
)
_LACKING = lazily(
    rf"最?(?:(?<![紧短或残])缺(?![口席位岗编])|欠缺|缺乏|缺少)(?:的(?:不?是)?|会|懂|能)?|短板(?!为题目|的?指标)|弱项|(?:不会|不懂|"
    rf"不敢|不善于?|不擅长|"
    rf"看不懂|讲不清|说不清|说不出|算不清|听不懂|写不出(?!来?就)|答不上|不熟悉|不掌握|拿不准)|"
    rf"(?:{_ABILITY})[^，。；]{{0,6}}(?:不足|不强|偏弱|弱|不够|欠缺|有限|跟不上|薄弱|参差不齐|短板)|(?:的人|的客户经理|的柜员|"
    rf"的员工)?(?:太少|数得过来|凤毛麟角)|测评[^。]*?平均只有\d+分"
)
# 会看报表, 看得懂、讲得清: abilities as people say them.
_CAN = lazily(
    r"(?:要|能|必须|都|得|应|真正|更要|(?<![董监理员])会[^，。；]{1,8}[、，]?)(?<!员)会(?=[\u4e00-\u9fff])(?!议|员|计|后|同|不会)|"
    r"学会|懂得|"
    r"应?能(?:够)?独立|"
    r"能够?独立|[看讲算估说写谈听拿做用写跑问](?:得|不)(?:懂|清|准|出|明白|好|透|来|会)(?!来?就)|(?:都)?能读懂|能看懂|(?<!更)懂(?:行|产业|"
    r"技术|厂|业务|"
    r"客户|数)|(?:要|须|应当?|人人|^)能够?(?:看[懂清出]|讲[清透]|说清|算清|做[\u4e00-\u9fff]{2}|判断|识别|分析|设计|"
    r"组织[\u4e00-\u9fff]{2,4}[研授教培]|从[^，。；]{2,16}[看读判])|"
    r"会[^，。；]{2,12}的(?:只有|不到|不足|没几)|[，；]能够(?=[\u4e00-\u9fff]{4,})|[背答]得出|答不出|[两三四五六几]项基本功|"
    r"会[看读写讲算估测做用跟带跑聊谈拆建翻画诊查识管][\u4e00-\u9fff]{1,8}(?=[、，。；]|会|要会|$)|能(?:跟|与|和|"
    r"同)[^，。；]{2,10}(?:聊|谈|沟通|对话)|过硬|要独立(?=[\u4e00-\u9fff])"
)
_QUALIFIED = lazily(
    r"(?:通过|取得|获得|考取|须有|应有|具备|具有|持有|持|拿|过)[^，。；]{0,24}(?:认证|资格(?!审查)|证书|资质|职称|考试|通关|"
    r"考核认定|上岗证|答辩)(?![^，。；]{0,3}(?:率|覆盖|只有|的?仅|\d|的，))|持证上岗(?!率)|方可上岗|全员过[^，。；]{2,16}通关|(?:必须|"
    r"要|须)过[^，。；]{2,14}关"
)
_TRAINED = lazily(
    rf"(?:培训|轮训|训练|演练|研修|课程?|辅导|练)[^，。；]{{0,12}}(?:{_ABILITY})(?!测评|标准)|补[^，。；]{{2,16}}(?:短板|课)|"
    rf"(?:{_ABILITY})(?:培训|训练|提升班|轮训|课程)|[两三四五六七八九]项(?:核心)?能力|(?:行业研究|产业分析|数据分析|财务分析|"
    rf"客户沟通)[^，。；]{{0,6}}(?:课|班)"
)
_ENGLISH = lazily(
    r"\b(?:skills?|abilit(?:y|ies)|able to|capabilit(?:y|ies)|competenc\w+|fluen\w+|literacy|know[- ]how|proficien\w+|confidence to|"
    r"lack(?:s|ing)?|need to (?:learn|know|understand)|(?:advisers|managers|leaders|staff|colleagues|employees|officers) need to|"
    r"must (?:be able|demonstrate|know|understand|master)|(?:staff|managers?|advisers?|bankers?|lenders?|officers?|analysts?|"
    r"colleagues?|teams?|leaders?|people) (?:can|"
    r"who can|that can|cannot|struggle)|"
    r"(?:weak(?:er|est)?|poor|strong(?:er|est)?|better|good|confident|comfortable|at ease) (?:at|in|with) (?!20)\w+|"
    r"unless [\w\- ]+ can|teach \w+|learn to|hold the [\w\- ]*(?:certificate|qualification)|qualif(?:y|ied) (?:in|as)|mastery|"
    r"expertise|judgement|train\w*\s[\w ,]{2,40}\sin (?!20|the |a |two|three|four|five|six|all|total)\w+|"
    r"(?:academ(?:y|ies)|labs?|courses?|workshops?|boot ?camps?) (?:in|on) (?!20)\w+|"
    r"(?:credit|sales|data|coaching) (?:lab|course|academy))\b",
    re.IGNORECASE,
)
_ENGLISH_NOT = lazily(
    r"average score|time to competence|\bskills? (?:academy|plan|budget)\b|"
    r"lack of (?:demand|funding|capital)|capability (?:plan|framework)",
    re.IGNORECASE,
)
_ENGLISH_NAMES = lazily(
    r"(?:confidence to|skills? to|ability to|able to|need to learn|need to know|know how to|teach (?:every |each |all )?[\w ]{3,20}? to|"
    r"who can|unless [\w\- ]+? can|learn to|must demonstrate|lack)\s+(?P<what>[^.;]{3,120})|"
    r"(?P<before>[\w\- ]{3,60}?)\s+(?:skills?|literacy|capabilit\w+|competenc\w+)\b|hold the (?P<held>[\w\- ]+)",
    re.IGNORECASE,
)
_LISTED = lazily(
    r"(?:具备|掌握|熟悉|精通|覆盖|包括|提升|提高|强化|补齐|训练|学会|短板[是：:]|弱项是|最欠缺的是|最缺的(?:不是[^，]+，)?(?:而)?是|"
    r"不会|要会|不懂|不敢|缺乏|欠缺|缺的?是?|懂|补上?|通过|取得|应能独立|能独立|应能够独立|过)"
    r"(?P<what>[^，。；]{2,60})"
)
_SAID = lazily(
    r"(?:要?会|能)(?P<can>[看读写讲算估测做用跟带跑聊谈拆建翻画诊查识管拉](?:(?!的[客员人顾柜骨])[\u4e00-\u9fff]){1,10})|"
    r"(?P<verb>[看讲算估说写谈听拿做用])得(?P<well>[懂清准出])?(?P<object>[\u4e00-\u9fff]{0,6})"
)
_BEFORE_NOUN = lazily(rf"(?P<what>[\u4e00-\u9fffA-Z]{{2,12}}?)(?:等)?(?:核心|专业)?(?:{_ABILITY})")
# What a sentence is about that names no ability otherwise: 短板集中在数据分析; 资产配置训练营; 推广自助数据分析.
_ABOUT = lazily(
    rf"(?:短板|弱项|软肋|差距)(?:主要|集中|突出)*(?:在于?|是|为)(?P<weak>[^，。；]{{2,14}})|"
    rf"(?:完成|开展|组织|举办|推广)(?P<lesson>(?:(?!完成|开展|组织|举办|推广)[\u4e00-\u9fff]){{2,14}}?){_LESSON}|"
    r"(?:全面|大力|加快)推广(?P<spread>[\u4e00-\u9fff]{4,14})(?=[，。；]|$)"
)
# How well or how something is said is no ability: 写得清清楚楚, 利润是怎么来的.
_NO_NAME = lazily(r"\d|清清楚楚|明明白白|怎么|在哪里|^不|的不$|类共性$")
_TAIL = lazily(
    rf"(?:等|的|这)*(?:[一二三四五六七八九十两]+[项块门种个关类])?(?:核心|专业|基本|任职)?(?:{_ABILITY}|方面|问题|短板|认证|考试|资格|"
    rf"通关|的?客户经理|的?年轻柜员|的人|的?员工)?(?:太少|不足|弱)?$"
)
_LEAD = lazily(
    r"^(?:和|与|及|的|其|是|在|对|把|将|要|应|会|能|全面|持续|切实|着力|较强的?|扎实的?|良好的?|一定的?|部分|员工|客户经理|人员|我们|最)+"
)
# 能独立做尽调的客户经理只有2人: who has it, and how many they are, is no part of the ability.
_WHO = lazily(r"的[\u4e00-\u9fff]{0,4}(?:经理|人员|员工|柜员|顾问|行长|骨干|人).*$")
_ASKED = lazily(r"[?？]$")
_LENGTH = 14


def capability(sentence: Sentence, profile: Profile) -> Finding | None:
    """The ability of people that a sentence demands, trains or finds lacking."""
    text = sentence.text
    if (sentence.block == "heading" and not re.search(r"缺|短板", text)) or _ASKED.search(text) or text.endswith(("：", ":")):
        return None
    cues = demands(text)
    return whole(FindingKind.CAPABILITY, sentence, "capability_demand", 0.6, Perspective.LEARNING, cues[:3], named(text)) if cues else None


def demands(text: str) -> tuple[str, ...]:
    """The words of `text` that speak of an ability of people demanded, trained or lacking; empty when none do."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return tuple(match.group() for match in _ENGLISH.finditer(text)) if not _ENGLISH_NOT.search(text) else ()
    # What customers are not able to do is no ability of the bank's people.
    words = re.sub(r"(?:老人|市民|农户|老年客户|消费者)[^，。；]{0,8}[听看讲说][得不]懂?", "", _NOT_OF_PEOPLE.sub("", text))
    found = [
        match.group()
        for pattern in (_CAN, _QUALIFIED, _TRAINED, _SUBJECT, _MUST_MASTER, _GAP, _WEAK_IN)
        for match in pattern.finditer(words)
    ]
    found += [match.group() for match in _DEMANDED.finditer(words)]
    if _PEOPLE.search(words):
        found += [match.group() for match in _LACKING.finditer(words)]
    return tuple(dict.fromkeys(found))


def named(text: str) -> tuple[str, ...]:
    """The abilities that `text` names, short, in its own words, in their order."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return _english_names(text)
    found: dict[str, None] = {}
    for match in _LISTED.finditer(text):
        for part in re.split(r"[、和与及\s]", _WHO.sub("", match["what"])):
            _keep(found, part)
    for match in _SAID.finditer(text):
        _keep(found, match["can"] or f"{match['verb']}{match['well'] or ''}{match['object']}")
    if not found:
        for match in _BEFORE_NOUN.finditer(text):
            _keep(found, match["what"])
    if not found:
        for match in _ABOUT.finditer(text):
            for part in re.split(r"[、和与及]", match[match.lastgroup or 0]):
                _keep(found, part)
    return tuple(name for name in found if not any(other != name and other.endswith(name) for other in found))


def _keep(found: dict[str, None], part: str) -> None:
    name = _LEAD.sub("", _TAIL.sub("", _LEAD.sub("", part.strip('“”"（()）'))))
    if 2 <= len(name) <= _LENGTH and not _NO_NAME.search(name):
        found[name] = None


def _english_names(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for match in _ENGLISH_NAMES.finditer(text):
        words = match["what"] or match["held"] or match.group()
        for part in re.split(r",|\band\b", words):
            name = re.sub(r"^(?:the|a|an|to|our|build|strengthen|improve|develop)\s+", "", part.strip(), flags=re.IGNORECASE)
            if 3 <= len(name) <= 60:
                found[name] = None
    return tuple(found)
