"""Certificates: the product's, and what the branch makes of them."""

from __future__ import annotations

import pytest

from core.access import audit
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.people.certificates import service
from core.people.certificates.service import Certificate, CertificateFacts, proving
from tests.conftest import BOTH

both = pytest.mark.parametrize("house", BOTH, indirect=True)
AFP = "AFP 金融理财师"


def known(house: Instance, actor: Actor, language: str = "zh") -> dict[str, Certificate]:
    with house.database.reading() as db:
        return {one.facts.name: one for one in service.certificates(db, actor, language)}  # type: ignore[arg-type]


def save(house: Instance, actor: Actor, seen: Certificate | None, facts: CertificateFacts) -> int:
    with house.database.writing() as db:
        return service.save(db, actor, seen, facts)


@both
def test_one_of_the_products_is_changed_and_keeps_what_it_was(house: Instance, leader: Actor) -> None:
    seen = known(house, leader)
    assert len(seen) == 86 and (2, AFP) in proving(seen.values(), "asset_allocation")
    facts = CertificateFacts(AFP, "现代国际金融理财标准（上海）有限公司", {"asset_allocation": 3})
    save(house, leader, seen[AFP], facts)
    now = known(house, leader)
    assert len(now) == 86 and now[AFP].facts == facts and now[AFP].edition == 2
    assert [(one.number, dict(one.facts.grants)["asset_allocation"], one.changed_by) for one in now[AFP].earlier] == [(1, 2, "Leader")]
    assert AFP in known(house, leader, "en")
    with pytest.raises(Conflict):
        save(house, leader, seen[AFP], facts)
    with house.database.reading() as db:
        assert audit.entries(db, leader).entries[0].action == "certificate_changed"


@both
def test_an_earlier_edition_stands_again_and_the_later_one_is_kept(house: Instance, leader: Actor) -> None:
    save(house, leader, known(house, leader)[AFP], CertificateFacts(AFP, "别处", {"asset_allocation": 3}))
    seen = known(house, leader)[AFP]
    with house.database.writing() as db:
        service.restore(db, leader, seen, 1)
    now = known(house, leader)[AFP]
    assert dict(now.facts.grants)["asset_allocation"] == 2 and [one.number for one in now.earlier][:2] in ([1, 2], [2, 1])
    with house.database.writing() as db, pytest.raises(Conflict):
        service.restore(db, leader, seen, 1)
    with house.database.writing() as db, pytest.raises(BadInput):
        service.restore(db, leader, now, 1)


@both
def test_one_that_is_put_away_proves_nothing_until_it_is_taken_back(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        service.archive(db, leader, known(house, leader)[AFP], archived=True)
    seen = known(house, leader)
    assert seen[AFP].archived and (2, AFP) not in proving(seen.values(), "asset_allocation")
    assert "AFP (Associate Financial Planner)" in known(house, leader, "en")
    with house.database.writing() as db:
        service.archive(db, leader, seen[AFP], archived=False)
    assert (2, AFP) in proving(known(house, leader).values(), "asset_allocation")


def test_the_branchs_own_is_added_and_names_and_grants_are_checked(house: Instance, leader: Actor, manager: Actor) -> None:
    save(house, leader, None, CertificateFacts("本行对公上岗证", "海州分行", {"asset_allocation": 1}))
    assert known(house, leader)["本行对公上岗证"].code == ""
    for wrong in (
        CertificateFacts("", "", {"asset_allocation": 1}),
        CertificateFacts("本行对公 上岗证", "", {"asset_allocation": 1}),
        CertificateFacts("新证", "", {}),
        CertificateFacts("新证", "", {"没有的能力": 1}),
        CertificateFacts("新证", "", {"asset_allocation": 6}),
    ):
        with pytest.raises(BadInput):
            save(house, leader, None, wrong)
    with pytest.raises(NotAllowed):
        known(house, manager)
