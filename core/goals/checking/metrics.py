"""Every indicator measures something, has a figure with its unit, and says where it will be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.goals.checking.names import Named
from core.goals.checking.verdict import Problem
from core.goals.checking.words import plain, spoken, words
from core.goals.goal import Goal, Kind
from core.i18n import Message

Read = tuple[Kind, str, Named]
_UNNAMED = Message("（未命名）")


def called(one: Named) -> str | Message:
    """What an indicator is called in a sentence."""
    return one.one.name.strip() or _UNNAMED


def no_metric(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """No performance indicator, or one whose name measures nothing."""
    results = [(path, one) for kind, path, one in read if kind is Kind.PERFORMANCE]
    if not results:
        yield Problem("performance", "no_metric", Message("没有绩效指标，培训成没成无从判断。请至少写一个业务结果，如“新增有效客户”。"))
    for _, path, one in read:
        if not one.name:
            yield Problem(f"{path}.name", "no_metric", Message("这个指标没有名称。请写清量的是什么。"))
    for path, one in results:
        if one.name and one.measures_nothing:
            said = Message("“{name}”量不出任何东西。请换成能数得出的业务指标，如件数、金额、比率、时长。", name=called(one))
            yield Problem(f"{path}.name", "no_metric", said)


def no_value(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """An indicator without its number."""
    for _, path, one in read:
        if one.one.value is None:
            yield Problem(f"{path}.value", "no_value", Message("“{name}”没有目标值。请写一个数。", name=called(one)))


def no_unit(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """A number without its unit."""
    for _, path, one in read:
        if one.one.value is not None and not one.unit:
            said = Message(
                "“{name}”的 {value} 没有单位。请写清是户、笔、万元、分钟、% 还是别的。", name=called(one), value=f"{one.one.value:g}"
            )
            yield Problem(f"{path}.unit", "no_unit", said)


def no_deadline(goal: Goal, _read: list[Read]) -> Iterator[Problem]:
    """No day on which the goal can be checked."""
    if goal.due_days is None or goal.due_days <= 0:
        yield Problem("due_days", "no_deadline", Message("没有写训后多少天达成，无法到期核对。请写一个大于 0 的天数。"))


def no_data_source(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """Nothing one can look up."""
    for _, path, one in read:
        source = plain(one.one.source)
        if not re.search(r"\w", source):
            said = Message("“{name}”没有写数据来源。请写清到期时去哪个系统、报表或台账查这个数。", name=called(one))
        elif _cannot_be_looked_up(source):
            said = Message(
                "“{name}”的来源“{source}”查不到数。请写清系统、报表或台账的名字。", name=called(one), source=one.one.source.strip()
            )
        else:
            continue
        yield Problem(f"{path}.source", "no_data_source", said)


def satisfaction_only(_goal: Goal, read: list[Read]) -> Iterator[Problem]:
    """Only that people came and liked it."""
    results = [one for kind, _, one in read if kind is Kind.PERFORMANCE and one.name]
    if results and all(one.is_reaction for one in results):
        said = Message("绩效指标只有满意度、出勤一类的反应（柯氏一级）。培训叫好不等于业务变好，请加一个业务结果。")
        yield Problem("performance", "satisfaction_only", said)


def _cannot_be_looked_up(source: str) -> bool:
    language = spoken(source)
    if words(language, "source", "tentative").search(source):
        return True
    if words(language, "source", "known").search(source):
        return False
    vague = words(language, "source", "vague")
    if language == "zh":
        return bool(vague.search(source))
    # The case manager may be a system; "line managers" is nothing else.
    return bool(vague.search(source)) and not re.search(
        r"[a-z]", re.sub(r"\b(?:the|our|of|and|by|from|line|relevant|s)\b", " ", vague.sub(" ", source))
    )
