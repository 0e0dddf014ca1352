"""A project's survey: opened by link for those of its classes, answered without an account, who has not answered yet.

Who answers is told by number and name, which both must stand in one of the project's classes, as at a session's check-in. What is asked
are the project's own measures of reaction; answers become their results with the sign-ins (`core/review/results/following.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.access import tokens
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.attendance.check_in import FEWEST, LONGEST_REMARK, same
from core.delivery.attendance.terms import HIGHEST, LOWEST
from core.errors import BadInput, NotFound
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.notices.outbox import tell_all
from core.people.scope import scope
from core.people.tables import Employee
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.review.results import repository as result_rows
from core.review.results import service as results
from core.review.results.measuring import MeasureDraft
from core.review.results.tables import Measure
from core.review.results.terms import Aggregation, SourceKind
from core.review.surveys import repository, telling
from core.review.surveys.tables import SurveyAnswer, SurveyLink
from core.storage import Session, now

DAYS, MOST_DAYS = 14, 60
# What is asked where a project has no measure of its own that a survey could fill.
USUAL = (Message("课程总体满意度"), Message("内容对岗位有用"), Message("愿意推荐给同事"))
_GONE = Message("这个链接不存在、已作废或已过期。")
# The same for a number that is not there and a name that is another's: nobody learns who is on the list.
_NOT_LISTED = Message("工号和姓名与这个项目的班级名单对不上。请核对后再试；确实参加了，请找班主任登记。")


@dataclass(frozen=True)
class Question:
    """What is asked: the measure that the mark is a result of, and its name."""

    measure_id: int
    text: str


@dataclass(frozen=True)
class Open:
    """What a link opens: the project's name, what is asked, until when."""

    project_id: int
    name: str
    questions: tuple[Question, ...]
    closes_at: datetime


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not answered yet."""

    employee_no: str
    name: str
    unit: str


@dataclass(frozen=True)
class Standing:
    """How a project's survey stands: what it asks (`usual`: no measures yet, these will be made), of `people` how many `answered`.

    `waiting` are those who have not, whom the actor may name; `others` how many more there are. `nameless` is for how many people there are
    classes without a list, which nobody can ask by link. `closes_at` None: no link stands.
    `remarks` come without names, from five answers on.
    """

    project_id: int
    questions: tuple[str, ...]
    usual: bool
    people: int
    answered: int
    closes_at: datetime | None
    waiting: tuple[Waiting, ...]
    others: int
    nameless: int
    remarks: tuple[str, ...]


def taught(db: Session, actor: Actor, plan_id: int) -> dict[int, str]:
    """The projects whose classes can be asked: names by number. Needs `SEE_REVIEW`."""
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    return repository.taught(db, plan_id)


def nameless(db: Session, actor: Actor, plan_id: int) -> int:
    """How many projects have nothing but classes of which only the number of people is known: nobody there can be asked by link.

    Needs `SEE_REVIEW`.
    """
    return len(repository.nameless(db, plan_id).keys() - taught(db, actor, plan_id).keys())


def standing(db: Session, actor: Actor, plan_id: int, project_id: int) -> Standing:
    """How a project's survey stands. Names only of units that the actor may name. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    _of_plan(db, actor, plan_id, project_id)
    seen = scope(db, actor)
    said = {one.employee_id: one for one in repository.answers(db, project_id)}
    listed = [(one, unit) for one, unit in repository.members(db, project_id) if seen.may_count(one.unit_id)]
    silent = [(one, unit) for one, unit in listed if one.id not in said]
    named = [Waiting(one.employee_no, one.name, unit) for one, unit in silent if seen.may_name(one.unit_id)]
    link = repository.link_of(db, project_id)
    asked = _questions(db, plan_id, project_id)
    enough = len(said) >= FEWEST and actor.may(Right.KEEP_REVIEW)
    return Standing(
        project_id,
        tuple(one.text for one in asked) or tuple(str(one) for one in USUAL),
        not asked,
        len(listed),
        len(listed) - len(silent),
        link.closes_at if link is not None and link.closes_at > now() else None,
        tuple(named),
        len(silent) - len(named),
        repository.nameless(db, plan_id).get(project_id, 0),
        # Sorted by their words, remarks say nothing of who answered when.
        tuple(sorted(one.remark for one in said.values() if one.remark)) if enough else (),
    )


def open_link(db: Session, actor: Actor, plan_id: int, project_id: int, days: int = DAYS) -> str:
    """A new link of a project's survey for so many days; an earlier one stops working. Returns its token, never to be had again.

    A project without a measure that a survey fills is given the usual ones. Needs `KEEP_REVIEW`. Raises `NotFound`, `BadInput`.
    """
    require(actor, Right.KEEP_REVIEW)
    _of_plan(db, actor, plan_id, project_id)
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(Message("问卷开放的天数应在 1 到 {most} 之间。", most=MOST_DAYS))
    if not repository.members(db, project_id):
        raise BadInput(Message("这个项目的班级里还没有人。请先在“编班”里编好名单。"))
    if not _questions(db, plan_id, project_id):
        results.save_measures(db, actor, plan_id, [_usual(str(name), project_id) for name in USUAL])
    close_link(db, actor, plan_id, project_id)
    token = tokens.fresh()
    row = SurveyLink(
        project_id=project_id, token_hash=tokens.digest(token), opened_by=actor.name[:80], closes_at=now() + timedelta(days=days)
    )
    db.add(row)
    db.flush()
    record(db, actor, "survey_opened", "project", project_id)
    return token


def remind(db: Session, actor: Actor, plan_id: int, project_id: int) -> frozenset[int]:
    """Tell those in charge of units how many of their people have not answered yet. Returns the accounts that were told.

    Needs `KEEP_REVIEW`. Raises `BadInput` for a survey that is not open, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    _of_plan(db, actor, plan_id, project_id)
    link = repository.link_of(db, project_id)
    if link is None or link.closes_at <= now():
        raise BadInput(Message("问卷现在没有开放，不用提醒。请先生成问卷二维码。"))
    told = tell_all(db, telling.silent(db, actor, plan_id, project_id, f"nudge:{now():%Y%m%d%H%M%S}"))
    record(db, actor, "survey_nudged", "project", project_id, told=len(told))
    return told


def close_link(db: Session, actor: Actor, plan_id: int, project_id: int) -> None:
    """Close a project's survey at once, where it is open. Needs `KEEP_REVIEW`. Raises `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    _of_plan(db, actor, plan_id, project_id)
    row = repository.link_of(db, project_id)
    if row is not None:
        row.revoked_at = now()
        record(db, actor, "survey_closed", "project", project_id)


def opened(db: Session, token: str) -> Open | None:
    """What a link opens; None for an unknown, revoked or expired one: they are not told apart."""
    row = repository.link_by_hash(db, tokens.digest(token))
    if row is None or row.revoked_at is not None or row.closes_at <= now():
        return None
    project = repository.project(db, row.project_id)
    plan = plan_rows.plan(db, project.plan_id) if project is not None else None
    if project is None or plan is None or plan.archived_at is not None:
        return None
    asked = _questions(db, project.plan_id, row.project_id)
    return Open(row.project_id, project.name, tuple(asked), row.closes_at) if asked else None


def answer(db: Session, token: str, employee_no: str, name: str, marks: Mapping[int, int], remark: str, address: str) -> None:
    """Somebody of the project's classes says what they thought; a second answer replaces the first. Raises `NotFound`, `BadInput`."""
    found = opened(db, token)
    if found is None:
        raise NotFound(_GONE)
    who = _listed(db, found.project_id, employee_no, name)
    missing = [one.text for one in found.questions if not LOWEST <= marks.get(one.measure_id, 0) <= HIGHEST]
    if missing:
        raise BadInput(Message("“{name}”还没有打分，请从 1 到 5 选一个。", name=missing[0]))
    if len(remark.strip()) > LONGEST_REMARK:
        raise BadInput(Message("建议最多 {n} 个字。", n=LONGEST_REMARK))
    row = repository.answer_of(db, found.project_id, who.id or 0)
    row = row or SurveyAnswer(project_id=found.project_id, employee_id=who.id or 0)
    row.marks = {str(one.measure_id): marks[one.measure_id] for one in found.questions}
    row.remark, row.at = remark.strip(), now()
    db.add(row)
    record(db, Actor(account_id=None, name=who.name, roles=frozenset(), address=address), "survey_answered", "project", found.project_id)


def _questions(db: Session, plan_id: int, project_id: int) -> Sequence[Question]:
    rows = [row for row in result_rows.measures(db, plan_id) if row.project_id == project_id and _is_asked(row)]
    return [Question(row.id or 0, row.name) for row in rows]


def _is_asked(row: Measure) -> bool:
    """Whether a measure is a question: of reaction, from a survey, and not the one that sessions' own feedback fills."""
    survey = row.level == KirkpatrickLevel.REACTION and row.kind is SourceKind.SURVEY
    return survey and row.aggregation is not Aggregation.SUM and not row.indicator_key.startswith("flow:")


def _usual(name: str, project_id: int) -> MeasureDraft:
    source = str(Message("课后问卷"))
    return MeasureDraft(name, KirkpatrickLevel.REACTION, SourceKind.SURVEY, project_id=project_id, source=source, unit="分")


def _listed(db: Session, project_id: int, employee_no: str, name: str) -> Employee:
    for one, _unit in repository.members(db, project_id):
        if same(one.employee_no, employee_no) and same(one.name, name):
            return one
    raise BadInput(_NOT_LISTED)


def _of_plan(db: Session, actor: Actor, plan_id: int, project_id: int) -> None:
    plans.find(db, actor, plan_id)
    row = repository.project(db, project_id)
    if row is None or row.plan_id != plan_id:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
