"""What a project teaches: items and activities kept in place, triaged, decided by people, taken back. On both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.access.actor import Actor
from core.delivery.content import service as content
from core.delivery.content.activity import Activity, Settings
from core.delivery.content.item import ItemFacts
from core.delivery.content.service import ContentView, Entered
from core.delivery.content.terms import Method, Stage, Way
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people.competencies import seeds
from core.people.service import take_in
from tests.conftest import BOTH
from tests.core.strategy.ideas_world import Ripe, accepted

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
KNOWING = ItemFacts("适当性管理制度要点", "说出七条红线", 1.5, level=1)
DOING = ItemFacts("客户异议处理演练", "按名单现场开口，处理三类异议", 7.0, "资产配置", 3)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return accepted(house, leader)


def first(house: Instance, actor: Actor, world: Ripe) -> ContentView:
    with house.database.reading() as db:
        return content.find(db, actor, content.contents(db, actor, world.plan)[0].id)


def save(house: Instance, actor: Actor, view: ContentView, *facts: ItemFacts) -> None:
    known = {one.facts.name: one.id for one in view.content.items}
    with house.database.writing() as db:
        content.save_items(db, actor, view.id, view.content.version, [Entered(known.get(one.name, 0), one) for one in facts])


def lay(house: Instance, actor: Actor, view: ContentView, steps: Sequence[Activity]) -> None:
    with house.database.writing() as db:
        content.save_activities(db, actor, view.id, view.content.version, steps)


def test_items_are_triaged_when_they_are_saved_with_a_reason_and_the_version_of_the_rule(
    house: Instance, leader: Actor, world: Ripe
) -> None:
    save(house, leader, first(house, leader, world), KNOWING, DOING)
    knowing, doing = first(house, leader, world).content.items
    assert (knowing.way, doing.way) == (Way.SELF_STUDY, Way.FACE_TO_FACE)
    assert "制度" in str(knowing.triage.why) and "演练" in str(doing.triage.why) and doing.triage.made_by.startswith("triage ")


def test_a_person_decides_otherwise_with_a_reason_and_a_changed_text_does_not_undo_it(house: Instance, leader: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), KNOWING)
    view = first(house, leader, world)
    with pytest.raises(BadInput), house.database.writing() as db:
        content.choose(db, leader, view.id, view.content.version, [view.content.items[0].id], Way.FACE_TO_FACE, " ")
    with house.database.writing() as db:
        content.choose(db, leader, view.id, view.content.version, [view.content.items[0].id], Way.FACE_TO_FACE, "新规定，当面问答")
    save(house, leader, first(house, leader, world), replace(KNOWING, hours=2.0))
    [item] = first(house, leader, world).content.items
    assert item.way is Way.FACE_TO_FACE and item.triage.way is Way.SELF_STUDY and item.choice and item.choice.by == leader.name
    view = first(house, leader, world)
    with house.database.writing() as db:
        content.choose(db, leader, view.id, view.content.version, [item.id], None)
    assert first(house, leader, world).content.items[0].way is Way.SELF_STUDY


def test_items_and_steps_keep_their_numbers_and_a_deleted_item_leaves_its_steps(house: Instance, leader: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), KNOWING, DOING)
    knowing, doing = first(house, leader, world).content.items
    steps = [
        Activity(0, Stage.BEFORE, "预习", Method.READING, hours=1.5, item_ids=(knowing.id,)),
        Activity(0, Stage.DURING, "工作坊", Method.WORKSHOP, 2, min_lag=4, needs_trainer=True, item_ids=(doing.id,)),
    ]
    lay(house, leader, first(house, leader, world), steps)
    before = first(house, leader, world).content
    assert [one.hours for one in before.activities] == [1.5, 7.0]
    lay(house, leader, first(house, leader, world), before.activities[::-1])
    save(house, leader, first(house, leader, world), DOING)
    after = first(house, leader, world).content
    assert [one.id for one in after.activities] == [one.id for one in before.activities[::-1]]
    assert [one.id for one in after.items] == [doing.id] and after.activities[1].item_ids == ()


def test_every_change_can_be_taken_back_one_after_the_other(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    save(house, leader, view, KNOWING, DOING)
    two = first(house, leader, world).content
    lay(house, leader, first(house, leader, world), [Activity(0, Stage.DURING, "工作坊", Method.WORKSHOP, 2, item_ids=(two.items[1].id,))])
    save(house, leader, first(house, leader, world), KNOWING)
    for expected in ((2, 1), (2, 0), (0, 0)):
        assert first(house, leader, world).undoable
        with house.database.writing() as db:
            content.undo(db, leader, view.id)
        found = first(house, leader, world).content
        assert (len(found.items), len(found.activities)) == expected
        assert not found.items or [one.id for one in found.items] == [one.id for one in two.items]
    with pytest.raises(BadInput), house.database.writing() as db:
        content.undo(db, leader, view.id)


def test_of_two_planners_the_second_is_told_and_loses_nothing(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    save(house, leader, view, KNOWING)
    with pytest.raises(Conflict):
        save(house, leader, view, DOING)
    assert [one.facts.name for one in first(house, leader, world).content.items] == [KNOWING.name]


def test_what_cannot_be_kept_is_named(house: Instance, leader: Actor, world: Ripe) -> None:
    for wrong, said in (
        (replace(KNOWING, name=" "), "第 1 个"),
        (replace(KNOWING, hours=0.0), "学时"),
        (replace(KNOWING, level=7), "L1 到 L5"),
    ):
        with pytest.raises(BadInput, match=said):
            save(house, leader, first(house, leader, world), wrong)
    with pytest.raises(BadInput, match="间隔"):
        lay(house, leader, first(house, leader, world), [Activity(0, Stage.DURING, "班", Method.CASE, 1, min_lag=4, max_lag=2)])
    with pytest.raises(BadInput, match="最早"), house.database.writing() as db:
        view = first(house, leader, world)
        wrong_days = Settings(earliest=date(2027, 5, 1), due=date(2027, 4, 1))
        content.save_settings(db, leader, view.id, view.content.version, wrong_days)


def test_the_schedule_reads_designs_with_their_competencies_and_defaults(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        take_in(db, leader, [one.code for one in seeds("zh") if one.code and "资产配置" in (one.facts.name, *one.facts.aliases)])
    save(house, leader, first(house, leader, world), KNOWING, DOING)
    view = first(house, leader, world)
    step = Activity(
        0,
        Stage.DURING,
        "工作坊",
        Method.WORKSHOP,
        2,
        min_lag=4,
        max_lag=60,
        equipment=("投影",),
        needs_trainer=True,
        item_ids=(view.content.items[1].id,),
    )
    lay(house, leader, view, [step])
    with house.database.reading() as db:
        found = content.designs(db, leader, world.plan)
    [activity] = found[0].activities
    assert (activity.slots, activity.min_lag_slots, activity.max_lag_slots, activity.equipment) == (2, 4, 60, ("投影",))
    assert len(activity.competency_ids) == 1 and activity.needs_trainer and not activity.online
    assert found[0].priority in (2, 3, 5) and found[0].cohort_size <= 36 and all(not one.activities for one in found[1:])
    view = first(house, leader, world)
    with house.database.writing() as db:
        content.save_settings(db, leader, view.id, view.content.version, Settings(priority=1, due=date(2027, 6, 30), cohort_size=20))
    with house.database.reading() as db:
        chosen = content.designs(db, leader, world.plan)[0]
    assert (chosen.priority, chosen.due, chosen.cohort_size) == (1, date(2027, 6, 30), 20)


def test_managers_and_executives_read_and_do_not_change(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, administrator: Actor, world: Ripe
) -> None:
    save(house, leader, first(house, leader, world), KNOWING)
    for reader in (manager, executive):
        view = first(house, reader, world)
        assert len(view.content.items) == 1 and not view.undoable
        for act in (lambda v=view, r=reader: save(house, r, v, DOING), lambda v=view, r=reader: lay(house, r, v, [])):
            with pytest.raises(NotAllowed):
                act()
    with pytest.raises(NotAllowed):
        first(house, administrator, world)
    with pytest.raises(NotFound), house.database.reading() as db:
        content.find(db, leader, 9_999)
