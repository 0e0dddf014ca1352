"""The page on people: a file is looked at, corrected, taken in, and undone."""

from __future__ import annotations

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.demo.peopling import load_people
from core.errors import BadInput
from core.exports.templates import template
from core.instance import Instance
from core.people import service as people
from core.people.importing import repository, service
from core.people.importing.kinds import KINDS, ImportKind
from core.people.importing.planning import is_known, mapping_for
from core.sheets.finding import find
from core.sheets.opening import open_content
from tests.pages.conftest import Visit
from tests.pages.words import imported, labels, press, words

PAGE = "people/people.py"
ROSTER = """工号,姓名,部门,岗位,上级工号,入职日期
001,王行长,滨海分行,行长,,2010.07.01
002,张敏,望海支行,客户经理,001,去年
003,李强,望海支行,柜员,001,
"""


def uploaded(at: AppTest, content: bytes, name: str = "名单.csv") -> AppTest:
    at.file_uploader[0].upload(name, content)
    return at.run()


@pytest.fixture(autouse=True)
def at_work(house: Instance) -> None:
    """The background work of a server: what is imported comes in by itself."""
    house.worker.start()


def counted(house: Instance, actor: Actor) -> int:
    with house.database.reading() as db:
        return people.standing(db, actor).employees


def test_an_empty_page_says_what_it_is_for_and_takes_a_file(leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "先导入员工名单" in words(at) and "下载模板" in labels(at, "download_button")
    english = visit(leader, PAGE, "en")
    assert "Begin by importing the roster" in words(english)


def test_the_samples_people_are_marked_and_go_before_ones_own_come_in(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        load_people(db, leader)
    at = visit(leader, PAGE)
    assert at.title[0].value.endswith(":gray-badge[示例]") and "不是任何人的真实结果" in words(at) and not at.file_uploader
    assert "nobody’s real results" in words(visit(leader, PAGE, "en"))
    press(at, "一键移除示例人员")
    assert counted(house, leader) == 0 and "示例" not in at.title[0].value
    imported(uploaded(at, ROSTER.encode("gbk")), "导入 2 行")
    assert counted(house, leader) == 2


def test_columns_that_are_read_as_nothing_are_named(leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), "工号,姓名,年龄,住址\n001,王行长,50,望海\n".encode())
    assert "没有用到的列：年龄、住址" in words(at)
    at = next(one for one in at.selectbox if one.label == "条线").select("住址").run()
    assert "没有用到的列：年龄" in words(at) and "年龄、住址" not in words(at)


def test_a_unit_is_renamed(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    imported(uploaded(at, ROSTER.encode("gbk")), "导入 2 行")
    next(one for one in at.selectbox if one.key == "rename_unit").select_index(0).run()
    next(one for one in at.text_input if one.label == "现在的名称").set_value("望海第一支行").run()
    press(at, "改名")
    with house.database.reading() as db:
        assert {row.name for row in repository.units(db)} == {"滨海分行", "望海第一支行"}


def test_a_matrix_is_read_as_it_lies_and_as_the_reader_says(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.get("button_group")[0].set_value(ImportKind.MATRIX)
    at = uploaded(at.run(), "岗位,职级,客户洞察,风险识别\n柜员,2,L2,二级\n客户经理,3,L3,\n".encode())
    assert "矩阵：2 个岗位、2 项能力，共 3 条要求" in words(at) and "职级" not in at.multiselect[0].value
    at.multiselect[0].unselect("风险识别")
    imported(at.run(), "导入 2 行")
    with house.database.reading() as db:
        assert {(post, level) for post, _name, level, _weight in repository.requirements(db)} == {("柜员", 2), ("客户经理", 3)}


def test_a_file_is_previewed_with_its_errors_imported_and_undone(house: Instance, leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), ROSTER.encode("gbk"))
    assert "表头在第 1 行，3 行数据" in words(at) and "1 处错误" in words(at)
    assert at.dataframe[0].value.iloc[0].tolist()[:3] == [3, "入职日期", "去年"]
    assert counted(house, leader) == 0
    imported(at, "导入 2 行")
    assert counted(house, leader) == 2
    assert "导入记录" in words(at) and "1 人没有上级" in words(at) and "2 人没有任何测评" in words(at)
    press(at, "撤销这次导入")
    assert counted(house, leader) == 0 and "撤销了这次导入" in words(at)


def test_what_the_command_line_took_in_is_signed_in_the_readers_language(house: Instance, leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), ROSTER.encode("gbk"))
    imported(at, "导入 2 行")
    with house.database.writing() as db:
        service.undo(db, LOCAL_ADMINISTRATOR, service.runs(db, leader)[0].row.id or 0)
    assert "本机管理员 于" in words(visit(leader, PAGE)) and "local administrator" not in words(visit(leader, PAGE))


def test_a_wrong_guess_is_corrected_and_remembered(house: Instance, leader: Actor, visit: Visit) -> None:
    content = "代码,称呼\n7,张敏\n".encode()
    at = uploaded(visit(leader, PAGE), content)
    assert "找不到“工号”这一列" in at.error[0].value
    next(one for one in at.selectbox if one.label.startswith("工号")).select("代码")
    next(one for one in at.selectbox if one.label == "姓名").select("称呼").run()
    imported(at, "导入 1 行")
    assert counted(house, leader) == 1
    again = uploaded(visit(leader, PAGE), content)
    assert not again.error and next(one for one in again.selectbox if one.label == "姓名").value == "称呼"
    assert "没有要写入的行" in words(again)


def test_one_column_for_two_fields_is_said(leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), ROSTER.encode())
    next(one for one in at.selectbox if one.label == "姓名").select("工号").run()
    assert "对应了两个字段" in at.error[0].value and "导入 2 行" not in labels(at, "button")


def test_a_file_that_is_no_table_is_refused_in_a_sentence(leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), b"PK\x03\x04broken", "名单.xlsx")
    assert "文件已损坏" in at.error[0].value


def test_an_undo_that_would_lose_something_is_refused(house: Instance, leader: Actor, visit: Visit) -> None:
    at = uploaded(visit(leader, PAGE), "工号,姓名\n1,张敏\n".encode())
    imported(at, "导入 1 行")
    at = uploaded(at, "工号,姓名\n1,张敏敏\n".encode())
    imported(at, "导入 1 行")
    at.session_state["people_runs_2"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    at.run()
    press(at, "撤销这次导入")
    assert "“张敏敏 1”在这次导入之后又改过" in at.error[0].value and counted(house, leader) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_template_is_understood_when_it_comes_back_filled_in(kind: ImportKind, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(kind, language)))  # type: ignore[arg-type]
    sheet, notes = book.worksheets
    sheet.append(["1"] * len(KINDS[kind].fields))
    assert notes.max_row == len(KINDS[kind].fields) + 1
    content = io.BytesIO()
    book.save(content)
    table = find(open_content("模板.xlsx", content.getvalue()), is_known)
    assert list(mapping_for(kind, table, None, {}).values()) == [field.name for field in KINDS[kind].fields]


WIDE = """工号,姓名,资产配置,反洗钱,总分
001,王行长,85,60,145
002,张敏,70,缺考,70
"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_template_that_comes_back_empty_is_refused_and_what_explains_it_is_no_data(kind: ImportKind, language: str) -> None:
    with pytest.raises(BadInput, match="没有可以导入的数据"):
        find(open_content("template.xlsx", template(kind, language)), is_known)  # type: ignore[arg-type]


def test_rows_are_pasted_with_their_header(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.text_area(key="people_paste_0").set_value("工号\t姓名\t部门\t岗位\n001\t王行长\t滨海分行\t行长\n002\t张敏\t望海支行\t客户经理").run()
    assert "导入 2 行" in labels(at, "button")
    imported(at, "导入 2 行")
    assert counted(house, leader) == 2 and at.text_area(key="people_paste_1").value == ""
    assert "员工名单 · 粘贴的表格" in words(at)


def test_a_wide_sheet_is_recognised_corrected_and_taken_in(house: Instance, leader: Actor, visit: Visit) -> None:
    imported(uploaded(visit(leader, PAGE), ROSTER.replace("去年", "2020-01-01").encode()), "导入 3 行")
    at = visit(leader, PAGE)
    next(one for one in at.get("button_group") if one.label == "文件里是").set_value(ImportKind.ASSESSMENTS).run()
    uploaded(at, WIDE.encode(), "测评.csv")
    assert "宽表：2 个能力列" in words(at) and "1 处错误" in words(at)
    next(one for one in at.text_input if one.label == "整个文件的来源").input("年度考核").run()
    imported(at, "导入 3 行")
    with house.database.reading() as db:
        assert people.standing(db, leader).assessments == 3
        assert {row[2] for row in repository.assessments(db)} == {"年度考核"}
    assert "共 4 行：新增 3" in words(at) and "Wide sheet: 2 columns of competencies" in words(visit(leader, PAGE, "en"))
