"""The behaviour: an act that an observer could see, not an ability or an attitude to be raised."""

from __future__ import annotations

import re
from functools import cache

from core.goals.checking.verdict import Problem
from core.goals.checking.words import acts, lead, plain, sentences, spoken, words
from core.goals.goal import Goal
from core.i18n import Language, Message
from core.patterns import lazily

_EMPTY = lazily(r"^[\W_]*$|^(?:无|暂无|没有|待定|待补充|略|none|n/?a|tb[acd])$")


def no_behaviour(goal: Goal) -> Problem | None:
    """Nothing is to be done differently."""
    if not _EMPTY.match(plain(goal.behaviour)):
        return None
    return Problem("behaviour", "no_behaviour", Message("没有写行为目标。请写清参训的人回岗后，在什么场合、对谁、做什么动作。"))


def vague_behaviour(goal: Goal) -> Problem | None:
    """No clause of it shows an act."""
    text = plain(goal.behaviour)
    if no_behaviour(goal) or any(_shows_an_act(one, spoken(text)) for one in _clauses(text)):
        return None
    said = Message(
        "“{text}”只说要提高什么，旁人看不出谁在什么场合做了什么。请换成看得见的动作：场合、对象、怎么做、做到什么程度。",
        text=_short(goal.behaviour),
    )
    return Problem("behaviour", "vague_behaviour", said)


def _clauses(text: str) -> list[str]:
    # What stands between quotation marks is one thing, whatever its punctuation.
    return sentences(re.sub(r"[“\"]([^”\"]*)[”\"]", lambda found: "“" + re.sub(r"[,;:。.!?]", " ", found[1]) + "”", text))


def _shows_an_act(clause: str, language: Language) -> bool:
    """Whether there is more to see in a clause than to hope for."""
    return any(_is_seen(one, clause, language) for one in acts(_without_hopes(clause, language)))


def _is_seen(act: str, clause: str, language: Language) -> bool:
    held = [words(language, "behaviour", group).search(act) for group in ("occasion", "artefact")]
    if lead(language, "behaviour", "raising", who=True).match(act) and not any(held):
        return False
    done = [words(language, "behaviour", group).search(act) for group in ("visible", "weak")]
    seen = 2 * bool(done[0]) + bool(done[1]) + sum(map(bool, held))
    return seen > min(_emptiness(clause if language == "zh" else act, language), 2)


def _without_hopes(clause: str, language: Language) -> str:
    """The clause without slogans and without what it only wants to raise: 提升客户经理上门拜访的能力 shows no visit."""
    rest = words(language, "behaviour", "slogan").sub(" ", clause)
    return _hopes(language).sub(" ", rest).strip()


@cache
def _hopes(language: Language) -> re.Pattern[str]:
    verbs = "|".join(words(language, "behaviour", group).pattern for group in ("raising", "mental", "soft"))
    noun = words(language, "behaviour", "noun").pattern
    if language == "en":
        # The ability to call and visit, skills in closing: all that follows belongs to them.
        return re.compile(rf"(?:{verbs})(?:(?! and ).)*?(?:{noun})(?:\s(?:to|in|of|for|when)\s.*)?")
    return re.compile(rf"(?:{verbs})[^,;]*?(?:{noun})(?:(?:[和与及、]|以及|并)[^,;]*?(?:{noun}))*")


def _emptiness(clause: str, language: Language) -> int:
    """How many things in a clause can only be hoped for."""
    hopes = len(_hopes(language).findall(clause))
    slogans = len(words(language, "behaviour", "slogan").findall(clause))
    leads = any(lead(language, "behaviour", group, who=True).match(clause) for group in ("raising", "mental", "soft"))
    nouns = bool(words(language, "behaviour", "noun").search(clause))
    return hopes + slogans + leads + nouns


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:38]}…"
