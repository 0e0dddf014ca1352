"""What an indicator is, as its name, unit and source tell: a rate, a count from zero, a test of the training's own, a reaction …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from core.goals.checking.words import plain, spoken, words
from core.goals.goal import GoalIndicator, KirkpatrickLevel
from core.i18n import Language
from core.patterns import lazily
from core.strategy.environment.indicators import Indicator

_BRACKET = lazily(r"[(\[]([^()\[\]]{1,12})[)\]]")
_PERCENT = lazily(r"^(?:%|‰|百分比|percent|per cent|pct|[千万]分之.*)$")
_POINTS = lazily(r"^(?:个?百分点|pp|ppts?|p\.p\.|percentage[ -]?points?|% ?points?|pct[ -]?pts?|百分点数)$")
# What a bracket in a name may hold to count as its unit.
_UNITS = lazily(
    r"^(?:%|‰|个?百分点|bps?|人天|倍|千瓦时|kwh|ms|[千万亿百]*(?:美|欧|港)?元|万?usd|rmb|cny|yuan|10k yuan|100m yuan|"
    r"[万千百亿]?(?:户|人次|人|笔|件|张|份|次|家|台|个|单|条|场|项|分|枚|套|篇|例|起|封|页|天|日|小时|分钟|秒|毫秒|月|年|周|吨|度)(?:/.*)?|"
    r"hours?|days?|minutes?|customers?|points?|cases?|score)$"
)
_EMPTY_UNIT = lazily(r"^[\s\-—/无_]*$")
_TIME = lazily(
    r"^(?:个?工作日|天|日|小时|分钟|秒|毫秒|周|个?月|年|"
    r"(?:business |working )?days?|hours?|minutes?|mins?|seconds?|secs?|weeks?|months?|ms)(?:/.*)?$"
)
_MONEY = lazily(
    r"^[千万亿百]*(?:人民币|美|欧|港|日)?元|美元|usd|eur|"
    r"^(?:[\d]*[kmb]n? )?(?:yuan|usd|cny|rmb|eur|dollars?|million|billion|thousand|m|bn|k)\b"
)
_SCORE = lazily(r"^(?:分|points?|score|marks?|星|stars?)(?!钟|/)|^/\s*\d+$|分制|满分")
_SCALE = lazily(
    r"满分[为是:]?\s*(\d+)|(\d+|[五十百])\s*分制|out of (\d+)|/\s*(\d+)\s*(?:分|$|points?)|(\d+)[- ]point|(\d+)\s*分?满分|"
    r"1\s*[-~–]\s*(\d+)\s*分|max(?:imum)?\.? ?(\d+)"
)
_CHINESE_SCALE = {"五": 5.0, "十": 10.0, "百": 100.0}
# 案防水平提升: whatever stands before it, a level that is raised is not counted.
_VAGUE_HEAD = lazily(
    r"(?:能力|水平|意识|素质|素养|积极性|主动性|凝聚力|面貌|氛围|认识|成效|效果|影响力|作用|形象)"
    r"(?:的?(?:显著|明显|有效|持续|全面|整体)?(?:提升|提高|增强|改善|改进|加强))?\s*$"
)
_SAVED = lazily(r"节省|节约|释放|\bsaved\b|\bfreed\b")
# What may follow a bad thing that is itself the head of a name: 逾期贷款余额占比.
_TAIL = lazily(
    r"(?:贷款|客户|账户|账号|用户|业务|交易|订单|工单|单|余额|金额|总额|额|占比|比例|比重|比|率|度|数量|数|量|次数|件数|户数|笔数|人数|天数|时长|时间|"
    r"次|件|户|笔|人|个|条|份|张|起|例|台|网点|员工|问题|事件|记录|情况|样本|报告|总|平均|的|占|超|以上|[\d.]+|[a-z]+|天|日|分钟|小时|秒|年|月|"
    r"[%()/~\- ])*+$"
)
_ENGLISH_TAIL = lazily(
    r"(?: (?:rate|ratio|share|count|volume|amount|level|number|cases?|balances?|loans?|accounts?|customers?|files?|items?|calls?|reviews?|"
    r"findings?|tickets?|days?|hours?|minutes?|payments?|transactions?|reports?|applications?|tests?|patches|bugs?|trades?|orders?))*"
    r"(?:$|[ ,(]+(?:per|in|of|on|over|older|from|to|for|at|until|among|by|after|within|a|each|above|below|under|beyond|with)\b.*|"
    r"[ ]?[(/].*)"
)
_NPS = lazily(r"净推荐|nps|net promoter")
_NEW_SHARE = lazily(
    r"新(?:增|客|户|发|签|拓|开|做)?.*(?:占比|比例|比重|份额)|"
    r"(?:among|of|in) (?:all )?(?:the )?(?:newly|new)\b|new .*\b(?:share|proportion|percentage)\b"
)
# What each does so many of, when a number a head is given.
_COUNTED = lazily(r"^(?:[万千百]?(?:户|笔|家|单|件|张|份|例|场|次|篇|台)|customers?|accounts?|loans?|cases?|deals?|mandates?)$")
_CUSTOMERS = ("客户", "商户", "企业", "居民", "农户", "会员", "customer", "client", "merchant")
_BEGUN = ("new_customers", "dormant_woken", "npl_recovered", "risk_found", "referrals", "ai_time_saved")
"""Indicators of the library that count from zero."""


@dataclass(frozen=True)
class Named:
    """An indicator and how to read it. `known` is the library's indicator of that name, None where it has none."""

    one: GoalIndicator
    known: Indicator | None = None

    @cached_property
    def name(self) -> str:
        """Its name, plain."""
        return plain(self.one.name)

    @cached_property
    def language(self) -> Language:
        """The language of its name."""
        return spoken(self.name)

    @cached_property
    def unit(self) -> str:
        """Its unit, plain: the one written, or the one in the brackets of its name; "" where there is none."""
        if not _EMPTY_UNIT.match(self.one.unit):
            return plain(self.one.unit)
        return next((one for one in _BRACKET.findall(self.name) if _UNITS.match(one.strip())), "")

    def says(self, group: str) -> bool:
        """Whether its name holds words of a group of `indicator`."""
        return bool(words(self.language, "indicator", group).search(self.name))

    @cached_property
    def in_percent(self) -> bool:
        """Whether its unit is a per cent."""
        return bool(_PERCENT.match(self.unit))

    @cached_property
    def in_points(self) -> bool:
        """Whether its unit is a percentage point."""
        return bool(_POINTS.match(self.unit))

    @cached_property
    def is_rate(self) -> bool:
        """Whether what it measures is itself a rate or share: 覆盖率, not 效率."""
        bare = words(self.language, "indicator", "not_rate").sub(" ", self.name)
        # 满意度 in % is the share of the satisfied, 满意度 in points is a score.
        return bool(words(self.language, "indicator", "rate").search(bare)) or (
            self.says("satisfaction") and (self.in_percent or self.in_points)
        )

    @cached_property
    def is_score(self) -> bool:
        """Whether it is counted in points of a scale."""
        return bool(_SCORE.match(self.unit) or self.scale is not None)

    @cached_property
    def is_time(self) -> bool:
        """Whether it is a duration."""
        return bool(_TIME.match(self.unit))

    @cached_property
    def is_money(self) -> bool:
        """Whether it is a sum of money."""
        return bool(_MONEY.match(self.unit))

    @cached_property
    def is_nps(self) -> bool:
        """Whether it is a net promoter score."""
        return bool(_NPS.search(self.name))

    @cached_property
    def scale(self) -> float | None:
        """The highest mark of its scale, where name or unit tell it."""
        found = _SCALE.search(f"{self.name} {plain(self.one.unit)}")
        if not found:
            return None
        mark = next(part for part in found.groups() if part)
        return _CHINESE_SCALE.get(mark) or float(mark)

    @cached_property
    def is_reaction(self) -> bool:
        """Whether it shows only that people came and liked it. Customers' satisfaction is a result."""
        customers = any(word in self.name for word in _CUSTOMERS)
        if self.says("reaction"):
            return not customers or any(word in self.name for word in ("课程", "培训", "讲师", "course", "training"))
        about = plain(self.one.source)
        asked = re.search(r"培训评估|课程评估|学员|训后问卷|培训问卷|course|training|feedback form", about) and self.says("satisfaction")
        return not customers and (self.one.level is KirkpatrickLevel.REACTION or bool(asked))

    @cached_property
    def is_own_test(self) -> bool:
        """Whether it is a score or pass rate of the training's own test or certificate."""
        if self.says("own_test"):
            return True
        return self.one.level is KirkpatrickLevel.LEARNING and (self.is_rate or self.is_score)

    @cached_property
    def starts_at_zero(self) -> bool:
        """Whether it counts what the training itself begins: 新增…户, 完成…次."""
        if self.is_time and _SAVED.search(self.name):
            return True
        if self.is_rate or self.is_time or self.is_score or self.in_percent or self.in_points or self.says("per_person"):
            return False
        if self.better < 0 and self.one.operator in ("<=", "-"):
            return False
        if self.one.per_head is not None and self.one.operator == ">=" and _COUNTED.match(self.unit):
            return True
        return self.says("new") or bool(self.known and self.known.code in _BEGUN)

    @cached_property
    def is_share_of_new(self) -> bool:
        """Whether it is a share among what is new, which has no yesterday."""
        return bool(_NEW_SHARE.search(self.name))

    @cached_property
    def is_change(self) -> bool:
        """Whether its name is already that of a change: 提升幅度."""
        return self.says("change")

    @cached_property
    def better(self) -> int:
        """1 where more is better, -1 where less is, 0 where the name does not tell."""
        if self.says("reduced") or (self._did.match(self.name) and not self.is_rate and not self.is_time):
            return 1
        bad, good = self._last("lower"), self._last("good_deed")
        if self.language == "en" and bad and good:
            # English puts the head first or last: overdue reviews completed, time to resolution. Both together tell nothing.
            return 0
        dealt_with = _did_bad(self.language).search(self.name)
        if (good and good >= bad) or (dealt_with and dealt_with.end() >= bad):
            return 1
        if bad:
            # 流失信号客户联系率: what is bad only says whom; the head of the name is something else.
            tail = _ENGLISH_TAIL if self.language == "en" else _TAIL
            return -1 if tail.match(self.name, bad) else 0
        if self.known is not None:
            return 1 if self.known.facts.higher_is_better else -1
        return 1 if _head(self.language).search(_BRACKET.sub("", self.name)) else 0

    @property
    def _did(self) -> re.Pattern[str]:
        return _did(self.language)

    def _last(self, group: str) -> int:
        """Where the last word of a group ends in the name, 0 where there is none. The head of a Chinese name stands last."""
        return max((found.end() for found in words(self.language, "indicator", group).finditer(self.name)), default=0)

    @cached_property
    def measures_nothing(self) -> bool:
        """Whether nothing is left of its name without the words that measure nothing."""
        bare = _BRACKET.sub(" ", self.name)
        if _VAGUE_HEAD.search(bare) and self.known is None:
            return True
        rest = words(self.language, "indicator", "empty_parts").sub(" ", bare)
        return not re.search(r"[\u4e00-\u9fffa-z\d]", rest)


def named(one: GoalIndicator, library: Sequence[Indicator]) -> Named:
    """The indicator with the library's of the same name: the longest name that stands in its own."""
    name = plain(one.name)
    held = [known for known in library if name and _plain_name(known.facts.name) in name]
    return Named(one, max(held, key=lambda known: len(known.facts.name), default=None))


@cache
def _plain_name(name: str) -> str:
    return plain(name)


@cache
def _did(language: Language) -> re.Pattern[str]:
    """A good deed at the head of a name: 主动报告异常行为, but not 报告退回件数."""
    before = "新增|新|主动|成功|有效|累计|共|首次|及时|已" if language == "zh" else "newly |successfully |cases |issues "
    did, bad, things = (words(language, "indicator", group).pattern for group in ("did", "lower", "things"))
    return re.compile(f"(?:{before})*(?:{did})(?: ?(?={things})|(?! ?(?:{bad})))")


@cache
def _did_bad(language: Language) -> re.Pattern[str]:
    """发现告警: a bad thing that was dealt with."""
    did, bad = (words(language, "indicator", group).pattern for group in ("did", "things"))
    return re.compile(f"(?:{did}).{{0,2}}?(?:{bad})")


@cache
def _head(language: Language) -> re.Pattern[str]:
    """A good thing as the head of a name, which stands last: 存款余额, but not 存款回落额."""
    good = words(language, "indicator", "higher").pattern
    if language == "en":
        return re.compile(rf"{good}(?: (?:rate|ratio|share|balance|count|number|volume|score|growth))?$")
    return re.compile(rf"(?:{good})(?:率|额|数|量|度|余额|规模|占比|户数|笔数|人数|增量|总额)?$")
