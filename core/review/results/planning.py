"""From a table to results: each cell a figure of a measure, of somebody or a unit, on a day. Pure: it writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from core.errors import BadInput
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.people.importing.plan import Problem
from core.people.importing.refusing import refused
from core.review.results import cells as reading
from core.review.results.found import Found, Given, Key, Known, Reading
from core.review.results.kinds import LEVEL_OF, MEASURE, MONTH, SOURCE_OF
from core.review.results.measuring import LONGEST_NAME, MeasureDraft
from core.review.results.service import MeasureView
from core.review.results.terms import Aggregation, Direction, Frequency, Moment, ResultKind
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.reading import folded

T = TypeVar("T")
_FIVE = 5.0
_SUM_KINDS = frozenset({ResultKind.BEHAVIOUR, ResultKind.PERFORMANCE})


def read(kind: ResultKind, table: Table, mapping: Mapping[str, str], known: Known, given: Given) -> Reading:
    """The results of a table. Raises `BadInput` where it cannot be known of what or of when they are."""
    at = {name: table.header.index(column) for column, name in mapping.items()}
    figures = _figures(at, given)
    _require(at, given, figures, table)
    width = cells.width_of([row.at(at["employee_no"]) for row in table.rows] if "employee_no" in at else [], known.staff)
    maker = _Maker(kind, table, known, given, at, width)
    for row in table.rows:
        maker.take(row, figures)
    return maker.reading(mapping)


@dataclass(frozen=True)
class _Figure:
    """A column of figures: where it is, and what its name already says."""

    at: int
    measure: str = ""
    on: date | None = None
    moment: Moment | None = None


def _figures(at: Mapping[str, int], given: Given) -> list[_Figure]:
    found = []
    for name, place in at.items():
        what, _sep, said = name.partition(":")
        if what == MEASURE and said:
            found.append(_Figure(place, measure=said))
        elif what == MONTH and said:
            found.append(_Figure(place, on=date.fromisoformat(f"{said}-01")))
        elif name in ("value", "value_before", "value_after"):
            moments = {"value_before": Moment.BEFORE, "value_after": Moment.AFTER}
            found.append(_Figure(place, moment=moments.get(name)))
    return found


def _require(at: Mapping[str, int], given: Given, figures: Sequence[_Figure], table: Table) -> None:
    columns = "、".join(name for name in table.header if name)
    if not figures:
        raise BadInput(Message("看不出哪一列是数值。文件的列：{columns}。请指定数值列，或把列对应到指标。", columns=columns))
    if "date" not in at and given.on is None and not all(one.on for one in figures):
        raise BadInput(Message("文件里没有日期或月份，请统一填写一个日期。"))
    if "measure" not in at and not given.measure and not all(one.measure for one in figures):
        raise BadInput(Message("文件里没有指标名称，请选择这份数据属于哪个指标。"))


@dataclass
class _Maker:
    """Takes rows one by one and keeps what they say."""

    kind: ResultKind
    table: Table
    known: Known
    given: Given
    at: Mapping[str, int]
    width: int
    found: list[tuple[Found, bool, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fresh: dict[str, MeasureDraft] = field(default_factory=dict)
    filled: int = 0
    absent: int = 0

    def take(self, row: Row, figures: Sequence[_Figure]) -> None:
        """All results of a row, or what is wrong with it."""
        used = [one for one in figures if not cells.is_blank(row.at(one.at))]
        if not used:
            return
        self.filled += 1
        try:
            employee, unit = self._who(row)
            shared = self._cell(row, "date", cells.day), self._cell(row, "measure", _name), self._cell(row, "moment", reading.moment)
        except _Wrong as wrong:
            self._problem(row, wrong.at, wrong.message)
            return
        for one in used:
            self._figure(row, one, employee, unit, shared)

    def _figure(
        self, row: Row, one: _Figure, employee: int | None, unit: int | None, shared: tuple[date | None, str | None, Moment | None]
    ) -> None:
        cell = row.at(one.at)
        if reading.is_absent(cell):
            self.absent += 1
            return
        try:
            value, percent = reading.value(cell)
        except BadInput as refusal:
            self._problem(row, one.at, refusal.message)
            return
        day, named, moment = shared
        on, name = one.on or day or self.given.on, one.measure or named or self.given.measure
        if on is None or not name:
            blank = Message("日期") if on is None else Message("指标")
            self._problem(row, self.at.get("date" if on is None else "measure", one.at), Message("“{field}”不能为空。", field=blank))
            return
        measure = self._measure(name)
        when = one.moment or moment or self.given.moment or self._moment(measure, on)
        self.found.append((Found(row.number, measure, on, employee, unit, when, value), percent, one.at))

    def _who(self, row: Row) -> tuple[int | None, int | None]:
        number = self._cell(row, "employee_no", cells.identifier)
        name = self._cell(row, "unit", lambda cell: cells.text(cell, 120))
        if number:
            person = self.known.staff.get(cells.padded(number, self.width)) or self.known.staff.get(number)
            if person is None:
                raise _Wrong(self.at["employee_no"], Message("员工名单里没有工号 {number}。请先导入员工名单，或核对工号。", number=number))
            return person[0], person[1]
        if name:
            unit = self.known.units.get(folded(name)) or self.known.units.get(folded(name.replace("\\", "/").rsplit("/", 1)[-1]))
            if unit is None:
                raise _Wrong(self.at["unit"], Message("没有机构“{name}”。请核对名称，或先导入员工名单。", name=name))
            return None, unit
        return None, None

    def _cell(self, row: Row, name: str, reader: Callable[[Cell], T]) -> T | None:
        place = self.at.get(name)
        if place is None or cells.is_blank(row.at(place)):
            return None
        try:
            return reader(row.at(place))
        except BadInput as refusal:
            raise _Wrong(place, refusal.message) from refusal

    def _measure(self, name: str) -> str:
        plain = folded(name)
        if plain in self.known.measures:
            return plain
        if plain not in self.fresh:
            self.fresh[plain] = _fresh(self.kind, name, self.given.project_id)
        return plain

    def _moment(self, measure: str, on: date) -> Moment:
        """As the day tells against the days of the project's sessions."""
        view = self.known.measures.get(measure)
        span = self.known.spans.get(view.project_id if view else self.given.project_id)
        if self.kind is ResultKind.ACTIVITY:
            return Moment.DURING
        if self.kind is ResultKind.SURVEY or span is None:
            return Moment.AFTER
        # A month is before the training when it ends before it begins, so the month in which it begins is not.
        first = span[0].replace(day=1) if on.day == 1 else span[0]
        return Moment.BEFORE if on < first else Moment.AFTER

    def _problem(self, row: Row, place: int, message: Message) -> None:
        self.problems.append(Problem(row.number, self.table.header[place], cells.text_of(row.at(place)), message))

    def reading(self, mapping: Mapping[str, str]) -> Reading:
        """All that was taken, on the measures' own scales, each once."""
        notes = [*self.table.notes, *refused(self.table.header)]
        scaled = self._scaled(notes)
        ways = {name: self._way(name) for name in {one.measure for one in scaled}}
        results, repeated, added = self._once(scaled, ways)
        if self.absent:
            notes.append(Message("{n} 个缺考、请假等记录不是成绩，没有读入，也不当作 0。", n=self.absent))
        if repeated:
            notes.append(Message("{n} 个结果与前面的行完全相同，跳过了。", n=repeated))
        if added:
            notes.append(Message("同一人同一天的 {n} 条记录已合计。", n=added))
        used = {one.measure for one in results}
        fresh = {name: self._typed(draft, scaled) for name, draft in self.fresh.items() if name in used}
        if fresh:
            notes.append(Message("将新建 {n} 个评估指标：{names}", n=len(fresh), names="、".join(one.name for one in fresh.values())))
        problems = tuple(sorted(self.problems, key=lambda one: one.row))
        return Reading(
            self.kind, self.filled, tuple(results), problems, dict(mapping), fresh, tuple(notes), project_id=self.given.project_id
        )

    def _way(self, measure: str) -> Aggregation:
        view = self.known.measures.get(measure)
        return view.aggregation if view else self.fresh[measure].aggregation

    def _scaled(self, notes: list[Message]) -> list[Found]:
        by_column: dict[tuple[str, int], list[tuple[Found, bool]]] = {}
        for one, percent, place in self.found:
            by_column.setdefault((one.measure, place), []).append((one, percent))
        scaled: list[Found] = []
        for (measure, place), some in by_column.items():
            view, most = self.known.measures.get(measure), max(one.value for one, _percent in some)
            if self._way(measure) is Aggregation.SHARE:
                scaled += self._shares(some, most, place, notes)
            elif self._is_of_five(view, most):
                notes.append(Message("“{column}”是 5 分制，已按 ×20 换算成百分制。", column=self.table.header[place]))
                scaled += [replace(one, value=one.value * 20) for one, _percent in some]
            else:
                scaled += [one for one, _percent in some]
        return sorted(scaled, key=lambda one: one.row)

    def _is_of_five(self, view: MeasureView | None, most: float) -> bool:
        wanted = view is None or (view.reach is not None and view.reach > _FIVE)
        return self.kind is ResultKind.SURVEY and 1 < most <= _FIVE and wanted

    def _shares(self, some: Sequence[tuple[Found, bool]], most: float, place: int, notes: list[Message]) -> list[Found]:
        """Figures of a share as parts of one: passed or not, a score against the pass mark, a unit's rate in per cent."""
        found = []
        mark = self.given.pass_mark
        for one, percent in some:
            if one.employee_id is not None and most > 1 and not percent:
                if mark is None:
                    message = Message("这个指标算的是达标占比：请写“通过/未通过”，或填写合格线，由系统按分数判定。")
                    self.problems.append(Problem(one.row, self.table.header[place], f"{one.value:g}", message))
                    continue
                found.append(replace(one, value=1.0 if one.value >= mark else 0.0))
            else:
                found.append(replace(one, value=one.value / 100 if percent or most > 1 else one.value))
        if mark is not None and most > 1:
            notes.append(Message("“{column}”按合格线 {mark} 分判定通过与否。", column=self.table.header[place], mark=f"{mark:g}"))
        return found

    def _once(self, scaled: Iterable[Found], ways: Mapping[str, Aggregation]) -> tuple[list[Found], int, int]:
        """Each key once: what is added up is added, what repeats is skipped, what says something else is wrong."""
        first: dict[Key, Found] = {}
        nameless: list[Found] = []
        repeated = added = 0
        for one in scaled:
            if one.key is None:
                nameless.append(one)
                continue
            earlier = first.setdefault(one.key, one)
            if earlier is one:
                continue
            if ways[one.measure] is Aggregation.SUM:
                first[one.key] = replace(earlier, value=earlier.value + one.value)
                added += 1
            elif earlier.value == one.value:
                repeated += 1
            else:
                message = Message("与第 {row} 行重复，但内容不同。请只保留正确的一行。", row=earlier.row)
                self.problems.append(Problem(one.row, "", f"{one.value:g}", message))
        return [*first.values(), *nameless], repeated, added

    def _typed(self, draft: MeasureDraft, scaled: Sequence[Found]) -> MeasureDraft:
        """A new measure: a column of zeros and ones is a share."""
        own = [one.value for one in scaled if one.measure == folded(draft.name)]
        if self.kind is not ResultKind.PERFORMANCE and own and set(own) <= {0.0, 1.0}:
            return replace(draft, aggregation=Aggregation.SHARE, unit="%")
        return draft


class _Wrong(Exception):
    """A cell of a row that cannot be read."""

    def __init__(self, at: int, message: Message) -> None:
        super().__init__()
        self.at, self.message = at, message


def _fresh(kind: ResultKind, name: str, project_id: int | None) -> MeasureDraft:
    summed = kind in _SUM_KINDS
    return MeasureDraft(
        name=name.strip()[:LONGEST_NAME],
        level=LEVEL_OF.get(kind, KirkpatrickLevel.LEARNING),
        kind=SOURCE_OF[kind],
        project_id=project_id,
        unit="" if summed else "分",
        direction=Direction.UP,
        frequency=Frequency.MONTH if summed else Frequency.ONCE,
        aggregation=Aggregation.SUM if summed else Aggregation.MEAN,
    )


def _name(cell: Cell) -> str:
    return cells.text(cell, LONGEST_NAME)
