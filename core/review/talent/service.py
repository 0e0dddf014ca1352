"""How a score and a result at work go together among the people whom an actor may count, and who stands out, by name within their scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.goals.goal import KirkpatrickLevel
from core.people.scope import Scope, scope
from core.review.results import service as results
from core.review.results.service import MeasureView
from core.review.results.terms import Aggregation, Direction
from core.review.talent import repository
from core.review.talent.gating import shown_families
from core.review.talent.potential import Potentials, Top, potentials
from core.review.talent.relation import Relation, relate, stepped
from core.review.talent.tables import TalentDecision
from core.review.talent.terms import HIDE, Decision
from core.storage import Session

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to look at; what is not there becomes the first that is. `family`, `since` and `until` narrow the people."""

    competency_id: int | None = None
    source: str | None = None
    measure_id: int | None = None
    family: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Asked:
    """What is looked at: a competency, its scores' source (None: any), a measure, and the days of its results."""

    competency_id: int
    source: str | None
    measure: MeasureView
    family: str | None
    since: date
    until: date

    @property
    def up(self) -> bool:
        """Whether more of the result is better."""
        return self.measure.direction is Direction.UP


@dataclass(frozen=True)
class Decided:
    """What somebody decided about a person, why and when; `version` is what they who change it have seen."""

    id: int
    version: int
    decision: Decision
    reason: str
    by: str
    at: datetime
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Person:
    """Somebody whom the reader may read by name, with both figures; `found`: the rule finds them at the top of both."""

    employee_id: int
    number: str
    name: str
    unit: str
    post: str
    family: str
    score: float | None
    result: float | None
    found: bool
    decided: Decided | None


@dataclass(frozen=True)
class Family:
    """A job family: how many have both figures and how many are at the top of both; None: hidden, too few people. Whoever may not read
    everybody in it by name reads both in steps of five.

    `score` and `result` say where the top begins; None for those who may not read everybody in it by name.
    """

    name: str
    people: int | None
    found: int | None
    few: bool
    score: Top | None = None
    result: Top | None = None


@dataclass(frozen=True)
class Insight:
    """What a reader may see. `asked` is None where there are no scores or no results of people to set side by side.

    `limited`: the reader reads sums of people whom they may not read by name, so that nothing narrows the figures. `whole`: of the whole
    branch. `assessed`: how many have a score, and `gone` how many of those with both have left; None for who may not know. `late`: how many
    scores are from after the first day of the results.
    """

    competencies: Mapping[int, str]
    sources: tuple[str, ...]
    measures: Mapping[int, MeasureView]
    limited: bool
    whole: bool
    asked: Asked | None = None
    span: tuple[date, date] | None = None
    family_names: tuple[str, ...] = ()
    relation: Relation | None = None
    assessed: int | None = None
    gone: int | None = None
    late: int = 0
    families: tuple[Family, ...] = ()
    homeless: int | None = None
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Data:
    """Everybody with both figures whom the reader may count, in one order. `strangers`: those not to be read by name."""

    ids: tuple[int, ...]
    score: Floats
    result: Floats
    family: tuple[str, ...]
    present: Flags
    strangers: Flags
    late: int
    assessed: int

    def of(self, chosen: Flags) -> Data:
        """Some of them."""
        at = np.flatnonzero(chosen)
        return Data(
            ids=tuple(self.ids[one] for one in at),
            score=self.score[at],
            result=self.result[at],
            family=tuple(self.family[one] for one in at),
            present=self.present[at],
            strangers=self.strangers[at],
            late=self.late,
            assessed=self.assessed,
        )


def overview(db: Session, actor: Actor, plan_id: int, wanted: Wanted) -> Insight:
    """What can be said of scores and results, and who stands out. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    seen = scope(db, actor)
    limited = not seen.everyone and seen.named != seen.counted
    competencies, measures = repository.competencies(db), comparable(db, actor, plan_id)
    bare = Insight(competencies, (), measures, limited, seen.counted is None)
    asked = _asked(db, bare, wanted)
    if asked is None:
        return bare
    sources = tuple(repository.sources(db, asked.competency_id))
    data = gather(db, seen, asked)
    families = tuple(sorted({one for one in data.family if one}))
    narrowed = data if limited or asked.family not in families else data.of(np.array([one == asked.family for one in data.family]))
    asked = replace(asked, family=asked.family if narrowed is not data else None)
    made = by_family(data, up=asked.up)
    return replace(
        bare,
        sources=() if limited else sources,
        asked=asked,
        span=repository.span(db, asked.measure.id),
        family_names=() if limited else families,
        relation=relate(
            narrowed.score, narrowed.result, up=asked.up, target=_target(asked.measure), strangers=narrowed.strangers if limited else None
        ),
        assessed=None if limited else data.assessed,
        gone=None if limited else int((~narrowed.present).sum()),
        late=0 if limited else data.late,
        families=tuple(_families(data, made, limited=limited)),
        homeless=None if limited else sum(1 for one, here in zip(data.family, data.present, strict=True) if here and not one),
        persons=tuple(_persons(db, plan_id, seen, asked, data, made)),
    )


def comparable(db: Session, actor: Actor, plan_id: int) -> dict[int, MeasureView]:
    """The measures of a plan on behaviour and results that have figures of persons, results before behaviour. Needs `SEE_REVIEW`."""
    found = {one.id: one for one in results.measures(db, actor, plan_id) if one.level >= KirkpatrickLevel.BEHAVIOUR}
    held = repository.measured(db, list(found))
    return {one.id: one for one in sorted(found.values(), key=lambda one: -one.level) if one.id in held}


def gather(db: Session, seen: Scope, asked: Asked) -> Data:
    """Everybody in this scope with a score and a result."""
    places = repository.places(db, seen.counted)
    scores = repository.scores(db, asked.competency_id, asked.source, asked.until, seen.counted)
    did = repository.results(db, asked.measure.id, asked.since, asked.until, seen.counted)
    ids = tuple(sorted(scores.keys() & did.keys() & places.keys()))
    found = Data(
        ids=ids,
        score=np.array([round(scores[one][0], 6) for one in ids], dtype=np.float64),
        result=np.array([_figure(asked.measure, *did[one]) for one in ids], dtype=np.float64),
        family=tuple(places[one][1] for one in ids),
        present=np.array([places[one][2] for one in ids], dtype=np.bool_),
        strangers=np.array([not seen.may_name(places[one][0]) for one in ids], dtype=np.bool_),
        late=sum(1 for one in ids if (on := scores[one][1]) is not None and on > asked.since),
        assessed=len(scores),
    )
    # Beside people whom the reader knows, the count of the others would tell of a few.
    return found.of(~found.strangers) if 0 < int(found.strangers.sum()) < HIDE else found


def by_family(data: Data, *, up: bool) -> dict[str, tuple[Data, Potentials]]:
    """Who stands out in each job family, of those who are still here."""
    names = sorted({one for one, here in zip(data.family, data.present, strict=True) if here and one})
    made = {}
    for name in names:
        some = data.of(np.array([one == name for one in data.family]) & data.present)
        made[name] = (some, potentials(some.score, some.result, up=up))
    return made


def note_viewed(db: Session, actor: Actor, plan_id: int, asked: Asked) -> None:
    """Somebody looked at the list of those who stand out. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    record(db, actor, "talent_viewed", "plan", plan_id, competency=asked.competency_id, measure=asked.measure.id)


def _asked(db: Session, bare: Insight, wanted: Wanted) -> Asked | None:
    measure = bare.measures.get(wanted.measure_id or 0) or next(iter(bare.measures.values()), None)
    span = repository.span(db, measure.id) if measure is not None else None
    if not bare.competencies or measure is None or span is None:
        return None
    competency_id = wanted.competency_id
    if competency_id is None or competency_id not in bare.competencies:
        # Most often two that were chosen blindly have nobody in common, and the page would begin with an empty one.
        competency_id = repository.most_in_common(db, measure.id) or next(iter(bare.competencies))
    since, until = span
    source = family = None
    if not bare.limited:
        source = wanted.source if wanted.source in repository.sources(db, competency_id) else None
        family = wanted.family
        since, until = max(since, wanted.since or since), min(until, wanted.until or until)
    return Asked(competency_id, source, measure, family, since, until)


def _families(data: Data, made: Mapping[str, tuple[Data, Potentials]], *, limited: bool) -> Sequence[Family]:
    if not limited:
        return [
            Family(name, one.people, int(one.found.sum()), one.score is None, one.score, one.result) for name, (_of, one) in made.items()
        ]
    strangers = {name: int(of.strangers.sum()) for name, (of, _one) in made.items()}
    shown = shown_families(strangers, int(data.strangers.sum()))
    found = []
    for name, (of, one) in made.items():
        if name not in shown:
            found.append(Family(name, None, None, True))
            continue
        unnamed = int((one.found & of.strangers).sum())
        known = strangers[name] == 0
        count = int(one.found.sum()) if one.score is not None and (unnamed >= HIDE or known) else None
        people, count = (one.people, count) if known else (stepped(one.people), None if count is None else stepped(count))
        found.append(Family(name, people, count, one.score is None))
    return found


def _persons(
    db: Session, plan_id: int, seen: Scope, asked: Asked, data: Data, made: Mapping[str, tuple[Data, Potentials]]
) -> Sequence[Person]:
    figures = {who: (float(data.score[at]), float(data.result[at])) for at, who in enumerate(data.ids) if not data.strangers[at]}
    found = {
        of.ids[at]: name for name, (of, one) in made.items() for at in np.flatnonzero(one.found & ~of.strangers) if not of.strangers[at]
    }
    rows = repository.decisions(db, plan_id, asked.competency_id, asked.measure.id, asked.source or "")
    places = repository.places(db, seen.counted)
    decided = {who: row for who, row in rows.items() if who in places and seen.may_name(places[who][0])}
    named = repository.names(db, found.keys() | decided.keys())
    persons = []
    for who, (number, name, unit, post) in named.items():
        score, result = figures.get(who, (None, None))
        family = found.get(who) or places[who][1]
        persons.append(Person(who, number, name, unit, post, family, score, result, who in found, _decided(decided.get(who))))
    return sorted(persons, key=lambda one: (not one.found, one.family, -(one.score or 0), one.number))


def _decided(row: TalentDecision | None) -> Decided | None:
    if row is None:
        return None
    return Decided(row.id or 0, row.version or 0, row.decision, row.reason, row.decided_by, row.decided_at, row.facts)


def _figure(measure: MeasureView, total: float, count: int, months: int) -> float:
    """A person's figure: their mean, their sum by month, or the share that passed in per cent."""
    if measure.aggregation is Aggregation.SUM:
        return round(total / months, 6)
    return round((100 if measure.aggregation is Aggregation.SHARE else 1) * total / count, 6)


def _target(measure: MeasureView) -> float | None:
    # The target of a sum is what all reach together, which tells nothing of a person.
    return None if measure.aggregation is Aggregation.SUM else measure.reach
