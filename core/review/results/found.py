"""What a file of results says: results, rows that stay out, measures that are not there yet. Values without a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.i18n import Message
from core.people.importing.plan import Problem
from core.review.results.measuring import MeasureDraft
from core.review.results.service import MeasureView
from core.review.results.terms import Moment, ResultKind

WHOLE = frozenset({"全行", "全辖", "本行", "分行", "全分行", "全省", "branch", "allunits", "wholebranch"})
"""What tables call the branch as such, beside its own name; folded."""
Key = tuple[str, date, int | None, int | None, Moment]


@dataclass(frozen=True)
class Known:
    """What a table of results is read against. `measures` by folded name; `staff` is id and unit by number, `units` ids by folded name.

    `parents` are the units above units by id, None at the top; `whole` is what the branch as such is called, folded.
    `span` is the first and last day of the project's sessions: what lies before is before the training.
    """

    year: int
    measures: Mapping[str, MeasureView] = field(default_factory=dict)
    staff: Mapping[str, tuple[int, int | None, str]] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    parents: Mapping[int, int | None] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    spans: Mapping[int | None, tuple[date, date]] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What holds for a whole file: the project of new measures, the one measure, the day, the moment, from which score on one passes."""

    project_id: int | None = None
    measure: str = ""
    on: date | None = None
    moment: Moment | None = None
    pass_mark: float | None = None


@dataclass(frozen=True)
class Found:
    """A result that a table holds. `measure` is the folded name of a known measure, or the name of a new one."""

    row: int
    measure: str
    on: date
    employee_id: int | None
    unit_id: int | None
    moment: Moment
    value: float

    @property
    def key(self) -> Key | None:
        """What tells it from others; of nobody and no unit, nothing does."""
        if self.employee_id is None and self.unit_id is None:
            return None
        return (self.measure, self.on, self.employee_id, None if self.employee_id else self.unit_id, self.moment)


@dataclass(frozen=True)
class Reading:
    """What a table says: its results, its rows that stay out, the measures that are not there yet, what is to be said about it."""

    kind: ResultKind
    rows: int
    results: tuple[Found, ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str]
    fresh: Mapping[str, MeasureDraft] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    statements: tuple[str, ...] = ()
    project_id: int | None = None
