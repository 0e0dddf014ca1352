"""Skill practice as an actor may see and do it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.practice import repository, scoring
from core.delivery.practice.agreement import Agreement, agreement
from core.delivery.practice.scenario import ScenarioFacts, checked, from_json, to_json
from core.delivery.practice.scoring import Scoring
from core.delivery.practice.tables import PracticeAttempt, PracticeScenario
from core.delivery.practice.terms import RULE, Source, Verdict
from core.delivery.practice.transcript import Turn
from core.delivery.practice.transcript import checked as sound
from core.delivery.undo.service import Action
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.scope import scope
from core.people.tables import Employee
from core.storage import Session, now

LONGEST_REMARK = 300
ROOM = "practice"
_GONE = Message("没有找到这个情境或这次陪练，请刷新后再试。")
_CHANGED = Message("刚被别人改过，您的改动没有保存。请看过最新的再改。")


@dataclass(frozen=True)
class ScenarioView:
    """A scenario."""

    id: int
    version: int
    facts: ScenarioFacts
    sample: bool


@dataclass(frozen=True)
class AttemptView:
    """A talk that was practised: whose, what was said, what it scored and why; what a person found who checked it."""

    id: int
    version: int
    employee_no: str
    name: str
    unit: str
    at: datetime
    source: Source
    turns: tuple[Turn, ...]
    scoring: Scoring
    made_by: str
    to_check: bool
    checked: tuple[bool, ...] | None
    checked_by: str
    remark: str

    @property
    def waits(self) -> bool:
        """Whether a person is still to judge it: until then nobody is shown the score, so that it sways nobody."""
        return self.to_check and self.checked is None


@dataclass(frozen=True)
class Practised:
    """What was practised of a scenario, the newest first, and whether the score agrees with those who checked it."""

    attempts: tuple[AttemptView, ...]
    agreement: Agreement

    @property
    def passed(self) -> int:
        """How many talks passed."""
        return sum(one.scoring.passed for one in self.attempts)


def scenarios(db: Session, actor: Actor) -> list[ScenarioView]:
    """What can be practised. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    return [_view(row) for row in repository.scenarios(db)]


def practised(db: Session, actor: Actor, scenario_id: int) -> Practised:
    """The talks of those whom the actor may name. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    seen = scope(db, actor)
    found = tuple(_attempt(row, who, unit) for row, who, unit in repository.attempts(db, scenario_id) if seen.may_name(who.unit_id))
    return Practised(found, agreement(_pairs((each.scoring, each.checked) for each in found)))


def agreed(db: Session) -> Agreement:
    """Whether the score agrees with those who checked it, over all scenarios: for services, to know what practice is evidence of."""
    return agreement(_pairs((scoring.from_json(row.scoring), row.checked) for row in repository.checked(db)))


def _pairs(some: Iterable[tuple[Scoring, Sequence[bool] | None]]) -> Iterator[tuple[bool, bool]]:
    """Of talks that a person judged too, each key point as the score and as the person saw it."""
    for scored, heard in some:
        if heard is not None:
            yield from ((one.verdict is not Verdict.MISSED, said) for one, said in zip(scored.judged, heard, strict=True))


def trainees(db: Session, actor: Actor) -> dict[str, str]:
    """Whose talks the actor may keep: number and name, by number. Needs `SET_TARGETS`."""
    require(actor, Right.SET_TARGETS)
    seen = scope(db, actor)
    return {number: f"{number} {name}" for number, name, unit in repository.staff(db) if seen.may_name(unit)}


def save(db: Session, actor: Actor, scenario_id: int | None, version: int, facts: ScenarioFacts, *, sample: bool = False) -> int:
    """Write a scenario, a new one where `scenario_id` is None; what was practised keeps the score of its time.

    Returns its number. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    kept = checked(facts)
    action = Action(db, actor, ROOM, "practice_scenario_saved", kept.title)
    made = PracticeScenario(title="", persona="", pass_mark=0, check_percent=0, sample=sample)
    row = action.make(made) if scenario_id is None else action.change(_seen(db, scenario_id, version))
    row.title, row.competency, row.persona, row.opening = kept.title, kept.competency, kept.persona, kept.opening
    row.points, row.red_lines, row.unwelcome = to_json(kept.points), list(kept.red_lines), list(kept.unwelcome)
    row.pass_mark, row.check_percent = kept.pass_mark, kept.check_percent
    row.changed_by, row.changed_at = actor.name[:80], now()
    if sample:
        # What comes and goes with the sample branch is nobody's act to take back.
        db.flush()
        record(db, actor, "practice_scenario_saved", "practice", row.id, title=row.title)
    else:
        action.write()
    number: int = row.id
    return number


def remove(db: Session, actor: Actor, scenario_id: int, version: int, *, removed: bool = True) -> None:
    """Practise a scenario no more, or again. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    action = Action(db, actor, ROOM, "practice_scenario_removed")
    row = action.change(_seen(db, scenario_id, version))
    row.removed_at = now() if removed else None
    action.title = row.title
    action.write()


def keep(
    db: Session,
    actor: Actor,
    scenario_id: int,
    employee_no: str,
    turns: Sequence[Turn],
    source: Source = Source.PASTED,
    told: Mapping[int, tuple[bool, str]] | None = None,
    model: str = "",
    *,
    draw: random.Random | None = None,
) -> int:
    """Score a talk and keep it; some, drawn by lot, wait for a person. `told`: what a `model` says of key points, by place.

    Returns its number. Needs `SET_TARGETS` for somebody whom the actor may name. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.SET_TARGETS)
    row = repository.scenario(db, scenario_id)
    if row is None or row.removed_at is not None:
        raise NotFound(_GONE)
    who = repository.employee(db, employee_no.strip())
    if who is None or not scope(db, actor).may_name(who.unit_id):
        raise BadInput(Message("花名册里没有工号 {number}，或者不由您负责。", number=employee_no.strip()[:20] or "—"))
    facts, said = _view(row).facts, sound(turns)
    result = scoring.with_model(scoring.score(facts, said), told or {})
    made = PracticeAttempt(
        scenario_id=scenario_id,
        employee_id=who.id or 0,
        source=source,
        turns=[[one.mine, one.text] for one in said],
        scoring=scoring.to_json(result),
        total=result.total,
        passed=result.passed,
        made_by=f"{RULE} + {model}"[:200] if model else RULE,
        to_check=(draw or random.SystemRandom()).random() * 100 < facts.check_percent,
        kept_by=actor.name[:80],
    )
    db.add(made)
    db.flush()
    record(db, actor, "practice_kept", "practice", made.id, scenario=scenario_id)
    return made.id or 0


def judge(db: Session, actor: Actor, attempt_id: int, version: int, heard: Sequence[bool], remark: str = "") -> None:
    """A person says of each key point whether they heard it. Needs `SET_TARGETS` for somebody whom the actor may name.

    Raises `BadInput`, `Conflict`, `NotFound`.
    """
    row = _own(db, actor, attempt_id, version)
    if len(heard) != len(row.scoring["judged"]):
        raise BadInput(Message("请对每个要点都给出判断。"))
    row.to_check, row.checked, row.checked_by = True, [bool(one) for one in heard], actor.name[:80]
    row.remark = remark.strip()[:LONGEST_REMARK]
    record(db, actor, "practice_judged", "practice", attempt_id)


def forget(db: Session, actor: Actor, attempt_id: int, version: int) -> None:
    """Delete a talk for good. Needs `PLAN_DELIVERY`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    db.delete(_own(db, actor, attempt_id, version))
    record(db, actor, "practice_deleted", "practice", attempt_id)


def _own(db: Session, actor: Actor, attempt_id: int, version: int) -> PracticeAttempt:
    require(actor, Right.SET_TARGETS)
    row = repository.attempt(db, attempt_id)
    if row is None or not scope(db, actor).may_name(repository.unit_of(db, row.employee_id)):
        raise NotFound(_GONE)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _seen(db: Session, scenario_id: int, version: int) -> PracticeScenario:
    row = repository.scenario(db, scenario_id)
    if row is None:
        raise NotFound(_GONE)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _view(row: PracticeScenario) -> ScenarioView:
    told = (row.title, row.persona, row.opening, row.competency, from_json(row.points))
    facts = ScenarioFacts(*told, tuple(row.red_lines), tuple(row.unwelcome), row.pass_mark, row.check_percent)
    return ScenarioView(row.id or 0, row.version or 0, facts, row.sample)


def _attempt(row: PracticeAttempt, who: Employee, unit: str) -> AttemptView:
    return AttemptView(
        id=row.id or 0,
        version=row.version or 0,
        employee_no=who.employee_no,
        name=who.name,
        unit=unit,
        at=row.kept_at,
        source=row.source,
        turns=tuple(Turn(bool(mine), text) for mine, text in row.turns),
        scoring=scoring.from_json(row.scoring),
        made_by=row.made_by,
        to_check=row.to_check,
        checked=tuple(row.checked) if row.checked is not None else None,
        checked_by=row.checked_by,
        remark=row.remark,
    )
