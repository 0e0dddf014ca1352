"""How early and how rightly projects are warned of: `python -m tests.evals.warnings [--split dev|test|all] [--show]`.

Years of projects with a known truth are made by chance: good ones, middling ones, slow starters that recover, and three kinds that come
to nothing, since people stay away, do not use what they learnt, or use it without effect. The rule sees them week by week as it would
have then. Its floors are fitted on the development years alone; both halves are reported, for the fitted floors and for those that the
product comes with.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from statistics import median

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.review.warnings.rule import LinkFacts, SunkCostWarning, history, judge, standing_of
from core.review.warnings.signals import Money, ProjectSignals, Track
from core.review.warnings.terms import ALARMS, Link, Standing
from core.review.warnings.thresholds import Thresholds, defaults
from tests.evals.measures import Estimate, estimate
from tests.evals.report import Report, Table

YEARS, PROJECTS = 12, 30
SEEDS = {"dev": 1_000, "test": 2_000}
EARLY, FALSE = 8, 0.15
"""What is asked: so many weeks before the end, and at most this share of the alarms wrong."""

GOOD, MIDDLING, SLOW = "good", "middling", "slow starter"
ABSENT, UNUSED, FRUITLESS = "weak participation", "no application", "no conversion"
SHARES = {GOOD: 0.45, MIDDLING: 0.1, SLOW: 0.15, ABSENT: 0.1, UNUSED: 0.1, FRUITLESS: 0.1}
TO_STOP = frozenset({ABSENT, UNUSED, FRUITLESS})
GROUPS = ("3", "4")
# Of each kind: the share that comes, that does what it planned, and the result against what was meant.
RATES = {
    GOOD: (0.92, 0.8, 1.0),
    MIDDLING: (0.82, 0.65, 0.78),
    SLOW: (0.9, 0.8, 1.0),
    ABSENT: (0.5, 0.45, 0.35),
    UNUSED: (0.9, 0.2, 0.3),
    FRUITLESS: (0.9, 0.75, 0.15),
}


@dataclass(frozen=True)
class Truth:
    """A project as it was made: what the rule may see, what it was made as, and what it came to in the end."""

    signals: ProjectSignals
    kind: str
    reached: float

    @property
    def to_stop(self) -> bool:
        """Whether it should have been stopped: made to fail, and it did."""
        return self.kind in TO_STOP


@dataclass(frozen=True)
class Replayed:
    """A project with what the rule said at the end of each week."""

    truth: Truth
    weeks: tuple[SunkCostWarning, ...]


@dataclass(frozen=True)
class Score:
    """How the rule did: `early` the projects to stop that were found in time, `wrong` which alarms were false, `lead` weeks before the end
    of those found."""

    to_stop: int
    early: tuple[bool, ...]
    wrong: tuple[bool, ...]
    sound: tuple[bool, ...]
    lead: tuple[int, ...]

    @property
    def false_share(self) -> float:
        """The share of all alarms that were false."""
        return sum(self.wrong) / len(self.wrong) if self.wrong else 0.0

    @property
    def found_share(self) -> float:
        """The share of the projects to stop that were found in time."""
        return sum(self.early) / len(self.early) if self.early else 0.0


def year(seed: int) -> list[Truth]:
    """A year's projects."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(list(SHARES), size=PROJECTS, p=list(SHARES.values()))
    season = 1 + 0.1 * np.sin(np.arange(120) / 52 * 2 * np.pi + rng.uniform(0, 6.3))
    return [_project(number, str(kind), season, rng) for number, kind in enumerate(kinds, 1)]


def replayed(split: str, numbers: Thresholds, years: int = YEARS) -> list[Replayed]:
    """All projects of a half with what the rule said of them, each week with what was known then."""
    found = []
    for number in range(years):
        some = year(SEEDS[split] + number)
        signals = [one.signals for one in some]
        found += [Replayed(one, tuple(history(one.signals, signals, numbers))) for one in some]
    return found


def score(some: Iterable[Replayed], alarms: Sequence[list[int]] | None = None) -> Score:
    """How the rule did. `alarms` are the weeks of alarm of each, where they are not those of the replay."""
    early, wrong, sound, lead = [], [], [], []
    for place, one in enumerate(some):
        weeks = alarms[place] if alarms is not None else [each.week for each in one.weeks if each.status in ALARMS]
        if one.truth.to_stop:
            early.append(bool(weeks) and one.truth.signals.weeks - weeks[0] >= EARLY)
            lead += [one.truth.signals.weeks - weeks[0]] if weeks else []
        else:
            sound.append(bool(weeks))
        if weeks:
            wrong.append(not one.truth.to_stop)
    return Score(len(early), tuple(early), tuple(wrong), tuple(sound), tuple(lead))


def fitted(some: Sequence[Replayed], numbers: Thresholds) -> Thresholds:
    """The floors, the share that has to have fallen due and the weeks in a row that find most with no more false alarms than are allowed,
    with a margin for chance; on these projects, which are to be those of the development half."""
    best, best_at = (-1.0, 0.0), numbers
    grid = product((0.7, 0.8), (0.5, 0.6, 0.7), (0.5, 0.6, 0.7), (0.2, 0.3, 0.4), (2, 3))
    for participation, application, conversion, elapsed, weeks in grid:
        one = replace(numbers, participation=participation, application=application, conversion=conversion, elapsed=elapsed, weeks=weeks)
        found = score(some, [_alarms(each, one) for each in some])
        merit = (found.found_share, -found.false_share)
        if found.false_share <= FALSE * 0.75 and merit > best:
            best, best_at = merit, one
    return best_at


def table(split: str = "all") -> Table:
    """For the fitted numbers and for the product's own, by half: projects to stop that were found in time, alarms that were right, sound
    projects that were left in peace; and by kind how many were alarmed."""
    loose = replace(defaults(), elapsed=0.2)
    seen = {half: replayed(half, loose) for half in SEEDS}
    chosen = fitted(seen["dev"], loose)
    rows: dict[str, dict[str, Estimate]] = {}
    remarks = []
    for half in SEEDS if split == "all" else (split,):
        for name, numbers in (("fitted", chosen), ("as delivered", defaults())):
            found = score(seen[half], [_alarms(one, numbers) for one in seen[half]])
            rows[f"{half} {name}"] = {
                "found 8 weeks early": estimate(found.early),
                "alarms that are right": estimate([not one for one in found.wrong]),
                "sound left in peace": estimate([not one for one in found.sound]),
            }
            remarks.append(f"{half} {name}: {median(found.lead):.0f} weeks before the end (median of {len(found.lead)} found)")
        rows |= _by_kind(half, seen[half], chosen)
    told = ("participation", "application", "conversion", "elapsed", "weeks")
    return Table("warnings", rows, (*remarks, "fitted on dev: " + ", ".join(f"{name} {getattr(chosen, name)}" for name in told)))


def run(report: Report, split: str, *, show: bool = False) -> None:
    """Measure and add the table to `report`; with `show` say which projects of the development half were judged wrongly."""
    report.add(table(split))
    if show:
        for one in replayed("dev", defaults()):
            alarms = [each for each in one.weeks if each.status in ALARMS]
            if bool(alarms) is not one.truth.to_stop:
                first = f"week {alarms[0].week} {alarms[0].weak}" if alarms else "no alarm"
                print(f"{one.truth.kind}, {one.truth.signals.weeks} weeks, reached {one.truth.reached:.2f}: {first}")


def _by_kind(half: str, some: Sequence[Replayed], numbers: Thresholds) -> dict[str, dict[str, Estimate]]:
    rows: dict[str, dict[str, Estimate]] = {}
    for kind in SHARES:
        own = [bool(_alarms(one, numbers)) for one in some if one.truth.kind == kind]
        rows[f"{half} {kind}"] = {"alarmed": estimate(own)}
    return rows


def _alarms(one: Replayed, numbers: Thresholds) -> list[int]:
    """The weeks in which these numbers would have alarmed: the outlooks do not hang on them, only what is made of them."""
    raw = []
    for week in one.weeks:
        links = [replace(each, standing=_standing(each, numbers, one.truth.signals)) for each in week.links]
        raw.append(judge(one.truth.signals, links, numbers)[0] in ALARMS)
    return [place + 1 for place in range(len(raw)) if place + 1 >= numbers.weeks and all(raw[place - numbers.weeks + 1 : place + 1])]


def _standing(facts: LinkFacts, numbers: Thresholds, project: ProjectSignals) -> Standing:
    track = project.track(facts.link)
    assert track is not None
    return standing_of(track, facts.outlook, facts.peers, numbers)[0]


def _project(number: int, kind: str, season: NDArray[np.float64], rng: Generator) -> Truth:
    weeks = int(rng.integers(26, 49))
    people = int(np.clip(rng.lognormal(3.7, 0.6), 12, 200))
    training = max(6, round(weeks * rng.uniform(0.25, 0.4)))
    recovers = round(weeks * rng.uniform(0.35, 0.5))
    late = np.arange(1, weeks + 1) < recovers if kind == SLOW else np.zeros(weeks, dtype=bool)
    comes, uses, brings = RATES[kind]
    comes, uses = (float(np.clip(rng.normal(mean, 0.04), 0.02, 0.99)) for mean in (comes, uses))
    brings = max(0.0, rng.normal(brings, 0.12 if kind not in TO_STOP else 0.08))
    tracks = (
        _participation(people, weeks, training, comes, rng),
        _application(people, weeks, training, uses, late, rng),
        conversion := _conversion(people, weeks, training, brings, late, season, rng),
    )
    start = date(2026, 1, 5) + timedelta(weeks=int(rng.integers(0, 8)))
    signals = ProjectSignals(number, f"P{number}", str(rng.choice(GROUPS)), start, weeks, weeks, tracks, Money(100_000, 100_000, None))
    return Truth(signals, kind, conversion.done[-1] / conversion.planned[-1])


def _participation(people: int, weeks: int, training: int, comes: float, rng: Generator) -> Track:
    held = np.zeros(weeks)
    held[: training : max(1, training // int(rng.integers(3, 9)))] = 1
    # People differ in how reliably they come.
    each = rng.beta(comes * 6, (1 - comes) * 6, size=people)
    noted = held * (rng.random(weeks) > 0.1)
    came = np.array([(rng.random(people) < each).sum() if one else 0 for one in noted])
    return _track(Link.PARTICIPATION, 0.85, people * held, people * noted, came, people, counted=True)


def _application(people: int, weeks: int, training: int, uses: float, late: NDArray[np.bool_], rng: Generator) -> Track:
    first, last = min(training, weeks // 3), max(training + 4, int(weeks * 0.85))
    each = int(rng.integers(1, 4))
    due = rng.integers(first, last, size=people * each)
    rate = np.where(late, 0.25, 1.0)[due] * uses
    done = rng.random(people * each) < rate
    planned = np.bincount(due, minlength=weeks)[:weeks].astype(float)
    came = np.bincount(due[done], minlength=weeks)[:weeks].astype(float)
    return _track(Link.APPLICATION, 0.7, planned, planned, came, people, counted=True)


def _conversion(
    people: int, weeks: int, training: int, brings: float, late: NDArray[np.bool_], season: NDArray[np.float64], rng: Generator
) -> Track:
    first = training // 2 + 2
    planned = np.zeros(weeks)
    planned[first:] = 2.0 * people / (weeks - first)
    # A slow starter makes up for what it lost.
    lost = planned[late].sum() * 0.75
    makes_up = 1 + lost / max(1.0, planned[~late].sum())
    mean = planned * brings * season[:weeks] * np.where(late, 0.25, makes_up if late.any() else 1.0)
    came = rng.poisson(mean * rng.gamma(8.0, 1 / 8.0, size=weeks)).astype(float)
    return _track(Link.CONVERSION, 1.0, planned, planned, came, people, counted=False)


def _track(
    link: Link,
    target: float,
    planned: NDArray[np.float64],
    seen: NDArray[np.float64],
    done: NDArray[np.float64],
    people: int,
    *,
    counted: bool,
) -> Track:
    added = (tuple(float(one) for one in np.cumsum(some)) for some in (planned, seen, done))
    return Track(link, target, *added, people, counted)


def main() -> int:
    """The program alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.warnings", description="Back-test early warning on simulated years.")
    parser.add_argument("--split", choices=(*SEEDS, "all"), default="all")
    parser.add_argument("--show", action="store_true", help="list what went wrong, never in the test half")
    options = parser.parse_args()
    run(Report(), options.split, show=options.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
