"""The sample branch's catalogue of courses, as it stands in `data/demo/courses.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.people.courses.terms import CourseForm, CourseMethod

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "courses.toml"


@dataclass(frozen=True)
class CourseSource:
    """A course: which competencies it brings from which level to which, by code; `needs` are the codes of courses that come before."""

    code: str
    name: str
    form: CourseForm
    method: CourseMethod | None
    hours: float | None
    cost: float | None
    provider: str
    serves: tuple[tuple[str, int, int], ...]
    needs: tuple[str, ...]


@cache
def courses() -> tuple[CourseSource, ...]:
    """The catalogue."""
    return tuple(_course(*row) for row in tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["courses"])


def _course(
    code: str, name: str, form: str, method: str, hours: float, cost: float, provider: str, serves: list[Any], needs: list[str]
) -> CourseSource:
    served = tuple((ability, begin, end) for ability, begin, end in serves)
    where = CourseMethod(method) if method else None
    return CourseSource(code, name, CourseForm(form), where, hours or None, cost or None, provider, served, tuple(needs))
