"""Benefits kept, changed and taken back; what a plan's training costs and returns, on both databases."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from core.access.actor import Actor
from core.delivery.attendance import service as attendance
from core.delivery.attendance.terms import Presence
from core.delivery.budget import service as budget
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import CostType
from core.delivery.timetable import service as timetable
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.exports.leadership.blocks import Table
from core.exports.leadership.material import Material
from core.exports.leadership.reviewed import returns as returns_blocks
from core.exports.returns import returns_workbook
from core.exports.year import year_sheet
from core.instance import Instance
from core.review.executive import service as executive
from core.review.results import importing
from core.review.results.terms import ResultKind
from core.review.returns import service as returns
from core.review.returns.efficiency import Outcome
from core.review.returns.service import BenefitDraft, ReturnsOverview
from core.review.returns.terms import Basis, Isolation
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, published, sessions
from tests.core.review.world import review, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)
GOLDEN = BenefitDraft(
    name="新增有效客户",
    delta=120,
    value=10_000,
    isolation=0.5,
    method=Isolation.CONTROL,
    confidence=0.8,
    low=60,
    high=180,
    unit="户",
    value_source="财务部户均贡献表",
    value_by="计财部",
    reason="对照支行同期也增长了一半",
    isolation_by="个金部",
)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


def seen(house: Instance, actor: Actor, world: World) -> ReturnsOverview:
    last = max(one.ends_on for one in sessions(house, actor, world.plan) if one.ends_on is not None)
    with house.database.reading() as db:
        return returns.overview(db, actor, world.plan, last + timedelta(days=1))


def save(house: Instance, actor: Actor, world: World, *wanted: BenefitDraft, removed: dict[int, int] | None = None) -> int:
    with house.database.writing() as db:
        return returns.save(db, actor, world.plan, wanted, removed or {})


@both
def test_the_return_of_a_programme_is_worked_out_from_what_was_paid(house: Instance, leader: Actor, world: World) -> None:
    programme = next(iter(seen(house, leader, world).programmes))
    with house.database.writing() as db:
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, programme, actual=300_000)], {})
    save(house, leader, world, replace(GOLDEN, programme_id=programme))
    found = seen(house, leader, world)
    made = found.returned(Basis.ACTUAL, programme)
    assert made is not None and made.roi == pytest.approx(0.6) and made.bcr == pytest.approx(1.6) and made.naive_roi == pytest.approx(3)
    assert made.interval == (pytest.approx(-0.2), pytest.approx(1.4))
    assert found.break_even(Basis.ACTUAL, programme) == pytest.approx(0.3125)
    assert found.returned(Basis.ACTUAL, next(one for one in found.programmes if one != programme)) is None


def test_a_result_is_divided_into_the_money_of_those_who_had_a_part_in_it(house: Instance, leader: Actor, world: World) -> None:
    first, second = list(seen(house, leader, world).programmes)[:2]
    with house.database.writing() as db:
        lines = [LineDraft(CostType.PURCHASE, 1, first, actual=60_000), LineDraft(CostType.PURCHASE, 1, second, actual=940_000)]
        budget.save_lines(db, leader, world.plan, lines, {})
    outcomes = {first: Outcome(30, {"新增有效客户": (20, "户")}), second: Outcome(None, {"新增有效客户": (2, "万户")})}
    found = replace(seen(house, leader, world), outcomes=outcomes)
    year = found.efficiency(Basis.ACTUAL)
    assert year.cost == 1_000_000 and year.per_pass == pytest.approx(2_000)
    assert year.per_result == {"新增有效客户": (pytest.approx(3_000), "户")}, "what is counted in another unit is another result"
    assert found.efficiency(Basis.ACTUAL, {first}).per_pass == year.per_pass
    tested = replace(found, outcomes={first: Outcome(30), second: Outcome(20)}).efficiency(Basis.ACTUAL)
    assert tested.per_pass == pytest.approx(20_000)


@both
def test_the_rates_that_units_report_are_no_number_of_passes(house: Instance, leader: Actor) -> None:
    made = review(house, leader)
    rates = [("机构", "日期", "话术通关率"), ("望海支行", date(2027, 11, 1), "90%"), ("云岭支行", date(2027, 11, 1), "80%")]
    people = [("工号", "日期", "话术通关率"), *((no, date(2027, 11, 1), "通过") for no in made.near)]
    for rows, passes in ((rates, None), (people, len(made.near))):
        done = take(house, leader, made, ResultKind.TEST, rows)
        own = seen(house, leader, made.world).efficiency(Basis.ACTUAL).outcome
        assert own.passes == passes
        with house.database.writing() as db:
            importing.undo(db, leader, done.import_id or 0)


def test_a_benefit_whose_programme_has_no_cost_makes_the_years_return_too_high(house: Instance, leader: Actor, world: World) -> None:
    paid, unpaid = list(seen(house, leader, world).programmes)[:2]
    with house.database.writing() as db:
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, paid, planned=100_000, actual=300_000)], {})
    save(house, leader, world, replace(GOLDEN, programme_id=paid), replace(GOLDEN, programme_id=unpaid))
    assert seen(house, leader, world).uncosted(Basis.ACTUAL) == [unpaid]
    with house.database.reading() as db:
        tile = year_sheet(executive.overview(db, leader, world.plan), "zh").tiles[-1]
    assert tile.key == "return" and "1 个项目有收益、没登记成本" in tile.rests_on


@both
def test_people_and_attendances_come_from_the_lists(house: Instance, leader: Actor, world: World) -> None:
    first, second = [one for one in sessions(house, leader, world.plan) if one.day is not None and len(one.members) > 1][:2]
    with house.database.writing() as db:
        attendance.note(db, leader, world.plan, first.id, dict.fromkeys(first.members, Presence.PRESENT), {}, today=date(2027, 12, 31))
        attendance.note(
            db,
            leader,
            world.plan,
            second.id,
            {second.members[0]: Presence.LATE, second.members[1]: Presence.ABSENT},
            {},
            today=date(2027, 12, 31),
        )
    count = seen(house, leader, world).efficiency(Basis.PLANNED).count
    assert count.attendances == len(first.members) + 1 and count.people == len({*first.members, second.members[0]})
    assert count.learnt_hours == pytest.approx((first.slots * len(first.members) + second.slots) * 3.5) and count.unnoted > 0


@both
def test_benefits_are_kept_changed_taken_away_and_brought_back(house: Instance, leader: Actor, world: World) -> None:
    save(house, leader, world, GOLDEN, replace(GOLDEN, name="授信客户"))
    first, second = seen(house, leader, world).lines
    save(house, leader, world, replace(first, isolation=0.3), removed={second.id or 0: second.version})
    (changed,) = seen(house, leader, world).lines
    assert changed.isolation == 0.3 and changed.reason == GOLDEN.reason
    with pytest.raises(Conflict):
        save(house, leader, world, replace(first, isolation=0.9))
    with house.database.writing() as db:
        done, mine = returns.done(db, leader, world.plan)
        assert mine is not None and done[0].action == "benefits_changed"
        undo.undo(db, leader, mine.id)
    assert [one.isolation for one in seen(house, leader, world).lines] == [0.5, 0.5]


@both
def test_a_benefit_without_its_reasons_is_refused(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    lacking = (
        replace(GOLDEN, reason=" "),
        replace(GOLDEN, value_by=""),
        replace(GOLDEN, isolation=1.2),
        replace(GOLDEN, low=None),
        replace(GOLDEN, low=150),
        replace(GOLDEN, value=-1),
        replace(GOLDEN, programme_id=999),
        replace(GOLDEN, measure_id=999),
    )
    for bad in lacking:
        with pytest.raises(BadInput, match="第 2 行"):
            save(house, leader, world, GOLDEN, bad)
    with pytest.raises(NotAllowed):
        save(house, manager, world, GOLDEN)
    assert seen(house, leader, world).lines == ()


def test_the_export_carries_every_factor_and_who_gave_it(house: Instance, leader: Actor, world: World) -> None:
    save(house, leader, world, replace(GOLDEN, name="=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(returns_workbook(seen(house, leader, world), Basis.PLANNED, "zh")))
    assert book.sheetnames == ["效率", "收益明细", "回报"]
    row = [cell.value for cell in book["收益明细"][2]]
    assert {"=1+1", "财务部户均贡献表", "对照组", 50, 80} <= set(row) and book["收益明细"]["B2"].data_type == "s"
    assert "Benefit" in openpyxl.load_workbook(io.BytesIO(returns_workbook(seen(house, leader, world), Basis.PLANNED, "en"))).sheetnames[1]


def test_the_export_has_a_programme_that_was_paid_for_before_a_session_was_held(house: Instance, leader: Actor, world: World) -> None:
    found = seen(house, leader, world)
    paid = next(iter(found.programmes))
    with house.database.writing() as db:
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, paid, actual=5_000)], {})
    with house.database.reading() as db:
        early = returns.overview(db, leader, world.plan, date(2000, 1, 1))
    book = openpyxl.load_workbook(io.BytesIO(returns_workbook(early, Basis.ACTUAL, "zh")))
    told = {row[0]: row[4] for row in book["效率"].iter_rows(values_only=True)}
    assert told[found.programmes[paid]] == told["全年"] == 5_000


def test_a_leaders_document_counts_participants_hours_as_the_page_does(house: Instance, leader: Actor, world: World) -> None:
    placed = [one for one in sessions(house, leader, world.plan) if one.day is not None]
    people = {name: {who for one in placed if one.programme_id == name for who in one.members} for name in (p.programme_id for p in placed)}
    most = max(people, key=lambda one: len(people[one]))
    held = [one for one in placed if one.programme_id == most]
    with house.database.writing() as db:
        rules, version = timetable.rules(db, leader, world.plan)
        timetable.save_rules(db, leader, world.plan, version, replace(rules, wage_per_slot=200.0, wage_source="人力成本表"))
        for session in held:
            attendance.note(
                db, leader, world.plan, session.id, dict.fromkeys(session.members, Presence.PRESENT), {}, today=date(2027, 12, 31)
            )
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, most, actual=10_000)], {})
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, None, actual=3_000)], {})
    save(house, leader, world, replace(GOLDEN, programme_id=most))
    found = seen(house, leader, world)
    last = max(one.ends_on for one in sessions(house, leader, world.plan) if one.ends_on is not None)
    with house.database.reading() as db:
        blocks = returns_blocks(Material(db, leader, world.plan, "zh", last + timedelta(days=1)))
    (shown,) = [one for one in blocks if isinstance(one, Table)]
    rows = {str(row[0]): row for row in shown.rows}
    one, made = found.efficiency(Basis.ACTUAL, {most}), found.returned(Basis.ACTUAL, most)
    assert made is not None and made.cost == one.cost == 10_000 + 200 * sum(each.slots * len(each.members) for each in held)
    assert len(people[most]) >= 5 and rows[held[0].programme][3:] == (one.cost, one.cost / len(people[most]), made.credited, made.roi)
    assert rows["全年"][3] == found.efficiency(Basis.ACTUAL).cost == one.cost + 3_000
    assert "每人每半天 200 元" in shown.note
