"""Sheets with a figure in each cell, read as a list with one figure a row; its plan speaks of the file's rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.i18n import Message
from core.people.importing.plan import Entry, Plan, Problem
from core.sheets.finding import Table

_STEP = 1_000


def numbered(row: int, position: int) -> int:
    """The number of a row of the list: the file's row and column together."""
    return row * _STEP + position


@dataclass(frozen=True)
class Unfolded:
    """The list as a `table`, and the `mapping` of the sheet that it came from. `column_of`: what the sheet calls the column in which a
    field of the list went wrong, by the field and the position of the figure."""

    table: Table
    mapping: Mapping[str, str]
    column_of: Callable[[str, int], str]

    @property
    def long_mapping(self) -> dict[str, str]:
        """Which column of the list is which field."""
        return {name: name for name in self.table.header}

    def folded_back(self, plan: Plan) -> Plan:
        """The plan of the list, with the rows and columns of the file."""
        problems = dict.fromkeys(self._problem(one) for one in plan.problems)
        return replace(
            plan,
            created=tuple(_entry(one) for one in plan.created),
            updated=tuple(_entry(one) for one in plan.updated),
            problems=tuple(sorted(problems, key=lambda one: one.row)),
            mapping=dict(self.mapping),
        )

    def _problem(self, one: Problem) -> Problem:
        row, position = divmod(one.row, _STEP)
        values = {name: int(str(value)) // _STEP if name == "row" else value for name, value in one.message.values}
        return Problem(row, self.column_of(one.column, position), one.value, Message(one.message.text, **values))


def _entry(one: Entry) -> Entry:
    return Entry(one.row // _STEP, one.values)
