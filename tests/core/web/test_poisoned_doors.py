"""Injected HTML in every free text of every table: the pages that the server itself shows print it, and make nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from core import clock
from core.access import invitations
from core.access.actor import Actor
from core.delivery.attendance import check_in
from core.delivery.feeds import service as feeds
from core.delivery.feeds.service import Subject
from core.delivery.feeds.terms import About
from core.delivery.timetable.tables import PublishedVersion
from core.goals.needs import calls
from core.review.surveys import service as surveys
from core.settings import Settings
from core.shares.terms import SharedPage
from core.snapshots import service as snapshots
from core.snapshots.service import Wanted
from core.storage import Database, Session, now
from core.workshops import service as workshops
from tests.core.web.conftest import OURS, PAGE, FakeHouse
from tests.poison_files import file_fault
from tests.poison_seen import html_fault
from tests.poisoned import poisoned

_Branch = tuple[Actor, int]


@pytest.fixture
def world(shared: Path, tmp_path: Path) -> _Branch:
    """The poisoned branch's files in place, its HR leader and its plan."""
    return poisoned(shared, tmp_path / "data")


@pytest.fixture
def house(world: _Branch, tmp_path: Path) -> Iterator[FakeHouse]:
    database = Database(f"sqlite:///{(tmp_path / 'data' / 'cexun.db').as_posix()}")
    yield FakeHouse(database, Settings(data=tmp_path / "data"))
    database.close()


def _first(db: Session, table: str, column: str = "id") -> Any:
    found = SQLModel.metadata.tables[table]
    return db.connection().execute(sa.select(found.columns[column]).limit(1)).scalar()


def _set(db: Session, table: str, **values: Any) -> None:
    db.connection().execute(sa.update(SQLModel.metadata.tables[table]).values(values))


def _survey(db: Session, actor: Actor, plan: int) -> str:
    return "/survey/" + surveys.open_link(db, actor, plan, _first(db, "effect_design", "project_id"))


def _need(db: Session, actor: Actor, plan: int) -> str:
    asked = _first(db, "needs_asked_unit")
    return "/answer/" + calls.issue(db, actor, _first(db, "needs_call"), [asked])[asked]


def _check_in(db: Session, actor: Actor, plan: int) -> str:
    today = clock.today()
    _set(db, "placement", day=today, ends_on=today)
    lines = next(row.lines for row in db.exec(select(PublishedVersion).where(PublishedVersion.plan_id == plan)))
    return "/check-in/" + check_in.open_link(db, actor, plan, lines[0]["session_id"])


def _year(db: Session, actor: Actor, plan: int) -> str:
    return "/share/" + snapshots.create(db, actor, plan, Wanted(SharedPage.EXECUTIVE, 3))


def _welcome(db: Session, actor: Actor, plan: int) -> str:
    return "/welcome/" + invitations.invite(db, actor, actor.account_id or 0)


# The one script of such a page, by its address alone.
_OWN_SCRIPT = re.compile(r'<script src="/share/live\.js" data-address="/share/page/year/open" defer></script>')


@pytest.mark.parametrize("opened", [_survey, _need, _check_in, _year, _welcome], ids=lambda one: one.__name__)
def test_a_page_behind_a_link_prints_what_people_wrote(opened: Any, client: TestClient, house: FakeHouse, world: _Branch) -> None:
    with house.database.writing() as db:
        address = opened(db, *world)
    page = client.get(address, headers=PAGE, follow_redirects=True)
    assert page.status_code == 200 and "&lt;img" in page.text
    assert html_fault(page.text) == "" and "<script" not in _OWN_SCRIPT.sub("", page.text)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_workshops_pages_print_it(number: int, client: TestClient, house: FakeHouse, world: _Branch) -> None:
    actor, plan = world
    with house.database.writing() as db:
        rounds = SQLModel.metadata.tables["workshop_round"]
        shown = db.connection().execute(sa.select(rounds.c.id).order_by(rounds.c.place)).scalars().all()[number]
        _set(db, "workshop_board", state="open", round_id=shown, closed_at=None, token_hash=None, hide_names=False)
        board = _first(db, "workshop_board")
        address = "/join/" + workshops.open_link(db, actor, plan, board, _first(db, "workshop_board", "version"), "secret")
    joining = client.get(address, headers=PAGE)
    entered = client.post(address, data={"nickname": "<b>王</b>"}, headers=OURS)
    page = client.get(entered.headers["location"], headers=PAGE)
    assert page.status_code == 200 and "&lt;img" in page.text
    assert html_fault(joining.text) == "" and html_fault(page.text) == ""


def test_a_calendar_holds_it_as_words(client: TestClient, house: FakeHouse, world: _Branch) -> None:
    actor, plan = world
    with house.database.writing() as db:
        token = feeds.open_feed(db, actor, plan, Subject(About.PLAN), "zh", (now() + timedelta(days=30)).date())
    calendar = client.get(f"/feed/{token}.ics")
    assert calendar.status_code == 200 and "leak" in calendar.text
    assert file_fault("feed.ics", calendar.content) == ""
