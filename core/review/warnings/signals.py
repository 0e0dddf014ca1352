"""What is known of a project week by week: its own plan, and what of it was done. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from core.review.warnings.terms import Link

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Track:
    """One link of a project, added up from its first week on.

    `planned` has a number for every week of its run: how many chances (attendances, actions) or how much of a result will have fallen due
    by the end of it. `seen` and `done` reach as far as is known: of how much of that the outcome is known, and how much was done. `target`
    is the share of the chances that is meant to be done; of a result it is 1. `counted`: chances of people, of each of which it is known
    whether it was used; otherwise an amount. `note` says in what it is counted, for the page.
    """

    link: Link
    target: float
    planned: tuple[float, ...]
    seen: tuple[float, ...]
    done: tuple[float, ...]
    people: int
    counted: bool
    unit: str = ""

    def attained(self, week: int) -> float | None:
        """The share of its own plan that was reached by the end of a week; None where nothing has fallen due or nothing is known."""
        at = min(week, len(self.seen)) - 1
        if at < 0 or self.seen[at] <= 0 or self.target <= 0:
            return None
        return self.done[at] / (self.target * self.seen[at])


@dataclass(frozen=True)
class Money:
    """In yuan: what was spent, what stopping now would still save, and what the whole result is worth to the bank by the lines of benefit
    (isolated); None where nobody has valued it."""

    spent: float = 0.0
    remaining: float = 0.0
    benefit: float | None = None


@dataclass(frozen=True)
class ProjectSignals:
    """A project from the Monday of its first week, over `weeks` weeks, of which `now` have passed. `group` names those that it can be
    compared with; `project_id` is what it was planned as, None for a course of the bank's own list."""

    id: int
    name: str
    group: str
    start: date
    weeks: int
    now: int
    tracks: tuple[Track, ...]
    money: Money = field(default_factory=Money)
    project_id: int | None = None

    @property
    def end(self) -> date:
        """The day on which the last week ends."""
        return self.start + self.weeks * WEEK

    def track(self, link: Link) -> Track | None:
        """A link, where anything is planned of it."""
        return next((one for one in self.tracks if one.link is link), None)

    def week_of(self, day: date) -> int:
        """How many of its weeks have passed on a day: at most those of which anything is known."""
        return max(0, min(self.now, (day - self.start) // WEEK))


def peers_at(project: ProjectSignals, week: int, link: Link, others: list[ProjectSignals]) -> list[float]:
    """What comparable projects had reached in a link when the same share of their run had passed, as far as that was known by then.

    Those of the same group where there are at least three of them, all others otherwise; the project itself is not among them.
    """
    day = project.start + week * WEEK
    found: dict[bool, list[float]] = {True: [], False: []}
    for other in others:
        track = other.track(link)
        at = max(1, ceil(week * other.weeks / project.weeks))
        if other.id == project.id or track is None or other.week_of(day) < at:
            continue
        value = track.attained(at)
        if value is not None:
            found[other.group == project.group].append(value)
    return found[True] if len(found[True]) >= ENOUGH_PEERS else [*found[True], *found[False]]


ENOUGH_PEERS = 3
"""Fewer comparable projects make no band."""
