"""The reader: text, outline, search inside, the cited passage."""

from __future__ import annotations

from core.access import service as access
from core.access.actor import Actor
from core.access.audit import Entry
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from tests.library import NOTICE, SECRET, STRATEGY, long_text, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/document.py"


def place(house: Instance, actor: Actor, document: int, quote: str) -> dict[str, int]:
    """Where a quote stands in a document."""
    with house.database.reading() as db:
        parsed = library.open_document(db, actor, document).parsed
    assert parsed is not None
    start = parsed.text.index(quote)
    return {"start": start, "end": start + len(quote)}


def test_a_cited_passage_is_marked_and_near_the_top(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "方案.md", long_text(40))
    quote = "第14项任务：在第14个网点推进网点转型"
    at = visit(leader, PAGE, id=document, **place(house, leader, document, quote))
    html = next(line for line in words(at).split("\n\n") if "<mark" in line)
    assert f">{quote}</mark>" in html
    before = html.split("<mark")[0]
    assert len(before) < 1500, "what comes before the mark fits on a screen"
    at.toggle[0].set_value(True).run()
    assert len(next(line for line in words(at).split("\n\n") if "<mark" in line)) >= len(html)


def test_the_outline_leads_to_a_section_and_shows_where_one_is(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "战略.md", STRATEGY)
    at = visit(leader, PAGE, id=document)
    assert "客户经理队伍" in "".join(labels(at, "button"))
    next(one for one in at.button if "客户经理队伍" in one.label).click()
    at.run()
    assert at.query_params["screen"] == ["1"] or at.query_params["screen"] == "1"


def test_a_column_of_a_table_is_never_squeezed_to_one_character(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "办法.md", "| 条款 | 内容 |\n|---|---|\n| 第一条 | 各分行对所辖支行的考核由分行参照本办法制定。 |\n")
    cells = [cell for cell in words(visit(leader, PAGE, id=document)).split("<td")[1:] if "第一条" in cell]
    assert cells and "min-width" in cells[0]


def test_words_are_found_inside_and_lead_to_their_place(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "战略.md", STRATEGY)
    at = visit(leader, PAGE, id=document)
    at.text_input[0].set_value("持证").run()
    assert "1 处" in words(at)
    next(one for one in at.button if "**持证**" in one.label).click()
    at.run()
    assert ">持证</mark>" in words(at)
    at.text_input[0].set_value("没有这个词").run()
    assert "没有找到" in words(at)


def test_an_older_edition_says_so_and_leads_to_the_newer(house: Instance, leader: Actor, visit: Visit) -> None:
    old = shelve(house, leader, "战略.md", STRATEGY)
    new = shelve(house, leader, "战略.md", STRATEGY + "\n补充一条。\n")
    at = visit(leader, PAGE, id=old)
    assert "这是旧版本，不再参与检索。" in at.warning[0].value
    next(one for one in at.button if one.label.startswith("打开新版本")).click()
    at.run()
    assert str(at.query_params["id"]).strip("[]'") == str(new) and "补充一条" in words(at)


def test_a_document_that_one_may_not_see_is_as_good_as_absent(house: Instance, leader: Actor, executive: Actor, visit: Visit) -> None:
    secret = shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
    for number in (secret, 999):
        at = visit(executive, PAGE, id=number)
        assert "没有找到这份文件" in words(at) and "班子搭配" not in words(at)


def test_opening_a_document_is_written_into_the_audit_log_once(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "战略.md", STRATEGY)
    at = visit(leader, PAGE, id=document)
    at.run()
    with house.database.reading() as db:
        log: list[Entry] = list(access.entries(db, leader, action="document_read", offset=0, limit=10).entries)
    assert len(log) == 1


def test_without_a_document_the_library_is_offered(leader: Actor, visit: Visit) -> None:
    assert "打开文件库" in labels(visit(leader, PAGE), "button")


def test_a_document_without_text_says_so(house: Instance, leader: Actor, visit: Visit) -> None:
    added = library_row_without_text(house, leader)
    assert "还没有可阅读的文本" in words(visit(leader, PAGE, id=added))


def test_impossible_places_in_the_address_are_ignored(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "战略.md", STRATEGY)
    for parameters in ({"start": 5, "end": 99999}, {"start": 9, "end": 3}, {"screen": 400}, {"start": "x", "end": "y"}):
        at = visit(leader, PAGE, id=document, **parameters)
        assert "持证上岗率" in words(at) and "<mark" not in words(at)


def test_a_planner_may_take_words_as_a_finding_and_others_may_not(
    house: Instance, leader: Actor, manager: Actor, plan: int, visit: Visit
) -> None:
    document = shelve(house, leader, "战略.md", STRATEGY)
    for actor in (leader, manager):
        works_on(house, actor, plan)
    at = visit(leader, PAGE, id=document, **place(house, leader, document, "持证上岗率不低于百分之九十五"))
    press(at, "补充一条发现")
    quote = "客户经理持证上岗率不低于百分之九十五，每季度末报告进展。"
    assert at.selectbox(key="own_first").value == 4 and quote in words(at)
    assert "补充一条发现" not in labels(visit(manager, PAGE, id=document), "button")


def test_the_sample_is_labelled_in_the_reader(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "办法.md", NOTICE, sample=True)
    assert ":gray-badge[示例]" in visit(leader, PAGE, id=document).title[0].value
    assert ":gray-badge[Sample]" in visit(leader, PAGE, "en", id=document).title[0].value


def library_row_without_text(house: Instance, actor: Actor) -> int:
    """A document that has been taken in and not yet been read."""
    with house.database.writing() as db:
        return library.add(db, house.settings, actor, "待读.md", STRATEGY.encode(), DocumentKind.HQ).document_id
