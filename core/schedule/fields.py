"""The fields of a problem's JSON, each read with one sentence for what is wrong, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import BadInput
from core.i18n import Message
from core.schedule.entities import Id

_LARGEST = 10**12


@dataclass(frozen=True)
class Fields:
    """A JSON object, and where it stands in the whole: `sessions[3]`. A field that is null counts as absent."""

    data: dict[str, Any]
    where: str

    def at(self, name: str) -> str:
        """Where a field of this object stands."""
        return f"{self.where}.{name}" if self.where else name

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return self.data.get(name) is not None

    def required(self, name: str) -> Any:
        """A field that must be there."""
        if not self.has(name):
            raise BadInput(Message("缺少字段 {where}。", where=self.at(name)))
        return self.data[name]

    def id(self, name: str = "id") -> Id:
        """An id that must be there."""
        return identifier(self.required(name), self.at(name))

    def maybe_id(self, name: str) -> Id | None:
        """An id, or None."""
        return self.id(name) if self.has(name) else None

    def whole(self, name: str, default: int, low: int = 0, high: int = _LARGEST) -> int:
        """A whole number from `low` to `high`."""
        return whole(self.data[name], self.at(name), low, high) if self.has(name) else default

    def maybe_whole(self, name: str, low: int = 0, high: int = _LARGEST) -> int | None:
        """A whole number from `low` to `high`, or None."""
        return whole(self.data[name], self.at(name), low, high) if self.has(name) else None

    def amount(self, name: str, default: float) -> float:
        """A number, not below 0."""
        return amount(self.data[name], self.at(name)) if self.has(name) else default

    def maybe_amount(self, name: str) -> float | None:
        """A number, not below 0, or None."""
        return amount(self.data[name], self.at(name)) if self.has(name) else None

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise wrong(self.at(name), Message("true 或 false"))
        return value

    def choice(self, name: str, default: str, of: Collection[str]) -> str:
        """One of a few words."""
        value = self.data.get(name)
        if value is None:
            return default
        if not isinstance(value, str) or value not in of:
            raise wrong(self.at(name), " | ".join(f'"{one}"' for one in of))
        return value

    def object(self, name: str) -> Fields:
        """An object inside this one; an empty one where it is absent."""
        return _fields(self.data[name], self.at(name)) if self.has(name) else Fields({}, self.at(name))

    def objects(self, name: str) -> Iterator[Fields]:
        """The objects of a list; none where it is absent."""
        for place, one in enumerate(self.list(name)):
            yield _fields(one, f"{self.at(name)}[{place}]")

    def list(self, name: str) -> list[Any]:
        """A list; an empty one where it is absent."""
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise wrong(self.at(name), Message("列表"))
        return value

    def ids(self, name: str, known: Collection[Id]) -> tuple[Id, ...]:
        """A list of different ids, each of them known."""
        listed = self.list(name)
        # A year names tens of thousands: each is only looked at when something is wrong.
        if all(type(one) is str and one in known for one in listed) and len(set(listed)) == len(listed):
            return tuple(listed)
        found: dict[Id, None] = {}
        for place, one in enumerate(listed):
            where = f"{self.at(name)}[{place}]"
            value = identifier(one, where)
            check_known(value, known, where)
            if value in found:
                raise repeated(value, where)
            found[value] = None
        return tuple(found)

    def known_id(self, name: str, known: Collection[Id]) -> Id | None:
        """An id that is known, or None."""
        value = self.maybe_id(name)
        if value is not None:
            check_known(value, known, self.at(name))
        return value

    def slots(self, name: str, days: int, slots_per_day: int) -> frozenset[int]:
        """A list of [day, slot], each inside the calendar, as slots."""
        listed = self.list(name)
        if all(_is_pair(one, days, slots_per_day) for one in listed):
            return frozenset(day * slots_per_day + slot for day, slot in listed)
        return frozenset(_pair(one, f"{self.at(name)}[{place}]", days, slots_per_day) for place, one in enumerate(listed))


def fields(data: Any) -> Fields:
    """The whole document. Raises `BadInput` when it is no object."""
    if not isinstance(data, dict):
        raise BadInput(Message("输入应为一个 JSON 对象：一个排期问题。"))
    return Fields(data, "")


def identifier(value: Any, where: str) -> Id:
    """An id: a text that is not empty, or a whole number."""
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise wrong(where, Message("标识（非空文本或整数）"))
    return value


def whole(value: Any, where: str, low: int = 0, high: int = _LARGEST) -> int:
    """A whole number from `low` to `high`; 3.0 is one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(where, Message("整数"))
    if not low <= value <= high:
        raise BadInput(Message("{where} 是 {value}，应在 {low} 到 {high} 之间。", where=where, value=value, low=low, high=high))
    return value


def amount(value: Any, where: str) -> float:
    """A number from 0 on."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST:
        raise wrong(where, Message("不小于 0 的数"))
    return float(value)


def check_known(value: Id, known: Collection[Id], where: str) -> None:
    """Raise `BadInput` when an id is not known."""
    if value not in known:
        raise BadInput(Message("{where}：没有标识为“{id}”的对象。", where=where, id=value))


def repeated(value: Id, where: str) -> BadInput:
    """The failure: an id is there twice."""
    return BadInput(Message("{where}：标识“{id}”重复。", where=where, id=value))


def wrong(where: str, expected: object) -> BadInput:
    """The failure: a value is of the wrong kind."""
    return BadInput(Message("{where} 应为{expected}。", where=where, expected=expected))


def _fields(value: Any, where: str) -> Fields:
    if not isinstance(value, dict):
        raise wrong(where, Message("对象"))
    return Fields(value, where)


def _is_pair(value: Any, days: int, slots_per_day: int) -> bool:
    """Whether nothing is to be said about a [day, slot]."""
    if type(value) is not list or len(value) != 2:
        return False
    day, slot = value
    return type(day) is int and type(slot) is int and 0 <= day < days and 0 <= slot < slots_per_day


def _pair(value: Any, where: str, days: int, slots_per_day: int) -> int:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise wrong(where, Message("一对整数（日与时段，都从 0 数起）"))
    day = whole(value[0], f"{where}[0]", 0, days - 1)
    return day * slots_per_day + whole(value[1], f"{where}[1]", 0, slots_per_day - 1)
