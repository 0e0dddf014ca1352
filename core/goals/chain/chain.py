"""The alignment chain as values: what there is in six columns, how one thing leads to the next, and what belongs to one chain.

A strand is one project with all that it hangs on and leads to. What is chosen lights the strands that it is part of: a project its own,
a theme all of its projects, a gap those projects that answer it. Following single links instead would run from one project over a
shared theme into every other.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.i18n import Message
from core.projects.fitting import is_among


class Column(StrEnum):
    """The columns of the chain, from where it comes to where it leads."""

    CLAUSE = "clause"
    THEME = "theme"
    CAPABILITY = "capability"
    GAP = "gap"
    PROJECT = "project"
    GOAL = "goal"


COLUMN_NAMES = {
    Column.CLAUSE: Message("条款"),
    Column.THEME: Message("战略主题"),
    Column.CAPABILITY: Message("能力要求"),
    Column.GAP: Message("能力短板"),
    Column.PROJECT: Message("培训项目"),
    Column.GOAL: Message("项目目标"),
}


@dataclass(frozen=True)
class ClausePart:
    """An accepted clause."""

    id: int
    text: str
    note: str = ""


@dataclass(frozen=True)
class ThemePart:
    """A theme with its clauses, the one that says most first, and the abilities that its accepted findings ask for."""

    id: int
    name: str
    clauses: tuple[ClausePart, ...] = ()
    capabilities: tuple[str, ...] = ()


@dataclass(frozen=True)
class GapPart:
    """A measured gap. `competency` is all that its competency is called, `note` its figures."""

    key: str
    name: str
    competency: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class GoalPart:
    """The goal of a project. `settled`: it was submitted, as it passes or as an exception."""

    text: str
    settled: bool
    satisfaction_only: bool = False
    note: str = ""


@dataclass(frozen=True)
class ProjectPart:
    """A project: what it rests on, what it answers, what it is to reach. `theme_id` None: its theme was deleted or there never was one."""

    id: int
    name: str
    theme_id: int | None = None
    clauses: tuple[ClausePart, ...] = ()
    competencies: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    goal: GoalPart | None = None


@dataclass(frozen=True)
class Node:
    """One thing in the chain. `subject` is its row's number, where it has one. `open`: something that ought to follow is not there yet."""

    id: str
    column: Column
    name: str
    subject: int | None = None
    note: str = ""
    open: bool = False


Link = tuple[str, str]
_LAST = float("inf")


@dataclass(frozen=True)
class Strand:
    """One project (or what has none yet) with all that it hangs on and leads to."""

    nodes: frozenset[str]
    links: frozenset[Link]


@dataclass(frozen=True)
class Chain:
    """Everything, in the order in which the columns read."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    strands: tuple[Strand, ...]

    def node(self, node_id: str | None) -> Node | None:
        """One of the nodes."""
        return next((one for one in self.nodes if one.id == node_id), None)

    def of(self, column: Column) -> list[Node]:
        """The nodes of a column."""
        return [one for one in self.nodes if one.column is column]

    def through(self, node_id: str) -> Strand:
        """All that belongs to a chain through this node, both ways."""
        own = [strand for strand in self.strands if node_id in strand.nodes]
        nodes = frozenset({node_id}.union(*(strand.nodes for strand in own)))
        return Strand(nodes, frozenset[Link]().union(*(strand.links for strand in own)))


@dataclass
class _Draft:
    """A strand that is being put together."""

    nodes: set[str] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)

    def chained(self, *ids: str) -> None:
        self.nodes.update(ids)
        self.links.update(itertools.pairwise(ids))

    def done(self) -> Strand:
        return Strand(frozenset(self.nodes), frozenset(self.links))


def theme_id(number: int) -> str:
    """The node of a theme."""
    return f"{Column.THEME}-{number}"


def clause_id(number: int) -> str:
    """The node of a clause."""
    return f"{Column.CLAUSE}-{number}"


def capability_id(name: str) -> str:
    """The node of an ability."""
    return f"{Column.CAPABILITY}-{''.join(name.split()).lower()}"


def rest_id(theme: int) -> str:
    """The node of all abilities of a theme that nobody trains for."""
    return f"{Column.CAPABILITY}-of-{theme}"


def gap_id(key: str) -> str:
    """The node of a gap."""
    return f"{Column.GAP}-{key}"


def project_id(number: int) -> str:
    """The node of a project."""
    return f"{Column.PROJECT}-{number}"


def goal_id(number: int) -> str:
    """The node of a project's goal."""
    return f"{Column.GOAL}-{number}"


def build(themes: Sequence[ThemePart], gaps: Sequence[GapPart], projects: Sequence[ProjectPart]) -> Chain:
    """The chain of a plan. `gaps` are those that projects answer, and the large ones that none does."""
    by_theme, by_gap = {one.id: one for one in themes}, {one.key: one for one in gaps}
    projects = sorted(projects, key=lambda one: _place(one.theme_id, themes))
    strands = [_of_project(one, by_theme, by_gap) for one in projects]
    answered = {key for one in projects for key in one.gaps}
    lacking = [one for one in gaps if one.key not in answered]
    rests = {rest_id(one.id): _untrained(one, strands, lacking) for one in themes}
    strands += _of_themes(themes, strands, lacking)
    strands += [strand for one in lacking for strand in _of_gap(one, themes)]
    nodes = _nodes(themes, gaps, projects, strands, rests)
    known = {one.id: place for place, one in enumerate(nodes)}
    links = sorted({link for strand in strands for link in strand.links}, key=lambda link: (known[link[0]], known[link[1]]))
    return Chain(tuple(nodes), tuple(links), tuple(strands))


def _of_project(one: ProjectPart, themes: Mapping[int, ThemePart], gaps: Mapping[str, GapPart]) -> Strand:
    made, own = _Draft(), project_id(one.id)
    made.nodes.add(own)
    theme = themes.get(one.theme_id or 0)
    if theme is not None:
        for clause in one.clauses:
            made.chained(clause_id(clause.id), theme_id(theme.id))
    else:
        for clause in one.clauses:
            made.chained(clause_id(clause.id), own)
    for gap in (gaps[key] for key in one.gaps if key in gaps):
        _answer(made, gap, theme)
        made.chained(gap_id(gap.key), own)
    if theme is not None:
        _train(made, one, theme)
    if one.goal is not None:
        made.chained(own, goal_id(one.id))
    return made.done()


def _answer(made: _Draft, gap: GapPart, theme: ThemePart | None) -> None:
    """From the theme to the gap: over the abilities that it asks for and that are lacking here."""
    if theme is None:
        made.nodes.add(gap_id(gap.key))
        return
    asked = [name for name in theme.capabilities if is_among(name, gap.competency)]
    for name in asked:
        made.chained(theme_id(theme.id), capability_id(name), gap_id(gap.key))
    if not asked:
        made.chained(theme_id(theme.id), gap_id(gap.key))


def _train(made: _Draft, one: ProjectPart, theme: ThemePart) -> None:
    """From the theme to the project past the gaps: over the abilities that it trains without a gap, else straight."""
    own, start = project_id(one.id), theme_id(theme.id)
    for name in theme.capabilities:
        if capability_id(name) not in made.nodes and is_among(name, one.competencies):
            made.chained(start, capability_id(name), own)
    if not any(end == own and not begin.startswith(Column.CLAUSE) for begin, end in made.links):
        made.chained(start, own)


def _of_themes(themes: Sequence[ThemePart], made: Sequence[Strand], lacking: Sequence[GapPart]) -> list[Strand]:
    """What no project takes up: themes without any, and the abilities of each that nobody trains for, together."""
    touched = frozenset[str]().union(*(strand.nodes for strand in made))
    found = []
    for theme in themes:
        bare, own = _Draft(), theme_id(theme.id)
        if own not in touched:
            bare.nodes.add(own)
            for clause in theme.clauses[:1]:
                bare.chained(clause_id(clause.id), own)
        if _untrained(theme, made, lacking):
            bare.chained(own, rest_id(theme.id))
        if bare.nodes:
            found.append(bare.done())
    return found


def _untrained(theme: ThemePart, made: Sequence[Strand], lacking: Sequence[GapPart]) -> list[str]:
    """The abilities of a theme that neither a project of it trains nor one of the gaps `lacking` is in."""
    own = [strand.nodes for strand in made if theme_id(theme.id) in strand.nodes]
    return [
        name
        for name in theme.capabilities
        if not any(capability_id(name) in nodes for nodes in own) and not any(is_among(name, gap.competency) for gap in lacking)
    ]


def _of_gap(gap: GapPart, themes: Sequence[ThemePart]) -> list[Strand]:
    """A gap that no project answers: a strand for each theme that asks for what is lacking, so that these are not taken for one."""
    found = []
    for theme in themes:
        made = _Draft()
        for name in theme.capabilities:
            if is_among(name, gap.competency):
                made.chained(theme_id(theme.id), capability_id(name), gap_id(gap.key))
        if made.nodes:
            found.append(made.done())
    return found or [_Draft({gap_id(gap.key)}).done()]


def _nodes(
    themes: Sequence[ThemePart],
    gaps: Sequence[GapPart],
    projects: Sequence[ProjectPart],
    strands: Sequence[Strand],
    rests: Mapping[str, Sequence[str]],
) -> list[Node]:
    drawn = frozenset[str]().union(*(strand.nodes for strand in strands))
    used = {one.theme_id for one in projects}
    answered = {key for one in projects for key in one.gaps}
    clauses = {one.id: one for one in (*(c for p in projects for c in p.clauses), *(c for t in themes for c in t.clauses))}
    by_theme = _middles(strands, [theme_id(one.id) for one in themes])
    by_project = _middles(strands, [project_id(one.id) for one in projects])
    abilities = {capability_id(name): name for theme in themes for name in theme.capabilities}
    ordered_clauses = sorted(clauses.values(), key=lambda one: by_theme.get(clause_id(one.id), _LAST))
    ordered_gaps = sorted(gaps, key=lambda one: by_project.get(gap_id(one.key), _LAST))
    found = [Node(clause_id(one.id), Column.CLAUSE, one.text, one.id, one.note) for one in ordered_clauses]
    found += [Node(theme_id(one.id), Column.THEME, one.name, one.id, "", one.id not in used) for one in themes]
    found += [Node(key, Column.CAPABILITY, name) for key, name in abilities.items()]
    found += [Node(key, Column.CAPABILITY, " · ".join(names), None, "", True) for key, names in rests.items()]
    found += [Node(gap_id(one.key), Column.GAP, one.name, None, one.note, one.key not in answered) for one in ordered_gaps]
    for one in projects:
        settled = one.goal is not None and one.goal.settled
        found.append(Node(project_id(one.id), Column.PROJECT, one.name, one.id, "", not settled))
    for one in projects:
        if one.goal is not None:
            lacking = not one.goal.settled or one.goal.satisfaction_only
            found.append(Node(goal_id(one.id), Column.GOAL, one.goal.text, one.id, one.goal.note, lacking))
    return [one for one in found if one.id in drawn]


def _middles(strands: Sequence[Strand], order: Sequence[str]) -> dict[str, float]:
    """For each node the middle of the places, in `order`, of those that share a strand with it: beside them it stands best."""
    places = {one: place for place, one in enumerate(order)}
    beside: dict[str, list[int]] = {}
    for strand in strands:
        there = [places[one] for one in strand.nodes if one in places]
        for node in strand.nodes:
            beside.setdefault(node, []).extend(there)
    return {node: sum(found) / len(found) for node, found in beside.items() if found}


def _place(number: int | None, themes: Sequence[ThemePart]) -> int:
    return next((place for place, one in enumerate(themes) if one.id == number), len(themes))
