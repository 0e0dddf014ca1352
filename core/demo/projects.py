"""The projects that a planner of the sample branch wrote without any suggestion, with their goals: `data/demo/projects.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.goals.goal import Goal
from core.goals.reading import goal_of
from core.strategy.ideas.terms import ProjectKind, Urgency

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "projects.toml"
GOAL = ("pain_point", "behaviour", "headcount", "due_days", "process", "performance")
NOGOAL, SUBMITTED, OVERRIDDEN = "none", "submitted", "overridden"


@dataclass(frozen=True)
class ProjectSource:
    """A project on a theme. `clause` are words of what its purpose rests on, "": whatever reads most like it.

    `goal` None: nobody has written one yet; `state` says what became of it, `reason` why it was submitted all the same.
    """

    theme: str
    name: str
    purpose: str
    clause: str
    line: str
    post: str
    people: int
    competencies: tuple[str, ...]
    urgency: Urgency
    kind: ProjectKind
    goal: Goal | None
    state: str
    reason: str


@cache
def projects() -> tuple[ProjectSource, ...]:
    """All of them, in the order in which they were written."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return tuple(_project(row) for row in content["projects"])


def _project(row: dict[str, Any]) -> ProjectSource:
    return ProjectSource(
        theme=row["theme"],
        name=row["name"],
        purpose=row["purpose"],
        clause=row.get("clause", ""),
        line=row["line"],
        post=row["post"],
        people=row["people"],
        competencies=tuple(row["competencies"]),
        urgency=Urgency(row["urgency"]),
        kind=ProjectKind(row["kind"]),
        goal=None if row["state"] == NOGOAL else goal_of({name: row[name] for name in GOAL if name in row}),
        state=row["state"],
        reason=row.get("reason", ""),
    )
