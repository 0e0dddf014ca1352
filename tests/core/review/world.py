"""A branch with two projects that were held: submitted goals, classes, a published timetable, and tables of results to take in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.draft import of_goal
from core.instance import Instance
from core.people.tables import Employee
from core.review.results import following, importing
from core.review.results.found import Given
from core.review.results.importing import Imported
from core.review.results.kinds import is_known
from core.review.results.service import MeasureView, measures
from core.review.results.terms import ResultKind
from core.sheets.finding import Table, find
from core.sheets.grid import Grid, Row
from core.storage import Session
from tests.core.delivery.timetable_world import World, published
from tests.core.goals.worked import WORKED
from tests.remembered import remembered


@dataclass(frozen=True)
class Review:
    """The world: its plan and projects, and the numbers of the people in the first project's unit and in the second's."""

    world: World
    near: tuple[str, ...]
    far: tuple[str, ...]

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.world.plan

    @property
    def project(self) -> int:
        """The first project's number."""
        return self.world.projects[0]


@remembered
def review(house: Instance, leader: Actor) -> Review:
    """Two projects with the worked example's goal, submitted; published; their indicators taken over as measures."""
    made = published(house, leader)
    for project in made.projects:
        with house.database.writing() as db:
            goals.save(db, leader, project, goals.find(db, leader, project).version, of_goal(WORKED))
        with house.database.writing() as db:
            goals.submit(db, leader, project, goals.find(db, leader, project).version, "按样例目标执行")
    with house.database.writing() as db:
        following.follow(db, leader, made.plan)
    with house.database.reading() as db:
        near, far = (_people(db, made.branch.units[name]) for name in ("望海支行", "云岭支行"))
    return Review(made, near, far)


@remembered
def reviewed(house: Instance, leader: Actor) -> Review:
    """The same, with a year of results."""
    made = review(house, leader)
    a_year(house, leader, made)
    return made


def table(rows: Sequence[Sequence[Any]]) -> Table:
    """A table with the first row as header."""
    grid = Grid("表", tuple(Row(number, tuple(None if cell == "" else cell for cell in row)) for number, row in enumerate(rows, 1)))
    return find([grid], is_known)


def take(
    house: Instance,
    actor: Actor,
    made: Review,
    kind: ResultKind,
    rows: Sequence[Sequence[Any]],
    given: Given | None = None,
    name: str = "表.xlsx",
) -> Imported:
    """Import rows, with the columns as they are guessed."""
    found = table(rows)
    given = given or Given(project_id=made.project)
    with house.database.writing() as db:
        prepared = importing.prepare(db, actor, made.plan, kind, found, given.project_id)
        read = prepared.read(prepared.mapping, given)
        return importing.import_reading(db, actor, made.plan, "表.xlsx", read, found)


def named(house: Instance, actor: Actor, made: Review, name: str, project: int | None = None) -> MeasureView:
    """A measure of the first project (or another) by its name."""
    with house.database.reading() as db:
        found = measures(db, actor, made.plan)
    return next(one for one in found if one.name == name and one.project_id == (project or made.project))


def a_year(house: Instance, leader: Actor, made: Review) -> None:
    """Results on all four levels of the first project: liked by 90, three of four passed, visits up, customers won."""
    near, day = made.near, date(2027, 11, 1)
    take(house, leader, made, ResultKind.SURVEY, [("工号", "日期", "课程满意度"), *((no, day, 4.5) for no in near)])
    take(
        house,
        leader,
        made,
        ResultKind.TEST,
        [("工号", "日期", "话术通关率"), *((no, day, "通过" if at % 4 else "未通过") for at, no in enumerate(near))],
    )
    take(house, leader, made, ResultKind.BEHAVIOUR, [("工号", "日期", "上门拜访覆盖率"), *((no, day, "72%") for no in near)])
    months = ("2027年10月", "2027年11月")
    take(house, leader, made, ResultKind.PERFORMANCE, [("工号", "指标", *months), *((no, "新增有效客户", 2, 3) for no in near)])


def _people(db: Session, unit: int) -> tuple[str, ...]:
    found = db.exec(select(Employee.employee_no).where(Employee.unit_id == unit).order_by(col(Employee.employee_no)))
    return tuple(found)
