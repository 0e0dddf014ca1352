"""Cases from a sheet: pasted rows or a file, with or without a heading; a row that cannot be used says why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.delivery.cases.service import CaseFacts, checked
from core.delivery.cases.terms import KIND_NAMES, CaseKind
from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.sheets import cells
from core.sheets.finding import find
from core.sheets.grid import Grid
from core.sheets.mapping import Field, guess, plain_name, require_fields
from core.sheets.pasting import Refused, cells_by_field, columns, numbered_rows, refused
from core.sheets.reading import folded

MOST_ROWS = 500
# In the order in which rows without a heading are read.
FIELDS = (
    Field("title", Message("标题"), ("案例名称", "名称", "案例", "title", "name"), required=True),
    Field("kind", Message("类型"), ("类别", "kind", "type")),
    Field("text", Message("正文"), ("内容", "话术内容", "经过", "text", "content", "body")),
    Field("tags", Message("标签"), ("关键词", "tags", "keywords")),
    Field("competency", Message("对应能力"), ("能力", "胜任力", "competency", "skill")),
    Field("scene", Message("场景"), ("使用场景", "scene", "situation")),
    Field("source", Message("出处"), ("来源", "提供人", "source", "author")),
)
_PARTED = re.compile(r"[、,，;；/|]+")


def read(pasted: str) -> tuple[list[CaseFacts], list[Refused]]:
    """What the rows say, and which cannot be used."""
    rows = numbered_rows(pasted)
    places, body = columns([row for _, row in rows], FIELDS, "title")
    return _understood(rows[body:], places)


def read_file(grids: Sequence[Grid]) -> tuple[list[CaseFacts], list[Refused]]:
    """The same of a workbook or a CSV file. Raises `BadInput` when it holds no table with titles."""
    known = {plain_name(name) for field in FIELDS for name in field.names}
    table = find(grids, lambda name: plain_name(name) in known)
    mapping = guess(table.header, FIELDS)
    require_fields(mapping, table.header, FIELDS)
    rows = [(row.number, [cells.text_of(row.at(place)) for place in range(len(table.header))]) for row in table.rows]
    return _understood(rows, {field: table.header.index(column) for column, field in mapping.items()})


def _understood(rows: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int]) -> tuple[list[CaseFacts], list[Refused]]:
    found: list[CaseFacts] = []
    wrong: list[Refused] = []
    for number, row in rows:
        try:
            if len(found) >= MOST_ROWS:
                raise BadInput(Message("一次最多导入 {most} 行，请分几次。", most=MOST_ROWS))
            found.append(checked(_facts(cells_by_field(row, places))))
        except BadInput as error:
            wrong.append(refused(number, row, error.message))
    return found, wrong


def _facts(at: Mapping[str, str]) -> CaseFacts:
    said = {name: at.get(name, "") for name in ("title", "text", "competency", "scene", "source")}
    return CaseFacts(kind=_kind(at.get("kind", "")), tags=tuple(_PARTED.split(at.get("tags", ""))), **said)


def _kind(written: str) -> CaseKind:
    if cells.is_blank(written):
        return CaseKind.CASE
    for kind, name in KIND_NAMES.items():
        if folded(written) in {kind.value, *(folded(name.render(language)) for language in LANGUAGES)}:
            return kind
    raise BadInput(Message("类型“{text}”应为案例、话术或模板。", text=written[:12]))
