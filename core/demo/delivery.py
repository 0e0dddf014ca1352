"""What the sample's year spends, and what became of the year before, as it stands in `data/demo/delivery.toml`. Nobody of it is real."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.delivery.budget.terms import CostType
from core.demo.projects import GOAL
from core.goals.goal import Goal
from core.goals.reading import goal_of
from core.strategy.findings import Perspective

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "delivery.toml"
_HEADER = ("项目", "课次", "半天数", "机构", "岗位", "每班人数", "最早开始", "最晚完成", "能力", "线上", "间隔天数")
_DAYS = (_HEADER.index("最早开始"), _HEADER.index("最晚完成"))


@dataclass(frozen=True)
class Spending:
    """A line of the budget; `programme` empty: of no one of them."""

    programme: str
    type: CostType
    quarter: int
    planned: float
    committed: float
    actual: float
    note: str


@dataclass(frozen=True)
class BeforeTheme:
    """A theme of the year before: its clause in the planner's words, and the document's own that it rests on."""

    name: str
    perspective: Perspective
    owner: str
    indicator: str
    clause: str
    quote: str


@dataclass(frozen=True)
class BeforeProject:
    """A project of the year before, on a theme, with its goal; its sessions stand in the list."""

    theme: str
    name: str
    purpose: str
    line: str
    post: str
    people: int
    competencies: tuple[str, ...]
    goal: Goal


@dataclass(frozen=True)
class LastYear:
    """The year before: its list, and what happened.

    `came` are the shares of those who came, were late, were excused, were absent; `answered` the share of those who came that said what
    they thought, `marks` their mean by question.
    """

    note: str
    name: str
    seconds: float
    rows: tuple[tuple[Any, ...], ...]
    came: tuple[float, ...]
    answered: float
    marks: tuple[float, ...]
    remarks: tuple[str, ...]
    spent: tuple[Spending, ...]
    themes: tuple[BeforeTheme, ...]
    projects: tuple[BeforeProject, ...]

    def sheet(self, year: int) -> list[list[Any]]:
        """Its list with a heading, the days in a year."""
        return [list(_HEADER), *([_cell(year, place, cell) for place, cell in enumerate(row)] for row in self.rows)]


@dataclass(frozen=True)
class Delivery:
    """All of it; `seconds`: how long the solver looks for the year, with `seed`, from which also everything else is drawn."""

    seconds: float
    seed: int
    lines: tuple[Spending, ...]
    last_year: LastYear


@cache
def delivery() -> Delivery:
    """The sample's delivery, the same every time."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    before = content["last_year"]
    last_year = LastYear(
        note=before["note"],
        name=before["name"],
        seconds=before["seconds"],
        rows=tuple(tuple(row) for row in before["rows"]),
        came=tuple(before["came"]),
        answered=before["answered"],
        marks=tuple(before["marks"]),
        remarks=tuple(before["remarks"]),
        spent=_spending(before["spent"]),
        themes=tuple(BeforeTheme(**{**row, "perspective": Perspective(row["perspective"])}) for row in before["themes"]),
        projects=tuple(_project(row) for row in before["projects"]),
    )
    return Delivery(content["scheduled"], content["seed"], _spending(content["lines"]), last_year)


def _spending(rows: Sequence[Sequence[Any]]) -> tuple[Spending, ...]:
    return tuple(Spending(row[0], CostType(row[1]), *row[2:]) for row in rows)


def _project(row: dict[str, Any]) -> BeforeProject:
    own = {name: row[name] for name in ("theme", "name", "purpose", "line", "post", "people")}
    return BeforeProject(**own, competencies=tuple(row["competencies"]), goal=goal_of({name: row[name] for name in GOAL if name in row}))


def _cell(year: int, place: int, cell: Any) -> Any:
    return f"{year}-{cell}" if place in _DAYS and cell else cell
