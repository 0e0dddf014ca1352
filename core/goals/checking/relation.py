"""Whether the behaviour and the results have anything to do with each other, judged generously."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from core.goals.checking.metrics import Read
from core.goals.checking.pain_points import no_pain_point, vague_pain_point
from core.goals.checking.verdict import Problem
from core.goals.checking.words import pattern, plain, spoken
from core.goals.goal import Goal, Kind
from core.i18n import Message
from core.patterns import lazily

_SEED = Path(__file__).parents[3] / "data" / "seed" / "goal_topics.toml"
_PASSING = 2
_ANYTHING = "contact"
_CHINESE = lazily(r"[\u4e00-\u9fff]+")
_LATIN = lazily(r"[a-z]{4,}|\d*[a-z]+\d+")


@dataclass(frozen=True)
class _Topic:
    code: str
    near: frozenset[str]
    broad: bool
    chinese: re.Pattern[str]
    english: re.Pattern[str]


def unrelated(goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """Every result is of another subject than what hurts, what is done and what is watched on the way."""
    results = [
        plain(one.one.name)
        for kind, _, one in read
        if kind is Kind.PERFORMANCE and not one.measures_nothing and not one.is_reaction and not one.is_own_test
    ]
    acted = plain(goal.behaviour)
    if not results or not acted:
        return
    # What a slogan speaks of in place of a trouble is no subject.
    pain = "" if no_pain_point(goal) or vague_pain_point(goal) else plain(goal.pain_point)
    about = "\n".join((acted, pain, *(plain(one.name) for one in goal.process)))
    subjects = topics(about)
    if not subjects & topics(acted):
        # What is done speaks of something else than the rest: both count. Else the rest tells which of its words were meant.
        subjects |= topics(acted)
    if subjects <= {_ANYTHING} and not topics(acted):
        return
    # English words are many-sided (return, statement): one of them alone convicts nobody.
    least = 2 if spoken(acted) == "en" else 1
    if subjects and _plainly(about, subjects) >= least and not any(_joined(one, about, subjects) for one in results):
        said = Message(
            "行为目标和绩效指标“{names}”说的不是一件事：照着做，这个数也不会变。请换成这个行为会改变的结果。",
            names=Message.listed(one.one.name.strip() for kind, _, one in read if kind is Kind.PERFORMANCE),
        )
        yield Problem("performance", "unrelated", said)


def _plainly(about: str, subjects: frozenset[str]) -> int:
    return sum(len({*one.chinese.findall(about), *one.english.findall(about)}) for one in _topics() if one.code in subjects)


@lru_cache(maxsize=1024)
def topics(text: str) -> frozenset[str]:
    """The subjects that a plain text speaks of; one that is named in passing is none where others fill the text."""
    counted = _counted(text)
    most = max(counted.values(), default=0)
    found = frozenset(code for code, count in counted.items() if _PASSING * count > most)
    # Whoever meets customers may sell them anything, unless the text says what it is about.
    return found - {_ANYTHING} or found


def _counted(text: str) -> dict[str, int]:
    """How many words of each subject stand in a plain text, names of posts aside, of those that it names at all."""
    for titles in _titles():
        text = titles.sub(" ", text)
    counted = {one.code: len({*one.chinese.findall(text), *one.english.findall(text)}) for one in _topics()}
    return {code: count for code, count in counted.items() if count}


def near(subjects: frozenset[str]) -> frozenset[str]:
    """These subjects and all that a reasonable causal step joins to them."""
    joined = {code for one in _topics() if one.code in subjects for code in one.near} | subjects
    return frozenset(joined | {one.code for one in _topics() if one.near & subjects})


def _joined(result: str, about: str, subjects: frozenset[str]) -> bool:
    own, said = topics(result), _counted(about).keys()
    broad = {one.code for one in _topics() if one.broad}
    if not own or own & broad or pieces(result) & pieces(about) or own & said:
        return True
    if subjects & broad:
        # Who leads a team may move any figure, unless it is said which ones the team is after.
        subjects = frozenset(said - broad - {_ANYTHING})
    return not subjects or bool(own & near(subjects))


@lru_cache(maxsize=1024)
def pieces(text: str) -> frozenset[str]:
    """What a plain text is recognised by: pairs of characters and stems of words, but for those that stand everywhere."""
    common = _common()
    pairs = {run[place : place + 2] for run in _CHINESE.findall(text) for place in range(len(run) - 1)}
    stems = {word[:5] for word in _LATIN.findall(text) if word not in common}
    return frozenset((pairs - common) | stems)


@cache
def _common() -> frozenset[str]:
    return frozenset(_seed()["common"].split())


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    words = _seed()["titles"].split()
    chinese = [word for word in words if _CHINESE.search(word)]
    return pattern(" ".join(chinese), "zh"), pattern(" ".join(word for word in words if word not in chinese), "en")


@cache
def _seed() -> dict[str, Any]:
    return tomllib.loads(_SEED.read_text(encoding="utf-8"))


@cache
def _topics() -> tuple[_Topic, ...]:
    made = []
    for one in _seed()["topics"]:
        words = one["words"].split()
        chinese = [word for word in words if _CHINESE.search(word)]
        english = [word for word in words if word not in chinese]
        made.append(
            _Topic(
                one["code"],
                frozenset(one.get("near", ())),
                one.get("open", False),
                pattern(" ".join(chinese), "zh"),
                pattern(" ".join(english), "en"),
            )
        )
    return tuple(made)
