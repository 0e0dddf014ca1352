"""What a name that says little by itself belongs to: 覆盖率 of what, 新增 of what. A reader looks for it where the text spoke of it last."""

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
    rf"^(?:{DOING}|[\u4e00-\u9fff]$)|(?:目标|指标|任务|要求|计划|举措|措施|安排|重点|方面|阶段|累计|要|是|为|[年月季末底]|达标|见效|提升|机制|"
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
_DONE_BEFORE = lazily(rf"(?:完成|通过|开展|组织|实施|举办|开办|参加|接受|进行|推进)了?(?:全部)?(?P<thing>[\u4e00-\u9fff“”A-Za-z]{{3,}})$")
_TAKING_PART = lazily(r"(?:参[训加赛]|受训)[\u4e00-\u9fff]{2,8}")
_EVENT = lazily(r"(?:[培轮集实]训|训练营?|研修班?|班|竞赛|比武|考试|认证|测评|讲座|课程?|沙龙|活动)”?$")
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


def with_its_owner(name: str, earlier: list[str], topic: str) -> str:
    """`name` with what it belongs to, from the clauses `earlier` in its sentence and the sentence's `topic`; "" where it needs nothing."""
    rate = _OF_SOMETHING.fullmatch(name)
    if topic and (rate or _CAN_DO_WITH_IT.fullmatch(name)):
        return f"{topic}{name}"
    before = earlier[-1].strip() if earlier else ""
    if (event := _DONE_BEFORE.search(before)) and _EVENT.search(event["thing"]):
        if name[-1:] in "率面" and before.endswith(name[:2]):
            return f"{event['thing']}{name[2:]}"
        if _TAKING_PART.fullmatch(name):
            return f"{event['thing']}{name}"
    if rate is None or not before or re.search(r"[\d%]", before):
        return ""
    said = _SAID_OF.match(before) or _ACTED_ON.match(before)
    thing = said["thing"].rpartition("的")[2] if said else ""
    return f"{thing}{name}" if len(thing) >= 3 and not _PEOPLE.search(thing) and not _ENDS_ACTING.search(thing) else ""
