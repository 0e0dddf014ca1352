"""The needs of a plan: read, filed, corrected, put aside. Whose words somebody reads is told by the scope on people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals.needs import repository
from core.goals.needs.draft import NeedDraft, checked
from core.goals.needs.history import Action
from core.goals.needs.tables import NeedAction, NeedRow
from core.goals.needs.terms import Layer, NeedState, Via
from core.goals.needs.writing import Directory, directory, write
from core.i18n import Message
from core.people import repository as people
from core.people.gaps.repository import posts
from core.people.scope import Scope, scope
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects.tables import Project
from core.sheets.reading import folded
from core.storage import Session
from core.strategy.ideas.terms import ProjectKind

LONGEST_REASON = 300
_GONE = Message("没有找到这条需求，它可能已被撤销。")
_ELSEWHERE = Message("“{unit}”不归您管，不能替它填报。请选您负责的机构，或请人力资源先指定。")


@dataclass(frozen=True)
class NeedView:
    """A need as a reader sees it. `project` is the standing one that it is merged into."""

    row: NeedRow
    project: Project | None = None

    @property
    def id(self) -> int:
        """The need's number."""
        return self.row.id or 0

    @property
    def state(self) -> NeedState:
        """How far it is: one whose project was withdrawn waits again."""
        return NeedState.FILED if self.row.state is NeedState.MERGED and self.project is None else self.row.state

    @property
    def reason(self) -> Message | str:
        """Why it was put aside; "" where it was not."""
        return self.row.reason or (Message("由填报人撤回") if self.state is NeedState.PUT_ASIDE else "")


@dataclass(frozen=True)
class Tally:
    """What a unit has filed: how many needs in all, waiting, merged, of each queue."""

    unit: str
    filed: int
    waiting: int
    merged: int
    kinds: Mapping[ProjectKind, int]


@dataclass(frozen=True)
class Board:
    """A plan's needs, the latest first, as far as the reader may read their words; `tallies` count all that the reader may count.

    `layers` counts the needs that are not put aside by layer of posts and by what people can do today (None: nobody said).
    `units` are those that the reader may file for; `anywhere`: they may write any other name too. `posts` are those of the library.
    """

    needs: tuple[NeedView, ...]
    tallies: tuple[Tally, ...]
    layers: Mapping[tuple[Layer | None, int | None], int]
    units: tuple[str, ...]
    anywhere: bool
    reads_words: bool
    competencies: tuple[str, ...]
    posts: tuple[str, ...]
    undoable: NeedAction | None

    def has_post(self, name: str) -> bool:
        """Whether the library has a post of this name."""
        return folded(name) in {folded(one) for one in self.posts}

    @property
    def waiting(self) -> int:
        """How many wait to be merged."""
        return sum(one.waiting for one in self.tallies)

    @property
    def filed(self) -> int:
        """How many were filed in all."""
        return sum(one.filed for one in self.tallies)

    @property
    def merged(self) -> int:
        """How many are part of a project."""
        return sum(one.merged for one in self.tallies)

    def kind(self, kind: ProjectKind) -> int:
        """How many belong to a queue."""
        return sum(one.kinds.get(kind, 0) for one in self.tallies)


@dataclass(frozen=True)
class Sources:
    """The needs of a project: those whose words the reader may read, and how many there are in all."""

    needs: tuple[NeedView, ...] = field(default=())
    total: int = 0


def board(db: Session, actor: Actor, plan_id: int) -> Board:
    """The plan's needs. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    seen = scope(db, actor)
    views = _views(db, plan_id, repository.needs(db, plan_id, seen.counted))
    readable = tuple(view for view in views if _may_read(seen, view.row))
    counted = [view for view in views if view.state in (NeedState.FILED, NeedState.MERGED)]
    return Board(
        needs=readable,
        tallies=_tallies(views),
        layers=Counter((view.row.layer, view.row.level) for view in counted),
        units=tuple(row.name for row in people.units(db) if seen.may_name(row.id)) if actor.may(Right.FILE_NEEDS) else (),
        anywhere=seen.everyone,
        reads_words=seen.everyone or bool(seen.named),
        competencies=tuple(row.name for row in people.competencies(db) if row.archived_at is None),
        posts=tuple(row.name for row in posts(db).values()),
        undoable=undoable(db, actor, plan_id),
    )


def of_projects(db: Session, actor: Actor, plan_id: int) -> dict[int, Sources]:
    """The needs behind each standing project of the plan that has some. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    seen = scope(db, actor)
    found: dict[int, list[NeedView]] = {}
    for view in _views(db, plan_id, repository.needs(db, plan_id)):
        if view.state is NeedState.MERGED:
            found.setdefault(view.row.project_id or 0, []).append(view)
    return {project_id: Sources(tuple(view for view in some if _may_read(seen, view.row)), len(some)) for project_id, some in found.items()}


def history(db: Session, actor: Actor, need_id: int) -> list[NeedAction]:
    """What was done with a need, oldest first. Raises `NotFound`."""
    row = repository.need(db, need_id)
    if row is None or not _may_read(scope(db, actor), row):
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    return repository.history(db, need_id)


def add(db: Session, actor: Actor, plan_id: int, unit: str, draft: NeedDraft, *, filing: bool = True) -> int:
    """File a need for a unit, or keep it as a draft. Returns its id. Raises `BadInput`, `NotAllowed` for another's unit, `NotFound`."""
    require(actor, Right.FILE_NEEDS)
    plans.find(db, actor, plan_id)
    known = directory(db, plan_id)
    row = _made(actor, plan_id, scope(db, actor), known, unit, checked(draft, filing=filing), filing=filing)
    db.add(row)
    Action(plan_id, actor, "added", []).write(db, made=[row])
    record(db, actor, "need_filed", "need", row.id)
    return row.id or 0


def add_many(db: Session, actor: Actor, plan_id: int, given: Sequence[tuple[str, NeedDraft]]) -> int:
    """File many needs at once, all of them or none: each unit with what it needs. Returns how many. Raises like `add`."""
    require(actor, Right.FILE_NEEDS)
    plans.find(db, actor, plan_id)
    known, seen = directory(db, plan_id), scope(db, actor)
    rows = [_made(actor, plan_id, seen, known, unit, checked(draft), filing=True, via=Via.SHEET) for unit, draft in given]
    db.add_all(rows)
    if rows:
        Action(plan_id, actor, "pasted", []).write(db, made=rows)
        record(db, actor, "needs_pasted", "plan", plan_id, number=len(rows))
    return len(rows)


def edit(db: Session, actor: Actor, plan_id: int, need_id: int, version: int, unit: str, draft: NeedDraft, *, filing: bool = True) -> None:
    """Correct a need that no project has taken up. `version` is the one the person saw. Raises `BadInput`, `Conflict`, `NotFound`."""
    (row,) = _open(chosen(db, actor, plan_id, {need_id: version}), db)
    draft = checked(draft, filing=filing)
    known = directory(db, plan_id)
    unit_id, name = known.unit(unit)
    _require_own(scope(db, actor), unit_id, name)
    done = Action(plan_id, actor, "edited", [row])
    if (row.unit_id, row.unit) != (unit_id, name):
        row.asked_id = known.asked(unit_id, name)
    row.unit_id, row.unit = unit_id, name
    write(row, draft, known, filing=filing)
    done.write(db)
    record(db, actor, "need_edited", "need", need_id)


def put_aside(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int], reason: str) -> int:
    """Put needs aside, with the reason, which their units read. Returns how many. Raises `BadInput`, `Conflict`, `NotFound`."""
    reason = " ".join(reason.split())
    if not reason:
        raise BadInput(Message("请写明搁置的理由，报需求的机构会看到。"))
    return _decide(db, actor, plan_id, _open(chosen(db, actor, plan_id, versions), db), NeedState.PUT_ASIDE, reason[:LONGEST_REASON])


def bring_back(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> int:
    """Let needs that were put aside wait again. Returns how many. Raises `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    rows = [row for row in chosen(db, actor, plan_id, versions) if row.state is NeedState.PUT_ASIDE]
    return _decide(db, actor, plan_id, rows, NeedState.FILED, "")


def chosen(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> list[NeedRow]:
    """The needs that a person wants to change, with the versions that they saw. Raises `NotAllowed`, `NotFound`, `Conflict`."""
    require(actor, Right.FILE_NEEDS)
    plans.find(db, actor, plan_id)
    seen = scope(db, actor)
    rows = [row for row in repository.some(db, plan_id, versions.keys()) if _may_read(seen, row)]
    if len(rows) < len(versions):
        raise NotFound(_GONE)
    if any(row.version != versions[row.id or 0] for row in rows):
        raise Conflict(Message("选中的需求里有一条刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。"))
    return rows


def may_read(db: Session, actor: Actor, plan_id: int, need_id: int) -> bool:
    """Whether the actor may read the words of a need of this plan."""
    row = repository.need(db, need_id)
    return row is not None and row.plan_id == plan_id and _may_read(scope(db, actor), row)


def undoable(db: Session, actor: Actor, plan_id: int) -> NeedAction | None:
    """What this person did last on the plan's needs and can take back."""
    return repository.last_action(db, plan_id, actor.account_id) if actor.may(Right.FILE_NEEDS) else None


def views_of(db: Session, plan_id: int, rows: Iterable[NeedRow]) -> tuple[NeedView, ...]:
    """Needs with the standing projects that they are merged into."""
    return tuple(_views(db, plan_id, rows))


def latest(views: Sequence[NeedView]) -> datetime | None:
    """When the last of these was filed."""
    return max((view.row.created_at for view in views), default=None)


def _views(db: Session, plan_id: int, rows: Iterable[NeedRow]) -> list[NeedView]:
    rows = list(rows)
    merged = any(row.state is NeedState.MERGED for row in rows)
    standing = {one.id: one for one in project_rows.projects(db, plan_id)} if merged else {}
    return [NeedView(row, standing.get(row.project_id) if row.state is NeedState.MERGED else None) for row in rows]


def _tallies(views: Iterable[NeedView]) -> tuple[Tally, ...]:
    by_unit: dict[str, list[NeedView]] = {}
    for view in views:
        if view.state is not NeedState.DRAFT:
            by_unit.setdefault(view.row.unit, []).append(view)
    found = []
    for unit, some in by_unit.items():
        states = Counter(view.state for view in some)
        kinds = Counter(view.row.kind for view in some if view.state is not NeedState.PUT_ASIDE)
        found.append(Tally(unit, len(some), states[NeedState.FILED], states[NeedState.MERGED], kinds))
    return tuple(sorted(found, key=lambda one: (-one.filed, one.unit)))


def _may_read(seen: Scope, row: NeedRow) -> bool:
    return seen.everyone or (row.unit_id is not None and seen.may_name(row.unit_id))


def _require_own(seen: Scope, unit_id: int | None, unit: str) -> None:
    if not seen.everyone and (unit_id is None or not seen.may_name(unit_id)):
        raise NotAllowed(Message(_ELSEWHERE.text, unit=unit))


def _made(
    actor: Actor, plan_id: int, seen: Scope, known: Directory, unit: str, draft: NeedDraft, *, filing: bool, via: Via = Via.PAGE
) -> NeedRow:
    unit_id, name = known.unit(unit)
    _require_own(seen, unit_id, name)
    row = NeedRow(
        plan_id=plan_id,
        unit_id=unit_id,
        unit=name,
        asked_id=known.asked(unit_id, name),
        via=via,
        filer=actor.name[:80],
        account_id=actor.account_id,
        problem=draft.problem,
        urgency=draft.urgency,
        kind=draft.kind,
        changed_by=actor.name[:80],
    )
    write(row, draft, known, filing=filing)
    return row


def _open(rows: list[NeedRow], db: Session) -> list[NeedRow]:
    """The needs, none of which a project has taken up."""
    for view in _views(db, rows[0].plan_id, rows) if rows else ():
        if view.project is not None:
            raise BadInput(
                Message(
                    "“{problem}…”已并入项目“{project}”。请先撤销归并，再改它。", problem=view.row.problem[:12], project=view.project.name
                )
            )
    return rows


def _decide(db: Session, actor: Actor, plan_id: int, rows: list[NeedRow], state: NeedState, reason: str) -> int:
    rows = [row for row in rows if row.state is not state]
    if rows:
        done = Action(plan_id, actor, state.value, rows)
        for row in rows:
            row.state, row.reason, row.project_id = state, reason, None
        done.write(db)
        record(db, actor, "needs_decided", "plan", plan_id, state=state.value, number=len(rows))
    return len(rows)
