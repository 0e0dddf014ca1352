"""A person's records as an Excel file that they can read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from core.access.actor import shown_name
from core.access.audit import action_name
from core.clock import ZONE
from core.delivery.attendance.terms import ASKED_NAMES
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message
from core.privacy.kinds import KINDS, Kind

_ASKED: Mapping[str, Message] = {one.value: name for one, name in ASKED_NAMES.items()}


def as_workbook(rows: Mapping[str, Sequence[tuple[Any, ...]]], looked_at: Sequence[tuple[datetime, str, str]], language: Language) -> bytes:
    """A sheet for each kind of which there are `rows`, and one of who looked. Moments are those of the bank's clocks."""
    sheets = [_sheet(KINDS[name], some, language) for name, some in rows.items() if some]
    heads = [one.render(language) for one in (Message("时间"), Message("人员"), Message("操作"))]
    seen = [[_cell(at, {}, language), _name(who, language), action_name(action, language)] for at, who, action in looked_at]
    return of_sheets([*sheets, Sheet(Message("谁看过改过").render(language), heads, seen)])


def _sheet(kind: Kind, rows: Sequence[tuple[Any, ...]], language: Language) -> Sheet:
    words = [kind.words.get(name, {}) for name in kind.columns]
    cells = [[_cell(value, known, language) for value, known in zip(row, words, strict=True)] for row in rows]
    return Sheet(kind.title.render(language), [heading.render(language) for heading in kind.columns.values()], cells)


def _cell(value: Any, words: Mapping[Any, Message], language: Language) -> Cell:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, (str, bool)) and value in words:
        return words[value].render(language)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZONE).replace(tzinfo=None)
    if isinstance(value, Mapping):
        marks = (Message("{name}：{value}", name=_ASKED.get(key, key), value=mark) for key, mark in value.items())
        return Message.listed(marks, between="；").render(language)
    if isinstance(value, list):
        return _talk(value, language) if value and all(_is_turn(one) for one in value) else json.dumps(value, ensure_ascii=False)
    # Who noted something is kept by name: those who are nobody in particular are told in words.
    return _name(value, language) if isinstance(value, str) else value


def _is_turn(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], bool)


def _talk(turns: Sequence[tuple[bool, str]], language: Language) -> str:
    own, other = Message("本人").render(language), Message("对面").render(language)
    return "\n".join(Message("{who}：{words}", who=own if mine else other, words=words).render(language) for mine, words in turns)


def _name(who: str, language: Language) -> str:
    shown = shown_name(who)
    return shown.render(language) if isinstance(shown, Message) else shown
