"""Who is in charge of which units, and how many people that shows."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.errors import NotAllowed
from core.instance import Instance
from core.people.charges import overview
from core.people.importing.kinds import ImportKind
from core.people.scope import give_charge
from tests.conftest import BOTH
from tests.core.people.branch import unit_ids
from tests.core.people.tables import PEOPLE, take


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_people_are_counted_with_all_units_below_and_once(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    ids = unit_ids(house)
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [ids["望海支行"]])
    with house.database.reading() as db:
        seen = overview(db, leader)
        with pytest.raises(NotAllowed):
            overview(db, manager)
    [one] = seen.managers
    assert (one.account_id, one.unit_ids) == (manager.account_id, (ids["望海支行"],))
    assert seen.readable(one.unit_ids) == 2 and seen.readable([ids["望海支行"], ids["望海支行/营业部"]]) == 2 and seen.readable([]) == 0
    assert seen.nobodys == (ids["滨海分行"],)
