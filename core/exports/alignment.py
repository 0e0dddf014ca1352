"""The alignment chain as a workbook: a row for each project with all that it hangs on, the coverage of themes, what is broken."""

from __future__ import annotations

from core.exports.workbook import Cell, Sheet, of_sheets
from core.goals.chain.chain import COLUMN_NAMES, Column, Strand
from core.goals.chain.orphans import ORPHAN_NAMES
from core.goals.chain.service import Alignment
from core.i18n import Language, Message

COVERAGE_FORMULA = Message("覆盖率 = 有短板、有项目、目标已提交的能力项数 ÷ 主题点名的能力项数；没有点名能力的主题无法计算。")


def workbook(found: Alignment, language: Language) -> bytes:
    """An XLSX file with three sheets. Nothing in it is a formula or a link."""
    return of_sheets([_chains(found, language), _coverage(found, language), _broken(found, language)])


def _chains(found: Alignment, language: Language) -> Sheet:
    rows: list[list[Cell]] = [
        ["\n".join(_said(found, strand, column)) for column in Column]
        for strand in found.chain.strands
        if any(one.startswith(f"{Column.PROJECT}-") for one in strand.nodes)
    ]
    headings = [COLUMN_NAMES[column].render(language) for column in Column]
    return Sheet(Message("对齐链").render(language), headings, rows)


def _said(found: Alignment, strand: Strand, column: Column) -> list[str]:
    nodes = [one for one in found.chain.of(column) if one.id in strand.nodes]
    return [f"{one.name}（{one.note}）" if one.note and column in (Column.CLAUSE, Column.GAP) else one.name for one in nodes]


def _coverage(found: Alignment, language: Language) -> Sheet:
    between = "、" if language == "zh" else ", "
    headings = [one.render(language) for one in (Message("战略主题"), Message("覆盖率"), Message("点名的能力"), Message("已覆盖的能力"))]
    rows: list[list[Cell]] = [
        [
            one.name,
            None if one.share is None else f"{one.share:.0%}",
            between.join(one.capabilities),
            between.join(one.covered),
        ]
        for one in found.coverage
    ]
    return Sheet(Message("主题覆盖率").render(language), headings, rows, [COVERAGE_FORMULA.render(language)])


def _broken(found: Alignment, language: Language) -> Sheet:
    headings = [Message("断在哪里").render(language), Message("哪一项").render(language)]
    rows: list[list[Cell]] = [[ORPHAN_NAMES[one.orphan].render(language), one.name] for one in found.broken]
    return Sheet(Message("断点").render(language), headings, rows)
