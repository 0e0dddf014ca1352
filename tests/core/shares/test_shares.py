"""Shared links: who makes them, what a guest is, when a link opens nothing any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.access.actor import Actor, Right, Role
from core.access.tables import AuditEntry
from core.errors import BadInput, NotAllowed, NotFound
from core.plans import service as plans
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.storage import Database, now

HR = Actor(None, "人力", frozenset({Role.HR_LEADER}))
PASSWORD = "mountain river bridge"


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(migrated, tmp_path / "cexun.db")
    made = Database(f"sqlite:///{(tmp_path / 'cexun.db').as_posix()}")
    yield made
    made.close()


@pytest.fixture
def plan(database: Database) -> int:
    with database.writing() as db:
        return plans.create(db, HR, "滨海分行", 2027).id or 0


def made(database: Database, plan: int, password: str = "") -> str:
    with database.writing() as db:
        return shares.create(db, HR, plan, SharedPage.CHAIN, days=30, password=password)


def number(database: Database) -> int:
    with database.reading() as db:
        return shares.links(db, HR)[0].id


def opens(database: Database, token: str) -> bool:
    with database.reading() as db:
        row = shares.link_of(db, token)
        guest = shares.guest(db, number(database), "")
    assert (row is None) == (guest is None)
    return row is not None


def test_a_link_opens_its_one_page_of_its_one_plan_as_somebody_who_reads_sums_alone(database: Database, plan: int) -> None:
    assert opens(database, made(database, plan))
    with database.reading() as db:
        guest = shares.guest(db, number(database), "10.0.0.9")
    assert guest is not None and (guest.page, guest.plan_id) == (SharedPage.CHAIN, plan)
    assert guest.actor.roles == {Role.EXECUTIVE} and guest.actor.address == "10.0.0.9"
    closed = (Right.SHARE_PAGES, Right.EDIT_PLANS, Right.READ_PEOPLE, Right.SEE_ROSTER, Right.PLAN_DELIVERY, Right.MANAGE_ACCOUNTS)
    assert not any(guest.actor.may(one) for one in closed)


def test_the_token_and_the_password_are_kept_nowhere(database: Database, plan: int, tmp_path: Path) -> None:
    token = made(database, plan, PASSWORD)
    database.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in kept and PASSWORD.encode() not in kept


def test_a_revoked_an_expired_and_an_unknown_link_open_nothing(database: Database, plan: int, monkeypatch: pytest.MonkeyPatch) -> None:
    token = made(database, plan)
    with database.reading() as db:
        assert shares.link_of(db, token + "x") is None
    later = now() + timedelta(days=30, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(shares, "now", lambda: later)
        assert not opens(database, token)
    with database.writing() as db:
        shares.revoke(db, HR, number(database))
    assert not opens(database, token)
    with database.writing() as db, pytest.raises(NotFound):
        shares.revoke(db, HR, number(database))


def test_a_link_to_a_plan_that_was_put_away_opens_nothing_until_it_is_taken_back(database: Database, plan: int) -> None:
    token = made(database, plan)
    with database.writing() as db:
        plans.archive(db, HR, plan)
    assert not opens(database, token)
    with database.writing() as db:
        plans.unarchive(db, HR, plan)
    assert opens(database, token)


def test_a_link_with_a_password_opens_with_it_alone(database: Database, plan: int) -> None:
    with database.reading() as db:
        row = shares.link_of(db, made(database, plan, PASSWORD))
    assert row is not None and shares.unlocks(row, PASSWORD)
    assert not shares.unlocks(row, "") and not shares.unlocks(row, PASSWORD.upper())


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.EXECUTIVE, Role.IT_ADMINISTRATOR])
def test_only_human_resources_makes_reads_and_revokes_links(role: Role, database: Database, plan: int) -> None:
    made(database, plan)
    other = Actor(None, "别人", frozenset({role}))
    with database.writing() as db:
        with pytest.raises(NotAllowed):
            shares.create(db, other, plan, SharedPage.CHAIN, days=3)
        with pytest.raises(NotAllowed):
            shares.links(db, other)
        with pytest.raises(NotAllowed):
            shares.revoke(db, other, 1)


@pytest.mark.parametrize(("days", "password"), [(0, ""), (367, ""), (30, "short"), (30, "12345678")])
def test_a_link_that_cannot_be_is_refused(days: int, password: str, database: Database, plan: int) -> None:
    with database.writing() as db, pytest.raises(BadInput):
        shares.create(db, HR, plan, SharedPage.CHAIN, days=days, password=password)


def test_what_is_done_with_links_is_in_the_audit_log_and_in_their_list(database: Database, plan: int) -> None:
    made(database, plan)
    with database.writing() as db:
        shares.enter(db, number(database), "10.0.0.9")
    with database.writing() as db:
        shares.revoke(db, HR, number(database))
    with database.reading() as db:
        view = shares.links(db, HR)[0]
        done = [row.action for row in db.exec(select(AuditEntry).order_by(col(AuditEntry.id))) if row.action.startswith("share")]
    assert (view.row.uses, view.open, view.row.used_at is not None) == (1, False, True)
    assert done == ["share_created", "share_used", "share_revoked"]
