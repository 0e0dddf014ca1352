"""Which document is an older edition of another, told by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from core.documents.grams import normalise

Id = TypeVar("Id")

# What two editions of one document differ in: its state, its revision, its number, its year.
_STATE = (
    "征求意见稿|讨论稿|送审稿|报批稿|试行|暂行|草案|初稿|终稿|定稿|正式稿|正式版|最终版|修订稿|修订版|修订|修正|新版|旧版"
    "|draft|final|revised"
)
_NUMBER = r"第[一二三四五六七八九十\d]+[版稿次]|(?<![a-z])(?:v|ver|version|rev)[ ._-]?\d+(?:\.\d+)*"
_YEAR = r"(?:19|20)\d{2}(?:\s*[-—–~至]\s*(?:(?:19|20)\d{2}|\d{2}))?\s*年?度?"
_MARKS = re.compile(f"{_STATE}|{_NUMBER}|{_YEAR}")
_FILLING = re.compile(r"[\W_]+")
_SHORTEST = 4


def core_title(title: str) -> str:
    """A title without what tells editions apart: 《培训管理办法（2024年修订）》 and 培训管理办法V2 have the same core."""
    return _FILLING.sub("", _MARKS.sub(" ", normalise(title)))


def likely_predecessor(title: str, others: Iterable[tuple[Id, str]]) -> Id | None:
    """The first of `others` (id, title; newest first) whose title differs from `title` in edition marks alone; None when there is none.

    A suggestion for a person to confirm. Titles of which hardly anything but marks is left are never taken for the same.
    """
    wanted = core_title(title)
    if len(wanted) < _SHORTEST:
        return None
    return next((key for key, other in others if core_title(other) == wanted), None)
