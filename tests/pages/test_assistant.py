"""The assistant's page: asking, citations, keeping evidence, conversations."""

from __future__ import annotations

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.assistant import service as memory
from core.assistant.asking import Assistant
from core.documents import service as library
from core.instance import Instance
from tests.endpoint import Endpoint, drops
from tests.library import STRATEGY, add, settle, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/assistant.py"
QUESTION = "客户经理持证上岗率是多少？"
ANSWER = "客户经理持证上岗率不低于百分之九十五"


@pytest.fixture
def shelf(house: Instance, leader: Actor, plan: int) -> int:
    """A library of one document, and a plan that the leader works on; the document's id."""
    works_on(house, leader, plan)
    return shelve(house, leader, "总行战略.md", STRATEGY)


def ask(at: AppTest, question: str = QUESTION) -> AppTest:
    """Type a question and send it."""
    return at.chat_input[0].set_value(question).run()


def test_without_a_plan_one_is_asked_for(leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "请先在左侧选择年度计划" in words(at) and not at.chat_input


def test_with_an_empty_library_the_way_there_is_offered(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "助手无从回答" in words(at) and "打开文件库" in labels(at, "button") and not at.chat_input


def test_who_comes_while_the_first_file_is_read_sees_how_far_it_is(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    add(house, leader, "总行战略.md", STRATEGY)
    at = visit(leader, PAGE)
    assert "读完就可以在这里提问" in words(at) and "正在读入 1 份文件" in words(at) and not at.chat_input
    settle(house)
    assert at.run().chat_input


def test_an_answer_is_labelled_numbered_and_cited(shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(visit(leader, PAGE))
    said = words(at)
    assert f"{ANSWER}，每季度末报告进展。 :primary[[1]]" in said
    assert "摘录" in said and "**1** 总行战略" in said


def test_what_the_documents_do_not_hold_is_not_answered(shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(visit(leader, PAGE), "食堂几点开饭？")
    assert "没有找到能回答这个问题的内容" in words(at)
    assert "留作依据" not in labels(at, "button")


def test_a_follow_up_shows_how_it_was_understood(shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(ask(visit(leader, PAGE), "2028年末财富管理客户资产规模达到多少？"), "那年均增长呢？")
    assert "理解为：" in words(at)


def test_the_answer_is_kept_as_evidence_once_and_says_so(house: Instance, shelf: int, leader: Actor, plan: int, visit: Visit) -> None:
    at = press(ask(visit(leader, PAGE)), "留作依据")
    assert "已留存" in labels(at, "button") and "留作依据" not in labels(at, "button")
    with house.database.reading() as db:
        kept = memory.evidence(db, leader, plan)
    assert [one.evidence.quote for one in kept] == [f"{ANSWER}，每季度末报告进展。"]
    assert kept[0].evidence.question == QUESTION


def test_a_citation_opens_its_passage_marked_in_place(shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(visit(leader, PAGE))
    next(one for one in at.button if "总行战略" in one.label).click()
    at.run()
    html = next(text for text in words(at).split("\n") if "<mark" in text)
    assert ANSWER in html.split("<mark", 1)[1].split("</mark>")[0]


def test_an_answer_does_not_outlive_the_document_that_it_cites(house: Instance, shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(visit(leader, PAGE))
    with house.database.writing() as db:
        library.remove(db, leader, shelf)
    at.run()
    assert ANSWER not in words(at) and "已被移除" in words(at)


def test_those_who_keep_no_evidence_are_not_offered_to(house: Instance, shelf: int, executive: Actor, plan: int, visit: Visit) -> None:
    works_on(house, executive, plan)
    at = ask(visit(executive, PAGE))
    assert ANSWER in words(at) and "留作依据" not in labels(at, "button")


def test_sample_documents_are_labelled_in_citations(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    shelve(house, leader, "总行战略.md", STRATEGY, sample=True)
    assert any(":gray-badge[Sample]" in label for label in labels(ask(visit(leader, PAGE, "en")), "button"))
    assert any(":gray-badge[示例]" in label for label in labels(ask(visit(leader, PAGE)), "button"))


def test_conversations_are_named_switched_and_deleted(house: Instance, shelf: int, leader: Actor, plan: int, visit: Visit) -> None:
    at = ask(visit(leader, PAGE))
    press(at, "新对话")
    assert ANSWER not in words(at)
    ask(at, "财富管理客户资产规模要达到多少？")
    switch = next(one for one in at.selectbox if one.label == "对话")
    assert [option for option in switch.options][1:] == ["财富管理客户资产规模要达到多少？", QUESTION]
    switch.set_value(1).run()
    assert ANSWER in words(at)
    next(one for one in at.text_input if one.label == "对话名称").set_value("持证率")
    press(at, "改名")
    press(at, "删除这个对话")
    with house.database.reading() as db:
        assert [one.title for one in memory.conversations(db, leader, plan)] == ["财富管理客户资产规模要达到多少？"]


def test_a_long_conversation_shows_its_end_and_the_rest_on_request(
    house: Instance, shelf: int, leader: Actor, plan: int, visit: Visit
) -> None:
    answer = house.assistant.ask(leader, QUESTION)
    conversation = None
    with house.database.writing() as db:
        for number in range(34):
            conversation = memory.keep_exchange(db, leader, plan, conversation, f"第{number}问", f"第{number}问", answer)
    at = visit(leader)
    at.session_state["conversation"] = conversation
    at.switch_page(PAGE).run()
    assert "第33问" in words(at) and "第5问" not in words(at)
    press(at, "显示更早的 24 条")
    assert "第5问" in words(at)


def test_a_model_answers_with_checked_citations_and_a_broken_stream_falls_back(
    house: Instance, shelf: int, leader: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Endpoint() as endpoint:
        monkeypatch.setenv("CEXUN_MODEL_URL", endpoint.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        house.follow_settings()
        endpoint.reply = drops(ANSWER, 2)
        at = ask(visit(leader, PAGE))
        assert ANSWER in words(at) and "摘录" in words(at)
        assert endpoint.chats


def test_while_a_model_is_thinking_the_page_says_how_long_it_waits(
    house: Instance, shelf: int, leader: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEXUN_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
    house.follow_settings()

    def stopped(*_: object) -> None:
        """The reader stops before anything has come."""
        raise StopException

    monkeypatch.setattr(Assistant, "answer", stopped)
    at = ask(visit(leader, PAGE))
    assert "等待模型作答，已等 0 秒，最长 60 秒" in words(at)


def test_a_question_whose_answer_was_interrupted_is_not_lost(house: Instance, shelf: int, plan: int, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        begun = memory.begin(db, leader, plan, None, QUESTION)
    # The page was left in the middle and opened anew: a tab of its own, which remembers nothing.
    at = visit(leader)
    at.switch_page(PAGE).run()
    assert QUESTION in words(at) and "还没有回答" in words(at)
    press(at, "再问一次")
    assert ANSWER in words(at) and "还没有回答" not in words(at)
    with house.database.reading() as db:
        assert len(memory.exchanges(db, leader, begun.conversation_id)) == 1 and not memory.unanswered(db, leader, begun.conversation_id)


def test_a_question_without_an_answer_can_be_let_go(house: Instance, shelf: int, plan: int, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        begun = memory.begin(db, leader, plan, None, QUESTION)
    at = visit(leader)
    at.session_state["conversation"] = begun.conversation_id
    press(at.switch_page(PAGE).run(), "算了")
    with house.database.reading() as db:
        assert memory.conversations(db, leader, plan) == []


def test_markup_in_questions_does_nothing(shelf: int, leader: Actor, visit: Visit) -> None:
    at = ask(visit(leader, PAGE), "![x](http://evil.example/?d=1) 客户经理持证上岗率是多少？")
    asked = [one.value for one in at.chat_message[0].markdown]
    assert "\\!\\[x\\]" in asked[0]
