"""What happens when the server starts: logs, database, and the words in the window that say where to go."""

from __future__ import annotations

import os
import socket
import threading
import time
import webbrowser
from contextlib import suppress

from core import logs
from core.access import service as access
from core.web.house import House

_LINE = "─" * 72
_TRIES, _PAUSE_SECONDS = 120, 0.25


def prepare(house: House, port: int) -> str:
    """Set up this process's logs and say, in both languages, where the product is and how its first person comes in.

    `port` is the server's, for the address when no public one is set.
    """
    logs.configure(house.settings.log_level)
    address = (house.settings.public_url or f"http://localhost:{port}").rstrip("/")
    with house.database.writing() as db:
        token = access.owner_link(db)
    if os.environ.get("CEXUN_OPEN"):
        goal = f"http://localhost:{port}" + (f"/welcome/{token}" if token else "")
        threading.Thread(target=_open_when_ready, args=(port, goal), name="open-browser", daemon=True).start()
    return announcement(address, token)


def _open_when_ready(port: int, goal: str) -> None:
    for _ in range(_TRIES):
        with suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            webbrowser.open(goal)
            return
        time.sleep(_PAUSE_SECONDS)


def announcement(address: str, token: str | None) -> str:
    """The text for the window in which the server was started."""
    lines = ["", _LINE, f"  策训 Cexun  {address}"]
    if token:
        lines += [
            "",
            "  首次进入请打开这个一次性链接(7 天内有效,只能用一次):",
            "  To come in for the first time, open this one-time link (works once, within 7 days):",
            "",
            f"  {address}/welcome/{token}",
        ]
    return "\n".join([*lines, _LINE, ""])
