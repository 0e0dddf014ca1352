"""The real server on a port of its own, as a person starts it, and what tests of the way in need from it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.storage import Database

ROOT = Path(__file__).parents[2]
PASSWORD = "mountain river bridge"
_LINK = re.compile(r"/welcome/[\w-]{43}")


@dataclass(frozen=True)
class Server:
    """A running server: its address, its data and what it has written to its window."""

    address: str
    data: Path
    window: Path

    def owner_link(self) -> str:
        """The one-time link that the window shows."""
        found = _LINK.search(self.window.read_text(encoding="utf-8"))
        assert found, self.window.read_text(encoding="utf-8")
        return f"{self.address}{found.group()}"

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The server's database, from outside."""
        database = Database(f"sqlite:///{(self.data / 'cexun.db').as_posix()}")
        yield database
        database.close()

    def add(self, login: str, *roles: Role, email: str = "") -> int:
        """Somebody with an account, these roles and the common password; returns their id."""
        with self.database() as database, database.writing() as db:
            return access.add(db, LOCAL_ADMINISTRATOR, login, login.title(), roles, email, PASSWORD).id

    def disable(self, account_id: int) -> None:
        """Keep that person out."""
        with self.database() as database, database.writing() as db:
            access.disable(db, LOCAL_ADMINISTRATOR, account_id)


@contextmanager
def running(folder: Path, port: int | None = None, **environment: str) -> Iterator[Server]:
    """Start the server with fresh data in `folder`, wait until it answers, stop it afterwards."""
    port = port or free_port()
    address, window = f"http://localhost:{port}", folder / "window.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    settings = {**os.environ, "CEXUN_DATA": str(folder / "data"), "CEXUN_EMBEDDING": "none", **environment}
    with window.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(address, process, window)
            yield Server(address, folder / "data", window)
        finally:
            process.terminate()
            process.wait(15)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def forms_from(address: str) -> Mapping[str, str]:
    """The headers with which a browser sends a form of our own."""
    return {"origin": address}


def _wait(address: str, process: subprocess.Popen[bytes], window: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, window.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(window.read_text(encoding="utf-8"))
