"""What is different between two timetables, in words: for whoever was told of the earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.delivery.halves import HALF_NAMES, Half
from core.delivery.timetable.service import SessionView
from core.i18n import Message

HALVES = tuple(Half)


class ChangeKind(StrEnum):
    """What became of a session since the earlier timetable."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    LENGTH = "length"
    TRAINER = "trainer"
    VENUE = "venue"
    UNPLACED = "unplaced"


KIND_NAMES = {
    ChangeKind.MOVED: Message("改期"),
    ChangeKind.LENGTH: Message("改时长"),
    ChangeKind.TRAINER: Message("换讲师"),
    ChangeKind.VENUE: Message("换场地"),
    ChangeKind.ADDED: Message("新增"),
    ChangeKind.REMOVED: Message("取消"),
    ChangeKind.UNPLACED: Message("暂时排不上"),
}


@dataclass(frozen=True)
class Line:
    """A session as it is published, in words that stay true whatever becomes of the rows. `day` None: it has no place."""

    session_id: int
    programme: str
    cohort: Message
    name: str
    day: date | None
    slot: int
    slots: int
    trainer_id: int | None
    trainer: str
    venue_id: int | None
    venue: str

    @property
    def title(self) -> Message:
        """The session in words."""
        return Message("{programme}·{cohort}·{name}", programme=self.programme, cohort=self.cohort, name=self.name)


@dataclass(frozen=True)
class Change:
    """Something that is different, in a sentence."""

    kind: ChangeKind
    session_id: int
    message: Message


def line_of(one: SessionView) -> Line:
    """A session as it would be published."""
    cohort = one.cohort if isinstance(one.cohort, Message) else Message("{name}", name=one.cohort)
    held = (one.day, one.slot, one.slots, one.trainer_id, one.trainer, one.venue_id, one.venue)
    return Line(one.id, one.programme, cohort, one.name, *held)


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """What became of each session, in the order of the later timetable; sessions that are the same in both are not in it."""
    then = {one.session_id: one for one in before}
    found: list[Change] = []
    for one in after:
        found += _of(then.pop(one.session_id, None), one)
    found += [
        Change(ChangeKind.REMOVED, one.session_id, Message("{session}：取消，原定{when}。", session=one.title, when=when(one)))
        for one in then.values()
        if one.day is not None
    ]
    return found


def when(one: Line) -> Message:
    """When a session is held, in words."""
    if one.day is None:
        return Message("没有时间")
    return Message("{day} {half}", day=one.day.isoformat(), half=HALF_NAMES[HALVES[one.slot]])


def counted(found: Iterable[Change]) -> dict[ChangeKind, int]:
    """How many changes there are of each kind, in the order of the kinds' names."""
    numbers = dict.fromkeys(KIND_NAMES, 0)
    for one in found:
        numbers[one.kind] += 1
    return {kind: number for kind, number in numbers.items() if number}


def to_json(one: Line) -> dict[str, Any]:
    """A line as it is stored."""
    return {**vars(one), "cohort": one.cohort.to_json(), "day": one.day.isoformat() if one.day else None}


def from_json(stored: Mapping[str, Any]) -> Line:
    """A line that was stored."""
    day = date.fromisoformat(stored["day"]) if stored["day"] else None
    return Line(**{**stored, "cohort": Message.from_json(stored["cohort"]), "day": day})


def _of(then: Line | None, one: Line) -> list[Change]:
    if then is None or then.day is None:
        if one.day is None:
            return []
        return [Change(ChangeKind.ADDED, one.session_id, Message("{session}：新排在{when}。", session=one.title, when=when(one)))]
    if one.day is None:
        said = Message("{session}：原定{when}，现在排不上。", session=one.title, when=when(then))
        return [Change(ChangeKind.UNPLACED, one.session_id, said)]
    found = []
    if (then.day, then.slot) != (one.day, one.slot):
        said = Message("{session}：从{then}改到{now}。", session=one.title, then=when(then), now=when(one))
        found.append(Change(ChangeKind.MOVED, one.session_id, said))
    if then.slots != one.slots:
        said = Message("{session}：时长由 {then} 个半天改为 {now} 个半天。", session=one.title, then=then.slots, now=one.slots)
        found.append(Change(ChangeKind.LENGTH, one.session_id, said))
    if then.trainer_id != one.trainer_id:
        said = Message("{session}：讲师由{then}换成{now}。", session=one.title, then=_name(then.trainer), now=_name(one.trainer))
        found.append(Change(ChangeKind.TRAINER, one.session_id, said))
    if then.venue_id != one.venue_id:
        said = Message("{session}：场地由{then}换成{now}。", session=one.title, then=_name(then.venue), now=_name(one.venue))
        found.append(Change(ChangeKind.VENUE, one.session_id, said))
    return found


def _name(name: str) -> str | Message:
    return name or Message("未定")
