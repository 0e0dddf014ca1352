"""The chapter on decoding as a Word file: whole, only what was accepted, every demand with its words, and a file that opens cleanly."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.errors import NotFound
from core.exports.decoding_chapter import decoding_chapter
from core.exports.decoding_contents import gather
from core.i18n import Language
from core.instance import Instance
from core.plans import service as plans
from core.strategy import review
from core.strategy.findings import FindingKind, Measure, Perspective
from core.strategy.focus import service as focus
from core.strategy.focus.service import Entered
from core.strategy.review import Draft
from core.strategy.tables import FindingState
from core.strategy.themes import linking, localisation, suggesting
from core.strategy.themes import service as themes
from tests.conftest import BOTH
from tests.core.strategy.world import CANTEEN, CERTIFIED, GROWTH, TIERS, World, accept, build
from tests.library import shelve

DAY = date(2026, 11, 25)
FACT = "财富客户年流失率10.4%"
RIVAL = "# 年度工作会议\n\n到2028年末，零售AUM年均增长12%以上。\n"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    """A plan with two themes that carry each other, a localised clause, a focus, and two findings that were not accepted."""
    made = build(house, leader)
    with house.database.writing() as db:
        suggesting.take_over(db, leader, made.plan, suggesting.propose(themes.overview(db, leader, made.plan)))
    with house.database.writing() as db:
        retail, people = themes.overview(db, leader, made.plan).themes
        linking.link(db, leader, made.plan, people.id, retail.id, "持证后会配置")
        localisation.write(db, leader, made.plan, made.findings[TIERS], None, "先分望海、云岭两县的层")
        focus.save(db, leader, made.plan, [Entered("零售金融", "财富顾问", 5, 0.5, 156), Entered("县域", "客户经理", 4, None, 38)])
        review.decide(db, leader, made.plan, [made.findings[CANTEEN]], FindingState.REJECTED)
    with house.database.writing() as db:
        parsed = library.open_document(db, leader, made.branch).parsed
        assert parsed is not None
        start = parsed.text.index(FACT)
        localisation.justify(db, leader, made.plan, made.findings[TIERS], 1, (made.branch, start, start + len(FACT)))
        first = focus.rows(db, leader, made.plan)[0]
        focus.anchor(db, leader, made.plan, first.id or 0, first.version or 0, "人数最多")
    measure(house, leader, made, GROWTH, Measure("零售AUM年均增长率", ">=", 15, "%", "%", "2028-12-31"))
    measure(house, leader, made, CERTIFIED, Measure("持证人数", ">=", 480_000, "人", "万人", ""))
    return made


def measure(house: Instance, actor: Actor, world: World, which: int, what: Measure) -> None:
    """Give a target its measure."""
    with house.database.writing() as db:
        row = review.find(db, actor, world.plan, world.findings[which])
        review.edit(db, actor, world.plan, row.id or 0, row.version or 0, Draft(FindingKind.TARGET, row.text, row.perspective, (), what))


def written(house: Instance, actor: Actor, plan: int, language: Language = "zh") -> bytes:
    """The file."""
    with house.database.reading() as db:
        contents = gather(db, actor, plan)
    return decoding_chapter(contents, language, DAY)


def opened(content: bytes) -> Any:
    """The file as another program reads it."""
    return docx.Document(io.BytesIO(content))


def tables(paper: Any) -> list[list[list[str]]]:
    """All tables: rows of cells."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def words(paper: Any) -> str:
    """Everything that stands in it."""
    return "\n".join([*(one.text for one in paper.paragraphs), *(cell for table in tables(paper) for row in table for cell in row)])


def headings(paper: Any) -> list[tuple[str, str]]:
    """The navigation pane."""
    return [(one.style.name, one.text) for one in paper.paragraphs if one.style.name.startswith("Heading")]


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_the_chapter_holds_what_was_accepted_with_its_words_and_places(house: Instance, leader: Actor, world: World) -> None:
    paper = opened(written(house, leader, world.plan))
    found = headings(paper)
    assert [text for style, text in found if style == "Heading 1"] == [
        "一、读了哪些文件",
        "二、主要数字",
        "三、战略地图",
        "四、战略主题",
        "五、总行条款的本地化",
        "六、文件之间的不一致",
        "七、锚定重点",
        "附录：没有收入本章的发现",
    ]
    assert [text for style, text in found if style == "Heading 2"] == ["以零售转型为主体，做深财富客户经营", "建设专业过硬的客户经理队伍"]
    text = words(paper)
    assert "食堂" not in text, "what was rejected stays out"
    assert "“建立财富客户分层经营机制”" in text and "《总行战略》，零售转型" in text
    every = [row for table in tables(paper) for row in table]
    assert ["零售AUM年均增长率", "≥", "15", "%", "2028-12-31"] in [row[:5] for row in every]
    assert ["持证人数", "≥", "48", "万人", "—"] in [row[:5] for row in every], "as the document writes it"
    clause = next(row for row in every if row[1] == "先分望海、云岭两县的层")
    assert "建立财富客户分层经营机制" in clause[0] and clause[2] == f"“{FACT}”——《分行报告》，零售业务"
    assert ["1", "零售金融", "财富顾问"] in [row[:3] for row in every] and "人数最多（Leader）" in text
    assert "得分 = 40 × 重要性 ÷ 5 + 40 × 能力短板 + 20 × 人数 ÷ 最多人数" in text and "未知" in text
    assert "建设专业过硬的客户经理队伍 → 以零售转型为主体，做深财富客户经营：持证后会配置" in text


def test_figures_say_how_they_were_counted_and_the_appendix_counts_the_rest(house: Instance, leader: Actor, world: World) -> None:
    text = {row[0]: row[1:] for table in tables(opened(written(house, leader, world.plan))) for row in table}
    assert text["采纳的发现"] == ["5", "量化目标 2 + 核心任务 1 + 能力要求 0 + 主题来源 2"]
    assert text["已决定的比例"] == ["100%", "已采纳、不采纳、已合并共 6 条 ÷ 全部 6 条"]
    assert text["已本地化的主题"][0] == "1 / 2" and text["锚定的重点"][0] == "1" and text["因果关系"][0] == "1"
    assert (text["未采纳"][0], text["待确认"][0]) == ("1", "0")


def test_documents_that_disagree_stand_side_by_side_until_one_is_dropped(house: Instance, leader: Actor, world: World) -> None:
    rival = shelve(house, leader, "年度工作会议.md", RIVAL)
    kind = (FindingKind.TARGET, Perspective.FINANCIAL, "零售AUM年均增长率")
    other = accept(house, leader, world.plan, rival, RIVAL, "零售AUM年均增长12%以上", "年度工作会议", *kind)
    with house.database.writing() as db:
        row = review.find(db, leader, world.plan, other)
        what = Measure("零售AUM年均增长率", ">=", 12, "%", "%", "2028-12-31")
        review.edit(db, leader, world.plan, other, row.version or 0, Draft(FindingKind.TARGET, row.text, row.perspective, (), what))
    disagreeing = [row[:3] for table in tables(opened(written(house, leader, world.plan))) for row in table if row[1] == "2028-12-31"]
    assert disagreeing == [["零售AUM年均增长率", "2028-12-31", "12%"], ["零售AUM年均增长率", "2028-12-31", "15%"]]
    with house.database.writing() as db:
        review.decide(db, leader, world.plan, [other], FindingState.REJECTED)
    assert "没有同一指标、同一期限而数值不同的情况" in words(opened(written(house, leader, world.plan)))


def test_findings_put_together_name_each_others_places(house: Instance, leader: Actor, world: World) -> None:
    rival = shelve(house, leader, "年度工作会议.md", "# 会议\n\n建立财富客户分层经营机制。\n")
    text = "# 会议\n\n建立财富客户分层经营机制。\n"
    other = accept(house, leader, world.plan, rival, text, "建立财富客户分层经营机制", "会议", FindingKind.TASK, None, "")
    with house.database.writing() as db:
        review.merge(db, leader, world.plan, [world.findings[TIERS], other], world.findings[TIERS])
    assert "《总行战略》，零售转型；另见《年度工作会议》，会议" in words(opened(written(house, leader, world.plan)))


def test_the_english_chapter_leaves_only_the_banks_own_words_in_chinese(house: Instance, leader: Actor, world: World) -> None:
    paper = opened(written(house, leader, world.plan, "en"))
    assert not [text for style, text in headings(paper) if style != "Heading 2" and re.search("[\u4e00-\u9fff]", text)]
    heads = {cell for table in tables(paper) for cell in table[0] if not re.search("[\u4e00-\u9fff]", cell)}
    assert {"Indicator", "Words and place", "Branch version", "How it is counted", "Rejected"} <= heads
    assert "25 November 2026" in words(paper)


def test_word_opens_it_cleanly_in_chinese(house: Instance, leader: Actor, world: World) -> None:
    content = written(house, leader, world.plan)
    paper = opened(content)
    section = paper.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert "海" not in section.footer.paragraphs[0].text and "滨海分行 2027" in section.header.paragraphs[0].text
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Table Text", "toc 1"):
        fonts = paper.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体") and fonts.get(qn("w:eastAsiaTheme")) is None, name
    headed = [table for table in paper.tables if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(headed) >= 5, "headings of tables repeat on the next page"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
        footer = next(parts.read(name).decode() for name in parts.namelist() if re.search(r"footer\d", name))
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 1 and 'TOC \\o "1-2"' in body and "PAGE" in footer and "NUMPAGES" in footer
    assert body.count('fldCharType="begin"') == body.count('fldCharType="end"') == 1
    assert re.search(r'descr="[^"]*2 个主题', body)


def test_characters_that_no_file_can_hold_do_not_break_it(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        row = review.find(db, leader, world.plan, world.findings[TIERS])
        review.edit(db, leader, world.plan, row.id or 0, row.version or 0, Draft(FindingKind.TASK, "分层\x01经营 <b>&"))
    assert "分层经营 <b>&" in words(opened(written(house, leader, world.plan)))


def test_a_plan_with_nothing_in_it_says_so(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海州分行", 2027).id or 0
    text = words(opened(written(house, leader, plan)))
    assert all(one in text for one in ("还没有解码任何文件", "还没有战略主题", "还没有写过分行版本", "还没有评出重点"))


def test_whoever_may_not_see_a_document_finds_nothing_of_it(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    secret = "# 行长访谈\n\n望海支行班子要补强。\n"
    talk = shelve(house, leader, "行长访谈.md", secret, DocumentKind.INTERVIEW)
    accept(house, leader, world.plan, talk, secret, "望海支行班子要补强", "行长访谈", FindingKind.TASK, None, "")
    assert "班子" in words(opened(written(house, leader, world.plan)))
    assert "班子" not in words(opened(written(house, manager, world.plan))) and "行长访谈" not in words(
        opened(written(house, manager, world.plan))
    )
    with house.database.reading() as db, pytest.raises(NotFound):
        gather(db, leader, 999)
