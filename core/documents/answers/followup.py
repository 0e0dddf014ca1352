"""Follow-ups made into questions that can be searched: 那2027年呢 after 2026年零售AUM的目标是多少 asks 2027年零售AUM的目标是多少.

Rules only, so that a conversation can be replayed. A question that names its own subject is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.answers.counterparts import measure_of, names_a_measure, place_of
from core.documents.answers.numbers import years
from core.documents.answers.question import Question, Term, understand
from core.documents.grams import normalise
from core.patterns import lazily

_OPENING = lazily(
    r"^(?:那么?|还有|再说|另外|至于|然后|and|then|so|also|what about|how about|"
    r"but)(?![\u4e00-\u9fff]*(?:些|个))[\s,，、]*",
    re.IGNORECASE,
)
_CLOSING = lazily(r"(?:呢|的情况|的话)?[?？。.!！\s]*$")
_PRONOUN = lazily(
    r"它们|他们|她们|它|他|她|前者|后者|上述(?:内容|指标|要求)?|这(?:个|项|些|条|类|里|种|一)?(?:指标|"
    r"目标|数字|要求|规定|任务|制度|培训|岗位|办法|方案)?|那(?:个|项|些|条|类|种|一)(?:指标|目标|数字|"
    r"要求|规定|任务|制度|培训|岗位|办法|方案)?"
    r"|其(?=[\u4e00-\u9fff]{2})(?![他它中余次实])|该(?=[\u4e00-\u9fff])"
)
_PRONOUN_EN = lazily(r"\b(?:its|it|they|their|them|these|those|this|that)\b", re.IGNORECASE)
_YEAR = lazily(r"(?:19|20)\d{2}")
_YEAR_ZH = lazily(r"(?:19|20)\d{2}\s*年?")
_BARE = lazily(
    r"^(?:为什么|为何|(?:还有)?(?:别的|其他)?原因(?:是什么|吗)?|还有(?:别的|其他)?[\u4e00-\u9fff]{0,4}吗|"
    r"怎么做|如何做|怎么办|具体(?:呢|是什么|怎么做|有哪些|要求)?|详细(?:说说|一点)?|还有(?:吗|呢|"
    r"别的吗)?|依据(?:是什么)?|谁负责|由谁负责|什么时候"
    r"|why|why so|how|how so|when|who|where|more|anything else|for example)[呢吗的\s]*[?？。]*$",
    re.IGNORECASE,
)
_ASKING = lazily(
    r"(?:由|归|是)?(?:谁|哪个部门|什么部门)来?(?:负责|牵头|审批|组织)"
    r"|(?:分别|各)?(?:是|为|达到|达|定在|控制在|要有|要|有|应|需要|会|不少于|不低于|不高于|不超过|至少|最多)*"
    r"(?:多少[笔个户家名人次项件张天元]?|几[个户家名次项天年种类波]?|什么时候|什么|哪[些个年天家]?|谁|"
    r"怎么办|怎么样|怎么|怎样|如何|为什么|为何|何时|多长时间|多[久长大高]|分哪几种)"
    r"|[吗呢吧]"
)
_ENDS = lazily(r"^[\s,，]+|[\s,，?？。]+$")
_OF = lazily(r"^(.{2,30}?)的([^的]{1,20})$")
_CLAUSE = lazily(r"^(?:如果|要是|假如|万一|若|没有|不)")
_LITTLE = 3
"""Characters of content up to which a question cannot stand alone: 由谁审批, 会减分吗, 要多少学时."""
_LONG = 7


def full_question(question: str, earlier: Sequence[str]) -> str:
    """The question with what it leaves unsaid filled in from the earlier questions of the conversation, oldest first."""
    before = ""
    for one in earlier:
        before = _completed(one, before) if before else one.strip()
    return _completed(question, before) if before else question.strip()


@dataclass(frozen=True)
class _Subject:
    """What a question is about: `core` without its asking words, and `thing`, the part in front of 的 where there is one."""

    core: str
    thing: str


def _completed(question: str, before: str) -> str:
    """`question` made whole with the full question in front of it."""
    text = question.strip()
    if _BARE.match(text):
        return _after(before, text)
    opening = _OPENING.match(text)
    rest = text[opening.end() :] if opening else text
    if opening or text.rstrip("?？ ").endswith("呢"):
        part = _CLOSING.sub("", rest)
        if _CLAUSE.match(part) or (len(part) >= _LONG and not _latin(part) and not _alike(part, before)):
            return _after(before, rest)
        swapped = _swapped(part, before)
        if swapped:
            return swapped
    pronoun = _PRONOUN_EN.search(rest) if _latin(rest) else _PRONOUN.search(rest)
    if pronoun:
        return rest[: pronoun.start()] + _subject(before).thing + _joint(rest, pronoun.end()) + rest[pronoun.end() :]
    return _with_subject(rest, before)


def _latin(text: str) -> bool:
    return not re.search(r"[\u3400-\u9fff]", text)


def _joint(text: str, position: int) -> str:
    """的 where a pronoun such as 其 stood for "its"."""
    return "的" if not _latin(text) and position < len(text) and text[position - 1] in "其该" else ""


def _after(before: str, text: str) -> str:
    """What was spoken of, then the question."""
    return f"{_subject(before).core}{' ' if _latin(text) else ','}{text}"


def _alike(part: str, before: str) -> bool:
    """Whether a long part ends as some term of the earlier question does: 滨海分行县域支行 after 望海县支行."""
    return any(part[-2:] in term.text for term in understand(before).terms)


def _subject(before: str) -> _Subject:
    core = _english_core(before) if _latin(before) else _ENDS.sub("", _ASKING.sub("", before))
    core = core or before.strip().rstrip("?？")
    found = _OF.match(core)
    return _Subject(core, found.group(1) if found and _GENERAL.fullmatch(found.group(2)) else core)


def _english_core(before: str) -> str:
    words = [term.text for term in understand(before).terms]
    named = sorted(understand(before).years)
    return " ".join([*words, *map(str, named)])


def _swapped(part: str, before: str) -> str:
    """`before` with `part` in the place of what it corresponds to; "" when `part` is a question of its own."""
    asked = understand(part)
    if _asks(part):
        return ""
    named = _YEAR_ZH.search(part)
    if named and not _content(asked):
        year = _YEAR.search(part)
        if year is None:
            return ""
        return _YEAR.sub(year.group(), before, count=1) if _YEAR.search(before) else f"{year.group()}年{before}"
    if not asked.terms:
        return ""
    if names_a_measure(part):
        return measure_of(part, before) or _with_measure(part, before)
    if place := place_of(part, before):
        whole = normalise(before)
        return whole[: place[0]] + normalise(part).strip().removesuffix("的") + whole[place[1] :]
    old = _counterpart(asked, understand(before))
    if old is None:
        return f"{before.rstrip('?？ ')} {part}"
    whole = normalise(before)
    kept = _tail(old.text, part)
    swapped = (
        whole[: old.start]
        + _YEAR_ZH.sub("", normalise(part)).strip().removeprefix("的").removesuffix("的")
        + kept
        + whole[old.start + len(old.text) :]
    )
    year = _YEAR.search(part)
    return _YEAR.sub(year.group(), swapped, count=1) if year and years(whole) else swapped


def _with_measure(part: str, before: str) -> str:
    return f"{_subject(before).thing}的{part}"


def _tail(old: str, part: str) -> str:
    """The 目标, 占比 … at the end of what is replaced, when the new words have no such ending."""
    found = _GENERAL_END.search(old)
    return found.group() if found and found.start() > 0 and not _GENERAL_END.search(part) else ""


def _asks(part: str) -> bool:
    return re.search(r"多少|几|什么|哪|谁|怎|如何|为何|吗$|\b(?:what|who|when|why|how|which|where)\b", part, re.IGNORECASE) is not None


def _content(asked: Question) -> list[Term]:
    """Terms that name something, without 目标, 年末 and other words that fit any subject."""
    return [term for term in asked.terms if not _GENERAL.fullmatch(term.text)]


_GENERAL = lazily(
    r"(?:目标|要求|标准|比例|占比|数量|情况|权重|原因|时间|期限|人数|金额|内容|措施|做法|年末|年底|年度|"
    r"末|底|实际|基期|去年|今年|明年|考核|负责|牵头|部门|完成|指标|任务)+"
    r"|target|goal|weight|deadline|reason|number|end|year|rate|share|amount"
)


_GENERAL_END = lazily(r"(?:目标|要求|标准|比例|占比|数量|权重|人数|金额)+$")


def _counterpart(part: Question, before: Question) -> Term | None:
    """The term of the earlier question that the new words take the place of: the one most like them, else what the question is
    about.
    """
    new = set("".join(term.text for term in part.terms))
    named = _content(before)
    if not named:
        return None
    ending = part.terms[-1].text[-1:]
    alike = max(named, key=lambda term: (len(set(term.text) & new) + 2 * (term.text[-1:] == ending), -term.start))
    return alike if set(alike.text) & new or alike.text[-1:] == ending else named[0]


def _with_subject(rest: str, before: str) -> str:
    """`rest` with the earlier subject in front when it hardly names one of its own."""
    asked = understand(rest)
    content = sum(len(term.text) if term.han else _LITTLE + 1 for term in _content(asked))
    if _latin(rest):
        return rest if content else f"{rest.rstrip('? ')} ({_subject(before).thing})?"
    if content > _LITTLE and not _CLAUSE.match(rest):
        return rest
    if content or _CLAUSE.match(rest):
        return _after(before, rest)
    thing = _subject(before).thing
    thing = _YEAR_ZH.sub("", thing).strip() if asked.years else thing
    return f"{thing}{'' if rest.startswith(_VERBS) else '的'}{rest}"


_VERBS = tuple("是有由要什谁怎如为多几哪会能可")
