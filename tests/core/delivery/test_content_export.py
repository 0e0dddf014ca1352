"""What is taught and how, as an Excel file."""

from __future__ import annotations

import io

import openpyxl

from core.delivery.content.activity import Activity
from core.delivery.content.item import Choice, ContentItem, ItemFacts, Triage
from core.delivery.content.service import ContentView
from core.delivery.content.storing import Content
from core.delivery.content.terms import Method, Stage, Way
from core.exports.contents import content_workbook
from core.i18n import Message
from core.projects.tables import Project


def test_the_export_says_of_each_item_which_way_and_why_and_keeps_what_was_advised() -> None:
    advised = Triage(Way.SELF_STUDY, "knowledge", Message("模型：{why}", why="=1+1"), "triage-1")
    items = (
        ContentItem(1, ItemFacts("新规要点", "=HYPERLINK(1)", 2.0), advised),
        ContentItem(2, ItemFacts("新规问答", "", 1.0), advised, Choice(Way.FACE_TO_FACE, "要当面问", "林")),
    )
    steps = (Activity(1, Stage.DURING, "工作坊", Method.WORKSHOP, slots=2, item_ids=(2,), needs_trainer=True),)
    view = ContentView(Project(id=1, plan_id=1, name="项目", post="客户经理"), Content(1, 1, items=items, activities=steps))
    book = openpyxl.load_workbook(io.BytesIO(content_workbook([view], "zh")))
    triage, design = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert triage[1][3] == "=HYPERLINK(1)" and book.worksheets[0]["D2"].data_type == "s"
    assert triage[1][9:12] == ("AI 自学自测", "模型：=1+1", "规则 (triage-1)")
    assert triage[2][9:14] == ("面授聚焦", "要当面问", "林", "AI 自学自测", "模型：=1+1")
    assert design[1][5] == "工作坊" and design[1][8] == 2 and design[1][13] == "新规问答"
