"""The interview form: typed in, refused without loss, corrected later."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.documents import service as library
from core.instance import Instance
from tests.library import settle
from tests.pages.conftest import Visit
from tests.pages.words import press, words

PAGE = "strategy/interview.py"


def fill(at: AppTest, **values: str) -> AppTest:
    """Type into the form's fields."""
    fields = {one.label: one for one in [*at.text_input, *at.text_area]}
    for label, value in values.items():
        fields[label].set_value(value)
    return at


def test_a_refused_interview_keeps_everything_that_was_typed(leader: Actor, visit: Visit) -> None:
    at = press(fill(visit(leader, PAGE), 访谈对象="王行长", 访谈纪要="要补需求挖掘。"), "保存访谈记录")
    assert at.error[0].value == "请填写访谈对象的职务。"
    assert at.text_input[0].value == "王行长" and at.text_area[0].value == "要补需求挖掘。"


def test_an_interview_becomes_a_document_and_can_be_corrected(house: Instance, leader: Actor, visit: Visit) -> None:
    typed = {"访谈对象": "王行长", "职务": "分管零售副行长", "访谈纪要": "要补需求挖掘。", "原话（每行一句）": "先问客户，再谈产品。"}
    at = press(fill(visit(leader, PAGE), **typed), "保存访谈记录")
    assert at.title[0].value == "文件库"
    settle(house)
    with house.database.reading() as db:
        first = library.entries(db, leader)[0].document
    at = visit(leader, PAGE, id=first.id)
    assert at.text_input[0].value == "王行长" and at.text_area[1].value == "先问客户，再谈产品。"
    assert "正在修改已有的记录" in words(at)
    press(fill(at, 访谈纪要="要补需求挖掘和复杂产品解释。"), "保存访谈记录")
    settle(house)
    with house.database.reading() as db:
        entries = library.entries(db, leader)
        record = library.open_document(db, leader, entries[0].document.id or 0).interview
    assert len(entries) == 1 and entries[0].editions == 2
    assert record is not None and record.notes == "要补需求挖掘和复杂产品解释。"


def test_a_record_that_is_gone_is_said_to_be(leader: Actor, visit: Visit) -> None:
    assert "没有找到这份文件" in words(visit(leader, PAGE, id=77))
