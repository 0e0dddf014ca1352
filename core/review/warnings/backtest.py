"""The rule on a year that is over: whether it would have found what came to nothing, how early, and how often it would have been wrong.

Pure. A project came to nothing when it reached less than the line of stopping in the link nearest to the result that was seen to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median

from core.review.warnings.rule import history
from core.review.warnings.signals import ProjectSignals
from core.review.warnings.terms import ALARMS, Link
from core.review.warnings.thresholds import Thresholds

EARLY_WEEKS = 8
"""Found this many weeks before its end, something of a project can still be saved."""

ENOUGH = 10
"""With fewer projects of a kind, shares say next to nothing."""

_SEEN = 0.9


@dataclass(frozen=True)
class Verdict:
    """A project that is over: what it reached of its target, in which link; `alarm` weeks before its end, None: there was none."""

    name: str
    link: Link
    reached: float
    failed: bool
    alarm: int | None


@dataclass(frozen=True)
class BackTest:
    """How the rule would have done: of the `failed` how many were found early, of the `alarms` how many were false; `open` projects are
    not over or were not measured to their end, and prove nothing."""

    verdicts: tuple[Verdict, ...]
    open: int

    @property
    def failed(self) -> int:
        """How many came to nothing."""
        return sum(one.failed for one in self.verdicts)

    @property
    def early(self) -> int:
        """How many of those were found in time."""
        return sum(one.failed and one.alarm is not None and one.alarm >= EARLY_WEEKS for one in self.verdicts)

    @property
    def alarms(self) -> int:
        """How many projects were warned of."""
        return sum(one.alarm is not None for one in self.verdicts)

    @property
    def false(self) -> int:
        """How many of those turned out well."""
        return sum(one.alarm is not None and not one.failed for one in self.verdicts)

    @property
    def lead(self) -> float | None:
        """How many weeks before their end those that came to nothing were warned of, the middle one of them."""
        found = [one.alarm for one in self.verdicts if one.failed and one.alarm is not None]
        return median(found) if found else None

    @property
    def enough(self) -> bool:
        """Whether there are so many that the shares say something."""
        return self.failed >= ENOUGH and len(self.verdicts) - self.failed >= ENOUGH


def back_test(projects: Sequence[ProjectSignals], numbers: Thresholds) -> BackTest:
    """What the rule would have said of these, week by week with what was known then."""
    verdicts, unproved = [], 0
    for one in projects:
        truth = _truth(one)
        if truth is None:
            unproved += 1
            continue
        link, reached = truth
        alarm = next((one.weeks - each.week for each in history(one, projects, numbers) if each.status in ALARMS), None)
        verdicts.append(Verdict(one.name, link, reached, reached < numbers.stop, alarm))
    return BackTest(tuple(verdicts), unproved)


def share(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, rate = NormalDist().inv_cdf(0.975), part / whole
    middle = (rate + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(rate * (1 - rate) / whole + z * z / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def _truth(project: ProjectSignals) -> tuple[Link, float] | None:
    if project.now < project.weeks:
        return None
    for track in reversed(project.tracks):
        whole = track.planned[-1] * track.target
        if track.link is not Link.PARTICIPATION and track.seen and whole > 0 and track.seen[-1] >= _SEEN * track.planned[-1]:
            return track.link, track.done[-1] / whole
    return None
