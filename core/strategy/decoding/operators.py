"""How a figure binds: a bound beside the number decides first, then the verb before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.patterns import lazily
from core.strategy.findings import Operator

_LEAST = lazily(
    r"(?:不[得能许可准应宜]?(?:低于|少于|小于)|保底|(?:起码|最少|至少|怎么也)要?[到达]?|≥|>=|＞|>|(?<![不别])(?<!不[得能许可准应宜])(?:超过|(?<![商高赶])超|大于|多于|突破|高[于过])|(?<![突打冲])破|逾|"
    r"(?<=[训习学练课])满|[跨迈越冲]过|冲破|(?<![超不通经得高多])过)\s*(?:组织|开展|举办|完成|安排|召开|看|有|达到|做|上|办|开|搞)?$"
)
_OF_A_WHOLE = lazily(r"(?:(?P<most>不(?:得|能)?(?:高于|超过|多于))|(?:不(?:得|能)?(?:低于|少于)|[达占做]到))[\u4e00-\u9fff]{2,10}的$")
# 至少做成3单: the verb between belongs to what is measured.
_LEAST_DO = lazily(r"(?:至少|最少|起码)(?P<do>[\u4e00-\u9fff]{1,12})\s*$")
_MOST = lazily(
    r"(?:[不别][得能许可准应宜]?(?:超过|高[于过]|多[于过]|大于|突破|超)|最多|≤|<=|＜|<|控制在|压降在|(?<!不)(?<!不[得能许可准应宜])低于|[压管严调]控在|压[缩降]?在|少于|"
    r"限制在|严控在|小于)\s*$"
)
_UP_TO = lazily(
    r"(?:→|->|↑\s*[至到]|达到|达|做到|要到|提[升高]?到|提[升高]?至|增[加长]?到|增[加长]?至|升至|升到|上升至|上升到|回升到|回升至|攀升至|"
    r"扩[大充容展]?[到至]|站上|站稳|配到|配至|拓展到|"
    r"拓展至|(?:推广|延伸|扩展|扩面|覆盖|铺开|复制|释放|恢复|修复|改善|优化|普及|增强|累计|完成|提)[到至]|[先再底末进摸见]到|重返|发展到|发展至|壮大到|充实到|"
    r"[干拼冲抬拉推爬攻挺带摸跃迈抓先追加]到|要上|补到|补充到|迈上|跃上|迈入|完成到|高达|多达|回到|重回|放大到|增到|升到|涨到)\s*$"
)
# 有效户到205万户, 把用信率搞到四成: whatever brings it there.
_SOMEHOW_TO = lazily(r"(?:(?<=[\u4e00-\u9fff])|^\s*)(?<![不招看入均投搬收遇听受接想])到\s*$")
_DOWN_TO = lazily(
    r"(?:↓\s*[至到]|降至|降到|下降到|下降至|降低到|降低至|压降至|压降到|压到|压至|压缩至|压缩到|压减到|压减至|减到|减至|减少到|减少至|"
    r"精简到|[缩减]小[到至]|精减[到至]|筛[到至]|"
    r"精简至|缩短?到|缩短?至|收窄到|收窄至|回落到|回落至|缩减到|"
    r"缩减至|控制到|改到|(?:压[缩减降]?|缩[短减]?|减[少]?|降低?|精简|合并|归并|收)为|[压降缩退减]回|(?:合并|归并|收敛|瘦身|浓缩|"
    r"下调|减半|[砍裁])[到至成])\s*$"
)
_MORE_WORDS = (
    r"扩编|扩招|增编|增员|增聘|增招|增派|加派|(?:[比较](?:上年|去年|年初|同期)|再)多|多[做投放挣赚收]|上调|再提|"
    r"新增加?|净增加?|增长|增加|增配|增补|提[升高]|上升|多增|新拓展?|新获|增收|攀升|净增长|上浮|增|↑|再[增添上]|增幅"
)
_LESS_WORDS = (
    r"下降|减少|压降|压减|降低|压缩|缩短|精简|收窄|净减|下调|缩减|砍减|砍|[砍减压降去]掉|裁减|削减|"
    r"节约|节省|净压|[先再]压|少[做投放]|少|降|减|↓|下来|下去|走低|压低|回落|压退|清掉|省出"
)
_MORE = lazily(rf"(?:{_MORE_WORDS})\s*$")
_LESS = lazily(rf"(?:{_LESS_WORDS})\s*$")
# 新增跨境结算客户600户: the verb stands before what is counted.
_MORE_OF = lazily(
    r"(?:^|[\u4e00-\u9fff、])?(?:新增|净增|新拓展?|多增|增配|增补)(?P<what>(?:(?:[A-Z]{2,4}|[\u4e00-\u9fff]{2,4})?\d[\d,.]*[万亿]?元(?:及?以[上下]的?)?)?[\u4e00-\u9fffA-Za-z“”、]{2,24}?)各?\s*$"
)
_LESS_OF = lazily(r"(?:压降|压减|净减|减少|压缩|节约|节省)(?P<what>[\u4e00-\u9fffA-Za-z“”]{2,14})\s*$")
_AFTER_LEAST = lazily(r"^\s*(?:及?以上|起(?!草|来|点)|打底)|^\+")
_AFTER_MOST = lazily(r"^\s*(?:及?以内|之内|以下|内(?![容部外控训勤]))")
_ABOVE_ANOTHER = lazily(r"(?:高于|快于|好于|优于|领先于?)[\u4e00-\u9fff]{2,14}$")
# 向500万户迈进.
_TOWARDS = lazily(r"(?:向|朝着?|往)\s*$")
_GOING = lazily(r"^\s*(?:大关|目标)?(?:迈进|进军|冲刺|看齐|靠拢|挺进|奋进)")
# 控制在95元左右: about so much, and no ceiling.
_KEPT_AT = lazily(r"(?:[压管严调]?控制?|保持|稳定|维持)在\s*$")
_AROUND = lazily(r"^\s*(?:左右|上下)")
_ABOUT = lazily(r"(?:约|左右|大约|近)\s*$")


@dataclass(frozen=True)
class Binding:
    """An operator, the rule that gave it, and what stands `before` the words that bind."""

    operator: Operator
    rule: str
    before: str


_BESIDE: tuple[tuple[re.Pattern[str], Operator, str], ...] = (
    (_LEAST, ">=", "target_bound"),
    (_MOST, "<=", "target_bound"),
)
_VERBS: tuple[tuple[re.Pattern[str], Operator], ...] = (
    (_DOWN_TO, "<="),
    (_UP_TO, ">="),
    (_SOMEHOW_TO, ">="),
    (_MORE, "+"),
    (_LESS, "-"),
)
_CHANGED: tuple[tuple[re.Pattern[str], Operator], ...] = ((_MORE_OF, "+"), (_LESS_OF, "-"))
_AFTER: tuple[tuple[re.Pattern[str], Operator], ...] = ((_AFTER_LEAST, ">="), (_AFTER_MOST, "<="))


def binding(before: str, after: str) -> Binding:
    """How a figure between `before` and `after` binds."""
    bare = _ABOUT.sub("", before)
    if _AROUND.match(after) and (found := _KEPT_AT.search(bare)):
        return Binding("=", "target_bound", bare[: found.start()])
    for pattern, operator, rule in _BESIDE:
        if found := pattern.search(bare):
            return Binding(operator, rule, bare[: found.start()])
    # 不得低于总额的60%: what it is a share of stands between.
    if found := _OF_A_WHOLE.search(bare):
        return Binding("<=" if found["most"] else ">=", "target_bound", bare[: found.start()])
    if found := _LEAST_DO.search(bare):
        return Binding(">=", "target_bound", bare[: found.start()] + re.sub(r"要?[到达]$", "", found["do"]))
    return _by_verb(bare, after) or _by_what_is_changed(bare)


def _by_verb(bare: str, after: str) -> Binding | None:
    """How the verb before a figure or the bound after it binds; None where there is neither."""
    if _TOWARDS.search(bare) and _GOING.match(after):
        return Binding(">=", "target_verb", _TOWARDS.sub("", bare))
    bound = next((operator for pattern, operator in _AFTER if pattern.match(after)), None)
    for pattern, operator in _VERBS:
        if found := pattern.search(bare):
            # With a bound after it a change is what is measured: 释放人力 in 提高2个百分点以上.
            if bound is not None and operator in "+-":
                return Binding(bound, "target_bound", bare)
            return Binding(bound or operator, "target_bound" if bound else "target_verb", bare[: found.start()])
    return Binding(bound, "target_bound", bare) if bound is not None else None


def _by_what_is_changed(bare: str) -> Binding:
    # 增速高于各项贷款增速2个百分点: by so much at least.
    if _ABOVE_ANOTHER.search(bare):
        return Binding(">=", "target_bound", bare)
    for pattern, operator in _CHANGED:
        if found := pattern.search(bare):
            return Binding(operator, "target_verb", found["what"])
    return Binding("=", "target_figure", bare)


def is_level(before: str) -> bool:
    """Whether the words before a figure make it a level, so that 压缩到3天以内 is no date."""
    return any(pattern.search(before) for pattern in (_MOST, _DOWN_TO, _UP_TO, _LEAST, _LEAST_DO))
