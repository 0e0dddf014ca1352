"""The goals of all projects as one table: what was written in it, and what somebody else changed in the meantime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.goals.draft import Draft, Line
from core.goals.goal import Kind
from core.goals.service import Entered, GoalView, Standing
from core.i18n import Language, Message
from core.sheets.reading import folded

Drafts = Mapping[int, Draft]
"""Goals as they stand in the table, by project."""


@dataclass(frozen=True)
class Texts:
    """A row of the goals' own fields."""

    project_id: int
    pain_point: str
    behaviour: str
    headcount: int | None
    due_days: int | None


@dataclass(frozen=True)
class Seen:
    """What the reader began with: the goals and their versions, 0 where there was none."""

    drafts: Drafts
    versions: Mapping[int, int]


def seen(views: Iterable[GoalView], language: Language = "zh") -> Seen:
    """What stands now; a goal that is not there yet is begun in `language`."""
    found = [one if one.row else replace(one, draft=replace(one.draft, language=language)) for one in views]
    return Seen({one.project.id: one.draft for one in found}, {one.project.id: one.version for one in found})


def written(begun: Drafts, shown: Collection[int], texts: Iterable[Texts], lines: Iterable[tuple[int, Line]]) -> dict[int, Draft]:
    """The goals after the rows of the `shown` projects were edited; indicators go to the project that their row names."""
    found = dict(begun)
    for project in shown:
        found[project] = replace(found[project], lines=())
    for one in texts:
        kept: dict[str, Any] = {
            "pain_point": one.pain_point,
            "behaviour": one.behaviour,
            "headcount": one.headcount,
            "due_days": one.due_days,
        }
        found[one.project_id] = replace(found[one.project_id], **kept)
    for project, line in lines:
        if project in found:
            found[project] = replace(found[project], lines=(*found[project].lines, line))
    return {project: in_order(draft) for project, draft in found.items()}


def in_order(draft: Draft) -> Draft:
    """The draft with process indicators before results, as the check counts them."""
    return replace(draft, lines=tuple(line for kind in Kind for line in draft.lines if line.kind is kind))


def changed(begun: Seen, now: Drafts) -> list[Entered]:
    """The goals that differ from what the reader began with, as they are to be saved."""
    return [Entered(project, begun.versions[project], draft) for project, draft in now.items() if draft != begun.drafts[project]]


def behind(begun: Seen, views: Sequence[GoalView], entered: Iterable[Entered]) -> list[GoalView]:
    """What stands now of the goals that the reader changed and somebody else did, too."""
    touched = {one.project_id for one in entered}
    return [view for view in views if view.project.id in touched and view.version != begun.versions[view.project.id]]


def kept_over(begun: Seen, theirs: Iterable[GoalView]) -> Seen:
    """What the reader began with once they have seen `theirs` and mean to write over it."""
    stood = seen(theirs)
    return Seen({**begun.drafts, **stood.drafts}, {**begun.versions, **stood.versions})


def problems_by_line(view: GoalView) -> dict[int | None, list[Message]]:
    """What the check says of each indicator, by its place among the goal's; under None what it says of the goal itself."""
    places = {path: place for place, (_, path, _one) in enumerate(view.draft.goal.indicators())}
    found: dict[int | None, list[Message]] = {None: []}
    for one in view.verdict.problems:
        found.setdefault(places.get(one.field.partition(".")[0]), []).append(one.message)
    return found


def shown_names(views: Iterable[GoalView]) -> dict[int, str]:
    """The projects' names by which the table's rows say where they belong: those of the same name carry their number."""
    named = {view.project.id: view.project.row.name for view in views}
    counts = Counter(map(folded, named.values()))
    return {project: name if counts[folded(name)] == 1 else f"{name} #{project}" for project, name in named.items()}


def matching(views: Iterable[GoalView], words: str, standings: Collection[Standing], rules: Collection[str]) -> list[GoalView]:
    """The projects whose names hold `words`, whose goals stand so, and in whose goals one of `rules` finds something; empty is all."""
    wanted = folded(words)
    return [
        view
        for view in views
        if wanted in folded(view.project.row.name)
        and (not standings or view.standing in standings)
        and (not rules or any(one.rule in rules for one in view.verdict.problems))
    ]
