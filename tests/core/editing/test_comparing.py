"""One record of two people: what is put together by itself, and what a person has to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.editing.comparing import Field, Side, changed, compare, differ, shown
from core.i18n import Message


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Card:
    name: str
    people: int | None = None
    tags: tuple[str, ...] = ()
    step: int = 0


NAMED = {"name": Field(Message("名称")), "people": Field(Message("人数")), "tags": Field(Message("标签"))}
SEEN = Card("训练营", 30, ("甲",))


def test_what_only_one_of_them_changed_stands_by_itself() -> None:
    found = compare(SEEN, Card("特训营", 30, ("甲",)), Card("训练营", 42, ("甲",)), NAMED)
    assert (found.disputed, found.only_mine, found.only_theirs) == ((), ("name",), ("people",))
    assert found.merged() == Card("特训营", 42, ("甲",))


def test_what_both_changed_is_disputed_and_is_the_writers_until_somebody_chooses() -> None:
    found = compare(SEEN, Card("特训营", 20, ("甲",)), Card("夏令营", 42, ("甲",)), NAMED)
    assert found.disputed == ("name", "people")
    assert found.merged() == Card("特训营", 20, ("甲",))
    assert found.merged({"name": Side.THEIRS, "people": Side.MINE}) == Card("夏令营", 20, ("甲",))


def test_the_same_change_twice_is_no_dispute() -> None:
    found = compare(SEEN, Card("特训营", 30), Card("特训营", 42, ("甲",)), NAMED)
    assert found.disputed == () and found.merged() == Card("特训营", 42, ())


def test_a_field_without_a_name_for_people_is_never_asked_about() -> None:
    found = compare(Card("甲", step=1), Card("甲", step=2), Card("甲", step=3), NAMED)
    assert found.disputed == () and found.merged().step == 2
    assert compare(Card("甲", step=1), Card("乙", step=1), Card("甲", step=3), NAMED).merged() == Card("乙", step=3)


def test_blanks_and_empty_places_are_no_change() -> None:
    assert not changed(SEEN, Card(" 训练营 ", 30, ("甲", " ", "")))
    assert not differ("", None) and not differ((), ("",)) and not differ([1, 2], (1, 2)) and not differ("a\r\nb", "a\nb")
    assert differ(0, None) and differ(False, None) and differ(("甲", "乙"), ("乙", "甲")) and differ("甲 乙", "甲乙")


def test_records_by_name_are_compared_alike() -> None:
    found = compare({"a": 1, "b": 2}, {"a": 5, "b": 2}, {"a": 1, "b": 7}, {"a": Field("A"), "b": Field("B")})
    assert found.merged() == {"a": 5, "b": 7}


def test_values_are_shown_in_words() -> None:
    colours = Field(Message("颜色"), {Colour.RED: Message("红"), None: Message("不确定")})
    assert shown(colours, Colour.RED) == (Message("红"),)
    assert shown(colours, None) == (Message("不确定"),)
    assert shown(colours, Colour.BLUE) == (Message("已不在列表里"),)
    assert shown(colours, (Colour.RED, Colour.RED)) == (Message("红"), Message("红"))
    assert shown(None, 1234567.5) == ("1,234,567.5",) and shown(None, date(2027, 3, 1)) == ("2027-03-01",)
    assert shown(None, True) == (Message("是"),) and shown(None, " ") == () and shown(None, ("a", "")) == ("a",)
    assert shown(Field("甲", lambda level: f"L{level}"), 3) == ("L3",)
