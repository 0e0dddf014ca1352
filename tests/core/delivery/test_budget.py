"""Money: what the timetable costs, what people write beside it, what a cut drops."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.delivery.budget import service as budget
from core.delivery.budget.cutting import Candidate, cut
from core.delivery.budget.figures import WHOLE, totals, whole
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import By, CostType
from core.delivery.timetable import service as timetable
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.exports.budget import budget_workbook
from core.i18n import Language
from core.instance import Instance
from core.schedule.entities import Budget, Problem
from core.schedule.schedule import Schedule
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, first_fit, published, schedule, sessions

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def test_a_cut_drops_what_loses_least_and_saves_enough() -> None:
    offered = [Candidate(1, 3000, 90), Candidate(2, 2000, 20), Candidate(3, 2500, 60), Candidate(4, 1000, 30)]
    found = cut(offered, 3000)
    assert (found.dropped, found.saved, found.enough) == ((2, 4), 3000, True) and found.value_share == pytest.approx(50 / 200)


def test_a_cut_is_the_best_of_all_sets_of_programmes() -> None:
    offered = [Candidate(number, 700.0 + 613 * number % 2900, float(17 * number % 23 + 1)) for number in range(1, 11)]
    for asked in (900, 2500, 6100, 9900):
        sets = [
            some for size in range(1, 11) for some in combinations(offered, size) if sum(one.saves // 100 for one in some) >= asked / 100
        ]
        best = min(sum(one.value for one in some) for some in sets)
        found = cut(offered, asked)
        assert found.saved >= asked and sum(one.value for one in offered if one.id in found.dropped) == best


def test_a_cut_that_nothing_can_pay_for_says_so() -> None:
    found = cut([Candidate(1, 500, 5), Candidate(2, 0, 9)], 1000)
    assert (found.dropped, found.saved, found.enough) == ((1,), 500, False)
    assert cut([], 0).enough and not cut([], 10).enough


@pytest.mark.parametrize(("language", "names", "total"), [("zh", "按项目", "合计"), ("en", "By project", "Sum")])
def test_the_money_goes_out_as_the_page_has_it(
    language: Language, names: str, total: str, house: Instance, leader: Actor, world: World
) -> None:
    programme = next(number for number in seen(house, leader, world).programmes if number)
    lines = [
        LineDraft(CostType.MATERIALS, 2, programme, None, 900.0, 400.0, 1200.5, "=教材"),
        LineDraft(CostType.TRAVEL, 4, planned=3_000.0),
    ]
    with house.database.writing() as db:
        budget.save_lines(db, leader, world.plan, lines, {})
    found = seen(house, leader, world)
    book = openpyxl.load_workbook(io.BytesIO(budget_workbook(found, language)))
    assert book.sheetnames[0] == names and len(book.sheetnames) == 5
    every = whole(found.entries)
    for name in book.sheetnames[:4]:
        rows = [list(row) for row in book[name].iter_rows(min_row=2, values_only=True)]
        (last,) = [row for row in rows if row[0] == total]
        assert last[1:5] == [every.planned, every.committed, every.actual, every.planned - every.bound]
        own = rows[: rows.index(last)]
        assert sum(row[1] for row in own) == pytest.approx(every.planned) and sum(row[3] for row in own) == pytest.approx(every.actual)
    written = [list(row) for row in book[book.sheetnames[4]].iter_rows(min_row=2, values_only=True)]
    assert written[0][1:] == [2, found.programmes[programme], written[0][3], 900, 400, 1200.5, "=教材"]
    assert book[book.sheetnames[4]]["H2"].data_type == "s"
    with house.database.writing() as db:
        budget.note_exported(db, leader, world.plan)
        assert db.exec(select(AuditEntry.action).order_by(col(AuditEntry.id).desc())).first() == "budget_exported"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


def seen(house: Instance, actor: Actor, world: World) -> budget.Overview:
    with house.database.reading() as db:
        return budget.overview(db, actor, world.plan)


def save(house: Instance, actor: Actor, world: World, *wanted: LineDraft, removed: dict[int, int] | None = None) -> int:
    with house.database.writing() as db:
        return budget.save_lines(db, actor, world.plan, wanted, removed or {})


@both
def test_the_published_sessions_cost_what_their_trainers_and_rooms_cost(house: Instance, leader: Actor, world: World) -> None:
    found = seen(house, leader, world)
    placed = [one for one in sessions(house, leader, world.plan) if one.day is not None]
    assert whole(found.entries).planned == pytest.approx(sum(one.cost for one in placed)) and whole(found.entries).planned > 0
    for by in By:
        assert sum(one.planned for one in totals(found.entries, by)) == pytest.approx(whole(found.entries).planned)
    assert {one.key for one in totals(found.entries, By.TYPE)} <= {CostType.TRAINERS, CostType.VENUES}
    assert [one.key for one in totals(found.entries, By.QUARTER)] == sorted({(one.day.month + 2) // 3 for one in placed if one.day})


@both
def test_participants_time_is_counted_when_somebody_says_what_it_is_worth(house: Instance, leader: Actor, world: World) -> None:
    before = whole(seen(house, leader, world).entries).planned
    with house.database.writing() as db:
        rules, version = timetable.rules(db, leader, world.plan)
        timetable.save_rules(db, leader, world.plan, version, replace(rules, wage_per_slot=200.0, wage_source="人力成本表"))
    found = seen(house, leader, world)
    half_days = sum(one.slots * one.headcount for one in sessions(house, leader, world.plan) if one.day is not None)
    assert whole(found.entries).planned == pytest.approx(before + 200 * half_days)
    assert budget.what_a_cut_drops(found, 0.1)[0].asked == pytest.approx(0.1 * before), "time is no money that could be saved"


@both
def test_lines_are_kept_changed_taken_away_and_brought_back(house: Instance, leader: Actor, world: World) -> None:
    programme = next(iter(seen(house, leader, world).programmes.keys() - {WHOLE}))
    save(house, leader, world, LineDraft(CostType.MATERIALS, 2, programme, None, 5000, 3000, 1000, "教材"), LineDraft(CostType.OTHER, 4))
    first, second = seen(house, leader, world).lines
    save(house, leader, world, replace(first, actual=3500.0), removed={second.id or 0: second.version})
    (changed,) = seen(house, leader, world).lines
    assert (changed.planned, changed.committed, changed.actual, changed.note) == (5000, 3000, 3500, "教材")
    with pytest.raises(Conflict):
        save(house, leader, world, replace(first, actual=1.0))
    with house.database.writing() as db:
        _done, mine = budget.done(db, leader, world.plan)
        assert mine is not None
        undo.undo(db, leader, mine.id)
    assert [one.actual for one in seen(house, leader, world).lines] == [1000, 0]


@both
def test_a_bad_line_is_named_and_nothing_is_kept(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    good = LineDraft(CostType.MATERIALS, 1, planned=100)
    for bad in (replace(good, quarter=5), replace(good, planned=-1), replace(good, programme_id=999), replace(good, type=CostType.TIME)):
        with pytest.raises(BadInput, match="第 2 行"):
            save(house, leader, world, good, bad)
    with pytest.raises(NotAllowed):
        save(house, manager, world, good)
    assert seen(house, leader, world).lines == ()


@both
def test_money_that_is_bound_is_saved_by_no_cut(house: Instance, leader: Actor, world: World) -> None:
    found = seen(house, leader, world)
    dearest = totals(found.entries, By.PROGRAMME)[0]
    save(house, leader, world, LineDraft(CostType.TRAINERS, 1, int(dearest.key), committed=dearest.planned))
    chosen, dropped = budget.what_a_cut_drops(seen(house, leader, world), 1.0)
    assert dearest.key not in chosen.dropped and not chosen.enough
    assert sum(one.saved for one in dropped) == pytest.approx(chosen.saved)


@both
def test_limits_that_do_not_bind_are_not_the_solvers(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        rules, version = timetable.rules(db, leader, world.plan)
        timetable.save_rules(db, leader, world.plan, version, replace(rules, budget_year=1.0, budget_binds=False))
    asked: list[Problem] = []

    def solve(problem: Problem, **more: Any) -> Schedule:
        asked.append(problem)
        return first_fit(problem, **more)

    schedule(house, leader, world.plan, "二", solve=solve)
    assert asked[0].rules.budget == Budget()
