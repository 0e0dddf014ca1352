"""`schedule PROBLEM.json -o SCHEDULE.json`: the best schedule of a problem that is found in time."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from core.cli.console import Console, read_json
from core.cli.grammar import figure, whole
from core.errors import BadInput, file_reason
from core.i18n import Message
from core.schedule.problem import read_problem
from core.schedule.schedule import Progress, Schedule, to_json
from core.schedule.solving import solve, warm_up
from core.schedule.warming import is_compiled


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the grammar."""
    made = commands.add_parser("schedule", parents=[common], help="schedule sessions: when, by whom, where")
    made.add_argument("problem", type=Path, metavar="PROBLEM.json")
    made.add_argument("-o", dest="out", type=Path, required=True, metavar="SCHEDULE.json", help="where to write the schedule")
    made.add_argument("--seconds", type=figure, default=30.0, help="how long to search (default: 30)")
    made.add_argument("--workers", type=whole, default=2, help="how many processes search (default: 2)")
    made.add_argument("--seed", type=whole, default=1, help="what chance begins with (default: 1)")
    made.set_defaults(run=_schedule)


def _schedule(options: argparse.Namespace, console: Console) -> int:
    if not 0 < options.seconds <= 86_400:
        raise BadInput(Message("--seconds 应大于 0，不超过 86400。"))
    if not 1 <= options.workers <= 64:
        raise BadInput(Message("--workers 应在 1 到 64 之间。"))
    problem = read_problem(read_json(options.problem))
    # A place that cannot be written is known before the search, not after it.
    _write(options.out, "")
    if not is_compiled():
        console.say(Message("求解器第一次在这台机器上运行，要先编译一次，约需一分钟……"))
    warm_up()

    def heard(progress: Progress) -> None:
        console.progress(_line(progress))

    found = solve(problem, seconds=options.seconds, workers=options.workers, seed=options.seed, watch=heard)
    data = to_json(found, console.language)
    _write(options.out, json.dumps(data, ensure_ascii=False))
    console.result(data, [_summary(found).render(console.language)])
    return 0


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all; with no text only see whether it can be."""
    fresh = path.with_name(path.name + ".new")
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "Is a directory", str(path))
        fresh.write_text(text, encoding="utf-8", errors="backslashreplace")
        if text:
            fresh.replace(path)
    except OSError as error:
        raise BadInput(Message("无法写入文件 {path}：{reason}", path=str(path), reason=file_reason(error))) from error
    finally:
        fresh.unlink(missing_ok=True)


def _line(progress: Progress) -> str:
    gap = "–" if progress.gap is None else f"{progress.gap:.1%}"
    return f"{progress.seconds:.0f} s  {progress.objective:,.0f}  ± {gap}  – {progress.unplaced}"


def _summary(found: Schedule) -> Message:
    return Message(
        "{status}：排入 {placed} 次，未排入 {left} 次，目标值 {total}，用时 {seconds} 秒。",
        status=found.status.value,
        placed=len(found.assignments),
        left=len(found.unplaced),
        total=f"{found.objective.total:g}",
        seconds=f"{found.seconds:.1f}",
    )
