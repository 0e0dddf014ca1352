"""Wide sheets: a person a row, a competency a column, with all the ornament that such exports have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from core.access.actor import Actor
from core.errors import BadInput
from core.instance import Instance
from core.people import service as people
from core.people.importing import repository, service, wide
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Plan
from tests.conftest import BOTH
from tests.core.people.tables import PEOPLE, TODAY, look, table, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)

FLAT = (
    ("滨海分行2026年测评汇总",),
    ("序号", "工号", "姓名", "所在机构", "资产配置", "反洗钱（满分5）", "沟通能力", "总分", "平均分", "排名", "测评来源", "测评日期"),
    (1, "0002", "张敏", "望海支行", "８５", 4, 70, 159, 79.5, 1, "通关测评", 46_082),
    (2, "0003", "李强", "望海支行", "", "缺考", 60, 60, 60, 2, "通关测评", "2026年3月2日"),
    (3, "0099", "外人", "望海支行", 70, 3, 60, 133, 66, 3, "通关测评", "2026-03-02"),
    ("合计", "", "", "", 155, 7, 190),
)
DEEP = (
    ("工号", "姓名", "资产配置", "", "", "信贷审批", "", "", "总评", ""),
    ("", "", "得分", "来源", "日期", "得分", "来源", "日期", "得分", "排名"),
    ("0002", "张敏", 85, "AI面试", "2026-03-01", "L3", "复试", "2026-03-05", 88, 1),
    ("0003", "李强", 60, "AI面试", "2027-03-01", "", "", "", 60, 2),
)
SOURCES = (
    ("工号", "姓名", "资产配置", "", "反洗钱", ""),
    ("", "", "自评", "上级评价", "自评", "上级评价"),
    ("0002", "张敏", 4, 3, 5, 4),
)


def readings(house: Instance) -> list[tuple[Any, ...]]:
    with house.database.reading() as db:
        return sorted(repository.assessments(db), key=str)


def mapped(house: Instance, actor: Actor, rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    with house.database.reading() as db:
        return service.mapping(db, actor, ImportKind.ASSESSMENTS, table(rows))


def seen(plan: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.value) for one in plan.problems]


@both
def test_a_sheet_with_a_column_for_each_competency_comes_in_without_its_sums(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    assert mapped(house, leader, FLAT) == {
        "工号": "employee_no",
        "资产配置": "competency:资产配置",
        "反洗钱（满分5）": "competency:反洗钱",
        "沟通能力": "competency:沟通表达",
        "测评来源": "source",
        "测评日期": "date",
    }
    run_id, plan = take(house, leader, ImportKind.ASSESSMENTS, FLAT)
    assert plan.rows == len(plan.created) + plan.skipped == 8 and len(plan.created) == 4
    assert seen(plan) == [(4, "反洗钱（满分5）", "缺考"), (5, "工号", "0099")]
    assert "按没有测评记，不当作 0" in str(plan.problems[0].message)
    found = readings(house)
    assert {(number, score, scale, source, day) for number, _, source, day, score, scale in found} == {
        ("0002", 85, 100, "通关测评", date(2026, 3, 1)),
        ("0002", 4, 5, "通关测评", date(2026, 3, 1)),
        ("0002", 70, 100, "通关测评", date(2026, 3, 1)),
        ("0003", 60, 100, "通关测评", date(2026, 3, 2)),
    }
    assert look(house, leader, ImportKind.ASSESSMENTS, FLAT).unchanged == 4
    with house.database.writing() as db:
        assert service.undo(db, leader, run_id)
    with house.database.reading() as db:
        standing = people.standing(db, leader)
    assert (standing.assessments, standing.competencies) == (0, 0)


@both
def test_two_rows_of_header_say_source_and_date_of_each_competency(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    _, plan = take(house, leader, ImportKind.ASSESSMENTS, DEEP)
    assert seen(plan) == [(4, "资产配置·日期", "2027-03-01")]
    assert plan.mapping["资产配置·来源"] == "source:资产配置" and not [column for column in plan.mapping if "总评" in column]
    assert {one[2:] for one in readings(house)} == {("复试", date(2026, 3, 5), 3, 5), ("AI面试", date(2026, 3, 1), 85, 100)}


def test_lower_headings_that_are_sources_are_kept_apart(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    _, plan = take(house, leader, ImportKind.ASSESSMENTS, SOURCES)
    assert len(plan.created) == 4 and not plan.problems
    assert {(one[2], one[4], one[5]) for one in readings(house)} == {("自评", 4, 5), ("上级评价", 3, 5), ("自评", 5, 5), ("上级评价", 4, 5)}


def test_headings_of_dimensions_above_competencies_are_no_competencies(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    upper, lower = ("工号", "姓名", "专业能力", "", "通用素质", ""), ("", "", "资产配置", "反洗钱", "沟通", "表达")
    rows = (upper, lower, ("0002", "张敏", 80, 70, 60, 50))
    _, plan = take(house, leader, ImportKind.ASSESSMENTS, rows)
    assert len(plan.created) == 4 and not plan.problems and not [column for column in plan.mapping if "专业能力" in column]


DIMENSIONS = (
    ("工号", "姓名", "专业能力", "", "", "", "核心能力", ""),
    ("", "", "资产配置", "", "反洗钱", "", "团队协作", ""),
    ("", "", "得分", "日期", "得分", "日期", "得分", "日期"),
    ("0002", "张敏", 85, "2026-03-01", 60, "2026-03-02", 44, "2026-03-03"),
)


@both
def test_three_rows_of_header_say_dimension_competency_and_score(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    _, plan = take(house, leader, ImportKind.ASSESSMENTS, DIMENSIONS)
    assert len(plan.created) == 3 and not plan.problems
    assert {one[1:5] for one in readings(house)} == {
        ("资产配置", "", date(2026, 3, 1), 85),
        ("反洗钱", "", date(2026, 3, 2), 60),
        ("团队协作", "", date(2026, 3, 3), 44),
    }


def test_three_rows_of_header_say_dimension_group_and_competency(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    top = ("工号", "姓名", "专业能力", "", "", "核心能力", "")
    # The group 团队协作 is called like a competency of the library, and is none where competencies stand below it.
    groups, lower = ("", "", "财富管理", "", "合规", "团队协作", ""), ("", "", "资产配置", "需求挖掘", "反洗钱", "沟通表达", "团队协作")
    _, plan = take(house, leader, ImportKind.ASSESSMENTS, (top, groups, lower, ("0002", "张敏", 85, 70, 60, 55, 44)))
    assert {(one[1], one[4]) for one in readings(house)} == {
        ("资产配置", 85),
        ("需求挖掘与产品匹配", 70),
        ("反洗钱", 60),
        ("沟通表达", 55),
        ("团队协作", 44),
    }
    assert len(plan.created) == 5 and not plan.problems


def test_source_and_date_may_be_given_once_for_the_whole_file(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    sheet = table((("工号", "资产配置", "反洗钱"), ("0002", 80, 70)))
    with house.database.writing() as db:
        chosen = service.mapping(db, leader, ImportKind.ASSESSMENTS, sheet)
        given = {"source": "年度考核", "date": date(2026, 6, 1)}
        service.import_table(db, leader, ImportKind.ASSESSMENTS, "a.xlsx", sheet, chosen, TODAY, given=given)
    assert {(one[2], one[3]) for one in readings(house)} == {("年度考核", date(2026, 6, 1))}


def test_a_column_that_was_switched_off_or_mapped_stays_so_the_next_time(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    sheet = table((("工号", "资产配置", "反洗钱", "业绩折算"), ("0002", 80, 70, 65)))
    with house.database.writing() as db:
        chosen = service.mapping(db, leader, ImportKind.ASSESSMENTS, sheet)
        assert chosen["业绩折算"] == "competency:业绩折算"
        chosen = {"工号": "employee_no", "资产配置": "competency:资产配置", "业绩折算": "competency:需求挖掘"}
        done = service.import_table(db, leader, ImportKind.ASSESSMENTS, "a.xlsx", sheet, chosen, TODAY)
        assert len(done.plan.created) == 2
        assert service.mapping(db, leader, ImportKind.ASSESSMENTS, sheet) == chosen
        offered = service.prepare(db, leader, ImportKind.ASSESSMENTS, sheet).abilities()
    assert [(one.column, one.wanted) for one in offered] == [("资产配置", True), ("反洗钱", False), ("业绩折算", True)]


def test_figures_that_are_no_scores_are_left_out_until_somebody_wants_them(house: Instance, leader: Actor) -> None:
    rows = (("工号", "年龄", "手机号", "资产配置", "反洗钱", "存款余额"), ("0002", 30, 13800000000, 80, 70, 125000))
    found = wide.abilities(table(rows), {})
    assert [(one.column, one.wanted) for one in found] == [("资产配置", True), ("反洗钱", True), ("存款余额", False)]
    assert set(mapped(house, leader, rows)) == {"工号", "资产配置", "反洗钱"}


def test_a_sheet_of_one_assessment_a_row_stays_one(house: Instance, leader: Actor) -> None:
    rows = (("工号", "能力", "得分", "工作年限得分"), ("0002", "资产配置", 80, 20))
    assert mapped(house, leader, rows) == {"工号": "employee_no", "能力": "competency", "得分": "score"}


def test_two_columns_of_one_competency_and_too_many_scores_are_refused_in_a_sentence(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = table((("工号", "甲", "乙"), ("0002", 80, 70)))
    with house.database.reading() as db, pytest.raises(BadInput, match="对应了两列"):
        service.mapping(db, leader, ImportKind.ASSESSMENTS, sheet, {"工号": "employee_no", "甲": "competency:丙", "乙": "competency:丙"})
    monkeypatch.setattr(wide, "MAX_ROWS", 1)
    with pytest.raises(BadInput, match="一次最多 1 条"):
        look(house, leader, ImportKind.ASSESSMENTS, (("工号", "资产配置", "反洗钱"), ("0002", 80, 70)))
