"""The pain point: a trouble of the business, not an aim, a course or a slogan."""

from __future__ import annotations

import re

from core.goals.checking.verdict import Problem
from core.goals.checking.words import clauses, lead, plain, spoken, words
from core.goals.goal import Goal
from core.i18n import Language, Message
from core.patterns import lazily

_NUMBER = lazily(
    r"\d(?!\d{0,3}年)|[一二两三四五六七八九十几百半][多]?[成倍户笔次起个人天月年家件份张名周枚里页条单小遍两]|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|half|third|twice|hundreds?)\b"
)
_AIMS = (("pain", "aim"), ("behaviour", "raising"), ("behaviour", "soft"))
_GENERALITIES = (("behaviour", "slogan"), ("pain", "predicate"), ("pain", "generic"), ("pain", "filler"))
_EMPTY = lazily(r"^[\W_]*$|^(?:无|暂无|没有|待定|待补充|略|none|n/?a|tb[acd])$")


def no_pain_point(goal: Goal) -> Problem | None:
    """Nothing, or only what is to be trained."""
    text = plain(goal.pain_point)
    if _EMPTY.match(text):
        return Problem("pain_point", "no_pain_point", Message("没有写业务痛点。请写清谁、在什么业务上、出了什么问题，最好带一个数。"))
    if all(_is_aim(one, spoken(text)) for one in clauses(text)):
        said = Message(
            "“{text}”是培训要做的事，不是业务上的问题。请写清谁、在什么业务上、出了什么问题，最好带一个数。", text=_short(goal.pain_point)
        )
        return Problem("pain_point", "no_pain_point", said)
    return None


def vague_pain_point(goal: Goal) -> Problem | None:
    """A statement that could stand in any report: neither who or what, nor what goes wrong."""
    text = plain(goal.pain_point)
    if no_pain_point(goal) or any(_is_specific(one, spoken(text)) for one in clauses(text)):
        return None
    said = Message("“{text}”放在哪家行都成立：看不出是谁、哪项业务、哪里出了错。请换成看得见的现象和它的数。", text=_short(goal.pain_point))
    return Problem("pain_point", "vague_pain_point", said)


def _is_aim(clause: str, language: Language) -> bool:
    if words(language, "pain", "trouble_in_aim").search(clause) or words(language, "pain", "predicate").search(clause):
        return False
    leads = (lead(language, part, group, who=False) for part, group in _AIMS)
    return any(one.match(clause) for one in leads) or bool(
        re.search(rf"(?:{words(language, 'pain', 'course').pattern})(?: (?:for|on|in|about) .*)?$", clause)
    )


def _is_specific(clause: str, language: Language) -> bool:
    """Whether enough is left of a clause without its generalities, and something is wrong with it."""
    if _is_aim(clause, language):
        return False
    size = len(clause) if language == "zh" else len(clause.split())
    rest = clause
    for part, group in _GENERALITIES:
        rest = words(language, part, group).sub(" ", rest)
    left = len(re.findall(r"[\u4e00-\u9fffa-z\d]", rest)) if language == "zh" else len(re.findall(r"[a-z\d'-]+", rest))
    if _NUMBER.search(clause):
        return left >= 2
    if words(language, "pain", "trouble").search(clause):
        return left >= (3 if language == "zh" else 2)
    return left >= (6 if language == "zh" else 4) and left >= 0.6 * size


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:38]}…"
