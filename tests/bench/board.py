"""The review board with two thousand findings: how long from a decision, or another filter, until the board is there again."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

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
_WARM_UP = 3
_PAUSE = 150
# Clicks the button below a key of the page; gives the moment of the click.
_CLICK = """selector => {
  const button = document.querySelector(selector);
  if (!button) throw new Error('nothing at ' + selector);
  window.heard = [];
  const at = performance.now();
  button.click();
  return at;
}"""


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
        page.add_init_script(f"({server.LISTEN})()")
        with server.running(data) as running:
            server.until_healthy(running)
            server.let_in(page, running, token)
            page.goto(f"{running.address}/decode")
            server.settle(page)
            accepted = _reruns(page, ".st-key-accept button")
            filtered = _reruns(page, ".st-key-review_kinds button")
        browser.close()
    size = f"{findings} findings, {_RERUNS} reruns"
    return [
        Figure("board after accepting, p50", percentile(accepted, 50), "ms", size=size),
        Figure("board after accepting, p95", percentile(accepted, 95), "ms", _LIMIT),
        Figure("board after filtering, p50", percentile(filtered, 50), "ms", size=size),
        Figure("board after filtering, p95", percentile(filtered, 95), "ms", _LIMIT),
    ]


def _count(instance: Instance, plan: int) -> int:
    with instance.database.reading() as db:
        return review.board(db, LOCAL_ADMINISTRATOR, plan, Wanted(), count=1).total


def _reruns(page: Page, selector: str) -> list[float]:
    """Seconds from the click to the message that the run has ended."""
    times = []
    for _ in range(_WARM_UP + _RERUNS):
        clicked = float(page.evaluate(_CLICK, selector))
        times.append((server.end_of_run(page) - clicked) / 1000)
        page.wait_for_timeout(_PAUSE)
    return times[_WARM_UP:]
