"""From a table to a plan: what would be created, changed, left as it is, left out. Pure: it knows no database and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from core.i18n import Message
from core.people.importing import catalogue, crossed
from core.people.importing.entries import SURELY_PERCENT, columns_of, is_blank, read, readers
from core.people.importing.kinds import KINDS, ImportKind, Kind
from core.people.importing.leaving import settled, wrong_order
from core.people.importing.managers import checked
from core.people.importing.plan import Entry, Key, Known, Plan, Problem
from core.people.importing.refusing import is_biometric, refused
from core.people.importing.unfolded import Unfolded
from core.people.importing.wide import fields_for, guessed, is_wide, needed, unfold
from core.sheets.finding import Table
from core.sheets.mapping import check, guess, plain_name, require_fields
from core.sheets.reading import folded

# The names that a file may spell in its own way, and where the database's spelling of each is.
_NAMED: dict[str, Callable[[Known], Mapping[str, str]]] = {
    "unit": lambda known: known.units,
    "post": lambda known: known.posts,
    "competency": lambda known: known.competencies,
}
NOTHING_GIVEN: Mapping[str, Any] = {}
_Bad = list[tuple[Entry, str, Message]]


def is_known(name: str) -> bool:
    """Whether a column of this name is one of the fields of any kind of file."""
    return plain_name(name) in _all_names()


@cache
def _all_names() -> frozenset[str]:
    return frozenset(plain_name(name) for kind in KINDS.values() for field in kind.fields for name in field.names)


def mapping_for(
    kind: ImportKind,
    table: Table,
    given: Mapping[str, str] | None,
    remembered: Mapping[str, str],
    competencies: Mapping[str, str] = NOTHING_GIVEN,
) -> dict[str, str]:
    """Which column of the table is which field: as `given`, else guessed from what is `remembered` and from the names.

    `competencies` gives the model's name for each folded name, to tell the columns of a wide sheet. Raises `BadInput` when `given` cannot
    be. A biometric column is never one.
    """
    fields = KINDS[kind].fields
    allowed = [column for column in table.header if not is_biometric(column)]
    if given is None:
        narrow = guess(allowed, fields, remembered)
        return _across(kind, table, narrow, remembered, competencies) or narrow
    if kind is ImportKind.ASSESSMENTS:
        fields = (*fields, *fields_for(given))
    if kind is ImportKind.MATRIX:
        fields = (*fields, *crossed.fields_for(given))
    return {column: field for column, field in check(given, table.header, fields).items() if column in allowed}


def _across(
    kind: ImportKind, table: Table, narrow: Mapping[str, str], remembered: Mapping[str, str], competencies: Mapping[str, str]
) -> dict[str, str] | None:
    """The mapping of a table that has competencies, or posts, side by side; None for a list."""
    if kind is ImportKind.MATRIX:
        return crossed.guessed(table, narrow, competencies)
    return guessed(table, narrow, competencies, remembered) if kind is ImportKind.ASSESSMENTS else None


def require_columns(kind: ImportKind, table: Table, mapping: Mapping[str, str]) -> None:
    """Raises `BadInput` when a column is missing without which no row can be read."""
    if crossed.is_crossed(kind, mapping):
        require_fields(mapping, table.header, crossed.needed(mapping))
    else:
        require_fields(mapping, table.header, needed(kind) if is_wide(mapping) else KINDS[kind].fields)


def plan(
    kind: ImportKind, table: Table, mapping: Mapping[str, str], known: Known, today: date, given: Mapping[str, Any] = NOTHING_GIVEN
) -> Plan:
    """What importing the table would do. `given` holds for each row that says nothing else.

    Raises `BadInput` when a column is missing without which no row can be read.
    """
    require_columns(kind, table, mapping)
    unfolded: Unfolded
    if crossed.is_crossed(kind, mapping):
        unfolded = crossed.unfold(table, mapping)
    elif is_wide(mapping):
        unfolded = unfold(table, mapping)
    else:
        return _plan(kind, table, mapping, known, today, given)
    return unfolded.folded_back(_plan(kind, unfolded.table, unfolded.long_mapping, known, today, given))


def _plan(kind: ImportKind, table: Table, mapping: Mapping[str, str], known: Known, today: date, given: Mapping[str, Any]) -> Plan:
    rules = KINDS[kind]
    columns = columns_of(rules, table, mapping)
    rows = {row.number: row for row in table.rows if not is_blank(row, columns)}
    reading = readers(columns, table, known.managers)
    good: list[Entry] = []
    problems: list[Problem] = []
    named: set[str] = set()
    for row in rows.values():
        entry, wrong = read(row, columns, reading)
        entry = Entry(entry.row, {**given, **entry.values})
        named.add(entry.values.get("employee_no", ""))
        problems += wrong
        good += [] if wrong else [entry]
    notes = [*table.notes, *refused(table.header)]
    if kind is ImportKind.ASSESSMENTS:
        good, said = _with_scale(good)
        notes += said
    if kind is ImportKind.ROSTER:
        good, said = settled(good, known, today)
        notes += said
    good, bad = catalogue.levelled(good) if kind is ImportKind.CATALOGUE else (good, [])
    for field, names in _NAMED.items():
        good = _spelled(good, field, names(known))
    good = _spelled(good, "certificate", known.certificates)
    if kind is ImportKind.CATALOGUE:
        good, contradicting, said = catalogue.united(good, known)
        bad += contradicting
        notes += said
    good, repeated, twice = _once(good, rules.key)
    good, wrong_pairs, said = _checked(rules, good, known, named, today)
    problems += [columns.problem(rows[entry.row], field, message) for entry, field, message in (*bad, *twice, *wrong_pairs)]
    notes += said
    created, updated, unchanged = _compared(good, rules.key, known.existing)
    fresh = {field: _fresh((*created, *updated), field, known) for field in _NAMED}
    return Plan(
        kind=kind,
        rows=len(rows),
        created=tuple(created),
        updated=tuple(updated),
        unchanged=unchanged,
        problems=tuple(sorted(problems, key=lambda one: one.row)),
        mapping=dict(mapping),
        units=fresh["unit"],
        posts=fresh["post"],
        competencies=fresh["competency"],
        notes=(*notes, *_counted(kind, repeated, good, known, fresh)),
    )


def _with_scale(entries: Sequence[Entry]) -> tuple[list[Entry], list[Message]]:
    """Scores with their scale: the row's own, else what the way of writing implies, else what the whole column looks like."""
    bare = [entry.values["score"][0] for entry in entries if "scale_max" not in entry.values and entry.values["score"][1] is None]
    usual = 5.0 if bare and max(bare) <= 5 else 100.0
    found = []
    for entry in entries:
        score, implied = entry.values["score"]
        found.append(Entry(entry.row, {**entry.values, "score": score, "scale_max": entry.values.get("scale_max", implied or usual)}))
    said = Message("文件没有写满分的 {n} 行按 {scale} 分制记。不对的话，请在文件里加一列“满分”。", n=len(bare), scale=f"{usual:g}")
    return found, [said] if bare else []


def _spelled(entries: Sequence[Entry], field: str, names: Mapping[str, str]) -> list[Entry]:
    """The entries with names spelled as in the database, or as the file spells a new one first."""
    spelling = dict(names)
    found = []
    for entry in entries:
        name = entry.values.get(field)
        if isinstance(name, tuple):
            entry = Entry(entry.row, {**entry.values, field: tuple(spelling.setdefault(folded(one), one) for one in name)})
        elif name is not None:
            entry = Entry(entry.row, {**entry.values, field: spelling.setdefault(folded(name), name)})
        found.append(entry)
    return found


def _fresh(entries: Iterable[Entry], field: str, known: Known) -> tuple[str, ...]:
    """The names that have no row yet, in the order in which the file brings them."""
    stored = set(known.stored(field))
    values = [entry.values[field] for entry in entries if field in entry.values]
    named = dict.fromkeys(name for value in values for name in (value if isinstance(value, tuple) else (value,)))
    return tuple(name for name in named if name not in stored)


def _once(entries: Iterable[Entry], key: Sequence[str]) -> tuple[list[Entry], int, _Bad]:
    """Each key once: a row that repeats another is skipped, one that says something else of the same is wrong."""
    first: dict[Key, Entry] = {}
    repeated, bad = 0, []
    for entry in entries:
        earlier = first.setdefault(_key(entry, key), entry)
        if earlier is entry:
            continue
        if earlier.values == entry.values:
            repeated += 1
        else:
            bad.append((entry, key[0], Message("与第 {row} 行重复，但内容不同。请只保留正确的一行。", row=earlier.row)))
    return list(first.values()), repeated, bad


def _key(entry: Entry, key: Sequence[str]) -> Key:
    return tuple(entry.values.get(field) or None for field in key)


def _checked(rules: Kind, entries: Sequence[Entry], known: Known, named: set[str], today: date) -> tuple[list[Entry], _Bad, list[Message]]:
    """The entries that agree with what else is known, and the others with the field and the reason."""
    bad: _Bad = []
    good = []
    for entry in entries:
        field, message = _wrong(rules, entry, known, today)
        if message is None:
            good.append(entry)
        else:
            bad.append((entry, field, message))
    if rules.name is ImportKind.CATALOGUE:
        good, refused_courses = catalogue.checked(good, known)
        return good, [*bad, *refused_courses], []
    if rules.name is not ImportKind.ROSTER:
        return good, bad, []
    good, refused, alone = checked(good, known.managers, named)
    notes = [Message("{n} 人的上级所在的行有错误没有导入，他们的上级暂时留空。改正后再次导入即可补上。", n=alone)] if alone else []
    return good, [*bad, *((entry, "manager_no", message) for entry, message in refused)], notes


def _wrong(rules: Kind, entry: Entry, known: Known, today: date) -> tuple[str, Message | None]:
    values = entry.values
    if _key(entry, rules.key) not in known.existing:
        for field in rules.needed:
            if field not in values:
                return field, Message("“{field}”不能为空。", field=rules.field(field).title)
    if rules.name is ImportKind.ROSTER:
        return "left_at", wrong_order(values, known.existing.get(_key(entry, rules.key), {}))
    if rules.name not in (ImportKind.ASSESSMENTS, ImportKind.CERTIFICATES):
        return "", None
    if values["employee_no"] not in known.employees:
        return "employee_no", Message("员工名单里没有工号 {number}。请先导入员工名单，或核对工号。", number=values["employee_no"])
    if values.get("date") and values["date"] > today:
        return "date", Message("日期 {day} 还没有到。请核对年份。", day=values["date"].isoformat())
    return _wrong_assessment(values) if rules.name is ImportKind.ASSESSMENTS else _wrong_certificate(values, known)


def _wrong_certificate(values: Mapping[str, Any], known: Known) -> tuple[str, Message | None]:
    if values["certificate"] not in known.certificates.values():
        said = Message("没有证书“{name}”。请先在“能力模型”页的“证书”里添加它，写明它证明什么，或核对名称。", name=values["certificate"])
        return "certificate", said
    if values.get("date") and values.get("expiry") and values["expiry"] <= values["date"]:
        return "expiry", Message("有效期至应晚于取得日期。请核对这两个日期。")
    return "", None


def _wrong_assessment(values: Mapping[str, Any]) -> tuple[str, Message | None]:
    if is_biometric(values["competency"]):
        return "competency", Message("这像是生物特征或由表情、声音推断的数据，按规定不导入、不保存。")
    if not 0 <= values["score"] <= values["scale_max"]:
        return "score", Message("得分应在 0 和满分 {scale} 之间。", scale=f"{values['scale_max']:g}")
    return "", None


def _compared(
    entries: Iterable[Entry], key: Sequence[str], existing: Mapping[Key, Mapping[str, Any]]
) -> tuple[list[Entry], list[Entry], int]:
    """The entries that are new, those that change something, and how many change nothing."""
    created, updated, unchanged = [], [], 0
    for entry in entries:
        before = existing.get(_key(entry, key))
        if before is None:
            created.append(entry)
        elif any(before.get(field) != value for field, value in entry.values.items()):
            updated.append(entry)
        else:
            unchanged += 1
    return created, updated, unchanged


def _counted(kind: ImportKind, repeated: int, entries: Sequence[Entry], known: Known, fresh: Mapping[str, Sequence[str]]) -> list[Message]:
    """What else the reader should know: repetitions, new names, and people who are there and not in the file."""
    said = []
    if repeated:
        said.append(Message(_REPEATED_ABILITY if kind in (ImportKind.MATRIX, ImportKind.ASSESSMENTS) else _REPEATED, n=repeated))
    for field, text in (("unit", _NEW_UNITS), ("post", _NEW_POSTS), ("competency", _NEW_COMPETENCIES)):
        if fresh[field]:
            said.append(Message(text, n=len(fresh[field]), names=_some(fresh[field])))
    if kind is ImportKind.ROSTER and known.existing:
        here = {number for (number,), row in known.existing.items() if row.get("left_at") is None}
        absent = len(here - {entry.values["employee_no"] for entry in entries})
        said += [Message(_ABSENT, n=absent)] if absent else []
        empty = _emptied(entries, known)
        said += [Message(_EMPTIED, n=len(empty), names=_some(empty))] if empty else []
    if kind is ImportKind.MATRIX and (light := _light(entries, known)):
        said.append(Message(_LIGHT, n=len(light), names=_some(light)))
    return said


def _light(entries: Sequence[Entry], known: Known) -> list[str]:
    """The competencies that come without a weight, which is then 1, beside others of their post that are weighed in percent."""
    heavy = {one.values["post"] for one in entries if one.values.get("weight", 0) >= SURELY_PERCENT}
    fresh = (
        one.values for one in entries if "weight" not in one.values and (one.values["post"], one.values["competency"]) not in known.existing
    )
    return [f"{one['post']} · {one['competency']}" for one in fresh if one["post"] in heavy]


_REPEATED = Message("{n} 行与前面的行完全相同，跳过了。").text
_REPEATED_ABILITY = Message("{n} 行与前面的行相同，跳过了；一项能力用了两个名称也算相同。").text
_ABSENT = Message("系统里另有 {n} 名在职的人不在这份文件里，保持不变。已经离开的，请导入带“离职日期”的名单，或在花名册里填写。").text
_EMPTIED = Message("导入以后 {n} 个机构没有人了：{names}。如果是改了名，请先在“机构改名”里改，再导入。").text
_LIGHT = Message("{n} 项能力没有写权重，按 1 记，在同一岗位写了百分数的能力旁边几乎不起作用：{names}。").text
_NEW_UNITS = Message("新建 {n} 个机构：{names}").text
_NEW_POSTS = Message("新建 {n} 个岗位：{names}").text
_NEW_COMPETENCIES = Message("新加入能力模型 {n} 项：{names}").text


def _emptied(entries: Sequence[Entry], known: Known) -> list[str]:
    """The units that have people now and nobody afterwards: they were closed, or renamed."""
    here = {number: row for (number,), row in known.existing.items() if row.get("left_at") is None}
    after = here | {one.values["employee_no"]: {**here.get(one.values["employee_no"], {}), **one.values} for one in entries}
    before = {str(row["unit"]) for row in here.values() if row.get("unit")}
    return sorted(before - {row.get("unit") for row in after.values() if row.get("left_at") is None})


def _some(names: Sequence[str]) -> Message:
    return Message.listed(names, most=8)
