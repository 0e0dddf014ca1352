"""One record in three states: as it was seen, as somebody wrote it, as it is stored by now.

A field that only one of the two changed is theirs alone; one that both changed, and not to the same, is disputed: a person chooses.
A record is a frozen dataclass of values, or a mapping by name where the names are data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from core.i18n import Message

Values = TypeVar("Values")
Words = Mapping[Any, Message | str] | Callable[[Any], Message | str]
Texts = tuple[Message | str, ...]

_YES, _NO = Message("是"), Message("否")
_MISSING = Message("已不在列表里")


class Side(StrEnum):
    """Whose value of a field is taken."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Field:
    """What a field is called. `words`: what its values, or each value of a list, are called, where they do not speak for themselves."""

    label: Message | str
    words: Words | None = None


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Comparison(Generic[Values]):
    """What became of a record. Fields that are not named for people are never disputed: there the writer's value stands."""

    mine: Values
    theirs: Values
    disputed: tuple[str, ...]
    only_mine: tuple[str, ...]
    only_theirs: tuple[str, ...]

    def merged(self, choices: Mapping[str, Side] | None = None) -> Values:
        """The record of both. `choices` for the disputed fields; one that nobody chose for is the writer's."""
        chosen = choices or {}
        taken = [*self.only_theirs, *(name for name in self.disputed if chosen.get(name) is Side.THEIRS)]
        theirs = parts(self.theirs)
        return _with(self.mine, {name: theirs[name] for name in taken})


def compare(seen: Values, mine: Values, theirs: Values, named: Fields) -> Comparison[Values]:
    """`seen`: what the writer began with; `mine`: what they wrote; `theirs`: what is stored now; `named`: its fields, in their order."""
    before, written, stored = parts(seen), parts(mine), parts(theirs)
    disputed, only_mine, only_theirs = [], [], []
    for name in [*(name for name in named if name in written), *(name for name in written if name not in named)]:
        own, other = differ(before[name], written[name]), differ(before[name], stored[name])
        if own and other and name in named and differ(written[name], stored[name]):
            disputed.append(name)
        elif own:
            only_mine.append(name)
        elif other:
            only_theirs.append(name)
    return Comparison(mine, theirs, tuple(disputed), tuple(only_mine), tuple(only_theirs))


def changed(before: Values, after: Values) -> tuple[str, ...]:
    """The names of the fields in which the two are not the same."""
    known = parts(after)
    return tuple(name for name, value in parts(before).items() if differ(value, known.get(name)))


def parts(record: object) -> dict[str, Any]:
    """The fields of a record by name."""
    if isinstance(record, Mapping):
        return dict(record)
    assert is_dataclass(record)
    return {field.name: getattr(record, field.name) for field in fields(record)}


def differ(one: object, other: object) -> bool:
    """Whether a reader would tell the two values apart: blanks around words and empty places of a list are nothing."""
    return _plain(one) != _plain(other)


def shown(field: Field | None, value: object) -> Texts:
    """A value in words, one text for each value of a list; nothing for an empty one."""
    if field is not None and field.words is not None and not isinstance(value, (list, tuple, frozenset, set)):
        named = _named(field.words, value)
        return () if named in (None, "") else (named,)
    if isinstance(value, (list, tuple, frozenset, set)):
        some = sorted(value, key=str) if isinstance(value, (frozenset, set)) else value
        return tuple(text for one in some for text in shown(field, one))
    return _own_words(value)


def _own_words(value: object) -> Texts:
    if isinstance(value, bool):
        return (_YES if value else _NO,)
    if isinstance(value, float):
        return (f"{value:,.10g}",)
    if isinstance(value, date):
        return (value.isoformat(),)
    if isinstance(value, Mapping):
        return tuple(f"{key}：{_line(one)}" for key, one in value.items())
    plain = _plain(value)
    return () if plain is None else (str(plain),)


def _line(value: object) -> str:
    return " ".join(str(one) for one in _own_words(value))


def _named(words: Words, value: object) -> Message | str | None:
    if callable(words):
        return words(value)
    if value in words:
        return words[value]
    return None if _plain(value) is None else _MISSING


def _plain(value: object) -> object:
    """A value without what no reader sees."""
    if isinstance(value, str):
        return str(value).strip().replace("\r\n", "\n") or None
    if isinstance(value, Sequence):
        return tuple(_plain(one) for one in value if not (isinstance(one, str) and not one.strip())) or None
    if isinstance(value, (set, frozenset)):
        return frozenset(value) or None
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()} or None
    return value.isoformat() if isinstance(value, date) else value


def _with(record: Values, values: Mapping[str, Any]) -> Values:
    if isinstance(record, Mapping):
        return cast(Values, {**record, **values})
    return cast(Values, replace(cast(Any, record), **values))
