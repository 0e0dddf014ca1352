"""The permission matrix says what services enforce."""

from __future__ import annotations

import io

import openpyxl
import pytest

from core.access.actor import OF_WHOM, RIGHT_NAMES, Actor, Right, Role, require
from core.errors import NotAllowed
from core.instance import Instance
from core.people.scope import give_charge, scope
from core.people.tables import Unit
from core.privacy.matrix import Extent, as_workbook, extent, holders, matrix
from tests.conftest import person


@pytest.mark.parametrize("role", Role)
def test_the_matrix_is_what_services_ask(role: Role) -> None:
    actor = Actor(1, "somebody", frozenset({role}))
    for right, of_roles in matrix().items():
        if of_roles[role] is Extent.NONE:
            with pytest.raises(NotAllowed):
                require(actor, right)
        else:
            require(actor, right)
    assert set(RIGHT_NAMES) == set(Right)


@pytest.mark.parametrize("role", Role)
def test_how_far_a_right_on_people_goes_is_what_the_scope_lets_through(house: Instance, leader: Actor, role: Role) -> None:
    somebody = person(house, "somebody", role)
    with house.database.writing() as db:
        db.add_all(units := [Unit(name="一支行"), Unit(name="二支行")])
        db.flush()
        own, other = (one.id or 0 for one in units)
        if role is Role.UNIT_MANAGER:
            give_charge(db, leader, somebody.account_id or 0, [own])
    found = extent(Right.SEE_GAPS, role)
    with house.database.reading() as db:
        if found is Extent.NONE:
            with pytest.raises(NotAllowed):
                scope(db, somebody)
            return
        reach = scope(db, somebody)
    by_name, counted = (reach.may_name(own), reach.may_name(other)), (reach.may_count(own), reach.may_count(other))
    assert (by_name, counted) == {
        Extent.FULL: ((True, True), (True, True)),
        Extent.OWN_UNITS: ((True, False), (True, False)),
        Extent.SUMS: ((False, False), (True, True)),
    }[found]
    assert Right.SEE_GAPS in OF_WHOM


def test_who_manages_accounts_sees_whose_units_an_account_has(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    with house.database.writing() as db:
        db.add(unit := Unit(name="一支行"))
        db.flush()
        give_charge(db, leader, manager.account_id or 0, [unit.id or 0])
    with house.database.reading() as db:
        found = {one.login: one for one in holders(db, leader)}
        assert found["manager"].units == ("一支行",) and found["executive"].units == ()
        with pytest.raises(NotAllowed):
            holders(db, executive)


def test_the_file_has_every_right_and_every_page() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook({"首页": frozenset(Role), "系统设置": frozenset({Role.IT_ADMINISTRATOR})}, "en")))
    rights, pages = book.worksheets
    assert rights.max_row == len(Right) + 1 and pages.max_row == 3
    assert [cell.value for cell in pages[3]][-1] == "Yes" and [cell.value for cell in pages[3]][1] == "—"
