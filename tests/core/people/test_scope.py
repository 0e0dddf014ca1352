"""Whose people somebody reads."""

from __future__ import annotations

import pytest

from core.access.actor import Actor, Role
from core.errors import BadInput, NotAllowed, NotFound
from core.instance import Instance
from core.people import repository
from core.people.importing.kinds import ImportKind
from core.people.scope import Scope, charges, give_charge, scope
from tests.conftest import BOTH, person
from tests.core.people.tables import PEOPLE, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def units(house: Instance) -> dict[str, int]:
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.units(db)}


def seen(house: Instance, actor: Actor) -> Scope:
    with house.database.reading() as db:
        return scope(db, actor)


def give(house: Instance, leader: Actor, actor: Actor, *unit_ids: int) -> None:
    with house.database.writing() as db:
        give_charge(db, leader, actor.account_id or 0, unit_ids)


@both
def test_a_unit_manager_reads_the_units_in_their_charge_with_all_below(house: Instance, leader: Actor, manager: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    ids = units(house)
    assert seen(house, manager) == Scope(frozenset(), frozenset())
    give(house, leader, manager, ids["望海支行"])
    own = seen(house, manager)
    assert own.may_name(ids["望海支行"]) and own.may_name(ids["望海支行/营业部"])
    assert not own.may_name(ids["滨海分行"]) and not own.may_name(None) and not own.may_count(ids["滨海分行"])
    give(house, leader, manager, ids["望海支行/营业部"])
    assert not seen(house, manager).may_name(ids["望海支行"])
    with house.database.reading() as db:
        assert charges(db, leader) == {manager.account_id: (ids["望海支行/营业部"],)}


@both
def test_human_resources_reads_everybody_and_an_executive_only_sums(house: Instance, leader: Actor, executive: Actor) -> None:
    assert seen(house, leader).everyone
    above = seen(house, executive)
    assert above == Scope(frozenset(), None) and above.may_count(7) and not above.may_name(7)


def test_whoever_manages_a_unit_and_is_an_executive_sees_both(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    ids = units(house)
    both_roles = person(house, "both", Role.UNIT_MANAGER, Role.EXECUTIVE)
    give(house, leader, both_roles, ids["望海支行/营业部"])
    assert seen(house, both_roles) == Scope(frozenset({ids["望海支行/营业部"]}), None)


def test_nobody_else_reads_anything_of_people(house: Instance, administrator: Actor) -> None:
    with pytest.raises(NotAllowed):
        seen(house, administrator)


def test_units_go_only_to_managers_and_only_units_that_are_there(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    with pytest.raises(BadInput):
        give(house, leader, executive)
    with pytest.raises(NotFound):
        give(house, leader, manager, 99)
    with pytest.raises(NotAllowed):
        give(house, manager, manager)
