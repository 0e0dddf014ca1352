from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from core.access import service as access
from core.access.actor import Actor
from core.storage import now
from tests.core.access.world import PASSWORD, World


def test_an_entry_is_kept_exactly_when_the_action_is(world: World) -> None:
    before = len(world.actions())
    try:
        with world.database.writing() as db:
            access.record(db, world.actor(world.lin), "document_added", "document", 3)
            raise RuntimeError
    except RuntimeError:
        pass
    assert len(world.actions()) == before
    with world.database.writing() as db:
        access.record(db, world.actor(world.lin), "document_added", "document", 3, pages=12)
    assert world.actions()[0] == "document_added"


def test_the_log_is_filtered_by_person_action_and_time_and_paged(world: World) -> None:
    with world.database.writing() as db:
        for n in range(7):
            access.record(db, world.actor(world.zhao if n % 2 else world.lin), "document_read", "document", n)
    with world.database.reading() as db:
        lin = world.actor(world.lin)
        mine = access.entries(db, lin, account_id=world.lin.id, action="document_read", limit=3)
        assert mine.total == 4
        assert [entry.subject_id for entry in mine.entries] == [6, 4, 2]
        rest = access.entries(db, lin, account_id=world.lin.id, action="document_read", offset=3, limit=3)
        assert [entry.subject_id for entry in rest.entries] == [0]
        assert access.entries(db, lin, since=now() + timedelta(minutes=1)).total == 0
        assert access.entries(db, lin, until=now() - timedelta(days=1)).total == 0
        assert "document_read" in access.actions(db, lin)
        assert access.actors(db, lin)[world.zhao.id] == "赵强"


def test_the_log_holds_no_password(world: World) -> None:
    world.sign_in(world.lin)
    with world.database.reading() as db:
        found = access.entries(db, world.actor(world.lin)).entries
    assert found and PASSWORD not in str(found)


def test_the_exported_log_opens_in_excel_and_starts_no_formula(world: World) -> None:
    with world.database.writing() as db:
        access.record(db, Actor(None, "=HYPERLINK(1)", frozenset(), "@evil"), "sign_in_refused", reason="login")
    with world.database.reading() as db:
        found = access.entries(db, world.actor(world.lin), limit=1).entries
    text = access.to_csv(found, "zh", ZoneInfo("Asia/Shanghai")).decode("utf-8")
    assert text.startswith("\ufeff")
    assert "'=HYPERLINK(1)" in text and "'@evil" in text
    assert "登录被拒绝" in text
    assert found[0].at.tzinfo is UTC
    assert f"{found[0].at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" in text
