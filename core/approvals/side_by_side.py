"""Planned, approved and executed side by side, project by project."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core.approvals.contents import Contents, Item, keys_of, sums
from core.delivery.budget import service as budget
from core.delivery.budget.figures import WHOLE
from core.delivery.budget.terms import CostType
from core.review.returns import service as returns
from core.storage import Session


@dataclass(frozen=True)
class Line:
    """A project, or what belongs to none (`name` ""). None: it is not in that version, or not for the reader. Money in yuan."""

    key: str
    name: str
    planned_sessions: int | None
    approved_sessions: int | None
    held_sessions: int
    planned_money: float | None
    approved_money: float | None
    paid: float


def side_by_side(
    db: Session, plan_id: int, money: budget.Overview, planned: Contents, approved: Contents | None, today: date
) -> list[Line]:
    """Each project of either version: sessions and money as planned now, as approved, and what was held before `today` and paid."""
    keys = keys_of(db, plan_id)
    held = Counter(keys.get(one.programme_id, "") for one in returns.held(db, plan_id, today))
    own = (one for one in money.entries if one.type is not CostType.TIME)
    paid = sums((keys.get(one.programme_id, "") if one.programme_id != WHOLE else "", one.actual) for one in own)
    now = {one.key: one for one in planned.items}
    then = {one.key: one for one in approved.items} if approved else {}
    found = [_line(key, now.get(key), then.get(key), held[key], paid.get(key, 0.0), timed=planned.timed) for key in {**now, **then}]
    return [*found, *_of_none(planned, approved, paid.get("", 0.0))]


def _line(key: str, now: Item | None, then: Item | None, held: int, paid: float, *, timed: bool) -> Line:
    name = (now or then or Item(key, "")).name
    shown = now if timed else None
    sessions, money = (shown.sessions, shown.planned) if shown else (None, None)
    return Line(key, name, sessions, then.sessions if then else None, held, money, then.planned if then else None, paid)


def _of_none(planned: Contents, approved: Contents | None, paid: float) -> list[Line]:
    """Money that belongs to no project."""
    now = planned.planned - sum(one.planned for one in planned.items)
    then = approved.planned - sum(one.planned for one in approved.items) if approved else None
    if max(abs(now), abs(then or 0.0), paid) < 1:
        return []
    return [Line("", "", None, None, 0, now if planned.timed else None, then, paid)]
