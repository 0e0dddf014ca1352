"""How far people are with a programme, and what is overdue: from sessions and who came to them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.delivery.attendance.terms import CAME, Presence
from core.i18n import Message


class Standing(StrEnum):
    """How far somebody is: all done, on the way, or behind because they missed something."""

    DONE = "done"
    GOING = "going"
    BEHIND = "behind"


STANDING_NAMES = {Standing.BEHIND: Message("有缺课"), Standing.GOING: Message("进行中"), Standing.DONE: Message("已完成")}


@dataclass(frozen=True)
class Held:
    """A session of a cohort: until which day it goes (None: it has no place yet), who is in it."""

    session_id: int
    programme_id: int
    name: str
    ends_on: date | None
    members: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """How far somebody is with a programme: `came` to so many of `of` sessions; `missed` are those over to which they did not come,
    `silent` those over of which nobody has said whether they came."""

    programme_id: int
    employee_id: int
    came: int
    of: int
    missed: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def left(self) -> int:
        """How many sessions are still to do."""
        return self.of - self.came

    @property
    def standing(self) -> Standing:
        """How far that is."""
        if not self.left:
            return Standing.DONE
        return Standing.BEHIND if self.missed else Standing.GOING

    @property
    def words(self) -> Message:
        """The same as people say it."""
        if not self.left:
            return Message("{n} 次全部完成", n=self.of)
        return Message("已完成 {came} 次，还差 {n} 次", came=self.came, n=self.left)


def progress(held: Iterable[Held], presence: Mapping[tuple[int, int], Presence], today: date) -> list[Progress]:
    """How far everybody is with each programme. `presence` is by session and employee; a session is over on the day after its last."""
    found: dict[tuple[int, int], list[Held]] = {}
    for one in held:
        for employee in one.members:
            found.setdefault((one.programme_id, employee), []).append(one)
    return [_of(programme, employee, sessions, presence, today) for (programme, employee), sessions in found.items()]


def unnoted(held: Iterable[Held], presence: Mapping[tuple[int, int], Presence], today: date) -> list[tuple[Held, int]]:
    """The sessions that are over and of which some people's attendance was never noted, with how many people that is."""
    over = [one for one in held if one.ends_on is not None and one.ends_on < today]
    counted = [(one, sum((one.session_id, who) not in presence for who in one.members)) for one in over]
    return [(one, number) for one, number in counted if number]


def _of(programme: int, employee: int, sessions: Sequence[Held], presence: Mapping[tuple[int, int], Presence], today: date) -> Progress:
    said = {one.session_id: presence.get((one.session_id, employee)) for one in sessions}
    over = [one for one in sessions if one.ends_on is not None and one.ends_on < today]
    return Progress(
        programme_id=programme,
        employee_id=employee,
        came=sum(one in CAME for one in said.values()),
        of=len(sessions),
        missed=tuple(one.name for one in sessions if said[one.session_id] in (Presence.ABSENT, Presence.EXCUSED)),
        silent=tuple(one.name for one in over if said[one.session_id] is None),
    )
