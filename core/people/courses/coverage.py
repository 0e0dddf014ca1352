"""How far the catalogue answers what posts require, and how much of it anybody requires.

Coverage is the weighted share of requirements (a post, a competency, a level) for which a course reaches the level; a post's weights
are made to sum to one first, so that every post counts alike. Relevance is the share of courses that serve at least one requirement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.people.courses.course import Course, Serving
from core.people.courses.terms import CourseForm
from core.people.terms import Dimension


@dataclass(frozen=True)
class Requirement:
    """What a post requires of a competency."""

    post_id: int
    post: str
    competency_id: int
    dimension: Dimension
    level: int
    weight: float


@dataclass(frozen=True)
class Cell:
    """A requirement, its share of its post's weights, and the courses that reach its level; `near` serve the competency and end below."""

    requirement: Requirement
    share: float
    reached_by: tuple[int, ...] = ()
    near: tuple[int, ...] = ()


@dataclass(frozen=True)
class Share:
    """A part of the requirements: how many, how many are reached, the weighted share of those, and the same by courses alone.

    `serving` of `courses` serve at least one of them. A share is None where there is nothing to take it of.
    """

    cells: int
    reached: int
    coverage: float | None
    by_courses: float | None
    courses: int
    serving: int

    @property
    def relevance(self) -> float | None:
        """The share of courses that serve at least one requirement."""
        return self.serving / self.courses if self.courses else None


@dataclass(frozen=True)
class Coverage:
    """The whole, by dimension, by post; the requirements that no course reaches; the courses that serve none.

    `unlevelled` counts courses that say of a competency neither from nor to which level: they reach nothing.
    """

    overall: Share
    dimensions: dict[Dimension, Share] = field(default_factory=dict)
    posts: dict[str, Share] = field(default_factory=dict)
    uncovered: tuple[Cell, ...] = ()
    unused: tuple[int, ...] = ()
    unlevelled: int = 0


def serves(serving: Serving, level: int) -> bool:
    """Whether a course brings people towards `level` of its competency: it does not begin at that level or above."""
    return serving.from_level is None or serving.from_level < level


def reaches(serving: Serving, level: int) -> bool:
    """Whether a course brings people to `level`; one that says no level reaches none."""
    return serves(serving, level) and serving.to_level is not None and serving.to_level >= level


def coverage(requirements: Sequence[Requirement], courses: Sequence[Course], dimension_of: Mapping[int, Dimension]) -> Coverage:
    """How far these courses answer these requirements; `dimension_of` gives each competency's, the unrequired ones' too."""
    cells = _cells(requirements, courses)
    plain = {one.id for one in courses if one.facts.form is CourseForm.COURSE}
    serving = {
        one.id: {
            (cell.requirement.post_id, cell.requirement.competency_id) for cell in cells if one.id in cell.reached_by or one.id in cell.near
        }
        for one in courses
    }

    def share(some: Sequence[Cell], among: Collection[int]) -> Share:
        keys = {(cell.requirement.post_id, cell.requirement.competency_id) for cell in some}
        return _share(some, plain, len(among), sum(bool(serving[course] & keys) for course in among))

    everything = [one.id for one in courses]
    by_dimension = {
        dimension: [one.id for one in courses if any(dimension_of.get(it.competency_id) is dimension for it in one.facts.servings)]
        for dimension in Dimension
    }
    parts = {dimension: [cell for cell in cells if cell.requirement.dimension is dimension] for dimension in Dimension}
    posts: dict[str, list[Cell]] = {}
    for cell in cells:
        posts.setdefault(cell.requirement.post, []).append(cell)
    return Coverage(
        overall=share(cells, everything),
        dimensions={one: share(parts[one], by_dimension[one]) for one in Dimension if parts[one] or by_dimension[one]},
        posts={post: share(some, everything) for post, some in posts.items()},
        uncovered=tuple(sorted((cell for cell in cells if not cell.reached_by), key=lambda one: (-one.share, one.requirement.post))),
        unused=tuple(course for course in everything if not serving[course]),
        unlevelled=sum(any(it.to_level is None for it in one.facts.servings) for one in courses),
    )


def _cells(requirements: Sequence[Requirement], courses: Sequence[Course]) -> list[Cell]:
    totals: dict[int, float] = {}
    for one in requirements:
        totals[one.post_id] = totals.get(one.post_id, 0.0) + one.weight
    offered: dict[int, list[tuple[int, Serving]]] = {}
    for course in courses:
        for serving in course.facts.servings:
            offered.setdefault(serving.competency_id, []).append((course.id, serving))
    found = []
    for one in requirements:
        on_the_way = [(course, serving) for course, serving in offered.get(one.competency_id, ()) if serves(serving, one.level)]
        reached = tuple(course for course, serving in on_the_way if reaches(serving, one.level))
        near = tuple(course for course, serving in on_the_way if not reaches(serving, one.level))
        share = one.weight / totals[one.post_id] if totals[one.post_id] else 0.0
        found.append(Cell(one, share, reached, near))
    return found


def _share(cells: Sequence[Cell], plain: set[int], courses: int, serving: int) -> Share:
    total = sum(cell.share for cell in cells)

    def part(some: Iterable[Cell]) -> float | None:
        return sum(cell.share for cell in some) / total if total else None

    reached = [cell for cell in cells if cell.reached_by]
    return Share(
        cells=len(cells),
        reached=len(reached),
        coverage=part(reached),
        by_courses=part(cell for cell in reached if plain.intersection(cell.reached_by)),
        courses=courses,
        serving=serving,
    )
