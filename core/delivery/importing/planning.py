"""From a table to what importing it would do: created, changed, left as it is, left out. Pure: it knows no database and writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.delivery.faculty.facts import MOST_CAPACITY
from core.delivery.halves import Half, check_span
from core.delivery.importing.cells import is_a_day, is_everybody, readers
from core.delivery.importing.kinds import RESOURCES, ResourceKind
from core.errors import BadInput
from core.i18n import Message
from core.people.importing.entries import Columns, columns_of, is_blank, read
from core.people.importing.plan import Entry, Problem
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.mapping import check, guess, require_fields
from core.sheets.reading import folded

_Bad = list[tuple[Entry, str, Message]]
_Checked = tuple[Mapping[str, Any], str, Message | None]
_SOME = 8


@dataclass(frozen=True)
class Known:
    """What the database holds that a table is read against.

    `existing` are the rows of the kind by key. `staff` gives each employee's name by number, `competencies` the model's name (or the
    starter library's) by folded name, `model` those that are rows, `units` the ids and `trainers` the keys by folded name.
    """

    year: int
    existing: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    competencies: Mapping[str, str] = field(default_factory=dict)
    model: Collection[str] = frozenset()
    units: Mapping[str, int] = field(default_factory=dict)
    trainers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    published: bool = False


@dataclass(frozen=True)
class Incoming:
    """What an import does: `rows` = created + updated + unchanged + skipped. `competencies` are those that are not rows yet."""

    kind: ResourceKind
    rows: int
    created: tuple[Entry, ...]
    updated: tuple[Entry, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str]
    notes: tuple[Message, ...] = ()
    competencies: tuple[str, ...] = ()

    @property
    def skipped(self) -> int:
        """How many rows do not go in: those with errors, and repetitions of others."""
        return max(0, self.rows - len(self.created) - len(self.updated) - self.unchanged)


def mapping_for(kind: ResourceKind, table: Table, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column of the table is which field: as `given`, else guessed from the names. Raises `BadInput` when `given` cannot be."""
    fields = RESOURCES[kind].fields
    return guess([one for one in table.header if one], fields) if given is None else check(given, table.header, fields)


def plan(kind: ResourceKind, table: Table, mapping: Mapping[str, str], known: Known) -> Incoming:
    """What importing the table would do. Raises `BadInput` when a column is missing without which no row can be read."""
    rules = RESOURCES[kind]
    require_fields(mapping, table.header, rules.fields)
    columns = columns_of(rules, table, mapping)
    rows = {row.number: row for row in table.rows if not is_blank(row, columns)}
    width = cells.width_of([columns.cell(row, "employee_no") for row in rows.values()], known.staff)
    headings = {name: column for column, name in mapping.items()}
    reading = readers(kind, known.year, headings)
    good: list[Entry] = []
    problems: list[Problem] = []
    for row in rows.values():
        entry, wrong = read(row, columns, reading)
        problems += wrong
        if not wrong:
            good.append(Entry(entry.row, _stretched(_padded(entry.values, width))))
    good, bad = _checked(kind, good, known)
    good = _each_day(good) if kind is ResourceKind.NOTICE else good
    good, repeated, twice = _once(good)
    problems += [_problem(columns, rows[entry.row], name, message) for entry, name, message in (*bad, *twice)]
    created, updated, unchanged = _compared(good, known.existing)
    fresh = _fresh((*created, *updated), known)
    return Incoming(
        kind=kind,
        rows=len(rows) if kind is not ResourceKind.NOTICE else len(good) + len(bad) + len(twice) + repeated,
        created=tuple(created),
        updated=tuple(updated),
        unchanged=unchanged,
        problems=tuple(sorted(problems, key=lambda one: one.row)),
        mapping=dict(mapping),
        notes=(*table.notes, *_said(kind, repeated, fresh, good), *_halved(headings)),
        competencies=fresh,
    )


def _padded(values: Mapping[str, Any], width: int) -> dict[str, Any]:
    number = values.get("employee_no")
    return {**values, **({"employee_no": cells.padded(number, width)} if number else {})}


def _stretched(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """From when until when: a stretch in the first column needs no second."""
    if not (days := values.get("starts")):
        return values
    ends = {"ends": days[-1]} if len(days) > 1 and "ends" not in values else {}
    return {**values, "starts": days[0], **ends}


def _halved(headings: Mapping[str, str]) -> list[Message]:
    column = headings.get("cost_per_slot", "")
    return [Message("“{column}”是一天的价，已折成半天（除以 2）。", column=column)] if is_a_day(column) else []


def _problem(columns: Columns, row: Any, name: str, message: Message) -> Problem:
    return columns.problem(row, name, message)


def _checked(kind: ResourceKind, entries: Iterable[Entry], known: Known) -> tuple[list[Entry], _Bad]:
    """The entries that agree with what else is known, each with its key, and the others with the field and the reason."""
    rule = _RULES[kind]
    good, bad = [], []
    for entry in entries:
        values, name, message = rule(entry.values, known)
        if message is None:
            good.append(Entry(entry.row, values))
        else:
            bad.append((entry, name, message))
    return good, bad


def _trainer(values: Mapping[str, Any], known: Known) -> _Checked:
    number = values.get("employee_no", "")
    if number and number not in known.staff:
        return values, "employee_no", Message("员工名单里没有工号 {number}。请先导入员工名单，或核对工号。", number=number)
    internal = values.get("internal", bool(number) or not values.get("organisation"))
    if not internal and not values.get("organisation"):
        return values, "organisation", Message("请写明外部讲师来自哪个单位。")
    if number and not internal:
        return values, "internal", Message("有工号的是内部讲师。外部讲师请不要填工号。")
    name = known.staff.get(number, values["name"])
    found = {
        **values,
        "name": name,
        "internal": internal,
        "key": trainer_key(number, name, values.get("organisation", "") * (not internal)),
    }
    if "skills" in values:
        spelled = {known.competencies.get(folded(one), one): level for one, level in values["skills"]}
        found["skills"] = tuple(spelled.items())
    if internal:
        found.pop("organisation", None)
    return found, "", None


def trainer_key(number: str, name: str, organisation: str) -> str:
    """What tells one trainer from another: the number in the roster, else the name and where they come from."""
    return f"#{number}" if number else f"{folded(name)}|{folded(organisation)}"


def _absence(values: Mapping[str, Any], known: Known) -> _Checked:
    number = values.get("employee_no", "")
    found = [f"#{number}"] if number else list(known.trainers.get(folded(values["name"]), ()))
    if not found or (number and f"#{number}" not in {key for keys in known.trainers.values() for key in keys}):
        return values, "name", Message("没有讲师“{name}”。请先添加或导入讲师，或核对姓名。", name=values["name"])
    if len(found) > 1:
        return values, "name", Message("有 {n} 位讲师叫“{name}”。请填工号，或在页面上逐位登记。", n=len(found), name=values["name"])
    return _spanned({**values, "of": found[0]})


def _venue(values: Mapping[str, Any], known: Known) -> _Checked:
    key = folded(values["name"])
    if key not in known.existing and "capacity" not in values:
        return values, "capacity", Message("“{field}”不能为空。", field=RESOURCES[ResourceKind.VENUES].field("capacity").title)
    if not values.get("capacity", 1):
        return values, "capacity", Message("容纳人数应大于 0。")
    if values.get("capacity", 1) > MOST_CAPACITY:
        most = f"{MOST_CAPACITY:,}"
        return values, "capacity", Message("请填写“{name}”能容纳多少人，1 到 {most}。", name=values["name"], most=most)
    stored = known.existing.get(key, {})
    return {**values, "name": stored.get("name", values["name"]), "key": key}, "", None


def _blackout(values: Mapping[str, Any], known: Known) -> _Checked:
    if any(is_everybody(one) for one in values.get("units", ())):
        values = {**values, "units": ()}
    unknown = [one for one in values.get("units", ()) if folded(one) not in known.units]
    if unknown:
        return values, "units", Message("没有机构“{name}”。请核对名称，或先导入员工名单。", name=unknown[0])
    starts, ends = values["starts"], values.get("ends", values["starts"])
    if ends < starts:
        return values, "ends", Message("结束应不早于开始。请核对日期。")
    if known.year not in (starts.year, ends.year):
        return values, "starts", Message("这个计划是 {year} 年的，请核对年份。", year=str(known.year))
    units = {"units": tuple(sorted(known.units[folded(one)] for one in values["units"]))} if "units" in values else {}
    key = f"{folded(values['name'])}|{starts.isoformat()}"
    return {**values, **units, "ends": ends, "key": key}, "", None


def _notice(values: Mapping[str, Any], known: Known) -> _Checked:
    if known.published:
        said = Message("{year} 年的安排系统里已经有公布的版本，不用导入。个别日子不同，请在日历页逐日修改。", year=str(known.year))
        return values, "day", said
    if any(one.year != known.year for one in values["day"]):
        return values, "day", Message("这个计划是 {year} 年的，请核对年份。", year=str(known.year))
    return values, "", None


def _leave(values: Mapping[str, Any], known: Known) -> _Checked:
    number = values["employee_no"]
    if number not in known.staff:
        return values, "employee_no", Message("员工名单里没有工号 {number}。请先导入员工名单，或核对工号。", number=number)
    return _spanned({**values, "of": f"#{number}"})


def _spanned(values: Mapping[str, Any]) -> _Checked:
    """A stretch of half days with its key; one day with one half is that half."""
    starts, ends = values["starts"], values.get("ends", values["starts"])
    alone = starts == ends and values.get("first") is not None and "last" not in values
    first = values.get("first") or Half.MORNING
    last = first if alone else values.get("last") or Half.AFTERNOON
    try:
        check_span(starts, ends, first, last)
    except BadInput as wrong:
        return values, "ends", wrong.message
    key = f"{values['of']}|{starts.isoformat()}{first.value}|{ends.isoformat()}{last.value}"
    kept = {name: value for name, value in values.items() if name not in ("name", "employee_no")}
    return {**kept, "ends": ends, "first": first, "last": last, "key": key}, "", None


_RULES = {
    ResourceKind.TRAINERS: _trainer,
    ResourceKind.ABSENCES: _absence,
    ResourceKind.VENUES: _venue,
    ResourceKind.BLACKOUTS: _blackout,
    ResourceKind.NOTICE: _notice,
    ResourceKind.LEAVE: _leave,
}
# Which column says that two rows are about the same.
_TELLING = ("employee_no", "name", "day", "starts")


def _each_day(entries: Iterable[Entry]) -> list[Entry]:
    """A stretch of a notice as its days."""
    return [Entry(one.row, {**one.values, "day": day, "key": day.isoformat()}) for one in entries for day in one.values["day"]]


def _once(entries: Iterable[Entry]) -> tuple[list[Entry], int, _Bad]:
    """Each key once: a row that repeats another is skipped, one that says something else of the same is wrong."""
    first: dict[str, Entry] = {}
    repeated, bad = 0, []
    for entry in entries:
        earlier = first.setdefault(entry.values["key"], entry)
        if earlier is entry:
            continue
        if earlier.values == entry.values:
            repeated += 1
        else:
            name = next(one for one in _TELLING if one in entry.values)
            bad.append((entry, name, Message("与第 {row} 行重复，但内容不同。请只保留正确的一行。", row=earlier.row)))
    return list(first.values()), repeated, bad


def _compared(entries: Iterable[Entry], existing: Mapping[str, Mapping[str, Any]]) -> tuple[list[Entry], list[Entry], int]:
    """The entries that are new, those that change something, and how many change nothing."""
    created, updated, unchanged = [], [], 0
    for entry in entries:
        before = existing.get(entry.values["key"])
        if before is None:
            created.append(entry)
        elif any(before.get(name) != value for name, value in entry.values.items() if name != "key"):
            updated.append(entry)
        else:
            unchanged += 1
    return created, updated, unchanged


def _fresh(entries: Iterable[Entry], known: Known) -> tuple[str, ...]:
    """The competencies that have no row yet, in the order in which the table brings them."""
    named = dict.fromkeys(name for one in entries for name, _ in one.values.get("skills", ()))
    return tuple(name for name in named if name not in known.model)


def _said(kind: ResourceKind, repeated: int, fresh: Sequence[str], good: Sequence[Entry]) -> list[Message]:
    said = []
    if repeated:
        said.append(Message("{n} 行与前面的行完全相同，跳过了。", n=repeated))
    if fresh:
        names = Message.listed(fresh, most=_SOME)
        said.append(Message("能力模型里还没有这 {n} 项：{names}", n=len(fresh), names=names))
    if kind is ResourceKind.NOTICE and good:
        off, on = (sum(one.values["works"] is works for one in good) for works in (False, True))
        said.append(Message("放假 {off} 天，调休上班 {on} 天。", off=off, on=on))
    return said
