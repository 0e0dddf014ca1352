"""The review board: decode, decide, undo, in both languages."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, repository, review
from core.strategy.review import Wanted
from core.strategy.tables import FindingState
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
    press(visit(leader, PAGE), "撤销上一步")
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


@pytest.mark.parametrize(("language", "label"), [("zh", "导出这 {n} 条到 Excel"), ("en", "Export these {n} findings to Excel")])
def test_what_the_filter_shows_can_be_taken_away(
    house: Instance, leader: Actor, decoded: int, visit: Visit, language: str, label: str
) -> None:
    with house.database.reading() as db:
        total = review.board(db, leader, decoded, Wanted(states=(FindingState.PENDING,))).total
    assert label.format(n=total) in labels(visit(leader, PAGE, language), "download_button")
