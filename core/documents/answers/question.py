"""What a question asks: its language, its kind, the years and terms that an answer must be about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.documents.answers.numbers import years
from core.documents.grams import normalise
from core.documents.vocabulary import FUNCTION_WORDS_EN
from core.patterns import lazily

Kind = Literal["number", "list", "reason", "method", "time", "who", "plain"]
TermLanguage = Literal["zh", "en"]

_HAN = lazily(r"[\u3400-\u9fff]")

# Words that only carry the asking. They are taken out before terms are weighed: no document contains 是多少.
_ASKING_ZH = lazily(
    r"请问|请你|请|告诉我|我想知道|想知道|想了解|帮我|帮忙|查一下|查询|一下子?|有没有|是不是|是否|能不能|"
    r"可不可以|会不会"
    r"|什么时候|什么时间|什么样|是什么|为什么|为何|什么|何时|何种|何地|哪一年|哪一天|哪个|哪些|哪几|哪里|"
    r"哪儿|哪家|哪位|哪种|哪年|哪天|哪"
    r"|怎么样|怎么办|怎么|怎样|如何|分别|各自|各是|多少|多久|多长时间|多长|多大|多高|几个|几种|几类|几次|"
    r"几年|几人|几家|几层|几(?=[\u4e00-\u9fff])"
    r"|指的是|是指|说的是|介绍|列出|列举|说说|具体|到底|究竟|一共|总共|现在|目前|谁|叫做|叫|吗|呢|吧|啊|呀|嘛"
    r"|要?达到|包括|包含|有关|关于|根据|按照|文件里|文件中|材料里|规定了|提到"
)
_FUNCTION = frozenset("的了着吗呢吧啊呀么们这那哪谁什怎请")
_WEAK = frozenset("是在和与及或把被让对从到由于为以将会能要有不没也都就才还之其我你他她它个中里上下等应该需可得过给跟比去来做用第多几各每")

_COUNTING = frozenset("年月日个户人名位次项件份天条层类种家元张笔名")
# Words that begin or end with a joining character and yet are words.
_WORDS_LINE = (
    "年度 年末 年均 年龄 月度 日均 个人 户均 户数 人均 人数 人员 人才 人力 名单 名称 项目 条件 条线 条款 "
    "层级 类别 种类 家庭 等级 应用 应当 能力 不良 上级 下级 中级 "
    "中期 中心 中小 中层 从业 从事 对公 对象 对标 会议 会计 有效 有贷 要求 要点 等候 等待 我行 为主 可用 "
    "得分 需求 需要 过程 过渡 用户 用途 来源 来访 去年 到期 到位 不同 上线 上市 "
    "下降 下属 以上 以下 以内 在岗 在线 由来 于是 将来 才能 天数 次数 件数 日期 月份 年份 年报 个案 位置 "
    "份额 张贴 名字 名额 项下 类型 元素"
)
_WORDS = frozenset(_WORDS_LINE.split())

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("reason", lazily(r"为什么|为何|原因|何以|怎么会|why\b|reason")),
    (
        "time",
        lazily(
            r"什么时候|什么时间|何时|哪一?年|哪一?天|哪个月|几月|几号|从哪天|截止日期|when\b|what date|"
            r"which year|deadline"
        ),
    ),
    (
        "number",
        lazily(
            r"多少|几(?![类种层项])|多久|多长|多大|多高|比例|占比|目标值|百分之|高不高|"
            r"how (many|much|long|often|large|high|big|old|far)|what (is|was|are|were) the "
            r".{0,60}(target|rate|ratio|share|number|amount|percentage|budget|total)"
            r"|what (share|percentage|proportion|number|amount|rate)"
        ),
    ),
    (
        "who",
        lazily(r"谁|哪个部门|哪些部门|哪个机构|由哪|哪位|牵头部门|责任部门|who\b|whom\b|which (department|unit|team)"),
    ),
    (
        "list",
        lazily(
            r"哪些|哪几|哪[一二两三四五六七八九十\d]|有什么|包括什么|列出|列举|"
            r"[几三四五六七八九]个?(方面|层面|步骤|步|项|类|种|层|件事|大任务|条建议|个建议)|分为|分哪"
            r"|what are|which (\w+ )?(are|were|do|have|competenc|scenario|kind|type)|list\b"
        ),
    ),
    ("method", lazily(r"如何|怎么|怎样|办法|措施|流程|步骤|how\b")),
)


@dataclass(frozen=True)
class Term:
    """A piece of a question that evidence should hold, at `start` in it: a run of Chinese characters, or one Latin word or number."""

    text: str
    start: int
    han: bool


@dataclass(frozen=True)
class Question:
    """A question taken apart. `text` is normalised; `terms` are what is left when the asking words are gone, in order.

    `head` is the range of what is asked about the subject: 平均年龄 in 县域支行行长的平均年龄是多少, employees in how many
    employees. An answer must speak of it. (0, 0) where the question has no such form.
    """

    text: str
    language: TermLanguage
    kind: Kind
    years: frozenset[int]
    terms: tuple[Term, ...]
    head: tuple[int, int]

    @property
    def wants_several(self) -> bool:
        """Whether one sentence is hardly enough: a list, or two things side by side."""
        return self.kind == "list" or len(self.years) > 1 or _COMPARING.search(self.text) is not None


_COMPARING = lazily(r"分别|各是|各自|相比|对比|区别|差异|不同|哪些文件|compare|versus|\bvs\b|difference|respectively")
_PARTS = lazily(f"[^{''.join(sorted(_FUNCTION))}]+")
_RUN = lazily(r"[\u3400-\u9fff]+|[a-z]+(?:['&+.-][a-z0-9]+)*|\d+(?:[.,]\d+)*")
_ASKED = r"(?:多少|几|什么|谁|哪|怎|如何|多大|多高|多久|多长)"
_HEADS = (
    lazily(rf"的([\u3400-\u9fffa-z]{{2,14}}?)(?:目标|标准|要求|规定)?(?:是|有|为|达到|要|应|需|由|在|叫|分别)*{_ASKED}"),
    lazily(r"(?:多少|几)[个名位家户张台次项种类笔份条款所座](?:的)?([\u3400-\u9fff]{2,10})"),
    lazily(r"有多少([\u3400-\u9fff]{2,10})"),
    lazily(r"谁是(?:[\u3400-\u9fff]*的)?([\u3400-\u9fff]{2,12})"),
    lazily(r"how (?:many|much) ((?:(?!does|did|do|is|are|was|were|should|must|will|can|have|has|in\b|of\b)[a-z-]+ ?){1,3})"),
    lazily(
        r"(?:what|which) (?:is|was|are|were) (?:the |an? )?((?:(?!of\b|for\b|in\b|at\b|to\b|on\b|"
        r"by\b)[a-z-]+[ ?]*){1,4})"
    ),
    lazily(r"who (?:is|was|are) (?:the |an? )?((?:(?!of\b|for\b|in\b|at\b)[a-z-]+[ ?]*){1,4})"),
)


@lru_cache(maxsize=256)
def understand(text: str) -> Question:
    """Take a question apart. Rules only: the same question always gives the same result."""
    plain = normalise(text).strip()
    language: TermLanguage = "zh" if len(_HAN.findall(plain)) >= 2 else "en"
    kind: Kind = next((name for name, pattern in _KINDS if pattern.search(plain)), "plain")
    return Question(text=plain, language=language, kind=kind, years=frozenset(years(plain)), terms=_terms(plain), head=_head(plain))


def _head(plain: str) -> tuple[int, int]:
    return next((found.span(1) for pattern in _HEADS if (found := pattern.search(plain))), (0, 0))


def _terms(plain: str) -> tuple[Term, ...]:
    found: list[Term] = []
    for match in _RUN.finditer(_ASKING_ZH.sub(lambda asking: "。" * len(asking.group()), plain)):
        run = match.group()
        if run[0].isascii():
            if run not in FUNCTION_WORDS_EN and not _is_year(run):
                found.append(Term(run, match.start(), han=False))
            continue
        for part in _PARTS.finditer(run):
            text, shift = _without_joints(part.group())
            if text:
                found.append(Term(text, match.start() + part.start() + shift, han=True))
    return tuple(found)


def _without_joints(part: str) -> tuple[str, int]:
    """A run of characters without the joining and counting words at its ends (年有…, …是, 个…), and how far its start moved."""
    first, last = 0, len(part)
    while first < last and part[first] in _WEAK | _COUNTING and part[first : first + 2] not in _WORDS:
        first += 1
    while first < last and part[last - 1] in _WEAK and part[last - 2 : last] not in _WORDS:
        last -= 1
    if last - first == 1 and part[first] in _COUNTING:
        return "", 0
    return part[first:last], first


def _is_year(run: str) -> bool:
    return run.isdigit() and bool(years(run))


def weak(char: str) -> bool:
    """Whether a character mostly joins words (和, 在, 有 …), so that a pair with it may be no word at all."""
    return char in _WEAK
