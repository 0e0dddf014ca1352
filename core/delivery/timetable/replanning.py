"""Making a timetable again because something happened, with as few changes as possible: what happened is written down where it belongs,
then the solver is asked for a draft that stays close to what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.access.actor import Actor, Right, require
from core.delivery.calendar import editing as calendar
from core.delivery.calendar.editing import BlackoutFacts
from core.delivery.faculty import editing as faculty
from core.delivery.faculty import service as resources
from core.delivery.halves import Half, Span
from core.delivery.timetable import service, solving
from core.delivery.timetable.solving import Asked
from core.errors import BadInput
from core.i18n import Message
from core.storage import Session


class Happening(StrEnum):
    """What makes a timetable necessary again."""

    TRAINER = "trainer"
    VENUE = "venue"
    BLACKOUT = "blackout"
    PROJECTS = "projects"
    CALENDAR = "calendar"
    RULES = "rules"


HAPPENING_NAMES = {
    Happening.TRAINER: Message("讲师那几天来不了"),
    Happening.VENUE: Message("场地那几天用不了"),
    Happening.BLACKOUT: Message("有几天不能叫人来上课"),
    Happening.PROJECTS: Message("项目、班次或人有增减"),
    Happening.CALENDAR: Message("放假安排公布或改了"),
    Happening.RULES: Message("规则、讲师或场地资料改了"),
}


@dataclass(frozen=True)
class Event:
    """What happened. `subject_id` is the trainer or the venue, `unit_ids` whom a blackout concerns (empty: everybody)."""

    kind: Happening
    starts: date | None = None
    ends: date | None = None
    first: Half = Half.MORNING
    last: Half = Half.AFTERNOON
    subject_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    reason: str = ""


def replan(db: Session, actor: Actor, plan_id: int, timetable_id: int, event: Event, name: str, seconds: float) -> int:
    """Write down what happened and ask for a timetable that stays close to this one. Returns the number of the draft to come.

    Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    service.find(db, actor, plan_id, timetable_id)
    why = _write(db, actor, plan_id, event)
    asked = Asked(name, seconds, based_on=timetable_id, stay_close=True, why=why)
    return solving.ask(db, actor, plan_id, asked)


def _write(db: Session, actor: Actor, plan_id: int, event: Event) -> Message:
    if event.kind in (Happening.PROJECTS, Happening.RULES, Happening.CALENDAR):
        return Message("重排的原因：{what}。", what=HAPPENING_NAMES[event.kind])
    if event.starts is None or event.ends is None:
        raise BadInput(Message("请选从哪天到哪天。"))
    when = {"starts": event.starts.isoformat(), "ends": event.ends.isoformat()}
    span = Span(event.starts, event.ends, event.first, event.last, event.reason.strip())
    if event.kind is Happening.BLACKOUT:
        name = event.reason.strip()
        calendar.save_blackout(db, actor, plan_id, None, BlackoutFacts(name, event.starts, event.ends, event.unit_ids, (), ""))
        return Message("重排的原因：{starts} 至 {ends} 不能叫人来上课（{name}）。", name=name, **when)
    if event.subject_id is None:
        raise BadInput(Message("请选是哪位讲师或哪个场地。"))
    if event.kind is Happening.TRAINER:
        faculty.add_absence(db, actor, event.subject_id, span)
        name = resources.find(db, actor, event.subject_id).trainer.name
        return Message("重排的原因：讲师“{name}”{starts} 至 {ends} 来不了。", name=name, **when)
    faculty.close_venue(db, actor, event.subject_id, span)
    name = next(one.name for one in resources.venues(db, actor) if one.id == event.subject_id)
    return Message("重排的原因：场地“{name}”{starts} 至 {ends} 用不了。", name=name, **when)
