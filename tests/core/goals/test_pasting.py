"""Goals pasted back from Excel: columns by their names, rows by project and indicator, what cannot be used refused line by line."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from core.errors import BadInput
from core.goals.draft import Draft, of_goal
from core.goals.goal import Kind, KirkpatrickLevel
from core.goals.pasting import read
from tests.core.goals.worked import WORKED

NAMES = {1: "县域拓客", 2: "厅堂服务"}
BEGUN = {1: of_goal(WORKED), 2: Draft()}
RESULT = WORKED.performance[0].name


def test_a_pasted_value_changes_that_indicator_alone() -> None:
    found = read(f"项目\t指标\t目标值\t人均\n县域拓客\t{RESULT}\t90\t3\n", NAMES, BEGUN)
    assert not found.refused and list(found.drafts) == [1]
    made = found.drafts[1].goal
    assert made.performance[0] == replace(WORKED.performance[0], value=90.0, per_head=3.0)
    assert (made.process, made.performance[1:], made.behaviour) == (WORKED.process, WORKED.performance[1:], WORKED.behaviour)


def test_a_new_indicator_is_added_in_the_words_of_people() -> None:
    heading = "项目\t行为目标\t参训人数\t类别\t指标\t关系\t目标值\t单位\t柯氏层级\t数据来源"
    row = "厅堂服务\t客户进门 3 分钟内有人问需求\t40人\t过程指标\t３分钟响应率\t不低于\t９０%\t\tL3 行为层\t叫号系统"
    made = read(f"{heading}\n{row}", NAMES, BEGUN).drafts[2]
    line = made.lines[0]
    assert (made.headcount, line.kind, line.indicator.operator, line.indicator.value, line.indicator.unit) == (
        40,
        Kind.PROCESS,
        ">=",
        90,
        "%",
    )
    assert line.indicator.level is KirkpatrickLevel.BEHAVIOUR


def test_english_headings_are_read_too() -> None:
    found = read(f"Project\tIndicator\tTarget\n县域拓客\t{RESULT}\t75", NAMES, BEGUN)
    assert found.drafts[1].goal.performance[0].value == 75


def test_a_blank_cell_empties_a_figure_and_leaves_the_goals_own_texts() -> None:
    found = read(f"项目\t行为目标\t指标\t基线\t数据来源\n县域拓客\t\t{RESULT}\t\t—", NAMES, BEGUN)
    one = found.drafts[1].goal
    assert one.behaviour == WORKED.behaviour and one.performance[0].baseline is None and one.performance[0].source == ""


def test_a_text_of_several_lines_stays_one_cell() -> None:
    found = read('项目\t业务痛点\n厅堂服务\t"客户等了四十分钟\n没有人问"', NAMES, BEGUN)
    assert found.drafts[2].pain_point == "客户等了四十分钟 没有人问"


def test_what_cannot_be_used_is_refused_with_its_line_and_the_rest_is_taken() -> None:
    rows = ("没有这个\tX\t1", f"县域拓客\t{RESULT}\t很多", "县域拓客\t\t5", f"县域拓客\t{RESULT}\t#N/A", "厅堂服务\t投诉件数\t3")
    found = read("项目\t指标\t目标值\n" + "\n".join(rows), NAMES, BEGUN)
    assert [one.line for one in found.refused] == [2, 3, 4, 5]
    said = [one.why.render("zh") for one in found.refused]
    assert (
        "没有叫“没有这个”的项目" in said[0]
        and "“目标值”：应是数字" in said[1]
        and "缺少指标名称" in said[2]
        and "Excel 的错误值" in said[3]
    )
    assert found.drafts[2].lines[0].indicator.name == "投诉件数"


def test_one_goal_told_twice_in_two_ways_is_refused() -> None:
    found = read("项目\t行为目标\n厅堂服务\t先问需求\n厅堂服务\t先取号", NAMES, BEGUN)
    assert found.drafts[2].behaviour == "先问需求" and "写得不一样" in found.refused[0].why.render("zh")


@pytest.mark.parametrize("pasted", ["县域拓客\t指标\t3", "项目\n县域拓客", "随便写的"])
def test_without_a_heading_nothing_is_read(pasted: str) -> None:
    with pytest.raises(BadInput, match="第一行应是表头"):
        read(pasted, NAMES, BEGUN)


def test_the_export_pasted_back_changes_nothing() -> None:
    from core.exports.goals import goals_workbook
    from core.goals.checking.verdict import Verdict
    from core.goals.service import GoalView
    from core.projects.service import ProjectView
    from core.projects.tables import Project
    from core.strategy.ideas.citing import Cited
    from core.strategy.ideas.terms import Author, ProjectKind, Urgency

    row = Project(
        id=1,
        plan_id=1,
        name="县域拓客",
        purpose="",
        urgency=next(iter(Urgency)),
        kind=next(iter(ProjectKind)),
        origin=next(iter(Author)),
        purpose_author=next(iter(Author)),
    )
    draft = replace(BEGUN[1], pain_point='=HYPERLINK("http://x","y")')
    view = GoalView(ProjectView(row, None, Cited((), 0, 0), None), None, draft, Verdict(()))
    sheet = openpyxl.load_workbook(io.BytesIO(goals_workbook([view], NAMES, "zh"))).active
    assert sheet is not None
    cells = [[cell for cell in one] for one in sheet.iter_rows()]
    assert all(cell.data_type != "f" for one in cells for cell in one)
    pasted = "\n".join("\t".join("" if cell.value is None else str(cell.value).replace("\n", " ") for cell in one) for one in cells)
    found = read(pasted, NAMES, {1: draft})
    assert not found.refused and not found.drafts
