"""The review board: decode, decide, undo, in both languages."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

import pytest

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents.tables import Document
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, repository, review
from core.strategy.decoding_job import DECODE_JOB, Decoder
from core.strategy.review import Wanted
from core.strategy.tables import DecodedDocument, FindingState
from tests.conftest import person
from tests.core.strategy.test_review import TEXT
from tests.library import settle, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/decode.py"


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    """A plan with one document that can be decoded."""
    shelve(house, leader, "工作计划.md", TEXT)
    with house.database.writing() as db:
        made = plans.create(db, leader, "海城分行", 2027).id or 0
    works_on(house, leader, made)
    return made


@pytest.fixture
def decoded(house: Instance, leader: Actor, plan: int) -> int:
    """The plan after decoding."""
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, [1])
    settle(house)
    return plan


def states(house: Instance, leader: Actor, plan: int) -> dict[FindingState, int]:
    """How many findings of each state the plan has."""
    with house.database.reading() as db:
        return review.board(db, leader, plan, Wanted()).counts


def test_a_new_plan_offers_its_documents_and_decodes_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "把文件解码成" in words(at)
    press(at, "开始解码（1 份）")
    settle(house)
    assert states(house, leader, plan)[FindingState.PENDING] > 3


@pytest.mark.parametrize(("language", "waiting", "accept"), [("zh", "待确认", "采纳"), ("en", "still to decide", "Accept")])
def test_what_waits_is_shown_with_why_it_was_found_and_accepting_moves_on(
    house: Instance, leader: Actor, decoded: int, visit: Visit, language: str, waiting: str, accept: str
) -> None:
    before = states(house, leader, decoded)[FindingState.PENDING]
    at = visit(leader, PAGE, language)
    assert not at.exception and waiting in words(at)
    press(at, accept)
    after = states(house, leader, decoded)
    assert (after[FindingState.ACCEPTED], after[FindingState.PENDING]) == (1, before - 1)
    with house.database.reading() as db:
        assert len(repository.findings(db, decoded)) == 1


def test_a_rejection_is_undone_from_the_page(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    before = states(house, leader, decoded)
    at = visit(leader, PAGE)
    press(at, "不采纳")
    assert states(house, leader, decoded)[FindingState.REJECTED] == 1
    press(visit(leader, PAGE), "撤销“不采纳”")
    assert states(house, leader, decoded) == before


def test_a_manager_sees_findings_and_no_decisions(house: Instance, manager: Actor, decoded: int, visit: Visit) -> None:
    works_on(house, manager, decoded)
    at = visit(manager, PAGE)
    assert not at.exception and "采纳" not in labels(at, "button") and "打造专业化队伍" in words(at)


def test_an_empty_library_leads_to_the_library(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海城分行", 2027).id or 0
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "放进文件库" in words(at) and "打开文件库" in labels(at, "button")


def texts(house: Instance, leader: Actor, plan: int, *states: FindingState) -> list[str]:
    """The findings in these states, in reading order."""
    with house.database.reading() as db:
        return [row.text for row in review.board(db, leader, plan, Wanted(states=states), 0, 100).rows]


def test_going_on_and_deciding_needs_one_key_each_and_undo_leads_back(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    waiting = texts(house, leader, decoded, FindingState.PENDING)
    at = visit(leader, PAGE)
    keys = {button.proto.shortcut: button.label for button in at.button if button.proto.shortcut}
    assert {"a", "d", "e", "j", "k", "x"} <= set(keys)
    press(press(at, "下一条"), "采纳")
    assert texts(house, leader, decoded, FindingState.ACCEPTED) == [waiting[1]]
    assert f"**{waiting[2]}**" in words(at), "the next one is there"
    press(press(at, "下一条"), "撤销“采纳”")
    assert f"**{waiting[1]}**" in words(at) and not texts(house, leader, decoded, FindingState.ACCEPTED)


def test_a_decision_holds_for_what_the_person_saw_or_not_at_all(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    seen = texts(house, leader, decoded, FindingState.PENDING)[0]
    other = person(house, "second", Role.HR_LEADER)
    with house.database.writing() as db:
        row = review.board(db, other, decoded, Wanted(), 0, 1).rows[0]
        review.decide(db, other, decoded, [row.id or 0], FindingState.REJECTED)
    press(at, "采纳")
    assert "刚被别人修改过" in at.error[0].value
    assert texts(house, leader, decoded, FindingState.ACCEPTED) == [] and texts(house, leader, decoded, FindingState.REJECTED) == [seen]


def test_several_are_picked_and_decided_together(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    press(press(press(at, "选中"), "下一条"), "选中")
    assert "已选 2 条" in words(at) and "合并" in labels(at, "button")
    press(at, "采纳这些")
    assert states(house, leader, decoded)[FindingState.ACCEPTED] == 2 and "已选" not in words(at)
    press(press(at, "选中"), f"选中全部 {states(house, leader, decoded)[FindingState.PENDING]} 条")
    press(at, "不采纳这些")
    assert FindingState.PENDING not in states(house, leader, decoded)
    assert "都处理完了" in words(at)


def test_another_filter_begins_at_the_top_with_nothing_picked(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    press(press(at, "下一条"), "选中")
    at.text_input(key="review_words").set_value("分层").run()
    assert "第 1 / 1 条" in words(at) and "已选" not in words(at)


def test_a_document_that_could_not_be_decoded_says_why_and_is_tried_again(
    house: Instance, leader: Actor, plan: int, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> NoReturn:
        raise RuntimeError("no rule for this")

    monkeypatch.setitem(house.worker._handlers, DECODE_JOB, Decoder(house.database, broken).handle)  # type: ignore[arg-type]
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, [1])
    settle(house)
    at = visit(leader, PAGE)
    assert "1 份文件没有解码成功" in words(at) and "处理时出现意外错误" in words(at)
    monkeypatch.setitem(house.worker._handlers, DECODE_JOB, Decoder(house.database).handle)  # type: ignore[arg-type]
    press(at, "重试")
    settle(house)
    assert "没有解码成功" not in words(visit(leader, PAGE)) and states(house, leader, plan)


@pytest.mark.parametrize(
    ("language", "offer", "reason"), [("zh", "重新解码（1 份）", "规则已更新："), ("en", "Decode again (1 document)", "Rules changed: ")]
)
def test_after_a_change_of_rules_decoding_again_is_one_press(
    house: Instance, leader: Actor, decoded: int, visit: Visit, language: str, offer: str, reason: str
) -> None:
    with house.database.writing() as db:
        row = db.get(DecodedDocument, 1)
        assert row is not None
        row.made_by = "rules 0"
        document = db.get(Document, row.document_id)
        assert document is not None
        title = document.title
    at = visit(leader, PAGE, language)
    assert f"{reason}{title}" in words(at)
    press(at, offer)
    settle(house)
    assert offer not in labels(visit(leader, PAGE, language), "button")


def test_after_the_day_of_a_paper_was_said_decoding_again_reads_it_by_that(
    house: Instance, leader: Actor, decoded: int, visit: Visit
) -> None:
    with house.database.writing() as db:
        row = db.get(DecodedDocument, 1)
        assert row is not None
        document = db.get(Document, row.document_id)
        assert document is not None
        document.dated, title = date(2026, 11, 2), document.title
    at = visit(leader, PAGE)
    assert f"日期已更新：{title}" in words(at)
    press(at, "重新解码（1 份）")
    settle(house)
    assert "日期已更新" not in words(visit(leader, PAGE))


@pytest.mark.parametrize(("language", "label"), [("zh", "导出这 {n} 条到 Excel"), ("en", "Export these {n} findings to Excel")])
def test_what_the_filter_shows_can_be_taken_away(
    house: Instance, leader: Actor, decoded: int, visit: Visit, language: str, label: str
) -> None:
    with house.database.reading() as db:
        total = review.board(db, leader, decoded, Wanted(states=(FindingState.PENDING,))).total
    assert label.format(n=total) in labels(visit(leader, PAGE, language), "download_button")


def merged_into_another_document(house: Instance, leader: Actor, plan: int) -> tuple[str, str, int]:
    """A finding merged into one of another document: the texts of both, and that document."""
    other = shelve(house, leader, "专业队伍方案.md", "# 方案\n\n## 队伍\n\n2027年客户经理持证上岗率达到96%。\n")
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, [other])
    settle(house)
    with house.database.writing() as db:
        rows = review.board(db, leader, plan, Wanted(), 0, 100).rows
        kept, stays = (next(row for row in rows if row.document_id == one and "持证" in row.text) for one in (1, other))
        review.merge(db, leader, plan, [kept.id or 0, stays.id or 0], stays.id or 0)
        return kept.text, stays.text, other


def test_a_merged_finding_says_where_it_went_and_opens_it(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    kept, stays, _ = merged_into_another_document(house, leader, decoded)
    at = visit(leader, PAGE)
    at.selectbox(key="review_state").select(FindingState.MERGED).run()
    assert f"**{kept}**" in words(at) and f"已并入：{stays}" in words(at)
    assert any("→" in label and stays in label for label in labels(at, "button")), "the list says it too"
    press(at, "打开这一条")
    assert f"**{stays}**" in words(at) and at.selectbox(key="review_state").value is FindingState.ACCEPTED


def test_what_was_merged_into_a_document_in_the_bin_says_so(house: Instance, leader: Actor, decoded: int, visit: Visit) -> None:
    kept, _, other = merged_into_another_document(house, leader, decoded)
    with house.database.writing() as db:
        row = review.board(db, leader, decoded, Wanted(states=(FindingState.MERGED,))).rows[0]
        library.remove(db, leader, other)
    at = visit(leader, PAGE, finding=row.id)
    assert f"**{kept}**" in words(at) and "《专业队伍方案》" in words(at) and "在回收站里" in words(at)
    assert at.selectbox(key="review_state").value is FindingState.PENDING
