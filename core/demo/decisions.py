"""What a planner of the sample branch would decide on its decoded year, as written in `data/demo/year.toml`: by words, never by row."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.goals.goal import Goal
from core.goals.reading import goal_of
from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes.service import Draft
from core.strategy.themes.tags import Layer, Lens

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "year.toml"


@dataclass(frozen=True)
class ThemeSource:
    """A theme as the planner writes it, and what belongs to it: seeds by their whole text, targets by metric, the rest by words."""

    draft: Draft
    seeds: tuple[str, ...]
    metrics: frozenset[str]
    words: tuple[str, ...]

    def takes(self, kind: FindingKind, text: str, quote: str, metric: str) -> bool:
        """Whether a finding belongs here."""
        if kind is FindingKind.THEME:
            return text in self.seeds
        if kind is FindingKind.TARGET:
            return metric in self.metrics
        return any(word in text or word in quote for word in self.words)


@dataclass(frozen=True)
class Correction:
    """A finding that reads `found`, and what it is to say; what is empty stays as it is."""

    found: str
    text: str
    metric: str
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class LinkSource:
    """One theme carries another, both by name."""

    cause: str
    effect: str
    note: str


@dataclass(frozen=True)
class ClauseSource:
    """The branch's version of the clause that holds the words `clause`, and the branch's own words that justify it."""

    clause: str
    text: str
    fact: str


@dataclass(frozen=True)
class FocusSource:
    """A key post of a business line; anchored where there is a reason."""

    line: str
    post: str
    importance: int
    gap: float | None
    people: int | None
    reason: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class AnswerSource:
    """An answer of the readiness assessment: its statement's code, its step, and what speaks for it."""

    statement: str
    step: int
    note: str


@dataclass(frozen=True)
class ReadinessSource:
    """A round of the readiness assessment; `taken` are the weak dimensions that go into a theme, with its name."""

    period: str
    answers: tuple[AnswerSource, ...]
    taken: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ItemSource:
    """What is entered for the target of a metric that is due on a day; what is None stays as the check took it in."""

    metric: str
    deadline: date
    actual: float
    source: str
    baseline: float | None
    milestone: float | None
    action: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class CheckSource:
    """The check of a quarter: what is entered, and what it comes to."""

    quarter: str
    as_of: date
    conclusion: str
    items: tuple[ItemSource, ...]


@dataclass(frozen=True)
class GoalSource:
    """The goal of the project on a theme for a post, and whether the planner submits it."""

    theme: str
    post: str
    submitted: bool
    goal: Goal


@dataclass(frozen=True)
class Decisions:
    """Everything that is decided. `year` is the decoded year, the notes stand on the two plans."""

    year: int
    note: str
    next_note: str
    deadlines: tuple[str, ...]
    not_under: tuple[str, ...]
    left_out: tuple[str, ...]
    also: tuple[str, ...]
    themes: tuple[ThemeSource, ...]
    edits: tuple[Correction, ...]
    links: tuple[LinkSource, ...]
    clauses: tuple[ClauseSource, ...]
    focus: tuple[FocusSource, ...]
    projects: frozenset[tuple[str, str]]  # the theme and the post of each idea that becomes a project
    readiness: ReadinessSource
    check: CheckSource
    goals: tuple[GoalSource, ...]

    def admits(self, text: str, heading: Sequence[str], deadline: str) -> bool:
        """Whether a finding may be accepted at all: not a look back, and due in a year that this plan works towards."""
        if any(word in text for word in self.left_out) or any(word in part for word in self.not_under for part in heading):
            return False
        return not deadline or deadline[:4] in self.deadlines or any(word in text for word in self.also)


@cache
def decisions() -> Decisions:
    """The decisions on the sample branch's decoded year."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return Decisions(
        year=content["year"],
        note=content["note"],
        next_note=content["next_note"],
        deadlines=tuple(content["deadlines"]),
        not_under=tuple(content["not_under"]),
        left_out=tuple(content["left_out"]),
        also=tuple(content["also"]),
        themes=tuple(_theme(number, row) for number, row in enumerate(content["themes"], 1)),
        edits=tuple(_correction(row) for row in content["edits"]),
        links=tuple(LinkSource(**row) for row in content["links"]),
        clauses=tuple(ClauseSource(**row) for row in content["clauses"]),
        focus=tuple(_focus(row) for row in content["focus"]),
        projects=frozenset((row["theme"], row["post"]) for row in content["projects"]),
        readiness=_readiness(content["readiness"]),
        check=_check(content["check"]),
        goals=tuple(_goal(row) for row in content["goals"]),
    )


def _goal(row: dict[str, Any]) -> GoalSource:
    about = {"theme", "post", "submitted"}
    return GoalSource(row["theme"], row["post"], row["submitted"], goal_of({name: row[name] for name in row.keys() - about}))


def _theme(number: int, row: dict[str, Any]) -> ThemeSource:
    draft = Draft(
        name=row["name"],
        perspective=Perspective(row["perspective"]),
        layer=Layer(row["layer"]),
        lenses=tuple(Lens(one) for one in row["lenses"]),
        owner=row["owner"],
        indicator=row["indicator"],
        weight=float(row["weight"]),
        position=number,
    )
    return ThemeSource(draft, tuple(row["seeds"]), frozenset(row["metrics"]), tuple(row["words"]))


def _correction(row: dict[str, Any]) -> Correction:
    return Correction(row["found"], row.get("text", ""), row.get("metric", ""), tuple(row.get("competencies", ())))


def _focus(row: dict[str, Any]) -> FocusSource:
    return FocusSource(
        row["line"], row["post"], row["importance"], row.get("gap"), row.get("people"), row.get("reason", ""), tuple(row.get("themes", ()))
    )


def _readiness(row: dict[str, Any]) -> ReadinessSource:
    return ReadinessSource(
        row["period"],
        tuple(AnswerSource(**one) for one in row["answers"]),
        tuple((one["dimension"], one["theme"]) for one in row["taken"]),
    )


def _check(row: dict[str, Any]) -> CheckSource:
    return CheckSource(row["quarter"], row["as_of"], row["conclusion"], tuple(_item(one) for one in row["items"]))


def _item(row: dict[str, Any]) -> ItemSource:
    return ItemSource(
        row["metric"],
        row["deadline"],
        row["actual"],
        row["source"],
        row.get("baseline"),
        row.get("milestone"),
        row.get("action", ""),
        row.get("owner", ""),
        row.get("due"),
    )
