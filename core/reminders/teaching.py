"""Sessions that are near, as those hear of them whose people take part; and those that hold no more, as whoever plans hears of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from core.access.actor import LOCAL_ADMINISTRATOR, Right
from core.delivery.attendance import repository as attendance
from core.delivery.calendar import service as calendar
from core.delivery.timetable import repository as timetables
from core.delivery.timetable import service as timetable
from core.delivery.timetable.broken import broken
from core.notices.outbox import About, Due, Value, keepers
from core.notices.terms import Kind
from core.people.scope import scope
from core.plans.tables import AnnualPlan
from core.reminders.counting import title
from core.reminders.today import Today
from core.storage import Session

_LONGEST_BREAK = 15


def teaching(db: Session, plan: AnnualPlan, now: Today) -> Iterator[Due]:
    """The sessions of the published timetable that begin on the next workday, and those to come that break a rule by now."""
    plan_id = plan.id or 0
    table = timetables.published(db, plan_id)
    if table is None:
        return
    yield from _broken(db, plan, table.id or 0, now)
    day = _next_workday(db, plan_id, now.day)
    near = [one for one in timetable.sessions(db, LOCAL_ADMINISTRATOR, plan_id) if one.day == day]
    if not near or day is None:
        return
    cause = f"{plan_id}:{day}"
    yield Due(About(Kind.SESSIONS_NEAR, cause, plan_id), count=len(near))
    units = {number: employee.unit_id for number, (employee, _unit) in attendance.people(db, plan_id).items()}
    for actor in now.told(db, Kind.SESSIONS_NEAR):
        seen = scope(db, actor)
        own = [{who for who in one.members if seen.may_name(units.get(who))} for one in near]
        going = set[int]().union(*own)
        if going:
            values: dict[str, Value] = {"plan": title(plan), "sessions": sum(map(bool, own)), "count": len(going), "day": day}
            yield Due(About(Kind.SESSIONS_NEAR, cause, plan_id, values=values), (actor.account_id or 0,))


def _broken(db: Session, plan: AnnualPlan, table_id: int, now: Today) -> Iterator[Due]:
    """Told once a week, as long as it is so."""
    found = broken(db, LOCAL_ADMINISTRATOR, plan.id or 0, table_id, now.day)
    if found:
        values: dict[str, Value] = {"plan": title(plan), "count": len(found)}
        about = About(Kind.SESSIONS_BROKEN, f"{table_id}:{now.week}", plan.id, values=values)
        yield Due(about, tuple(one.account_id or 0 for one in keepers(db, Right.PLAN_DELIVERY)))


def _next_workday(db: Session, plan_id: int, day: date) -> date | None:
    works = calendar.workdays(db, LOCAL_ADMINISTRATOR, plan_id)
    later = (day + timedelta(days=number) for number in range(1, _LONGEST_BREAK))
    return next((one for one in later if works(one)), None)
