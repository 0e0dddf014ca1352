"""How right effects are: simulated studies whose true effect is known, `python -m tests.evals effects`.

Of each kind of study 1,000 are drawn; the estimate that the design calls for shall be right on average (bias at most 5 % of the effect) and
its 95 % interval shall hold the truth in 93 to 97 % of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.review.effects.evaluating import evaluate
from core.review.effects.evaluation import Effect, Evaluation
from core.review.effects.sample import Sample
from core.review.effects.terms import Design, Figure
from tests.evals.measures import Estimate
from tests.evals.report import Report, Table

RUNS = 1_000
EFFECT, TREND, DEVIATION, RELIABILITY = 3.0, 2.0, 10.0, 0.7
# Of twelve people only a large effect is anything but noise, and so is its bias.
LARGE = 9.0
BIAS_MOST, COVERED = 0.05, (0.93, 0.97)
Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator], Sample]


@dataclass(frozen=True)
class Study:
    """A kind of study: its design, how one is drawn, what is true. `bracket`: no one estimate is claimed, the range shall hold it."""

    name: str
    design: Design
    draw: Draw
    truth: float = EFFECT
    bracket: bool = False


@dataclass
class Outcome:
    """What came of the runs of a study."""

    study: Study
    values: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    @property
    def bias(self) -> float:
        """The mean error as a share of the effect."""
        return (float(np.mean(self.values)) - self.study.truth) / self.study.truth

    @property
    def bias_error(self) -> float:
        """How much of the bias may be chance of so many runs (one standard error)."""
        return float(np.std(self.values) / np.sqrt(len(self.values)) / abs(self.study.truth))

    @property
    def coverage(self) -> float:
        """The share of intervals that hold the truth."""
        return float(np.mean(self.covered))

    @property
    def good(self) -> bool:
        """Whether bias and coverage are as they shall be."""
        if self.study.bracket:
            return self.coverage >= COVERED[0]
        return abs(self.bias) <= BIAS_MOST and COVERED[0] <= self.coverage <= COVERED[1]


def run(report: Report, runs: int = RUNS) -> bool:
    """Draw and evaluate all studies; whether every one is as it shall be."""
    outcomes = [simulate(study, runs) for study in studies()]
    rows = {one.study.name: _row(one) for one in outcomes}
    wrong = [one.study.name for one in outcomes if not one.good]
    said = "every study within its bounds" if not wrong else f"out of bounds: {', '.join(wrong)}"
    remark = f"{runs} runs each; bias in per cent of the true effect (± 2 standard errors of the simulation); {said}"
    report.add(Table("effects: bias and coverage", rows, (remark,)))
    report.add(_three_ways(runs))
    return not wrong


def simulate(study: Study, runs: int = RUNS, seed: int = 20_261_126) -> Outcome:
    """So many studies of a kind, each evaluated."""
    rng = np.random.default_rng([seed, *study.name.encode()])
    found = Outcome(study)
    for _run in range(runs):
        effect = evaluate(study.draw(rng), study.design).effect
        assert effect is not None and effect.low is not None and effect.high is not None, study.name
        found.values.append(effect.value)
        found.covered.append(effect.low <= study.truth <= effect.high)
        found.widths.append(effect.high - effect.low)
    return found


def studies() -> list[Study]:
    """All kinds of studies."""
    score, units, chance, volunteers, everyone = Design.BY_SCORE, Design.UNITS, Design.RANDOM, Design.VOLUNTEERS, Design.ALL
    both = EFFECT + TREND
    return [
        *(Study(f"by score, half, n={n}", score, _more(_chosen(n, 0.5)), LARGE) for n in (12, 30)),
        *(Study(f"by score, half, n={n}", score, _chosen(n, 0.5)) for n in (100, 350)),
        Study("by score, weakest 30%, n=350", score, _chosen(350, 0.3)),
        Study("by score, best 20%, n=350", score, _chosen(350, 0.2, best=True)),
        Study("by score, posts missing by pre", score, _missing(_chosen(350, 0.3))),
        Study("by score, skewed, n=100", score, _chosen(100, 0.3, skewed=True)),
        *(Study(f"random, n={n}", chance, _more(_drawn(n, 0.5)), LARGE) for n in (12, 30)),
        *(Study(f"random, n={n}", chance, _drawn(n, 0.5)) for n in (100, 350)),
        Study("random, 20% trained, n=100", chance, _drawn(100, 0.2)),
        Study("random, skewed, n=30", chance, _drawn(30, 0.5, skewed=True)),
        Study("random, skewed, 20%, n=100", chance, _drawn(100, 0.2, skewed=True)),
        Study("random, spreads differ, n=100", chance, _drawn(100, 0.3, spread=2.0)),
        Study("random, posts missing by pre", chance, _missing(_drawn(350, 0.5))),
        Study("random, in 8 classes of 12", chance, _in_classes(8, 12)),
        Study("random, several attendances", chance, _repeated(_drawn(100, 0.5))),
        *(Study(f"random, pass rate, {n} each", chance, _passes(n), 22.0) for n in (12, 30, 100, 350)),
        Study("units, 3 and 3", units, _whole_units(3, 3)),
        Study("units, 4 and 4, sizes differ", units, _whole_units(4, 4, uneven=True)),
        Study("units, 10 and 10", units, _whole_units(10, 10)),
        Study("units, 6 and 14, sizes differ", units, _whole_units(6, 14, uneven=True)),
        Study("units, 20 and 20", units, _whole_units(20, 20)),
        Study("units, posts missing", units, _missing(_whole_units(10, 10), by_pre=False)),
        Study("units, pass rate, 10 and 10", units, _unit_passes(10), 22.0),
        *(Study(f"all, n={n}", everyone, _all(n), both) for n in (12, 30, 100, 350)),
        Study("all, skewed, n=30", everyone, _all(30, skewed=True), both),
        Study("all, pass rate, n=100", everyone, _all_passes(100), 22.0),
        Study("none, n=100", Design.NONE, _all(100), both),
        Study("volunteers, by ability, n=350", volunteers, _volunteers(350, by_pre=False), bracket=True),
        Study("volunteers, by pre-score, n=350", volunteers, _volunteers(350, by_pre=True), bracket=True),
    ]


def _scores(rng: np.random.Generator, n: int, *, skewed: bool = False) -> tuple[Floats, Floats, Floats]:
    """Ability, and scores before and after without training; reliability and spread as in the table of the three ways."""
    ability = rng.normal(70, DEVIATION * np.sqrt(RELIABILITY), n)
    noise = DEVIATION * np.sqrt(1 - RELIABILITY)
    if skewed:
        # Lognormal noise of the same spread about 0.
        unit = np.sqrt((np.exp(0.64) - 1) * np.exp(0.64))
        errors = noise * (rng.lognormal(0, 0.8, (2, n)) - np.exp(0.32)) / unit
    else:
        errors = rng.normal(0, noise, (2, n))
    return ability, ability + errors[0], ability + errors[1] + TREND


def _sample(trained: NDArray[np.bool_], pre: Floats, post: Floats, effect: Floats | float = EFFECT, **more: object) -> Sample:
    return Sample([str(number) for number in range(len(pre))], trained, pre, post + effect * trained, **more)  # type: ignore[arg-type]


def _chosen(n: int, share: float, *, best: bool = False, skewed: bool = False) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        _ability, pre, post = _scores(rng, n)
        if skewed:
            # The score itself is as ever; what comes after is pulled about by a few.
            post = post + 4 * (rng.lognormal(0, 0.8, n) - np.exp(0.32))
        order = np.argsort(-pre if best else pre)
        trained = np.zeros(n, dtype=np.bool_)
        trained[order[: round(share * n)]] = True
        return _sample(trained, pre, post)

    return draw


def _drawn(n: int, share: float, *, skewed: bool = False, spread: float = 1.0) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        _ability, pre, post = _scores(rng, n, skewed=skewed)
        trained = rng.permutation(np.arange(n) < round(share * n))
        effect = EFFECT + (rng.normal(0, 5 * (spread - 1), n) if spread > 1 else 0.0)
        return _sample(trained, pre, post, effect)

    return draw


def _more(whole: Draw) -> Draw:
    """The same with the large effect."""

    def draw(rng: np.random.Generator) -> Sample:
        made = whole(rng)
        return replace(made, post=made.post + (LARGE - EFFECT) * made.trained)

    return draw


def _missing(whole: Draw, *, by_pre: bool = True) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        made = whole(rng)
        # Those who began low are missing twice as often.
        chance = np.where(made.pre < np.median(made.pre), 0.27, 0.13) if by_pre else np.full(len(made.pre), 0.2)
        return replace(made, post=np.where(rng.random(len(made.pre)) < chance, np.nan, made.post))

    return draw


def _in_classes(count: int, size: int) -> Draw:
    """The trained sit in classes, each better or worse than others; those who were not trained in none."""

    def draw(rng: np.random.Generator) -> Sample:
        half = count * size
        _ability, pre, post = _scores(rng, 2 * half)
        trained = np.arange(2 * half) < half
        which = np.where(trained, np.arange(2 * half) // size, 0)
        post = post + rng.normal(0, 2.5, count)[which] * trained
        classes = [str(number) if one else "" for number, one in zip(which, trained, strict=True)]
        return _sample(trained, pre, post, class_=classes)

    return draw


def _repeated(whole: Draw) -> Draw:
    """A third of the people attend twice, with other luck."""

    def draw(rng: np.random.Generator) -> Sample:
        made = whole(rng)
        n = len(made.pre)
        again = np.arange(n // 3)
        at = np.concatenate([np.arange(n), again])
        pre, post = made.pre[at], made.post[at]
        pre[n:] += rng.normal(0, 3, len(again))
        post[n:] += rng.normal(0, 3, len(again))
        return Sample([made.persons[place] for place in at], made.trained[at], pre, post)

    return draw


def _passes(each: int) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        trained = np.arange(2 * each) < each
        post = (rng.random(2 * each) < np.where(trained, 0.89, 0.67)).astype(np.float64)
        return _sample(trained, np.full(2 * each, np.nan), post, 0.0)

    return draw


def _whole_units(trained: int, others: int, *, uneven: bool = False) -> Draw:
    """Units of other levels to begin with, each with a fate of its own in the year."""

    def draw(rng: np.random.Generator) -> Sample:
        sizes = rng.integers(10, 50, trained + others) if uneven else np.full(trained + others, 25)
        unit = np.repeat(np.arange(trained + others), sizes)
        arm = unit < trained
        _ability, pre, post = _scores(rng, len(unit))
        level = rng.normal(0, 3, trained + others)[unit] - 6.1 * arm
        fate = rng.normal(0, 2, trained + others)[unit]
        return _sample(arm, pre + level, post + level + fate, unit=[str(one) for one in unit])

    return draw


def _unit_passes(each: int) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        unit = np.repeat(np.arange(2 * each), 30)
        arm = unit < each
        bent = rng.uniform(-0.05, 0.05, 2 * each)[unit]
        pre = rng.random(len(unit)) < np.where(arm, 0.55, 0.65) + bent
        post = rng.random(len(unit)) < np.where(arm, 0.55 + 0.05 + 0.22, 0.65 + 0.05) + rng.uniform(-0.05, 0.05, 2 * each)[unit]
        return _sample(arm, pre.astype(np.float64), post.astype(np.float64), 0.0, unit=[str(one) for one in unit])

    return draw


def _all(n: int, *, skewed: bool = False) -> Draw:
    def draw(rng: np.random.Generator) -> Sample:
        _ability, pre, post = _scores(rng, n, skewed=skewed)
        return _sample(np.ones(n, dtype=np.bool_), pre, post)

    return draw


def _all_passes(n: int) -> Draw:
    """67 % before, 89 % after, of the same people, who keep some of their luck."""

    def draw(rng: np.random.Generator) -> Sample:
        pre = rng.random(n) < 0.67
        post = rng.random(n) < np.where(pre, 0.94, (0.89 - 0.67 * 0.94) / 0.33)
        return _sample(np.ones(n, dtype=np.bool_), pre.astype(np.float64), post.astype(np.float64), 0.0)

    return draw


def _volunteers(n: int, *, by_pre: bool) -> Draw:
    """Who comes is abler, or scored higher the time before: of two ways to estimate one is right, and nobody knows which."""

    def draw(rng: np.random.Generator) -> Sample:
        ability, pre, post = _scores(rng, n)
        drive = pre if by_pre else ability
        trained = rng.random(n) < 1 / (1 + np.exp(-(drive - 70) / 6))
        return _sample(trained, pre, post)

    return draw


def _three_ways(runs: int) -> Table:
    """Raw gain, difference in differences and ANCOVA of the same studies with a true effect of 3."""
    rows = {}
    for name, design, draw in (
        ("weakest 30% by pre-score", Design.BY_SCORE, _chosen(350, 0.3)),
        ("whole branches", Design.UNITS, _whole_units(10, 10)),
    ):
        rng = np.random.default_rng([7, *name.encode()])
        found: dict[str, list[float]] = {"raw gain": [], "DiD": [], "ANCOVA": []}
        for _run in range(runs):
            made = evaluate(draw(rng), design)
            for title, figure in (("raw gain", Figure.RAW_GAIN), ("DiD", Figure.DID), ("ANCOVA", Figure.ANCOVA)):
                found[title].append(_figure(made, figure))
        rows[name] = {title: _percent(np.array(values)) for title, values in found.items()}
    return Table("effects: three ways to read the same figures (true effect 3.00; figures × 0.01)", rows)


def _figure(made: Evaluation, figure: Figure) -> float:
    some: list[Effect] = [*([made.effect] if made.effect else []), *made.also]
    return next(one.value for one in some if one.figure is figure)


def _percent(values: Floats) -> Estimate:
    middle, half = float(values.mean()), 2 * float(values.std()) / np.sqrt(len(values))
    return Estimate(middle / 100, (middle - half) / 100, (middle + half) / 100, len(values))


def _row(one: Outcome) -> dict[str, Estimate]:
    n = len(one.values)
    spread = 2 * np.sqrt(one.coverage * (1 - one.coverage) / n)
    coverage = Estimate(one.coverage, one.coverage - spread, one.coverage + spread, n)
    if one.study.bracket:
        return {"covered %": coverage}
    bias = Estimate(one.bias, one.bias - 2 * one.bias_error, one.bias + 2 * one.bias_error, n)
    return {"bias %": bias, "covered %": coverage}
