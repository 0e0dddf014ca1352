"""What cells mean."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import BadInput
from core.sheets import cells
from core.sheets.grid import Cell


@pytest.mark.parametrize(
    "written",
    [
        "2026年3月1日",
        "2026-3-1",
        "2026.03.01",
        "2026/03/01",
        "20260301",
        20260301,
        "２０２６年３月１日",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00:00",
        46082,
        "46082",
        "01-Mar-2026",
        "Mar 1, 2026",
        "2026年3月",
        "2026年3月1号",
        "二〇二六年三月一日",
        "二○二六年三月",
        202603,
        "202603",
        2026.03,
        date(2026, 3, 1),
    ],
)
def test_a_date_is_read_however_it_is_written(written: Cell) -> None:
    assert cells.day(written) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "said"), [("2026-2-30", "没有这一天"), ("3/4/2026", "看不出"), ("明年", "看不出"), ("1026-01-01", "不合常理")]
)
def test_a_date_that_nobody_can_tell_is_refused(written: Cell, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        cells.day(written)


def test_chinese_numerals_above_ten_are_read_in_a_date() -> None:
    assert cells.day("二〇一九年十二月二十一日") == date(2019, 12, 21)
    assert cells.day("二零一九年十月十日") == date(2019, 10, 10)


def test_chinese_numerals_become_digits() -> None:
    written = {
        "三十人": "30人",
        "一百二十": "120",
        "一百零五": "105",
        "两百": "200",
        "十": "10",
        "二〇二七年": "2027年",
        "约8人": "约8人",
        "三四十人": "三四十人",
    }
    assert {one: cells.arabic(one) for one in written} == written


def test_a_month_that_lost_its_zero_as_a_number_is_asked_for() -> None:
    with pytest.raises(BadInput, match="2020-01 或 2020-10"):
        cells.day(2020.1)
    assert cells.day(2020.11) == date(2020, 11, 1)
    with pytest.raises(BadInput, match="看不出"):
        cells.day(2020.13)


def test_a_foreign_date_is_read_where_only_one_order_is_possible() -> None:
    assert cells.day("25/3/2026") == cells.day("3/25/2026") == date(2026, 3, 25)


@pytest.mark.parametrize(("written", "number"), [("８５．５", 85.5), ("1,200", 1200), ("85分", 85), ("85%", 85), (0.5, 0.5)])
def test_a_number_is_read_with_what_stands_around_it(written: Cell, number: float) -> None:
    assert cells.decimal(written) == number


@pytest.mark.parametrize(("written", "level"), [(3, 3), ("L3", 3), ("Ｌ３", 3), ("三级", 3), ("3级", 3), (3.0, 3), ("Level 3", 3)])
def test_a_level_is_read_in_every_way_of_writing_it(written: Cell, level: int) -> None:
    assert cells.level(written) == level


@pytest.mark.parametrize("written", ["Ⅲ", "Ⅲ级", "III", "叁级", "L3 分析", "L3（分析·案例分析）", "L3-分析", "三级（熟练）", "3级 熟练"])
def test_a_level_is_read_in_roman_numerals_and_before_its_name(written: Cell) -> None:
    assert cells.level(written) == 3


@pytest.mark.parametrize("written", [0, 6, "L9", "高", 2.5, "L3-L4", "L2/3", "三级或四级", "3.5级", "30级", "VI", "线上", "lv"])
def test_a_level_that_is_none_is_refused(written: Cell) -> None:
    with pytest.raises(BadInput):
        cells.level(written)


def test_an_identifier_keeps_its_zeros_and_loses_width_and_blanks() -> None:
    written = {
        "００１２ 34": "001234",
        1234: "1234",
        "“00012”": "00012",
        '"00013"': "00013",
        "‘00014": "00014",
        "A-07": "A-07",
        "12.0": "12",
    }
    assert {one: cells.identifier(one) for one in written} == written
    for lost in (1.5, "1.2E+10", date(2026, 1, 1)):
        with pytest.raises(BadInput):
            cells.identifier(lost)


def test_zeros_that_excel_dropped_come_back_where_the_column_shows_its_width() -> None:
    width = cells.width_of(["001234", 1235, "001236"])
    assert width == 6 and cells.padded("1235", width) == "001235"
    assert cells.width_of([1234, 56], known=["001234", "000056"]) == 6
    assert cells.width_of(["1234", "001", 5]) == 0 and cells.width_of([1, 2]) == 0
    assert cells.width_of(["“0012”", "0013", 14]) == 4


def test_a_grade_is_no_level_and_no_number() -> None:
    assert all(cells.is_grade(one) for one in ("优秀", "良 好", "不合格", "B+", "高级", "熟练", "Excellent"))
    assert not any(cells.is_grade(one) for one in ("L3", "三级", 3, "85分", "甲", None))
    with pytest.raises(BadInput, match="各行的说法不同"):
        cells.level("优秀")


def test_signs_for_nothing_are_nothing() -> None:
    assert all(cells.is_blank(one) for one in (None, "", "—", "/", "无", "N/A", "　"))
    assert not cells.is_blank(0)


def test_an_error_of_excel_is_no_name() -> None:
    with pytest.raises(BadInput, match="错误值"):
        cells.text("#N/A")


def test_a_name_loses_the_blank_that_only_widens_it() -> None:
    assert [cells.person(one) for one in ("张 三", "张　三", "欧阳 娜 娜", "阿依·古丽", "Li Wei", "李 Wei")] == [
        *("张三", "张三", "欧阳娜娜", "阿依·古丽", "Li Wei", "李 Wei")
    ]
