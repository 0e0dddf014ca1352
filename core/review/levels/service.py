"""The four levels of a plan, a theme or a project as an actor may see them: achievement, what it rests on, what is missing, last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.practice import service as practice
from core.delivery.practice.agreement import Agreement
from core.goals.goal import LEVEL_NAMES, KirkpatrickLevel
from core.i18n import Message
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.review.levels.achievement import Measured, Together, achievement, met, progress, together
from core.review.results import repository
from core.review.results.service import Actual, MeasureView, actuals, measures
from core.review.results.terms import Frequency, SourceKind
from core.storage import Session
from core.strategy.themes import repository as theme_rows

_PATIENCE = {
    Frequency.WEEK: timedelta(days=14),
    Frequency.MONTH: timedelta(days=62),
    Frequency.QUARTER: timedelta(days=184),
}


@dataclass(frozen=True)
class Line:
    """A measure with what came of it. `achieved` 1 is all that was wanted; `progress` is the way from the baseline.

    `doubted`: these are scores of practice that do not agree with the people who checked them, so that they count for nothing.
    """

    measure: MeasureView
    actual: Actual
    achieved: float | None
    progress: float | None
    met: bool | None
    doubted: bool = False

    @property
    def counted(self) -> Actual:
        """What counts of its results."""
        return Actual(self.measure.id) if self.doubted else self.actual


@dataclass(frozen=True)
class Level:
    """A level: its measures, how far they have come together, of how many results and of how many people at most in one measure."""

    level: KirkpatrickLevel
    lines: tuple[Line, ...]
    together: Together
    attendances: int
    people: int

    @property
    def name(self) -> Message:
        """What the level is called."""
        return LEVEL_NAMES[self.level]


@dataclass(frozen=True)
class Missing:
    """A measure without a result, or without one for too long (`since` its last month): who owes it, and until when."""

    measure: MeasureView
    since: date | None
    overdue: int

    @property
    def owner(self) -> str:
        """Who owes it: the one who answers for the measure, else where it is to come from; "" where nobody is named."""
        return self.measure.owner or self.measure.source


@dataclass(frozen=True)
class Scored:
    """The levels' scores of a project or a theme, None where nothing was measured; `measured` of `wanted` measures have results."""

    id: int
    name: str
    scores: Mapping[KirkpatrickLevel, float | None]
    measured: int
    wanted: int


@dataclass(frozen=True)
class Levels:
    """The four levels of a plan or of a part of it. `before` are last year's scores by level, `before_year` None: there is no such plan.

    `practice`: how far the scores of practice agree with the people who checked them, None where no measure rests on them.
    """

    levels: tuple[Level, ...]
    missing: tuple[Missing, ...]
    projects: tuple[Scored, ...]
    themes: tuple[Scored, ...]
    before: Mapping[KirkpatrickLevel, float | None]
    before_year: int | None
    hidden: int
    practice: Agreement | None = None

    def level(self, level: KirkpatrickLevel) -> Level:
        """One level."""
        return next(one for one in self.levels if one.level is level)

    @property
    def anything(self) -> bool:
        """Whether anything at all is measured."""
        return any(one.lines for one in self.levels)

    @property
    def measured(self) -> bool:
        """Whether anything has a result."""
        return any(line.actual.attendances for one in self.levels for line in one.lines)


def overview(
    db: Session,
    actor: Actor,
    plan_id: int,
    *,
    project_id: int | None = None,
    theme_id: int | None = None,
    today: date | None = None,
) -> Levels:
    """The four levels of a plan, or of one project or theme of it. Needs `SEE_REVIEW`. Raises `NotFound`.

    Figures of fewer than five people are hidden from those who may not read them by name, and count in no score of theirs.
    """
    require(actor, Right.SEE_REVIEW)
    plan = plans.find(db, actor, plan_id)
    read = _read(db, actor, plan_id)
    found = _part(read, project_id, theme_id, today or clock.today())
    last_year = plan_rows.plan_of(db, plan.unit, plan.year - 1)
    if last_year is None or project_id is not None or theme_id is not None:
        return found
    # Put away or not: the warnings compare with it too.
    before = _levels(_lines(db, actor, last_year.id or 0, archived=True))
    return replace(found, before={one.level: one.together.score for one in before}, before_year=last_year.year)


def parts(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> tuple[dict[int, Levels], dict[int, Levels]]:
    """The four levels of each project and of each theme that something is measured of, by number: as `overview` gives them one by one.

    Needs `SEE_REVIEW`. Raises `NotFound`.
    """
    require(actor, Right.SEE_REVIEW)
    plans.find(db, actor, plan_id)
    read, day = _read(db, actor, plan_id), today or clock.today()
    whole = _part(read, None, None, day)
    projects = {one.id: _part(read, one.id, None, day) for one in whole.projects}
    return projects, {one.id: _part(read, None, one.id, day) for one in whole.themes}


@dataclass(frozen=True)
class _Read:
    """The lines of a plan, the theme of each project, the names of both, and how far people agree with scores of practice."""

    lines: list[Line]
    theme_of: Mapping[int, int | None]
    projects: Mapping[int, str]
    themes: Mapping[int, str]
    practice: Agreement | None


def _read(db: Session, actor: Actor, plan_id: int) -> _Read:
    lines, names = _lines(db, actor, plan_id), repository.project_names(db, plan_id)
    agreement = practice.agreed(db) if any(map(_practised, lines)) else None
    return _Read(lines, repository.project_themes(db, plan_id), names, _theme_names(db, plan_id), agreement)


def _part(read: _Read, project_id: int | None, theme_id: int | None, today: date) -> Levels:
    chosen = [one for one in read.lines if _within(one, project_id, theme_id, read.theme_of)]
    return Levels(
        levels=_levels(chosen),
        missing=tuple(_missing(chosen, today)),
        projects=tuple(_scored(chosen, lambda one: one.measure.project_id, read.projects)),
        themes=tuple(_scored(chosen, lambda one: read.theme_of.get(one.measure.project_id or 0), read.themes)),
        before={},
        before_year=None,
        hidden=sum(one.actual.hidden for one in chosen),
        practice=read.practice if any(map(_practised, chosen)) else None,
    )


def _lines(db: Session, actor: Actor, plan_id: int, *, archived: bool = False) -> list[Line]:
    made = actuals(db, actor, plan_id, archived=archived)
    lines = [_line(one, made[one.id]) for one in measures(db, actor, plan_id, archived=archived)]
    if not any(map(_practised, lines)) or not practice.agreed(db).refuted:
        return lines
    return [Line(one.measure, one.actual, None, None, None, doubted=True) if _practised(one) else one for one in lines]


def _line(one: MeasureView, actual: Actual) -> Line:
    found = Measured(one.operator, one.target, one.baseline, actual.value, one.weight)
    return Line(one, actual, achievement(found), progress(found), met(found))


def _practised(line: Line) -> bool:
    """Whether a measure has results that are scores of practice."""
    return line.measure.kind is SourceKind.PRACTICE and line.actual.attendances > 0


def _within(line: Line, project_id: int | None, theme_id: int | None, themes: Mapping[int, int | None]) -> bool:
    if project_id is not None:
        return line.measure.project_id == project_id
    return theme_id is None or themes.get(line.measure.project_id or 0) == theme_id


def _levels(lines: Iterable[Line]) -> tuple[Level, ...]:
    some = list(lines)
    return tuple(_level(level, [one for one in some if one.measure.level is level]) for level in KirkpatrickLevel)


def _level(level: KirkpatrickLevel, lines: list[Line]) -> Level:
    attendances = sum(one.counted.attendances for one in lines)
    # The same people are measured by several measures, so that they cannot be added up.
    people = max((one.counted.people for one in lines), default=0)
    return Level(level, tuple(lines), _together(lines), attendances, people)


def _together(lines: Iterable[Line]) -> Together:
    return together(
        Measured(one.measure.operator, one.measure.target, one.measure.baseline, one.counted.value, one.measure.weight) for one in lines
    )


def _missing(lines: Iterable[Line], today: date) -> list[Missing]:
    found = []
    for one in lines:
        last, due = one.actual.until, one.measure.due
        patience = _PATIENCE.get(one.measure.frequency)
        stale = last is not None and patience is not None and (due is None or due >= today) and today - last > patience
        if one.actual.hidden or (last is not None and not stale):
            continue
        found.append(Missing(one.measure, last, (today - due).days if due is not None and due < today else 0))
    return sorted(found, key=lambda one: (-one.overdue, one.measure.due or date.max, one.measure.level, one.measure.id))


def _scored(lines: Iterable[Line], of: Callable[[Line], int | None], names: Mapping[int, str]) -> list[Scored]:
    groups: dict[int, list[Line]] = {}
    for one in lines:
        key = of(one)
        if key is not None:
            groups.setdefault(key, []).append(one)
    return [_score(number, names.get(number, ""), some) for number, some in groups.items()]


def _score(number: int, name: str, lines: list[Line]) -> Scored:
    levels = _levels(lines)
    scores = {one.level: one.together.score for one in levels}
    return Scored(number, name, scores, sum(one.together.measured for one in levels), sum(one.together.wanted for one in levels))


def _theme_names(db: Session, plan_id: int) -> dict[int, str]:
    return {row.id or 0: row.name for row in theme_rows.themes(db, plan_id)}
