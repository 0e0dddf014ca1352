"""How well goals are judged: `python -m tests.evals.goals [--split dev|own|retired|test|all] [--show] [--save]`.

A goal that the labels call unacceptable is found when the check finds any problem. Nothing of the test half is ever shown one by one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from core.goals.checking.check import RULES, problems
from core.goals.goal import Goal
from core.goals.reading import goal_of
from core.strategy.environment.indicators import seeds
from tests.evals.measures import Estimate, estimate
from tests.evals.report import Report, Table

FOLDER = Path(__file__).parent / "goals"
SPLITS = ("dev", "own", "retired", "test")
FILES = ("goals", "own", "test")
_RESAMPLES = 2000


@dataclass(frozen=True)
class Labelled:
    """A goal with its label: `rules` are all that find a problem in it, the main one first; none for an acceptable goal."""

    id: str
    split: str
    goal: Goal
    rules: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class Judged:
    """A labelled goal, the rules that found a problem, and how long that took."""

    label: Labelled
    found: frozenset[str]
    seconds: float


def labels(split: str = "all") -> list[Labelled]:
    """The labelled goals of a split, in the order of the files."""
    rows = [json.loads(line) for name in FILES for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(row["id"], row["split"], goal_of(row["goal"]), tuple(row["rules"]), row["field"])
        for row in rows
        if split in ("all", row["split"])
    ]


def measure(split: str = "all") -> list[Judged]:
    """Every goal of the split judged."""
    for one in labels("dev"):
        # The first goals of each language make the patterns ready.
        problems(one.goal, seeds(one.goal.language))
    return [_judged(one) for one in labels(split)]


def tables(judged: Sequence[Judged]) -> list[Table]:
    """By split: the verdict, then each rule."""
    verdicts, rules = {}, {}
    for split in dict.fromkeys(one.label.split for one in judged):
        own = [one for one in judged if one.label.split == split]
        verdicts[split] = {
            **_both(own, lambda one: bool(one.label.rules), lambda one: bool(one.found)),
            "right rule": estimate([one.label.rules[0] in one.found for one in own if one.label.rules]),
            "all rules": estimate([set(one.label.rules) == one.found for one in own]),
        }
        for rule in RULES:
            row = _both(own, lambda one, rule=rule: rule in one.label.rules, lambda one, rule=rule: rule in one.found)
            if row:
                rules[f"{split} {rule}"] = row
    slowest = max(one.seconds for one in judged) * 1000
    mean = sum(one.seconds for one in judged) / len(judged) * 1000
    remark = f"a check takes {mean:.1f} ms on average, {slowest:.1f} ms at most"
    return [Table("goals: unacceptable", verdicts, (remark,)), Table("goals: rules", rules)]


def errors(judged: Iterable[Judged]) -> list[str]:
    """What went wrong, but in the test half."""
    lines = []
    for one in (one for one in judged if one.label.split != "test"):
        missed, wrong = sorted(set(one.label.rules) - one.found), sorted(one.found - set(one.label.rules))
        if missed or wrong:
            notes = [f"missed {', '.join(missed)}"] * bool(missed) + [f"not {', '.join(wrong)}"] * bool(wrong)
            lines.append(f"{one.label.id}  {one.label.goal.behaviour or one.label.goal.pain_point}\n      {'; '.join(notes)}")
    return lines


def run(report: Report, split: str, *, show: bool) -> None:
    """Measure, add the tables to `report`, and list the errors outside the test half when asked."""
    judged = measure(split)
    for table in tables(judged):
        report.add(table)
    if show and (lines := errors(judged)):
        print("\n".join(lines), end="\n\n")


def main() -> int:
    """The program alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.goals", description="Measure the check of goals on labelled goals.")
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all")
    parser.add_argument("--show", action="store_true", help="list what went wrong, never in the test half")
    parser.add_argument("--save", action="store_true", help="write results/<today>.json")
    options = parser.parse_args()
    report = Report()
    run(report, options.split, show=options.show)
    if options.save:
        print(report.save(options.split))
    return 0


def _judged(label: Labelled) -> Judged:
    begun = perf_counter()
    found = problems(label.goal, seeds(label.goal.language))
    return Judged(label, frozenset(one.rule for one in found), perf_counter() - begun)


def _both(judged: Sequence[Judged], wanted: Callable[[Judged], bool], given: Callable[[Judged], bool]) -> dict[str, Estimate]:
    """Precision and recall with the 95 % interval of the bootstrap over goals; nothing where no label and no finding is."""
    pairs = np.array([(wanted(one), given(one)) for one in judged], dtype=bool)
    if not pairs.any():
        return {}
    drawn = pairs[np.random.default_rng(2027).integers(0, len(pairs), (_RESAMPLES, len(pairs)))]
    both = (drawn[:, :, 0] & drawn[:, :, 1]).sum(axis=1)
    row = {}
    for name, side in (("precision", 1), ("recall", 0)):
        total = int(pairs[:, side].sum())
        if total:
            shares = both / np.maximum(drawn[:, :, side].sum(axis=1), 1)
            low, high = np.percentile(shares, [2.5, 97.5])
            row[name] = Estimate(float(pairs.all(axis=1).sum() / total), float(low), float(high), total)
    return row


if __name__ == "__main__":
    raise SystemExit(main())
