"""The localisation page: HQ's clause, the branch's version, the difference, the fact."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.tables import FindingRow
from core.strategy.themes import localisation, suggesting
from core.strategy.themes import service as themes
from core.strategy.themes.localisation import Lack
from tests.core.strategy.world import GROWTH, World, build
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/localise.py"
VERSION = "滨海分行零售AUM年均增长19%以上"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = build(house, leader)
    works_on(house, leader, made.plan)
    with house.database.reading() as db:
        proposal = suggesting.propose(themes.overview(db, leader, made.plan))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, made.plan, proposal)
    return made


def test_without_themes_the_page_leads_to_them(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "去归主题" in labels(at, "button")


@pytest.mark.parametrize(("language", "said"), [("zh", "没有分行版本"), ("en", "No branch version")])
def test_each_clause_stands_with_what_it_lacks(world: World, leader: Actor, visit: Visit, language: str, said: str) -> None:
    at = visit(leader, PAGE, language)
    assert said in words(at) and "零售AUM年均增长15%以上" in words(at)


def test_a_clause_that_is_a_row_of_figures_says_what_they_are(house: Instance, world: World, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        row = db.get_one(FindingRow, world.findings[GROWTH])
        row.quote, row.text = "零售AUM（亿元） | 6,820 | 7,900", "零售AUM　2027年目标：7,900亿元"
    assert "零售AUM　2027年目标：7,900亿元" in words(visit(leader, PAGE))


def test_a_version_is_written_and_its_difference_shown(house: Instance, world: World, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.text_area(key=f"version_{world.findings[GROWTH]}_0_text").set_value(VERSION)
    next(one for one in at.button if one.key == f"version_{world.findings[GROWTH]}_0_save").click()
    at.run()
    said = words(at)
    assert ":green-background[滨海分行]" in said and ":green-background[19%]" in said and "没有分行事实支撑" in said


def test_a_fact_is_found_and_taken(house: Instance, world: World, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        localisation.write(db, leader, world.plan, world.findings[GROWTH], None, VERSION)
    at = visit(leader, PAGE)
    at.text_input(key=f"fact_words_{world.findings[GROWTH]}").set_value("零售AUM 增长").run()
    press(at, "以此为依据")
    with house.database.reading() as db:
        assert Lack.NO_VERSION in localisation.unlocalised(db, leader, world.plan).values()
        assert len(localisation.unlocalised(db, leader, world.plan)) == 1
    press(at, "换一条事实")
    with house.database.reading() as db:
        assert len(localisation.unlocalised(db, leader, world.plan)) == 2


def test_an_executive_reads_and_changes_nothing(house: Instance, world: World, executive: Actor, visit: Visit) -> None:
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE)
    assert "还没有分行版本。" in words(at) and not at.text_area
    assert not {"保存", "以此为依据"} & set(labels(at, "button"))
