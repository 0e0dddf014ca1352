"""The alignment chain as a workbook."""

from __future__ import annotations

import io

import openpyxl

from core.access.actor import Actor
from core.exports.alignment import workbook
from core.goals.chain import service as chains
from core.instance import Instance
from tests.core.goals.gap_world import build, make, offered, wanted


def test_each_project_is_a_row_with_all_that_it_hangs_on(house: Instance, leader: Actor) -> None:
    branch = build(house, leader)
    key = branch.of_unit("资产配置")
    make(house, leader, branch, wanted(offered(house, leader, branch, key), key))
    with house.database.reading() as db:
        found = chains.alignment(db, leader, branch.plan, "zh")
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, "zh")))
    assert book.sheetnames == ["对齐链", "主题覆盖率", "断点"]
    row = [str(cell.value or "") for cell in book["对齐链"][2]]
    assert "总行战略 · 第 1 页" in row[0] and "资产配置 · 望海支行（已测 12 人中 8 人" in row[3] and "补强" in row[4]
    assert any("覆盖率 =" in str(cell.value) for line in book["主题覆盖率"] for cell in line)
    assert "Alignment chain" in openpyxl.load_workbook(io.BytesIO(workbook(found, "en"))).sheetnames
