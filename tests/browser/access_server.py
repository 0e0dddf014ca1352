"""The real server on a port of its own, as a person starts it, and what tests of the way in need from it."""

from __future__ import annotations

import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
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
# What a server loads is loaded once, by a process that does nothing else: every server begins as a copy of it.
_COPIES = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")
_LOADED = [
    "tests.browser.access_server",
    "streamlit.web.cli",
    "altair",
    "pandas",
    "core.instance",
    "core.web.routes",
    "core.delivery.timetable.solving",
    "core.schedule.solving",
]


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
    """Start a server with the data in `folder`, wait until it answers, stop it afterwards."""
    port, window = port or free_port(), folder / "window.txt"
    _COPIES.set_forkserver_preload(_LOADED)
    process = _COPIES.Process(target=_serve, args=(_arguments(port), _settings(folder, environment), window))
    process.start()
    try:
        yield _answering(folder, port, window, process.is_alive)
    finally:
        process.terminate()
        process.join(15)
        process.close()


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """Start a server as a person does, wait until it answers, stop it afterwards."""
    port, window = free_port(), folder / "window.txt"
    command = [sys.executable, "-m", *_arguments(port)]
    with window.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=_settings(folder, {}), stdout=out, stderr=subprocess.STDOUT)
        try:
            yield _answering(folder, port, window, lambda: process.poll() is None)
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


def _arguments(port: int) -> list[str]:
    return ["streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]


def _settings(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "CEXUN_DATA": str(folder / "data"), "CEXUN_EMBEDDING": "none", **environment}


def _serve(arguments: list[str], settings: dict[str, str], window: Path) -> None:
    from streamlit.web.cli import main

    os.environ.clear()
    os.environ.update(settings)
    os.chdir(ROOT)
    with window.open("w", encoding="utf-8") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    sys.argv = arguments
    main(prog_name="streamlit")


def _answering(folder: Path, port: int, window: Path, alive: Callable[[], bool]) -> Server:
    address = f"http://localhost:{port}"
    for _ in range(600):
        assert alive(), window.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == 200:
                return Server(address, folder / "data", window)
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(window.read_text(encoding="utf-8"))
