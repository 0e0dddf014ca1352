"""A file of results: columns `person, group, pre, post` and, where there are, `unit, class, binary`, in either language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.errors import BadInput
from core.i18n import Message
from core.review.effects.sample import Sample
from core.review.effects.terms import COMPARED, Design
from core.review.results.cells import GRADES, PASSES, UNTOLD, is_grade
from core.review.results.pairs import paired
from core.sheets.cells import decimal, is_blank, is_percentage, text, text_of
from core.sheets.finding import Table, find
from core.sheets.grid import Cell, Grid, Row
from core.sheets.mapping import Field, guess, plain_name
from core.sheets.reading import folded
from core.sheets.summaries import is_summary

FIELDS = (
    Field(
        "person", Message("人员"), ("员工", "姓名", "工号", "员工编号", "员工号", "学员", "participant", "employee", "employee_no", "id")
    ),
    Field("group", Message("组别"), ("分组", "组", "是否参训", "参训情况", "arm", "treatment")),
    Field(
        "pre", Message("训前"), ("训前得分", "训前分数", "训前成绩", "前测", "训前测评", "before", "pretest", "pre_score", "score_before")
    ),
    Field(
        "post", Message("训后"), ("训后得分", "训后分数", "训后成绩", "后测", "训后测评", "after", "posttest", "post_score", "score_after")
    ),
    Field("unit", Message("单位"), ("机构", "所在机构", "支行", "部门", "branch", "department")),
    Field("class", Message("班次"), ("班级", "班", "期次", "cohort", "session")),
    Field("binary", Message("是否通过"), ("通过", "是否合格", "是否达标", "合格", "达标", "二分结果", "passed", "outcome")),
)
_ABSENT = frozenset({"缺考", "缺席", "缺测", "未测", "未考", "未参加", "请假", "na", "nan", "none", "n.a.", "absent", "missing", "."})
_TRAINED = frozenset(
    {
        *("trained", "参训", "参训组", "培训", "培训组", "实验组", "干预组", "training", "treatment", "treated", "参加", "已参训"),
        # What 是否参训 is answered with.
        *("是", "1", "y", "yes", "true", "√"),
    }
)
_COMPARISON = frozenset(
    {
        *("comparison", "对照", "对照组", "比较组", "control", "未参训", "未培训", "不参训", "untrained", "未参加"),
        *("否", "0", "n", "no", "false", "×"),
    }
)
_PASSES = PASSES | {"1": 1.0, "0": 0.0, "x": 0.0}


@dataclass(frozen=True)
class _Column:
    """A column of the table: where it is and what it is called there."""

    at: int
    name: str


def is_known(name: str) -> bool:
    """Whether a column of this name is one of such a file."""
    plain = plain_name(name)
    return any(plain == plain_name(one) for field in FIELDS for one in field.names)


def read_sample(grids: Sequence[Grid], design: Design) -> Sample:
    """The sample of a file. Raises `BadInput` with the row and the column of the first cell that cannot be understood."""
    table = find(grids, is_known, with_sums=True)
    columns = _columns(table, design)
    table, summaries = _without_summaries(table, columns)
    if len(table.rows) > 0 and "group" in columns:
        trained = [_group(row, columns["group"]) for row in table.rows]
    else:
        trained = [True] * len(table.rows)
    persons = [_person(row, columns["person"]) for row in table.rows]
    _in_one_group(table.rows, persons, trained)
    scores = [columns[name] for name in ("pre", "post") if name in columns]
    percent = _percent(table.rows, scores)
    words = _words(table.rows, scores)
    understood = _passed if words else _score
    return Sample(
        persons=persons,
        trained=np.array(trained, dtype=np.bool_),
        pre=_numbers(table.rows, columns.get("pre"), understood),
        post=_numbers(table.rows, columns.get("post"), understood),
        unit=_names(table.rows, columns.get("unit")),
        class_=_names(table.rows, columns.get("class")),
        binary=_numbers(table.rows, columns["binary"], _passed) if "binary" in columns else None,
        percent=percent,
        summaries=summaries,
        graded=not words.isdisjoint(GRADES),
    )


def _without_summaries(table: Table, columns: dict[str, _Column]) -> tuple[Table, list[int]]:
    """The table without the rows that only sum up others, and the numbers of those."""
    figures = {columns[name].at for name in ("pre", "post", "binary") if name in columns}
    others = [at for at in range(len(table.header)) if at not in figures]
    summaries = [row.number for row in table.rows if is_summary(row, others, {columns["person"].at})]
    return replace(table, rows=tuple(row for row in table.rows if row.number not in set(summaries))), summaries


def _columns(table: Table, design: Design) -> dict[str, _Column]:
    _of_one_test(table)
    mapping = guess(table.header, FIELDS)
    found = {field: _Column(table.header.index(column), column) for column, field in mapping.items()}
    needed = ["person"] + (["group"] if design in COMPARED else [])
    missing = next((name for name in needed if name not in found), None)
    if missing is None and "post" not in found and "binary" not in found:
        missing = "post"
    if missing is not None:
        title = next(field.title for field in FIELDS if field.name == missing)
        raise BadInput(
            Message(
                "找不到“{field}”这一列（{name}）。文件的列：{columns}。",
                field=title,
                name=missing,
                columns=Message.listed(name for name in table.header if name),
            )
        )
    return found


def _of_one_test(table: Table) -> None:
    """Of several tests side by side the score before of one must not be set against the score after of another."""
    if several := list(paired(table, table.header, ())):
        raise BadInput(
            Message("文件里不止一项测评的训前训后：{columns}。一次评估一项，请只留一对，或分成几个文件。", columns=Message.listed(several))
        )


def _wrong(row: Row, column: str, cell: Cell, said: Message) -> BadInput:
    shown = text_of(cell)[:40]
    return BadInput(Message("第 {row} 行“{column}”（{value}）：{message}", row=row.number, column=column, value=shown, message=said))


def _person(row: Row, column: _Column) -> str:
    cell = row.at(column.at)
    if is_blank(cell):
        raise _wrong(row, column.name, cell, Message("没有写是谁。请填上，或删去这一行。"))
    try:
        return text(cell)
    except BadInput as error:
        raise _wrong(row, column.name, cell, error.message) from error


def _group(row: Row, column: _Column) -> bool:
    cell = row.at(column.at)
    plain = folded(text_of(cell))
    if plain in _TRAINED or plain in _COMPARISON:
        return plain in _TRAINED
    raise _wrong(row, column.name, cell, Message("不知道是哪一组。请写“参训”或“对照”（trained 或 comparison）。"))


def _in_one_group(rows: Sequence[Row], persons: Sequence[str], trained: Sequence[bool]) -> None:
    group: dict[str, bool] = {}
    for row, person, own in zip(rows, persons, trained, strict=True):
        if group.setdefault(person, own) != own:
            raise BadInput(Message("第 {row} 行：“{person}”既在参训组又在对照组。请改正，每人只能在一组。", row=row.number, person=person))


def _absent(cell: Cell) -> bool:
    return is_blank(cell) or (isinstance(cell, str) and folded(cell) in _ABSENT)


def _numbers(rows: Sequence[Row], column: _Column | None, understood: Callable[[Cell], float]) -> np.typing.NDArray[np.float64]:
    found = np.full(len(rows), np.nan)
    if column is None:
        return found
    for place, row in enumerate(rows):
        cell = row.at(column.at)
        if _absent(cell):
            continue
        try:
            found[place] = understood(cell)
        except BadInput as error:
            raise _wrong(row, column.name, cell, error.message) from error
    return found


def _words(rows: Sequence[Row], columns: Sequence[_Column]) -> set[str]:
    """The words with which the tests say passed or failed, or a grade; none where they say scores."""
    cells = (row.at(column.at) for column in columns for row in rows)
    plain = {folded(cell) for cell in cells if isinstance(cell, str) and not cell.strip().isdecimal()}
    return plain & _PASSES.keys()


def _score(cell: Cell) -> float:
    if is_grade(cell):
        raise BadInput(Message(UNTOLD.text, text=text_of(cell)))
    value = decimal(cell)
    if not abs(value) < 1e12:
        raise BadInput(Message("这个数大得不合常理。请核对。"))
    return value


def _passed(cell: Cell) -> float:
    plain = folded(text_of(cell))
    if plain in _PASSES:
        return _PASSES[plain]
    if is_grade(cell):
        raise BadInput(Message(UNTOLD.text, text=text_of(cell)))
    raise BadInput(Message("应是 0 或 1（是、否也可以）。"))


def _percent(rows: Sequence[Row], columns: Sequence[_Column]) -> bool:
    """Whether the scores are percentages; some that are and some that are not cannot be compared."""
    marked, plain = 0, None
    for column in columns:
        for row in rows:
            cell = row.at(column.at)
            if _absent(cell):
                continue
            if is_percentage(cell):
                marked += 1
            elif plain is None:
                plain = (row, column, cell)
    if marked and plain is not None:
        row, column, cell = plain
        raise _wrong(row, column.name, cell, Message("有的数带 %，有的不带，无法相比。请写成同一种。"))
    return bool(marked)


def _names(rows: Sequence[Row], column: _Column | None) -> list[str] | None:
    if column is None:
        return None
    return ["" if is_blank(row.at(column.at)) else text_of(row.at(column.at)) for row in rows]
