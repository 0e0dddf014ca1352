"""Abilities of people that words name."""

from __future__ import annotations

import re

_DEMAND = re.compile(
    r"能力|本领|素养|素质|胜任|短板|最缺|欠缺|缺乏|不会|不懂|不敢|掌握|熟练|具备|应能|能够独立|会用|学会|要会|会[看拆讲算估]|看得懂|讲得清|精通|资质|资格|持证|认证|证书|技能|"
    r"\b(?:skills?|capabilit|competenc|able to|ability|qualif|certif|lack|need to learn|fluent|proficien)",
    re.IGNORECASE,
)
# What follows 能力 here is not an ability of people, or a mere name of a measure.
_NO_DEMAND = re.compile(r"能力要求|能力标准$|偿付能力|盈利能力|负债能力|承受能力|还款能力|服务能力|产能|能力建设$|能力测评|能力等级")
_NAMED = re.compile(
    r"(?:[\u4e00-\u9fffA-Z]{2,12}?)(?=(?:等)?(?:核心|专业)?(?:能力|技能|本领|素养|水平))|"
    r"客户洞察|需求挖掘|需求分析|资产配置|异议处理|合规销售|数字化营销|数据分析|数据治理|风险识别|风险计量|名单经营|方案设计|沟通表达|团队管理|产业分析|"
    r"跨境金融|汇率避险|产品匹配|产品解释|客户沟通|客户经营|项目管理|领导力|执行力|协同|养老规划|财富规划|贷后管理|尽职调查|数字化工具应用|工具应用|行业研究"
)
_LISTED = re.compile(
    r"(?:具备|掌握|覆盖|包括|缺|提升|提高|强化|补齐|训练|学会|短板是|弱项是|不会|要会|最缺的是|不懂)([\u4e00-\u9fffA-Za-z、和与及]{3,60})"
)
_TAIL = re.compile(r"(?:等|的)?(?:[一二三四五六七八九十两]项)?(?:核心|专业|基本)?(?:能力|技能|本领|方面|问题)?$")
_LEAD = re.compile(r"^(?:和|与|及|的|其|是|在|对|把|将|要|应|全面|持续|切实|着力|员工|客户经理|人员)+")


def demands(text: str) -> tuple[str, ...]:
    """The words of `text` that speak of an ability demanded or lacking; empty when none do."""
    return tuple(match.group() for match in _DEMAND.finditer(_NO_DEMAND.sub("", text)))


def named(text: str) -> tuple[str, ...]:
    """The abilities that `text` names, short, in its own words, in their order."""
    found: dict[str, None] = {}
    for match in _LISTED.finditer(text):
        for part in re.split(r"[、和与及]", match[1]):
            name = _TAIL.sub("", _LEAD.sub("", part))
            if 2 <= len(name) <= 10:
                found[name] = None
    if not found:
        for match in _NAMED.finditer(text):
            name = _LEAD.sub("", match.group())
            if 2 <= len(name) <= 10:
                found[name] = None
    return tuple(found)
