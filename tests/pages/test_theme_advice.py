"""A model's advice on the themes page: offered only with a model, labelled, taken or left by a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.themes import service as themes
from core.strategy.themes import suggesting
from core.strategy.themes.service import Overview
from tests.core.strategy.world import World, build
from tests.endpoint import Endpoint, Reply, Request, fails, says
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/themes.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    """Two themes, and one finding that is in none."""
    made = build(house, leader)
    works_on(house, leader, made.plan)
    with house.database.writing() as db:
        suggesting.take_over(db, leader, made.plan, suggesting.propose(themes.overview(db, leader, made.plan)))
    return made


@pytest.fixture
def endpoint(house: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A model that the house is set up with; it has some advice on everything."""
    with Endpoint() as running:
        monkeypatch.setenv("CEXUN_MODEL_URL", running.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        house.follow_settings()
        running.reply = advise
        yield running


def advise(request: Request) -> Reply:
    retail, people = re.findall(r"^(T\d+) \(", request.prompt, re.MULTILINE)[:2]
    found = re.search(r"^(F\d+):", request.prompt, re.MULTILINE)
    given = {
        "names": [{"theme": retail, "name": "做深财富客户经营"}],
        "places": [{"finding": found[1] if found else "", "theme": people}],
        "links": [{"cause": people, "effect": retail, "why": "客户经理队伍专业过硬，带动财富客户经营"}],
    }
    return says(json.dumps(given, ensure_ascii=False), piece=200)


def look(house: Instance, actor: Actor, world: World) -> Overview:
    with house.database.reading() as db:
        return themes.overview(db, actor, world.plan)


def test_without_a_model_none_is_offered(world: World, leader: Actor, visit: Visit) -> None:
    assert not [label for label in labels(visit(leader, PAGE), "button") if "模型" in label]


@pytest.mark.parametrize(
    ("language", "ask", "take"), [("zh", "请模型建议主题名称", "采用 1 个名称"), ("en", "Let the model suggest names", "Take 1 name")]
)
def test_a_suggested_name_is_shown_beside_the_present_one_and_taken(
    house: Instance, world: World, leader: Actor, endpoint: Endpoint, visit: Visit, language: str, ask: str, take: str
) -> None:
    at = press(visit(leader, PAGE, language), ask)
    assert "stub-model" in words(at) and look(house, leader, world).themes[0].theme.name != "做深财富客户经营"
    press(at, take)
    assert look(house, leader, world).themes[0].theme.name == "做深财富客户经营"


def test_suggested_names_may_be_left(house: Instance, world: World, leader: Actor, endpoint: Endpoint, visit: Visit) -> None:
    before = [view.theme.name for view in look(house, leader, world).themes]
    at = press(press(visit(leader, PAGE), "请模型建议主题名称"), "都不采用")
    assert "都不采用" not in labels(at, "button")
    assert [view.theme.name for view in look(house, leader, world).themes] == before


def test_findings_are_placed_and_links_suggested(house: Instance, world: World, leader: Actor, endpoint: Endpoint, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.session_state["themes_part"] = "findings"
    press(at.run(), "请模型归类（1 条）")
    assert not look(house, leader, world).ungrouped
    at = visit(leader, PAGE)
    at.session_state["themes_part"] = "links"
    at = press(at.run(), "请模型建议因果关系")
    (link,) = look(house, leader, world).links
    assert link.suggested and "模型建议了 1 条因果关系，等待确认" in [toast.value for toast in at.toast]


def test_a_model_that_fails_says_why_and_changes_nothing(
    house: Instance, world: World, leader: Actor, endpoint: Endpoint, visit: Visit
) -> None:
    endpoint.reply = fails(500)
    at = press(visit(leader, PAGE), "请模型建议主题名称")
    assert "模型没有给出建议，什么也没有改动。原因：模型服务出错（代码 500）" in words(at)
