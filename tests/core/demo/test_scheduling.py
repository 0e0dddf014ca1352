"""The sample's year is scheduled and published, and the year before is there with what really happened."""

from __future__ import annotations

from core.delivery.attendance import check_in
from core.delivery.attendance import service as attendance
from core.delivery.attendance.terms import Presence
from core.delivery.budget import service as budget
from core.delivery.budget.figures import whole
from core.delivery.timetable import publishing
from core.delivery.timetable import service as timetable
from core.plans import repository as plans
from tests.sample import Branch


def plan_of(loaded: Branch, year: int) -> int:
    """The sample's plan of a year."""
    with loaded.house.database.reading() as db:
        return next(one.id or 0 for one in plans.samples(db) if one.year == year)


def test_the_decoded_year_is_published_whole_with_its_budget(loaded: Branch) -> None:
    plan = plan_of(loaded, 2026)
    with loaded.house.database.reading() as db:
        views = timetable.sessions(db, loaded.leader, plan)
        versions = publishing.versions(db, loaded.leader, plan)
        spent = whole(budget.overview(db, loaded.leader, plan).entries)
    assert 90 <= len(views) <= 130 and all(one.day is not None for one in views)
    assert [one.number for one in versions] == [1] and not versions[0].changes
    assert spent.planned > spent.committed >= spent.actual > 0


def test_of_the_year_before_it_is_known_who_came_what_they_thought_and_what_it_cost(loaded: Branch) -> None:
    plan = plan_of(loaded, 2025)
    with loaded.house.database.reading() as db:
        held = attendance.held(db, loaded.leader, plan)
        sheets = [attendance.sheet(db, loaded.leader, plan, one.id) for one in held]
        judged = [check_in.judged(db, loaded.leader, plan, one.id) for one in held]
        lines = budget.overview(db, loaded.leader, plan).lines
    said = {row.presence for sheet in sheets for row in sheet.rows}
    assert len(held) >= 20 and said == {*Presence, None}
    assert all(0 < one.came <= one.noted <= one.expected for one in sheets) and any(one.enough and one.remarks for one in judged)
    assert any(one.actual > one.planned for one in lines) and any(one.planned and not one.actual for one in lines)
