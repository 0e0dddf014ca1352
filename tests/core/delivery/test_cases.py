"""The case library: kept, found, used, taken back, brought in."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.delivery.cases import pasting
from core.delivery.cases import service as library
from core.delivery.cases.service import CaseFacts, CaseView
from core.delivery.cases.terms import CaseKind
from core.delivery.content import suggesting
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, furnish

both = pytest.mark.parametrize("house", BOTH, indirect=True)
LOSS = CaseFacts(CaseKind.CASE, "净值回撤时的三次通话", "客户第一次来电时……", ("亏损沟通", "财富"), "资产配置", "电话回访", "零售金融部")
CALL = CaseFacts(CaseKind.SCRIPT, "名单首次触达话术", "您好，我是……", ("名单触达",))


def held(house: Instance, actor: Actor) -> list[CaseView]:
    with house.database.reading() as db:
        return library.cases(db, actor)


@both
def test_a_case_is_found_by_its_words_rewritten_and_taken_back(house: Instance, leader: Actor, executive: Actor) -> None:
    with house.database.writing() as db:
        library.add(db, leader, [LOSS, CALL])
    loss = next(one for one in held(house, executive) if one.has(["回撤", "电话"]))
    assert loss.facts == LOSS and not loss.has(["回撤", "话术"]) and sum(one.has(["话术"]) for one in held(house, leader)) == 1
    with pytest.raises(NotAllowed), house.database.writing() as db:
        library.add(db, executive, [LOSS])
    with house.database.writing() as db:
        library.change(db, leader, loss.id, loss.row.version or 0, CALL)
    with pytest.raises(Conflict), house.database.writing() as db:
        library.change(db, leader, loss.id, loss.row.version or 0, LOSS)
    with house.database.writing() as db:
        _done, mine = library.done(db, leader)
        assert mine is not None
        undo.undo(db, leader, mine.id)
    again = next(one for one in held(house, leader) if one.id == loss.id)
    assert again.facts == LOSS
    with house.database.writing() as db:
        library.attach(db, leader, again.id, "通话.docx", b"words")
        library.remove(db, leader, again.id, again.row.version or 0)
    assert [one.facts for one in held(house, leader)] == [CALL]
    with pytest.raises(BadInput, match="标题"), house.database.writing() as db:
        library.add(db, leader, [CaseFacts(CaseKind.CASE, " ")])


@both
def test_it_is_counted_in_how_many_projects_a_case_is_used(house: Instance, leader: Actor) -> None:
    world: World = furnish(house, leader)
    with house.database.writing() as db:
        number = library.add(db, leader, [LOSS])[0]
    for project in world.projects:
        one = held(house, leader)[0]
        with house.database.writing() as db:
            suggesting.take(db, leader, project, 1, [library.item_of(one)])
    used = held(house, leader)[0]
    assert used.id == number and len(used.used_in) == 2
    # A new title does not lose the count.
    with house.database.writing() as db:
        library.change(db, leader, number, used.row.version or 0, CALL)
    assert len(held(house, leader)[0].used_in) == 2


def test_rows_from_a_sheet_become_cases_and_those_that_cannot_say_why() -> None:
    found, refused = pasting.read("标签\t标题\t类型\n亏损、财富\t三次通话\t案例\n\t触达话术\t话术\n\t\t模板\n\t表\t表格")
    assert [(one.title, one.kind, one.tags) for one in found] == [
        ("三次通话", CaseKind.CASE, ("亏损", "财富")),
        ("触达话术", CaseKind.SCRIPT, ()),
    ]
    assert [one.line for one in refused] == [4, 5]
