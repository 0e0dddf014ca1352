"""Rows as sheets copy them."""

from __future__ import annotations

import pytest

from core.sheets.pasting import numbered_rows, pasted_rows


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        ("", []),
        ("问题\t岗位", [["问题", "岗位"]]),
        ("a\tb\r\n\r\nc\t\r\n", [["a", "b"], [], ["c", ""]]),
        ('"第一行\n第二行"\t2', [["第一行\n第二行", "2"]]),
        ('"他说""好""\n就走了"\t2', [['他说"好"\n就走了', "2"]]),
        ('"里面\t有制表符"\tb', [["里面\t有制表符", "b"]]),
        ('"提质" 行动\t客户经理', [['"提质" 行动', "客户经理"]]),
        ('12" 屏幕\tb', [['12" 屏幕', "b"]]),
        ('"没有写完\t甲\n第二条\t乙\n第三条\t丙', [['"没有写完', "甲"], ["第二条", "乙"], ["第三条", "丙"]]),
    ],
)
def test_a_quotation_mark_is_the_sheets_own_only_where_it_ends_the_cell(pasted: str, wanted: list[list[str]]) -> None:
    assert pasted_rows(pasted) == wanted


def test_ten_thousand_rows_and_a_very_long_cell_are_read() -> None:
    rows = numbered_rows("\n".join(f'"起头的引号 {at}\t{at}' for at in range(10_000)) + "\n" + "长" * 200_000 + "\t1\n\t\n\n")
    assert len(rows) == 10_001 and rows[9_999] == (10_000, ['"起头的引号 9999', "9999"]) and len(rows[-1][1][0]) == 200_000
