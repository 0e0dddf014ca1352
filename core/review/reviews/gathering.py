"""What the data say about quality, and what a quarter's meeting has to speak about: found anew, kept only when a person takes it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.delivery.attendance.terms import ASKED_NAMES, Asked
from core.delivery.content.terms import ActionState
from core.delivery.timetable import repository as timetable_rows
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.people.gates import HIDE, SPLIT
from core.plans import service as plans
from core.projects import repository as project_rows
from core.review.levels import service as levels
from core.review.levels.service import Levels
from core.review.results.terms import Direction
from core.review.returns import repository as return_rows
from core.review.returns import service as returns
from core.review.returns.repository import Said
from core.review.reviews import repository
from core.review.reviews.terms import Dimension, Item, WorkState
from core.review.warnings import service as warnings
from core.review.warnings.terms import ADVICE_NAMES, STATUS_NAMES, Advice, Status
from core.storage import Session

LIKED = 4.0
"""A question whose mean mark (of 5) is below this."""
REACHED = 80.0
"""A learning level whose score (of 100) is below this."""
CAME = 0.8
"""An attendance below this."""
DONE = 0.6
"""A share of transfer actions done below this."""
DEVIATION = 0.1
"""Money that differs from the plan of the quarter by more than this."""
_OF = {Asked.CONTENT: Dimension.DESIGN, Asked.TRAINER: Dimension.TEACHING, Asked.USE: Dimension.TRANSFER}


@dataclass(frozen=True)
class Candidate:
    """Something that the data say about the quality of a project; `key` tells it again."""

    key: str
    project_id: int
    project: str
    dimension: Dimension
    said: Message


def candidates(db: Session, actor: Actor, plan_id: int, today: date) -> list[Candidate]:
    """What falls short in a plan's projects, with what it rests on. Needs `KEEP_REVIEW`. Raises `NotFound`.

    Marks of fewer than ten people and shares of fewer than five are left out: what is taken over is read by others.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    names = {row.id or 0: row.name for row in project_rows.projects(db, plan_id)}
    found = [
        *_marks(repository.marks(db, plan_id)),
        *_attendance(db, plan_id, today),
        *_actions(repository.actions(db, plan_id, today)),
        *(said for one in names for said in _learning(one, levels.overview(db, actor, plan_id, project_id=one, today=today))),
    ]
    return [Candidate(f"{kind}:{one}", one, names[one], dimension, said) for kind, one, dimension, said in found if one in names]


def agenda(db: Session, actor: Actor, plan_id: int, quarter: int, today: date) -> list[tuple[Item, Message]]:
    """What the meeting of a quarter has to speak about. Needs `KEEP_REVIEW`. Raises `NotFound`. Nobody but who owes something is named."""
    require(actor, Right.KEEP_REVIEW)
    plan = plans.find(db, actor, plan_id)
    scored = levels.overview(db, actor, plan_id, today=today)
    until = min(today, date(plan.year + quarter // 4, quarter * 3 % 12 + 1, 1))
    return [
        *((Item.DECISION, said) for said in _earlier(db, plan_id, quarter)),
        *((Item.WARNING, said) for said in _warned(db, actor, plan_id, today)),
        *((Item.MISSED, said) for said in _missed(scored, plan.year, quarter)),
        *((Item.OWED, said) for said in _owed(scored)),
        *((Item.BUDGET, said) for said in _money(db, actor, plan_id, quarter, today)),
        *((Item.SESSION, said) for said in _unheld(db, plan_id, plan.year, quarter, until)),
        *((Item.FINDING, said) for said in _improvements(db, plan_id)),
    ]


_Found = tuple[str, int, Dimension, Message]


def _marks(some: Iterable[tuple[int, int, Mapping[str, int]]]) -> Iterable[_Found]:
    by: dict[tuple[int, Asked], list[tuple[int, int]]] = {}
    for project, who, marks in some:
        for question, mark in marks.items():
            if question in ASKED_NAMES:
                by.setdefault((project, Asked(question)), []).append((who, mark))
    for (project, question), given in by.items():
        mean, people = sum(mark for _who, mark in given) / len(given), len({who for who, _mark in given})
        if people >= SPLIT and mean < LIKED:
            values: dict[str, object] = {"question": ASKED_NAMES[question], "mean": f"{mean:.1f}", "people": people, "n": len(given)}
            said = Message("“{question}”平均 {mean} 分（满分 5；{people} 人，{n} 份）。", **values)
            yield question.value, project, _OF[question], said


def _attendance(db: Session, plan_id: int, today: date) -> Iterable[_Found]:
    projects = {row.id: row.project_id for row in timetable_rows.programmes(db, plan_id)}
    noted = return_rows.noted(db, plan_id)
    by: dict[int, list[tuple[int, bool]]] = {}
    for one in return_rows.placed(db, plan_id):
        project = projects.get(one.programme_id)
        if project is not None and one.ends_on < today:
            by.setdefault(project, []).extend(noted.get(one.session_id, Said()).listed.items())
    for project, said in by.items():
        people, share = len({who for who, _came in said}), sum(came for _who, came in said) / len(said) if said else 1.0
        if people >= HIDE and share < CAME:
            values: dict[str, object] = {"share": f"{share:.0%}", "people": people, "n": len(said)}
            yield "attendance", project, Dimension.TEACHING, Message("到课率 {share}（{people} 人，登记 {n} 人次）。", **values)


def _actions(some: Iterable[tuple[int, int, Any]]) -> Iterable[_Found]:
    by: dict[int, list[tuple[int, bool]]] = {}
    for project, who, state in some:
        by.setdefault(project, []).append((who, state is ActionState.DONE))
    for project, said in by.items():
        people, share = len({who for who, _done in said}), sum(done for _who, done in said) / len(said)
        if people >= HIDE and share < DONE:
            values: dict[str, object] = {"share": f"{share:.0%}", "people": people, "n": len(said)}
            yield "transfer", project, Dimension.TRANSFER, Message("到期的转化行动完成 {share}（{people} 人，{n} 项）。", **values)


def _learning(project: int, found: Levels) -> Iterable[_Found]:
    level = found.level(KirkpatrickLevel.LEARNING)
    few = any(line.actual.hidden or 0 < line.actual.people < HIDE for line in level.lines)
    if level.together.score is not None and level.together.score < REACHED and not few:
        values: dict[str, object] = {"score": round(level.together.score), "people": level.people, "n": level.attendances}
        said = Message("学习层达成 {score} 分（满分 100；单项最多 {people} 人，{n} 条结果）。", **values)
        yield "learning", project, Dimension.DESIGN, said


def _earlier(db: Session, plan_id: int, quarter: int) -> Iterable[Message]:
    quarters = {row.id: row.quarter for row in repository.meetings(db, plan_id)}
    for row in repository.decisions(db, plan_id):
        if row.state is WorkState.OPEN and quarters.get(row.meeting_id, quarter) < quarter:
            yield Message("{text}（{owner}，{due} 前）：做到哪一步？", text=row.text, owner=row.owner, due=row.due.isoformat())


def _warned(db: Session, actor: Actor, plan_id: int, today: date) -> Iterable[Message]:
    board = warnings.board(db, actor, plan_id, today)
    for one in board.alarms:
        if not any(case.open for case in board.cases.get(one.project.id, ())):
            if one.status is Status.STOP and one.advice is Advice.STOP:
                yield Message("“{name}”：建议止损，还没有处理。", name=one.project.name)
                continue
            values: dict[str, object] = {"status": STATUS_NAMES[one.status], "advice": ADVICE_NAMES[one.advice]}
            yield Message("“{name}”：{status}，还没有处理；建议{advice}。", name=one.project.name, **values)


def _missed(scored: Levels, year: int, quarter: int) -> Iterable[Message]:
    for level in scored.levels:
        for line in level.lines:
            due, few = line.measure.due, line.actual.hidden or 0 < line.actual.people < HIDE
            if due is not None and (due.year, (due.month + 2) // 3) == (year, quarter) and line.met is False and not few:
                one = line.measure
                values = {"name": one.name, "project": one.project or "—", "due": due.isoformat()}
                sign = "=" if one.operator == "=" else "≤" if one.direction is Direction.DOWN else "≥"
                goal, actual = (_figure(figure, one.shown_unit) for figure in (one.reach, line.actual.value))
                yield Message(
                    "“{name}”（{project}）{due} 到期，实际 {actual}，没有达到 {goal}。", **values, actual=actual, goal=f"{sign} {goal}"
                )


def topic(item: Item, said: Message) -> tuple[object, ...]:
    """What a point of the data is about: a result that came in since is no other point."""
    values = dict(said.values)
    if item is Item.MISSED:
        return (item, values["name"], values["project"], values["due"])
    if item is Item.WARNING:
        return (item, values["name"], str(values.get("status", STATUS_NAMES[Status.STOP])))
    return (item, str(said))


def _figure(value: float | None, unit: str) -> str:
    text = f"{value or 0.0:,.1f}".removesuffix(".0")
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def _owed(scored: Levels) -> Iterable[Message]:
    for one in scored.missing:
        if one.overdue and one.measure.due is not None:
            # The day and not how long ago it was: tomorrow it is the same point.
            values: dict[str, object] = {"owner": one.owner or Message("还没有负责人"), "name": one.measure.name}
            yield Message("{owner}欠“{name}”的结果，{due} 到期。", **values, due=one.measure.due.isoformat())


def _money(db: Session, actor: Actor, plan_id: int, quarter: int, today: date) -> Iterable[Message]:
    some = [one for one in returns.overview(db, actor, plan_id, today).entries if one.quarter == quarter]
    planned, bound = sum(one.planned for one in some), sum(max(one.committed, one.actual) for one in some)
    if planned and abs(bound - planned) > DEVIATION * planned:
        values = {"planned": f"{planned:,.0f}", "bound": f"{bound:,.0f}", "share": f"{bound / planned - 1:+.0%}"}
        yield Message("本季计划 {planned} 元，已花和已承诺 {bound} 元，相差 {share}。", **values)


def _unheld(db: Session, plan_id: int, year: int, quarter: int, until: date) -> Iterable[Message]:
    noted = return_rows.noted(db, plan_id)
    names = {row.id: row.name for row in timetable_rows.programmes(db, plan_id)}
    by: dict[int, int] = {}
    for one in return_rows.placed(db, plan_id):
        within = (one.begins_on.year, (one.begins_on.month + 2) // 3) == (year, quarter)
        if within and one.ends_on < until and not noted.get(one.session_id, Said()).attended:
            by[one.programme_id] = by.get(one.programme_id, 0) + 1
    for programme, number in by.items():
        yield Message("“{name}”有 {n} 节课过了日期，没有人到课的登记。", name=names.get(programme, ""), n=number)


def _improvements(db: Session, plan_id: int) -> Iterable[Message]:
    for row in repository.findings(db, plan_id):
        if row.state is WorkState.OPEN:
            yield Message("改进：{text}（{owner}，{due} 前）", text=row.improvement, owner=row.owner, due=row.due.isoformat())
