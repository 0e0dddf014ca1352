"""The themes page: from accepted findings to a map, edited in its table, moved, linked."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.strategy.themes import suggesting
from core.strategy.themes.service import Draft, Overview
from core.strategy.themes.tags import Lens
from pages.strategy.parts.themes_table import Row, wishes
from tests.core.strategy.world import CERTIFIED, World, build
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/themes.py"
TABLE = "themes_table_1"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = build(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def grouped(house: Instance, leader: Actor, world: World) -> World:
    proposal = suggesting.propose(look(house, leader, world))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, world.plan, proposal)
    return world


def look(house: Instance, actor: Actor, world: World) -> Overview:
    with house.database.reading() as db:
        return themes.overview(db, actor, world.plan)


def part_of(at: AppTest) -> Any:
    """The choice between table, findings and links."""
    return next(one for one in at.get("button_group") if one.key == "themes_part")


def test_without_findings_the_page_leads_to_where_they_come_from(leader: Actor, plan: int, visit: Visit) -> None:
    assert "已采纳的发现" in words(visit(leader, PAGE))


def test_accepted_findings_are_grouped_at_one_press(house: Instance, world: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "已采纳 6 条发现" in words(at)
    press(at, "建议归类")
    assert [view.theme.name for view in look(house, leader, world).themes] == [
        "以零售转型为主体，做深财富客户经营",
        "建设专业过硬的客户经理队伍",
    ]
    assert "1 条已采纳的发现还没有归入主题" in words(at)


@pytest.mark.parametrize(("language", "said"), [("zh", "发现的归类（1 条未归入）"), ("en", "Findings (1 ungrouped)")])
def test_the_map_stands_on_top_with_its_files(grouped: World, leader: Actor, visit: Visit, language: str, said: str) -> None:
    at = visit(leader, PAGE, language)
    files = {"zh": ("导出 PNG", "导出 Word 章节"), "en": ("Export SVG", "Export Word chapter")}
    assert at.get("vega_lite_chart") and set(files[language]) <= set(labels(at, "download_button"))
    assert said in str([one.options for one in at.get("button_group")])
    words(at)


def test_the_table_is_saved_at_once(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.session_state[TABLE] = {
        "edited_rows": {0: {"owner": "零售金融部", "weight": 60, "lenses": ["channels"], "perspective": "financial"}},
        "added_rows": [{"name": "跨境金融", "perspective": "customer"}],
        "deleted_rows": [1],
    }
    at.run()
    first, added = (view.theme for view in look(house, leader, grouped).themes)
    assert (first.owner, first.weight, first.lenses, first.perspective) == ("零售金融部", 60, ["channels"], Perspective.FINANCIAL)
    assert added.name == "跨境金融"
    press(at, "恢复")
    assert len(look(house, leader, grouped).themes) == 3


def test_what_was_done_is_undone_in_another_tab(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    before = look(house, leader, grouped).themes[1].theme.name
    at = visit(leader, PAGE)
    at.session_state[TABLE] = {"edited_rows": {0: {"owner": "零售金融部"}}, "added_rows": [], "deleted_rows": [1]}
    at.run()
    assert len(look(house, leader, grouped).themes) == 1
    later = visit(leader, PAGE)
    press(later, "撤销上一步")
    first, second = (view.theme for view in look(house, leader, grouped).themes)
    assert first.owner == "" and second.name == before
    assert "修改战略主题" in words(later) and "已撤销" in words(later)


def test_the_second_editor_is_told_and_nothing_is_overwritten(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    row = look(house, leader, grouped).themes[0]
    with house.database.writing() as db:
        themes.change(db, leader, row.id, row.theme.version or 0, Draft("别人的名字", Perspective.CUSTOMER))
    at.session_state[TABLE] = {"edited_rows": {0: {"name": "我的名字"}}, "added_rows": [], "deleted_rows": []}
    at.run()
    assert "别人的名字" in words(at) and "我的名字" in words(at)
    assert look(house, leader, grouped).themes[0].theme.name == "别人的名字"
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side")).set_value("theirs")
    press(at.run(), "保存选好的")
    assert look(house, leader, grouped).themes[0].theme.name == "别人的名字" and "我的名字" not in words(at)
    assert look(house, leader, grouped).themes[0].theme.name == "别人的名字"


def test_an_edit_of_a_row_that_is_deleted_at_once_is_only_a_deletion() -> None:
    row = Row(1, 1, Draft("甲", Perspective.PROCESS, lenses=(Lens.TOOLS,)), 0)
    found = wishes([row], {"edited_rows": {"0": {"name": "乙"}}, "added_rows": [], "deleted_rows": [0]})
    assert found.removed == (row,) and not found.changed
    cleared = wishes([row], {"edited_rows": {0: {"owner": None, "weight": None, "layer": None, "lenses": None}}})
    assert cleared.changed[0][1] == Draft("甲", Perspective.PROCESS)


def test_the_findings_of_a_theme_say_why_they_are_there(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    part_of(at).set_value("findings").run()
    at.selectbox(key="theme_chosen").set_value(look(house, leader, grouped).themes[0].id).run()
    frame = at.dataframe[0].value
    assert list(frame["why"]) == ["主题来源", "同一章节", "同一章节"]
    assert frame["open"].str.startswith("document?id=").all()


def test_links_are_added_and_a_circle_is_refused(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    retail, people = look(house, leader, grouped).themes
    at = visit(leader, PAGE)
    part_of(at).set_value("links").run()

    def link(cause: int, effect: int) -> None:
        boxes = [one for one in at.selectbox if one.label in ("原因：哪个主题", "结果：支撑哪个主题")]
        boxes[0].set_value(cause)
        boxes[1].set_value(effect)
        press(at, "加入地图")

    link(people.id, retail.id)
    assert len(look(house, leader, grouped).links) == 1
    link(retail.id, people.id)
    assert "绕成一圈" in at.error[0].value
    assert len(look(house, leader, grouped).links) == 1


def test_weights_are_normalised(house: Instance, grouped: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    press(at, "权重归一到 100")
    assert look(house, leader, grouped).weight == 100
    assert "权重归一到 100" not in labels(at, "button")


def test_an_executive_reads_and_changes_nothing(house: Instance, grouped: World, executive: Actor, visit: Visit) -> None:
    works_on(house, executive, grouped.plan)
    at = visit(executive, PAGE)
    words(at)
    assert not {"建议归类", "权重归一到 100", "移动"} & set(labels(at, "button"))
    assert at.dataframe


@pytest.mark.parametrize("count", [1, 60])
def test_one_theme_and_sixty(house: Instance, world: World, leader: Actor, visit: Visit, count: int) -> None:
    with house.database.writing() as db:
        for number in range(count):
            themes.create(db, leader, world.plan, Draft(f"主题{number}", list(Perspective)[number % 4]))
        one = themes.overview(db, leader, world.plan).themes[0]
        themes.move(db, leader, world.plan, {world.findings[CERTIFIED]: None}, one.id)
    at = visit(leader, PAGE)
    words(at)
    for part in ("findings", "links"):
        part_of(at).set_value(part).run()
        words(at)
