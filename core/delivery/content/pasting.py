"""Content items from a sheet: rows copied out of Excel, with or without a heading; a row that cannot be used says why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.delivery.content.item import ItemFacts, checked
from core.delivery.content.terms import Origin
from core.errors import BadInput
from core.i18n import Message
from core.people.terms import LEVELS
from core.sheets import cells
from core.sheets.mapping import Field
from core.sheets.pasting import Refused, cells_by_field, columns, numbered_rows, refused
from core.sheets.reading import folded

MOST_ROWS = 60

# In the order in which rows without a heading are read.
FIELDS = (
    Field("name", Message("内容单元"), ("名称", "内容", "课题", "主题", "课程名称", "content", "name", "topic"), required=True),
    Field("learnt", Message("学会什么"), ("学习目标", "教学目标", "收获", "learnt", "outcome", "objective")),
    Field("hours", Message("学时"), ("课时", "小时", "时长", "hours"), required=True),
    Field("competency", Message("对应能力"), ("能力", "胜任力", "competency", "skill")),
    Field("level", Message("达到等级"), ("等级", "级别", "level")),
    Field("use", Message("怎么用"), ("应用", "应用场景", "使用场景", "use", "application")),
    Field("material", Message("材料或案例"), ("材料", "案例", "链接", "素材", "material", "case", "link")),
)


def read(pasted: str) -> tuple[list[ItemFacts], list[Refused]]:
    """What the rows say, and which cannot be used. Cells are parted by tabs; blank rows are skipped; a heading may come in any order."""
    rows = numbered_rows(pasted)
    places, body = columns([row for _, row in rows], FIELDS, "name")
    found: list[ItemFacts] = []
    wrong: list[Refused] = []
    for number, row in rows[body:]:
        try:
            if len(found) >= MOST_ROWS:
                raise BadInput(Message("一次最多导入 {most} 行，请分几次。", most=MOST_ROWS))
            found.append(checked(_facts(cells_by_field(row, places)), number))
        except BadInput as error:
            wrong.append(refused(number, row, error.message))
    return found, wrong


def _facts(at: Mapping[str, str]) -> ItemFacts:
    return ItemFacts(
        name=at.get("name", ""),
        learnt=at.get("learnt", ""),
        hours=_hours(at.get("hours", "")),
        competency=at.get("competency", ""),
        level=_level(at.get("level", "")),
        use=at.get("use", ""),
        material=at.get("material", ""),
        origin=Origin.PASTED,
    )


def _hours(written: str) -> float:
    if cells.is_blank(written):
        raise BadInput(Message("学时没有填。"))
    match = re.fullmatch(r"约?(\d{1,4}(?:\.\d+)?)(?:个?(?:学时|课时|小时)|h|hours?)?", cells.text_of(written).replace(" ", "").lower())
    if match is None:
        raise BadInput(Message("学时“{text}”不是数字。", text=written[:12]))
    return float(match[1])


def _level(written: str) -> int | None:
    if cells.is_blank(written):
        return None
    match = re.fullmatch(r"L?([1-5])级?", folded(written).upper())
    if match is None or int(match[1]) not in LEVELS:
        raise BadInput(Message("达到等级“{text}”应为 L1 到 L5。", text=written[:12]))
    return int(match[1])
