"""An account that is deleted for good: what goes with it and what stays. On both databases."""

from __future__ import annotations

import pytest

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Role
from core.access.service import Person
from core.approvals import chain
from core.approvals import service as approvals
from core.assistant import service as memory
from core.documents.answers.answer import Answer
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.notices import inbox
from core.privacy import accounts
from tests.conftest import BOTH, person
from tests.core.delivery.timetable_world import published

both = pytest.mark.parametrize("house", BOTH, indirect=True)
PASSWORD = "mountain river bridge"


def account(house: Instance, login: str, *roles: Role) -> Person:
    """Somebody who may sign in."""
    with house.database.writing() as db:
        return access.add(db, LOCAL_ADMINISTRATOR, login, login.title(), roles, f"{login}@bank.example", PASSWORD)


def delete(house: Instance, actor: Actor, whom: Person, typed: str | None = None) -> None:
    with house.database.writing() as db:
        accounts.delete(db, actor, whom.id, whom.version, whom.login if typed is None else typed)


@both
def test_what_belongs_to_the_account_alone_goes_and_what_it_did_stays(house: Instance, leader: Actor) -> None:
    plan = published(house, leader).plan
    head = account(house, "head", Role.EXECUTIVE)
    actor = Actor(head.id, head.name, head.roles)
    admission = access.sign_in(house.database, "head", PASSWORD, "Firefox", "10.0.0.7", 30)
    with house.database.writing() as db:
        chain.save(db, leader, plan, 0, [("行长", [head.id])])
        approvals.submit(db, leader, plan, 0)
        memory.keep_exchange(db, actor, plan, None, "目标是多少", "目标是多少", Answer(False, "extractive", (), (), (), "rules"))
    with house.database.reading() as db:
        going = accounts.leaving(db, leader, head.id)
    assert (going.browsers, going.conversations, going.notices, len(going.waiting)) == (1, 1, 1, 1)
    delete(house, leader, head)
    with house.database.reading() as db:
        assert access.present(db, admission.account_id, admission.sign_in_id) is None
        assert "head" not in [one.login for one in access.people(db, leader)]
        assert access.names(db, leader)[head.id] == "Head"
        assert inbox.inbox(db, actor, "zh").notices == () and memory.conversations(db, actor, plan) == []
        assert head.id not in chain.deciders(db, leader)
        assert access.entries(db, leader).entries[0].action == "account_deleted"
    with pytest.raises(NotAllowed):
        access.sign_in(house.database, "head", PASSWORD, "Firefox", "10.0.0.7", 30)
    with house.database.writing() as db, pytest.raises(NotFound):
        access.enable(db, leader, head.id)


@both
def test_the_login_and_the_address_can_be_given_to_somebody_else(house: Instance, leader: Actor) -> None:
    gone = account(house, "zhao", Role.UNIT_MANAGER)
    delete(house, leader, gone)
    another = account(house, "zhao", Role.UNIT_MANAGER)
    assert another.id != gone.id


def test_nobody_deletes_themselves_or_the_last_one_who_manages_accounts(house: Instance, leader: Actor) -> None:
    with house.database.reading() as db:
        me = access.own(db, leader)
    with pytest.raises(Conflict, match="自己"):
        delete(house, leader, me)
    with pytest.raises(Conflict, match="最后一个"):
        delete(house, LOCAL_ADMINISTRATOR, me)
    with house.database.reading() as db:
        assert access.own(db, leader).enabled


def test_a_slip_deletes_nobody(house: Instance, leader: Actor) -> None:
    zhao = account(house, "zhao", Role.UNIT_MANAGER)
    for typed in ("", "zha", "Zhao!"):
        with pytest.raises(BadInput):
            delete(house, leader, zhao, typed)
    with house.database.writing() as db:
        access.rename(db, leader, zhao.id, zhao.version, "赵强", "")
    with pytest.raises(Conflict):
        delete(house, leader, zhao)
    manager = person(house, "manager", Role.UNIT_MANAGER)
    with pytest.raises(NotAllowed):
        delete(house, manager, zhao)


def test_deleted_twice_is_said(house: Instance, leader: Actor) -> None:
    zhao = account(house, "zhao", Role.UNIT_MANAGER)
    delete(house, leader, zhao)
    with pytest.raises(NotFound):
        delete(house, leader, zhao)
