"""Columns of several tests side by side, each before and after: 授信分析测评训前, or 训前 below 授信分析测评. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from core.review.results.kinds import PAIRED, is_known
from core.review.results.measuring import LONGEST_NAME
from core.review.results.terms import Moment
from core.sheets.finding import Table
from core.sheets.reading import folded

# An English word stands by itself: "Present" is no test before.
_BEFORE = r"培训前|训前|前测|(?<![a-z])(?:pre[- ]?test|pre|before)(?![a-z])"
_AFTER = r"培训后|训后|后测|(?<![a-z])(?:post[- ]?test|post|after)(?![a-z])"
_SCORE = r"(?:得分|成绩|分数|评分|测评|score)?"
_BETWEEN = r"[\s·・.．:：/／_\-–—(（\[【]*"
_CLOSED = r"[\s)）\]】]*"
_LAST = re.compile(f"(.*?){_BETWEEN}(?:({_BEFORE})|({_AFTER}))[\\s_-]*{_SCORE}{_CLOSED}", re.IGNORECASE)
_FIRST = re.compile(f"(?:({_BEFORE})|({_AFTER}))(?:{_BETWEEN})(.+)", re.IGNORECASE)


def paired(table: Table, columns: Collection[str], measures: Collection[str]) -> dict[str, str]:
    """Which of these columns holds which test before or after, as `before:NAME`; `measures` are the folded names of those there are.

    One pair whose name nobody knows is none of these: its name may be no more than a heading.
    """
    found = {}
    for at, column in enumerate(table.header):
        if column in columns and (told := _told(column, table.groups[at] if at < len(table.groups) else "")) is not None:
            found[column] = told
    names = {folded(name) for name, _moment in found.values()}
    both = {moment for _name, moment in found.values()} == {Moment.BEFORE, Moment.AFTER}
    if not both or (len(names) < 2 and not names <= set(measures)):
        return {}
    return {column: f"{PAIRED[moment]}:{name[:LONGEST_NAME]}" for column, (name, moment) in found.items()}


def _told(column: str, group: str) -> tuple[str, Moment] | None:
    """The test's name, and whether it was taken before or after. Where the column says no name, what stands above it does."""
    if last := _LAST.fullmatch(column):
        return _named((last[1], group), Moment.BEFORE if last[2] else Moment.AFTER)
    if first := _FIRST.fullmatch(column):
        return _named((first[3],), Moment.BEFORE if first[1] else Moment.AFTER)
    return None


def _named(candidates: Iterable[str], moment: Moment) -> tuple[str, Moment] | None:
    name = next((name for one in candidates if (name := one.strip()) and not is_known(name)), "")
    return (name, moment) if name else None
