"""Questions to begin with, made from the headings of the library's own documents: only from those that make a sensible question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.i18n import Language, Message
from core.patterns import lazily

_NUMBERING = lazily(
    r"^(?:第[一二三四五六七八九十百\d]+[章节条部分篇]+|[(（][一二三四五六七八九十\d]+[)）]|"
    r"[一二三四五六七八九十]+[、.．]|\d+(?:\.\d+)*[、.．\s]|[①-⑳])\s*"
)
# Headings that name a place in a document, not a matter.
_FORMAL = lazily(
    r"^(?:目录|前言|引言|总则|附则|附件|附录|附表|概述|背景|总体情况|基本情况|说明|结语|结束语|其他|其它|"
    r"参考|封面|问答|示例|表\d|图\d|第\d+页|访谈纪要|原话|概况|小结|简介|名词解释|填表说明)"
    r"|^(?:contents|introduction|appendix|annex|overview|background|purpose|scope|summary|references|other)\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 3, 18
_LONGEST_LATIN = 60

# Headings that say nothing without the one above them: 发展目标 of what?
_DEPENDENT = lazily(
    r"^(?:发展|总体|主要|基本|重点|工作|具体|能力|分年)?(?:目标|任务|原则|思路|要求|措施|举措|建设|领域|"
    r"安排|问题|指标|保障)$"
)
_DOING = lazily(
    r"^(?:推进|加强|做深|做实|做优|优化|深化|完善|强化|提升|提高|扩大|建设|打造|构建|健全|落实|发展|防范|"
    r"推动|加快|拓展|培育|创新|改进|严格)"
)

_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (lazily("(?:目标|指标)$"), "{heading}是什么？"),
    (lazily("(?:任务|措施|举措|原则|领域|问题|短板|不足|建议|安排|方向)$"), "{heading}有哪些？"),
    (lazily("(?:能力|标准|要求|条件|职责|框架)$"), "{heading}具体是什么？"),
    (lazily("(?:办法|流程|程序|机制|体系)$"), "{heading}是怎样的？"),
    (lazily("(?:管理|转型|经营|治理|服务|改造|培养|培训|评估|考核|激励|应用|组织)$"), "{heading}有哪些要求？"),
)


def suggested_questions(headings: Sequence[tuple[str, ...]], titles: Sequence[str], language: Language, n: int) -> list[str]:
    """Up to `n` different questions in `language`, spread over the library.

    `headings` are the heading paths of passages, outermost first; `titles` those of documents, asked about when headings are too
    few.
    """
    made = list(dict.fromkeys(filter(None, (_question(path, language) for path in headings))))
    rest = [Message("《{title}》的主要内容是什么？", title=title).render(language) for title in dict.fromkeys(titles) if title]
    return (_spread(made, n) + rest)[:n]


def _spread(questions: Sequence[str], n: int) -> list[str]:
    if len(questions) <= n:
        return list(questions)
    return [questions[i * len(questions) // n] for i in range(n)]


def _question(path: Sequence[str], language: Language) -> str:
    names = [_NUMBERING.sub("", heading.strip()).strip(" :：。") for heading in path]
    if not names or not _sensible(names[-1]):
        return ""
    name = names[-1]
    if _DEPENDENT.match(name):
        if len(names) < 2 or not _sensible(names[-2]) or _DEPENDENT.match(names[-2]):
            return ""
        name = f"{names[-2]}的{name}"
    if not re.search(r"[\u3400-\u9fff]", name):
        return Message("文件对“{heading}”有什么规定？", heading=name).render(language)
    if language == "en":
        return Message("关于“{heading}”，文件里是怎么说的？", heading=name).render(language)
    for ending, wording in _ENDINGS:
        if ending.search(name):
            return wording.format(heading=name)
    return f"如何{name}？" if _DOING.match(name) else ""


def _sensible(name: str) -> bool:
    if _FORMAL.match(name) or re.search(r"[|()（）:：;；。?？\d]", name):
        return False
    if re.search(r"[\u3400-\u9fff]", name):
        return _SHORTEST <= len(name) <= _LONGEST
    return len(name.split()) >= 2 and len(name) <= _LONGEST_LATIN
