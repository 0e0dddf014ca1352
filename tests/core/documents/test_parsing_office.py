"""Word, PowerPoint and Excel files: structure, order and values as their programs show them."""

from __future__ import annotations

import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.cell_values import shown
from core.documents.parsing.given_title import given_title
from core.documents.parsing.progress import Progress
from core.documents.parsing.sandbox import parse_file
from tests.core.documents import files


def _parsed(path: Path) -> ParsedDocument:
    return parse(path, path.name, Progress())


def _outline(document: ParsedDocument) -> list[tuple[int, str]]:
    return [(block.level, document.text[block.start : block.end]) for block in document.blocks if block.kind == "heading"]


def _cells(document: ParsedDocument, table: int = 0) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row] for row in document.tables[table].rows]


def test_word_tables_stay_between_the_paragraphs_they_stand_between(tmp_path: Path) -> None:
    document = _parsed(files.report_docx(tmp_path / "a.docx"))
    assert [block.kind for block in document.blocks][1:6] == ["heading", "paragraph", "table", "heading", "heading"]


def test_a_bold_numbered_line_nests_under_a_styled_heading(tmp_path: Path) -> None:
    outline = _outline(_parsed(files.report_docx(tmp_path / "a.docx")))
    assert outline[2:] == [(1, "二、2026年工作安排"), (2, "（一）加强县域支行队伍建设"), (1, "三、保障措施")]


def test_a_merged_cell_is_written_once_and_found_from_every_place_it_covers(tmp_path: Path) -> None:
    document = _parsed(files.report_docx(tmp_path / "a.docx"))
    assert _cells(document) == [["条线", "目标", "目标"], ["条线", "2026年", "2027年"], ["零售", "15%", "18%"]]
    assert document.text.count("条线") == 1


def test_a_word_page_break_begins_a_page(tmp_path: Path) -> None:
    document = _parsed(files.report_docx(tmp_path / "a.docx"))
    assert document.page_at(document.text.index("三、保障措施")).number == 2
    assert document.page_at(document.text.index("完成上门走访")).number == 1


def test_deleted_and_hidden_words_are_not_read_but_inserted_ones_are(tmp_path: Path) -> None:
    text = _parsed(files.report_docx(tmp_path / "a.docx")).text
    assert "培训费用总额为360万元。" in text
    assert "300" not in text and "隐藏内容" not in text


def test_a_table_in_a_text_box_and_a_text_box_in_a_table_are_read(tmp_path: Path) -> None:
    document = _parsed(files.boxed_docx(tmp_path / "a.docx"))
    assert _cells(document) == [["支行", "理财经理"], ["城东支行", "2人"]]
    assert _cells(document, 1) == [["备注", "行长批示 支行 理财经理 城东支行 2人"]]


def test_the_reading_over_a_name_is_not_taken_for_part_of_it(tmp_path: Path) -> None:
    assert _parsed(files.boxed_docx(tmp_path / "a.docx")).text.endswith("\n曾")


def test_headings_without_any_style_are_found_by_look_and_number(tmp_path: Path) -> None:
    document = _parsed(files.fake_headed_docx(tmp_path / "a.docx"))
    assert document.title == "培训管理办法"
    texts = [text for _, text in _outline(document)]
    assert texts == ["培训管理办法", "第一章 总则", "一、适用范围", "1. 计划管理", "第二章 附则"]


def test_numbers_that_word_counts_itself_are_in_the_text(tmp_path: Path) -> None:
    outline = _outline(_parsed(files.numbered_docx(tmp_path / "a.docx")))
    assert outline == [(1, "第一章 总则"), (2, "一、目的"), (2, "二、依据"), (1, "第二章 计划管理"), (2, "一、编制")]


def test_a_paragraph_over_a_page_break_stays_whole(tmp_path: Path) -> None:
    document = _parsed(files.numbered_docx(tmp_path / "a.docx"))
    assert "这一段话从前一页开始，到后一页结束。" in document.text
    assert document.text[document.pages[1].start :] == "到后一页结束。"


def test_cards_on_a_slide_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = _parsed(files.retail_pptx(tmp_path / "a.pptx"))
    page = document.pages[1]
    assert document.text[page.start : page.end].split("\n")[:5] == [
        "两类队伍",
        "理财经理",
        "每人管户300户",
        "县域客户经理",
        "每月上门20户",
    ]


def test_a_slide_gives_its_groups_notes_table_and_chart(tmp_path: Path) -> None:
    document = _parsed(files.retail_pptx(tmp_path / "a.pptx"))
    assert "组内文字：先训后战" in document.text
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "note"] == ["讲解时强调县域支行的差异化打法。"]
    assert _cells(document)[2] == ["合计", "870", "870"]
    assert _cells(document, 1) == [["", "持证率"], ["2025年", "0.88"], ["2026年", "0.95"]]


def test_a_foot_that_slides_share_is_left_out(tmp_path: Path) -> None:
    assert "零售金融部" not in _parsed(files.retail_pptx(tmp_path / "a.pptx")).text


def test_hidden_slides_and_sheets_are_read_and_marked(tmp_path: Path) -> None:
    slides = _parsed(files.retail_pptx(tmp_path / "a.pptx"))
    sheets = _parsed(files.appraisal_xlsx(tmp_path / "a.xlsx"))
    assert [page.hidden for page in slides.pages] == [False, False, False, True]
    assert [(page.label, page.hidden) for page in sheets.pages] == [("考核指标", False), ("扣分规则", True)]


def test_spreadsheet_values_are_shown_as_excel_shows_them(tmp_path: Path) -> None:
    document = _parsed(files.appraisal_xlsx(tmp_path / "a.xlsx"))
    assert _cells(document)[2:4] == [
        ["客户数（户）", "12,000", "15,500", "12.5%", "2027-03-12"],
        ["不良率", "1.28%", "1.20%", "40.0%", ""],
    ]


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (350, '0"万元"', "350万元"),
        (1200, '#,##0"户";-#,##0"户"', "1,200户"),
        (3, '"第"0"名"', "第3名"),
        (123456, '0!.0,"万"', "12.3万"),
        (123456, r'0\.00,"万元"', "1.23万元"),
        (3_200_000_000, '0.00,,"百万"', "3200.00百万"),
        (12_600, "#,##0,", "13"),
        (12_500, '#,##0,"千"', "13千"),
        (2.5, "0", "3"),
        (0.125, "0.00", "0.13"),
        (1.005, "0.00", "1.01"),
        (0.285, "0%", "29%"),
        (-0.4, "#,##0", "0"),
        (-2.5, "#,##0", "-3"),
        (12_345_678_901_234_567_890, "#,##0", "12,345,678,901,234,567,890"),
        (float("inf"), "0.00", "inf"),
        (500, '[>=10000]0!.0,"万";0', "500"),
        (95, '"优秀"', "95"),
        (1_234_567.5, '"¥"#,##0.00', "1,234,567.50"),
        (-3.5, "#,##0.00_);[Red](#,##0.00)", "-3.50"),
        (0.025, "0.0%", "2.5%"),
        (7, "000000", "000007"),
        (datetime.datetime(2027, 3, 1), 'yyyy"年"m"月"', "2027年3月"),
        (datetime.datetime(2027, 3, 1), 'yyyy"年"m"月";@', "2027年3月"),
        (datetime.datetime(2027, 3, 1), "yyyy/m", "2027-03"),
        (datetime.datetime(2027, 3, 31), 'yyyy"年"m"月"d"日"', "2027-03-31"),
        (datetime.datetime(2027, 3, 31), 'm"月"d"日"', "2027-03-31"),
        (datetime.datetime(2027, 1, 1), 'yyyy"年"', "2027年"),
        (datetime.datetime(2027, 3, 31, 9, 30), "yyyy-mm-dd hh:mm", "2027-03-31 09:30"),
    ],
)
def test_a_cells_format_gives_the_unit_the_scale_and_how_exact_a_date_is(value: object, form: str, seen: str) -> None:
    assert shown(value, form) == seen


def test_a_formula_that_was_never_calculated_is_shown_itself(tmp_path: Path) -> None:
    assert _cells(_parsed(files.appraisal_xlsx(tmp_path / "a.xlsx")))[4] == ["合计", "", "=B4*2", "", ""]


def test_merged_spreadsheet_headers_count_as_headers_and_title_and_note_stand_outside(tmp_path: Path) -> None:
    document = _parsed(files.appraisal_xlsx(tmp_path / "a.xlsx"))
    assert document.tables[0].header_rows == 2
    paragraphs = [document.text[block.start : block.end] for block in document.blocks if block.kind == "paragraph"]
    assert paragraphs == ["2027年分支机构考核指标表", "注：权重由总行人力资源部核定。"]


def test_a_document_survives_the_way_between_processes(tmp_path: Path) -> None:
    document = _parsed(files.appraisal_xlsx(tmp_path / "a.xlsx"))
    assert ParsedDocument.from_json(document.to_json()) == document


def test_a_workbook_stored_without_an_ending_is_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["指标", "目标"])
    workbook.active.append(["零售AUM", "553亿元"])
    workbook.save(tmp_path / "考核.xlsx")
    stored = (tmp_path / "考核.xlsx").rename(tmp_path / "0a1b2c")
    assert "零售AUM | 553亿元" in parse_file(stored, name="考核.xlsx").text


def _tracked(path: Path, *paragraphs: str) -> ParsedDocument:
    """A DOCX file of these paragraphs, written as Word writes them."""
    document = docx.Document()
    body = document.element.body
    for number, inner in enumerate(paragraphs):
        body.insert(number, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    document.save(str(path))
    return _parsed(path)


_DELETED_MARK = '<w:pPr>{}<w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'


def _words(words: str, *, deleted: bool = False) -> str:
    return (
        f'<w:del w:id="2" w:author="a"><w:r><w:delText>{words}</w:delText></w:r></w:del>' if deleted else f"<w:r><w:t>{words}</w:t></w:r>"
    )


def test_paragraphs_between_which_the_mark_was_deleted_are_one(tmp_path: Path) -> None:
    first = _DELETED_MARK.format("") + _words("2027年客户经理持证") + _words("（草稿）", deleted=True)
    document = _tracked(tmp_path / "a.docx", first, _words("上岗率不低于95%。"), _words("另起一段。"))
    assert document.text.split("\n") == ["2027年客户经理持证上岗率不低于95%。", "另起一段。"]


def test_a_paragraph_that_was_deleted_whole_leaves_its_neighbours_apart(tmp_path: Path) -> None:
    gone = _DELETED_MARK.format("") + _words("不再需要的一段。", deleted=True)
    moved = (
        '<w:pPr><w:rPr><w:moveFrom w:id="3" w:author="a"/></w:rPr></w:pPr><w:moveFrom w:id="4" w:author="a">'
        + _words("移走。")
        + "</w:moveFrom>"
    )
    document = _tracked(tmp_path / "a.docx", _words("第一段。"), gone, moved, _words("第二段。"))
    assert document.text.split("\n") == ["第一段。", "第二段。"]


def test_what_is_left_of_joined_paragraphs_looks_as_before_and_inserted_marks_part(tmp_path: Path) -> None:
    heading = _DELETED_MARK.format('<w:pStyle w:val="Heading1"/>') + _words("队伍建设")
    inserted = '<w:pPr><w:rPr><w:ins w:id="5" w:author="a"/></w:rPr></w:pPr>' + _words("前半段。")
    document = _tracked(tmp_path / "a.docx", heading, _words("删掉的正文。", deleted=True), inserted, _words("后半段。"))
    assert _outline(document) == [(1, "队伍建设")]
    assert document.text.split("\n") == ["队伍建设", "前半段。", "后半段。"]


def test_a_deleted_mark_at_the_end_or_before_a_table_loses_no_words(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    for words in ("表前。", "文末。"):
        paragraph = document.add_paragraph(words)
        paragraph._p.insert(0, parse_xml(f"<w:pPr {nsdecls('w')}><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"))
        if words == "表前。":
            document.add_table(1, 2).rows[0].cells[0].text = "甲"
    document.save(str(path))
    assert _parsed(path).text.split("\n") == ["表前。", "甲", "文末。"]


@pytest.mark.parametrize(
    "nobodys",
    [
        "untitled",
        "Untitled-1",
        "Microsoft Word - 2027年工作要点（终稿）.doc",
        "Microsoft PowerPoint - 汇报",
        "PowerPoint 演示文稿",
        "PowerPoint Presentation",
        "新建 Microsoft Word 文档",
        "文档1",
        "无标题",
        "工作簿1.xlsx",
        "Slide 1",
        "123",
        " ",
        None,
    ],
)
def test_a_title_that_a_program_wrote_is_none(nobodys: str | None) -> None:
    assert given_title(nobodys) == ""


@pytest.mark.parametrize(
    "given", ["滨海分行2027年工作要点", "Strategy 2027", "文档管理办法", "Book of Standards", "演示文稿制作规范", "Word 培训方案"]
)
def test_a_title_that_a_person_gave_stays(given: str) -> None:
    assert given_title(f" {given}\n") == given


def test_a_file_is_called_by_its_name_where_nobody_gave_it_a_title(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Microsoft Word - 旧稿.doc"
    document.add_paragraph("2027年客户经理持证上岗率不低于95%。")
    document.save(str(tmp_path / "工作要点.docx"))
    assert _parsed(tmp_path / "工作要点.docx").title == "工作要点"
