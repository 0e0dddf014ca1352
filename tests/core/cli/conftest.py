"""The command line as other programs use it, and as it is called from within."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.cli import main

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def run(data: Path, *arguments: object, **environment: str) -> Ran:
    """`python -m core …` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "core", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "CEXUN_DATA": str(data), "CEXUN_EMBEDDING": "none", "CEXUN_LANGUAGE": "zh", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """The same command line in this process, which costs no start; its data directory is not there yet."""
    monkeypatch.setenv("CEXUN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CEXUN_EMBEDDING", "none")
    monkeypatch.setenv("CEXUN_LANGUAGE", "zh")

    def made(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as left:
            status = int(str(left.code))
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return made


@pytest.fixture
def call(bare: Callable[..., Ran], tmp_path: Path, migrated: Path) -> Callable[..., Ran]:
    """That, on a database that has its tables already."""
    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data" / "cexun.db")
    return bare
