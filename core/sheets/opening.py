"""Reading a table file in a child process under limits, so that no file can hang, fill or crash the one who asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import core
from core.errors import BadInput
from core.i18n import Message
from core.logs import logger
from core.sheets.grid import Grid, from_json

_SECONDS = 90
_MEGABYTES = 3_000
# What the child inherits: places and languages, never keys or tokens.
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)


def open_file(path: Path) -> list[Grid]:
    """The sheets of the file at `path`. Raises `BadInput` with a sentence when it cannot be used or costs too much."""
    with tempfile.TemporaryDirectory(prefix="cexun-sheet-") as folder:
        out = Path(folder) / "sheets.json"
        try:
            done = subprocess.run(
                [sys.executable, "-m", "core.sheets", str(path.absolute()), str(out), str(_MEGABYTES)],
                cwd=Path(core.__file__).parent.parent,
                env={key: os.environ[key] for key in _ENVIRONMENT if key in os.environ} | {"PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise BadInput(Message("读取这个文件用时过长，已停止。文件可能有问题；请用原来的软件另存一份，或拆分后再上传。")) from slow
        if done.returncode == 0 and out.exists():
            return from_json(out.read_text(encoding="utf-8"))
    errors = done.stderr[-4_000:].decode(errors="replace")
    if done.returncode == 2 and done.stdout:
        refused = json.loads(done.stdout)
        raise BadInput(Message(refused["text"], **refused["values"]))
    if done.returncode == 1:
        raise RuntimeError(f"the reading process failed:\n{errors}")
    logger(__name__).warning("sheet_process_ended", code=done.returncode, errors=errors)
    raise BadInput(Message("读取这个文件时程序意外中断，文件可能已损坏。请用原来的软件打开并另存一份，再上传。"))


def open_content(name: str, content: bytes) -> list[Grid]:
    """The sheets of a file that is held in memory; `name` is its own name."""
    with tempfile.TemporaryDirectory(prefix="cexun-sheet-") as folder:
        stem = Path(name.replace("\\", "/")).stem[:60].replace("\x00", "") or "table"
        path = Path(folder) / stem
        path.write_bytes(content)
        return open_file(path)
