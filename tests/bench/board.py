"""The review board with two thousand findings: how long the server takes from a decision, or another filter, to the board as it is then."""

from __future__ import annotations

import os
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.access.actor import LOCAL_ADMINISTRATOR
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, review
from core.strategy.review import Wanted
from tests.bench import server
from tests.bench.measuring import Figure, percentile

FINDINGS = 2000
_LIMIT = 200
_RERUNS = 40
_PAUSE = 150


def fill(instance: Instance) -> int:
    """Decode documents of the library for the plan of the person who measures until there are enough findings; returns how many."""
    with instance.database.reading() as db:
        plan = max(one.id or 0 for one in plans.plans(db, LOCAL_ADMINISTRATOR))
        waiting = [source.id for source in decoding_job.sources(db, LOCAL_ADMINISTRATOR, plan) if not source.is_decoded]
    while (found := _count(instance, plan)) < FINDINGS and waiting:
        with instance.database.writing() as db:
            decoding_job.start(db, LOCAL_ADMINISTRATOR, plan, [waiting.pop()])
        instance.worker.run()
    return found


def measure(data: Path, token: str, findings: int) -> list[Figure]:
    """Accept one finding after another, then narrow and widen the list, in a browser in front of the real server."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CEXUN_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        wire = _Wire(page)
        with server.running(data) as running:
            server.until_healthy(running)
            server.let_in(page, running, token)
            page.goto(f"{running.address}/decode")
            server.settle(page)
            busy = _busy(running)
            accepted = _reruns(page, wire, ".st-key-accept button")
            busy = (_busy(running) - busy) / len(accepted)
            filtered = _reruns(page, wire, ".st-key-review_kinds button")
        browser.close()
    size = f"{findings} findings, {_RERUNS} reruns"
    return [
        Figure("board after accepting, p50", percentile(accepted, 50), "ms", size=size),
        Figure("board after accepting, p95", percentile(accepted, 95), "ms", _LIMIT),
        Figure("board after accepting, processor time", 1000 * busy, "ms", size="on average; on a busy machine the rest is waiting"),
        Figure("board after filtering, p50", percentile(filtered, 50), "ms", size=size),
        Figure("board after filtering, p95", percentile(filtered, 95), "ms", _LIMIT),
    ]


def _count(instance: Instance, plan: int) -> int:
    with instance.database.reading() as db:
        return review.board(db, LOCAL_ADMINISTRATOR, plan, Wanted(), count=1).total


def _busy(running: server.Running) -> float:
    times = running.process.cpu_times()
    return float(times.user + times.system)


class _Wire:
    """What the browser sends and receives, with the moments at which its network had it: drawing does not count."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._asked = self._ended = 0.0
        session = page.context.new_cdp_session(page)
        session.on("Network.webSocketFrameSent", self._sent)
        session.on("Network.webSocketFrameReceived", self._received)
        session.send("Network.enable")

    def seconds(self, selector: str) -> float:
        """From the request that a click on `selector` sends to the message that the run has ended."""
        self._asked = self._ended = 0.0
        self._page.locator(selector).first.click()
        until = time.time() + server.PATIENCE
        while not self._ended and time.time() < until:
            self._page.wait_for_timeout(20)
        return self._ended - self._asked

    def _sent(self, frame: dict[str, Any]) -> None:
        self._asked = self._asked or frame["timestamp"]

    def _received(self, frame: dict[str, Any]) -> None:
        message = ForwardMsg()
        message.ParseFromString(b64decode(frame["response"]["payloadData"]))
        if message.WhichOneof("type") == "script_finished":
            self._ended = frame["timestamp"]


def _reruns(page: Page, wire: _Wire, selector: str) -> list[float]:
    times = []
    for _ in range(_RERUNS):
        times.append(wire.seconds(selector))
        page.wait_for_timeout(_PAUSE)
    return times
