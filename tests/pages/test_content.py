"""The pages of content, design, shares, checklists and transfer plans, as the people who may see them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import clock
from core.access.actor import Actor
from core.delivery.content import checking_off, designing, transfer
from core.delivery.content import service as content
from core.delivery.content.item import ItemFacts
from core.delivery.content.service import ContentView, Entered
from core.delivery.content.terms import Author, Pattern, Rhythm, Tier, Way
from core.delivery.content.transfer import ActionFacts
from core.instance import Instance
from core.projects.tables import Project
from tests.core.people.menu_world import furnish
from tests.core.strategy.ideas_world import Ripe, accepted
from tests.endpoint import Endpoint, Reply, fails, says
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

CONTENT, DESIGN, SHARES, LIST, TRANSFER = (f"delivery/{name}.py" for name in ("content", "design", "shares", "checklist", "transfer"))
ITEMS = (ItemFacts("适当性制度要点", "说出红线", 1.5, "资产配置", 1), ItemFacts("客户异议处理演练", "当面处理三类异议", 7.0, "资产配置", 3))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    made = accepted(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def taught(house: Instance, leader: Actor, world: Ripe) -> int:
    project = first(house, leader, world).id
    with house.database.writing() as db:
        content.save_items(db, leader, project, 0, [Entered(0, one) for one in ITEMS])
    return project


@pytest.fixture
def designed(house: Instance, leader: Actor, taught: int) -> int:
    with house.database.writing() as db:
        designing.begin(db, leader, taught, 1, Pattern.PREWORK_WORKSHOP, Tier.ADVANCED, Rhythm.IMMERSIVE, "zh")
    return taught


def first(house: Instance, actor: Actor, world: Ripe) -> ContentView:
    with house.database.reading() as db:
        return content.contents(db, actor, world.plan)[0]


def typed(at: AppTest, key: str, **edits: Any) -> AppTest:
    """What somebody types into a table."""
    at.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return at.run()


def told(at: AppTest) -> str:
    """Everything that stands on the page, in its tables too."""
    return "\n".join([words(at), *(one.value.to_string() for one in at.dataframe)])


@pytest.mark.parametrize("page", [CONTENT, DESIGN, SHARES, LIST, TRANSFER])
def test_without_projects_each_page_leads_on(page: str, house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, page)
    assert not at.exception and labels(at, "button")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_project_teaches_is_shown_with_its_triage_and_the_reason(
    language: str, house: Instance, leader: Actor, world: Ripe, designed: int, visit: Visit
) -> None:
    at = visit(leader, CONTENT, language, project=designed)
    ways = {
        "zh": ("AI 自学自测", "面授聚焦", "说的是要做的事"),
        "en": ("Self-study and test by AI", "Face to face", "speak of something to be done"),
    }
    shown = told(at)
    assert all(word in shown for word in ways[language]) and "triage 1" in shown
    for page in (DESIGN, SHARES, LIST, TRANSFER):
        assert not visit(leader, page, language, project=designed).exception


def test_a_row_that_is_typed_is_kept_and_taken_back(house: Instance, leader: Actor, world: Ripe, taught: int, visit: Visit) -> None:
    at = visit(leader, CONTENT, project=taught)
    at = typed(at, f"content_items_{taught}_1", added_rows=[{"name": "投诉处理案例", "hours": 2.0}], edited_rows={0: {"hours": 3.0}})
    assert "改动还没有保存" in words(at)
    press(at, "保存 2 行改动")
    items = first(house, leader, world).content.items
    assert [one.facts.hours for one in items] == [3.0, 7.0, 2.0] and items[2].way is Way.FACE_TO_FACE
    press(visit(leader, CONTENT, project=taught), "撤销上一步")
    assert len(first(house, leader, world).content.items) == 2


def test_a_planner_lays_out_a_pattern_and_moves_a_step(house: Instance, leader: Actor, world: Ripe, taught: int, visit: Visit) -> None:
    at = visit(leader, DESIGN, project=taught)
    press(at, "按模式排出步骤")
    found = first(house, leader, world).content
    steps = found.activities
    assert len(steps) >= 3
    at = visit(leader, DESIGN, project=taught)
    assert "设计符合各条规则" in words(at)
    at = typed(at, f"design_steps_{taught}_{found.version}", edited_rows={0: {"order": 99.0}})
    assert "却排在" in words(at)
    press(at, "保存 1 行改动")
    assert first(house, leader, world).content.activities[-1].id == steps[0].id


def test_a_plan_keeps_its_own_targets(house: Instance, leader: Actor, world: Ripe, designed: int, visit: Visit) -> None:
    at = visit(leader, SHARES)
    assert "示例默认值" in words(at) and "÷" in told(at)
    at = typed(at, f"shares_{world.plan}_", edited_rows={0: {"target": 30.0, "note": "本行2027年1号文"}})
    press(at, "保存 1 行改动")
    assert "恢复示例默认值" in labels(visit(leader, SHARES), "button")


def test_checklists_begin_and_say_their_days_once_there_are_some(
    house: Instance, leader: Actor, world: Ripe, designed: int, visit: Visit
) -> None:
    at = visit(leader, LIST)
    press(at, next(one for one in labels(at, "button") if one.startswith("给 ")))
    at = visit(leader, LIST, project=designed)
    assert "首次课 T-10 个工作日" in told(at) and "还没有排期" in words(at)
    with house.database.writing() as db:
        checking_off.set_span(db, leader, designed, clock.today(), clock.today())
    assert "件事已逾期" in words(visit(leader, LIST, project=designed))


def test_managers_see_their_own_people_alone_and_only_read_designs(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Ripe, designed: int, visit: Visit
) -> None:
    furnish(house, leader, manager)
    works_on(house, manager, world.plan)
    works_on(house, executive, world.plan)
    with house.database.writing() as db:
        row = db.get(Project, designed)
        assert row is not None
        row.post = "客户经理"
    soon = clock.today() + timedelta(days=2)
    with house.database.writing() as db:
        for one in transfer.participants(db, leader, designed, clock.today()).people:
            transfer.add(db, leader, designed, one.id, ActionFacts("约见五户", soon, "王主任", "记录"), clock.today())
    shown = told(visit(manager, TRANSFER, project=designed))
    assert "张敏" in shown and "王芳" not in shown and "云岭0" not in shown
    assert "王芳" in told(visit(leader, TRANSFER, project=designed))
    for page in (CONTENT, DESIGN, SHARES, LIST):
        for reader in (manager, executive):
            at = visit(reader, page, project=designed)
            assert not at.exception and not any(one.startswith(("保存", "按模式", "撤销", "给 ")) for one in labels(at, "button"))


@pytest.fixture
def endpoint(house: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A model that the house is set up with."""
    with Endpoint() as running:
        monkeypatch.setenv("CEXUN_MODEL_URL", running.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        house.follow_settings()
        yield running


def sorts(*told: tuple[str, str, str]) -> Reply:
    """The model sorts these items: number, way, reason."""
    items = [{"number": number, "way": way, "reason": reason} for number, way, reason in told]
    return says(json.dumps({"items": items}, ensure_ascii=False))


@pytest.mark.parametrize(
    ("language", "ask", "take", "silent", "by"),
    [
        ("zh", "请模型分流", "采用模型的分流", "有 1 项模型没有给出可用的回答，仍按规则", "模型"),
        ("en", "Ask the model", "Take over the model’s triage", "1 item", "model"),
    ],
)
def test_a_models_triage_is_shown_beside_the_rules_and_kept_when_a_person_takes_it(
    house: Instance, leader: Actor, taught: int, endpoint: Endpoint, visit: Visit, language: str, ask: str, take: str, silent: str, by: str
) -> None:
    endpoint.reply = sorts(("1", "face_to_face", "红线要当面问答"), ("2", "nonsense", "?"))
    at = visit(leader, CONTENT, language, project=taught)
    press(at, ask)
    assert len(endpoint.chats) == 1 and "适当性制度要点" in endpoint.chats[0].prompt
    assert silent in words(at)
    press(at, take)
    with house.database.reading() as db:
        first_item, second_item = content.find(db, leader, taught).content.items
    assert (first_item.way, first_item.triage.author) == (Way.FACE_TO_FACE, Author.MODEL)
    assert second_item.triage.author is Author.RULE and by in words(at).lower()


@pytest.mark.parametrize("reply", [fails(500), says("我不知道")])
def test_a_model_that_fails_leaves_the_rules_triage_and_says_so(
    house: Instance, leader: Actor, taught: int, endpoint: Endpoint, visit: Visit, reply: Reply
) -> None:
    endpoint.reply = reply
    at = visit(leader, CONTENT, project=taught)
    press(at, "请模型分流")
    assert at.error and not any(one.label == "采用模型的分流" for one in at.button)
    with house.database.reading() as db:
        assert {one.triage.author for one in content.find(db, leader, taught).content.items} == {Author.RULE}
