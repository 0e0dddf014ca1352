"""Values pasted from a sheet: found by their metric, brought to the target's unit, refused with their line."""

from __future__ import annotations

import pytest

from core.strategy.checking.pasting import Place, Reached, read

PLACES = (
    Place(1, "零售转型", "零售AUM", "亿元"),
    Place(2, "普惠下沉", "新增客户", "户"),
    Place(3, "零售转型", "新增客户", "户"),
    Place(4, "队伍建设", "持证上岗率", "%"),
)


def test_lines_are_read_with_a_heading_skipped() -> None:
    found, refused = read("指标\t实际\t来源\n零售 AUM\t512.5\t经营分析平台\n\n持证上岗率\t93%\t人力系统\n", PLACES)
    assert found == [Reached(1, 512.5, "经营分析平台"), Reached(4, 93.0, "人力系统")] and refused == []


@pytest.mark.parametrize(
    ("written", "value"), [("5,120,000万元", 512.0), ("512亿元", 512.0), ("５１２．５", 512.5), ("0.0512万亿元", 512.0), ("-3", -3.0)]
)
def test_values_come_to_the_unit_of_the_target(written: str, value: float) -> None:
    (one,), refused = read(f"零售AUM\t{written}\t平台", PLACES)
    assert one.actual == pytest.approx(value) and not refused


def test_a_metric_of_two_themes_needs_its_theme() -> None:
    found, refused = read("新增客户\t10\tCRM\n新增客户\t1.2万户\tCRM\t普惠下沉", PLACES)
    assert found == [Reached(2, 12000.0, "CRM")] and refused[0].line == 1 and "主题" in str(refused[0].why)


@pytest.mark.parametrize(
    ("written", "value"),
    [("512亿", 512.0), ("1 234.5", 1234.5), ("−3", -3.0), ("(3.5)", -3.5), ("（3.5）亿元", -3.5), ("5.12E+02", 512.0), ("512 亿元", 512.0)],
)
def test_values_are_read_as_sheets_and_accounts_write_them(written: str, value: float) -> None:
    (one,), refused = read(f"零售AUM\t{written}\t平台", PLACES)
    assert one.actual == pytest.approx(value) and not refused


def test_a_unit_in_wide_letters_is_the_same_unit() -> None:
    (one,), refused = read("覆盖率\t93%\t平台", [Place(1, "队伍建设", "覆盖率", "％")])
    assert one.actual == 93.0 and not refused


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    found, refused = read('零售AUM\t512\t"经营分析平台\n截至6月30日"\n持证上岗率\t93\t人力系统', PLACES)
    assert found == [Reached(1, 512.0, "经营分析平台 截至6月30日"), Reached(4, 93.0, "人力系统")] and not refused


def test_under_a_heading_columns_come_in_any_order() -> None:
    exported = "状态\t主题\t指标\t目标\t单位\t实际\t来源\t应达\n无数据\t普惠下沉\t新增客户\t≥ 2 万户\t万户\t1.2\tCRM\t—"
    assert read(exported, PLACES) == ([Reached(2, 12000.0, "CRM")], [])
    found, refused = read("Theme\tIndicator\tSource\tActual\n普惠下沉\t新增客户\tCRM\t10", PLACES)
    assert found == [Reached(2, 10.0, "CRM")] and not refused


def test_two_targets_of_one_theme_are_told_apart_by_the_target() -> None:
    places = [Place(1, "零售转型", "零售AUM", "亿元", "≥ 9,200 亿元"), Place(2, "零售转型", "零售AUM", "亿元", "≥ 10,800 亿元")]
    found, refused = read("主题\t指标\t目标\t实际\n零售转型\t零售AUM\t≥ 9,200 亿元\t8900\n零售转型\t零售AUM\t≥ 10,800 亿元\t8900", places)
    assert found == [Reached(1, 8900.0, ""), Reached(2, 8900.0, "")] and not refused
    found, refused = read("零售AUM\t8900\t平台\t零售转型", places)
    assert not found and "目标" in str(refused[0].why)


def test_a_heading_below_a_blank_row_is_no_value() -> None:
    assert read("\n指标\t2026年二季度\t来源\n零售AUM\t512\t平台", PLACES) == ([Reached(1, 512.0, "平台")], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("不良率\t1.3\t平台", "没有这个指标"),
        ("零售AUM\t很多\t平台", "不是数字"),
        ("零售AUM\t512户\t平台", "单位"),
        ("持证上岗率\t3个百分点\t平台", "单位"),
        ("\t512\t平台", "缺少指标"),
        ("零售AUM\t\t平台", "没有填"),
        ("零售AUM\t51,2\t平台", "不是数字"),
        ("持证上岗率\t3百\t平台", "单位"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(line: str, why: str) -> None:
    found, refused = read(line, PLACES)
    assert found == [] and why in str(refused[0].why)


def test_the_same_line_twice_is_refused_once() -> None:
    found, refused = read("零售AUM\t512\t平台\n零售AUM\t513\t平台", PLACES)
    assert len(found) == 1 and refused[0].line == 2
