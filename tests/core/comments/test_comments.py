"""Comments: whoever may read an item says something about it; who is named is told; threads are resolved and opened again."""

from __future__ import annotations

import pytest

from core.access.actor import Actor, Role
from core.comments import service
from core.comments.service import Item, Thread
from core.comments.terms import Subject
from core.documents.tables import DocumentKind
from core.errors import BadInput, CexunError, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import FindingKind
from tests.conftest import BOTH, person
from tests.core.delivery.timetable_world import furnish
from tests.core.strategy.world import INTERVIEW, accept, build
from tests.library import shelve

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def say(house: Instance, actor: Actor, item: Item, text: str, thread: int | None = None) -> int:
    with house.database.writing() as db:
        return service.add(db, actor, item, text, thread)


def threads(house: Instance, actor: Actor, item: Item) -> list[Thread]:
    with house.database.reading() as db:
        return service.threads(db, actor, item)


def unread(house: Instance, actor: Actor) -> list[str]:
    with house.database.reading() as db:
        return [one.text for one in service.unread(db, actor)]


@both
def test_who_is_named_is_told_until_they_answer(house: Instance, leader: Actor, executive: Actor) -> None:
    world = furnish(house, leader)
    other = person(house, "exec", Role.EXECUTIVE)
    assert other.name == "Exec"
    item = Item(world.plan, Subject.GOAL, world.projects[0])
    first = say(house, leader, item, "@Executive 这个目标值的依据是什么？@Leader")
    assert unread(house, executive) == ["@Executive 这个目标值的依据是什么？@Leader"]
    assert unread(house, other) == unread(house, leader) == []
    say(house, executive, item, "去年的业绩，@Leader", first)
    assert unread(house, executive) == [] and len(unread(house, leader)) == 1
    with house.database.writing() as db:
        service.note_read(db, leader, item)
    assert unread(house, leader) == []
    (thread,) = threads(house, leader, item)
    assert [one.by for one in (thread.first, *thread.answers)] == ["Leader", "Executive"]
    assert threads(house, leader, Item(world.plan, Subject.PROJECT, world.projects[0])) == []


@both
def test_a_thread_is_resolved_and_opened_again_by_an_answer_and_never_over_another(house: Instance, leader: Actor) -> None:
    plan = furnish(house, leader).plan
    item = Item(plan, Subject.PLAN, plan)
    first = say(house, leader, item, "预算够吗？")
    seen = threads(house, leader, item)[0].first.version or 0
    with house.database.writing() as db:
        service.resolve(db, leader, item, first, seen)
    assert not threads(house, leader, item)[0].open
    with house.database.writing() as db, pytest.raises(Conflict):
        service.resolve(db, leader, item, first, seen, resolved=False)
    say(house, leader, item, "还不够", first)
    assert threads(house, leader, item)[0].open


def test_nobody_comments_on_what_they_may_not_read(house: Instance, leader: Actor, manager: Actor) -> None:
    world = furnish(house, leader)
    with house.database.writing() as db:
        elsewhere = plans.create(db, leader, "另一分行", 2027).id or 0
    here = Item(world.plan, Subject.PROJECT, world.projects[0])
    say(house, manager, here, "同意")
    for item in (
        Item(elsewhere, Subject.PROJECT, world.projects[0]),
        Item(world.plan, Subject.THEME, 999),
        Item(world.plan, Subject.PLAN, 7),
    ):
        with pytest.raises(NotFound):
            say(house, leader, item, "同意")
    for item in (Item(world.plan, Subject.SESSION, 999), Item(world.plan, Subject.FINDING, 999)):
        with pytest.raises(CexunError):
            threads(house, leader, item)
    with pytest.raises(NotAllowed):
        threads(house, person(house, "it", Role.IT_ADMINISTRATOR), here)
    with pytest.raises(NotAllowed):
        say(house, Actor(None, "shared link", frozenset({Role.EXECUTIVE})), here, "同意")
    for text in (" ", "字" * 1001):
        with pytest.raises(BadInput):
            say(house, manager, here, text)


def test_a_name_of_somebody_who_may_not_read_the_finding_tells_them_nothing(house: Instance, leader: Actor, manager: Actor) -> None:
    plan = build(house, leader).plan
    document = shelve(house, leader, "行长访谈.md", INTERVIEW, DocumentKind.INTERVIEW)
    finding = accept(house, leader, plan, document, INTERVIEW, "零售业务", "访谈", FindingKind.TASK, None, "")
    item = Item(plan, Subject.FINDING, finding)
    say(house, leader, item, "@Manager 请看这一条")
    assert unread(house, manager) == []
    with pytest.raises(NotFound):
        say(house, manager, item, "同意")
