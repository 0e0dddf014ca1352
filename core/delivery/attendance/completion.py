"""How far people are with a programme, and what is overdue: from sessions and who came to them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.delivery.attendance.terms import CAME, Presence
from core.i18n import Message


class Standing(StrEnum):
    """How far somebody is: all done, on the way, behind because they missed something, or there without being on a list."""

    DONE = "done"
    GOING = "going"
    BEHIND = "behind"
    GUEST = "guest"


STANDING_NAMES = {
    Standing.BEHIND: Message("有缺课"),
    Standing.GOING: Message("进行中"),
    Standing.DONE: Message("已完成"),
    Standing.GUEST: Message("名单外"),
}
Taken = Collection[tuple[int, str, int]]
"""Who took which part of which programme, in whatever cohort: programme, part, employee."""


@dataclass(frozen=True)
class Held:
    """A session of a cohort: until which day it goes (None: it has no place yet), who is in it, and which part of its programme it is.

    `unknown`: of how many nobody has said whether they came where nobody is named.
    """

    session_id: int
    programme_id: int
    name: str
    ends_on: date | None
    members: tuple[int, ...]
    part: str = ""
    unknown: int = 0

    def taken(self, who: int, taken: Taken) -> bool:
        """Whether somebody has come to this part of the programme, be it in another cohort."""
        return (self.programme_id, self.part, who) in taken


@dataclass(frozen=True)
class Progress:
    """How far somebody is with a programme: `came` to so many of `of` sessions; `missed` are those over to which they did not come,
    `silent` those over of which nobody has said whether they came. What they took in another cohort counts.

    `of` 0: nobody expected them.
    """

    programme_id: int
    employee_id: int
    came: int
    of: int
    missed: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def left(self) -> int:
        """How many sessions are still to do."""
        return max(0, self.of - self.came)

    @property
    def standing(self) -> Standing:
        """How far that is."""
        if not self.of:
            return Standing.GUEST
        if not self.left:
            return Standing.DONE
        return Standing.BEHIND if self.missed else Standing.GOING

    @property
    def words(self) -> Message:
        """The same as people say it."""
        if not self.of:
            return Message("不在名单上，来过 {n} 次", n=self.came)
        if not self.left:
            return Message("{n} 次全部完成", n=self.of)
        return Message("已完成 {came} 次，还差 {n} 次", came=self.came, n=self.left)


def progress(held: Iterable[Held], presence: Mapping[tuple[int, int], Presence], today: date, taken: Taken = ()) -> list[Progress]:
    """How far everybody is with each programme, those who came without being on a list last. `presence` is by session and employee; a
    session is over on the day after its last."""
    lines = list(held)
    found: dict[tuple[int, int], list[Held]] = {}
    for one in lines:
        for employee in one.members:
            found.setdefault((one.programme_id, employee), []).append(one)
    listed = [_of(programme, employee, sessions, presence, today, taken) for (programme, employee), sessions in found.items()]
    return [*listed, *_guests(lines, found.keys(), presence)]


def unnoted(held: Iterable[Held], presence: Mapping[tuple[int, int], Presence], today: date, taken: Taken = ()) -> list[tuple[Held, int]]:
    """The sessions that are over and of which some people's attendance was never noted, with how many people that is. Who took the same
    part in another cohort is not waited for."""
    over = [one for one in held if one.ends_on is not None and one.ends_on < today]
    counted = [(one, one.unknown + sum(not _said(one, who, presence, taken) for who in one.members)) for one in over]
    return [(one, number) for one, number in counted if number]


def _said(one: Held, who: int, presence: Mapping[tuple[int, int], Presence], taken: Taken) -> bool:
    return (one.session_id, who) in presence or one.taken(who, taken)


def _guests(held: Sequence[Held], listed: Collection[tuple[int, int]], presence: Mapping[tuple[int, int], Presence]) -> Iterable[Progress]:
    sessions = {one.session_id: one for one in held}
    came: dict[tuple[int, int], set[str]] = {}
    for (session, who), said in presence.items():
        one = sessions.get(session)
        if one is not None and said in CAME and (one.programme_id, who) not in listed:
            came.setdefault((one.programme_id, who), set()).add(one.part or str(session))
    return [Progress(programme, who, len(some), 0, (), ()) for (programme, who), some in came.items()]


def _of(
    programme: int,
    employee: int,
    sessions: Sequence[Held],
    presence: Mapping[tuple[int, int], Presence],
    today: date,
    taken: Taken,
) -> Progress:
    came = {one.session_id for one in sessions if presence.get((one.session_id, employee)) in CAME or one.taken(employee, taken)}
    open_ones = [one for one in sessions if one.session_id not in came]
    said = {one.session_id: presence.get((one.session_id, employee)) for one in open_ones}
    over = [one for one in open_ones if one.ends_on is not None and one.ends_on < today]
    return Progress(
        programme_id=programme,
        employee_id=employee,
        came=len(came),
        of=len(sessions),
        missed=tuple(one.name for one in open_ones if said[one.session_id] in (Presence.ABSENT, Presence.EXCUSED)),
        silent=tuple(one.name for one in over if said[one.session_id] is None),
    )
