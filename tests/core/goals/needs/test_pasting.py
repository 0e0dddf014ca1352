"""Needs pasted from a sheet: what is understood, and what each refused row says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import BadInput
from core.exports.needs import needs_template
from core.goals.needs.pasting import MOST_ROWS, read, read_file
from core.goals.needs.terms import Layer
from core.sheets.opening import open_file
from core.strategy.ideas.terms import ProjectKind, Urgency
from tests.core.sheets.books import book

HEADING = "机构\t岗位\t痛点\t预计人数\t紧迫度\t类型\t岗位层次\t水平\t季度"


def test_a_heading_in_any_order_is_understood() -> None:
    found, refused, _ = read(f"{HEADING}\n望海支行\t理财经理\t讲不清净值波动\t20人\t高\t前置储能\t专业岗\tL2\t三季度\n")
    assert not refused
    (one,) = found
    draft = one.draft
    assert (one.line, one.unit, draft.post, draft.problem, draft.people) == (2, "望海支行", "理财经理", "讲不清净值波动", 20)
    assert (draft.urgency, draft.kind, draft.layer, draft.level, draft.quarter) == (
        Urgency.HIGH,
        ProjectKind.PRE_EMPTIVE,
        Layer.PROFESSIONAL,
        2,
        3,
    )


@pytest.mark.parametrize(
    ("people", "urgency", "level", "quarter"),
    [("二十人", "非常紧急", "二级", "4月"), ("约20人左右", "特急", "L2 应用", "2027年第二季度"), ("２０名", "高", "Ⅱ", "2027Q2")],
)
def test_what_branches_really_write_is_understood(people: str, urgency: str, level: str, quarter: str) -> None:
    found, refused, _ = read(f"{HEADING}\n望海支行\t柜员\t机具引导差\t{people}\t{urgency}\t\t\t{level}\t{quarter}\n")
    assert not refused
    draft = found[0].draft
    assert (draft.people, draft.urgency, draft.level, draft.quarter) == (20, Urgency.HIGH, 2, 2)


def test_rows_without_a_heading_are_read_in_the_order_of_the_form() -> None:
    found, refused, _ = read("望海支行\t讲不清净值波动\t理财经理\t２０\n\n云岭支行\t漏报可疑交易\t运营主管\n")
    assert [(one.line, one.unit, one.draft.people) for one in found] == [(1, "望海支行", 20), (3, "云岭支行", None)] and not refused


def test_an_english_heading_and_cells_of_several_lines_are_understood() -> None:
    found, refused, _ = read('Unit\tProblem (pain point)\tPost\tUrgency\nWanghai\t"first line\nsecond ""quoted"""\tTeller\tHigh\n')
    assert not refused and found[0].draft.problem == 'first line second "quoted"' and found[0].draft.urgency is Urgency.HIGH


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("\t理财经理\t讲不清\t\t\t\t\t\t", "哪个机构"),
        ("望海支行\t\t讲不清\t\t\t\t\t\t", "哪个岗位"),
        ("望海支行\t理财经理\t\t\t\t\t\t\t", "请写明问题"),
        ("望海支行\t理财经理\t讲不清\t很多\t\t\t\t\t", "不是整数"),
        ("望海支行\t理财经理\t讲不清\t\t红色\t\t\t\t", "紧迫、一般、可缓"),
        ("望海支行\t理财经理\t讲不清\t\t\t\t领导\t\t", "管理岗、专业岗"),
        ("望海支行\t理财经理\t讲不清\t\t\t\t\tL9\t", "L1 到 L5"),
        ("望海支行\t理财经理\t讲不清\t\t\t\t\t\t五季度", "季度"),
        ("望海支行\t理财经理\t讲不清\t\t\t\t\t\t上半年", "季度"),
        ("望海支行\t理财经理\t讲不清\t\t\t\t\t\t13月", "季度"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_the_others_are_kept(row: str, said: str) -> None:
    found, refused, _ = read(f"{HEADING}\n{row}\n望海支行\t理财经理\t讲不清\t\t\t\t\t\t")
    assert len(found) == 1 and [one.line for one in refused] == [2] and said in str(refused[0].why)
    assert said == "L1 到 L5" or "紧迫" not in refused[0].why.render("en")


def test_a_manager_pastes_for_their_own_units_alone() -> None:
    rows = "云岭支行\t讲不清\t理财经理\n\t讲不清\t理财经理\n望海 支行\t讲不清\t理财经理"
    found, refused, _ = read(rows, ["望海支行"], anywhere=False)
    assert [one.unit for one in found] == ["望海支行", "望海支行"] and "不归您管" in str(refused[0].why)


def test_hostile_and_endless_input_is_refused_row_by_row() -> None:
    found, refused, _ = read("\n".join(f'望海支行\t=HYPERLINK("http://x")<b>{n}</b>\t理财经理' for n in range(MOST_ROWS + 2)))
    assert len(found) == MOST_ROWS and len(refused) == 2 and "最多导入" in str(refused[0].why)
    assert read('"' * 200_001)[0] == [] and read("") == ([], [], ()) and read("\t\t\n\t") == ([], [], ())


def test_the_template_pasted_back_is_a_heading_that_is_understood() -> None:
    for language in ("zh", "en"):
        sheet = load_workbook(io.BytesIO(needs_template(language))).active  # type: ignore[arg-type]
        assert sheet is not None
        heading = "\t".join(str(cell.value) for cell in sheet[1])
        found, refused, _ = read(f"{heading}\n望海支行\t讲不清\t理财经理\t12\t能讲清\t资产配置\t管理岗\tL3\t一般\t即时赋能\t投诉12起\t2")
        assert not refused and found[0].draft.people == 12 and found[0].draft.evidence == "投诉12起" and found[0].draft.quarter == 2


def test_a_file_is_read_with_titles_above_and_the_rows_numbers_of_excel(tmp_path: Path) -> None:
    rows = [
        ["2027年培训需求汇总"],
        ["序号", "所属机构", "业务痛点", "培训对象", "预计人数"],
        [1, "望海支行", "讲不清净值波动", "理财经理", 20],
        [],
        [2, "云岭支行", "漏报可疑交易", "", 6],
        [3, "云岭支行", "漏报可疑交易", "运营主管", "几个"],
    ]
    found, refused, _ = read_file(open_file(book(tmp_path / "需求.xlsx", rows, ["A1:E1"])))
    assert [(one.line, one.unit, one.draft.post, one.draft.people) for one in found] == [(3, "望海支行", "理财经理", 20)]
    assert [one.line for one in refused] == [5, 6] and "岗位" in str(refused[0].why) and "人数" in str(refused[1].why)


def test_a_file_without_the_columns_of_a_need_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="岗位"):
        read_file(open_file(book(tmp_path / "a.xlsx", [["机构", "问题"], ["望海支行", "讲不清净值波动"]])))
    # Whoever is in charge of a single unit need not name it.
    found, _, _ = read_file(open_file(book(tmp_path / "b.xlsx", [["问题", "岗位"], ["讲不清净值", "柜员"]])), ["望海支行"], anywhere=False)
    assert found[0].unit == "望海支行"


def test_columns_of_which_nothing_is_taken_are_named_and_a_topic_is_an_ability(tmp_path: Path) -> None:
    rows = [["序号", "机构", "存在的问题", "培训内容", "培训对象", "讲师要求"], ["1", "望海支行", "不会劝阻", "反诈话术", "柜员", "外部"]]
    for found, refused, unused in (
        read("\n".join("\t".join(row) for row in rows)),
        read_file(open_file(book(tmp_path / "需求.xlsx", rows, []))),
    ):
        assert not refused and unused == ("讲师要求",)
        assert (found[0].draft.problem, found[0].draft.competency) == ("不会劝阻", "反诈话术")


def test_a_pasted_heading_that_lacks_the_problem_is_no_row_of_data() -> None:
    found, refused, _ = read("序号\t部门\t培训内容\t培训对象\t人数\n1\t望海支行\t反诈话术\t柜员\t20")
    assert not found and len(refused) == 1 and "找不到“问题（痛点）”这一列" in str(refused[0].why)
