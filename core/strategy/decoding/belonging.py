"""What a name that says little by itself belongs to: 覆盖率 of what, 新增 of what. A reader looks for it where it was spoken of last."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.lexicon import DOING, HOW, MODAL, WHO

# A rate of something done (认领率, 覆盖面) is nobody's in particular; 不良率 and 投诉率 are.
_OF_SOMETHING = lazily(
    rf"(?:当年|年内|首次|一次|全员|平均|按期|当期)?(?P<done>{DOING}|认领|使用|承接|接通|渗透|通过|合格|达标|过关|转正|采纳|登录|绑定|替代|"
    r"达成|到课|参与|回收|压降|兑换|开机|命中|在线|结业|回访|续约|及时|准确|解决)(?:率|面|度)"
)
# A label before a colon that names what the line is about: 个体户贷：新增授信3.5万户.
_LABEL = lazily(r"(?:[①-⑳]\s*)?(?P<topic>[\u4e00-\u9fff“”A-Za-z·]{2,10})[：:](?!\s*$)")
_NO_TOPIC = lazily(
    rf"^(?:{DOING}|[\u4e00-\u9fff]$)|(?:目标|指标|任务|要求|计划|举措|措施|安排|重点|方面|阶段|累计|要|是|为|[年月季末底]|达标|见效|"
    rf"提升|机制|"
    r"方向|定位|打法|现状|保障|里程碑|口径|问题|主线|支撑|支持|要点|客群|说|答|建议|情况|如下|包括)$"
)
_CAN_DO_WITH_IT = lazily(
    r"授信|贷款|存款|激活|新开|新增|签约|开户|发卡|用信|户数|客户数?|余额|规模|收入|增量|销量|销售额?|交易额|保费|占比|增速"
)
# 审计发现问题应当明确…: what a clause says something of.
_SAID_OF = lazily(
    r"(?P<thing>[\u4e00-\u9fff“”A-Za-z]{3,16}?)(?:(?<![主需必重概])要(?![求素点闻害])|应当|必须|须|应(?![用对急收付届])|将(?![军来]))"
    r"[\u4e00-\u9fff]{2,}"
)
_ACTED_ON = lazily(rf"(?:{WHO})?(?:{MODAL}|{HOW})*(?:完成|{DOING})了?(?P<thing>[\u4e00-\u9fff“”A-Za-z]{{2,}})")
# …完成任职资格认证，认证覆盖面; …组织现金流测算轮训，参训信贷员: the name takes up what was to be done.
_DONE_BEFORE = lazily(r"(?:完成|通过|开展|组织|实施|举办|开办|参加|接受|进行|推进)了?(?:全部)?(?P<thing>[\u4e00-\u9fff“”A-Za-z]{3,})$")
_TAKING_PART = lazily(r"(?:参[训加赛]|受训)[\u4e00-\u9fff]{2,8}")
_EVENT = lazily(r"(?:[培轮集实]训|训练营?|研修班?|班|竞赛|比武|考试|认证|测评|测试|演练|竞聘|讲座|课程?|沙龙|活动)”?$")
_COMES_OF_IT = lazily(r"结业|毕业|出师|取证|参训|参赛|获证|通过|合格")
_SHORT_EVENT = 9
_QUOTED = lazily(r"“[^”]{2,12}”")
_GENERAL = lazily(r"授信|贷款|存款|(?:贷款|存款|授信|交易|签约)?(?:余额|客户|户数|规模|收入|金额|笔数)|不良率")
_FIGURE = lazily(r"[\d%]|[一二三四五六七八九十百千]+(?:成|户|家|人|名|个|倍)")
_UNIT_OF_THE_BANK = lazily(
    r"[\u4e00-\u9fff]{0,6}(?:中心|分行|支行|[^全]部|部室|部门|网点|地区|县域|城区|条线|机构|团队|岗位?|片区|[一二三甲乙]类行?|以上|"
    r"大行|小行|"
    r"其他|其余)"
)
_MEASURE = lazily(r"[\u4e00-\u9fff“”A-Za-z]{1,20}(?:率|占比|比例|比重|余额|规模|面|量|人数|户数|时长|时间|增速|增量|得分|满意度)$")
_OF_ANOTHER_UNIT = lazily(
    r"(?:全(?:分行|行|辖|辖区)|[\u4e00-\u9fff]{1,6}?(?:支行|分行|网点|中心|[^全]部(?!室)|部室|机构))"
    r"(?P<measure>[\u4e00-\u9fffA-Za-z]{2,10}?(?:率|占比|比例|增速))"
)
_EACH_UNIT = lazily(r"(?:每[个家支]?|各)[\u4e00-\u9fff]{1,6}?(?:派驻|配备|配置|配齐|配|安排|设置?|培养|选派)?")
_SOMEBODY = lazily(
    rf"(?:{DOING}|推|设|配|“)?(?P<who>[\u4e00-\u9fff]{{2,6}}?(?:经理|专员|顾问|工程师|人员|分析师|联络员|师傅|导师|审批人|审查员|主管|助理|"
    r"带教员|培训师|内训师|村官|骨干|专家))"
)
_HANDLED = lazily(
    r"^(?:[一二三四五六七八九十]是|要|继续|全力)*(?:把|将)(?P<thing>[\u4e00-\u9fff“”A-Za-z]{2,10}?)(?:[\u4e00-\u9fff](?:起来|"
    r"出来|到位|好|实|醒|活|清|稳|透|动))$"
)
_DOING = lazily(DOING)
_ENDS_ACTING = lazily(rf"(?:{DOING})$")
_PEOPLE = lazily(rf"(?:{WHO})$")


def topic_of(text: str) -> str:
    """What the label at the head of a sentence names; "" where it has none or the label only says what kind of thing follows."""
    label = _LABEL.match(text)
    return "" if label is None or _NO_TOPIC.search(label["topic"]) else label["topic"]


def said_of(clause: str) -> str:
    """The thing of which a clause says what must become of it: 审查意见 in 审查意见要瘦身; "" where it is somebody, or nothing."""
    said = _SAID_OF.match(clause)
    return said["thing"] if said and not _PEOPLE.search(said["thing"]) else ""


def with_its_owner(
    name: str, earlier: list[str], topic: str, last: str = "", whole: str = "", *, people: bool = False, share: bool = False
) -> str:
    """`name` with what it belongs to, from the clauses `earlier` in its sentence, what was measured `last` there and the sentence's
    `topic`; "" where it needs nothing. `whole` are all words before the figure. What is counted are `people`, or it is a `share`."""
    rate = _OF_SOMETHING.fullmatch(name)
    if topic and (rate or _CAN_DO_WITH_IT.fullmatch(name)):
        return f"{topic}{name}"
    return (
        _of_the_last(name, last, share=share)
        or (f"{name}{last}" if last and whole.startswith("其中") and whole[-1:] != "的" and _UNIT_OF_THE_BANK.fullmatch(name) else "")
        or _shared_out(name, earlier)
        or (_of_whom(name, earlier) if people else "")
        or _of_the_clause_before(name, earlier[-1].strip() if earlier else "", rate)
    )


def _of_the_last(name: str, last: str, *, share: bool) -> str:
    """What else is said of the thing measured last: “摊位贷”客户…，贷款余额…; 训练营2期，结业80人; 培训4场，覆盖客户经理210名."""
    if (quoted := _QUOTED.match(last)) and _GENERAL.fullmatch(name):
        return f"{quoted.group()}{name}"
    # 全分行不良率控制在1.4%以内，峰矿支行控制在2.2%以内.
    if share and _UNIT_OF_THE_BANK.fullmatch(name) and (measured := _OF_ANOTHER_UNIT.fullmatch(last)):
        return f"{name}{measured['measure']}"
    event = _EVENT.search(last) and len(last) <= _SHORT_EVENT and not last.startswith(("专题", "专项", "集中"))
    return f"{last}{name}" if event and (_COMES_OF_IT.fullmatch(name) or name.startswith("覆盖")) else ""


def _shared_out(name: str, earlier: list[str]) -> str:
    """A measure named first and then set for one unit after the other: 持证人员占比，作业中心不低于60%，监测中心不低于85%."""
    if not _UNIT_OF_THE_BANK.fullmatch(name):
        return ""
    named = next((clause.strip() for clause in reversed(earlier) if not _FIGURE.search(clause)), "")
    measure = _MEASURE.search(named)
    return f"{name}{measure.group()}" if measure else ""


def _of_whom(name: str, earlier: list[str]) -> str:
    """Who is placed with each unit, where the clause before names them: 建立产品经理机制，每个部门不少于2名."""
    if not _EACH_UNIT.fullmatch(name):
        return ""
    found = [match["who"] for clause in earlier for match in _SOMEBODY.finditer(clause)]
    return f"{name}{found[-1]}" if found else ""


def _of_the_clause_before(name: str, before: str, rate: re.Match[str] | None) -> str:
    """What the clause before speaks of, for a rate that names nothing and for those who take part."""
    if (event := _DONE_BEFORE.search(before)) and _EVENT.search(event["thing"]):
        if name[-1:] in "率面" and before.endswith(name[:2]):
            return f"{event['thing']}{name[2:]}"
        if _TAKING_PART.fullmatch(name) or (rate and len(event["thing"]) <= _SHORT_EVENT):
            return f"{event['thing']}{name}"
    # 把沉睡客户叫醒，全年激活不少于25万户: what is done is done to the same.
    if (handled := _HANDLED.search(before)) and _DOING.fullmatch(name):
        return f"{handled['thing']}{name}"
    if rate is None or not before or _FIGURE.search(before):
        return ""
    said = _SAID_OF.match(before) or _ACTED_ON.match(before)
    thing = said["thing"].rpartition("的")[2] if said else ""
    return f"{thing}{name}" if len(thing) >= 3 and not _PEOPLE.search(thing) and not _ENDS_ACTING.search(thing) else ""
