"""How well documents are decoded: `python -m tests.evals.decoding [--split dev|fresh|test|all] [--once] [--data DIR] [--show] [--save]`.

A finding belongs to the unit that it shares most characters with, if that is at least half of the shorter of the two; a theme, task or
capability also to every other unit of which it covers so much. Nothing of the test half is ever shown one by one.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.documents.embedding import wheel_model
from core.documents.parsed import ParsedDocument
from core.strategy.decoding.decode import decode
from core.strategy.decoding.reader import SentenceReader
from core.strategy.findings import Finding, FindingKind
from tests.evals import decoding_units as data
from tests.evals.decoding_tuples import PARTS, differences, failures, same_amount
from tests.evals.decoding_units import KINDS, Label, Target, Unit
from tests.evals.measures import Estimate, estimate
from tests.evals.report import Report, Table

_SHARED = 0.5
_RESAMPLES = 2000
Same = Callable[[Target, Target], bool]


@dataclass(frozen=True)
class Read:
    """A unit with its label and the findings that belong to it."""

    unit: Unit
    label: Label
    kinds: frozenset[str]
    targets: tuple[Target, ...]
    perspective: str | None


@dataclass(frozen=True)
class Counts:
    """Hits, false alarms and misses of one unit."""

    hit: int
    wrong: int
    missed: int


@dataclass
class Measured:
    """All units read, and what is to be said beside the tables."""

    reads: list[Read] = field(default_factory=list)
    findings: int = 0
    verbatim: int = 0
    lost: list[Unit] = field(default_factory=list)


def measure(split: str = "all", kept: Path | None = None, *, once: bool = False) -> Measured:
    """Decode the documents of `split`, `once` without the second reading."""
    units, labels = data.units(split), data.gold()
    documents = data.parse((unit.document for unit in units), kept)
    made = Measured()
    with tempfile.TemporaryDirectory(prefix="cexun-decoding-") as graphs:
        wheel = None if once else wheel_model(Path(graphs))
        reader = None if wheel is None else SentenceReader(wheel, threads=2)
        for name, parsed in documents.items():
            decoding = decode(parsed, data.sources()[name].kind, reader, dated=data.sources()[name].dated)
            own = [unit for unit in units if unit.document == name]
            _read(made, own, labels, parsed, decoding.findings)
    return made


def tables(made: Measured) -> list[Table]:
    """Kinds and target tuples by split, then the shares that are not F1."""
    splits = list(dict.fromkeys(read.unit.split for read in made.reads))
    scores: dict[str, dict[str, Estimate]] = {}
    shares: dict[str, dict[str, Estimate]] = {}
    for split in splits:
        reads = [read for read in made.reads if read.unit.split == split]
        for kind in KINDS:
            scores[f"{split} {kind}"] = _scores([_sentence(read, kind) for read in reads])
        for name, same in _SAME.items():
            scores[f"{split} {name}"] = _scores([_tuples(read, same) for read in reads])
        shares |= _shares(split, reads)
    remarks = [f"quotes verbatim: {made.verbatim} of {made.findings}"]
    if made.lost:
        named = [unit.id for unit in made.lost if unit.split != "test"]
        remarks.append(f"units not found in the extracted text: {len(made.lost)} ({', '.join(named)} and those of the test half)")
    for split in splits:
        counted = failures((read.label.targets, read.targets) for read in made.reads if read.unit.split == split)
        said = ", ".join(f"{part} {counted[part]}" for part in ("misread", *PARTS, "missed", "extra"))
        remarks.append(f"target tuples of {split} that fail: {said}")
    found = [Table("decoding", scores, tuple(remarks)), Table("decoding: shares", shares)]
    agreed = agreement()
    return [*found, agreed] if agreed else found


def agreement() -> Table | None:
    """How far the two passes agree, when there are two."""
    both = data.passes()
    if both is None:
        return None
    rows: dict[str, dict[str, Estimate]] = {}
    for split in ("dev", "fresh", "test"):
        ids = [unit.id for unit in data.units(split) if unit.id in both[0] and unit.id in both[1]]
        pairs = [(both[0][one], both[1][one]) for one in ids]
        if not pairs:
            continue
        for kind in KINDS:
            rows[f"{split} {kind}"] = {"kappa": _kappa([(kind in a.kinds, kind in b.kinds) for a, b in pairs])}
        rows[f"{split} achieved"] = {"kappa": _kappa([(a.achieved, b.achieved) for a, b in pairs])}
        same = [float(a.perspective == b.perspective) for a, b in pairs if a.perspective and b.perspective]
        rows[f"{split} perspective"] = {"equal": estimate(same)}
        rows[f"{split} target tuple"] = _scores([_matched(a.targets, b.targets, _whole) for a, b in pairs])
    return Table("two labellers", rows)


def errors(made: Measured) -> list[str]:
    """What went wrong, but in the test half."""
    lines = []
    for read in (one for one in made.reads if one.unit.split != "test"):
        missed, wrong = sorted(read.label.kinds - read.kinds), sorted(read.kinds - read.label.kinds)
        counts = _tuples(read, _whole)
        other = read.perspective and read.label.perspective and read.perspective != read.label.perspective
        if not (missed or wrong or counts.wrong or counts.missed or other):
            continue
        notes = [f"missed {', '.join(missed)}"] * bool(missed) + [f"not {', '.join(wrong)}"] * bool(wrong)
        notes += [f"perspective {read.perspective}, should be {read.label.perspective}"] * bool(other)
        lines.append(f"{read.unit.id}  {read.unit.text}\n      {'; '.join(notes)}")
        if counts.wrong or counts.missed:
            lines += [f"      label  {_shown(target)}" for target in read.label.targets]
            lines += [f"      found  {_shown(target)}" for target in read.targets]
    return lines


def run(report: Report, split: str, kept: Path | None, *, show: bool, once: bool = False) -> None:
    """Measure, add the tables to `report`, and list the errors outside the test half when asked."""
    made = measure(split, kept, once=once)
    for table in tables(made):
        report.add(table)
    if show:
        print("\n".join(errors(made)), end="\n\n")


def main() -> int:
    """The program alone, without a library."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.decoding", description="Measure strategy decoding on the labelled units.")
    parser.add_argument("--split", choices=("dev", "fresh", "test", "all"), default="all")
    parser.add_argument("--data", type=Path, help="keep the documents as read in this folder and use them again")
    parser.add_argument("--once", action="store_true", help="without the second reading")
    parser.add_argument("--show", action="store_true", help="list what went wrong, never in the test half")
    parser.add_argument("--save", action="store_true", help="write results/<today>.json")
    options = parser.parse_args()
    report = Report()
    run(report, options.split, options.data, show=options.show, once=options.once)
    if options.save:
        print(report.save(options.split))
    return 0


def _read(made: Measured, units: Sequence[Unit], labels: Mapping[str, Label], parsed: ParsedDocument, findings: Sequence[Finding]) -> None:
    made.findings += len(findings)
    made.verbatim += sum(finding.quote == parsed.text[finding.start : finding.end] for finding in findings)
    spans = {unit.id: span for unit in units if (span := data.find(unit, parsed))}
    made.lost += [unit for unit in units if unit.id not in spans]
    belonging = assign(spans, findings)
    for unit in units:
        if unit.id in spans:
            made.reads.append(_as_read(unit, labels[unit.id], belonging[unit.id]))


def assign(spans: Mapping[str, tuple[int, int]], findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each unit: a target in one unit only, so that it is counted once."""
    belonging: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        near = sorted(
            ((shared, one) for one, span in spans.items() if (shared := _overlap(span, finding))), key=lambda pair: pair[0], reverse=True
        )
        enough = [one for shared, one in near if shared >= _SHARED * min(_length(spans[one]), finding.end - finding.start)]
        for one in enough[:1] if finding.kind is FindingKind.TARGET else enough:
            belonging[one].append(finding)
    return belonging


def _overlap(span: tuple[int, int], finding: Finding) -> int:
    return max(0, min(span[1], finding.end) - max(span[0], finding.start))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _as_read(unit: Unit, label: Label, findings: Sequence[Finding]) -> Read:
    speaking = [finding.perspective.value for finding in findings if finding.perspective]
    return Read(
        unit=unit,
        label=label,
        kinds=frozenset(finding.kind.value for finding in findings),
        targets=tuple(_target(finding) for finding in findings if finding.measure),
        perspective=Counter(speaking).most_common(1)[0][0] if speaking else None,
    )


def _target(finding: Finding) -> Target:
    assert finding.measure is not None
    found = finding.measure
    return Target(found.metric, found.operator, found.value, found.unit, found.deadline, found.baseline)


def _sentence(read: Read, kind: str) -> Counts:
    wanted, found = kind in read.label.kinds, kind in read.kinds
    return Counts(wanted and found, found and not wanted, wanted and not found)


def _tuples(read: Read, same: Same) -> Counts:
    return _matched(read.label.targets, read.targets, same)


def _matched(wanted: Sequence[Target], found: Sequence[Target], same: Same) -> Counts:
    left = list(found)
    hit = 0
    for target in wanted:
        match = next((one for one in left if same(target, one)), None)
        if match is not None:
            left.remove(match)
            hit += 1
    return Counts(hit, len(left), len(wanted) - hit)


def _whole(wanted: Target, found: Target) -> bool:
    return not differences(wanted, found)


_SAME: dict[str, Same] = {"target tuple": _whole, "value and unit": same_amount}


def _shares(split: str, reads: Sequence[Read]) -> dict[str, dict[str, Estimate]]:
    achieved = [float("target" in read.kinds) for read in reads if read.label.achieved and "target" not in read.label.kinds]
    both = [read for read in reads if read.perspective and read.label.perspective]
    right = [float(read.perspective == read.label.perspective) for read in both]
    rows = {
        f"{split} achieved taken for target": {"share": estimate(achieved)} if achieved else {},
        f"{split} perspective right": {"share": estimate(right)} if right else {},
    }
    return {name: row for name, row in rows.items() if row}


def _scores(counts: Sequence[Counts]) -> dict[str, Estimate]:
    table = np.array([(one.hit, one.wrong, one.missed) for one in counts], dtype=float).reshape(-1, 3)
    drawn = table[np.random.default_rng(2027).integers(0, len(table), (_RESAMPLES, len(table)))].sum(axis=1)
    n = int(table[:, 0].sum() + table[:, 2].sum())
    columns = {"P": (0, 1), "R": (0, 2), "F1": (0, 1, 2)}
    return {name: _estimate(table.sum(axis=0), drawn, parts, n) for name, parts in columns.items()}


def _estimate(total: np.ndarray, drawn: np.ndarray, parts: tuple[int, ...], n: int) -> Estimate:
    low, high = np.percentile([_ratio(one, parts) for one in drawn], [2.5, 97.5])
    return Estimate(_ratio(total, parts), float(low), float(high), n)


def _ratio(counts: np.ndarray, parts: tuple[int, ...]) -> float:
    weight = 2 if len(parts) == 3 else 1
    hits = weight * counts[0]
    whole = hits + sum(counts[part] for part in parts[1:])
    return float(hits / whole) if whole else 0.0


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> Estimate:
    table = np.array(pairs, dtype=float)
    drawn = table[np.random.default_rng(2027).integers(0, len(table), (_RESAMPLES, len(table)))]
    low, high = np.percentile([_cohen(one) for one in drawn], [2.5, 97.5])
    return Estimate(_cohen(table), float(low), float(high), int(table.any(axis=1).sum()))


def _cohen(table: np.ndarray) -> float:
    equal = float((table[:, 0] == table[:, 1]).mean())
    first, second = table.mean(axis=0)
    chance = float(first * second + (1 - first) * (1 - second))
    return (equal - chance) / (1 - chance) if chance < 1 else 1.0


def _shown(target: Target) -> str:
    return f"{target.metric} {target.operator} {target.value:g} {target.unit} by {target.deadline or '–'} from {target.baseline}"


if __name__ == "__main__":
    raise SystemExit(main())
