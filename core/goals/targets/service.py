"""Targets of single people as an actor may see and confirm them: human resources of everybody, a unit manager of their own people."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.goals import proofs
from core.goals import service as goals
from core.goals.checking.names import named
from core.goals.service import GoalView
from core.goals.targets import repository
from core.goals.targets.formula import Advice, Level, PostTarget, advise, of_goal, weights
from core.goals.targets.tables import IndividualTarget, IndividualTargetChange
from core.i18n import Message
from core.people import repository as people_rows
from core.people.gaps import repository as gap_rows
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey, Person, PersonGap
from core.people.scope import scope
from core.sheets.reading import folded
from core.storage import Session, now

_SUM, _SLACK, _LARGEST = 100.0, 0.5, 1e15


@dataclass(frozen=True)
class Advised:
    """One person in one result: where the person stands, what is advised, and what somebody confirmed (None: nobody has)."""

    person: Person
    unit: str
    post: str
    target: PostTarget
    level: Level | None
    advice: Advice
    weight: float
    stands: IndividualTarget | None

    @property
    def version(self) -> int:
        """The version that the reader saw, 0 where nothing was confirmed."""
        return (self.stands.version or 0) if self.stands else 0

    @property
    def outdated(self) -> bool:
        """Whether what was confirmed rests on another advice or target than today's."""
        return self.stands is not None and (self.stands.advised, self.stands.of_post) != (self.advice.value, self.target.value)


@dataclass(frozen=True)
class Sheet:
    """The people of a project and their targets.

    `ways` are the weights that can be chosen; `left` are results of which no person's part can be said, and why; `unknown` are the
    project's competencies that the capability model lacks; `by_post`: only the holders of the project's post are in it; `arranged`: only
    whoever is to do, or has done, something for the project's competencies, besides whoever has a target already; `others` are not in it.
    """

    goal: GoalView
    rows: tuple[Advised, ...] = ()
    ways: tuple[tuple[float, ...], ...] = ()
    left: tuple[tuple[str, Message], ...] = ()
    unknown: tuple[str, ...] = ()
    by_post: str = ""
    arranged: bool = False
    others: int = 0


@dataclass(frozen=True)
class Entered:
    """What somebody confirms for a person in a result; `version` is the one that they saw."""

    employee_id: int
    indicator: str
    version: int
    value: float | None
    weight: float | None


@dataclass(frozen=True)
class Changed:
    """Who set a target, when, to what, and what it was before."""

    person: str
    indicator: str
    value: float
    weight: float
    before: tuple[float, float] | None
    by: str
    at: datetime


def sheet(db: Session, actor: Actor, project_id: int, *, everybody: bool = False) -> Sheet:
    """The people of a project whom the actor may name, with what they are advised to reach, weighed in the first of the ways.

    Those for whom something is arranged in the project's competencies; where that is nobody, or `everybody` is asked for, all whose posts
    require them. Needs `SET_TARGETS`. Raises `NotFound`.
    """
    require(actor, Right.SET_TARGETS)
    seen = scope(db, actor)
    goal = goals.find(db, actor, project_id)
    known = goals.library(db, actor, goal.draft.language)
    read = [(kind, named(one, known)) for kind, _, one in goal.draft.goal.indicators()]
    posts, left = of_goal(goal.draft.goal, read)
    own = {line.indicator.name: line.weight for line in goal.draft.lines}
    ways = weights(len(posts), [own.get(one.indicator) for one in posts])
    ids, unknown = _competencies(db, goal.project.row.competencies)
    found = _gaps(db, actor, ids.values())
    persons = gaps.persons(db, actor, found)
    by_post = _of_post(db, goal, persons)
    units = {row.id: row.name for row in people_rows.units(db)}
    names = {row_id: row.name for row_id, row in gap_rows.posts(db).items()}
    stands = {(row.employee_id, row.indicator): row for row in repository.targets(db, project_id, seen.named)}
    those = [one for one in persons.values() if not by_post or folded(names.get(one.post_id, "")) == folded(by_post)]
    taking = repository.arranged(db, list(ids.values())) & {one.id for one in those}
    if only := bool(taking) and not everybody:
        taking |= {employee_id for employee_id, _indicator in stands}
        those, everyone = [one for one in those if one.id in taking], len(those)
    shares = ways[0] if ways else ()
    showing = _showing(db, actor, goal, ids)
    rows = []
    for person in sorted(those, key=lambda one: (one.unit_id, one.number)):
        for post, share in zip(posts, shares, strict=True):
            level = level_of(found[person.id], showing.get(post.indicator))
            told = (units.get(person.unit_id, ""), names.get(person.post_id, ""))
            rows.append(Advised(person, *told, post, level, advise(post, level), share, stands.get((person.id, post.indicator))))
    return Sheet(goal, tuple(rows), tuple(ways), tuple(left), tuple(unknown), by_post, only, everyone - len(those) if only else 0)


def with_people(db: Session, actor: Actor, views: Iterable[GoalView]) -> frozenset[int]:
    """Of these projects those in whose competencies some post requires something: only they have people. Needs `SET_TARGETS`."""
    require(actor, Right.SET_TARGETS)
    required = set(gap_rows.requirements(db).competency.tolist())
    known = _known(db)
    return frozenset(
        view.project.id for view in views if any(known.get(folded(name)) in required for name in view.project.row.competencies)
    )


def weighed(seen: Sheet, way: int) -> list[Advised]:
    """The rows of a sheet, weighed in another of its ways where nobody has confirmed a weight yet."""
    shares = dict(zip(dict.fromkeys(row.target.indicator for row in seen.rows), seen.ways[way], strict=True)) if seen.rows else {}
    return [replace(row, weight=shares[row.target.indicator]) for row in seen.rows]


def confirm(db: Session, actor: Actor, project_id: int, entered: Sequence[Entered]) -> int:
    """Keep what somebody confirms, all of it or nothing. Returns of how many people.

    A person's weights must sum to 100. Raises `BadInput`, `Conflict` that names the people, `NotFound` for people out of reach.
    """
    found = {(row.person.id, row.target.indicator): row for row in sheet(db, actor, project_id, everybody=True).rows}
    if any((one.employee_id, one.indicator) not in found for one in entered):
        raise NotFound(Message("有的人或指标已不在这个项目里，或者不在您可以查看的范围里。请刷新后再确认。"))
    pairs = [(one, found[one.employee_id, one.indicator]) for one in entered]
    if behind := dict.fromkeys(row.person.name for one, row in pairs if row.version != one.version):
        raise Conflict(Message("{people}的目标刚被别人确认或修改过，什么都没有保存。请看过最新的再确认。", people=Message.listed(behind)))
    _check(pairs, found.values())
    for one, row in pairs:
        _keep(db, actor, project_id, one, row)
    count = len({one.employee_id for one in entered})
    record(db, actor, "targets_confirmed", "project", project_id, people=count)
    return count


def note_viewed(db: Session, actor: Actor, project_id: int) -> None:
    """Write down that the people and scores of a project's targets were opened."""
    require(actor, Right.SET_TARGETS)
    record(db, actor, "targets_viewed", "project", project_id)


def history(db: Session, actor: Actor, project_id: int) -> list[Changed]:
    """Who set targets of a project and when, the latest first, of people whom the actor may name."""
    require(actor, Right.SET_TARGETS)
    goals.find(db, actor, project_id)
    rows = {row.id or 0: row for row in repository.targets(db, project_id, scope(db, actor).named)}
    persons = gaps.persons(db, actor, {row.employee_id for row in rows.values()})
    return [
        Changed(
            persons[rows[one.target_id].employee_id].name,
            rows[one.target_id].indicator,
            one.value,
            one.weight,
            (one.before["value"], one.before["weight"]) if one.before else None,
            one.name,
            one.at,
        )
        for one in (repository.changes(db, list(rows)) if rows else ())
        if rows[one.target_id].employee_id in persons
    ]


def level_of(known: Iterable[PersonGap], wanted: frozenset[int] | None = None) -> Level | None:
    """Where somebody stands in those of their required competencies that are `wanted` (None: all) and measured, weighed as the post
    weighs them; None where nothing is measured."""
    some = [
        one
        for one in known
        if one.required_level is not None and one.current is not None and (wanted is None or one.competency_id in wanted)
    ]
    if not some:
        return None
    total = sum(one.weight for one in some)
    shares = [one.weight / total if total > 0 else 1 / len(some) for one in some]
    current = sum(share * (one.current or 0.0) for share, one in zip(shares, some, strict=True))
    required = sum(share * (one.required_level or 0) for share, one in zip(shares, some, strict=True))
    return Level(round(current, 4), round(required, 4))


def _check(pairs: Sequence[tuple[Entered, Advised]], rows: Iterable[Advised]) -> None:
    given = {(one.employee_id, one.indicator): one for one, _ in pairs}
    sums: dict[int, float] = {}
    for one, row in pairs:
        told = {"person": row.person.name, "indicator": one.indicator}
        if one.value is None or not math.isfinite(one.value) or abs(one.value) >= _LARGEST:
            raise BadInput(Message("{person}的“{indicator}”没有目标值，或者不是一个合适的数。", **told))
        if one.weight is None or not 0 <= one.weight <= _SUM:
            raise BadInput(Message("{person}的“{indicator}”的权重应在 0 到 100 之间。", **told))
    for row in rows:
        entered = given.get((row.person.id, row.target.indicator))
        weight = entered.weight if entered else row.stands.weight if row.stands else None
        sums[row.person.id] = sums.get(row.person.id, 0.0) + (weight or 0.0)
    for one, row in pairs:
        if abs(sums[one.employee_id] - _SUM) > _SLACK:
            said = Message("{person}的权重合计应为 100，现在是 {sum}。", person=row.person.name, sum=f"{sums[one.employee_id]:g}")
            raise BadInput(said)


def _keep(db: Session, actor: Actor, project_id: int, one: Entered, row: Advised) -> None:
    assert one.value is not None and one.weight is not None
    stands = row.stands
    before = {"value": stands.value, "weight": stands.weight} if stands else None
    if stands is None:
        stands = IndividualTarget(
            project_id=project_id, employee_id=one.employee_id, indicator=one.indicator, value=0, weight=0, of_post=0, advised=0
        )
        db.add(stands)
    stands.operator, stands.unit, stands.of_post = row.target.operator, row.target.unit, row.target.value
    stands.value, stands.weight, stands.advised = one.value, one.weight, row.advice.value
    stands.current, stands.required = (row.level.current, row.level.required) if row.level else (None, None)
    stands.changed_by, stands.changed_at = actor.name, now()
    db.flush()
    who = actor.account_id
    db.add(IndividualTargetChange(target_id=stands.id or 0, before=before, value=one.value, weight=one.weight, by=who, name=actor.name))


def _competencies(db: Session, names: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """The competencies of the model that go by these names, and the names that no competency goes by."""
    known = _known(db)
    found = {name: known[folded(name)] for name in names if folded(name) in known}
    return found, [name for name in names if name not in found]


def _known(db: Session) -> dict[str, int]:
    return {folded(way): row.id or 0 for row in people_rows.competencies(db) for way in (row.name, *row.aliases) if not row.archived_at}


def _gaps(db: Session, actor: Actor, ids: Iterable[int]) -> dict[int, list[PersonGap]]:
    found: dict[int, list[PersonGap]] = {}
    for competency_id in dict.fromkeys(ids):
        for one in gaps.of_group(db, actor, GapKey(competency_id)):
            found.setdefault(one.employee_id, []).append(one)
    return found


def _of_post(db: Session, goal: GoalView, persons: Mapping[int, Person]) -> str:
    """The project's post, where somebody among them holds it."""
    post = goal.project.row.post
    held = {folded(row.name) for row_id, row in gap_rows.posts(db).items() if row_id in {one.post_id for one in persons.values()}}
    return post if post and folded(post) in held else ""


def _showing(db: Session, actor: Actor, goal: GoalView, ids: Mapping[str, int]) -> dict[str, frozenset[int]]:
    """Which of the project's competencies each of the goal's results shows; results that show none of them are not in it."""
    known = proofs.whole(db, actor, goal.draft.language)
    keys = {one.facts.name: one.key for one in goals.library(db, actor, goal.draft.language)}
    told = known.showing(ids)
    shown = {line.indicator.name: line.code or keys.get(line.indicator.name, "") for line in goal.draft.lines}
    return {name: frozenset(ids[each] for each in told[key]) for name, key in shown.items() if key in told}
