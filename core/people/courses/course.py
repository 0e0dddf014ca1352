"""What a course is, and how a search goes through the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.documents.grams import normalise
from core.people.courses.terms import CourseForm, CourseMethod
from core.people.terms import Dimension


@dataclass(frozen=True)
class Serving:
    """A competency that a course serves, and the levels that it brings people from and to; None where nobody wrote them down."""

    competency_id: int
    from_level: int | None = None
    to_level: int | None = None


@dataclass(frozen=True)
class CourseFacts:
    """What a course is. `needs` are the ids of the courses that come before it."""

    name: str
    code: str = ""
    form: CourseForm = CourseForm.COURSE
    method: CourseMethod | None = None
    hours: float | None = None
    cost: float | None = None
    provider: str = ""
    about: str = ""
    servings: tuple[Serving, ...] = ()
    needs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Course:
    """A course of the catalogue as it is stored."""

    id: int
    version: int
    facts: CourseFacts
    archived: bool = False


@dataclass(frozen=True)
class Ability:
    """A competency as the catalogue speaks of it."""

    name: str
    dimension: Dimension
    archived: bool = False


def matching(
    courses: Iterable[Course],
    abilities: Mapping[int, Ability],
    words: str = "",
    forms: Collection[CourseForm] = (),
    dimensions: Collection[Dimension] = (),
) -> list[Course]:
    """The courses that hold `words` in their name, code, provider, description or competencies, of these forms and dimensions."""
    wanted = normalise(words).split()
    found = []
    for one in courses:
        served = [abilities[serving.competency_id] for serving in one.facts.servings if serving.competency_id in abilities]
        facts = one.facts
        text = normalise(" ".join((facts.name, facts.code, facts.provider, facts.about, *(ability.name for ability in served))))
        in_form = not forms or facts.form in forms
        in_dimension = not dimensions or any(ability.dimension in dimensions for ability in served)
        if in_form and in_dimension and all(word in text for word in wanted):
            found.append(one)
    return found
