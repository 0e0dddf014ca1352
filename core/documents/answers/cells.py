"""The cell of a table row that a question asks for: its row's label, its column's header, its value, in the table's own words."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.answers.numbers import years
from core.documents.answers.question import Question
from core.documents.answers.sentences import Unit
from core.documents.grams import grams, normalise
from core.documents.parsed import Cell, Table
from core.patterns import lazily

_UNIT = lazily(r"\s*[(（]([^()（）]{1,12})[)）]\s*$")
_FIGURE = lazily(r"^[≥≤<>＞＜±约~\-+]*\s*\d[\d,.]*$")
_VALUE = lazily(r"^[≥≤<>约]?\d[\d,.]*\s*(?!\d*年(?:目标|实际|度)?$)[^\d]{1,2}(?:$|[(（])")
_WHO = lazily("部门|牵头|责任|负责|单位|主体|department|owner|responsible")
_WHEN = lazily("时限|时间|日期|期限|deadline|date|due")
_ASKS_SHARE = lazily("占比|比例|比重|百分之|几成|share|percentage|proportion")
_SHARE = lazily("占比|比例|比重|%|share|percentage|proportion")
_MOST = 3
_EMPTY = "—"


@dataclass(frozen=True)
class _Column:
    number: int
    header: str
    value: str


def statement(question: Question, unit: Unit, text: str) -> str:
    """The row as an answer to the question, made of the table's own cells; the whole row where no column is asked for.

    `unit` is a table row of the document whose extracted text is `text`.
    """
    table = unit.table
    if table is None:
        return unit.text
    row = [_words(text, cell) for cell in table.rows[unit.row]]
    label = _label(question, row)
    columns = [_Column(i, _header(table, i, text), value) for i, value in enumerate(row) if i != label and value != row[label]]
    asked = _asked_columns(question, columns)
    chosen = [column for column in asked or columns if column.value and (asked or column.header not in _ORDINALS)] or asked
    name, unit_of_row = _name_and_unit(row[label])
    return "；".join(_said(name, unit_of_row, column) for column in chosen) if chosen else unit.text


def is_named_instead(question: Question, unit: Unit, other: Unit, text: str) -> bool:
    """Whether the question names the row `unit` and not `other`, a row of the same table in the same document: 城西 but not 城东.

    What both rows' labels have says nothing. `text` is the document's extracted text.
    """
    if unit.table is None or unit.table != other.table:
        return False
    asked = _pairs(question.text)
    labels = ([_words(text, cell) for cell in unit.table.rows[one.row]] for one in (unit, other))
    own, others = (_pairs(row[_label(question, row)]) for row in labels)
    return bool((own - others) & asked) and not (others - own) & asked


_ORDINALS = frozenset(("序号", "编号", "No.", "no.", "#"))


def _words(text: str, cell: Cell) -> str:
    return text[cell.start : cell.end].strip()


def _header(table: Table, column: int, text: str) -> str:
    cells = dict.fromkeys(row[column] for row in table.rows[: table.header_rows])
    return " ".join(filter(None, (_words(text, cell) for cell in cells)))


def _label(question: Question, row: list[str]) -> int:
    """The cell that names the row: the one that shares most with the question among those that are not figures."""
    asked = set(grams(question.text))

    def shared(i: int) -> float:
        if _FIGURE.match(row[i]) or _VALUE.match(row[i]):
            return -1.0
        own = set(grams(row[i]))
        same_year = 1.0 if question.years & years(normalise(row[i])) else 0.0
        return same_year + len(own & asked) / (len(own) + 1)

    return max(range(len(row)), key=lambda i: (shared(i), -i))


def _asked_columns(question: Question, columns: list[_Column]) -> list[_Column]:
    wanted = columns
    if question.years:
        wanted = [column for column in columns if question.years & years(normalise(column.header))] or columns
    for kind, pattern in (("who", _WHO), ("time", _WHEN)):
        if question.kind == kind:
            return [column for column in wanted if pattern.search(column.header)][:_MOST]
    if _ASKS_SHARE.search(question.text):
        wanted = [column for column in wanted if _SHARE.search(f"{normalise(column.header)} {column.value}")] or wanted
    asked = set(grams(question.text))
    shared = {column.number: _overlap(column.header, asked) for column in wanted}
    best = max(shared.values(), default=0.0)
    if best == 0 and len(wanted) > 1:
        return []
    # Two years asked for, or a target and what was reached: every column that shares as much.
    chosen = [column for column in wanted if shared[column.number] >= best - 1e-9]
    return chosen if len(chosen) <= _MOST else []


def _pairs(text: str) -> set[str]:
    return {gram for gram in grams(text) if len(gram) > 1}


def _overlap(header: str, asked: set[str]) -> float:
    own = _pairs(_UNIT.sub("", header))
    return len(own & asked) / len(own) if own else 0.0


def _name_and_unit(label: str) -> tuple[str, str]:
    found = _UNIT.search(label)
    return (_UNIT.sub("", label), found.group(1)) if found else (label, "")


def _said(name: str, unit_of_row: str, column: _Column) -> str:
    header, unit_of_column = _name_and_unit(column.header)
    unit = (unit_of_column or unit_of_row) if _FIGURE.match(column.value) else ""
    if unit.startswith("万分之"):
        return f"{name}（{header}）：{unit}{column.value}" if column.value[0].isdigit() else f"{name}（{header}，{unit}）：{column.value}"
    value = f"{column.value}{unit}" or _EMPTY
    return f"{name}（{header}）：{value}" if header else f"{name}：{value}"
