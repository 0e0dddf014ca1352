"""A hundred people open the executive page by one link at once: when the last has the whole page, and when a phone has painted it."""

from __future__ import annotations

import os
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from core.access.actor import LOCAL_ADMINISTRATOR
from core.demo import service as demo
from core.instance import open_instance
from core.plans import service as plans
from core.shares import service as shares
from core.shares.terms import SharedPage
from tests.bench import server
from tests.bench.measuring import Figure, percentile
from tests.prepare import browser as chromium

READERS = 100
_LIMIT = 3.0
_PATIENCE = 60
_PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}


@dataclass
class _Heard:
    """What the readers together have met: seconds from opening the link to the whole page."""

    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure(folder: Path) -> list[Figure]:
    """Load the sample branch, start the server, and let all come at once, after one has come before them."""
    data = folder / "arrivals"
    token = _prepare(data)
    heard = _Heard()
    with server.running(data) as running:
        server.until_healthy(running)
        link = f"{running.address}/share/{token}"
        alone = _opened(link)
        busy = running.process.cpu_times()
        painted = _with_a_phone(link, lambda: _all_at_once(link, heard))
        times = running.process.cpu_times()
        each = (times.user + times.system - busy.user - busy.system) * 1000 / (READERS + 1)
        tree = [running.process, *running.process.children(recursive=True)]
        memory = sum(one.memory_info().rss for one in tree) / 2**20
    size = f"{READERS} at once, sample branch, {psutil.cpu_count()} cores, one server process"
    return [
        Figure("executive link: opened by one", alone, "s", size="the first after the start"),
        Figure("executive link: the last has the whole page", max(heard.whole, default=float("inf")), "s", _LIMIT, size=size),
        Figure("executive link: whole page, p50", percentile(heard.whole, 50) / 1000, "s", size=size),
        Figure("executive link: painted on a phone among them", painted, "s", _LIMIT, size="its own browser on the same cores"),
        Figure("executive link: processor time for each", each, "ms", size=size),
        Figure("executive link: errors", len(heard.errors), "", 0, size=(heard.errors or [size])[0]),
        Figure("executive link: server memory", memory, "MB", 800, size=size),
    ]


def _prepare(data: Path) -> str:
    """A data directory with the sample branch, and a link to the executive page of its last year."""
    os.environ["CEXUN_EMBEDDING"] = "none"
    data.mkdir(parents=True, exist_ok=True)
    instance = open_instance(data)
    try:
        with instance.database.writing() as db:
            demo.load(db, instance.settings, LOCAL_ADMINISTRATOR, demo.build_files())
        instance.worker.run()
        with instance.database.writing() as db:
            plan = min(plans.plans(db, LOCAL_ADMINISTRATOR), key=lambda one: one.year)
            return shares.create(db, LOCAL_ADMINISTRATOR, plan.id or 0, SharedPage.EXECUTIVE, days=1)
    finally:
        instance.close()


def _all_at_once(link: str, heard: _Heard) -> None:
    start = threading.Barrier(READERS)

    def come() -> None:
        start.wait()
        try:
            seconds = _opened(link)
            with heard.lock:
                heard.whole.append(seconds)
        except (OSError, TimeoutError, AssertionError) as fault:
            with heard.lock:
                heard.errors.append(f"{type(fault).__name__}: {fault}"[:120])

    readers = [threading.Thread(target=come) for _reader in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()


def _opened(link: str) -> float:
    """Open the link as a browser does, with its cookie and to the page that it leads to. Returns the seconds it took."""
    began = time.perf_counter()
    page = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open(link, timeout=_PATIENCE).read()
    assert b'class="tiles"' in page, "the link shows no page"
    return time.perf_counter() - began


def _with_a_phone(link: str, rest: Callable[[], None]) -> float:
    """Let the rest come while a phone opens the link too. Returns the seconds until the phone has drawn the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(**_PHONE).new_page()
        others = threading.Thread(target=rest)
        others.start()
        began = time.perf_counter()
        page.goto(link)
        page.locator(".tiles").wait_for(timeout=_PATIENCE * 1000)
        painted = time.perf_counter() - began
        others.join()
        browser.close()
    return painted
