"""PDF files: what a reader of the page would read, in order, and where."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import parse_file
from tests.core.documents import files


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    return parse_file(files.strategy_pdf(tmp_path_factory.mktemp("pdf") / "战略规划.pdf"))


def _texts(document: ParsedDocument, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def test_a_paragraph_is_one_run_of_text_over_lines_and_pages(strategy: ParsedDocument) -> None:
    paragraphs = [text for text in _texts(strategy, "paragraph") if text.startswith("到2028年末")]
    assert paragraphs == [files.PARAGRAPH] * 14
    broken = [page for page in strategy.pages[1:] if page.start and strategy.text[page.start - 1] != "\n"]
    assert [page.label for page in broken] == ["第4页"]


def test_english_lines_are_joined_with_spaces(strategy: ParsedDocument) -> None:
    assert "will complete the certified wealth planning programme before the end of June 2027." in strategy.text


def test_headings_nest_by_their_numbers_and_the_outline(strategy: ParsedDocument) -> None:
    headings = [(block.level, strategy.text[block.start : block.end]) for block in strategy.blocks if block.kind == "heading"]
    assert headings[1:] == [
        (1, "第一章 总体要求"),
        (2, "一、指导思想"),
        (2, "二、主要目标"),
        (1, "重点任务与分工"),
        (2, "（一）零售转型"),
    ]


def test_the_largest_text_of_the_first_page_is_the_title(strategy: ParsedDocument) -> None:
    assert strategy.title == "示例银行发展战略规划（2026—2028年）"


def test_running_heads_and_page_numbers_are_left_out(strategy: ParsedDocument) -> None:
    assert "示例银行发展战略规划\n" not in strategy.text
    assert "— 4 —" not in strategy.text


def test_lines_of_the_table_of_contents_are_no_headings(strategy: ParsedDocument) -> None:
    contents = _texts(strategy, "contents")
    assert len(contents) == 6
    assert contents[1].startswith("第一章 总体要求...")


def test_a_table_that_goes_on_over_the_page_is_one_table_with_one_header(strategy: ParsedDocument) -> None:
    (table,) = strategy.tables
    cells = [[strategy.text[cell.start : cell.end] for cell in row] for row in table.rows]
    assert cells == [
        ["指标", "2025年", "2028年"],
        ["零售AUM（亿元）", "6,820", "10,800"],
        ["财富客户（万户）", "42.6", "62.0"],
        ["不良率（%）", "1.28", "1.20"],
    ]
    assert strategy.page_at(table.rows[1][0].start).number + 1 == strategy.page_at(table.rows[2][0].start).number


def test_pages_cover_the_text_without_gaps(strategy: ParsedDocument) -> None:
    assert "".join(strategy.text[page.start : page.end] for page in strategy.pages) == strategy.text
    assert [page.number for page in strategy.pages] == list(range(1, len(strategy.pages) + 1))


def test_columns_are_read_one_after_the_other_and_paragraphs_go_on_from_one_to_the_next(tmp_path: Path) -> None:
    document = parse_file(files.two_column_pdf(tmp_path / "简报.pdf"))
    assert _texts(document, "paragraph")[1:] == list(files.COLUMNS)
    assert [page.label for page in document.pages] == ["第1页", "第2页"]
    assert document.text[document.pages[1].start :].startswith("三季度")


def test_columns_of_a_scanned_page_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = parse_file(files.scanned_columns_pdf(tmp_path / "扫描.pdf")).text
    assert text.index("一季度新增企业客户") < text.index("不计入当月考核") < text.index("二季度新增企业客户")


def test_words_that_line_up_without_rules_are_read_row_by_row(tmp_path: Path) -> None:
    text = "".join(parse_file(files.aligned_pdf(tmp_path / "分工.pdf")).text.split())
    assert all(f"{task}{who}" in text for task, who in files.ALIGNED)


def test_a_scanned_page_is_read_from_its_picture_and_typed_pages_are_not(tmp_path: Path) -> None:
    text = "各分行：为加强从业人员行为管理，新入职员工须在三个月内完成不少于40学时的合规培训，通关率达到95%以上。请认真组织落实。"
    path = files.scanned_pdf(tmp_path / "通知.pdf", text, "关于加强合规培训的通知", typed_pages=1)
    seen: list[tuple[int, int]] = []
    document = parse_file(path, on_progress=lambda done, total: seen.append((done, total)))
    assert [page.ocr for page in document.pages] == [False, True]
    assert "不少于40学时的合规培训" in document.text
    assert "关于加强合规培训的通知" in _texts(document, "heading")
    assert files.PARAGRAPH in document.text
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_pdf_with_a_broken_cross_reference_table_is_still_read(tmp_path: Path) -> None:
    path = files.long_pdf(tmp_path / "a.pdf", 2)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"xref")] + b"xref\n0 9\ngarbage")
    assert files.PARAGRAPH in parse_file(path).text


def test_parsing_twice_gives_the_same_document(tmp_path: Path) -> None:
    path = files.long_pdf(tmp_path / "a.pdf", 2)
    assert parse_file(path).to_json() == parse_file(path).to_json()


@pytest.mark.parametrize(
    ("inside", "title"), [("untitled", "long"), ("Microsoft Word - 旧稿.doc", "long"), ("滨海分行工作要点", "滨海分行工作要点")]
)
def test_the_title_inside_counts_where_a_person_gave_it(tmp_path: Path, inside: str, title: str) -> None:
    writer = pypdf.PdfWriter(clone_from=files.long_pdf(tmp_path / "plain.pdf", 1))
    writer.add_metadata({"/Title": inside})
    writer.write(tmp_path / "long.pdf")
    assert parse_file(tmp_path / "long.pdf").title == title
