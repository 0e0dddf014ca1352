"""AI 分流＋核心聚焦: what is pure knowledge is learnt alone and tested by the machine, what has to be done is learnt face to face.

A rule, the same for everybody: what the item's words, its level and the way in which that level is assessed say, weighed against each
other. Each reason names what decided. A model may be asked instead (`triage_model.py`); a person may decide otherwise, with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.delivery.content.item import ItemFacts, Triage
from core.delivery.content.terms import Way
from core.i18n import Message
from core.people.terms import LEVEL_NAMES, Dimension

RULE = "triage 1"
"""The version of this rule, which is stored beside what it advises."""


@dataclass(frozen=True)
class Ability:
    """A competency as the rule needs it: `assessed_by` says for each level, from L1 on, how it is assessed."""

    id: int
    name: str
    dimension: Dimension
    assessed_by: Sequence[str] = ()


@dataclass(frozen=True)
class Evidence:
    """Something that speaks for one of the ways: the rule's name, how much it weighs, and what it says."""

    way: Way
    rule: str
    weight: float
    said: Message


# The verbs and nouns of knowing and of doing, longest first where one holds another.
KNOWING = (
    "政策解读", "制度学习", "基础知识", "知识点", "产品知识", "要素", "概念", "定义", "原理", "法规", "条款", "准则", "规定", "规章",
    "制度", "政策", "了解", "知晓", "熟悉", "记住", "识记", "说出", "复述", "解读", "概览", "概述", "全景", "入门", "基础", "要点", "须知",
    "术语", "红线", "一本通", "学习手册", "课件", "know ", "understand", "define", "concept", "principle", "regulation", "policy",
    "overview", "basics", "introduction", "terminology", "rules",
)  # fmt: skip
DOING = (
    "演练", "实操", "实战", "实训", "演示", "模拟", "沟通", "面谈", "谈判", "异议", "拜访", "陪访", "走访", "上门", "话术", "开口", "营销",
    "诊断", "还原", "判断", "研判", "设计", "制定", "撰写", "写作", "答辩", "方案", "复盘", "辅导", "带教", "点评", "协同", "组织", "推动",
    "攻坚", "处置", "应对", "化解", "解决", "落地", "案例", "工作坊", "跟岗", "通关", "测算", "编制", "主持", "激励", "经营计划",
    "role-play", "practise", "practice", "negotiat", "handle", "design", "draft", "solve", "coach", "lead ", "workshop", "case",
    "simulat", "diagnos", "plan a", "conduct", "persuade",
)  # fmt: skip
_ORGANISING = ("团队", "管理", "领导", "协同", "跨部门", "教练", "带教", "辅导", "组织", "team", "lead", "manage", "coach")
_ONLINE_TESTS = ("测试", "笔试", "test", "quiz")


def triage(facts: ItemFacts, ability: Ability | None) -> Triage:
    """The way that the rule advises for an item, with the reason. `ability` None: the capability model does not know its competency."""
    found = evidence(facts, ability)
    balance = sum(one.weight if one.way is Way.FACE_TO_FACE else -one.weight for one in found)
    if not found or balance == 0:
        said = Message("名称和说明里看不出要在人前做什么，按知识处理。请核对，或补上怎么用、达到几级。")
        return Triage(Way.SELF_STUDY, "nothing_tells", said, RULE)
    way = Way.FACE_TO_FACE if balance > 0 else Way.SELF_STUDY
    own = sorted((one for one in found if one.way is way), key=lambda one: -one.weight)
    against = sorted((one for one in found if one.way is not way), key=lambda one: -one.weight)
    why = own[0].said
    for one in own[1:]:
        why = Message("{first}；{second}", first=why, second=one.said)
    if against:
        why = Message("{first}。另一面：{second}，分量较轻。", first=why, second=against[0].said)
    return Triage(way, own[0].rule, why, RULE)


def evidence(facts: ItemFacts, ability: Ability | None) -> list[Evidence]:
    """What speaks for each of the ways."""
    texts = ((facts.name, 2.0), (facts.learnt, 1.0), (facts.use, 1.0))
    found = []
    for words, way, rule in ((DOING, Way.FACE_TO_FACE, "words_of_doing"), (KNOWING, Way.SELF_STUDY, "words_of_knowing")):
        told = {word: weight for text, weight in reversed(texts) for word in words if word in text.lower()}
        if told:
            listed = "、".join(f"“{word.strip()}”" for word in list(told)[:3])
            said = (
                Message("{words}说的是要做、要用的事", words=listed)
                if way is Way.FACE_TO_FACE
                else Message("{words}说的是要知道的事", words=listed)
            )
            found.append(Evidence(way, rule, min(sum(told.values()), 4.0), said))
    found += _level(facts, ability)
    if ability is not None and ability.dimension is not Dimension.PROFESSIONAL and any(one in ability.name for one in _ORGANISING):
        said = Message("“{competency}”是组织能力，要和人一起练", competency=ability.name)
        found.append(Evidence(Way.FACE_TO_FACE, "organising_ability", 1.5, said))
    return found


def _level(facts: ItemFacts, ability: Ability | None) -> list[Evidence]:
    if facts.level is None:
        return []
    name = LEVEL_NAMES[facts.level]
    assessed = ability.assessed_by[facts.level - 1] if ability and len(ability.assessed_by) >= facts.level else ""
    online = any(word in assessed.lower() for word in _ONLINE_TESTS) if assessed else facts.level == 1
    if assessed:
        said = Message("L{level} {name}用“{assessed}”考核", level=facts.level, name=name, assessed=assessed)
    else:
        said = Message("要达到 L{level} {name}", level=facts.level, name=name)
    return [Evidence(Way.SELF_STUDY if online else Way.FACE_TO_FACE, "level_assessment", 2.0 if online else 1.0, said)]
