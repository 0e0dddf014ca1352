"""Documents for leaders: the same figures as the pages, in the reader's language, in the bank's template, and nobody else's to open."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Inches, Pt

from core.access.actor import Actor
from core.charts import pictures
from core.cli import main
from core.errors import BadInput, NotFound
from core.exports.leadership import service as papers
from core.exports.leadership.blocks import Bars, Column, Cover, Form, Lack, Matter, Said, Section, Series, Table, Tone
from core.exports.leadership.making import Wanted, matter
from core.exports.leadership.material import Material
from core.exports.leadership.planned import gaps as gap_blocks
from core.exports.leadership.sheets import write as write_sheets
from core.exports.leadership.slides import default_template as default_slides
from core.exports.leadership.slides import size_of_title
from core.exports.leadership.slides import write as write_slides
from core.exports.leadership.terms import ENDINGS, PAPER_JOB, PARTS, Paper, Part, State
from core.exports.leadership.word import default_template as default_word
from core.exports.leadership.word import write as write_word
from core.instance import Instance
from core.jobs import repository as jobs
from core.people.gaps.gap import GapKey, GroupGap
from core.plans import service as plans
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from tests.texts import HAN

DAY = date(2026, 11, 26)
HOSTILE = '=HYPERLINK("http://evil","点我")'
COLUMNS = (Column("项目", 4), Column("人数", 1, Form.COUNT), Column("比例", 1, Form.SHARE), Column("日期", 2, Form.DAY))


def document(paper: Paper, *, rows: int = 3) -> Matter:
    """A document with everything that one can hold."""
    lines = tuple((HOSTILE if n == 0 else f"项目{n}，名字很长的那一类培训项目", n, n / 100, DAY) for n in range(rows))
    blocks = (
        Said("先说一句", Tone.ITEM),
        Table("项目一览", "", COLUMNS, lines, "共若干个项目"),
        Bars("四月最多", ("三月", "四月"), (Series("课次", (1.0, 5.0)),), Form.COUNT, "截至今天"),
        Lack("还没有预算。"),
    )
    cover = Cover("2026 年度培训计划", "测试分行", 2026, "林经理", DAY, "计划修订 3，排期第 2 版", "全行汇总", False)
    return Matter(paper, cover, (Section(Part.PROJECTS, "培训项目与目标", blocks), Section(Part.BUDGET, "预算", (Lack("还没有预算。"),))))


def plan_of(house: Instance, leader: Actor) -> int:
    with house.database.writing() as db:
        return plans.create(db, leader, "测试分行", 2026).id or 0


def word_texts(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content))
    edges = [edge._element for section in body.sections for edge in (section.header, section.first_page_header, section.footer)]
    return "\n".join(
        "".join(text.text or "" for text in one.iter(qn("w:t"))) for root in (body.element, *edges) for one in root.iter(qn("w:p"))
    )


def slide_texts(content: bytes) -> list[str]:
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def test_the_plan_says_on_its_first_page_who_made_it_and_of_which_version() -> None:
    content = write_word(document(Paper.PLAN), "zh")
    told = word_texts(content)
    for wanted in (
        "2026 年度培训计划",
        "测试分行",
        "制作人：林经理",
        "计划修订 3，排期第 2 版",
        "2026年11月26日",
        "还没有预算。",
        "四月最多",
    ):
        assert wanted in told
    assert "{{" not in told


def test_every_style_of_the_plan_names_a_chinese_type() -> None:
    body = docx.Document(io.BytesIO(write_word(document(Paper.PLAN), "zh")))
    used = {paragraph.get(qn("w:val")) for paragraph in body.element.iter(qn("w:pStyle"))}
    for style in body.styles:
        if style.style_id in used:
            fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None and fonts.get(qn("w:eastAsia")) in ("宋体", "黑体"), style.name


def test_charts_and_tables_of_a_deck_can_be_edited_and_every_run_names_a_chinese_type() -> None:
    shown = Presentation(io.BytesIO(write_slides(document(Paper.DECISION), "zh")))
    shapes = [shape for slide in shown.slides for shape in slide.shapes]
    assert any(shape.has_chart for shape in shapes) and any(shape.has_table for shape in shapes)
    for slide in shown.slides:
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            assert run.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}ea") is not None, "".join(run.itertext())
    assert not [text for text in slide_texts(write_slides(document(Paper.DECISION), "zh")) if "{{" in text]


def test_nothing_on_a_slide_lies_beyond_its_edge_however_long_a_table_is() -> None:
    shown = Presentation(io.BytesIO(write_slides(document(Paper.DECISION, rows=200), "zh")))
    for slide in shown.slides:
        for shape in slide.shapes:
            high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.left >= 0 and shape.left + shape.width <= shown.slide_width
            assert shape.top + high <= shown.slide_height
    assert any("全部见 Excel 数据表" in text for text in slide_texts(write_slides(document(Paper.DECISION, rows=200), "zh")))


def test_a_long_title_is_set_smaller_and_a_short_one_as_the_template_has_it() -> None:
    long = "Strategy behind the plan: 12 themes, 13 cause-and-effect links; 3 of learning and growth carry through to the financial results"
    place = (Inches(12.1), Inches(0.75))
    assert (
        size_of_title("依据", *place) is None
        and Pt(14) <= size_of_title(long, *place) < Pt(24)
        and size_of_title(long * 9, *place) == Pt(14)
    )


def test_the_workbook_keeps_figures_as_figures_and_formulas_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_sheets(document(Paper.WORKBOOK), "zh")))
    sheet = book["项目一览"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (HOSTILE, "s")
    assert (sheet["B3"].value, sheet["C3"].number_format, sheet["D3"].number_format) == (1, "0%", "yyyy-mm-dd")
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == "A1:D4"
    assert "林经理" in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_the_banks_own_word_template_is_filled_also_where_word_split_a_place() -> None:
    own = docx.Document()
    first = own.add_paragraph()
    first.add_run("编制：{{ma")
    first.add_run("de_by}}")
    own.add_table(1, 1).cell(0, 0).text = "{{unit}}"
    own.add_paragraph("{{budget}}")
    own.add_paragraph("第二部分")
    own.add_paragraph("{{content}}")
    kept = io.BytesIO()
    own.save(kept)
    told = word_texts(write_word(document(Paper.PLAN), "zh", kept.getvalue()))
    assert "编制：林经理" in told and "测试分行" in told and "{{" not in told
    assert told.index("预算") < told.index("第二部分") < told.index("培训项目与目标")


def test_a_template_says_what_it_has_and_what_it_lacks() -> None:
    _ending, found = papers.check("a.docx", default_word("zh"))
    assert found.usable and not found.unknown and not {"title", "version", "made_by"} & set(found.lacks)
    _ending, found = papers.check("a.pptx", default_slides("zh"))
    assert found.usable and not found.unknown
    own = docx.Document()
    own.add_paragraph("{{titel}} 正文")
    kept = io.BytesIO()
    own.save(kept)
    _ending, found = papers.check("a.docx", kept.getvalue())
    assert not found.usable and found.unknown == ("titel",) and "没有放正文的地方" in str(found.sentences[-1])


def test_the_banks_slides_before_and_after_the_content_stay() -> None:
    own: Any = Presentation(io.BytesIO(default_slides("zh")))
    last = own.slides.add_slide(own.slide_layouts[0])
    last.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "谢谢 {{unit}}"
    kept = io.BytesIO()
    own.save(kept)
    told = slide_texts(write_slides(document(Paper.DECISION), "zh", kept.getvalue()))
    assert told[-1] == "谢谢 测试分行" and any("林经理" in text for text in told)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_a_broken_template_is_refused_with_a_sentence(content: bytes) -> None:
    for name in ("a.docx", "a.pptx"):
        with pytest.raises(BadInput):
            papers.check(name, content)
    with pytest.raises(BadInput):
        papers.check("a.doc", content)


def test_an_empty_plan_says_in_each_section_what_is_missing(house: Instance, leader: Actor) -> None:
    plan = plan_of(house, leader)
    with house.database.reading() as db:
        for paper in Paper:
            for section in matter(db, leader, plan, Wanted(paper, "zh"), DAY).sections:
                assert section.blocks, section.part
            for content in (papers.file_of(db, leader, plan, Wanted(paper, "zh"), today=DAY),):
                assert content


def test_english_documents_have_no_chinese_words_of_ours(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "Harbour Branch", 2026).id or 0
    with house.database.reading() as db:
        for paper in (Paper.PLAN, Paper.DECISION, Paper.REVIEW, Paper.WORKBOOK):
            found = matter(db, leader, plan, Wanted(paper, "en"), DAY)
            assert not HAN.search(repr(found.sections)) and not HAN.search(found.cover.title + found.cover.version + found.cover.scope)
        told = word_texts(papers.file_of(db, leader, plan, Wanted(Paper.PLAN, "en"), today=DAY))
    assert not HAN.search(told)


def test_what_was_made_is_kept_for_its_maker_and_can_be_deleted(house: Instance, leader: Actor, executive: Actor, manager: Actor) -> None:
    plan = plan_of(house, leader)
    with house.database.writing() as db:
        number = papers.make(db, executive, plan, Wanted(Paper.DECISION, "zh", (Part.SUMMARY, Part.BUDGET)))
    house.paper_worker.run()
    with house.database.writing() as db:
        one = next(one for one in papers.board(db, executive, plan).papers if one.id == number)
        assert one.row.state is State.READY and one.row.made_by == executive.name and one.row.plan_version and len(one.row.stamp) == 8
        assert Presentation(io.BytesIO(papers.download(db, executive, number))).slides
        assert papers.download(db, leader, number)
        assert not papers.board(db, manager, plan).papers
        with pytest.raises(NotFound):
            papers.download(db, manager, number)
        with pytest.raises(NotFound):
            papers.remove(db, manager, number)
        papers.remove(db, executive, number)
    with house.database.reading() as db:
        assert not papers.board(db, leader, plan).papers


def test_a_document_that_ends_its_process_each_time_says_why_it_was_given_up(house: Instance, leader: Actor) -> None:
    plan = plan_of(house, leader)
    with house.database.writing() as db:
        number = papers.make(db, leader, plan, Wanted(Paper.DECISION, "zh", (Part.SUMMARY,)))
        (job,) = jobs.open_of(db, PAPER_JOB, [number])
        job.lost = 3
    house.paper_worker.run()
    with house.database.reading() as db:
        (one,) = papers.board(db, leader, plan).papers
    assert one.row.state is State.FAILED and "已经 3 次意外中断" in str(one.failure)


def test_a_template_is_used_from_then_on_and_an_earlier_one_can_be_taken_back(house: Instance, leader: Actor) -> None:
    plan = plan_of(house, leader)

    def template(words: str) -> bytes:
        own = docx.Document()
        own.add_paragraph(words)
        own.add_paragraph("{{content}}")
        kept = io.BytesIO()
        own.save(kept)
        return kept.getvalue()

    with house.database.writing() as db:
        first = papers.add_template(db, leader, "甲.docx", template("第一版"))
        papers.add_template(db, leader, "乙.docx", template("第二版"))
        assert "第二版" in word_texts(papers.file_of(db, leader, plan, Wanted(Paper.PLAN, "zh", (Part.SUMMARY,))))
        papers.use_template(db, leader, "docx", first)
        assert "第一版" in word_texts(papers.file_of(db, leader, plan, Wanted(Paper.PLAN, "zh", (Part.SUMMARY,))))
        papers.use_template(db, leader, "docx", None)
        assert "制作人" in word_texts(papers.file_of(db, leader, plan, Wanted(Paper.PLAN, "zh", (Part.SUMMARY,))))


def test_the_command_writes_a_file_or_says_what_is_wrong(
    house: Instance, leader: Actor, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    plan_of(house, leader)
    data = ["--data", str(house.settings.data)]
    out = tmp_path / "plan.docx"
    assert main(["export", "plan", "-o", str(out), "--sections", "summary", *data]) == 0
    assert "摘要" in word_texts(out.read_bytes()) or "Summary" in word_texts(out.read_bytes())
    assert main(["export", "plan", "-o", str(tmp_path / "plan.pptx"), *data]) == 2
    assert main(["export", "plan", "-o", str(out), "--sections", "nothing", *data]) == 2
    assert "nothing" in capsys.readouterr().err


def test_no_line_ends_within_a_number_or_between_it_and_its_sign() -> None:
    table = Table("绩效目标", "", (Column("目标", 3),), (("小微授信资料退回率 ≤ 15%",),))
    made = docx.Document(io.BytesIO(write_word(replace(document(Paper.PLAN), sections=(Section(Part.PROJECTS, "项目", (table,)),)), "zh")))
    assert made.tables[0].rows[1].cells[0].text == "小微授信资料退回率 ≤\u00a015%"
    # Office programs break lines anywhere in Latin letters and digits that are said to be Chinese.
    languages = [tag.get(qn("w:val")) for tag in made.styles["Normal"].element.iter(qn("w:lang"))]
    assert languages and "zh-CN" not in languages


def test_a_workbook_draws_no_picture(house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(house, leader)
    with house.database.writing() as db:
        themes.create(db, leader, plan, themes.Draft("财富客户", Perspective.CUSTOMER))
    drawn: list[object] = []
    monkeypatch.setattr(pictures, "png", lambda chart, sharp=1.0: drawn.append(chart) or b"")
    with house.database.reading() as db:
        found = matter(db, leader, plan, Wanted(Paper.WORKBOOK, "zh", (Part.STRATEGY,)), DAY)
        assert not drawn and any(isinstance(one, Table) and one.rows for one in found.sections[0].blocks)
        matter(db, leader, plan, Wanted(Paper.DECISION, "zh", (Part.STRATEGY,)), DAY)
    assert len(drawn) == 1


def test_each_section_belongs_to_a_document() -> None:
    assert set().union(*(set(parts) for parts in PARTS.values())) == set(Part)


def test_groups_of_fewer_than_five_are_left_out_of_documents_though_their_maker_sees_them(house: Instance, leader: Actor) -> None:
    plan = plan_of(house, leader)
    day = date(2026, 11, 1)

    def group(post: int, measured: int) -> GroupGap:
        return GroupGap(GapKey(1, None, post), measured, measured, 0, measured, 1.0, 0.5, day)

    with house.database.reading() as db:
        found = Material(db, leader, plan, "zh", DAY)
        found.__dict__["all_gaps"] = [group(1, 9), group(2, 4)]
        blocks = gap_blocks(found)
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    assert {row[3] for row in rows} == {9}
    assert any("另有 1 组不足 5 人" in block.note for block in blocks if isinstance(block, Table))


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("paper", "write"), [(Paper.PLAN, write_word), (Paper.DECISION, write_slides)])
def test_an_office_program_opens_and_draws_the_file(paper: Paper, write: Any, tmp_path: Path) -> None:
    path = tmp_path / f"made.{ENDINGS[paper]}"
    path.write_bytes(write(document(paper), "zh"))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120
    )
    with pdfium.PdfDocument(tmp_path / "made.pdf") as drawn:
        told = "".join(page.get_textpage().get_text_range() for page in drawn)
        assert len(drawn) >= 2 and "测试分行" in told and "{{" not in told
        for page in drawn:
            assert min(page.render(scale=0.5).to_pil().convert("L").getextrema()) < 128
