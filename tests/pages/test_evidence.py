"""The evidence page: what a plan has kept, filtered, exported, dropped."""

from __future__ import annotations

import csv
import io

import pytest

from core.access.actor import Actor
from core.assistant import service as memory
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from pages.strategy.parts.evidence import evidence_csv
from tests.library import SECRET, STRATEGY, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/evidence.py"
QUESTION = "客户经理持证上岗率是多少？"
QUOTE = "客户经理持证上岗率不低于百分之九十五，每季度末报告进展。"


@pytest.fixture
def kept(house: Instance, leader: Actor, plan: int) -> int:
    """A plan with one piece of evidence; the document's id."""
    works_on(house, leader, plan)
    document = shelve(house, leader, "总行战略.md", STRATEGY, sample=True)
    with house.database.writing() as db:
        memory.keep_answer(db, leader, plan, house.assistant.ask(leader, QUESTION), QUESTION)
    return document


def test_a_plan_without_evidence_says_how_to_gather_it(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "留作依据" in words(at) and "去提问" in labels(at, "button")


def test_evidence_stands_with_its_source_its_question_and_the_sample_label(kept: int, leader: Actor, visit: Visit) -> None:
    said = words(visit(leader, PAGE))
    assert QUOTE in said and f"来自提问：{QUESTION}" in said and "**总行战略** :gray-badge[示例]" in said


def test_evidence_is_filtered_and_dropped(kept: int, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.text_input(key="evidence_words").set_value("没有的字").run()
    assert "0 / 1 条" in words(at)
    at.text_input(key="evidence_words").set_value("持证").run()
    press(at, "取消留存")
    assert "去提问" in labels(at, "button")


def test_evidence_of_a_document_that_one_may_not_see_is_not_shown(
    house: Instance, kept: int, leader: Actor, executive: Actor, plan: int, visit: Visit
) -> None:
    shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
    with house.database.writing() as db:
        answer = house.assistant.ask(leader, "滨海新区三家支行的班子搭配有什么短板？")
        memory.keep_answer(db, leader, plan, answer, "问")
    assert "班子搭配" in words(visit(leader, PAGE))
    works_on(house, executive, plan)
    at = visit(executive, PAGE)
    assert QUOTE in words(at) and "班子搭配" not in words(at) and "取消留存" not in labels(at, "button")


def test_evidence_follows_its_document_out_and_back(house: Instance, kept: int, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        library.remove(db, leader, kept)
    assert QUOTE not in words(visit(leader, PAGE))
    with house.database.writing() as db:
        library.restore(db, leader, kept)
    assert QUOTE in words(visit(leader, PAGE))


def test_the_export_opens_in_a_spreadsheet_and_holds_no_formula(house: Instance, kept: int, leader: Actor, plan: int) -> None:
    with house.database.writing() as db:
        library.find(db, leader, kept).title = "=HYPERLINK(1)"
    with house.database.reading() as db:
        content = evidence_csv(memory.evidence(db, leader, plan))
    assert content.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert row["原文"] == QUOTE and row["文件"].startswith("'=HYPERLINK")
