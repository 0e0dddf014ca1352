"""Marks, money and dates as people write them, each on the scale of its measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from core.access.actor import Actor
from core.errors import BadInput
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance
from core.review.results import service
from core.review.results.found import Given
from core.review.results.measuring import MeasureDraft
from core.review.results.terms import Aggregation, ResultKind, SourceKind
from tests.core.review.test_results import actual
from tests.core.review.world import Review, named, review, take

DAY = date(2027, 11, 1)


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def keep(house: Instance, leader: Actor, made: Review, name: str, way: Aggregation, unit: str, target: float | None = None) -> None:
    draft = MeasureDraft(name, KirkpatrickLevel.RESULTS, SourceKind.PERFORMANCE, made.project, unit=unit, aggregation=way, target=target)
    with house.database.writing() as db:
        service.save_measure(db, leader, made.plan, draft)


def wrong(house: Instance, leader: Actor, made: Review, kind: ResultKind, name: str, cells: Sequence[Any]) -> list[int]:
    rows = [("工号", "日期", name), *((no, DAY, cell) for no, cell in zip(made.near, cells, strict=False))]
    return [one.row for one in take(house, leader, made, kind, rows).incoming.reading.problems]


def test_money_comes_in_the_measures_own_unit(house: Instance, leader: Actor, made: Review) -> None:
    keep(house, leader, made, "签约金额", Aggregation.SUM, "万元")
    assert not wrong(house, leader, made, ResultKind.PERFORMANCE, "签约金额", ("3万元", "30000元", "¥30,000.00", "0.0003亿元", "3万", 3))
    assert actual(house, leader, made, "签约金额").value == pytest.approx(18)
    keep(house, leader, made, "新增户数", Aggregation.SUM, "户")
    assert wrong(house, leader, made, ResultKind.PERFORMANCE, "新增户数", ("3户", "1.2万户", "3万元")) == [4]
    assert actual(house, leader, made, "新增户数").value == pytest.approx(12_003)


def test_money_of_a_new_measure_has_one_unit(house: Instance, leader: Actor, made: Review) -> None:
    wrong(house, leader, made, ResultKind.PERFORMANCE, "新增存款", ("3万元", "30000元", 45_000))
    assert (actual(house, leader, made, "新增存款").value, named(house, leader, made, "新增存款").unit) == (105_000, "元")
    wrong(house, leader, made, ResultKind.PERFORMANCE, "新增贷款", ("3万元", 5))
    assert (actual(house, leader, made, "新增贷款").value, named(house, leader, made, "新增贷款").unit) == (8, "万元")
    wrong(house, leader, made, ResultKind.PERFORMANCE, "中收（万元）", (3, "30000元"))
    assert (actual(house, leader, made, "中收（万元）").value, named(house, leader, made, "中收（万元）").unit) == (6, "万元")


def test_a_word_is_no_score_of_a_hundred(house: Instance, leader: Actor, made: Review) -> None:
    assert wrong(house, leader, made, ResultKind.TEST, "实务测评", (90, "通过", "满意", "85分", "17/20")) == [3, 4]
    assert actual(house, leader, made, "实务测评").value == pytest.approx((90 + 85 + 85) / 3)
    with pytest.raises(BadInput):
        wrong(house, leader, made, ResultKind.TEST, "实务测评", ("通过", "未通过"))


def test_a_score_beyond_its_ends_is_told(house: Instance, leader: Actor, made: Review) -> None:
    assert wrong(house, leader, made, ResultKind.TEST, "实务测评", (90, 120, -5, 100, 0, 88)) == [3, 4]
    assert actual(house, leader, made, "实务测评").value == pytest.approx(278 / 4)
    assert not wrong(house, leader, made, ResultKind.TEST, "满分 150 的考试", (112, 98, 130, 141, 87, 105))
    assert not wrong(house, leader, made, ResultKind.PERFORMANCE, "绩效得分", (112, 98, 90, 95, 99, 100))


def test_grades_pass_or_fail_and_are_no_scores(house: Instance, leader: Actor, made: Review) -> None:
    assert not wrong(house, leader, made, ResultKind.TEST, "结业评定", ("优秀", "良好", "合格", "不合格", "优", "中"))
    made_of = named(house, leader, made, "结业评定")
    assert made_of.aggregation is Aggregation.SHARE and actual(house, leader, made, "结业评定").value == pytest.approx(100 * 5 / 6)
    rows = [("工号", "日期", "实务测评"), *((no, DAY, cell) for no, cell in zip(made.near, (90, "优", 70, "良好"), strict=False))]
    problems = take(house, leader, made, ResultKind.TEST, rows).incoming.reading.problems
    assert [(one.row, one.value) for one in problems] == [(3, "优"), (5, "良好")] and "等级" in str(problems[0].message)
    assert wrong(house, leader, made, ResultKind.SURVEY, "课程评价", ("优", 5, 4, "满意")) == [2]
    assert wrong(house, leader, made, ResultKind.PERFORMANCE, "绩效评定次数", (1, "优", 2)) == [3]


def test_percentages_are_no_counts(house: Instance, leader: Actor, made: Review) -> None:
    wrong(house, leader, made, ResultKind.BEHAVIOUR, "名单覆盖", ("80%", "90%", "4/5"))
    measure = named(house, leader, made, "名单覆盖")
    assert (measure.aggregation, measure.unit) == (Aggregation.MEAN, "%")
    assert actual(house, leader, made, "名单覆盖").value == pytest.approx(250 / 3)
    keep(house, leader, made, "拜访量", Aggregation.SUM, "次")
    assert wrong(house, leader, made, ResultKind.BEHAVIOUR, "拜访量", (3, "80%")) == [3]


def test_marks_of_five_and_of_ten_are_of_a_hundred_where_that_is_meant(house: Instance, leader: Actor, made: Review) -> None:
    keep(house, leader, made, "讲师评分", Aggregation.MEAN, "分", 90)
    wrong(house, leader, made, ResultKind.SURVEY, "讲师评分", (9, "8分", 10))
    assert actual(house, leader, made, "讲师评分").value == pytest.approx(90)
    keep(house, leader, made, "教材评分", Aggregation.MEAN, "分", 90)
    wrong(house, leader, made, ResultKind.SURVEY, "教材评分", (1, 1, 1))
    assert actual(house, leader, made, "教材评分").value == pytest.approx(20)
    wrong(house, leader, made, ResultKind.SURVEY, "内容评分", (5, "4/5", "满意"))
    assert actual(house, leader, made, "内容评分").value == pytest.approx(260 / 3)


def test_of_a_share_who_is_satisfied_counts(house: Instance, leader: Actor, made: Review) -> None:
    keep(house, leader, made, "满意率", Aggregation.SHARE, "%", 90)
    rows = [("日期", "满意率"), *((DAY, cell) for cell in ("非常满意", "满意", 4, "一般"))]
    take(house, leader, made, ResultKind.SURVEY, rows)
    assert actual(house, leader, made, "满意率").value == 75
    keep(house, leader, made, "合格率", Aggregation.SHARE, "%", 90)
    rows = [("工号", "日期", "合格率"), *((no, DAY, cell) for no, cell in zip(made.near, ("通过", 90, 50), strict=False))]
    take(house, leader, made, ResultKind.TEST, rows, Given(made.project, pass_mark=60))
    assert actual(house, leader, made, "合格率").value == pytest.approx(200 / 3)


@pytest.mark.parametrize(
    ("column", "cell", "day"),
    [
        ("日期", "3月5日", date(2027, 3, 5)),
        ("日期", "2027年3月5日（周五）", date(2027, 3, 5)),
        ("月份", "3月", date(2027, 3, 1)),
        ("统计月份", 3, date(2027, 3, 1)),
        ("月份", "202703", date(2027, 3, 1)),
        ("月份", 202703, date(2027, 3, 1)),
        ("日期", "2027-03-05 10:22:31", date(2027, 3, 5)),
    ],
)
def test_a_date_without_a_year_is_of_the_plans(house: Instance, leader: Actor, made: Review, column: str, cell: object, day: date) -> None:
    done = take(house, leader, made, ResultKind.BEHAVIOUR, [("工号", column, "拜访次数"), (made.near[0], cell, 2)], Given(measure="拜访量"))
    assert [one.on for one in done.incoming.created] == [day]


def test_who_says_two_things_is_told_in_which_column(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "日期", "课程评分"), (made.near[0], DAY, 90), (made.near[0], DAY, 80)]
    problems = take(house, leader, made, ResultKind.SURVEY, rows).incoming.reading.problems
    assert [(one.row, one.column) for one in problems] == [(3, "课程评分")]
