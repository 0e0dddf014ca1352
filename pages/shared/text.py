"""The texts of pages, in the reader's language."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from core.access.actor import shown_name
from core.documents.answers.plain import plain
from core.i18n import Message, translate
from pages.shared import state

__all__ = ["_", "day", "formula", "joined", "literal", "moment", "month_name", "page_name", "person", "sample_mark", "size", "wide"]

_NUMBERED = re.compile(r"第(\d+)页")
_WEEKDAYS = "一二三四五六日"


def _(text: str | Message, /, **values: object) -> str:
    """`text`, which is Chinese (or a message from core), in the language of this tab."""
    language = state.language()
    if isinstance(text, Message):
        return text.render(language)
    return translate(text, language, **{k: v.render(language) if isinstance(v, Message) else v for k, v in values.items()})


def literal(text: str) -> str:
    """Text of documents, models and people, made safe to stand in Markdown: it reads the same and does nothing."""
    return plain(text)


def formula(text: str) -> str:
    """A line in the type of code, letter by letter: no backtick in it ends it."""
    mark = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{mark} {text} {mark}" if len(mark) > 1 else f"{mark}{text}{mark}"


def person(name: str) -> str:
    """The stored name of somebody who acted, as the reader sees it."""
    shown = shown_name(name)
    return _(shown) if isinstance(shown, Message) else shown


def joined(words: Iterable[str]) -> str:
    """Words as a list inside a sentence: 甲、乙、丙, or A, B, C."""
    return _("、").join(words)


def bracketed(name: str, note: str) -> str:
    """A name with a note behind it, in each language's brackets."""
    return _("{name}（{note}）", name=name, note=note)


def page_name(label: str) -> str:
    """A page's label in the reader's language: the numbered ones are ours, the names of sheets and slides the document's own."""
    if label.isdecimal():
        return _("第 {slide} 张", slide=label)
    numbered = _NUMBERED.fullmatch(label)
    return _("第 {page} 页", page=numbered[1]) if numbered else label


def wide(chinese: int, english: int) -> int:
    """The width of a column, whose words are longer in English."""
    return chinese if state.language() == "zh" else english


def sample_mark(sample: bool) -> str:
    """What follows, in Markdown, the title of something that belongs to the fictional sample branch."""
    return f" :gray-badge[{_('示例')}]" if sample else ""


def day(value: date) -> str:
    """A date as people write it: 2026年3月12日（周四）, or Thu 12 Mar 2026."""
    if state.language() == "zh":
        return f"{value.year}年{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）"
    return value.strftime("%a %d %b %Y")


def month_name(number: int) -> str:
    """A month by its number: 3月, or Mar."""
    return f"{number}月" if state.language() == "zh" else calendar.month_abbr[number]


def moment(value: datetime) -> str:
    """A moment in the reader's own time zone, to the minute."""
    try:
        local = value.astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
    except ZoneInfoNotFoundError:
        local = value
    if state.language() == "zh":
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return local.strftime("%d %b %Y %H:%M")


def size(count: int) -> str:
    """A number of bytes for people."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
