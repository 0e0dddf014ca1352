"""What in an earlier question a few new words take the place of: a post that of a post, a unit that of a unit, a measure that of a measure.

They often stand within longer words, which must stay: 柜员呢 after 城东支行的客户经理参训人数 asks how many tellers attended.
"""

from __future__ import annotations

import re

from core.documents.answers.question import understand
from core.documents.grams import normalise
from core.patterns import lazily

Range = tuple[int, int]

_POST_LINE = (
    "客户经理|理财经理|大堂经理|风险经理|产品经理|项目经理|投资经理|经理|综合柜员|柜员|柜面人员|内部讲师|外部讲师|"
    "外聘讲师|讲师|导师|教练|行长|副行长|主管|主任|新员工|员工|专员|分析师|规划师|理财师|顾问|审批人|行员|管培生|干部"
)
_WHICH_LINE = (
    "零售|对公|公司|普惠|小微|个人|高级|中级|初级|资深|新任|新入职|新|老|内部|外部|正式|派遣|县域|城区|综合|运营|管户|"
    "持证|见习|兼职|专职|一线|后备|年轻|青年|跨境|养老|私行|私人银行|财富|消贷|科技|合规|信贷|个贷|贵宾|全体|在职|"
    "退休|基层|中层"
)
_MEASURE_LINE = (
    "人数|人次|户数|笔数|金额|余额|增速|增幅|增量|占比|比例|比重|[\u4e00-\u9fff]{2}率|预算|经费|费用|课时费|学时|课时|"
    "时间|期限|时限|周期|频次|次数|权重|规模|得分|分数|收入|利润|月活|编制|单价|标准|条件|流程|考核"
)
_DONE_LINE = "参训|参加|参与|完成|授课|持证|考核|培训|到课|达标|报名|上线|截止|开始|结束|审批|评价"
_POST = lazily(f"(?:{_WHICH_LINE})*(?:{_POST_LINE})")
_UNIT = lazily("[\u4e00-\u9fff]{2,6}?(?:支行|分行|网点|(?<!干)部(?![门分长级]))")
_NUMBER = r"第?(?:\d+|[一二三四五六七八九十]+)"
_NUMBERED = lazily(f"{_NUMBER}(支行|分行|网点|营业部|部门|期|批|班|组|档|级|季度|阶段)")
_MEASURE = lazily(f"(?:{_DONE_LINE})*(?:{_MEASURE_LINE})+(?:目标|要求|标准)?")
_MEASURE_LAST = lazily(f"{_MEASURE.pattern}$")
_SHORT = 3


def place_of(part: str, before: str) -> Range | None:
    """Where in `before`, normalised, the words stand that `part` takes the place of; None where neither is of a kind known here."""
    words = normalise(part).strip().removesuffix("的")
    whole = normalise(before)
    if _POST.fullmatch(words):
        found = _POST.search(whole)
        return found.span() if found else None
    if numbered := _NUMBERED.fullmatch(words):
        found = re.search(f"{_NUMBER}{numbered[1]}", whole)
        return found.span() if found else None
    for term in (term for term in understand(before).terms if term.han):
        end = _end_of_unit(words, term.text) or _end_of_variant(words, term.text)
        if end:
            return term.start, term.start + end
    return None


def measure_of(part: str, before: str) -> str:
    """`before` asked for another measure, `part`, of the same thing: 城东支行的参训人数 for 城东支行的预算; "" where it has none."""
    words = normalise(part).strip()
    if not _MEASURE.fullmatch(words):
        return ""
    whole = normalise(before)
    for term in reversed([term for term in understand(before).terms if term.han]):
        found = _MEASURE_LAST.search(term.text)
        if found:
            return whole[: term.start + found.start()] + words + whole[term.start + found.end() :]
    return ""


def names_a_measure(part: str) -> bool:
    """Whether a few words name no more than a measure, which is always one of something."""
    return _MEASURE.fullmatch(normalise(part).strip()) is not None


def _end_of_unit(words: str, term: str) -> int:
    found = _UNIT.match(term) if _UNIT.fullmatch(words) else None
    return found.end() if found else 0


def _end_of_variant(words: str, term: str) -> int:
    """The end of what begins `term` and differs from short `words` in one character, as 中级 does from 高级 and 城东 from 城西."""
    length = len(words)
    if not 2 <= length <= _SHORT or length >= len(term):
        return 0
    return length if sum(one == other for one, other in zip(words, term, strict=False)) == length - 1 else 0
