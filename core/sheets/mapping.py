"""Which column of a file is which field: guessed from its name, remembered from the last time, or said by somebody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.sheets.reading import folded

_ENOUGH = 0.7
_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_ORNAMENT = re.compile(r"[^\w]|_", re.UNICODE)


@dataclass(frozen=True)
class Field:
    """Something that a file can hold: its name for programs, its title for people, what columns of it are called in Chinese and English."""

    name: str
    title: Message
    aliases: tuple[str, ...]
    required: bool = False
    help: Message | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that a column of it may be called, its title in every language among them."""
        return (self.name, *(self.title.render(language) for language in LANGUAGES), *self.aliases)


def plain_name(column: str) -> str:
    """A column's name without brackets, marks and blanks."""
    without = _ORNAMENT.sub("", _BRACKETED.sub("", folded(column)))
    return without or _ORNAMENT.sub("", folded(column))


def likeness(column: str, field: Field) -> float:
    """How much a column's name speaks for a field, 0 … 1."""
    name = plain_name(column)
    return max((_alike(name, alias) for alias in field.names), default=0.0) if name else 0.0


def _alike(name: str, alias: str) -> float:
    other = plain_name(alias)
    if name == other:
        return 1.0
    if len(other) > 1 and other in name:
        # What a column is stands at the end of its name: 所在机构, 员工姓名.
        return (0.75 if name.endswith(other) else 0.65) + 0.2 * len(other) / len(name)
    ratio = SequenceMatcher(None, name, other).ratio()
    return 0.9 * ratio if ratio >= 0.8 else 0.0


def guess(header: Sequence[str], fields: Sequence[Field], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """The field of each column that has one, by column: what is `remembered` first, then the assignment with the most likeness in all."""
    names = {field.name for field in fields}
    kept: dict[str, str] = {}
    for column in header:
        field = (remembered or {}).get(column)
        if field in names and field not in kept.values():
            kept[column] = field
    # A column that somebody left out on purpose is remembered as "".
    open_columns = [column for column in header if column and column not in kept and (remembered or {}).get(column) != ""]
    open_fields = [field for field in fields if field.name not in kept.values()]
    found = _assign(open_columns, open_fields)
    return {column: kept.get(column) or found[column] for column in header if column in kept or column in found}


def _assign(columns: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """One column a field and one field a column, with the greatest sum of likeness; earlier columns win where that is equal."""
    best: dict[int, tuple[float, tuple[tuple[str, str], ...]]] = {0: (0.0, ())}
    for position, column in enumerate(columns):
        scores = [(at, likeness(column, field)) for at, field in enumerate(fields)]
        likely = [(at, score - position * 1e-6) for at, score in scores if score >= _ENOUGH]
        for taken, (total, pairs) in list(best.items()):
            for at, score in likely:
                key = taken | 1 << at
                if not taken & 1 << at and total + score > best.get(key, (-1.0, ()))[0]:
                    best[key] = (total + score, (*pairs, (column, fields[at].name)))
    return dict(max(best.values(), key=lambda one: one[0])[1])


def check(mapping: Mapping[str, str], header: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """A mapping that somebody gives, without what it leaves out. Raises `BadInput` for a column, a field or a pair that cannot be."""
    by_name = {field.name: field for field in fields}
    given = {column: field for column, field in mapping.items() if field}
    columns = {folded(column): column for column in header if column}
    found: dict[str, str] = {}
    for column, field in given.items():
        if folded(column) not in columns:
            listed = Message.listed(name for name in header if name)
            raise BadInput(Message("文件里没有“{column}”这一列。文件的列：{columns}", column=column, columns=listed))
        if field not in by_name:
            raise BadInput(Message("没有“{field}”这个字段。可用：{fields}", field=field, fields=Message.listed(by_name)))
        if field in found.values():
            raise BadInput(Message("字段“{field}”对应了两列，只能选一列。", field=by_name[field].title))
        found[columns[folded(column)]] = field
    return found


def require_fields(mapping: Mapping[str, str], header: Sequence[str], fields: Sequence[Field]) -> None:
    """Raises `BadInput` naming the fields without which nothing can be imported."""
    missing = [field for field in fields if field.required and field.name not in mapping.values()]
    if missing:
        raise BadInput(
            Message(
                "找不到“{field}”这一列。文件的列：{columns}。请给出列的对应关系，或把表头改成“{field}”。",
                field=missing[0].title,
                columns=Message.listed(name for name in header if name),
            )
        )
