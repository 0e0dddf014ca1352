"""A menu for whoever reads sums and nobody by name: made of sums that passed the gates, so that it tells nothing beyond them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.people.courses.course import Course, Serving
from core.people.gaps.gap import GroupGap
from core.people.remedies.effect import Effect
from core.people.remedies.ranking import UNKNOWN, Urgent

_POINTS = 100.0


@dataclass(frozen=True)
class SumsPart:
    """A competency of a group that an entry serves, and the points of that."""

    group: GroupGap
    points: float


@dataclass(frozen=True)
class SumsRemedy:
    """An entry for a group; of its `parts` the one that is worth most comes first."""

    course_id: int
    parts: tuple[SumsPart, ...]
    because: tuple[str, ...] = ()
    effect: Effect | None = None

    @property
    def score(self) -> float:
        """Its points."""
        return sum(part.points for part in self.parts) * (self.effect.factor if self.effect else 1.0)


def for_sums(
    groups: Sequence[GroupGap], courses: Sequence[Course], urgent: Sequence[Urgent] = (), effects: Mapping[int, Effect] | None = None
) -> tuple[list[SumsRemedy], list[GroupGap]]:
    """What works on the gaps of a group, and the gaps on which nothing works.

    Points = sum over the competencies of: measured people × levels closed of the mean gap × mean weight × urgency × 100. Who holds which
    post is not told, so what is urgent for one post alone does not count.
    """
    open_gaps = {one.key.competency_id: one for one in groups if one.mean_gap}
    hurry = {one.competency_id: one for one in sorted(urgent, key=lambda one: one.factor) if one.post_id is None}
    found, touched = [], set[int]()
    for course in courses:
        parts = []
        for serving in course.facts.servings:
            group = open_gaps.get(serving.competency_id)
            if group is not None:
                factor = hurry[serving.competency_id].factor if serving.competency_id in hurry else 1.0
                parts.append(SumsPart(group, _POINTS * group.measured * _closes(group, serving) * group.weight * factor))
        if parts:
            touched |= {part.group.key.competency_id for part in parts}
            because = [hurry[part.group.key.competency_id].because for part in parts if part.group.key.competency_id in hurry]
            ordered = sorted(parts, key=lambda part: (-part.points, part.group.key.competency_id))
            found.append(SumsRemedy(course.id, tuple(ordered), tuple(dict.fromkeys(because)), (effects or {}).get(course.id)))
    unmet = [one for competency_id, one in open_gaps.items() if competency_id not in touched]
    return (
        sorted(found, key=lambda one: (-round(one.score, 9), one.course_id)),
        sorted(unmet, key=lambda one: (-one.lacking, one.key.competency_id)),
    )


def _closes(group: GroupGap, serving: Serving) -> float:
    """How much of the mean gap an entry closes: as many levels as it spans."""
    span = UNKNOWN if serving.to_level is None else serving.to_level - (serving.from_level or serving.to_level - 1)
    return min(group.mean_gap or 0.0, float(span))
