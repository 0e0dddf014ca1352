"""The calendar: published years with 调休, years that are still to come, days of one's own, blackouts, leave, a notice that comes."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.delivery.calendar import editing, official, service
from core.delivery.calendar.editing import BlackoutFacts
from core.delivery.calendar.suggestions import suggestions
from core.delivery.calendar.terms import DayKind, YearSource
from core.delivery.halves import Half, Span
from core.delivery.importing import notice
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import ResourceKind
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from tests.conftest import BOTH
from tests.core.delivery.world import branch, plan, take
from tests.core.people.branch import employee_ids, unit_ids

both = pytest.mark.parametrize("house", BOTH, indirect=True)

FIRST_LOOKED_BACK = 2014
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""


def test_a_published_year_has_its_moved_days() -> None:
    year = official.published(2026)
    assert year.kinds[date(2026, 1, 4)] is DayKind.MAKEUP
    assert year.kinds[date(2026, 1, 2)] is DayKind.HOLIDAY
    assert str(year.names[date(2026, 2, 17)]) == "春节" and str(year.names[date(2026, 1, 1)]) == "元旦"


def test_which_years_are_published_is_asked_of_the_package() -> None:
    assert official.is_published(2026) and not official.is_published(2003) and not official.is_published(2099)


@pytest.mark.parametrize("year", [one for one in range(FIRST_LOOKED_BACK, 2050) if official.is_published(one)])
def test_what_a_notice_took_off_was_among_the_days_to_avoid(year: int) -> None:
    before, after = official.provisional(year), official.published(year)
    assert not [day for day, kind in after.kinds.items() if not official.works(kind) and before.kinds[day] is DayKind.WORK]
    assert sum(kind is DayKind.AVOID for kind in before.kinds.values()) <= 24


@both
def test_a_year_to_come_is_provisional_until_its_notice_is_imported(house: Instance, leader: Actor, manager: Actor) -> None:
    plan_id = branch(house, leader, 2027)
    with house.database.writing() as db:
        before = service.year(db, manager, plan_id)
        assert before.provisional and before.kinds[date(2027, 10, 6)] is DayKind.AVOID and date(2027, 10, 6) not in before.days
        assert date(2027, 10, 6) in before.working and date(2027, 3, 1) in before.days
        editing.note_used(db, leader, plan_id)
        assert service.published(db, leader, plan_id) is None
    assert notice.is_notice(NOTICE)
    given = notice.table_of(NOTICE, 2027)
    with house.database.writing() as db:
        mapping = importing.prepare(db, leader, plan_id, ResourceKind.NOTICE, given).mapping
        made = importing.import_table(db, leader, plan_id, ResourceKind.NOTICE, "通知", given, mapping)
    assert not made.problems and len(made.created) == 28 + 5
    with house.database.reading() as db:
        after, news = service.year(db, leader, plan_id), service.published(db, leader, plan_id)
    assert after.origin is YearSource.NOTICE and not after.provisional
    assert after.kinds[date(2027, 2, 20)] is DayKind.MAKEUP and after.kinds[date(2027, 2, 12)] is DayKind.HOLIDAY
    assert news is not None and date(2027, 2, 20) in {one.day for one in news.changes if one.usable}
    assert not news.lost and date(2027, 10, 9) in {one.day for one in news.changes}
    with house.database.writing() as db:
        editing.take_note(db, leader, plan_id)
    with house.database.reading() as db:
        assert service.published(db, leader, plan_id) is None


def test_a_part_of_a_notice_is_taken_in_and_leaves_the_year_provisional(house: Instance, leader: Actor) -> None:
    plan_id = plan(house, leader, 2027)
    take(house, leader, plan_id, ResourceKind.NOTICE, (("日期", "休/班"), ("2月5日至2月12日", "休"), ("2027-02-20", "班")))
    with house.database.reading() as db:
        found = service.year(db, leader, plan_id)
    assert found.provisional and found.kinds[date(2027, 2, 12)] is DayKind.HOLIDAY and found.kinds[date(2027, 2, 20)] is DayKind.MAKEUP
    assert found.kinds[date(2027, 10, 6)] is DayKind.AVOID


@both
def test_the_package_learns_of_a_year_that_people_planned_with(house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_id = plan(house, leader, 2026)
    monkeypatch.setattr(official, "is_published", lambda year: False)
    with house.database.writing() as db:
        editing.set_day(db, leader, plan_id, date(2026, 5, 6), 0, works=False, reason="行庆")
        editing.note_used(db, leader, plan_id)
    monkeypatch.undo()
    with house.database.reading() as db:
        news = service.published(db, leader, plan_id)
    assert news is not None
    assert {date(2026, 1, 4): True, date(2026, 2, 14): True}.items() <= {one.day: one.usable for one in news.changes}.items()
    assert date(2026, 5, 6) not in {one.day for one in news.changes}


@both
def test_a_day_of_ones_own_needs_a_reason_and_can_be_taken_back(house: Instance, leader: Actor, executive: Actor) -> None:
    plan_id = plan(house, leader, 2026)
    day = date(2026, 3, 7)
    with house.database.writing() as db, pytest.raises(BadInput, match="原因"):
        editing.set_day(db, leader, plan_id, day, 0, works=True, reason=" ")
    with house.database.writing() as db, pytest.raises(BadInput, match="2026"):
        editing.set_day(db, leader, plan_id, date(2027, 3, 7), 0, works=True, reason="x")
    with house.database.writing() as db, pytest.raises(NotAllowed):
        editing.set_day(db, executive, plan_id, day, 0, works=True, reason="x")
    with house.database.writing() as db:
        editing.set_day(db, leader, plan_id, day, 0, works=True, reason="总行通知")
    with house.database.writing() as db, pytest.raises(Conflict):
        editing.set_day(db, leader, plan_id, day, 0, works=False, reason="别人")
    with house.database.reading() as db:
        found = service.year(db, executive, plan_id)
    assert found.kinds[day] is DayKind.MAKEUP and day in found.days
    assert [(one.reason, one.would) for one in found.own] == [("总行通知", DayKind.WEEKEND)]
    with house.database.writing() as db:
        editing.clear_day(db, leader, day, 1)
    with house.database.writing() as db:
        last = undo.last(db, leader, undo.CALENDAR)
        assert last is not None and last.action == "day_cleared"
        undo.undo(db, leader, last.id)
        assert service.year(db, leader, plan_id).own[0].day == day


@both
def test_blackouts_are_of_the_branch_or_of_units_and_lines(house: Instance, leader: Actor, manager: Actor) -> None:
    plan_id = branch(house, leader, 2026)
    units = unit_ids(house)
    march = (date(2026, 3, 25), date(2026, 3, 31))
    with house.database.writing() as db:
        wanted = [
            BlackoutFacts("季末", *march),
            BlackoutFacts("旺季", date(2026, 1, 4), date(2026, 2, 10), (units["望海支行"],), ("零售",)),
        ]
        first, second = editing.save_blackouts(db, leader, plan_id, [(None, one) for one in wanted])
    with house.database.reading() as db:
        found = service.blackouts(db, manager, plan_id)
    assert [(one.id, one.unit_ids, one.lines) for one in found] == [(second, (units["望海支行"],), ("零售",)), (first, (), ())]
    with house.database.writing() as db:
        row = editing._blackout(db, (second, 1), plan_id)
        row.unit_ids, row.lines = [9999], []
    with house.database.reading() as db:
        # A unit that is gone must not close the whole branch.
        assert [one.id for one in service.blackouts(db, leader, plan_id)] == [first]
        assert [one.applies for one in service.blackouts(db, leader, plan_id, idle=True)] == [False, True]
    with house.database.writing() as db:
        editing.remove_blackout(db, leader, plan_id, (first, 1))
    with house.database.writing() as db, pytest.raises(BadInput, match="早于"):
        editing.save_blackout(db, leader, plan_id, None, BlackoutFacts("x", march[1], march[0]))
    with house.database.writing() as db, pytest.raises(BadInput, match="不在 2026 年"):
        editing.save_blackout(db, leader, plan_id, None, BlackoutFacts("x", date(2027, 1, 1), date(2027, 1, 2)))


def test_suggestions_are_offered_with_their_days() -> None:
    year = official.published(2026)
    working = [day for day, kind in year.kinds.items() if official.works(kind)]
    found = {one.key: one for one in suggestions(2026, working)}
    assert list(found) == ["opening", "quarter_3", "quarter_6", "quarter_9", "closing"]
    assert (found["quarter_3"].starts, found["quarter_3"].ends) == (date(2026, 3, 25), date(2026, 3, 31))
    assert found["opening"].starts == date(2026, 1, 4)


@both
def test_leave_comes_from_a_table_and_is_read_by_those_in_charge(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    plan_id = branch(house, leader, 2026)
    rows = (
        ("工号", "姓名", "开始日期", "结束日期", "时段", "假别"),
        ("0002", "张敏", "2026-05-06", "2026-05-08", "", "年假"),
        ("3", "李强", "2026/6/1", "", "下午", "体检"),
        ("0099", "无此人", "2026-05-06", "", "", ""),
        ("0002", "张敏", "2026-05-06", "2026-05-08", "", "年假"),
    )
    made = take(house, leader, plan_id, ResourceKind.LEAVE, rows)
    assert (len(made.created), len(made.problems), made.skipped) == (2, 1, 2)
    assert "没有工号 0099" in str(made.problems[0].message) and made.problems[0].row == 4
    staff = employee_ids(house)
    with house.database.reading() as db:
        assert service.leave(db, leader, plan_id) == {
            staff["0002"]: (Span(date(2026, 5, 6), date(2026, 5, 8), reason="年假"),),
            staff["0003"]: (Span(date(2026, 6, 1), date(2026, 6, 1), Half.AFTERNOON, Half.AFTERNOON, "体检"),),
        }
        assert not service.leave(db, manager, plan_id) and not service.leave(db, executive, plan_id)
    again = take(house, leader, plan_id, ResourceKind.LEAVE, (rows[0], (*rows[1][:5], "婚假")))
    assert (len(again.created), len(again.updated)) == (0, 1)


@both
def test_workdays_follow_the_branchs_calendar_and_beyond_its_year_the_week(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader, 2026)
    with house.database.reading() as db:
        works = service.workdays(db, leader, plan_id)
    assert works(date(2026, 1, 4)) and not works(date(2026, 2, 17)) and not works(date(2026, 3, 7)) and works(date(2026, 3, 9))
    assert works(date(2025, 12, 31)) and not works(date(2025, 12, 27))
