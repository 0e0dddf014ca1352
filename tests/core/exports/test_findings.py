"""Findings as an Excel file: what the filter leaves, numbers and dates as such, no cell a formula. On both databases."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from core.access import service as access
from core.access.actor import Actor
from core.errors import NotAllowed
from core.exports.findings import Line, as_day, findings_workbook
from core.i18n import Language
from core.instance import Instance
from core.strategy import review
from core.strategy.findings import FindingKind, Measure
from core.strategy.review import Draft, Wanted
from core.strategy.tables import FindingState
from tests.conftest import BOTH
from tests.core.strategy.world import GROWTH, PEOPLE, RETAIL, TIERS, World, build

_FORMULAS = ((RETAIL, '=HYPERLINK("http://x","y")'), (GROWTH, "+1+1"), (TIERS, "-2+3"), (PEOPLE, "@SUM(A1)"))
DECIDED = datetime(2026, 11, 25, 9, 30)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return build(house, leader)


def exported(house: Instance, actor: Actor, world: World, wanted: Wanted, language: Language = "zh") -> Any:
    """The sheet as Excel would read it."""
    with house.database.reading() as db:
        seen = review.board(db, actor, world.plan, wanted, 0, 100)
        names = access.names(db, actor)
    lines = [
        Line(row, row.kind.value, row.state.value, f"into {row.id}", row.rule, names.get(row.decided_by or 0, ""), DECIDED)
        for row in seen.rows
    ]
    return openpyxl.load_workbook(io.BytesIO(findings_workbook(lines, seen.documents, language))).active


def edit(house: Instance, actor: Actor, world: World, which: int, draft: Draft) -> None:
    with house.database.writing() as db:
        row = review.find(db, actor, world.plan, world.findings[which])
        review.edit(db, actor, world.plan, row.id or 0, row.version or 0, draft)


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_the_file_holds_what_the_filter_leaves_with_numbers_and_dates_as_such(house: Instance, leader: Actor, world: World) -> None:
    measure = Measure("零售AUM年均增长率", ">=", 15.0, "%", "%", "2028-12-31")
    edit(house, leader, world, GROWTH, Draft(FindingKind.TARGET, "零售AUM年均增长15%以上", None, ("资产配置", "需求挖掘"), measure))
    sheet = exported(house, leader, world, Wanted(kinds=(FindingKind.TARGET,), words="零售"))
    head, line = [[cell for cell in row] for row in sheet.iter_rows(min_row=1, max_row=2)]
    cells = {title.value: cell for title, cell in zip(head, line, strict=True)}
    assert (cells["文件"].value, cells["章节"].value, cells["原文"].value) == ("总行战略", "总行战略 › 零售转型", "零售AUM年均增长15%以上")
    assert (cells["指标"].value, cells["关系"].value, cells["单位"].value) == ("零售AUM年均增长率", "≥", "%")
    assert cells["数值"].data_type == "n" and cells["数值"].value == 15
    assert cells["期限"].is_date and cells["期限"].value == datetime(2028, 12, 31)
    assert cells["处理时间"].is_date and cells["处理时间"].value == DECIDED and cells["处理人"].value == "Leader"
    assert cells["能力"].value == "资产配置、需求挖掘" and cells["并入的发现"].value == f"into {world.findings[GROWTH]}"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:R2"
    assert "共 1 条发现" in {cell.value for cell in sheet["A"]}


def test_words_that_look_like_a_formula_stay_words(house: Instance, leader: Actor, world: World) -> None:
    for which, text in _FORMULAS:
        edit(house, leader, world, which, Draft(FindingKind.TASK, text))
    sheet = exported(house, leader, world, Wanted())
    assert {cell.data_type for cell in sheet["E"] if cell.value is not None} == {"s"}
    assert {text for _, text in _FORMULAS} <= {cell.value for cell in sheet["E"]}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_the_english_file_has_english_headings_and_the_documents_own_words(house: Instance, leader: Actor, world: World) -> None:
    sheet = exported(house, leader, world, Wanted(states=(FindingState.ACCEPTED,)), "en")
    assert [cell.value for cell in sheet[1]][:6] == ["Document", "Page", "Section", "Kind", "Findings", "Passage"]
    assert sheet.title == "Findings" and "6 findings" in {cell.value for cell in sheet["A"]}


def test_a_deadline_that_hangs_on_an_event_stays_as_written() -> None:
    assert as_day("训后2个月内") == "训后2个月内" and as_day("") is None


def test_whoever_may_not_read_plans_learns_no_names(house: Instance, administrator: Actor) -> None:
    with house.database.reading() as db, pytest.raises(NotAllowed):
        access.names(db, administrator)
