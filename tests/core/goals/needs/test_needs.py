"""Needs in the database: who may file and read them, what is refused, put aside and taken back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC

import pytest
from openpyxl import load_workbook

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.exports.needs import needs_template, needs_workbook
from core.goals.needs import pasting
from core.goals.needs import service as needs
from core.goals.needs.terms import Layer, NeedState, Via
from core.instance import Instance
from core.people import service as people
from core.people.units import rename
from core.plans import service as plans
from core.sheets.opening import open_content
from core.strategy.ideas.terms import ProjectKind
from tests.conftest import BOTH
from tests.core.goals.needs.world import LAUNDERING, SWINGS, Asking, asking, begin, board, file, in_charge, look, seen, undo

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor, manager: Actor) -> Asking:
    made = asking(house, leader)
    in_charge(house, leader, manager, made.branch)
    return made


@both
def test_a_manager_files_for_the_units_in_their_charge_and_reads_no_others(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Asking
) -> None:
    own = file(house, manager, world.plan, "望海支行", replace(SWINGS, layer=Layer.PROFESSIONAL, level=2, quarter=3))
    assert own.row.unit_id == world.branch and own.row.filer == manager.name and own.state is NeedState.FILED
    with pytest.raises(NotAllowed, match="云岭支行"):
        file(house, manager, world.plan, "云岭支行")
    with pytest.raises(NotAllowed):
        file(house, manager, world.plan, "没有的机构")
    other = file(house, leader, world.plan, "云岭支行", LAUNDERING)
    everything = board(house, leader, world.plan)
    assert {view.id for view in everything.needs} == {own.id, other.id} and everything.anywhere
    mine = board(house, manager, world.plan)
    assert [view.id for view in mine.needs] == [own.id] and mine.units == ("望海支行",) and mine.filed == 1
    above = board(house, executive, world.plan)
    assert not above.needs and not above.reads_words and {one.unit: one.filed for one in above.tallies} == {"望海支行": 1, "云岭支行": 1}
    assert above.kind(ProjectKind.PROBLEM_DRIVEN) == 2 and above.layers[Layer.PROFESSIONAL, 2] == 1
    for act in (
        lambda db: needs.edit(db, manager, world.plan, other.id, other.row.version or 0, "望海支行", SWINGS),
        lambda db: needs.put_aside(db, manager, world.plan, seen([other]), "不归我"),
        lambda db: needs.history(db, manager, other.id),
    ):
        with pytest.raises(NotFound), house.database.writing() as db:
            act(db)


def test_a_file_that_was_filed_is_not_filed_again_and_the_export_is_read_without_its_note(
    house: Instance, leader: Actor, world: Asking
) -> None:
    filed = [file(house, leader, world.plan, "望海支行"), file(house, leader, world.plan, "云岭支行", LAUNDERING)]
    read = pasting.read_file(open_content("需求.xlsx", needs_workbook(filed, "zh", UTC)))
    assert len(read.found) == 2 and not read.refused
    again = pasting.without_filed(read, [filed[0].row])
    assert [one.unit for one in again.found] == ["云岭支行"] and [one.line for one in again.refused] == [2]
    twice = pasting.without_filed(read._replace(found=[*read.found, *read.found]), [])
    assert len(twice.found) == 2 and len(twice.refused) == 2
    blank = load_workbook(io.BytesIO(needs_template("zh")))
    for column, value in enumerate(("望海支行", "不会劝阻", "柜员"), 1):
        blank.active.cell(2, column, value)
    blank.save(saved := io.BytesIO())
    assert len(pasting.read_file(open_content("需求.xlsx", saved.getvalue())).found) == 1
    assert not pasting.read_file(open_content("需求.xlsx", saved.getvalue())).refused


@both
def test_needs_and_rounds_go_by_the_new_name_of_a_unit(house: Instance, leader: Actor, manager: Actor, world: Asking) -> None:
    begin(house, leader, world, "望海新支行")
    before = file(house, manager, world.plan, "望海支行")
    with house.database.writing() as db:
        needs.edit(db, manager, world.plan, before.id, before.row.version or 0, "望海支行", LAUNDERING)
    for old, new in (("望海支行", "望海新支行"), ("望海新支行", "望海一支行")):
        with house.database.writing() as db:
            rename(db, leader, world.branch, old, new)
        # What the round asks under that name already stays apart.
        asked = {one.row.unit for one in look(house, leader, world.plan).units}
        assert asked == {"云岭支行", "望海新支行", "望海支行" if new == "望海新支行" else new}
        assert [one.row.unit for one in board(house, manager, world.plan).needs] == [new]
    assert undo(house, manager, world.plan) == 1
    (again,) = board(house, manager, world.plan).needs
    assert (again.row.unit, again.row.problem) == ("望海一支行", SWINGS.problem)


def test_strangers_to_plans_and_executives_write_nothing(
    house: Instance, leader: Actor, executive: Actor, administrator: Actor, world: Asking
) -> None:
    for actor in (executive, administrator):
        with pytest.raises(NotAllowed):
            file(house, actor, world.plan, "望海支行")
    with pytest.raises(NotAllowed):
        board(house, administrator, world.plan)
    with house.database.writing() as db:
        plans.archive(db, leader, world.plan)
    with pytest.raises(NotFound):
        file(house, leader, world.plan, "望海支行")


def test_a_unit_is_found_in_the_roster_however_it_is_written_and_may_be_missing_from_it(
    house: Instance, leader: Actor, world: Asking
) -> None:
    assert file(house, leader, world.plan, " 望海 支行").row.unit == "望海支行"
    outside = file(house, leader, world.plan, "金融市场部").row
    assert outside.unit_id is None and outside.unit == "金融市场部"


def test_a_competency_of_the_model_is_recognised_by_its_name_or_alias(house: Instance, leader: Actor, world: Asking) -> None:
    with house.database.writing() as db:
        people.take_in(db, leader)
    with house.database.reading() as db:
        model = next(one for one in people.competencies(db, leader, "zh") if one.facts.aliases)
    for name in (model.facts.name, model.facts.aliases[0]):
        assert file(house, leader, world.plan, "望海支行", replace(SWINGS, competency=name)).row.competency_id == model.row_id
    assert file(house, leader, world.plan, "望海支行", replace(SWINGS, competency="没有的能力")).row.competency_id is None


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(SWINGS, problem="  "), "请写明问题"),
        (replace(SWINGS, post=""), "哪个岗位"),
        (replace(SWINGS, people=0), "人数应在"),
        (replace(SWINGS, quarter=5), "季度"),
        (replace(SWINGS, level=6), "水平"),
        (replace(SWINGS, problem="长" * 501), "太长"),
    ],
)
def test_what_cannot_be_filed_is_refused_with_a_sentence(house: Instance, leader: Actor, world: Asking, draft: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        file(house, leader, world.plan, "望海支行", draft)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="哪个机构"):
        file(house, leader, world.plan, " ")


def test_a_draft_is_no_answer_until_it_is_filed(house: Instance, manager: Actor, leader: Actor, world: Asking) -> None:
    begin(house, leader, world)
    kept = file(house, manager, world.plan, "望海支行", replace(SWINGS, post=""), filing=False)
    assert board(house, leader, world.plan).filed == 0 and len(look(house, leader, world.plan).silent) == 2
    with house.database.writing() as db:
        needs.edit(db, manager, world.plan, kept.id, kept.row.version or 0, "望海支行", SWINGS)
    assert [one.row.unit for one in look(house, leader, world.plan).silent] == ["云岭支行"]


@both
def test_two_who_change_the_same_need_do_not_overwrite_each_other(house: Instance, leader: Actor, manager: Actor, world: Asking) -> None:
    view = file(house, manager, world.plan, "望海支行")
    with house.database.writing() as db:
        needs.edit(db, leader, world.plan, view.id, view.row.version or 0, "望海支行", replace(SWINGS, people=30))
    with pytest.raises(Conflict), house.database.writing() as db:
        needs.edit(db, manager, world.plan, view.id, view.row.version or 0, "望海支行", replace(SWINGS, people=5))
    (now,) = board(house, manager, world.plan).needs
    assert now.row.people == 30 and now.row.filer == manager.name and now.row.changed_by == leader.name


def test_what_is_put_aside_keeps_its_reason_and_can_come_back(house: Instance, leader: Actor, manager: Actor, world: Asking) -> None:
    view = file(house, manager, world.plan, "望海支行")
    with pytest.raises(BadInput, match="理由"), house.database.writing() as db:
        needs.put_aside(db, leader, world.plan, seen([view]), " ")
    with house.database.writing() as db:
        needs.put_aside(db, leader, world.plan, seen([view]), "今年已有同类项目")
    (aside,) = board(house, manager, world.plan).needs
    assert aside.state is NeedState.PUT_ASIDE and aside.reason == "今年已有同类项目" and board(house, leader, world.plan).waiting == 0
    with pytest.raises(NotAllowed), house.database.writing() as db:
        needs.bring_back(db, manager, world.plan, seen([aside]))
    with house.database.writing() as db:
        needs.bring_back(db, leader, world.plan, seen([aside]))
    assert board(house, leader, world.plan).waiting == 1


@both
def test_actions_are_taken_back_one_after_the_other_and_only_ones_own(
    house: Instance, leader: Actor, manager: Actor, world: Asking
) -> None:
    view = file(house, leader, world.plan, "望海支行")
    with house.database.writing() as db:
        needs.edit(db, leader, world.plan, view.id, view.row.version or 0, "云岭支行", LAUNDERING)
    with pytest.raises(BadInput, match="没有可以撤销"):
        undo(house, manager, world.plan)
    undo(house, leader, world.plan)
    (back,) = board(house, leader, world.plan).needs
    assert back.row.problem == SWINGS.problem and back.row.unit_id == world.branch
    undo(house, leader, world.plan)
    assert not board(house, leader, world.plan).needs
    with pytest.raises(BadInput):
        undo(house, leader, world.plan)


def test_an_action_on_a_need_that_somebody_changed_since_cannot_be_taken_back(
    house: Instance, leader: Actor, manager: Actor, world: Asking
) -> None:
    view = file(house, manager, world.plan, "望海支行")
    with house.database.writing() as db:
        needs.edit(db, leader, world.plan, view.id, view.row.version or 0, "望海支行", LAUNDERING)
    with pytest.raises(Conflict):
        undo(house, manager, world.plan)
    assert board(house, leader, world.plan).needs[0].row.problem == LAUNDERING.problem


def test_rows_of_a_sheet_are_filed_all_or_none_and_undone_as_a_whole(house: Instance, leader: Actor, manager: Actor, world: Asking) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as db:
        needs.add_many(db, manager, world.plan, [("望海支行", SWINGS), ("云岭支行", LAUNDERING)])
    assert not board(house, leader, world.plan).needs
    with house.database.writing() as db:
        assert needs.add_many(db, leader, world.plan, [("望海支行", SWINGS), ("云岭支行", LAUNDERING)]) == 2
    assert {view.row.via for view in board(house, leader, world.plan).needs} == {Via.SHEET}
    assert undo(house, leader, world.plan) == 2 and not board(house, leader, world.plan).needs
