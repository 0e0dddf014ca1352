"""A second search in a process of its own, which tells its best schedules and hears of others' (`python -m core.schedule.working`).

It is a child that reads from a pipe: when whoever started it ends, however that may be, the pipe closes and so does the child.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import core
from core.schedule.entities import Problem
from core.schedule.searching import Plan, Searcher

# How often a better schedule is handed on, at most.
_EVERY = 0.5
_PACE = 2.0


@dataclass(frozen=True)
class Task:
    """What a child is to do: search a problem for so long."""

    problem: Problem
    seed: int
    seconds: float


class Partner:
    """A search in another process. `best` is the best schedule that was heard of it; all that it does ends with `close`."""

    def __init__(self, task: Task) -> None:
        self.best: Plan | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.schedule.working"],
            cwd=Path(core.__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        # Both talk to it beside the search: a child that is not yet there, or no longer, must not hold it up.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._outbox: list[Any] = [task]
        self._waiting = threading.Condition()
        self._speaker = threading.Thread(target=self._speak, daemon=True)
        self._speaker.start()

    def tell(self, plan: Plan) -> None:
        """Let it know of a schedule."""
        with self._waiting:
            self._outbox = [*(one for one in self._outbox if isinstance(one, Task)), plan]
            self._waiting.notify()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        with self._waiting:
            self._outbox = [None]
            self._waiting.notify()
        self._listener.join(timeout=5)
        self._speaker.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for plan in _messages(self._process.stdout):
            self.best = plan

    def _speak(self) -> None:
        assert self._process.stdin is not None
        while True:
            with self._waiting:
                while not self._outbox:
                    self._waiting.wait()
                message = self._outbox.pop(0)
            if message is None or not _send(self._process.stdin, message):
                return


def _send(pipe: IO[bytes], message: Any) -> bool:
    try:
        pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
        pipe.flush()
    except (OSError, ValueError):
        return False
    return True


def _messages(pipe: IO[bytes]) -> Any:
    while True:
        try:
            yield pickle.load(pipe)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return


class _Inbox:
    """The schedules that come in; the process ends when no more can come."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.latest: Plan | None = None
        self._pipe = pipe
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for plan in _messages(self._pipe):
            self.latest = plan
        os._exit(0)

    def take(self) -> Plan | None:
        """The last one that came in since the last time."""
        plan, self.latest = self.latest, None
        return plan


def main() -> None:
    """Search as the task on standard input says, and write better schedules to standard output."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    task = next(_messages(source), None)
    if task is None:
        return
    begun = time.monotonic()
    inbox = _Inbox(source)
    searcher = Searcher(task.problem, task.seed)
    searcher.first_plan()
    told, told_at = float("inf"), 0.0
    while (share := (time.monotonic() - begun) / task.seconds) < _PACE:
        searcher.improve(share)
        other = inbox.take()
        if other is not None:
            searcher.adopt(other)
            told = min(told, other.total)
        if searcher.best_total < told - 1e-6 and time.monotonic() - told_at > _EVERY:
            told, told_at = searcher.best_total, time.monotonic()
            if not _send(target, searcher.best()):
                return


if __name__ == "__main__":
    main()
