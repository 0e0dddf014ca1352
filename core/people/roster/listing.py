"""What somebody looks for in the roster, and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.i18n import Message


class Lacking(StrEnum):
    """Something that a person may be without."""

    UNIT = "unit"
    POST = "post"
    MANAGER = "manager"
    ASSESSMENT = "assessment"


LACKING_NAMES = {
    Lacking.UNIT: Message("没有机构"),
    Lacking.POST: Message("没有岗位"),
    Lacking.MANAGER: Message("没有上级"),
    Lacking.ASSESSMENT: Message("没有测评"),
}


class Presence(StrEnum):
    """Whether people have left the branch."""

    HERE = "here"
    LEFT = "left"
    ALL = "all"


PRESENCE_NAMES = {Presence.HERE: Message("在职"), Presence.LEFT: Message("已离职"), Presence.ALL: Message("全部")}


class Order(StrEnum):
    """By what the roster is sorted."""

    NUMBER = "number"
    NAME = "name"
    UNIT = "unit"
    POST = "post"
    LINE = "line"
    HIRED = "hired"


ORDER_NAMES = {
    Order.NUMBER: Message("工号"),
    Order.NAME: Message("姓名"),
    Order.UNIT: Message("机构"),
    Order.POST: Message("岗位"),
    Order.LINE: Message("条线"),
    Order.HIRED: Message("入职日期"),
}


@dataclass(frozen=True)
class Wanted:
    """Which people, in which order. `words` are parts of names or numbers; a unit is meant with all below; people lack all of `lacking`."""

    words: str = ""
    unit_id: int | None = None
    post_id: int | None = None
    line: str = ""
    lacking: tuple[Lacking, ...] = ()
    presence: Presence = Presence.HERE
    order: Order = Order.NUMBER
    descending: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody in the roster. `manager` and `manager_no` are "" where there is none whom the reader may see."""

    id: int
    version: int
    employee_no: str
    name: str
    unit_id: int | None
    unit: str
    post_id: int | None
    post: str
    manager_no: str
    manager: str
    line: str
    hire_date: date | None
    left_at: date | None


@dataclass(frozen=True)
class Listing:
    """A stretch of the roster, of `total` people in all."""

    people: tuple[Person, ...]
    total: int


@dataclass(frozen=True)
class Choices:
    """What the roster can be narrowed to: units and posts by id, lines. `nobody`: the reader has no unit in their charge."""

    units: dict[int, str] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    nobody: bool = False
