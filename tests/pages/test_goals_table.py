"""The table of all goals: edited and pasted into, saved and taken back together, collisions shown, read by those who only read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.draft import Draft, of_goal
from core.goals.service import GoalView, Standing
from core.instance import Instance
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import Ripe, accepted
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "goals/table.py"
VAGUE = of_goal(replace(WORKED, behaviour="提升客户经理高质量拓客能力"))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    made = accepted(house, leader)
    works_on(house, leader, made.plan)
    return made


def views(house: Instance, leader: Actor, world: Ripe) -> list[GoalView]:
    with house.database.reading() as db:
        return goals.goals(db, leader, world.plan)


def stored(house: Instance, leader: Actor, world: Ripe, draft: Draft, place: int = 0) -> GoalView:
    view = views(house, leader, world)[place]
    with house.database.writing() as db:
        goals.save(db, leader, view.project.id, view.version, draft)
    return views(house, leader, world)[place]


def edit(at: AppTest, world: Ripe, part: str, stamp: int = 1, **changes: Any) -> AppTest:
    at.session_state[f"goals_table_{world.plan}_{part}_{stamp}"] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **changes}
    return at.run()


def test_a_plan_without_projects_is_led_to_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "去看项目想法" in labels(visit(leader, PAGE), "button")


def test_texts_and_indicators_are_edited_saved_and_taken_back(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    assert "只说要提高什么" in at.dataframe[0].value.to_string()
    at = edit(at, world, "texts", edited_rows={0: {"behaviour": WORKED.behaviour}, 1: {"pain_point": "厅堂客户等候超过四十分钟"}})
    assert "改了 2 个目标，其中 1 个通过检查" in words(at)
    press(at, "保存 2 个目标")
    stands = views(house, leader, world)
    assert stands[0].standing is Standing.PASSES and stands[1].draft.pain_point == "厅堂客户等候超过四十分钟"
    at = visit(leader, PAGE)
    name = stands[1].project.row.name
    at = edit(at, world, "lines", added_rows=[{"project": name, "kind": "绩效指标", "name": "投诉件数", "operator": "≤", "value": 3}])
    at = press(at, "保存 1 个目标")
    one = views(house, leader, world)[1].draft.lines[0].indicator
    assert (one.name, one.operator) == ("投诉件数", "<=")
    press(at, "撤销上次整批保存（1 个目标）")
    assert not views(house, leader, world)[1].draft.lines


def test_a_filter_hides_rows_and_loses_nothing_that_is_typed(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    at = edit(at, world, "texts", edited_rows={1: {"behaviour": "先问三个问题再办业务"}})
    next(one for one in at.multiselect if one.label == "有这些问题的").select("vague_behaviour").run()
    assert "改了 1 个目标" in words(at)
    press(at, "保存 1 个目标")
    assert views(house, leader, world)[1].draft.behaviour == "先问三个问题再办业务"


def test_rows_are_pasted_with_their_heading_and_laid_out_unsaved(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    view = stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    box = next(one for one in at.text_area if one.label == "粘贴到这里")
    at = box.set_value(f"项目\t行为目标\n{view.project.row.name}\t{WORKED.behaviour}\n没有这个\tx").run()
    assert "1 行不能用" in words(at)
    at = press(at, "放进表里（1 个目标）")
    assert "改动还没有保存。" in words(at) and views(house, leader, world)[0].draft == VAGUE
    press(at, "保存 1 个目标")
    assert views(house, leader, world)[0].standing is Standing.PASSES


@pytest.mark.parametrize(("choice", "behaviour"), [("theirs", "每周上门两户"), ("mine", "先问三个问题")])
def test_two_editors_see_each_other_and_one_chooses(
    choice: str, behaviour: str, house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    at = edit(at, world, "texts", edited_rows={0: {"behaviour": "先问三个问题"}, 1: {"behaviour": "再看三份流水"}})
    stored(house, leader, world, replace(VAGUE, behaviour="每周上门两户", headcount=77))
    at = at.run()
    assert "也改了同样的地方" in words(at) and "每周上门两户" in words(at) and "先问三个问题" in words(at)
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side_behaviour")).set_value(choice)
    at = press(at.run(), "按选好的合进来")
    press(at, "保存 1 个目标" if choice == "theirs" else "保存 2 个目标")
    found = [view.draft for view in views(house, leader, world)[:2]]
    assert [draft.behaviour for draft in found] == [behaviour, "再看三份流水"] and found[0].headcount == 77


@pytest.mark.parametrize("part", ["texts", "lines"])
def test_the_first_cell_that_is_edited_after_a_colleague_saved_is_not_lost(
    part: str, house: Instance, leader: Actor, world: Ripe, visit: Visit
) -> None:
    stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    stored(house, leader, world, replace(VAGUE, headcount=77))
    at = edit(at, world, part, edited_rows={0: {"behaviour": "先问三个问题"} if part == "texts" else {"source": "核心系统"}})
    if "保存 1 个目标" not in labels(at, "button") or next(one for one in at.button if one.label == "保存 1 个目标").disabled:
        at = press(at, "按选好的合进来")
    press(at, "保存 1 个目标")
    draft = views(house, leader, world)[0].draft
    assert draft.headcount == 77
    assert draft.behaviour == "先问三个问题" if part == "texts" else draft.lines[0].indicator.source == "核心系统"


def test_a_save_that_is_refused_keeps_what_was_typed(house: Instance, leader: Actor, world: Ripe, visit: Visit) -> None:
    stored(house, leader, world, VAGUE)
    at = visit(leader, PAGE)
    at = edit(at, world, "lines", edited_rows={3: {"weight": 30}})
    at = press(at, "保存 1 个目标")
    assert "权重合计应为 100" in at.error[0].value and "改动还没有保存。" in words(at.run())


def test_readers_see_all_goals_and_change_nothing(house: Instance, leader: Actor, executive: Actor, world: Ripe, visit: Visit) -> None:
    stored(house, leader, world, VAGUE)
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE, "en")
    assert "Paste" not in words(at) and not [one for one in labels(at, "button") if "Save" in one]
    assert "Export to Excel" in labels(at, "download_button") or "Goals" in words(at)
