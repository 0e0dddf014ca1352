"""Peer benchmarks: no figure without its source and date, none lost, none overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.plans import service as plans
from core.strategy.environment import service as environment
from core.strategy.environment.benchmarks import EnteredBenchmark, check, is_stale
from core.strategy.environment.tables import Benchmark
from tests.conftest import BOTH

TODAY = date(2026, 11, 25)
ONE = EnteredBenchmark(1, "不良率", "甲银行", 1.2, "%", "2025年", "年度报告第 30 页", date(2026, 3, 31))

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    with house.database.writing() as db:
        return plans.create(db, leader, "海州分行", 2027).id or 0


def saved(
    house: Instance, actor: Actor, plan: int, *entered: EnteredBenchmark, removed: tuple[tuple[int, int], ...] = ()
) -> list[Benchmark]:
    with house.database.writing() as db:
        environment.save_benchmarks(db, actor, plan, entered, removed, TODAY)
    with house.database.reading() as db:
        return environment.benchmarks(db, actor, plan)


@pytest.mark.parametrize(
    ("dated", "stale"), [(date(2024, 11, 25), False), (date(2024, 11, 24), True), (date(2024, 12, 1), False), (date(2020, 1, 1), True)]
)
def test_a_benchmark_is_stale_after_two_years(dated: date, stale: bool) -> None:
    assert is_stale(dated, TODAY) is stale


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"indicator": ""}, "指标"),
        ({"peer": " "}, "同业"),
        ({"source": ""}, "来源"),
        ({"value": None}, "不是数字"),
        ({"value": float("inf")}, "不是数字"),
        ({"dated": None}, "缺少日期"),
        ({"dated": date(2027, 1, 1)}, "在将来"),
        ({"note": "注" * 301}, "300"),
    ],
)
def test_a_figure_without_what_makes_it_a_benchmark_is_refused_with_its_line(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=f"第 7 行.*{said}"):
        check(replace(ONE, number=7, **wrong), TODAY)  # type: ignore[arg-type]


@both
def test_benchmarks_are_kept_changed_removed_and_brought_back(house: Instance, leader: Actor, plan: int) -> None:
    one, other = saved(house, leader, plan, ONE, replace(ONE, number=2, peer="乙银行"))
    assert (one.value, one.source, one.dated) == (1.2, "年度报告第 30 页", date(2026, 3, 31))
    left = saved(
        house, leader, plan, replace(ONE, value=1.1, id=one.id, version=one.version), removed=((other.id or 0, other.version or 0),)
    )
    assert [row.value for row in left] == [1.1]
    with house.database.writing() as db:
        assert environment.restore_benchmarks(db, leader, plan, [other.id or 0, one.id or 0]) == 1


@both
def test_of_two_editors_the_second_is_told_what_is_there_now(house: Instance, leader: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, ONE)
    saved(house, leader, plan, replace(ONE, value=1.5, id=row.id, version=row.version))
    with pytest.raises(Conflict, match=r"1\.5%"):
        saved(house, leader, plan, replace(ONE, value=9.0, id=row.id, version=row.version))


def test_one_wrong_line_keeps_all_of_them_out(house: Instance, leader: Actor, plan: int) -> None:
    with pytest.raises(BadInput, match="第 2 行"):
        saved(house, leader, plan, ONE, replace(ONE, number=2, source=""))
    assert saved(house, leader, plan) == []


def test_executives_read_and_change_nothing(house: Instance, leader: Actor, executive: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, ONE)
    with house.database.reading() as db:
        assert len(environment.benchmarks(db, executive, plan)) == 1
    with house.database.writing() as db:
        with pytest.raises(NotAllowed):
            environment.save_benchmarks(db, executive, plan, [ONE], (), TODAY)
        with pytest.raises(NotAllowed):
            environment.restore_benchmarks(db, executive, plan, [row.id or 0])
