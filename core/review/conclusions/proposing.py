"""What a carry-over would make of a plan's confirmed conclusions in the next year's draft plan. Nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import ceil
from typing import Any

from core.access.actor import Actor, Right, require
from core.delivery.content import carrying as contents
from core.delivery.content import repository as content_rows
from core.delivery.content import sharing
from core.delivery.content.shares import ShareFacts
from core.delivery.content.storing import Content
from core.goals import service as goals
from core.goals.draft import Draft, Line
from core.goals.goal import Kind
from core.goals.service import GoalView
from core.i18n import Language, Message
from core.people.gates import HIDE
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects.service import ProjectView
from core.projects.tables import Project
from core.review.conclusions import repository
from core.review.conclusions.gathering import counted, figure
from core.review.conclusions.tables import Conclusion
from core.review.conclusions.terms import CarryKind, Choice, ConclusionState
from core.review.results import service as results
from core.review.results.service import Actual, MeasureView
from core.storage import Session
from core.strategy.themes import repository as theme_rows

LONGEST_NAME = 120
Measured = dict[tuple[int, str], tuple[MeasureView, Actual]]


@dataclass(frozen=True)
class CarryLine:
    """One thing that is made, changed or left out: what it was and what it becomes."""

    kind: CarryKind
    name: str
    before: Message | None
    after: Message
    conclusion_id: int | None = None
    choice: Choice | None = None

    def to_json(self) -> list[Any]:
        """All that it says."""
        before = self.before.to_json() if self.before is not None else None
        return [self.kind.value, self.name, before, self.after.to_json(), self.conclusion_id]


@dataclass(frozen=True)
class Carried:
    """A project that is to be copied, by which conclusion, for how many people, under which theme, with which goal and what it teaches
    (None: it has none).

    `there` is the project of the same name that the next year has already: the conclusion is handed to it, and nothing is copied.
    """

    source: ProjectView
    conclusion: Conclusion
    people: int | None
    theme_id: int | None
    goal: Draft | None
    project_line: CarryLine
    goal_line: CarryLine | None
    baselines: tuple[CarryLine, ...]
    content: Content | None = None
    content_line: CarryLine | None = None
    there: int | None = None

    @property
    def lines(self) -> tuple[CarryLine, ...]:
        """All that is said of it."""
        return tuple(one for one in (self.project_line, self.content_line, self.goal_line, *self.baselines) if one is not None)


@dataclass(frozen=True)
class Proposal:
    """What a carry-over would do; `to_plan_id` None: the next year's plan is to be created.

    `stopped` are projects left out, with the reason, `silent` those of which nobody has confirmed a conclusion: nothing becomes of them.
    `put_away`: the next year's plan is, and nothing can be carried over into it.
    """

    unit: str
    to_year: int
    to_plan_id: int | None
    carried: tuple[Carried, ...]
    stopped: tuple[tuple[int, CarryLine], ...]
    shares: tuple[ShareFacts, ...]
    share_lines: tuple[CarryLine, ...]
    silent: tuple[str, ...]
    put_away: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to carry over."""
        return bool(self.carried or self.stopped)

    @property
    def lines(self) -> tuple[CarryLine, ...]:
        """All of it, in order."""
        made = (*(line for one in self.carried for line in one.lines), *(line for _source, line in self.stopped), *self.share_lines)
        if self.to_plan_id is not None or not self.anything:
            return made
        title = Message("{year} 年计划", year=str(self.to_year))
        return (CarryLine(CarryKind.PLAN, self.unit, None, Message("新建{plan}", plan=title)), *made)

    @property
    def stamp(self) -> str:
        """Tells this proposal from another: what a person saw is what is applied."""
        told = [one.to_json() for one in self.lines]
        return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def proposal(db: Session, actor: Actor, plan_id: int, language: Language) -> Proposal:
    """What would become of a plan's confirmed conclusions that are not carried over yet. Needs `KEEP_REVIEW`. Raises `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    plan = plans.find(db, actor, plan_id)
    following = plan_rows.plan_of(db, plan.unit, plan.year + 1)
    to_plan_id = following.id if following is not None else None
    put_away = following is not None and following.archived_at is not None
    themes = {row.name: row.id or 0 for row in theme_rows.themes(db, to_plan_id)} if to_plan_id is not None else {}
    there = _there(db, to_plan_id) if to_plan_id is not None else {}
    standing = [one.id or 0 for one in repository.carried(db, plan_id) if one.undone_at is None]
    gone = {one.source_id for one in repository.items(db, standing)}
    rows = repository.conclusions(db, plan_id)
    measured = _measured(db, actor, plan_id)
    carried: list[Carried] = []
    stopped: list[tuple[int, CarryLine]] = []
    silent: list[str] = []
    views = goals.goals(db, actor, plan_id)
    taught = contents.to_carry(db, [view.project.id for view in views])
    for view in views:
        if view.project.id in gone:
            continue
        found = deciding(rows, view.project)
        if found is None:
            silent.append(view.project.row.name)
        elif found.choice is Choice.STOP:
            reason = Message("停办：{reason}", reason=found.text)
            stopped.append((view.project.id, _line(CarryKind.STOPPED, view.project.row.name, None, reason, found)))
        elif waiting := there.get(view.project.row.name):
            carried.append(_joined(view, found, waiting.pop(0)))
        else:
            made = _carried(view, found, themes, measured, to_plan_id or 0, plan.year)
            carried.append(_with_content(made, taught.get(view.project.id)))
    facts, lines = _shares(db, actor, plan_id, to_plan_id, plan.year, language) if carried else ((), ())
    return Proposal(plan.unit, plan.year + 1, to_plan_id, tuple(carried), tuple(stopped), facts, lines, tuple(silent), put_away)


def deciding(rows: Sequence[Conclusion], project: ProjectView) -> Conclusion | None:
    """The confirmed conclusion that holds for a project: its own of the latest quarter, else its theme's."""
    standing = [one for one in rows if one.state is ConclusionState.CONFIRMED]
    own = [one for one in standing if one.project_id == project.id]
    theme = [one for one in standing if one.theme_id is not None and one.theme_id == project.row.theme_id]
    return max(own or theme, key=lambda one: (one.quarter, one.id or 0), default=None)


def _there(db: Session, to_plan_id: int) -> dict[str, list[Project]]:
    """The projects that the next year has of its own, by name."""
    found: dict[str, list[Project]] = {}
    brought = repository.come_over(db, to_plan_id)
    for row in project_rows.projects(db, to_plan_id):
        if row.id not in brought:
            found.setdefault(row.name, []).append(row)
    return found


def _joined(view: GoalView, found: Conclusion, there: Project) -> Carried:
    after = Message("明年的计划里已有同名项目，结论记到它名下，不再新建；它的人数和目标不变")
    line = _line(CarryKind.PROJECT, there.name, _heads(view.project.row.people), after, found)
    return Carried(view.project, found, there.people, there.theme_id, None, line, None, (), there=there.id)


def _carried(view: GoalView, found: Conclusion, themes: dict[str, int], measured: Measured, to_plan_id: int, year: int) -> Carried:
    project = view.project
    people = _scaled(project.row.people, found)
    theme = project.theme.theme.name if project.theme is not None else ""
    theme_id = themes.get(theme)
    draft, baselines = None, tuple[CarryLine, ...]()
    if view.row is not None:
        draft, baselines = _goal(view, found, measured, to_plan_id, year)
    return Carried(
        source=project,
        conclusion=found,
        people=people,
        theme_id=theme_id,
        goal=draft,
        project_line=_line(CarryKind.PROJECT, project.row.name, _heads(project.row.people), _becomes(people, theme, theme_id), found),
        goal_line=_line(CarryKind.GOAL, project.row.name, None, _copied(draft, found), found) if draft is not None else None,
        baselines=baselines,
    )


def _with_content(made: Carried, content: Content | None) -> Carried:
    if content is None:
        return made
    said = _taught(content)
    return replace(made, content=content, content_line=_line(CarryKind.CONTENT, made.source.row.name, None, said, made.conclusion))


def _taught(content: Content) -> Message:
    counts = {"items": len(content.items), "steps": len(content.activities)}
    settings = content.settings
    days = []
    if settings.earliest is not None:
        days.append(Message("最早 {day} 开始", day=settings.earliest.isoformat()))
    if settings.due is not None:
        days.append(Message("最晚 {day} 完成", day=settings.due.isoformat()))
    if not days:
        return Message("照搬 {items} 项内容、{steps} 步设计", **counts)
    return Message("照搬 {items} 项内容、{steps} 步设计；时间顺延一年：{days}", **counts, days=Message.listed(days))


def _goal(view: GoalView, found: Conclusion, measured: Measured, to_plan_id: int, year: int) -> tuple[Draft, tuple[CarryLine, ...]]:
    lines: list[Line] = []
    told: list[CarryLine] = []
    draft = goals.copied(view, to_plan_id)
    before = {(line.kind, line.indicator.name): line.indicator.baseline for line in view.draft.lines}
    for line in draft.lines:
        actual = measured.get((view.project.id, line.indicator.name))
        if line.kind is Kind.PERFORMANCE and actual is not None:
            line, said = _baseline(line, before[line.kind, line.indicator.name], *actual, year)
            told.append(_line(CarryKind.BASELINE, f"{view.project.row.name} · {line.indicator.name}"[:LONGEST_NAME], *said, found))
        lines.append(line)
    return replace(draft, lines=tuple(lines), headcount=_scaled(draft.headcount, found)), tuple(told)


def _baseline(
    line: Line, before: float | None, measure: MeasureView, actual: Actual, year: int
) -> tuple[Line, tuple[Message | None, Message]]:
    was = Message("{year} 年基线 {value}", year=str(year), value=figure(before, measure.shown_unit)) if before is not None else None
    if actual.hidden or 0 < actual.people < HIDE:
        return line, (was, Message("不带基线：人数不足 5，实际值不能留用"))
    if actual.value is None:
        return line, (was, Message("不带基线：{year} 年没有结果", year=str(year)))
    after = Message(
        "基线 {value}（{year} 年实际，{count}）", value=figure(actual.value, measure.shown_unit), year=str(year), count=counted(actual)
    )
    return replace(line, indicator=replace(line.indicator, baseline=round(actual.value, 4))), (was, after)


def _shares(
    db: Session, actor: Actor, plan_id: int, to_plan_id: int | None, year: int, language: Language
) -> tuple[tuple[ShareFacts, ...], tuple[CarryLine, ...]]:
    """Last year's targets of shares, with what really happened; a plan that has its own keeps them."""
    if to_plan_id is not None and content_rows.shares(db, to_plan_id):
        return (), ()
    facts, lines = [], []
    for one in sharing.board(db, actor, plan_id, language).shares:
        if one.plan.share is not None:
            values = {"year": str(year), "target": f"{one.facts.target:g}%", "share": f"{one.plan.share:.1f}%"}
            note = Message("沿用 {year} 年目标 {target}；{year} 年实际 {share}（按设计学时）", **values)
            facts.append(replace(one.facts, note=note.render(language)))
            lines.append(CarryLine(CarryKind.SHARE, one.facts.name, Message("{year} 年目标 {target}", **values), note))
    return tuple(facts), tuple(lines)


def _measured(db: Session, actor: Actor, plan_id: int) -> Measured:
    made = results.actuals(db, actor, plan_id)
    return {(one.project_id or 0, one.name): (one, made[one.id]) for one in _own(results.measures(db, actor, plan_id))}


def _own(some: Iterable[MeasureView]) -> list[MeasureView]:
    """Measures of projects, those that follow a goal's indicator last: they hold where another has the same name."""
    return sorted((one for one in some if one.project_id is not None), key=lambda one: one.follows)


def _scaled(people: int | None, found: Conclusion) -> int | None:
    if people is None or found.choice is not Choice.SCALE or found.factor is None:
        return people
    return ceil(round(people * found.factor, 6))


def _heads(people: int | None) -> Message:
    return Message("{n} 人", n=people) if people is not None else Message("人数未知")


def _becomes(people: int | None, theme: str, theme_id: int | None) -> Message:
    if theme_id is not None:
        return Message("{people}，归入主题“{theme}”", people=_heads(people), theme=theme)
    return Message("{people}；明年的计划里还没有同名主题，归入一个主题或接上一条短板后，目标才能提交", people=_heads(people))


def _copied(draft: Draft, found: Conclusion) -> Message:
    if found.choice is Choice.CHANGE:
        return Message("带过来 {n} 项指标，待改：{change}", n=len(draft.lines), change=found.change)
    return Message("带过来 {n} 项指标，往年基线不带", n=len(draft.lines))


def _line(kind: CarryKind, name: str, before: Message | None, after: Message, found: Conclusion) -> CarryLine:
    return CarryLine(kind, name, before, after, found.id, found.choice)
