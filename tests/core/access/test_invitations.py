from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from core.access import invitations
from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.access.service import Admission
from core.access.tables import Account, Invitation, SignIn
from core.errors import BadInput, NotFound
from core.storage import Database, now
from tests.core.access.world import PASSWORD, World


def owner_link(database: Database) -> str | None:
    with database.writing() as db:
        return access.owner_link(db)


def create(database: Database, token: str | None, login: str = "admin", password: str = "") -> Admission:
    assert token is not None
    return access.create_owner(database, token, login, "管理员", password, "Firefox", "127.0.0.1", 30)


def choose(database: Database, token: str, password: str = "quiet forest lantern") -> Admission:
    return access.choose_password(database, token, password, "Firefox", "127.0.0.1", 30)


def test_the_first_link_creates_an_owner_who_is_in_at_once_without_a_password(database: Database) -> None:
    admission = create(database, owner_link(database))
    with database.reading() as db:
        person = access.present_by_token(db, admission.token)
    assert person is not None
    assert person.actor.roles == {Role.HR_LEADER, Role.IT_ADMINISTRATOR}


def test_a_link_works_once(database: Database) -> None:
    token = owner_link(database)
    create(database, token)
    with pytest.raises(NotFound):
        create(database, token, "another")
    with database.reading() as db:
        assert len(db.exec(select(Account)).all()) == 1


def test_only_the_newest_link_of_the_first_start_works(database: Database) -> None:
    first, second = owner_link(database), owner_link(database)
    with pytest.raises(NotFound):
        create(database, first)
    assert create(database, second)


def test_a_mistake_in_the_form_does_not_use_the_link_up(database: Database) -> None:
    token = owner_link(database)
    with pytest.raises(BadInput):
        create(database, token, password="12345678")
    assert create(database, token, password=PASSWORD)


def test_a_link_ends_after_seven_days(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    token = owner_link(database)
    later = now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr(invitations, "now", lambda: later)
    with pytest.raises(NotFound):
        create(database, token)


def test_a_link_is_stored_as_a_hash_only(database: Database) -> None:
    token = owner_link(database)
    with database.reading() as db:
        assert token and token not in db.exec(select(Invitation)).one().model_dump_json()


def test_no_link_is_printed_once_somebody_who_manages_accounts_can_come_in(world: World) -> None:
    assert owner_link(world.database) is None


def test_an_unused_link_of_the_first_start_dies_when_anybody_exists(database: Database) -> None:
    token = owner_link(database)
    with database.writing() as db:
        access.add(db, LOCAL_ADMINISTRATOR, "lin", "林芳", [Role.HR_LEADER], password=PASSWORD)
    with database.reading() as db:
        assert token is not None and access.welcome(db, token) is None


def test_an_owner_without_password_who_lost_the_cookie_gets_a_link_to_the_same_account(database: Database) -> None:
    admission = create(database, owner_link(database))
    assert owner_link(database) is None
    with database.writing() as db:
        row = db.exec(select(SignIn)).one()
        row.expires_at = now() - timedelta(seconds=1)
    token = owner_link(database)
    assert token is not None
    assert choose(database, token).account_id == admission.account_id


def test_an_invited_person_chooses_a_password_and_is_in(world: World) -> None:
    with world.database.writing() as db:
        new = access.add(db, world.actor(world.lin), "sun", "孙敏", [Role.UNIT_MANAGER])
        token = access.invite(db, world.actor(world.lin), new.id)
    with pytest.raises(BadInput):
        choose(world.database, token, "short")
    choose(world.database, token)
    assert world.sign_in(new, "quiet forest lantern")
    with pytest.raises(NotFound):
        choose(world.database, token)


def test_a_reset_ends_the_old_password_the_sign_ins_and_the_lock(world: World) -> None:
    before = world.sign_in(world.zhao)
    with world.database.writing() as db:
        access.invite(db, world.actor(world.lin), world.zhao.id)
        token = access.invite(db, world.actor(world.lin), world.zhao.id)
    assert world.present(before) is not None
    choose(world.database, token)
    assert world.present(before) is None
    assert world.sign_in(world.zhao, "quiet forest lantern")


def test_a_link_of_a_person_never_creates_an_owner_and_the_reverse(world: World) -> None:
    with world.database.writing() as db:
        token = access.invite(db, world.actor(world.lin), world.zhao.id)
    with pytest.raises(NotFound):
        create(world.database, token, "intruder")


def test_an_invitation_to_a_disabled_account_is_refused(world: World) -> None:
    with world.database.writing() as db:
        access.disable(db, world.actor(world.lin), world.zhao.id)
    with pytest.raises(BadInput), world.database.writing() as db:
        access.invite(db, world.actor(world.lin), world.zhao.id)


def test_a_link_given_before_the_first_start_outlives_the_start_and_dies_with_its_use(database: Database) -> None:
    with database.writing() as db:
        given = access.invite(db, LOCAL_ADMINISTRATOR, access.add(db, LOCAL_ADMINISTRATOR, "zhang", "张敏", [Role.HR_LEADER]).id)
    printed = owner_link(database)
    assert printed is not None
    assert choose(database, given)
    with pytest.raises(NotFound):
        choose(database, printed)
