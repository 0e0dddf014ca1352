"""Comments: whoever may read an item says something about it; who is named is told; threads are resolved and opened again."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor, Role
from core.comments import service
from core.comments.service import Item, Thread
from core.comments.terms import Subject
from core.delivery.timetable import service as timetable
from core.documents.tables import DocumentKind
from core.errors import BadInput, CexunError, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.notices import inbox
from core.plans import service as plans
from core.review.results import service as results
from core.review.reviews import service as reviews
from core.review.reviews.service import Work
from core.strategy.findings import FindingKind
from tests.conftest import BOTH, person
from tests.core.delivery.timetable_world import furnish
from tests.core.goals.needs.world import asking, file, in_charge
from tests.core.review.world import review
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


@both
def test_who_can_be_named_under_an_item_is_who_may_read_it(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    plan = build(house, leader).plan
    document = shelve(house, leader, "行长访谈.md", INTERVIEW, DocumentKind.INTERVIEW)
    finding = Item(plan, Subject.FINDING, accept(house, leader, plan, document, INTERVIEW, "零售业务", "访谈", FindingKind.TASK, None, ""))
    with house.database.reading() as db:
        assert set(service.people(db, leader, finding).values()) == {"Leader"}
        assert set(service.people(db, leader, Item(plan, Subject.PLAN, plan)).values()) == {"Leader", "Manager", "Executive"}
        with pytest.raises(NotFound):
            service.people(db, manager, finding)


@both
def test_needs_are_spoken_of_by_those_who_may_read_their_words(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.branch)
    own, other = (Item(world.plan, Subject.NEED, file(house, leader, world.plan, unit).id) for unit in ("望海支行", "云岭支行"))
    say(house, manager, own, "@Executive @Leader 请看")
    assert unread(house, leader) and not unread(house, executive)
    for actor, item in ((manager, other), (executive, own), (leader, Item(world.plan, Subject.NEED, 999))):
        with pytest.raises(CexunError):
            threads(house, actor, item)
    with house.database.reading() as db:
        assert set(service.people(db, manager, own).values()) == {"Leader", "Manager"}
        assert set(service.people(db, leader, other).values()) == {"Leader"}


@both
def test_what_is_looked_back_on_is_spoken_of_too(house: Instance, leader: Actor, manager: Actor) -> None:
    made = review(house, leader)
    with house.database.writing() as db:
        programme = timetable.sessions(db, leader, made.plan)[0].programme_id
        measure = results.measures(db, leader, made.plan)[0].id
        meeting = reviews.prepare(db, leader, made.plan, 1, date(2027, 3, 1))
        decision = reviews.decide(db, leader, meeting, Work("换案例", "王教研", date(2027, 3, 10)))
        other = plans.create(db, leader, "另一分行", 2027).id or 0
    for subject, number in ((Subject.MEASURE, measure), (Subject.WARNING, programme), (Subject.DECISION, decision)):
        say(house, leader, Item(made.plan, subject, number), f"看{subject.value}")
        with house.database.reading() as db:
            assert service.open_counts(db, leader, made.plan, subject, [number, 999]) == {number: 1}
        with pytest.raises(NotFound):
            threads(house, leader, Item(other, subject, number))
        with pytest.raises(CexunError):
            threads(house, person(house, f"it{number}{subject.value}", Role.IT_ADMINISTRATOR), Item(made.plan, subject, number))
    # The manager has nobody in the programme: how it stands is not theirs to read.
    with pytest.raises(NotFound):
        threads(house, manager, Item(made.plan, Subject.WARNING, programme))
    assert threads(house, manager, Item(made.plan, Subject.MEASURE, measure))


def test_an_open_thread_waits_for_whoever_was_answered(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    plan = furnish(house, leader).plan
    item = Item(plan, Subject.PLAN, plan)

    def waits(actor: Actor) -> list[str]:
        with house.database.reading() as db:
            return [one.text for one in service.unanswered(db, actor)]

    first = say(house, manager, item, "预算够吗？")
    assert waits(manager) == waits(leader) == []
    say(house, leader, item, "够", first)
    assert waits(manager) == ["够"] and waits(leader) == waits(executive) == []
    with house.database.reading() as db:
        assert [one.subject for one in inbox.inbox(db, manager, "zh").notices] == ["Leader回复了您参与的评论"]
    say(house, executive, item, "@Manager 也看看差旅", first)
    # A thread that names somebody unread is said of once, as that.
    assert waits(manager) == [] and len(unread(house, manager)) == 1 and waits(leader) == ["@Manager 也看看差旅"]
    with house.database.writing() as db:
        assert inbox.unread(db, manager) == 2
        service.note_read(db, manager, item)
        assert inbox.unread(db, manager) == 0
    assert waits(manager) == ["@Manager 也看看差旅"]
    with house.database.writing() as db:
        service.resolve(db, leader, item, first, service.threads(db, leader, item)[0].first.version or 0)
    assert waits(manager) == waits(leader) == []
