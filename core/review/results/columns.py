"""Which column of a table of results is which field, which measure, which month. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import BadInput
from core.i18n import Message
from core.people.importing.refusing import is_biometric
from core.review.results import cells as reading
from core.review.results.found import Known
from core.review.results.kinds import FIELDS, MEASURE, MONTH, PAIRED
from core.review.results.measuring import LONGEST_NAME
from core.review.results.pairs import paired
from core.review.results.terms import ResultKind
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell
from core.sheets.mapping import Field, check, guess, likeness
from core.sheets.reading import folded

_SCORES = 0.6
_OWN = (MEASURE, MONTH, *PAIRED.values())


def mapping_for(
    kind: ResultKind, table: Table, known: Known, given: Mapping[str, str] | None = None, remembered: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which column is which field: as `given`, as the last time, else by its name; a column of figures is a measure or a month.

    `measure:NAME` is a column that holds results of a measure, `month:2026-03` one of a month,
    `before:NAME` one of a measure before the training. Raises `BadInput` when `given` cannot be.
    """
    fields = FIELDS[kind]
    before = {column: remembered[folded(column)] for column in table.header if remembered and folded(column) in remembered}
    if given is not None:
        return check(given, table.header, (*fields, *_own(given)))
    months = {column: at for column in table.header if column and (at := reading.month_of(column, known.year))}
    named = [column for column in table.header if column and folded(column) in known.measures]
    plain = [column for column in table.header if column and column not in months and column not in named and not is_biometric(column)]
    pairs = paired(table, [column for column in plain if column not in before], known.measures)
    plain = [column for column in plain if column not in pairs]
    found = guess(plain, fields, before)
    if MEASURE not in found.values():
        # 话术得分 is the name of what was measured, and not only the heading of its figures.
        value = next(one for one in fields if one.name == "value")
        found = {
            column: f"{MEASURE}:{column[:LONGEST_NAME]}" if name == "value" and likeness(column, value) < 1 else name
            for column, name in found.items()
        }
    wide = not {"value", "value_before", "value_after"} & set(found.values())
    if len(months) > 1:
        wide = False
        found = {column: name for column, name in found.items() if name not in ("date", "value")}
        found |= {column: f"{MONTH}:{at:%Y-%m}" for column, at in months.items()}
    found |= {column: f"{MEASURE}:{known.measures[folded(column)].name}" for column in named}
    if wide:
        rest = [column for column in plain if column not in found and before.get(column) != ""]
        found |= {column: f"{MEASURE}:{column[:LONGEST_NAME]}" for column in rest if _holds_figures(table, column)}
    found |= pairs | {column: name for column, name in before.items() if name.partition(":")[0] in (MEASURE, *PAIRED.values())}
    return {column: found[column] for column in table.header if column in found}


def _own(given: Mapping[str, str]) -> tuple[Field, ...]:
    names = dict.fromkeys(name for name in given.values() if name.partition(":")[0] in _OWN and name.partition(":")[2])
    return tuple(Field(name, Message("指标列“{name}”", name=name.partition(":")[2]), ()) for name in names)


def _holds_figures(table: Table, column: str) -> bool:
    place = table.header.index(column)
    filled = [row.at(place) for row in table.rows[:500] if not cells.is_blank(row.at(place))]
    if not filled or any(likeness(column, one) >= 0.9 for fields in FIELDS.values() for one in fields):
        return False
    if folded(column) in ("序号", "编号", "no", "id", "年龄", "工龄", "手机", "电话"):
        return False
    return sum(_is_figure(cell) for cell in filled) >= len(filled) * _SCORES


def _is_figure(cell: Cell) -> bool:
    try:
        reading.value(cell)
    except BadInput:
        return False
    return True
