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
from core.review.results.kinds import LEVEL_OF, MEASURE, MONTH, PAIRED, SOURCE_OF
from core.review.results.measuring import LONGEST_NAME, MeasureDraft
from core.review.results.scaling import Column
from core.review.results.terms import Aggregation, Direction, Frequency, Moment, ResultKind
from core.review.results.wholes import parted, rows_of
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.reading import folded
from core.sheets.summaries import is_summary, left_out, listed

T = TypeVar("T")
_VALUES = {"value": None, "value_before": Moment.BEFORE, "value_after": Moment.AFTER}
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
        elif what in PAIRED.values() and said:
            found.append(_Figure(place, measure=said, moment=next(moment for moment, one in PAIRED.items() if one == what)))
        elif name in _VALUES:
            found.append(_Figure(place, moment=_VALUES[name]))
    return found


def _require(at: Mapping[str, int], given: Given, figures: Sequence[_Figure], table: Table) -> None:
    columns = Message.listed(name for name in table.header if name)
    graded = None if figures else _graded(table)
    if graded is not None:
        raise BadInput(Message("“{column}”：{message}", column=graded[0], message=Message(reading.UNTOLD.text, text=graded[1])))
    if not figures:
        raise BadInput(Message("看不出哪一列是数值。文件的列：{columns}。请指定数值列，或把列对应到指标。", columns=columns))
    if "date" not in at and given.on is None and not all(one.on for one in figures):
        raise BadInput(Message("文件里没有日期或月份，请统一填写一个日期。"))
    if "measure" not in at and not given.measure and not all(one.measure for one in figures):
        raise BadInput(Message("文件里没有指标名称，请选择这份数据属于哪个指标。"))


def _graded(table: Table) -> tuple[str, str] | None:
    """The last column that holds grades of which nobody can tell whether somebody passed, and one of them."""
    for at, name in reversed(list(enumerate(table.header))):
        filled = [cell for row in table.rows[:500] if not cells.is_blank(cell := row.at(at))]
        if name and filled and all(map(reading.is_grade, filled)):
            return name, cells.text_of(filled[0])
    return None


@dataclass
class _Maker:
    """Takes rows one by one and keeps what they say."""

    kind: ResultKind
    table: Table
    known: Known
    given: Given
    at: Mapping[str, int]
    width: int
    found: list[tuple[Found, reading.Figure, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fresh: dict[str, MeasureDraft] = field(default_factory=dict)
    filled: int = 0
    absent: int = 0
    summaries: list[int] = field(default_factory=list)
    wholes: list[Row] = field(default_factory=list)
    telling: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Which columns may say that a row sums up others: those that name somebody, a unit, or are nothing that is read."""
        mapped = {at for name, at in self.at.items() if name not in ("employee_no", "unit")}
        self.telling = tuple(at for at in range(len(self.table.header)) if at not in mapped)

    def take(self, row: Row, figures: Sequence[_Figure]) -> None:
        """All results of a row, or what is wrong with it."""
        used = [one for one in figures if not cells.is_blank(row.at(one.at))]
        if not used:
            return
        if self._sums_up(row):
            return
        self.filled += 1
        try:
            employee, unit = self._who(row)
            shared = self._cell(row, "date", self._day), self._cell(row, "measure", _name), self._cell(row, "moment", reading.moment)
        except _Wrong as wrong:
            self._problem(row, wrong.at, wrong.message)
            return
        for one in used:
            self._figure(row, one, employee, unit, shared)

    def _sums_up(self, row: Row) -> bool:
        """Whether a row is about others, which then is noted; whoever is on the roster is somebody, whatever stands beside them."""
        number, unit = (self._plain(row, name) for name in ("employee_no", "unit"))
        if number in self.known.staff or cells.padded(number, self.width) in self.known.staff:
            return False
        known = folded(unit) in self.known.units
        if is_summary(row, self.telling, () if known else self.telling):
            self.summaries.append(row.number)
            return True
        if not known and not number and folded(unit) in self.known.whole:
            self.wholes.append(row)
            return True
        return False

    def _plain(self, row: Row, name: str) -> str:
        return cells.text_of(row.at(self.at[name])) if name in self.at else ""

    def _figure(
        self, row: Row, one: _Figure, employee: int | None, unit: int | None, shared: tuple[date | None, str | None, Moment | None]
    ) -> None:
        cell = row.at(one.at)
        if reading.is_absent(cell):
            self.absent += 1
            return
        try:
            figure = reading.value(cell)
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
        self.found.append((Found(row.number, measure, on, employee, unit, when, figure.value), figure, one.at))

    def _day(self, cell: Cell) -> date:
        name = self.table.header[self.at["date"]].lower()
        return reading.day(cell, self.known.year, monthly="月" in name or "month" in name)

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
        self._learn()
        scaled = self._scaled(notes)
        ways = {name: self._way(name) for name in {one.measure for one in scaled}}
        results, repeated, added = self._once(scaled, ways)
        results = self._without_wholes(results, ways, notes)
        if self.absent:
            notes.append(Message("{n} 个缺考、请假等记录不是成绩，没有读入，也不当作 0。", n=self.absent))
        if repeated:
            notes.append(Message("{n} 个结果与前面的行完全相同，跳过了。", n=repeated))
        if added:
            notes.append(Message("同一人（或同一机构）同一天的 {n} 条记录已合计。", n=added))
        used = {one.measure for one in results}
        fresh = {name: self._typed(draft, scaled) for name, draft in self.fresh.items() if name in used}
        if fresh:
            notes.append(Message("将新建 {n} 个评估指标：{names}", n=len(fresh), names=Message.listed(one.name for one in fresh.values())))
        problems = tuple(sorted(self.problems, key=lambda one: one.row))
        return Reading(
            self.kind, self.filled, tuple(results), problems, dict(mapping), fresh, tuple(notes), project_id=self.given.project_id
        )

    def _way(self, measure: str) -> Aggregation:
        view = self.known.measures.get(measure)
        return view.aggregation if view else self.fresh[measure].aggregation

    def _scaled(self, notes: list[Message]) -> list[Found]:
        by_column: dict[tuple[str, int], list[tuple[Found, reading.Figure]]] = {}
        for one, figure, place in self.found:
            by_column.setdefault((one.measure, place), []).append((one, figure))
        scaled: list[Found] = []
        for (measure, place), some in by_column.items():
            view = self.known.measures.get(measure)
            unit = view.unit if view else self.fresh[measure].unit
            column = Column(self.table.header[place], self.kind, view, self._way(measure), unit, self.given.pass_mark)
            scaled += column.read(some)
            self.problems += column.problems
            notes += column.notes
        return sorted(scaled, key=lambda one: one.row)

    def _learn(self) -> None:
        """What the figures say of measures that are new: percentages are not added up, money has a unit."""
        for name, draft in self.fresh.items():
            own = [figure for one, figure, _place in self.found if one.measure == name]
            if own and all(figure.percent for figure in own):
                self.fresh[name] = replace(draft, unit="%", aggregation=Aggregation.MEAN)
            elif written := {figure.times for figure in own if figure.money}:
                # 3万元 and 5 are 万元 both; where 元 stands beside 万元, a plain figure is yuan.
                unit = next((one for one, times in reading.MONEY.items() if written == {times}), "元")
                self.fresh[name] = replace(draft, unit=draft.unit or unit)

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
                self.problems.append(Problem(one.row, self._column(one), f"{one.value:g}", message))
        return [*first.values(), *nameless], repeated, added

    def _without_wholes(self, results: Sequence[Found], ways: Mapping[str, Aggregation], notes: list[Message]) -> list[Found]:
        """Without the rows that sum up others beside them; what may be such a sum and may not is wrong until somebody says."""
        found = parted(results, ways, self.known.parents)
        if found.kept:
            self.summaries += [row.number for row in self.wholes]
        else:
            for row in self.wholes:
                name = self._plain(row, "unit")
                self._problem(row, self.at["unit"], Message("没有机构“{name}”。请核对名称，或先导入员工名单。", name=name))
        if self.summaries:
            notes.append(left_out(sorted(set(self.summaries))))
        if found.sums:
            rows = listed(rows_of(found.sums))
            notes.append(Message("第 {rows} 行的机构，下属机构或员工也在表里：它是他们的合计或平均，没有计入，免得重复计算。", rows=rows))
        for one in found.doubtful:
            message = Message(
                "下属机构或员工也在表里，这个数比他们加起来多，像是合计，没有读入。是合计就不用管；是本部自己的数，请把本部写成单独的机构。"
            )
            self.problems.append(Problem(one.row, self._column(one), f"{one.value:g}", message))
        return found.kept

    def _column(self, one: Found) -> str:
        same = (place for said, _figure, place in self.found if (said.row, said.measure, said.moment) == (one.row, one.measure, one.moment))
        return self.table.header[next(same)]

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
        unit=reading.unit_in(name) if summed else "分",
        direction=Direction.UP,
        frequency=Frequency.MONTH if summed else Frequency.ONCE,
        aggregation=Aggregation.SUM if summed else Aggregation.MEAN,
    )


def _name(cell: Cell) -> str:
    return cells.text(cell, LONGEST_NAME)
