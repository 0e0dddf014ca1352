"""The sample's results on their way in, through the same services as the pages: measures, files of results, how trainees were chosen,
benefits. What is written reaches to the day on which the sample is loaded."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from core import clock
from core.access.actor import Actor
from core.delivery.timetable import repository as timetables
from core.demo import drawing
from core.demo.drawing import Course, Figure, Somebody
from core.demo.people import people
from core.demo.results import BenefitSource, GaugeSource, SeriesSource, StudySource, results
from core.goals.goal import KirkpatrickLevel
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.review.results import following, importing
from core.review.results import repository as rows
from core.review.results import service as measures
from core.review.results.found import Given
from core.review.results.measuring import MeasureDraft
from core.review.results.service import MeasureView
from core.review.results.terms import MOMENT_NAMES, RESULT_NAMES, Aggregation, Frequency, ResultKind, SourceKind
from core.review.returns import repository as return_rows
from core.review.returns import service as returns
from core.review.returns.service import BenefitDraft
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.storage import Database, Session

_HEADER = ("工号", "机构", "日期", "指标", "数值", "时段")
_KINDS = {
    SourceKind.SURVEY: ResultKind.SURVEY,
    SourceKind.ACTIVITY: ResultKind.ACTIVITY,
    SourceKind.TEST: ResultKind.TEST,
    SourceKind.PRACTICE: ResultKind.TEST,
    SourceKind.PERFORMANCE: ResultKind.PERFORMANCE,
}
_MANY = 1_000
_SPAN = dict[str, tuple[date, date]]


@dataclass(frozen=True)
class _Year:
    """A plan of the sample: its measures by project and name, the days of each project's sessions, who was trained in it."""

    plan_id: int
    year: int
    projects: Mapping[str, int]
    spans: _SPAN
    found: Mapping[tuple[str, str], MeasureView]
    staff: Mapping[int, Somebody]
    trained: Mapping[str, tuple[Somebody, ...]]

    def course(self, project: str, name: str, until: date) -> Course | None:
        """What the figures of a measure run along; None where it is not measured, or its project has no sessions."""
        view = self.found.get((project, name))
        if view is None or project not in self.spans:
            return None
        first, last = self.spans[project]
        ways = (view.aggregation, view.baseline)
        return Course(f"{project}·{name}", first, last, view.due or last, until, *ways, self.trained.get(project, ()))


def measured(db: Session, plan_id: int) -> bool:
    """Whether results of the plan came in, from whomever, or there is nothing that could have any."""
    return bool(rows.imports(db, plan_id, 1)) or timetables.published(db, plan_id) is None


def measure(database: Database, actor: Actor, plan_id: int) -> None:
    """The results of the year and of the one before, how trainees were chosen, and what it was worth."""
    # What measures effects imports pandas and statsmodels: seconds, for a page that only offers the sample.
    from core.review.effects import service as effects
    from core.review.effects.service import Said

    source, today = results(), clock.today()
    with database.reading() as db:
        plan = plans.find(db, actor, plan_id)
        before = next((one for one in plan_rows.samples(db) if one.year == plan.year - 1 and one.archived_at is None), None)
    if before is not None:
        year = _followed(database, actor, before.id or 0, before.year, source.before)
        _take_in(database, actor, year, _series(source.before, year, today))
    with database.writing() as db:
        wanted = [*_gauges(db, actor, plan_id, source.gauges), *_of_people(db, actor, plan_id)]
        there = {(one.project_id, one.name) for one in measures.measures(db, actor, plan_id)}
        if fresh := [one for one in wanted if (one.project_id, one.name) not in there]:
            measures.save_measures(db, actor, plan_id, fresh)
    year = _followed(database, actor, plan_id, plan.year, source.series)
    _take_in(database, actor, year, [*_series(source.series, year, today), *_studies(source.studies, year, today), *_retained(year, today)])
    with database.writing() as db:
        said = effects.designs(db, actor, plan_id)
        for one in source.studies:
            if one.project in year.projects and year.projects[one.project] not in said:
                effects.choose(db, actor, plan_id, year.projects[one.project], Said(one.design, one.reason))
        if not return_rows.lines(db, plan_id):
            _credit(db, actor, year, source.benefits)


def _followed(database: Database, actor: Actor, plan_id: int, number: int, sources: Sequence[SeriesSource]) -> _Year:
    """The plan of a year once its measures are what its goals say, and are measured as often as `sources` do."""
    with database.writing() as db:
        following.follow(db, actor, plan_id)
    with database.writing() as db:
        _every_week(db, actor, _year(db, actor, plan_id, number), sources)
    with database.reading() as db:
        return _year(db, actor, plan_id, number)


def _year(db: Session, actor: Actor, plan_id: int, year: int) -> _Year:
    names = rows.project_names(db, plan_id)
    units = {one.number: one.unit for one in people().people}
    known = {row_id: Somebody(number, units[number]) for number, (row_id, _unit, _name) in rows.staff(db).items() if number in units}
    trained = {}
    for number, name in names.items():
        trained[name] = tuple(known[one] for one in sorted(rows.cohorts_of(db, number)) if one in known)
    return _Year(
        plan_id=plan_id,
        year=year,
        projects={name: number for number, name in names.items()},
        spans={names[number]: span for number, span in rows.spans(db, plan_id).items() if number is not None},
        found={(one.project, one.name): one for one in measures.measures(db, actor, plan_id)},
        staff=known,
        trained=trained,
    )


def _gauges(db: Session, actor: Actor, plan_id: int, sources: Sequence[GaugeSource]) -> Iterator[MeasureDraft]:
    year = _year(db, actor, plan_id, 0)
    for one in sources:
        if one.project in year.spans:
            ways = {"unit": one.unit, "aggregation": one.aggregation, "frequency": one.frequency, "operator": one.operator}
            due = year.spans[one.project][1] + timedelta(days=one.days)
            yield MeasureDraft(one.name, one.level, one.kind, year.projects[one.project], target=one.target, due=due, **ways)  # type: ignore[arg-type]


def _of_people(db: Session, actor: Actor, plan_id: int) -> Iterator[MeasureDraft]:
    """What is compared between people, and what is tested again later: without a target."""
    year = _year(db, actor, plan_id, 0)
    for one in results().studies:
        if one.project in year.spans:
            kind = SourceKind.PERFORMANCE if one.months else SourceKind.TEST
            level = KirkpatrickLevel.RESULTS if one.months else KirkpatrickLevel.LEARNING
            way = Aggregation.SHARE if one.passes else Aggregation.MEAN
            every = Frequency.MONTH if one.months else Frequency.ONCE
            yield MeasureDraft(one.measure, level, kind, year.projects[one.project], unit=one.unit, aggregation=way, frequency=every)
    for later in results().retained:
        if later.project in year.spans:
            yield MeasureDraft(later.measure, KirkpatrickLevel.LEARNING, SourceKind.TEST, year.projects[later.project], unit="分")


def _every_week(db: Session, actor: Actor, year: _Year, sources: Sequence[SeriesSource]) -> None:
    """Goals do not say how often something is measured; the reviewer does."""
    weekly = [year.found.get((one.project, one.measure)) for one in sources if one.every == "week"]
    changed = [one for one in weekly if one is not None and one.frequency is not Frequency.WEEK]
    same = [one.name for one in fields(MeasureDraft)]
    drafts = [MeasureDraft(**{**{name: getattr(one, name) for name in same}, "frequency": Frequency.WEEK}) for one in changed]
    if drafts:
        measures.save_measures(db, actor, year.plan_id, drafts)


def _series(sources: Sequence[SeriesSource], year: _Year, today: date) -> Iterator[Figure]:
    for one in sources:
        course = year.course(one.project, one.measure, today)
        if course is not None:
            yield from drawing.series(_chance(course.name), one, course)


def _studies(sources: Sequence[StudySource], year: _Year, today: date) -> Iterator[Figure]:
    for one in sources:
        course = year.course(one.project, one.measure, today)
        if course is not None:
            yield from drawing.study(_chance(course.name), one, course, _others(one, year))


def _retained(year: _Year, today: date) -> Iterator[Figure]:
    for one in results().retained:
        course = year.course(one.project, one.measure, today)
        if course is not None:
            yield from drawing.retained(_chance(course.name), one, course)


def _others(source: StudySource, year: _Year) -> list[Somebody]:
    """Those of the posts who were not trained."""
    mine = set(year.trained.get(source.project, ()))
    units = {one.unit for one in mine} if source.apart else set[str]()
    posts = {one.number: one.post.name for one in people().people}
    there = year.staff.values()
    return [one for one in there if one not in mine and one.unit not in units and posts[one.number] in source.others]


def _take_in(database: Database, actor: Actor, year: _Year, figures: Iterable[Figure]) -> None:
    """A file for each kind of results, read as any other file is; one that is there already stays as it is."""
    kinds = {f"{project}·{name}": view for (project, name), view in year.found.items()}
    sheets: dict[ResultKind, list[tuple[Cell, ...]]] = {}
    for one in figures:
        view = kinds[one.measure]
        value = f"{one.value:g}%" if view.aggregation is Aggregation.SHARE and not one.number else one.value
        cells = (one.number or None, one.unit or None, one.on, one.measure, value, MOMENT_NAMES[one.moment].render("zh"))
        sheets.setdefault(_KINDS.get(view.kind, ResultKind.BEHAVIOUR), []).append(cells)
    for kind, lines in sheets.items():
        name = f"{year.year}年{RESULT_NAMES[kind].render('zh')}.xlsx"
        table = Table("数据", _HEADER, 1, tuple(Row(place, cells) for place, cells in enumerate(lines, 2)))
        with database.reading() as db:
            if any(one.file_name == name for one in rows.imports(db, year.plan_id, _MANY)):
                continue
            prepared = importing.prepare(db, actor, year.plan_id, kind, table)
            made = prepared.read(prepared.mapping, Given())
        with database.writing() as db:
            importing.import_reading(db, actor, year.plan_id, name, made, table)


def _credit(db: Session, actor: Actor, year: _Year, sources: Sequence[BenefitSource]) -> None:
    programmes = {row.project_id: row.id for row in timetables.programmes(db, year.plan_id)}
    same = [one.name for one in fields(BenefitSource) if one.name not in ("project", "measure")]
    drafts = []
    for one in sources:
        if one.project in year.projects:
            view = year.found.get((one.project, one.measure))
            of: dict[str, Any] = {
                "programme_id": programmes.get(year.projects[one.project]),
                "measure_id": view.id if view is not None else None,
            }
            drafts.append(BenefitDraft(**{name: getattr(one, name) for name in same}, **of))
    returns.save(db, actor, year.plan_id, drafts, {})


def _chance(name: str) -> random.Random:
    # Each measure has its own dice: one more of them changes no other.
    return random.Random(f"{results().seed} {name}")
