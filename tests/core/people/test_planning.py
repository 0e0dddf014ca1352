"""What an import would do, told without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Known, Plan
from core.people.importing.planning import mapping_for, plan
from core.people.terms import TalentClass
from tests.core.people.tables import PEOPLE, ROSTER, TODAY, table

EMPTY = Known()


def planned(kind: ImportKind, rows: Sequence[Sequence[Any]], known: Known = EMPTY) -> Plan:
    given = table(rows)
    return plan(kind, given, mapping_for(kind, given, None, {}, known.competencies), known, TODAY)


def roster(*rows: Sequence[Any], known: Known = EMPTY) -> Plan:
    return planned(ImportKind.ROSTER, (ROSTER, *rows), known)


def person(number: object, manager: object = "", name: str = "张敏", hired: object = "") -> tuple[Any, ...]:
    return (number, name, "营业部", "柜员", manager, hired, "零售")


def said(found: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, str(one.message)) for one in found.problems]


def there(*numbers: str, **managers: str) -> Known:
    all_managers = {number: managers.get(f"m{number}", "") for number in numbers}
    existing = {(number,): {"employee_no": number, "name": "张敏", "manager_no": all_managers[number]} for number in numbers}
    return Known(existing=existing, managers=all_managers)


def test_a_roster_is_planned_with_its_dates_and_new_names() -> None:
    found = planned(ImportKind.ROSTER, PEOPLE)
    assert (found.rows, len(found.created), found.skipped) == (3, 3, 0)
    assert found.created[1].values["hire_date"] == date(2019, 7, 1)
    assert found.units == ("望海支行", "望海支行/营业部", "滨海分行") and "新建 3 个机构" in str(found.notes[0])


def test_a_wrong_cell_keeps_its_row_out_and_says_where_and_what_to_do() -> None:
    found = roster(person("1"), person("2", hired="昨天"), person("", name="无号"), ("4", "", "营业部"))
    assert [(row, column) for row, column, _ in said(found)] == [(3, "入职日期"), (4, "工号"), (5, "姓名")]
    assert found.problems[0].value == "昨天" and "2026-03-01" in said(found)[0][2]
    assert (found.rows, len(found.created), found.skipped) == (4, 1, 3)


def leaving(*rows: Sequence[Any], known: Known = EMPTY) -> Plan:
    return planned(ImportKind.ROSTER, (("工号", "姓名", "入行时间", "离职时间", "状态"), *rows), known)


def test_who_left_leaves_by_the_day_or_by_the_word_and_by_today_where_no_day_is_given() -> None:
    found = leaving(
        ("1", "张敏", "", "2026-09-01", ""),
        ("2", "李强", "", "", "已离职"),
        ("3", "王芳", "", "", "在职"),
        ("4", "赵磊", "", "2026-12-31", "在职"),
        ("5", "钱进", "", "", "借调"),
        ("6", "孙丽", "", "", "退休返聘"),
    )
    assert {entry.values["employee_no"]: entry.values.get("left_at") for entry in found.created} == {
        "1": date(2026, 9, 1),
        "2": TODAY,
        **dict.fromkeys("3456"),
    }
    said_of = "".join(str(one) for one in found.notes)
    assert "1 人写着已离开而没有离职日期，离职日期按今天（2026-10-01）记" in said_of
    assert "1 人的离职日期还没有到" in said_of and "“借调、退休返聘”的人按没有离开记" in said_of


def test_nobody_leaves_before_they_came() -> None:
    found = leaving(("1", "张敏", "2026-03-01", "2025-09-01", ""))
    assert said(found) == [(2, "离职时间", "离职日期早于入职日期。请核对这两个日期。")]


def test_who_left_before_stays_away_unless_the_file_says_that_they_are_here() -> None:
    before = {"employee_no": "1", "name": "张敏", "left_at": date(2026, 5, 1)}
    known = Known(existing={("1",): before, ("2",): {"employee_no": "2", "name": "李强"}}, managers={"1": "", "2": ""})
    silent = leaving(("1", "张敏", "", "", ""), known=known)
    assert silent.unchanged == 1 and "在系统里已离职" in str(silent.notes[0]) and "1 名在职的人不在这份文件里" in str(silent.notes[1])
    assert leaving(("1", "张敏", "", "", "离职"), known=known).unchanged == 1
    assert leaving(("1", "张敏", "", "", "在职"), known=known).updated[0].values["left_at"] is None


def test_a_repeated_row_is_skipped_and_a_contradicting_one_names_the_earlier() -> None:
    found = roster(person("1"), person("1"), person("1", name="李强"))
    assert len(found.created) == 1 and found.skipped == 2
    assert said(found) == [(4, "工号", "与第 2 行重复，但内容不同。请只保留正确的一行。")]


def test_a_manager_may_come_later_and_must_be_somebody() -> None:
    found = roster(person("1", "2"), person("2"), person("3", "99"), person("4", "4"))
    assert [entry.values["employee_no"] for entry in found.created] == ["1", "2"]
    assert [row for row, _, _ in said(found)] == [4, 5]
    assert "没有工号 99" in said(found)[0][2] and "上级是本人" in said(found)[1][2]


def test_a_circle_of_managers_is_broken_at_its_last_row() -> None:
    found = roster(person("1", "2"), person("2", "3"), person("3", "1"), person("4", "1"))
    assert said(found) == [(4, "上级工号", "上级关系成了圈：1 → 2 → 3 → 1。请改正其中一处。")]
    assert {entry.values["employee_no"]: entry.values.get("manager_no") for entry in found.created} == {"1": "2", "2": None, "4": "1"}
    assert any("1 人的上级所在的行有错误" in str(note) for note in found.notes)


def test_a_circle_through_the_database_is_seen() -> None:
    found = roster(person("1", "2"), known=there("1", "2", m2="1"))
    assert [row for row, _, _ in said(found)] == [2] and "成了圈" in said(found)[0][2]


def test_somebody_known_is_updated_in_what_the_file_says_and_blanks_leave_the_rest() -> None:
    known = there("1", "2")
    found = planned(ImportKind.ROSTER, (("工号", "姓名"), ("1", ""), ("2", "李强")), known)
    assert found.unchanged == 1 and found.updated[0].values == {"employee_no": "2", "name": "李强"}


def test_lost_zeros_come_back_by_the_width_of_the_column_or_of_the_database() -> None:
    assert [entry.values["employee_no"] for entry in roster(person("0012"), person(34)).created] == ["0012", "0034"]
    known = there("0012", "0034")
    assert roster(person(12), known=known).updated[0].values["employee_no"] == "0012"


def test_a_form_prepared_with_row_numbers_and_left_empty_is_no_row() -> None:
    assert planned(ImportKind.ROSTER, (("序号", "工号", "姓名"), (1, "1", "张敏"), (2, "", ""), (3, "", ""))).rows == 1


def test_biometric_columns_are_refused_by_name_and_never_mapped() -> None:
    rows = (("工号", "能力", "得分", "表情", "人脸识别得分"), ("1", "沟通", 80, 99, 98), ("1", "微表情", 80, 1, 1))
    found = planned(ImportKind.ASSESSMENTS, rows, there("1"))
    assert set(found.mapping) == {"工号", "能力", "得分"}
    assert sum("生物特征" in str(note) for note in found.notes) == 2
    assert [(row, column) for row, column, _ in said(found)] == [(3, "能力")]


def test_a_score_is_within_its_scale_of_somebody_known_and_not_in_the_future() -> None:
    rows = (
        ("工号", "能力", "得分", "满分", "日期"),
        ("1", "沟通", 80, 100, "2026-03-01"),
        ("1", "沟通", 120, 100, "2026-04-01"),
        ("9", "沟通", 80, 100, "2026-03-01"),
        ("1", "协作", 80, 100, "2027-03-01"),
    )
    found = planned(ImportKind.ASSESSMENTS, rows, there("1"))
    assert len(found.created) == 1
    assert [(row, column) for row, column, _ in said(found)] == [(3, "得分"), (4, "工号"), (5, "日期")]


def test_a_scale_that_is_not_written_is_seen_in_the_column_and_said() -> None:
    header = ("工号", "能力", "得分")
    fives = planned(ImportKind.ASSESSMENTS, (header, ("1", "沟通", 4), ("1", "协作", 3)), there("1"))
    assert {entry.values["scale_max"] for entry in fives.created} == {5.0} and "5 分制" in str(fives.notes[0])
    mixed = planned(ImportKind.ASSESSMENTS, (header, ("1", "沟通", 80), ("1", "协作", "L3"), ("1", "学习", "85%")), there("1"))
    assert [(one.values["score"], one.values["scale_max"]) for one in mixed.created] == [(80, 100), (3, 5), (85, 100)]


def test_posts_and_their_class_are_read_in_the_words_that_people_use() -> None:
    rows = (("岗位名称", "序列", "岗位类别"), ("客户经理", "营销序列", "业务类"), ("行长", "管理序列", "管理"), ("清洁", "", "后勤"))
    found = planned(ImportKind.POSTS, rows)
    assert [entry.values["class"] for entry in found.created] == [TalentClass.BUSINESS, TalentClass.MANAGEMENT]
    assert "业务、管理或技术" in said(found)[0][2]


def test_a_matrix_takes_levels_and_weights_as_they_are_written() -> None:
    rows = (("岗位", "能力", "要求等级", "权重"), ("柜员", "沟通", "L3", "30%"), ("柜员", "协作", "三级", "70%"), ("柜员", "学习", 6, "1%"))
    found = planned(ImportKind.MATRIX, rows)
    assert [(one.values["required_level"], one.values["weight"]) for one in found.created] == [(3, 30), (3, 70)]
    assert said(found)[0][:2] == (4, "要求等级") and found.posts == ("柜员",)
    shares = planned(ImportKind.MATRIX, (rows[0], ("柜员", "沟通", 3, 0.4), ("柜员", "协作", 3, 0.6)))
    assert [one.values["weight"] for one in shares.created] == [40, 60]
    times = planned(ImportKind.MATRIX, (rows[0], ("柜员", "沟通", 3, 0.5), ("柜员", "协作", 3, 2), ("柜员", "学习", 3, "")))
    assert [one.values.get("weight") for one in times.created] == [0.5, 2, None] and not any("权重" in str(one) for one in times.notes)


def test_a_share_among_percentages_is_asked_about_and_a_weight_that_is_missing_there_is_told() -> None:
    head = ("岗位", "能力", "要求等级", "权重")
    found = planned(
        ImportKind.MATRIX, (head, ("柜员", "沟通", 3, "40%"), ("柜员", "协作", 3, 0.3), ("柜员", "学习", 3, 30), ("柜员", "风险", 3, ""))
    )
    assert [(row, column) for row, column, _ in said(found)] == [(3, "权重")] and "0.3% 还是 30%" in said(found)[0][2]
    assert any("1 项能力没有写权重" in str(one) and "柜员 · 风险" in str(one) for one in found.notes)


def test_grades_are_told_to_be_grades() -> None:
    competencies = Known(competencies={"沟通": "沟通", "协作": "协作"}, managers={"0001": ""})
    wide = planned(ImportKind.ASSESSMENTS, (("工号", "沟通", "协作"), ("0001", "优秀", "B+")), competencies)
    assert len(said(wide)) == 2 and all("是多少分，各行的说法不同" in why for _, _, why in said(wide))
    crossed = planned(ImportKind.MATRIX, (("岗位", "沟通", "协作"), ("柜员", "熟练", "精通")), competencies)
    assert len(said(crossed)) == 2 and all("是哪一级" in why for _, _, why in said(crossed))
    levels = planned(ImportKind.ASSESSMENTS, (("工号", "沟通", "协作"), ("0001", "三级", 88)), competencies)
    assert [(one.values["score"], one.values["scale_max"]) for one in levels.created] == [(3, 5), (88, 100)]


def test_names_are_spelled_as_the_database_spells_them() -> None:
    known = Known(units={"营业部": "营业部"}, posts={"柜员": "柜员"})
    found = roster(("1", "张敏", "营 业 部", "柜　员"), known=known)
    assert found.created[0].values["unit"] == "营业部" and not found.units and not found.posts
