"""The findings that a filter leaves, as a workbook: what each demands, in whose words, and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.documents.tables import Document
from core.exports.workbook import Cell, workbook
from core.i18n import Language, Message
from core.strategy.findings import OPERATOR_SIGNS
from core.strategy.tables import FindingRow
from core.strategy.themes.tags import PERSPECTIVE_NAMES

_HEADINGS = (
    Message("文件"),
    Message("页"),
    Message("章节"),
    Message("类型"),
    Message("发现"),
    Message("原文"),
    Message("指标"),
    Message("关系"),
    Message("数值"),
    Message("单位"),
    Message("期限"),
    Message("维度"),
    Message("能力"),
    Message("状态"),
    Message("并入的发现"),
    Message("处理人"),
    Message("处理时间"),
    Message("发现依据"),
)


@dataclass(frozen=True)
class Line:
    """A finding with what its row does not say in words: its kind, its state, why it was found, who decided and when (local time).

    `into` is the text of the finding that it was merged into, "" where there is none to be told.
    """

    row: FindingRow
    kind: str
    state: str
    into: str
    why: str
    decided_by: str
    decided_at: datetime | None


def findings_workbook(lines: Sequence[Line], documents: Mapping[int, Document], language: Language) -> bytes:
    """An XLSX file with one sheet: a line each, in the order given. Numbers are numbers, dates are dates, words are never formulas."""
    headings = [heading.render(language) for heading in _HEADINGS]
    count = Message("共 {n} 条发现", n=len(lines)).render(language)
    return workbook(Message("发现").render(language), headings, [_cells(line, documents, language) for line in lines], [count])


def _cells(line: Line, documents: Mapping[int, Document], language: Language) -> list[Cell]:
    row, document = line.row, documents[line.row.document_id]
    title = document.title + (Message("（示例）").render(language) if document.sample else "")
    view = PERSPECTIVE_NAMES[row.perspective].render(language) if row.perspective else None
    between = "、" if language == "zh" else ", "
    place: list[Cell] = [title, row.page, " › ".join(row.heading)]
    demand: list[Cell] = [line.kind, row.text, row.quote, *_measure(row), view, between.join(row.competencies)]
    return [*place, *demand, line.state, line.into or None, line.decided_by, line.decided_at, line.why]


def _measure(row: FindingRow) -> list[Cell]:
    measure = row.measure
    if measure is None:
        return [None] * 5
    return [measure["metric"], OPERATOR_SIGNS[measure["operator"]], measure["value"], measure["unit"], as_day(measure["deadline"])]


def as_day(deadline: str) -> date | str | None:
    """A deadline as a date; words (“two months after the training”) where it depends on something else; None where there is none."""
    try:
        return date.fromisoformat(deadline)
    except ValueError:
        return deadline or None
