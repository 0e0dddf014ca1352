"""A plan as it is submitted: its projects with their goals, sessions and money, in words that stay true whatever becomes of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.access.actor import Actor, Right
from core.delivery.budget import service as budget
from core.delivery.budget.figures import WHOLE
from core.delivery.budget.terms import CostType
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable import service as timetable
from core.delivery.timetable.changes import Line, from_json, line_of, to_json
from core.goals import service as goals
from core.goals.service import GoalView
from core.storage import Session

_PROJECT = "project:"


@dataclass(frozen=True)
class Figure:
    """An indicator of a goal: which part of it, how its value binds, and the value."""

    part: str
    name: str
    operator: str
    value: float | None
    unit: str


@dataclass(frozen=True)
class Item:
    """A project, or a list of the bank's own in the timetable. `key` stays the same when it is renamed. `planned` in yuan.

    `withdrawn`: the project was taken back, its sessions and its money stand in the timetable still.
    """

    key: str
    name: str
    people: int | None = None
    pain_point: str = ""
    behaviour: str = ""
    figures: tuple[Figure, ...] = ()
    sessions: int = 0
    planned: float = 0.0
    withdrawn: bool = False


@dataclass(frozen=True)
class Contents:
    """A whole plan. `planned` is all its money but participants' time, also what belongs to no project.

    `draft`: the sessions are those of a draft. `timed` is false where the timetable is a draft that the reader may not see: sessions and
    money are then unknown, not none.
    """

    items: tuple[Item, ...] = ()
    lines: tuple[Line, ...] = field(default=())
    planned: float = 0.0
    draft: bool = False
    timed: bool = True

    @property
    def projects(self) -> int:
        """How many projects there are; one that was taken back is none, though its sessions stand in the timetable still."""
        return sum(not one.withdrawn for one in self.items)

    @property
    def sessions(self) -> int:
        """How many sessions have a place."""
        return len(self.lines)


def gather(db: Session, actor: Actor, plan_id: int, money: budget.Overview | None = None) -> Contents:
    """The plan as it is now, as far as the actor sees it; `money` is what was read of it already. Raises `NotFound`."""
    money = money or budget.overview(db, actor, plan_id)
    placed = [one for one in money.sessions if one.day is not None]
    keys, names = keys_of(db, plan_id), dict[str, str]()
    views = {f"{_PROJECT}{one.project.id}": one for one in goals.goals(db, actor, plan_id)}
    sessions = Counter(keys.get(one.programme_id, "") for one in placed)
    planned = _planned(money, keys)
    for programme, key in keys.items():
        names[key] = money.programmes.get(programme, "")
    items = [_of_project(key, view, sessions[key], planned.get(key, 0.0)) for key, view in views.items()]
    for key in sorted(names.keys() - views.keys()):
        gone = key.startswith(_PROJECT)
        items.append(Item(key, names[key], sessions=sessions[key], planned=planned.get(key, 0.0), withdrawn=gone))
    timed = actor.may(Right.PLAN_DELIVERY) or timetable.standing(db, actor, plan_id).version > 0
    return Contents(tuple(items), tuple(line_of(one) for one in placed), sum(planned.values()), money.draft, timed)


def keys_of(db: Session, plan_id: int) -> dict[int, str]:
    """What each programme of the timetable is known by here: its project, or itself where it answers none."""
    rows = timetable_rows.programmes(db, plan_id)
    return {row.id or 0: f"{_PROJECT}{row.project_id}" if row.project_id is not None else f"list:{row.id}" for row in rows}


def to_stored(contents: Contents) -> dict[str, Any]:
    """The contents as they are kept."""
    items = [asdict(one) for one in contents.items]
    return {"items": items, "lines": [to_json(one) for one in contents.lines], "planned": contents.planned, "draft": contents.draft}


def from_stored(kept: Mapping[str, Any]) -> Contents:
    """Contents that were kept."""
    items = tuple(Item(**{**one, "figures": tuple(Figure(**each) for each in one["figures"])}) for one in kept["items"])
    return Contents(items, tuple(from_json(one) for one in kept["lines"]), kept["planned"], kept["draft"])


def sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Amounts added up by key."""
    found: dict[str, float] = {}
    for key, amount in pairs:
        found[key] = found.get(key, 0.0) + amount
    return found


def _planned(money: budget.Overview, keys: Mapping[int, str]) -> dict[str, float]:
    own = (one for one in money.entries if one.type is not CostType.TIME)
    return sums((keys.get(one.programme_id, "") if one.programme_id != WHOLE else "", one.planned) for one in own)


def _of_project(key: str, view: GoalView, sessions: int, planned: float) -> Item:
    draft, row = view.draft, view.project.row
    figures = tuple(
        Figure(one.kind.value, one.indicator.name, one.indicator.operator, one.indicator.value, one.indicator.unit) for one in draft.lines
    )
    people = draft.headcount if draft.headcount is not None else row.people
    return Item(key, row.name, people, draft.pain_point, draft.behaviour, figures, sessions, planned)
