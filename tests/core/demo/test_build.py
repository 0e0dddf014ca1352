"""The sample branch is made of real files: they open, say what the sources say, and name no real bank."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
import pptx
import pytest
from docx.table import Table
from pypdf import PdfReader

from core.demo import build as demo
from core.demo import linebreak
from core.demo.build import BuiltDocument
from core.demo.service import Sample

STRATEGY = "示例银行2026—2028年发展战略规划.pdf"
DRAFT = "示例银行2026—2028年发展战略规划（征求意见稿）.pdf"
CONFERENCE = "2026年全行工作会议报告.docx"
RETAIL = "零售条线三年行动方案.pptx"
APPRAISAL = "2027年分支机构综合考核办法及指标表.xlsx"
NOTICE = "关于加强从业人员行为管理与合规培训的通知.pdf"

REAL_BANKS = re.compile(
    "(工商|农业|中国|建设|交通|邮储|招商|浦发|中信|光大|华夏|民生|广发|兴业|平安|浙商|恒丰|渤海|北京|上海|江苏|宁波|南京|杭州|徽商|人民)银行"
    "|汇丰|渣打|花旗"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[BuiltDocument]:
    return demo.build(tmp_path_factory.mktemp("sample") / "made when absent")


@pytest.fixture(scope="module")
def folder(built: list[BuiltDocument]) -> Path:
    return built[0].path.parent


@pytest.fixture(scope="module")
def texts(folder: Path) -> dict[str, str]:
    """What a reader finds in each document: a library's text of the file, the source for the scan, the notes of an interview."""
    found = {path.name: _read(path) for path in folder.iterdir() if path.name != NOTICE}
    found[NOTICE] = (demo.SOURCES / "compliance_notice.md").read_text(encoding="utf-8")
    return found | {f"访谈记录：{interview.person}": interview.notes for interview in demo.interviews()}


def _facts() -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = tomllib.loads((demo.SOURCES / "facts.toml").read_text(encoding="utf-8"))["facts"]
    return facts


def _read(path: Path) -> str:
    match path.suffix:
        case ".pdf":
            return _pdf_text(path)
        case ".docx":
            return _docx_text(path)
        case ".pptx":
            return _pptx_text(path)
        case ".xlsx":
            return _xlsx_text(path)
    return path.read_text(encoding="utf-8")


def _pdf_text(path: Path) -> str:
    running, tables = [], []
    with pdfplumber.open(path) as file:
        for page in file.pages:
            running.append("\n".join((page.extract_text() or "").split("\n")[1:-1]))  # without header and footer
            tables += ["|".join(cell or "" for cell in row) for table in page.extract_tables() for row in table]
    return "\n".join(running + tables)


def _docx_text(path: Path) -> str:
    lines = []
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            lines += ["|".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(lines)


def _pptx_text(path: Path) -> str:
    lines = []
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            if shape.has_table:
                lines += ["|".join(cell.text for cell in row.cells) for row in shape.table.rows]
            lines += [part.text_frame.text for part in getattr(shape, "shapes", [])]
        if slide.has_notes_slide:
            lines.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(lines)


def _xlsx_text(path: Path) -> str:
    book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join("|".join(_shown(cell) for cell in row) for sheet in book for row in sheet.iter_rows())


def _shown(cell: Any) -> str:
    """The cell as Excel shows it, for the number formats used here."""
    patterns = {"0": "{:.0f}", "0.00": "{:.2f}", "#,##0.0": "{:,.1f}", "0.0%": "{:.1%}", "0.00%": "{:.2%}"}
    if isinstance(cell.value, int | float):
        return patterns.get(cell.number_format, "{}").format(cell.value)
    return str(cell.value or "")


def _bare(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def test_every_planted_fact_stands_verbatim_in_its_document(texts: dict[str, str]) -> None:
    bare = {name: _bare(text) for name, text in texts.items()}
    missing = [fact["id"] for fact in _facts() if _bare(fact["quote"]) not in bare[fact["document"]]]
    assert missing == []


def test_facts_are_enough_and_of_every_kind() -> None:
    facts = _facts()
    kinds = {"target", "achieved", "task", "capability", "fact", "conflict", "superseded", "table_only"}
    assert len(facts) >= 80
    assert {fact["kind"] for fact in facts} == kinds
    assert len({fact["id"] for fact in facts}) == len(facts)


def test_a_planted_figure_of_a_target_stands_in_its_quote() -> None:
    for fact in _facts():
        if "value" in fact:
            assert f"{fact['value']:g}" in fact["quote"].replace(",", ""), fact["id"]


def test_table_only_figures_of_the_strategy_are_not_in_its_running_text() -> None:
    source = (demo.SOURCES / "hq_strategy.md").read_text(encoding="utf-8")
    running = "".join(line for line in source.splitlines() if not line.startswith("|"))
    for fact in _facts():
        if fact["document"] == STRATEGY and fact["kind"] == "table_only" and "metric" in fact:
            figure = f"{fact['value']:,g}{fact['unit']}"
            statement = rf"{re.escape(fact['metric'])}[^。；]*{re.escape(figure)}"
            assert not re.search(statement, running), fact["id"]


def test_the_strategy_is_a_long_paper_with_contents_outline_and_tables(folder: Path) -> None:
    reader = PdfReader(folder / STRATEGY)
    assert len(reader.pages) >= 40
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [str(chapter.title)[:3] for chapter in chapters[:9]] == [f"第{n}章" for n in "一二三四五六七八九"]
    with pdfplumber.open(folder / STRATEGY) as file:
        captions = re.findall(r"(?m)^表\d-\d ", "\n".join(page.extract_text() for page in file.pages))
    assert len(captions) >= 12


def test_contents_give_the_page_where_the_chapter_begins(folder: Path) -> None:
    reader = PdfReader(folder / STRATEGY)
    with pdfplumber.open(folder / STRATEGY) as file:
        contents = file.pages[1].extract_text() + file.pages[2].extract_text()
    for chapter in [entry for entry in reader.outline if not isinstance(entry, list)]:
        page = (reader.get_destination_page_number(chapter) or 0) + 1
        assert re.search(rf"{re.escape(str(chapter.title))}[ .]+{page}$", contents, re.MULTILINE), chapter.title


def test_the_draft_is_shorter_listed_first_and_superseded(built: list[BuiltDocument], folder: Path) -> None:
    titles = [document.title for document in built]
    final = next(document for document in built if document.path.name == STRATEGY)
    assert final.supersedes is not None
    assert titles.index(final.supersedes) < titles.index(final.title)
    assert 12 <= len(PdfReader(folder / DRAFT).pages) < 40


def test_the_scanned_notice_has_pictures_and_no_text_layer(folder: Path) -> None:
    with pdfplumber.open(folder / NOTICE) as file:
        assert len(file.pages) == 3
        assert [len(page.chars) for page in file.pages] == [0, 0, 0]
        assert all(page.images for page in file.pages)


def test_the_conference_paper_mixes_heading_styles_with_bold_lines(folder: Path) -> None:
    paper = docx.Document(str(folder / CONFERENCE))
    styled = [paragraph for paragraph in paper.paragraphs if paragraph.style.name.startswith("Heading")]
    bold = [p for p in paper.paragraphs if p.style.name == "Normal" and p.text.startswith("（") and p.runs[0].bold]
    assert len(styled) >= 20
    assert len(bold) >= 6
    assert 9_000 <= len(_docx_text(folder / CONFERENCE)) <= 12_000


def test_the_deck_has_tables_groups_and_notes(folder: Path) -> None:
    slides = list(pptx.Presentation(str(folder / RETAIL)).slides)
    assert len(slides) >= 24
    assert sum(any(shape.has_table for shape in slide.shapes) for slide in slides) >= 6
    assert sum(any(hasattr(shape, "shapes") for shape in slide.shapes) for slide in slides) >= 4
    assert sum(slide.has_notes_slide for slide in slides) >= 10
    assert all(slide.shapes.title.text for slide in slides)


def test_nothing_on_a_slide_runs_off_its_edge(folder: Path) -> None:
    deck = pptx.Presentation(str(folder / RETAIL))
    for number, slide in enumerate(deck.slides, 1):
        lowest = max(shape.top + shape.height for shape in slide.shapes)
        assert lowest <= deck.slide_height, number


def test_the_workbook_keeps_formulas_with_their_values_and_one_hidden_sheet(folder: Path) -> None:
    formulas = openpyxl.load_workbook(folder / APPRAISAL)
    values = openpyxl.load_workbook(folder / APPRAISAL, data_only=True)
    assert [sheet.title for sheet in formulas if sheet.sheet_state == "hidden"] == ["测算底稿"]
    assert any(sheet.merged_cells.ranges for sheet in formulas)
    stored = [
        (cell.value, values[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(stored) >= 50
    assert all(isinstance(value, int | float) for _, value in stored)


def test_weights_of_the_appraisal_add_up_to_one_hundred(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / APPRAISAL, data_only=True)["指标与权重"]
    *rows, total = [row for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert total[2] == sum(row[2] for row in rows) == 100


def test_a_trial_score_follows_article_four(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / APPRAISAL, data_only=True)["滨海分行试算"]
    scores = {row[0]: row[6] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert scores["重点培训项目业务结果可验证率"] == 0  # 40 % of the target: below 60 %
    assert scores["国际结算量增长率"] == pytest.approx(4.53)  # 11.9 / 10.5 × 4
    assert scores["零售AUM增长率"] == pytest.approx(8.87)  # 10.2 / 11.5 × 10


@pytest.mark.thorough
def test_building_twice_gives_the_same_bytes(folder: Path, sample: Sample) -> None:
    for file in sample.files:
        assert file.content == (folder / file.document.path.name).read_bytes(), file.document.title


def test_every_document_is_marked_as_a_sample(folder: Path, texts: dict[str, str]) -> None:
    for name in (STRATEGY, DRAFT):
        with pdfplumber.open(folder / name) as file:
            assert all("示例（虚构）" in page.extract_text() for page in file.pages)
    for path in folder.glob("*.docx"):
        assert "示例（虚构）" in docx.Document(str(path)).sections[0].header.paragraphs[0].text
    assert texts[RETAIL].count("示例（虚构）") >= len(pptx.Presentation(str(folder / RETAIL)).slides)
    assert all("示例" in sheet.oddHeader.center.text for sheet in openpyxl.load_workbook(folder / APPRAISAL))
    assert "示例（虚构）" in texts["滨海分行员工能力测评情况简报.md"]


def test_no_real_bank_is_named(texts: dict[str, str]) -> None:
    named = [(document, found[0]) for document, text in texts.items() if (found := REAL_BANKS.search(_bare(text)))]
    assert named == []


def test_interviews_quote_their_own_notes_and_fall_into_the_planning_season() -> None:
    interviews = demo.interviews()
    assert len(interviews) == 3
    for interview in interviews:
        assert date(2026, 10, 1) <= interview.date <= date(2026, 11, 30)
        assert 900 <= len(interview.notes) <= 1_500
        assert interview.quotes
        assert all(quote in interview.notes for quote in interview.quotes)


def test_a_line_never_begins_with_a_comma_nor_splits_a_number() -> None:
    lines = linebreak.lines("零售AUM达到10,800亿元，占比达到44%（含私行）。", 8, lambda text: float(len(text)))
    assert "".join(lines) == "零售AUM达到10,800亿元，占比达到44%（含私行）。"
    assert not any(line[0] in "，。）%" for line in lines)
    assert any("10,800" in line for line in lines)
