"""The gaps that projects answer: linked with the figures of the day, taken off, taken back; read as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey, GroupGap
from core.people.gaps.naming import Names, names
from core.people.scope import Scope, scope
from core.people.tables import ProjectGap
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects.gaps import repository
from core.projects.gaps.facts import Figures, figures_of, from_json, to_json
from core.projects.tables import Project, ProjectState
from core.storage import Session, now

MOST_GAPS = 12

_GONE = Message("没有找到这条短板，它可能已被别人取下。")
_SIDES: tuple[gaps.By, ...] = ("post", "unit")
EVERYWHERE = Message("全行")
NOWHERE = Message("没有机构")


@dataclass(frozen=True)
class Answered:
    """A gap that a project answers. `then` are the figures of the day it was linked, for those who see everybody; `today` those that the
    reader may see now, None where there are none for them."""

    link_id: int
    version: int
    project_id: int
    key: GapKey
    competency: str
    where: str | Message
    then: Figures | None
    today: Figures | None
    taken_off: bool


@dataclass(frozen=True)
class Choice:
    """A measured gap that a project may be given to answer."""

    key: GapKey
    competency: str
    where: str | Message
    today: Figures


@dataclass(frozen=True)
class PlanGaps:
    """The gaps of a plan's projects, by project, as one reader sees them; `withheld` counts those outside of what they may see."""

    by_project: Mapping[int, tuple[Answered, ...]]
    withheld: Mapping[int, int]

    def of(self, project_id: int, *, taken_off: bool = False) -> tuple[Answered, ...]:
        """The gaps that a project answers, or those that were taken off it."""
        return tuple(one for one in self.by_project.get(project_id, ()) if one.taken_off is taken_off)


def where(names: Names, key: GapKey) -> str | Message:
    """Whose gap it is: the unit, the post, or everybody."""
    if key.unit_id is None and key.post_id is None:
        return EVERYWHERE
    return names.group(key) or NOWHERE


def of_projects(db: Session, actor: Actor, project_ids: Collection[int], language: Language) -> PlanGaps:
    """The gaps of these projects. Needs `SEE_GAPS`; the projects are those that the reader has been shown."""
    rows = repository.of_projects(db, project_ids) if project_ids else []
    if not rows:
        return PlanGaps({}, {})
    seen, called = scope(db, actor), names(db, actor, language)
    measured = measured_by_key(db, actor, {_key(row) for row in rows})
    found: dict[int, list[Answered]] = {}
    withheld: dict[int, int] = {}
    for row in rows:
        if _may_see(seen, row):
            found.setdefault(row.project_id, []).append(_answered(row, seen, called, measured))
        elif row.unlinked_at is None:
            withheld[row.project_id] = withheld.get(row.project_id, 0) + 1
    return PlanGaps({project: tuple(some) for project, some in found.items()}, withheld)


def choices(db: Session, actor: Actor, language: Language) -> list[Choice]:
    """The gaps that a project may answer, by post and by unit, those that weigh most first. Needs `DECIDE_STRATEGY`."""
    require(actor, Right.DECIDE_STRATEGY)
    called = names(db, actor, language)
    found = [one for by in _SIDES for one in gaps.groups(db, actor, by) if one.lacking and one.key.unit_id != 0]
    return [
        Choice(one.key, called.competency(one.key.competency_id), where(called, one.key), figures_of(one))
        for one in sorted(found, key=lambda one: -one.severity)
    ]


def link(db: Session, actor: Actor, project_id: int, keys: Sequence[GapKey]) -> int:
    """Let a project answer these gaps, with their figures of today. Returns how many it did not answer yet.

    Raises `BadInput` for people without a unit or too many gaps, `NotFound` for a gap that is not there.
    """
    project = _project(db, actor, project_id)
    rows = repository.of_projects(db, [project_id])
    standing = {_key(row) for row in rows if row.unlinked_at is None}
    fresh = [key for key in dict.fromkeys(keys) if key not in standing]
    if any(key.unit_id == 0 or key.post_id == 0 for key in fresh):
        raise BadInput(Message("没有机构的人不能作为一条短板立项。请先在人员数据里补上他们的机构。"))
    if len(standing) + len(fresh) > MOST_GAPS:
        raise BadInput(Message("一个项目最多补 {most} 条短板。太多就分成几个项目。", most=MOST_GAPS))
    measured = measured_by_key(db, actor, set(fresh))
    for key in fresh:
        if key not in measured:
            raise NotFound(Message("这里没有可以显示的能力短板：没有人的岗位要求这项能力，或者人数太少。"))
        again = next((row for row in rows if _key(row) == key), None)
        row = again or ProjectGap(project_id=project_id, competency_id=key.competency_id, unit_id=key.unit_id, post_id=key.post_id)
        row.facts = to_json(figures_of(measured[key]))
        row.linked_by, row.linked_at, row.unlinked_at = actor.name[:80], now(), None
        db.add(row)
    db.flush()
    if fresh:
        record(db, actor, "gaps_linked", "project", project.id, competencies=sorted(key.competency_id for key in fresh))
    return len(fresh)


def take_off(db: Session, actor: Actor, link_id: int, version: int) -> None:
    """The project answers this gap no more; `take_back` undoes it. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, link_id, version)
    row.unlinked_at = now()
    record(db, actor, "gap_taken_off", "project", row.project_id, competency=row.competency_id)


def take_back(db: Session, actor: Actor, link_id: int, version: int) -> None:
    """It answers it again, with the figures of the day when it first did. Raises `Conflict`, `NotFound`."""
    row = _seen(db, actor, link_id, version)
    row.unlinked_at = None
    record(db, actor, "gap_taken_back", "project", row.project_id, competency=row.competency_id)


def measured_by_key(db: Session, actor: Actor, keys: Collection[GapKey]) -> dict[GapKey, GroupGap]:
    """Today's gaps of these groups, those that the actor may see."""
    found: dict[GapKey, GroupGap] = {}
    kinds: dict[gaps.By, bool] = {
        "unit": any(key.unit_id is not None for key in keys),
        "post": any(key.unit_id is None and key.post_id is not None for key in keys),
        "all": any(key.unit_id is None and key.post_id is None for key in keys),
    }
    for by, wanted in kinds.items():
        if wanted:
            found |= {one.key: one for one in gaps.groups(db, actor, by) if one.key in keys}
    return found


def _answered(row: ProjectGap, seen: Scope, called: Names, measured: Mapping[GapKey, GroupGap]) -> Answered:
    key = _key(row)
    today = measured.get(key)
    return Answered(
        link_id=row.id or 0,
        version=row.version or 0,
        project_id=row.project_id,
        key=key,
        competency=called.competency(row.competency_id),
        where=where(called, key),
        # Sums of an earlier day were behind no gate: whoever reads sums through gates is given today's alone.
        then=from_json(row.facts) if seen.everyone else None,
        today=figures_of(today) if today is not None else None,
        taken_off=row.unlinked_at is not None,
    )


def _may_see(seen: Scope, row: ProjectGap) -> bool:
    return row.unit_id is None or seen.may_count(row.unit_id)


def _key(row: ProjectGap) -> GapKey:
    return GapKey(row.competency_id, row.unit_id, row.post_id)


def _project(db: Session, actor: Actor, project_id: int) -> Project:
    require(actor, Right.DECIDE_STRATEGY)
    row = project_rows.project(db, project_id)
    if row is None or row.state is not ProjectState.STANDING:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    plans.find(db, actor, row.plan_id)
    return row


def _seen(db: Session, actor: Actor, link_id: int, version: int) -> ProjectGap:
    require(actor, Right.DECIDE_STRATEGY)
    row = repository.link(db, link_id)
    if row is None:
        raise NotFound(_GONE)
    _project(db, actor, row.project_id)
    if row.version != version:
        raise Conflict(Message("这条短板刚被别人改过，您的改动没有覆盖它。请看过新的内容再改。"))
    return row
