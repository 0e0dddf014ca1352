"""What services return, as JSON and back: data classes, rows, messages, enums, days and moments, by their type hints. Pure."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from core.i18n import Message

T = TypeVar("T")
_PLAIN = (bool, int, float, str)


def freeze(value: Any) -> Any:
    """A value as JSON. Raises `TypeError` for what cannot be kept."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Message):
        return [value.text, {name: freeze(one) for name, one in value.values}]
    if is_dataclass(value):
        return {one.name: freeze(getattr(value, one.name)) for one in fields(value)}
    if columns := _columns(type(value)):
        return {name: freeze(getattr(value, name)) for name in columns}
    return _freeze_several(value)


def thaw(kind: type[T], kept: Any) -> T:
    """The value of type `kind` that `freeze` wrote. Raises `ValueError` for what does not have this shape (any more)."""
    try:
        return cast(T, _thaw(kind, kept))
    except (AttributeError, KeyError, TypeError) as failure:
        raise ValueError(f"this is no {kind.__name__}") from failure


def _freeze_several(value: Any) -> Any:
    if isinstance(value, Mapping):
        if all(type(key) is str for key in value):
            return {key: freeze(one) for key, one in value.items()}
        return [[freeze(key), freeze(one)] for key, one in value.items()]
    if isinstance(value, tuple | list | set | frozenset):
        return [freeze(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _thaw(kind: Any, kept: Any) -> Any:
    if kind is Any or kind is object:
        return kept
    if get_origin(kind) in (Union, types.UnionType):
        return _thaw_one_of(get_args(kind), kept)
    if get_origin(kind) is not None:
        return _thaw_several(get_origin(kind), get_args(kind), kept)
    return _thaw_class(kind, kept)


def _thaw_class(kind: Any, kept: Any) -> Any:
    if kind in _PLAIN:
        return _thaw_plain(kind, kept)
    if issubclass(kind, Enum):
        return kind(kept)
    if issubclass(kind, date):
        return kind.fromisoformat(kept)
    if kind is Message:
        return Message.from_json(kept)
    hints = _hints(kind)
    # A field that came later has a default for what was kept before it.
    lacking = set(hints) - set(kept)
    if not set(kept) <= set(hints) or not lacking <= _with_defaults(kind):
        raise ValueError(f"{kind.__name__} has other fields now")
    return kind(**{name: _thaw(hint, kept[name]) for name, hint in hints.items() if name not in lacking})


@cache
def _with_defaults(kind: type) -> frozenset[str]:
    if not is_dataclass(kind):
        return frozenset()
    return frozenset(one.name for one in fields(kind) if one.default is not MISSING or one.default_factory is not MISSING)


def _thaw_plain(kind: Any, kept: Any) -> Any:
    fits = isinstance(kept, kind) and not (kind is int and isinstance(kept, bool))
    if kind is float and isinstance(kept, int):
        return float(kept)
    if not fits:
        raise ValueError(f"{kept!r} is no {kind.__name__}")
    return kept


def _thaw_one_of(kinds: tuple[Any, ...], kept: Any) -> Any:
    if kept is None and types.NoneType in kinds:
        return None
    for kind in kinds:
        if kind is types.NoneType:
            continue
        try:
            return _thaw(kind, kept)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    raise ValueError(f"{kept!r} is none of these")


def _thaw_several(origin: Any, inner: tuple[Any, ...], kept: Any) -> Any:
    if issubclass(origin, Mapping):
        pairs = kept.items() if isinstance(kept, dict) else kept
        return {_thaw(inner[0], key): _thaw(inner[1], one) for key, one in pairs}
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(_thaw(kind, one) for kind, one in zip(inner, kept, strict=True))
    made = [_thaw(inner[0], one) for one in kept]
    return origin(made) if origin in (tuple, set, frozenset) else made


@cache
def _hints(kind: Any) -> dict[str, Any]:
    if columns := _columns(kind):
        return {name: one.annotation for name, one in columns.items()}
    known = get_type_hints(kind)
    return {one.name: known[one.name] for one in fields(kind)}


def _columns(kind: Any) -> Mapping[str, Any]:
    """The fields of a row, by name; nothing where the class is not that of rows."""
    return getattr(kind, "model_fields", {})
