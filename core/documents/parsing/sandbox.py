"""Parsing in a child process under limits, so that no file can hang, fill or crash the one who asked."""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

import core
from core.documents.parsed import ParsedDocument
from core.documents.parsing.cleaning import one_line
from core.errors import BadInput
from core.i18n import Message

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.05
# What the child inherits: places and languages, never keys or tokens.
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
    *("PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS", "COVERAGE_PROCESS_START"),
)
_THREAD_LIMITS = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2", "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Limits:
    """What a file may cost. Wall time: `seconds`, and more for every page read (`page_seconds`) or about to be recognised
    (`ocr_seconds`); `memory_mb` resident; `max_bytes` on disk; `max_pages` pages, slides or sheets."""

    seconds: float = 120.0
    page_seconds: float = 0.5
    ocr_seconds: float = 60.0
    memory_mb: int = 2_000
    max_pages: int = 2_000
    max_bytes: int = 100_000_000


class ParsingStopped(Exception):
    """`should_stop` said so; nothing was kept."""


def _no_progress(done: int, total: int) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


def parse_file(
    path: Path,
    *,
    name: str | None = None,
    limits: Limits = Limits(),
    on_progress: Callable[[int, int], None] = _no_progress,
    should_stop: Callable[[], bool] = _never,
) -> ParsedDocument:
    """The document in the file at `path`; `name` is the file's own name where it is stored under another one.

    `on_progress(done, total)` hears of pages as they are read; `should_stop()` is asked many times a second.
    Raises BadInput with a sentence when the file cannot be used or costs more than `limits`, ParsingStopped when told to stop.
    """
    _check_size(path, limits)
    with tempfile.TemporaryDirectory(prefix="cexun-parse-") as folder:
        out = Path(folder) / "document.json"
        with (Path(folder) / "errors.txt").open("w+b") as errors:
            child = _start(path, name or path.name, out, errors, limits)
            watch = _Watch(child, limits, on_progress, should_stop)
            try:
                watch.run()
            finally:
                _end(child)
            if child.returncode != 0 or not out.exists():
                errors.seek(0)
                _explain(child.returncode, watch.refusal, errors.read()[-4_000:].decode(errors="replace"))
        return ParsedDocument.from_json(out.read_text(encoding="utf-8"))


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise BadInput(Message("文件是空的（0 字节）。请检查原文件后重新上传。"))
    if size > limits.max_bytes:
        raise BadInput(
            Message(
                "文件有 {size} MB，超过 {limit} MB 的上限。请拆分或压缩图片后再上传。",
                size=round(size / 1e6),
                limit=round(limits.max_bytes / 1e6),
            )
        )


def _start(path: Path, name: str, out: Path, errors: IO[bytes], limits: Limits) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "core.documents.parsing", str(path.absolute()), str(out)]
    command += [f"--name={one_line(name) or 'document'}", f"--max-pages={limits.max_pages}", "--stop-with-parent"]
    command += [f"--address-space-mb={limits.memory_mb * 2}"]
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ} | _THREAD_LIMITS
    return subprocess.Popen(
        command,
        cwd=Path(core.__file__).parent.parent,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Watch:
    """Listens to a child and measures it until it ends; raises when it must not go on."""

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        limits: Limits,
        on_progress: Callable[[int, int], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.refusal: Message | None = None
        self._child = child
        self._limits = limits
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._deadline = time.monotonic() + limits.seconds
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def run(self) -> None:
        """Return when the child has ended by itself."""
        threading.Thread(target=self._listen, daemon=True).start()
        while (line := self._next()) is not None:
            if line:
                self._hear(json.loads(line))
            self._check()
        self._wait()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _next(self) -> bytes | None:
        try:
            return self._lines.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            return b""

    def _wait(self) -> None:
        while True:
            try:
                self._child.wait(timeout=_POLL_SECONDS)
                return
            except subprocess.TimeoutExpired:
                self._check()

    def _hear(self, event: dict[str, Any]) -> None:
        if "refused" in event:
            self.refusal = Message(event["refused"]["text"], **event["refused"]["values"])
        elif "ocr" in event:
            self._deadline += self._limits.ocr_seconds
        elif "done" in event:
            self._deadline += self._limits.page_seconds
            self._on_progress(event["done"], event["total"])

    def _check(self) -> None:
        if self._should_stop():
            raise ParsingStopped
        if time.monotonic() > self._deadline:
            raise BadInput(Message("读取这个文件用时过长，已停止。文件可能有问题；请用原来的软件另存一份，或拆分后再上传。"))
        if _resident_mb(self._child.pid) > self._limits.memory_mb:
            raise BadInput(Message("读取这个文件需要的内存太多，已停止。请拆分成几个小一些的文件再上传。"))


def _resident_mb(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_info().rss) / (1 << 20)
    except psutil.Error:
        return 0.0


def _end(child: subprocess.Popen[bytes]) -> None:
    """Make sure that nothing of the child is left."""
    if child.poll() is None:
        try:
            family = psutil.Process(child.pid).children(recursive=True)
        except psutil.Error:
            family = []
        child.kill()
        for member in family:
            try:
                member.kill()
            except psutil.Error:
                continue
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _explain(code: int, refusal: Message | None, errors: str) -> None:
    """Raise what a child that has written no document stands for."""
    if refusal is not None:
        _log.info("a file was refused: %s\n%s", refusal.text, errors)
        raise BadInput(refusal)
    if code == 1:
        raise RuntimeError(f"the parsing process failed:\n{errors}")
    _log.warning("the parsing process ended with %s: %s", code, errors)
    raise BadInput(Message("读取这个文件时程序意外中断，文件可能已损坏。请用原来的软件打开并另存一份，再上传。"))
