"""Which sessions of a timetable break a rule as things are now.

A timetable rests on much that goes on changing after it was made: trainers and venues, the calendar, who is in a class, a project's days,
the rules. What changes there moves no session by itself; it is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor, Right, require
from core.delivery.timetable.building import Held
from core.delivery.timetable.editing import Situation, Wanted, situation
from core.delivery.timetable.terms import Policy
from core.i18n import Message
from core.storage import Session


@dataclass(frozen=True)
class Broken:
    """A session to come and what speaks against its place."""

    session_id: int
    why: tuple[Message, ...]


def broken(db: Session, actor: Actor, plan_id: int, timetable_id: int, today: date) -> list[Broken]:
    """The sessions from `today` on that break a rule for which nobody has excused them, in the order of time.

    Nothing where the plan's policy is to look at no rule. Needs `PLAN_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    now_so = situation(db, actor, plan_id, timetable_id)
    if now_so.known.inputs.rules.policy is Policy.OFF:
        return []
    to_come = sorted((one for one in now_so.known.inputs.held.values() if one.day is not None and one.day >= today), key=_when)
    return [Broken(one.session_id, why) for one in to_come if (why := _against(now_so, one))]


def _against(now_so: Situation, one: Held) -> tuple[Message, ...]:
    excused = {each["rule"] for each in one.breaks}
    found = now_so.against(Wanted(one.session_id, 0, one.day, one.slot, one.trainer_id, one.venue_id))
    return tuple(each.message for each in found if each.rule not in excused)


def _when(one: Held) -> tuple[date, int, int]:
    return one.day or date.max, one.slot, one.session_id
