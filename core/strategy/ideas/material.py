"""What ideas are made of, as values: themes with what they demand, and the posts that a person made a focus."""

from __future__ import annotations

from dataclasses import dataclass

from core.strategy.findings import FindingKind


@dataclass(frozen=True)
class Demand:
    """An accepted finding. `deadline` of a target, ISO or as written; `hq`: not out of the branch's own mouth; `local` is the branch's
    version of it, "" while it is HQ's alone."""

    id: int
    kind: FindingKind
    text: str
    competencies: tuple[str, ...] = ()
    metric: str = ""
    deadline: str = ""
    hq: bool = True
    local: str = ""


@dataclass(frozen=True)
class ThemeGiven:
    """A theme and the findings in it."""

    id: int
    name: str
    weight: float
    demands: tuple[Demand, ...]


@dataclass(frozen=True)
class PostGiven:
    """A post of the focus. `score` is its priority 0 … 100, `gap` a share; None is unknown. `theme_ids` empty: nobody has said."""

    id: int
    line: str
    post: str
    people: int | None = None
    gap: float | None = None
    score: float | None = None
    theme_ids: tuple[int, ...] = ()
