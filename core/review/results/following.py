"""What nobody types twice: goals' indicators become measures, sign-ins, feedback and surveys become results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, require
from core.delivery.attendance.terms import CAME
from core.delivery.undo.service import Action
from core.goals import service as goals
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.plans import service as plans
from core.review.results import repository
from core.review.results.delivered import repository as delivered
from core.review.results.measuring import MeasureDraft, key_of, of_indicator, reach
from core.review.results.service import write
from core.review.results.tables import Measure, ResultImport
from core.review.results.terms import Aggregation, Frequency, Moment, ResultKind, SourceKind
from core.review.surveys import repository as surveys
from core.storage import Session, now

SATISFACTION, CAME_RATE = Message("课后满意度"), Message("到课率")
_DONE = (goals.Standing.SUBMITTED, goals.Standing.OVERRIDDEN)
# What a goal says of its indicator; the rest is the reviewer's to correct.
_GOALS = ("name", "unit", "baseline", "operator", "target", "level", "source", "owner", "due", "direction", "weight")
_LIKED, _FIVE = 4, 5.0


@dataclass(frozen=True)
class Behind:
    """What has not been taken over yet: indicators that are no measures, or say something else; sign-ins and feedback since."""

    indicators: int
    flow: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything to take over."""
        return bool(self.indicators or self.flow)


def room(plan_id: int) -> str:
    """Where what is done to a plan's measures is written down."""
    return f"measures:{plan_id}"


def behind(db: Session, actor: Actor, plan_id: int) -> Behind:
    """What `follow` would take over. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    stands = repository.flow(db, plan_id)
    return Behind(len(_wanted(db, plan_id)), (stands.digest if stands else "") != delivered.stamp(db, plan_id))


def follow(db: Session, actor: Actor, plan_id: int) -> int:
    """Make the measures of submitted goals what the goals say, and take over sign-ins and feedback. Returns how many measures changed.

    An indicator that a goal has no longer stays as a measure where it has results, and is put away where it has none. Only submitted goals
    count. Needs `KEEP_REVIEW`.
    """
    require(actor, Right.KEEP_REVIEW)
    changed = _follow_goals(db, actor, plan_id)
    _flow(db, plan_id)
    return changed


def keep_up(db: Session) -> None:
    """Housekeeping: take over the sign-ins and feedback of every plan that is not put away."""
    for plan in plans.plans(db, LOCAL_ADMINISTRATOR):
        if behind(db, LOCAL_ADMINISTRATOR, plan.id or 0).flow:
            _flow(db, plan.id or 0)


def _follow_goals(db: Session, actor: Actor, plan_id: int) -> int:
    wanted = _wanted(db, plan_id)
    gone = _gone(db, plan_id)
    if not wanted and not gone:
        return 0
    action = Action(db, actor, room(plan_id), "measures_followed")
    for key, (draft, row) in wanted.items():
        write(action, plan_id, draft, row, key).removed_at = None
    for row in gone:
        action.change(row).removed_at = now()
    action.write()
    return len(wanted) + len(gone)


def _wanted(db: Session, plan_id: int) -> dict[str, tuple[MeasureDraft, Measure | None]]:
    """The measures that goals ask for and that are not there as they say, with the rows that are."""
    rows = {row.indicator_key: row for row in repository.measures(db, plan_id, removed=True) if row.indicator_key}
    found: dict[str, tuple[MeasureDraft, Measure | None]] = {}
    for key, draft in _asked(db, plan_id).items():
        row = rows.get(key)
        if row is None:
            found[key] = (draft, row)
            continue
        kept = replace(draft, **{name: getattr(row, name) for name in ("kind", "frequency", "aggregation")})
        if row.removed_at is not None or any(_said(row, name) != getattr(kept, name) for name in _GOALS):
            found[key] = (kept, row)
    return found


def _gone(db: Session, plan_id: int) -> list[Measure]:
    """Measures of indicators that no goal has any longer and of which nothing was measured."""
    asked = _asked(db, plan_id).keys()
    rows = [row for row in repository.measures(db, plan_id) if row.indicator_key and not row.indicator_key.startswith("flow:")]
    lost = [row for row in rows if row.indicator_key not in asked]
    measured = {one[0] for one in repository.sums(db, [row.id or 0 for row in lost])} if lost else set()
    return [row for row in lost if row.id not in measured]


def _asked(db: Session, plan_id: int) -> dict[str, MeasureDraft]:
    spans = repository.spans(db, plan_id)
    found = {}
    for view in goals.goals(db, LOCAL_ADMINISTRATOR, plan_id):
        if view.standing not in _DONE:
            continue
        last = spans[view.project.id][1] if view.project.id in spans else None
        for line in view.draft.lines:
            if line.indicator.name.strip():
                found[key_of(view.project.id, line)] = of_indicator(view.project.id, line, last, view.draft.due_days)
    return found


def _said(row: Measure, name: str) -> Any:
    return KirkpatrickLevel(row.level) if name == "level" else getattr(row, name)


def _flow(db: Session, plan_id: int) -> None:
    """Sign-ins and feedback as results: those of before are thrown away and all are written anew, so that a correction corrects."""
    stamp, stands = delivered.stamp(db, plan_id), repository.flow(db, plan_id)
    if stands is not None and stands.digest == stamp:
        return
    run = stands or ResultImport(plan_id=plan_id, kind=ResultKind.FLOW)
    run.digest, run.done_at = stamp, now()
    db.add(run)
    db.flush()
    number = run.id or 0
    changed = repository.touched(db, number)
    repository.take_out(db, number)
    into = _Into(db, plan_id)
    run.rows = run.created = repository.insert(db, ({**one, "import_id": number} for one in _results(db, plan_id, into)))
    repository.resum(db, changed | set(into.numbers.values()))


@dataclass
class _Into:
    """The measures that sign-ins and feedback belong to, made where they are missing."""

    db: Session
    plan_id: int

    def __post_init__(self) -> None:
        self.rows = repository.measures(self.db, self.plan_id)
        self.numbers: dict[tuple[str, int | None], int] = {}

    def of(self, what: str, project_id: int | None) -> Measure:
        """The measure of a project's satisfaction or attendance: the goal's own where it has one, else one that is made for it."""
        found = next((row for row in self.rows if row.project_id == project_id and _is_for(row, what)), None)
        if found is None:
            found = _made(self.plan_id, what, project_id)
            self.db.add(found)
            self.db.flush()
            self.rows.append(found)
        self.numbers[what, project_id] = found.id or 0
        return found


def _is_for(row: Measure, what: str) -> bool:
    if row.indicator_key.startswith("flow:"):
        return row.indicator_key == f"flow:{row.project_id or 0}:{what}"
    if row.level != KirkpatrickLevel.REACTION or row.aggregation is Aggregation.SUM:
        return False
    words = ("满意", "satisf") if what == "feedback" else ("到课", "出勤", "attendance")
    return any(word in row.name.lower() for word in words)


def _made(plan_id: int, what: str, project_id: int | None) -> Measure:
    asked = what == "feedback"
    return Measure(
        plan_id=plan_id,
        project_id=project_id,
        name=str(SATISFACTION if asked else CAME_RATE),
        level=int(KirkpatrickLevel.REACTION),
        kind=SourceKind.SURVEY if asked else SourceKind.ACTIVITY,
        source=str(Message("课后评价") if asked else Message("签到")),
        unit="分" if asked else "%",
        frequency=Frequency.SESSION,
        aggregation=Aggregation.MEAN if asked else Aggregation.SHARE,
        operator=">=",
        target=90.0 if asked else None,
        indicator_key=f"flow:{project_id or 0}:{what}",
    )


def _answers(db: Session, plan_id: int, into: _Into) -> Iterator[Mapping[str, Any]]:
    """What surveys were answered, as results of the measures that they asked for."""
    rows = {row.id: row for row in into.rows}
    for said, unit in surveys.of_plan(db, plan_id):
        for number, mark in said.marks.items():
            row = rows.get(int(number))
            if row is not None:
                into.numbers[f"survey:{number}", row.project_id] = int(number)
                yield {
                    "measure_id": int(number),
                    "on": clock.day_of(said.at),
                    "employee_id": said.employee_id,
                    "unit_id": unit,
                    "session_id": None,
                    "moment": Moment.AFTER,
                    "value": _valued(row, mark),
                }


def _valued(row: Measure, mark: float) -> float:
    """A mark of one to five on the measure's scale: a share is of those who were satisfied, else five marks are a hundred."""
    if row.aggregation is Aggregation.SHARE:
        return float(mark >= _LIKED)
    aim = reach(row.baseline, row.operator, row.target)
    return float(mark) if aim is not None and aim <= _FIVE else mark * 20.0


def _results(db: Session, plan_id: int, into: _Into) -> Iterator[Mapping[str, Any]]:
    held = delivered.held(db, plan_id)
    for noted, unit in delivered.attendance(db, plan_id):
        # Who came without being expected is in no share of those who were.
        if noted.session_id in held and not noted.off_list:
            project, on = held[noted.session_id]
            yield _result(into.of("attendance", project), on, noted, unit, Moment.DURING, float(noted.presence in CAME))
    for session, (came, seats, named) in delivered.counted(db, plan_id).items():
        if session in held:
            project, on = held[session]
            yield from _unnamed(into.of("attendance", project), on, session, min(came, seats), seats, named)
    for said, unit in delivered.feedback(db, plan_id):
        if said.session_id in held and said.marks:
            project, on = held[said.session_id]
            measure = into.of("feedback", project)
            mark = sum(said.marks.values()) / len(said.marks)
            yield _result(measure, on, said, unit, Moment.AFTER, _valued(measure, mark))
    yield from _answers(db, plan_id, into)


def _unnamed(measure: Measure, on: date, session: int, came: int, seats: int, named: int) -> Iterator[Mapping[str, Any]]:
    """Those of a cohort whose people nobody has named, besides those whose names are noted: who came and who did not."""
    of = _Nobody(session)
    for place in range(max(0, seats - named)):
        yield _result(measure, on, of, None, Moment.DURING, float(place < came - named))


@dataclass(frozen=True)
class _Nobody:
    session_id: int
    employee_id: None = None


def _result(measure: Measure, on: date, of: Any, unit: int | None, moment: Moment, value: float) -> dict[str, Any]:
    return {
        "measure_id": measure.id,
        "on": on,
        "employee_id": of.employee_id,
        "unit_id": unit,
        "session_id": of.session_id,
        "moment": moment,
        "value": value,
    }
