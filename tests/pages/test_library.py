"""The library page: taking files in, looking through them, changing, removing, searching."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor, Role
from core.demo import service as demo
from core.demo.interviews import InterviewSource
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from tests.library import NOTICE, SECRET, STRATEGY, add, settle, shelve
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

PAGE = "strategy/library.py"


def choose(at: AppTest, *rows: int) -> AppTest:
    """Choose rows of the table, as a click on each would."""
    at.session_state["lib_table"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return at.run()


def titles(house: Instance, actor: Actor) -> list[str]:
    """What the library holds."""
    with house.database.reading() as db:
        return [entry.document.title for entry in library.entries(db, actor)]


def test_an_empty_library_offers_to_add_files_or_the_sample(leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert {"加入文件库", "载入示例分行"} <= set(labels(at, "button"))
    assert at.expander[0].label == "添加文件"


def test_an_empty_library_tells_those_who_only_read_to_wait(executive: Actor, visit: Visit) -> None:
    at = visit(executive, PAGE)
    assert "还没有您可以查看的文件" in words(at)
    assert labels(at, "button") == ["怎么用", "退出（Executive）"]


def test_uploaded_files_are_taken_in_and_a_bad_one_does_not_hold_up_the_others(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.file_uploader[0].upload("总行战略.md", STRATEGY.encode())
    at.file_uploader[0].upload("空.md", b"")
    at.file_uploader[0].upload("办法.md", NOTICE.encode())
    at.run()
    press(at, "加入文件库")
    assert "2 份文件已收下，正在后台读入。" in words(at)
    assert "空.md" in at.error[0].value and "0 字节" in at.error[0].value
    assert sorted(titles(house, leader)) == ["办法", "总行战略"]


def test_the_same_content_twice_is_said_and_not_added(house: Instance, leader: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    at = visit(leader, PAGE)
    at.file_uploader[0].upload("改了名字.md", STRATEGY.encode())
    press(at.run(), "加入文件库")
    assert "已在文件库中，没有重复添加" in words(at) and "“改了名字.md”的内容与《总行战略》相同" in words(at)


def test_files_that_cannot_be_read_are_left_out_by_name_and_those_nobody_wrote_without_a_word(
    house: Instance, leader: Actor, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    for name in ("资料/总行战略.md", "资料/旧办法.doc", "资料/合影.jpg", "资料/~$总行战略.docx", "资料/.DS_Store"):
        at.file_uploader[0].upload(name, f"{name}{STRATEGY}".encode())
    press(at.run(), "加入文件库")
    assert titles(house, leader) == ["总行战略"]
    said = [one.value for one in at.error]
    assert len(said) == 2 and "旧版 Office" in said[0] and "旧办法.doc" in said[0] and "合影.jpg" in said[1]
    assert "DS_Store" not in words(at) and "~$" not in words(at)


def test_a_file_whose_title_differs_in_a_version_mark_is_taken_for_a_new_version(house: Instance, leader: Actor, visit: Visit) -> None:
    old = shelve(house, leader, "零售战略（征求意见稿）.md", STRATEGY)
    at = visit(leader, PAGE)
    at.file_uploader[0].upload("零售战略.md", (STRATEGY + "\n附则：本战略自印发之日起施行。").encode())
    at.run()
    supersedes = next(one for one in at.selectbox if one.label == "这是已有文件的新版本吗？")
    assert supersedes.value == old
    press(at, "加入文件库")
    assert "作为新版本收下" in words(at)
    assert titles(house, leader) == ["零售战略"]


def test_the_table_says_what_is_known_and_leaves_the_rest_blank(house: Instance, leader: Actor, visit: Visit) -> None:
    shelve(house, leader, "行长访谈.md", SECRET, DocumentKind.INTERVIEW)
    add(house, leader, "坏.pdf", STRATEGY)
    with house.database.writing() as db:
        for entry in library.entries(db, leader):
            library.stop(db, leader, [entry.document.id or 0])
    table = visit(leader, PAGE).dataframe[0].value.set_index("title")
    assert list(table.loc["行长访谈", ["kind", "state", "pages", "readers", "language"]]) == ["访谈记录", "可检索", 1, "仅人力资源", "中文"]
    assert table.loc["坏", "state"] == "已停止"


def test_a_stopped_document_can_go_on_from_the_page(house: Instance, leader: Actor, visit: Visit) -> None:
    added = add(house, leader, "总行战略.md", STRATEGY)
    with house.database.writing() as db:
        library.stop(db, leader, [added.document_id])
    at = visit(leader, PAGE)
    assert "**1 份文件没有读完**" in words(at)
    press(at, "继续")
    settle(house)
    assert "可检索" in list(visit(leader, PAGE).dataframe[0].value["state"])


def test_a_document_is_changed_from_its_panel(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    at = choose(visit(leader, PAGE), 0)
    next(one for one in at.text_input if one.label == "标题").set_value("零售战略 2028")
    press(at, "保存")
    assert titles(house, leader) == ["零售战略 2028"]


def test_the_day_that_a_paper_was_written_is_said_in_its_panel_and_taken_back(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "总行战略.md", STRATEGY)
    for day in (date(2027, 9, 10), None):
        at = choose(visit(leader, PAGE), 0)
        next(one for one in at.date_input if one.label == "成文日期").set_value(day)
        press(at, "保存")
        with house.database.reading() as db:
            assert library.find(db, leader, document).dated == day


def test_an_editor_who_saves_over_anothers_change_is_told_and_overwrites_nothing(house: Instance, leader: Actor, visit: Visit) -> None:
    document = shelve(house, leader, "总行战略.md", STRATEGY)
    at = choose(visit(leader, PAGE), 0)
    with house.database.writing() as db:
        row = library.find(db, leader, document)
        library.change(db, leader, document, row.version or 0, title="别人改的", kind=row.kind, readers=[Role.EXECUTIVE], dated=None)
    next(one for one in at.text_input if one.label == "标题").set_value("我改的")
    press(at, "保存")
    assert titles(house, leader) == ["别人改的"]


def test_several_documents_are_changed_and_removed_together(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    shelve(house, leader, "甲.md", STRATEGY)
    shelve(house, leader, "乙.md", NOTICE)
    at = choose(visit(leader, PAGE), 0, 1)
    assert "已选 2 份文件" in words(at)
    at.checkbox[0].check()
    next(one for one in at.get("button_group") if one.label == "改为类别").set_value(DocumentKind.POLICY)
    press(at, "保存")
    assert set(at.dataframe[0].value["kind"]) == {"制度"} and set(at.dataframe[0].value["readers"]) == {"仅人力资源"}
    assert titles(house, manager) == []
    press(choose(at, 0, 1), "移除")
    assert titles(house, leader) == []
    assert "已移除的文件（2）" in labels(at, "expander")


def test_a_removed_document_comes_back_or_goes_for_good(house: Instance, leader: Actor, visit: Visit) -> None:
    for name, text in (("甲.md", STRATEGY), ("乙.md", NOTICE)):
        document = shelve(house, leader, name, text)
        with house.database.writing() as db:
            library.remove(db, leader, document)
    at = visit(leader, PAGE)
    at.button(key="restore_1").click().run()
    assert titles(house, leader) == ["甲"]
    press(at, "确认彻底删除")
    with house.database.reading() as db:
        assert library.removed(db, leader) == []


@pytest.mark.parametrize(("words_typed", "left"), [("战略", ["总行战略"]), ("ＺＨ", []), ("", ["办法", "总行战略"])])
def test_the_table_is_filtered_by_what_is_typed(words_typed: str, left: list[str], house: Instance, leader: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    shelve(house, leader, "办法.md", NOTICE)
    at = visit(leader, PAGE)
    at.text_input(key="lib_words").set_value(words_typed).run()
    assert (list(at.dataframe[0].value["title"]) if at.dataframe else []) == left
    assert left or "没有符合筛选条件的文件" in words(at)


def test_searching_shows_passages_with_their_place_and_nothing_secret(house: Instance, leader: Actor, manager: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    shelve(house, leader, "行长访谈.md", SECRET, DocumentKind.INTERVIEW)
    at = visit(manager, PAGE)
    at.text_input(key="passage_question").set_value("客户经理持证上岗率").run()
    assert "不低于百分之九十五" in words(at) and "**总行战略**" in words(at) and "客户经理队伍" in words(at)
    at.text_input(key="passage_question").set_value("三家支行班子搭配的短板").run()
    assert "班子搭配" not in words(at).replace("三家支行班子搭配的短板", "")
    at.text_input(key="passage_question").set_value("？？").run()
    assert "没有找到相关段落" in words(at)


def test_sample_documents_are_labelled_in_the_table_and_in_what_is_found(house: Instance, leader: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY, sample=True)
    at = visit(leader, PAGE)
    assert list(at.dataframe[0].value["title"]) == ["总行战略（示例）"]
    assert "标有“示例”的文件属于虚构的示例分行" in words(at)
    at.text_input(key="passage_question").set_value("客户经理持证上岗率").run()
    assert ":gray-badge[示例]" in words(at)
    assert "总行战略 (sample)" in list(visit(leader, PAGE, "en").dataframe[0].value["title"])


def test_markup_in_a_title_and_a_passage_is_shown_and_does_nothing(house: Instance, leader: Actor, visit: Visit) -> None:
    poison = "# 标题\n\n培训经费要求 &lt;img src=x onerror=alert(1)&gt; 以及 `![x](http://evil.example/?d=1)` 按季度报告。\n"
    shelve(house, leader, "毒.md", poison)
    at = visit(leader, PAGE)
    at.text_input(key="passage_question").set_value("培训经费要求").run()
    shown = "".join(one.proto.body for one in at.get("html") if hasattr(one.proto, "body"))
    assert "<img" not in shown and "&lt;img" in shown


def test_who_only_reads_gets_no_button_that_changes_anything(house: Instance, leader: Actor, executive: Actor, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    at = choose(visit(executive, PAGE), 0)
    assert "打开阅读" in labels(at, "page_link")
    assert not {"保存", "移除", "重新读取", "加入文件库", "设为新版本"} & set(labels(at, "button"))


def test_the_samples_decoded_year_is_followed_and_can_be_completed(house: Instance, leader: Actor, visit: Visit) -> None:
    talk = InterviewSource("周牧野", "望海县支行行长", date(2026, 10, 29), "答：最缺行业话题和授信判断。", ())
    with house.database.writing() as db:
        demo.load(db, house.settings, leader, demo.Sample((), (talk,)))
    assert "正在整理示例的已解码年度，可以离开本页：等待文件读入" in words(visit(leader, PAGE))
    assert "Making the sample’s decoded year; you may leave this page: waiting for the documents" in words(visit(leader, PAGE, "en"))
    settle(house)
    at = visit(leader, PAGE)
    assert "正在整理" not in words(at)
    # One interview alone leaves clauses without a branch version: the year is not whole.
    press(at, "补全示例的已解码年度")
    with house.database.reading() as db:
        assert demo.standing(db, leader).progress is not None


def test_documents_that_an_earlier_version_has_read_are_offered_to_be_read_anew(
    house: Instance, leader: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    assert "旧版程序读入" not in words(visit(leader, PAGE))
    monkeypatch.setattr("core.documents.several.READER", 99)
    at = visit(leader, PAGE)
    assert "1 份文件是旧版程序读入的" in words(at)
    press(at, "全部重新读取")
    assert "已重新排队" in words(at) and "旧版程序读入" not in words(at)
