"""`python -m tests.evals`: measure search and answers on labelled questions, decoding on labelled units, the check on goals, triage,
effects on simulated studies, warnings on years with a known truth.

The questions, units and goals of the test half are never shown one by one: `--show` names those of the dev half only.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.evals import answers, decoding, effects, goals, labels, library, retrieval, triage, tutorial, warnings
from tests.evals.report import Report

ON_LIBRARY = ("retrieval", "answers", "tutorial")
PROGRAMS = (*ON_LIBRARY, "decoding", "goals", "triage", "effects", "warnings")


def main() -> int:
    """Run the programs that were asked for; 0 when they ran."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.evals", description="Measure search, answers, decoding, the check of goals and triage on labelled data."
    )
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help=f"{', '.join(PROGRAMS)} (default: all)")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--data", type=Path, help="keep the library in this folder and use it again (default: a temporary one)")
    parser.add_argument("--show", action="store_true", help="name the dev questions, units and goals that went wrong")
    parser.add_argument("--save", action="store_true", help="write results/<today>.json")
    options = parser.parse_args()
    unknown = set(options.programs) - set(PROGRAMS)
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    programs = options.programs or PROGRAMS
    report = Report()
    if wanted := [name for name in programs if name in ON_LIBRARY]:
        asked = labels.read(options.split)
        with library.opened(options.data) as built:
            for name in wanted:
                _run(name, built, asked, report, show=options.show)
    if "decoding" in programs:
        decoding.run(report, options.split, options.data / "decoding" if options.data else None, show=options.show)
    if "goals" in programs:
        goals.run(report, options.split, show=options.show)
    if "triage" in programs:
        triage.run(report, options.split, show=options.show)
    if "effects" in programs:
        effects.run(report)
    if "warnings" in programs:
        warnings.run(report, options.split, show=options.show)
    if options.save:
        print(report.save(options.split))
    return 0


def _run(name: str, built: library.Library, asked: list[labels.Question], report: Report, *, show: bool) -> None:
    lines: list[str] = []
    if name == "retrieval":
        table, found = retrieval.measure(built, asked)
        report.add(table)
        lines = retrieval.misses(asked, found)
    elif name == "answers":
        table, given = answers.measure(built, asked)
        report.add(table)
        lines = answers.failures(asked, given, built)
    elif measured := tutorial.measure(built, asked):
        report.add(measured[0])
    if show and lines:
        print("\n".join(lines), end="\n\n")


if __name__ == "__main__":
    raise SystemExit(main())
