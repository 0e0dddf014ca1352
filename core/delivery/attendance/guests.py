"""Finding those who came to a session without being on its list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.delivery.attendance import pasting, repository
from core.delivery.attendance.service import NO_SESSION
from core.errors import NotFound
from core.people.scope import scope
from core.storage import Session

_FEWEST, _MOST = 1, 50


@dataclass(frozen=True)
class Candidate:
    """Somebody of the roster who may have come."""

    employee_id: int
    employee_no: str
    name: str
    unit: str


def search(db: Session, actor: Actor, plan_id: int, session_id: int, text: str) -> list[Candidate]:
    """Those of the roster in whose number or name `text` is, who are neither on the list of a session nor noted there: at most 50, within
    the actor's scope. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    taken, wanted, seen = _there(db, plan_id, session_id), text.strip(), scope(db, actor)
    if len(wanted) < _FEWEST:
        return []
    found = repository.staff_called(db, wanted, _MOST + len(taken))
    some = [Candidate(one.id or 0, one.employee_no, one.name, unit) for one, unit in found if seen.may_name(one.unit_id)]
    return [one for one in some if one.employee_id not in taken][:_MOST]


def numbered(db: Session, actor: Actor, plan_id: int, session_id: int, numbers: Collection[str]) -> dict[str, Candidate]:
    """Those of the roster who have these numbers as they were pasted, and are not on the list of a session, within the actor's scope. Needs
    `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    taken, seen = _there(db, plan_id, session_id), scope(db, actor)
    keys = {pasting.plain(one): one for one in numbers}
    people = [one for one in repository.staff_numbered(db, keys.keys()) if seen.may_name(one.unit_id) and one.id not in taken]
    return {keys[pasting.plain(one.employee_no)]: Candidate(one.id or 0, one.employee_no, one.name, "") for one in people}


def _there(db: Session, plan_id: int, session_id: int) -> set[int]:
    """Those on the list of a session, or noted there."""
    row = repository.session_of_plan(db, plan_id, session_id)
    if row is None:
        raise NotFound(NO_SESSION)
    return {one.id or 0 for one, _unit in repository.members(db, row)} | repository.of_session(db, session_id).keys()
