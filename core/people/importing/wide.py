"""Wide sheets of assessments: a row for each person and a column for each competency, read as one assessment a cell.

In a mapping, `competency:NAME` is a column of scores, `competency:NAME@SOURCE` one of several sources; `source:NAME`, `date:NAME` and
`scale_max:NAME` are the columns that go with it in a header of two rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.errors import BadInput
from core.i18n import Message
from core.people.importing.entries import score_of
from core.people.importing.kinds import KINDS, ImportKind
from core.people.importing.refusing import is_biometric, refused
from core.people.importing.unfolded import Unfolded, numbered
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.mapping import Field, guess, likeness, plain_name
from core.sheets.reading import MAX_ROWS, folded

ABILITY = "competency"
# What goes with each score of a row, or once for the whole row.
BESIDE = ("source", "date", "scale_max")
_LONG = ("employee_no", ABILITY, "score", *BESIDE)
_MOST = 0.6
_SUMS = re.compile(
    "总分|总评|总计|总得分|总成绩|合计|平均|均分|均值|排名|名次|位次|排序|综合得分|综合分|综合评分|综合成绩|加权|达标率|完成率|"
    "^(?:total|sum|average|avg|mean|rank|ranking|overall)"
)
_PERSONAL = re.compile(
    "^(?:序号|编号|no|年龄|性别|工龄|司龄|行龄|学历|职级|薪级|电话|手机|手机号|联系方式|身份证号?|证件号码?|邮箱|备注|说明|年度|年份|月份|批次|"
    "age|gender|sex|phone|mobile|email|remarks?|notes?|year|month|batch|grade)$"
)
_ENDING = re.compile("(?:测评|评价|考试|考核)?(?:得分|分数|评分|成绩|等级|分值)$")
_SCALE = re.compile(r"[(（\[【](?:满分)?(\d{1,4})(?:分制?|制)?[)）\]】]")


@dataclass(frozen=True)
class Ability:
    """A column that seems to hold the scores of one competency, from one source where a header says which.

    `beside` are the columns that go with it, by field; `wanted` False: it may as well be something else, and is left out unless
    somebody says otherwise.
    """

    column: str
    competency: str
    source: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    wanted: bool = True
    known: bool = False

    def fields(self, competency: str) -> dict[str, str]:
        """The fields of its columns, for scores of `competency`."""
        own = f"{ABILITY}:{competency}@{self.source}" if self.source else f"{ABILITY}:{competency}"
        return {self.column: own, **{column: f"{name}:{competency}" for name, column in self.beside.items()}}


def is_wide(mapping: Mapping[str, str]) -> bool:
    """Whether a mapping reads a wide sheet."""
    return any(name.startswith(f"{ABILITY}:") for name in mapping.values())


def fields_for(given: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that only a wide sheet has, as far as a mapping names them."""
    parts = dict.fromkeys(name for name in given.values() if name.partition(":")[1] and name.partition(":")[0] in (ABILITY, *BESIDE))
    return tuple(Field(name, Message("能力列“{name}”", name=name.partition(":")[2]), ()) for name in parts if name.partition(":")[2])


def needed(kind: ImportKind) -> tuple[Field, ...]:
    """The fields without which no row of a wide sheet can be read."""
    return tuple(one for one in KINDS[kind].fields if one.name == "employee_no")


def abilities(table: Table, competencies: Mapping[str, str], remembered: Mapping[str, str] | None = None) -> tuple[Ability, ...]:
    """The columns that seem to hold a competency's scores. `competencies` gives the model's name for each folded name."""
    groups = table.groups or ("",) * len(table.header)
    found = []
    for position, (column, group) in enumerate(zip(table.header, groups, strict=False)):
        part = column.removeprefix(f"{group}·") if group else column
        one = _ability(column, group, part, competencies) if column and not is_biometric(column) and not is_biometric(group) else None
        if one is None:
            continue
        scores = [row.at(position) for row in table.rows if not cells.is_blank(row.at(position))]
        # Grades are refused row by row, with the reason.
        right = sum(_is_score(cell) or (one.known and cells.is_grade(cell)) for cell in scores)
        if (right < len(scores) * _MOST and not (one.known and right)) or not (scores or one.known):
            continue
        beside = {name: other for name, other in _parts(table.header, groups, group) if one.competency == _name(group, competencies)}
        one = replace(one, beside=beside, wanted=one.known or all(_is_plain(cell) for cell in scores))
        found.append(_as_before(one, (remembered or {}).get(column)))
    return tuple(found)


def guessed(
    table: Table, narrow: Mapping[str, str], competencies: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[str, str] | None:
    """The mapping of a wide sheet; None for a table that is none. `narrow` is what it would be as a sheet of one assessment a row."""
    columns = abilities(table, competencies, remembered)
    wanted = [one for one in columns if one.wanted]
    if len(wanted) < 2 and not any(one.known or one.beside for one in wanted):
        return None
    if _is_long(table, narrow, {one.column for one in columns}):
        return None
    taken = {column for one in columns for column in (one.column, *one.beside.values())}
    rest = [column for column in table.header if column and column not in taken and not is_biometric(column)]
    fields = [one for one in KINDS[ImportKind.ASSESSMENTS].fields if one.name in ("employee_no", "source", "date")]
    found = guess(rest, fields, remembered)
    if "employee_no" not in found.values():
        return None
    for one in wanted:
        fresh = one.fields(one.competency)
        found |= {column: name for column, name in fresh.items() if name not in found.values()}
    return {column: found[column] for column in table.header if column in found}


def unfold(table: Table, mapping: Mapping[str, str]) -> Unfolded:
    """One row for each score of a wide sheet. Raises `BadInput` for more of them than one file may hold."""
    places = {name: table.header.index(column) for column, name in mapping.items()}
    columns = [(at, *_competency_of(name)) for name, at in places.items() if name.startswith(f"{ABILITY}:")]
    scales = {at: _scale_of(table, at) for at, _, _ in columns}
    rows, silent = [], 0
    for row in table.rows:
        scores = [one for one in columns if not cells.is_blank(row.at(one[0]))]
        silent += not scores
        rows += [_row(row, at, competency, source, places, scales[at]) for at, competency, source in scores]
    if len(rows) > MAX_ROWS:
        raise BadInput(
            Message("这张宽表有 {count} 条得分，一次最多 {limit} 条。请按机构拆成几个文件。", count=f"{len(rows):,}", limit=f"{MAX_ROWS:,}")
        )
    people = len(table.rows) - silent
    said = [Message("宽表：{n} 个能力列，{people} 行，共 {count} 条得分；空白格不算。", n=len(columns), people=people, count=len(rows))]
    said += [Message("{n} 行没有任何得分，没有读入。", n=silent)] if silent else []
    said += _scales_said(table, columns, scales, places)
    long = Table(table.sheet, _LONG, table.header_row, tuple(rows), (*table.notes, *refused(table.header), *said))
    return Unfolded(long, mapping, lambda name, position: _column(table, mapping, name, position))


def _column(table: Table, mapping: Mapping[str, str], name: str, position: int) -> str:
    column = table.header[position]
    competency = mapping[column].partition(":")[2].partition("@")[0]
    names = {field_name: own for own, field_name in mapping.items()}
    return names.get(f"{name}:{competency}") or names.get(name) or column if name in ("employee_no", *BESIDE) else column


def _ability(column: str, group: str, part: str, competencies: Mapping[str, str]) -> Ability | None:
    """What a column is by its name and by what stands above it; None for sums, for data on persons, for what belongs to another column."""
    word = _word(part)
    # A group of competencies may be called like one of them: what a competency's own name stands below is no competency.
    if group and (word == "score" or (not word and _is_known(group, competencies) and not _is_known(part, competencies))):
        if is_other(group):
            return None
        source = "" if word else part
        return Ability(column, _name(group, competencies), source, known=_is_known(group, competencies))
    if word or is_other(part):
        return None
    return Ability(column, _name(part, competencies), known=_is_known(part, competencies))


def is_other(name: str) -> bool:
    """Whether a column's name is that of a field, a sum or something personal, and so of no competency."""
    plain = plain_name(name)
    named = any(likeness(name, one) == 1.0 for kind in KINDS.values() for one in kind.fields)
    return named or _SUMS.search(plain) is not None or _PERSONAL.match(plain) is not None


def _word(part: str) -> str:
    """Which field of an assessment a lower heading names: 得分, 来源, 日期, 满分."""
    fields = [one for one in KINDS[ImportKind.ASSESSMENTS].fields if one.name in ("score", *BESIDE)]
    return next((one.name for one in fields if likeness(part, one) == 1.0), "")


def _spellings(name: str) -> Iterable[str]:
    plain = plain_name(name)
    yield folded(name)
    yield plain
    yield _ENDING.sub("", plain)


def _is_known(name: str, competencies: Mapping[str, str]) -> bool:
    return any(one in competencies for one in _spellings(name))


def _name(name: str, competencies: Mapping[str, str]) -> str:
    """The model's name, else the file's own without brackets and “得分”."""
    for one in _spellings(name):
        if one in competencies:
            return competencies[one]
    bare = re.sub(r"[(（\[【].*?[)）\]】]", "", name).strip()
    return (_ENDING.sub("", bare) or bare or name)[:80]


def _parts(header: Sequence[str], groups: Sequence[str], group: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for column, above in zip(header, groups, strict=False):
        word = _word(column.removeprefix(f"{group}·")) if group and above == group else ""
        if word in BESIDE:
            found.setdefault(word, column)
    return list(found.items())


def _as_before(one: Ability, before: str | None) -> Ability:
    """What somebody made of a column of this name the last time."""
    if before is None:
        return one
    competency, source = _competency_of(before) if before.startswith(f"{ABILITY}:") else (one.competency, one.source)
    return replace(one, competency=competency, source=source, wanted=bool(before))


def _is_long(table: Table, narrow: Mapping[str, str], columns: set[str]) -> bool:
    """Whether one column names competencies and another, which is no competency's own, holds scores."""
    places = {name: column for column, name in narrow.items()}
    if ABILITY not in places or "score" not in places or places["score"] in columns:
        return False
    at = table.header.index(places[ABILITY])
    named = [row.at(at) for row in table.rows if not cells.is_blank(row.at(at))]
    return sum(not _is_score(cell) for cell in named) >= len(named) * _MOST


def _is_score(cell: Cell) -> bool:
    try:
        score_of(cell)
    except BadInput:
        return False
    return True


def _is_plain(cell: Cell) -> bool:
    return not _is_score(cell) or 0 <= score_of(cell)[0] <= 100


def _competency_of(name: str) -> tuple[str, str]:
    competency, _, source = name.partition(":")[2].partition("@")
    return competency, source


def _scale_of(table: Table, at: int) -> float:
    """The scale of a column whose file says none: by its name, else 5 where no score is above that, else 100."""
    said = _SCALE.search(table.header[at]) or (_SCALE.search(table.groups[at]) if table.groups else None)
    if said and int(said[1]):
        return float(said[1])
    bare = [row.at(at) for row in table.rows if not cells.is_blank(row.at(at)) and _is_score(row.at(at))]
    return 5.0 if bare and max(score_of(cell)[0] for cell in bare) <= 5 else 100.0


def _row(row: Row, at: int, competency: str, source: str, places: Mapping[str, int], scale: float) -> Row:
    def beside(name: str) -> Cell:
        place = places.get(f"{name}:{competency}", places.get(name))
        return row.at(place) if place is not None else None

    cell = row.at(at)
    implied = _is_score(cell) and score_of(cell)[1] is not None
    own = beside("scale_max")
    shown = scale if cells.is_blank(own) and not implied else own
    number = row.at(places["employee_no"])
    return Row(numbered(row.number, at), (number, competency, cell, source or beside("source"), beside("date"), shown))


def _scales_said(
    table: Table, columns: Sequence[tuple[int, str, str]], scales: Mapping[int, float], places: Mapping[str, int]
) -> list[Message]:
    if "scale_max" in places:
        return []
    silent = [at for at, competency, _ in columns if f"scale_max:{competency}" not in places]
    said = []
    for scale in sorted({scales[at] for at in silent}):
        named = [table.header[at] for at in silent if scales[at] == scale]
        shown = Message.listed(named, most=6)
        said.append(Message("{n} 个能力列按 {scale} 分制记：{names}", n=len(named), scale=f"{scale:g}", names=shown))
    return said
