"""What works on somebody's gaps, best first (docs/decisions/0017-menu.md). Advice: a person confirms it.

Points of an entry = sum over the gaps it works on of: levels it closes × weight of the competency in the post × urgency × 100;
all that × what it did for others before. Everything is a number with a name, and the same for one person and for a unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.people.courses.course import Course, Serving
from core.people.gaps.measure import Cells, Floats, Ints
from core.people.remedies.effect import Effect

RULE = "menu-1"
# What an entry that says no level is taken to close at most, and how far below its beginning somebody may be and still take part.
UNKNOWN, NEAR = 0.5, 0.5
_POINTS = 100.0
_LEAST = 1e-6


@dataclass(frozen=True)
class Urgent:
    """Something that makes gaps in a competency urgent: of the holders of a post, or of everybody (None). `because` names it."""

    competency_id: int
    post_id: int | None
    factor: float
    because: str


@dataclass(frozen=True)
class Part:
    """A gap that an entry works on. `current` and `required` are levels, `weight` is the competency's share of the post, 0–1."""

    competency_id: int
    current: float
    required: int
    closes: float
    weight: float
    urgency: float = 1.0
    because: str = ""

    @property
    def gap(self) -> float:
        """The whole gap, in levels."""
        return max(0.0, self.required - self.current)

    @property
    def points(self) -> float:
        """What closing this much of it is worth."""
        return _POINTS * self.closes * self.weight * self.urgency


@dataclass(frozen=True)
class Remedy:
    """An entry for one person; of its `parts` the one that is worth most comes first.

    `first` are prerequisites that the person has not done; `leads_to` the entry that it comes before.
    """

    course_id: int
    parts: tuple[Part, ...]
    effect: Effect | None = None
    first: tuple[int, ...] = ()
    leads_to: int | None = None

    @property
    def score(self) -> float:
        """Its points."""
        return sum(part.points for part in self.parts) * (self.effect.factor if self.effect else 1.0)

    @property
    def main(self) -> Part | None:
        """The gap that it does most for: the one that is assessed again afterwards. None: it only comes before another."""
        return self.parts[0] if self.parts else None


@dataclass(frozen=True)
class Unmet:
    """A gap on which no entry of the catalogue works: of how many people, their mean gap in levels, the post that most of them hold."""

    competency_id: int
    people: int
    mean_gap: float
    post_id: int = 0


@dataclass(frozen=True)
class UnitRemedy:
    """An entry for a unit: `people` it works for, the mean of their gaps in what it serves and of what it closes, in levels.

    `first` counts those who lack a prerequisite, by prerequisite; `competencies` those it works on, by what that is worth.
    """

    course_id: int
    people: tuple[int, ...]
    competencies: tuple[int, ...]
    mean_gap: float
    mean_closes: float
    points: float
    because: tuple[str, ...] = ()
    effect: Effect | None = None
    first: tuple[tuple[int, int], ...] = ()
    leads_to: int | None = None

    @property
    def score(self) -> float:
        """Its points."""
        return self.points * (self.effect.factor if self.effect else 1.0)


def closes(level: Floats, required: Ints, serving: Serving) -> Floats:
    """How many levels an entry closes of each gap: up to what is required or to where it ends, for those near enough to its beginning."""
    lacking = np.maximum(0.0, required - level)
    within = UNKNOWN if serving.to_level is None else np.maximum(0.0, serving.to_level - level)
    closed: Floats = np.minimum(lacking, within)
    if serving.from_level is not None:
        closed = np.where(level >= serving.from_level - NEAR, closed, 0.0)
    return closed


def for_person(
    cells: Cells,
    courses: Sequence[Course],
    urgent: Sequence[Urgent] = (),
    effects: Mapping[int, Effect] | None = None,
    done: Collection[int] = (),
) -> tuple[list[Remedy], list[Unmet]]:
    """What works on the gaps of one person, whose requirements `cells` are, and the gaps on which nothing works.

    `done` are the entries that they have done. A prerequisite that they have not done stands before what needs it.
    """
    hurry = _urgency(cells, urgent)
    found: dict[int, Remedy] = {}
    touched = np.zeros(len(cells.employee), dtype=np.bool_)
    for course, rows, closed in _working(cells, courses):
        touched[rows] = True
        parts = [_part(cells, row, levels, hurry) for row, levels in zip(rows.tolist(), closed.tolist(), strict=True)]
        found[course.id] = Remedy(course.id, tuple(sorted(parts, key=_by_worth)), (effects or {}).get(course.id))
    before = _before(courses)
    ordered = [
        Remedy(
            course_id,
            found[course_id].parts if course_id in found else (),
            (effects or {}).get(course_id),
            tuple(needed for needed in before.get(course_id, ()) if needed not in done),
            leads_to,
        )
        for course_id, leads_to in _in_order({one: remedy.score for one, remedy in found.items()}, before, done)
    ]
    return ordered, _unmet(cells, touched)


def for_unit(
    cells: Cells,
    courses: Sequence[Course],
    urgent: Sequence[Urgent] = (),
    effects: Mapping[int, Effect] | None = None,
    done: Mapping[int, Collection[int]] | None = None,
) -> tuple[list[UnitRemedy], list[Unmet]]:
    """What works on the gaps of many people, whose requirements `cells` are. `done` are the people who have done each entry."""
    hurry = _urgency(cells, urgent)
    factors = np.ones(len(cells.employee))
    for row, (factor, _because) in hurry.items():
        factors[row] = factor
    touched = np.zeros(len(cells.employee), dtype=np.bool_)
    found: dict[int, UnitRemedy] = {}
    for course, rows, closed in _working(cells, courses):
        touched[rows] = True
        points = _POINTS * closed * cells.weight[rows] * factors[rows]
        found[course.id] = UnitRemedy(
            course_id=course.id,
            people=tuple(np.unique(cells.employee[rows]).tolist()),
            competencies=_by_points(cells.competency[rows], points),
            mean_gap=float((cells.required[rows] - cells.level[rows]).sum()) / len(rows),
            mean_closes=float(closed.sum()) / len(rows),
            points=float(points.sum()),
            because=tuple(dict.fromkeys(hurry[row][1] for row in rows.tolist() if row in hurry)) if hurry else (),
            effect=(effects or {}).get(course.id),
        )
    before = _before(courses)
    return _ordered(found, before, done or {}), _unmet(cells, touched)


def for_course(cells: Cells, course: Course, urgent: Sequence[Urgent] = ()) -> dict[int, tuple[Part, ...]]:
    """For each person on whose gaps an entry works, those gaps, the one that it does most for first."""
    hurry = _urgency(cells, urgent)
    found: dict[int, list[Part]] = {}
    for _course, rows, closed in _working(cells, [course]):
        for row, levels in zip(rows.tolist(), closed.tolist(), strict=True):
            found.setdefault(int(cells.employee[row]), []).append(_part(cells, row, levels, hurry))
    return {employee: tuple(sorted(parts, key=_by_worth)) for employee, parts in found.items()}


def _part(cells: Cells, row: int, levels: float, hurry: Mapping[int, tuple[float, str]]) -> Part:
    factor, because = hurry.get(row, (1.0, ""))
    return Part(
        competency_id=int(cells.competency[row]),
        current=float(cells.level[row]),
        required=int(cells.required[row]),
        closes=levels,
        weight=float(cells.weight[row]),
        urgency=factor,
        because=because,
    )


def _by_worth(part: Part) -> tuple[float, int]:
    return -part.points, part.competency_id


def _ordered(
    found: Mapping[int, UnitRemedy], before: Mapping[int, tuple[int, ...]], done: Mapping[int, Collection[int]]
) -> list[UnitRemedy]:
    ordered = []
    waiting: dict[int, set[int]] = {}
    for course_id, served in found.items():
        _wait(course_id, set(served.people), before, done, waiting)
    finished = {needed for needs in before.values() for needed in needs if needed not in waiting}
    for course_id, leads_to in _in_order({one: remedy.score for one, remedy in found.items()}, before, finished):
        one = found.get(course_id) or UnitRemedy(course_id, tuple(sorted(waiting.get(course_id, ()))), (), 0.0, 0.0, 0.0)
        first = [(needed, len(set(one.people).difference(done.get(needed, ())))) for needed in before.get(course_id, ())]
        values = {**vars(one), "first": tuple((needed, count) for needed, count in first if count), "leads_to": leads_to}
        ordered.append(UnitRemedy(**values))
    return ordered


def _wait(
    course_id: int,
    people: set[int],
    before: Mapping[int, tuple[int, ...]],
    done: Mapping[int, Collection[int]],
    waiting: dict[int, set[int]],
) -> None:
    """Note who of these people lacks which prerequisite of an entry, and of those in turn."""
    for needed in before.get(course_id, ()):
        lacking = people.difference(done.get(needed, ()))
        if lacking - waiting.get(needed, set()):
            waiting.setdefault(needed, set()).update(lacking)
            _wait(needed, lacking, before, done, waiting)


def _working(cells: Cells, courses: Sequence[Course]) -> Iterator[tuple[Course, Ints, Floats]]:
    """Each entry that closes something: which rows, and how many levels of each."""
    # Nothing works on what is not known: a comparison with nan is never true.
    lacking = np.flatnonzero(cells.level < cells.required)
    order = lacking[np.argsort(cells.competency[lacking], kind="stable")]
    names, starts = np.unique(cells.competency[order], return_index=True)
    ends = np.append(starts[1:], len(order))[: len(starts)]
    rows_of = {int(name): order[start:end] for name, start, end in zip(names, starts, ends, strict=True)}
    for course in courses:
        rows, closed = [], []
        for serving in course.facts.servings:
            those = rows_of.get(serving.competency_id)
            if those is None:
                continue
            levels = closes(cells.level[those], cells.required[those], serving)
            working = levels > _LEAST
            if working.any():
                rows.append(those[working])
                closed.append(levels[working])
        if rows:
            yield course, np.concatenate(rows), np.concatenate(closed)


def _urgency(cells: Cells, urgent: Sequence[Urgent]) -> dict[int, tuple[float, str]]:
    """What makes which rows urgent: the greatest factor of all that speak for it."""
    found: dict[int, tuple[float, str]] = {}
    for one in sorted(urgent, key=lambda one: (one.factor, one.because)):
        those = cells.competency == one.competency_id
        if one.post_id is not None:
            those &= cells.post == one.post_id
        found |= dict.fromkeys(np.flatnonzero(those).tolist(), (one.factor, one.because))
    return found


def _before(courses: Iterable[Course]) -> dict[int, tuple[int, ...]]:
    """The prerequisites of each entry that are in the catalogue still."""
    courses = list(courses)
    there = {one.id for one in courses}
    return {one.id: tuple(needed for needed in one.facts.needs if needed in there) for one in courses if one.facts.needs}


def _in_order(scores: Mapping[int, float], before: Mapping[int, tuple[int, ...]], done: Collection[int]) -> list[tuple[int, int | None]]:
    """The entries by score, each after the prerequisites that are not done, with the entry that such a one comes before."""
    found: dict[int, int | None] = {}

    def place(course_id: int, leads_to: int | None, above: frozenset[int]) -> None:
        if course_id in found or course_id in above:
            return
        for needed in before.get(course_id, ()):
            if needed not in done:
                place(needed, course_id, above | {course_id})
        found[course_id] = leads_to

    for course_id in sorted(scores, key=lambda one: (-round(scores[one], 9), one)):
        place(course_id, None, frozenset())
    return list(found.items())


def _by_points(competencies: Ints, points: Floats) -> tuple[int, ...]:
    names, where = np.unique(competencies, return_inverse=True)
    worth = np.bincount(where, weights=points)
    return tuple(int(names[place]) for place in np.argsort(-worth, kind="stable"))


def _unmet(cells: Cells, touched: Collection[bool]) -> list[Unmet]:
    """The gaps that nothing works on, the largest sum first."""
    gap = np.nan_to_num(cells.gap)
    open_rows = np.flatnonzero((gap > _LEAST) & ~np.asarray(touched))
    names, where = np.unique(cells.competency[open_rows], return_inverse=True)
    people = np.bincount(where, minlength=len(names)).tolist()
    sums = np.bincount(where, weights=gap[open_rows], minlength=len(names)).tolist()
    posts = [np.bincount(cells.post[open_rows][where == place]).argmax() for place in range(len(names))]
    columns = zip(names.tolist(), people, sums, posts, strict=True)
    found = [Unmet(name, count, total / count, int(post)) for name, count, total, post in columns]
    return sorted(found, key=lambda one: (-one.people * one.mean_gap, one.competency_id))
