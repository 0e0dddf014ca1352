"""`python -m tests.bench`: measure speed and memory on a library of a thousand generated pages, and how good schedules are."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import psutil

from core import clock, logs
from core.instance import open_instance
from tests.bench import arrivals, board, chain, decoding, gaps, indexing, menu, pages, papers, people, review, schedule, server, workshop
from tests.bench.measuring import Figure
from tests.evals import labels

RESULTS = Path(__file__).parent / "results"
PARTS = (
    "people",
    "gaps",
    "menu",
    "chain",
    "review",
    "papers",
    "schedule",
    "timetables",
    "workshop",
    "arrivals",
    "decode",
    "index",
    "answers",
    "server",
    "board",
)
_IN_THE_PAGE = 5


def main() -> int:
    """Measure the parts that were asked for; 0 when every aim is met, 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure speed and memory on a generated library.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=schedule.SECONDS, help="how long a schedule is searched for")
    parser.add_argument("--results", type=int, default=review.ROWS, help="how many results of training are summed")
    parser.add_argument("--minutes", type=float, default=workshop.MINUTES, help="how long a workshop's guests vote")
    parser.add_argument("--processes", type=int, default=workshop.PROCESSES, help="how many server processes a workshop has")
    parser.add_argument("--data", type=Path, help="keep the library in this folder and use it again (default: a temporary one)")
    parser.add_argument("--save", action="store_true", help="write results/<today>.json")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    schedule.SECONDS, review.ROWS = options.seconds, options.results
    workshop.MINUTES, workshop.PROCESSES = options.minutes, options.processes
    logs.configure("WARNING")
    print(f"{psutil.cpu_count()} logical cores, {psutil.virtual_memory().total / 2**30:.0f} GB of memory\n")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="cexun-bench-") as temporary:
        for figure in _measure(options.data or Path(temporary), options.parts or PARTS, options.pages, options.questions):
            figures.append(figure)
            print(figure.line(), flush=True)
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{clock.today().isoformat()}.json"
        path.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(path)
    return int(any(figure.met is False for figure in figures))


def _measure(folder: Path, parts: Sequence[str], page_count: int, question_count: int) -> Iterator[Figure]:
    without_documents = {
        "people": people.measure,
        "gaps": gaps.measure,
        "menu": menu.measure,
        "chain": chain.measure,
        "review": review.measure,
        "papers": papers.measure,
        "schedule": schedule.measure,
        "timetables": schedule.measure_timetables,
        "workshop": workshop.measure,
        "arrivals": arrivals.measure,
        "decode": decoding.measure,
    }
    for name, measure in without_documents.items():
        yield from measure(folder) if name in parts else ()
    if not set(parts) - without_documents.keys():
        return
    asked = [question for question in labels.read() if not question.earlier][:question_count]
    data = folder / "data"
    files = sorted((folder / "files").glob("*.pdf")) or pages.write(folder / "files", page_count)
    instance = open_instance(data)
    try:
        if indexing.size(instance)[0] == 0:
            yield from indexing.fill(instance, files)
        instance.indexing.tidy()
        if "index" in parts:
            yield from indexing.parts(instance, files)
        if "answers" in parts:
            yield from indexing.answering(instance, asked)
        token = server.invitation(instance)
        findings = board.fill(instance) if "board" in parts else 0
    finally:
        instance.close()
    if "server" in parts:
        yield from server.measure(data, [question.query for question in asked[:_IN_THE_PAGE]], token)
    if "board" in parts:
        yield from board.measure(data, token if "server" not in parts else _another_token(data), findings)


def _another_token(data: Path) -> str:
    instance = open_instance(data)
    try:
        return server.invitation(instance)
    finally:
        instance.close()


if __name__ == "__main__":
    raise SystemExit(main())
