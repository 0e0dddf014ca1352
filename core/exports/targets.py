"""The targets of a project's people as an Excel file, each with how it was worked out and who confirmed it."""

from __future__ import annotations

from collections.abc import Iterable

from core.exports.workbook import Cell, workbook
from core.goals.targets.formula import MOST, POINTS, RULE
from core.goals.targets.service import Advised
from core.i18n import Language, Message
from core.strategy.findings import OPERATOR_SIGNS

HEADINGS = (
    Message("工号"),
    Message("姓名"),
    Message("机构"),
    Message("岗位"),
    Message("指标"),
    Message("关系"),
    Message("岗位目标"),
    Message("单位"),
    Message("岗位目标怎么来的"),
    Message("得分"),
    Message("岗位要求"),
    Message("建议目标"),
    Message("怎么算的"),
    Message("确认的目标"),
    Message("权重"),
    Message("确认人"),
    Message("确认时间"),
)
NOTE = Message(
    "建议目标只供参考，由人确认后才算数。得分 = 等级 × {points}；高于岗位要求的人，目标按得分 ÷ 要求放大，最多 {most} 倍。规则：{rule}。",
    points=POINTS,
    most=MOST,
    rule=RULE,
)


def targets_workbook(rows: Iterable[Advised], language: Language) -> bytes:
    """The rows that the reader was given, and no others."""
    headings = [title.render(language) for title in HEADINGS]
    name = Message("个人目标").render(language)
    return workbook(name, headings, [_cells(row, language) for row in rows], [NOTE.render(language)])


def _cells(row: Advised, language: Language) -> list[Cell]:
    stands, level = row.stands, row.level
    return [
        *(row.person.number, row.person.name, row.unit, row.post),
        *(row.target.indicator, OPERATOR_SIGNS.get(row.target.operator, ""), row.target.value, row.target.unit),
        row.target.basis.render(language),
        *((round(level.current * POINTS, 2), round(level.required * POINTS, 2)) if level else (None, None)),
        row.advice.value,
        row.advice.formula.render(language),
        *((stands.value, stands.weight, stands.changed_by) if stands else (None, None, "")),
        stands.changed_at.replace(tzinfo=None) if stands else None,
    ]
