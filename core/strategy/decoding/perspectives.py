"""Which of the balanced scorecard's four perspectives words belong to: by what is counted or acted on."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.lexicon import CUSTOMER, ENGLISH_VIEWS, FINANCIAL, LEARNING, PROCESS, compiled
from core.strategy.findings import Perspective

_VIEWS = (Perspective.LEARNING, Perspective.FINANCIAL, Perspective.CUSTOMER, Perspective.PROCESS)
_CHINESE = compiled(LEARNING, FINANCIAL, CUSTOMER, PROCESS)
_ENGLISH = compiled(*(rf"\b(?:{words})\b" for words in ENGLISH_VIEWS))
_HAN = lazily(r"[\u4e00-\u9fff]")


# Training and visiting say what is counted wherever they stand: 参加培训的客户, 走访重点客户.
_TRAINING = lazily(
    r"培训|轮训|参训|施训|补训|带教|导师|培养机制|管培生|毕业生|警示教育|素养|人才|学时|持证|能力提升|带训|[门堂节]课|"
    r"补[^，。；]{2,24}课|研学|\b(?:train\w*|teach|skills?|"
    r"literacy|academy)\b",
    re.IGNORECASE,
)
_VISITING = lazily(
    r"走访|拜访|陪访|外拓|下厂|上门|逐[户村]|走完|走遍|面谈|面对面|认领|包户|触达|过一遍|谈一遍|去企业|走到[^，。]{0,4}客户|新建档|"
    r"\bmeet\b|\bcall(?:s|ing)? (?:on )?[\d,]+"
)
# Who stays or leaves is counted by who it is; what customers hold is theirs, whatever the product.
_STAFF_STAYS = lazily(
    r"(?:人员|员工|座席|坐席|经理|队伍|柜员|人才|骨干|干部|新人|行员)[^，。]{0,6}(?:流失|留存|离职|稳定)|turnover|vacanc|attrition|"
    r"engagement score|headcount",
    re.IGNORECASE,
)
# How content those are who work or learn here; what becomes of complaints is the customers'.
_STAFF_SAY = lazily(
    r"(?:员工|讲师|授课|培训|课程|学员|参训)[\u4e00-\u9fff]{0,4}(?:满意度|敬业度)|(?:测试|考试|通关|"
    r"答辩)[\u4e00-\u9fff]{0,4}(?:通过率|合格率|平均分|得分|过关率)"
)
_COMPLAINTS = lazily(r"投诉[^，。]{0,8}(?:办结|处理|响应|解决|化解)[\u4e00-\u9fff]{0,2}[率时]")
_HOLDING = lazily(r"户均(?!贷款|授信|余额)|持有[^，。]{0,8}产品|产品[^，。]{0,4}(?:持有|覆盖率|渗透率)|交叉持有|产品数")
_MONEY_STAYS = lazily(r"(?:发薪|代发资金|工资|资金)[^，。]{0,8}留存")
_SPENT = lazily(r"\bbudget\b|预算|费用(?!率)|经费", re.IGNORECASE)
# A rate that belongs to what the sentence speaks of: 补训…，覆盖率.
_RATE_ALONE = lazily(r"^(?:覆盖率|通过率|合格率|完成率|参训率|达标率)$")
# What a unit says when the name says nothing.
_BY_UNIT = (
    (lazily(r"学时|课时|学分"), Perspective.LEARNING),
    (lazily(r"元$|USD|GBP|EUR|[$£€]"), Perspective.FINANCIAL),
    (lazily(r"分钟|小时|工作日|^天$|^日$|秒|minutes?|hours?|days?"), Perspective.PROCESS),
)
# An English noun phrase has its head before what belongs to it: share of customers, journey so that a customer can …
_ENGLISH_HEAD = lazily(r"\b(?:of|per|in|for|who|that|so|to|with|across|by)\b|[,;:]", re.IGNORECASE)


# Loans that are not what they should be are a risk before they are money.
_BAD_LOANS = lazily(
    r"(?:用途不符|问题|违规|关注类?|重组|瑕疵)[^，。]{0,4}贷款|贷款占资本|资本净额|大户依赖|non-performing|\bnpls?\b|arrears", re.IGNORECASE
)


_SURE = (
    (_BAD_LOANS, Perspective.PROCESS),
    (_SPENT, Perspective.FINANCIAL),
    (_TRAINING, Perspective.LEARNING),
    (_STAFF_SAY, Perspective.LEARNING),
    (_COMPLAINTS, Perspective.CUSTOMER),
    (_STAFF_STAYS, Perspective.LEARNING),
    (_MONEY_STAYS, Perspective.FINANCIAL),
    (_HOLDING, Perspective.CUSTOMER),
    (_VISITING, Perspective.PROCESS),
)


def of_target(metric: str, unit: str, around: str) -> Perspective | None:
    """The perspective of a target: its metric's, else its unit's, else that of what is `around`."""
    # What is spent on people is money.
    if (named := of_metric(metric)) is Perspective.LEARNING and _BY_UNIT[1][0].search(unit):
        return Perspective.FINANCIAL
    if named is not None and not _RATE_ALONE.match(metric):
        return named
    return next((view for pattern, view in _BY_UNIT if pattern.search(unit)), None) or of_metric(metric, around)


def of_metric(words: str, around: str = "") -> Perspective | None:
    """The perspective of a metric by what it names last (a noun phrase ends in its head), else that of what is `around`."""
    for pattern, view in _SURE:
        if pattern.search(words):
            return view
    if _RATE_ALONE.match(words) and _TRAINING.search(around):
        return Perspective.LEARNING
    head = "" if _HAN.search(words) else _ENGLISH_HEAD.split(words)[0]
    for text in (head, words, around):
        named = _named(text)
        if named:
            # 客户经理 and 经理 end together: the longer word says more.
            return _VIEWS[min((-end, start, order) for start, end, order in named)[2]]
    return None


def of_action(words: str, around: str = "") -> Perspective | None:
    """The perspective of an action or a direction by what it acts on: what its first clause names last, else what comes first after it."""
    clause, _, rest = re.sub(r"[，；。:：]", "\n", words).partition("\n")
    for text in (clause, *rest.split("\n")):
        found = of_metric(text) if text else None
        if found is not None:
            return found
    return of_metric(around) if around else None


def _named(text: str) -> list[tuple[int, int, int]]:
    """Where words of the four perspectives stand, the longest at each place, with the number of the perspective."""
    patterns = _CHINESE if _HAN.search(text) else _ENGLISH
    return [(match.start(), match.end(), order) for order, pattern in enumerate(patterns) for match in pattern.finditer(text)]
