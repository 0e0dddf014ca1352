"""Reading tables: header, rows and cells as they are in files that people bring."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from core.errors import BadInput
from core.sheets.opening import open_content, open_file
from tests.core.sheets.books import book, table

HEADER = ["工号", "姓名", "机构"]


def test_a_header_stands_below_titles_and_blank_rows_and_keeps_excels_row_numbers(tmp_path: Path) -> None:
    rows = [["滨海分行员工名单"], [], ["截至2026年9月30日"], HEADER, ["001", "张敏", "营业部"], [], ["002", "李强", "营业部"]]
    found = table(book(tmp_path / "a.xlsx", rows, ["A1:C1"]))
    assert found.header == tuple(HEADER) and found.header_row == 4
    assert [(row.number, row.cells[0]) for row in found.rows] == [(5, "001"), (7, "002")]


def test_a_merged_header_of_two_levels_is_read_by_its_lower_names(tmp_path: Path) -> None:
    rows = [
        ["2026年员工信息表"],
        ["工号", "姓名", "任职信息", None, None],
        [None, None, "机构", "岗位", "入职日期"],
        ["00012", "张敏", "望海支行", "客户经理", datetime(2019, 7, 1)],
    ]
    found = table(book(tmp_path / "a.xlsx", rows, ["A1:E1", "A2:A3", "B2:B3", "C2:E2"]))
    assert found.header == ("工号", "姓名", "机构", "岗位", "入职日期")
    assert found.rows[0].number == 4 and found.rows[0].cells == ("00012", "张敏", "望海支行", "客户经理", date(2019, 7, 1))


def test_two_levels_without_merges_are_seen_where_only_the_lower_one_divides(tmp_path: Path) -> None:
    rows = [["工号", "姓名", "任职", None], [None, None, "机构", "岗位"], ["1", "张敏", "营业部", "柜员"]]
    assert table(book(tmp_path / "a.xlsx", rows)).header == ("工号", "姓名", "机构", "岗位")


DEEP = [
    ["2026年测评汇总"],
    ["工号", "姓名", "专业能力", None, None, "核心能力", None],
    [None, None, "财富", None, "合规", None, "协作"],
    [None, None, "配置", "挖掘", "反洗钱", "沟通", "合作"],
    ["0002", "张敏", 85, 70, 60, 55, 44],
]


@pytest.mark.parametrize("merged", [("A1:G1", "A2:A4", "B2:B4", "C2:E2", "F2:G2", "C3:D3"), ("C2:E2", "F2:G2"), ()])
def test_a_header_of_three_levels_is_read_by_its_lowest_names(tmp_path: Path, merged: tuple[str, ...]) -> None:
    found = table(book(tmp_path / "a.xlsx", DEEP, merged))
    assert found.header == ("工号", "姓名", "配置", "挖掘", "反洗钱", "沟通", "合作") and found.header_row == 4
    assert found.groups == ("", "", "财富", "财富", "合规", "核心能力", "协作")
    assert [row.number for row in found.rows] == [5] and found.rows[0].at(0) == "0002"


def test_three_levels_with_the_known_names_in_the_lowest_row(tmp_path: Path) -> None:
    rows = [[None, None, "任职", None], [None, None, "现任", None], ["工号", "姓名", "机构", "岗位"], ["1", "张敏", "营业部", "柜员"]]
    found = table(book(tmp_path / "a.xlsx", rows))
    assert found.header == ("工号", "姓名", "机构", "岗位") and len(found.rows) == 1


def test_what_stands_below_two_levels_is_data_where_it_names_somebody(tmp_path: Path) -> None:
    rows = [
        ["工号", "姓名", "测评", None, None],
        [None, None, "沟通", "合作", "配置"],
        ["甲", "张敏", "优", "良", "良"],
        ["乙", "李强", "良", "优", "优"],
    ]
    found = table(book(tmp_path / "a.xlsx", rows))
    assert found.header == ("工号", "姓名", "沟通", "合作", "配置") and [row.number for row in found.rows] == [3, 4]


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    found = table(book(tmp_path / "a.xlsx", [["工号", "姓名", "备注", "备注", None], ["1", "张敏", "甲", "乙", "丙"]]))
    assert found.header == ("工号", "姓名", "备注", "备注 (2)", "E")


def test_notes_and_totals_at_the_end_are_no_rows(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "张敏", "营业部"], ["合计", 1], ["注：以上数据截至9月30日，由人力资源部提供。"]]
    found = table(book(tmp_path / "a.xlsx", rows))
    assert len(found.rows) == 1 and "第 3 行起" in str(found.notes[0])


@pytest.mark.parametrize(
    "total",
    [
        ["小计", None, 12],
        [None, "小计", "12"],
        ["对公条线小计：", None, None],
        [3, "合 计", 12],
        ["第一季度", "合计", 8000],
        ["Subtotal", None, 12],
    ],
)
def test_a_row_that_sums_up_those_above_it_is_no_row_wherever_it_stands(total: list[object], tmp_path: Path) -> None:
    rows = [HEADER, ["1", "张敏", "营业部"], total, ["2", "李强", "营业部"], ["3", "合计佳", "总计室"]]
    found = table(book(tmp_path / "a.xlsx", rows))
    assert [row.number for row in found.rows] == [2, 4, 5] and "第 3 行是合计或小计" in str(found.notes[0])


def test_a_header_that_is_repeated_on_each_printed_page_is_no_row(tmp_path: Path) -> None:
    found = table(book(tmp_path / "a.xlsx", [HEADER, ["1", "张敏", "营业部"], HEADER, ["2", "李强", "营业部"]]))
    assert [row.number for row in found.rows] == [2, 4]


def test_a_unit_merged_over_several_people_is_everybodys(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "张敏", "营业部"], ["2", "李强", None], ["3", "王芳", None]]
    found = table(book(tmp_path / "a.xlsx", rows, ["C2:C4"]))
    assert [row.at(2) for row in found.rows] == ["营业部"] * 3


def test_a_hidden_sheet_is_read_when_the_data_is_there(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["请先阅读"], ["填表说明在此"]], name="说明")
    made = openpyxl.load_workbook(path)
    sheet = made.create_sheet("数据")
    for row in (HEADER, ["1", "张敏", "营业部"]):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    made.save(path)
    found = table(path)
    assert found.sheet == "数据" and "隐藏的工作表“数据”" in str(found.notes[0])


def test_numbers_keep_the_zeros_and_percents_that_excel_shows(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["工号", "姓名", "得分"], [1234, "张敏", 0.85], [56, "李强", 7.0]])
    made = openpyxl.load_workbook(path)
    sheet = made.active
    assert sheet is not None
    sheet["A2"].number_format = "00000000"
    sheet["C2"].number_format = "0%"
    made.save(path)
    assert [row.cells for row in table(path).rows] == [("00001234", "张敏", "85%"), (56, "李强", 7)]


def test_a_formula_without_a_value_reads_as_blank_and_is_said(tmp_path: Path) -> None:
    found = table(book(tmp_path / "a.xlsx", [HEADER, ["1", '=B1&"x"', "营业部"]]))
    assert found.rows[0].cells == ("1", None, "营业部") and "1 个公式没有计算结果" in str(found.notes[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_are_read_in_the_encodings_of_chinese_offices(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "名单.csv"
    lines = [HEADER, ["001", "张敏", '"营业部\n二楼"'], [], ["002", "李强", "望海支行"]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    found = table(path)
    assert found.header == tuple(HEADER)
    assert [(row.number, row.cells[0], row.cells[2]) for row in found.rows] == [(2, "001", "营业部\n二楼"), (4, "002", "望海支行")]


def test_one_row_is_enough_and_none_is_said(tmp_path: Path) -> None:
    assert len(table(book(tmp_path / "a.xlsx", [HEADER, ["1", "张敏", "营业部"]])).rows) == 1
    with pytest.raises(BadInput, match="只有一行"):
        table(book(tmp_path / "b.xlsx", [HEADER]))
    with pytest.raises(BadInput, match="没有内容"):
        table(book(tmp_path / "c.xlsx", []))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "旧版 Excel"),
        (b"%PDF-1.7", "无法识别"),
        (b"PK\x03\x04broken", "已损坏"),
        (b"\x00\x01\x02" * 50, "无法识别"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        open_content("名单.xlsx", content)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    with pytest.raises(BadInput, match="异常庞大"):
        open_file(path)


def test_a_text_that_an_export_guards_against_excel_is_read_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('工号,姓名,机构\n"=""0012""",张敏,营业部\n', encoding="utf-8")
    assert table(path).rows[0].cells[0] == "0012"
