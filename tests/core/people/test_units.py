"""Units that are renamed: they stay the same ones."""

from __future__ import annotations

import pytest

from core.access import audit
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.people import repository
from core.people.importing import service
from core.people.importing.kinds import ImportKind
from core.people.units import rename
from tests.core.people.tables import PEOPLE, ROSTER, look, take


def named(house: Instance) -> dict[str, int]:
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.units(db)}


def call(house: Instance, actor: Actor, old: str, new: str) -> None:
    unit = named(house)[old]
    with house.database.writing() as db:
        rename(db, actor, unit, old, new)


def test_a_unit_is_renamed_with_those_below_and_an_import_finds_it_by_its_new_name(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    before = named(house)
    call(house, leader, "望海支行", "望海第一支行")
    after = named(house)
    assert after == {"望海第一支行" + name[4:] if name.startswith("望海支行") else name: unit for name, unit in before.items()}
    call(house, leader, "望海第一支行/营业部", "营业室")
    found = look(
        house, leader, ImportKind.ROSTER, (ROSTER, ("0002", "张敏", "望海第一支行/营业室", "客户经理", "0003", "2019-07-01", "零售"))
    )
    assert found.unchanged == 1 and not found.units
    with house.database.reading() as db:
        assert audit.entries(db, leader).entries[0].action == "unit_renamed"


def test_a_name_that_cannot_be_or_is_anothers_is_refused(house: Instance, leader: Actor, executive: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    for name, error, said in (
        ("滨海分行", Conflict, "已经有一个机构叫"),
        ("a/b", BadInput, "不带上级"),
        (" ", BadInput, "不带上级"),
        ("长" * 118, BadInput, "最多 120 个字"),
    ):
        with pytest.raises(error, match=said):
            call(house, leader, "望海支行", name)
    with pytest.raises(NotAllowed):
        call(house, executive, "望海支行", "新名")
    unit = named(house)["望海支行"]
    call(house, leader, "望海支行", "新名")
    with pytest.raises(Conflict, match="刚被别人改成了“新名”"), house.database.writing() as db:
        rename(db, leader, unit, "望海支行", "另一个名")


def test_a_roster_that_leaves_a_unit_without_people_says_so(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    moved = look(house, leader, ImportKind.ROSTER, (("工号", "机构"), ("0002", "望海支行/营业室"), ("0003", "望海支行")))
    assert any("1 个机构没有人了：望海支行/营业部" in str(note) for note in moved.notes)
    assert not any("没有人了" in str(note) for note in look(house, leader, ImportKind.ROSTER, PEOPLE).notes)


def test_the_import_that_brought_a_unit_is_undone_although_it_was_renamed(house: Instance, leader: Actor) -> None:
    run, _ = take(house, leader, ImportKind.ROSTER, PEOPLE)
    call(house, leader, "望海支行", "望海第一支行")
    with house.database.writing() as db:
        service.undo(db, leader, run)
    assert not named(house)
