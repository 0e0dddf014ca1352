"""A page that draws itself anew while somebody is at it leaves them their open list, and the file that they have just handed over."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect
from sqlmodel import select

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.jobs import repository as jobs
from core.jobs.tables import JobState
from core.jobs.worker import Worker
from core.review.results import following
from core.review.results.job import RESULTS_JOB
from core.review.results.tables import Measure
from core.storage import Database
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start
from tests.core.review.world import Review, review

_TAKE = re.compile(r"导入 \d+ ")
_PAUSE_SECONDS = 0.01
_UPLOADS = "**/_stcore/upload_file/**"


@dataclass(frozen=True)
class Place:
    """The server and what it shows."""

    server: Server
    made: Review


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Place]:
    """A branch with two projects that are being held."""
    folder = tmp_path_factory.mktemp("redrawn")
    with before_start(folder, migrated) as (house, leader, _plan):
        made = review(house, leader)
        with house.database.writing() as db:
            added = access.add(db, LOCAL_ADMINISTRATOR, "lin", "Lin", [Role.HR_LEADER], "", PASSWORD)
            access.prefer(db, added.id, plan_id=made.plan)
    with running(folder) as server:
        yield Place(server, made)


@pytest.fixture(scope="module")
def desk(place: Place, chromium: Browser) -> Iterator[Desk]:
    """The one whose page is drawn anew, over a line on which each piece of it comes by itself."""
    with at_desk(chromium, place.server) as desk:
        desk.page.route_web_socket("**/_stcore/stream", slow_line)
        yield desk.sign_in("lin")


def slow_line(page: WebSocketRoute) -> None:
    """What the server says comes in pieces with a pause between them."""
    server = page.connect_to_server()

    def pass_on(said: str | bytes) -> None:
        time.sleep(_PAUSE_SECONDS)
        page.send(said)

    server.on_message(pass_on)


@contextmanager
def at_work(place: Place, news: bool) -> Iterator[None]:
    """Another process of the same data takes a file in; when that is done, there is `news` of what a goal says, or none any longer."""
    plan = place.made.plan
    with place.server.database() as database:
        follow(database, plan) if news else differ(database, plan)
        with database.writing() as db:
            job = jobs.add(db, RESULTS_JOB, plan, None)
            job.state, job.worker = JobState.RUNNING, Worker(database, {}, lambda: None).name
            number = job.id or 0
        try:
            yield
            differ(database, plan) if news else follow(database, plan)
        finally:
            with database.writing() as db:
                jobs.finish(db, number, JobState.DONE, None)


def differ(database: Database, plan: int) -> None:
    """A goal says of an indicator what its measure does not say, which no housekeeping takes over."""
    with database.writing() as db:
        row = db.exec(select(Measure).where(Measure.plan_id == plan, Measure.indicator_key != "")).first()
        assert row is not None
        row.weight = (row.weight or 0) + 1


def follow(database: Database, plan: int) -> None:
    """The measures are what the goals say."""
    with database.writing() as db:
        following.follow(db, LOCAL_ADMINISTRATOR, plan)


@contextmanager
def slow_upload(page: Page) -> Iterator[list[Route]]:
    """What is handed over stays on its way for as long as this lasts."""
    held: list[Route] = []
    page.route(_UPLOADS, lambda route: held.append(route))
    yield held
    for one in held:
        one.continue_()
    page.unroute(_UPLOADS)


@contextmanager
def held_line(desk: Desk) -> Iterator[list[str | bytes]]:
    """What the page says to the server from now on waits; at the end the server hears all of it at once, in the order it is left in."""
    held: list[str | bytes] = []
    lines: list[WebSocketRoute] = []
    holds = False

    def line(page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        lines.append(server)
        page.on_message(lambda said: held.append(said) if holds else server.send(said))

    desk.page.route_web_socket("**/_stcore/stream", line)
    desk.sign_in("lin", "results")
    holds = True
    yield held
    holds = False
    for said in held:
        lines[-1].send(said)


def hand_over(page: Page, path: Path, held: list[Route]) -> None:
    """Hand a file over, which begins its way."""
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(str(path))
    for _ in range(200):
        if held:
            return
        page.wait_for_timeout(20)
    raise AssertionError("nothing was uploaded")


def scores(folder: Path, made: Review, score: int) -> Path:
    """A file of results that is another one with another score."""
    path = folder / f"成绩{score}.csv"
    path.write_text("工号,日期,指标,得分\n" + "".join(f"{no},2027-11-01,话术得分,{score}\n" for no in made.near), encoding="utf-8")
    return path


@contextmanager
def redrawn(place: Place, desk: Desk, news: bool) -> Iterator[None]:
    """The page of results while another file is taken in; it is drawn anew afterwards, with `news` over all that it shows or without."""
    said = desk.page.get_by_text("还没有计入评估指标和结果", exact=False)
    with at_work(place, news):
        desk.open("results")
        expect(desk.page.get_by_text("正在导入", exact=False)).to_be_visible()
        expect(said).to_have_count(0 if news else 1)
        yield
    expect(said).to_have_count(1 if news else 0)
    desk.settled()


@pytest.mark.parametrize("news", [True, False])
def test_an_open_list_stays_open_when_an_import_ends(place: Place, desk: Desk, news: bool) -> None:
    with redrawn(place, desk, news):
        desk.page.get_by_label("文件里是").first.click()
        option = desk.page.get_by_role("option", name="测验与演练成绩")
        expect(option).to_be_visible()
    expect(option).to_be_visible(timeout=1_000)
    option.click()
    desk.settled()
    expect(desk.page.get_by_label("文件里是").first).to_have_value("测验与演练成绩")


@pytest.mark.parametrize("news", [True, False])
def test_a_file_on_its_way_is_kept_when_an_import_ends(place: Place, desk: Desk, news: bool, tmp_path: Path) -> None:
    with slow_upload(desk.page) as held, redrawn(place, desk, news):
        hand_over(desk.page, scores(tmp_path, place.made, 70), held)
    expect(desk.page.get_by_role("button", name=_TAKE)).to_be_visible(timeout=15_000)


def test_a_file_handed_over_while_the_page_begins_to_run_is_taken(place: Place, chromium: Browser, tmp_path: Path) -> None:
    with at_desk(chromium, place.server) as desk:
        with held_line(desk) as held:
            desk.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(str(scores(tmp_path, place.made, 71)))
            desk.page.wait_for_timeout(500)
            handed_over = held[:]
            desk.page.keyboard.press("r")
            desk.page.wait_for_timeout(500)
            runs = held[len(handed_over) :]
            assert handed_over and runs
            held[:] = [*runs, *handed_over, *runs]
        expect(desk.page.get_by_role("button", name=_TAKE)).to_be_visible(timeout=15_000)
