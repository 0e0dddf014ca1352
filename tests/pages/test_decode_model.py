"""What the review board says of the model: at work, done, failed, to be asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job
from core.strategy.tables import FindingState
from tests.core.strategy.refining.scripts import TEXT, answer, answering, change, nothing
from tests.endpoint import Endpoint, fails
from tests.library import settle, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/decode.py"
TASK = "组建跨境金融专家小组"


@pytest.fixture
def endpoint(house: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A model that the house is set up with."""
    with Endpoint() as running:
        monkeypatch.setenv("CEXUN_MODEL_URL", running.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        house.follow_settings()
        running.reply = nothing
        yield running


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    """A plan with one document that can be decoded."""
    shelve(house, leader, "工作计划.md", TEXT)
    with house.database.writing() as db:
        made = plans.create(db, leader, "海城分行", 2027).id or 0
    works_on(house, leader, made)
    return made


def decode(house: Instance, leader: Actor, plan: int) -> None:
    """The rules' part."""
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, [1])
    settle(house)


@pytest.mark.parametrize(
    ("language", "alone", "sent"),
    [("zh", "全部在本机完成", "发送到设置里的模型地址"), ("en", "this machine; no outside", "goes to the model")],
)
def test_who_decodes_is_said_before_it_begins(
    house: Instance, leader: Actor, plan: int, visit: Visit, monkeypatch: pytest.MonkeyPatch, language: str, alone: str, sent: str
) -> None:
    assert alone in words(visit(leader, PAGE, language))
    monkeypatch.setenv("CEXUN_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
    house.follow_settings()
    said = words(visit(leader, PAGE, language))
    assert sent in said and alone not in said


@pytest.mark.parametrize(
    ("language", "at_work", "after", "why"),
    [
        ("zh", "等候模型核对《工作计划》", "模型改动了 1 条", "规则看作核心任务，模型改判"),
        ("en", "Waiting for the model to check", "The model changed 1", "a task to the rules, changed by the model"),
    ],
)
def test_the_models_work_is_followed_and_labelled(
    house: Instance, leader: Actor, plan: int, endpoint: Endpoint, visit: Visit, language: str, at_work: str, after: str, why: str
) -> None:
    endpoint.reply = answering(lambda request: answer(change(request, TASK, "task", kind="theme")))
    decode(house, leader, plan)
    at = visit(leader, PAGE, language)
    assert at_work in words(at) and len([one for one in at.button if one.key == "stop_refining"]) == 1
    house.model_worker.run()
    at = visit(leader, PAGE, language)
    at.text_input(key="review_words").set_value(TASK).run()
    said = words(at)
    assert at_work not in said and after in said and "rules" in said and "stub-model · strategy/decode v1" in said
    assert why in said and "stub-model" in said.split(why)[1]


@pytest.mark.parametrize(
    ("language", "label", "reason", "again"),
    [
        ("zh", "只用规则解码", "代码 500", "请模型重新核对（1 份）"),
        ("en", "Decoded by rules alone", "code 500", "Let the model try again (1 document)"),
    ],
)
def test_a_model_that_failed_is_named_with_its_reason_and_can_be_asked_again(
    house: Instance, leader: Actor, plan: int, endpoint: Endpoint, visit: Visit, language: str, label: str, reason: str, again: str
) -> None:
    endpoint.reply = fails(500)
    decode(house, leader, plan)
    house.model_worker.run()
    at = visit(leader, PAGE, language)
    assert label in words(at) and reason in words(at) and TASK in words(at)
    endpoint.reply = nothing
    press(at, again)
    house.model_worker.run()
    assert label not in words(visit(leader, PAGE, language))


def test_what_was_decoded_before_there_was_a_model_can_be_given_to_it(
    house: Instance, leader: Actor, plan: int, visit: Visit, request: pytest.FixtureRequest
) -> None:
    decode(house, leader, plan)
    assert "大模型" not in words(visit(leader, PAGE)) and "请模型" not in words(visit(leader, PAGE))
    endpoint: Endpoint = request.getfixturevalue("endpoint")
    at = visit(leader, PAGE)
    assert "1 份文件只用规则解码过，可以请模型 stub-model 核对。" in words(at)
    press(at, "请模型核对")
    house.model_worker.run()
    assert endpoint.chats and "规则与模型一起解码的文件（1）" in words(visit(leader, PAGE))


def test_a_manager_sees_the_label_and_no_button(
    house: Instance, leader: Actor, manager: Actor, plan: int, endpoint: Endpoint, visit: Visit
) -> None:
    endpoint.reply = fails(500)
    decode(house, leader, plan)
    house.model_worker.run()
    works_on(house, manager, plan)
    at = visit(manager, PAGE)
    assert "只用规则解码" in words(at) and not [label for label in labels(at, "button") if "模型" in label]


@pytest.mark.parametrize(("language", "said"), [("zh", "已搁置"), ("en", "Set aside")])
def test_a_task_that_the_model_set_aside_is_not_called_a_target(
    house: Instance, leader: Actor, plan: int, endpoint: Endpoint, visit: Visit, language: str, said: str
) -> None:
    endpoint.reply = answering(lambda request: answer(change(request, TASK, "task", kind="none", reason="context")))
    decode(house, leader, plan)
    house.model_worker.run()
    at = visit(leader, PAGE, language)
    assert said in words(at) and "未当作目标" not in words(at)
    at.selectbox(key="review_state").set_value(FindingState.ASIDE).run()
    assert TASK in words(at)
