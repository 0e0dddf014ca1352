"""The server as a person meets it: how long until it is there, how fast a page comes again, how much memory it takes."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.instance import Instance
from core.plans import service as plans
from tests.bench.measuring import Figure, percentile

ROOT = Path(__file__).parents[2]
_LOGIN = "bench"
_COOKIE_SECRET = secrets.token_hex(16)
PATIENCE = 90.0
_RERUNS = 40
# What is not needed for the first page is loaded after it; a warm rerun comes later.
_LOADED_AFTER = 20.0
_WARM_UP = 3
_PAUSE = 120
_MEGABYTE = 1024 * 1024
_PAGES = ("", "library", "assistant")
# For `add_init_script`. Keeps what the server says and when: [milliseconds, bytes of the message]. Only short messages: the end of a run
# is one.
LISTEN = """() => {
  const Socket = window.WebSocket;
  window.heard = [];
  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', event => {
        const at = performance.now();
        const bytes = event.data instanceof ArrayBuffer ? event.data : null;
        if (bytes && bytes.byteLength < 400) window.heard.push([at, [...new Uint8Array(bytes)]]);
      });
    }
  };
}"""
# Clicks the page's own link in the sidebar, which runs the page again; gives the moment of the click. Home's address is empty there, which
# a browser resolves to whatever page is open: the attribute is compared, not where it leads.
_CLICK = """path => {
  const own = [...document.querySelectorAll('[data-testid="stPageLink-NavLink"]')].find(link => link.getAttribute('href') === path);
  if (!own) throw new Error('no link to /' + path);
  window.heard = [];
  const at = performance.now();
  own.click();
  return at;
}"""


@dataclass(frozen=True)
class Running:
    """A server process and where it answers."""

    process: psutil.Process
    address: str
    log: Path
    started: float


def measure(data: Path, questions: list[str], token: str) -> list[Figure]:
    """Start on `data`, come in with `token`, run pages again, ask `questions` in the page, read the memory of the whole process tree."""
    with browsing() as page, running(data) as server:
        healthy = until_healthy(server)
        let_in(page, server, token)
        first = time.time() - server.started
        settle(page)
        time.sleep(_LOADED_AFTER)
        reruns = {path: again(page, server, path) for path in _PAGES}
        for question in questions:
            _ask(page, server, question)
        taken = memory_of(server)
    return [
        Figure("start to /healthz", healthy, "s", 5.0),
        Figure("start to the first page, through a link", first, "s", 5.0),
        *(
            Figure(f"warm rerun of /{path}, p95", percentile(seconds, 95), "ms", 150, size=f"{_RERUNS} reruns")
            for path, seconds in reruns.items()
        ),
        Figure("server memory (RSS of the process tree)", taken, "MB", 900, size=f"after {len(questions)} questions in the page"),
    ]


@contextmanager
def browsing() -> Iterator[Page]:
    """A page in a browser of its own that keeps what the server says."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CEXUN_CHROMIUM", "/usr/bin/chromium"))
        page = browser.new_page()
        page.add_init_script(f"({LISTEN})()")
        yield page
        browser.close()


@contextmanager
def running(data: Path) -> Iterator[Running]:
    """`streamlit run app.py` on a free port with `data`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = data / f"bench-server-{port}.log"
    # As several processes are set up: they sign by the same secret.
    environment = {**os.environ, "CEXUN_DATA": str(data), "CEXUN_OPEN": "", "STREAMLIT_SERVER_COOKIE_SECRET": _COOKIE_SECRET}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    began = time.time()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield Running(psutil.Process(process.pid), f"http://127.0.0.1:{port}", log, began)
    finally:
        process.terminate()
        process.wait(15)


def until_healthy(server: Running) -> float:
    """Seconds from the start until the server answers."""
    while time.time() - server.started < PATIENCE:
        try:
            with urllib.request.urlopen(f"{server.address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return time.time() - server.started
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(server.log.read_text(encoding="utf-8", errors="replace"))


def invitation(instance: Instance, plan: int | None = None) -> str:
    """A one-time link's token for the person who measures, who has this plan, or one of their own, to talk under."""
    with instance.database.writing() as db:
        known = {person.login: person.id for person in access.people(db, LOCAL_ADMINISTRATOR)}
        if _LOGIN not in known:
            known[_LOGIN] = access.add(db, LOCAL_ADMINISTRATOR, _LOGIN, _LOGIN, [Role.HR_LEADER]).id
            access.prefer(db, known[_LOGIN], plan_id=plan or plans.create(db, LOCAL_ADMINISTRATOR, _LOGIN, 2027).id)
        return access.invite(db, LOCAL_ADMINISTRATOR, known[_LOGIN])


def let_in(page: Page, server: Running, token: str) -> None:
    """Come in through a one-time link."""
    password = secrets.token_urlsafe(12)
    page.goto(f"{server.address}/welcome/{token}")
    for field in page.locator("input[type=password]").all():
        field.fill(password)
    page.locator("form button[type=submit], form button").first.click()
    page.locator('[data-testid="stHeading"]').first.wait_for(timeout=PATIENCE * 1000)


def settle(page: Page) -> None:
    """Wait until the page has been drawn."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=PATIENCE * 1000)
    page.wait_for_timeout(500)


def again(page: Page, server: Running, path: str) -> list[float]:
    """Seconds from each of many clicks on the page's own link to the message that the run has ended. Needs `LISTEN`."""
    page.goto(f"{server.address}/{path}")
    page.locator('[data-testid="stPageLink-NavLink"]').first.wait_for(timeout=PATIENCE * 1000)
    settle(page)
    times = []
    for _ in range(_WARM_UP + _RERUNS):
        times.append(once(page, path))
        page.wait_for_timeout(_PAUSE)
    return times[_WARM_UP:]


def once(page: Page, path: str) -> float:
    """Seconds from a click on the page's own link to the message that the run has ended. Needs `LISTEN`, and the page to stand open."""
    clicked = float(page.evaluate(_CLICK, path))
    return (end_of_run(page) - clicked) / 1000


def end_of_run(page: Page) -> float:
    """The moment, in the browser's milliseconds, at which the server said that the run had ended. Needs `LISTEN`."""
    until = time.time() + PATIENCE
    while time.time() < until:
        for moment, content in page.evaluate("() => window.heard"):
            message = ForwardMsg()
            message.ParseFromString(bytes(content))
            if message.WhichOneof("type") == "script_finished":
                return float(moment)
        page.wait_for_timeout(20)
    raise TimeoutError("the page did not run again")


def _ask(page: Page, server: Running, question: str) -> None:
    if not page.url.endswith("/assistant"):
        page.goto(f"{server.address}/assistant")
    field = page.locator('[data-testid="stChatInput"] textarea')
    field.wait_for(timeout=PATIENCE * 1000)
    field.fill(question)
    field.press("Enter")
    page.wait_for_timeout(300)
    settle(page)


def memory_of(server: Running) -> float:
    """What a server and its children hold, in MB, each by itself."""
    tree = [server.process, *server.process.children(recursive=True)]
    return float(sum(process.memory_info().rss for process in tree)) / _MEGABYTE


def share_of_memory(server: Running) -> float:
    """What a server and its children take up, in MB: of a page that several processes use each has its part, so that sums are true."""
    tree = [server.process, *server.process.children(recursive=True)]
    return float(sum(getattr(process.memory_full_info(), "pss", process.memory_info().rss) for process in tree)) / _MEGABYTE
