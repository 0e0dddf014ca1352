"""An earlier year's focus, offered to this year's plan: which posts in which lines, how important, under which themes.

People and gaps do not come along: they are measured anew. Nor does what was anchored: that is decided anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import Conflict
from core.i18n import Message
from core.storage import Session
from core.strategy import earlier
from core.strategy.focus import repository, service
from core.strategy.focus.service import Entered
from core.strategy.focus.tables import FocusRow
from core.strategy.themes import repository as theme_rows


@dataclass(frozen=True)
class OfferedRow:
    """A row that this year's plan does not have. `themes` are this year's of the same names."""

    line: str
    post: str
    importance: int | None
    themes: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Offer:
    """The rows of an earlier year, in its order; `year` 0: no earlier year has any."""

    year: int = 0
    rows: tuple[OfferedRow, ...] = ()

    @property
    def stamp(self) -> str:
        """What says whether it is still what a person saw."""
        return sha256(repr(self).encode()).hexdigest()


def offer(db: Session, actor: Actor, plan_id: int) -> Offer:
    """What the nearest earlier year that has a focus offers to this year's. Needs `DECIDE_STRATEGY`. Raises `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    present = {(row.line, row.post) for row in repository.rows(db, plan_id)}
    for plan in earlier.years_before(db, actor, plan_id):
        rows = repository.rows(db, plan.id or 0)
        if not rows:
            continue
        here = {theme.name: theme.id or 0 for theme in theme_rows.themes(db, plan_id)}
        then = {theme.id: theme.name for theme in theme_rows.themes(db, plan.id or 0)}
        missing = (row for row in rows if (row.line, row.post) not in present)
        return Offer(plan.year, tuple(OfferedRow(row.line, row.post, row.importance, _themes(row, then, here)) for row in missing))
    return Offer()


def take_over(db: Session, actor: Actor, plan_id: int, stamp: str) -> list[tuple[int, int]]:
    """Add the rows that the person saw offered. Returns each new row's number and version, by which `service.save` takes them away again.

    Needs `DECIDE_STRATEGY`. Raises `Conflict` when it is not any more what the person saw: then nothing changes; `NotFound`.
    """
    wanted = offer(db, actor, plan_id)
    if not wanted.rows:
        return []
    if wanted.stamp != stamp:
        raise Conflict(Message("锚定的候选刚有变化，没有沿用。请看过新的预览再沿用。"))
    service.save(db, actor, plan_id, [Entered(one.line, one.post, one.importance) for one in wanted.rows])
    made = _made(repository.rows(db, plan_id), wanted)
    for row, one in made:
        row.theme_ids = [number for number, name in one.themes]
    db.flush()
    record(db, actor, "focus_taken_over", "plan", plan_id, year=wanted.year, rows=len(made))
    return [(row.id or 0, row.version or 0) for row, one in made]


def _made(rows: Sequence[FocusRow], wanted: Offer) -> list[tuple[FocusRow, OfferedRow]]:
    by_name = {(one.line, one.post): one for one in wanted.rows}
    return [(row, by_name[row.line, row.post]) for row in rows if (row.line, row.post) in by_name]


def _themes(row: FocusRow, then: dict[int | None, str], here: dict[str, int]) -> tuple[tuple[int, str], ...]:
    names = [then[number] for number in row.theme_ids if number in then]
    return tuple((here[name], name) for name in names if name in here)
