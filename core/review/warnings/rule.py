"""The rule of early warning: from what is known of a project to its status, its weak link, and what is suggested. Pure.

Money that is spent is no argument here: only what stopping would still save, against what going on is still expected to bring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from core.review.warnings.forecast import Estimate, Outlook, enough_from, outlook
from core.review.warnings.signals import ENOUGH_PEERS, WEEK, ProjectSignals, Track, peers_at
from core.review.warnings.terms import ALARMS, Advice, Link, Standing, Status
from core.review.warnings.thresholds import Thresholds

RULE = "warning 1"
"""The version of this rule, which is stored beside what it says."""


@dataclass(frozen=True)
class Band:
    """What comparable projects had reached at the same share of their run: the middle half of them, and how many they are."""

    low: float
    middle: float
    high: float
    n: int


@dataclass(frozen=True)
class LinkFacts:
    """A link of a project as it was known at the end of a week. `outlook` None: nothing, or too little, is known. `enough` says whether
    there are people and chances enough for a judgement, `peers` None: fewer than three comparable projects."""

    link: Link
    outlook: Outlook | None
    enough: bool
    peers: Band | None
    standing: Standing
    common: bool = False


@dataclass(frozen=True)
class Prospect:
    """What is still to be saved by stopping, and what going on is still expected to bring, isolated, with its interval (None: nobody has
    valued the result, or nothing is known of it yet)."""

    spent: float
    remaining: float
    benefit: Estimate | None


@dataclass(frozen=True)
class SunkCostWarning:
    """A project's status at the end of a week: the first weak link of the chain, what the facts are, what is suggested.

    `earliest` is the day from which on anything can be said if all goes as planned; None: never, there are too few people. `raw` is what
    the week alone says: an alarm that has not yet held for as many weeks as is asked is watched.
    """

    project: ProjectSignals
    week: int
    status: Status
    raw: Status
    weak: Link | None
    links: tuple[LinkFacts, ...]
    prospect: Prospect
    advice: Advice
    earliest: date | None

    def facts(self, link: Link) -> LinkFacts | None:
        """What is known of a link, where anything is planned of it."""
        return next((one for one in self.links if one.link is link), None)

    @property
    def nearest(self) -> LinkFacts | None:
        """The judged link that is nearest to the result."""
        return next((one for one in reversed(self.links) if one.standing is not Standing.UNKNOWN), None)

    @property
    def remaining_weeks(self) -> int:
        """How many weeks are left."""
        return max(0, self.project.weeks - self.week)


def warning(project: ProjectSignals, others: Sequence[ProjectSignals], numbers: Thresholds, week: int | None = None) -> SunkCostWarning:
    """How a project stands at the end of a week (the last that has passed), with what was known then."""
    at = project.now if week is None else min(week, project.now)
    known = list(others)
    found = _of_week(project, known, numbers, at)
    if found.raw in ALARMS and not _held(project, known, numbers, at):
        return _with(found, Status.WATCH)
    return found


def history(project: ProjectSignals, others: Sequence[ProjectSignals], numbers: Thresholds) -> list[SunkCostWarning]:
    """How a project stood at the end of each of its weeks, with what was known then."""
    raw = [_of_week(project, list(others), numbers, week) for week in range(1, project.now + 1)]
    return [_confirmed(raw, place, numbers.weeks) for place in range(len(raw))]


def _confirmed(raw: Sequence[SunkCostWarning], place: int, weeks: int) -> SunkCostWarning:
    one = raw[place]
    last = raw[max(0, place - weeks + 1) : place + 1]
    held = len(last) == weeks and all(each.raw in ALARMS for each in last)
    return _with(one, Status.WATCH) if one.raw in ALARMS and not held else one


def _held(project: ProjectSignals, others: list[ProjectSignals], numbers: Thresholds, week: int) -> bool:
    earlier = range(week - numbers.weeks + 1, week)
    return earlier.start >= 1 and all(_of_week(project, others, numbers, one).raw in ALARMS for one in earlier)


def _with(one: SunkCostWarning, status: Status) -> SunkCostWarning:
    return SunkCostWarning(
        one.project, one.week, status, one.raw, one.weak, one.links, one.prospect, advised(status, one.prospect), one.earliest
    )


def _of_week(project: ProjectSignals, others: list[ProjectSignals], numbers: Thresholds, week: int) -> SunkCostWarning:
    links = tuple(_facts(project, one, others, numbers, week) for one in project.tracks)
    status, weak, prospect = judge(project, links, numbers)
    first = [at for one in project.tracks if (at := enough_from(one, numbers)) is not None]
    earliest = project.start + min(first) * WEEK if first else None
    return SunkCostWarning(project, week, status, status, weak, links, prospect, advised(status, prospect), earliest)


def judge(project: ProjectSignals, links: Sequence[LinkFacts], numbers: Thresholds) -> tuple[Status, Link | None, Prospect]:
    """What the facts of a week say: the status, the first weak link, what is still to be saved and to be gained."""
    judged = [one for one in links if one.standing is not Standing.UNKNOWN]
    prospect = _prospect(project, judged)
    weak = next((one for one in judged if one.standing is Standing.WEAK), None)
    if not judged:
        return Status.NO_JUDGEMENT, None, prospect
    last = judged[-1]
    if weak is not None and last.standing is not Standing.FINE:
        return (Status.STOP if _hopeless(last, prospect, numbers) else Status.WARN), weak.link, prospect
    # What is weak early in the chain while its end holds needs an eye, not an alarm.
    doubtful = weak or next((one for one in judged if one.standing is Standing.DOUBT), None)
    return (Status.WATCH if doubtful else Status.ON_TRACK), doubtful.link if doubtful else None, prospect


def advised(status: Status, prospect: Prospect) -> Advice:
    """What is suggested."""
    return {Status.STOP: Advice.STOP, Status.WARN: Advice.REPAIR}.get(status, Advice.KEEP)


def _facts(project: ProjectSignals, track: Track, others: list[ProjectSignals], numbers: Thresholds, week: int) -> LinkFacts:
    found = outlook(track, week, numbers)
    values = peers_at(project, week, track.link, others)
    peers = _band(values) if len(values) >= ENOUGH_PEERS else None
    enough = found is not None and _enough(track, found, numbers)
    standing, common = standing_of(track, found, peers, numbers)
    return LinkFacts(track.link, found, enough, peers, standing, common)


def standing_of(track: Track, found: Outlook | None, peers: Band | None, numbers: Thresholds) -> tuple[Standing, bool]:
    """How a link stands, and whether it would be weak if comparable projects were not so too: something else weighs on all of them."""
    if found is None or not _enough(track, found, numbers):
        return Standing.UNKNOWN, False
    floor = numbers.floor(track.link)
    if found.end.high >= floor:
        return (Standing.DOUBT if found.end.value < floor else Standing.FINE), False
    common = peers is not None and peers.middle < floor and found.now.high >= peers.low
    return (Standing.DOUBT if common else Standing.WEAK), common


def _enough(track: Track, found: Outlook, numbers: Thresholds) -> bool:
    least = numbers.chances if track.counted else numbers.readings
    return found.people >= numbers.people and found.n >= least and found.elapsed >= numbers.elapsed


def _band(values: Sequence[float]) -> Band:
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Band(low, middle, high, len(values))


def _prospect(project: ProjectSignals, judged: Sequence[LinkFacts]) -> Prospect:
    money = project.money
    conversion = next((one for one in judged if one.link is Link.CONVERSION), None)
    if money.benefit is None or conversion is None or conversion.outlook is None:
        return Prospect(money.spent, money.remaining, None)
    seen = conversion.outlook
    reached = seen.now.value * seen.elapsed
    ahead = [money.benefit * max(0.0, share - reached) for share in (seen.end.value, seen.end.low, seen.end.high)]
    return Prospect(money.spent, money.remaining, Estimate(*ahead))


def _hopeless(last: LinkFacts, prospect: Prospect, numbers: Thresholds) -> bool:
    """Whether stopping is to be suggested: something can still be saved, and even the better end of the forecast is not worth it."""
    if prospect.remaining <= 0 or last.outlook is None:
        return False
    if prospect.benefit is not None:
        return prospect.benefit.high < prospect.remaining
    return last.outlook.end.high < numbers.stop


def by_urgency(some: Sequence[SunkCostWarning]) -> list[SunkCostWarning]:
    """The most urgent first; of the same status, what can still be saved first."""
    order: Mapping[Status, int] = {status: place for place, status in enumerate(Status)}
    return sorted(some, key=lambda one: (order[one.status], -one.prospect.remaining, one.project.name))
