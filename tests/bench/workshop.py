"""A workshop of a hundred: they join within ten seconds and vote every five, by real requests to the real server.

The server is several processes on one data directory, over which the guests are spread as a proxy does it. The facilitator's page and the
wall stand open in a browser at the first of them, and show what is said at each.
"""

from __future__ import annotations

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.instance import open_instance
from core.plans import service as plans
from core.settings import own_secret
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.workshops import preparing, repository, service
from core.workshops.terms import POINTS, BoardState, RoundKind
from tests.bench import server
from tests.bench.measuring import Figure, percentile
from tests.prepare import browser as chromium

GUESTS, JOIN_SECONDS, EVERY = 100, 10.0, 5.0
# How long they vote; five minutes are the aim, half a minute shows whether something is broken.
MINUTES = 0.5
PROCESSES = 2
_LIMIT = 300
# The wall is drawn anew every two seconds.
_BEHIND = 5.0


@dataclass
class _Heard:
    """What the guests together have met."""

    acts: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    votes: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure(folder: Path) -> list[Figure]:
    """Fill a data directory with a board, start the server, let a hundred guests in, and count what arrived."""
    data = folder / "workshop"
    data.mkdir(parents=True, exist_ok=True)
    token, board, fields, invitation = _prepare(data)
    heard = _Heard()
    with ExitStack() as stack:
        servers = [stack.enter_context(server.running(data)) for _ in range(PROCESSES)]
        for one in servers:
            server.until_healthy(one)
        wall = stack.enter_context(_facilitator(servers[0], board, invitation))
        guests = [
            threading.Thread(target=_guest, args=(number, servers[number % PROCESSES].address, token, fields, heard))
            for number in range(GUESTS)
        ]
        for guest in guests:
            guest.start()
        for guest in guests:
            guest.join()
        behind = _seconds_behind(wall)
        busy = sum(times.user + times.system for times in (one.process.cpu_times() for one in servers))
        memory = sum(server.share_of_memory(one) for one in servers)
        each = max(server.memory_of(one) for one in servers)
    lost = _lost(data, board, heard)
    size = f"{GUESTS} guests, {len(heard.acts)} acts in {MINUTES:g} min, {PROCESSES} server process(es)"
    return [
        Figure("workshop: join, p95", percentile(heard.joins, 95), "ms", size=size),
        Figure("workshop: act (form sent, page back), p95", percentile(heard.acts, 95), "ms", _LIMIT, size=size),
        Figure("workshop: asking whether it goes on, p95", percentile(heard.looks, 95), "ms", size=size),
        Figure(
            "workshop: processor time for each act",
            1000 * busy / max(1, len(heard.acts)),
            "ms",
            size="with the start, joining and asking; the rest is waiting",
        ),
        Figure("workshop: the wall shows all who took part", behind, "s", _BEHIND, size="after the last act"),
        Figure("workshop: lost votes", lost, "", 0, size=size),
        Figure("workshop: errors", len(heard.errors), "", 0, size=(heard.errors or [size])[0]),
        Figure("workshop: server memory in all", memory, "MB", 800, size="pages that processes share count once"),
        Figure("workshop: server memory (RSS) of the largest process", each, "MB", size=size),
    ]


@contextmanager
def _facilitator(running: server.Running, board: int, invitation: str) -> Iterator[Page]:
    """The facilitator's page and the wall, open in two tabs as in a workshop; the wall's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(locale="zh-CN").new_page()
        server.let_in(page, running, invitation)
        page.goto(f"{running.address}/workshop?id={board}")
        server.settle(page)
        wall = page.context.new_page()
        wall.goto(f"{running.address}/projector?id={board}")
        server.settle(wall)
        yield wall
        browser.close()


def _seconds_behind(wall: Page) -> float:
    """How long after the last act the wall still lacked somebody."""
    began = time.perf_counter()
    wall.get_by_text(f"{GUESTS} 人", exact=False).first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def _prepare(data: Path) -> tuple[str, int, list[str], str]:
    instance = open_instance(data)
    try:
        with instance.database.writing() as db:
            plan = plans.create(db, LOCAL_ADMINISTRATOR, "workshop", 2027).id or 0
            for number in range(8):
                themes.create(db, LOCAL_ADMINISTRATOR, plan, themes.Draft(f"主题{number}", Perspective.CUSTOMER))
            board = service.create(db, LOCAL_ADMINISTRATOR, plan, "共创")
            chosen = preparing.choices(db, LOCAL_ADMINISTRATOR, plan, RoundKind.VOTE)
            made = preparing.add_round(db, LOCAL_ADMINISTRATOR, plan, board, 1, RoundKind.VOTE, chosen=chosen)
            service.go(db, LOCAL_ADMINISTRATOR, plan, board, 1, BoardState.OPEN)
            db.flush()
            row = repository.board(db, board)
            assert row is not None
            token = service.open_link(
                db, LOCAL_ADMINISTRATOR, plan, board, row.version or 0, own_secret(instance.settings.keys, "workshop")
            )
            led = access.add(db, LOCAL_ADMINISTRATOR, "facilitator", "facilitator", [Role.HR_LEADER])
            access.prefer(db, led.id, plan_id=plan)
            invitation = access.invite(db, LOCAL_ADMINISTRATOR, led.id)
            return token, board, [f"i{one.id}" for one in repository.items(db, [made])], invitation
    finally:
        instance.close()


def _guest(number: int, address: str, token: str, fields: list[str], heard: _Heard) -> None:
    link = f"{address}/join/{token}"
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.addheaders = [("Origin", address)]
    time.sleep(number * JOIN_SECONDS / GUESTS)
    try:
        began = time.perf_counter()
        opener.open(link, timeout=30).read()
        joined = opener.open(link, urllib.parse.urlencode({"nickname": f"来宾{number}"}).encode(), timeout=30)
        page, board = joined.read().decode(), joined.geturl()
        with heard.lock:
            heard.joins.append(time.perf_counter() - began)
        found = re.search(r'name="round" value="(\d+)"', page)
        assert found, "the page shows no round"
        end, turn = time.time() + 60 * MINUTES, 0
        while time.time() < end:
            turn += 1
            sent = {"act": "points", "round": found[1], fields[turn % len(fields)]: str(POINTS - turn % 3)}
            _timed(opener, board, sent, heard.acts, heard.lock)
            with heard.lock:
                heard.votes[number] = POINTS - turn % 3
            time.sleep(EVERY / 2)
            _timed(opener, f"{board.split('?')[0]}/scene", None, heard.looks, heard.lock)
            time.sleep(EVERY / 2)
    except (AssertionError, OSError, urllib.error.URLError) as fault:
        with heard.lock:
            heard.errors.append(f"{type(fault).__name__}: {fault}"[:120])


def _timed(opener: urllib.request.OpenerDirector, url: str, sent: dict[str, str] | None, times: list[float], lock: threading.Lock) -> None:
    body = urllib.parse.urlencode(sent).encode() if sent is not None else None
    began = time.perf_counter()
    opener.open(url, body, timeout=30).read()
    with lock:
        times.append(time.perf_counter() - began)


def _lost(data: Path, board: int, heard: _Heard) -> int:
    """How many of the last votes that the server acknowledged are not in the database as they were sent."""
    instance = open_instance(data)
    try:
        with instance.database.reading() as db:
            names = {one.id: int(one.nickname.removeprefix("来宾")) for one in repository.guests(db, board)}
            rounds = [one.id or 0 for one in repository.rounds(db, board)]
            kept: dict[int, int] = {}
            for voice in repository.voices(db, rounds):
                kept[names[voice.guest_id]] = kept.get(names[voice.guest_id], 0) + voice.value
    finally:
        instance.close()
    return sum(1 for number, points in heard.votes.items() if kept.get(number) != points)
