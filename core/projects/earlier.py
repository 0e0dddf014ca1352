"""Projects that came over from an earlier year, put on this year's ground: the clauses that were accepted again, and their theme.

A project that comes over rests on the other plan's clauses, which are no grounds here, and has no theme where step 1 is still to be done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import Conflict
from core.i18n import Message
from core.projects import repository
from core.projects.tables import Project
from core.storage import Session, now
from core.strategy import earlier
from core.strategy.tables import FindingState
from core.strategy.themes import repository as theme_rows


@dataclass(frozen=True)
class Ground:
    """What a project would rest on: this year's clauses, all in one theme. `version` is the project's."""

    project: int
    version: int
    name: str
    theme: int
    theme_name: str
    clauses: tuple[int, ...]


@dataclass(frozen=True)
class Offer:
    """What can be done for the projects that have no theme, in their order."""

    grounds: tuple[Ground, ...] = ()

    @property
    def stamp(self) -> str:
        """What says whether it is still what a person saw."""
        return sha256(repr(self.grounds).encode()).hexdigest()


def offer(db: Session, actor: Actor, plan_id: int) -> Offer:
    """The projects without a theme whose earlier clauses were accepted again this year and are in themes.

    Where they are in several themes, that which has most of them counts. Needs `DECIDE_STRATEGY`. Raises `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    years = earlier.years_before(db, actor, plan_id)
    themes = {theme.id or 0: theme.name for theme in theme_rows.themes(db, plan_id)}
    bare = [row for row in repository.projects(db, plan_id) if row.theme_id not in themes and row.rests_on]
    if not (years and themes and bare):
        return Offer()
    mine = earlier.held(db, actor, plan_id, state=FindingState.ACCEPTED)
    here: dict[int, int] = {}
    for plan in years:
        then = earlier.held(db, actor, plan.id or 0, mine.families.values(), FindingState.ACCEPTED)
        here |= {one.id: number for number, one in earlier.same(mine, then).items()}
    theme_of = {row.finding_id: row.theme_id or 0 for row in theme_rows.members_of(db, themes)}
    found = (_ground(row, [here[one] for one in row.rests_on if one in here], theme_of, themes) for row in bare)
    return Offer(tuple(one for one in found if one is not None))


def take_over(db: Session, actor: Actor, plan_id: int, stamp: str) -> int:
    """Put the projects that the person saw on this year's ground. Returns how many; none the second time.

    Needs `DECIDE_STRATEGY`. Raises `Conflict` when it is not any more what the person saw: then nothing changes; `NotFound`.
    """
    wanted = offer(db, actor, plan_id)
    if wanted.grounds and wanted.stamp != stamp:
        raise Conflict(Message("这些项目、主题或条款刚有变化，没有归入。请看过新的预览再归入。"))
    rows = {row.id: row for row in repository.projects(db, plan_id)}
    for one in wanted.grounds:
        row = rows[one.project]
        row.theme_id, row.finding_ids, row.changed_at = one.theme, list(one.clauses), now()
        record(db, actor, "project_changed", "project", one.project, theme=one.theme)
    return len(wanted.grounds)


def _ground(row: Project, clauses: Sequence[int], theme_of: Mapping[int, int], themes: Mapping[int, str]) -> Ground | None:
    counted = Counter(theme_of[one] for one in clauses if one in theme_of)
    if not counted:
        return None
    theme = max(counted, key=lambda one: (counted[one], -one))
    kept = sorted({*row.finding_ids, *(one for one in clauses if theme_of.get(one) == theme)})
    return Ground(row.id or 0, row.version or 0, row.name, theme, themes[theme], tuple(kept))
