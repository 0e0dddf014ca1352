"""The check in the database: what it takes in, what it refuses, that a closed quarter stays as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.storage import Session
from core.strategy import decoding_job, review
from core.strategy.checking import service as checking
from core.strategy.checking.entering import Entered
from core.strategy.checking.progress import Status
from core.strategy.checking.service import Check, Item
from core.strategy.checking.tables import CheckItem
from core.strategy.findings import Measure
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import service as themes
from core.strategy.themes import suggesting
from core.strategy.themes.tables import Theme
from tests.conftest import BOTH
from tests.core.strategy.world import CERTIFIED, GROWTH, HQ, World, build
from tests.library import settle, shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

MARCH = date(2027, 3, 31)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    """A plan with two themes, each with one measured target."""
    made = build(house, leader)
    with house.database.writing() as db:
        _measure(db, made.findings[GROWTH], ">=", 15.0, "%", "2028-12-31", 12.0)
        _measure(db, made.findings[CERTIFIED], ">=", 95.0, "%", "", None)
    with house.database.reading() as db:
        proposal = suggesting.propose(themes.overview(db, leader, made.plan))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, made.plan, proposal)
    return made


def _measure(db: Session, finding: int, operator: str, value: float, unit: str, deadline: str, baseline: float | None) -> None:
    row = db.get(FindingRow, finding)
    assert row is not None
    row.measure = {"metric": row.metric, "operator": operator, "value": value, "unit": unit, "unit_written": unit}
    row.measure |= {"deadline": deadline, "baseline": baseline}


def begun(house: Instance, leader: Actor, plan: int, quarter: str = "2027Q1", as_of: date = MARCH) -> int:
    with house.database.writing() as db:
        return checking.begin(db, leader, plan, quarter, as_of)


def last(house: Instance, actor: Actor, plan: int) -> Check:
    with house.database.reading() as db:
        return checking.checks(db, actor, plan)[-1]


def of(check: Check, metric: str) -> Item:
    return next(item for item in check.items if item.row.metric == metric)


def entered(item: Item, **more: object) -> Entered:
    row = item.row
    known = Entered(item.id, row.version or 0, row.baseline, row.baseline_on, row.deadline, row.milestone)
    filled = {name: getattr(row, name) for name in ("actual", "source", "action", "owner", "due")}
    return replace(known, **(filled | more))


def saved(house: Instance, leader: Actor, plan: int, check: Check, *rows: Entered) -> Check:
    with house.database.writing() as db:
        checking.save(db, leader, plan, check.id, rows)
    return last(house, leader, plan)


def concluded(house: Instance, leader: Actor, plan: int, check: Check, text: str = "总体可控") -> Check:
    with house.database.writing() as db:
        checking.describe(db, leader, plan, check.id, check.row.version or 0, as_of=check.row.as_of, conclusion=text)
    return last(house, leader, plan)


def closed(house: Instance, leader: Actor, plan: int, check: Check) -> Check:
    with house.database.writing() as db:
        checking.close(db, leader, plan, check.id, check.row.version or 0)
    return last(house, leader, plan)


def test_a_check_takes_in_every_theme_and_its_accepted_targets(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    growth = of(check, "零售AUM").row
    assert (growth.target, growth.unit, growth.baseline, growth.deadline) == (15.0, "%", 12.0, date(2028, 12, 31))
    assert growth.baseline_on == date(2026, 12, 31)
    assert check.counts == {Status.NO_DATA: 2, Status.ON_TRACK: 0, Status.AT_RISK: 0, Status.OFF_TRACK: 0}
    assert {one.status for one in check.themes} == {Status.NO_DATA}


def test_a_plan_without_themes_has_nothing_to_check(house: Instance, leader: Actor) -> None:
    made = build(house, leader)
    with pytest.raises(BadInput, match="还没有战略主题"):
        begun(house, leader, made.plan)


def test_values_are_judged_and_need_their_source(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    with pytest.raises(BadInput, match=r"零售AUM.*来源"):
        saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=12.6))
    check = saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=12.6, source="经营分析平台 3月31日"))
    assert of(check, "零售AUM").status is Status.ON_TRACK
    certified = entered(of(check, "客户经理持证上岗率"), actual=90.0, source="人力系统")
    check = saved(house, leader, world.plan, check, certified)
    assert of(check, "客户经理持证上岗率").status is Status.NO_DATA, "nothing says by when"
    check = saved(house, leader, world.plan, check, entered(of(check, "客户经理持证上岗率"), milestone=95.0))
    assert of(check, "客户经理持证上岗率").status is Status.AT_RISK


def test_of_two_who_fill_in_the_second_is_shown_both_values(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    first = entered(of(check, "零售AUM"), actual=12.6, source="平台")
    saved(house, leader, world.plan, check, first)
    with pytest.raises(Conflict, match=r"12\.6.*13"):
        saved(house, leader, world.plan, check, replace(first, actual=13.0))


def test_a_quarter_closes_with_a_conclusion_and_an_action_for_all_that_is_off_track(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    check = saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=10.0, source="平台"))
    with pytest.raises(BadInput, match="结论"):
        closed(house, leader, world.plan, check)
    check = concluded(house, leader, world.plan, check)
    with pytest.raises(BadInput, match="零售AUM"):
        closed(house, leader, world.plan, check)
    action = entered(of(check, "零售AUM"), action="每周复盘名单", owner="林予安", due=date(2027, 5, 31))
    check = concluded(house, leader, world.plan, saved(house, leader, world.plan, check, action))
    check = closed(house, leader, world.plan, check)
    assert check.closed and of(check, "零售AUM").row.status is Status.OFF_TRACK and of(check, "零售AUM").row.rule


def test_a_closed_quarter_stays_as_it_is_until_it_is_opened_with_a_reason(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = closed(house, leader, world.plan, concluded(house, leader, world.plan, last(house, leader, world.plan)))
    for act in (
        lambda db: checking.save(db, leader, world.plan, check.id, [entered(of(check, "零售AUM"))]),
        lambda db: checking.describe(db, leader, world.plan, check.id, 1, as_of=MARCH, conclusion="改"),
        lambda db: checking.bring_up_to_date(db, leader, world.plan, check.id),
        lambda db: checking.close(db, leader, world.plan, check.id, 1),
    ):
        with pytest.raises(BadInput, match="已经关闭"), house.database.writing() as db:
            act(db)
    with house.database.writing() as db:
        review.decide(db, leader, world.plan, [world.findings[GROWTH]], FindingState.REJECTED)
    assert of(last(house, leader, world.plan), "零售AUM").row.target == 15.0
    with pytest.raises(BadInput, match="为什么"), house.database.writing() as db:
        checking.reopen(db, leader, world.plan, check.id, check.row.version or 0, " ")
    with house.database.writing() as db:
        checking.reopen(db, leader, world.plan, check.id, check.row.version or 0, "来源更正")
    check = last(house, leader, world.plan)
    assert not check.closed and check.row.reopened[0]["reason"] == "来源更正" and of(check, "零售AUM").row.status is None


def test_the_next_quarter_waits_for_the_last_and_keeps_what_people_set(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    set_ = entered(of(check, "客户经理持证上岗率"), baseline=84.0, deadline=date(2027, 12, 31))
    check = saved(house, leader, world.plan, check, set_)
    with pytest.raises(BadInput, match="还没有关闭"):
        begun(house, leader, world.plan, "2027Q2", date(2027, 6, 30))
    closed(house, leader, world.plan, concluded(house, leader, world.plan, check))
    with pytest.raises(BadInput, match="已经有了"):
        begun(house, leader, world.plan)
    begun(house, leader, world.plan, "2027Q2", date(2027, 6, 30))
    with house.database.reading() as db:
        found = checking.checks(db, leader, world.plan)
    item = of(found[1], "客户经理持证上岗率")
    assert (item.row.baseline, item.row.deadline, item.row.actual) == (84.0, date(2027, 12, 31), None)
    assert [point.quarter for point in checking.history(found, item)] == ["2027Q1", "2027Q2"]


def test_a_target_that_was_corrected_starts_anew_in_the_next_quarter(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    closed(house, leader, world.plan, concluded(house, leader, world.plan, last(house, leader, world.plan)))
    with house.database.writing() as db:
        row = review.find(db, leader, world.plan, world.findings[GROWTH])
        better = Measure("零售AUM", ">=", 20.0, "%", "%", "2028-12-31", baseline=12.0)
        review.edit(db, leader, world.plan, row.id or 0, row.version or 0, review.Draft(row.kind, row.text, measure=better))
    begun(house, leader, world.plan, "2027Q2", date(2027, 6, 30))
    item = of(last(house, leader, world.plan), "零售AUM").row
    assert (item.target, item.baseline, item.deadline) == (20.0, 12.0, date(2028, 12, 31))


def test_what_somebody_wrote_about_a_target_stays_when_the_target_goes(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), owner="林予安"))
    with house.database.writing() as db:
        review.decide(db, leader, world.plan, [world.findings[GROWTH]], FindingState.REJECTED)
        checking.bring_up_to_date(db, leader, world.plan, check.id)
    assert of(last(house, leader, world.plan), "零售AUM").row.owner == "林予安"


def test_a_document_in_the_bin_leaves_no_open_end_in_a_closed_quarter(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    check = concluded(
        house, leader, world.plan, saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=1.0, source="平台"))
    )
    with house.database.writing() as db:
        library.remove(db, leader, world.hq)
    with pytest.raises(BadInput, match="1 个偏离"):
        closed(house, leader, world.plan, check)


def test_a_closed_quarter_outlives_an_old_edition_but_not_the_last(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    check = saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=12.6, source="平台"))
    closed(house, leader, world.plan, concluded(house, leader, world.plan, check))
    # One target is found again in the new edition, the other is not.
    newer = shelve(house, leader, "总行战略.md", HQ.replace("客户经理持证上岗率不低于95%。", "总则另行印发。"))
    with house.database.writing() as db:
        decoding_job.start(db, leader, world.plan, [newer])
    settle(house)
    with house.database.writing() as db:
        row = library.find(db, leader, newer)
        library.change(db, leader, newer, row.version or 0, title="新版战略", kind=DocumentKind.HQ, readers=Role, dated=None)
        library.remove(db, leader, world.hq)
    assert of(last(house, leader, world.plan), "零售AUM").row.actual == 12.6, "what moved on is seen where it is now"
    with house.database.writing() as db:
        library.remove_for_good(db, house.settings, leader, world.hq)
    check = last(house, leader, world.plan)
    assert {item.row.metric for item in check.items} == {"零售AUM", "客户经理持证上岗率"}
    growth = of(check, "零售AUM").row
    assert (growth.actual, growth.target, growth.source, growth.status) == (12.6, 15.0, "平台", Status.ON_TRACK)
    assert {(item.row.document, item.row.edition) for item in check.items} == {("总行战略", 1)}
    with house.database.writing() as db:
        library.remove(db, leader, newer)
        library.remove_for_good(db, house.settings, leader, newer)
    with house.database.reading() as db:
        assert not [row for row in db.exec(select(CheckItem)).all() if row.metric], "nothing of a document outlives its last edition"


def test_an_open_check_drops_what_went_with_an_old_edition_unless_somebody_wrote_about_it(
    house: Instance, leader: Actor, world: World
) -> None:
    begun(house, leader, world.plan)
    shelve(house, leader, "总行战略.md", HQ.replace("零售AUM年均增长15%以上", "零售稳步增长").replace("持证上岗率不低于95%", "持证上岗"))
    check = last(house, leader, world.plan)
    saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), owner="林予安"))
    with house.database.writing() as db:
        library.remove(db, leader, world.hq)
        library.remove_for_good(db, house.settings, leader, world.hq)
    assert [(item.row.metric, item.row.owner) for item in last(house, leader, world.plan).items] == [("零售AUM", "林予安")]


def test_what_is_accepted_or_rejected_meanwhile_comes_in_and_goes(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    check = saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=12.0, source="平台"))
    with house.database.writing() as db:
        review.decide(db, leader, world.plan, [world.findings[GROWTH], world.findings[CERTIFIED]], FindingState.REJECTED)
        checking.bring_up_to_date(db, leader, world.plan, check.id)
    check = last(house, leader, world.plan)
    assert "零售AUM" in {item.row.metric for item in check.items}, "what somebody filled in stays"
    assert "客户经理持证上岗率" not in {item.row.metric for item in check.items}
    assert sum(item.row.target is None for item in check.items) == 2, "a theme without a target is still looked at"


def test_a_target_that_is_moved_to_another_theme_keeps_what_was_written_about_it(house: Instance, leader: Actor, world: World) -> None:
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    check = saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=12.0, source="平台"))
    held = of(check, "零售AUM")
    other = of(check, "客户经理持证上岗率").row
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: held.row.theme_id}, other.theme_id)
        row = db.get(Theme, other.theme_id)
        assert row is not None
        themes.change(db, leader, row.id or 0, row.version or 0, replace(themes.draft_of(row), name="人才强行"))
        assert checking.bring_up_to_date(db, leader, world.plan, check.id)
    after = last(house, leader, world.plan)
    (moved,) = [item.row for item in after.items if item.row.metric == "零售AUM"]
    assert (moved.id, moved.actual, moved.theme_id, moved.theme) == (held.id, 12.0, other.theme_id, "人才强行")
    assert moved.version == held.row.version, "who is filling it in meets no conflict"
    assert sorted(one.targets for one in after.themes if one.name == "人才强行") == [2], "a theme stands once"
    with house.database.writing() as db:
        assert checking.bring_up_to_date(db, leader, world.plan, check.id) == 0


def test_who_may_not_see_a_document_sees_none_of_its_targets(
    house: Instance, leader: Actor, executive: Actor, manager: Actor, administrator: Actor, world: World
) -> None:
    begun(house, leader, world.plan)
    assert len(last(house, executive, world.plan).items) == 2
    with house.database.writing() as db:
        row = library.find(db, leader, world.hq)
        library.change(db, leader, world.hq, row.version or 0, title="总行战略", kind=DocumentKind.HQ, readers=[Role.HR_LEADER], dated=None)
    assert last(house, manager, world.plan).items == () and len(last(house, leader, world.plan).items) == 2
    with house.database.writing() as db:
        for act in (
            lambda: checking.begin(db, executive, world.plan, "2027Q2", MARCH),
            lambda: checking.save(db, executive, world.plan, 1, []),
            lambda: checking.close(db, executive, world.plan, 1, 1),
            lambda: checking.reopen(db, executive, world.plan, 1, 1, "x"),
            lambda: checking.bring_up_to_date(db, executive, world.plan, 1),
            lambda: checking.describe(db, executive, world.plan, 1, 1, as_of=MARCH, conclusion=""),
        ):
            with pytest.raises(NotAllowed):
                act()
        with pytest.raises(NotAllowed):
            checking.checks(db, administrator, world.plan)
        with pytest.raises(NotFound):
            checking.save(db, leader, world.plan, 99, [])
